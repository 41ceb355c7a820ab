package telegram

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/corpus/store"
)

// ErrToken means that Telegram does not know the token.
var ErrToken = errors.New("telegram: the Bot API does not know this token")

// Config is what a Bot needs to know.
type Config struct {
	// Token is the bot's, as BotFather gave it.
	Token string
	// Server is the Bot API's address without a slash at its end; empty is
	// https://api.telegram.org.
	Server string
	// Webhook is the https address at which a proxy hands Telegram's requests to
	// Bot.Webhook; empty to ask Telegram for updates instead.
	Webhook string
	// Pace is how fast messages leave.
	Pace Pace
	// Handle says what a message leads to; chat.Desk.Handle.
	Handle func(ctx context.Context, m chat.Message) (chat.Outcome, error)
	// Moved carries over what others keep of a group that got a new id.
	Moved func(ctx context.Context, tx store.Tx, from, to int64) error
	// Sent, when not nil, hears of each message of a reply with a Ref, in the
	// transaction that marks it as sent.
	Sent func(ctx context.Context, tx store.Tx, r Receipt) error
	// Refused, when not nil, hears of each message of a reply with a Ref that
	// Telegram refused for good, in the transaction that marks it as refused.
	Refused func(ctx context.Context, tx store.Tx, r Refusal) error
	// Guard is asked about postings that are guarded.
	Guard Guard
	// Trouble, when not nil, hears of each time that Telegram does not take a
	// message: "429", "400", "403" and so on, or "network".
	Trouble func(kind string)
	// Words are what the bot says by itself; chat.Desk has them.
	Words Words
	// Menus are the commands to register.
	Menus []Menu
	// Admins, when not nil, returns the people whose private chats list the
	// commands for admins of the bot.
	Admins func(ctx context.Context) ([]int64, error)
	// Now is the clock.
	Now func() time.Time
}

// Words says the few things that no message leads to, in the language of the one
// whom they are for.
type Words interface {
	// Say says a phrase about a message.
	Say(ctx context.Context, m chat.Message, p chat.Phrase) bot.Reply
	// Wait says that a message waits for so many before it, at least one.
	Wait(ctx context.Context, m chat.Message, before int) bot.Reply
	// Progress says what is being done for a message, in a few words.
	Progress(ctx context.Context, m chat.Message, p bot.Progress) string
}

// Menu are the commands that a messenger lists in one language.
type Menu struct {
	// Language is a tag of two letters, empty for everybody without a menu in
	// their own.
	Language string
	// Private and Group are those in private chats and in groups, Admin those in
	// the private chats of admins.
	Private, Group, Admin []chat.MenuCommand
}

// Receipt says that a message of a reply was sent.
type Receipt struct {
	// Ref is that of the reply.
	Ref    string
	Chat   int64
	Thread int
	// Message is the id that it has in its chat.
	Message int
	// Piece is the place of the message in its reply, from 0, and Last says that no
	// other of its source waits to be sent.
	Piece int
	Last  bool
	// Text is what it says, without markup.
	Text string
}

// Pace is how fast messages leave.
type Pace struct {
	// All is calls in any second over all chats.
	All float64
	// Chat and Group are the least times between two messages to one private
	// chat and to one group or channel.
	Chat, Group time.Duration
	// FirstWait is the wait after a first failure; it doubles.
	FirstWait time.Duration
	// Notice is how long a person waits before they are shown that something is
	// being done.
	Notice time.Duration
	// Hold is how long Telegram may keep a request for updates open.
	Hold time.Duration
}

// TelegramPace is what Telegram allows: about 30 a second over all chats, one a
// second in a chat, 20 a minute in a group.
var TelegramPace = Pace{All: 28, Chat: time.Second, Group: 3 * time.Second, FirstWait: time.Second, Notice: time.Second, Hold: 50 * time.Second}

// Bot runs one Telegram bot.
type Bot struct {
	log       *slog.Logger
	token     string
	server    string
	webhook   string
	db        *store.DB
	inbox     inbox
	outbox    outbox
	client    *Client
	api       *tg.Bot
	onceAPI   *tg.Bot // tries each call once
	refused   func(ctx context.Context, tx store.Tx, r Refusal) error
	guard     Guard
	pace      Pace
	hold      time.Duration
	firstWait time.Duration
	handle    func(ctx context.Context, m chat.Message) (chat.Outcome, error)
	moved     func(ctx context.Context, tx store.Tx, from, to int64) error
	sent      func(ctx context.Context, tx store.Tx, r Receipt) error
	words     Words
	menus     []Menu
	admins    func(ctx context.Context) ([]int64, error)
	trouble   func(kind string)
	now       func() time.Time

	stops    *stops
	albums   albums
	arrivals arrivals
	handlers *lanes
	senders  *lanes
	posted   chan string
	came     chan struct{}

	// handled lets one handler at a time write. SQLite does so anyway, but the
	// mark of a message that was sent then waits for one of them at most, and
	// not for all that stand before it: what ends the process in between sends
	// the message twice.
	handled sync.Mutex

	mu      sync.Mutex
	me      self
	lastOut map[string]time.Time
	toWake  []string // chats that something was put for
}

