package fetch

import (
	"strings"
	"unicode"
)

// latinLike are letters of Cyrillic and Greek that look like Latin ones, after
// the lists of browsers for the same purpose (Chromium, idn_spoof_checker.cc).
const latinLike = "асԁеһіјӏорԛѕԝхуъьҽпгѵѡ" + "αικνορτυχγ"

// isLookAlike reports whether a name in its own script could be taken for
// another: a label mixes Latin with Cyrillic or Greek letters, or is made only
// of those that look Latin although the name ends in Latin letters.
func isLookAlike(name string) bool {
	labels := strings.Split(name, ".")
	ends := labels[len(labels)-1]
	for _, label := range labels {
		latin, other, likes, letters := countScripts(label)
		if latin > 0 && other > 0 {
			return true
		}
		if likes > 0 && likes == letters && isASCII(ends) {
			return true
		}
	}
	return false
}

// countScripts counts the letters of a label, and among them the Latin ones,
// the Cyrillic and Greek ones, and those of them that look Latin.
func countScripts(label string) (latin, other, likes, letters int) {
	for _, r := range label {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee):
			other++
			if strings.ContainsRune(latinLike, r) {
				likes++
			}
		}
	}
	return latin, other, likes, letters
}
