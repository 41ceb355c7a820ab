package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/maphash"
	"time"

	"newsdesk/corpus/store"
	"newsdesk/corpus/text"
)

// The states of an article.
const (
	stateHeld      = "held"
	stateWithdrawn = "withdrawn"
	stateRemoved   = "removed"
)

// Added counts what became of the articles of one [Corpus.Add].
type Added struct {
	// New articles, Changed ones that brought a further version, and the Same,
	// which brought nothing.
	New, Changed, Same int
}

// Add takes articles in, in their order and in one transaction: all or none.
//
// ID, Seq, Version and Fetched are assigned here, whatever they are. The URL is
// made canonical (see [Canonical]); one that names only a host is moved to
// OutletURL. White space around texts, and within names and titles, is reduced;
// dates are kept to the microsecond.
//
// A known article with another text or another title gets a new version; other
// fields alone do not make one. An article that was withdrawn gets a new
// version in any case, since its outlet has published it again. One that was
// removed here stays removed and counts as the same.
//
// It returns a [*FieldError] for an article that cannot be stored, and errors
// of the store ([store.ErrFull], …).
func (c *Corpus) Add(ctx context.Context, articles []Article) (Added, error) {
	drafts := make([]draft, len(articles))
	for i, a := range articles {
		d, err := newDraft(i+1, a)
		if err != nil {
			return Added{}, err
		}
		drafts[i] = d
	}
	var added Added
	err := c.db.Write(ctx, func(tx store.Tx) error {
		adder, err := newAdder(ctx, tx, c.now())
		if err != nil {
			return err
		}
		for _, d := range drafts {
			if err := adder.add(ctx, d); err != nil {
				return err
			}
		}
		added = adder.added
		return nil
	})
	if err != nil {
		return Added{}, fmt.Errorf("corpus: %w", err)
	}
	c.log.DebugContext(ctx, "added articles", "new", added.New, "changed", added.Changed, "same", added.Same)
	return added, nil
}

// adder adds articles within one transaction.
type adder struct {
	tx      store.Tx
	at      time.Time
	overlap overlap
	// days holds the texts of the days that were asked for, by outlet and date.
	days  map[string][]sibling
	added Added

	find, removed, article, entry, version, update *sql.Stmt
}

// sibling is an article without a URL, of some outlet and date.
type sibling struct {
	id   string
	runs text.Runs
}

// known is what is stored of an article.
type known struct {
	num     int64
	state   string
	version int
	hash    []byte
}

