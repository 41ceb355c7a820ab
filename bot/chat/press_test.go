package chat

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/memory"
	"newsdesk/bot/settings"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
	"newsdesk/retrieval"
)

// found is an answer of two outlets, one sentence of which is in its own words.
func found() bot.Answer {
	passage := func(outlet, host string) retrieval.Passage {
		return retrieval.Passage{Outlet: outlet, Title: "Pier closed", URL: "https://" + host + "/1", Published: time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)}
	}
	return bot.Answer{
		Found: true, Sentences: []bot.Sentence{{Text: "Both closed it.", Citations: []int{1, 2}}},
		Citations: []bot.Citation{
			{N: 1, Quote: "The pier closed on Tuesday.", Passage: passage("Harbour Herald", "herald.example")},
			{N: 2, Quote: "On Tuesday the pier shut.", Passage: passage("Radio Solana", "solana.example")},
		},
	}
}

// labels are those of the buttons under the last reply, row by row.
func (r *room) labels() string {
	var rows []string
	for _, row := range r.last.Replies[len(r.last.Replies)-1].Buttons {
		var labels []string
		for _, b := range row {
			labels = append(labels, b.Text)
		}
		rows = append(rows, strings.Join(labels, " | "))
	}
	return strings.Join(rows, "\n")
}

// press presses the button of that label under the last reply, as person 1.
func (r *room) press(label string) string {
	r.t.Helper()
	for _, row := range r.last.Replies[0].Buttons {
		for _, b := range row {
			if b.Text == label {
				return r.pressed(1, b.Action)
			}
		}
	}
	r.t.Fatalf("no button %q in\n%s", label, r.labels())
	return ""
}

func (r *room) pressed(person int64, action string) string {
	r.t.Helper()
	return r.say(Message{Place: private, From: Person{ID: person}, Addressed: true, ID: 77, Pressed: action})
}

func (r *room) askPlainly(text string) string {
	r.t.Helper()
	return r.say(Message{Place: private, From: Person{ID: 1}, ID: 5, Addressed: true, Text: text})
}

func TestButtonsUnderAnAnswer(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.askPlainly("is the pier closed?")
	if got := r.labels(); got != "Harbour Herald | Radio Solana\nQuotes | Compare outlets\n👍 | 👎" {
		t.Errorf("%s", got)
	}
	buttons := r.last.Replies[0].Buttons
	if buttons[0][1].Link != "https://solana.example/1" || r.last.Replies[0].Ref == "" {
		t.Errorf("%+v", r.last.Replies[0])
	}
	for _, row := range buttons {
		for _, b := range row {
			if len(b.Action) > 64 || (b.Action == "") == (b.Link == "") {
				t.Errorf("%+v", b)
			}
		}
	}
}

func TestQuotesFoldOutAndIn(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	folded := r.askPlainly("is the pier closed?")
	if strings.Contains(folded, "On Tuesday the pier shut") {
		t.Errorf("the quotes are out already: %s", folded)
	}
	open := r.press("Quotes")
	if !strings.Contains(open, "[1] The pier closed on Tuesday.\n[2] On Tuesday the pier shut.") || r.last.Replies[0].Replaces != 77 {
		t.Errorf("%s, %+v", open, r.last.Replies[0])
	}
	if again := r.press("Hide quotes"); again != folded {
		t.Errorf("\n got %s\nwant %s", again, folded)
	}
	if len(r.asked) != 1 {
		t.Errorf("it was asked %d times", len(r.asked))
	}
}

func TestCompareAsksAnew(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.askPlainly("is the pier closed?")
	r.press("Compare outlets")
	if q := r.asked[1]; q.Kind != bot.Comparison || q.Text != "is the pier closed?" || len(q.Turns) != 0 {
		t.Errorf("%+v", q)
	}
	r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "compare", Text: "will it open?"})
	if q := r.asked[2]; q.Kind != bot.Comparison || q.Text != "will it open?" {
		t.Errorf("%+v", q)
	}
}

func TestVotes(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.askPlainly("is the pier closed?")
	up := r.last.Replies[0].Buttons[2][0].Action
	for i, want := range []string{"Thank you. Good to know.", "Taken back."} {
		r.pressed(1, up)
		if r.last.Notice != want {
			t.Errorf("%d: %s", i, r.last.Notice)
		}
	}
}

