package feed

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus/corpustest"
)

var noon = time.Date(2025, time.July, 2, 12, 0, 0, 0, time.UTC)

func from() Source {
	return Source{URL: "https://www.harbour-herald.example/feeds/news.xml", Now: noon}
}

// cases calls check with each case of an archive: what it is made of, and what
// is to come of it.
func cases(t *testing.T, name string, check func(name string, given []byte, want string)) {
	t.Helper()
	corpustest.Pairs(t, "testdata/"+name, func(name string, given txtar.File, want string) { check(name, given.Data, want) })
}

func TestRead(t *testing.T) {
	for _, archive := range []string{"formats.txtar", "faults.txtar"} {
		cases(t, archive, func(name string, given []byte, want string) {
			f, err := Read(given, from())
			if got := shown(f, err); got != want {
				t.Errorf("%s: %s:\n%swant\n%s", archive, name, got, want)
			}
		})
	}
}

func shown(f Feed, err error) string {
	switch {
	case errors.Is(err, ErrNotFeed):
		return "error not a feed\n"
	case err != nil:
		return "error " + err.Error() + "\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "feed %s | %s | %s\n", orDash(f.Title), orDash(f.Home), orDash(f.Language))
	for _, i := range f.Items {
		at := "-"
		if !i.Draft.Published.IsZero() {
			at = i.Draft.Published.Format(time.RFC3339)
		}
		fmt.Fprintf(&b, "item %s | %s | %s | %s\n", orDash(i.Draft.URL), orDash(i.Draft.Title), at, orDash(i.Draft.Author))
		if i.Summary != "" {
			fmt.Fprintf(&b, "summary %s\n", i.Summary)
		}
		if i.Draft.Text != "" {
			fmt.Fprintf(&b, "text %s\n", strings.ReplaceAll(i.Draft.Text, "\n\n", " ¶ "))
		}
	}
	return b.String()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func TestSchedule(t *testing.T) {
	cases(t, "schedule.txtar", func(name string, given []byte, want string) {
		f, err := Read(given, from())
		if got := fmt.Sprintln(f.Schedule.Every, f.Schedule.SkipHours, f.Schedule.SkipDays); got != want || err != nil {
			t.Errorf("%s: %swant %s%v", name, got, want, err)
		}
	})
}

func TestDiscover(t *testing.T) {
	cases(t, "discover.txtar", func(name string, given []byte, want string) {
		got := ""
		for _, f := range Discover(given, "https://www.harbour-herald.example/en/") {
			got += strings.TrimRight(f.URL+" | "+f.Title, " ") + "\n"
		}
		if got != want {
			t.Errorf("%s:\n%swant\n%s", name, got, want)
		}
	})
}

// archived are the files of an archive, for seeds.
func archived(name string) [][]byte {
	archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
	if err != nil {
		panic(err)
	}
	var all [][]byte
	for _, f := range archive.Files {
		all = append(all, f.Data)
	}
	return all
}