// newAdder compiles what is run for each article: compiling costs more than
// running.
func newAdder(ctx context.Context, tx store.Tx, at time.Time) (*adder, error) {
	a := &adder{tx: tx, at: at, overlap: overlap{maphash.MakeSeed()}, days: make(map[string][]sibling)}
	for _, s := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&a.find, `SELECT a.num, a.state, coalesce(v.version, 0), v.hash
			FROM corpus_articles a LEFT JOIN corpus_versions v ON v.seq = a.newest WHERE a.id = ?`},
		{&a.removed, `SELECT a.num, a.state, 0, NULL
			FROM corpus_removed_names n JOIN corpus_articles a ON a.num = n.article WHERE n.id = ?`},
		{&a.article, `INSERT INTO corpus_articles (id, state, newest, day, outlet, outlet_url, published)
			VALUES (?, 'held', 0, ?, '', '', 0)`},
		{&a.entry, insertEntry},
		{&a.version, `INSERT INTO corpus_versions (seq, article, version, hash, outlet, url, outlet_url, title,
			author, category, language, published, captions, headings, text)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{&a.update, `UPDATE corpus_articles SET state = 'held', newest = ?, outlet = ?, outlet_url = ?, published = ?
			WHERE num = ?`},
	} {
		stmt, err := tx.Prepare(ctx, s.query)
		if err != nil {
			return nil, err
		}
		*s.to = stmt
	}
	return a, nil
}

func (a *adder) add(ctx context.Context, d draft) error {
	k, err := a.recognise(ctx, &d)
	if err != nil {
		return err
	}
	switch {
	case k == nil:
		a.added.New++
		return a.addNew(ctx, d)
	case k.state == stateRemoved, k.state == stateHeld && string(k.hash) == string(d.hash[:]):
		a.added.Same++
		return nil
	}
	a.added.Changed++
	return a.addVersion(ctx, d, Changed, k.num, k.version+1)
}

// recognise returns what is stored of the article, nil for a new one. When it
// is known by its text, d gets the ID it has.
func (a *adder) recognise(ctx context.Context, d *draft) (*known, error) {
	k, err := lookUp(ctx, a.find, d.id)
	if k != nil || err != nil || d.day == "" {
		return k, err
	}
	if k, err = lookUp(ctx, a.removed, d.id); k != nil || err != nil {
		return k, err
	}
	siblings, err := a.siblings(ctx, d.day)
	if err != nil || len(siblings) == 0 {
		return nil, err
	}
	id := closest(siblings, a.overlap.shingles(d.Text))
	if id == "" {
		return nil, nil
	}
	d.id = id
	return lookUp(ctx, a.find, id)
}

// closest returns the ID of the sibling whose text has most in common with
// runs, "" when none has enough.
func closest(siblings []sibling, runs text.Runs) string {
	id, best := "", 0.0
	for _, s := range siblings {
		if common := s.runs.Share(runs); common >= sameArticle && common > best {
			id, best = s.id, common
		}
	}
	return id
}

// lookUp returns the one row that find or removed has for an ID, nil for none.
func lookUp(ctx context.Context, by *sql.Stmt, id string) (*known, error) {
	var k known
	err := by.QueryRowContext(ctx, id).Scan(&k.num, &k.state, &k.version, &k.hash)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &k, err
}

// siblings returns the articles of a day by their newest texts. They are read
// once and kept up to date by [adder.addVersion].
func (a *adder) siblings(ctx context.Context, day string) ([]sibling, error) {
	if siblings, ok := a.days[day]; ok {
		return siblings, nil
	}
	rows, err := a.tx.Query(ctx, `
		SELECT a.id, v.text FROM corpus_articles a JOIN corpus_versions v ON v.seq = a.newest
		WHERE a.day = ? ORDER BY a.num`, day)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	siblings := []sibling{}
	for rows.Next() {
		var id, text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		siblings = append(siblings, sibling{id, a.overlap.shingles(text)})
	}
	a.days[day] = siblings
	return siblings, rows.Err()
}

func (a *adder) addNew(ctx context.Context, d draft) error {
	result, err := a.article.ExecContext(ctx, d.id, sql.NullString{String: d.day, Valid: d.day != ""})
	if err != nil {
		return err
	}
	num, err := result.LastInsertId()
	if err != nil {
		return err
	}
	return a.addVersion(ctx, d, Published, num, 1)
}

func (a *adder) addVersion(ctx context.Context, d draft, kind Kind, num int64, version int) error {
	result, err := a.entry.ExecContext(ctx, kind, num, a.at.UnixMicro())
	if err != nil {
		return err
	}
	seq, err := result.LastInsertId()
	if err != nil {
		return err
	}
	captions, err := storedStrings(d.Captions)
	if err != nil {
		return err
	}
	headings, err := storedStrings(d.Headings)
	if err != nil {
		return err
	}
	published := d.Published.UnixMicro()
	_, err = a.version.ExecContext(ctx, seq, num, version, d.hash[:], d.Outlet, d.URL, d.OutletURL, d.Title,
		d.Author, d.Category, d.Language, published, captions, headings, d.Text)
	if err != nil {
		return err
	}
	a.remember(d)
	_, err = a.update.ExecContext(ctx, seq, d.Outlet, d.OutletURL, published, num)
	return err
}

// remember keeps the siblings of a day, where they were read, up to date.
func (a *adder) remember(d draft) {
	siblings, read := a.days[d.day]
	if d.day == "" || !read {
		return
	}
	runs := a.overlap.shingles(d.Text)
	for i := range siblings {
		if siblings[i].id == d.id {
			siblings[i].runs = runs
			return
		}
	}
	a.days[d.day] = append(siblings, sibling{d.id, runs})
}
