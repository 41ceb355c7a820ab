package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/memory"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus/store"
)

// Kills and what goes with them. The bar is 50 kills and 200 questions; without
// being told (NEWSDESK_KILLS) a tenth of the kills is done.
const (
	shortKills   = 5
	perKill      = 4
	atLeastAsked = 40
	askers       = 40
)

// killable are questions that the sample articles answer, with what the answer
// holds.
var killable = []struct{ question, holds string }{
	{"How many passengers were on the Lady Maren?", "212 passengers"},
	{"How many electric tugs is the Dunmarrow shipyard to build?", "six electric tugs"},
	{"How many appointments were cancelled?", "2,300 appointments"},
	{"What did Fergus Dunmarrow say about the apprentices?", "Fergus Dunmarrow"},
}

// TestKilled kills the process at random moments while questions come in. Every
// question has to be answered, and once: only a kill between Telegram's yes and
// our mark of it may say something twice. What was said is remembered once, and the
// buttons that processes of before have sent work.
func TestKilled(t *testing.T) {
	t.Run("polling", func(t *testing.T) { killOver(t) })
	t.Run("webhook", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		address := l.Addr().String()
		if err := l.Close(); err != nil { // for the process
			t.Fatal(err)
		}
		killOver(t, "TELEGRAM_WEBHOOK_LISTEN="+address, "TELEGRAM_WEBHOOK_URL=http://"+address+"/")
	})
}

// killOver kills a process with these settings over and over.
func killOver(t *testing.T, environ ...string) {
	kills := killsWanted(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d kills, seed %d", kills, seed)
	k := &killing{desk: openDeskWith(t, environ, "--open"), rng: rand.New(rand.NewPCG(seed, 0)), asked: map[question]int{}}
	k.Expect("Conflict: terminated by other getUpdates") // the killed one's poll
	for i := range askers {
		k.people = append(k.people, k.Person(fmt.Sprintf("Reader%d", i)))
	}
	questions := max(atLeastAsked, kills*perKill)
	for i := range kills {
		k.phase(questions*(i+1)/kills - questions*i/kills)
		k.again()
	}
	k.Waits("the last process asks who it is", func() bool { return k.introduced() > k.before })
	k.settle()
	k.pressOld()
	k.serve.stop(t)
	k.judge()
	k.judgeMemory()
}

// pressOld has each person fold out the quotes of the oldest answer, which most
// likely another process has sent.
func (k *killing) pressOld() {
	k.t.Helper()
	for _, p := range k.people {
		sent := k.said(p)
		if len(sent) == 0 {
			continue
		}
		k.Presses(apiserver.Press{From: p.ID, Chat: p.ID, Message: sent[0].ID, Data: button(k.t, sent[0], "q:")})
		k.Waits("the quotes fold out", func() bool {
			return slices.ContainsFunc(k.said(p)[0].Entities, func(e apiserver.Entity) bool { return e.Type == "expandable_blockquote" })
		})
	}
}

// judgeMemory looks whether each question is remembered once, with the message that
// answers it.
func (k *killing) judgeMemory() {
	k.t.Helper()
	db, err := store.Open(k.t.Context(), slog.New(slog.DiscardHandler), filepath.Join(k.dir, "newsdesk.db"))
	if err != nil {
		k.t.Fatal(err)
	}
	defer db.Close()
	m, err := memory.New(k.t.Context(), db, time.Now)
	if err != nil {
		k.t.Fatal(err)
	}
	for q, which := range k.asked {
		kept, err := m.ByQuestion(k.t.Context(), memory.Place{Chat: q.chat}, int(q.id))
		if err != nil || kept.Question != killable[which].question || len(kept.Messages) == 0 {
			k.t.Errorf("%q in chat %d is remembered as %+v: %v", killable[which].question, q.chat, kept, err)
		}
	}
	var n int
	err = db.Read(k.t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(k.t.Context(), `SELECT count(*) FROM memory_answers`).Scan(&n)
	})
	if err != nil || n != len(k.asked) {
		k.t.Errorf("%d answers are remembered, of %d: %v", n, len(k.asked), err)
	}
}

func killsWanted(t *testing.T) int {
	s := os.Getenv("NEWSDESK_KILLS")
	if s == "" {
		return shortKills
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("NEWSDESK_KILLS=%q is not a number of kills", s)
	}
	return n
}

type question struct{ chat, id int64 }

