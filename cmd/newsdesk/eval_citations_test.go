package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/bot/eval"
	"newsdesk/corpus/corpustest"
)

const ownCases = "testdata/eval/citations.json"

func TestEvalCitations(t *testing.T) {
	r := quietly(t, "", "eval", "citations", "--cases", ownCases, "--json").must(t)
	want := []string{"balanced_accuracy", "by_kind", "cases", "n", "recall_supported", "recall_unsupported"}
	if got := keysIn(t, r.out); !slices.Equal(got, want) {
		t.Errorf("keys %q, want %q", got, want)
	}
	var f eval.Citations
	if err := json.Unmarshal([]byte(r.out), &f); err != nil {
		t.Fatal(err)
	}
	if f.N != 5 || f.Balanced != 1 || len(f.Cases) != 5 || len(f.ByKind) != 5 || f.Cases[1].Reason != "number" {
		t.Errorf("%+v", f)
	}
	t.Run("table", func(t *testing.T) {
		r := quietly(t, "", "eval", "citations", "--cases", ownCases).must(t)
		for _, part := range []string{"1\tsupported\tcompress\tkept\tyes\t-\tThe mill", "2\tunsupported\tnumber\tdropped\tyes\tnumber: 30 million", "balanced accuracy 1.000"} {
			if !strings.Contains(r.out, part) {
				t.Errorf("%q is not in the table:\n%s", part, r.out)
			}
		}
	})
	t.Run("no data folder", func(t *testing.T) {
		data := filepath.Join(t.TempDir(), "data")
		quietly(t, data, "eval", "citations", "--cases", ownCases).must(t)
		if _, err := os.Stat(data); !os.IsNotExist(err) {
			t.Errorf("a data folder was made: %v", err)
		}
	})
	t.Run("plot", func(t *testing.T) {
		plotted(t, "Verdicts (5 sentences)", "eval", "citations", "--cases", ownCases)
	})
}

// plotted draws in both forms and looks for the title.
func plotted(t *testing.T, title string, args ...string) {
	t.Helper()
	for _, name := range []string{"figures.svg", "figures.png"} {
		path := filepath.Join(t.TempDir(), name)
		quietly(t, "", append(slices.Clone(args), "--plot", path)...).must(t)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if svg := strings.HasSuffix(name, ".svg"); svg && !bytes.Contains(data, []byte(title)) || !svg && !bytes.HasPrefix(data, []byte("\x89PNG")) {
			t.Errorf("%s: no title %q, or no picture", name, title)
		}
	}
}

func TestEvalCitationsWrongUse(t *testing.T) {
	for _, args := range [][]string{
		{"eval", "citations"}, {"eval", "citations", "--cases", ownCases, "--plot", "figures.pdf"}, {"eval", "citations", "--cases", ownCases, "more"},
	} {
		if r := quietly(t, "", args...); r.code != exitUsage || !strings.Contains(r.err, "newsdesk: ") {
			t.Errorf("%q: %+v", args, r)
		}
	}
	nowhere := filepath.Join(t.TempDir(), "nothing", "figures.svg")
	for says, args := range map[string][]string{
		"nothing.json": {"eval", "citations", "--cases", "nothing.json"},
		"is a folder":  {"eval", "citations", "--cases", t.TempDir()},
		nowhere:        {"eval", "citations", "--cases", ownCases, "--plot", nowhere},
	} {
		if r := quietly(t, "", args...); r.code != exitFailed || r.out != "" || !strings.Contains(r.err, says) {
			t.Errorf("%q: %+v", args, r)
		}
	}
}

func TestEvalCitationsBadFiles(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/evalbadcitations.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		name := strings.TrimSuffix(archive.Files[i].Name, ".cases")
		t.Run(name, func(t *testing.T) {
			r := quietly(t, "", "eval", "citations", "--json", "--cases", write(t, name+".json", string(archive.Files[i].Data)))
			if r.code != exitFailed || r.out != "" {
				t.Errorf("exit %d\n%s", r.code, r.out)
			}
			for says := range strings.Lines(string(archive.Files[i+1].Data)) {
				if !strings.Contains(r.err, strings.TrimSpace(says)) {
					t.Errorf("%q is not in the message:\n%s", says, r.err)
				}
			}
		})
	}
}

// The figures on the evaluation data may not fall below what is asked of them.
func TestEvalCitationsShared(t *testing.T) {
	r := quietly(t, "", "eval", "citations", "--json", "--cases", corpustest.SharedPath(t, corpustest.EvalCitations)).must(t)
	var f eval.Citations
	if err := json.Unmarshal([]byte(r.out), &f); err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for _, kind := range []string{"number", "date", "name", "negation", "outlet", "role"} {
		right, all = right+f.ByKind[kind].Right, all+f.ByKind[kind].N
	}
	t.Logf("balanced accuracy %.3f, supported kept %.3f, six kinds dropped %d of %d", f.Balanced, f.RecallSupported, right, all)
	if f.N != 96 || f.Balanced < .75 || f.RecallSupported < .65 || float64(right) < .85*float64(all) {
		t.Errorf("%+v", f)
	}
}