// New returns a bot that keeps what came in and what goes out in db. Nothing is
// sent before Run.
func New(ctx context.Context, log *slog.Logger, db *store.DB, cfg Config) (*Bot, error) {
	if err := db.Migrate(ctx, "telegram", schemas...); err != nil {
		return nil, fmt.Errorf("telegram: %w", err)
	}
	server := strings.TrimRight(cfg.Server, "/")
	if server == "" {
		server = "https://api.telegram.org"
	}
	client := NewClient(log, cfg.Pace.All, cfg.Pace.FirstWait)
	api, err := tg.New(cfg.Token, tg.WithSkipGetMe(), tg.WithServerURL(server), tg.WithHTTPClient(cfg.Pace.Hold, client))
	if err != nil {
		return nil, fmt.Errorf("telegram: %w", err)
	}
	onceAPI, err := tg.New(cfg.Token, tg.WithSkipGetMe(), tg.WithServerURL(server), tg.WithHTTPClient(cfg.Pace.Hold, single{client}))
	if err != nil {
		return nil, fmt.Errorf("telegram: %w", err)
	}
	b := &Bot{
		onceAPI: onceAPI, refused: cfg.Refused, guard: cfg.Guard,
		log: log, token: cfg.Token, server: server, webhook: cfg.Webhook, db: db,
		inbox: inbox{db}, outbox: outbox{db}, client: client, api: api,
		pace: cfg.Pace, hold: cfg.Pace.Hold, firstWait: cfg.Pace.FirstWait,
		handle: cfg.Handle, moved: cfg.Moved, sent: cfg.Sent, words: cfg.Words, menus: cfg.Menus, admins: cfg.Admins, trouble: cfg.Trouble, now: cfg.Now, stops: newStops(),
		lastOut: map[string]time.Time{}, posted: make(chan string), came: make(chan struct{}, 1),
	}
	if b.me.username, err = Username(ctx, db); err != nil {
		return nil, err
	}
	b.arrivals.put = b.keepArrived
	if b.trouble == nil {
		b.trouble = func(string) {}
	}
	b.handlers = newLanes(log, handling, b.handleChat)
	b.senders = newLanes(log, sending, b.sendChat)
	return b, nil
}

// How many chats are handled and sent to at once: answering is bound by the
// processor or the model server, sending by waiting.
const (
	handling = 16
	sending  = 256
)

// Run receives, handles and sends until ctx ends, then waits for what is under way
// to reach the database. It returns ErrToken when Telegram does not know the
// token, nil when ctx ended.
func (b *Bot) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer b.senders.wait()
	defer b.handlers.wait()
	var watching sync.WaitGroup
	watching.Go(func() { b.watchPosts(ctx) })
	defer watching.Wait()
	defer cancel()
	// What is to be sent does not wait for Telegram to say who we are.
	if err := b.wakeSenders(ctx); err != nil {
		return err
	}
	if err := b.introduce(ctx); err != nil {
		return ignoreEnd(ctx, err)
	}
	if err := b.resume(ctx); err != nil {
		return err
	}
	if b.webhook != "" {
		return b.awaitWebhook(ctx)
	}
	return b.poll(ctx)
}

