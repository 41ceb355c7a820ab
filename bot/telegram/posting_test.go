package telegram

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus/store"
)

// ledger notes what a bot tells of its postings.
type ledger struct {
	mu       sync.Mutex
	receipts []Receipt
	refusals []Refusal
	held     bool // nothing may be sent
	asked    []int
	unsent   int
	unsure   int
}

func (l *ledger) config(cfg *Config) {
	cfg.Sent = func(_ context.Context, _ store.Tx, r Receipt) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.receipts = append(l.receipts, r)
		return nil
	}
	cfg.Refused = func(_ context.Context, _ store.Tx, r Refusal) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.refusals = append(l.refusals, r)
		return nil
	}
	count := func(n *int) func(context.Context, store.Tx, string) error {
		return func(context.Context, store.Tx, string) error {
			l.mu.Lock()
			defer l.mu.Unlock()
			*n++
			return nil
		}
	}
	cfg.Guard = Guard{Unsent: count(&l.unsent), Unsure: count(&l.unsure), Sending: func(_ context.Context, _ store.Tx, _ string, after int) (bool, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.asked = append(l.asked, after)
		return !l.held, nil
	}}
}

func (l *ledger) of(ref string) (receipts []Receipt, refusals []Refusal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(l.receipts), func(r Receipt) bool { return r.Ref != ref }),
		slices.DeleteFunc(slices.Clone(l.refusals), func(r Refusal) bool { return r.Ref != ref })
}

// press is a bot that posts into a channel, with what it tells.
type press struct {
	*world
	*ledger
	channel apiserver.Chat
}

func newPress(t *testing.T) *press {
	t.Helper()
	p := &press{world: newWorld(t, echo), ledger: &ledger{}}
	cfg := configOf(p.world, echo)
	p.config(&cfg)
	var err error
	if p.bot, err = New(t.Context(), p.bot.log, p.db, cfg); err != nil {
		t.Fatal(err)
	}
	if p.channel, err = p.server.AddChat(apiserver.Chat{Type: apiserver.Channel, Title: "Morning", Username: "the_morning"}); err != nil {
		t.Fatal(err)
	}
	if err := p.server.SetMember(p.channel.ID, p.ada, "creator"); err != nil {
		t.Fatal(err)
	}
	p.run(p.bot)
	return p
}

// tx writes something.
func (p *press) tx(f func(tx store.Tx) error) {
	p.t.Helper()
	if err := p.db.Write(p.t.Context(), f); err != nil {
		p.t.Fatal(err)
	}
}

func (p *press) put(o Posting) {
	p.t.Helper()
	p.tx(func(tx store.Tx) error { return p.bot.Put(p.t.Context(), tx, o) })
	p.wake(o.Chat)
}

func (p *press) wake(chat string) {
	p.t.Helper()
	if err := p.bot.Wake(p.t.Context(), chat); err != nil {
		p.t.Fatal(err)
	}
}

// ends waits until so much has become of a reply.
func (p *press) ends(ref string, receipts, refusals int) ([]Receipt, []Refusal) {
	p.t.Helper()
	var got []Receipt
	var not []Refusal
	p.waits("what becomes of "+ref, func() bool {
		got, not = p.of(ref)
		return len(got) >= receipts && len(not) >= refusals
	})
	if len(got) != receipts || len(not) != refusals {
		p.t.Fatalf("%s: %+v, %+v", ref, got, not)
	}
	return got, not
}

// waits waits until something is true that the server does not tell of.
func (p *press) waits(what string, holds func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); <-time.After(time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatal(what)
		}
	}
}

func named(ref, text string) bot.Reply {
	r := paragraph(bot.Span{Text: text})
	r.Ref = ref
	return r
}

func TestPostingIsAmended(t *testing.T) {
	p := newPress(t)
	long := named("post", strings.Repeat("A word about the harbour. ", 250))
	long.Buttons = [][]bot.Button{{{Text: "More", Link: "https://lark.example/more"}}}
	p.put(Posting{Source: "one", Chat: "@the_morning", Silent: true, Room: 600, Reply: long})
	got, _ := p.ends("post", 2, 0)
	if got[0].Chat != p.channel.ID || got[0].Piece != 0 || got[1].Piece != 1 || got[0].Last || !got[1].Last || !strings.Contains(got[1].Text, "harbour") {
		t.Fatalf("%+v", got)
	}
	chat := chatKey(p.channel.ID)
	for i, mark := range []string{"Corrected once.", "Corrected twice."} {
		ref := "mark" + mark
		p.put(Posting{Source: ref, Chat: chat, Amends: got[1].Message, Reply: named(ref, mark)})
		p.ends(ref, 1, 0)
		sent := p.server.Sent(p.channel.ID)
		if len(sent) != 2 || !strings.HasSuffix(sent[1].Text, mark) || !strings.Contains(sent[1].Text, "harbour") || strings.Contains(sent[0].Text, "Corrected") ||
			sent[1].Keyboard == nil || i == 1 && strings.Contains(sent[1].Text, "once") {
			t.Fatalf("%d messages, %q", len(sent), sent[1].Text)
		}
	}
	full := named("full", strings.Repeat("A long word. ", 300))
	p.put(Posting{Source: "full", Chat: chat, Reply: full})
	whole, _ := p.ends("full", 1, 0)
	p.put(Posting{Source: "tail", Chat: chat, Amends: whole[0].Message, Reply: named("tail", strings.Repeat("What changed. ", 30))})
	p.ends("tail", 1, 0)
	if sent := p.server.Sent(p.channel.ID); !strings.HasSuffix(strings.TrimSpace(sent[2].Text), "What changed.") || !strings.Contains(sent[2].Text, "…") {
		t.Errorf("%q", sent[2].Text)
	}
}

