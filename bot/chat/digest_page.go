package chat

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/locale"
	"newsdesk/bot/schedule"
)

// The pages of a digest, beside those that it has in common with the settings.
const (
	pageTimes    = "times"
	pageDays     = "days"
	pageRule     = "rule"
	pageTopics   = "topics"
	pageItems    = "items"
	pageSilent   = "silent"
	pageQuiet    = "quiet"
	pageApproved = "approved"
	pageWindow   = "window"
	pageEmpty    = "empty"
	pageCalled   = "called"
	pageDelete   = "erase" // asks before it is deleted
)

// digestItem is a choice about a digest: its line, and the page that offers it.
type digestItem struct {
	page string
	// only is the kind that has it; empty for both.
	only    schedule.Kind
	name    func() locale.Message
	value   func(t *talk, s schedule.Subscription) locale.Message
	ask     func() locale.Message
	choices func(t *talk, s schedule.Subscription) [][]bot.Button
}

var digestItems = []digestItem{
	{pageTimes, schedule.Scheduled, locale.SubscriptionTimes, timesValue, locale.ChooseTimes, (*talk).timeChoices},
	{pageDays, schedule.Scheduled, locale.SubscriptionDays, daysValue, locale.ChooseDays, (*talk).dayChoices},
	{pageRule, schedule.Breaking, locale.SubscriptionRule, ruleValue, locale.ChooseRule, (*talk).ruleChoices},
	{pageZone, "", locale.SettingZone, digestZone, locale.ChooseZone, (*talk).digestZones},
	{pageTopics, "", locale.SubscriptionTopics, topicsValue, locale.ChooseTopics, (*talk).topicChoices},
	{pageOutlets, "", locale.SettingOutlets, digestOutlets, locale.ChooseOutlets, (*talk).digestOutletChoices},
	{pageAnswer, "", locale.SubscriptionLanguage, digestLanguage, locale.ChooseDigestLanguage, (*talk).digestLanguages},
	{pageItems, schedule.Scheduled, locale.SubscriptionItems, itemsValue, locale.ChooseItems, (*talk).itemChoices},
	{pageSilent, "", locale.SubscriptionSilent, silentValue, locale.ChooseSilent, (*talk).silentChoices},
	{pageQuiet, "", locale.SubscriptionQuiet, quietValue, locale.ChooseQuiet, (*talk).quietChoices},
	{pageApproved, "", locale.SubscriptionApproved, approvedValue, locale.ChooseApproved, (*talk).approvedChoices},
	{pageWindow, schedule.Scheduled, locale.SubscriptionWindow, windowValue, locale.ChooseWindow, (*talk).windowChoices},
	{pageEmpty, schedule.Scheduled, locale.SubscriptionEmpty, emptyValue, locale.ChooseEmpty, (*talk).emptyChoices},
	{pageCalled, "", locale.SubscriptionCalled, calledValue, locale.ChooseCalled, (*talk).calledChoices},
}

// digestItemOf returns the choice of a page; ok is false when a digest of that kind
// has no such page.
func digestItemOf(page string, kind schedule.Kind) (digestItem, bool) {
	for _, item := range digestItems {
		if item.page == page && (item.only == "" || item.only == kind) {
			return item, true
		}
	}
	return digestItem{}, false
}

func timesValue(_ *talk, s schedule.Subscription) locale.Message {
	var minutes []int
	for _, at := range s.Times {
		minutes = append(minutes, int(at))
	}
	return locale.ValueTimes(minutes)
}

// week are the weekdays as a calendar has them.
var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func daysValue(_ *talk, s schedule.Subscription) locale.Message {
	if s.Days == schedule.EveryDay {
		return locale.ValueEveryDay()
	}
	var days []time.Weekday
	for _, d := range week {
		if s.Days.Has(d) {
			days = append(days, d)
		}
	}
	return locale.ValueDays(days)
}

func ruleValue(_ *talk, s schedule.Subscription) locale.Message {
	return locale.ValueRule(s.Breaking.Origins, s.Breaking.PerDay)
}

func digestZone(_ *talk, s schedule.Subscription) locale.Message { return locale.ValueNamed(s.Zone) }

