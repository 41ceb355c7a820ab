package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsdesk/bot"
	"newsdesk/corpus/store"
)

// Post stores a reply to be sent to a chat, given by its number or its @name,
// and returns at once. A source names what is posted: the same source is stored
// once, however often it is posted. The messages leave when Run is running.
func (b *Bot) Post(ctx context.Context, tx store.Tx, source, chat string, r bot.Reply) error {
	var all []letter
	for _, l := range lettersOf(r) {
		l.chat = chat
		all = append(all, l)
	}
	if err := b.outbox.put(ctx, tx, source, all, b.now()); err != nil {
		return fmt.Errorf("telegram: keeping a post: %w", err)
	}
	return nil
}

// Deliver sends what is stored for a chat and returns once it was sent or
// refused; for posting without Run. It returns an error that says why when a
// message of the source was refused or cannot be sent now; it is then still
// stored.
func (b *Bot) Deliver(ctx context.Context, source, chat string) error {
	for {
		l, ok, err := b.outbox.next(ctx, chat)
		if err != nil {
			return err
		}
		if !ok {
			return b.delivered(ctx, source)
		}
		if wait, err := b.send(ctx, l); err != nil && wait > 0 {
			return fmt.Errorf("the message is kept and will be sent later: %s", mask(err.Error(), b.token))
		}
	}
}

func (b *Bot) delivered(ctx context.Context, source string) error {
	states, err := b.outbox.count(ctx, source)
	if err != nil {
		return err
	}
	if states["failed"] == 0 {
		return nil
	}
	why, err := b.outbox.refusal(ctx, source)
	if err != nil {
		return err
	}
	return fmt.Errorf("Telegram refused the message: %s", why)
}

// Wake makes a running bot look for messages to the chat; it returns ctx's
// error when ctx ends before the bot takes notice.
func (b *Bot) Wake(ctx context.Context, chat string) error {
	select {
	case b.posted <- chat:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// watchPosts wakes the senders of chats that something was posted to.
func (b *Bot) watchPosts(ctx context.Context) {
	for {
		select {
		case chat := <-b.posted:
			b.senders.wake(ctx, chat)
		case <-ctx.Done():
			return
		}
	}
}

// sendChat sends what the chat is to be sent, in order, until there is nothing
// left.
func (b *Bot) sendChat(ctx context.Context, chat string) {
	wait := b.backoff()
	for ctx.Err() == nil {
		l, ok, err := b.outbox.next(ctx, chat)
		if err == nil && !ok {
			return
		}
		var pause time.Duration
		if err == nil {
			pause, err = b.send(ctx, l)
		}
		if err == nil {
			b.wakePut(ctx)
			wait.Reset()
			continue
		}
		if ctx.Err() != nil {
			return
		}
		b.log.WarnContext(ctx, "a message could not be sent", "letter", l.id, "err", mask(err.Error(), b.token))
		if sleep(ctx, max(pause, wait.NextBackOff())) != nil {
			return
		}
	}
}

// send sends one message and records what became of it. An error means that the
// message is still to be sent, after the pause or later.
func (b *Bot) send(ctx context.Context, l letter) (pause time.Duration, err error) {
	l, done, err := b.placed(ctx, l)
	if err != nil || done {
		return b.firstWait, err
	}
	if err := b.waitTurn(ctx, l.chat); err != nil {
		return 0, err
	}
	if may, err := b.begun(ctx, l); err != nil || !may {
		return b.firstWait, err
	}
	// A message that is on its way is not called back: Telegram may have it.
	ctx, cancel := finishing(ctx, grace)
	defer cancel()
	sent, err := b.try(ctx, l)
	// It may have waited for the calls of other chats since its turn came.
	b.countOut(l.chat)
	if err == nil {
		return 0, b.outbox.sent(ctx, l.id, sent.message, b.now(), func(tx store.Tx) error { return b.report(ctx, tx, l, sent) })
	}
	b.trouble(kindOf(err))
	var slow *tg.TooManyRequestsError
	if errors.As(err, &slow) {
		return time.Duration(slow.RetryAfter) * time.Second, errors.Join(err, b.unsent(ctx, l))
	}
	var moved *tg.MigrateError
	if errors.As(err, &moved) {
		return 0, errors.Join(b.unsent(ctx, l), b.follow(ctx, l.chat, int64(moved.MigrateToChatID)))
	}
	if final(err) {
		return 0, b.refuse(ctx, l, err)
	}
	if held, failed := b.unsure(ctx, l); held || failed != nil {
		return b.firstWait, failed
	}
	return b.firstWait, err
}

// kindOf names what kind of failure an error is.
func kindOf(err error) string {
	var slow *tg.TooManyRequestsError
	var moved *tg.MigrateError
	switch {
	case errors.As(err, &slow):
		return "429"
	case errors.As(err, &moved):
		return "moved"
	case errors.Is(err, tg.ErrorBadRequest):
		return "400"
	case errors.Is(err, tg.ErrorUnauthorized):
		return "401"
	case errors.Is(err, tg.ErrorForbidden):
		return "403"
	case errors.Is(err, tg.ErrorNotFound):
		return "404"
	}
	return "network"
}

// grace is how long a send may go on after the bot was told to stop.
const grace = 5 * time.Second

// finishing returns a context that ends d after ctx does.
func finishing(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(d, cancel) })
	return longer, func() {
		stop()
		cancel()
	}
}

