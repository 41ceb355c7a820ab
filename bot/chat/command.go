package chat

import (
	"context"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/explain"
	"newsdesk/bot/locale"
	"newsdesk/bot/memory"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// started answers /start; a link may bring the story that is to be shown.
func (t *talk) started(ctx context.Context) (Outcome, error) {
	if id, ok := strings.CutPrefix(strings.TrimSpace(t.m.Text), storyLink); ok {
		return t.showStory(ctx, id)
	}
	return t.start(), nil
}

// start says what the bot is.
func (t *talk) start() Outcome {
	out := t.say(locale.Start())
	out.Replies[0].Blocks = append(out.Replies[0].Blocks, t.view.texts.Block(bot.Paragraph, t.howToAsk()))
	return out
}

func (t *talk) howToAsk() locale.Message {
	if t.m.Place.Kind == Private {
		return locale.HowToAskPrivate()
	}
	return locale.HowToAskGroup()
}

// The lines of /help.
var (
	helpLines = []func() locale.Message{
		locale.HelpAsk, locale.HelpLatest, locale.HelpStory, locale.HelpDigest, locale.HelpCompare, locale.HelpSources, locale.HelpSettings, locale.HelpNew,
		locale.HelpCancel, locale.HelpPrivacy, locale.HelpForget, locale.HelpHelp,
	}
	adminLines = []func() locale.Message{locale.HelpOutlets, locale.HelpStatus, locale.HelpBudget, locale.HelpAllow, locale.HelpPause}
)

// help lists the commands.
func (t *talk) help() Outcome {
	out := t.say(t.howToAsk())
	r := &out.Replies[0]
	for _, line := range helpLines {
		r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Item, line()))
	}
	if t.role == access.Admin {
		r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Paragraph, locale.HelpAdmins()))
		for _, line := range adminLines {
			r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Item, line()))
		}
	}
	r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Small, locale.HelpNaming()))
	return out
}

// shownLatest is the number of articles that /latest lists.
const shownLatest = 10

// latest lists the newest stories: all, those of an outlet, or those about a topic;
// articles where they are in no story.
func (t *talk) latest(ctx context.Context) (Outcome, error) {
	what := firstRunes(strings.TrimSpace(t.m.Text), maxTopic)
	if t.m.Tell != nil {
		t.m.Tell(bot.Progress{Stage: bot.Searching})
	}
	if out, ok, err := t.latestStories(ctx, what); ok || err != nil {
		return out, err
	}
	title, found, err := t.latestOf(ctx, what)
	if err != nil {
		return Outcome{}, err
	}
	if len(found) == 0 && what == "" {
		return t.say(locale.NothingStored()), nil
	}
	if len(found) == 0 {
		return t.say(locale.LatestNothing(what)), nil
	}
	out := t.say(title)
	for _, n := range found {
		out.Replies[0].Blocks = append(out.Replies[0].Blocks, t.view.bullet(n))
	}
	return out, nil
}

// maxTopic is how much of a topic is read, in runes: what is said back fits on a
// screen.
const maxTopic = 200

func firstRunes(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n])
	}
	return s
}

// latestOf finds them, with what stands above them.
func (t *talk) latestOf(ctx context.Context, what string) (locale.Message, []bot.Nearest, error) {
	if what == "" {
		found, err := t.list(ctx, corpus.Filter{Outlets: t.settings.Only, Limit: shownLatest + len(t.settings.Without)*shownLatest})
		return locale.Latest(), found, err
	}
	outlet, ok, err := t.outletNamed(ctx, what)
	if err != nil {
		return locale.Message{}, nil, err
	}
	if ok {
		found, err := t.list(ctx, corpus.Filter{Outlets: []string{outlet}, Limit: shownLatest})
		return locale.LatestOf(outlet), found, err
	}
	passages, err := t.desk.About(ctx, what, shownLatest)
	var found []bot.Nearest
	for _, p := range passages {
		found = append(found, bot.Nearest{Outlet: p.Outlet, Title: p.Title, URL: p.URL, OutletURL: p.OutletURL, Published: p.Published})
	}
	return locale.LatestAbout(what), found, err
}

