package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// Desk answers messages. Safe for concurrent use; the order within a chat is
// the messenger's to keep.
type Desk struct {
	log    *slog.Logger
	corpus *corpus.Corpus
	access *access.Access
	answer Answer
	door   Door
	now    func() time.Time
}

// Answer answers a question; answer.Answerer.Answer.
type Answer func(ctx context.Context, q bot.Question) (bot.Answer, error)

// Door says whom the bot talks to.
type Door int

const (
	// Closed lets in who was invited.
	Closed Door = iota
	// Open lets in everybody.
	Open
)

// New returns a desk. now gives questions their time and zone.
func New(log *slog.Logger, c *corpus.Corpus, a *access.Access, answer Answer, door Door, now func() time.Time) *Desk {
	return &Desk{log: log, corpus: c, access: a, answer: answer, door: door, now: now}
}

// maxQuestion is the longest question that is read, in runes: Telegram's own
// bound on a message.
const maxQuestion = 4096

// Handle says what a message leads to. The error means that nothing can be said
// now and the message should be handled again; everything a person can cause or
// mend is a reply.
func (d *Desk) Handle(ctx context.Context, m Message) (Outcome, error) {
	if !m.Addressed || m.Place.Kind == Channel || m.Edited || m.Pressed != "" {
		return Outcome{}, nil // edits and buttons mean nothing yet
	}
	if code, ok := offeredCode(m); ok {
		return d.pair(ctx, m, code)
	}
	role, err := d.access.Role(ctx, m.From.ID)
	if err != nil {
		return Outcome{}, err
	}
	welcome, err := d.welcome(ctx, m, role)
	if err != nil {
		return Outcome{}, err
	}
	if m.Command == "allow" {
		return d.allow(m, role), nil
	}
	if !welcome {
		return d.turnAway(m), nil
	}
	return d.route(ctx, m, role)
}

// welcome reports whether the sender may ask in this place.
func (d *Desk) welcome(ctx context.Context, m Message, role access.Role) (bool, error) {
	if d.door == Open {
		return true, nil
	}
	if m.Place.Kind == Private {
		return role != access.Stranger, nil
	}
	return d.access.Opened(ctx, m.Place.Chat)
}

func (d *Desk) route(ctx context.Context, m Message, role access.Role) (Outcome, error) {
	switch m.Command {
	case "start":
		return say(startReply(m)), nil
	case "help":
		return say(helpReply(m, role)), nil
	case "sources":
		return d.sources(ctx)
	case "cancel":
		return cancelled(m), nil
	case "", "ask":
		return d.ask(ctx, m)
	}
	if m.Place.Kind != Private {
		return Outcome{}, nil // another bot's command, most likely
	}
	return say(text("I do not know this command. /help says what I can do.")), nil
}

func (d *Desk) ask(ctx context.Context, m Message) (Outcome, error) {
	question := strings.TrimSpace(m.Text)
	if !askable(question) {
		return say(noQuestionReply(m)), nil
	}
	if runes := []rune(question); len(runes) > maxQuestion {
		question = string(runes[:maxQuestion])
	}
	q := bot.Question{Text: question, Now: d.now()}
	if m.RepliedTo != "" {
		q.Turns = []bot.Turn{{Answer: m.RepliedTo}}
	}
	a, err := d.answer(ctx, q)
	if err != nil {
		return Outcome{}, err
	}
	return say(AnswerReply(a)), nil
}

func (d *Desk) sources(ctx context.Context) (Outcome, error) {
	outlets, err := d.corpus.Outlets(ctx)
	if err != nil {
		return Outcome{}, err
	}
	return say(sourcesReply(outlets)), nil
}

// allow opens a group. Only an admin can, and only where there is a group.
func (d *Desk) allow(m Message, role access.Role) Outcome {
	switch {
	case m.Place.Kind == Private:
		return say(text("Send /allow in the group that is to be opened."))
	case role != access.Admin:
		return say(text("Only an admin of this bot can open a group. An admin pairs with a code that “newsdesk invite --admin” prints."))
	}
	out := say(text("This group is open: everybody here can ask, with /ask, by mentioning me, or by replying to me."))
	out.Commit = func(ctx context.Context, tx store.Tx) error {
		return d.access.Open(ctx, tx, m.Place.Chat, m.From.ID)
	}
	return out
}

// pair uses a code up. Codes are only ever read in private: in a group others
// would see them.
func (d *Desk) pair(ctx context.Context, m Message, code string) (Outcome, error) {
	role, err := d.access.Offered(ctx, code)
	if errors.Is(err, access.ErrCode) {
		return d.badCode(ctx, m)
	}
	if err != nil {
		return Outcome{}, err
	}
	d.log.InfoContext(ctx, "a person pairs", "person", m.From.ID, "role", role)
	out := say(pairedReply(role))
	out.Commit = func(ctx context.Context, tx store.Tx) error {
		return d.access.Pair(ctx, tx, code, m.From.ID)
	}
	return out, nil
}

// badCode tells a stranger that the code is no good; for a member, text that
// merely looks like a code is a question like any other.
func (d *Desk) badCode(ctx context.Context, m Message) (Outcome, error) {
	role, err := d.access.Role(ctx, m.From.ID)
	if err != nil {
		return Outcome{}, err
	}
	if welcome, err := d.welcome(ctx, m, role); err != nil || welcome {
		if err != nil {
			return Outcome{}, err
		}
		return d.route(ctx, m, role)
	}
	return say(text("This code is unknown, was used already, or is older than two days. Ask the admin for a new one.")), nil
}

func (d *Desk) turnAway(m Message) Outcome {
	if m.Place.Kind == Private {
		return say(text("This bot is closed: it answers people who were invited. If you have a code, send it here. Codes are printed by “newsdesk invite” on the machine that runs the bot."))
	}
	return say(text("This group is not open yet. An admin of this bot opens it with /allow."))
}

// offeredCode returns what may be a pairing code: the argument of /start, as a
// link to the bot brings it, or a message that has a code's shape.
func offeredCode(m Message) (string, bool) {
	if m.Place.Kind != Private || m.From.ID == 0 {
		return "", false
	}
	s := strings.TrimSpace(m.Text)
	if m.Command == "start" {
		return s, s != ""
	}
	if m.Command != "" || len(s) != codeLength || strings.Count(s, "-") != 2 || strings.Contains(s, " ") {
		return "", false
	}
	return s, true
}

// codeLength is that of "xxxxx-xxxx-xxxx".
const codeLength = 15

// askable reports whether there is a letter or a digit to search for.
func askable(s string) bool {
	return strings.ContainsFunc(s, isLetterOrDigit)
}

func say(r bot.Reply) Outcome { return Outcome{Replies: []bot.Reply{r}} }

func text(s string) bot.Reply {
	return bot.Reply{Blocks: []bot.Block{bot.Own(bot.Paragraph, s)}}
}

// Failed is what is said when a message could not be handled for as long as it
// was worth trying: never silence.
func Failed() bot.Reply {
	return text("Something went wrong here and your question could not be answered. It is in the log; please ask again in a while.")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
