package eval

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

// casesOf returns the parts of each case of a txtar file, by the case's name.
func casesOf(t *testing.T, path string) map[string]map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]map[string]string{}
	for _, f := range archive.Files {
		name, part, _ := strings.Cut(f.Name, ".")
		if cases[name] == nil {
			cases[name] = map[string]string{}
		}
		cases[name][part] = string(f.Data)
	}
	return cases
}

func questionsOf(t *testing.T, text string) []multihop.Question {
	t.Helper()
	var all []multihop.Question
	for q, err := range multihop.Questions("questions", strings.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, q)
	}
	return all
}

// askedOf reads a case.
func askedOf(t *testing.T, parts map[string]string) []Asked {
	t.Helper()
	var asked []Asked
	for _, q := range questionsOf(t, parts["questions"]) {
		asked = append(asked, Asked{Question: q})
	}
	for line := range strings.Lines(parts["found"]) {
		fields := strings.SplitN(strings.TrimSpace(line), "|", 5)
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		n, err := strconv.Atoi(fields[0])
		if err != nil || len(fields) != 5 {
			t.Fatalf("%q: %v", line, err)
		}
		asked[n-1].Passages = append(asked[n-1].Passages, retrieval.Passage{URL: fields[1], Outlet: fields[2],
			Title: fields[3], Text: strings.ReplaceAll(fields[4], `\n`, "\n")})
	}
	return asked
}

// printed is the form of the want files.
func printed(s Scores) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "n %d\n", s.N)
	row := func(name string, m Measures) {
		b.WriteString(name)
		for _, v := range []float64{m.Hits1, m.Hits4, m.Hits10, m.MRR, m.MAP, m.Evidence} {
			b.WriteString(" " + strings.TrimPrefix(fmt.Sprintf("%.4f", v), "0"))
		}
		b.WriteString("\n")
	}
	row("all", s.All)
	for _, kind := range slices.Sorted(maps.Keys(s.ByType)) {
		row(kind, s.ByType[kind])
	}
	b.WriteString("first")
	for _, n := range s.First {
		fmt.Fprintf(&b, " %d", n)
	}
	return b.String() + "\n"
}

func TestScore(t *testing.T) {
	for name, parts := range casesOf(t, "testdata/score.txtar") {
		if got := printed(Score(askedOf(t, parts))); got != parts["want"] {
			t.Errorf("%s: got\n%swant\n%s", name, got, parts["want"])
		}
	}
}
