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
	"sync"
	"testing"
	"time"

	_ "time/tzdata" // the cases name zones

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// monday is when the cases are asked that do not say when.
var monday = time.Date(2025, 1, 20, 15, 0, 0, 0, time.UTC)

// load returns the cases of a file of testdata and the outlets that they know.
func load(t testing.TB, name string) ([]txtar.File, []corpus.Outlet) {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name))
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
		t.Fatalf("%s holds no cases or no outlets", name)
	}
	return a.Files, outlets
}

// asked is a case: a question, when it is asked, and what is to be read.
type asked struct {
	question string
	now      time.Time
	want     string
}

// parse reads a case.
func parse(t testing.TB, file txtar.File) asked {
	t.Helper()
	a := asked{now: monday}
	a.question, a.want, _ = strings.Cut(string(file.Data), "\n")
	line, rest, _ := strings.Cut(a.want, "\n")
	when, ok := strings.CutPrefix(line, "now: ")
	if !ok {
		return a
	}
	clock, name := when[:len("2006-01-02 15:04")], when[len("2006-01-02 15:04 "):]
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	if a.now, err = time.ParseInLocation("2006-01-02 15:04", clock, zone); err != nil {
		t.Fatal(err)
	}
	a.want = rest
	return a
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
	line("from", instant(q.From))
	line("to", instant(q.To))
	if !q.AsOf.IsZero() {
		line("asof", strings.TrimSuffix(q.AsOf.UTC().Format("2006-01-02 15:04"), " 23:59"))
	}
	if q.Several {
		b.WriteString("several\n")
	}
	if q.Latest {
		b.WriteString("latest\n")
	}
	return b.String()
}

// instant prints a time, only its day for midnight in UTC.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return strings.TrimSuffix(t.UTC().Format("2006-01-02 15:04"), " 00:00")
}

// files are the files of cases in testdata.
var files = []string{"questions.txtar", "english.txtar", "german.txtar", "outlets.txtar", "several.txtar", "fresh.txtar"}

func TestRead(t *testing.T) {
	for _, name := range files {
		cases, outlets := load(t, name)
		var r Reader
		for _, file := range cases {
			t.Run(name+"/"+file.Name, func(t *testing.T) {
				a := parse(t, file)
				q := r.Read(a.question, a.now, outlets)
				if got := show(q); got != a.want {
					t.Errorf("%s\ngot\n%swant\n%s", a.question, got, a.want)
				}
				if q.Text != a.question || q.Limit != 0 {
					t.Errorf("%s: got %+v", a.question, q)
				}
			})
		}
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
	several, total := make(map[string]int), make(map[string]int)
	for _, question := range questions {
		q := Read(question.Query, monday, outlets)
		total[question.Type]++
		if q.Several {
			several[question.Type]++
		}
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
	for kind, n := range total {
		t.Logf("%s: several for %d of %d", kind, several[kind], n)
	}
	t.Logf("%d questions: %d filter outlets, %d dates; %d of %d that ask for an outlet", len(questions), filtered, dated, read, asked)
	if several["single_query"] > 2 || several["outlet_query"] > 1 || several["comparison_query"] < 20 {
		t.Errorf("several articles for %v", several)
	}
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
	var outlets []corpus.Outlet
	for _, name := range files {
		cases, some := load(f, name)
		outlets = append(outlets, some...)
		for _, file := range cases {
			f.Add(parse(f, file).question, "Harbour Herald", "https://harbour.example")
		}
	}
	f.Add("\xff's ’s in", "A.b (", "://")
	f.Add("between 3 and 3 May-5, 2019 - 31 May", "des", "May")
	f.Fuzz(func(t *testing.T, question, name, url string) {
		all := append([]corpus.Outlet{{Name: name, URL: url}}, outlets...)
		q := Read(question, monday, all)
		for _, n := range append(slices.Clone(q.Outlets), q.Preferred...) {
			if !slices.ContainsFunc(all, func(o corpus.Outlet) bool { return o.Name == n }) {
				t.Errorf("%q: no outlet is called %q", question, n)
			}
		}
		if len(q.Outlets) > 0 && len(q.Preferred) > 0 {
			t.Errorf("%q: both %v and %v", question, q.Outlets, q.Preferred)
		}
		if !q.To.IsZero() && !q.From.Before(q.To) || q.From.After(monday) || q.AsOf.After(monday) {
			t.Errorf("%q: from %v to %v as of %v", question, q.From, q.To, q.AsOf)
		}
		if !q.AsOf.IsZero() && !(q.From.IsZero() && q.To.IsZero()) {
			t.Errorf("%q: as of %v, and from %v to %v", question, q.AsOf, q.From, q.To)
		}
		if q.Text != strings.TrimSpace(question) {
			t.Errorf("%q: became %q", question, q.Text)
		}
	})
}

// TestReader: one Reader serves many askers, and sees that the outlets changed.
func TestReader(t *testing.T) {
	var r Reader
	var asking sync.WaitGroup
	for i := range 8 {
		asking.Go(func() {
			name := fmt.Sprintf("Outlet%d", i%2)
			for range 50 {
				q := r.Read("According to "+name+", who left?", monday, []corpus.Outlet{{Name: name}})
				if !slices.Equal(q.Outlets, []string{name}) {
					t.Errorf("asked for %s, got %v", name, q.Outlets)
				}
			}
		})
	}
	asking.Wait()
}

// TestEaster against published dates.
func TestEaster(t *testing.T) {
	for year, want := range map[int]string{2000: "04-23", 2019: "04-21", 2024: "03-31", 2025: "04-20", 2038: "04-25"} {
		if got := easterSunday(year, time.UTC).Format("01-02"); got != want {
			t.Errorf("%d: %s, want %s", year, got, want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	_, outlets := load(b, "outlets.txtar")
	for len(outlets) < 130 {
		outlets = append(outlets, corpus.Outlet{Name: fmt.Sprintf("Town Gazette %d", len(outlets))})
	}
	for _, c := range []struct{ name, question string }{
		{"English", "What did the New York Times report on 17 January 2025 about the ferry to Meridian?"},
		{"German", "Was hat die Süddeutsche Zeitung am 17. Januar 2025 über die Fähre nach Meridian berichtet?"},
		{"Long", strings.Repeat("Who was in charge of the harbour when CNN reported on the fire of 3 May 2019, and what did he say? ", 3)},
	} {
		b.Run(c.name, func(b *testing.B) {
			var r Reader
			for b.Loop() {
				r.Read(c.question, monday, outlets)
			}
		})
	}
	b.Run("NewOutlets", func(b *testing.B) {
		for b.Loop() {
			Read("Who left?", monday, outlets)
		}
	})
}
