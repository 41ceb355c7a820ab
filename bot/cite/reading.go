package cite

import (
	"strconv"
	"strings"

	"newsdesk/corpus/text"
)

// token is one word of a reading, or one whole number.
type token struct {
	text.Span
	norm, stem string
	// id names the meaning: words of like meaning have equal ids.
	id string
	// stop marks function words that are no cue.
	stop bool
	cue  cue
	// number, name and date are indexes into the reading's lists, or -1.
	number, name, date int
	// sentence is the index of the sentence it stands in; clause counts the
	// stretches between marks such as commas.
	sentence, clause int
	// quoted is the index of the quotation it stands in, or -1.
	quoted int
}

// content reports whether the token says something by itself.
func (t token) content() bool { return !t.stop }

// weight is what a match of the token is worth in an alignment.
func (t token) weight() int32 {
	switch {
	case t.number >= 0 || t.name >= 0:
		return 24
	case t.cue&negates != 0:
		return 16
	case t.stop:
		return 4
	}
	return 20
}

// reading is a text read into tokens.
type reading struct {
	raw       string
	tokens    []token
	sentences []text.Span
	numbers   []text.Number
	dates     []text.Date
	names     []text.Name
	quotes    []text.Quotation
	// ids holds how often each meaning occurs.
	ids map[string]int
}

// read reads s in language l.
func read(l *text.Language, s string) *reading { return readWords(l, s, l.Words(s)) }

// readWords reads s, whose words are list.
func readWords(l *text.Language, s string, list []text.Word) *reading {
	r := &reading{
		raw: s, sentences: l.Sentences(s), dates: l.Dates(s),
		names: l.Names(s), quotes: l.Quotations(s), ids: map[string]int{},
	}
	r.numbers = figures(l, s, list, r.dates)
	r.tokens = make([]token, 0, len(list))
	at := newCursor(r)
	for i := 0; i < len(list); i++ {
		t := at.token(l, list[i])
		if last := len(r.tokens) - 1; t.number >= 0 && last >= 0 && r.tokens[last].number == t.number {
			r.tokens[last].End = t.End
			continue
		}
		r.tokens = append(r.tokens, t)
	}
	r.clauses()
	r.meanings(cuesOf(l))
	for _, t := range r.tokens {
		r.ids[t.id]++
	}
	return r
}

// cursor finds for words in order the spans of each list that they stand in.
type cursor struct {
	*reading
	number, date, name, sentence, quote int
}

func newCursor(r *reading) *cursor { return &cursor{reading: r} }

// token makes a token of a word; words must come in order.
func (c *cursor) token(l *text.Language, w text.Word) token {
	t := token{Span: w.Span, norm: w.Norm, stem: w.Stem, number: -1, name: -1, date: -1, quoted: -1}
	t.stop = l.IsStop(w.Norm)
	if within(&c.number, c.numbers, w.Start, func(n text.Number) text.Span { return n.Span }) {
		t.number, t.stop = c.number, false
	}
	if within(&c.date, c.dates, w.Start, func(d text.Date) text.Span { return d.Span }) {
		t.date = c.date
	}
	if within(&c.name, c.names, w.Start, func(n text.Name) text.Span { return n.Span }) && (!t.stop || isAcronym(w.In(c.raw))) {
		t.name = c.name
	}
	if within(&c.quote, c.quotes, w.Start, func(q text.Quotation) text.Span { return q.Span }) {
		t.quoted = c.quote
	}
	for c.sentence+1 < len(c.sentences) && c.sentences[c.sentence+1].Start <= w.Start {
		c.sentence++
	}
	t.sentence = c.sentence
	return t
}

// within moves *at along the list to the first span that ends after pos and
// reports whether pos lies in it.
func within[T any](at *int, list []T, pos int, span func(T) text.Span) bool {
	for *at < len(list) && span(list[*at]).End <= pos {
		*at++
	}
	return *at < len(list) && span(list[*at]).Start <= pos
}

