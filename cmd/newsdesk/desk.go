package main

import (
	"context"
	"errors"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/chat"
	"newsdesk/bot/correct"
	"newsdesk/bot/digest"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram"
	"newsdesk/corpus/store"
	"newsdesk/retrieval"
	"newsdesk/retrieval/lexical"
)

// newDesk returns the desk of a bot that runs, which b returns once there is one.
func (a *app) newDesk(door chat.Door, b func() *telegram.Bot) *chat.Desk {
	began := time.Now()
	return chat.New(a.log, chat.Needs{
		Corpus: a.corpus, Access: a.access, Memory: a.memory, Settings: a.chats, Feedback: a.feedback, Records: a.records, Locale: a.locale,
		Answer: a.ask, About: a.about, Poller: a.poller, Stories: a.storied,
		Schedule: a.schedule, Preview: a.preview,
		GroupAdmin: func(ctx context.Context, chat, person int64) (bool, error) {
			return b().IsGroupAdmin(ctx, chat, person)
		},
		Wipe:      func(ctx context.Context, tx store.Tx, chat int64) (int, error) { return a.wipe(ctx, tx, b(), chat) },
		Draft:     a.decide,
		Operation: func(ctx context.Context) (chat.Operation, error) { return a.operation(ctx, b(), began) },
		Door:      door, Limits: a.settings.limits(), Model: a.models.server(), Now: nowHere(),
	})
}

// wipe deletes what is kept of a chat's messages and of their corrections.
func (a *app) wipe(ctx context.Context, tx store.Tx, b *telegram.Bot, chat int64) (int, error) {
	if _, err := a.watcher.Forget(ctx, tx, chat); err != nil {
		return 0, err
	}
	return b.Forget(ctx, tx, chat)
}

// nowHere returns a clock in the machine's zone by its name, which people get to
// see.
func nowHere() func() time.Time {
	zone, err := time.LoadLocation(localZone())
	if err != nil {
		zone = time.Local
	}
	return func() time.Time { return time.Now().In(zone) }
}

func (s settings) limits() access.Limits {
	return access.Limits{Person: s.QuestionsPerPerson, Chat: s.QuestionsPerChat, Tokens: s.TokensPerDay}
}

// about finds the newest articles about a topic, a passage of each.
func (a *app) about(ctx context.Context, topic string, n int) ([]retrieval.Passage, error) {
	search, err := a.searchingBeside(ctx)
	if err != nil {
		return nil, err
	}
	result, err := search.retriever.Retrieve(ctx, retrieval.Query{Text: topic, Latest: true, Several: true, Limit: 3 * n})
	if err != nil {
		return nil, err
	}
	var out []retrieval.Passage
	seen := map[string]bool{}
	for _, h := range result.Hits {
		p := h.Passage
		if seen[p.ArticleID] || len(out) == n || !a.isAbout(h) {
			continue
		}
		seen[p.ArticleID] = true
		out = append(out, p)
	}
	return out, nil
}

// previewed is how far back a preview reaches where the digest says nothing of it.
const previewed = 24 * time.Hour

// preview writes what a digest would post now, after what its place was told.
func (a *app) preview(ctx context.Context, s schedule.Subscription) (bot.Reply, error) {
	now := time.Now()
	if zone, err := time.LoadLocation(s.Zone); err == nil {
		now = now.In(zone)
	}
	_, reply, err := a.digest(ctx, nil, s.Chat, digest.Order{
		From: now.Add(-max(previewed, s.Reach)), To: now, Topics: s.Topics, Only: s.Only, Without: s.Without,
		Language: s.Language, Items: s.Items, Told: a.toldTo(s.Chat, s.Topic), SayEmpty: true,
	})
	return reply, err
}

// isAbout reports whether what was found has to do with what was looked for. There
// is always something that is nearest in meaning; the table of word vectors knows
// one language and no nonsense, so with it a word must be the same, too.
func (a *app) isAbout(h retrieval.Hit) bool {
	_, words := h.Places[lexical.Name]
	return words || a.settings.OpenaiEmbeddingModel != ""
}

