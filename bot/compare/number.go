package compare

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// fact is something that an article tells and that another can tell otherwise.
type fact struct {
	kind Kind
	page *page
	// at and end are the terms [at, end) of the value.
	at, end int
	value   string
	// near and all are the meanings around it: within a few words, and in its
	// sentence.
	near, all map[string]bool
	// beside are the nearest of near, names those of names, days the days that the
	// sentence names.
	beside, names map[string]bool
	days          []*fact
	// dated is the day that stands right beside it, nil for none.
	dated *fact
	// figures are the other numbers of the sentence.
	figures map[string]bool

	// Of a number: the lowest and highest that it can be, what it counts, and
	// what became of that.
	low, high, exact float64
	unit             string
	nouns            map[string]bool
	state            string

	// Of a day or hour, in hours since 1970 or since midnight.
	spans [][2]float64
	clock bool
	// month and day are those that a date names, yearless one without a year.
	month, day int
	yearless   bool

	// Of a name: its meanings, and what its bearer is.
	name map[string]bool
	role string
	// of is true where the role is of something: "director of the museum".
	of bool
	// place is true for where something happened.
	place bool
}

const (
	nearReach = 7
	nounReach = 3
	stateTo   = 6
)

// states are meanings that say what became of those who are counted.
var states = wordSet(`kill wound injure miss arrest hold evacuat rescu displac infect hospit drown die hostag kidnap
	verletzt getötet tot tote toten gestorben vermisst festgenommen погибл ранен пострада muert herid detenid desaparecid fallecid`)

// grows are the states and nouns whose number goes up by its nature.
var grows = wordSet(`kill wound injure miss arrest hold evacuat rescu displac infect hospit drown die case damage destroy body victim
	verletzt getötet tot tote toten gestorben vermisst festgenommen погибл ранен пострада muert herid detenid desaparecid fallecid`)

// generic are nouns that count people and say nothing more of them.
var generic = wordSet(`people person man men woman women victim passeng resid other civilian death toll body casualti human live life
	mensch menschen opfer personen человек люд persona victima`)

// partial are words by which a number counts a part, or what is added.
var partial = wordSet(`another further additional other others more extra least_of rest weitere weiteren otro otros otra otras ещё еще`)

// money are currencies that package text has no unit for.
var money = wordSet(`crown krone kron corona peso рубл крон dinar dirham lira real toman`)

// doers are those who did it: the dead that stand beside them are others.
var doers = wordSet(`gunman gunmen attack suspect shooter bomber assail militant terrorist brother polic officer cop soldier troop
	year hour minut time day`)

// numbers returns the numbers of a page with what they count.
func (s *story) numbers(p *page) []*fact {
	var out []*fact
	for i := range p.Terms {
		if f := s.number(p, i); f != nil {
			out = append(out, f)
		}
	}
	return out
}

func (s *story) number(p *page, i int) *fact {
	t := p.Terms[i]
	if t.Number < 0 || t.Date >= 0 || p.isClock(i) {
		return nil
	}
	n := p.Numbers[t.Number]
	if n.Unit == "th" || n.Unit == "fold" || n.Unit == "o'clock" || n.Unit == "time" || p.partOf(i) || p.score(i) || p.changes(i) || p.listed(i) || n.Value == 1 && n.Unit == "" {
		return nil
	}
	if n.Value < 1 && strings.IndexFunc(n.In(p.article.Text), func(r rune) bool { return r >= '0' && r <= '9' }) < 0 {
		return nil // "half"
	}
	low, high := p.Bounds(t.Number)
	f := &fact{
		kind: Number, page: p, at: i, end: i + 1, value: p.withNoun(i),
		exact: n.Value, low: min(n.Value*low, n.Value*high), high: max(n.Value*low, n.Value*high), unit: n.Unit,
		near: p.around(i, i+1, nearReach), all: p.sentence(i), nouns: p.counted(i), state: p.stateOf(i),
	}
	for id := range f.nouns {
		if f.unit == "" && money[id] {
			f.unit = id
			delete(f.nouns, id)
			delete(f.near, id)
		}
	}
	for id := range f.nouns {
		if doers[strings.TrimPrefix(id, "<")] {
			f.state = ""
		}
	}
	if strings.Contains(f.value, "dozen") {
		f.high = max(f.high, f.exact*2)
	}
	if f.unit == "people" {
		f.unit = ""
		f.nouns["people"] = true
	}
	return f
}

