package chat

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/locale"
	"newsdesk/bot/schedule"
	"newsdesk/corpus/store"
)

// The acts of a button of digests. Behind those of a chat stands its number
// ("new.-100123"), before those of a digest its own ("12.preview").
const (
	actOf       = "of" // lists a chat's digests
	actNew      = "new"
	actBreaking = "breaking"
	actTest     = "test" // sends a test post to a channel
	actPreview  = "preview"
	actDelete   = "delete"
	actMain     = "main" // shows a digest's page anew
)

// digests answers /digest.
func (t *talk) digests(ctx context.Context) (Outcome, error) {
	if !t.groupAdmin(ctx) {
		return t.say(locale.GroupAdminsOnly()), nil
	}
	r, err := t.digestList(ctx, t.here())
	return Outcome{Replies: []bot.Reply{r}}, err
}

// here is the chat of the message as package schedule names it.
func (t *talk) here() string { return strconv.FormatInt(t.m.Place.Chat, 10) }

// digestPressed does what a button of digests asks for.
func (t *talk) digestPressed(ctx context.Context, about string) (Outcome, error) {
	what, rest, _ := strings.Cut(about, ".")
	switch what {
	case actOf, actNew, actBreaking, actTest:
		return t.chatPressed(ctx, what, rest)
	}
	s, ok, err := t.digest(ctx, what)
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return t.notice(locale.DigestGone()), nil
	}
	switch rest {
	case "", actMain:
		return t.instead(t.digestSheet(s)), nil
	case actPreview:
		return t.preview(ctx, s)
	case actDelete:
		return t.dropDigest(s), nil
	}
	return t.digestPage(ctx, s, rest)
}

// chatPressed does what is asked for a chat that the sender may manage.
func (t *talk) chatPressed(ctx context.Context, act, chat string) (Outcome, error) {
	ok, err := t.manages(ctx, chat)
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return t.notice(t.notYours(chat)), nil
	}
	switch act {
	case actOf:
		r, err := t.digestList(ctx, chat)
		return t.instead(r), err
	case actTest:
		return t.testPost(chat), nil
	}
	return t.newDigest(chat, act), nil
}

func (t *talk) notYours(chat string) locale.Message {
	if chat == t.here() {
		return locale.GroupAdminsOnly()
	}
	return locale.ChannelGone()
}

// manages reports whether the sender may change the digests of a chat: that of the
// message, or, in private, a channel to which they have added the bot and of which
// they are an admin now. What a button brings back may be forged.
func (t *talk) manages(ctx context.Context, chat string) (bool, error) {
	if chat == t.here() {
		return t.groupAdmin(ctx), nil
	}
	c, ok, err := t.channel(ctx, chat)
	if !ok || err != nil {
		return false, err
	}
	admin, err := t.desk.GroupAdmin(ctx, c.Chat, t.m.From.ID)
	if err != nil {
		t.desk.log.WarnContext(ctx, "it is not known who is an admin of the channel", "chat", c.Chat, "err", err)
		return false, nil
	}
	return admin, nil
}

// channel returns a channel of the sender's, in private.
func (t *talk) channel(ctx context.Context, chat string) (access.Channel, bool, error) {
	if t.m.Place.Kind != Private {
		return access.Channel{}, false, nil
	}
	all, err := t.desk.Access.Channels(ctx, t.m.From.ID)
	if err != nil {
		return access.Channel{}, false, err
	}
	i := slices.IndexFunc(all, func(c access.Channel) bool { return strconv.FormatInt(c.Chat, 10) == chat })
	if i < 0 {
		return access.Channel{}, false, nil
	}
	return all[i], true, nil
}

// digest returns a digest that the sender may change; ok is false for any other.
func (t *talk) digest(ctx context.Context, id string) (s schedule.Subscription, ok bool, err error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return s, false, nil // none of ours
	}
	s, err = t.desk.Schedule.Get(ctx, n)
	if errors.Is(err, schedule.ErrNotFound) {
		return s, false, nil
	}
	if err != nil {
		return s, false, err
	}
	ok, err = t.manages(ctx, s.Chat)
	return s, ok, err
}

