package lexical

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"newsdesk/retrieval"
)

// table is what is known of the versions held. A question holds mu for reading
// from its search to its last look at versions; only whoever fills the index
// looks at articles, which has more than one version of an article only when a
// change failed and it is not known which of them bleve holds.
type table struct {
	mu       sync.RWMutex
	versions map[int64]*version
	articles map[string][]*version
}

// version is one version of an article, with the passages of it that are held.
type version struct {
	seq       int64
	article   string
	outlet    string
	published time.Time
	spans     []span
}

// span is the bytes [start, end) of a text.
type span struct{ start, end int }

func newTable() *table {
	return &table{versions: map[int64]*version{}, articles: map[string][]*version{}}
}

// day is the term of a day in UTC; later days sort after earlier ones.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// term writes what of v is needed to read the table back.
func (v *version) term() string {
	return strings.Join([]string{
		strconv.FormatInt(v.seq, 10), v.published.UTC().Format(time.RFC3339Nano), v.outlet, v.article,
	}, "\n")
}

func parseVersion(term string) (*version, error) {
	parts := strings.SplitN(term, "\n", 4)
	if len(parts) != 4 {
		return nil, fmt.Errorf("lexical: %q is not a version", term)
	}
	seq, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("lexical: %q is not a version", term)
	}
	published, err := time.Parse(time.RFC3339Nano, parts[1])
	if err != nil {
		return nil, fmt.Errorf("lexical: %q is not a version", term)
	}
	return &version{seq: seq, published: published, outlet: parts[2], article: parts[3]}, nil
}

// ids returns the IDs of the passages held.
func (v *version) ids() []string {
	ids := make([]string, len(v.spans))
	for i, s := range v.spans {
		ids[i] = retrieval.Passage{Seq: v.seq, Start: s.start, End: s.end}.ID()
	}
	return ids
}

// readTable reads the table of everything in r. A version without a passage is
// one that bleve has not cleared away yet.
func readTable(r index.IndexReader) (*table, error) {
	t := newTable()
	if err := t.readVersions(r); err != nil {
		return nil, err
	}
	if err := t.readPassages(r); err != nil {
		return nil, err
	}
	for seq, v := range t.versions {
		if len(v.spans) == 0 {
			delete(t.versions, seq)
			continue
		}
		t.articles[v.article] = append(t.articles[v.article], v)
	}
	return t, nil
}

func (t *table) readVersions(r index.IndexReader) (err error) {
	dictionary, err := r.FieldDict(versionField)
	if err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	defer closing(dictionary, &err)
	for {
		entry, err := dictionary.Next()
		if err != nil {
			return fmt.Errorf("lexical: %w", err)
		}
		if entry == nil {
			return nil
		}
		v, err := parseVersion(entry.Term)
		if err != nil {
			return err
		}
		t.versions[v.seq] = v
	}
}

func (t *table) readPassages(r index.IndexReader) (err error) {
	all, err := r.DocIDReaderAll()
	if err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	defer closing(all, &err)
	for {
		number, err := all.Next()
		if err != nil {
			return fmt.Errorf("lexical: %w", err)
		}
		if number == nil {
			return nil
		}
		if err := t.readPassage(r, number); err != nil {
			return err
		}
	}
}

func (t *table) readPassage(r index.IndexReader, number index.IndexInternalID) error {
	id, err := r.ExternalID(number)
	if err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	p, err := retrieval.ParseID(id)
	if err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	v := t.versions[p.Seq]
	if v == nil {
		return fmt.Errorf("lexical: passage %s is of no version", id)
	}
	v.spans = append(v.spans, span{p.Start, p.End})
	return nil
}

// closing closes what was read from, and keeps the first error.
func closing(c interface{ Close() error }, err *error) {
	if cerr := c.Close(); cerr != nil && *err == nil {
		*err = fmt.Errorf("lexical: %w", cerr)
	}
}

// passage returns the passage with this ID as hits hold it. mu is held.
func (t *table) passage(id string) (retrieval.Passage, error) {
	p, err := retrieval.ParseID(id)
	if err != nil {
		return p, fmt.Errorf("lexical: %w", err)
	}
	v := t.versions[p.Seq]
	if v == nil {
		return p, fmt.Errorf("lexical: passage %s is of no version held", id)
	}
	p.ArticleID, p.Outlet, p.Published = v.article, v.outlet, v.published
	return p, nil
}
