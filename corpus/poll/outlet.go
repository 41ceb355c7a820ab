package poll

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsdesk/corpus"
	"newsdesk/corpus/feed"
	"newsdesk/corpus/store"
)

// What can be wrong with an outlet that is asked for or to be added.
var (
	// ErrUnknown means that no outlet has this name, feed or host.
	ErrUnknown = errors.New("there is no such outlet")
	// ErrSeveral means that several outlets have this host: the name says which.
	ErrSeveral = errors.New("several outlets have this host")
	// ErrKnown means that the feed is in the register already.
	ErrKnown = errors.New("this feed is read already")
	// ErrName means that another outlet has the name, or that it is none.
	ErrName = errors.New("the name is in use by another outlet, or is none")
	// ErrNoFeed means that no feed was found at an address.
	ErrNoFeed = errors.New("no feed was found there")
)

// State says whether an outlet is read.
type State string

// The states of an outlet.
const (
	Active State = "active"
	Paused State = "paused"
)

// Keep says how much of an outlet is kept; 0 leaves it to the [Settings].
type Keep struct {
	// For is the age up to which articles are kept, counted from their
	// publication.
	For time.Duration
	// Articles is how many are kept, the newest ones.
	Articles int
}

// Outlet is one outlet of the register.
type Outlet struct {
	ID int64
	// Name is what its articles name as their outlet: unique, without regard to
	// case.
	Name string
	// Feed is the address that is read; Home that of its page, may be empty.
	Feed, Home string
	// Language is a BCP 47 tag; may be empty.
	Language string
	State    State
	Added    time.Time
	Keep     Keep

	// Articles is how many of this name the corpus holds, Newest the date of
	// publication of the newest; zero for none.
	Articles int
	Newest   time.Time
	// Polled is when its feed was last asked for, Succeeded when that last went
	// well, Next when it is to be asked for again. Zero for never.
	Polled, Succeeded, Next time.Time
	// Every is the time between two readings that was learnt; 0 before the first.
	Every time.Duration
	// Failures counts those of the feed, in a row.
	Failures int
	// Problem is what went wrong last with its feed, or why none of its recent
	// articles could be read, in words for people; empty when all is well.
	Problem string
	// Waiting is how many items are still to be read, Unreadable how many of
	// those in the feed in the last week could not be.
	Waiting, Unreadable int
	// Quiet says that it has been silent for much longer than its habit; never of
	// one that is paused.
	Quiet bool
}

// row is an outlet with what only the poller needs to know.
type row struct {
	Outlet
	etag, lastModified string
	// listed is the hash of the feed when it was last read.
	listed  []byte
	due     time.Time
	gap     time.Duration
	silence time.Duration
	// newest is the date of its newest item, zero for none.
	newest time.Time
	asks   feed.Schedule
	told   bool
	trust  int
}

const selectRow = `SELECT id, name, feed, home, language, state, added, keep_for, keep_articles, etag, last_modified,
	listed, polled, succeeded, next, due, every, gap, silence, newest, asks, failures, problem, told, trust FROM poll_outlets `

func scanRow(from interface{ Scan(...any) error }) (row, error) {
	var r row
	var added, keepFor, next, due, every, gap, silence int64
	var polled, succeeded, newest sql.NullInt64
	var asks string
	err := from.Scan(&r.ID, &r.Name, &r.Feed, &r.Home, &r.Language, &r.State, &added, &keepFor, &r.Keep.Articles,
		&r.etag, &r.lastModified, &r.listed, &polled, &succeeded, &next, &due, &every, &gap, &silence, &newest, &asks,
		&r.Failures, &r.Problem, &r.told, &r.trust)
	if err != nil {
		return row{}, err
	}
	r.Added, r.Next, r.due = time.UnixMicro(added).UTC(), time.UnixMicro(next).UTC(), time.UnixMicro(due).UTC()
	r.Polled, r.Succeeded, r.newest = read(polled), read(succeeded), read(newest)
	r.Keep.For, r.Every, r.gap, r.silence = span(keepFor), span(every), span(gap), span(silence)
	return r, json.Unmarshal([]byte(asks), &r.asks)
}

