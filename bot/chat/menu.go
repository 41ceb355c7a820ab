package chat

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/locale"
	"newsdesk/bot/settings"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// The pages of the settings; the empty one lists them all. A page of outlets has
// the number of its first outlet behind a dot ("only.8").
const (
	pageMain      = ""
	pageInterface = "interface"
	pageAnswer    = "answer"
	pageLength    = "length"
	pageOutlets   = "outlets"
	pageOnly      = "only"
	pageWithout   = "without"
	pageZone      = "zone"
	pageRendering = "rendering"
	pageLog       = "log"
	pageDone      = "done"
	// pageAll is no page: the choice of all outlets.
	pageAll = "all"
)

// menuItem is a setting as the first page lists it.
type menuItem struct {
	page  string
	name  func() locale.Message
	value func(t *talk) locale.Message
}

var menuItems = []menuItem{
	{pageInterface, locale.SettingInterface, func(t *talk) locale.Message { return t.languageValue(t.settings.Interface, locale.ValuePerson()) }},
	{pageAnswer, locale.SettingAnswer, func(t *talk) locale.Message { return t.languageValue(t.settings.Answer, locale.ValueQuestion()) }},
	{pageLength, locale.SettingLength, func(t *talk) locale.Message { return lengthValue(t.settings.Length) }},
	{pageOutlets, locale.SettingOutlets, (*talk).outletsValue},
	{pageZone, locale.SettingZone, (*talk).zoneValue},
	{pageRendering, locale.SettingRendering, func(t *talk) locale.Message { return renderingValue(t.settings.Rendering) }},
	{pageLog, locale.SettingLog, func(t *talk) locale.Message { return yesNo(t.settings.LogTexts) }},
}

func (t *talk) languageValue(tag string, none locale.Message) locale.Message {
	for _, l := range t.desk.Locale.Languages() {
		if l.Tag == tag {
			return locale.ValueNamed(l.Name)
		}
	}
	if tag == "" {
		return none
	}
	return locale.ValueNamed(tag)
}

func lengthValue(l settings.Length) locale.Message {
	switch l {
	case settings.Short:
		return locale.ValueShort()
	case settings.Long:
		return locale.ValueLong()
	}
	return locale.ValueNormal()
}

func (t *talk) outletsValue() locale.Message {
	switch {
	case len(t.settings.Only) > 0:
		return locale.ValueOnly(t.settings.Only)
	case len(t.settings.Without) > 0:
		return locale.ValueWithout(t.settings.Without)
	}
	return locale.ValueAllOutlets()
}

func (t *talk) zoneValue() locale.Message {
	if t.settings.Zone == "" {
		return locale.ValueOwnZone(t.desk.Now().Location().String())
	}
	return locale.ValueNamed(t.settings.Zone)
}

func renderingValue(r settings.Rendering) locale.Message {
	if r == settings.Rich {
		return locale.ValueRich()
	}
	return locale.ValueClassic()
}

func yesNo(yes bool) locale.Message {
	if yes {
		return locale.ValueYes()
	}
	return locale.ValueNo()
}

// showSettings answers /settings.
func (t *talk) showSettings(ctx context.Context) (Outcome, error) {
	if !t.groupAdmin(ctx) {
		return t.say(locale.GroupAdminsOnly()), nil
	}
	return Outcome{Replies: []bot.Reply{t.mainPage()}}, nil
}

// menu shows a page in the place of the message whose button was pressed.
func (t *talk) menu(ctx context.Context, page string) (Outcome, error) {
	if !t.groupAdmin(ctx) {
		return t.notice(locale.GroupAdminsOnly()), nil
	}
	reply, ok, err := t.page(ctx, page)
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return t.notice(locale.WrongButton()), nil
	}
	reply.Replaces = t.m.ID
	return Outcome{Replies: []bot.Reply{reply}}, nil
}

