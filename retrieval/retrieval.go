// Package retrieval finds the passages of articles that hold the answer to a
// question.
//
// # Design
//
// A [Passage] is a stretch of one version of one article, by byte offsets. A
// [Query] is a question made precise: text, what is certain (filters), what is
// likely (preferences), and a limit. A [Retriever] turns a Query into a
// [Result]; retrievers compose: cmd stacks fusion over dense and lexical ones
// and everybody else sees one Retriever. An [Index] is a Retriever that can be
// filled; it pulls nothing itself, retrieval/indexer brings it up to the end of
// the corpus's log. An [Embedder] turns text into vectors; prefixes, titles and
// normalisation are its own business.
//
// Sub-packages are ways (dense, lexical, hybrid) or steps (chunk, indexer) of
// doing that. This tree imports corpus and never bot.
package retrieval

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsdesk/corpus"
)

// Passage is a stretch of one version of an article.
type Passage struct {
	// Seq names the version of the article (see corpus.Article.Seq), Start and
	// End the bytes [Start, End) of its Text.
	Seq        int64
	Start, End int

	// ArticleID and the fields below are those of the article's version.
	ArticleID string
	Outlet    string
	OutletURL string
	URL       string
	Title     string
	Language  string
	Published time.Time

	// Text is Article.Text[Start:End]. It is empty in the hits of an Index,
	// which holds ids and offsets only; hybrid fills it in.
	Text string
}

// ID names the passage: "seq:start-end". As a Seq is never used twice, an ID
// names the same bytes for ever.
func (p Passage) ID() string {
	return strconv.FormatInt(p.Seq, 10) + ":" + strconv.Itoa(p.Start) + "-" + strconv.Itoa(p.End)
}

// ParseID reads what [Passage.ID] wrote; Seq, Start and End are set. The error
// names the text that is not an ID.
func ParseID(id string) (Passage, error) {
	seq, span, ok := strings.Cut(id, ":")
	start, end, ok2 := strings.Cut(span, "-")
	if !ok || !ok2 {
		return Passage{}, fmt.Errorf("retrieval: %q is not a passage id", id)
	}
	n, err := strconv.ParseInt(seq, 10, 64)
	from, err2 := strconv.Atoi(start)
	to, err3 := strconv.Atoi(end)
	if err != nil || err2 != nil || err3 != nil || from < 0 || to < from {
		return Passage{}, fmt.Errorf("retrieval: %q is not a passage id", id)
	}
	return Passage{Seq: n, Start: from, End: to}, nil
}

// NewPassage returns the passage of article a that covers the bytes
// [start, end) of its text.
func NewPassage(a corpus.Article, start, end int) Passage {
	return Passage{
		Seq: a.Seq, Start: start, End: end,
		ArticleID: a.ID, Outlet: a.Outlet, OutletURL: a.OutletURL, URL: a.URL,
		Title: a.Title, Language: a.Language, Published: a.Published,
		Text: a.Text[start:end],
	}
}

// Query is a question made precise. The zero value of a field asks for nothing.
type Query struct {
	// Text is the question as a whole sentence or as key words.
	Text string

	// Outlets, From and To are filters: certain, applied before the cut to
	// Limit. Outlets are names as the corpus stores them, any of which may
	// match; From is inclusive, To exclusive, both on the date of publication.
	Outlets  []string
	From, To time.Time

	// Preferred outlets are likely meant: their passages rank higher, others
	// are not excluded.
	Preferred []string

	// AsOf, when set, excludes articles published after it, and changed versions
	// fetched after it. When a first version was fetched does not matter: whoever
	// adds last year's articles today can ask what was known last year.
	AsOf time.Time

	// Several asks for evidence from several articles and outlets, as a
	// comparison does or a question of several parts: the hits are spread over
	// them. An Index does not look at it.
	Several bool

	// Latest asks for what is new: of passages that are equally near, those
	// published later rank higher. An Index does not look at it.
	Latest bool

	// Limit is the number of hits wanted; 0 or less means DefaultLimit.
	Limit int
}

// DefaultLimit is the number of hits of a Query that names none.
const DefaultLimit = 10

// Matches reports whether the filters of q let p through. AsOf is compared with
// the date of publication only.
func (q Query) Matches(outlet string, published time.Time) bool {
	if !q.From.IsZero() && published.Before(q.From) {
		return false
	}
	if !q.To.IsZero() && !published.Before(q.To) {
		return false
	}
	if !q.AsOf.IsZero() && published.After(q.AsOf) {
		return false
	}
	if len(q.Outlets) == 0 {
		return true
	}
	for _, name := range q.Outlets {
		if name == outlet {
			return true
		}
	}
	return false
}

