package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval/eval"
)

const ownStories = "testdata/eval/stories.json"

func TestEvalStories(t *testing.T) {
	r := quietly(t, "", "eval", "stories", "--cases", ownStories, "--json").must(t)
	if got := keysIn(t, r.out); !slices.Equal(got, []string{"b_cubed", "lookalike_merged", "n"}) {
		t.Errorf("keys %q", got)
	}
	var f eval.StoryFigures
	if err := json.Unmarshal([]byte(r.out), &f); err != nil {
		t.Fatal(err)
	}
	if want := (eval.StoryFigures{N: 5, BCubed: eval.BCubed{Precision: 1, Recall: 1, F1: 1}}); f != want {
		t.Errorf("%+v, want %+v", f, want)
	}
	t.Run("table", func(t *testing.T) {
		r := quietly(t, "", "eval", "stories", "--cases", ownStories).must(t)
		for _, part := range []string{"precision", "look-alikes merged", "5 texts of 3 events in 3 stories"} {
			if !strings.Contains(r.out, part) {
				t.Errorf("%q is not in the table:\n%s", part, r.out)
			}
		}
	})
	t.Run("no data folder", func(t *testing.T) {
		data := filepath.Join(t.TempDir(), "data")
		quietly(t, data, "eval", "stories", "--cases", ownStories).must(t)
		if _, err := os.Stat(data); !os.IsNotExist(err) {
			t.Errorf("a data folder was made: %v", err)
		}
	})
	t.Run("plot", func(t *testing.T) { plotted(t, "Stories (5 texts)", "eval", "stories", "--cases", ownStories) })
}

func TestEvalStoriesWrongUse(t *testing.T) {
	for _, args := range [][]string{{"eval", "stories"}, {"eval", "stories", "--cases", ownStories, "more"}} {
		if r := quietly(t, "", args...); r.code != exitUsage || !strings.Contains(r.err, "newsdesk: ") {
			t.Errorf("%q: %+v", args, r)
		}
	}
	for says, content := range map[string]string{
		"no record in the file": "[]",
		"the file is empty":     "",
		`record 2: "event"`:     `[{"event": "1a", "text": "x"}, {"text": "y"}]`,
	} {
		r := quietly(t, "", "eval", "stories", "--json", "--cases", write(t, "cases.json", content))
		if r.code != exitFailed || r.out != "" || !strings.Contains(r.err, says) || !strings.Contains(r.err, "cases.json") {
			t.Errorf("%s: %+v", says, r)
		}
	}
}

// The figures on the evaluation data may not fall below what is asked of them.
func TestEvalStoriesShared(t *testing.T) {
	r := quietly(t, "", "eval", "stories", "--json", "--cases", corpustest.SharedPath(t, corpustest.EvalStories)).must(t)
	var f eval.StoryFigures
	if err := json.Unmarshal([]byte(r.out), &f); err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", f)
	if f.N != 496 || f.BCubed.F1 < .88 || f.LookalikeMerged > .1 {
		t.Errorf("%+v", f)
	}
}
