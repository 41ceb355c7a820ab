// Package bottest tests implementations of the interfaces of package bot.
//
// [TestGenerator] is what every bot.Generator is held against. [Script] is a
// generator for everybody's tests: it writes what it is told to and remembers
// what it was asked.
package bottest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// Prompt returns a prompt about two invented articles, which the second passage
// answers.
func Prompt() bot.Prompt {
	return bot.Prompt{
		Task:     bot.AnswerTask,
		Question: "How many boats did the coastguard of Port Ellery send?",
		Today:    time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC),
		Passages: []retrieval.Passage{
			passage(1, "Harbour Herald", "Storm over Port Ellery", "The storm reached Port Ellery on Monday evening. Roofs were torn off in two streets."),
			passage(2, "Radio Solana", "Rescue off Port Ellery", "The coastguard of Port Ellery sent nine boats to the ferry on Monday night. All passengers were brought ashore."),
		},
	}
}

// RestatePrompt returns a follow-up that leans on an earlier turn.
func RestatePrompt() bot.Prompt {
	return bot.Prompt{
		Task:     bot.RestateTask,
		Question: "And who sent them?",
		Turns:    []bot.Turn{{Question: Prompt().Question, Answer: "Radio Solana reported on 10 March 2026: Nine boats went out to the ferry. [1]"}},
		Today:    Prompt().Today,
	}
}

// JudgePrompt returns a sentence that the passages of [Prompt] do not hold.
func JudgePrompt() bot.Prompt {
	p := Prompt()
	p.Task, p.Question = bot.JudgeTask, "The coastguard of Port Ellery sent nineteen boats to the ferry."
	return p
}

// TranslatePrompt returns a sentence that is wanted in German.
func TranslatePrompt() bot.Prompt {
	return bot.Prompt{Task: bot.TranslateTask, Question: "The storm reached Port Ellery on Monday evening.", Language: "de", Today: Prompt().Today}
}

func passage(seq int64, outlet, title, text string) retrieval.Passage {
	return retrieval.Passage{
		Seq: seq, End: len(text), ArticleID: fmt.Sprint("article ", seq), Outlet: outlet, Title: title, Text: text,
		URL:       fmt.Sprintf("https://%s.example/%d", strings.ToLower(strings.ReplaceAll(outlet, " ", "-")), seq),
		Published: time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC),
	}
}

// TestGenerator holds a generator against bot.Generator's contract. open
// returns one that can answer [Prompt]; what it writes is not looked at.
func TestGenerator(t *testing.T, open func(t *testing.T) bot.Generator) {
	t.Run("names its model", func(t *testing.T) {
		if open(t).Model() == "" {
			t.Error("no name")
		}
	})
	t.Run("ends by itself", func(t *testing.T) {
		text, err := Read(open(t).Generate(t.Context(), Prompt()))
		if err != nil || strings.TrimSpace(text) == "" {
			t.Errorf("%q, %v", text, err)
		}
	})
	t.Run("no passages", func(t *testing.T) {
		p := Prompt()
		p.Passages = nil
		if _, err := Read(open(t).Generate(t.Context(), p)); err != nil {
			t.Error(err)
		}
	})
	t.Run("a sentence for each passage", func(t *testing.T) {
		p := Prompt()
		p.Task, p.Question = bot.DigestTask, ""
		if _, err := Read(open(t).Generate(t.Context(), p)); err != nil {
			t.Error(err)
		}
	})
	t.Run("a whole question", func(t *testing.T) { testLine(t, open(t), RestatePrompt()) })
	t.Run("a sentence in another language", func(t *testing.T) { testLine(t, open(t), TranslatePrompt()) })
	t.Run("yes or no", func(t *testing.T) { testJudgement(t, open(t)) })
	t.Run("context that has ended", func(t *testing.T) { testEnded(t, open(t)) })
	t.Run("context that ends on the way", func(t *testing.T) { testEnding(t, open(t)) })
	t.Run("breaking off", func(t *testing.T) { testBreak(t, open(t)) })
	t.Run("side by side", func(t *testing.T) { testConcurrent(t, open(t)) })
	t.Run("the prompt is the caller's", func(t *testing.T) {
		p := Prompt()
		if _, err := Read(open(t).Generate(t.Context(), p)); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(p) != fmt.Sprint(Prompt()) {
			t.Error("the prompt was changed")
		}
	})
}

