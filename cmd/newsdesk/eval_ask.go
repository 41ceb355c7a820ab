package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/eval"
	"newsdesk/retrieval/hybrid"
	"newsdesk/retrieval/lexical"
)

// stage is one retriever of the stack, and how questions are read for it.
type stage struct {
	name      string
	read      reader
	retriever retrieval.Retriever
}

// reader makes a query of a question.
type reader func(question string, now time.Time, outlets []corpus.Outlet) retrieval.Query

// plain takes the question as it stands.
func plain(question string, _ time.Time, _ []corpus.Outlet) retrieval.Query {
	return retrieval.Query{Text: strings.TrimSpace(question)}
}

// stages are the retrievers of the stack, each part alone and then one upon the
// other: a line each, so that every part shows what it adds. The last is the one
// that serves, whatever it is made of.
func (x *evalIndex) stages() []stage {
	stack := func(parts ...hybrid.Part) retrieval.Retriever { return hybrid.New(x.app.log, x.app.corpus, parts...) }
	vectors := hybrid.Part{Name: dense.Name, Retriever: x.search.current}
	words := hybrid.Part{Name: lexical.Name, Retriever: x.search.lexical}
	fused := stack(vectors, words)
	return []stage{
		{"dense", plain, stack(vectors)},
		{"lexical", plain, stack(words)},
		{"fused", plain, fused},
		{"+ scope", x.reader.Read, fused},
		{"+ rerank", x.reader.Read, x.search.reranked},
		x.served(),
	}
}

// served is the retriever that serves, asked as bot/answer asks it.
func (x *evalIndex) served() stage { return stage{"served", x.reader.Read, x.search.retriever} }

// ask asks a stage every question, one after the other, as bot/answer does. The
// first is asked twice and counted once: what is loaded at first use is the
// time of a restart, not of a question.
func (c *evalRetrievalCmd) ask(ctx context.Context, a *app, stage stage, set *evalSet, bar *bar) (asked []eval.Asked, notes []string, err error) {
	now, err := c.now(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	defer bar.finish()
	missing := 0
	for i := -1; i < len(set.questions); i++ {
		one, part, err := askOne(ctx, a, stage, set.questions[max(i, 0)], now)
		if err != nil {
			return nil, nil, err
		}
		if i < 0 {
			continue
		}
		missing += part
		asked = append(asked, one)
		bar.at(int64(i+1), int64(len(set.questions)))
	}
	if missing > 0 {
		notes = append(notes, fmt.Sprintf("a part of the search did not answer %s", count(missing, "question", "questions")))
	}
	return asked, notes, nil
}

// askOne asks one question; missing is 1 when a part of the search did not
// answer it.
func askOne(ctx context.Context, a *app, stage stage, question multihop.Question, now time.Time) (asked eval.Asked, missing int, err error) {
	began := time.Now()
	outlets, err := a.corpus.Outlets(ctx)
	if err != nil {
		return eval.Asked{}, 0, err
	}
	query := stage.read(question.Query, now, outlets)
	query.Limit = eval.Depth
	result, err := stage.retriever.Retrieve(ctx, query)
	if err != nil {
		return eval.Asked{}, 0, err
	}
	asked = eval.Asked{Question: question, Query: query, Took: time.Since(began)}
	for _, hit := range result.Hits {
		asked.Passages = append(asked.Passages, hit.Passage)
	}
	return asked, min(len(result.Missing), 1), nil
}