func topicsValue(_ *talk, s schedule.Subscription) locale.Message {
	if len(s.Topics) == 0 {
		return locale.ValueEverything()
	}
	return locale.ValueTopics(s.Topics)
}

func digestOutlets(_ *talk, s schedule.Subscription) locale.Message {
	switch {
	case len(s.Only) > 0:
		return locale.ValueOnly(s.Only)
	case len(s.Without) > 0:
		return locale.ValueWithout(s.Without)
	}
	return locale.ValueAllOutlets()
}

func digestLanguage(t *talk, s schedule.Subscription) locale.Message {
	return t.languageValue(s.Language, locale.ValueChatLanguage())
}

func itemsValue(_ *talk, s schedule.Subscription) locale.Message { return locale.ValueAtMost(s.Items) }

func silentValue(_ *talk, s schedule.Subscription) locale.Message { return yesNo(s.Silent) }

func quietValue(_ *talk, s schedule.Subscription) locale.Message {
	switch q := s.Quiet; {
	case q.From == q.To:
		return locale.ValueNone()
	case q.Rule == schedule.SkipQuiet:
		return locale.ValueQuietSkipped(int(q.From), int(q.To))
	default:
		return locale.ValueQuietMoved(int(q.From), int(q.To))
	}
}

func approvedValue(_ *talk, s schedule.Subscription) locale.Message { return yesNo(s.Approver != 0) }

// windowValue is in whole hours, rounded up: buttons offer no others.
func windowValue(_ *talk, s schedule.Subscription) locale.Message {
	return locale.ValueLate(int((s.Window + time.Hour - 1) / time.Hour))
}

func emptyValue(_ *talk, s schedule.Subscription) locale.Message {
	if s.Empty == schedule.StaySilent {
		return locale.ValueStaySilent()
	}
	return locale.ValueSayEmpty()
}

func calledValue(_ *talk, s schedule.Subscription) locale.Message {
	if s.Title == "" {
		return locale.ValueNone()
	}
	return locale.ValueTopics([]string{s.Title})
}

// digestPage shows a page of a digest, with what a reply to it is about.
func (t *talk) digestPage(ctx context.Context, s schedule.Subscription, page string) (Outcome, error) {
	name, from, _ := strings.Cut(page, ".")
	if name == pageDelete {
		return t.instead(t.askDelete(s)), nil
	}
	if name == pageOnly || name == pageWithout {
		r, err := t.digestOutletPage(ctx, s, name, from)
		return t.instead(r), err
	}
	item, ok := digestItemOf(name, s.Kind)
	if !ok {
		return t.notice(locale.WrongButton()), nil
	}
	return t.instead(t.digestChoices(s, item.ask(), item.choices(t, s))), nil
}

func (t *talk) digestChoices(s schedule.Subscription, question locale.Message, rows [][]bot.Button) bot.Reply {
	return bot.Reply{
		Blocks:  []bot.Block{t.view.texts.Block(bot.Paragraph, question), t.reference(s.ID, t.digestName(s))},
		Buttons: append(rows, []bot.Button{t.button(locale.ButtonBack(), verbDigest, strconv.FormatInt(s.ID, 10))}),
	}
}

func (t *talk) askDelete(s schedule.Subscription) bot.Reply {
	id := strconv.FormatInt(s.ID, 10)
	return t.digestChoices(s, locale.AskDelete(), [][]bot.Button{{t.button(locale.ButtonDelete(), verbDigest, id+"."+actDelete)}})
}

// pick is a button that makes a choice about a digest, with a tick where it is made.
func (t *talk) pick(s schedule.Subscription, choice, label string, chosen bool) bot.Button {
	if chosen {
		label = "✓ " + label
	}
	return bot.Button{Text: label, Action: action{verbChoose, strconv.FormatInt(s.ID, 10) + "." + choice}.String()}
}

// usualHours are the times of day that have a button.
var usualHours = []schedule.TimeOfDay{6 * 60, 7 * 60, 8 * 60, 9 * 60, 12 * 60, 15 * 60, 18 * 60, 20 * 60, 22 * 60}

