package chat

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/locale"
	"newsdesk/bot/schedule"
	"newsdesk/bot/settings"
	"newsdesk/corpus/store"
)

// chooseDigest makes a choice about a digest, given as "ID.page=value", and shows
// where it leads.
func (t *talk) chooseDigest(ctx context.Context, about string) (Outcome, error) {
	id, choice, _ := strings.Cut(about, ".")
	s, ok, err := t.digest(ctx, id)
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return t.notice(locale.DigestGone()), nil
	}
	page, value, ok := strings.Cut(choice, "=")
	change, next, err := t.digestChange(ctx, s, page, value)
	if err != nil {
		return Outcome{}, err
	}
	if !ok || change == nil {
		return t.notice(locale.WrongButton()), nil
	}
	after, err := change(s)
	if err != nil {
		return t.notice(digestRefusal(err, value)), nil
	}
	out, err := t.after(ctx, after, next)
	out.Notice, out.Commit = t.digestKept(page, after), t.digestSetting(s.ID, change)
	return out, err
}

// after shows a page of a digest as it is after a choice.
func (t *talk) after(ctx context.Context, s schedule.Subscription, page string) (Outcome, error) {
	if page == actMain {
		return t.instead(t.digestSheet(s)), nil
	}
	return t.digestPage(ctx, s, page)
}

// digestSetting makes the change durable.
func (t *talk) digestSetting(id int64, change schedule.Change) func(context.Context, store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		_, err := t.desk.Schedule.Change(ctx, tx, id, t.now, change)
		if errors.Is(err, schedule.ErrNotFound) {
			return nil // it was deleted meanwhile
		}
		return err
	}
}

// digestKept says what a choice is now, empty for one that is on no page.
func (t *talk) digestKept(page string, s schedule.Subscription) string {
	if page == pageOnly || page == pageWithout || page == pageAll {
		page = pageOutlets
	}
	item, ok := digestItemOf(page, s.Kind)
	if !ok {
		return ""
	}
	return t.view.texts.Say(locale.SettingKept(item.name(), item.value(t, s)))
}

// digestChange returns what a choice changes and the page that it leads to; nil for
// a choice that there is not.
func (t *talk) digestChange(ctx context.Context, s schedule.Subscription, page, value string) (schedule.Change, string, error) {
	if page == pageOnly || page == pageWithout {
		return t.digestOutlet(ctx, page, value)
	}
	if change := toggled(s, page, value); change != nil {
		return change, page, nil
	}
	return t.chosen(page, value), actMain, nil
}

// toggled are the choices of which several are made on one page.
func toggled(s schedule.Subscription, page, value string) schedule.Change {
	n, err := strconv.Atoi(value)
	number := err == nil && n >= 0
	switch {
	case page == pageTimes && number && n < 24*60:
		return schedule.ToggleTime(schedule.TimeOfDay(n))
	case page == pageDays && value == pageAll:
		return schedule.OnDays(schedule.EveryDay)
	case page == pageDays && number && n < 7:
		return schedule.ToggleDay(time.Weekday(n))
	case page == pageTopics && value == pageAll:
		return schedule.AllTopics()
	case page == pageTopics:
		return topicOf(s, value)
	case page == pageRule:
		return ruleChange(s.Breaking, value)
	case page == pageQuiet:
		return quietChange(s.Quiet, value)
	}
	return nil
}

// topicOf takes the topic with the handle out.
func topicOf(s schedule.Subscription, short string) schedule.Change {
	for _, topic := range s.Topics {
		if handle(topic) == short {
			return schedule.ToggleTopic(topic)
		}
	}
	return nil
}

// ruleChange reads "o3", from three origins on, and "d5", five a day.
func ruleChange(r schedule.Rule, value string) schedule.Change {
	if len(value) < 2 {
		return nil
	}
	n, err := strconv.Atoi(value[1:])
	if err != nil {
		return nil
	}
	switch value[0] {
	case 'o':
		r.Origins = n
	case 'd':
		r.PerDay = n
	default:
		return nil
	}
	return func(s schedule.Subscription) (schedule.Subscription, error) {
		if s.Kind != schedule.Breaking { // it was made so, and stays so
			return s, schedule.ErrKind
		}
		return schedule.BreakingBy(r)(s)
	}
}

// quietChange reads "none", a rule, or "1320-420", the minutes after midnight.
func quietChange(q schedule.Quiet, value string) schedule.Change {
	switch value {
	case "none":
		return schedule.QuietIn(schedule.Quiet{})
	case string(schedule.MoveQuiet), string(schedule.SkipQuiet):
		q.Rule = schedule.QuietRule(value)
		return schedule.QuietIn(q)
	}
	first, second, _ := strings.Cut(value, "-")
	from, err := strconv.Atoi(first)
	to, err2 := strconv.Atoi(second)
	if err != nil || err2 != nil {
		return nil
	}
	q.From, q.To = schedule.TimeOfDay(from), schedule.TimeOfDay(to)
	return schedule.QuietIn(q)
}

