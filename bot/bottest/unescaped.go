package bottest

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	escaped  = regexp.MustCompile(`\\u[0-9A-F]{4}|\\U[0-9A-F]{8}`)
	repeated = regexp.MustCompile(`\\x\{(\d+)\}\{([^}]*)\}`)
)

// Unescaped reads a text of a file of cases, in which nothing is to be unseen: it
// puts characters in the place of their numbers ("\u200B", "\U0001F600") and repeats
// what is to be repeated ("\x{300}{ab}").
func Unescaped(t testing.TB, text string) string {
	t.Helper()
	text = escaped.ReplaceAllStringFunc(text, func(s string) string {
		n, err := strconv.ParseInt(s[2:], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		return string(rune(n))
	})
	return repeated.ReplaceAllStringFunc(text, func(s string) string {
		parts := repeated.FindStringSubmatch(s)
		n, err := strconv.Atoi(parts[1])
		if err != nil {
			t.Fatal(err)
		}
		return strings.Repeat(parts[2], n)
	})
}
