package story

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsdesk/corpus/store"
)

// steps make the tables. Times are microseconds since 1970. A story is open, merged
// into another, or gone with its last article.
var steps = []string{`
	CREATE TABLE story_stories (
		id       INTEGER PRIMARY KEY,
		state    TEXT NOT NULL CHECK (state IN ('open', 'merged', 'gone')),
		into_id  INTEGER
	) STRICT;
	CREATE TABLE story_members (
		article   TEXT PRIMARY KEY,
		story     INTEGER NOT NULL,
		seq       INTEGER NOT NULL,
		outlet    TEXT NOT NULL,
		published INTEGER NOT NULL
	) STRICT;
	CREATE INDEX story_members_story ON story_members (story, published);
	CREATE INDEX story_members_published ON story_members (published);
	CREATE TABLE story_reached (
		id  INTEGER PRIMARY KEY CHECK (id = 1),
		seq INTEGER NOT NULL
	) STRICT;`,
	`CREATE INDEX story_stories_into ON story_stories (into_id) WHERE into_id IS NOT NULL;`,
}

// member is an article of a story as the table has it.
type member struct {
	article string
	story   int64
	seq     int64
}

func reached(ctx context.Context, tx store.Tx) (seq int64, err error) {
	err = tx.QueryRow(ctx, `SELECT seq FROM story_reached WHERE id = 1`).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}

// lastID returns the highest identity that was ever given.
func lastID(ctx context.Context, tx store.Tx) (id int64, err error) {
	err = tx.QueryRow(ctx, `SELECT coalesce(max(id), 0) FROM story_stories`).Scan(&id)
	return id, err
}

// membersNear returns the members that were published within a span, and the newest
// ones, and whether those are all that are held.
func membersNear(ctx context.Context, tx store.Tx, near span, held, counted int) (list []member, all bool, err error) {
	newest, err := members(ctx, tx, `SELECT article, story, seq FROM story_members ORDER BY published DESC, article LIMIT ?`, held)
	if err != nil || len(newest) <= counted {
		return newest, true, err
	}
	list, err = members(ctx, tx, `SELECT article, story, seq FROM story_members WHERE published BETWEEN ? AND ?
		ORDER BY published DESC, article LIMIT ?`, microseconds(near.first), microseconds(near.last), held)
	if err != nil {
		return nil, false, err
	}
	have := make(map[string]bool, len(list))
	for _, m := range list {
		have[m.article] = true
	}
	for _, m := range newest[:counted] {
		if !have[m.article] {
			list = append(list, m)
		}
	}
	return list, len(list) >= len(newest), nil
}

// membersOf returns the members of a story in the order of publication.
func membersOf(ctx context.Context, tx store.Tx, story int64) ([]member, error) {
	return members(ctx, tx, `SELECT article, story, seq FROM story_members WHERE story = ? ORDER BY published, seq`, story)
}

