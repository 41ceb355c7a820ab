package openai

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/bot"
)

var (
	thoughts     = regexp.MustCompile(`(?is)<think(?:ing)?>.*?</think(?:ing)?>`)
	beforeEnd    = regexp.MustCompile(`(?is)^.*</think(?:ing)?>`)
	withoutAnEnd = regexp.MustCompile(`(?is)<think(?:ing)?>.*$`)
)

// textIn returns what a model wrote for a task, in the form that the task has. It
// is empty when there is nothing of that form in it. bot.ErrCut as from answerIn.
func textIn(t bot.Task, raw string) (string, error) {
	text, err := answerIn(raw)
	switch {
	case err != nil:
		return "", err
	case t == bot.JudgeTask:
		return judgement(text), nil
	case t == bot.RestateTask, t == bot.TranslateTask:
		return oneLine(text), nil
	}
	return text, nil
}

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

// label is what models put before the one thing that they were asked for.
var label = regexp.MustCompile(`(?i)^[*_ ]*(answer|verdict|judge?ment|question|sentence|translation)[*_ ]*:[*_ ]*`)

// judgement returns "yes" or "no" if the text begins with that word and does not
// go on to the other one, else "".
func judgement(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	line = label.ReplaceAllString(line, "")
	words := strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) == 0 || words[0] != "yes" && words[0] != "no" {
		return ""
	}
	if len(words) > 1 && slices.Contains([]string{"yes", "no", "and", "or"}, words[1]) {
		return ""
	}
	return words[0]
}

// maxLine bounds a question or a sentence, in characters: the longest sentence
// that may be quoted has 60 words.
const maxLine = 800

// oneLine returns the first line that says something, harmless, without the label
// and the quotation marks that models put around it. It is empty for a text that
// has no such line or is too long to be one sentence.
func oneLine(text string) string {
	for line := range strings.Lines(text) {
		line = unquoted(label.ReplaceAllString(harmless(line), ""))
		if strings.HasSuffix(line, ":") || !strings.ContainsFunc(line, unicode.IsLetter) {
			continue
		}
		if utf8.RuneCountInString(line) > maxLine {
			return ""
		}
		return line
	}
	return ""
}

// unquoted is line without the one pair of quotation marks around all of it.
func unquoted(line string) string {
	for _, pair := range []string{`""`, "“”", "„“", "«»"} {
		marks := []rune(pair)
		inside, ok := strings.CutPrefix(line, string(marks[0]))
		if !ok {
			continue
		}
		inside, ok = strings.CutSuffix(inside, string(marks[1]))
		if ok && !strings.ContainsAny(inside, pair) {
			return strings.TrimSpace(inside)
		}
	}
	return line
}
