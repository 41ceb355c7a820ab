package store

import (
	"context"
	"fmt"
)

// Migrate takes those of the owner's steps that the file has not taken yet, in
// order and in one transaction: all or none. owner is the name of the package
// whose tables they make ("corpus"); step i is the same for ever once a release
// had it, a change is a further step. A step may be several statements.
//
// It returns [ErrNewer] when the file has taken more steps than are given.
func (db *DB) Migrate(ctx context.Context, owner string, steps ...string) error {
	return db.Write(ctx, func(tx Tx) error {
		taken, err := stepsTaken(ctx, tx, owner)
		if err != nil {
			return err
		}
		if taken > len(steps) {
			return fmt.Errorf("store: %w: %s is at step %d, this newsdesk knows %d", ErrNewer, owner, taken, len(steps))
		}
		for i, step := range steps[taken:] {
			if err := take(ctx, tx, owner, taken+i+1, step); err != nil {
				return err
			}
		}
		if taken < len(steps) {
			db.log.DebugContext(ctx, "took steps", "owner", owner, "from", taken, "to", len(steps))
		}
		return nil
	})
}

func stepsTaken(ctx context.Context, tx Tx, owner string) (int, error) {
	var taken int
	err := tx.QueryRow(ctx, `SELECT coalesce(max(step), 0) FROM store_steps WHERE owner = ?`, owner).Scan(&taken)
	return taken, err
}

func take(ctx context.Context, tx Tx, owner string, number int, step string) error {
	if _, err := tx.Exec(ctx, step); err != nil {
		return fmt.Errorf("store: step %d of %s: %w", number, owner, err)
	}
	_, err := tx.Exec(ctx, `INSERT INTO store_steps (owner, step) VALUES (?, ?)`, owner, number)
	return err
}