// page returns a page of the settings; ok is false for one that there is not.
func (t *talk) page(ctx context.Context, page string) (r bot.Reply, ok bool, err error) {
	name, from, _ := strings.Cut(page, ".")
	switch name {
	case pageMain:
		return t.mainPage(), true, nil
	case pageDone:
		r := t.mainPage()
		r.Buttons = nil
		return r, true, nil
	case pageInterface:
		return t.choices(locale.ChooseInterface(), t.languageChoices(pageInterface, locale.ValuePerson())), true, nil
	case pageAnswer:
		return t.choices(locale.ChooseAnswer(), t.languageChoices(pageAnswer, locale.ValueQuestion())), true, nil
	case pageLength:
		return t.choices(locale.ChooseLength(), t.valueChoices(pageLength, lengths)), true, nil
	case pageRendering:
		return t.choices(locale.ChooseRendering(), t.valueChoices(pageRendering, renderings)), true, nil
	case pageLog:
		return t.choices(locale.ChooseLog(), t.valueChoices(pageLog, answers)), true, nil
	case pageZone:
		return t.choices(locale.ChooseZone(), t.zoneChoices()), true, nil
	case pageOutlets:
		return t.choices(locale.ChooseOutlets(), t.outletChoices()), true, nil
	case pageOnly, pageWithout:
		r, err := t.outletPage(ctx, name, from)
		return r, err == nil, err
	}
	return bot.Reply{}, false, nil
}

func (t *talk) mainPage() bot.Reply {
	title := locale.Settings()
	if t.m.Place.Kind != Private {
		title = locale.SettingsHere()
	}
	head := t.view.texts.Block(bot.Paragraph, title)
	for i := range head.Spans {
		head.Spans[i].Bold = true
	}
	r := bot.Reply{Blocks: []bot.Block{head}}
	var row []bot.Button
	for _, item := range menuItems {
		r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Item, locale.Setting(item.name(), item.value(t))))
		if row = append(row, t.button(item.name(), verbMenu, item.page)); len(row) == 2 {
			r.Buttons, row = append(r.Buttons, row), nil
		}
	}
	r.Buttons = append(r.Buttons, append(row, t.button(locale.ButtonDone(), verbMenu, pageDone)))
	return r
}

// choices is a page with a question and buttons, one of which leads back.
func (t *talk) choices(question locale.Message, rows [][]bot.Button) bot.Reply {
	return bot.Reply{
		Blocks:  []bot.Block{t.view.texts.Block(bot.Paragraph, question)},
		Buttons: append(rows, []bot.Button{t.button(locale.ButtonBack(), verbMenu, pageMain)}),
	}
}

func (t *talk) languageChoices(page string, none locale.Message) [][]bot.Button {
	rows := [][]bot.Button{{t.button(none, verbSet, page+"=")}}
	var row []bot.Button
	for _, l := range t.desk.Locale.Languages() {
		if row = append(row, t.button(locale.ValueNamed(l.Name), verbSet, page+"="+l.Tag)); len(row) == 3 {
			rows, row = append(rows, row), nil
		}
	}
	return append(rows, row)
}

// choice is a value of a setting that has few.
type choice struct {
	value string
	label func() locale.Message
}

var (
	lengths    = []choice{{string(settings.Short), locale.ValueShort}, {string(settings.Normal), locale.ValueNormal}, {string(settings.Long), locale.ValueLong}}
	renderings = []choice{{string(settings.Classic), locale.ValueClassic}, {string(settings.Rich), locale.ValueRich}}
	answers    = []choice{{"yes", locale.ValueYes}, {"no", locale.ValueNo}}
)

func (t *talk) valueChoices(page string, all []choice) [][]bot.Button {
	var row []bot.Button
	for _, c := range all {
		row = append(row, t.button(c.label(), verbSet, page+"="+c.value))
	}
	return [][]bot.Button{row}
}

