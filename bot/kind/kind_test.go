package kind

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

func TestRead(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/kinds.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		t.Run(f.Name, func(t *testing.T) {
			want := fields(string(f.Data))
			q := retrieval.Query{Text: want["question"], Several: want["several"] == "yes", Latest: want["latest"] == "yes"}
			q.Outlets = pieces(want["outlets"])
			if want["days"] == "yes" {
				q.From = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
			}
			r := Read(want["question"], q)
			if r.Kind != bot.Kind(want["kind"]) {
				t.Errorf("kind %s, want %s", r.Kind, want["kind"])
			}
			if !slices.Equal(r.Parts, pieces(want["parts"])) {
				t.Errorf("parts %q", r.Parts)
			}
			for key, got := range map[string]string{"claim": r.Claim, "topic": r.Topic, "before": r.Before, "after": r.After} {
				if got != want[key] && (key != "topic" || want[key] != "") {
					t.Errorf("%s %q, want %q", key, got, want[key])
				}
			}
			if plainly := want["plainly"]; plainly != "" && r.Plainly(q.Outlets) != plainly {
				t.Errorf("plainly %q, want %q", r.Plainly(q.Outlets), plainly)
			}
			if r.News != (want["news"] == "yes") {
				t.Errorf("news %v", r.News)
			}
			if r.Open != (want["open"] == "yes") {
				t.Errorf("open %v", r.Open)
			}
			if r.Outlet != (want["outlet"] == "yes") {
				t.Errorf("outlet %v", r.Outlet)
			}
			for _, o := range q.Outlets {
				if of, ok := want["of "+o]; ok && r.Of(o, q.Outlets) != of {
					t.Errorf("of %s: %q, want %q", o, r.Of(o, q.Outlets), of)
				}
			}
		})
	}
}

func fields(data string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(data) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		out[key] = value
	}
	return out
}

func pieces(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, " | ")
}

// FuzzRead: any question is read as some kind, and nothing panics.
func FuzzRead(f *testing.F) {
	f.Add("How many outlets report that", "A")
	f.Add("What do A and B say on x, and who", "B")
	f.Fuzz(func(t *testing.T, s, outlet string) {
		r := Read(s, retrieval.Query{Text: s, Several: true, Outlets: []string{outlet, "A"}})
		if r.Kind == "" {
			t.Error("no kind")
		}
		r.Of(outlet, []string{outlet, "A"})
		r.Ask()
		r.Plainly([]string{outlet, "A"})
	})
}
