package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/sync/errgroup"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/correct"
	"newsdesk/bot/digest"
	"newsdesk/bot/locale"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram"
	"newsdesk/corpus/store"
)

// The slots of digests, from due to done: each step of bot/schedule is written in the
// transaction of what it stands for, so that a process may end between any two.

const (
	// composingAtOnce is how many digests are written at once. Subscriptions that
	// want the same share one.
	composingAtOnce = 2
	// postRoom is what stays free in each message for corrections, in UTF-16 units.
	postRoom = 700
	// knownFor is how long before its period a digest leans on what was told: a story
	// takes articles for two weeks at most after its last.
	knownFor = 31 * 24 * time.Hour
	// breakingReach is how far back breaking news look for the articles of their story.
	breakingReach = 48 * time.Hour
)

// draft is a digest that is written for a slot, as the slot keeps it.
type draft struct {
	Digest bot.Digest
	// At is when it was written.
	At time.Time
}

// postItem is one story of a digest as it is posted.
type postItem struct {
	Story string
	Text  string
	Cited []schedule.Cited
}

// handle names an item for a button.
func (i postItem) handle() string { return shortHash(i.Text) }

// itemsOf are the items of a digest, in order.
func itemsOf(d bot.Digest) []postItem {
	var out []postItem
	for _, item := range d.Items {
		out = append(out, postItem{Story: item.Story, Text: textOf(item), Cited: citedIn(item)})
	}
	return out
}

// textOf is an item as it is read: its headline, and its sentences.
func textOf(item bot.DigestItem) string {
	var sentences []string
	for _, s := range item.Sentences {
		sentences = append(sentences, s.Text)
	}
	return item.Headline.Title + "\n" + strings.Join(sentences, " ")
}

// citedIn are the quotes of an item, as a post keeps them. What outlets differ in has
// no sentence but the quotes.
func citedIn(item bot.DigestItem) []schedule.Cited {
	var out []schedule.Cited
	cited := map[int]bool{}
	for _, s := range item.Sentences {
		out = append(out, citedBy(s, item.Citations)...)
		for _, n := range s.Citations {
			cited[n] = true
		}
	}
	for _, c := range item.Citations {
		if !cited[c.N] {
			out = append(out, keptQuote(c, c.Quote))
		}
	}
	return out
}

// citedBy are the quotes of a sentence.
func citedBy(s bot.Sentence, all []bot.Citation) []schedule.Cited {
	var out []schedule.Cited
	for _, c := range all {
		if slices.Contains(s.Citations, c.N) {
			out = append(out, keptQuote(c, s.Text))
		}
	}
	return out
}

func keptQuote(c bot.Citation, sentence string) schedule.Cited {
	return schedule.Cited{Article: c.Passage.ArticleID, Seq: c.Passage.Seq, Quote: c.Quote, Start: c.Start, End: c.End, Sentence: sentence}
}

// without returns the digest without the items that leave chooses by their places.
func without(d bot.Digest, leave func(i int) bool) bot.Digest {
	var kept []bot.DigestItem
	for i, item := range d.Items {
		if !leave(i) {
			kept = append(kept, item)
		}
	}
	d.Items = kept
	return d
}

// encode returns the draft as it is kept: the texts of passages stand in the corpus.
func (d draft) encode() ([]byte, error) {
	d.Digest.Items = slices.Clone(d.Digest.Items)
	for i := range d.Digest.Items {
		item := &d.Digest.Items[i]
		item.Citations = slices.Clone(item.Citations)
		for j := range item.Citations {
			item.Citations[j].Passage.Text = ""
		}
	}
	return json.Marshal(d)
}

func decodeDraft(raw []byte) (d draft, err error) {
	if len(raw) == 0 {
		return draft{}, nil
	}
	return d, json.Unmarshal(raw, &d)
}

// slotHead begins the Ref and the source of what a slot posts, draftHead those of the
// draft that its approver gets.
const (
	slotHead  = "slot "
	draftHead = "draft "
)

