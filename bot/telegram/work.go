package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/corpus/store"
)

// asker is who may end the work on a question: the one who asked, where it was
// asked.
type asker struct {
	chat   int64
	thread int
	person int64
}

// stops knows what is being worked on and what is to be ended. It is not kept
// when the process ends: a question that is answered after all does no harm.
type stops struct {
	mu      sync.Mutex
	working map[asker]*work
	// upTo are the updates up to which an asker wants no answer any more, and
	// ended the requests to stop that ended something.
	upTo  map[asker]int64
	ended map[int64]bool
}

// work is an update that is being handled.
type work struct {
	update int64
	cancel context.CancelFunc
	// by is the update that ended it, 0 for none.
	by int64
}

func newStops() *stops {
	return &stops{working: map[asker]*work{}, upTo: map[asker]int64{}, ended: map[int64]bool{}}
}

// begin notes that an update is being handled. The context ends when it is
// stopped; done says whether it was.
func (s *stops) begin(ctx context.Context, who asker, update int64) (working context.Context, done func() (stopped bool)) {
	ctx, cancel := context.WithCancel(ctx)
	w := &work{update: update, cancel: cancel}
	s.mu.Lock()
	defer s.mu.Unlock()
	if by := s.upTo[who]; by > update {
		s.end(w, by)
		s.ended[by] = true
	}
	s.working[who] = w
	return ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		cancel()
		if s.working[who] == w {
			delete(s.working, who)
		}
		return w.by != 0
	}
}

// end ends the work; mu is held.
func (s *stops) end(w *work, by int64) {
	w.by = by
	w.cancel()
}

// all ends what the asker asked before the update by.
func (s *stops) all(who asker, by int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.upTo[who] = by
	if w := s.working[who]; w != nil && w.update < by {
		s.end(w, by)
		s.ended[by] = true
	}
}

// one ends the work on one update, if the asker's.
func (s *stops) one(who asker, update, by int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w := s.working[who]; w != nil && w.update == update {
		s.end(w, by)
	}
}

// settled reports whether the request to stop ended something, and forgets it.
func (s *stops) settled(who asker, request int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.upTo[who] == request {
		delete(s.upTo, who)
	}
	ended := s.ended[request]
	delete(s.ended, request)
	return ended
}

// stopAsked looks for requests to stop among updates that have just come in:
// they do not wait for the work that they are to end.
func (b *Bot) stopAsked(updates []received) {
	for _, r := range updates {
		var u models.Update
		if err := json.Unmarshal(r.body, &u); err != nil {
			continue // its handler says so
		}
		if s := u.StoppedMessageGeneration; s != nil {
			who := asker{chat: s.Chat.ID, thread: s.MessageThreadID, person: s.Chat.ID}
			b.stops.one(who, int64(s.DraftID), r.id)
		}
		if m, ok := message(&u, b.identity()); ok && isStop(m) {
			b.stops.all(askerOf(m), r.id)
		}
	}
}

func isStop(m chat.Message) bool { return m.Addressed && m.Command == "cancel" && !m.Edited }

func askerOf(m chat.Message) asker {
	return asker{chat: m.Place.Chat, thread: m.Place.Thread, person: m.From.ID}
}

const (
	// typingEvery is how long Telegram shows that a bot is typing, draftEvery
	// a good part of the 30 seconds that it shows a draft.
	typingEvery = 5 * time.Second
	draftEvery  = 20 * time.Second
	// lookEvery is how often it is looked whether somebody waits for the work to
	// end.
	lookEvery = time.Second
)

// watch shows one person that their question is being worked on: in a private
// chat by a draft that says what is being done and has a Stop button, elsewhere,
// or where Telegram refuses the draft, as typing. It also tells those who wait
// behind it. All that is a courtesy: when it fails, nothing is lost.
type watch struct {
	bot    *Bot
	m      chat.Message
	update int64

	mu       sync.Mutex
	progress bot.Progress

	noDraft bool
	shown   string
	next    time.Time
}

// watched watches the work on an update from the bot's pace.Notice on until stop
// is called. The returned message tells the watch what is being done.
func (b *Bot) watched(ctx context.Context, m chat.Message, update int64) (told chat.Message, stop func()) {
	if !m.Addressed || m.Pressed != "" {
		return m, func() {}
	}
	w := &watch{bot: b, m: m, update: update, noDraft: m.Place.Kind != chat.Private}
	m.Tell = w.tell
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() { w.run(ctx) })
	return m, func() {
		cancel()
		group.Wait()
	}
}