// ignoreEnd drops an error that only says that ctx ended.
func ignoreEnd(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// resume wakes the chats that a former process left with something to do.
func (b *Bot) resume(ctx context.Context) error {
	open, err := b.inbox.open(ctx)
	if err != nil {
		return fmt.Errorf("telegram: %w", err)
	}
	for _, c := range open {
		b.handlers.wake(ctx, c)
	}
	return nil
}

func (b *Bot) wakeSenders(ctx context.Context) error {
	open, err := b.outbox.open(ctx)
	if err != nil {
		return fmt.Errorf("telegram: %w", err)
	}
	for _, c := range open {
		b.senders.wake(ctx, c)
	}
	return nil
}

// introduce finds out who the bot is, says where updates go, and registers the
// commands. It tries until Telegram answers.
func (b *Bot) introduce(ctx context.Context) error {
	wait := b.backoff()
	for {
		err := b.introduceOnce(ctx)
		if err == nil || errors.Is(err, ErrToken) || ctx.Err() != nil {
			return err
		}
		b.log.WarnContext(ctx, "Telegram does not answer yet, trying again", "err", mask(err.Error(), b.token))
		if err := sleep(ctx, wait.NextBackOff()); err != nil {
			return err
		}
	}
}

func (b *Bot) introduceOnce(ctx context.Context) error {
	me, err := b.Me(ctx)
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.me = self{id: me.ID, username: me.Username}
	b.mu.Unlock()
	if err := b.remember(ctx, b.me); err != nil {
		return err
	}
	if err := b.receiveBy(ctx); err != nil {
		return err
	}
	if err := b.register(ctx); err != nil {
		return err
	}
	b.log.InfoContext(ctx, "connected to Telegram", "bot", "@"+me.Username)
	return nil
}

// Identity is what Telegram says of the bot.
type Identity struct {
	ID       int64
	Username string
}

// Me asks Telegram who the bot is. ErrToken when it does not know the token.
func (b *Bot) Me(ctx context.Context) (Identity, error) {
	me, err := b.api.GetMe(ctx)
	if errors.Is(err, tg.ErrorUnauthorized) || errors.Is(err, tg.ErrorNotFound) {
		return Identity{}, ErrToken
	}
	if err != nil {
		return Identity{}, errors.New(mask(err.Error(), b.token))
	}
	return Identity{ID: me.ID, Username: me.Username}, nil
}

func (b *Bot) remember(ctx context.Context, me self) error {
	return b.db.Write(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO telegram_self (one, bot, username) VALUES (1, ?, ?)
			ON CONFLICT (one) DO UPDATE SET bot = excluded.bot, username = excluded.username`, me.id, me.username)
		return err
	})
}

// Username returns the bot's name, or that of the bot that last ran here until Telegram
// has told it; empty when none did.
func (b *Bot) Username() string { return b.identity().username }

// Username returns the name of the bot that last ran on db, empty for none.
func Username(ctx context.Context, db *store.DB) (string, error) {
	if err := db.Migrate(ctx, "telegram", schemas...); err != nil {
		return "", fmt.Errorf("telegram: %w", err)
	}
	var name string
	err := db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT username FROM telegram_self`).Scan(&name)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return name, err
}

// handleChat handles what the chat has written, one update after the other.
func (b *Bot) handleChat(ctx context.Context, chat string) {
	wait := b.backoff()
	for ctx.Err() == nil {
		u, attempts, ok, err := b.inbox.next(ctx, chat)
		if err == nil && !ok {
			return
		}
		if err == nil {
			err = b.handleUpdate(ctx, u, attempts)
		}
		if err == nil {
			wait.Reset()
			continue
		}
		if ctx.Err() != nil {
			return
		}
		b.log.ErrorContext(ctx, "an update could not be handled, trying again", "update", u.id, "attempts", attempts+1, "err", err)
		if sleep(ctx, wait.NextBackOff()) != nil {
			return
		}
	}
}

// An update that was begun maxAttempts times and was written longer ago than
// patience is not tried again: its sender is told that it cannot be answered. A
// process that is killed over and over may begin one eight times in seconds, and
// the next time answers it.
const (
	maxAttempts = 8
	patience    = 5 * time.Minute
)

func (b *Bot) handleUpdate(ctx context.Context, r received, attempts int) error {
	if err := b.begin(ctx, r.id); err != nil {
		return err
	}
	var u models.Update
	if err := json.Unmarshal(r.body, &u); err != nil {
		return fmt.Errorf("telegram: a stored update that cannot be read: %w", err)
	}
	if u.Message != nil && u.Message.MigrateToChatID != 0 {
		return b.migrate(ctx, u.Message.Chat.ID, u.Message.MigrateToChatID, r.id)
	}
	if u.Message != nil && u.Message.IsAutomaticForward {
		if err := b.keepForward(ctx, u.Message); err != nil {
			return err
		}
		return b.settle(ctx, r, chat.Message{}, chat.Outcome{})
	}
	m, ok := message(&u, b.identity())
	var err error
	if ok {
		if m, err = b.about(ctx, u.Message, m); err != nil {
			return err
		}
	}
	if !ok {
		return b.settle(ctx, r, m, chat.Outcome{})
	}
	if m.Place.Thread, err = b.threadUnder(ctx, u.CallbackQuery, m.Place.Thread); err != nil {
		return err
	}
	album := albumOf(&u)
	m, parts, err := b.gathered(ctx, r, album, m)
	if err == nil && album == "" {
		m, parts, err = b.joined(ctx, r, m)
	}
	if err != nil {
		return err
	}
	released := b.pressing(ctx, u.CallbackQuery)
	out, err := b.outcome(ctx, m, r.id, attempts)
	if err == nil {
		err = b.settle(ctx, r, m, out, parts...)
	}
	if err == nil {
		b.albums.add(album)
		b.promoted(ctx, m, out)
	}
	released(out.Notice)
	return err
}

// read reads a stored update; ok is false for one that is no message.
func (b *Bot) read(r received) (m chat.Message, ok bool, err error) {
	var u models.Update
	if err := json.Unmarshal(r.body, &u); err != nil {
		return chat.Message{}, false, fmt.Errorf("telegram: a stored update that cannot be read: %w", err)
	}
	m, ok = message(&u, b.identity())
	return m, ok, nil
}

// keepArrived stores updates that the webhook was called with, in turn with the
// handlers.
func (b *Bot) keepArrived(ctx context.Context, updates []received) error {
	b.handled.Lock()
	defer b.handled.Unlock()
	return b.inbox.put(ctx, updates)
}

func (b *Bot) begin(ctx context.Context, update int64) error {
	b.handled.Lock()
	defer b.handled.Unlock()
	return b.inbox.begin(ctx, update)
}

func (b *Bot) outcome(ctx context.Context, m chat.Message, update int64, attempts int) (chat.Outcome, error) {
	if attempts >= maxAttempts && b.now().Sub(m.At) > patience {
		return chat.Outcome{Replies: []bot.Reply{b.words.Say(ctx, m, chat.Failed)}}, nil
	}
	if isStop(m) {
		m.Stopped = b.stops.settled(askerOf(m), update)
		return b.safely(ctx, m)
	}
	working, done := b.stops.begin(ctx, askerOf(m), update)
	m, stop := b.watched(working, m, update)
	out, err := b.safely(working, m)
	stop()
	if done() && ctx.Err() == nil {
		return chat.Outcome{Replies: []bot.Reply{b.words.Say(ctx, m, chat.Stopped)}}, nil
	}
	return out, err
}

// safely turns a panic into an error: one question must not end the process.
func (b *Bot) safely(ctx context.Context, m chat.Message) (out chat.Outcome, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("telegram: a panic while handling a message: %v\n%s", p, debug.Stack())
		}
	}()
	return b.handle(ctx, m)
}

