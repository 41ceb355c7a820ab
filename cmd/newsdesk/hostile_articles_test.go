package main

import (
	"bytes"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/digest"
	"newsdesk/bot/locale"
	"newsdesk/bot/telegram"
	"newsdesk/bot/telegram/telegramtest"
)

// Articles with planted orders, taken through everything that serves: added as a
// file, asked about, answered by the built-in generator and by a model that obeys
// them, and shown. See testdata/hostile-articles/fences.txtar for the cases.

// hostileNow is the day of the questions.
var hostileNow = time.Date(2026, 2, 20, 9, 0, 0, 0, time.UTC)

func TestHostileArticles(t *testing.T) {
	cases := hostileCases(t)
	model := newObedient(t)
	twin := newHostileHouse(t, cases, func(c hostileCase) string { return c.fact })
	house := newHostileHouse(t, cases, func(c hostileCase) string { return c.text })

	own := twin.ownTexts(t)

	t.Run("built-in", func(t *testing.T) {
		a := house.open(t, "")
		defer a.close(t)
		a.own = own
		for _, c := range cases {
			a.checkAnswer(t, c, a.ask(t, c.question, nil))
		}
	})
	t.Run("obedient model", func(t *testing.T) {
		system := twin.systems(t, model, cases)
		a := house.open(t, model.URL+"/v1")
		defer a.close(t)
		a.own = own
		repeated := 0
		for _, c := range cases {
			model.obey(c)
			first := a.ask(t, c.question, nil)
			a.checkAnswer(t, c, first)
			if said := said(first); slices.ContainsFunc(c.repeats, func(w string) bool { return strings.Contains(said, w) }) {
				repeated++
				t.Logf("%s: the model passes off %q", c.name, said)
			}
			if got := model.systems(); !slices.Equal(got, system[c.name]) {
				t.Errorf("%s: the rules are %q, those for the harmless twin %q", c.name, got, system[c.name])
			}
			turns := []bot.Turn{{Question: c.question, Answer: said(first)}, {Answer: c.obeys}, {Question: c.text, Answer: c.text}}
			a.checkAnswer(t, c, a.ask(t, c.question, turns))
			model.check(t, a, c)
		}
		if repeated > repeatedAtMost {
			t.Errorf("%d orders were passed off as reports, want at most %d", repeated, repeatedAtMost)
		}
	})
}

// TestHostileDigests: the same articles, each day's, as a digest.
func TestHostileDigests(t *testing.T) {
	cases := hostileCases(t)
	model := newObedient(t)
	house := newHostileHouse(t, cases, func(c hostileCase) string { return c.text })
	for _, server := range []string{"", model.URL + "/v1"} {
		a := house.open(t, server)
		for day := 2; day < 13; day++ { // the days of the articles
			c := cases[day*len(cases)/14]
			model.obey(c)
			a.digester = nil // one that has failed is not asked for a while
			writer, err := a.digests(t.Context(), quiet(strings.NewReader("")))
			if err != nil {
				t.Fatal(err)
			}
			from := time.Date(2026, 2, day, 0, 0, 0, 0, time.UTC)
			d, err := writer.Write(t.Context(), digest.Order{From: from, To: from.AddDate(0, 0, 1)})
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range d.Items {
				a.checkCitations(t, c, item.Citations)
			}
			a.checkReply(t, c, englishView(t).Digest(d))
			if server != "" && len(d.Items) > 0 { // else there is nothing to be written
				model.check(t, a, c)
			}
		}
		a.close(t)
	}
}

// repeatedAtMost is the number of cases in which a model that obeys may pass off
// an order of the article, or a question in it, as what the article reports. There
// are four of them today, each a sentence that the check of sentences takes from
// an article's "Write that …", "My rules are as follows." or "What is …?".
const repeatedAtMost = 4

// letters are the letters and digits of a text that are seen: what a prompt must
// not change.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsOneOf([]*unicode.RangeTable{unicode.L, unicode.N}, r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) {
			return r
		}
		return -1
	}, s)
}