func slotRef(id int64) string  { return slotHead + strconv.FormatInt(id, 10) }
func draftRef(id int64) string { return draftHead + strconv.FormatInt(id, 10) }

// refOf reads the slot out of such a name.
func refOf(ref, head string) (slot int64, ok bool) {
	number, ok := strings.CutPrefix(ref, head)
	if !ok {
		return 0, false
	}
	slot, err := strconv.ParseInt(number, 10, 64)
	return slot, err == nil
}

// postDue posts the digests whose time has come. What fails for one is logged, tried
// again with the next call, and keeps no other from being posted.
func (a *app) postDue(ctx context.Context, now time.Time) error {
	err := errors.Join(a.settleDoubts(ctx), a.takeBackLate(ctx, now))
	slots, dueErr := a.schedule.Due(ctx, now)
	if dueErr != nil {
		return errors.Join(err, dueErr)
	}
	groups, groupErr := a.alike(ctx, slots)
	if groupErr != nil {
		return errors.Join(err, groupErr)
	}
	var group errgroup.Group
	group.SetLimit(composingAtOnce)
	for _, g := range groups {
		group.Go(func() error {
			a.postAlike(ctx, g)
			return nil
		})
	}
	return errors.Join(err, group.Wait())
}

// wanted is what a digest is written from: slots with the same get the same one.
type wanted struct {
	from, to                                          int64
	topics, only, without, language, zone, say, empty string
	items                                             int
	story                                             string
	late                                              bool
	// told says what the reader knows.
	told string
}

// alike groups slots by what is wanted, in the order in which they were due.
func (a *app) alike(ctx context.Context, slots []schedule.Slot) ([][]schedule.Slot, error) {
	var order []wanted
	by := map[wanted][]schedule.Slot{}
	for _, x := range slots {
		sub := x.Subscription
		tag, err := a.tagOf(ctx, sub)
		if err != nil {
			return nil, err
		}
		told, err := a.schedule.Knowledge(ctx, sub.Chat, sub.Topic, x.From.Add(-knownFor))
		if err != nil {
			return nil, err
		}
		w := wanted{
			told: told, late: x.Late > 0, empty: string(sub.Empty),
			from: x.From.Unix(), to: x.At.Unix(), topics: strings.Join(sub.Topics, "\x00"), only: strings.Join(sub.Only, "\x00"),
			without: strings.Join(sub.Without, "\x00"), language: sub.Language, zone: sub.Zone, say: tag, items: sub.Items, story: x.Story,
		}
		if by[w] == nil {
			order = append(order, w)
		}
		by[w] = append(by[w], x)
	}
	var out [][]schedule.Slot
	for _, w := range order {
		out = append(out, by[w])
	}
	return out, nil
}

// postAlike writes one digest and has it posted for each of the slots.
func (a *app) postAlike(ctx context.Context, slots []schedule.Slot) {
	d, err := a.compose(ctx, slots[0])
	if err != nil {
		if ctx.Err() == nil {
			a.log.ErrorContext(ctx, "a digest could not be written and is tried again", "chat", slots[0].Subscription.Chat, "digests", len(slots), "err", err)
		}
		return
	}
	for _, x := range slots {
		if err := a.postSlot(ctx, x, draft{d, a.now()}); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "a digest could not be posted and is tried again", "chat", x.Subscription.Chat, "slot", x.ID, "err", err)
		}
	}
}

// compose writes the digest of a slot.
func (a *app) compose(ctx context.Context, x schedule.Slot) (bot.Digest, error) {
	sub := x.Subscription
	zone, err := time.LoadLocation(sub.Zone)
	if err != nil {
		return bot.Digest{}, err
	}
	w, err := a.digests(ctx, nil)
	if err != nil {
		return bot.Digest{}, err
	}
	o := digest.Order{
		From: x.From.In(zone), To: x.At.In(zone), Topics: sub.Topics, Only: sub.Only, Without: sub.Without, Language: sub.Language,
		Items: sub.Items, Told: a.toldTo(sub.Chat, sub.Topic), Late: x.Late > 0, SayEmpty: sub.Empty != schedule.StaySilent,
	}
	if x.Story != "" {
		o.Story, o.From, o.SayEmpty = x.Story, o.To.Add(-breakingReach), false
	}
	if o.Unread, err = a.unread(ctx, o); err != nil {
		return bot.Digest{}, err
	}
	if x.Story != "" {
		o.Unread = nil // it says nothing about the day
	}
	return w.Write(ctx, o)
}

