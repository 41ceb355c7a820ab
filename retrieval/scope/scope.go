package scope

import (
	"slices"
	"strings"
	"sync"
	"time"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// Reader reads questions. It keeps the names of the outlets that it was given
// last, as making them costs more than reading a question. The zero Reader is
// ready; safe for concurrent use; not to be copied.
type Reader struct {
	// last holds a *known for each *lexicon that was needed.
	last sync.Map
}

// known is a list of outlets with their names in one language.
type known struct {
	outlets []corpus.Outlet
	names   *aliases
}

// Read makes a Query of a question, asked at now by somebody in now's zone, with
// outlets those of the corpus. Text is the question without white space at its
// ends; Outlets and Preferred hold names of outlets, in the order in which the
// question names them, without repetition, and not both; From and To are whole
// days, AsOf is the end of one, and where AsOf is set neither From nor To is.
// Limit is not set. Without outlets, none is read.
//
// A day is the stretch that is that day in now's zone or in UTC, since sources
// that name only a day are stored with its midnight in UTC.
func (r *Reader) Read(text string, now time.Time, outlets []corpus.Outlet) retrieval.Query {
	out := retrieval.Query{Text: strings.TrimSpace(text)}
	lex := lexiconOf(out.Text)
	q := newQuestion(out.Text, lex)
	mentions := q.find(r.names(lex, outlets))
	out.Outlets, out.Preferred = chosen(mentions)
	out.Several = q.asksSeveral(mentions)
	d := dater{question: q, mentions: mentions, now: now}
	d.fill(&out)
	return out
}

// Read is [Reader.Read] of a new Reader: for single questions, as it makes the
// names of the outlets anew.
func Read(text string, now time.Time, outlets []corpus.Outlet) retrieval.Query {
	return new(Reader).Read(text, now, outlets)
}

// names returns the names of outlets in a language.
func (r *Reader) names(lex *lexicon, outlets []corpus.Outlet) *aliases {
	if v, ok := r.last.Load(lex); ok {
		if k := v.(*known); slices.EqualFunc(k.outlets, outlets, sameNames) {
			return k.names
		}
	}
	k := &known{slices.Clone(outlets), aliasesOf(lex, outlets)}
	r.last.Store(lex, k)
	return k.names
}

// sameNames reports whether two outlets have the same names.
func sameNames(a, b corpus.Outlet) bool {
	return a.Name == b.Name && a.URL == b.URL && (a.Articles <= fewArticles) == (b.Articles <= fewArticles)
}

// chosen returns the outlets that report for sure or, where none does, those
// that are likely meant.
func chosen(mentions []mention) (outlets, preferred []string) {
	for _, m := range mentions {
		if m.sure {
			outlets = add(outlets, m.outlets)
		} else {
			preferred = add(preferred, m.outlets)
		}
	}
	if len(outlets) > 0 {
		return outlets, nil
	}
	return nil, preferred
}

// fill sets what a query says of time.
func (d dater) fill(q *retrieval.Query) {
	list := d.periods()
	latest, news := d.asksLatest()
	q.Latest = latest
	if q.AsOf = d.asOf(list); !q.AsOf.IsZero() {
		return
	}
	q.From, q.To = d.window(list)
	if news && q.From.IsZero() && q.To.IsZero() {
		q.From, q.To = d.days(d.ago(fresh), time.Time{})
	}
}

// add appends the names that list does not hold yet.
func add(list, names []string) []string {
	for _, n := range names {
		if !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}
