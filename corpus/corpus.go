package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"newsdesk/corpus/store"
)

// steps make the tables. Times are microseconds since 1970 in UTC.
//
// corpus_articles has one row for each article, with what is needed of its
// newest version to count and filter without touching a text. day is set for
// articles without a URL only, and names their outlet and date: the place where
// the same article is looked for. The texts are in corpus_versions, each once,
// at the end of the row so that the columns before it are read without it.
// corpus_removed_names keeps the IDs that a removed article without a URL would
// have had by the titles of its later versions: its texts are gone, by which it
// was recognised under them.
var steps = []string{`
	CREATE TABLE corpus_articles (
		num        INTEGER PRIMARY KEY,
		id         TEXT NOT NULL UNIQUE,
		state      TEXT NOT NULL CHECK (state IN ('held', 'withdrawn', 'removed')),
		newest     INTEGER NOT NULL,
		day        TEXT,
		outlet     TEXT NOT NULL,
		outlet_url TEXT NOT NULL,
		published  INTEGER NOT NULL
	) STRICT;
	CREATE INDEX corpus_articles_by_day ON corpus_articles (day) WHERE day IS NOT NULL;
	CREATE INDEX corpus_articles_held ON corpus_articles (published, outlet, newest) WHERE state = 'held';
	CREATE INDEX corpus_articles_of_outlet ON corpus_articles (outlet, published, outlet_url) WHERE state = 'held';

	CREATE TABLE corpus_entries (
		seq     INTEGER PRIMARY KEY,
		kind    TEXT NOT NULL CHECK (kind IN ('published', 'changed', 'withdrawn', 'removed')),
		article INTEGER NOT NULL REFERENCES corpus_articles (num),
		at      INTEGER NOT NULL
	) STRICT;
	CREATE INDEX corpus_entries_removed ON corpus_entries (seq) WHERE kind = 'removed';

	CREATE TABLE corpus_versions (
		seq        INTEGER PRIMARY KEY REFERENCES corpus_entries (seq),
		article    INTEGER NOT NULL REFERENCES corpus_articles (num),
		version    INTEGER NOT NULL,
		hash       BLOB NOT NULL,
		outlet     TEXT NOT NULL,
		url        TEXT NOT NULL,
		outlet_url TEXT NOT NULL,
		title      TEXT NOT NULL,
		author     TEXT NOT NULL,
		category   TEXT NOT NULL,
		language   TEXT NOT NULL,
		published  INTEGER NOT NULL,
		captions   TEXT,
		headings   TEXT,
		text       TEXT NOT NULL,
		UNIQUE (article, version)
	) STRICT;`, `
	CREATE TABLE corpus_removed_names (
		id      TEXT PRIMARY KEY,
		article INTEGER NOT NULL REFERENCES corpus_articles (num)
	) STRICT, WITHOUT ROWID;`,
}

// Corpus is the log of articles in a store. It is safe for concurrent use, and
// several processes may have the same store open.
type Corpus struct {
	log     *slog.Logger
	db      *store.DB
	now     func() time.Time
	cache   *cache
	outlets outletCache
}

// New returns the corpus in db and brings its tables up to date. now is the
// clock that dates the entries of the log; it is called once for each change.
//
// It returns [store.ErrNewer] when a newer newsdesk made the tables.
func New(ctx context.Context, log *slog.Logger, db *store.DB, now func() time.Time) (*Corpus, error) {
	if err := db.Migrate(ctx, "corpus", steps...); err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	return &Corpus{log: log, db: db, now: now, cache: newCache(cacheBytes)}, nil
}

// Article returns the newest version of the article with this ID, also of one
// that was withdrawn. It returns [ErrNotFound] when there is none or when it
// was removed.
func (c *Corpus) Article(ctx context.Context, id string) (Article, error) {
	versions, err := c.Versions(ctx, id)
	if err != nil {
		return Article{}, err
	}
	return versions[len(versions)-1], nil
}