type killing struct {
	*desk
	rng    *rand.Rand
	people []apiserver.User
	asked  map[question]int // index into killable
	// answeredAt is how many had their answer at each kill.
	answeredAt []int
	// before is introduced as it was when the running process was started.
	before int
}

// longestLife is how long a process lives at most: from its start to its first
// answer it takes some 0.3 s, so some die before that and most in the middle.
const longestLife = 2 * time.Second

// phase asks n questions at random moments of a process's life, then kills it.
func (k *killing) phase(n int) {
	life := time.Duration(k.rng.Int64N(int64(longestLife)))
	moments := make([]time.Duration, n)
	for i := range moments {
		moments[i] = time.Duration(k.rng.Int64N(int64(life) + 1))
	}
	slices.Sort(moments)
	began := time.Now()
	for _, at := range moments {
		<-time.After(time.Until(began.Add(at)))
		k.ask()
	}
	<-time.After(time.Until(began.Add(life)))
	k.serve.kill(k.t)
	k.answeredAt = append(k.answeredAt, len(k.answers()))
}

func (k *killing) ask() {
	who := k.people[k.rng.IntN(len(k.people))]
	which := k.rng.IntN(len(killable))
	m := k.Says(apiserver.Post{From: who.ID, Text: killable[which].question})
	k.asked[question{m.Chat.ID, m.ID}] = which
}

func (k *killing) again() {
	k.before = k.introduced()
	k.serve = start(k.t, k.environ, "serve", "--open")
}

// introduced is how often a process has asked who it is.
func (k *killing) introduced() int {
	n := 0
	for _, c := range k.Calls() {
		if c.Method == "getMe" {
			n++
		}
	}
	return n
}

// settle waits until everything is answered, or nothing more comes.
func (k *killing) settle() {
	ctx, cancel := context.WithTimeout(k.t.Context(), 3*time.Minute)
	defer cancel()
	if err := k.Until(ctx, func() bool { return len(k.answers()) == len(k.asked) }); err != nil {
		k.t.Errorf("%d of %d questions were answered: %v", len(k.answers()), len(k.asked), err)
	}
	k.Handled()
}

// said returns what the bot said to a person, without that a question waits for the
// one before it: on a busy machine some do.
func (k *killing) said(p apiserver.User) []apiserver.Message {
	return slices.DeleteFunc(slices.Clone(k.Sent(p.ID)), func(m apiserver.Message) bool { return strings.HasPrefix(m.Text, "One moment") })
}

// answers returns the bot's messages by the question that they reply to.
func (k *killing) answers() map[question][]apiserver.Message {
	all := map[question][]apiserver.Message{}
	for _, p := range k.people {
		for _, m := range k.said(p) {
			if m.ReplyTo != nil {
				q := question{p.ID, m.ReplyTo.ID}
				all[q] = append(all[q], m)
			}
		}
	}
	return all
}

func (k *killing) judge() {
	t, answers := k.t, k.answers()
	twice := 0
	for q, which := range k.asked {
		got := answers[q]
		switch {
		case len(got) == 0:
			t.Errorf("%q in chat %d is lost", killable[which].question, q.chat)
		case len(got) > 2:
			t.Errorf("%q in chat %d was answered %d times", killable[which].question, q.chat, len(got))
		case len(got) == 2:
			twice++
		}
		for _, m := range got {
			if !strings.Contains(m.Text, killable[which].holds) || !isCited(m) {
				t.Errorf("%q was answered by %q", killable[which].question, m.Text)
			}
		}
	}
	for _, p := range k.people {
		for _, m := range k.Sent(p.ID) {
			if m.ReplyTo == nil {
				t.Errorf("a message that answers nothing: %s", m.Text)
			}
		}
	}
	t.Logf("%d questions, %d answered twice; answered at the kills: %v", len(k.asked), twice, k.answeredAt)
	if allowed := mayBeTwice(len(k.asked)); twice > allowed {
		t.Errorf("%d of %d questions were answered twice, %d may be", twice, len(k.asked), allowed)
	}
}

// mayBeTwice is how many of n questions may be answered twice: one in a hundred.
// Of few questions chance alone makes more of it, so of less than 400 it is four,
// which a rate of one in a hundred exceeds in 40 questions less than once in a
// thousand runs; the long form holds the rate itself.
func mayBeTwice(n int) int {
	if n < 400 {
		return 4
	}
	return n / 100
}