func (t *talk) timeChoices(s schedule.Subscription) [][]bot.Button {
	all := slices.Concat(usualHours, s.Times)
	slices.Sort(all)
	var buttons []bot.Button
	for _, at := range slices.Compact(all) {
		buttons = append(buttons, t.pick(s, pageTimes+"="+strconv.Itoa(int(at)), t.view.texts.Wall(int(at)), slices.Contains(s.Times, at)))
	}
	return inRows(3, buttons)
}

func (t *talk) dayChoices(s schedule.Subscription) [][]bot.Button {
	var buttons []bot.Button
	for _, d := range week {
		buttons = append(buttons, t.pick(s, pageDays+"="+strconv.Itoa(int(d)), t.view.texts.Say(locale.Weekday(d)), s.Days.Has(d)))
	}
	every := t.pick(s, pageDays+"="+pageAll, t.view.texts.Say(locale.ValueEveryDay()), s.Days == schedule.EveryDay)
	return append(inRows(4, buttons), []bot.Button{every})
}

func (t *talk) ruleChoices(s schedule.Subscription) [][]bot.Button {
	var origins, days []bot.Button
	for _, n := range []int{2, 3, 4, 5} {
		origins = append(origins, t.pick(s, pageRule+"=o"+strconv.Itoa(n), t.view.texts.Say(locale.OriginsFrom(n)), s.Breaking.Origins == n))
	}
	for _, n := range []int{1, 3, 5, 10} {
		days = append(days, t.pick(s, pageRule+"=d"+strconv.Itoa(n), t.view.texts.Say(locale.PerDay(n)), s.Breaking.PerDay == n))
	}
	return [][]bot.Button{origins, days}
}

func (t *talk) digestZones(s schedule.Subscription) [][]bot.Button {
	var buttons []bot.Button
	for _, z := range zones {
		buttons = append(buttons, t.pick(s, pageZone+"="+z, z, s.Zone == z))
	}
	return inRows(2, buttons)
}

func (t *talk) topicChoices(s schedule.Subscription) [][]bot.Button {
	buttons := []bot.Button{t.pick(s, pageTopics+"="+pageAll, t.view.texts.Say(locale.ValueEverything()), len(s.Topics) == 0)}
	for _, topic := range s.Topics {
		buttons = append(buttons, t.pick(s, pageTopics+"="+handle(topic), topic, true))
	}
	return inRows(1, buttons)
}

func (t *talk) digestOutletChoices(s schedule.Subscription) [][]bot.Button {
	id := strconv.FormatInt(s.ID, 10)
	return [][]bot.Button{
		{t.pick(s, pageAll+"=", t.view.texts.Say(locale.ValueAllOutlets()), len(s.Only)+len(s.Without) == 0)},
		{t.button(locale.OutletsOnly(), verbDigest, id+"."+pageOnly+".0"), t.button(locale.OutletsWithout(), verbDigest, id+"."+pageWithout+".0")},
	}
}

// digestOutletPage lists outlets to be chosen, from the given one on.
func (t *talk) digestOutletPage(ctx context.Context, s schedule.Subscription, page, first string) (bot.Reply, error) {
	all, err := t.desk.Corpus.Outlets(ctx)
	if err != nil {
		return bot.Reply{}, err
	}
	from, err := strconv.Atoi(first)
	if err != nil || from < 0 || from >= len(all) {
		from = 0 // the outlets may have become fewer
	}
	chosen := s.Only
	if page == pageWithout {
		chosen = s.Without
	}
	var buttons []bot.Button
	for _, o := range all[from:min(len(all), from+outletsOnPage)] {
		buttons = append(buttons, t.pick(s, page+"="+handle(o.Name)+"."+strconv.Itoa(from), o.Name, slices.Contains(chosen, o.Name)))
	}
	rows := append(inRows(1, buttons), t.turning(verbDigest, strconv.FormatInt(s.ID, 10)+"."+page+".", from, outletsOnPage, len(all)))
	return t.digestChoices(s, locale.ChooseOutlets(), rows), nil
}