// Versions returns all versions of the article with this ID, oldest first and
// at least one. It returns [ErrNotFound] when there is none or when it was
// removed.
func (c *Corpus) Versions(ctx context.Context, id string) ([]Article, error) {
	var versions []Article
	err := c.db.Read(ctx, func(tx store.Tx) error {
		var err error
		versions, err = selectVersions(ctx, tx, `WHERE a.id = ? ORDER BY v.version`, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: article %s: %w", id, err)
	}
	if len(versions) == 0 {
		return nil, fmt.Errorf("%w: %s", ErrNotFound, id)
	}
	return versions, nil
}

// BySeqs returns the versions that these entries of the log brought, by Seq.
// One that there is not, or whose text was removed, is absent from the map;
// those of withdrawn articles are there. The map is never nil.
func (c *Corpus) BySeqs(ctx context.Context, seqs []int64) (map[int64]Article, error) {
	found := make(map[int64]Article, len(seqs))
	err := c.db.Read(ctx, func(tx store.Tx) error {
		removal, err := lastRemoval(ctx, tx)
		if err != nil {
			return err
		}
		absent := c.cache.take(removal, seqs, found)
		if len(absent) == 0 {
			return nil
		}
		list, err := json.Marshal(absent)
		if err != nil {
			return err
		}
		loaded, err := selectVersions(ctx, tx, `WHERE v.seq IN (SELECT value FROM json_each(?))`, string(list))
		if err != nil {
			return err
		}
		for _, a := range loaded {
			found[a.Seq] = a
		}
		c.cache.put(removal, loaded)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	return found, nil
}

// lastRemoval returns the Seq of the last removal, 0 when there is none. It
// tells a cache of texts whether one of them may have gone, whichever process
// removed it.
func lastRemoval(ctx context.Context, tx store.Tx) (int64, error) {
	var seq int64
	err := tx.QueryRow(ctx, `SELECT coalesce(max(seq), 0) FROM corpus_entries WHERE kind = 'removed'`).Scan(&seq)
	return seq, err
}

// selectVersions returns the versions that rest, the end of a SELECT over
// corpus_versions v, corpus_articles a and corpus_entries e, chooses.
func selectVersions(ctx context.Context, tx store.Tx, rest string, args ...any) ([]Article, error) {
	rows, err := tx.Query(ctx, `
		SELECT a.id, v.seq, v.version, v.outlet, v.url, v.outlet_url, v.title, v.author, v.category,
			v.language, v.text, v.captions, v.headings, v.published, e.at
		FROM corpus_versions v
		JOIN corpus_articles a ON a.num = v.article
		JOIN corpus_entries e ON e.seq = v.seq `+rest, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var versions []Article
	for rows.Next() {
		a, err := scanVersion(rows)
		if err != nil {
			return nil, err
		}
		versions = append(versions, a)
	}
	return versions, rows.Err()
}

func scanVersion(rows *sql.Rows) (Article, error) {
	var a Article
	var captions, headings sql.NullString
	var published, fetched int64
	err := rows.Scan(&a.ID, &a.Seq, &a.Version, &a.Outlet, &a.URL, &a.OutletURL, &a.Title, &a.Author, &a.Category,
		&a.Language, &a.Text, &captions, &headings, &published, &fetched)
	if err != nil {
		return Article{}, err
	}
	a.Published, a.Fetched = time.UnixMicro(published).UTC(), time.UnixMicro(fetched).UTC()
	a.Captions, err = readStrings(captions)
	if err != nil {
		return Article{}, err
	}
	a.Headings, err = readStrings(headings)
	return a, err
}

// storedStrings and readStrings keep a list as JSON, and an empty one as NULL.
func storedStrings(list []string) (sql.NullString, error) {
	if len(list) == 0 {
		return sql.NullString{}, nil
	}
	data, err := json.Marshal(list)
	return sql.NullString{String: string(data), Valid: true}, err
}

func readStrings(stored sql.NullString) ([]string, error) {
	if !stored.Valid {
		return nil, nil
	}
	var list []string
	err := json.Unmarshal([]byte(stored.String), &list)
	return list, err
}

// stateOf returns the number and state of the article with this ID, or
// [ErrNotFound].
func stateOf(ctx context.Context, tx store.Tx, id string) (num int64, state string, err error) {
	err = tx.QueryRow(ctx, `SELECT num, state FROM corpus_articles WHERE id = ?`, id).Scan(&num, &state)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", ErrNotFound
	}
	return num, state, err
}
