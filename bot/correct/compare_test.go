package correct

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
)

// wanted is one line of what is wanted of a case.
type wanted struct {
	kind     Kind
	was, now string
	material bool
}

type testCase struct {
	name          string
	before, after corpus.Article
	cited         []Cited
	want          []wanted
}

func casesIn(t testing.TB, path string) []testCase {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []testCase
	for _, f := range archive.Files {
		all = append(all, readCase(t, f))
	}
	return all
}

func readCase(t testing.TB, f txtar.File) testCase {
	t.Helper()
	head, texts, ok := strings.Cut(string(f.Data), "--- before\n")
	before, after, ok2 := strings.Cut(texts, "--- after\n")
	if !ok || !ok2 {
		t.Fatalf("%s: no texts", f.Name)
	}
	c := testCase{name: f.Name}
	c.before = corpus.Article{
		ID: "a", Seq: 1, Outlet: "Radio Solana", Title: "News of the day", Language: "en",
		Published: time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC), Text: strings.TrimSpace(before),
	}
	c.after = c.before
	c.after.Seq, c.after.Text = 2, strings.TrimSpace(after)
	sentence := ""
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "language":
			c.before.Language, c.after.Language = value, value
		case "title":
			c.before.Title, c.after.Title = value, value
		case "title after":
			c.after.Title = value
		case "published":
			c.before.Published = day(t, value)
			c.after.Published = c.before.Published
		case "published after":
			c.after.Published = day(t, value)
		case "sentence":
			sentence = value
		case "quote":
			start := strings.Index(c.before.Text, value)
			if start < 0 {
				t.Fatalf("%s: no such quote: %s", f.Name, value)
			}
			if sentence == "" {
				sentence = value
			}
			c.cited = append(c.cited, Cited{Sentence: sentence, ArticleID: "a", Seq: 1, Start: start, End: start + len(value), Quote: value})
			sentence = ""
		case "want":
			c.want = append(c.want, readWanted(value))
		default:
			t.Fatalf("%s: %q", f.Name, line)
		}
	}
	if c.after.Text == "" {
		c.after = corpus.Article{}
	}
	if len(c.want) != len(c.cited) {
		t.Fatalf("%s: %d quotes, %d wanted", f.Name, len(c.cited), len(c.want))
	}
	return c
}

func readWanted(line string) wanted {
	parts := strings.Split(line, " | ")
	w := wanted{kind: Kind(parts[0])}
	if parts[len(parts)-1] == "material" {
		w.material = true
		parts = parts[:len(parts)-1]
	}
	if len(parts) == 3 {
		w.was, w.now = parts[1], parts[2]
	}
	return w
}

func day(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// fails says in what the changes of a case are not what is wanted.
func (c testCase) fails(got []Change) []string {
	by := map[int]Change{}
	for _, change := range got {
		by[change.Cited] = change
	}
	var bad []string
	for i, w := range c.want {
		change, changed := by[i]
		switch {
		case w.kind == "none":
			if changed {
				bad = append(bad, "a change: "+describe(change))
			}
		case !changed:
			bad = append(bad, "no change")
		case change.Kind != w.kind || change.Material != w.material:
			bad = append(bad, describe(change))
		case w.was != "" && (len(change.Values) != 1 || !strings.Contains(change.Values[0].Was.Text, w.was) || !strings.Contains(change.Values[0].Now.Text, w.now)):
			bad = append(bad, "values: "+describe(change))
		}
	}
	return bad
}

func describe(c Change) string {
	s := string(c.Kind)
	if c.Material {
		s += " material"
	}
	for _, v := range c.Values {
		s += " " + string(v.Kind) + " " + v.Was.Text + " -> " + v.Now.Text
	}
	return s + " new: " + c.New.Text
}

func TestCompare(t *testing.T) {
	for _, c := range casesIn(t, "testdata/cases.txtar") {
		t.Run(c.name, func(t *testing.T) {
			got := Compare(c.before, c.after, c.cited)
			verbatim(t, c.before, c.after, c.cited, got)
			for _, bad := range c.fails(got) {
				t.Error(bad)
			}
		})
	}
}

// fataler is what *testing.T and *rapid.T have in common.
type fataler interface {
	Helper()
	Errorf(string, ...any)
}

// verbatim holds every stretch to the text that it is of.
func verbatim(t fataler, before, after corpus.Article, cited []Cited, got []Change) {
	t.Helper()
	at := func(raw string, s Stretch) {
		t.Helper()
		if s == (Stretch{}) {
			return
		}
		if s.Start < 0 || s.Start >= s.End || s.End > len(raw) || raw[s.Start:s.End] != s.Text {
			t.Errorf("%+v is not verbatim", s)
		}
	}
	last := -1
	for _, c := range got {
		if c.Cited <= last || c.Cited >= len(cited) {
			t.Errorf("quote %d behind %d of %d", c.Cited, last, len(cited))
		}
		last = c.Cited
		if c.Old.Text != cited[c.Cited].Quote || c.Material != c.Kind.Material() {
			t.Errorf("%+v", c)
		}
		at(before.Text, c.Old)
		at(after.Text, c.New)
		for _, v := range c.Values {
			at(before.Text, v.Was)
			at(after.Text, v.Now)
		}
	}
}

// TestMeasured measures on two further sets. blind.txtar was written before the
// code was first run: in its first run on it, it was right in all 15. hard.txtar
// came after: it was right in 16 of 20 at first. harmless.txtar counts false alarms:
// 2 of 16 at first. What is known to be wrong is named.
func TestMeasured(t *testing.T) {
	known := map[string]bool{
		"title of a person changed": true, // one phrase for another, in a sentence that is else the same
	}
	for _, path := range []string{"testdata/blind.txtar", "testdata/hard.txtar", "testdata/harmless.txtar"} {
		all, right := casesIn(t, path), 0
		for _, c := range all {
			got := Compare(c.before, c.after, c.cited)
			verbatim(t, c.before, c.after, c.cited, got)
			bad := c.fails(got)
			if len(bad) == 0 {
				right++
			}
			if len(bad) > 0 != known[c.name] {
				t.Errorf("%s: %q", c.name, bad)
			}
		}
		t.Logf("%s: %d of %d right", path, right, len(all))
	}
}
