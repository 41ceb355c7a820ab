package restate

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
)

var outlets = []string{"Harbour Herald", "Radio Solana", "The Meridian Post"}

// conversation is one case.
type conversation struct {
	name             string
	turns            []bot.Turn
	ask, whole, text string
	ok               bool
}

func conversations(t *testing.T, path string) []conversation {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []conversation
	for _, f := range archive.Files {
		c := conversation{name: f.Name}
		for line := range strings.Lines(string(f.Data)) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch key {
			case "q":
				c.turns = append(c.turns, bot.Turn{Question: value})
			case "a":
				if n := len(c.turns); n > 0 && c.turns[n-1].Answer == "" {
					c.turns[n-1].Answer = value
				} else {
					c.turns = append(c.turns, bot.Turn{Answer: value})
				}
			case "ask":
				c.ask = value
			case "whole":
				c.whole = value
			case "text":
				c.text = strings.ReplaceAll(value, " | ", "\n")
			case "ok":
				c.ok = value == "yes"
			default:
				t.Fatalf("%s: unknown key %q", f.Name, key)
			}
		}
		out = append(out, c)
	}
	return out
}

func TestRules(t *testing.T) {
	for _, c := range conversations(t, "testdata/followups.txtar") {
		t.Run(c.name, func(t *testing.T) {
			whole, leans := Rules(c.ask, c.turns, outlets)
			if c.whole == "-" {
				if leans || whole != c.ask {
					t.Errorf("restated as %q", whole)
				}
				return
			}
			if !leans || whole != c.whole {
				t.Errorf("got %q\nwant %q", whole, c.whole)
			}
		})
	}
}

func TestAccept(t *testing.T) {
	for _, c := range conversations(t, "testdata/models.txtar") {
		t.Run(c.name, func(t *testing.T) {
			whole, ok := Accept(c.text, c.ask, c.turns)
			if ok != c.ok || ok && whole != c.text {
				t.Errorf("got %q, %v", whole, ok)
			}
		})
	}
}

// FuzzRules: whatever is written, something is said and nothing panics.
func FuzzRules(f *testing.F) {
	f.Add("and why?", "Who did it?", "Mara Lind did.")
	f.Add("of them", "How many", "")
	f.Add("и почему?", "?", "…")
	f.Fuzz(func(t *testing.T, ask, question, answer string) {
		turns := []bot.Turn{{Question: question, Answer: answer}}
		if whole, _ := Rules(ask, turns, outlets); whole == "" && ask != "" {
			t.Errorf("%q", whole)
		}
		Accept(ask, question, turns)
	})
}
