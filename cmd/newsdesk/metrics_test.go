package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/schedule"
)

func get(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(body)
}

func TestOperations(t *testing.T) {
	m, ready := newMetrics(), make(chan struct{})
	h := m.operations(ready)
	if code, _ := get(t, h, "/healthz"); code != http.StatusOK {
		t.Errorf("healthz: %d", code)
	}
	if code, body := get(t, h, "/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(body, "indexed") {
		t.Errorf("readyz before: %d %s", code, body)
	}
	close(ready)
	if code, _ := get(t, h, "/readyz"); code != http.StatusOK {
		t.Errorf("readyz: %d", code)
	}
}

func TestMetricsCountAndHoldNoText(t *testing.T) {
	m := newMetrics()
	waiting := error(nil)
	m.queues(t.Context(), slog.New(slog.DiscardHandler), func(context.Context) (int, int, error) { return 3, 5, waiting })
	m.doubts(t.Context(), slog.New(slog.DiscardHandler), func(context.Context) (schedule.Doubts, error) {
		return schedule.Doubts{Open: 2, Found: 4, Lost: 1}, nil
	})
	found := bot.Answer{Found: true, Dropped: []bot.Dropped{{Text: "secret", Reason: "number", Detail: "secret"}}}
	found.Trace = bot.Trace{Asked: "secret", Took: []bot.Step{{Name: "retrieve", Time: 3 * time.Millisecond}}}
	m.answered(found, nil, 20*time.Millisecond)
	m.answered(bot.Answer{}, nil, time.Millisecond)
	m.answered(bot.Answer{}, errors.New("secret"), time.Millisecond)
	m.answered(bot.Answer{}, context.Canceled, time.Millisecond)
	m.telegram.WithLabelValues("429").Inc()
	h := m.operations(nil)
	_, text := get(t, h, "/metrics")
	for _, want := range []string{
		`newsdesk_questions_total{result="found"} 1`, `newsdesk_questions_total{result="refused"} 1`,
		`newsdesk_questions_total{result="failed"} 1`, `newsdesk_dropped_sentences_total{reason="number"} 1`,
		`newsdesk_step_seconds_count{step="retrieve"} 1`, `newsdesk_step_seconds_count{step="all"} 2`,
		`newsdesk_telegram_failures_total{kind="429"} 1`, `newsdesk_updates_waiting 3`, `newsdesk_messages_waiting 5`,
		`newsdesk_digests_in_doubt 2`, `newsdesk_digests_sent_again 1`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, "secret") {
		t.Errorf("texts are counted:\n%s", text)
	}
	waiting = errors.New("locked")
	if _, text := get(t, h, "/metrics"); !strings.Contains(text, "newsdesk_updates_waiting -1\n") {
		t.Error("a queue that cannot be counted has a length")
	}
}

func TestServeAt(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := serveAt(ctx, log, "", nil); err != nil {
		t.Errorf("nowhere: %v", err)
	}
	if err := serveAt(ctx, log, "127.0.0.1:0", http.NotFoundHandler()); err != nil {
		t.Errorf("for a moment: %v", err)
	}
	if err := serveAt(t.Context(), log, "999.0.0.1:1", http.NotFoundHandler()); err == nil || !strings.Contains(err.Error(), "999.0.0.1:1") {
		t.Errorf("at no address: %v", err)
	}
}

func TestWebhookNeedsBothEnds(t *testing.T) {
	r := within(t, t.TempDir(), strings.NewReader(""), []string{"TELEGRAM_BOT_TOKEN=42:test"}, "serve", "--telegram-webhook-url", "https://bot.example/hook")
	if r.code != exitFailed || !strings.Contains(r.err, "telegram-webhook-listen") {
		t.Errorf("%d %s", r.code, r.err)
	}
}
