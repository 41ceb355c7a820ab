package access

import (
	"context"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// Limits bound what is asked of the model in a day. 0 is no bound. What goes
// beyond one is answered by the built-in generator.
type Limits struct {
	// Person and Chat are questions a day of one person and in one chat.
	Person, Chat int
	// Tokens are those of the model, read and written, of the whole bot.
	Tokens int
}

// Unbounded is what is left where there is no limit.
const Unbounded = int(^uint(0) >> 1)

// Left is what may still be asked of the model today; Unbounded where there is
// no limit, never negative.
type Left struct {
	Person, Chat int
	Tokens       int
}

// Model reports whether the model may be asked once more.
func (l Left) Model() bool { return l.Person > 0 && l.Chat > 0 && l.Tokens > 0 }

// Questions is the number of questions that may still be asked.
func (l Left) Questions() int { return min(l.Person, l.Chat) }

// What usage is counted of: scopes of the table access_usage.
const (
	ofPerson = "person"
	ofChat   = "chat"
	ofTokens = "tokens"
)

// usageSchema counts by day. Days are those of the time that is given, in its
// zone; what is older than a month is deleted as new days begin.
const usageSchema = `
CREATE TABLE access_usage (
	day   TEXT NOT NULL,
	scope TEXT NOT NULL,
	who   INTEGER NOT NULL,
	n     INTEGER NOT NULL,
	PRIMARY KEY (day, scope, who)
) STRICT, WITHOUT ROWID;
CREATE TABLE access_paused (
	chat  INTEGER PRIMARY KEY,
	by    INTEGER NOT NULL,
	since INTEGER NOT NULL
) STRICT;
CREATE TABLE access_budget (
	one    INTEGER PRIMARY KEY CHECK (one = 1),
	tokens INTEGER NOT NULL
) STRICT;`

// SetTokens has the bot keep to that many tokens of the model a day, in tx, in
// place of what Limits say; 0 or less is no bound.
func (a *Access) SetTokens(ctx context.Context, tx store.Tx, tokens int) error {
	_, err := tx.Exec(ctx, `INSERT INTO access_budget (one, tokens) VALUES (1, ?)
		ON CONFLICT (one) DO UPDATE SET tokens = excluded.tokens`, max(0, tokens))
	if err != nil {
		return fmt.Errorf("access: %w", err)
	}
	return nil
}

// Within returns the limits with the tokens that SetTokens has set, if it has.
func (a *Access) Within(ctx context.Context, l Limits) (Limits, error) {
	err := a.db.Read(ctx, func(tx store.Tx) error {
		return found(tx.QueryRow(ctx, `SELECT tokens FROM access_budget`).Scan(&l.Tokens))
	})
	if err != nil {
		return l, fmt.Errorf("access: %w", err)
	}
	return l, nil
}

// usageFor is how long usage is kept.
const usageFor = 31 * 24 * time.Hour

// Left returns what may still be asked of the model on the day of at, in at's
// zone.
func (a *Access) Left(ctx context.Context, l Limits, person, chat int64, at time.Time) (Left, error) {
	left := Left{Person: Unbounded, Chat: Unbounded, Tokens: Unbounded}
	err := a.db.Read(ctx, func(tx store.Tx) error {
		for _, c := range []struct {
			scope string
			who   int64
			limit int
			left  *int
		}{{ofPerson, person, l.Person, &left.Person}, {ofChat, chat, l.Chat, &left.Chat}, {ofTokens, 0, l.Tokens, &left.Tokens}} {
			if c.limit <= 0 {
				continue
			}
			used, err := usedOn(ctx, tx, at, c.scope, c.who)
			if err != nil {
				return err
			}
			*c.left = max(0, c.limit-used)
		}
		return nil
	})
	if err != nil {
		return Left{}, fmt.Errorf("access: %w", err)
	}
	return left, nil
}

// Asked counts a question that was put to the model, in tx.
func (a *Access) Asked(ctx context.Context, tx store.Tx, person, chat int64, at time.Time) error {
	if err := count(ctx, tx, at, ofPerson, person, 1); err != nil {
		return fmt.Errorf("access: %w", err)
	}
	if err := count(ctx, tx, at, ofChat, chat, 1); err != nil {
		return fmt.Errorf("access: %w", err)
	}
	return nil
}

// Spent counts tokens that the model has read and written. It is lost only with
// the power.
func (a *Access) Spent(ctx context.Context, tokens int, at time.Time) error {
	err := a.db.WriteSoon(ctx, func(tx store.Tx) error {
		return count(ctx, tx, at, ofTokens, 0, tokens)
	})
	if err != nil {
		return fmt.Errorf("access: %w", err)
	}
	return nil
}

// Used returns the tokens and the questions of the day of at, of all chats.
func (a *Access) Used(ctx context.Context, at time.Time) (tokens, questions int, err error) {
	err = a.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT
			coalesce(sum(n) FILTER (WHERE scope = 'tokens'), 0), coalesce(sum(n) FILTER (WHERE scope = 'chat'), 0)
			FROM access_usage WHERE day = ?`, day(at)).Scan(&tokens, &questions)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("access: %w", err)
	}
	return tokens, questions, nil
}

func day(at time.Time) string { return at.Format(time.DateOnly) }

func usedOn(ctx context.Context, tx store.Tx, at time.Time, scope string, who int64) (n int, err error) {
	err = found(tx.QueryRow(ctx, `SELECT n FROM access_usage WHERE day = ? AND scope = ? AND who = ?`, day(at), scope, who).Scan(&n))
	return n, err
}

func count(ctx context.Context, tx store.Tx, at time.Time, scope string, who int64, n int) error {
	_, err := tx.Exec(ctx, `INSERT INTO access_usage (day, scope, who, n) VALUES (?, ?, ?, ?)
		ON CONFLICT (day, scope, who) DO UPDATE SET n = n + excluded.n`, day(at), scope, who, n)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM access_usage WHERE day < ?`, day(at.Add(-usageFor)))
	return err
}

// Pause has the bot answer nothing in a chat until Resume, in tx; by is the admin
// who said so.
func (a *Access) Pause(ctx context.Context, tx store.Tx, chat, by int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO access_paused (chat, by, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		chat, by, a.now().Unix())
	if err != nil {
		return fmt.Errorf("access: %w", err)
	}
	return nil
}

// Resume ends a pause, in tx; a chat that is not paused is no error.
func (a *Access) Resume(ctx context.Context, tx store.Tx, chat int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM access_paused WHERE chat = ?`, chat); err != nil {
		return fmt.Errorf("access: %w", err)
	}
	return nil
}

// Paused reports whether the bot answers nothing in the chat.
func (a *Access) Paused(ctx context.Context, chat int64) (bool, error) {
	var n int
	err := a.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM access_paused WHERE chat = ?`, chat).Scan(&n)
	})
	if err != nil {
		return false, fmt.Errorf("access: %w", err)
	}
	return n > 0, nil
}

// Close takes back that a group is open, in tx.
func (a *Access) Close(ctx context.Context, tx store.Tx, chat int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM access_groups WHERE chat = ?`, chat); err != nil {
		return fmt.Errorf("access: %w", err)
	}
	return nil
}

// Forget deletes how much a person or a chat has asked, in tx, and returns the
// number of days that were counted. What they may do stays: it says whom the bot
// talks to, and not what they said.
func (a *Access) Forget(ctx context.Context, tx store.Tx, id int64) (int, error) {
	res, err := tx.Exec(ctx, `DELETE FROM access_usage WHERE who = ? AND scope IN ('person', 'chat')`, id)
	if err != nil {
		return 0, fmt.Errorf("access: %w", err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}
