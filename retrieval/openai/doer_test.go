package openai

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/retrieval"
)

const testKey = "sk-very-secret"

// script is a server in memory: each request takes the next answer, and is
// kept with the time it came at.
type script struct {
	t       *testing.T
	answers []func(*http.Request) (*http.Response, error)
	start   time.Time
	at      []time.Duration
	bodies  []string
}

func (s *script) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		s.t.Errorf("reading the request: %v", err)
	}
	s.at = append(s.at, time.Since(s.start))
	s.bodies = append(s.bodies, string(body))
	if len(s.at) > len(s.answers) {
		s.t.Errorf("request %d, only %d are expected", len(s.at), len(s.answers))
		return nil, errors.New("too many requests in this test")
	}
	return s.answers[len(s.at)-1](req)
}

// says answers with a status and a body; headers are "Name: value".
func says(status int, body string, headers ...string) func(*http.Request) (*http.Response, error) {
	return func(req *http.Request) (*http.Response, error) {
		resp := &http.Response{StatusCode: status, Header: http.Header{}, Request: req, Body: io.NopCloser(strings.NewReader(body))}
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			resp.Header.Set(name, value)
		}
		return resp, nil
	}
}

func breaks(*http.Request) (*http.Response, error) {
	return nil, errors.New("connection refused")
}

func hangs(req *http.Request) (*http.Response, error) {
	<-req.Context().Done()
	return nil, req.Context().Err()
}

// try sends one request through a Doer inside a bubble of fake time.
func try(t *testing.T, answers []func(*http.Request) (*http.Response, error), check func(*testing.T, context.Context, *Doer, *script, *bytes.Buffer)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &script{t: t, answers: answers, start: time.Now()}
		var log bytes.Buffer
		check(t, t.Context(), NewDoer(slog.New(slog.NewTextHandler(&log, nil)), s), s, &log)
		if strings.Contains(log.String(), testKey) {
			t.Errorf("the key is in the log:\n%s", &log)
		}
	})
}

func send(t *testing.T, ctx context.Context, d *Doer) (*http.Response, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://user:pass@model.test/v1/chat?token=hidden", strings.NewReader("question"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+testKey)
	return d.Do(req)
}

func text(t *testing.T, resp *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return string(body)
}

type answers = []func(*http.Request) (*http.Response, error)

func TestRetries(t *testing.T) {
	for name, a := range map[string]answers{
		"once":             {says(200, "good")},
		"connection":       {breaks, says(200, "good")},
		"two connections":  {breaks, breaks, says(200, "good")},
		"429":              {says(429, "slow"), says(200, "good")},
		"500 and 502":      {says(500, "oops"), says(502, "<html>"), says(200, "good")},
		"timeout of 408":   {says(408, ""), says(200, "good")},
		"an odd status":    {says(529, ""), says(200, "good")},
		"mixed":            {breaks, says(503, ""), says(200, "good")},
		"nonsense of time": {says(429, "", "Retry-After: soon"), says(200, "good")},
	} {
		t.Run(name, func(t *testing.T) {
			try(t, a, func(t *testing.T, ctx context.Context, d *Doer, s *script, log *bytes.Buffer) {
				resp, err := send(t, ctx, d)
				if err != nil {
					t.Fatal(err)
				}
				if got := text(t, resp); resp.StatusCode != 200 || got != "good" {
					t.Errorf("%d %q", resp.StatusCode, got)
				}
				for i, body := range s.bodies {
					if body != "question" {
						t.Errorf("try %d sent %q", i+1, body)
					}
				}
				if last := s.at[len(s.at)-1]; len(s.at) != len(a) || last > 3*time.Second {
					t.Errorf("%d requests, want %d; the last after %v", len(s.at), len(a), last)
				}
				if lines := strings.Count(log.String(), "trying again"); lines != len(a)-1 || strings.Contains(log.String(), "hidden") {
					t.Errorf("the log has %d tries again, want %d:\n%s", lines, len(a)-1, log)
				}
			})
		})
	}
}

func TestNoRetries(t *testing.T) {
	for _, status := range []int{400, 401, 403, 404, 405, 413, 422, 501} {
		try(t, answers{says(status, "no")}, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
			resp, err := send(t, ctx, d)
			if err != nil {
				t.Fatal(err)
			}
			if got := text(t, resp); resp.StatusCode != status || got != "no" {
				t.Errorf("%d %q, want %d", resp.StatusCode, got, status)
			}
		})
	}
}

