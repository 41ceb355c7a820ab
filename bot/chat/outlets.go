package chat

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/locale"
	"newsdesk/corpus/poll"
)

// The acts of a button under an outlet; they stand behind its number ("7.pause").
const (
	actPause  = "pause"
	actResume = "resume"
	actRename = "rename"
	actAsk    = "ask" // whether it is to be removed
	actRemove = "remove"
	// actAdd stands alone and asks for an address, actFound adds what was found there.
	actAdd   = "add"
	actFound = "found"
	// actList shows the list, from the outlet on whose place stands behind it.
	actList = "list"
)

// register answers /outlets: the list, or what is found at the address behind the
// command.
func (t *talk) register(ctx context.Context) (Outcome, error) {
	if t.m.Place.Kind != Private {
		return t.say(locale.PrivatelyOnly()), nil
	}
	if address := strings.TrimSpace(t.m.Text); address != "" {
		return t.find(ctx, address)
	}
	r, err := t.registerPage(ctx, 0)
	return Outcome{Replies: []bot.Reply{r}}, err
}

// registerPressed does what a button of the register asks for.
func (t *talk) registerPressed(ctx context.Context, about string) (Outcome, error) {
	if t.role != access.Admin || t.m.Place.Kind != Private {
		return t.notice(locale.AdminsOnly()), nil
	}
	what, rest, _ := strings.Cut(about, ".")
	switch what {
	case actAdd:
		return t.say(locale.AskAddress()), nil
	case actFound:
		return t.subscribe(ctx, rest)
	case actList:
		from, _ := strconv.Atoi(rest) // what is no number is the beginning
		r, err := t.registerPage(ctx, from)
		return t.instead(r), err
	}
	return t.outletPressed(ctx, what, rest)
}

// instead shows a reply in the place of the message whose button was pressed.
func (t *talk) instead(r bot.Reply) Outcome {
	r.Replaces = t.m.ID
	return Outcome{Replies: []bot.Reply{r}}
}

// registerPage lists the outlets that are read, from a given one on.
func (t *talk) registerPage(ctx context.Context, from int) (bot.Reply, error) {
	all, err := t.registered(ctx)
	if err != nil {
		return bot.Reply{}, err
	}
	add := t.button(locale.ButtonAdd(), verbOutlets, actAdd)
	if len(all) == 0 {
		r := t.say(locale.OutletsNone()).Replies[0]
		r.Buttons = [][]bot.Button{{add}}
		return r, nil
	}
	if from < 0 || from >= len(all) {
		from = 0 // they may have become fewer
	}
	r := bot.Reply{Blocks: []bot.Block{t.view.heading(locale.Outlets())}}
	shown := all[from:min(len(all), from+outletsOnPage)]
	for _, o := range shown {
		r.Blocks = append(r.Blocks, t.view.health(o))
		r.Buttons = append(r.Buttons, []bot.Button{{Text: o.Name, Action: action{verbOutlets, strconv.FormatInt(o.ID, 10)}.String()}})
	}
	r.Buttons = append(r.Buttons, t.turning(verbOutlets, actList+".", from, outletsOnPage, len(all)), []bot.Button{add})
	return r, nil
}

// turning are the buttons that lead to the pages before and after; about is what
// their actions are about, before the place of the first.
func (t *talk) turning(verb, about string, from, onPage, all int) []bot.Button {
	var row []bot.Button
	if from > 0 {
		row = append(row, t.button(locale.ButtonLess(), verb, about+strconv.Itoa(max(0, from-onPage))))
	}
	if from+onPage < all {
		row = append(row, t.button(locale.ButtonMore(), verb, about+strconv.Itoa(from+onPage)))
	}
	return row
}

func (t *talk) registered(ctx context.Context) ([]poll.Outlet, error) {
	p, err := t.desk.Poller(ctx)
	if err != nil {
		return nil, err
	}
	return p.Outlets(ctx)
}

// outletByID returns an outlet of the register; ok is false when it is gone.
func (t *talk) outletByID(ctx context.Context, id string) (o poll.Outlet, ok bool, err error) {
	all, err := t.registered(ctx)
	if err != nil {
		return poll.Outlet{}, false, err
	}
	for _, o := range all {
		if strconv.FormatInt(o.ID, 10) == id {
			return o, true, nil
		}
	}
	return poll.Outlet{}, false, nil
}

