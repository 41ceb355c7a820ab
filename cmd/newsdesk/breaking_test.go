package main

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot/schedule"
	"newsdesk/corpus"
)

// TestBreakingNews: a story that enough independent origins report is posted at once,
// and once; one of a single outlet is not.
func TestBreakingNews(t *testing.T) {
	n := openNewsroom(t)
	now := time.Now()
	channel := n.channel("Alerts")
	n.subscribe(channel, now, schedule.BreakingBy(schedule.Rule{Origins: 2, PerDay: 3}))
	published := now.Add(-time.Minute)
	n.today("Trams reach Quellbrook", tram)
	for outlet, text := range map[string]string{
		"The Lantern": "An explosion at the Hemsund refinery killed four workers on Thursday, the fire chief of Hemsund, Jorun Vael, told our reporter. " +
			"The blast was heard in Dunmarrow, thirty kilometres away, and the harbour was closed.",
		"Quill Daily": "Four people have died after a blast tore through the refinery in Hemsund on Thursday afternoon. " +
			"Fire chief Jorun Vael said that eleven others were taken to hospital. Ships were kept away from the harbour of Hemsund.",
	} {
		a := corpus.Article{Outlet: outlet, URL: "https://" + lettersOf(outlet) + ".example/refinery", Title: "Four dead in explosion at Hemsund refinery",
			Text: text, Language: "en", Published: published}
		if _, err := n.app.corpus.Add(t.Context(), []corpus.Article{a}); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := n.app.followStories(t.Context()); err != nil {
			t.Fatal(err)
		}
		n.post(time.Now())
		n.idle()
	}
	sent := n.Sent(channel)
	if len(sent) != 1 || !strings.Contains(sent[0].Text, "Hemsund") || strings.Contains(sent[0].Text, "trams") {
		t.Errorf("%d messages: %+v", len(sent), sent)
	}
}
