package answer

import (
	"cmp"
	"slices"
	"strings"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// What was chosen for a question beside its words: outlets, generator, length,
// language, and who hears how the work goes on.

// writers returns the Answerer that the question wants: with the built-in
// generator alone where it asks for that.
func writers(a *Answerer, q bot.Question) *Answerer {
	if !q.Builtin || a.fallback == nil {
		return a
	}
	plain := *a
	plain.generator, plain.fallback, plain.judge = a.fallback, nil, judge{}
	return &plain
}

// chosen returns the outlets whose articles may be used, and their names where
// that are not all.
func chosen(q bot.Question, all []corpus.Outlet) (outlets []corpus.Outlet, names []string) {
	if len(q.Only)+len(q.Without) == 0 {
		return all, nil
	}
	names = []string{}
	for _, o := range all {
		in := slices.Contains(q.Only, o.Name) || len(q.Only) == 0 && !slices.Contains(q.Without, o.Name)
		if in {
			outlets, names = append(outlets, o), append(names, o.Name)
		}
	}
	return outlets, names
}

// within keeps a query to the outlets that may be used.
func (w *work) within(q retrieval.Query) retrieval.Query {
	if w.only != nil && len(q.Outlets) == 0 {
		q.Outlets = w.only
	}
	return q
}

// kept takes out of a result what is not of the outlets that may be used, where
// the search went beyond what was asked for, and gives the query back as it was
// asked: that some outlets only are used is no part of the question.
func (w *work) kept(r retrieval.Result, asked retrieval.Query) retrieval.Result {
	if w.only == nil {
		return r
	}
	r.Hits = slices.DeleteFunc(r.Hits, func(h retrieval.Hit) bool { return !slices.Contains(w.only, h.Passage.Outlet) })
	if len(asked.Outlets) == 0 {
		r.Query.Outlets = nil
	}
	if len(r.Hits) == 0 {
		r.Widened = nil
	}
	return r
}

// target is the language that the answer is to be translated into, empty for
// none: the question's, or the one that was asked for, where it is not that of
// what is cited.
func (w *work) target(out bot.Answer) string {
	want := cmp.Or(w.asked.Language, w.language)
	if want == "" || len(out.Citations) == 0 {
		return ""
	}
	if languageOf(out.Citations[0].Passage) == want {
		return ""
	}
	return want
}

// writesIn is the language that the generator is to write in, so that what it
// writes can be checked: the question's where any passage is in it, else that of
// most passages. One article alone, in whatever language, does not choose it.
func (w *work) writesIn(t task, passages []retrieval.Passage) string {
	if w.theirs != "" || len(passages) == 0 {
		return w.theirs
	}
	theirs := languagesOf(passages)
	if own := text.Detect(t.text); slices.Contains(theirs, own) {
		return own
	}
	return theirs[0]
}

// languageOf is the language of a passage, as two or three letters.
func languageOf(p retrieval.Passage) string {
	if p.Language == "" {
		return text.Detect(p.Text)
	}
	return base(p.Language)
}

// base is a language tag without what stands behind a hyphen.
func base(tag string) string {
	out, _, _ := strings.Cut(tag, "-")
	return out
}

// tell says how the work goes on, where anybody wants to know.
func (w *work) tell(s bot.Stage, n int) {
	if w.asked.Tell != nil {
		w.asked.Tell(bot.Progress{Stage: s, N: n})
	}
}

// articles counts those that are searched.
func (w *work) articles() int {
	n := 0
	for _, o := range w.outlets {
		n += o.Articles
	}
	return n
}
