package apiserver

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// live serves a Server on loopback: cutting connections needs real ones.
func live(t *testing.T) (*Server, string) {
	t.Helper()
	s := newServer(t)
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	if _, err := s.Send(Post{From: 1001, Text: "hi"}); err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	t.Cleanup(s.Close) // before h, which waits for what hangs
	return s, h.URL + "/bot" + token + "/"
}

func post(ctx context.Context, address, params string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, "POST", address, strings.NewReader(params))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		fault  Fault
		status int // 0 when the connection is cut
		body   string
		sent   int
	}{
		{Fault{Do: TooMany, RetryAfter: 7}, 429, `"description":"Too Many Requests: retry after 7","error_code":429,"ok":false,"parameters":{"retry_after":7}`, 0},
		{Fault{Do: ServerError}, 500, `"error_code":500`, 0},
		{Fault{Do: BadGateway}, 502, "<title>502 Bad Gateway</title>", 0},
		{Fault{Do: CutBefore}, 0, "", 0},
		{Fault{Do: CutAfter}, 0, "", 1},
		{Fault{Do: Blocked, Chat: 1001}, 403, "Forbidden: bot was blocked by the user", 0},
		{Fault{Do: RefuseHTML}, 400, "can't parse entities", 0},
		{Fault{Do: Blocked, Method: "editMessageText"}, 200, `"ok":true`, 1},
		{Fault{Do: Blocked, Chat: 1002}, 200, `"ok":true`, 1},
	} {
		t.Run(fmt.Sprintf("%+v", c.fault), func(t *testing.T) {
			s, address := live(t)
			c.fault.Count = 1
			s.Inject(c.fault)
			params := `{"chat_id":1001,"text":"x","parse_mode":"HTML"}`
			status, body, err := post(t.Context(), address+"sendMessage", params)
			if status != c.status || (err != nil) != (c.status == 0) || !strings.Contains(body, c.body) {
				t.Errorf("%d %s %v", status, body, err)
			}
			if n := len(s.Sent(1001)); n != c.sent {
				t.Errorf("%d sent, want %d", n, c.sent)
			}
			calls := s.Calls()
			if last := calls[len(calls)-1]; last.Refused() || c.status != 200 && last.Fault != c.fault.Do {
				t.Errorf("recorded as %+v", last)
			}
			s.Mend()
			if status, body, err := post(t.Context(), address+"sendMessage", params); status != 200 {
				t.Errorf("afterwards: %d %s %v", status, body, err)
			}
		})
	}
}

func TestFaultsCount(t *testing.T) {
	s := newServer(t)
	s.Inject(Fault{Method: "getMe", Do: ServerError, Count: 2})
	var got []int
	for range 3 {
		status, _ := call(s, "getMe", "{}")
		got = append(got, status)
	}
	if fmt.Sprint(got) != "[500 500 200]" {
		t.Error(got)
	}
}

func TestShareIsRepeatable(t *testing.T) {
	run := func(seed uint64) (out string, failed int) {
		s := newServer(t)
		s.Seed(seed)
		s.Inject(Fault{Method: "getMe", Do: TooMany, Share: 0.2})
		for range 500 {
			status, _ := call(s, "getMe", "{}")
			if status != 200 {
				failed++
			}
			out += fmt.Sprint(status, " ")
		}
		return out, failed
	}
	first, failed := run(1)
	if again, _ := run(1); again != first {
		t.Error("the same seed gave other faults")
	}
	if other, _ := run(2); other == first {
		t.Error("another seed gave the same faults")
	}
	if failed < 60 || failed > 140 {
		t.Errorf("%d of 500 failed, want about 100", failed)
	}
}

func TestHangEndsWithTheClientOrTheServer(t *testing.T) {
	s, address := live(t)
	s.Inject(Fault{Method: "getMe", Do: Hang})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	hang := func(ctx context.Context) {
		_, _, err := post(ctx, address+"getMe", "{}")
		ended <- err
	}
	go hang(ctx)
	if err := s.Until(t.Context(), func() bool { return len(s.Calls()) == 1 }); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-ended; err == nil {
		t.Error("the client that gave up got an answer")
	}
	go hang(t.Context())
	if err := s.Until(t.Context(), func() bool { return len(s.Calls()) == 2 }); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if err := <-ended; err == nil {
		t.Error("a hanging call was answered at the end")
	}
}
