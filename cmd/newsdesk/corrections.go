package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"newsdesk/bot"
	"newsdesk/bot/correct"
	"newsdesk/bot/locale"
	"newsdesk/bot/memory"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// Corrections of what was posted and answered: bot/correct finds them, here they are
// said and sent.

// newWatcher returns what follows the log for corrections.
func (a *app) newWatcher(ctx context.Context) (*correct.Watcher, error) {
	return correct.New(ctx, correct.Needs{Log: a.log, DB: a.db, Corpus: a.corpus, ByArticle: a.saidOf, Act: a.correct, Now: time.Now})
}

// woken are chats that have something to be sent once a transaction is written.
type woken struct {
	mu    sync.Mutex
	chats map[string]bool
}

func (w *woken) add(chat string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.chats == nil {
		w.chats = map[string]bool{}
	}
	w.chats[chat] = true
}

func (w *woken) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := slices.Sorted(maps.Keys(w.chats))
	w.chats = nil
	return all
}

// correctPosts brings corrections up to the end of the log.
func (a *app) correctPosts(ctx context.Context) error {
	err := a.watcher.Sync(ctx)
	for _, chat := range a.corrected.take() {
		if err := a.bot.Wake(ctx, chat); err != nil {
			return err
		}
	}
	return err
}

// saidOf returns what was posted with quotes of an article, and the answers with such
// in private chats.
func (a *app) saidOf(ctx context.Context, article string) ([]correct.Posted, error) {
	if _, err := a.corpus.Versions(ctx, article); errors.Is(err, corpus.ErrNotFound) {
		// Its text was removed here, and nothing of it is to be kept in posts.
		err := a.db.Write(ctx, func(tx store.Tx) error { return a.schedule.Removed(ctx, tx, article) })
		if err != nil {
			return nil, err
		}
	}
	posts, err := a.schedule.ByArticle(ctx, article)
	if err != nil {
		return nil, err
	}
	out := postedIn(posts)
	answers, err := a.memory.ByArticle(ctx, article, a.now().Add(-correct.DefaultMaxAge))
	if err != nil {
		return nil, err
	}
	for _, s := range answers {
		if s.Place.Chat > 0 && len(s.Messages) > 0 {
			out = append(out, answered(s))
		}
	}
	return out, nil
}

// postedIn makes one of the items of each message.
func postedIn(posts []schedule.Post) []correct.Posted {
	var out []correct.Posted
	at := map[string]int{}
	for _, p := range posts {
		chat, err := strconv.ParseInt(p.Chat, 10, 64)
		if err != nil {
			continue // no message of the messenger
		}
		ref := fmt.Sprintf("post %s %d", p.Chat, p.Message)
		i, ok := at[ref]
		if !ok {
			i = len(out)
			at[ref] = i
			out = append(out, correct.Posted{Ref: ref, Where: correct.Where{Chat: chat, Thread: p.Topic, Message: p.Message}, Form: correct.Digest, At: p.At})
		}
		for _, c := range p.Cited {
			if c.Quote != "" {
				out[i].Cited = append(out[i].Cited, correctCited(c))
			}
		}
	}
	return out
}

func correctCited(c schedule.Cited) correct.Cited {
	return correct.Cited{Sentence: c.Sentence, ArticleID: c.Article, Seq: c.Seq, Start: c.Start, End: c.End, Quote: c.Quote}
}

// answered is a private answer.
func answered(s memory.Shown) correct.Posted {
	p := correct.Posted{
		Ref: "answer " + s.ID, Where: correct.Where{Chat: s.Place.Chat, Thread: s.Place.Thread, Message: s.Messages[0]}, Form: correct.Answer, At: s.At,
	}
	for _, sentence := range s.Answer.Sentences {
		for _, c := range citedBy(sentence, s.Answer.Citations) {
			p.Cited = append(p.Cited, correctCited(c))
		}
	}
	return p
}

// correct stores the letter of a correction's step, in tx.
func (a *app) correct(ctx context.Context, tx store.Tx, c correct.Correction) error {
	texts, err := a.textsAt(ctx, c.Posted)
	if err != nil {
		return err
	}
	p := telegram.Posting{Source: c.Ref(), Chat: strconv.FormatInt(c.Posted.Where.Chat, 10), Thread: c.Posted.Where.Thread}
	if c.Step == correct.Edit {
		p.Amends = c.Posted.Where.Message
		told, err := a.watcher.Told(ctx, tx, c.Posted.Ref)
		if err != nil {
			return err
		}
		for _, row := range told {
			p.Reply.Blocks = append(p.Reply.Blocks, correctionBlocks(texts, row.Correction)...)
		}
	} else {
		p.ReplyTo = c.Posted.Where.Message
		p.Reply.Blocks = []bot.Block{texts.Block(bot.Paragraph, correctionHead(c.Posted.Form))}
	}
	p.Reply.Blocks = append(p.Reply.Blocks, correctionBlocks(texts, c)...)
	p.Reply.Ref = c.Ref()
	if err := a.bot.Put(ctx, tx, p); err != nil {
		return err
	}
	a.corrected.add(p.Chat)
	return nil
}

