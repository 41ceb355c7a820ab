package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// newsroom is an office with channels that get digests.
type newsroom struct {
	*office
	owner int64
	// asked are the questions that came to the articles.
	askedMu sync.Mutex
	asked   []bot.Question
}

func openNewsroom(t testing.TB) *newsroom { return openNewsroomAt(t, quickPace) }

// openNewsroomAt is openNewsroom with a pace.
func openNewsroomAt(t testing.TB, pace telegram.Pace) *newsroom {
	t.Helper()
	n := &newsroom{}
	n.office = openOffice(t, layout{pace: pace, desk: func(d *chat.Desk) {
		answer := d.Answer
		d.Answer = func(ctx context.Context, q bot.Question) (bot.Answer, error) {
			n.askedMu.Lock()
			n.asked = append(n.asked, q)
			n.askedMu.Unlock()
			return answer(ctx, q)
		}
	}})
	n.app.bot = n.bot
	n.owner = n.Person("Owner").ID
	n.asks(apiserver.Post{From: n.owner, Text: "/start"})
	<-n.app.indexed
	return n
}

func (n *newsroom) channel(title string) int64 {
	n.t.Helper()
	c, err := n.AddChat(apiserver.Chat{Type: apiserver.Channel, Title: title})
	if err != nil {
		n.t.Fatal(err)
	}
	if err := n.SetMember(c.ID, n.owner, "creator"); err != nil {
		n.t.Fatal(err)
	}
	return c.ID
}

func (n *newsroom) stand(chat int64, to apiserver.Standing) {
	n.t.Helper()
	if err := n.SetStanding(chat, n.owner, to); err != nil {
		n.t.Fatal(err)
	}
}

// subscribe keeps a digest for a chat that is due at now and reaches over all of the
// sample articles of its last days.
func (n *newsroom) subscribe(chat int64, now time.Time, changes ...schedule.Change) schedule.Subscription {
	n.t.Helper()
	sub := schedule.Default(strconv.FormatInt(chat, 10), now.Add(-time.Hour))
	sub.By, sub.Reach = n.owner, schedule.MaxReach
	local := now.UTC()
	sub.Times = []schedule.TimeOfDay{schedule.TimeOfDay(local.Hour()*60 + local.Minute())}
	var err error
	for _, change := range changes {
		if sub, err = change(sub); err != nil {
			n.t.Fatal(err)
		}
	}
	n.write(func(tx store.Tx) error {
		sub, err = n.app.schedule.Keep(n.t.Context(), tx, sub)
		return err
	})
	return sub
}

func (n *newsroom) write(f func(tx store.Tx) error) {
	n.t.Helper()
	if err := n.app.db.Write(n.t.Context(), f); err != nil {
		n.t.Fatal(err)
	}
}

func (n *newsroom) post(now time.Time) {
	n.t.Helper()
	if err := n.app.postDue(n.t.Context(), now); err != nil {
		n.t.Fatal(err)
	}
}

// reach waits until the only slot of a subscription is in a state.
func (n *newsroom) reach(sub schedule.Subscription, want schedule.State) schedule.Slot {
	n.t.Helper()
	var last schedule.Slot
	for deadline := time.Now().Add(telegramtest.Patience); time.Now().Before(deadline); <-time.After(time.Millisecond) {
		for id := int64(1); ; id++ {
			x, err := n.app.schedule.Slot(n.t.Context(), id)
			if err != nil {
				break
			}
			if x.Subscription.ID == sub.ID {
				last = x
			}
		}
		if last.State == want {
			return last
		}
	}
	n.t.Fatalf("the slot is %q for %q, not %q", last.State, last.Reason, want)
	return last
}