// digestList lists the digests of a chat; that of a private chat leads to the
// person's channels, too.
func (t *talk) digestList(ctx context.Context, chat string) (bot.Reply, error) {
	all, err := t.desk.Schedule.Of(ctx, chat)
	if err != nil {
		return bot.Reply{}, err
	}
	head := locale.Subscriptions()
	channel, isChannel, err := t.channel(ctx, chat)
	if err != nil {
		return bot.Reply{}, err
	}
	if isChannel {
		head = locale.SubscriptionsOf(channel.Title)
	}
	r := bot.Reply{Blocks: []bot.Block{t.view.heading(head)}}
	if len(all) == 0 {
		r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Item, locale.SubscriptionsNone()))
	}
	for _, s := range all {
		r.Blocks = append(r.Blocks, t.digestLine(s))
		r.Buttons = append(r.Buttons, []bot.Button{{Text: t.digestName(s), Action: action{verbDigest, strconv.FormatInt(s.ID, 10)}.String()}})
	}
	r.Buttons = append(r.Buttons, []bot.Button{
		t.button(locale.ButtonNewDigest(), verbDigest, actNew+"."+chat), t.button(locale.ButtonNewBreaking(), verbDigest, actBreaking+"."+chat),
	})
	if isChannel {
		return t.withChannel(r, channel), nil
	}
	return t.withChannels(ctx, r)
}

// withChannel adds what there is for a channel only.
func (t *talk) withChannel(r bot.Reply, c access.Channel) bot.Reply {
	r.Blocks = append(r.Blocks, t.lacking(c)...)
	r.Buttons = append(r.Buttons, []bot.Button{
		t.button(locale.ButtonTestPost(), verbDigest, actTest+"."+strconv.FormatInt(c.Chat, 10)), t.button(locale.ButtonBack(), verbDigest, actOf+"."+t.here()),
	})
	return r
}

// maxChannels is the number of channels that have a button.
const maxChannels = 20

// withChannels adds buttons for the person's channels, in a private chat.
func (t *talk) withChannels(ctx context.Context, r bot.Reply) (bot.Reply, error) {
	if t.m.Place.Kind != Private {
		return r, nil
	}
	all, err := t.desk.Access.Channels(ctx, t.m.From.ID)
	if err != nil || len(all) == 0 {
		return r, err
	}
	r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Small, locale.ChannelsYours()))
	for _, c := range all[:min(len(all), maxChannels)] {
		r.Buttons = append(r.Buttons, []bot.Button{{Text: c.Title, Action: action{verbDigest, actOf + "." + strconv.FormatInt(c.Chat, 10)}.String()}})
	}
	return r, nil
}

// digestName is what a digest is called on a button.
func (t *talk) digestName(s schedule.Subscription) string {
	if s.Title != "" {
		return s.Title
	}
	return t.view.texts.Say(locale.SubscriptionName(int(s.ID)))
}

// titleSpans is what it is called in a text.
func (t *talk) titleSpans(s schedule.Subscription) []bot.Span {
	spans := t.view.texts.Spans(locale.SubscriptionName(int(s.ID)))
	if s.Title != "" {
		spans = []bot.Span{{Text: s.Title}}
	}
	for i := range spans {
		spans[i].Bold = true
	}
	return t.view.texts.Isolated(spans...)
}

func (t *talk) digestLine(s schedule.Subscription) bot.Block {
	said := []locale.Message{timesValue(t, s), daysValue(t, s)}
	if s.Kind == schedule.Breaking {
		said = []locale.Message{ruleValue(t, s)}
	}
	if s.Paused {
		said = append(said, locale.OutletPaused())
	}
	return bot.Block{Kind: bot.Item, Spans: t.view.texts.Line(append(t.titleSpans(s), t.view.parts(said...)...)...)}
}

