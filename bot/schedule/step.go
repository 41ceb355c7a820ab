package schedule

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// Compose keeps a draft for a slot that [Schedule.Due] gave, in tx: planned or
// composed to composed. The draft is the caller's to read again; it may be empty.
func (s *Schedule) Compose(ctx context.Context, tx store.Tx, x Slot, draft []byte) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots SET state = 'composed', draft = ?, start = ? WHERE id = ? AND state IN ('planned', 'composed')`,
		append([]byte{}, draft...), x.From.Unix(), x.ID)
}

// Submit notes, in tx, that the draft of a slot was stored for its approver:
// composed to approving.
func (s *Schedule) Submit(ctx context.Context, tx store.Tx, slot int64) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots SET state = 'approving' WHERE id = ? AND state = 'composed'`, slot)
}

// Edit puts another draft in the place of one that is being approved, in tx.
func (s *Schedule) Edit(ctx context.Context, tx store.Tx, slot int64, draft []byte) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots SET draft = ? WHERE id = ? AND state = 'approving'`, append([]byte{}, draft...), slot)
}

// Store notes, in tx, that the messages of a slot were stored in the outbox, in the
// same transaction: planned, composed or approving to stored. The slot is one of
// [Schedule.Due] or of [Schedule.In]. False means that nothing is to be posted: it
// is stored already, or was given up meanwhile; the caller then stores nothing.
func (s *Schedule) Store(ctx context.Context, tx store.Tx, x Slot) (bool, error) {
	// Where a slot before it was given up after this one was composed, there is
	// something between them that this one does not tell: the next begins there.
	since, err := s.from(ctx, tx, x)
	if err != nil {
		return false, fmt.Errorf("schedule: %w", err)
	}
	return took(ctx, tx, `UPDATE schedule_slots SET start = ?, late = ?, settled = ?, approved = (state = 'approving'),
		state = 'stored' WHERE id = ? AND state IN ('planned', 'composed', 'approving')`,
		x.From.Unix(), int64(x.Late/time.Second), !x.From.After(since), x.ID)
}

// overdue is the condition that a stored slot grew late in the outbox, at ?1.
const overdue = `s.approved = 0 AND (s.late = 0 AND ?1 - s.at > ?2
	OR ?1 - s.at > (SELECT u.late FROM schedule_subscriptions u WHERE u.id = s.subscription))`

// Waiting returns the slots that lie in the outbox and have become late there
// without saying so, or later than their window allows. Those that an admin
// approved are not bounded.
func (s *Schedule) Waiting(ctx context.Context, now time.Time) ([]Slot, error) {
	return s.slots(ctx, `WHERE `+live+` AND s.state = 'stored' AND `+overdue+` ORDER BY s.at, s.id`, now.Unix(), int64(OnTime/time.Second))
}

// TakeBack takes a slot back, in tx, whose messages were taken out of the outbox in
// the same transaction: stored to planned. What it told is not told any more. The
// next [Schedule.Due] gives it again, or folds it.
func (s *Schedule) TakeBack(ctx context.Context, tx store.Tx, slot int64) (bool, error) {
	ok, err := took(ctx, tx, `UPDATE schedule_slots SET state = 'planned', draft = NULL, settled = 0, late = 0 WHERE id = ? AND state = 'stored'`, slot)
	if err != nil || !ok {
		return false, err
	}
	return true, errors.Join(unsettle(ctx, tx, slot), untell(ctx, tx, slot))
}

// unsettle makes the next slot begin where a slot began that had been taken for
// told, and is not, though others after it have been told since.
func unsettle(ctx context.Context, tx store.Tx, slot int64) error {
	_, err := tx.Exec(ctx, `UPDATE schedule_slots SET settled = 0 WHERE reason IN ('', 'empty')
		AND (subscription, story) = (SELECT subscription, story FROM schedule_slots WHERE id = ?1)
		AND at > (SELECT at FROM schedule_slots WHERE id = ?1)`, slot)
	if err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	return nil
}

// Sending notes, in tx, that the slot's first message is about to be sent: stored to
// sending. after is the newest message that is known in the chat, 0 when none is. It
// is true again for this process, whose digest may be several messages. False means
// that nothing may be sent: it is in doubt whether it was ([Schedule.Doubtful]), or
// the slot has become late ([Schedule.Waiting]), or was taken back.
func (s *Schedule) Sending(ctx context.Context, tx store.Tx, slot int64, now time.Time, after int) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots AS s SET state = 'sending', run = ?3, after = ?4
		WHERE id = ?5 AND (state = 'stored' AND NOT (`+overdue+`) OR state = 'sending' AND run = ?3)`,
		now.Unix(), int64(OnTime/time.Second), s.run, after, slot)
}

