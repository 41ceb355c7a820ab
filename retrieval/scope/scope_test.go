package scope

import (
	"fmt"
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
var files = []string{"questions.txtar", "english.txtar", "german.txtar", "outlets.txtar", "several.txtar", "fresh.txtar", "fresh2.txtar", "fresh3.txtar"}

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
