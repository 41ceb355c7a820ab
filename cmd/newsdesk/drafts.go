package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/correct"
	"newsdesk/bot/locale"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// Drafts that wait for an admin's decision. A button names the slot and what is to be
// done; the slot says whose decision it is.

const (
	// draftAge is how old a draft may be that is posted without looking at its
	// articles again; corrections of what is posted reach back as far.
	draftAge = correct.Settling
	// itemsInRow is how many buttons stand side by side.
	itemsInRow = 6
)

// What the buttons of a draft ask for; takeOut stands before an item's handle.
const (
	decidePost = "post"
	decideDrop = "drop"
	takeOut    = "x"
)

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}

// submit sends the draft of a slot to its approver, in tx.
func (a *app) submit(ctx context.Context, tx store.Tx, x schedule.Slot, d draft) error {
	raw, err := d.encode()
	if err != nil {
		return err
	}
	if ok, err := a.schedule.Compose(ctx, tx, x, raw); err != nil || !ok {
		return err
	}
	if ok, err := a.schedule.Submit(ctx, tx, x.ID); err != nil || !ok {
		return err
	}
	reply, err := a.draftReply(ctx, x, d)
	if err != nil {
		return err
	}
	// A slot that was superseded while it waited may come again.
	return a.bot.Put(ctx, tx, telegram.Posting{Source: reply.Ref, Chat: strconv.FormatInt(x.Subscription.Approver, 10), Reply: reply})
}

// draftReply lays a draft out with its buttons.
func (a *app) draftReply(ctx context.Context, x schedule.Slot, d draft, notes ...locale.Message) (bot.Reply, error) {
	sub := x.Subscription
	reply, err := a.digestReply(ctx, sub, d.Digest)
	if err != nil {
		return bot.Reply{}, err
	}
	texts, err := a.textsOfPerson(ctx, sub)
	if err != nil {
		return bot.Reply{}, err
	}
	head := []bot.Block{texts.Block(bot.Paragraph, locale.Draft(digestName(sub), x.At))}
	for _, n := range notes {
		head = append(head, texts.Block(bot.Paragraph, n))
	}
	reply.Blocks, reply.Ref = append(head, reply.Blocks...), draftRef(x.ID)
	reply.Buttons = draftButtons(texts, x.ID, itemsOf(d.Digest))
	return reply, nil
}

// textsOfPerson are those of a subscription's approver.
func (a *app) textsOfPerson(ctx context.Context, sub schedule.Subscription) (locale.Texts, error) {
	chosen, err := a.chats.Of(ctx, sub.Approver)
	if err != nil {
		return locale.Texts{}, err
	}
	zone, err := time.LoadLocation(sub.Zone)
	return a.locale.For(chosen.Interface).In(zone), err
}

func draftButtons(texts locale.Texts, slot int64, items []postItem) [][]bot.Button {
	var rows [][]bot.Button
	for i, item := range items {
		if i%itemsInRow == 0 {
			rows = append(rows, nil)
		}
		last := len(rows) - 1
		rows[last] = append(rows[last], bot.Button{Text: "✕ " + texts.Number(i+1), Action: chat.DraftAction(slot, takeOut+item.handle())})
	}
	decide := []bot.Button{{Text: texts.Say(locale.ButtonDrop()), Action: chat.DraftAction(slot, decideDrop)}}
	if len(items) > 0 {
		decide = append([]bot.Button{{Text: texts.Say(locale.ButtonPost()), Action: chat.DraftAction(slot, decidePost)}}, decide...)
	}
	return append(rows, decide)
}

// decide does what a button under a draft asks for; see chat.Needs.
func (a *app) decide(ctx context.Context, m chat.Message, slot int64, what string) (chat.Outcome, error) {
	chosen, err := a.chats.Of(ctx, m.Place.Chat)
	if err != nil {
		return chat.Outcome{}, err
	}
	over := chat.Outcome{Notice: a.locale.For(chosen.Interface).Say(locale.DraftOver())}
	x, err := a.schedule.Slot(ctx, slot)
	if errors.Is(err, schedule.ErrNotFound) {
		return over, nil
	}
	if err != nil {
		return chat.Outcome{}, err
	}
	who := x.Subscription.Approver
	if x.State != schedule.Approving || m.From.ID != who || m.Place.Chat != who {
		return over, nil
	}
	d, err := decodeDraft(x.Draft)
	if err != nil {
		return chat.Outcome{}, err
	}
	switch {
	case what == decideDrop:
		return a.dropDraft(x, m), nil
	case what == decidePost:
		return a.approve(ctx, x, d, m)
	case strings.HasPrefix(what, takeOut):
		items := itemsOf(d.Digest)
		d.Digest = without(d.Digest, func(i int) bool { return takeOut+items[i].handle() == what })
		return a.redraft(x, d, m), nil
	}
	return over, nil
}