// Unsent notes, in tx, that a send of this process ended and the messenger did not
// take the slot: sending to stored.
func (s *Schedule) Unsent(ctx context.Context, tx store.Tx, slot int64) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots SET state = 'stored' WHERE id = ? AND state = 'sending' AND run = ?`, slot, s.run)
}

// Unsure notes, in tx, that a send of this process ended without an answer: the slot
// is doubtful from here on, as though the process had ended.
func (s *Schedule) Unsure(ctx context.Context, tx store.Tx, slot int64) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots SET run = ? WHERE id = ? AND state = 'sending' AND run = ?`, ^s.run, slot, s.run)
}

// Sent notes, in tx, that the messenger took the slot, and the first message's id:
// stored or sending to sent.
func (s *Schedule) Sent(ctx context.Context, tx store.Tx, slot int64, message int) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots SET state = 'sent', message = ? WHERE id = ? AND state IN ('stored', 'sending')`, message, slot)
}

// Done notes, in tx, that what follows from a sent slot is noted, in the same
// transaction ([Schedule.Posted]): sent to done. The draft is deleted.
func (s *Schedule) Done(ctx context.Context, tx store.Tx, slot int64) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots SET state = 'done', draft = NULL WHERE id = ? AND state = 'sent'`, slot)
}

// Skip gives a slot up for a reason, in tx: planned, composed or approving, and for
// [Refused] also stored or sending, to skipped or folded. What it told is not told
// any more, and the draft is deleted.
func (s *Schedule) Skip(ctx context.Context, tx store.Tx, slot int64, why Reason) (bool, error) {
	state := Skipped
	if why.folds() {
		state = Folded
	}
	ok, err := took(ctx, tx, `UPDATE schedule_slots SET state = iif(story = '', ?1, 'skipped'), reason = ?2, draft = NULL, settled = ?3
		WHERE id = ?4 AND (state IN ('planned', 'composed', 'approving') OR ?2 = 'refused' AND state IN ('stored', 'sending'))`,
		string(state), string(why), state == Skipped, slot)
	if err != nil || !ok {
		return false, err
	}
	if why == Refused {
		err = unsettle(ctx, tx, slot)
	}
	return true, errors.Join(err, untell(ctx, tx, slot))
}

// Doubtful returns the slots that an earlier process was sending when it ended, and
// those that [Schedule.Unsure] names: they may have been sent. [Schedule.Found] or
// [Schedule.Lost] say which.
func (s *Schedule) Doubtful(ctx context.Context) ([]Slot, error) {
	return s.slots(ctx, `WHERE `+live+` AND s.state = 'sending' AND s.run <> ? ORDER BY s.at, s.id`, s.run)
}

// Found notes, in tx, that a doubtful slot was sent, and as which message: sending
// to sent.
func (s *Schedule) Found(ctx context.Context, tx store.Tx, slot int64, message int) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots SET state = 'sent', message = ?, found = found + 1 WHERE id = ? AND state = 'sending' AND run <> ?`,
		message, slot, s.run)
}

// Lost notes, in tx, that a doubtful slot was not sent as far as can be known, so
// that it is sent again: sending to stored.
func (s *Schedule) Lost(ctx context.Context, tx store.Tx, slot int64) (bool, error) {
	return took(ctx, tx, `UPDATE schedule_slots SET state = 'stored', lost = lost + 1 WHERE id = ? AND state = 'sending' AND run <> ?`, slot, s.run)
}

// Doubts counts how often the mark before a send was not followed by one after it.
type Doubts struct {
	// Open are in doubt now, Found were seen to be sent, Lost were not seen and were
	// sent again: that many posts at most came twice.
	Open, Found, Lost int
}

// Doubts counts over all subscriptions that there are.
func (s *Schedule) Doubts(ctx context.Context) (d Doubts, err error) {
	err = s.db.Read(ctx, func(tx store.Tx) error {
		open := tx.QueryRow(ctx, `SELECT count(*) FROM schedule_slots s WHERE `+live+` AND state = 'sending' AND run <> ?`, s.run).Scan(&d.Open)
		past := tx.QueryRow(ctx, `SELECT coalesce(sum(found), 0), coalesce(sum(lost), 0) FROM schedule_slots`).Scan(&d.Found, &d.Lost)
		return errors.Join(open, past)
	})
	if err != nil {
		return d, fmt.Errorf("schedule: %w", err)
	}
	return d, nil
}