func TestLastWord(t *testing.T) {
	a := answers{says(500, "one"), says(503, "two"), says(502, "your key "+testKey+" is fine")}
	try(t, a, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
		resp, err := send(t, ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		if got := text(t, resp); resp.StatusCode != 502 || got != "your key [key] is fine" {
			t.Errorf("%d %q", resp.StatusCode, got)
		}
	})
	try(t, answers{breaks, breaks, breaks}, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
		_, err := send(t, ctx, d)
		if !errors.Is(err, retrieval.ErrUnavailable) || !strings.Contains(err.Error(), "connection refused") {
			t.Errorf("error %v", err)
		}
		if strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "pass@") {
			t.Errorf("a secret of the address is in %q", err)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // of a bubble
	for header, want := range map[string]time.Duration{
		"7":   7 * time.Second,
		"0":   0,
		"1.5": 1500 * time.Millisecond,
		start.Add(20 * time.Second).Format(http.TimeFormat): 20 * time.Second,
		start.Add(-time.Hour).Format(http.TimeFormat):       0,
	} {
		a := answers{says(429, "slow", "Retry-After: "+header), says(503, "slow", "Retry-After: "+header), says(200, "good")}
		try(t, a, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
			resp, err := send(t, ctx, d)
			if err != nil {
				t.Fatal(err)
			}
			text(t, resp)
			if s.at[1] != want {
				t.Errorf("%q: tried again after %v, want %v", header, s.at[1], want)
			}
		})
	}
}

func TestRetryAfterTooLong(t *testing.T) {
	for _, header := range []string{"31", "600", "1e300", "Sat, 01 Jan 2000 01:00:00 GMT"} {
		a := answers{says(429, `{"error":{"message":"daily limit"}}`, "Retry-After: "+header)}
		try(t, a, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
			_, err := send(t, ctx, d)
			if !errors.Is(err, retrieval.ErrUnavailable) || !strings.Contains(err.Error(), "daily limit") || !strings.Contains(err.Error(), "asks to wait") {
				t.Errorf("%q: error %v", header, err)
			}
			if spent := time.Since(s.start); spent != 0 {
				t.Errorf("%q: gave up after %v, want at once", header, spent)
			}
		})
	}
}

func TestRetryAfterBeyondDeadline(t *testing.T) {
	a := answers{says(429, "slow", "Retry-After: 20")}
	try(t, a, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		_, err := send(t, ctx, d)
		if !errors.Is(err, retrieval.ErrUnavailable) || time.Since(s.start) != 0 {
			t.Errorf("error %v after %v", err, time.Since(s.start))
		}
	})
}

func TestContextEnds(t *testing.T) {
	for name, a := range map[string]answers{
		"while it hangs": {hangs},
		"between tries":  {says(503, "", "Retry-After: 5")},
	} {
		t.Run(name, func(t *testing.T) {
			try(t, a, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
				ctx, cancel := context.WithCancel(ctx)
				time.AfterFunc(time.Second, cancel)
				if _, err := send(t, ctx, d); !errors.Is(err, context.Canceled) || errors.Is(err, retrieval.ErrUnavailable) {
					t.Errorf("error %v", err)
				}
			})
		})
	}
}

func TestSilence(t *testing.T) {
	try(t, answers{hangs}, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
		_, err := send(t, ctx, d)
		if !errors.Is(err, retrieval.ErrUnavailable) || time.Since(s.start) != silence {
			t.Errorf("error %v after %v", err, time.Since(s.start))
		}
	})
}

// drip is a body that gives a byte after each pause and hangs when there is
// none.
type drip struct {
	ctx    context.Context
	pauses []time.Duration
}

func (d *drip) Read(p []byte) (int, error) {
	pause := 24 * time.Hour
	if len(d.pauses) > 0 {
		pause, d.pauses = d.pauses[0], d.pauses[1:]
	}
	select {
	case <-time.After(pause):
		p[0] = 'x'
		return 1, nil
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}

func (d *drip) Close() error { return nil }

func TestSilenceInBody(t *testing.T) {
	answer := func(req *http.Request) (*http.Response, error) {
		resp, err := says(200, "")(req)
		resp.Body = &drip{req.Context(), []time.Duration{time.Minute, time.Minute, time.Minute}}
		return resp, err
	}
	try(t, answers{answer}, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
		resp, err := send(t, ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		time.Sleep(2 * silence) // the reader's own time does not count
		body, err := io.ReadAll(resp.Body)
		if string(body) != "xxx" || !errors.Is(err, errSilent) {
			t.Errorf("read %q and %v", body, err)
		}
		if spent := time.Since(s.start); spent != 2*silence+3*time.Minute+silence {
			t.Errorf("gave up after %v", spent)
		}
	})
}

// endless is a body without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
func (endless) Close() error               { return nil }

func TestBodyIsBounded(t *testing.T) {
	for _, status := range []int{200, 400} {
		answer := func(req *http.Request) (*http.Response, error) {
			resp, err := says(status, "")(req)
			resp.Body = endless{}
			return resp, err
		}
		try(t, answers{answer}, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
			resp, err := send(t, ctx, d)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			n, err := io.Copy(io.Discard, resp.Body)
			if status == 200 && (!errors.Is(err, errTooLong) || n > maxBody) || status == 400 && (err != nil || n != maxError) {
				t.Errorf("%d: read %d bytes and %v", status, n, err)
			}
		})
	}
}

func TestSchemeIsChecked(t *testing.T) {
	try(t, nil, func(t *testing.T, ctx context.Context, d *Doer, s *script, _ *bytes.Buffer) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "localhost:11434/v1", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Do(req); !errors.Is(err, retrieval.ErrUnavailable) || !strings.Contains(err.Error(), "http://") {
			t.Errorf("error %v", err)
		}
	})
}