// settled is what the approver sees in the place of the draft.
func (a *app) settled(ctx context.Context, x schedule.Slot, m chat.Message, said locale.Message) (bot.Reply, error) {
	texts, err := a.textsOfPerson(ctx, x.Subscription)
	return bot.Reply{Blocks: []bot.Block{texts.Block(bot.Paragraph, said)}, Replaces: m.ID, Ref: draftRef(x.ID)}, err
}

func (a *app) dropDraft(x schedule.Slot, m chat.Message) chat.Outcome {
	return chat.Outcome{Report: func(ctx context.Context, tx store.Tx) (bot.Reply, error) {
		ok, err := a.schedule.Skip(ctx, tx, x.ID, schedule.Dropped)
		if err != nil {
			return bot.Reply{}, err
		}
		if !ok {
			return a.settled(ctx, x, m, locale.DraftOver())
		}
		return a.settled(ctx, x, m, locale.DraftDropped())
	}}
}

// approve posts a draft, unless articles that it cites have changed since.
func (a *app) approve(ctx context.Context, x schedule.Slot, d draft, m chat.Message) (chat.Outcome, error) {
	if time.Since(d.At) > draftAge {
		outlet, fresh, err := a.stillTrue(ctx, d)
		if err != nil {
			return chat.Outcome{}, err
		}
		if outlet != "" {
			return a.redraft(x, fresh, m, locale.DraftChanged(outlet)), nil
		}
	}
	return chat.Outcome{Report: func(ctx context.Context, tx store.Tx) (bot.Reply, error) {
		ok, err := a.stored(ctx, tx, x, d)
		if err != nil {
			return bot.Reply{}, err
		}
		if !ok {
			return a.settled(ctx, x, m, locale.DraftOver())
		}
		return a.settled(ctx, x, m, locale.DraftPosted())
	}}, nil
}

// redraft puts another draft in the place of one.
func (a *app) redraft(x schedule.Slot, d draft, m chat.Message, notes ...locale.Message) chat.Outcome {
	return chat.Outcome{Report: func(ctx context.Context, tx store.Tx) (bot.Reply, error) {
		raw, err := d.encode()
		if err != nil {
			return bot.Reply{}, err
		}
		ok, err := a.schedule.Edit(ctx, tx, x.ID, raw)
		if err != nil {
			return bot.Reply{}, err
		}
		if !ok {
			return a.settled(ctx, x, m, locale.DraftOver())
		}
		reply, err := a.draftReply(ctx, x, d, notes...)
		reply.Replaces = m.ID
		return reply, err
	}}
}

// stillTrue returns the draft without what rests on articles that have changed in a
// way that matters, and the outlet of the first of them, empty for none.
func (a *app) stillTrue(ctx context.Context, d draft) (outlet string, fresh draft, err error) {
	gone := map[int]bool{}
	for i, item := range itemsOf(d.Digest) {
		for _, c := range item.Cited {
			changed, name, err := a.changedSince(ctx, c)
			if err != nil {
				return "", d, err
			}
			if changed {
				gone[i] = true
				if outlet == "" {
					outlet = name
				}
			}
		}
	}
	d.Digest = without(d.Digest, func(i int) bool { return gone[i] })
	d.At = a.now()
	return outlet, d, nil
}

// changedSince reports whether a quote does not hold any more, and whose it is.
func (a *app) changedSince(ctx context.Context, c schedule.Cited) (changed bool, outlet string, err error) {
	versions, err := a.corpus.BySeqs(ctx, []int64{c.Seq})
	if err != nil {
		return false, "", err
	}
	before, ok := versions[c.Seq]
	if !ok {
		return false, "", nil // its text was removed here; nothing can be said of it
	}
	after, err := a.standing(ctx, c)
	if err != nil {
		return false, "", fmt.Errorf("looking at an article again: %w", err)
	}
	for _, change := range correct.Compare(before, after, []correct.Cited{correctCited(c)}) {
		if change.Material {
			return true, before.Outlet, nil
		}
	}
	return false, before.Outlet, nil
}

// standing returns the newest version of a cited article, the zero Article where it was
// taken down or removed since.
func (a *app) standing(ctx context.Context, c schedule.Cited) (corpus.Article, error) {
	for after := c.Seq; ; {
		entries, err := a.corpus.Entries(ctx, after, 0)
		if err != nil {
			return corpus.Article{}, err
		}
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			after = e.Seq
			if e.ID == c.Article && (e.Kind == corpus.Withdrawn || e.Kind == corpus.Removed) {
				return corpus.Article{}, nil
			}
		}
	}
	newest, err := a.corpus.Article(ctx, c.Article)
	if errors.Is(err, corpus.ErrNotFound) {
		return corpus.Article{}, nil
	}
	return newest, err
}
