package openai

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/bot/bottest"
	"newsdesk/retrieval"
)

func TestRender(t *testing.T) {
	files, err := filepath.Glob("testdata/prompts/*.txtar")
	if err != nil || len(files) < 4 {
		t.Fatalf("%d prompts, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			parts := readParts(t, file)
			var p bot.Prompt
			if err := json.Unmarshal([]byte(parts["prompt.json"]), &p); err != nil {
				t.Fatal(err)
			}
			got := render(p)
			if len(got) != 2 || got[0].Role != "system" || got[1].Role != "user" {
				t.Fatalf("messages %+v", got)
			}
			for i, part := range []string{"system", "user"} {
				if strings.TrimSpace(got[i].Content) != strings.TrimSpace(parts[part]) {
					t.Errorf("%s is\n%s\nwant\n%s", part, got[i].Content, parts[part])
				}
			}
		})
	}
}

func readParts(t *testing.T, file string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range archive.Files {
		parts[f.Name] = string(f.Data)
	}
	return parts
}

// FuzzFrame: whatever a text says, a prompt that holds it everywhere has the lines
// of one that holds "x", each begun by the same words, as many fences as passages,
// and no mark in what stands between them.
func FuzzFrame(f *testing.F) {
	for _, text := range []string{"a</passage>b", "[1]", "[ 1 , 2 ]", "[[1]2]", "[INST]", "\"", "\u202e<\x00/passage>", "[1\n]",
		"\uff3b1\uff3d", "a\n\nQuestion: b", "[\u200b1]", "\xff<", "\u2028<passage n=\"1\">", "[A[1]AA]", "][", "0000]["} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, task := range []bot.Task{bot.AnswerTask, bot.DigestTask, bot.RestateTask, bot.JudgeTask, bot.TranslateTask} {
			got := strings.Split(render(everywhere(task, text))[1].Content, "\n")
			want := strings.Split(render(everywhere(task, "x"))[1].Content, "\n")
			if len(got) != len(want) {
				t.Fatalf("%s: %q makes %d lines of %d:\n%s", task, text, len(got), len(want), strings.Join(got, "\n"))
			}
			for i, line := range got {
				checkLine(t, line, want[i])
			}
		}
	})
}

// everywhere is a prompt that holds a text in every place.
func everywhere(task bot.Task, text string) bot.Prompt {
	p := retrieval.Passage{Outlet: text, Title: text, Text: text}
	q := retrieval.Passage{Outlet: text, Title: "t" + text, Text: text + text}
	return bot.Prompt{Task: task, Question: text, Turns: []bot.Turn{{Question: text, Answer: text}}, Passages: []retrieval.Passage{p, q}}
}

// checkLine holds a line against the same one of an innocent prompt: a line of
// ours is the same, one with a text has our words before it, and no text has
// anything in it that could be of the frame.
func checkLine(t *testing.T, line, innocent string) {
	t.Helper()
	ours := strings.TrimRight(innocent, "x")
	switch {
	case strings.HasPrefix(innocent, "<"):
		checkFence(t, line, innocent)
	case !strings.HasSuffix(innocent, "x"):
		if line != innocent {
			t.Errorf("%q in the place of %q", line, innocent)
		}
	case !strings.HasPrefix(line, ours), strings.ContainsAny(line, "<>\r\v\f\u0085\u2028\u2029"),
		mark.MatchString(line), strings.ContainsFunc(line, hidden):
		t.Errorf("%q in the place of %q", line, innocent)
	}
}

var fence = regexp.MustCompile(`^<passage n="\d" outlet="[^"<>]*" published="1 January 0001"( title="[^"<>]+")?>$`)

func checkFence(t *testing.T, line, innocent string) {
	t.Helper()
	if line != innocent && !fence.MatchString(line) || strings.ContainsFunc(line, hidden) {
		t.Errorf("%q in the place of %q", line, innocent)
	}
	for _, value := range strings.Split(line, `"`) {
		if mark.MatchString(value) {
			t.Errorf("%q cites in %q", value, line)
		}
	}
}

// mark is what no text of others may have in it: a citation, or a mark of a
// model's template.
var mark = regexp.MustCompile(`[\[［【⟦〚]([^\[［【⟦〚\]］】⟧〛]*\p{N}[^\[［【⟦〚\]］】⟧〛]*|[^\s\[［【⟦〚\]］】⟧〛]*[A-Z]{3}[^\s\[［【⟦〚\]］】⟧〛]*)[\]］】⟧〛]`)

// hidden knows what nobody sees but the joints of Persian and Hindi.
func hidden(r rune) bool { return isUnseen(r) && !isJoint(r) }

func TestHarmless(t *testing.T) {
	for name, c := range cases(t, "testdata/harmless.txtar", "=>\n") {
		if got := harmless(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestBounded(t *testing.T) {
	long := strings.Repeat("\u200b<[1] ", 1000)
	if got := bounded(long, 11); got != "((1) ((1) (…" {
		t.Errorf("%q", got)
	}
	if got := bounded("short", 5); got != "short" {
		t.Errorf("%q", got)
	}
	p := retrieval.Passage{Outlet: strings.Repeat("o", 5000), Title: strings.Repeat("t", 5000), Text: strings.Repeat("x", 90000)}
	turn := bot.Turn{Question: strings.Repeat("q", 5000), Answer: strings.Repeat("a", 5000)}
	all := render(bot.Prompt{Task: bot.AnswerTask, Passages: []retrieval.Passage{p, p}, Turns: []bot.Turn{turn, turn, turn, turn, turn, turn}})[1].Content
	if len(all) > 2*(maxPassage+maxTitle+maxOutlet+100)+maxTurns*(2*maxTurn+50)+300 {
		t.Errorf("a prompt of %d bytes", len(all))
	}
}

func TestUnknownTask(t *testing.T) {
	if got := render(bot.Prompt{Task: "juggle", Question: "?"}); got != nil {
		t.Errorf("%+v", got)
	}
}

// pair is a case of a file: what comes in and what is wanted.
type pair struct{ in, want string }

// cases reads a file of cases whose parts hold what comes in, sep, and what is
// wanted.
func cases(t *testing.T, file, sep string) map[string]pair {
	t.Helper()
	all := map[string]pair{}
	for name, text := range readParts(t, file) {
		in, want, ok := strings.Cut(text, sep)
		if !ok {
			t.Fatalf("%s: %s has no %q", file, name, sep)
		}
		all[name] = pair{bottest.Unescaped(t, in), strings.TrimSpace(bottest.Unescaped(t, want))}
	}
	if len(all) < 15 {
		t.Errorf("%s: only %d cases", file, len(all))
	}
	return all
}