// textsAt are those of the place of a post: its digest's, or its chat's.
func (a *app) textsAt(ctx context.Context, p correct.Posted) (locale.Texts, error) {
	chosen, err := a.chats.Of(ctx, p.Where.Chat)
	if err != nil {
		return locale.Texts{}, err
	}
	sub := schedule.Subscription{Zone: chosen.Zone, Language: chosen.Interface}
	if p.Form == correct.Digest {
		if sub, err = a.subscriptionOf(ctx, p, sub); err != nil {
			return locale.Texts{}, err
		}
	}
	zone, err := time.LoadLocation(sub.Zone)
	if err != nil {
		zone = time.UTC // the machine does not know it any more
	}
	return a.locale.For(sub.Language).In(zone), nil
}

// subscriptionOf returns the digest that posted p, as far as its language and zone are
// its own; otherwise they are those of the chat.
func (a *app) subscriptionOf(ctx context.Context, p correct.Posted, chat schedule.Subscription) (schedule.Subscription, error) {
	posts, err := a.schedule.ByMessage(ctx, strconv.FormatInt(p.Where.Chat, 10), p.Where.Message)
	if err != nil || len(posts) == 0 {
		return chat, err
	}
	subs, err := a.schedule.List(ctx)
	for _, sub := range subs {
		if sub.ID == posts[0].Subscription {
			chat.Zone = sub.Zone
			if sub.Language != "" {
				chat.Language = sub.Language
			}
		}
	}
	return chat, err
}

func correctionHead(f correct.Form) locale.Message {
	if f == correct.Answer {
		return locale.CorrectionOfAnswer()
	}
	return locale.CorrectionOfPost()
}

// correctionBlocks say what changed, each once, and what the article says now where
// the values alone would not tell.
func correctionBlocks(texts locale.Texts, c correct.Correction) []bot.Block {
	var out []bot.Block
	said := map[string]bool{}
	say := func(m locale.Message) {
		if s := texts.Say(m); !said[s] {
			said[s] = true
			out = append(out, texts.Block(bot.Paragraph, m))
		}
	}
	for _, change := range c.Changes {
		for _, m := range sayChange(c, change) {
			say(m)
		}
		if now := short(change.New.Text); bare(change.Values) && !said[now] {
			said[now] = true
			out = append(out, bot.Plain(bot.Quote, now))
		}
	}
	if c.Restored {
		say(locale.Restored(c.At, c.Outlet))
	}
	return out
}

// bare reports whether a value is but a number, of which nobody knows what it counts.
func bare(values []correct.Value) bool {
	return slices.ContainsFunc(values, func(v correct.Value) bool { return !strings.ContainsFunc(v.Now.Text, unicode.IsLetter) })
}

// quoteRunes bounds what is quoted of an article in a correction.
const quoteRunes = 240

func short(s string) string {
	runes := []rune(s)
	if len(runes) <= quoteRunes {
		return s
	}
	return string(runes[:quoteRunes]) + "…"
}

func sayChange(c correct.Correction, change correct.Change) []locale.Message {
	now := short(change.New.Text)
	switch change.Kind {
	case correct.Withdrawn:
		return []locale.Message{locale.Withdrawn(c.At, c.Outlet, c.Title)}
	case correct.Reversed:
		return []locale.Message{locale.CorrectedReversed(c.At, c.Outlet, now)}
	case correct.Reworded:
		return []locale.Message{locale.Updated(c.At, c.Outlet, now)}
	case correct.NumberChanged, correct.NameChanged, correct.DateChanged:
		var out []locale.Message
		for _, v := range change.Values {
			out = append(out, locale.Corrected(c.At, c.Outlet, short(v.Now.Text), short(v.Was.Text)))
		}
		if len(out) > 0 {
			return out
		}
	}
	if now == "" {
		return []locale.Message{locale.CorrectedGone(c.At, c.Outlet, short(change.Old.Text))}
	}
	return []locale.Message{locale.CorrectedInstead(c.At, c.Outlet, now)}
}
