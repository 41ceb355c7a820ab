package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"newsdesk/bot"
	"newsdesk/bot/schedule"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/poll"
)

// metrics counts what a serve does. It holds no text of questions, answers or
// people; labels are the program's own words.
type metrics struct {
	registry  *prometheus.Registry
	questions *prometheus.CounterVec
	dropped   *prometheus.CounterVec
	seconds   *prometheus.HistogramVec
	telegram  *prometheus.CounterVec
	tokens    prometheus.Counter
	feeds     prometheus.Counter
	articles  *prometheus.CounterVec
	outlets   *prometheus.CounterVec
}

// stepBuckets reach from a step in the process to a slow model server, in
// seconds.
var stepBuckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 90}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "newsdesk_questions_total", Help: "Questions that were handled, by what became of them: found, refused, failed.",
		}, []string{"result"}),
		dropped: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "newsdesk_dropped_sentences_total", Help: "Sentences that a generator wrote and nobody got to see, by reason.",
		}, []string{"reason"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "newsdesk_step_seconds", Help: "Time of each step of an answer, and of all of it (step all).", Buckets: stepBuckets,
		}, []string{"step"}),
		telegram: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "newsdesk_telegram_failures_total", Help: "Messages that Telegram did not take at once, by kind.",
		}, []string{"kind"}),
	}
	m.tokens = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "newsdesk_model_tokens_total", Help: "Tokens that the model has read and written.",
	})
	m.feeds = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "newsdesk_feeds_read_total", Help: "Feeds of outlets that were asked for.",
	})
	m.articles = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "newsdesk_articles_total", Help: "Articles that were read of outlets, by what became of them: new, changed, withdrawn, unreadable.",
	}, []string{"result"})
	m.outlets = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "newsdesk_outlet_failures_total", Help: "Feeds that could not be read, by kind.",
	}, []string{"kind"})
	m.registry.MustRegister(m.questions, m.dropped, m.seconds, m.telegram, m.tokens, m.feeds, m.articles, m.outlets)
	return m
}

// answered counts one question.
func (m *metrics) answered(a bot.Answer, err error, took time.Duration) {
	switch {
	case errors.Is(err, context.Canceled):
		return
	case err != nil:
		m.questions.WithLabelValues("failed").Inc()
		return
	case a.Found:
		m.questions.WithLabelValues("found").Inc()
	default:
		m.questions.WithLabelValues("refused").Inc()
	}
	for _, d := range a.Dropped {
		m.dropped.WithLabelValues(d.Reason).Inc()
	}
	for _, s := range a.Trace.Took {
		m.seconds.WithLabelValues(s.Name).Observe(s.Time.Seconds())
	}
	m.seconds.WithLabelValues("all").Observe(took.Seconds())
}

// visited counts what one visit of an outlet brought.
func (m *metrics) visited(e poll.Event) {
	if e.Asked {
		m.feeds.Inc()
	}
	for result, n := range map[string]int{"new": e.New, "changed": e.Changed, "withdrawn": e.Withdrawn, "unreadable": e.Unreadable} {
		m.articles.WithLabelValues(result).Add(float64(n))
	}
	if e.Problem != "" {
		m.outlets.WithLabelValues(kindOf(e.Problem)).Inc()
	}
}

// kindOf is what went wrong with a feed, in a word. What is no failure to fetch it
// is the feed's own.
func kindOf(problem string) string {
	for kind, err := range map[string]error{
		"address": fetch.ErrAddress, "robots": fetch.ErrRobots, "gone": fetch.ErrGone, "forbidden": fetch.ErrForbidden,
		"busy": fetch.ErrBusy, "unavailable": fetch.ErrUnavailable, "slow": fetch.ErrTooSlow, "long": fetch.ErrTooLong,
		"redirects": fetch.ErrRedirects, "broken": fetch.ErrBroken,
	} {
		if strings.HasPrefix(problem, err.Error()) {
			return kind
		}
	}
	return "feed"
}

// quiet adds the number of outlets that are quiet, which are counted when asked
// for.
func (m *metrics) quiet(ctx context.Context, log *slog.Logger, p *poll.Poller) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "newsdesk_outlets_quiet", Help: "Outlets that have published nothing for much longer than is their habit; -1 when that cannot be told.",
	}, func() float64 {
		outlets, err := p.Outlets(ctx)
		if err != nil {
			log.WarnContext(ctx, "the outlets cannot be counted", "err", err)
			return -1
		}
		n := 0
		for _, o := range outlets {
			if o.Quiet {
				n++
			}
		}
		return float64(n)
	}))
}

// queues adds the lengths of the queues, which are looked up when asked for.
func (m *metrics) queues(ctx context.Context, log *slog.Logger, waiting func(context.Context) (updates, messages int, err error)) {
	look := func(pick func(updates, messages int) int) func() float64 {
		return func() float64 {
			updates, messages, err := waiting(ctx)
			if err != nil {
				log.WarnContext(ctx, "the queues cannot be counted", "err", err)
				return -1
			}
			return float64(pick(updates, messages))
		}
	}
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "newsdesk_updates_waiting", Help: "Updates that are stored and not handled; -1 when that cannot be told.",
		}, look(func(updates, _ int) int { return updates })),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "newsdesk_messages_waiting", Help: "Messages that are stored and not sent; -1 when that cannot be told.",
		}, look(func(_, messages int) int { return messages })),
	)
}

// doubts adds how often it was not known whether a digest was sent, looked up when
// asked for.
func (m *metrics) doubts(ctx context.Context, log *slog.Logger, count func(context.Context) (schedule.Doubts, error)) {
	look := func(pick func(schedule.Doubts) int) func() float64 {
		return func() float64 {
			d, err := count(ctx)
			if err != nil {
				log.WarnContext(ctx, "the digests in doubt cannot be counted", "err", err)
				return -1
			}
			return float64(pick(d))
		}
	}
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "newsdesk_digests_in_doubt", Help: "Digests of which it is not known whether they were sent; -1 when that cannot be told.",
		}, look(func(d schedule.Doubts) int { return d.Open })),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "newsdesk_digests_sent_again", Help: "Digests that were not found and sent again, the most that came twice; -1 when that cannot be told.",
		}, look(func(d schedule.Doubts) int { return d.Lost })),
	)
}

// operations is the handler of the address for those who run newsdesk: /healthz
// says that the process lives, /readyz that questions can be answered (503 until
// then), /metrics counts.
func (m *metrics) operations(ready <-chan struct{}) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		select {
		case <-ready:
			fmt.Fprintln(w, "ok")
		default:
			http.Error(w, "the articles are being indexed", http.StatusServiceUnavailable)
		}
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

// serveAt serves h at an address until ctx ends; an empty one is none.
func serveAt(ctx context.Context, log *slog.Logger, address string, h http.Handler) error {
	if address == "" {
		<-ctx.Done()
		return nil
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("listening at %s: %w", address, err)
	}
	log.InfoContext(ctx, "listening", "address", l.Addr().String())
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if err := server.Shutdown(grace); err != nil {
			log.Warn("requests were still running", "err", err)
		}
	})
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