// TestPostingIsRefused: an edit never becomes a message, a reply is not sent without
// what it replies to, and each refusal is told with its kind.
func TestPostingIsRefused(t *testing.T) {
	p := newPress(t)
	chat := chatKey(p.channel.ID)
	p.put(Posting{Source: "one", Chat: chat, Reply: named("one", "First.")})
	got, _ := p.ends("one", 1, 0)
	first := got[0].Message
	refused := func(ref string, o Posting, want Refused) {
		t.Helper()
		o.Source, o.Chat, o.Reply = ref, chat, named(ref, "Corrected: "+ref)
		p.put(o)
		if _, not := p.ends(ref, 0, 1); not[0].What != want || not[0].Source != ref {
			t.Errorf("%+v", not)
		}
	}
	refused("unknown", Posting{Amends: 999}, Gone)
	refused("a reply to nothing", Posting{ReplyTo: 999}, Gone)
	p.server.Inject(apiserver.Fault{Method: "editMessageText", Count: 1, Do: apiserver.RefuseHTML})
	p.put(Posting{Source: "html", Chat: chat, Amends: first, Reply: named("html", "Corrected.")})
	p.ends("html", 1, 0)
	if err := p.server.SetStanding(p.channel.ID, p.ada, apiserver.Standing{Status: "administrator"}); err != nil {
		t.Fatal(err)
	}
	refused("no right", Posting{Amends: first}, Forbidden)
	refused("no right to post", Posting{}, Forbidden)
	if err := p.server.SetStanding(p.channel.ID, p.ada, apiserver.Standing{Status: "kicked"}); err != nil {
		t.Fatal(err)
	}
	refused("thrown out", Posting{Amends: first}, Forbidden)
	if sent := p.server.Sent(p.channel.ID); len(sent) != 1 {
		t.Errorf("%d messages", len(sent))
	}
}

// TestPostingIsGuarded: what may not be sent is held, with all that follows it, and
// what nothing is known of is looked for.
func TestPostingIsGuarded(t *testing.T) {
	p := newPress(t)
	ctx, chat := t.Context(), chatKey(p.channel.ID)
	p.held = true
	p.put(Posting{Source: "one", Chat: chat, Guarded: true, Reply: named("one", strings.Repeat("A word about the harbour. ", 250))})
	p.put(Posting{Source: "other", Chat: chat, Reply: named("other", "Another.")})
	p.ends("other", 1, 0) // does not wait for what is held
	if got, _ := p.of("one"); len(got) > 0 {
		t.Fatalf("%+v", got)
	}
	p.mu.Lock()
	p.held = false
	p.mu.Unlock()
	p.tx(func(tx store.Tx) error { return p.bot.Release(ctx, tx, "one") })
	p.wake(chat)
	p.ends("one", 2, 0)
	if !slices.Equal(p.asked, []int{0, 1}) {
		t.Errorf("asked %v", p.asked)
	}

	// The connection breaks after Telegram took it: nothing is sent again by itself.
	p.server.Inject(apiserver.Fault{Method: "sendMessage", Count: 1, Do: apiserver.CutAfter})
	p.put(Posting{Source: "cut", Chat: chat, Guarded: true, Reply: named("cut", "Cut off.")})
	p.waits("the letter is unsure", func() bool { p.mu.Lock(); defer p.mu.Unlock(); return p.unsure == 1 })
	message, found, err := p.bot.Look(ctx, "cut", 3)
	if err != nil || !found || message != 4 {
		t.Fatalf("%d, %v, %v", message, found, err)
	}
	p.tx(func(tx store.Tx) error { return p.bot.Arrived(ctx, tx, "cut", message) })
	if got, _ := p.ends("cut", 1, 0); got[0].Message != 4 {
		t.Errorf("%+v", got)
	}

	// It breaks before.
	p.server.Inject(apiserver.Fault{Method: "sendMessage", Count: 1, Do: apiserver.CutBefore})
	p.put(Posting{Source: "lost", Chat: chat, Guarded: true, Reply: named("lost", "Lost.")})
	p.waits("the letter is unsure", func() bool { p.mu.Lock(); defer p.mu.Unlock(); return p.unsure == 2 })
	if _, found, err := p.bot.Look(ctx, "lost", 4); err != nil || found {
		t.Fatalf("%v, %v", found, err)
	}
	p.tx(func(tx store.Tx) error { return p.bot.Release(ctx, tx, "lost") })
	p.wake(chat)
	p.ends("lost", 1, 0)

	p.mu.Lock()
	p.held = true
	p.mu.Unlock()
	p.put(Posting{Source: "back", Chat: chat, Guarded: true, Reply: named("back", "Taken back.")})
	p.waits("it is asked", func() bool { p.mu.Lock(); defer p.mu.Unlock(); return len(p.asked) == 6 })
	p.tx(func(tx store.Tx) error { return p.bot.TakeBack(ctx, tx, "back") })
	p.held = false
	p.tx(func(tx store.Tx) error { return p.bot.Release(ctx, tx, "back") })
	p.wake(chat)
	if sent := p.server.Sent(p.channel.ID); len(sent) != 5 {
		t.Errorf("%d messages", len(sent))
	}
}