// postSlot takes a slot on from its digest: to its approver, to the outbox, or, where
// there is nothing to be said, to its end.
func (a *app) postSlot(ctx context.Context, x schedule.Slot, d draft) error {
	sub := x.Subscription
	if d.Digest.Silent() {
		return a.db.Write(ctx, func(tx store.Tx) error {
			_, err := a.schedule.Skip(ctx, tx, x.ID, schedule.Empty)
			return err
		})
	}
	to := sub.Chat
	post := a.storeSlot
	if sub.Approver != 0 {
		to, post = strconv.FormatInt(sub.Approver, 10), a.submit
	}
	// What Sending writes before it leaves is synced, and this with it.
	if err := a.db.WriteSoon(ctx, func(tx store.Tx) error { return post(ctx, tx, x, d) }); err != nil {
		return err
	}
	return a.bot.Wake(ctx, to)
}

// storeSlot stores the messages of a slot in the outbox, in tx, with what they tell.
func (a *app) storeSlot(ctx context.Context, tx store.Tx, x schedule.Slot, d draft) error {
	_, err := a.stored(ctx, tx, x, d)
	return err
}

// stored is storeSlot; ok is false where somebody has done or given up the slot.
func (a *app) stored(ctx context.Context, tx store.Tx, x schedule.Slot, d draft) (ok bool, err error) {
	raw, err := d.encode()
	if err != nil {
		return false, err
	}
	keep := func() (bool, error) { return a.schedule.Compose(ctx, tx, x, raw) }
	if x.State == schedule.Approving {
		keep = func() (bool, error) { return a.schedule.Edit(ctx, tx, x.ID, raw) }
	}
	if ok, err := keep(); err != nil || !ok {
		return false, err
	}
	if ok, err := a.schedule.Store(ctx, tx, x); err != nil || !ok {
		return false, err
	}
	sub := x.Subscription
	told := schedule.Telling{Slot: x.ID, Subscription: sub.ID, Chat: sub.Chat, Topic: sub.Topic, At: x.At}
	if err := a.tell(ctx, tx, told, d.Digest); err != nil {
		return false, err
	}
	if to, _ := schedule.TargetOf(sub.Chat); to != schedule.Messenger {
		return true, a.write(ctx, tx, x, d)
	}
	reply, err := a.digestReply(ctx, sub, d.Digest)
	if err != nil {
		return false, err
	}
	reply.Ref = slotRef(x.ID)
	err = a.bot.Put(ctx, tx, telegram.Posting{
		Source: reply.Ref, Chat: sub.Chat, Thread: sub.Topic, Silent: sub.Silent, Room: postRoom, Guarded: true, Reply: reply,
	})
	return err == nil, err
}

// digestReply lays a digest out for its chat.
func (a *app) digestReply(ctx context.Context, sub schedule.Subscription, d bot.Digest) (bot.Reply, error) {
	v, err := a.viewOf(ctx, sub)
	if err != nil {
		return bot.Reply{}, err
	}
	return v.Named(a.bot.Username()).Digest(d), nil
}

// viewOf lays out in the language of a subscription or else of its chat.
func (a *app) viewOf(ctx context.Context, sub schedule.Subscription) (chat.View, error) {
	texts, err := a.textsOf(ctx, sub)
	return chat.NewView(texts), err
}

