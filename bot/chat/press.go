package chat

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/feedback"
	"newsdesk/bot/locale"
	"newsdesk/bot/memory"
	"newsdesk/bot/settings"
	"newsdesk/corpus/store"
)

// pressed does what a button asks for.
func (t *talk) pressed(ctx context.Context) (Outcome, error) {
	a, ok := parseAction(t.m.Pressed)
	if !ok {
		return t.notice(locale.WrongButton()), nil
	}
	switch a.verb {
	case verbQuotes, verbHide, verbCompare, verbGood, verbBad:
		return t.pressedUnder(ctx, a)
	case verbMenu:
		return t.menu(ctx, a.about)
	case verbSet:
		return t.set(ctx, a.about)
	case verbDigest:
		return t.digestPressed(ctx, a.about)
	case verbChoose:
		return t.chooseDigest(ctx, a.about)
	case verbStory:
		return t.showStory(ctx, a.about)
	case verbOutlets:
		return t.registerPressed(ctx, a.about)
	case verbForget:
		return t.forgetPressed(ctx, a.about)
	case verbDraft:
		return t.draft(ctx, a.about)
	}
	return t.notice(locale.WrongButton()), nil
}

// draft decides about the draft of a slot; whose decision that is Needs.Draft knows.
func (t *talk) draft(ctx context.Context, about string) (Outcome, error) {
	number, what, _ := strings.Cut(about, ".")
	slot, err := strconv.ParseInt(number, 10, 64)
	if err != nil || t.desk.Draft == nil {
		return t.notice(locale.WrongButton()), nil
	}
	return t.desk.Draft(ctx, t.m, slot, what)
}

// notice shows a few words for a moment.
func (t *talk) notice(m locale.Message) Outcome {
	return Outcome{Notice: t.view.texts.Say(m)}
}

// pressedUnder does what a button under an answer asks for. An answer of another
// place is not found: what a button brings back may be forged.
func (t *talk) pressedUnder(ctx context.Context, a action) (Outcome, error) {
	kept, err := t.desk.Memory.Answer(ctx, t.place(), a.about)
	if errors.Is(err, memory.ErrNotFound) {
		return t.notice(locale.OldButton(int(memory.AnswersFor / (24 * time.Hour)))), nil
	}
	if err != nil {
		return Outcome{}, err
	}
	switch a.verb {
	case verbQuotes:
		return t.unfold(kept, t.view.unfolded(kept.Answer), verbHide), nil
	case verbHide:
		return t.unfold(kept, t.view.folded(kept.Answer), verbQuotes), nil
	case verbCompare:
		return t.compareKept(ctx, kept)
	}
	return t.vote(ctx, kept, a.verb)
}

// unfold lays the answer out anew in its message.
func (t *talk) unfold(kept memory.Kept, r bot.Reply, next string) Outcome {
	r.Replaces, r.Ref = t.m.ID, kept.ID
	r.Rich = t.settings.Rendering == settings.Rich
	r.Buttons = t.answerButtons(kept.ID, kept.Answer, next)
	return Outcome{Replies: []bot.Reply{r}}
}

// compareKept compares outlets on the question of an answer.
func (t *talk) compareKept(ctx context.Context, kept memory.Kept) (Outcome, error) {
	question := kept.Turn().Question
	if !askable(question) {
		return t.notice(locale.WrongButton()), nil
	}
	return t.ask(ctx, asking{question: question, kind: bot.Comparison, turns: []bot.Turn{}})
}

// vote keeps what the person thinks of an answer; the same vote again takes it
// back.
func (t *talk) vote(ctx context.Context, kept memory.Kept, verb string) (Outcome, error) {
	v, thanks := feedback.Good, locale.ThanksGood()
	if verb == verbBad {
		v, thanks = feedback.Bad, locale.ThanksBad()
	}
	before, err := t.desk.Feedback.Of(ctx, kept.ID, t.m.From.ID)
	if err != nil {
		return Outcome{}, err
	}
	if before == v {
		thanks = locale.FeedbackGone()
	}
	out := t.notice(thanks)
	out.Commit = func(ctx context.Context, tx store.Tx) error {
		_, err := t.desk.Feedback.Press(ctx, tx, t.m.Place.Chat, kept.ID, t.m.From.ID, v, t.now)
		return err
	}
	return out, nil
}

// forget asks whether all that is kept of the place is to be deleted.
func (t *talk) forget(ctx context.Context) (Outcome, error) {
	ask := locale.ForgetAsk()
	if t.m.Place.Kind != Private {
		if !t.groupAdmin(ctx) {
			return t.say(locale.GroupAdminsOnly()), nil
		}
		ask = locale.ForgetAskHere()
	}
	out := t.say(ask)
	out.Replies[0].Buttons = [][]bot.Button{{
		t.button(locale.ButtonForget(), verbForget, "yes"), t.button(locale.ButtonKeep(), verbForget, "no"),
	}}
	return out, nil
}

// forgetPressed deletes everything, or leaves it.
func (t *talk) forgetPressed(ctx context.Context, answer string) (Outcome, error) {
	if !t.groupAdmin(ctx) {
		return t.notice(locale.GroupAdminsOnly()), nil
	}
	if answer != "yes" {
		out := t.say(locale.ForgetKept())
		out.Replies[0].Replaces = t.m.ID
		return out, nil
	}
	return Outcome{Report: t.wipe}, nil
}

// wipe deletes all that is kept of the place's chat, in private also of the
// person, and says what that was.
func (t *talk) wipe(ctx context.Context, tx store.Tx) (bot.Reply, error) {
	var lines []locale.Message
	count := func(n int, err error, line func(int) locale.Message) error {
		if n > 0 {
			lines = append(lines, line(n))
		}
		return err
	}
	d, chat := t.desk, t.m.Place.Chat
	answers, err := d.Memory.Forget(ctx, tx, chat)
	if err := count(answers.Answers, err, locale.ForgottenAnswers); err != nil {
		return bot.Reply{}, err
	}
	messages, err := d.Wipe(ctx, tx, chat)
	if err := count(messages, err, locale.ForgottenMessages); err != nil {
		return bot.Reply{}, err
	}
	for _, part := range []struct {
		forget func(context.Context, store.Tx, int64) (int, error)
		line   func(int) locale.Message
	}{{d.Settings.Forget, locale.ForgottenSettings}, {d.Feedback.Forget, locale.ForgottenFeedback}, {d.Records.Forget, locale.ForgottenRecords}} {
		n, err := part.forget(ctx, tx, chat)
		if err := count(n, err, part.line); err != nil {
			return bot.Reply{}, err
		}
	}
	digests, err := d.Schedule.Forget(ctx, tx, t.here())
	if err := count(digests, err, locale.ForgottenDigests); err != nil {
		return bot.Reply{}, err
	}
	days, err := d.Access.Forget(ctx, tx, chat)
	if err := count(days, err, locale.ForgottenUsage); err != nil {
		return bot.Reply{}, err
	}
	return t.forgotten(lines), nil
}

// forgotten says what was deleted.
func (t *talk) forgotten(lines []locale.Message) bot.Reply {
	r := bot.Reply{Replaces: t.m.ID}
	if len(lines) == 0 {
		r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Paragraph, locale.ForgottenNothing()))
		return r
	}
	r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Paragraph, locale.Forgotten()))
	for _, l := range lines {
		b := t.view.texts.Block(bot.Item, l)
		b.Spans = append([]bot.Span{own("• ")}, b.Spans...)
		r.Blocks = append(r.Blocks, b)
	}
	r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Small, locale.ForgetStays()))
	return r
}
