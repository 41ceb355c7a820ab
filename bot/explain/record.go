// Package explain says how an answer came about, to those who look after the
// bot.
//
// # Design
//
// A [Record] is made of a question's bot.Answer ([Of]): how the question was
// read, what each retriever found at which rank, what was dropped and why, and
// how long each step took. It names passages by id, outlet, date and title and
// holds none of their text. [Reply] lays a record out for a chat or a terminal.
//
// A [Log] keeps the records of the last answers of each chat and topic, in the
// transaction that makes the answer durable. After [TextsFor] what people and
// models wrote is taken out of a record, and what remains are figures; the
// last [Kept] records of a place stay, older ones go.
//
// Table explain_records: place (chat, thread), time in Unix seconds, the record
// as JSON, and whether its texts are still there.
package explain

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// Record is how one answer came about.
type Record struct {
	// At is the time of the question.
	At time.Time `json:"at"`
	// Asked is the question as it was written, Restated the whole question that
	// it was taken for, where it leant on earlier turns. Both are texts.
	Asked    string `json:"asked"`
	Restated string `json:"restated,omitempty"`
	// Kind is one of the bot.Kind values.
	Kind  string `json:"kind"`
	Found bool   `json:"found"`
	// Model names the generator that wrote; empty when none was asked.
	Model string `json:"model,omitempty"`
	// Searches are in the order in which they were made.
	Searches []Search `json:"searches"`
	// Sentences are what was said; Dropped what was not.
	Sentences []Said    `json:"sentences"`
	Dropped   []Dropped `json:"dropped"`
	// Unanswered and Premise are those of the bot.Answer.
	Unanswered []string `json:"unanswered,omitempty"`
	Premise    string   `json:"premise,omitempty"`
	Steps      []Step   `json:"steps"`
	// Cleared says that the texts were taken out.
	Cleared bool `json:"cleared,omitempty"`
}

// Search is one use of the retriever.
type Search struct {
	// Text is what was searched for.
	Text      string   `json:"text"`
	Outlets   []string `json:"outlets,omitempty"`
	Preferred []string `json:"preferred,omitempty"`
	// From is inclusive and To exclusive; zero for no bound, as is AsOf.
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
	AsOf time.Time `json:"as_of,omitzero"`
	// Several and Latest are those of the retrieval.Query.
	Several bool `json:"several,omitempty"`
	Latest  bool `json:"latest,omitempty"`
	// Widened are the filters that were given up, Missing the retrievers that
	// did not answer.
	Widened []string `json:"widened,omitempty"`
	Missing []string `json:"missing,omitempty"`
	Hits    []Hit    `json:"hits"`
}

// Hit is a passage that was found.
type Hit struct {
	Passage   string    `json:"passage"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	Published time.Time `json:"published"`
	Score     float64   `json:"score"`
	// Places are where each retriever put it, by the retriever's name.
	Places []Place `json:"places,omitempty"`
	// Copies is the number of other articles with nearly this text.
	Copies int `json:"copies,omitempty"`
}

// Place is where one retriever put a passage. Rank counts from 1.
type Place struct {
	Retriever string  `json:"retriever"`
	Rank      int     `json:"rank"`
	Score     float64 `json:"score"`
}

// Said is a sentence that was sent, with the passages that it was tied to.
type Said struct {
	Text     string   `json:"text"`
	Passages []string `json:"passages"`
}

// Dropped is a sentence that was not sent. Reason is one of the words of
// bot/cite.
type Dropped struct {
	Text   string `json:"text"`
	Reason string `json:"reason"`
	Detail string `json:"detail,omitempty"`
}

// Step is one part of the work and its time.
type Step struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
}

// Of returns the record of an answer to a question that was asked at that time.
// It keeps nothing of a, and no text of an article but titles and what the
// sentences say.
func Of(at time.Time, a bot.Answer) Record {
	r := Record{
		At: at, Asked: a.Trace.Asked, Restated: a.Restated, Kind: string(cmp.Or(a.Trace.Kind, bot.Fact)),
		Found: a.Found, Model: a.Model, Unanswered: slices.Clone(a.Unanswered), Premise: a.Premise,
		Searches: []Search{}, Sentences: []Said{}, Dropped: []Dropped{}, Steps: []Step{},
	}
	for _, s := range a.Trace.Searches {
		r.Searches = append(r.Searches, searchOf(s))
	}
	for _, s := range a.Sentences {
		r.Sentences = append(r.Sentences, saidOf(s, a.Citations))
	}
	for _, d := range a.Dropped {
		r.Dropped = append(r.Dropped, Dropped(d))
	}
	for _, s := range a.Trace.Took {
		r.Steps = append(r.Steps, Step{Name: s.Name, Seconds: s.Time.Seconds()})
	}
	return r
}

func searchOf(s bot.Search) Search {
	q := s.Query
	out := Search{
		Text: q.Text, Outlets: slices.Clone(q.Outlets), Preferred: slices.Clone(q.Preferred),
		From: q.From, To: q.To, AsOf: q.AsOf, Several: q.Several, Latest: q.Latest,
		Widened: slices.Clone(s.Widened), Hits: []Hit{},
	}
	for _, m := range s.Missing {
		out.Missing = append(out.Missing, m.Retriever)
	}
	for _, h := range s.Hits {
		out.Hits = append(out.Hits, hitOf(h))
	}
	return out
}

func hitOf(h retrieval.Hit) Hit {
	p := h.Passage
	out := Hit{
		Passage: p.ID(), Outlet: p.Outlet, Title: p.Title, Published: p.Published,
		Score: h.Score, Copies: len(h.Copies),
	}
	for _, name := range slices.Sorted(maps.Keys(h.Places)) {
		place := h.Places[name]
		out.Places = append(out.Places, Place{Retriever: name, Rank: place.Rank, Score: place.Score})
	}
	return out
}

func saidOf(s bot.Sentence, citations []bot.Citation) Said {
	out := Said{Text: s.Text, Passages: []string{}}
	for _, n := range s.Citations {
		for _, c := range citations {
			if c.N == n {
				out.Passages = append(out.Passages, c.Passage.ID())
			}
		}
	}
	return out
}

// cleared returns the record without what people, articles and models wrote.
func (r Record) cleared() Record {
	r.Asked, r.Restated, r.Premise, r.Unanswered, r.Cleared = "", "", "", nil, true
	r.Searches = slices.Clone(r.Searches)
	for i := range r.Searches {
		r.Searches[i].Text = ""
		r.Searches[i].Hits = slices.Clone(r.Searches[i].Hits)
		for k := range r.Searches[i].Hits {
			r.Searches[i].Hits[k].Title = ""
		}
	}
	r.Sentences = slices.Clone(r.Sentences)
	for i := range r.Sentences {
		r.Sentences[i].Text = ""
	}
	r.Dropped = slices.Clone(r.Dropped)
	for i := range r.Dropped {
		r.Dropped[i].Text, r.Dropped[i].Detail = "", ""
	}
	return r
}