func (a *app) textsOf(ctx context.Context, sub schedule.Subscription) (locale.Texts, error) {
	tag, err := a.tagOf(ctx, sub)
	if err != nil {
		return locale.Texts{}, err
	}
	zone, err := time.LoadLocation(sub.Zone)
	return a.locale.For(tag).In(zone), err
}

// tagOf is the language of the program's words in a digest.
func (a *app) tagOf(ctx context.Context, sub schedule.Subscription) (string, error) {
	id, err := strconv.ParseInt(sub.Chat, 10, 64)
	if sub.Language != "" || err != nil {
		return sub.Language, nil
	}
	chosen, err := a.chats.Of(ctx, id)
	return chosen.Interface, err
}

// guard keeps a slot from being sent twice.
func (a *app) guard() telegram.Guard {
	step := func(f func(context.Context, store.Tx, int64) (bool, error)) func(context.Context, store.Tx, string) error {
		return func(ctx context.Context, tx store.Tx, ref string) error {
			id, ok := refOf(ref, slotHead)
			if !ok {
				return fmt.Errorf("a guarded post of no slot: %q", ref)
			}
			_, err := f(ctx, tx, id)
			return err
		}
	}
	return telegram.Guard{
		Unsent: step(a.schedule.Unsent), Unsure: step(a.schedule.Unsure),
		Sending: func(ctx context.Context, tx store.Tx, ref string, after int) (bool, error) {
			id, ok := refOf(ref, slotHead)
			if !ok {
				return false, fmt.Errorf("a guarded post of no slot: %q", ref)
			}
			return a.schedule.Sending(ctx, tx, id, a.now(), after)
		},
	}
}

// slotSent notes that a message of a slot is in its chat, and what it carries.
func (a *app) slotSent(ctx context.Context, tx store.Tx, id int64, r telegram.Receipt) error {
	x, err := a.schedule.Slot(ctx, id)
	if errors.Is(err, schedule.ErrNotFound) {
		return nil // the digest was dropped meanwhile
	}
	if err != nil {
		return err
	}
	if r.Piece == 0 {
		if _, err := a.schedule.Sent(ctx, tx, id, r.Message); err != nil {
			return err
		}
	}
	if err := a.posted(ctx, tx, x, r); err != nil || !r.Last {
		return err
	}
	_, err = a.schedule.Done(ctx, tx, id)
	return err
}

// posted notes which items a message carries: those that begin in it.
func (a *app) posted(ctx context.Context, tx store.Tx, x schedule.Slot, r telegram.Receipt) error {
	d, err := decodeDraft(x.Draft)
	if err != nil {
		return err
	}
	text := lettersOf(r.Text)
	for i, item := range itemsOf(d.Digest) {
		if !strings.Contains(text, firstOf(lettersOf(item.Text))) {
			continue
		}
		err := a.schedule.Posted(ctx, tx, schedule.Post{
			Chat: strconv.FormatInt(r.Chat, 10), Topic: r.Thread, Message: r.Message, Item: i, Subscription: x.Subscription.ID, Slot: x.ID,
			Story: item.Story, Text: item.Text, Cited: item.Cited, At: a.now(),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// lettersOf returns the letters and digits of a text: what is the same however it is laid
// out.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// itemHead is how many letters tell an item from the others of its digest.
const itemHead = 60

func firstOf(s string) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), itemHead)])
}

// refused notes what cannot be sent: of a slot, of a draft, or of a correction.
func (a *app) refused(ctx context.Context, tx store.Tx, r telegram.Refusal) error {
	if id, ok := refOf(r.Ref, slotHead); ok {
		return a.slotRefused(ctx, tx, id, r)
	}
	if id, ok := refOf(r.Ref, draftHead); ok {
		return a.slotRefused(ctx, tx, id, r)
	}
	return a.watcher.Outcome(ctx, tx, r.Ref, correct.Result{Became: becameOf[r.What], Why: r.Why})
}

// becameOf is what a refusal means to a correction.
var becameOf = map[telegram.Refused]correct.Became{
	telegram.Gone: correct.Deleted, telegram.Uneditable: correct.Uneditable, telegram.Forbidden: correct.Forbidden, telegram.Rejected: correct.Rejected,
}