// What a button brings back may be anything, and another chat's.
func TestForgedButtons(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.askPlainly("is the pier closed?")
	foreign := r.last.Replies[0].Buttons[1][0].Action
	asked := len(r.asked)
	for _, action := range []string{
		foreign, "", ":", "q:", "q:0000000000000000", "zz:1", "x", "s:", "s:length=endless", "s:zone=Mars/Olympus", "s:only=00000000.0",
		"m:nowhere", "m:only.-5", "m:only.99999999999999999999", "f:maybe", strings.Repeat("q", 65), "q:\x00' OR 1=1 --", "s:log=perhaps",
	} {
		m := Message{Place: Place{Chat: 2, Kind: Private}, From: Person{ID: 2}, Addressed: true, ID: 78, Pressed: action}
		if got := r.say(m); strings.Contains(got, "Both closed it") || strings.Contains(got, "Deleted") {
			t.Errorf("%q: %s", action, got)
		}
	}
	if len(r.asked) != asked {
		t.Error("a forged button asks")
	}
}

func TestSettings(t *testing.T) {
	r := newRoom(t, Open)
	home := r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "settings"})
	if !strings.Contains(home, "Length of the answers: normal") || !strings.Contains(home, "Outlets: all") {
		t.Errorf("%s", home)
	}
	r.press("Length of the answers")
	if got := r.press("short"); !strings.Contains(got, "Length of the answers: short") {
		t.Errorf("%s", got)
	}
	r.press("Language of the answers")
	r.press("Deutsch")
	r.press("Look of the messages")
	r.press("rich")
	r.press("Time zone")
	if got := r.press("Asia/Tehran"); !strings.Contains(got, "Time zone: Asia/Tehran") {
		t.Errorf("%s", got)
	}
	r.answer = found()
	r.askPlainly("is the pier closed?")
	q := r.asked[0]
	if q.Sentences != 1 || q.Language != "de" || q.Now.Location().String() != "Asia/Tehran" || !r.last.Replies[0].Rich {
		t.Errorf("%+v", q)
	}
	r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "settings"})
	r.press("Language of the buttons")
	if got := r.press("Русский"); !strings.Contains(got, "Настройки") {
		t.Errorf("%s", got)
	}
	if got := r.askPlainly("🙂"); !strings.Contains(got, "вопрос") {
		t.Errorf("%s", got)
	}
}

func TestSettingsOfOutlets(t *testing.T) {
	r := newRoom(t, Open)
	var articles []corpus.Article
	for i := range 20 {
		name := "Outlet " + string(rune('A'+i))
		articles = append(articles, corpus.Article{Outlet: name, OutletURL: "https://outlet.example/", URL: "https://outlet.example/" + string(rune('a'+i)),
			Title: "Title", Text: "The text of an article.", Published: time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)})
	}
	if _, err := r.desk.Corpus.Add(t.Context(), articles); err != nil {
		t.Fatal(err)
	}
	r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "settings"})
	r.press("Outlets")
	r.press("Use only some")
	r.press("More")
	r.press("More")
	last := r.last.Replies[0].Buttons[0][0].Text
	r.press(last)
	if got := r.labels(); !strings.Contains(got, "✓ "+last) {
		t.Errorf("%s", got)
	}
	if got := r.press("Back"); !strings.Contains(got, "Outlets: only "+last) {
		t.Errorf("%s", got)
	}
	r.askPlainly("what is new?")
	if q := r.asked[0]; !slices.Equal(q.Only, []string{last}) {
		t.Errorf("%+v", q)
	}
	if got := r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "latest"}); strings.Count(got, "1. ") != 1 || !strings.Contains(got, "· "+last+" ·") {
		t.Errorf("%s", got)
	}
	if got := r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "latest", Text: "outlet b"}); !strings.Contains(got, "Outlet B") {
		t.Errorf("%s", got)
	}
}

func TestGroupSettingsAreItsAdmins(t *testing.T) {
	r := newRoom(t, Open)
	r.groupAdmin = 3
	group := Place{Chat: -9, Kind: Group}
	for person, want := range map[int64]string{2: "Only the admins of this group", 3: "Settings of this chat"} {
		if got := r.say(Message{Place: group, From: Person{ID: person}, Addressed: true, Command: "settings"}); !strings.HasPrefix(got, want) {
			t.Errorf("%d: %s", person, got)
		}
	}
	r.say(Message{Place: group, From: Person{ID: 2}, Addressed: true, Pressed: "s:length=short"})
	set, err := r.desk.Settings.Of(t.Context(), -9)
	if err != nil || set.Length != settings.Normal {
		t.Errorf("%+v, %v", set, err)
	}
}