// sentence returns the meanings of the sentence of term i, without the names of
// those who speak.
func (p *page) sentence(i int) map[string]bool {
	k := p.Terms[i].Sentence
	out := p.ids(p.first[k], p.last[k])
	for j := p.first[k]; j < p.last[k]; j++ {
		if !p.Terms[j].Speaks {
			continue
		}
		for n := max(p.first[k], j-speakerReach); n < min(p.last[k], j+speakerReach); n++ {
			if p.Terms[n].Name >= 0 && p.Terms[n].Clause == p.Terms[j].Clause {
				delete(out, p.Terms[n].Meaning)
			}
		}
	}
	return out
}

// speakerReach is how far from "said" the one stands who said it.
const speakerReach = 7

// figuresBeside returns the other numbers above two of the sentence of term i.
func (p *page) figuresBeside(i int) map[string]bool {
	out := map[string]bool{}
	k := p.Terms[i].Sentence
	for j := p.first[k]; j < p.last[k]; j++ {
		if n := p.Terms[j].Number; j != i && n >= 0 && p.Numbers[n].Value > 2 {
			out[p.Terms[j].Meaning] = true
		}
	}
	return out
}

func (p *page) norm(i int) string {
	if i < 0 || i >= len(p.Terms) {
		return ""
	}
	return p.Terms[i].Norm
}

// withNoun returns number i with up to two words right behind it: "47 injured".
func (p *page) withNoun(i int) string {
	n, last := p.Numbers[p.Terms[i].Number], i
	for j := i + 1; j <= i+2 && j < len(p.Terms) && p.Terms[j].Clause == p.Terms[i].Clause && p.says(j) && p.Terms[j].Name < 0; j++ {
		last = j
	}
	return p.article.Text[n.Start:max(n.End, p.Terms[last].End)]
}

// partOf reports whether number i counts a part of something, or what comes on
// top: "two of them", "another 30", "three others", "also".
func (p *page) partOf(i int) bool {
	for j := i - 2; j <= i+2; j++ {
		if j != i && partial[p.norm(j)] && !(p.norm(j) == "more" && p.norm(j+1) == "than") {
			return true
		}
	}
	switch p.norm(i + 1) {
	case "of", "der", "von", "de", "из":
		return p.Terms[i].Number >= 0 && p.Numbers[p.Terms[i].Number].Value < 20
	}
	k := p.Terms[i].Sentence
	for j := p.first[k]; j < p.last[k]; j++ {
		if w := p.norm(j); w == "also" || w == "auch" || w == "también" {
			return true
		}
	}
	return false
}

// score reports whether number i stands right beside another one, as in "3-1"
// or "7 to 4": results have an order that is not looked at.
func (p *page) score(i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(p.Terms) && p.Terms[j].Number >= 0 && p.Terms[j].Sentence == p.Terms[i].Sentence {
			return true
		}
	}
	for _, j := range []int{i - 2, i + 2} {
		if j >= 0 && j < len(p.Terms) && p.Terms[j].Number >= 0 && p.Terms[j].Sentence == p.Terms[i].Sentence {
			if between := p.norm((i + j) / 2); between == "to" || between == "zu" || between == "a" || between == "in" || between == "by" {
				return true
			}
		}
	}
	return false
}

// listed reports whether number i is an item of what a number before a colon
// counts: "10 crew: two pilots and eight stewards".
func (p *page) listed(i int) bool {
	colon := false
	for j := i - 1; j >= p.first[p.Terms[i].Sentence]; j-- {
		if strings.Contains(p.article.Text[p.Terms[j].End:p.Terms[j+1].Start], ":") {
			colon = true
		}
		if colon && p.Terms[j].Number >= 0 {
			return true
		}
	}
	return false
}