// chosen are the choices of which one is made.
func (t *talk) chosen(page, value string) schedule.Change {
	switch page {
	case pageZone:
		return schedule.InZone(value)
	case pageAll:
		return schedule.AllOutlets()
	case pageAnswer:
		return schedule.InLanguage(value)
	case pageEmpty:
		return schedule.WhenEmpty(schedule.Emptiness(value))
	case pageSilent:
		return schedule.Silently(value == "yes")
	case actPause:
		return schedule.Pause(value == "yes")
	case pageCalled:
		return schedule.Titled("")
	case pageApproved:
		return t.approving(value)
	}
	n, err := strconv.Atoi(value)
	switch {
	case err != nil:
		return nil
	case page == pageItems:
		return schedule.AtMost(n)
	case page == pageWindow && n <= int(schedule.MaxWindow/time.Hour):
		return schedule.LateUpTo(time.Duration(n) * time.Hour)
	}
	return nil
}

// approving sends drafts to whoever chose it; an anonymous admin has no private chat.
func (t *talk) approving(value string) schedule.Change {
	switch {
	case value != "yes":
		return schedule.ApprovedBy(0)
	case t.m.From.ID <= 0:
		return nil
	}
	return schedule.ApprovedBy(t.m.From.ID)
}

// digestOutlet takes an outlet, given by its handle, in or out.
func (t *talk) digestOutlet(ctx context.Context, page, value string) (schedule.Change, string, error) {
	short, from, _ := strings.Cut(value, ".")
	outlet, err := t.outletOf(ctx, short)
	if err != nil || outlet == "" {
		return nil, "", err
	}
	if page == pageOnly {
		return schedule.OnlyOutlet(outlet), page + "." + from, nil
	}
	return schedule.WithoutOutlet(outlet), page + "." + from, nil
}

// digestRefusal says why a choice cannot be made.
func digestRefusal(err error, value string) locale.Message {
	switch {
	case errors.Is(err, schedule.ErrTimes), errors.Is(err, schedule.ErrDays):
		return locale.LastStays()
	case errors.Is(err, schedule.ErrTime), errors.Is(err, schedule.ErrQuiet):
		return locale.BadTimes()
	case errors.Is(err, schedule.ErrTopics):
		return locale.BadTopic()
	case errors.Is(err, schedule.ErrTitle):
		return locale.BadTitle()
	case errors.Is(err, settings.ErrOutlets), errors.Is(err, settings.ErrZone), errors.Is(err, settings.ErrLanguage):
		return refusal(err, value)
	}
	return locale.WrongButton()
}

// typedDigest takes a reply to a question about a digest as its answer. ok is false
// for any other message.
func (t *talk) typedDigest(ctx context.Context) (out Outcome, ok bool, err error) {
	page, ok := t.askedOfDigest()
	if !ok {
		return Outcome{}, false, nil
	}
	id, ok := t.referredTo()
	if !ok {
		return Outcome{}, false, nil
	}
	s, ok, err := t.digest(ctx, id)
	if err != nil {
		return Outcome{}, true, err
	}
	if !ok {
		return t.say(locale.DigestGone()), true, nil
	}
	return t.typedChoice(s, page), true, nil
}

// typedPages are the pages that take a reply.
var typedPages = []string{pageTimes, pageQuiet, pageTopics, pageZone, pageCalled}

// askedOfDigest returns the page whose question the message replies to.
func (t *talk) askedOfDigest() (string, bool) {
	for _, item := range digestItems {
		for _, page := range typedPages {
			if item.page == page && t.repliesTo(item.ask()) {
				return page, true
			}
		}
	}
	return "", false
}

// typedChoice makes the choice that was written, and shows the digest.
func (t *talk) typedChoice(s schedule.Subscription, page string) Outcome {
	text := strings.TrimSpace(t.m.Text)
	change := readChoice(s, page, text)
	if change == nil {
		return t.say(locale.BadTimes())
	}
	after, err := change(s)
	if err != nil {
		return t.say(digestRefusal(err, firstRunes(text, maxTopic)))
	}
	return Outcome{Replies: []bot.Reply{t.digestSheet(after)}, Commit: t.digestSetting(s.ID, change)}
}

// readChoice reads a choice; nil for times of day that are none.
func readChoice(s schedule.Subscription, page, text string) schedule.Change {
	switch page {
	case pageTopics:
		return schedule.ToggleTopic(text)
	case pageZone:
		return schedule.InZone(text)
	case pageCalled:
		return schedule.Titled(text)
	}
	times, ok := timesIn(text)
	switch {
	case !ok:
		return nil
	case page == pageTimes:
		return schedule.At(times...)
	case len(times) == 2:
		return schedule.QuietIn(schedule.Quiet{From: times[0], To: times[1], Rule: s.Quiet.Rule})
	}
	return nil
}

// timesIn reads times of day, in the digits of any language; ok is false where
// there is none, or something else.
func timesIn(text string) (times []schedule.TimeOfDay, ok bool) {
	words := strings.FieldsFunc(strings.Map(westernDigit, text), func(r rune) bool { return strings.ContainsRune(" ,;،–\n\t", r) })
	for _, w := range words {
		at, err := schedule.ParseTimeOfDay(w)
		if err != nil {
			return nil, false
		}
		times = append(times, at)
	}
	return times, len(times) > 0
}

// westernDigit writes the digits of Arabic and Persian as the clock of a machine
// does.
func westernDigit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰'
	}
	return r
}
