package scope

import (
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus"
)

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