func members(ctx context.Context, tx store.Tx, query string, args ...any) (list []member, err error) {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m member
		if err := rows.Scan(&m.article, &m.story, &m.seq); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

// storyOf returns the story of an article, 0 for none.
func storyOf(ctx context.Context, tx store.Tx, article string) (story int64, err error) {
	err = tx.QueryRow(ctx, `SELECT story FROM story_members WHERE article = ?`, article).Scan(&story)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return story, err
}

// survivor follows a story to the one that it was merged into, over as many as
// there are. It returns ErrNotFound for one that there never was or that is gone.
func survivor(ctx context.Context, tx store.Tx, id int64) (int64, error) {
	for {
		var state string
		var into sql.NullInt64
		err := tx.QueryRow(ctx, `SELECT state, into_id FROM story_stories WHERE id = ?`, id).Scan(&state, &into)
		switch {
		case errors.Is(err, sql.ErrNoRows) || err == nil && state == "gone":
			return 0, ErrNotFound
		case err != nil:
			return 0, err
		case state == "open":
			return id, nil
		case into.Int64 == id || !into.Valid:
			return 0, fmt.Errorf("%w: story %d was merged into none", store.ErrDamaged, id)
		}
		id = into.Int64
	}
}

// absorbed returns the stories that were merged into one, over as many as there are.
func absorbed(ctx context.Context, tx store.Tx, id int64) (ids []int64, err error) {
	rows, err := tx.Query(ctx, `WITH RECURSIVE merged (id) AS (
			SELECT id FROM story_stories WHERE into_id = ?
			UNION SELECT s.id FROM story_stories s JOIN merged m ON s.into_id = m.id)
		SELECT id FROM merged ORDER BY id`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var one int64
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		ids = append(ids, one)
	}
	return ids, rows.Err()
}

// latest returns the stories with an article that f chooses, that with the newest of
// those first.
func latest(ctx context.Context, tx store.Tx, f Filter) (ids []int64, err error) {
	where, args := []string{"TRUE"}, []any{}
	if !f.From.IsZero() {
		where, args = append(where, "published >= ?"), append(args, f.From.UnixMicro())
	}
	if !f.To.IsZero() {
		where, args = append(where, "published < ?"), append(args, f.To.UnixMicro())
	}
	if len(f.Outlets) > 0 {
		where = append(where, "outlet IN ("+strings.TrimSuffix(strings.Repeat("?,", len(f.Outlets)), ",")+")")
		for _, o := range f.Outlets {
			args = append(args, o)
		}
	}
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	rows, err := tx.Query(ctx, `SELECT story FROM story_members WHERE `+strings.Join(where, " AND ")+`
		GROUP BY story ORDER BY max(published) DESC, story DESC LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// change is what a batch of the log did to the stories.
type change struct {
	left    []string         // articles that are in no story any more
	members map[string]int64 // the stories of articles that came or went elsewhere
	read    map[string]*reading
	gone    map[int64]int64
	seq     int64 // how far along the log that is
}

// save writes a change, and how far along the log it reaches.
func (c *change) save(ctx context.Context, tx store.Tx) error {
	emptied, err := c.saveLeft(ctx, tx)
	if err != nil {
		return err
	}
	if err := c.saveMembers(ctx, tx); err != nil {
		return err
	}
	for id, into := range c.gone {
		if into == 0 {
			emptied = append(emptied, id)
			continue
		}
		// Members that are too old to be compared go with their story.
		if _, err := tx.Exec(ctx, `UPDATE story_members SET story = ? WHERE story = ?`, into, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO story_stories (id, state, into_id) VALUES (?, 'merged', ?)
			ON CONFLICT (id) DO UPDATE SET state = excluded.state, into_id = excluded.into_id`, id, into); err != nil {
			return err
		}
	}
	for _, id := range emptied {
		if _, err := tx.Exec(ctx, `UPDATE story_stories SET state = 'gone' WHERE id = ? AND state = 'open'
			AND NOT EXISTS (SELECT 1 FROM story_members WHERE story = ?)`, id, id); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO story_reached (id, seq) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq`, c.seq)
	return err
}

// saveLeft returns the stories that may have lost their last article.
func (c *change) saveLeft(ctx context.Context, tx store.Tx) (emptied []int64, err error) {
	for _, article := range c.left {
		id, err := storyOf(ctx, tx, article)
		if err != nil {
			return nil, err
		}
		if id == 0 {
			continue
		}
		emptied = append(emptied, id)
		if _, err := tx.Exec(ctx, `DELETE FROM story_members WHERE article = ?`, article); err != nil {
			return nil, err
		}
	}
	return emptied, nil
}

func (c *change) saveMembers(ctx context.Context, tx store.Tx) error {
	open, err := tx.Prepare(ctx, `INSERT INTO story_stories (id, state) VALUES (?, 'open')
		ON CONFLICT (id) DO UPDATE SET state = 'open', into_id = NULL WHERE state <> 'open'`)
	if err != nil {
		return err
	}
	put, err := tx.Prepare(ctx, `INSERT INTO story_members (article, story, seq, outlet, published) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (article) DO UPDATE SET story = excluded.story, seq = excluded.seq, outlet = excluded.outlet, published = excluded.published`)
	if err != nil {
		return err
	}
	opened := map[int64]bool{}
	for article, story := range c.members {
		if !opened[story] {
			opened[story] = true
			if _, err := open.ExecContext(ctx, story); err != nil {
				return err
			}
		}
		r := c.read[article]
		if _, err := put.ExecContext(ctx, article, story, r.seq, r.outlet, microseconds(r.published)); err != nil {
			return err
		}
	}
	return nil
}

func microseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
