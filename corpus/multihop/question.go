package multihop

import (
	"fmt"
	"io"
	"iter"
	"time"
)

// Question is a question with what answers it.
type Question struct {
	Query  string
	Answer string
	// Type is the kind of question: "single_query", "comparison_query",
	// "null_query" (nothing answers it) …
	Type string
	// Evidence is nil if nothing answers the question.
	Evidence []Evidence
}

// Evidence is a fact of an article.
type Evidence struct {
	// URL is the article's address as the file has it.
	URL string
	// Fact is a stretch of the article's body, byte for byte as the file has it:
	// spaces and line breaks may differ from the article's clean text.
	Fact     string
	Title    string
	Author   string
	Outlet   string
	Category string
	// Published is in UTC.
	Published time.Time
}

// Questions returns the questions of a file in its order. What [Articles] says
// of the sequence and of errors holds here too.
func Questions(name string, r io.Reader) iter.Seq2[Question, error] {
	return records(name, r, labelled.question)
}

// labelled is a question as the file has it. A nil member is missing or null.
type labelled struct {
	Query    *string    `json:"query"`
	Answer   *string    `json:"answer"`
	Type     *string    `json:"question_type"`
	Evidence []evidence `json:"evidence_list"`
}

type evidence struct {
	URL         *string `json:"url"`
	Fact        *string `json:"fact"`
	Title       *string `json:"title"`
	Author      *string `json:"author"`
	Source      *string `json:"source"`
	Category    *string `json:"category"`
	PublishedAt *string `json:"published_at"`
}

func (l labelled) question() (Question, *Error) {
	var (
		q     Question
		fault *Error
	)
	for _, m := range []struct {
		field string
		from  *string
		to    *string
	}{{"query", l.Query, &q.Query}, {"answer", l.Answer, &q.Answer}, {"question_type", l.Type, &q.Type}} {
		if *m.to, fault = needed(m.field, m.from); fault != nil {
			return Question{}, fault
		}
	}
	for i, e := range l.Evidence {
		fact, fault := e.evidence()
		if fault != nil {
			fault.Field = fmt.Sprintf("evidence_list[%d].%s", i, fault.Field)
			return Question{}, fault
		}
		q.Evidence = append(q.Evidence, fact)
	}
	return q, nil
}

func (e evidence) evidence() (Evidence, *Error) {
	if _, fault := needed("fact", e.Fact); fault != nil {
		return Evidence{}, fault
	}
	out := Evidence{Fact: *e.Fact, Title: line(e.Title), Author: line(e.Author), Category: line(e.Category)}
	var fault *Error
	if out.Outlet, fault = needed("source", e.Source); fault != nil {
		return Evidence{}, fault
	}
	if out.Published, fault = date("published_at", e.PublishedAt); fault != nil {
		return Evidence{}, fault
	}
	if out.URL, fault = address("url", e.URL); fault != nil {
		return Evidence{}, fault
	}
	return out, nil
}