// outletNamed returns the name of the outlet that is meant; ok is false when none
// has it.
func (t *talk) outletNamed(ctx context.Context, what string) (name string, ok bool, err error) {
	outlets, err := t.desk.Corpus.Outlets(ctx)
	if err != nil {
		return "", false, err
	}
	for _, o := range outlets {
		if strings.EqualFold(o.Name, what) {
			return o.Name, true, nil
		}
	}
	return "", false, nil
}

// list returns the newest articles that a filter and the chat's settings let
// through.
func (t *talk) list(ctx context.Context, f corpus.Filter) ([]bot.Nearest, error) {
	articles, err := t.desk.Corpus.List(ctx, f)
	if err != nil {
		return nil, err
	}
	without := map[string]bool{}
	for _, o := range t.settings.Without {
		without[o] = len(f.Outlets) == 0
	}
	var out []bot.Nearest
	for _, a := range articles {
		if !without[a.Outlet] && len(out) < shownLatest {
			out = append(out, bot.Nearest{Outlet: a.Outlet, Title: a.Title, URL: a.URL, OutletURL: a.OutletURL, Published: a.Published})
		}
	}
	return out, nil
}

// newConversation ends what was said before.
func (t *talk) newConversation(context.Context) (Outcome, error) {
	out := t.say(locale.NewConversation())
	out.Commit = func(ctx context.Context, tx store.Tx) error {
		return t.desk.Memory.New(ctx, tx, t.place())
	}
	return out, nil
}

// cancel answers /cancel. Where it ended something, that was said in reply to the
// question.
func (t *talk) cancel() Outcome {
	if t.m.Stopped {
		return Outcome{}
	}
	return t.say(locale.NothingToStop())
}

// privacy says what is kept.
func (t *talk) privacy() Outcome {
	out := t.say(locale.Privacy())
	r := &out.Replies[0]
	for i := range r.Blocks[0].Spans {
		r.Blocks[0].Spans[i].Bold = true
	}
	model := locale.PrivacyNoModel()
	if t.desk.Model != "" {
		model = locale.PrivacyModel(t.desk.Model)
	}
	for _, m := range []locale.Message{
		locale.PrivacyKept(int(memory.AnswersFor / (24 * time.Hour))), locale.PrivacyNotKept(), locale.PrivacyWhere(), model, locale.PrivacyForget(),
	} {
		r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Paragraph, m))
	}
	return out
}

// status says how the bot is doing.
func (t *talk) status(ctx context.Context) (Outcome, error) {
	op, err := t.desk.Operation(ctx)
	if err != nil {
		return Outcome{}, err
	}
	extent, err := t.desk.Corpus.Extent(ctx, corpus.Filter{})
	if err != nil {
		return Outcome{}, err
	}
	paused, err := t.desk.Access.Paused(ctx, everywhere)
	if err != nil {
		return Outcome{}, err
	}
	asked, unanswered, err := t.desk.Records.Count(ctx, midnight(t.now))
	if err != nil {
		return Outcome{}, err
	}
	lines := []locale.Message{locale.StatusArticles(extent), locale.StatusQuestions(asked, unanswered), locale.StatusWaiting(op.Received, op.ToSend)}
	if op.Model == "" {
		lines = append(lines, locale.StatusNoModel())
	} else {
		lines = append(lines, locale.StatusModel(op.Model))
	}
	if op.Refused > 0 {
		lines = append(lines, locale.StatusErrors(op.Refused))
	}
	if paused {
		lines = append(lines, locale.StatusPaused())
	}
	out := t.say(locale.Status(op.Version, op.Since))
	for _, l := range lines {
		out.Replies[0].Blocks = append(out.Replies[0].Blocks, t.view.texts.Block(bot.Item, l))
	}
	return out, nil
}

func midnight(now time.Time) time.Time {
	y, m, d := now.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, now.Location())
}

func (t *talk) nowIn(zone string) time.Time {
	if at, err := time.LoadLocation(zone); err == nil {
		return t.now.In(at)
	}
	return t.now
}