// zones are those that have a button: one for each part of the world where the
// languages of the interface are at home. Any other can be written.
var zones = []string{
	"Europe/London", "Europe/Berlin", "Europe/Madrid", "Europe/Moscow", "Asia/Tehran", "Asia/Dubai",
	"Africa/Cairo", "Asia/Kolkata", "Asia/Shanghai", "America/New_York", "America/Mexico_City", "America/Los_Angeles",
}

func (t *talk) zoneChoices() [][]bot.Button {
	rows := [][]bot.Button{{t.button(locale.ValueOwnZone(t.desk.Now().Location().String()), verbSet, pageZone+"=")}}
	var row []bot.Button
	for _, z := range zones {
		if row = append(row, t.button(locale.ValueNamed(z), verbSet, pageZone+"="+z)); len(row) == 2 {
			rows, row = append(rows, row), nil
		}
	}
	return rows
}

func (t *talk) outletChoices() [][]bot.Button {
	return [][]bot.Button{
		{t.button(locale.ValueAllOutlets(), verbSet, pageAll+"=")},
		{t.button(locale.OutletsOnly(), verbMenu, pageOnly+".0"), t.button(locale.OutletsWithout(), verbMenu, pageWithout+".0")},
	}
}

// outletsOnPage is the number of outlets that one page shows.
const outletsOnPage = 8

// outletPage lists outlets to be chosen, from the given one on.
func (t *talk) outletPage(ctx context.Context, page, first string) (bot.Reply, error) {
	all, err := t.desk.Corpus.Outlets(ctx)
	if err != nil {
		return bot.Reply{}, err
	}
	from, err := strconv.Atoi(first)
	if err != nil || from < 0 || from >= len(all) {
		from = 0 // the outlets may have become fewer
	}
	chosen := t.settings.Only
	if page == pageWithout {
		chosen = t.settings.Without
	}
	var rows [][]bot.Button
	for _, o := range all[from:min(len(all), from+outletsOnPage)] {
		rows = append(rows, []bot.Button{{Text: mark(o, chosen), Action: action{verbSet, page + "=" + handle(o.Name) + "." + strconv.Itoa(from)}.String()}})
	}
	var more []bot.Button
	if from > 0 {
		more = append(more, t.button(locale.ButtonLess(), verbMenu, page+"."+strconv.Itoa(max(0, from-outletsOnPage))))
	}
	if from+outletsOnPage < len(all) {
		more = append(more, t.button(locale.ButtonMore(), verbMenu, page+"."+strconv.Itoa(from+outletsOnPage)))
	}
	return t.choices(locale.ChooseOutlets(), append(rows, more)), nil
}

// mark is the outlet's name, with a tick where it is chosen.
func mark(o corpus.Outlet, chosen []string) string {
	for _, c := range chosen {
		if c == o.Name {
			return "✓ " + o.Name
		}
	}
	return o.Name
}

// set makes a choice, given as "setting=value", and shows where it leads.
func (t *talk) set(ctx context.Context, about string) (Outcome, error) {
	if !t.groupAdmin(ctx) {
		return t.notice(locale.GroupAdminsOnly()), nil
	}
	name, value, ok := strings.Cut(about, "=")
	change, next, err := t.change(ctx, name, value)
	if err != nil {
		return Outcome{}, err
	}
	if !ok || change == nil {
		return t.notice(locale.WrongButton()), nil
	}
	after, err := change(t.settings)
	if err != nil {
		return t.notice(refusal(err, value)), nil
	}
	t.settings = after
	if name == pageInterface { // the page is in the language that was chosen
		t.view = NewView(t.desk.Locale.For(interfaceOf(after, t.m)).In(t.now.Location()))
	}
	out, err := t.menu(ctx, next)
	out.Commit, out.Notice = t.setting(change), t.kept(name)
	return out, err
}

