package chat

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/explain"
	"newsdesk/bot/feedback"
	"newsdesk/bot/locale"
	"newsdesk/bot/memory"
	"newsdesk/bot/schedule"
	"newsdesk/bot/settings"
	"newsdesk/corpus"
	"newsdesk/corpus/poll"
	"newsdesk/corpus/store"
	"newsdesk/retrieval"
	"newsdesk/retrieval/story"
)

// Needs are what a desk works with. All of them are needed but where it says
// otherwise.
type Needs struct {
	Corpus   *corpus.Corpus
	Access   *access.Access
	Memory   *memory.Memory
	Settings *settings.Book
	Feedback *feedback.Feedback
	Records  *explain.Log
	Locale   *locale.Locale
	// Answer answers a question; answer.Answerer.Answer.
	Answer func(ctx context.Context, q bot.Question) (bot.Answer, error)
	// About returns passages of the newest articles about a topic, one of each, newest
	// first, at most n.
	About func(ctx context.Context, topic string, n int) ([]retrieval.Passage, error)
	// Stories returns the stories, brought up to the end of the log.
	Stories func(ctx context.Context) (*story.Stories, error)
	// GroupAdmin says whether a person is an admin of a group; an error counts as
	// no.
	GroupAdmin func(ctx context.Context, chat, person int64) (bool, error)
	// Wipe deletes what the messenger's side keeps of a chat, in tx, and returns
	// the number of messages.
	Wipe func(ctx context.Context, tx store.Tx, chat int64) (int, error)
	// Poller returns what reads outlets and keeps their register.
	Poller   func(ctx context.Context) (*poll.Poller, error)
	Schedule *schedule.Schedule
	// Preview lays out what a digest would post now; nothing is noted of it.
	Preview func(ctx context.Context, s schedule.Subscription) (bot.Reply, error)
	// Draft does what a button under the draft of a slot asks for, if the message is
	// of the person who decides about it. nil where there are no drafts.
	Draft func(ctx context.Context, m Message, slot int64, what string) (Outcome, error)
	// Operation says how the bot is doing, for /status.
	Operation func(ctx context.Context) (Operation, error)
	// Door says whom the bot talks to.
	Door Door
	// Limits bound what is asked of the model; zero bounds nothing.
	Limits access.Limits
	// Model is the name of the model server for /privacy; empty for none.
	Model string
	// Now is the clock; its zone is that of chats which chose none.
	Now func() time.Time
}

// Operation is how the bot is doing.
type Operation struct {
	Version string
	Since   time.Time
	// Model writes the answers; empty for the built-in generator.
	Model string
	// Received and ToSend wait to be handled and to be sent.
	Received, ToSend int
	// Refused counts the messages that the messenger refused today.
	Refused int
}

// Desk answers messages. Safe for concurrent use; the order within a chat is
// the messenger's to keep.
type Desk struct {
	log *slog.Logger
	Needs
}

// Door says whom the bot talks to.
type Door int

const (
	// Closed lets in who was invited.
	Closed Door = iota
	// Open lets in everybody.
	Open
)

// New returns a desk.
func New(log *slog.Logger, n Needs) *Desk { return &Desk{log: log, Needs: n} }

// talk is one message while it is handled, with what is known of its place.
type talk struct {
	desk     *Desk
	m        Message
	role     access.Role
	settings settings.Settings
	view     View
	// now is in the chat's zone.
	now time.Time
	// budgeted is the model's budget of the day in tokens, once it was asked for;
	// 0 is no bound.
	budgeted int
}

// open reads what is known of the place that a message comes from.
func (d *Desk) open(ctx context.Context, m Message) (*talk, error) {
	role, err := d.Access.Role(ctx, m.From.ID)
	if err != nil {
		return nil, err
	}
	set, err := d.Settings.Of(ctx, m.Place.Chat)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	if zone, err := time.LoadLocation(set.Zone); set.Zone != "" && err == nil {
		now = now.In(zone)
	}
	tag := set.Interface
	if tag == "" {
		tag = m.From.Language
	}
	texts := d.Locale.For(tag).In(now.Location())
	return &talk{desk: d, m: m, role: role, settings: set, view: NewView(texts), now: now}, nil
}

// place is where the conversation is remembered.
func (t *talk) place() memory.Place {
	return memory.Place{Chat: t.m.Place.Chat, Thread: t.m.Place.Thread}
}

// say says one thing.
func (t *talk) say(m locale.Message) Outcome {
	return Outcome{Replies: []bot.Reply{{Blocks: []bot.Block{t.view.texts.Block(bot.Paragraph, m)}}}}
}

// Handle says what a message leads to. The error means that nothing can be said
// now and the message should be handled again; everything a person can cause or
// mend is a reply.
func (d *Desk) Handle(ctx context.Context, m Message) (Outcome, error) {
	m, err := d.commented(ctx, m)
	if err != nil {
		return Outcome{}, err
	}
	if !m.Addressed || m.Place.Kind == Channel {
		return Outcome{}, nil
	}
	t, err := d.open(ctx, m)
	if err != nil {
		return Outcome{}, err
	}
	if m.Added != nil {
		return t.added(ctx)
	}
	if code, ok := offeredCode(m); ok {
		return t.pair(ctx, code)
	}
	return t.enter(ctx)
}

// enter lets in who may come in.
func (t *talk) enter(ctx context.Context) (Outcome, error) {
	welcome, err := t.welcome(ctx)
	if err != nil {
		return Outcome{}, err
	}
	if t.m.Command == "allow" && !t.m.Edited {
		return t.allow(), nil
	}
	if !welcome {
		return t.turnAway(), nil
	}
	paused, err := t.desk.Access.Paused(ctx, everywhere)
	if err != nil {
		return Outcome{}, err
	}
	if paused && t.role != access.Admin {
		return t.say(locale.Paused()), nil
	}
	switch {
	case t.m.Pressed != "":
		return t.pressed(ctx)
	case t.m.Edited:
		return t.edited(ctx)
	}
	return t.route(ctx)
}

