// Package access says who may use the bot.
//
// # Design
//
// The bot is closed by default. A person becomes a member, or an admin, by
// sending a one-time code that was printed at the machine ([Access.Invite]); a
// group becomes open when an admin says so. Nothing else grants anything: not a
// name, not being an admin of a group.
//
// Tables in the one SQLite file: codes (as SHA-256, so that the data folder holds
// nothing that opens the bot), people and groups, groups that are paused, the channels
// that the bot is in with who added it there, and how much was asked of the model on
// each day. Granting and counting take a store.Tx,
// so that they become durable together with the reply that they belong to.
package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsdesk/corpus/store"
)

// Role is what a person may do.
type Role string

// The roles, the least first.
const (
	// Stranger may only pair.
	Stranger Role = "stranger"
	// Member may ask.
	Member Role = "member"
	// Admin may also open groups.
	Admin Role = "admin"
)

// Lifetime is how long a code can be used.
const Lifetime = 48 * time.Hour

// ErrCode means that a code is unknown, used or too old.
var ErrCode = errors.New("access: no such code")

// Access keeps codes, people and groups. Safe for concurrent use.
type Access struct {
	db  *store.DB
	now func() time.Time
}

const schema = `
CREATE TABLE access_codes (
	hash    TEXT PRIMARY KEY,
	role    TEXT NOT NULL,
	expires INTEGER NOT NULL
);
CREATE TABLE access_people (
	person INTEGER PRIMARY KEY,
	role   TEXT NOT NULL,
	since  INTEGER NOT NULL
);
CREATE TABLE access_groups (
	chat  INTEGER PRIMARY KEY,
	by    INTEGER NOT NULL,
	since INTEGER NOT NULL
);`

// New returns the access lists kept in db; now is the clock that codes expire
// by.
func New(ctx context.Context, db *store.DB, now func() time.Time) (*Access, error) {
	if err := db.Migrate(ctx, "access", schema, usageSchema, channelSchema); err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	return &Access{db: db, now: now}, nil
}

// Invite returns a new code of 13 letters and digits in three groups that makes
// the person who sends it first a member or an admin. It can be used once,
// within [Lifetime].
func (a *Access) Invite(ctx context.Context, role Role) (string, error) {
	if role != Member && role != Admin {
		return "", fmt.Errorf("access: no invitation for role %q", role)
	}
	code := newCode()
	err := a.db.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM access_codes WHERE expires < ?`, a.now().Unix()); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO access_codes (hash, role, expires) VALUES (?, ?, ?)`,
			hash(code), string(role), a.now().Add(Lifetime).Unix())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("access: keeping an invitation: %w", err)
	}
	return code, nil
}

// Role returns what a person may do; Stranger for one who never paired.
func (a *Access) Role(ctx context.Context, person int64) (Role, error) {
	role := Stranger
	err := a.db.Read(ctx, func(tx store.Tx) error {
		return found(tx.QueryRow(ctx, `SELECT role FROM access_people WHERE person = ?`, person).Scan(&role))
	})
	if err != nil {
		return Stranger, fmt.Errorf("access: %w", err)
	}
	return role, nil
}

// Admins returns the people who are admins of the bot, in no order.
func (a *Access) Admins(ctx context.Context) ([]int64, error) {
	var all []int64
	err := a.db.Read(ctx, func(tx store.Tx) error {
		rows, err := tx.Query(ctx, `SELECT person FROM access_people WHERE role = 'admin'`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var person int64
			if err := rows.Scan(&person); err != nil {
				return err
			}
			all = append(all, person)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	return all, nil
}

// Opened reports whether an admin has opened the group.
func (a *Access) Opened(ctx context.Context, chat int64) (bool, error) {
	var n int
	err := a.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM access_groups WHERE chat = ?`, chat).Scan(&n)
	})
	if err != nil {
		return false, fmt.Errorf("access: %w", err)
	}
	return n > 0, nil
}

// Offered returns the role that a code would give now, or ErrCode. It uses
// nothing up.
func (a *Access) Offered(ctx context.Context, code string) (Role, error) {
	var role Role
	err := a.db.Read(ctx, func(tx store.Tx) error {
		var err error
		role, err = a.offered(ctx, tx, code)
		return err
	})
	return role, err
}

// Pair gives person the role of the code and uses the code up. ErrCode when it
// was used meanwhile. An admin who sends a member's code stays an admin.
func (a *Access) Pair(ctx context.Context, tx store.Tx, code string, person int64) error {
	role, err := a.offered(ctx, tx, code)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM access_codes WHERE hash = ?`, hash(code)); err != nil {
		return fmt.Errorf("access: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO access_people (person, role, since) VALUES (?, ?, ?)
		ON CONFLICT (person) DO UPDATE SET role = excluded.role WHERE access_people.role <> 'admin'`,
		person, string(role), a.now().Unix())
	if err != nil {
		return fmt.Errorf("access: %w", err)
	}
	return nil
}

// Open opens a group to everybody in it; by is the admin who did. Opening an
// open group changes nothing.
func (a *Access) Open(ctx context.Context, tx store.Tx, chat, by int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO access_groups (chat, by, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		chat, by, a.now().Unix())
	if err != nil {
		return fmt.Errorf("access: %w", err)
	}
	return nil
}

// Move carries what was granted to a group over to its new id: a group that
// becomes a supergroup gets one.
func (a *Access) Move(ctx context.Context, tx store.Tx, from, to int64) error {
	for _, move := range []string{
		`UPDATE OR REPLACE access_groups SET chat = ? WHERE chat = ?`,
		`UPDATE OR REPLACE access_paused SET chat = ? WHERE chat = ?`,
		`UPDATE OR REPLACE access_usage SET who = ? WHERE who = ? AND scope = 'chat'`,
	} {
		if _, err := tx.Exec(ctx, move, to, from); err != nil {
			return fmt.Errorf("access: %w", err)
		}
	}
	return nil
}

func (a *Access) offered(ctx context.Context, tx store.Tx, code string) (Role, error) {
	var role Role
	err := tx.QueryRow(ctx, `SELECT role FROM access_codes WHERE hash = ? AND expires >= ?`,
		hash(code), a.now().Unix()).Scan(&role)
	if errors.Is(err, sql.ErrNoRows) {
		return Stranger, ErrCode
	}
	if err != nil {
		return Stranger, fmt.Errorf("access: %w", err)
	}
	return role, nil
}

// found turns "no row" into nothing found.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// newCode returns 65 random bits as "xxxxx-xxxx-xxxx": too many to try them out
// within their lifetime, few enough to type.
func newCode() string {
	var raw [9]byte
	rand.Read(raw[:]) // never fails, see crypto/rand
	s := strings.ToLower(base32.StdEncoding.EncodeToString(raw[:]))
	return s[:5] + "-" + s[5:9] + "-" + s[9:13]
}

// hash is taken of the code as a person may have typed it.
func hash(code string) string {
	clean := strings.ToLower(strings.Join(strings.FieldsFunc(code, func(r rune) bool { return r == '-' || r == ' ' }), ""))
	sum := sha256.Sum256([]byte(clean))
	return hex.EncodeToString(sum[:])
}