// today publishes an article that a digest of today tells.
func (n *newsroom) today(title, text string) corpus.Article {
	n.t.Helper()
	a := corpus.Article{
		Outlet: "The Lantern", URL: "https://lantern.example/" + lettersOf(title), OutletURL: "https://lantern.example/",
		Title: title, Text: text, Language: "en", Published: time.Now().Add(-2 * time.Hour),
	}
	if _, err := n.app.corpus.Add(n.t.Context(), []corpus.Article{a}); err != nil {
		n.t.Fatal(err)
	}
	all, err := n.app.corpus.List(n.t.Context(), corpus.Filter{Outlets: []string{"The Lantern"}, Limit: 100})
	if err != nil {
		n.t.Fatal(err)
	}
	for _, found := range all {
		if found.Title == title {
			return found
		}
	}
	n.t.Fatalf("%q was not stored", title)
	return corpus.Article{}
}

const tram = "The tram line to Quellbrook opened on Monday with 12 new trams. The mayor of Quellbrook, Oda Wick, took the first one. " +
	"The works on the line had lasted three years and cost 48 million crowns, the city council said."

func TestDigestIsPostedOnce(t *testing.T) {
	n := openNewsroom(t)
	now := time.Now()
	n.today("Trams reach Quellbrook", tram)
	channel := n.channel("Morning")
	sub := n.subscribe(channel, now, schedule.Silently(true))
	n.post(now)
	x := n.reach(sub, schedule.Done)
	n.post(now)
	n.idle()
	sent := n.Sent(channel)
	if len(sent) != 1 || !strings.Contains(sent[0].Text, "12 new trams") {
		t.Fatalf("%+v", sent)
	}
	posts, err := n.app.schedule.ByMessage(t.Context(), strconv.FormatInt(channel, 10), int(sent[0].ID))
	if err != nil || len(posts) != 1 || posts[0].Slot != x.ID || len(posts[0].Cited) == 0 || !strings.Contains(posts[0].Text, "12 new trams") {
		t.Fatalf("%+v, %v", posts, err)
	}
	c := posts[0].Cited[0]
	article, err := n.app.corpus.BySeqs(t.Context(), []int64{c.Seq})
	if err != nil || article[c.Seq].Text[c.Start:c.End] != c.Quote || !strings.Contains(posts[0].Text, c.Sentence) {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestDigestsShareOneComposition: subscriptions that want the same get the same one.
func TestDigestsShareOneComposition(t *testing.T) {
	n := openNewsroom(t)
	now := time.Now()
	for i := range 5 {
		n.subscribe(n.channel(fmt.Sprint("Channel ", i)), now)
	}
	n.subscribe(n.channel("German"), now, schedule.InLanguage("de"))
	slots, err := n.app.schedule.Due(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	groups, err := n.app.alike(t.Context(), slots)
	if err != nil || len(groups) != 2 || len(groups[0]) != 5 {
		t.Errorf("%d groups, %v", len(groups), err)
	}
}

// TestDigestIsHalted: where the bot may not post any more its digest is halted, who
// set it up is told, and all others go on.
func TestDigestIsHalted(t *testing.T) {
	n := openNewsroom(t)
	now := time.Now()
	n.today("Trams reach Quellbrook", tram)
	lost, other := n.channel("Lost"), n.channel("Other")
	halted, goes := n.subscribe(lost, now, schedule.Titled("Trams at eight")), n.subscribe(other, now)
	n.Expect("rights")
	n.stand(lost, apiserver.Standing{Status: "administrator"})
	n.idle()
	before := len(n.Sent(n.owner))
	n.post(now)
	n.reach(goes, schedule.Done)
	n.reach(halted, schedule.Folded)
	n.Waits("the owner is told", func() bool { return len(n.Sent(n.owner)) > before })
	told := n.Sent(n.owner)
	if last := told[len(told)-1].Text; !strings.Contains(last, "Trams at eight") || len(told) != before+1 {
		t.Errorf("%q", last)
	}
	if sub, err := n.app.schedule.Get(t.Context(), halted.ID); err != nil || !sub.Halted || !sub.Paused {
		t.Errorf("%+v, %v", sub, err)
	}
	if sub, err := n.app.schedule.Get(t.Context(), goes.ID); err != nil || sub.Paused {
		t.Errorf("%+v, %v", sub, err)
	}
}

// TestDigestInDoubt: a connection that breaks around a post neither doubles nor loses
// it.
func TestDigestInDoubt(t *testing.T) {
	for _, v := range []struct {
		do          apiserver.Effect
		found, lost int
	}{{apiserver.CutAfter, 1, 0}, {apiserver.CutBefore, 0, 1}} {
		t.Run(string(v.do), func(t *testing.T) {
			n := openNewsroom(t)
			now := time.Now()
			n.today("Trams reach Quellbrook", tram)
			channel := n.channel("Morning")
			n.write(func(tx store.Tx) error {
				return n.bot.Post(t.Context(), tx, "first", strconv.FormatInt(channel, 10), n.said("Hello."))
			})
			if err := n.bot.Wake(t.Context(), strconv.FormatInt(channel, 10)); err != nil {
				t.Fatal(err)
			}
			n.Sees(channel, 1)
			n.idle()
			n.Expect("message is not modified")
			n.Expect("message to edit not found")
			n.Inject(apiserver.Fault{Method: "sendMessage", Count: 1, Do: v.do})
			sub := n.subscribe(channel, now)
			n.post(now)
			for deadline := time.Now().Add(telegramtest.Patience); time.Now().Before(deadline); <-time.After(time.Millisecond) {
				if doubts, err := n.app.schedule.Doubts(t.Context()); err != nil || doubts.Open == 1 {
					break
				}
			}
			n.post(now)
			x := n.reach(sub, schedule.Done)
			if x.Found != v.found || x.Lost != v.lost || len(n.Sent(channel)) != 2 {
				t.Errorf("%+v, %d messages", x, len(n.Sent(channel)))
			}
		})
	}
}

// TestDigestIsApproved: an admin takes items out of a draft, posts it, or drops it;
// nobody else can, and what rests on an article that changed is not posted.
func TestDigestIsApproved(t *testing.T) {
	n := openNewsroom(t)
	now := time.Now()
	trams := n.today("Trams reach Quellbrook", tram)
	n.today("Ferry fares rise", "The ferry company of Dunmarrow raised its fares from 7 to 9 crowns on Tuesday. It had not done so for six years. "+
		"The harbour company blames the price of fuel, which has risen by a third since spring, and two idle ships.")
	n.today("A bridge closes", "The Oster bridge is closed for 40 days from Thursday on. Its cables are replaced, and lorries are led over Hemsund. "+
		"The police of Oster expect long queues in the mornings.")
	channel := n.channel("Morning")
	sub := n.subscribe(channel, now, schedule.ApprovedBy(n.owner))
	n.idle()
	before := len(n.Sent(n.owner))
	n.post(now)
	draft := n.Sees(n.owner, before+1)[before]
	x := n.reach(sub, schedule.Approving)
	if len(n.Sent(channel)) > 0 || len(data(draft)) != 5 {
		t.Fatalf("%d messages, buttons %q\n%s", len(n.Sent(channel)), data(draft), draft.Text)
	}
	stranger := n.Person("Stranger")
	n.asks(apiserver.Post{From: stranger.ID, Text: "/start"})
	if answer := n.Answered(n.forge(stranger.ID, n.Sent(stranger.ID)[0], fmt.Sprintf("p:%d.post", x.ID))); answer == nil || answer.Text == "" || len(n.Sent(channel)) > 0 {
		t.Fatalf("%+v", answer)
	}
	ferry := ""
	for i, item := range n.items(x) {
		if strings.Contains(item.Text, "ferry") {
			ferry = data(draft)[i]
		}
	}
	draft = n.press(n.owner, draft, ferry)
	if strings.Contains(draft.Text, "ferry") || len(data(draft)) != 4 {
		t.Fatalf("%q %q", draft.Text, data(draft))
	}
	// An hour later the trams are 15.
	n.age(x, time.Hour)
	trams.Text = strings.Replace(trams.Text, "12 new trams", "15 new trams", 1)
	if _, err := n.app.corpus.Add(t.Context(), []corpus.Article{trams}); err != nil {
		t.Fatal(err)
	}
	draft = n.press(n.owner, draft, button(t, draft, fmt.Sprintf("p:%d.post", x.ID)))
	if strings.Contains(draft.Text, "12 new trams") || !strings.Contains(draft.Text, "The Lantern has changed its article") || len(n.Sent(channel)) > 0 {
		t.Fatalf("%q", draft.Text)
	}
	draft = n.press(n.owner, draft, button(t, draft, fmt.Sprintf("p:%d.post", x.ID)))
	n.reach(sub, schedule.Done)
	if sent := n.Sent(channel); len(sent) != 1 || !strings.Contains(sent[0].Text, "40 days") || strings.Contains(sent[0].Text, "trams") || draft.Text != "Posted." || data(draft) != nil {
		t.Errorf("%q, %+v", draft.Text, sent)
	}
	withdrawn := n.subscribe(n.channel("Noon"), now, schedule.ApprovedBy(n.owner))
	before = len(n.Sent(n.owner))
	n.post(now)
	draft = n.Sees(n.owner, before+1)[before]
	z := n.reach(withdrawn, schedule.Approving)
	n.age(z, time.Hour)
	n.withdraw(trams)
	draft = n.press(n.owner, draft, fmt.Sprintf("p:%d.post", z.ID))
	if strings.Contains(draft.Text, "new trams") || !strings.Contains(draft.Text, "has changed its article") {
		t.Errorf("%q", draft.Text)
	}
	dropped := n.subscribe(n.channel("Evening"), now, schedule.ApprovedBy(n.owner))
	before = len(n.Sent(n.owner))
	n.post(now)
	draft = n.Sees(n.owner, before+1)[before]
	y := n.reach(dropped, schedule.Approving)
	draft = n.press(n.owner, draft, fmt.Sprintf("p:%d.drop", y.ID))
	if y = n.reach(dropped, schedule.Skipped); y.Reason != schedule.Dropped || !strings.Contains(draft.Text, "Dropped") {
		t.Errorf("%+v %q", y, draft.Text)
	}
}

// forge presses a button that is not there, and waits for the answer.
func (n *newsroom) forge(from int64, m apiserver.Message, data string) string {
	n.t.Helper()
	id, err := n.Forge(apiserver.Press{From: from, Chat: m.Chat.ID, Message: m.ID, Data: data})
	if err != nil {
		n.t.Fatal(err)
	}
	n.Waits("an answer to "+data, func() bool { return n.Answered(id) != nil })
	return id
}

// items are those of a slot's draft.
func (n *newsroom) items(x schedule.Slot) []postItem {
	n.t.Helper()
	d, err := decodeDraft(x.Draft)
	if err != nil {
		n.t.Fatal(err)
	}
	return itemsOf(d.Digest)
}

// age makes the draft of a slot older.
func (n *newsroom) age(x schedule.Slot, by time.Duration) {
	n.t.Helper()
	x, err := n.app.schedule.Slot(n.t.Context(), x.ID)
	if err != nil {
		n.t.Fatal(err)
	}
	d, err := decodeDraft(x.Draft)
	if err != nil {
		n.t.Fatal(err)
	}
	d.At = d.At.Add(-by)
	raw, err := d.encode()
	if err != nil {
		n.t.Fatal(err)
	}
	n.write(func(tx store.Tx) error {
		_, err := n.app.schedule.Edit(n.t.Context(), tx, x.ID, raw)
		return err
	})
}

// said is a reply of one line.
func (n *newsroom) said(text string) bot.Reply {
	return bot.Reply{Blocks: []bot.Block{bot.Own(bot.Paragraph, text)}}
}