// newDigest makes a digest for a chat, as it is before anything is chosen, and shows
// its page.
func (t *talk) newDigest(chat, act string) Outcome {
	sub := schedule.Default(chat, t.now)
	changes := []schedule.Change{schedule.InZone(t.now.Location().String())}
	if chat != t.here() { // a channel has no language of its own
		changes = append(changes, schedule.InLanguage(t.view.texts.Tag()))
	} else {
		changes = append(changes, schedule.InTopic(t.m.Place.Thread))
	}
	if act == actBreaking {
		changes = append(changes, schedule.BreakingBy(usualRule))
	}
	for _, change := range changes {
		if after, err := change(sub); err == nil { // what cannot be stays as it was
			sub = after
		}
	}
	sub.By = t.m.From.ID
	return Outcome{Report: func(ctx context.Context, tx store.Tx) (bot.Reply, error) {
		kept, err := t.desk.Schedule.Keep(ctx, tx, sub)
		r := t.digestSheet(kept)
		if errors.Is(err, schedule.ErrTooMany) {
			r = t.say(locale.TooManyDigests(schedule.MaxPerChat)).Replies[0]
			r.Buttons = [][]bot.Button{{t.button(locale.ButtonBack(), verbDigest, actOf+"."+chat)}}
			err = nil
		}
		r.Replaces = t.m.ID
		return r, err
	}}
}

// usualRule is that of new breaking news.
var usualRule = schedule.Rule{Origins: 3, PerDay: 3}

// digestSheet is the page of one digest.
func (t *talk) digestSheet(s schedule.Subscription) bot.Reply {
	id := strconv.FormatInt(s.ID, 10)
	r := bot.Reply{Blocks: []bot.Block{{Kind: bot.Paragraph, Spans: t.view.texts.Line(t.titleSpans(s)...)}}}
	var buttons []bot.Button
	for _, item := range digestItems {
		if item.only != "" && item.only != s.Kind {
			continue
		}
		r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Item, locale.Setting(item.name(), item.value(t, s))))
		buttons = append(buttons, t.button(item.name(), verbDigest, id+"."+item.page))
	}
	r.Blocks = append(r.Blocks, t.nextTimes(s)...)
	pausing := t.button(locale.ButtonPause(), verbChoose, id+"."+actPause+"=yes")
	if s.Paused {
		pausing = t.button(locale.ButtonResume(), verbChoose, id+"."+actPause+"=no")
	}
	r.Buttons = append(inRows(2, buttons),
		[]bot.Button{t.button(locale.ButtonPreview(), verbDigest, id+"."+actPreview), pausing},
		[]bot.Button{t.button(locale.ButtonDelete(), verbDigest, id+"."+pageDelete), t.button(locale.ButtonBack(), verbDigest, actOf+"."+s.Chat)})
	return r
}

// nextTimes says when the digest comes next, or that it is paused.
func (t *talk) nextTimes(s schedule.Subscription) []bot.Block {
	if s.Paused {
		return []bot.Block{t.view.texts.Block(bot.Small, locale.OutletPaused())}
	}
	next, err := s.Next(t.now, 1)
	if err != nil || len(next) == 0 {
		return nil // breaking news; of a zone that is gone package schedule tells
	}
	texts := t.view.texts.In(next[0].Location())
	if zone, err := time.LoadLocation(s.Zone); err == nil {
		texts = texts.In(zone)
	}
	return []bot.Block{texts.Block(bot.Small, locale.SubscriptionNext(next[0]))}
}

// preview shows what the digest would say now.
func (t *talk) preview(ctx context.Context, s schedule.Subscription) (Outcome, error) {
	r, err := t.desk.Preview(ctx, s)
	if err != nil {
		return Outcome{}, err
	}
	r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Small, locale.PreviewOnly()))
	return Outcome{Replies: []bot.Reply{r}}, nil
}

// dropDigest deletes a digest.
func (t *talk) dropDigest(s schedule.Subscription) Outcome {
	r := t.say(locale.DigestDeleted()).Replies[0]
	r.Buttons = [][]bot.Button{{t.button(locale.ButtonBack(), verbDigest, actOf+"."+s.Chat)}}
	out := t.instead(r)
	out.Commit = func(ctx context.Context, tx store.Tx) error {
		_, err := t.desk.Schedule.Drop(ctx, tx, s.ID)
		return err
	}
	return out
}