// budget says what of the day's budget is used, or sets it.
func (t *talk) budget(ctx context.Context) (Outcome, error) {
	if arg := strings.TrimSpace(t.m.Text); arg != "" {
		return t.setBudget(arg), nil
	}
	limits, err := t.desk.Access.Within(ctx, t.desk.Limits)
	if err != nil {
		return Outcome{}, err
	}
	used, _, err := t.desk.Access.Used(ctx, t.now)
	if err != nil {
		return Outcome{}, err
	}
	out := t.say(locale.BudgetUnbounded(used))
	if limits.Tokens > 0 {
		out = t.say(locale.Budget(used, limits.Tokens))
	}
	if limits.Person > 0 || limits.Chat > 0 {
		out.Replies[0].Blocks = append(out.Replies[0].Blocks, t.view.texts.Block(bot.Paragraph, locale.BudgetQuestions(limits.Person, limits.Chat)))
	}
	return out, nil
}

func (t *talk) setBudget(arg string) Outcome {
	tokens, err := strconv.Atoi(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,.'_\u00a0\u202f", r) {
			return -1
		}
		return r
	}, arg))
	if err != nil || tokens < 0 {
		return t.say(locale.BudgetUsage())
	}
	out := t.say(locale.BudgetKept(tokens))
	out.Commit = func(ctx context.Context, tx store.Tx) error { return t.desk.Access.SetTokens(ctx, tx, tokens) }
	return out
}

// pause has the bot answer nobody but admins, or goes on.
func (t *talk) pause(ctx context.Context) (Outcome, error) {
	paused, err := t.desk.Access.Paused(ctx, everywhere)
	if err != nil {
		return Outcome{}, err
	}
	if paused {
		out := t.say(locale.PauseOff())
		out.Commit = func(ctx context.Context, tx store.Tx) error { return t.desk.Access.Resume(ctx, tx, everywhere) }
		return out, nil
	}
	out := t.say(locale.PauseOn())
	out.Commit = func(ctx context.Context, tx store.Tx) error {
		return t.desk.Access.Pause(ctx, tx, everywhere, t.m.From.ID)
	}
	return out, nil
}

// mostExplained bounds how many answers are explained at once.
const mostExplained = 3

// explain shows how the last answers of the place came about: one, or as many as
// the command says.
func (t *talk) explain(ctx context.Context) (Outcome, error) {
	n, err := strconv.Atoi(strings.TrimSpace(t.m.Text))
	if err != nil {
		n = 1
	}
	records, err := t.desk.Records.Last(ctx, t.m.Place.Chat, t.m.Place.Thread, max(1, min(n, mostExplained)))
	if err != nil {
		return Outcome{}, err
	}
	if len(records) == 0 {
		return Outcome{Replies: []bot.Reply{{Blocks: []bot.Block{bot.Own(bot.Paragraph, "Nothing was asked here yet.")}}}}, nil
	}
	var out Outcome
	for _, r := range records {
		out.Replies = append(out.Replies, explain.Reply(r))
	}
	return out, nil
}

// Menu are the commands as a messenger lists them, with what each does in one
// language.
func Menu(texts locale.Texts) []MenuCommand {
	return menuOf(texts, []menuCommand{
		{"ask", locale.CommandAsk}, {"latest", locale.CommandLatest}, {"story", locale.CommandStory}, {"compare", locale.CommandCompare},
		{"sources", locale.CommandSources}, {"digest", locale.CommandDigest}, {"settings", locale.CommandSettings}, {"new", locale.CommandNew},
		{"cancel", locale.CommandCancel}, {"privacy", locale.CommandPrivacy}, {"forget", locale.CommandForget},
		{"help", locale.CommandHelp}, {"start", locale.CommandStart},
	})
}

// AdminMenu are those of Menu with the ones for admins of the bot.
func AdminMenu(texts locale.Texts) []MenuCommand {
	return append(Menu(texts), menuOf(texts, []menuCommand{
		{"outlets", locale.CommandOutlets}, {"status", locale.CommandStatus}, {"budget", locale.CommandBudget}, {"allow", locale.CommandAllow}, {"pause", locale.CommandPause},
	})...)
}

// MenuCommand is one command: its name without a slash, and what it does.
type MenuCommand struct{ Name, Does string }

type menuCommand struct {
	name string
	does func() locale.Message
}

func menuOf(texts locale.Texts, all []menuCommand) []MenuCommand {
	var out []MenuCommand
	for _, c := range all {
		out = append(out, MenuCommand{c.name, texts.Say(c.does())})
	}
	return out
}
