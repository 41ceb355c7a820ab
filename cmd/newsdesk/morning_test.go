package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/retrieval"
)

// The bar is 500 channels (NEWSDESK_CROWD=full) that have their digest two minutes after
// it is due. Without being told it is a few.
const (
	fewChannels, allChannels = 25, 500
	morningLasts             = 2 * time.Minute
)

func channelsOf(morning string) int {
	if morning == "full" {
		return allChannels
	}
	return fewChannels
}

// morning makes channels whose digests are due now. One in ten has topics of its own,
// so that not all share one digest.
func (n *newsroom) morning(channels int, now time.Time) []int64 {
	n.t.Helper()
	n.today("Trams reach Quellbrook", tram)
	n.today("A bridge closes", "The Oster bridge is closed for 40 days from Thursday on. Its cables are replaced, and lorries are led over Hemsund. "+
		"The police of Oster expect long queues in the mornings.")
	var all []int64
	for i := range channels {
		channel := n.channel(fmt.Sprint("Channel ", i))
		all = append(all, channel)
		if i%10 == 0 {
			n.subscribe(channel, now, schedule.ToggleTopic(fmt.Sprint("trams and line ", i)))
		} else {
			n.subscribe(channel, now)
		}
	}
	return all
}

// TestMorning: many channels have a digest at the same time, with the pace of real life
// and a server that refuses what is faster than Telegram allows. Each has it once, in
// time.
func TestMorning(t *testing.T) {
	n := openNewsroomAt(t, telegram.TelegramPace)
	now := time.Now()
	channels := n.morning(channelsOf(os.Getenv("NEWSDESK_CROWD")), now)
	n.SetRates(apiserver.Published)
	began := time.Now()
	n.post(now)
	t.Logf("%d digests were stored after %v", len(channels), time.Since(began).Round(time.Millisecond))
	for _, c := range channels {
		n.Sees(c, 1)
	}
	took := time.Since(began)
	t.Logf("%d channels had their digest after %v", len(channels), took.Round(time.Millisecond))
	if took > morningLasts {
		t.Errorf("the last of %d channels had its digest after %v", len(channels), took)
	}
	n.post(now)
	n.idle()
	for _, c := range channels {
		if sent := n.Sent(c); len(sent) != 1 || !strings.Contains(sent[0].Text, "12 new trams") {
			t.Errorf("channel %d: %d messages", c, len(sent))
		}
	}
	open, err := n.app.schedule.In(t.Context(), schedule.Stored)
	if err != nil || len(open) > 0 {
		t.Errorf("%d slots are still to be sent, %v", len(open), err)
	}
}

// BenchmarkMorning is how long it takes to find passages for a question while the
// digests of 500 channels are written and stored, and while nothing else is done: the
// medians. The articles are the sample's.
func BenchmarkMorning(b *testing.B) {
	n := openNewsroom(b)
	search, err := n.app.searchingBeside(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	retrieve := func() float64 {
		began := time.Now()
		if _, err := search.retriever.Retrieve(b.Context(), retrieval.Query{Text: killable[i%len(killable)].question, Limit: 10}); err != nil {
			b.Fatal(err)
		}
		i++
		return float64(time.Since(began).Microseconds()) / 1000
	}
	now := time.Now()
	n.morning(allChannels, now)
	for b.Loop() {
		var alone, beside []float64
		for range 200 {
			alone = append(alone, retrieve())
		}
		done := make(chan error, 1)
		go func() { done <- n.app.postDue(b.Context(), now) }()
		for posting := true; posting; {
			select {
			case err := <-done:
				if err != nil {
					b.Fatal(err)
				}
				posting = false
			default:
				beside = append(beside, retrieve())
			}
		}
		slices.Sort(alone)
		slices.Sort(beside)
		b.ReportMetric(percentile(alone, 50), "ms/alone")
		b.ReportMetric(percentile(beside, 50), "ms/beside")
		b.ReportMetric(float64(len(beside)), "questions")
	}
}