func TestTypedZone(t *testing.T) {
	r := newRoom(t, Open)
	r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "settings"})
	question := r.press("Time zone")
	reply := func(text string) string {
		return r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Text: text, RepliedTo: question, RepliedToID: 77})
	}
	if got := reply("Atlantis"); !strings.Contains(got, "Atlantis") || !strings.Contains(got, "no time zone") {
		t.Errorf("%s", got)
	}
	if got := reply("europe/berlin"); !strings.HasPrefix(got, "Kept. Europe/Berlin: it is 10:00") {
		t.Errorf("%s", got)
	}
	if len(r.asked) != 0 {
		t.Error("a time zone was asked for as a question")
	}
}

func TestForget(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.askPlainly("is the pier closed?")
	r.pressed(1, r.last.Replies[0].Buttons[2][0].Action)
	r.pressed(1, "s:length=short")
	r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "forget"})
	if got := r.press("Keep everything"); got != "Nothing was deleted." {
		t.Errorf("%s", got)
	}
	r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "forget"})
	got := r.press("Delete everything")
	for _, want := range []string{"1 question with its answer", "2 messages", "1 setting", "1 👍", "1 record"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if turns, err := r.desk.Memory.Turns(t.Context(), memory.Place{Chat: 1}); err != nil || len(turns) != 0 {
		t.Errorf("%v, %v", turns, err)
	}
}

func TestConversationIsGiven(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.askPlainly("is the pier closed?")
	r.askPlainly("since when?")
	if turns := r.asked[1].Turns; len(turns) != 1 || turns[0].Question != "is the pier closed?" || turns[0].Answer != "Both closed it." {
		t.Errorf("%+v", turns)
	}
	// Another topic of the same chat, and another chat, hear nothing of it.
	r.say(Message{Place: Place{Chat: 1, Thread: 4, Kind: Group}, From: Person{ID: 1}, Addressed: true, Text: "and?"})
	r.say(Message{Place: Place{Chat: 2, Kind: Private}, From: Person{ID: 1}, Addressed: true, Text: "and?"})
	for _, q := range r.asked[2:] {
		if len(q.Turns) != 0 {
			t.Errorf("%+v", q.Turns)
		}
	}
	r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Command: "new"})
	r.askPlainly("and now?")
	if q := r.asked[4]; len(q.Turns) != 0 {
		t.Errorf("after /new: %+v", q.Turns)
	}
}

func TestReplyAsksAboutThatAnswer(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.askPlainly("is the pier closed?")
	id := r.last.Replies[0].Ref
	err := r.db.Write(t.Context(), func(tx store.Tx) error { return r.desk.Memory.Sent(t.Context(), tx, id, 40) })
	if err != nil {
		t.Fatal(err)
	}
	r.askPlainly("something else?")
	reply := Message{Place: private, From: Person{ID: 1}, Addressed: true, Text: "why?", RepliedTo: "Both closed it. [1]", RepliedToID: 40}
	r.say(reply)
	if turns := r.asked[2].Turns; len(turns) != 1 || turns[0].Question != "is the pier closed?" || turns[0].Answer != "Both closed it." {
		t.Errorf("%+v", turns)
	}
	reply.Quoted = "Both"
	r.say(reply)
	if turns := r.asked[3].Turns; len(turns) != 1 || turns[0].Answer != "Both" {
		t.Errorf("%+v", turns)
	}
}

func TestEditedQuestion(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.askPlainly("is the pier closed?")
	id := r.last.Replies[0].Ref
	err := r.db.Write(t.Context(), func(tx store.Tx) error { return r.desk.Memory.Sent(t.Context(), tx, id, 40) })
	if err != nil {
		t.Fatal(err)
	}
	edit := Message{Place: private, From: Person{ID: 1}, ID: 5, Addressed: true, Edited: true, Text: "is the pier closed?"}
	if got := r.say(edit); got != "-" {
		t.Errorf("nothing was changed: %s", got)
	}
	edit.Text = "is the quay closed?"
	got := r.say(edit)
	if !strings.Contains(got, "The question was edited") || r.last.Replies[0].Replaces != 40 || len(r.asked[1].Turns) != 0 {
		t.Errorf("%s %+v", got, r.asked[1])
	}
	edit.Text = "is the lake closed?"
	if got := r.say(edit); !strings.HasPrefix(got, "I answer a question again after one edit only") || len(r.asked) != 2 {
		t.Errorf("%s", got)
	}
	edit.ID, edit.Text = 6, "a question that was none before?"
	if r.say(edit); len(r.asked) != 3 {
		t.Error("it is not asked")
	}
	edit.ID, edit.Command, edit.Text = 7, "forget", ""
	if got := r.say(edit); got != "-" {
		t.Errorf("a command by edit: %s", got)
	}
}

