package compare

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
	"newsdesk/corpus/sample"
)

// testStory is one case: articles, and what they differ in, "KIND | OUTLET=VALUE
// | OUTLET=VALUE".
type testStory struct {
	name     string
	articles []corpus.Article
	wants    []string
}

func readCases(t testing.TB, name string) []testStory {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []testStory
	for _, f := range archive.Files {
		head := strings.Split(f.Name, " | ")
		if len(out) == 0 || out[len(out)-1].name != head[0] {
			out = append(out, testStory{name: head[0]})
		}
		c := &out[len(out)-1]
		if len(head) == 2 {
			c.wants = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
			continue
		}
		at, err := time.Parse(time.RFC3339, head[2])
		if err != nil {
			t.Fatal(err)
		}
		c.articles = append(c.articles, corpus.Article{
			ID: f.Name, Seq: int64(len(c.articles) + 1), Outlet: head[1], Language: head[3], Published: at, Fetched: at,
			Text: strings.TrimSpace(string(f.Data)),
		})
	}
	return out
}

// meets reports whether a difference is the wanted one: its kind, and for each
// outlet a side with the value.
func meets(want string, d Difference) bool {
	parts := strings.Split(want, " | ")
	if !slices.Contains(strings.Split(parts[0], "|"), string(d.Kind)) {
		return false
	}
	for _, p := range parts[1:] {
		outlet, value, _ := strings.Cut(p, "=")
		if !slices.ContainsFunc(d.Sides, func(s Side) bool {
			return slices.Contains(s.Outlets, outlet) && (strings.Contains(s.Value, value) ||
				d.Kind == Denial && (value == "denied") == (s.Stance == Denied))
		}) {
			return false
		}
	}
	return true
}

// show writes a difference in one line.
func show(d Difference) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s [%s] update=%v", d.Kind, d.About, d.Update)
	for _, s := range d.Sides {
		fmt.Fprintf(&out, " | %s: %q (%s)", strings.Join(s.Outlets, ", "), s.Value, s.Stance)
	}
	return out.String()
}

// TestDiffer wants 17 of 20 differences with kind and values, in the cases and in
// those that were written before anything was run. On the first run 16 were found
// of the former and 17 of the latter (with none of the 40 that agree flagged); now 19
// of each.
func TestDiffer(t *testing.T) {
	for _, name := range []string{"differ.txtar", "differ_blind.txtar"} {
		found, extra := 0, 0
		cases := readCases(t, name)
		for _, c := range cases {
			got := Compare(c.articles, Needs{})
			hit := 0
			for _, d := range got.Differ {
				if slices.ContainsFunc(c.wants, func(w string) bool { return meets(w, d) }) && !d.Update {
					hit++
					continue
				}
				extra++
				t.Logf("%s %s: besides: %s", name, c.name, show(d))
			}
			if hit > 0 {
				found++
			} else {
				t.Logf("%s %s: not found: %s", name, c.name, c.wants)
			}
		}
		t.Logf("%s: %d of %d found, %d besides", name, found, len(cases), extra)
		if len(cases) != 20 || found < 17 {
			t.Errorf("%s: only %d of %d found", name, found, len(cases))
		}
	}
}

// TestAgree wants at most 2 of 20 stories without a difference to be given one;
// an update is none.
func TestAgree(t *testing.T) {
	for _, name := range []string{"agree.txtar", "agree_blind.txtar"} {
		flagged, agreed := 0, 0
		cases := readCases(t, name)
		for _, c := range cases {
			got := Compare(c.articles, Needs{})
			bad := slices.DeleteFunc(slices.Clone(got.Differ), func(d Difference) bool { return d.Update })
			for _, d := range bad {
				t.Logf("%s %s: %s", name, c.name, show(d))
			}
			flagged += b2i(len(bad) > 0)
			agreed += b2i(len(got.Agreed) > 0)
		}
		t.Logf("%s: %d of %d flagged, %d with something agreed", name, flagged, len(cases), agreed)
		if len(cases) != 20 || flagged > 2 {
			t.Errorf("%s: %d of %d flagged", name, flagged, len(cases))
		}
	}
}

// TestSamples compares the stories of corpus/sample with what was written down
// from reading them. A line that begins with "hard" need not be found.
func TestSamples(t *testing.T) {
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	archive, err := txtar.ParseFile("testdata/samples.txtar")
	if err != nil {
		t.Fatal(err)
	}
	subjects := map[string]string{"ferry": "Lady Maren", "flood": "Ashcombe", "trams": "Velmora", "wreck": "Grey Skerry"}
	for i := range articles {
		articles[i].Seq = int64(i + 1)
	}
	for _, f := range archive.Files {
		var list []corpus.Article
		for _, a := range articles {
			if strings.Contains(a.Text, subjects[f.Name]) {
				list = append(list, a)
			}
		}
		got := Compare(list, Needs{})
		for _, c := range got.Agreed {
			t.Logf("%s: agreed: %s: %q", f.Name, strings.Join(c.Outlets, ", "), c.Value)
		}
		wants := strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		for _, d := range got.Differ {
			if !slices.ContainsFunc(wants, func(w string) bool {
				_, want, _ := strings.Cut(w, " ")
				return want != "" && meets(want, d)
			}) {
				t.Errorf("%s: not wanted: %s", f.Name, show(d))
			}
		}
		for _, w := range wants {
			how, want, _ := strings.Cut(w, " ")
			if want == "" || how == "hard" {
				continue
			}
			if !slices.ContainsFunc(got.Differ, func(d Difference) bool { return meets(want, d) && d.Update == (how == "later") }) {
				t.Errorf("%s: not found: %s", f.Name, w)
			}
		}
	}
}
