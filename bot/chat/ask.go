package chat

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/explain"
	"newsdesk/bot/locale"
	"newsdesk/bot/memory"
	"newsdesk/bot/settings"
	"newsdesk/corpus/store"
)

// maxQuestion is the longest question that is read, in runes: Telegram's own
// bound on a message.
const maxQuestion = 4096

// written answers a question, or says why there is none in the message.
func (t *talk) written(ctx context.Context) (Outcome, error) {
	if !askable(t.m.Text) {
		return t.say(t.noQuestion()), nil
	}
	if out, ok, err := t.typed(ctx); ok || err != nil {
		return out, err
	}
	return t.ask(ctx, asking{question: t.m.Text, asked: t.m.ID})
}

// typed takes a reply to one of the program's questions as its answer. ok is false for
// any other message.
func (t *talk) typed(ctx context.Context) (out Outcome, ok bool, err error) {
	for _, read := range []func(context.Context) (Outcome, bool, error){t.typedOutlet, t.typedDigest, t.typedZone} {
		if out, ok, err = read(ctx); ok || err != nil {
			break
		}
	}
	return out, ok, err
}

// noQuestion says why a message holds no question.
func (t *talk) noQuestion() locale.Message {
	switch t.m.Unreadable {
	case "voice", "video":
		return locale.NoVoice()
	case "photo":
		return locale.NoPictures()
	case "file":
		return locale.NoFiles()
	case "sticker":
		return locale.TextOnly()
	}
	switch {
	case t.m.Command == "ask":
		return locale.AskNeedsQuestion()
	case t.m.Command == "compare":
		return locale.CompareNeedsQuestion()
	case strings.TrimSpace(t.m.Text) == "":
		return locale.TextOnly()
	}
	return locale.NoQuestion()
}

// asking is a question that is to be answered.
type asking struct {
	question string
	// kind is set where a button or a command asks for one.
	kind bot.Kind
	// asked is the message that asks, 0 for none.
	asked int
	// turns take the place of the conversation, where set.
	turns []bot.Turn
	// replaces is the kept answer that this one takes the place of, nil for none.
	replaces *memory.Kept
}

// ask answers a question and remembers it.
func (t *talk) ask(ctx context.Context, a asking) (Outcome, error) {
	q, left, err := t.question(ctx, a)
	if errors.Is(err, errUnknownReply) {
		return t.say(locale.UnknownReply(int(memory.AnswersFor / (24 * time.Hour)))), nil
	}
	if err != nil {
		return Outcome{}, err
	}
	answer, err := t.desk.Answer(ctx, q)
	if err != nil {
		return Outcome{}, err
	}
	said := memory.Said{Question: q.Text, Asked: a.asked, Answer: answer}
	id := memory.NewID()
	if a.replaces != nil {
		id = a.replaces.ID
	}
	reply := t.answerReply(id, answer)
	reply.Blocks = append(reply.Blocks, t.limitNotes(q, left)...)
	if n := len([]rune(strings.TrimSpace(a.question))); n > maxQuestion {
		reply.Blocks = append(reply.Blocks, t.view.texts.Block(bot.Small, locale.Shortened(maxQuestion)))
	}
	if t.m.Unreadable != "" {
		reply.Blocks = append(reply.Blocks, t.view.texts.Block(bot.Small, locale.CaptionOnly()))
	}
	if a.replaces != nil && len(a.replaces.Messages) > 0 {
		reply.Replaces = a.replaces.Messages[0]
		reply.Blocks = append(reply.Blocks, t.view.texts.Block(bot.Small, locale.Edited()))
	}
	return Outcome{Replies: []bot.Reply{reply}, Commit: together(
		t.keeping(a, id, said), t.counting(q, left), t.recording(answer),
	)}, nil
}

// question makes the question as the chat wants it answered.
func (t *talk) question(ctx context.Context, a asking) (bot.Question, access.Left, error) {
	text := firstRunes(strings.TrimSpace(a.question), maxQuestion)
	turns, err := t.turns(ctx, a)
	if err != nil {
		return bot.Question{}, access.Left{}, err
	}
	left, err := t.left(ctx)
	if err != nil {
		return bot.Question{}, access.Left{}, err
	}
	return bot.Question{
		Text: text, Now: t.now, Turns: turns, Kind: a.kind, Only: t.settings.Only, Without: t.settings.Without,
		Language: t.settings.Answer, Sentences: sentencesOf(t.settings.Length), Builtin: !left.Model(), Tell: t.m.Tell,
	}, left, nil
}

