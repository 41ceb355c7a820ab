package premise

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/retrieval"
)

func cases(t *testing.T, path string) []txtar.File {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return archive.Files
}

func TestRead(t *testing.T) {
	for _, f := range cases(t, "testdata/clauses.txtar") {
		t.Run(f.Name, func(t *testing.T) {
			var question, want string
			for line := range strings.Lines(string(f.Data)) {
				switch key, value, _ := strings.Cut(strings.TrimSpace(line), ": "); key {
				case "question":
					question = value
				case "clause":
					want = value
				}
			}
			c, ok := Read(question)
			if got := c.Text; ok != (want != "-") || ok && got != want {
				t.Errorf("got %q, %v, want %q", got, ok, want)
			}
		})
	}
}

func TestIn(t *testing.T) {
	names := map[string]Finding{"unknown": Unknown, "held": Held, "denied": Denied, "absent": Absent}
	for _, f := range cases(t, "testdata/verdicts.txtar") {
		t.Run(f.Name, func(t *testing.T) {
			var passages []retrieval.Passage
			values := map[string]string{}
			for line := range strings.Lines(string(f.Data)) {
				key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
				if key == "article" {
					title, body, _ := strings.Cut(value, ". ")
					passages = append(passages, retrieval.Passage{ArticleID: strconv.Itoa(len(passages)), Title: title, Text: body})
				}
				values[key] = value
			}
			v := Verdict{}
			if c, ok := Read(values["question"]); ok {
				v = c.In(passages)
			}
			if v.Finding != names[values["verdict"]] || v.Quote != values["quote"] {
				t.Errorf("got %v %q", v.Finding, v.Quote)
			}
		})
	}
}

// FuzzRead: whatever is asked, nothing panics.
func FuzzRead(f *testing.F) {
	f.Add("Why did X resign after", "X resigned.")
	f.Add("How many people were", "")
	f.Fuzz(func(t *testing.T, question, article string) {
		if c, ok := Read(question); ok {
			if c.Text == "" {
				t.Error("an empty clause")
			}
			c.In([]retrieval.Passage{{ArticleID: "1", Title: question, Text: article}})
		}
	})
}
