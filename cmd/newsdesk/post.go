package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/digest"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram"
	"newsdesk/corpus/store"
)

// postCmd posts a summary of the newest articles, once or every day.
type postCmd struct {
	Chat  string        `arg:"" help:"The channel or chat: @name or number; or feed:NAME for an Atom feed and folder:NAME for a folder of Markdown in the data folder, with --at."`
	Since time.Duration `default:"24h" help:"How far back the summary reaches."`
	At    string        `help:"Post every day at this time of day (08:00) instead of now; a running serve does it." placeholder:"HH:MM"`
	Zone  string        `help:"Time zone of --at, such as Europe/Berlin; the machine's own when not given." placeholder:"NAME"`
	Stop  bool          `help:"Stop posting every day."`
	Now   clock         `help:"Take this for now." placeholder:"DATE"`
}

// Validate is called by kong: what is wrong here is wrong use.
func (c *postCmd) Validate() error {
	if c.Since <= 0 {
		return errors.New("--since must be longer than nothing")
	}
	if to, _ := schedule.TargetOf(c.Chat); to != schedule.Messenger {
		if c.At == "" && !c.Stop {
			return fmt.Errorf("%s gets its digests at times of day: say --at HH:MM", c.Chat)
		}
	} else if !strings.HasPrefix(c.Chat, "@") {
		if _, err := strconv.ParseInt(c.Chat, 10, 64); err != nil {
			return fmt.Errorf("%q is neither @name nor a number", c.Chat)
		}
	}
	if c.At != "" {
		if _, err := time.Parse("15:04", c.At); err != nil {
			return fmt.Errorf("--at %q is not a time of day such as 08:00", c.At)
		}
		if c.Since > schedule.MaxReach {
			return fmt.Errorf("--since reaches back %v at most when it is posted every day", schedule.MaxReach)
		}
	}
	if _, err := time.LoadLocation(c.Zone); err != nil {
		return fmt.Errorf("--zone: %w", err)
	}
	return nil
}

func (c *postCmd) Run(inv *invocation) error {
	if c.At != "" && c.Zone == "" {
		c.Zone = localZone()
	}
	return inv.within("post", c)
}

func (c *postCmd) runIn(ctx context.Context, a *app, s *streams) error {
	switch {
	case c.Stop:
		return c.stop(ctx, a, s)
	case c.At != "":
		return c.keep(ctx, a, s)
	}
	now := c.Now.now()
	d, reply, err := a.digest(ctx, s, c.Chat, digest.Order{From: now.Add(-c.Since), To: now, Told: a.toldTo(c.Chat, 0), SayEmpty: true})
	if err != nil {
		return err
	}
	post := byHand{source: fmt.Sprintf("post %s %d", c.Chat, time.Now().UnixNano()), chat: c.Chat, digest: d, reply: reply}
	if a.bot != nil {
		return a.postBeside(ctx, s, post)
	}
	b, err := a.newBot(ctx, nil)
	if err != nil {
		return err
	}
	// A post that is stored is sent some day: not with a token that is wrong.
	if _, err := b.Me(ctx); errors.Is(err, telegram.ErrToken) {
		return err
	}
	if err := a.store(ctx, b, post); err != nil {
		return err
	}
	if err := b.Deliver(ctx, post.source, c.Chat); err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "posted to %s\n", c.Chat)
	return nil
}

func (c *postCmd) stop(ctx context.Context, a *app, s *streams) error {
	subs, err := a.schedule.Of(ctx, c.Chat)
	if err != nil {
		return err
	}
	if len(subs) == 0 {
		return fmt.Errorf("nothing is posted to %s every day", c.Chat)
	}
	err = a.db.Write(ctx, func(tx store.Tx) error {
		for _, sub := range subs {
			if _, err := a.schedule.Drop(ctx, tx, sub.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "nothing is posted to %s every day any more\n", c.Chat)
	return nil
}

func (c *postCmd) keep(ctx context.Context, a *app, s *streams) error {
	at, err := schedule.ParseTimeOfDay(c.At)
	if err != nil {
		return err
	}
	subs, err := a.schedule.Of(ctx, c.Chat)
	if err != nil {
		return err
	}
	now := time.Now()
	err = a.db.Write(ctx, func(tx store.Tx) error {
		id, err := c.subscription(ctx, a, tx, subs, now)
		if err != nil {
			return err
		}
		_, err = a.schedule.Change(ctx, tx, id, now, schedule.At(at), schedule.InZone(c.Zone), schedule.Reaching(c.Since))
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%s gets a summary every day at %s (%s)\n", c.Chat, c.At, c.Zone)
	if a.bot == nil {
		fmt.Fprintln(s.Err, "It is posted by “newsdesk serve”, which is not running on this data folder now.")
	}
	return nil
}

// subscription returns the digest of the chat that was made here before, or a new
// one: this command keeps one for each chat, beside those that people make in it.
func (c *postCmd) subscription(ctx context.Context, a *app, tx store.Tx, subs []schedule.Subscription, now time.Time) (int64, error) {
	for _, sub := range subs {
		if sub.By == 0 && sub.Kind == schedule.Scheduled {
			return sub.ID, nil
		}
	}
	sub, err := a.schedule.Keep(ctx, tx, schedule.Default(c.Chat, now))
	return sub.ID, err
}

// localZone returns the machine's zone by its IANA name, UTC when it has none.
func localZone() string {
	if name := time.Local.String(); name != "Local" {
		return name
	}
	return machineZone()
}

// viewFor lays out in a language or, without one, in that which a chat has chosen;
// English for one that has chosen none, and for one that is known by its @name only.
func (a *app) viewFor(ctx context.Context, reader, language string) (chat.View, error) {
	if language != "" {
		return chat.NewView(a.locale.For(language)), nil
	}
	id, err := strconv.ParseInt(reader, 10, 64)
	if err != nil {
		return a.view(), nil
	}
	chosen, err := a.chats.Of(ctx, id)
	if err != nil {
		return chat.View{}, err
	}
	return chat.NewView(a.locale.For(chosen.Interface)), nil
}

// byHand is a digest that a person posts.
type byHand struct {
	source, chat string
	digest       bot.Digest
	reply        bot.Reply
}

// store stores a post with what it tells.
func (a *app) store(ctx context.Context, b *telegram.Bot, p byHand) error {
	return a.db.Write(ctx, func(tx store.Tx) error {
		if err := a.tell(ctx, tx, schedule.Telling{Chat: p.chat, At: p.digest.To}, p.digest); err != nil {
			return err
		}
		return b.Post(ctx, tx, p.source, p.chat, p.reply)
	})
}

// postBeside posts through the bot that is running, and waits for what becomes
// of it.
func (a *app) postBeside(ctx context.Context, s *streams, p byHand) error {
	if err := a.store(ctx, a.bot, p); err != nil {
		return err
	}
	if err := a.bot.Wake(ctx, p.chat); err != nil {
		return err
	}
	if err := a.bot.Await(ctx, p.source); err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "posted to %s\n", p.chat)
	return nil
}