// outletPressed does what is asked for one outlet. What the register is told takes
// effect before the reply is stored: doing it twice is doing it once.
func (t *talk) outletPressed(ctx context.Context, id, act string) (Outcome, error) {
	o, ok, err := t.outletByID(ctx, id)
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return t.notice(locale.OutletGone()), nil
	}
	switch act {
	case "":
		return t.instead(t.outletSheet(o)), nil
	case actPause, actResume:
		return t.pauseOutlet(ctx, o, act)
	case actRename:
		out := t.say(locale.AskName())
		out.Replies[0].Blocks = append(out.Replies[0].Blocks, t.reference(o.ID, o.Name))
		return out, nil
	case actAsk:
		r := t.say(locale.AskRemove(o.Name)).Replies[0]
		r.Buttons = [][]bot.Button{{t.button(locale.ButtonRemove(), verbOutlets, id+"."+actRemove), t.button(locale.ButtonBack(), verbOutlets, id)}}
		return t.instead(r), nil
	case actRemove:
		return t.removeOutlet(ctx, o)
	}
	return t.notice(locale.WrongButton()), nil
}

// reference is the small print under a question that is answered by a reply: what
// the reply is about.
func (t *talk) reference(id int64, name string) bot.Block {
	spans := append([]bot.Span{own(fmt.Sprintf("№ %d · ", id))}, t.view.texts.Isolated(bot.Span{Text: name})...)
	return bot.Block{Kind: bot.Small, Spans: t.view.texts.Line(spans...)}
}

// referredTo reads what a reply is about: the message that it replies to is the
// bot's own, as the messenger says.
func (t *talk) referredTo() (id string, ok bool) {
	_, rest, ok := strings.Cut(t.m.RepliedTo, "№ ")
	id, _, _ = strings.Cut(rest, " ")
	return id, ok && id != ""
}

// repliesTo reports whether the message replies to a question of the program.
func (t *talk) repliesTo(question locale.Message) bool {
	return t.m.RepliedTo != "" && strings.HasPrefix(t.m.RepliedTo, t.view.texts.Say(question))
}

// outletSheet is the page of one outlet.
func (t *talk) outletSheet(o poll.Outlet) bot.Reply {
	id := strconv.FormatInt(o.ID, 10)
	r := bot.Reply{Blocks: []bot.Block{t.view.health(o), t.view.texts.Block(bot.Item, locale.OutletFeed(o.Feed))}}
	if o.Home != "" {
		r.Blocks = append(r.Blocks, bot.Block{Kind: bot.Item, Spans: []bot.Span{{Text: t.view.texts.Say(locale.OutletHome()), Link: o.Home, Own: true}}})
	}
	if !o.Polled.IsZero() {
		r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Item, locale.OutletAsked(o.Polled)))
	}
	pausing := t.button(locale.ButtonPause(), verbOutlets, id+"."+actPause)
	if o.State == poll.Paused {
		pausing = t.button(locale.ButtonResume(), verbOutlets, id+"."+actResume)
	}
	r.Buttons = [][]bot.Button{
		{pausing, t.button(locale.ButtonRename(), verbOutlets, id+"."+actRename)},
		{t.button(locale.ButtonRemove(), verbOutlets, id+"."+actAsk), t.button(locale.ButtonBack(), verbOutlets, actList+".0")},
	}
	return r
}

func (t *talk) pauseOutlet(ctx context.Context, o poll.Outlet, act string) (Outcome, error) {
	p, err := t.desk.Poller(ctx)
	if err != nil {
		return Outcome{}, err
	}
	change := p.Pause
	if act == actResume {
		change = p.Resume
	}
	if err := change(ctx, o.Name); err != nil && !errors.Is(err, poll.ErrUnknown) {
		return Outcome{}, err
	}
	after, ok, err := t.outletByID(ctx, strconv.FormatInt(o.ID, 10))
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return t.notice(locale.OutletGone()), nil
	}
	return t.instead(t.outletSheet(after)), nil
}

func (t *talk) removeOutlet(ctx context.Context, o poll.Outlet) (Outcome, error) {
	p, err := t.desk.Poller(ctx)
	if err != nil {
		return Outcome{}, err
	}
	if err := p.Remove(ctx, o.Name); err != nil && !errors.Is(err, poll.ErrUnknown) {
		return Outcome{}, err
	}
	r := t.say(locale.OutletRemoved(o.Name)).Replies[0]
	r.Buttons = [][]bot.Button{{t.button(locale.ButtonBack(), verbOutlets, actList+".0")}}
	return t.instead(r), nil
}

// The bounds of what is shown of a find: it is one message.
const (
	maxFound   = 4
	maxExample = 120
)

