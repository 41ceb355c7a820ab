package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// leakSteps is how much is done in all places together.
const leakSteps = 600

// secret is a word that belongs to one place: "s<place>x<number>".
var secret = regexp.MustCompile(`s(\d+)x\d+`)

// spot is a place with what was written and shown there.
type spot struct {
	chat, thread int64
	asked        []apiserver.Message
}

type leaks struct {
	*office
	rng    *rand.Rand
	people []apiserver.User
	spots  []*spot
	n      int

	mu      sync.Mutex
	prompts []bot.Question
}

// TestNothingLeaks does at random, in private chats and topics of groups with the
// same people, all that can be done with a bot: questions, replies to its messages
// and quotes of them, presses of buttons, edits, commands, and what only a
// client of one's own can do: pressing what buttons of other places carry, under
// any message. Every question and every answer has a word that belongs to its
// place: no prompt and no message may have that of another.
func TestNothingLeaks(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	l := &leaks{rng: rand.New(rand.NewPCG(seed, 0))}
	l.office = openOffice(t, layout{pace: quickPace, desk: func(d *chat.Desk) { d.Answer = l.answer }})
	l.SetPrivacy(false)
	for i := range 4 {
		p := l.Person(fmt.Sprint("Person", i))
		l.people = append(l.people, p)
		l.spots = append(l.spots, &spot{chat: p.ID})
	}
	code, err := l.app.access.Invite(t.Context(), access.Admin)
	if err != nil {
		t.Fatal(err)
	}
	l.asks(apiserver.Post{From: l.people[0].ID, Text: code}) // may /explain
	for i := range 2 {
		group, topics := l.forum(fmt.Sprint("Group", i), l.people[i].ID)
		l.spots = append(l.spots, &spot{chat: group}, &spot{chat: group, thread: topics[0]}, &spot{chat: group, thread: topics[1]})
	}
	for i := range leakSteps {
		l.step()
		if i%40 == 0 {
			l.idle()
		}
	}
	l.idle()
	l.judge()
}

// answer says the words of the question, and cites something with them.
func (l *leaks) answer(_ context.Context, q bot.Question) (bot.Answer, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.prompts = append(l.prompts, q)
	if strings.Contains(q.Text, "nothing") {
		return bot.Answer{Searched: corpus.Extent{}}, nil
	}
	return bot.Answer{Found: true, Restated: "Restated " + q.Text, Sentences: []bot.Sentence{{Text: "Answer to " + q.Text, Citations: []int{1}}},
		Citations: []bot.Citation{{N: 1, Quote: "Quote for " + q.Text, Passage: retrieval.Passage{
			Outlet: "Harbour Herald", Title: "On " + q.Text, URL: "https://herald.example/1", Published: time.Unix(1, 0)}}},
		Trace: bot.Trace{Asked: q.Text},
	}, nil
}

// word is a new secret of a place.
func (l *leaks) word(place int) string {
	l.n++
	return fmt.Sprintf("s%dx%d", place, l.n)
}

func pick[T any](rng *rand.Rand, all []T) T { return all[rng.IntN(len(all))] }

// step does one thing somewhere.
func (l *leaks) step() {
	place := l.rng.IntN(len(l.spots))
	s := l.spots[place]
	who := pick(l.rng, l.people).ID
	if s.chat > 0 {
		who = s.chat
	}
	p := apiserver.Post{From: who, Chat: s.chat, Thread: s.thread}
	shown := slices.DeleteFunc(l.Sent(s.chat), func(m apiserver.Message) bool { return m.Thread != s.thread })
	switch n := l.rng.IntN(20); {
	case n < 6:
		p.Text = pick(l.rng, []string{"/ask %s?", "/compare %s?", "@newsdesk_bot and %s?", "/ask nothing %s?", "just %s"})
		p.Text = fmt.Sprintf(p.Text, l.word(place))
		s.asked = append(s.asked, l.Says(p))
	case n < 9 && len(shown) > 0:
		to := pick(l.rng, shown)
		p.ReplyTo, p.Text = to.ID, "and why "+l.word(place)
		if words := strings.Fields(to.Text); len(words) > 2 && l.rng.IntN(2) == 0 {
			p.Quote = words[0]
		}
		s.asked = append(s.asked, l.Says(p))
	case n < 15 && len(shown) > 0:
		l.pressSomething(who, s, pick(l.rng, shown))
	case n < 17 && len(s.asked) > 0:
		m := pick(l.rng, s.asked)
		if _, err := l.Edit(m.From.ID, s.chat, m.ID, "/ask edited "+l.word(place)); err != nil {
			l.t.Fatal(err)
		}
	default:
		p.Text = pick(l.rng, []string{"/new", "/latest", "/settings", "/forget", "/privacy", "/cancel", "/explain", "/start", "/sources"})
		l.Says(p)
	}
}

// pressSomething presses a button of the message, or forges one with what any
// message anywhere carries.
func (l *leaks) pressSomething(who int64, s *spot, m apiserver.Message) {
	from := s
	if l.rng.IntN(2) == 0 {
		from = pick(l.rng, l.spots)
	}
	var known []string
	for _, other := range l.Sent(from.chat) {
		known = append(known, data(other)...)
	}
	if own := data(m); from == s && len(own) > 0 {
		known = own
	}
	if len(known) == 0 {
		return
	}
	if _, err := l.Forge(apiserver.Press{From: who, Chat: s.chat, Message: m.ID, Data: pick(l.rng, known)}); err != nil {
		l.t.Fatal(err)
	}
}

// judge looks at all prompts, messages and notices.
func (l *leaks) judge() {
	t := l.t
	turns := 0
	for _, q := range l.prompts {
		own := secret.FindStringSubmatch(q.Text)[1]
		for _, turn := range q.Turns {
			turns++
			if foreign := foreignTo(own, turn.Question+" "+turn.Answer); len(foreign) > 0 {
				t.Errorf("%q was asked with what belongs to others: %q", q.Text, turn)
			}
		}
	}
	messages := 0
	for i, s := range l.spots {
		for _, m := range l.Sent(s.chat) {
			if m.Thread != s.thread {
				continue
			}
			messages++
			if foreign := foreignTo(fmt.Sprint(i), m.Plain()); len(foreign) > 0 {
				t.Errorf("place %d is shown %q:\n%s", i, foreign, m.Plain())
			}
		}
	}
	for _, c := range l.Calls() {
		if c.Method == "answerCallbackQuery" && secret.Match(c.Params) {
			t.Errorf("a notice: %s", c.Params)
		}
	}
	if turns < leakSteps/20 || messages < leakSteps/4 {
		t.Errorf("%d turns and %d messages: nothing was tested", turns, messages)
	}
	t.Logf("%d prompts with %d turns, %d messages", len(l.prompts), turns, messages)
}

// foreignTo returns the words of other places than own.
func foreignTo(own, text string) []string {
	var out []string
	for _, m := range secret.FindAllStringSubmatch(text, -1) {
		if m[1] != own {
			out = append(out, m[0])
		}
	}
	return out
}
