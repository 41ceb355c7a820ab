package chat

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/locale"
	"newsdesk/retrieval"
)

// bridge is an item with all that an item may have.
func bridge() bot.DigestItem {
	day := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	cited := func(n int, outlet, quote string) bot.Citation {
		return bot.Citation{N: n, Passage: retrieval.Passage{Outlet: outlet, URL: "https://" + strings.ToLower(outlet[:4]) + ".example/1", Published: day, Text: quote}, End: len(quote), Quote: quote}
	}
	return bot.DigestItem{
		Story:    "7",
		Headline: bot.Report{Outlet: "Coast Herald", Title: "Bridge <b>falls</b> /start", URL: "https://coast.example/1", Published: day},
		Sentences: []bot.Sentence{
			{Text: "The old bridge of Tarnbridge fell into the river.", Citations: []int{1, 2}}, {Text: "A bus was on it.", Citations: []int{2}},
		},
		Citations: []bot.Citation{cited(1, "Coast Herald", "The old bridge of Tarnbridge fell into the river."), cited(2, "Harbour Times", "A bus was on it.")},
		Outlets: []bot.Report{
			{Outlet: "Coast Herald", URL: "https://coast.example/1", Published: day}, {Outlet: "Harbour Times", OutletURL: "https://harbour.example", Published: day},
		},
		Origins: []bot.Origin{{Kind: bot.Agency, Name: "Reuters", Outlets: []string{"Coast Herald"}}, {Kind: bot.OwnReporting, Outlets: []string{"Harbour Times"}}},
		Told:    day.AddDate(0, 0, -1),
		Differs: &bot.Difference{Kind: "number", About: "people bus", Sides: []bot.Side{
			{Value: "31", Outlets: []string{"Coast Herald"}, Citations: []int{1}}, {Value: "43", Outlets: []string{"Harbour Times"}, Citations: []int{2}},
		}},
	}
}

func TestDigestItem(t *testing.T) {
	d := bot.Digest{From: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), To: time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC), Items: []bot.DigestItem{bridge()},
		Notes: []bot.Note{{Kind: bot.NoteLate}, {Kind: bot.NoteUnread, Outlets: []string{"The Lark"}}}}
	want := `News, 2 March 2026
Update: Bridge <b>falls</b> /start
The old bridge of Tarnbridge fell into the river. [1][2] A bus was on it. [2]
Coast Herald · Harbour Times · 2 March 2026 · 2 outlets, 2 origins: Reuters and own reporting · Ask about this
Where outlets differ: people bus: 31 (Coast Herald) ↔ 43 (Harbour Times)
This summary comes later than planned.
Could not be read in this time: The Lark.`
	reply := english(t).Named("desk_bot").Digest(d)
	if got := unlinked(reply); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	links := map[string]bool{}
	for _, b := range reply.Blocks {
		for _, s := range b.Spans {
			links[s.Link] = true
			if s.Own && (strings.Contains(s.Text, "/start") || strings.Contains(s.Text, "Herald") || strings.Contains(s.Text, "Reuters")) {
				t.Errorf("own is %q", s.Text)
			}
		}
	}
	for _, l := range []string{"https://coast.example/1", "https://coas.example/1", "https://harbour.example", "https://t.me/desk_bot?start=story_7"} {
		if !links[l] {
			t.Errorf("no link to %s", l)
		}
	}
	if got := plain(english(t).Digest(d)); strings.Contains(got, "Ask about") {
		t.Errorf("a link to a bot without a name: %s", got)
	}
}

// unlinked is the text of a reply, without links.
func unlinked(r bot.Reply) string {
	var lines []string
	for _, b := range r.Blocks {
		line := ""
		for _, s := range b.Spans {
			line += s.Text
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// TestDigestInEveryLanguage: an item is one block, so that digests are cut between items,
// and each line of it begins in the direction of the language.
func TestDigestInEveryLanguage(t *testing.T) {
	l := must(locale.New())
	item := bridge()
	said := map[string]string{}
	for _, language := range l.Languages() {
		texts := l.For(language.Tag)
		v := NewView(texts).Named("desk_bot")
		reply := v.Digest(bot.Digest{From: item.Headline.Published, To: item.Headline.Published.Add(time.Hour), Items: []bot.DigestItem{item, item}})
		if len(reply.Blocks) != 3 {
			t.Errorf("%s: %d blocks", language.Tag, len(reply.Blocks))
		}
		text := unlinked(reply)
		if other, ok := said[text]; ok || strings.Contains(text, "[digest.") || !strings.Contains(text, "Tarnbridge") {
			t.Errorf("%s as %s: %s", language.Tag, other, text)
		}
		said[text] = language.Tag
		if texts.RightToLeft() && !strings.Contains(text, "\u2068Coast Herald\u2069") && !strings.Contains(text, "\u2066Coast Herald\u2069") {
			t.Errorf("%s: the outlet is not isolated: %q", language.Tag, text)
		}
	}
}