// rows returns those that rest, the end of a SELECT, chooses.
func rows(ctx context.Context, tx store.Tx, rest string, args ...any) ([]row, error) {
	found, err := tx.Query(ctx, selectRow+rest, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var all []row
	for found.Next() {
		r, err := scanRow(found)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, found.Err()
}

// addressError is an address that is none.
type addressError struct {
	what string
	err  error
}

func (e addressError) Error() string { return e.what + " " + e.err.Error() }
func (e addressError) Unwrap() error { return e.err }

// visible is a name in one line, without what is not seen.
func visible(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	return strings.Join(strings.Fields(name), " ")
}

// Subscribe enters an outlet as it was found, perhaps under another name, and
// has it read at once by a running [Poller.Run]. Name and Feed are needed.
//
// Errors: ErrKnown, ErrName, and one that says what is wrong with an address.
func (p *Poller) Subscribe(ctx context.Context, f Found) (Outlet, error) {
	name := visible(f.Name)
	if name == "" {
		return Outlet{}, fmt.Errorf("poll: %w", ErrName)
	}
	if _, err := corpus.Canonical(f.Feed); err != nil {
		return Outlet{}, fmt.Errorf("poll: %w", addressError{"the address of the feed", err})
	}
	home := ""
	if f.Home != "" {
		var err error
		if home, err = corpus.Canonical(f.Home); err != nil {
			return Outlet{}, fmt.Errorf("poll: %w", addressError{"the address of the outlet's page", err})
		}
	}
	now := p.now().UnixMicro()
	err := p.db.Write(ctx, func(tx store.Tx) error {
		if err := free(ctx, tx, `feed = ?`, ErrKnown, strings.TrimSpace(f.Feed)); err != nil {
			return err
		}
		if err := free(ctx, tx, `name = ?1 OR former = ?1`, ErrName, name); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO poll_outlets (name, feed, home, language, state, added, next, due)
			VALUES (?, ?, ?, ?, 'active', ?, ?, ?)`, name, strings.TrimSpace(f.Feed), home, f.Language, now, now, now)
		return err
	})
	if err != nil {
		return Outlet{}, fmt.Errorf("poll: %s: %w", name, err)
	}
	p.log.InfoContext(ctx, "outlet added", "outlet", name)
	p.wake()
	return p.Outlet(ctx, name)
}

// free returns taken when there is an outlet for which the condition holds.
func free(ctx context.Context, tx store.Tx, where string, taken error, args ...any) error {
	var n int
	err := tx.QueryRow(ctx, `SELECT count(*) FROM poll_outlets WHERE `+where, args...).Scan(&n)
	if err == nil && n > 0 {
		return taken
	}
	return err
}

// Outlets returns the register, by name.
func (p *Poller) Outlets(ctx context.Context) ([]Outlet, error) {
	return p.outlets(ctx, `ORDER BY name`)
}

func (p *Poller) outlets(ctx context.Context, rest string, args ...any) ([]Outlet, error) {
	held, err := p.held(ctx)
	if err != nil {
		return nil, err
	}
	var list []Outlet
	err = p.db.Read(ctx, func(tx store.Tx) error {
		found, err := rows(ctx, tx, rest, args...)
		if err != nil {
			return err
		}
		for _, r := range found {
			o, err := p.health(ctx, tx, r, held)
			if err != nil {
				return err
			}
			list = append(list, o)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("poll: %w", err)
	}
	return list, nil
}

// held is what the corpus holds, by name of outlet.
func (p *Poller) held(ctx context.Context) (map[string]corpus.Outlet, error) {
	outlets, err := p.corpus.Outlets(ctx)
	if err != nil {
		return nil, fmt.Errorf("poll: %w", err)
	}
	held := make(map[string]corpus.Outlet, len(outlets))
	for _, o := range outlets {
		held[o.Name] = o
	}
	return held, nil
}

// recent is how long ago an item was in the feed that still counts as unreadable.
const recent = 7 * 24 * time.Hour

// health fills in what is not stored with the outlet.
func (p *Poller) health(ctx context.Context, tx store.Tx, r row, held map[string]corpus.Outlet) (Outlet, error) {
	o := r.Outlet
	o.Articles, o.Newest = held[o.Name].Articles, held[o.Name].Last
	o.Quiet = r.isQuiet(p.now())
	err := tx.QueryRow(ctx, `SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'unreadable' AND seen > ?)
		FROM poll_items WHERE outlet = ? AND state <> 'read'`, p.now().Add(-recent).UnixMicro(), o.ID).Scan(&o.Waiting, &o.Unreadable)
	if err != nil || o.Problem != "" || o.Unreadable < manyUnreadable {
		return o, err
	}
	o.Problem, err = p.pagesProblem(ctx, tx, o)
	return o, err
}

// manyUnreadable is from how many items on it is a problem that none could be
// read.
const manyUnreadable = 5

// pagesProblem is what keeps all recent items of an outlet from being read, in
// words; empty when some could be.
func (p *Poller) pagesProblem(ctx context.Context, tx store.Tx, o Outlet) (string, error) {
	var words string
	since := p.now().Add(-recent).UnixMicro()
	err := tx.QueryRow(ctx, `SELECT problem FROM poll_items WHERE outlet = ?1 AND state = 'unreadable' AND seen > ?2
		AND NOT EXISTS (SELECT 1 FROM poll_items WHERE outlet = ?1 AND state = 'read' AND seen > ?2)
		GROUP BY problem ORDER BY count(*) DESC, problem LIMIT 1`, o.ID, since).Scan(&words)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return fmt.Sprintf("the feed can be read, but none of its last %d articles: %s", o.Unreadable, words), err
}

// Outlet returns the outlet with this name (without regard to case), feed or
// host ("dw.com", "www.dw.com"). Errors: ErrUnknown, ErrSeveral.
func (p *Poller) Outlet(ctx context.Context, nameOrFeedOrHost string) (Outlet, error) {
	id, err := p.find(ctx, nameOrFeedOrHost)
	if err != nil {
		return Outlet{}, err
	}
	list, err := p.outlets(ctx, `WHERE id = ?`, id)
	if err != nil {
		return Outlet{}, err
	}
	if len(list) == 0 {
		return Outlet{}, fmt.Errorf("poll: %s: %w", nameOrFeedOrHost, ErrUnknown)
	}
	return list[0], nil
}

// find returns the ID of the outlet that is meant.
func (p *Poller) find(ctx context.Context, meant string) (int64, error) {
	var id int64
	err := p.db.Read(ctx, func(tx store.Tx) error {
		all, err := rows(ctx, tx, `ORDER BY name`)
		if err != nil {
			return err
		}
		id, err = choose(all, meant)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("poll: %s: %w", meant, err)
	}
	return id, nil
}

func choose(all []row, meant string) (int64, error) {
	meant = strings.TrimSpace(meant)
	for _, r := range all {
		if strings.EqualFold(r.Name, meant) || r.Feed == meant {
			return r.ID, nil
		}
	}
	host := hostOf(meant)
	all = slices.DeleteFunc(all, func(r row) bool { return host == "" || hostOf(r.Home) != host && hostOf(r.Feed) != host })
	switch len(all) {
	case 0:
		return 0, ErrUnknown
	case 1:
		return all[0].ID, nil
	}
	return 0, ErrSeveral
}

// hostOf is the host of an address, or of one without its scheme, without "www.".
func hostOf(address string) string {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil || !strings.ContainsAny(u.Hostname(), ".:") {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.")
}

// Pause ends the reading of an outlet until [Poller.Resume]. Like the other
// changes of the register it takes what [Poller.Outlet] takes, and returns its
// errors. Pausing twice changes nothing.
func (p *Poller) Pause(ctx context.Context, name string) error {
	return p.set(ctx, name, `state = 'paused'`)
}

// Resume has an outlet read again, at once.
func (p *Poller) Resume(ctx context.Context, name string) error {
	now := p.now().UnixMicro()
	defer p.wake()
	return p.set(ctx, name, `state = 'active', next = ?, due = ?`, now, now)
}

// SetKeep says how much of an outlet [Poller.Tidy] keeps.
func (p *Poller) SetKeep(ctx context.Context, name string, k Keep) error {
	return p.set(ctx, name, `keep_for = ?, keep_articles = ?`, max(0, k.For.Microseconds()), max(0, k.Articles))
}

func (p *Poller) set(ctx context.Context, name, what string, args ...any) error {
	id, err := p.find(ctx, name)
	if err != nil {
		return err
	}
	err = p.db.Write(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE poll_outlets SET `+what+` WHERE id = ?`, append(args, id)...)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %s: %w", name, err)
	}
	return nil
}

// Rename gives an outlet another name, and the articles that are held of it: each
// gets a further version with the same text (see [corpus.Corpus.Rename]), so that
// what was cited before keeps the name under which it was. An interrupted renaming
// is finished by [Poller.Tidy] and [Poller.Round]. Errors: as [Poller.Outlet], and
// ErrName; the name that it had can be another's an hour later.
func (p *Poller) Rename(ctx context.Context, old, name string) error {
	id, err := p.find(ctx, old)
	if err != nil {
		return err
	}
	if name = visible(name); name == "" {
		return fmt.Errorf("poll: %s: %w", old, ErrName)
	}
	if err := p.finishRenaming(ctx); err != nil {
		return err
	}
	err = p.db.Write(ctx, func(tx store.Tx) error {
		if err := free(ctx, tx, `(name = ?1 OR former = ?1) AND id <> ?2`, ErrName, name, id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE poll_outlets SET former = name, name = ? WHERE id = ? AND name <> ? COLLATE BINARY`, name, id, name)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %s: %w", name, err)
	}
	return p.finishRenaming(ctx)
}

// finishRenaming gives the articles of outlets that were renamed their new names.
func (p *Poller) finishRenaming(ctx context.Context) error {
	names := map[string]string{}
	err := p.db.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Query(ctx, `SELECT former, name FROM poll_outlets WHERE former <> ''`)
		if err != nil {
			return err
		}
		defer found.Close()
		for found.Next() {
			var from, to string
			if err := found.Scan(&from, &to); err != nil {
				return err
			}
			names[from] = to
		}
		return found.Err()
	})
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	for from, to := range names {
		if _, err := p.corpus.Rename(ctx, from, to); err != nil {
			return fmt.Errorf("poll: %s: %w", to, err)
		}
	}
	return nil
}

// forgetFormer frees the names that outlets had: no visit that began before their
// renaming is under way any more.
func (p *Poller) forgetFormer(ctx context.Context) error {
	if err := p.finishRenaming(ctx); err != nil {
		return err
	}
	err := p.db.Write(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE poll_outlets SET former = '' WHERE former <> ''`)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	return nil
}

// Remove takes an outlet out of the register: it is read no more. Its articles
// stay.
func (p *Poller) Remove(ctx context.Context, name string) error {
	id, err := p.find(ctx, name)
	if err != nil {
		return err
	}
	err = p.db.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM poll_items WHERE outlet = ?`, id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM poll_outlets WHERE id = ?`, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %s: %w", name, err)
	}
	p.log.InfoContext(ctx, "outlet removed", "outlet", name)
	return nil
}
