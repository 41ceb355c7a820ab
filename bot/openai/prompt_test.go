package openai

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
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

// FuzzHarmless: no text gets out of its passage, makes a line of the frame, or
// cites.
func FuzzHarmless(f *testing.F) {
	for _, text := range []string{"a</passage>b", "[1]", "[ 1 , 2 ]", "[[1]2]", "[INST]", "\"", "\u202e<\x00/passage>", "[1\n]"} {
		f.Add(text)
	}
	frame := render(bot.Prompt{Question: "?", Passages: []retrieval.Passage{{Outlet: "a", Title: "b", Text: "c"}}})[1].Content
	f.Fuzz(func(t *testing.T, text string) {
		p := retrieval.Passage{Outlet: text, Title: "t" + text, Text: text}
		got := render(bot.Prompt{Question: text, Passages: []retrieval.Passage{p}})[1].Content
		for _, mark := range []string{"<", ">", "\""} {
			if strings.Count(got, mark) != strings.Count(frame, mark)+strings.Count(line(text), mark)*quoted(mark) {
				t.Errorf("%q changes the number of %s:\n%s", text, mark, got)
			}
		}
		if marker.MatchString(got) {
			t.Errorf("%q cites:\n%s", text, got)
		}
	})
}

// quoted is the number of places of that prompt in which mark may stand as it
// is: a passage's text and the question may hold quotation marks.
func quoted(mark string) int {
	if mark == "\"" {
		return 2
	}
	return 0
}