// clauses numbers the clauses.
func (r *reading) clauses() {
	for i := 1; i < len(r.tokens); i++ {
		t, before := &r.tokens[i], r.tokens[i-1]
		t.clause = before.clause
		if t.sentence != before.sentence || strings.ContainsAny(r.raw[before.End:t.Start], ",;:—–()“”\"«»\n") {
			t.clause++
		}
	}
}

// meanings gives each token its id and cues; foreign holds the cues of another
// language than English, which is read by those alone.
func (r *reading) meanings(foreign map[string]cue) {
	known := words()
	for i := range r.tokens {
		t := &r.tokens[i]
		t.id = t.stem
		if rep, ok := known.same[t.stem]; ok {
			t.id = rep
		}
		if foreign != nil {
			t.id, t.cue = t.stem, foreign[t.norm]
		} else {
			t.cue |= known.cues[t.stem] | known.cues[t.norm]
		}
		if t.name >= 0 && t.stop {
			t.id, t.cue, t.stop = "^"+t.norm, 0, false // "WHO" is not who
		}
		if t.number >= 0 {
			t.cue = 0
			n := r.numbers[t.number]
			t.id = "#" + strconv.FormatFloat(n.Value, 'g', -1, 64)
			if n.Unit == ordinal || n.Unit == fold {
				t.id += n.Unit
			}
		}
		if t.date >= 0 {
			t.cue = 0 // "in May" hedges nothing
		}
		r.pair(known, i)
		if t.cue&^(passive|future|derives|some|conditional) != 0 {
			t.stop = false
		}
	}
}

// pair reads token i together with the one before it.
func (r *reading) pair(known *lexicon, i int) {
	if i == 0 {
		return
	}
	before, t := &r.tokens[i-1], &r.tokens[i]
	if determiners[before.norm] {
		t.cue &^= planned // "the plan" is a thing, "they plan" a hedge
	}
	if !known.pairing[before.norm] {
		return
	}
	two := before.norm + " " + t.norm
	if rep, ok := known.pairs[two]; ok {
		before.id, t.id = rep, rep
	}
	if two == "due to" && i+1 < len(r.tokens) && r.tokens[i+1].stop {
		before.cue |= causes // "due to the storm", not "due to testify"
		before.stop = false
	}
	if c, ok := known.idioms[two]; ok {
		before.cue |= c
		before.stop = false
	}
}

// addMeanings adds the meanings of words, as they have them in a reading, to ids.
func addMeanings(ids map[string]bool, l *text.Language, list []text.Word) {
	known, english, last := words(), cuesOf(l) == nil, ""
	for _, w := range list {
		id := w.Stem
		if english {
			if rep, ok := known.same[w.Stem]; ok {
				id = rep
			}
			if known.pairing[last] {
				if rep, ok := known.pairs[last+" "+w.Norm]; ok {
					id = rep
				}
			}
		}
		ids[id] = true
		last = w.Norm
	}
}

var determiners = map[string]bool{"the": true, "this": true, "that": true, "its": true, "their": true, "his": true, "her": true}

// has reports whether any token in [from, to) has one of the cues.
func (r *reading) has(from, to int, c cue) bool {
	for i := max(from, 0); i < min(to, len(r.tokens)); i++ {
		if r.tokens[i].cue&c != 0 {
			return true
		}
	}
	return false
}

// text returns the text of the tokens [from, to).
func (r *reading) text(from, to int) string {
	if from >= to {
		return ""
	}
	return r.raw[r.tokens[from].Start:r.tokens[to-1].End]
}

// initials returns the first letters of the words of s that are not function
// words, in lower case: "Voice of America" is "va"; with function words "voa".
func initials(s string, all bool) string {
	var out strings.Builder
	l := text.For("")
	for _, w := range l.Words(s) {
		if all || !l.IsStop(w.Norm) {
			out.WriteString(w.Norm[:1])
		}
	}
	return out.String()
}