// sentencesOf is the number of sentences of a length: one for short, twice the
// usual for long.
func sentencesOf(l settings.Length) int {
	switch l {
	case settings.Short:
		return 1
	case settings.Long:
		return 8
	}
	return 0
}

// errUnknownReply means that a message replies to one of which nothing is known, not
// even its text.
var errUnknownReply = errors.New("chat: a reply to nothing that is known")

// turns are what the question may lean on: what it replies to, or else the
// conversation of the place.
func (t *talk) turns(ctx context.Context, a asking) ([]bot.Turn, error) {
	if a.turns != nil {
		return a.turns, nil
	}
	if turns, err := t.aboutDigest(ctx, a); err != nil || turns != nil {
		return turns, err
	}
	if t.m.RepliedToID == 0 && t.m.RepliedTo == "" {
		return t.desk.Memory.Turns(ctx, t.place())
	}
	kept, err := t.desk.Memory.ByMessage(ctx, t.place(), t.m.RepliedToID)
	if err != nil && !errors.Is(err, memory.ErrNotFound) {
		return nil, err
	}
	if err != nil && t.m.RepliedTo == "" && t.m.Quoted == "" {
		return nil, errUnknownReply
	}
	turn := bot.Turn{Answer: t.m.RepliedTo}
	if err == nil {
		turn = kept.Turn()
	}
	turn.Answer = cmp.Or(t.m.Quoted, turn.Answer)
	return []bot.Turn{turn}, nil
}

// left is what may still be asked of the model.
func (t *talk) left(ctx context.Context) (access.Left, error) {
	limits, err := t.desk.Access.Within(ctx, t.desk.Limits)
	if err != nil {
		return access.Left{}, err
	}
	t.budgeted = limits.Tokens
	return t.desk.Access.Left(ctx, limits, t.m.From.ID, t.m.Place.Chat, t.now)
}

// fewLeft is the number of questions, and lowBudget the part in a hundred of the
// day's tokens, from which on it is said how much is left.
const (
	fewLeft   = 3
	lowBudget = 10
)

// limitNotes say how much is left, once that is little, and that the built-in
// generator answers, when nothing is. This question is counted in.
func (t *talk) limitNotes(q bot.Question, left access.Left) []bot.Block {
	if t.desk.Model == "" {
		return nil
	}
	note := locale.Message{}
	switch {
	case q.Builtin && left.Tokens == 0:
		note = locale.BudgetSpent(tomorrow(t.now))
	case q.Builtin && left.Person == 0:
		note = locale.NoQuestionsLeft(tomorrow(t.now))
	case q.Builtin:
		note = locale.NoQuestionsLeftHere(tomorrow(t.now))
	case left.Person <= fewLeft && left.Person <= left.Chat:
		note = locale.QuestionsLeft(left.Person - 1)
	case left.Chat <= fewLeft:
		note = locale.QuestionsLeftHere(left.Chat - 1)
	case t.budgeted > 0 && left.Tokens*100 <= t.budgeted*lowBudget:
		note = locale.BudgetLow(left.Tokens * 100 / t.budgeted)
	default:
		return nil
	}
	return []bot.Block{t.view.texts.Block(bot.Small, note)}
}

func tomorrow(now time.Time) time.Time {
	y, m, d := now.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, now.Location())
}

// keeping remembers what was said.
func (t *talk) keeping(a asking, id string, said memory.Said) func(context.Context, store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		if a.replaces == nil {
			return t.desk.Memory.Keep(ctx, tx, t.place(), id, said)
		}
		err := t.desk.Memory.Replace(ctx, tx, t.place(), id, said)
		if errors.Is(err, memory.ErrNotFound) {
			return nil // it was forgotten meanwhile
		}
		return err
	}
}

// counting counts what was asked of the model.
func (t *talk) counting(q bot.Question, left access.Left) func(context.Context, store.Tx) error {
	bounded := left.Person != access.Unbounded || left.Chat != access.Unbounded
	if q.Builtin || t.desk.Model == "" && !bounded {
		return nil
	}
	return func(ctx context.Context, tx store.Tx) error {
		return t.desk.Access.Asked(ctx, tx, t.m.From.ID, t.m.Place.Chat, t.now)
	}
}

