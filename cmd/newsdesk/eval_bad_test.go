package main

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

func TestEvalWrongUse(t *testing.T) {
	cacheFolder(t)
	good := evalSample(t)
	for _, args := range [][]string{
		{"eval"}, {"eval", "retrieval"}, good[:4], {"eval", "retrieval", "--questions", "q.json"}, {"eval", "nosuch"},
		append(slices.Clone(good), "--plot", "figures.pdf"), append(slices.Clone(good), "--plot", "figures"),
		append(slices.Clone(good), "--now", "soon"), append(slices.Clone(good), "more"),
	} {
		if r := quietly(t, "", args...); r.code != exitUsage || !strings.Contains(r.err, "newsdesk: ") {
			t.Errorf("%q: %+v", args, r)
		}
	}
	for _, path := range []string{"nothing.json", t.TempDir()} {
		for _, args := range [][]string{
			{"eval", "retrieval", "--corpus", path, "--questions", "testdata/eval/questions.json"},
			{"eval", "retrieval", "--corpus", good[3], "--questions", path},
		} {
			if r := quietly(t, "", args...); r.code != exitFailed || !strings.Contains(r.err, path) {
				t.Errorf("%q: %+v", args, r)
			}
		}
	}
}

func TestEvalBadSets(t *testing.T) { badSets(t, "retrieval") }

// badSets gives the sets to an evaluation, which says the same of each whatever it
// scores. Of the figures of a set that is not refused the retrieval's say what
// they lack.
func badSets(t *testing.T, what string) {
	archive, err := txtar.ParseFile("testdata/evalbad.txtar")
	if err != nil {
		t.Fatal(err)
	}
	cacheFolder(t)
	parts := map[string]string{}
	for _, f := range archive.Files {
		parts[f.Name] = string(f.Data)
	}
	file := func(t *testing.T, name, kind string) string {
		content, ok := parts[name+"."+kind]
		if !ok {
			content = parts["good."+kind]
		}
		return write(t, name+"-"+kind+".json", content)
	}
	for part, want := range parts {
		name, ok := strings.CutSuffix(part, ".error")
		if !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			lines := strings.Split(strings.TrimSpace(want), "\n")
			code, err := strconv.Atoi(lines[0])
			if err != nil {
				t.Fatal(err)
			}
			r := quietly(t, "", "eval", what, "--json", "--corpus", file(t, name, "corpus"), "--questions", file(t, name, "questions"))
			if r.code != code || code != exitDone && r.out != "" {
				t.Errorf("exit %d, not %d\n%s%s", r.code, code, r.out, r.err)
			}
			for _, says := range lines[1:] {
				if !strings.Contains(r.err, says) {
					t.Errorf("%q is not in the message:\n%s", says, r.err)
				}
			}
			if wantNotes := code == exitDone && len(lines) > 1; what == "retrieval" && wantNotes != strings.Contains(r.out, `"notes":[`) {
				t.Errorf("the figures do not say what they lack: %s", r.out)
			}
		})
	}
}
