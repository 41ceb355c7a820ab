package chat

import (
	"context"
	"strconv"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/locale"
	"newsdesk/corpus/store"
)

// standing notes what the bot may do in a channel now, and says it to whoever has
// changed it: which rights are missing, or that all is well, with a test post and the
// channel's digests as what comes next.
func (t *talk) standing(ctx context.Context, a Added) (Outcome, error) {
	c := access.Channel{Chat: a.Channel, Person: t.m.From.ID, Title: a.To, MayPost: !a.MayNotPost, MayEdit: !a.MayNotEdit}
	if a.Gone { // whoever took it out knows
		return Outcome{Commit: func(ctx context.Context, tx store.Tx) error { return t.desk.Access.LeftChannel(ctx, tx, a.Channel) }}, nil
	}
	out := Outcome{Commit: func(ctx context.Context, tx store.Tx) error { return t.desk.Access.EnteredChannel(ctx, tx, c) }}
	welcome, err := t.welcome(ctx)
	if err != nil {
		return Outcome{}, err
	}
	missing := t.lacking(c)
	if !welcome && len(missing) == 0 {
		return out, nil
	}
	r := bot.Reply{Blocks: missing}
	if welcome {
		r = t.nextSteps(r, c)
	}
	out.Replies = []bot.Reply{r}
	return out, nil
}

// lacking names the rights that the bot lacks in a channel; none when it has all.
func (t *talk) lacking(c access.Channel) []bot.Block {
	var blocks []bot.Block
	if !c.MayPost {
		blocks = append(blocks, t.view.texts.Block(bot.Paragraph, locale.MayNotPost(c.Title)))
	}
	if !c.MayEdit {
		blocks = append(blocks, t.view.texts.Block(bot.Paragraph, locale.MayNotEdit(c.Title)))
	}
	return blocks
}

// nextSteps adds what can be done in a channel.
func (t *talk) nextSteps(r bot.Reply, c access.Channel) bot.Reply {
	if len(r.Blocks) == 0 {
		r.Blocks = []bot.Block{t.view.texts.Block(bot.Paragraph, locale.ChannelReady(c.Title)), t.view.texts.Block(bot.Small, locale.ChannelDiscussion())}
	}
	number := strconv.FormatInt(c.Chat, 10)
	digests := t.button(locale.ButtonDigests(), verbDigest, actOf+"."+number)
	if !c.MayPost {
		r.Buttons = [][]bot.Button{{digests}}
		return r
	}
	r.Buttons = [][]bot.Button{{t.button(locale.ButtonTestPost(), verbDigest, actTest+"."+number), digests}}
	return r
}

// testPost sends a test post to a channel, or another chat that the sender manages.
func (t *talk) testPost(chat string) Outcome {
	number, err := strconv.ParseInt(chat, 10, 64)
	if err != nil {
		return t.notice(locale.WrongButton())
	}
	out := t.notice(locale.TestSent())
	out.Posts = []Post{{Chat: number, Reply: t.say(locale.TestPost()).Replies[0]}}
	return out
}
