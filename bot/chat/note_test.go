package chat

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/locale"
	"newsdesk/retrieval"
)

// noteKinds reads the kinds of notes out of their source.
func noteKinds(t *testing.T) []bot.NoteKind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../note.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var out []bot.NoteKind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if value, ok := spec.Values[0].(*ast.BasicLit); ok {
			kind, err := strconv.Unquote(value.Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, bot.NoteKind(kind))
		}
		return true
	})
	if len(out) < 30 {
		t.Fatalf("only %d kinds were read", len(out))
	}
	return out
}

// evening is the 17th in Berlin and the 18th in Tehran.
var evening = time.Date(2025, 1, 17, 21, 30, 0, 0, time.UTC)

// TestNotesAreSaid says each kind in each language: no other than the words of
// strangers and the days in it are the same in two of them, and nothing of
// strangers is Own.
func TestNotesAreSaid(t *testing.T) {
	l := must(locale.New())
	for _, kind := range noteKinds(t) {
		n := bot.Note{Kind: kind, Outlets: []string{"The Lark", "صباح Lark"}, Words: "Lark </b> /start", From: evening, To: evening, N: 4, Asked: "xx", Wanted: "en"}
		said := map[string]string{}
		for _, language := range l.Languages() {
			v := NewView(l.For(language.Tag).In(time.UTC))
			blocks := v.notes([]bot.Note{n})
			if len(blocks) != 1 || blocks[0].Kind != bot.Small {
				t.Errorf("%s %s: %+v", language.Tag, kind, blocks)
				continue
			}
			for _, s := range blocks[0].Spans {
				if s.Own && (strings.Contains(s.Text, "Lark") || strings.Contains(s.Text, "/start")) {
					t.Errorf("%s %s: own is %q", language.Tag, kind, s.Text)
				}
			}
			text := v.Notes([]bot.Note{n})[0]
			if other, ok := said[text]; ok {
				t.Errorf("%s: %s says what %s does: %s", kind, language.Tag, other, text)
			}
			said[text] = language.Tag
			if v.texts.RightToLeft() && strings.Contains(text, "The Lark") && !strings.Contains(text, "\u2068The Lark\u2069") {
				t.Errorf("%s %s: the outlet is not isolated: %q", language.Tag, kind, text)
			}
		}
	}
}

// TestNotesInWords are notes as a person reads them, in a chat's language and zone.
func TestNotesInWords(t *testing.T) {
	l := must(locale.New())
	week := bot.Note{Kind: bot.NoteRead, Words: "Last week", From: evening.AddDate(0, 0, -7), To: evening}
	for _, c := range []struct {
		language, zone string
		note           bot.Note
		want           string
	}{
		{"en", "Europe/Berlin", week, "“Last week” was read as: 10 January 2025 to 17 January 2025. Only articles published then were searched."},
		{"de", "Europe/Berlin", week, "„Last week“ wurde verstanden als: 10. Januar 2025 bis 17. Januar 2025. Durchsucht wurden nur Artikel aus dieser Zeit."},
		{"en", "Asia/Tehran", bot.Note{Kind: bot.NoteAsOf, To: evening}, "Only what was published by 18 January 2025 was read, as it stood then."},
		{"en", "UTC", bot.Note{Kind: bot.NoteWithin, To: evening.Truncate(24 * time.Hour).Add(-1)}, "Only articles published before 17 January 2025 were searched."},
		{"en", "UTC", bot.Note{Kind: bot.NoteWithin, From: evening}, "Only articles published since 17 January 2025 were searched."},
		{"en", "UTC", bot.Note{Kind: bot.NoteSilent, Outlets: []string{"The Lark"}}, "The Lark has nothing on this."},
		{"en", "UTC", bot.Note{Kind: bot.NoteSilent, Outlets: []string{"A", "B"}}, "Nothing on this was found in the articles of A and B."},
		{"en", "UTC", bot.Note{Kind: bot.NoteWidened, Outlets: []string{"The Lark"}, From: evening},
			"Nothing was found for the time since 17 January 2025 and the outlet The Lark, so the nearest articles are from beyond that."},
		{"de", "UTC", bot.Note{Kind: bot.NoteWidenedOf, Outlets: []string{"The Lark"}, From: evening, To: evening},
			"Von The Lark wurde für die Zeit 17. Januar 2025 nichts gefunden, darum gehen die nächsten Artikel darüber hinaus."},
		{"ru", "UTC", bot.Note{Kind: bot.NoteSilent, Outlets: []string{"The Lark"}}, "У издания The Lark об этом ничего нет."},
		{"en", "UTC", bot.Note{Kind: "of a later version"}, ""},
		{"en", "UTC", bot.Note{}, ""},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(NewView(l.For(c.language).In(zone)).Notes([]bot.Note{c.note}), "|"); got != c.want {
			t.Errorf("%s %s:\n got %s\nwant %s", c.language, c.note.Kind, got, c.want)
		}
	}
}