// everywhere is the chat under which a pause of the whole bot is kept.
const everywhere = 0

// welcome reports whether the sender may ask in this place.
func (t *talk) welcome(ctx context.Context) (bool, error) {
	if t.desk.Door == Open {
		return true, nil
	}
	if t.m.Place.Kind == Private {
		return t.role != access.Stranger, nil
	}
	return t.desk.Access.Opened(ctx, t.m.Place.Chat)
}

// command does what a command asks for.
type command func(t *talk, ctx context.Context) (Outcome, error)

// plain makes a command of what needs no context and cannot fail.
func plainly(f func(t *talk) Outcome) command {
	return func(t *talk, _ context.Context) (Outcome, error) { return f(t), nil }
}

// commands are those for everybody, adminCommands those for admins of the bot.
var (
	commands = map[string]command{
		"": (*talk).written, "ask": (*talk).written, "start": (*talk).started, "help": plainly((*talk).help),
		"sources": (*talk).sources, "latest": (*talk).latest, "story": (*talk).storyCommand, "compare": (*talk).compare,
		"settings": (*talk).showSettings, "digest": (*talk).digests, "new": (*talk).newConversation, "cancel": plainly((*talk).cancel),
		"privacy": plainly((*talk).privacy), "forget": (*talk).forget,
	}
	adminCommands = map[string]command{
		"outlets": (*talk).register, "status": (*talk).status, "budget": (*talk).budget, "pause": (*talk).pause, "explain": (*talk).explain,
	}
)

func (t *talk) route(ctx context.Context) (Outcome, error) {
	if do, ok := commands[t.m.Command]; ok {
		return do(t, ctx)
	}
	if do, ok := adminCommands[t.m.Command]; ok {
		if t.role != access.Admin {
			return t.say(locale.AdminsOnly()), nil
		}
		return do(t, ctx)
	}
	if t.m.Place.Kind != Private {
		return Outcome{}, nil // another bot's command, most likely
	}
	return t.say(locale.UnknownCommand()), nil
}

// turnAway tells who is not let in how to come in.
func (t *talk) turnAway() Outcome {
	if t.m.Pressed != "" || t.m.Edited {
		return Outcome{}
	}
	if t.m.Place.Kind == Private {
		return t.say(locale.DoorClosed())
	}
	return t.say(locale.GroupClosed())
}

// askable reports whether there is a letter or a digit to search for.
func askable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// groupAdmin reports whether the sender may change what belongs to the place: in
// a group its admins and those of the bot, in private the person.
func (t *talk) groupAdmin(ctx context.Context) bool {
	if t.m.Place.Kind == Private || t.role == access.Admin {
		return true
	}
	ok, err := t.desk.GroupAdmin(ctx, t.m.Place.Chat, t.m.From.ID)
	if err != nil {
		t.desk.log.WarnContext(ctx, "it is not known who is an admin of the group", "chat", t.m.Place.Chat, "err", err)
		return false
	}
	return ok
}

// Phrase is one of the few things that the messenger's side says by itself.
type Phrase int

// The phrases.
const (
	// Failed is said when a message could not be handled for as long as it was
	// worth trying: never silence.
	Failed Phrase = iota
	// Stopped is said about a question whose work was ended on request.
	Stopped
)

var phrases = map[Phrase]func() locale.Message{Failed: locale.Failed, Stopped: locale.Stopped}

// Say says a phrase about a message, in the language of its place.
func (d *Desk) Say(ctx context.Context, m Message, p Phrase) bot.Reply {
	return bot.Reply{Blocks: []bot.Block{d.texts(ctx, m).Block(bot.Paragraph, phrases[p]())}}
}

// Wait says that a message waits for so many before it.
func (d *Desk) Wait(ctx context.Context, m Message, before int) bot.Reply {
	waits := locale.Waiting()
	if before > 1 {
		waits = locale.WaitingFor(before)
	}
	return bot.Reply{Blocks: []bot.Block{d.texts(ctx, m).Block(bot.Paragraph, waits)}}
}

// Progress says what is being done for a message: a few words.
func (d *Desk) Progress(ctx context.Context, m Message, p bot.Progress) string {
	return d.texts(ctx, m).Say(progress(p))
}

// texts are those of a message's place; those of the person's language where the
// place cannot be read.
func (d *Desk) texts(ctx context.Context, m Message) locale.Texts {
	t, err := d.open(ctx, m)
	if err != nil {
		d.log.WarnContext(ctx, "a chat's settings cannot be read", "chat", m.Place.Chat, "err", err)
		return d.Locale.For(m.From.Language)
	}
	return t.view.texts
}

func progress(p bot.Progress) locale.Message {
	switch {
	case p.Stage == bot.Searching && p.N > 0:
		return locale.Searching(p.N)
	case p.Stage == bot.Reading && p.N > 0:
		return locale.Reading(p.N)
	case p.Stage == bot.Reading:
		return locale.ReadingSome()
	case p.Stage == bot.Checking:
		return locale.Checking()
	}
	return locale.SearchingSome()
}

// together returns a commit that does all of them, nil ones left out.
func together(commits ...func(context.Context, store.Tx) error) func(context.Context, store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		for _, c := range commits {
			if c == nil {
				continue
			}
			if err := c(ctx, tx); err != nil {
				return fmt.Errorf("chat: %w", err)
			}
		}
		return nil
	}
}
