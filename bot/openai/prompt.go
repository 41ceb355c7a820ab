package openai

import (
	"fmt"
	"strings"

	api "github.com/sashabaranov/go-openai"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// What one text may take of the context at most, in characters. A passage of the
// product has 150 words, which are some 900 characters; a "word" or a title may
// have any length, and none is to crowd out the others.
const (
	maxPassage = 1500
	maxTitle   = 200
	maxOutlet  = 80
	maxTurn    = 400
	// maxTurns is the number of earlier questions; a follow-up leans on the last
	// few.
	maxTurns = 4
)

// render turns a prompt into messages: the rules, and the material with the
// question and a reminder at its end, where small models look. It returns nil
// for a task that is not known.
func render(p bot.Prompt) []api.ChatCompletionMessage {
	system, known := rules(p)
	if !known {
		return nil
	}
	return []api.ChatCompletionMessage{
		{Role: api.ChatMessageRoleSystem, Content: system},
		{Role: api.ChatMessageRoleUser, Content: material(p)},
	}
}

// needsPassages reports whether a task is nothing without passages.
func needsPassages(t bot.Task) bool {
	return t == bot.AnswerTask || t == bot.DigestTask || t == bot.JudgeTask
}

// material is what strangers and people wrote. Each of its texts is harmless and
// stands on one line, after a word of ours or between the lines of its fence.
func material(p bot.Prompt) string {
	var b strings.Builder
	if p.Task != bot.TranslateTask && !p.Today.IsZero() {
		fmt.Fprintf(&b, "Today is %s.\n\n", p.Today.Format("Monday, 2 January 2006"))
	}
	if needsPassages(p.Task) {
		for i, passage := range p.Passages {
			writePassage(&b, i+1, passage)
		}
	}
	writeTurns(&b, p)
	switch p.Task {
	case bot.AnswerTask, bot.RestateTask:
		fmt.Fprintf(&b, "Question: %s\n", harmless(p.Question))
	case bot.JudgeTask, bot.TranslateTask:
		fmt.Fprintf(&b, "Sentence: %s\n", harmless(p.Question))
	}
	b.WriteString(reminder(p) + "\n")
	return b.String()
}

func writePassage(b *strings.Builder, n int, p retrieval.Passage) {
	fmt.Fprintf(b, "<passage n=\"%d\" outlet=\"%s\" published=\"%s\"", n, attribute(p.Outlet, maxOutlet), p.Published.Format("2 January 2006"))
	if title := attribute(p.Title, maxTitle); title != "" {
		fmt.Fprintf(b, " title=\"%s\"", title)
	}
	fmt.Fprintf(b, ">\n%s\n</passage>\n\n", bounded(p.Text, maxPassage))
}

// writeTurns writes the last turns of a conversation, for the tasks that have a
// question which may lean on them.
func writeTurns(b *strings.Builder, p bot.Prompt) {
	if len(p.Turns) == 0 || p.Task != bot.AnswerTask && p.Task != bot.RestateTask {
		return
	}
	b.WriteString("Earlier in this conversation, only to understand the question:\n")
	for _, t := range p.Turns[max(0, len(p.Turns)-maxTurns):] {
		fmt.Fprintf(b, "Asked: %s\nAnswered: %s\n", bounded(t.Question, maxTurn), bounded(t.Answer, maxTurn))
	}
	b.WriteByte('\n')
}