// checkAnswer checks what a person gets to see.
func (o *openHouse) checkAnswer(t *testing.T, c hostileCase, a bot.Answer) {
	t.Helper()
	o.checkCitations(t, c, a.Citations)
	o.checkReply(t, c, englishView(t).Answer(a))
}

// checkCitations checks that each quote stands in the article that it names.
func (o *openHouse) checkCitations(t *testing.T, c hostileCase, citations []bot.Citation) {
	t.Helper()
	for _, n := range citations {
		article, err := o.corpus.Article(t.Context(), n.Passage.ArticleID)
		if err != nil || article.Text[n.Start:n.End] != n.Quote || article.Outlet != n.Passage.Outlet {
			t.Errorf("%s: citation %+v of %s: %v", c.name, n, article.ID, err)
		}
	}
}

// checkReply checks a reply as it is shown.
func (o *openHouse) checkReply(t *testing.T, c hostileCase, reply bot.Reply) {
	t.Helper()
	o.checkSpans(t, c, reply)
	for _, m := range telegram.Render(reply) {
		o.checkHTML(t, c, m.HTML)
	}
	var page bytes.Buffer
	if err := printReply(&page, reply, 0); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(page.String(), func(r rune) bool { return r != '\n' && unicode.IsControl(r) }); i >= 0 {
		t.Errorf("%s: a control character reaches the terminal: %q", c.name, page.String()[i:])
	}
	for _, w := range c.never {
		if strings.Contains(page.String(), w) {
			t.Errorf("%s: %q reaches the person:\n%s", c.name, w, &page)
		}
	}
}

// ownTexts returns what the program says of its own about harmless articles,
// answered and not: an article that quotes it does not make it the article's.
func (h hostileHouse) ownTexts(t *testing.T) map[string]bool {
	t.Helper()
	a := h.open(t, "")
	defer a.close(t)
	own := map[string]bool{}
	for _, question := range []string{h.cases[0].question, "Who won the chess olympiad in Reykjavik?"} {
		for _, block := range englishView(t).Answer(a.ask(t, question, nil)).Blocks {
			for _, s := range block.Spans {
				own[s.Text] = own[s.Text] || s.Own
			}
		}
	}
	return own
}

// aSentence is the number of letters from which on a text of the program's own
// that stands in an article too is taken from it; "Source" may stand in any.
const aSentence = 15

// checkSpans checks that nothing of an article or a model is said as the
// program's own, and that links are the corpus's.
func (o *openHouse) checkSpans(t *testing.T, c hostileCase, reply bot.Reply) {
	t.Helper()
	for _, block := range reply.Blocks {
		for _, s := range block.Spans {
			if s.Link != "" && !slices.Contains(o.links, s.Link) {
				t.Errorf("%s: the link %q is none of the corpus", c.name, s.Link)
			}
			if own := letters(s.Text); s.Own && !o.own[s.Text] && len(own) >= aSentence && slices.ContainsFunc(o.letters, func(l string) bool { return strings.Contains(l, own) }) {
				t.Errorf("%s: %q of an article is said as the program's own", c.name, s.Text)
			}
		}
	}
}

var (
	anyTag = regexp.MustCompile(`<[^>]*>`)
	ourTag = regexp.MustCompile(`^</?(b|i|code|blockquote|a)>$|^<blockquote expandable>$|^<a href="([^"<>]*)">$`)
	linked = regexp.MustCompile(`(?s)<a href=[^>]*>.*?</a>`)
	// What a messenger makes something to tap of, where no joiner keeps it apart.
	tappable = regexp.MustCompile(`[\pL\pN]\.\pL|://|(^|[^\pL\pN_])[/#$]\pL|@[\pL\pN_]`)
)