// TestRefusedInItsLanguage: that a question was not read for its language is said in
// the interface's and in the question's.
func TestRefusedInItsLanguage(t *testing.T) {
	for asked, want := range map[string]string{"de": "bitte frage auf Englisch", "zh": "请用英语提问", "fr": "", "en": ""} {
		got := english(t).Notes([]bot.Note{{Kind: bot.NoteLanguage, Asked: asked, Wanted: "en"}})
		if !strings.HasSuffix(got[0], "please ask in English.") || (len(got) == 2) != (want != "") || !strings.Contains(strings.Join(got, ""), want) {
			t.Errorf("%s: %q", asked, got)
		}
	}
	if got := english(t).Notes([]bot.Note{{Kind: bot.NoteLanguage, Asked: "zh", Wanted: "de"}}); len(got) != 1 {
		t.Errorf("a Chinese question about German articles: %q", got)
	}
}

// TestOwnSentences: what the program composes is said in the interface's language,
// what a generator wrote stays as it was checked.
func TestOwnSentences(t *testing.T) {
	a := bot.Answer{Found: true, Sentences: []bot.Sentence{
		{Text: "Two outlets report this: A and B.", Own: bot.Note{Kind: bot.SaysCount, Outlets: []string{"A", "B"}, N: 2}}, {Text: "It rained."},
	}}
	for language, want := range map[string]string{
		"en": "Two outlets report this: A and B. It rained. ", "de": "2 Medien berichten das: A und B. It rained. ",
		"ru": "Об этом сообщают 2 издания: A и B. It rained. ",
	} {
		if got := strings.ReplaceAll(plain(NewView(must(locale.New()).For(language)).Answer(a)), "  ", " "); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}

// TestDiffer: what outlets differ in is said in the interface's language, the values
// stay in the words of the articles.
func TestDiffer(t *testing.T) {
	say := func(language string, n bot.Note) string {
		a := bot.Answer{Found: true, Sentences: []bot.Sentence{{Text: "English.", Own: n}}}
		return strings.TrimSpace(strings.ReplaceAll(plain(NewView(must(locale.New()).For(language)).Answer(a)), "  ", " "))
	}
	two := bot.Note{Kind: bot.SaysDiffer, Outlets: []string{"The Lark", "<b>Post"}, Values: []string{"41 injured", "47"}}
	for language, want := range map[string]string{
		"en": "English.", // as it is written
		"es": "Los medios difieren: The Lark: “41 injured” y <b>Post: “47”.",
		"de": "Die Medien sagen Verschiedenes: The Lark: “41 injured” und <b>Post: “47”.",
	} {
		if got := say(language, two); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
	two.Kind = bot.SaysDenied
	if got, want := say("de", two), "The Lark sagt es, bei <b>Post wird es bestritten."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	two.Outlets = nil // as it may be kept by another version
	say("de", two)
}

// TestAlsoIn: outlets with the same text stand under their source, three with links
// and the others counted.
func TestAlsoIn(t *testing.T) {
	copies := []bot.Copy{
		{Outlet: "Radio Solana", URL: "https://solana.example/1"}, {Outlet: "Dispatch", OutletURL: "https://dispatch.example/"}, {Outlet: "<b>Post"},
		{Outlet: "Kurier"}, {Outlet: "Sun"},
	}
	a := bot.Answer{Found: true, Sentences: []bot.Sentence{{Text: "x", Citations: []int{1}}}, Citations: []bot.Citation{{N: 1, Quote: "x",
		Passage: retrieval.Passage{Outlet: "Herald", Title: "T", URL: "https://herald.example/1", Published: evening}}}}
	for n, want := range map[int]string{
		1: "Also in: Radio Solana<https://solana.example/1>",
		3: "Also in: Radio Solana<https://solana.example/1>, Dispatch<https://dispatch.example/> and <b>Post",
		5: "Also in: Radio Solana<https://solana.example/1>, Dispatch<https://dispatch.example/>, <b>Post and 2 more",
	} {
		a.Citations[0].Copies = copies[:n]
		r := english(t).Answer(a)
		last := r.Blocks[len(r.Blocks)-1]
		if got := plain(bot.Reply{Blocks: []bot.Block{last}}); got != want || last.Kind != bot.Item {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
		for _, s := range last.Spans {
			if s.Own && (s.Link != "" || strings.Contains(s.Text, "Post")) {
				t.Errorf("own is %+v", s)
			}
		}
	}
}
