package scope

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

var now = time.Date(2025, 1, 20, 15, 0, 0, 0, time.UTC)

// load returns the cases and the outlets that they know.
func load(t testing.TB) ([]txtar.File, []corpus.Outlet) {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", "questions.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var outlets []corpus.Outlet
	for _, line := range strings.Split(string(a.Comment), "\n") {
		if rest, ok := strings.CutPrefix(line, "outlet "); ok {
			name, url, _ := strings.Cut(rest, "|")
			outlets = append(outlets, corpus.Outlet{Name: strings.TrimSpace(name), URL: strings.TrimSpace(url), Articles: 1})
		}
	}
	if len(a.Files) == 0 || len(outlets) == 0 {
		t.Fatal("questions.txtar holds no cases or no outlets")
	}
	return a.Files, outlets
}

// show prints what a query asks for, as the cases do.
func show(q retrieval.Query) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("outlets", strings.Join(q.Outlets, "; "))
	line("preferred", strings.Join(q.Preferred, "; "))
	for _, d := range []struct {
		name string
		at   time.Time
	}{{"from", q.From}, {"to", q.To}} {
		if !d.at.IsZero() {
			line(d.name, d.at.Format(time.DateOnly))
		}
	}
	return b.String()
}

func TestRead(t *testing.T) {
	files, outlets := load(t)
	for _, file := range files {
		t.Run(file.Name, func(t *testing.T) {
			question, want, _ := strings.Cut(string(file.Data), "\n")
			q := Read(question, now, outlets)
			if got := show(q); got != want {
				t.Errorf("%s\ngot\n%swant\n%s", question, got, want)
			}
			if q.Text != question || !q.AsOf.IsZero() || q.Limit != 0 {
				t.Errorf("%s: got %+v", question, q)
			}
		})
	}
}

// TestZones: a day is that of the one who asks and that of UTC.
func TestZones(t *testing.T) {
	for _, hours := range []int{-8, 9} {
		zone := time.FixedZone("", hours*3600)
		q := Read("What was published on January 17?", time.Date(2025, 1, 20, 15, 0, 0, 0, zone), nil)
		local := time.Date(2025, 1, 17, 0, 0, 0, 0, zone)
		utc := time.Date(2025, 1, 17, 0, 0, 0, 0, time.UTC)
		for _, at := range []time.Time{local, utc, local.Add(24*time.Hour - 1), utc.Add(24*time.Hour - 1)} {
			if !q.Matches("", at) {
				t.Errorf("%+d h: %v is not in %v to %v", hours, at, q.From, q.To)
			}
		}
		if q.Matches("", utc.Add(48*time.Hour)) || q.Matches("", utc.Add(-24*time.Hour)) {
			t.Errorf("%+d h: too wide, %v to %v", hours, q.From, q.To)
		}
	}
}

// TestLabelled holds on labelled questions that no filter excludes the outlet or
// the day of the evidence, and that outlets which are asked for are read.
func TestLabelled(t *testing.T) {
	var questions []struct {
		Query    string `json:"query"`
		Type     string `json:"question_type"`
		Evidence []struct {
			Source    string    `json:"source"`
			Published time.Time `json:"published_at"`
		} `json:"evidence_list"`
	}
	readShared(t, "questions.json", &questions)
	var articles []struct{ Source string }
	readShared(t, "corpus.json.gz", &articles)
	outlets := outletsOf(articles)
	filtered, dated, asked, read := 0, 0, 0, 0
	for _, question := range questions {
		q := Read(question.Query, now, outlets)
		if len(q.Outlets) > 0 {
			filtered++
		}
		if !q.From.IsZero() {
			dated++
		}
		if question.Type == "outlet_query" {
			asked++
			if len(q.Outlets) > 0 {
				read++
			} else {
				t.Logf("no outlet: %s", show(q))
			}
		}
		for _, e := range question.Evidence {
			if !q.Matches(e.Source, e.Published) {
				t.Errorf("evidence of %s, %s is excluded by %s", e.Source, e.Published.Format(time.DateOnly), show(q))
			}
		}
	}
	t.Logf("%d questions: %d filter outlets, %d dates; %d of %d that ask for an outlet", len(questions), filtered, dated, read, asked)
	if read < asked*9/10 {
		t.Errorf("%d of %d questions that ask for an outlet were read so", read, asked)
	}
}

// outletsOf counts the articles of each source.
func outletsOf(articles []struct{ Source string }) []corpus.Outlet {
	count := make(map[string]int)
	for _, a := range articles {
		count[a.Source]++
	}
	var outlets []corpus.Outlet
	for name, n := range count {
		outlets = append(outlets, corpus.Outlet{Name: name, Articles: n})
	}
	slices.SortFunc(outlets, func(a, b corpus.Outlet) int { return strings.Compare(a.Name, b.Name) })
	return outlets
}

// readShared decodes a file of the evaluation data, or skips.
func readShared(t *testing.T, name string, into any) {
	t.Helper()
	path := "../../../shared/eval/" + name
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("needs %s: %v", path, err)
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	if err := json.NewDecoder(r).Decode(into); err != nil {
		t.Fatal(err)
	}
}

func FuzzRead(f *testing.F) {
	files, outlets := load(f)
	for _, file := range files {
		question, _, _ := strings.Cut(string(file.Data), "\n")
		f.Add(question, "Harbour Herald", "https://harbour.example")
	}
	f.Add("\xff's ’s in", "A.b (", "://")
	f.Fuzz(func(t *testing.T, question, name, url string) {
		all := append([]corpus.Outlet{{Name: name, URL: url}}, outlets...)
		q := Read(question, now, all)
		for _, n := range append(slices.Clone(q.Outlets), q.Preferred...) {
			if !slices.ContainsFunc(all, func(o corpus.Outlet) bool { return o.Name == n }) {
				t.Errorf("%q: no outlet is called %q", question, n)
			}
		}
		if len(q.Outlets) > 0 && len(q.Preferred) > 0 {
			t.Errorf("%q: both %v and %v", question, q.Outlets, q.Preferred)
		}
		if !q.To.IsZero() && !q.From.Before(q.To) || q.From.After(now) {
			t.Errorf("%q: from %v to %v", question, q.From, q.To)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	_, outlets := load(b)
	for len(outlets) < 130 {
		outlets = append(outlets, corpus.Outlet{Name: fmt.Sprintf("Town Gazette %d", len(outlets))})
	}
	for b.Loop() {
		Read("What did the Harbour Herald report on 17 January 2025 about the ferry to Meridian?", now, outlets)
	}
}
