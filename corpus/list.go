package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"newsdesk/corpus/store"
)

// Filter chooses articles by their newest version. The zero value chooses all.
type Filter struct {
	// Outlets are names as the corpus stores them, any of which may match; none
	// means every outlet.
	Outlets []string
	// From is inclusive, To exclusive, both on the date of publication; zero
	// means without bound.
	From, To time.Time
	// Limit is the number of articles wanted; 0 or less means all.
	Limit int
}

// held is the condition of [Filter.args]: articles that are evidence, chosen by
// a filter without its limit.
const held = `a.state = 'held' AND a.published >= ? AND a.published < ?
	AND (? OR a.outlet IN (SELECT value FROM json_each(?)))`

func (f Filter) args() ([]any, error) {
	outlets, err := json.Marshal(f.Outlets)
	if err != nil {
		return nil, err
	}
	from, to := int64(math.MinInt64), int64(math.MaxInt64)
	if !f.From.IsZero() {
		from = roundedUp(f.From)
	}
	if !f.To.IsZero() {
		to = roundedUp(f.To)
	}
	return []any{from, to, len(f.Outlets) == 0, string(outlets)}, nil
}

// roundedUp returns the first microsecond that is not before t: dates are stored
// to the microsecond, and a bound between two of them must stay between them.
func roundedUp(t time.Time) int64 {
	return t.Add(time.Microsecond - 1).UnixMicro()
}

// List returns the newest version of each article that f chooses, newest
// publication first, those of one time in the order of the log, last first.
// Articles that were withdrawn or removed are not among them.
func (c *Corpus) List(ctx context.Context, f Filter) ([]Article, error) {
	args, err := f.args()
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	limit := f.Limit
	if limit <= 0 {
		limit = -1 // SQLite's "all"
	}
	var list []Article
	err = c.db.Read(ctx, func(tx store.Tx) error {
		list, err = selectVersions(ctx, tx, `WHERE v.seq = a.newest AND `+held+`
			ORDER BY a.published DESC, a.newest DESC LIMIT ?`, append(args, limit)...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	return list, nil
}

// Extent says how much of the corpus f covers, in articles that are neither
// withdrawn nor removed. The limit of f is not looked at.
func (c *Corpus) Extent(ctx context.Context, f Filter) (Extent, error) {
	if f.From.IsZero() && f.To.IsZero() {
		outlets, err := c.Outlets(ctx)
		return extentOf(outlets, f.Outlets), err
	}
	args, err := f.args()
	if err != nil {
		return Extent{}, fmt.Errorf("corpus: %w", err)
	}
	var x Extent
	var from, to sql.NullInt64
	err = c.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `
			SELECT count(*), count(DISTINCT a.outlet), min(a.published), max(a.published)
			FROM corpus_articles a WHERE `+held, args...).Scan(&x.Articles, &x.Outlets, &from, &to)
	})
	if err != nil {
		return Extent{}, fmt.Errorf("corpus: %w", err)
	}
	if from.Valid {
		x.From, x.To = time.UnixMicro(from.Int64).UTC(), time.UnixMicro(to.Int64).UTC()
	}
	return x, nil
}

// extentOf adds up those of the outlets that have one of these names; no names
// means all of them.
func extentOf(outlets []Outlet, names []string) Extent {
	var x Extent
	for _, o := range outlets {
		if len(names) > 0 && !slices.Contains(names, o.Name) {
			continue
		}
		if x.Outlets == 0 || o.First.Before(x.From) {
			x.From = o.First
		}
		if x.Outlets == 0 || o.Last.After(x.To) {
			x.To = o.Last
		}
		x.Outlets, x.Articles = x.Outlets+1, x.Articles+o.Articles
	}
	return x
}

// Outlets returns the outlets of all articles that are neither withdrawn nor
// removed, by name. An outlet's URL is that of its newest article that names
// one. They are counted once for each end of the log, so asking again is cheap.
func (c *Corpus) Outlets(ctx context.Context) ([]Outlet, error) {
	var outlets []Outlet
	err := c.db.Read(ctx, func(tx store.Tx) error {
		end, err := endOf(ctx, tx)
		if err != nil {
			return err
		}
		var ok bool
		if outlets, ok = c.outlets.take(end); ok {
			return nil
		}
		if outlets, err = selectOutlets(ctx, tx); err != nil {
			return err
		}
		c.outlets.put(end, outlets)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	return outlets, nil
}

func selectOutlets(ctx context.Context, tx store.Tx) ([]Outlet, error) {
	rows, err := tx.Query(ctx, `
		SELECT a.outlet, count(*), min(a.published), max(a.published), coalesce((
			SELECT b.outlet_url FROM corpus_articles b
			WHERE b.state = 'held' AND b.outlet = a.outlet AND b.outlet_url <> ''
			ORDER BY b.published DESC LIMIT 1), '')
		FROM corpus_articles a WHERE a.state = 'held' GROUP BY a.outlet ORDER BY a.outlet`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var outlets []Outlet
	for rows.Next() {
		var o Outlet
		var first, last int64
		if err := rows.Scan(&o.Name, &o.Articles, &first, &last, &o.URL); err != nil {
			return nil, err
		}
		o.First, o.Last = time.UnixMicro(first).UTC(), time.UnixMicro(last).UTC()
		outlets = append(outlets, o)
	}
	return outlets, rows.Err()
}