// Want returns the number of hits that q asks for, at least 1.
func (q Query) Want() int {
	if q.Limit <= 0 {
		return DefaultLimit
	}
	return q.Limit
}

// Place is where one retriever put a passage.
type Place struct {
	// Rank counts from 1.
	Rank  int
	Score float64
}

// Hit is a passage that was found.
type Hit struct {
	Passage Passage
	// Score orders the hits of one Result, higher first; scores of different
	// retrievers are not comparable.
	Score float64
	// Places holds, by the retriever's name ("dense", "lexical", …), where each
	// one put this passage.
	Places map[string]Place
	// Copies are passages of other articles that pass the filters and say this
	// one's text in nearly the same words; they are not among the hits. Empty
	// in the hits of an Index.
	Copies []Passage
}

// Missing names a part of the search that did not contribute, and why.
type Missing struct {
	Retriever string
	Err       error
}

// Result is what a Retriever found.
type Result struct {
	// Hits are ordered best first, ties by passage id, at most Query.Limit of
	// them. All passages of one article are of the same version.
	Hits []Hit
	// Query is the query as it was run: where filters had to be widened to
	// find anything, the widened ones.
	Query Query
	// Widened says in words which filters were given up; empty when none was.
	Widened []string
	// Missing lists parts that failed or were late; the hits are then those of
	// the others.
	Missing []Missing
}

// Retriever finds passages.
//
// Retrieve returns the best passages for q that pass its filters. No hits is an
// empty Result and not an error; an error means that nothing can be said about
// what the corpus holds. It returns ctx.Err() when ctx ends first. The caller
// owns the Result. Implementations are safe for concurrent use.
type Retriever interface {
	Retrieve(ctx context.Context, q Query) (Result, error)
}

// Document is an article's version with all its passages, as an Index takes it.
type Document struct {
	Article  corpus.Article
	Passages []Passage
}

// Index is a Retriever that can be filled. It remembers how far along the
// corpus's log it has got; what it holds is always exactly the state of the log
// at Reached, or further (a crash between effect and cursor repeats work).
//
// Put and Delete are idempotent. One goroutine fills an index at a time;
// Retrieve may run beside it and sees each Put and Delete wholly or not at all.
type Index interface {
	Retriever

	// Put replaces the passages of each document's article, of whatever
	// version, by the given ones. A document without passages is deleted. On an
	// error nothing may be assumed but that repeating the call is right.
	Put(ctx context.Context, docs []Document) error
	// Delete removes the passages of the articles with these IDs; unknown ones
	// are not an error.
	Delete(ctx context.Context, articleIDs []string) error
	// Reached returns the Seq up to which the log is in the index, 0 at first.
	Reached(ctx context.Context) (int64, error)
	// Reach records that everything up to seq is in the index.
	Reach(ctx context.Context, seq int64) error
	// Passages counts the passages held.
	Passages(ctx context.Context) (int, error)
}

// Embedder turns text into vectors.
//
// Vectors are of one length (the model's dimensions), finite, and of norm 1. A
// text that has no vector (nothing in it that the model knows) gets nil, never
// a zero vector. The returned slices are the caller's. Safe for concurrent use.
type Embedder interface {
	// Model names the model and whatever else changes its vectors; vectors of
	// equal names are comparable.
	Model() string
	// EmbedPassages returns one vector for each text, in order. The caller
	// passes text as [Embeddable] makes it; an empty slice gives an empty
	// slice. On error no vectors are returned.
	EmbedPassages(ctx context.Context, texts []string) ([][]float32, error)
	// EmbedQuery returns the vector of a question.
	EmbedQuery(ctx context.Context, text string) ([]float32, error)
}

// Embeddable returns the exact string that is embedded for a passage:
// "title. text", or the text alone when there is no title.
func Embeddable(p Passage) string {
	if p.Title == "" {
		return p.Text
	}
	return p.Title + ". " + p.Text
}

// Errors that embedders and model servers share. They are wrapped, with what
// the server said, so compare with errors.Is.
var (
	// ErrModel means that the server does not know the model that was named.
	ErrModel = errors.New("the model server does not know this model")
	// ErrUnavailable means that the server could not be reached, or answered
	// with errors, for as long as retries are worth while.
	ErrUnavailable = errors.New("the model server is not available")
	// ErrRefused means that the server refused the key or the request.
	ErrRefused = errors.New("the model server refused the request")
	// ErrDimension means that vectors do not have the length they should have.
	ErrDimension = errors.New("vectors of another dimension")
)