// final reports whether sending the same again cannot help. A token that is not
// known says nothing about the message, which is kept until there is a good one.
func final(err error) bool {
	return errors.Is(err, tg.ErrorBadRequest) || errors.Is(err, tg.ErrorForbidden)
}

// arrived is where a message is: its chat, which has a number even where it was
// sent to an @name, and its id there.
type arrived struct {
	chat    int64
	message int
}

// at is a message of the letter's chat.
func (l letter) at(message int) arrived {
	id, err := strconv.ParseInt(l.chat, 10, 64)
	if err != nil {
		id = 0
	}
	return arrived{id, message}
}

// report tells who wants to know that the message was sent, and as which. One to an
// @name is kept under the chat's number from here on.
func (b *Bot) report(ctx context.Context, tx store.Tx, l letter, a arrived) error {
	if strings.HasPrefix(l.chat, "@") && a.chat != 0 {
		if _, err := tx.Exec(ctx, `UPDATE telegram_outbox SET chat = ?, named = ? WHERE id = ?`, chatKey(a.chat), l.chat, l.id); err != nil {
			return err
		}
	}
	if l.ref == "" || b.sent == nil || a.chat == 0 {
		return nil
	}
	last, err := b.outbox.last(ctx, tx, l)
	if err != nil {
		return err
	}
	return b.sent(ctx, tx, Receipt{Ref: l.ref, Chat: a.chat, Thread: l.thread, Message: a.message, Piece: l.piece, Last: last, Text: l.text.Plain})
}

// body is what a message says, in one of the ways in which it can be said.
type body struct {
	text string
	mode models.ParseMode
	rich *models.InputRichMessage
}

// bodies returns the ways to say a message, the best first: as a rich message
// where it has one, as HTML, as plain text.
func (l letter) bodies() []body {
	var out []body
	if l.rich != "" {
		out = append(out, body{rich: &models.InputRichMessage{HTML: l.rich, IsRTL: l.rtl, SkipEntityDetection: true}})
	}
	return append(out, body{text: l.text.HTML, mode: models.ParseModeHTML}, body{text: l.text.Plain})
}

// try sends the message, in the next simpler way when Telegram refuses the one
// before; it returns where the message is.
func (b *Bot) try(ctx context.Context, l letter) (a arrived, err error) {
	for _, way := range l.bodies() {
		a, err = b.put(ctx, l, way)
		if !refusedForm(way, err) {
			return a, err
		}
		b.log.ErrorContext(ctx, "Telegram refused the form of a message, sending it in a simpler one", "letter", l.id, "err", mask(err.Error(), b.token))
	}
	return a, err
}

// refusedForm reports whether a message was refused for the way in which it was
// said. Of a rich message any refusal may mean that; what has nothing to do with
// its form is refused again in the next one.
func refusedForm(way body, err error) bool {
	if way.rich != nil {
		return errors.Is(err, tg.ErrorBadRequest) || errors.Is(err, tg.ErrorNotFound)
	}
	return way.mode != "" && refusedFor(err, "can't parse entities")
}

// put sends the message, or puts it in the place of the one that it replaces.
// Where that one is gone, it is sent, unless it amends it.
func (b *Bot) put(ctx context.Context, l letter, way body) (arrived, error) {
	if l.replaces == 0 {
		return b.sendNew(ctx, l, way)
	}
	err := b.replace(ctx, l, way)
	switch {
	case err == nil, refusedFor(err, "message is not modified"):
		return l.at(l.replaces), nil
	case l.amends == 0 && (refusedFor(err, "message to edit not found") || refusedFor(err, "message can't be edited")):
		return b.sendNew(ctx, l, way)
	}
	return arrived{}, err
}

// refusedFor reports whether Telegram refused a request with those words.
func refusedFor(err error, words string) bool {
	return errors.Is(err, tg.ErrorBadRequest) && strings.Contains(err.Error(), words)
}

func (b *Bot) replace(ctx context.Context, l letter, way body) error {
	params := &tg.EditMessageTextParams{
		ChatID: chatID(l.chat), MessageID: l.replaces, Text: way.text, ParseMode: way.mode, RichMessage: way.rich,
		ReplyMarkup: l.markup(),
	}
	if way.rich == nil {
		params.LinkPreviewOptions = noPreview()
	}
	_, err := b.api.EditMessageText(ctx, params)
	return err
}