// find shows what is found at an address, each with a button that adds it.
func (t *talk) find(ctx context.Context, address string) (Outcome, error) {
	address = firstRunes(strings.Map(shown, strings.Fields(address)[0]), maxAddress)
	if t.m.Tell != nil {
		t.m.Tell(bot.Progress{Stage: bot.Searching})
	}
	found, err := t.findAt(ctx, address)
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	if err != nil {
		t.desk.log.InfoContext(ctx, "nothing is found at an address", "err", err)
		return t.say(locale.OutletNotFound(address, poll.Plain(err))), nil
	}
	r := t.say(locale.OutletFound(address)).Replies[0]
	for _, f := range found[:min(len(found), maxFound)] {
		r.Blocks = append(r.Blocks, t.view.found(f)...)
		about := actFound + "." + handle(address) + "." + handle(f.Feed)
		r.Buttons = append(r.Buttons, []bot.Button{t.button(locale.ButtonAddThis(f.Name), verbOutlets, about)})
	}
	return Outcome{Replies: []bot.Reply{r}}, nil
}

// maxAddress is the longest address that is looked at, in runes.
const maxAddress = 500

func (t *talk) findAt(ctx context.Context, address string) ([]poll.Found, error) {
	p, err := t.desk.Poller(ctx)
	if err != nil {
		return nil, err
	}
	return p.Find(ctx, address)
}

// subscribe adds what was found: the address stands in the message whose button was
// pressed, and the button knows it by its handle. It is looked at once more.
func (t *talk) subscribe(ctx context.Context, handles string) (Outcome, error) {
	at, feed, _ := strings.Cut(handles, ".")
	address, ok := word(t.m.RepliedTo, at)
	if !ok {
		return t.notice(locale.SearchAgain()), nil
	}
	found, err := t.findAt(ctx, address)
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	if err != nil {
		return t.say(locale.OutletNotFound(address, poll.Plain(err))), nil
	}
	for _, f := range found {
		if handle(f.Feed) == feed {
			return t.subscribeTo(ctx, f)
		}
	}
	return t.notice(locale.SearchAgain()), nil
}

// word returns the word of a text that has the handle. The text comes back from the
// messenger with characters that do not show, which kept the word from being a link.
func word(text, wanted string) (string, bool) {
	for _, w := range strings.Fields(text) {
		w = strings.Map(shown, w)
		for _, w := range []string{w, strings.TrimRight(w, ":,;?؟")} {
			if handle(w) == wanted {
				return w, true
			}
		}
	}
	return "", false
}

// shown drops characters that do not show: marks of direction, joiners.
func shown(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

func (t *talk) subscribeTo(ctx context.Context, f poll.Found) (Outcome, error) {
	p, err := t.desk.Poller(ctx)
	if err != nil {
		return Outcome{}, err
	}
	o, err := p.Subscribe(ctx, f)
	switch {
	case errors.Is(err, poll.ErrKnown):
		return t.instead(t.say(locale.OutletKnown(f.Name)).Replies[0]), nil
	case errors.Is(err, poll.ErrName):
		return t.say(locale.OutletBadName(f.Name)), nil
	case err != nil:
		return Outcome{}, err
	}
	r := t.say(locale.OutletAdded(o.Name)).Replies[0]
	r.Buttons = [][]bot.Button{{{Text: o.Name, Action: action{verbOutlets, strconv.FormatInt(o.ID, 10)}.String()}}}
	return t.instead(r), nil
}

// typedOutlet takes a reply to a question about outlets as its answer. ok is false
// for any other message.
func (t *talk) typedOutlet(ctx context.Context) (out Outcome, ok bool, err error) {
	if t.role != access.Admin || t.m.Place.Kind != Private {
		return Outcome{}, false, nil
	}
	switch {
	case t.repliesTo(locale.AskAddress()):
		out, err = t.find(ctx, t.m.Text)
		return out, true, err
	case t.repliesTo(locale.AskName()):
		out, err = t.rename(ctx)
		return out, true, err
	}
	return Outcome{}, false, nil
}

// maxName is the longest name of an outlet, in runes: it stands on buttons.
const maxName = 100

// rename gives an outlet the name that was written.
func (t *talk) rename(ctx context.Context) (Outcome, error) {
	id, _ := t.referredTo()
	o, ok, err := t.outletByID(ctx, id)
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return t.say(locale.OutletGone()), nil
	}
	name := oneLine(t.m.Text)
	if name == o.Name {
		return t.say(locale.OutletRenamed(name)), nil
	}
	if short := firstRunes(name, maxName); short != name {
		return t.say(locale.OutletBadName(short)), nil
	}
	p, err := t.desk.Poller(ctx)
	if err != nil {
		return Outcome{}, err
	}
	err = p.Rename(ctx, o.Name, name)
	if errors.Is(err, poll.ErrName) {
		return t.say(locale.OutletBadName(name)), nil
	}
	if err != nil {
		return Outcome{}, err
	}
	return t.say(locale.OutletRenamed(name)), nil
}