func (w *watch) tell(p bot.Progress) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.progress = p
}

func (w *watch) text(ctx context.Context) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.bot.words.Progress(ctx, w.m, w.progress)
}

func (w *watch) run(ctx context.Context) {
	for wait := w.bot.pace.Notice; sleep(ctx, wait) == nil; wait = min(lookEvery, max(w.bot.pace.Notice, time.Millisecond)) {
		if w.bot.client.Busy() {
			continue // what is said here would hold up answers
		}
		w.show(ctx)
		if err := w.bot.tellWaiting(ctx, w.m, w.update); err != nil && ctx.Err() == nil {
			w.bot.log.WarnContext(ctx, "those who wait are not told", "err", err)
		}
	}
}

// show shows what is being done, if that is not shown any more or has changed.
func (w *watch) show(ctx context.Context) {
	now, text := w.bot.now(), ""
	if !w.noDraft {
		text = w.text(ctx)
	}
	if now.Before(w.next) && text == w.shown {
		return
	}
	key := chatKey(w.m.Place.Chat)
	if !w.noDraft && !w.bot.takeTurn(key) {
		return // an answer is more than a draft
	}
	err := w.draft(ctx, text)
	w.next = now.Add(draftEvery)
	if w.noDraft || err != nil {
		w.noDraft = true
		err = w.typing(ctx)
		w.next = now.Add(typingEvery)
	}
	w.shown = text
	if err != nil && ctx.Err() == nil {
		w.bot.log.DebugContext(ctx, "work is not shown", "err", mask(err.Error(), w.bot.token))
	}
}

func (w *watch) draft(ctx context.Context, text string) error {
	if w.noDraft {
		return nil
	}
	defer w.bot.countOut(chatKey(w.m.Place.Chat))
	_, err := w.bot.api.SendMessageDraft(ctx, &tg.SendMessageDraftParams{
		ChatID: w.m.Place.Chat, MessageThreadID: w.m.Place.Thread,
		DraftID: strconv.FormatInt(w.update, 10), Text: text, CanStop: true,
	})
	return err
}

func (w *watch) typing(ctx context.Context) error {
	_, err := w.bot.api.SendChatAction(ctx, &tg.SendChatActionParams{
		ChatID: w.m.Place.Chat, MessageThreadID: w.m.Place.Thread, Action: models.ChatActionTyping,
	})
	return err
}

// waitsLong is how long a question may wait for the one before it without a
// word.
const waitsLong = 4 * time.Second

// tellWaiting tells those whose questions wait in the chat for the end of the
// work on an update, each once.
func (b *Bot) tellWaiting(ctx context.Context, at chat.Message, update int64) error {
	waiting, err := b.inbox.after(ctx, chatKey(at.Place.Chat), update)
	if err != nil {
		return err
	}
	before := 1 // that which is being worked on
	for _, r := range waiting {
		m, ok, err := b.read(r)
		if err != nil || !ok || !isQuestion(m) {
			continue // an error is its handler's to tell
		}
		if b.now().Sub(m.At) >= waitsLong {
			if err := b.tellToWait(ctx, r, m, before); err != nil {
				return err
			}
		}
		before++
	}
	return nil
}

func (b *Bot) tellToWait(ctx context.Context, r received, m chat.Message, before int) error {
	source := fmt.Sprintf("waiting %d", r.id)
	states, err := b.outbox.count(ctx, source)
	if err != nil || len(states) > 0 {
		return err
	}
	err = b.db.WriteSoon(ctx, func(tx store.Tx) error {
		return b.outbox.put(ctx, tx, source, letters(m, []bot.Reply{b.words.Wait(ctx, m, before)}), b.now())
	})
	if err == nil {
		b.senders.wake(ctx, r.chat)
	}
	return err
}

// isQuestion reports whether somebody waits for an answer to m.
func isQuestion(m chat.Message) bool {
	return m.Addressed && !m.Edited && m.Pressed == "" && m.Text != "" && (m.Command == "" || m.Command == "ask" || m.Command == "compare")
}
