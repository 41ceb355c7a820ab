package correct

import (
	"context"
	"fmt"

	"newsdesk/corpus/store"
)

// Became says what became of a step at the messenger.
type Became string

// What may become of a step.
const (
	// Done: the message was edited, or sent; also when it was the same already.
	Done Became = "done"
	// Deleted: the message that is to be edited, or replied to, is not there.
	Deleted Became = "deleted"
	// Uneditable: the message can't be edited, being too old or of another kind.
	Uneditable Became = "uneditable"
	// Forbidden: the right is lost, the bot was thrown out, the chat is gone.
	Forbidden Became = "forbidden"
	// Rejected: refused for any other reason.
	Rejected Became = "rejected"
)

// Result is what the messenger answered.
type Result struct {
	Became Became
	// Why are the messenger's own words, for who looks after the bot; may be
	// empty. It must hold no secret.
	Why string
}

// Outcome records, in tx, what became of the step that ref names (see
// [Correction.Ref]), and hands the reply over where it is its turn. A ref that is
// not a correction's, is forgotten or was answered before changes nothing.
//
// A post that is edited, or cannot be, gets the reply where the change is
// material; one that was deleted gets nothing. An error is of the store.
func (w *Watcher) Outcome(ctx context.Context, tx store.Tx, ref string, result Result) error {
	id, step, ok := parseRef(ref)
	if !ok {
		return nil
	}
	r, err := one(ctx, tx, `WHERE n = ?`, id)
	if err != nil {
		return fmt.Errorf("correct: %w", err)
	}
	if r.ID == 0 || r.ended() || r.Step != step {
		return nil
	}
	if result.Became != Done {
		r.Why = result.Why
	}
	if step == Edit {
		r, err = w.edited(ctx, tx, r, result.Became)
	} else {
		r = r.replied(result.Became)
	}
	if err == nil {
		err = r.update(ctx, tx)
	}
	if err != nil {
		return fmt.Errorf("correct: %w", err)
	}
	return nil
}

// edited records what became of the edit and goes on to the reply.
func (w *Watcher) edited(ctx context.Context, tx store.Tx, r Row, b Became) (Row, error) {
	r.Edited = b
	if b == Deleted {
		return r.end(Skipped, string(b)), nil
	}
	if !r.Material {
		return r.only(b), nil
	}
	r.Step = Reply
	failed, err := w.act(ctx, tx, r.Correction)
	if failed != nil {
		w.Log.ErrorContext(ctx, "the reply of a correction is given up", "correction", r.ID, "err", failed)
		if b == Done {
			return r.end(Sent, ReasonGivenUp), err
		}
		return r.end(Refused, ReasonGivenUp), err
	}
	return r, err
}

// only ends a row that has one step.
func (r Row) only(b Became) Row {
	switch b {
	case Done:
		return r.end(Sent, "")
	case Deleted:
		return r.end(Skipped, string(b))
	}
	return r.end(Refused, string(b))
}

// replied records what became of the reply, the last step.
func (r Row) replied(b Became) Row {
	r.Replied = b
	switch {
	case r.Edited == "":
		return r.only(b)
	case r.Edited == Done && b == Done:
		return r.end(Sent, "")
	case r.Edited == Done:
		return r.end(Sent, string(b)) // the post is right, the reply is missing
	case b == Done:
		return r.end(Sent, string(r.Edited)) // the reply alone
	}
	return r.only(b)
}

func (r Row) end(s State, reason string) Row {
	r.State, r.Reason = s, reason
	return r
}
