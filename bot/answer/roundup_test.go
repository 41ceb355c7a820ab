package answer_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"newsdesk/bot"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/roundup"
	"newsdesk/corpus/text"
)

// The bar of the page: so many of 14 answered, and all 4 others refused.
const (
	roundupAnswered = 12
	roundupRefused  = 4
)

// TestRoundup asks the questions of testdata/roundup.txtar of the page that
// they are about, by the path that serves.
func TestRoundup(t *testing.T) {
	page, err := os.ReadFile(corpustest.SharedPath(t, "articles/roundup-iran-russia.txt"))
	if err != nil {
		t.Fatal(err)
	}
	articles, err := roundup.Read("roundup", page)
	if err != nil {
		t.Fatal(err)
	}
	h := build(t, articles)
	now := time.Date(2025, 1, 18, 9, 0, 0, 0, time.UTC)
	answered, refused := 0, 0
	for _, f := range cases(t, "testdata/roundup.txtar") {
		want, _ := fields(f.Data)
		a := h.ask(t, want["question"], now)
		h.verbatim(t, a)
		switch wrong := verdict(a, want, string(page)); {
		case wrong != "":
			t.Logf("%s: %s: %s\n\t%s\n\tdropped: %v", f.Name, want["question"], wrong, said(a), a.Dropped)
		case want["outlet"] == "none":
			refused++
		default:
			answered++
		}
	}
	t.Logf("answered %d of 14, refused %d of 4", answered, refused)
	if answered < roundupAnswered || refused < roundupRefused {
		t.Error("below the bar")
	}
}

// said returns the sentences of an answer.
func said(a bot.Answer) string {
	var out []string
	for _, s := range a.Sentences {
		out = append(out, s.Text)
	}
	return strings.Join(out, " ")
}

// verdict says what is wrong with an answer, "" if nothing is.
func verdict(a bot.Answer, want map[string]string, page string) string {
	if want["outlet"] == "none" {
		if a.Found {
			return "answered"
		}
		return ""
	}
	if !a.Found {
		return "refused"
	}
	for _, c := range a.Citations {
		if c.Passage.Outlet == want["outlet"] && holds(c.Quote, want, page) {
			return ""
		}
	}
	return "no quote of " + want["outlet"] + " holds it"
}

// holds reports whether the quote holds the number, name or bytes of the case.
func holds(quote string, want map[string]string, page string) bool {
	switch {
	case want["number"] != "":
		return holdsNumber(quote, want["number"])
	case want["name"] != "":
		return strings.Contains(quote, want["name"])
	}
	from, to, _ := strings.Cut(want["bytes"], "-")
	start, err := strconv.Atoi(from)
	end, err2 := strconv.Atoi(to)
	if err != nil || err2 != nil {
		return false
	}
	at, until := find(page, quote)
	return at < end && start < until
}

// holdsNumber reports whether one of the quote's numbers or years is the given.
func holdsNumber(quote, number string) bool {
	want, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return false
	}
	english := text.For("en")
	for _, n := range english.Numbers(quote) {
		if n.Value == want {
			return true
		}
	}
	for _, d := range english.Dates(quote) {
		if float64(d.Year) == want {
			return true
		}
	}
	return false
}

// find returns the bytes of the page at which the quote stands, white space
// aside, or an empty range.
func find(page, quote string) (start, end int) {
	var runes []rune
	var at []int
	for i, r := range page {
		if !unicode.IsSpace(r) {
			runes, at = append(runes, r), append(at, i)
		}
	}
	bare := strings.Join(strings.Fields(quote), "")
	i := strings.Index(string(runes), bare)
	if i < 0 {
		return 0, 0
	}
	first := len([]rune(string(runes)[:i]))
	last := first + len([]rune(bare)) - 1
	return at[first], at[last] + 1
}