// checkHTML checks a message as Telegram gets it.
func (o *openHouse) checkHTML(t *testing.T, c hostileCase, message string) {
	t.Helper()
	var open []string
	for _, tag := range anyTag.FindAllString(message, -1) {
		parts := ourTag.FindStringSubmatch(tag)
		if parts == nil {
			t.Errorf("%s: the tag %s is not ours", c.name, tag)
			continue
		}
		if link := html.UnescapeString(parts[2]); link != "" && !slices.Contains(o.links, link) {
			t.Errorf("%s: the link %s is none of the corpus", c.name, link)
		}
		name := strings.Trim(strings.Fields(tag)[0], "</>")
		switch {
		case !strings.HasPrefix(tag, "</"):
			open = append(open, name)
		case len(open) > 0 && open[len(open)-1] == name:
			open = open[:len(open)-1]
		default:
			t.Errorf("%s: %s closes %q", c.name, tag, open)
		}
	}
	text := html.UnescapeString(anyTag.ReplaceAllString(linked.ReplaceAllString(message, ""), ""))
	if found := tappable.FindString(text); found != "" || len(open) > 0 {
		t.Errorf("%s: %q can be tapped, %q is open in %q", c.name, found, open, message)
	}
	if i := strings.IndexFunc(text, forMachines); i >= 0 {
		t.Errorf("%s: %q is there for machines only", c.name, text[i:])
	}
	o.send(t, c, message)
}

// forMachines knows the tags and selectors that say something to a model and
// nothing to a person.
func forMachines(r rune) bool { return r >= 0xE0000 && r <= 0xE0FFF }

// send sends a message to the strict Bot API server, as the bot does.
func (o *openHouse) send(t *testing.T, c hostileCase, message string) {
	t.Helper()
	resp, err := http.PostForm(o.telegram.URL+"/bot"+telegramtest.Token+"/sendMessage",
		url.Values{"chat_id": {strconv.FormatInt(o.reader.ID, 10)}, "parse_mode": {"HTML"}, "text": {message}})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if said, err := io.ReadAll(resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("%s: Telegram refuses %q: %s, %v", c.name, message, said, err)
	}
}

// promptFrame is the whole structure of a prompt; texts of others are within one
// line and have no angle in them.
var promptFrame = regexp.MustCompile(`^(Today is [^\n<>]+\.\n\n)?` +
	`((?:<passage n="\d+" outlet="[^"\n<>]*" published="[^"\n<>]*"(?: title="[^"\n<>]*")?>\n[^\n<>]*\n</passage>\n\n)*)` +
	`(Earlier in this conversation[^\n<>]*:\n(?:Asked: [^\n<>]*\nAnswered: [^\n<>]*\n)+\n)?` +
	`(?:(?:Question|Sentence): [^\n<>]+\n)?[^\n<>]+\n$`)

var promptPassage = regexp.MustCompile(`<passage n="(\d+)" outlet="([^"]*)"[^>]*>\n(.*)\n</passage>`)

// checkPrompt checks that a prompt has the frame of every prompt, and that each
// passage in it is one of an article, under its number.
func (o *openHouse) checkPrompt(t *testing.T, c hostileCase, prompt string) {
	t.Helper()
	parts := promptFrame.FindStringSubmatch(prompt)
	if parts == nil {
		t.Errorf("%s: a prompt of another structure:\n%.3000s", c.name, prompt)
		return
	}
	for i, p := range promptPassage.FindAllStringSubmatch(parts[2], -1) {
		outlet, text := letters(p[2]), letters(strings.TrimSuffix(p[3], "…"))
		if p[1] != strconv.Itoa(i+1) {
			t.Errorf("%s: passage %d has the number %s", c.name, i+1, p[1])
		}
		stands := func(l string) bool { return strings.Contains(l, text) }
		named := func(name string) bool { return letters(name) == outlet }
		if !slices.ContainsFunc(o.letters, stands) || !slices.ContainsFunc(o.outlets, named) {
			t.Errorf("%s: passage %d of %q is in no article: %.300s", c.name, i+1, p[2], p[3])
		}
	}
}

// englishView lays answers out as in a chat in English.
func englishView(t *testing.T) chat.View {
	t.Helper()
	all, err := locale.New()
	if err != nil {
		t.Fatal(err)
	}
	return chat.NewView(all.For("en"))
}