func (t *talk) digestLanguages(s schedule.Subscription) [][]bot.Button {
	buttons := []bot.Button{}
	for _, l := range t.desk.Locale.Languages() {
		buttons = append(buttons, t.pick(s, pageAnswer+"="+l.Tag, l.Name, s.Language == l.Tag))
	}
	same := t.pick(s, pageAnswer+"=", t.view.texts.Say(locale.ValueChatLanguage()), s.Language == "")
	return append([][]bot.Button{{same}}, inRows(3, buttons)...)
}

func (t *talk) itemChoices(s schedule.Subscription) [][]bot.Button {
	var buttons []bot.Button
	for _, n := range []int{3, 5, 8, 10, 15, 20} {
		buttons = append(buttons, t.pick(s, pageItems+"="+strconv.Itoa(n), t.view.texts.Number(n), s.Items == n))
	}
	return inRows(3, buttons)
}

// yesOrNo are the two buttons of a choice that is one or the other.
func (t *talk) yesOrNo(s schedule.Subscription, page string, yes bool) [][]bot.Button {
	return [][]bot.Button{{
		t.pick(s, page+"=yes", t.view.texts.Say(locale.ValueYes()), yes), t.pick(s, page+"=no", t.view.texts.Say(locale.ValueNo()), !yes),
	}}
}

func (t *talk) silentChoices(s schedule.Subscription) [][]bot.Button {
	return t.yesOrNo(s, pageSilent, s.Silent)
}

func (t *talk) approvedChoices(s schedule.Subscription) [][]bot.Button {
	return t.yesOrNo(s, pageApproved, s.Approver != 0)
}

// usualQuiet are the quiet hours that have a button.
var usualQuiet = []schedule.Quiet{{From: 21 * 60, To: 7 * 60}, {From: 22 * 60, To: 7 * 60}, {From: 23 * 60, To: 8 * 60}}

func (t *talk) quietChoices(s schedule.Subscription) [][]bot.Button {
	none := s.Quiet.From == s.Quiet.To
	rows := [][]bot.Button{{t.pick(s, pageQuiet+"=none", t.view.texts.Say(locale.ValueNone()), none)}}
	var usual []bot.Button
	for _, q := range usualQuiet {
		label := t.view.texts.Wall(int(q.From)) + "–" + t.view.texts.Wall(int(q.To))
		value := strconv.Itoa(int(q.From)) + "-" + strconv.Itoa(int(q.To))
		usual = append(usual, t.pick(s, pageQuiet+"="+value, label, s.Quiet.From == q.From && s.Quiet.To == q.To))
	}
	rows = append(rows, usual)
	if none {
		return rows
	}
	skips := s.Quiet.Rule == schedule.SkipQuiet
	return append(rows, []bot.Button{
		t.pick(s, pageQuiet+"="+string(schedule.MoveQuiet), t.view.texts.Say(locale.QuietPostAfter()), !skips),
		t.pick(s, pageQuiet+"="+string(schedule.SkipQuiet), t.view.texts.Say(locale.QuietLeaveToNext()), skips),
	})
}

func (t *talk) windowChoices(s schedule.Subscription) [][]bot.Button {
	var buttons []bot.Button
	for _, n := range []int{1, 3, 6, 12, 24} {
		buttons = append(buttons, t.pick(s, pageWindow+"="+strconv.Itoa(n), t.view.texts.Say(locale.ValueLate(n)), s.Window == time.Duration(n)*time.Hour))
	}
	return inRows(3, buttons)
}

func (t *talk) emptyChoices(s schedule.Subscription) [][]bot.Button {
	return [][]bot.Button{{
		t.pick(s, pageEmpty+"="+string(schedule.SayEmpty), t.view.texts.Say(locale.ValueSayEmpty()), s.Empty == schedule.SayEmpty),
		t.pick(s, pageEmpty+"="+string(schedule.StaySilent), t.view.texts.Say(locale.ValueStaySilent()), s.Empty == schedule.StaySilent),
	}}
}

func (t *talk) calledChoices(s schedule.Subscription) [][]bot.Button {
	return [][]bot.Button{{t.pick(s, pageCalled+"=", t.view.texts.Say(locale.ValueNone()), s.Title == "")}}
}