// operation says how the bot is doing.
func (a *app) operation(ctx context.Context, b *telegram.Bot, since time.Time) (chat.Operation, error) {
	received, toSend, err := b.Waiting(ctx)
	if err != nil {
		return chat.Operation{}, err
	}
	now := time.Now()
	y, m, d := now.Date()
	refused, err := b.Refused(ctx, time.Date(y, m, d, 0, 0, 0, 0, now.Location()))
	if err != nil {
		return chat.Operation{}, err
	}
	op := chat.Operation{Version: version(), Since: since, Received: received, ToSend: toSend, Refused: refused}
	g, err := a.generating(ctx, nil)
	if err == nil && g.fallback != nil {
		op.Model = g.main.Model()
	}
	return op, err
}

// spent counts tokens of the model.
func (a *app) spent(ctx context.Context, tokens int) {
	a.metrics.tokens.Add(float64(tokens))
	if err := a.access.Spent(ctx, tokens, time.Now()); err != nil {
		a.log.WarnContext(ctx, "tokens were not counted", "tokens", tokens, "err", err)
	}
}

// sent notes what became of a message that somebody asks for: one of a digest, of a
// correction, or of an answer.
func (a *app) sent(ctx context.Context, tx store.Tx, r telegram.Receipt) error {
	if id, ok := refOf(r.Ref, slotHead); ok {
		return a.slotSent(ctx, tx, id, r)
	}
	if err := a.watcher.Outcome(ctx, tx, r.Ref, correct.Result{Became: correct.Done}); err != nil {
		return err
	}
	return a.memory.Sent(ctx, tx, r.Ref, r.Message)
}

// moved carries over what is kept of a group that got a new id.
func (a *app) moved(ctx context.Context, tx store.Tx, from, to int64) error {
	for _, move := range []func(context.Context, store.Tx, int64, int64) error{
		a.access.Move, a.memory.Move, a.chats.Move, a.feedback.Move, a.records.Move, a.schedule.Move, a.watcher.Move,
	} {
		if err := move(ctx, tx, from, to); err != nil {
			return err
		}
	}
	return nil
}

// groupCommands are those that make sense in a group.
var groupCommands = map[string]bool{
	"ask": true, "latest": true, "story": true, "compare": true, "sources": true, "digest": true, "settings": true, "new": true, "cancel": true, "privacy": true, "help": true,
}

// menus are the commands in all languages.
func (a *app) menus() []telegram.Menu {
	var out []telegram.Menu
	for i, l := range a.locale.Languages() {
		menu := telegram.Menu{Language: l.Tag, Private: chat.Menu(a.locale.For(l.Tag)), Admin: chat.AdminMenu(a.locale.For(l.Tag))}
		if i == 0 { // English is for everybody whose language there is not
			menu.Language = ""
		}
		for _, c := range menu.Private {
			if groupCommands[c.Name] {
				menu.Group = append(menu.Group, c)
			}
		}
		out = append(out, menu)
	}
	return out
}

// view lays things out for the terminal, in English.
func (a *app) view() chat.View { return chat.NewView(a.locale.For("en")) }

// tidyEvery is how often it is looked for what has become too old to be kept.
const tidyEvery = time.Hour

// keepTidy deletes what has become too old.
func (a *app) keepTidy(ctx context.Context) error {
	return every(ctx, tidyEvery, func() {
		expired, err := a.memory.Expire(ctx)
		cleared, err2 := a.records.Clear(ctx, time.Now())
		corrections, err3 := a.watcher.Expire(ctx)
		if err := errors.Join(err, err2, err3); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "what is too old could not be deleted and is tried again", "err", err)
		}
		if expired+cleared+corrections > 0 {
			a.log.InfoContext(ctx, "deleted what was too old", "answers", expired, "records", cleared, "corrections", corrections)
		}
	})
}
