package corpus

import (
	"context"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// DefaultBatch is the number of entries that [Corpus.Entries] returns when its
// limit names none.
const DefaultBatch = 256

// Entries returns the entries of the log that come after the Seq after, in the
// order of Seq, at most limit of them (0 or less: [DefaultBatch]). None means
// that after is the end of the log. Each article is loaded; see [Entry] for
// those whose text was removed since.
func (c *Corpus) Entries(ctx context.Context, after int64, limit int) ([]Entry, error) {
	if limit <= 0 {
		limit = DefaultBatch
	}
	var entries []Entry
	err := c.db.Read(ctx, func(tx store.Tx) error {
		var err error
		if entries, err = selectEntries(ctx, tx, after, limit); err != nil || len(entries) == 0 {
			return err
		}
		last := entries[len(entries)-1].Seq
		versions, err := selectVersions(ctx, tx, `WHERE v.seq > ? AND v.seq <= ? ORDER BY v.seq`, after, last)
		if err != nil {
			return err
		}
		attach(entries, versions)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	return entries, nil
}

func selectEntries(ctx context.Context, tx store.Tx, after int64, limit int) ([]Entry, error) {
	rows, err := tx.Query(ctx, `
		SELECT e.seq, e.kind, a.id, e.at
		FROM corpus_entries e JOIN corpus_articles a ON a.num = e.article
		WHERE e.seq > ? ORDER BY e.seq LIMIT ?`, after, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var entries []Entry
	for rows.Next() {
		var e Entry
		var at int64
		if err := rows.Scan(&e.Seq, &e.Kind, &e.ID, &at); err != nil {
			return nil, err
		}
		e.At = time.UnixMicro(at).UTC()
		entries = append(entries, e)
	}
	return entries, rows.Err()
}

// attach gives each entry the version it brought; both are in the order of Seq,
// and a version without its entry does not exist.
func attach(entries []Entry, versions []Article) {
	for i := range entries {
		if len(versions) > 0 && versions[0].Seq == entries[i].Seq {
			entries[i].Article = &versions[0]
			versions = versions[1:]
		}
	}
}

// End returns the Seq of the last entry of the log, 0 when it is empty.
func (c *Corpus) End(ctx context.Context) (int64, error) {
	var end int64
	err := c.db.Read(ctx, func(tx store.Tx) (err error) {
		end, err = endOf(ctx, tx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("corpus: %w", err)
	}
	return end, nil
}

func endOf(ctx context.Context, tx store.Tx) (end int64, err error) {
	err = tx.QueryRow(ctx, `SELECT coalesce(max(seq), 0) FROM corpus_entries`).Scan(&end)
	return end, err
}

// Withdraw records that the outlet took the article with this ID down. Its
// texts are kept, but it is no longer in [Corpus.List] and what counts
// articles; should the outlet bring it again, Add makes that a new version.
// Withdrawing it twice changes nothing. It returns [ErrNotFound] when there is
// no such article or it was removed.
func (c *Corpus) Withdraw(ctx context.Context, id string) error {
	return c.change(ctx, id, func(tx store.Tx, num int64, state string) error {
		switch state {
		case stateRemoved:
			return ErrNotFound
		case stateWithdrawn:
			return nil
		}
		_, err := record(ctx, tx, Withdrawn, num, c.now())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE corpus_articles SET state = 'withdrawn' WHERE num = ?`, num)
		return err
	})
}

// Remove deletes the texts, titles and addresses of all versions of the article
// with this ID; its entries in the log stay, with a further one, as its
// tombstone, and Add takes it no more, under the address or any title it had.
// Removing it twice changes nothing. It
// returns [ErrNotFound] when there is no such article.
func (c *Corpus) Remove(ctx context.Context, id string) error {
	return c.change(ctx, id, func(tx store.Tx, num int64, state string) error {
		if state == stateRemoved {
			return nil
		}
		if _, err := record(ctx, tx, Removed, num, c.now()); err != nil {
			return err
		}
		if err := keepNames(ctx, tx, num); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM corpus_versions WHERE article = ?`, num); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE corpus_articles SET state = 'removed', outlet_url = '' WHERE num = ?`, num)
		return err
	})
}

// keepNames records what an article without a URL, which is about to be removed,
// would be known by under each of its titles.
func keepNames(ctx context.Context, tx store.Tx, num int64) error {
	ids, err := selectNames(ctx, tx, num)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := tx.Exec(ctx, `INSERT OR IGNORE INTO corpus_removed_names (id, article) VALUES (?, ?)`, id, num); err != nil {
			return err
		}
	}
	return nil
}

// selectNames returns an ID for each version of an article without a URL, none
// for one with.
func selectNames(ctx context.Context, tx store.Tx, num int64) ([]string, error) {
	rows, err := tx.Query(ctx, `
		SELECT a.day, v.title, v.text FROM corpus_versions v JOIN corpus_articles a ON a.num = v.article
		WHERE a.num = ? AND a.day IS NOT NULL`, num)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var day, title, text string
		if err := rows.Scan(&day, &title, &text); err != nil {
			return nil, err
		}
		ids = append(ids, identityOn(day, title, text))
	}
	return ids, rows.Err()
}

// change runs f with the number and state of the article, in one transaction.
func (c *Corpus) change(ctx context.Context, id string, f func(tx store.Tx, num int64, state string) error) error {
	err := c.db.Write(ctx, func(tx store.Tx) error {
		num, state, err := stateOf(ctx, tx, id)
		if err != nil {
			return err
		}
		return f(tx, num, state)
	})
	if err != nil {
		return fmt.Errorf("corpus: article %s: %w", id, err)
	}
	return nil
}

// record writes the next entry of the log. Entries are never deleted, so the
// next Seq is always greater than every one before.
func record(ctx context.Context, tx store.Tx, kind Kind, num int64, at time.Time) (int64, error) {
	result, err := tx.Exec(ctx, insertEntry, kind, num, at.UnixMicro())
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

const insertEntry = `INSERT INTO corpus_entries (kind, article, at) VALUES (?, ?, ?)`

// Newest returns what is to be done after entries by whoever follows the log: the
// articles that are held, in the order of their newest versions, and the IDs of those
// that are not. Each article is in one of them, once, by its last entry. Pure.
func Newest(entries []Entry) (held []Article, gone []string) {
	last := map[string]int64{}
	for _, e := range entries {
		last[e.ID] = e.Seq
	}
	for _, e := range entries {
		switch {
		case e.Seq != last[e.ID]:
		case e.Article != nil && (e.Kind == Published || e.Kind == Changed):
			held = append(held, *e.Article)
		default:
			gone = append(gone, e.ID)
		}
	}
	return held, gone
}
