package cite

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/retrieval"
)

// page is one file of cases: passages, and sentences with what is to become of
// them, one a line: "keep 1,2: TEXT" names the passages that are cited then,
// "drop number|date: TEXT" the reasons of which one is given.
type page struct {
	name     string
	passages []retrieval.Passage
	cases    []string
}

// pages reads testdata/*.txtar.
func pages(t testing.TB) []page {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var out []page
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p := page{name: filepath.Base(name)}
		for _, f := range archive.Files {
			if f.Name == "cases" {
				p.cases = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
				continue
			}
			p.passages = append(p.passages, readPassage(t, len(p.passages)+1, string(f.Data)))
		}
		out = append(out, p)
	}
	return out
}

// readPassage reads the head lines and the text of a passage. It starts at byte
// 1000 of its article, so that offsets of the two are told apart.
func readPassage(t testing.TB, seq int, s string) retrieval.Passage {
	t.Helper()
	head, body, ok := strings.Cut(s, "\n\n")
	if !ok {
		t.Fatalf("passage without a text: %q", s)
	}
	body = strings.TrimSpace(body)
	p := retrieval.Passage{Seq: int64(seq), Start: 1000, End: 1000 + len(body), ArticleID: fmt.Sprint("a", seq), Text: body}
	for _, line := range strings.Split(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "outlet":
			p.Outlet = value
		case "url":
			p.URL = value
		case "language":
			p.Language = value
		case "title":
			p.Title = value
		case "published":
			day, err := time.Parse(time.DateOnly, value)
			if err != nil {
				t.Fatal(err)
			}
			p.Published = day
		default:
			t.Fatalf("unknown line %q", line)
		}
	}
	return p
}

func TestCases(t *testing.T) {
	total := 0
	for _, p := range pages(t) {
		for _, line := range p.cases {
			want, sentence, ok := strings.Cut(line, ": ")
			if !ok {
				t.Fatalf("%s: no case: %q", p.name, line)
			}
			total++
			got := Check(sentence, p.passages)
			holds(t, got, p.passages)
			if err := verdict(want, got); err != nil {
				t.Errorf("%s: %s\n\t%v", p.name, line, err)
			}
		}
	}
	if total < 60 {
		t.Errorf("only %d cases", total)
	}
}

// verdict compares what was wanted of one sentence with what became of it.
func verdict(want string, got Checked) error {
	kind, rest, _ := strings.Cut(want, " ")
	if kind == "drop" {
		switch {
		case len(got.Sentences) > 0:
			return fmt.Errorf("kept: %q", got.Sentences[0].Text)
		case len(got.Dropped) == 0 || !slices.Contains(strings.Split(rest, "|"), got.Dropped[0].Reason):
			return fmt.Errorf("dropped for another reason: %+v", got.Dropped)
		}
		return nil
	}
	if len(got.Sentences) != 1 || len(got.Dropped) > 0 {
		return fmt.Errorf("dropped: %+v", got.Dropped)
	}
	var cited []string
	for _, c := range got.Citations {
		if n := fmt.Sprint(c.Passage.Seq); !slices.Contains(cited, n) {
			cited = append(cited, n)
		}
	}
	slices.Sort(cited)
	if s := strings.Join(cited, ","); s != rest {
		return fmt.Errorf("cites %s", s)
	}
	return nil
}