// kept says what a setting is now, empty for one that is on no page.
func (t *talk) kept(name string) string {
	if name == pageOnly || name == pageWithout || name == pageAll {
		name = pageOutlets
	}
	for _, item := range menuItems {
		if item.page == name {
			return t.view.texts.Say(locale.SettingKept(item.name(), item.value(t)))
		}
	}
	return ""
}

func interfaceOf(s settings.Settings, m Message) string {
	if s.Interface == "" {
		return m.From.Language
	}
	return s.Interface
}

// setting makes the change durable.
func (t *talk) setting(change settings.Change) func(context.Context, store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		_, err := t.desk.Settings.Set(ctx, tx, t.m.Place.Chat, change)
		return err
	}
}

// change returns what a choice changes and the page that it leads to; nil for a
// choice that there is not.
func (t *talk) change(ctx context.Context, name, value string) (settings.Change, string, error) {
	switch name {
	case pageInterface:
		return settings.InterfaceLanguage(value), pageMain, nil
	case pageAnswer:
		return settings.AnswerLanguage(value), pageMain, nil
	case pageLength:
		return settings.AnswerLength(settings.Length(value)), pageMain, nil
	case pageRendering:
		return settings.RenderedAs(settings.Rendering(value)), pageMain, nil
	case pageLog:
		return settings.TextsInLog(value == "yes"), pageMain, nil
	case pageZone:
		return settings.TimeZone(value), pageMain, nil
	case pageAll:
		return settings.AllOutlets(), pageMain, nil
	case pageOnly, pageWithout:
		return t.outletChange(ctx, name, value)
	}
	return nil, "", nil
}

// outletChange takes an outlet, given by its handle, in or out.
func (t *talk) outletChange(ctx context.Context, name, value string) (settings.Change, string, error) {
	short, from, _ := strings.Cut(value, ".")
	outlet, err := t.outletOf(ctx, short)
	if err != nil || outlet == "" {
		return nil, "", err
	}
	if name == pageOnly {
		return settings.OnlyOutlet(outlet), name + "." + from, nil
	}
	return settings.WithoutOutlet(outlet), name + "." + from, nil
}

// outletOf returns the name of the outlet that has a handle, empty when none has.
func (t *talk) outletOf(ctx context.Context, short string) (string, error) {
	all, err := t.desk.Corpus.Outlets(ctx)
	if err != nil {
		return "", err
	}
	for _, o := range all {
		if handle(o.Name) == short {
			return o.Name, nil
		}
	}
	return "", nil
}

// refusal says why a choice cannot be made.
func refusal(err error, value string) locale.Message {
	switch {
	case errors.Is(err, settings.ErrOutlets):
		return locale.TooManyOutlets(settings.MaxOutlets)
	case errors.Is(err, settings.ErrZone):
		return locale.UnknownZone(value)
	case errors.Is(err, settings.ErrLanguage):
		return locale.UnknownLanguage(value)
	case errors.Is(err, settings.ErrOutlet):
		return locale.UnknownOutlet(value)
	}
	return locale.WrongButton()
}

// typedZone takes a reply to the question for a time zone as its answer. ok is
// false for any other message.
func (t *talk) typedZone(ctx context.Context) (out Outcome, ok bool, err error) {
	if t.m.RepliedTo == "" || !strings.HasPrefix(t.m.RepliedTo, t.view.texts.Say(locale.ChooseZone())) {
		return Outcome{}, false, nil
	}
	if !t.groupAdmin(ctx) {
		return t.say(locale.GroupAdminsOnly()), true, nil
	}
	name := strings.TrimSpace(t.m.Text)
	change := settings.TimeZone(name)
	after, err := change(t.settings)
	if err != nil {
		return t.say(refusal(err, name)), true, nil
	}
	t.settings, t.now = after, t.nowIn(after.Zone)
	t.view = NewView(t.view.texts.In(t.now.Location()))
	out = t.say(locale.ZoneKept(after.Zone, t.now))
	out.Commit = t.setting(change)
	return out, true, nil
}