// changes reports whether number i is what something rose or fell from, or an
// amount for so many ("83 deaths/100,000").
func (p *page) changes(i int) bool {
	if w := p.norm(i - 1); w == "from" || w == "von" || w == "с" {
		return true
	}
	for j := i; j < min(len(p.Terms), i+3); j++ {
		if end := p.Terms[j].End; end < len(p.article.Text) && p.article.Text[end] == '/' {
			return true
		}
	}
	return false
}

// counted returns the meanings of what number i counts: the words right behind
// it, or before it where none is ("a magnitude of 5.8").
func (p *page) counted(i int) map[string]bool {
	out := map[string]bool{}
	t := p.Terms[i]
	for j := i + 1; j <= i+nounReach && j < len(p.Terms) && p.Terms[j].Clause == t.Clause && p.says(j); j++ {
		out[p.Terms[j].Meaning] = true
	}
	for j, n := i-1, 0; j >= 0 && n < 2 && p.Terms[j].Clause == t.Clause && i-j <= nounReach; j-- {
		if p.says(j) {
			out["<"+p.Terms[j].Meaning] = true
			n++
		}
	}
	return out
}

// stateOf returns the meaning of the nearest state, with no other number
// between; empty for none.
func (p *page) stateOf(i int) string {
	k := p.Terms[i].Sentence
	for d := 1; d <= stateTo; d++ {
		for _, j := range []int{i + d, i - d} {
			if j < p.first[k] || j >= p.last[k] || p.numbersBetween(i, j) {
				continue
			}
			if id := p.Terms[j].Meaning; states[id] && p.norm(j) != "wounds" {
				return id
			}
		}
	}
	return ""
}

func (p *page) numbersBetween(i, j int) bool {
	for k := min(i, j) + 1; k < max(i, j); k++ {
		if p.Terms[k].Number >= 0 {
			return true
		}
	}
	return false
}

// clockAt reads term i as an hour in figures: "7.40", "15:20", "3 p.m.".
func (p *page) clockAt(i int) (hours float64, exact, ok bool) {
	t := p.Terms[i]
	w := t.In(p.article.Text)
	whole, minutes, parted := strings.Cut(strings.ReplaceAll(w, ":", "."), ".")
	half := p.halfOfDay(i)
	h, err := strconv.Atoi(strings.TrimLeft(whole, "0") + strings.Repeat("0", b2i(strings.Trim(whole, "0") == "")))
	m, err2 := 0, error(nil)
	if parted {
		m, err2 = strconv.Atoi(minutes)
	}
	before := p.norm(i - 1)
	switch {
	case err != nil || err2 != nil || h > 23 || m > 59 || parted && len(minutes) != 2:
		return 0, false, false
	case half == "" && !(parted && clockWords[before]):
		return 0, false, false
	case half == "pm" && h < 12:
		h += 12
	case half == "am" && h == 12:
		h = 0
	}
	return float64(h) + float64(m)/60, parted, true
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

var clockWords = wordSet(`at um gegen las в`)

// halfOfDay returns "am", "pm" or "h" where the words behind term i make an hour
// of it.
func (p *page) halfOfDay(i int) string {
	rest := ""
	if i < len(p.Terms) {
		rest = p.article.Text[p.Terms[i].End:min(len(p.article.Text), p.Terms[i].End+8)]
	}
	rest = strings.ToLower(strings.TrimLeft(rest, " \u00a0"))
	for _, form := range []struct{ begin, is string }{{"a.m.", "am"}, {"am", "am"}, {"p.m.", "pm"}, {"pm", "pm"}, {"uhr", "h"}, {"o’clock", "h"}, {"o'clock", "h"}} {
		if behind, ok := strings.CutPrefix(rest, form.begin); ok {
			if r, _ := utf8.DecodeRuneInString(behind); !('a' <= r && r <= 'z') {
				return form.is
			}
		}
	}
	return ""
}

func (p *page) isClock(i int) bool {
	_, _, ok := p.clockAt(i)
	return ok
}