func (b *Bot) sendNew(ctx context.Context, l letter, way body) (arrived, error) {
	api := b.api
	if l.guarded {
		api = b.onceAPI
	}
	var sent *models.Message
	var err error
	if way.rich != nil {
		sent, err = api.SendRichMessage(ctx, &tg.SendRichMessageParams{
			ChatID: chatID(l.chat), MessageThreadID: l.thread, RichMessage: *way.rich,
			DisableNotification: l.silent, ReplyParameters: l.reply(), ReplyMarkup: l.markup(),
		})
	} else {
		sent, err = api.SendMessage(ctx, &tg.SendMessageParams{
			ChatID: chatID(l.chat), MessageThreadID: l.thread, Text: way.text, ParseMode: way.mode,
			LinkPreviewOptions: noPreview(), DisableNotification: l.silent, ReplyParameters: l.reply(), ReplyMarkup: l.markup(),
		})
	}
	if err != nil {
		return arrived{}, err
	}
	return arrived{sent.Chat.ID, sent.ID}, nil
}

func noPreview() *models.LinkPreviewOptions {
	return &models.LinkPreviewOptions{IsDisabled: tg.True()}
}

// markup is the message's buttons, nil for none.
func (l letter) markup() models.ReplyMarkup {
	if l.buttons == "" {
		return nil
	}
	return json.RawMessage(l.buttons)
}

// reply names the message that this one answers, nil for none.
func (l letter) reply() *models.ReplyParameters {
	if l.replyTo == 0 {
		return nil
	}
	return &models.ReplyParameters{MessageID: l.replyTo, AllowSendingWithoutReply: !l.strict}
}

// chatID is a number or an @name, as Telegram wants it.
func chatID(chat string) any {
	if n, err := strconv.ParseInt(chat, 10, 64); err == nil {
		return n
	}
	return chat
}

// follow readdresses what is to be sent to a group's new id.
func (b *Bot) follow(ctx context.Context, chat string, to int64) error {
	from, err := strconv.ParseInt(chat, 10, 64)
	if err != nil {
		return fmt.Errorf("telegram: %s became another chat", chat)
	}
	err = b.db.Write(ctx, func(tx store.Tx) error {
		if err := b.moved(ctx, tx, from, to); err != nil {
			return err
		}
		return b.outbox.move(ctx, tx, chat, chatKey(to))
	})
	if err != nil {
		return fmt.Errorf("telegram: following a group to its new id: %w", err)
	}
	b.senders.wake(ctx, chatKey(to))
	return nil
}

// waitTurn keeps two messages to one chat as far apart as Telegram wants them.
func (b *Bot) waitTurn(ctx context.Context, chat string) error {
	gap := b.gap(chat)
	now := b.now()
	b.mu.Lock()
	at := now
	if last, ok := b.lastOut[chat]; ok && last.Add(gap).After(now) {
		at = last.Add(gap)
	}
	b.lastOut[chat] = at
	b.forgetOld(now)
	b.mu.Unlock()
	return sleep(ctx, at.Sub(now))
}

// gap is the least time between two messages to the chat.
func (b *Bot) gap(chat string) time.Duration {
	if strings.HasPrefix(chat, "-") || strings.HasPrefix(chat, "@") {
		return b.pace.Group
	}
	return b.pace.Chat
}

// takeTurn takes the chat's turn if it is free now, for what need not be sent.
func (b *Bot) takeTurn(chat string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if last, ok := b.lastOut[chat]; ok && last.Add(b.gap(chat)).After(now) {
		return false
	}
	b.lastOut[chat] = now
	return true
}

// countOut notes that something went out to the chat that Telegram counts as a
// message.
func (b *Bot) countOut(chat string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now := b.now(); b.lastOut[chat].Before(now) {
		b.lastOut[chat] = now
	}
}

// forgetOld bounds lastOut; called with mu held.
func (b *Bot) forgetOld(now time.Time) {
	if len(b.lastOut) < 10_000 {
		return
	}
	for chat, last := range b.lastOut {
		if now.Sub(last) > b.pace.Group {
			delete(b.lastOut, chat)
		}
	}
}

// awaitEvery and awaitFor are how often and how long Await looks.
const (
	awaitEvery = 50 * time.Millisecond
	awaitFor   = 30 * time.Second
)

// Await waits until a running bot has sent the messages of a source. It returns
// an error that says why when one was refused, or that it is still to be sent
// after half a minute.
func (b *Bot) Await(ctx context.Context, source string) error {
	for deadline := time.Now().Add(awaitFor); ; {
		states, err := b.outbox.count(ctx, source)
		if err != nil {
			return err
		}
		if states["pending"] == 0 {
			return b.delivered(ctx, source)
		}
		if time.Now().After(deadline) {
			return errors.New("the message is kept and will be sent as soon as Telegram takes it")
		}
		if err := sleep(ctx, awaitEvery); err != nil {
			return err
		}
	}
}