// slotRefused gives a slot up. Where the chat does not let the bot in any more, its
// digest is halted and the one who set it up is told; no other is touched.
func (a *app) slotRefused(ctx context.Context, tx store.Tx, id int64, r telegram.Refusal) error {
	x, err := a.schedule.Slot(ctx, id)
	if errors.Is(err, schedule.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := a.bot.TakeBack(ctx, tx, r.Source); err != nil {
		return err
	}
	if r.Piece > 0 { // a part is in the chat
		_, err := a.schedule.Done(ctx, tx, id)
		return err
	}
	if _, err := a.schedule.Skip(ctx, tx, id, schedule.Refused); err != nil || r.What != telegram.Forbidden {
		return err
	}
	_, err = a.schedule.Change(ctx, tx, x.Subscription.ID, a.now(), schedule.Halt())
	if err != nil {
		return err
	}
	return a.tellHalted(ctx, tx, x)
}

// tellHalted tells who set a digest up, or the admins, that it is halted.
func (a *app) tellHalted(ctx context.Context, tx store.Tx, x schedule.Slot) error {
	people := []int64{x.Subscription.By}
	if x.Subscription.By == 0 {
		admins, err := a.access.Admins(ctx)
		if err != nil {
			return err
		}
		people = admins
	}
	for _, person := range people {
		chosen, err := a.chats.Of(ctx, person)
		if err != nil {
			return err
		}
		block := a.locale.For(chosen.Interface).Block(bot.Paragraph, locale.DigestHalted(digestName(x.Subscription)))
		err = a.bot.Put(ctx, tx, telegram.Posting{
			Source: fmt.Sprintf("halted %d %d", x.ID, person), Chat: strconv.FormatInt(person, 10), Reply: bot.Reply{Blocks: []bot.Block{block}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// digestName is how a person knows a digest.
func digestName(sub schedule.Subscription) string { return cmp.Or(sub.Title, sub.Chat) }

// settleDoubts finds out what became of posts that a process was sending when it
// ended, or that got no answer.
func (a *app) settleDoubts(ctx context.Context) error {
	slots, err := a.schedule.Doubtful(ctx)
	for _, x := range slots {
		err = errors.Join(err, a.settleDoubt(ctx, x))
	}
	return err
}

func (a *app) settleDoubt(ctx context.Context, x schedule.Slot) error {
	source := slotRef(x.ID)
	message, found, err := a.bot.Look(ctx, source, x.After)
	if err != nil {
		return err
	}
	err = a.db.Write(ctx, func(tx store.Tx) error {
		if found {
			if ok, err := a.schedule.Found(ctx, tx, x.ID, message); err != nil || !ok {
				return err
			}
			return a.bot.Arrived(ctx, tx, source, message)
		}
		if ok, err := a.schedule.Lost(ctx, tx, x.ID); err != nil || !ok {
			return err
		}
		return a.bot.Release(ctx, tx, source)
	})
	if err != nil {
		return err
	}
	a.log.WarnContext(ctx, "it was in doubt whether a digest was posted", "chat", x.Subscription.Chat, "slot", x.ID, "found", found)
	return a.bot.Wake(ctx, x.Subscription.Chat)
}

// takeBackLate takes posts out of the outbox that have become late there: they are
// written again, or folded into the next.
func (a *app) takeBackLate(ctx context.Context, now time.Time) error {
	slots, err := a.schedule.Waiting(ctx, now)
	if err != nil || len(slots) == 0 {
		return err
	}
	return a.db.Write(ctx, func(tx store.Tx) error {
		for _, x := range slots {
			ok, err := a.schedule.TakeBack(ctx, tx, x.ID)
			if err != nil {
				return err
			}
			if !ok {
				continue // it is being sent
			}
			if err := a.bot.TakeBack(ctx, tx, slotRef(x.ID)); err != nil {
				return err
			}
		}
		return nil
	})
}