// recording keeps how the answer came about.
func (t *talk) recording(a bot.Answer) func(context.Context, store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		return t.desk.Records.Keep(ctx, tx, t.m.Place.Chat, t.m.Place.Thread, explain.Of(t.now, a))
	}
}

// answerReply lays a kept answer out with its buttons.
func (t *talk) answerReply(id string, a bot.Answer) bot.Reply {
	r := t.view.folded(a)
	r.Buttons = t.answerButtons(id, a, verbQuotes)
	r.Rich, r.Ref = t.settings.Rendering == settings.Rich, id
	return r
}

// maxOutletButtons is the number of outlets that have a button.
const maxOutletButtons = 3

// answerButtons are those under an answer: its articles, its quotes (shown or
// hidden by the verb), a comparison, and what one thinks of it.
func (t *talk) answerButtons(id string, a bot.Answer, quotes string) [][]bot.Button {
	var outlets []bot.Button
	seen := map[string]bool{}
	for _, c := range a.Citations {
		if to := link(c); to != "" && !seen[c.Passage.Outlet] && len(outlets) < maxOutletButtons {
			seen[c.Passage.Outlet] = true
			outlets = append(outlets, bot.Button{Text: c.Passage.Outlet, Link: to})
		}
	}
	var middle []bot.Button
	if len(a.Citations) > 0 {
		label := locale.ButtonQuotes()
		if quotes == verbHide {
			label = locale.ButtonHideQuotes()
		}
		middle = append(middle, t.button(label, quotes, id))
	}
	middle = append(middle, t.button(locale.ButtonCompare(), verbCompare, id))
	votes := []bot.Button{{Text: "👍", Action: action{verbGood, id}.String()}, {Text: "👎", Action: action{verbBad, id}.String()}}
	return [][]bot.Button{outlets, middle, votes}
}

func (t *talk) button(label locale.Message, verb, about string) bot.Button {
	return bot.Button{Text: t.view.texts.Say(label), Action: action{verb, about}.String()}
}

// compare answers /compare: what each outlet says about a question.
func (t *talk) compare(ctx context.Context) (Outcome, error) {
	if !askable(t.m.Text) {
		return t.say(t.noQuestion()), nil
	}
	return t.ask(ctx, asking{question: t.m.Text, kind: bot.Comparison, asked: t.m.ID})
}

// edited answers a question that was edited: its answer is edited, once. A message
// that was no question before its edit is one now.
func (t *talk) edited(ctx context.Context) (Outcome, error) {
	kept, err := t.desk.Memory.ByQuestion(ctx, t.place(), t.m.ID)
	if errors.Is(err, memory.ErrNotFound) {
		return t.editedAnew(ctx)
	}
	if err != nil {
		return Outcome{}, err
	}
	switch {
	case strings.TrimSpace(t.m.Text) == strings.TrimSpace(kept.Question), !askable(t.m.Text):
		return Outcome{}, nil
	case kept.Edited > 0:
		return t.say(locale.EditedAgain()), nil
	}
	a := asking{question: t.m.Text, asked: t.m.ID, replaces: &kept}
	if t.m.Command == "compare" {
		a.kind = bot.Comparison
	}
	if a.turns, err = t.turnsBefore(ctx, kept); err != nil {
		return Outcome{}, err
	}
	return t.ask(ctx, a)
}

// editedAnew answers an edited message that has no answer: a question that once
// was none. Commands with effects are not done by an edit.
func (t *talk) editedAnew(ctx context.Context) (Outcome, error) {
	if !askable(t.m.Text) || t.m.Command != "" && t.m.Command != "ask" && t.m.Command != "compare" {
		return Outcome{}, nil
	}
	return t.route(ctx)
}

// turnsBefore are the turns of the conversation without the answer that is being
// replaced: an edited question does not lean on its own first answer.
func (t *talk) turnsBefore(ctx context.Context, kept memory.Kept) ([]bot.Turn, error) {
	turns, err := t.desk.Memory.Turns(ctx, t.place())
	if err != nil {
		return nil, err
	}
	out := []bot.Turn{}
	own := kept.Turn()
	for _, turn := range turns {
		if turn != own {
			out = append(out, turn)
		}
	}
	return out, nil
}
