package bottest

import (
	"errors"
	"testing"

	"newsdesk/bot"
)

func TestScript(t *testing.T) {
	TestGenerator(t, func(*testing.T) bot.Generator {
		return &Script{Pieces: []string{"Nine boats. ", "[2]"}, For: map[bot.Task][]string{
			bot.JudgeTask:     {"no"},
			bot.TranslateTask: nil,
			bot.RestateTask:   {"Who sent nine boats ", "to the ferry?"},
		}}
	})
}

func TestScriptFailsAndRemembers(t *testing.T) {
	s := &Script{Pieces: []string{"Nine"}, Err: bot.ErrCut}
	text, err := Read(s.Generate(t.Context(), Prompt()))
	if text != "Nine" || !errors.Is(err, bot.ErrCut) {
		t.Errorf("%q, %v", text, err)
	}
	if asked := s.Prompts(); len(asked) != 1 || asked[0].Question != Prompt().Question {
		t.Errorf("asked %+v", asked)
	}
}

func TestUnescaped(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "",
		"plain \\n":                   "plain \\n",
		"a\\u200Bb\\U0001F6A2":        "a\u200Bb\U0001F6A2",
		"\\x{3}{ab}, \\x{2}{\\u0041}": "ababab, AA",
	} {
		if got := Unescaped(t, in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
