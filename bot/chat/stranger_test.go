package chat

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/settings"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// TestStrangersStayStrangers: in a language from right to left, names and titles of
// outlets, channels, topics and stories stand in isolates, and no text of theirs is
// the program's own.
func TestStrangersStayStrangers(t *testing.T) {
	const evil = "Zz /forget <b>"
	r := subscribed(t)
	r.groupAdmin = 1
	day := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	for i, outlet := range []string{evil + " Herald", evil + " Gull"} {
		text := []string{"The ferry Lady Orla ran aground off Marrow Bay on Tuesday and 41 passengers were injured, Zz said.", "The ferry Lady Orla ran aground off Marrow Bay on Tuesday and 47 passengers were injured, Zz said."}[i]
		_, err := r.desk.Corpus.Add(t.Context(), []corpus.Article{{Outlet: outlet, URL: "https://" + handle(outlet) + ".example/", Title: evil + " ferry runs aground off Marrow Bay", Text: text, Published: day.Add(time.Duration(i) * time.Hour)}})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := r.db.Write(t.Context(), func(tx store.Tx) error {
		_, err := r.desk.Settings.Set(t.Context(), tx, 1, settings.InterfaceLanguage("fa"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	look := func(what string) {
		t.Helper()
		for _, reply := range r.last.Replies {
			for _, b := range reply.Blocks {
				isolated(t, what, b)
			}
		}
	}
	r.command("latest", "")
	look("latest")
	r.pressed(1, r.last.Replies[0].Buttons[0][0].Action)
	look("story")
	if got := plain(r.last.Replies[0]); strings.Count(got, "Zz") < 6 {
		t.Errorf("too little to look at:\n%s", got)
	}
	for _, c := range []string{"sources", "outlets", "digest"} {
		r.command(c, "")
		look(c)
	}
	r.change(Added{})
	look("channel")
	r.pressed(1, "g:of.-100")
	look("its digests")
	r.pressed(1, "g:new.1")
	for _, page := range []string{"topics", "called"} {
		r.pressed(1, "g:1."+page)
		r.answers(evil)
		look(page)
	}
	r.pressed(1, "g:1.topics")
	look("topics")
	r.command("outlets", "herald.example")
	look("found")
}

// isolated holds that what comes from strangers stands between the marks of an
// isolate, and that none of it is our own.
func isolated(t *testing.T, what string, b bot.Block) {
	t.Helper()
	depth := 0
	for _, s := range b.Spans {
		for _, r := range s.Text {
			switch r {
			case '\u2066', '\u2068':
				depth++
			case '\u2069':
				depth--
			}
		}
		foreign := strings.Contains(s.Text, "Zz") || strings.Contains(s.Text, "@all")
		if foreign && (s.Own || depth < 1) {
			t.Errorf("%s: own is %v, %d isolates around %q", what, s.Own, depth, s.Text)
		}
	}
	if depth != 0 {
		t.Errorf("%s: isolates that do not end in %+v", what, b.Spans)
	}
}