func TestLimits(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.desk.Limits, r.desk.Model = access.Limits{Person: 3}, "https://model.example/v1"
	for i, want := range []struct {
		builtin bool
		note    string
	}{{false, "2 more questions of yours"}, {false, "1 more question of yours"}, {false, "0 more questions of yours"}, {true, "Your questions to the model are used up"}} {
		got := r.askPlainly("is the pier closed?")
		if r.asked[i].Builtin != want.builtin || !strings.Contains(got, want.note) {
			t.Errorf("%d: %t %s", i, r.asked[i].Builtin, got)
		}
	}
}

func TestAdminCommands(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	say := func(person int64, command, text string) string {
		return r.say(Message{Place: Place{Chat: person, Kind: Private}, From: Person{ID: person}, Addressed: true, Command: command, Text: text})
	}
	for _, c := range []string{"status", "budget", "pause", "explain"} {
		if got := say(2, c, ""); !strings.HasPrefix(got, "Only an admin") {
			t.Errorf("/%s: %s", c, got)
		}
	}
	say(1, "start", r.invite(access.Admin))
	if got := say(1, "explain", ""); got != "Nothing was asked here yet." {
		t.Errorf("%s", got)
	}
	say(1, "ask", "is the pier closed?")
	if got := say(1, "explain", ""); !strings.Contains(got, "Answered: yes") {
		t.Errorf("%s", got)
	}
	if got := say(1, "status", ""); !strings.Contains(got, "Questions today: 1, without an answer: 0") || !strings.Contains(got, "Waiting: 3 received") {
		t.Errorf("%s", got)
	}
	if got := say(1, "budget", "200,000"); !strings.Contains(got, "200,000") {
		t.Errorf("%s", got)
	}
	if got := say(1, "budget", ""); got != "Tokens used today: 0 of 200,000" {
		t.Errorf("%s", got)
	}
	if got := say(1, "budget", "lots"); !strings.Contains(got, "/budget 200000") {
		t.Errorf("%s", got)
	}
	say(1, "pause", "")
	if got := say(2, "ask", "why?"); !strings.HasPrefix(got, "The bot is paused") {
		t.Errorf("%s", got)
	}
	if got := say(1, "ask", "why?"); !strings.HasPrefix(got, "Both closed it") {
		t.Errorf("%s", got)
	}
	say(1, "pause", "")
	if got := say(2, "ask", "why?"); !strings.HasPrefix(got, "Both closed it") {
		t.Errorf("%s", got)
	}
}

func TestUnreadable(t *testing.T) {
	r := newRoom(t, Open)
	for kind, want := range map[string]string{"voice": "I cannot listen", "photo": "I cannot look", "file": "I cannot open", "sticker": "I can read text only"} {
		if got := r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Unreadable: kind}); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", kind, got)
		}
	}
}

func TestChoiceIsConfirmed(t *testing.T) {
	r := newRoom(t, Open)
	for action, want := range map[string]string{
		"s:length=short": "Kept. Length of the answers: short", "s:all=": "Kept. Outlets: all", "s:rendering=rich": "Kept. Look of the messages: rich",
		"s:length=endless": "This button does nothing here.",
	} {
		r.pressed(1, action)
		if r.last.Notice != want {
			t.Errorf("%s: %q", action, r.last.Notice)
		}
	}
}

func TestLowBudgetIsTold(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = found()
	r.desk.Limits, r.desk.Model = access.Limits{Tokens: 1000}, "https://model.example/v1"
	for _, step := range []struct {
		spent int
		says  string
	}{{800, ""}, {120, "8 % of today’s budget"}, {80, "Today’s budget for the model is used up"}} {
		if err := r.access.Spent(t.Context(), step.spent, r.desk.Now()); err != nil {
			t.Fatal(err)
		}
		if got := r.askPlainly("is the pier closed?"); !strings.Contains(got, step.says) || step.says == "" && strings.Contains(got, "budget") {
			t.Errorf("after %d more: %s", step.spent, got)
		}
	}
}

func TestReplyToWhatIsNotKnown(t *testing.T) {
	r := newRoom(t, Open)
	got := r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Text: "why?", RepliedToID: 900})
	if !strings.HasPrefix(got, "I no longer have what you are replying to") || len(r.asked) != 0 {
		t.Errorf("%s", got)
	}
}

func TestWaitIsCounted(t *testing.T) {
	r := newRoom(t, Open)
	for before, want := range map[int]string{1: "I am still at the question before", 3: "there are 3 questions before"} {
		if got := plain(r.desk.Wait(t.Context(), Message{Place: private, From: Person{ID: 1}}, before)); !strings.Contains(got, want) {
			t.Errorf("%d: %s", before, got)
		}
	}
}
