package locale

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"newsdesk/bot"
)

func TestLatinIsIsolated(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "",
		"سلام":                       "سلام",
		"با /ask بپرسید":             "با ⟦/ask⟧ بپرسید",
		"/ask پرسش – پاسخ":           "⟦/ask⟧ پرسش – پاسخ",
		"«newsdesk invite --admin».": "«⟦newsdesk invite --admin⟧».",
		"مانند: Asia/Tehran":         "مانند: ⟦Asia/Tehran⟧",
		"با /help.":                  "با ⟦/help⟧.",
		"/budget 200000":             "⟦/budget 200000⟧",
		"{{.Name}}: {{.Value}}":      "{{.Name}}: {{.Value}}",
		"newsdesk {{.Version}}، از":  "⟦newsdesk⟧ {{.Version}}، از",
	} {
		got := strings.NewReplacer(lri, "⟦", pdi, "⟧").Replace(isolateLatin(text))
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestIsolated(t *testing.T) {
	plain := func(spans []bot.Span) string {
		out := ""
		for _, s := range spans {
			out += s.Text
		}
		return strings.NewReplacer(fsi, "⟨", pdi, "⟩").Replace(out)
	}
	for _, c := range []struct{ tag, text, want string }{
		{"en", "The Lark", "The Lark"},
		{"en", "الصباح", "⟨الصباح⟩"},
		{"en", "הבוקר", "⟨הבוקר⟩"},
		{"en", "Lark – صباح", "⟨Lark – صباح⟩"},
		{"en", "2025", "2025"},
		{"fa", "The Lark", "⟨The Lark⟩"},
		{"fa", "صبح", "⟨صبح⟩"},
		{"fa", "", ""},
	} {
		if got := plain(texts(t, c.tag).Isolated(bot.Span{Text: c.text})); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.tag, c.text, got, c.want)
		}
	}
	line := texts(t, "ar").Isolated(bot.Span{Text: "The Lark", Bold: true}, bot.Span{Text: ", home", Link: "https://lark.example"})
	if plain(line) != "⟨The Lark, home⟩" || !line[1].Bold || line[2].Link == "" || line[1].Own || !line[0].Own || !line[3].Own {
		t.Errorf("%+v", line)
	}
	if got := texts(t, "ar").Isolated(); len(got) != 0 {
		t.Errorf("no spans became %+v", got)
	}
}

func TestLinesBeginInTheirDirection(t *testing.T) {
	for _, c := range []struct{ tag, text, want string }{
		{"fa", "UTC", rlm + "UTC"},
		{"fa", "۲۰۲۵", rlm + "۲۰۲۵"},
		{"fa", "… سلام", "… سلام"},
		{"fa", "", ""},
		{"en", "UTC", "UTC"},
		{"en", "2025", "2025"},
		{"en", "صباح", lrm + "صباح"},
		{"en", "", ""},
	} {
		got := ""
		for _, s := range texts(t, c.tag).Line(bot.Span{Text: c.text}) {
			got += s.Text
		}
		if got != c.want {
			t.Errorf("%s %q: %q, want %q", c.tag, c.text, got, c.want)
		}
	}
	in := texts(t, "fa")
	if got := in.Say(HelpAsk()); !strings.HasPrefix(got, rlm+lri+"/ask"+pdi+" ") {
		t.Errorf("a command first: %q", got)
	}
	if got := in.Say(NotFound()); strings.HasPrefix(got, rlm) {
		t.Errorf("a needless mark: %q", got)
	}
}

// TestStrangersStayInside: whatever a name holds, its isolate ends where ours
// does, and no text of ours is Own with it.
func TestStrangersStayInside(t *testing.T) {
	l, err := New()
	if err != nil {
		t.Fatal(err)
	}
	marks := rapid.SampledFrom([]string{pdi, fsi, lri, "\u202E", "\u202C", "{{.Outlet}}", string(slot), "/start", "<b>", "صباح", "A", "\x00", "\xff"})
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOf(marks).Draw(t, "name"), "")
		in := l.For(rapid.SampledFrom([]string{"en", "ru", "fa", "ar"}).Draw(t, "language"))
		said := in.Say(NoteSilent([]string{name}))
		depth, visible := 0, bot.Span{Text: name}.Visible()
		for _, r := range said {
			switch string(r) {
			case lri, fsi:
				depth++
			case pdi:
				depth--
			}
			if depth < 0 || depth > 1 {
				t.Fatalf("isolates in %q", said)
			}
		}
		if depth != 0 || !strings.Contains(said, visible) {
			t.Fatalf("%q does not hold %q", said, visible)
		}
		for _, s := range in.Spans(NoteSilent([]string{name})) {
			if s.Own && (strings.Contains(s.Text, "/start") || strings.Contains(s.Text, "<b>")) {
				t.Fatalf("own is %q", s.Text)
			}
		}
	})
}
