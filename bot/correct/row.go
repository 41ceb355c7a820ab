package correct

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

const schema = `
CREATE TABLE correct_cursor (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	seq INTEGER NOT NULL
) STRICT;
CREATE TABLE correct_corrections (
	n       INTEGER PRIMARY KEY AUTOINCREMENT,
	posted  TEXT NOT NULL,
	seq     INTEGER NOT NULL, -- of the entry that brought the new version
	article TEXT NOT NULL,
	chat    INTEGER NOT NULL,
	at      INTEGER NOT NULL, -- when it was planned
	state   TEXT NOT NULL,
	reason  TEXT NOT NULL,
	step    TEXT NOT NULL,    -- that was handed over; empty before
	edited  TEXT NOT NULL,    -- what became of the edit; empty before
	replied TEXT NOT NULL,
	why     TEXT NOT NULL,    -- the messenger's words
	tries   INTEGER NOT NULL,
	said    TEXT NOT NULL,    -- the Correction
	UNIQUE (posted, seq)
) STRICT;
CREATE INDEX correct_articles ON correct_corrections (article);
CREATE INDEX correct_chats ON correct_corrections (chat);
CREATE INDEX correct_ages ON correct_corrections (at);`

// Row is a correction as it is kept.
type Row struct {
	Correction
	State  State
	Reason string
	// Edited and Replied are what became of the two steps; empty for one that
	// was not made, or whose answer is not there yet.
	Edited, Replied Became
	// Why is what the messenger said of the last step that it refused.
	Why string
	// Planned is when the correction was planned, to the second.
	Planned time.Time

	tries int
}

// ended reports whether nothing is to be done any more.
func (r Row) ended() bool { return r.ID != 0 && r.State != Planned }

// insert keeps a new row, or the same one again when its step could not be handed
// over, and returns its number.
func (r Row) insert(ctx context.Context, tx store.Tx, now time.Time) (n int64, err error) {
	said, err := json.Marshal(r.Correction)
	if err != nil {
		return 0, err
	}
	err = tx.QueryRow(ctx, `INSERT INTO correct_corrections
		(posted, seq, article, chat, at, state, reason, step, edited, replied, why, tries, said)
		VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '', '', ?, ?)
		ON CONFLICT (posted, seq) DO UPDATE SET state = excluded.state, reason = excluded.reason, said = excluded.said
		RETURNING n`,
		r.Posted.Ref, r.Seq, r.ArticleID, r.Posted.Where.Chat, now.Unix(), r.State, r.Reason, r.tries, string(said)).Scan(&n)
	return n, err
}

// update keeps what became of a row.
func (r Row) update(ctx context.Context, tx store.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE correct_corrections
		SET state = ?, reason = ?, step = ?, edited = ?, replied = ?, why = ?, tries = ? WHERE n = ?`,
		r.State, r.Reason, r.Step, r.Edited, r.Replied, r.Why, r.tries, r.ID)
	return err
}

const columns = `SELECT n, chat, at, state, reason, step, edited, replied, why, tries, said FROM correct_corrections `

// rowsOf returns the rows that a query gives.
func rowsOf(ctx context.Context, tx store.Tx, where string, args ...any) ([]Row, error) {
	list, err := tx.Query(ctx, columns+where, args...)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	var out []Row
	for list.Next() {
		r, err := scan(list)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, list.Err()
}

func scan(list *sql.Rows) (Row, error) {
	var r Row
	var id, chat, at int64
	var step, said string
	if err := list.Scan(&id, &chat, &at, &r.State, &r.Reason, &step, &r.Edited, &r.Replied, &r.Why, &r.tries, &said); err != nil {
		return Row{}, err
	}
	if err := json.Unmarshal([]byte(said), &r.Correction); err != nil {
		return Row{}, err
	}
	r.ID, r.Step, r.Planned = id, Step(step), time.Unix(at, 0).UTC()
	r.Posted.Where.Chat = chat
	return r, nil
}

// one returns the row that a query gives, the zero Row for none.
func one(ctx context.Context, tx store.Tx, where string, args ...any) (Row, error) {
	rows, err := rowsOf(ctx, tx, where+` LIMIT 1`, args...)
	if err != nil || len(rows) == 0 {
		return Row{}, err
	}
	return rows[0], nil
}

func find(ctx context.Context, tx store.Tx, posted string, seq int64) (Row, error) {
	return one(ctx, tx, `WHERE posted = ? AND seq = ?`, posted, seq)
}

// supersede deletes what a post was to be told of an article before an entry and
// could not be: the newest version is what counts.
func supersede(ctx context.Context, tx store.Tx, posted, article string, before int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM correct_corrections
		WHERE posted = ? AND article = ? AND seq < ? AND state = 'planned' AND step = ''`, posted, article, before)
	return err
}

// lastTold returns what a post was last told of an article before an entry.
func lastTold(ctx context.Context, tx store.Tx, posted, article string, before int64) (Correction, error) {
	r, err := one(ctx, tx, `WHERE posted = ? AND article = ? AND seq < ? AND `+told+` ORDER BY seq DESC`, posted, article, before)
	return r.Correction, err
}

// told are the rows of which a reader has heard, or will.
const told = `(state = 'sent' OR state = 'planned' AND step <> '')`

// Told returns the corrections of a post, of all its articles, that were sent or
// handed over, oldest first: an edit of the post marks it with these and the one at
// hand. In Needs.Act the correction whose Edit is asked for is not among them yet;
// one whose Reply is asked for is.
func (w *Watcher) Told(ctx context.Context, tx store.Tx, posted string) ([]Row, error) {
	rows, err := rowsOf(ctx, tx, `WHERE posted = ? AND `+told+` ORDER BY n`, posted)
	if err != nil {
		return nil, fmt.Errorf("correct: %w", err)
	}
	return rows, nil
}

// Rows returns the newest rows, at most limit of them, newest first.
func (w *Watcher) Rows(ctx context.Context, limit int) (rows []Row, err error) {
	err = w.DB.Read(ctx, func(tx store.Tx) error {
		rows, err = rowsOf(ctx, tx, `ORDER BY n DESC LIMIT ?`, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("correct: %w", err)
	}
	return rows, nil
}

// cursor is the Seq up to which the log is done, 0 at first.
func (w *Watcher) cursor(ctx context.Context) (seq int64, err error) {
	err = w.DB.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT seq FROM correct_cursor`).Scan(&seq)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}

func (w *Watcher) reach(ctx context.Context, seq int64) error {
	return w.DB.Write(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO correct_cursor (one, seq) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET seq = excluded.seq`, seq)
		return err
	})
}