// testLine asks for one line: there may be no text, but no other text.
func testLine(t *testing.T, g bot.Generator, p bot.Prompt) {
	text, err := Read(g.Generate(t.Context(), p))
	if err != nil {
		t.Fatal(err)
	}
	if text != "" && (strings.TrimSpace(text) == "" || strings.Contains(text, "\n")) {
		t.Errorf("%q is not one line", text)
	}
}

// testJudgement asks whether the passages hold a sentence: there may be no text,
// but no other text than yes or no.
func testJudgement(t *testing.T, g bot.Generator) {
	text, err := Read(g.Generate(t.Context(), JudgePrompt()))
	if err != nil || text != "" && text != "yes" && text != "no" {
		t.Errorf("%q, %v, want yes, no or nothing", text, err)
	}
}

func testEnded(t *testing.T, g bot.Generator) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var last error
	after := 0
	for _, err := range g.Generate(ctx, Prompt()) {
		if last != nil {
			after++
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("the last element is %v, want context.Canceled", last)
	}
	if after > 0 {
		t.Errorf("%d elements after the error", after)
	}
}

// testEnding ends the context at the first piece. A stream may have come to its
// end by then; else its last element is the context's error.
func testEnding(t *testing.T, g bot.Generator) {
	whole, err := Read(g.Generate(t.Context(), Prompt()))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var got strings.Builder
	var last error
	for piece, err := range g.Generate(ctx, Prompt()) {
		if last != nil {
			t.Error("an element after the error")
		}
		got.WriteString(piece)
		last = err
		cancel()
	}
	if last == nil && got.String() != whole {
		t.Errorf("ends with %q of %q and without an error", got.String(), whole)
	}
	if last != nil && !errors.Is(last, context.Canceled) {
		t.Errorf("the last element is %v, want context.Canceled", last)
	}
}

// testBreak fails by itself when yield is called after it said no: the range
// statement panics then.
func testBreak(t *testing.T, g bot.Generator) {
	for range 3 {
		for _, err := range g.Generate(t.Context(), Prompt()) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
}

func testConcurrent(t *testing.T, g bot.Generator) {
	want, err := Read(g.Generate(t.Context(), Prompt()))
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got, err := Read(g.Generate(t.Context(), Prompt())); err != nil || got != want {
				t.Errorf("beside others: %q, %v; alone: %q", got, err, want)
			}
		})
	}
	group.Wait()
}

// Read returns the whole text of a stream, or its error.
func Read(stream iter.Seq2[string, error]) (string, error) {
	var b strings.Builder
	for piece, err := range stream {
		if err != nil {
			return b.String(), err
		}
		b.WriteString(piece)
	}
	return b.String(), nil
}

// Script is a generator that writes what it is told to. Safe for concurrent
// use.
type Script struct {
	// Pieces are written for every prompt whose task is not in For; then Err, if
	// there is one, ends the stream.
	Pieces []string
	// For are the pieces of some tasks; may be nil.
	For map[bot.Task][]string
	Err error

	mu      sync.Mutex
	prompts []bot.Prompt
}

// Model returns "script".
func (s *Script) Model() string { return "script" }

// Generate writes the pieces.
func (s *Script) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		s.mu.Lock()
		s.prompts = append(s.prompts, p)
		s.mu.Unlock()
		pieces, ok := s.For[p.Task]
		if !ok {
			pieces = s.Pieces
		}
		for _, piece := range pieces {
			if ctx.Err() != nil {
				break
			}
			if !yield(piece, nil) {
				return
			}
		}
		if err := errors.Join(ctx.Err(), s.Err); err != nil {
			yield("", err)
		}
	}
}

// Prompts returns what the script was asked so far.
func (s *Script) Prompts() []bot.Prompt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]bot.Prompt(nil), s.prompts...)
}
