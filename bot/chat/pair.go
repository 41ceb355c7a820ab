package chat

import (
	"context"
	"errors"
	"strings"

	"newsdesk/bot/access"
	"newsdesk/bot/locale"
	"newsdesk/corpus/store"
)

// allow opens a group, or closes it again ("/allow off"). Only an admin can, and
// only where there is a group.
func (t *talk) allow() Outcome {
	switch {
	case t.m.Place.Kind == Private:
		return t.say(locale.AllowInGroup())
	case t.role != access.Admin:
		return t.say(locale.AllowNeedsAdmin())
	}
	if strings.EqualFold(strings.TrimSpace(t.m.Text), "off") {
		return t.close()
	}
	out := t.say(locale.GroupOpened())
	out.Commit = func(ctx context.Context, tx store.Tx) error {
		return t.desk.Access.Open(ctx, tx, t.m.Place.Chat, t.m.From.ID)
	}
	return out
}

// close closes a group again, unless the bot is open to all by its settings.
func (t *talk) close() Outcome {
	out := t.say(locale.GroupClosedAgain())
	if t.desk.Door == Open {
		out = t.say(locale.GroupStaysOpen())
	}
	out.Commit = func(ctx context.Context, tx store.Tx) error { return t.desk.Access.Close(ctx, tx, t.m.Place.Chat) }
	return out
}

// pair uses a code up. Codes are only ever read in private: in a group others
// would see them.
func (t *talk) pair(ctx context.Context, code string) (Outcome, error) {
	role, err := t.desk.Access.Offered(ctx, code)
	if errors.Is(err, access.ErrCode) {
		return t.badCode(ctx)
	}
	if err != nil {
		return Outcome{}, err
	}
	t.desk.log.InfoContext(ctx, "a person pairs", "person", t.m.From.ID, "role", role)
	out := t.say(locale.PairedMember())
	if role == access.Admin {
		out = t.say(locale.PairedAdmin())
		out.Promoted = true
	}
	out.Commit = func(ctx context.Context, tx store.Tx) error {
		return t.desk.Access.Pair(ctx, tx, code, t.m.From.ID)
	}
	return out, nil
}

// added says where the bot was added what is to be done there.
func (t *talk) added(ctx context.Context) (Outcome, error) {
	if t.m.Added.Channel != 0 {
		return t.standing(ctx, *t.m.Added)
	}
	welcome, err := t.welcome(ctx)
	if err != nil {
		return Outcome{}, err
	}
	if welcome {
		return t.start(), nil
	}
	return t.say(locale.GroupClosed()), nil
}

// badCode tells a stranger that the code is no good; for a member, text that
// merely looks like a code is a question like any other.
func (t *talk) badCode(ctx context.Context) (Outcome, error) {
	welcome, err := t.welcome(ctx)
	if err != nil {
		return Outcome{}, err
	}
	if welcome {
		return t.enter(ctx)
	}
	return t.say(locale.BadCode()), nil
}

// offeredCode returns what may be a pairing code: the argument of /start, as a
// link to the bot brings it, or a message that has a code's shape.
func offeredCode(m Message) (string, bool) {
	if m.Place.Kind != Private || m.From.ID == 0 || m.Pressed != "" || m.Edited {
		return "", false
	}
	s := strings.TrimSpace(m.Text)
	if m.Command == "start" {
		return s, s != "" && !strings.HasPrefix(s, storyLink)
	}
	if m.Command != "" || len(s) != codeLength || strings.Count(s, "-") != 2 || strings.Contains(s, " ") {
		return "", false
	}
	return s, true
}

// codeLength is that of "xxxxx-xxxx-xxxx".
const codeLength = 15
