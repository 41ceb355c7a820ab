package openai

import (
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestContextOfTheServer(t *testing.T) {
	for name, text := range readParts(t, "testdata/contexts.txtar") {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, streams(stop+done))
			w := newWindow(slog.New(silent), s.http.URL+"/v1/", testKey, "tiny", s.http.Client())
			if strings.HasPrefix(name, "later") {
				if got := w.size(t.Context()); got != DefaultContext {
					t.Errorf("before: %d", got)
				}
			}
			var want int
			want, s.tells = contextCase(t, text)
			if want == 0 {
				want = DefaultContext
			}
			for range 2 {
				if got := w.size(t.Context()); got != want {
					t.Errorf("%d, want %d", got, want)
				}
			}
		})
	}
}

func contextCase(t *testing.T, text string) (want int, tells map[string]string) {
	t.Helper()
	tells = map[string]string{}
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if key != "context" {
			tells[key] = value
			continue
		}
		n, err := strconv.Atoi(value)
		if err != nil {
			t.Fatal(err)
		}
		want = n
	}
	return want, tells
}

// TestContextIsAskedSeldom: a server that does not tell is asked twice and no
// more, and OpenAI's own is not asked.
func TestContextIsAskedSeldom(t *testing.T) {
	asked := 0
	count := doing(func(r *http.Request) (*http.Response, error) {
		asked++
		return nil, http.ErrServerClosed
	})
	w := newWindow(slog.New(silent), "http://model.test/v1", "", "tiny", count)
	for range 5 {
		if got := w.size(t.Context()); got != DefaultContext {
			t.Errorf("%d tokens", got)
		}
	}
	if asked != windowTries {
		t.Errorf("asked %d times of a server that is down, want %d", asked, windowTries)
	}
	for _, base := range []string{"", "https://api.openai.com/v1/"} {
		if got := newWindow(slog.New(silent), base, "", "gpt-4o-mini", count).size(t.Context()); got != hostedContext || asked != windowTries {
			t.Errorf("%q: %d tokens, asked %d times", base, got, asked)
		}
	}
}

// doing is an HTTPDoer.
type doing func(*http.Request) (*http.Response, error)

func (d doing) Do(r *http.Request) (*http.Response, error) { return d(r) }