// settle makes what an update, with those that are parts of it, leads to durable
// in one transaction, and wakes the chat's sender.
func (b *Bot) settle(ctx context.Context, r received, m chat.Message, out chat.Outcome, parts ...received) error {
	all := append(letters(m, out.Replies), elsewhere(out.Posts)...)
	b.handled.Lock()
	defer b.handled.Unlock()
	// The update itself was synced before Telegram forgot it. What it leads to is
	// whole or not there at all: a loss of power may have it handled again.
	err := b.db.WriteSoon(ctx, func(tx store.Tx) error {
		if out.Commit != nil {
			if err := out.Commit(ctx, tx); err != nil {
				return err
			}
		}
		if out.Report != nil {
			reply, err := out.Report(ctx, tx)
			if err != nil {
				return err
			}
			all = append(all, letters(m, []bot.Reply{reply})...)
		}
		if err := b.outbox.put(ctx, tx, fmt.Sprintf("update %d", r.id), all, b.now()); err != nil {
			return err
		}
		for _, part := range append(parts, r) {
			if err := b.inbox.finish(ctx, tx, part.id, b.now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, l := range all {
		b.senders.wake(ctx, l.chat)
	}
	b.wakePut(ctx)
	return nil
}

// letters addresses replies: to the message's chat and topic, the first message
// of each as an answer to it.
func letters(m chat.Message, replies []bot.Reply) []letter {
	var all []letter
	for _, r := range replies {
		for i, l := range lettersOf(r) {
			l.chat, l.thread = chatKey(m.Place.Chat), m.Place.Thread
			if i == 0 && l.replaces == 0 {
				l.replyTo = m.ID
			}
			all = append(all, l)
		}
	}
	return all
}

// elsewhere returns the messages that say posts, each in its own place.
func elsewhere(posts []chat.Post) []letter {
	var all []letter
	for _, p := range posts {
		for _, l := range lettersOf(p.Reply) {
			l.chat, l.thread = chatKey(p.Chat), p.Topic
			all = append(all, l)
		}
	}
	return all
}

// lettersOf returns the messages that say a reply, not addressed yet. The first
// takes the place of another where the reply does, the last has the buttons. Where
// more than one message may have to give way, an empty letter stands at the end.
func lettersOf(r bot.Reply) []letter { return lettersWithin(r, maxUnits) }

// lettersWithin is lettersOf for messages of at most limit units.
func lettersWithin(r bot.Reply, limit int) []letter {
	texts := renderWithin(r, limit)
	out := make([]letter, len(texts))
	for i, t := range texts {
		out[i] = letter{text: t, ref: r.Ref, piece: i}
	}
	for i := range out {
		if i == 0 || r.Ref != "" {
			out[i].replaces = r.Replaces
		}
	}
	if len(out) > 0 {
		out[len(out)-1].buttons = keyboard(r.Buttons)
	}
	if html, ok := renderRich(r); ok && r.Rich && len(out) == 1 {
		out[0].rich, out[0].rtl = html, rightToLeft(r)
	}
	if r.Ref != "" && r.Replaces != 0 {
		out = append(out, letter{ref: r.Ref, piece: len(texts), replaces: r.Replaces})
	}
	return out
}

// migrate follows a group to its new id.
func (b *Bot) migrate(ctx context.Context, from, to, update int64) error {
	err := b.db.Write(ctx, func(tx store.Tx) error {
		if err := b.moved(ctx, tx, from, to); err != nil {
			return err
		}
		if err := b.outbox.move(ctx, tx, chatKey(from), chatKey(to)); err != nil {
			return err
		}
		return b.inbox.finish(ctx, tx, update, b.now())
	})
	if err != nil {
		return fmt.Errorf("telegram: following a group to its new id: %w", err)
	}
	b.senders.wake(ctx, chatKey(to))
	return nil
}

// Forget deletes the texts of what came from a chat and of what was sent to it, in
// tx, and returns how many messages that were. What waits to be sent is not sent
// any more.
func (b *Bot) Forget(ctx context.Context, tx store.Tx, chat int64) (int, error) {
	if err := b.inbox.forget(ctx, tx, chatKey(chat), b.now()); err != nil {
		return 0, fmt.Errorf("telegram: %w", err)
	}
	n, err := b.outbox.forget(ctx, tx, chatKey(chat))
	if err != nil {
		return 0, fmt.Errorf("telegram: %w", err)
	}
	return n, nil
}

// IsGroupAdmin asks Telegram whether a person is an admin of a group.
func (b *Bot) IsGroupAdmin(ctx context.Context, chat, person int64) (bool, error) {
	m, err := b.api.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: chat, UserID: person})
	if err != nil {
		return false, errors.New(mask(err.Error(), b.token))
	}
	return m.Type == models.ChatMemberTypeOwner || m.Type == models.ChatMemberTypeAdministrator, nil
}

// Refused counts the messages that Telegram refused since a time.
func (b *Bot) Refused(ctx context.Context, since time.Time) (n int, err error) {
	err = b.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM telegram_outbox WHERE state = 'failed' AND finished >= ?`, since.Unix()).Scan(&n)
	})
	return n, err
}

func (b *Bot) identity() self {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.me
}

// pressedFor is how long a button that was pressed may show that it waits.
const pressedFor = 2 * time.Second

// pressing has a button that was pressed let go: with the notice that the
// returned function is given, or after pressedFor without one. It is a courtesy:
// what the button leads to does not depend on it.
func (b *Bot) pressing(ctx context.Context, q *models.CallbackQuery) (released func(notice string)) {
	if q == nil {
		return func(string) {}
	}
	var once sync.Once
	release := func(notice string) {
		once.Do(func() {
			_, err := b.api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: q.ID, Text: cutRunes(notice, maxNotice)})
			if err != nil && ctx.Err() == nil {
				b.log.DebugContext(ctx, "a button is not let go", "err", mask(err.Error(), b.token))
			}
		})
	}
	late := time.AfterFunc(pressedFor, func() { release("") })
	return func(notice string) {
		late.Stop()
		release(notice)
	}
}

// threadUnder returns the topic of the message that a pressed button stands under,
// given what the update says of it: of a message that has become too old Telegram
// tells the chat and the number only.
func (b *Bot) threadUnder(ctx context.Context, q *models.CallbackQuery, told int) (int, error) {
	if q == nil || q.Message.InaccessibleMessage == nil {
		return told, nil
	}
	in := q.Message.InaccessibleMessage
	return b.outbox.thread(ctx, chatKey(in.Chat.ID), in.MessageID)
}

// maxNotice is the longest notice, in characters.
const maxNotice = 200
