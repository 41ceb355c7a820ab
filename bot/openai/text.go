package openai

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"newsdesk/bot"
)

var (
	thoughts     = regexp.MustCompile(`(?is)<think(?:ing)?>.*?</think(?:ing)?>`)
	beforeEnd    = regexp.MustCompile(`(?is)^.*</think(?:ing)?>`)
	withoutAnEnd = regexp.MustCompile(`(?is)<think(?:ing)?>.*$`)
)

// answerIn returns the answer in what a model wrote: without its thoughts, and
// empty when it says NONE. Some servers swallow the tag that begins the
// thoughts, so everything before a lone end is thoughts. bot.ErrCut means that
// there are thoughts and no answer.
func answerIn(raw string) (string, error) {
	text := thoughts.ReplaceAllString(raw, "")
	text = beforeEnd.ReplaceAllString(text, "")
	open := withoutAnEnd.MatchString(text)
	text = strings.TrimSpace(withoutAnEnd.ReplaceAllString(text, ""))
	if text == "" && open {
		return "", fmt.Errorf("openai: %w: the model only thought", bot.ErrCut)
	}
	if saysNone(text) {
		return "", nil
	}
	return text, nil
}

// none is what the rules ask for when the passages do not hold the answer.
const none = "NONE"

// saysNone reports whether text is the word NONE, however dressed, or begins
// with it and goes on to explain. "NONE of the …" is a sentence.
func saysNone(text string) bool {
	bare := strings.TrimLeft(text, "\"'“*_` ")
	if strings.EqualFold(strings.TrimRight(bare, "\"'”*_`. \n"), none) {
		return true
	}
	rest, ok := strings.CutPrefix(bare, none)
	if !ok {
		return false
	}
	for i, r := range rest {
		switch {
		case i == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return false // another word
		case r == ' ':
		default:
			return !unicode.IsLower(r)
		}
	}
	return true
}
