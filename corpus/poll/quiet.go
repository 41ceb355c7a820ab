package poll

import (
	"context"
	"fmt"
	"slices"
	"time"

	"newsdesk/corpus/store"
)

// isQuiet reports whether the outlet has been silent for much longer than its
// habit.
func (r row) isQuiet(now time.Time) bool {
	return r.State == Active && r.silence > 0 && !r.newest.IsZero() && now.Sub(r.newest) > r.silence
}

// QuietNow returns the outlets that have gone quiet and of which [Poller.ToldQuiet]
// does not know yet, by name.
func (p *Poller) QuietNow(ctx context.Context) ([]Outlet, error) {
	list, err := p.outlets(ctx, `WHERE told = 0 ORDER BY name`)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(o Outlet) bool { return !o.Quiet }), nil
}

// ToldQuiet records that admins were told of these quiet outlets: they are not
// named again until they have published something and gone quiet once more. One
// that is no longer in the register is passed over.
func (p *Poller) ToldQuiet(ctx context.Context, outlets []Outlet) error {
	err := p.db.Write(ctx, func(tx store.Tx) error {
		for _, o := range outlets {
			if _, err := tx.Exec(ctx, `UPDATE poll_outlets SET told = 1 WHERE id = ?`, o.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	return nil
}
