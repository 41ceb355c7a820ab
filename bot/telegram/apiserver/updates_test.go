package apiserver

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func withAda(t *testing.T) *Server {
	t.Helper()
	s := New(slog.New(slog.DiscardHandler), token, time.Now)
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	return s
}

func say(t *testing.T, s *Server, text string) {
	t.Helper()
	if _, err := s.Send(Post{From: 1001, Text: text}); err != nil {
		t.Fatal(err)
	}
}

func poll(t *testing.T, s *Server, params string) []Update {
	t.Helper()
	return must[[]Update](t, s, "getUpdates", params)
}

func TestOffsetConfirms(t *testing.T) {
	s := withAda(t)
	for _, text := range []string{"one", "two", "three"} {
		say(t, s, text)
	}
	first := poll(t, s, `{"limit":2}`)
	if len(first) != 2 || first[0].Message.Text != "one" || first[1].ID != first[0].ID+1 {
		t.Fatalf("%+v", first)
	}
	if again := poll(t, s, `{}`); len(again) != 3 {
		t.Errorf("an unconfirmed update is gone: %+v", again)
	}
	next := poll(t, s, fmt.Sprintf(`{"offset":%d}`, first[1].ID+1))
	if len(next) != 1 || next[0].Message.Text != "three" || s.Pending() != 1 {
		t.Errorf("%+v", next)
	}
	if back := poll(t, s, fmt.Sprintf(`{"offset":%d}`, first[0].ID)); len(back) != 1 {
		t.Errorf("a confirmed update came back: %+v", back)
	}
	say(t, s, "four")
	if last := poll(t, s, `{"offset":-1}`); len(last) != 1 || last[0].Message.Text != "four" || s.Pending() != 1 {
		t.Errorf("%+v", last)
	}
}

func TestAllowedUpdates(t *testing.T) {
	s := withAda(t)
	poll(t, s, `{"allowed_updates":["message"]}`)
	say(t, s, "one")
	if _, err := s.Edit(1001, 1001, 1, "One"); err != nil {
		t.Fatal(err)
	}
	if got := poll(t, s, `{}`); len(got) != 1 || got[0].Message == nil {
		t.Errorf("the choice was not kept: %+v", got)
	}
	poll(t, s, `{"allowed_updates":[]}`)
	if _, err := s.Edit(1001, 1001, 1, "ONE"); err != nil {
		t.Fatal(err)
	}
	if got := poll(t, s, `{}`); len(got) != 2 || got[1].EditedMessage.Text != "ONE" {
		t.Errorf("the empty choice is not everything: %+v", got)
	}
}

func TestUpdatesAreKeptADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := withAda(t)
		say(t, s, "old")
		time.Sleep(23 * time.Hour)
		say(t, s, "new")
		time.Sleep(2 * time.Hour)
		if got := poll(t, s, `{}`); len(got) != 1 || got[0].Message.Text != "new" {
			t.Errorf("%+v", got)
		}
	})
}

func TestPollWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := withAda(t)
		begin := time.Now()
		if got := poll(t, s, `{"timeout":20}`); len(got) != 0 || time.Since(begin) != 20*time.Second {
			t.Errorf("%+v after %v", got, time.Since(begin))
		}
		begin = time.Now()
		if got := poll(t, s, `{"timeout":600}`); len(got) != 0 || time.Since(begin) != longestPoll {
			t.Errorf("%+v after %v", got, time.Since(begin))
		}
		go func() {
			time.Sleep(3 * time.Second)
			say(t, s, "at last")
		}()
		begin = time.Now()
		if got := poll(t, s, `{"timeout":20}`); len(got) != 1 || time.Since(begin) != 3*time.Second {
			t.Errorf("%+v after %v", got, time.Since(begin))
		}
	})
}

func TestPollEndsWithItsClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := withAda(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		r := httptest.NewRequestWithContext(ctx, "GET", "/bot"+token+"/getUpdates?timeout=30", nil)
		begin := time.Now()
		answerTo(s, r)
		if time.Since(begin) != time.Second {
			t.Errorf("ended after %v", time.Since(begin))
		}
	})
}

func TestSecondPollEndsTheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := withAda(t)
		type ended struct {
			status int
			answer
		}
		first := make(chan ended, 1)
		go func() {
			status, a := call(s, "getUpdates", `{"timeout":30}`)
			first <- ended{status, a}
		}()
		synctest.Wait()
		second := make(chan int, 1)
		go func() {
			status, _ := call(s, "getUpdates", `{"timeout":30}`)
			second <- status
		}()
		got := <-first
		if got.status != http.StatusConflict || got.Description != otherPoll().Description {
			t.Errorf("%+v", got)
		}
		say(t, s, "hello")
		if status := <-second; status != 200 {
			t.Errorf("the second poll: %d", status)
		}
	})
}

func TestWebhook(t *testing.T) {
	got := make(chan string)
	refuse := make(chan bool, 1)
	refuse <- true
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-refuse:
			w.WriteHeader(http.StatusInternalServerError)
		default:
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			got <- r.Header.Get("X-Telegram-Bot-Api-Secret-Token") + " " + string(body)
		}
	}))
	defer hook.Close()
	s := withAda(t)
	defer s.Close()
	must[bool](t, s, "setWebhook", `{"url":"`+hook.URL+`","secret_token":"sesame"}`)
	say(t, s, "one")
	say(t, s, "two")
	for _, text := range []string{"one", "two"} {
		if u := <-got; !strings.HasPrefix(u, "sesame {") || !strings.Contains(u, `"text":"`+text+`"`) {
			t.Errorf("got %s, want %s", u, text)
		}
	}
	if err := s.Until(t.Context(), func() bool { return s.Pending() == 0 }); err != nil {
		t.Error(err)
	}
	info := must[webhookInfo](t, s, "getWebhookInfo", `{}`)
	if info.URL != hook.URL || !strings.Contains(info.LastError, "500") {
		t.Errorf("%+v", info)
	}
	if status, a := call(s, "getUpdates", `{}`); status != http.StatusConflict || a.Description != webhookActive().Description {
		t.Errorf("%d %s", status, a.Description)
	}
	must[bool](t, s, "deleteWebhook", `{}`)
	say(t, s, "three")
	if left := poll(t, s, `{}`); len(left) != 1 || left[0].Message.Text != "three" {
		t.Errorf("%+v", left)
	}
}
