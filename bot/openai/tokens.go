package openai

import (
	"unicode/utf8"

	api "github.com/sashabaranov/go-openai"
)

// messageTokens is what a model's template puts around a message, at most.
const messageTokens = 10

// tokensOf over-estimates the tokens of messages, whatever the tokenizer. Those
// in use make about four letters of English into a token and three of other
// Latin text, some make each digit or sign one, and a character of another
// script up to one and a half.
func tokensOf(messages []api.ChatCompletionMessage) int {
	sixths := 0 // of a token
	for _, m := range messages {
		sixths += 6 * messageTokens
		for _, r := range m.Content {
			sixths += sixthsOf(r)
		}
	}
	return (sixths + 5) / 6
}

func sixthsOf(r rune) int {
	switch {
	case r >= utf8.RuneSelf:
		return 9
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', r == ' ':
		return 2
	}
	return 6
}

// fewestTokensOf under-estimates them: no tokenizer makes more than eight bytes
// of ordinary text into one.
func fewestTokensOf(messages []api.ChatCompletionMessage) int {
	n := 0
	for _, m := range messages {
		n += len(m.Content)
	}
	return n / 8
}
