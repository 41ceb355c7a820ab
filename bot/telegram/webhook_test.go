package telegram

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsdesk/bot/telegram/apiserver"
)

// hooked is a world whose bot has a webhook, served on loopback.
func hooked(t *testing.T) *world {
	w := newWorld(t, echo)
	hook := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { w.bot.Webhook().ServeHTTP(rw, r) }))
	t.Cleanup(hook.Close)
	w.bot.webhook = hook.URL
	return w
}

func TestWebhook(t *testing.T) {
	w := hooked(t)
	w.run(w.bot)
	w.until(func() bool { return called(w, "setWebhook") })
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "one"})
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "two"})
	if got := said(w.await(w.ada, 2)); got != "heard: one | heard: two" {
		t.Errorf("%s", got)
	}
	if called(w, "getUpdates") {
		t.Error("it polls as well")
	}
	if refused := w.refused(); len(refused) > 0 {
		t.Error(refused)
	}
}

func called(w *world, method string) bool {
	for _, c := range w.server.Calls() {
		if c.Method == method && c.Status == http.StatusOK {
			return true
		}
	}
	return false
}

func TestMovingBetweenWebhookAndPollingLosesNothing(t *testing.T) {
	w := hooked(t)
	hook := w.bot.webhook
	want := ""
	for i, webhook := range []string{"", hook, "", hook} {
		w.bot = w.newBot(echo)
		w.bot.webhook = webhook
		// Written while nobody listens, and while somebody does.
		w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: fmt.Sprint("before ", i)})
		stop := w.run(w.bot)
		want += fmt.Sprintf("heard: before %d | ", i)
		w.await(w.ada, 2*i+1)
		w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: fmt.Sprint("during ", i)})
		want += fmt.Sprintf("heard: during %d | ", i)
		w.await(w.ada, 2*i+2)
		stop()
	}
	if got := said(w.server.Sent(w.ada)) + " | "; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestWebhookRefuses(t *testing.T) {
	w := newWorld(t, echo)
	secret := webhookSecret(token)
	const update = `{"update_id":5,"message":{"message_id":1,"date":1,"from":{"id":1,"first_name":"A"},"chat":{"id":1,"type":"private"},"text":"hi"}}`
	for _, c := range []struct {
		name, method, secret string
		body                 io.Reader
		want                 int
	}{
		{"no secret", "POST", "", strings.NewReader(update), http.StatusUnauthorized},
		{"a wrong secret", "POST", secret[1:] + "0", strings.NewReader(update), http.StatusUnauthorized},
		{"a look", "GET", secret, nil, http.StatusMethodNotAllowed},
		{"a gigabyte", "POST", secret, io.LimitReader(zeros{}, 1<<30), http.StatusRequestEntityTooLarge},
		{"no JSON", "POST", secret, strings.NewReader("<html>"), http.StatusBadRequest},
		{"no update", "POST", secret, strings.NewReader(`{}`), http.StatusBadRequest},
		{"an update", "POST", secret, strings.NewReader(update), http.StatusOK},
		{"the same again", "POST", secret, strings.NewReader(update), http.StatusOK},
		{"one of an unknown kind", "POST", secret, strings.NewReader(`{"update_id":6,"poll":{"id":"1"}}`), http.StatusOK},
	} {
		r := httptest.NewRequest(c.method, "/hook", c.body)
		r.Header.Set(secretHeader, c.secret)
		got := httptest.NewRecorder()
		w.bot.Webhook().ServeHTTP(got, r)
		if got.Code != c.want {
			t.Errorf("%s: %d, want %d", c.name, got.Code, c.want)
		}
	}
	if updates, _, err := w.bot.Waiting(t.Context()); err != nil || updates != 2 {
		t.Errorf("%d updates are stored, %v", updates, err)
	}
}

func TestWebhookThatCannotStoreIsSentAgain(t *testing.T) {
	w := newWorld(t, echo)
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/hook", strings.NewReader(`{"update_id":5}`))
	r.Header.Set(secretHeader, webhookSecret(token))
	got := httptest.NewRecorder()
	w.bot.Webhook().ServeHTTP(got, r)
	if got.Code != http.StatusInternalServerError {
		t.Errorf("%d", got.Code)
	}
}

// Updates that come at once are stored together, each once, and each request hears
// of its own.
func TestArrivalsAreStoredTogether(t *testing.T) {
	var stored []int64
	begun, goOn := make(chan struct{}, 100), make(chan struct{})
	a := arrivals{put: func(_ context.Context, updates []received) error {
		begun <- struct{}{}
		<-goOn
		for _, u := range updates {
			stored = append(stored, u.id)
		}
		return nil
	}}
	var all sync.WaitGroup
	all.Go(func() { a.store(t.Context(), received{id: 0}) })
	<-begun
	for i := range 20 {
		all.Go(func() {
			if err := a.store(t.Context(), received{id: int64(i + 1)}); err != nil {
				t.Error(err)
			}
		})
	}
	close(goOn)
	all.Wait()
	slices.Sort(stored)
	if len(stored) != 21 || stored[0] != 0 || stored[20] != 20 {
		t.Errorf("%v", stored)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }
