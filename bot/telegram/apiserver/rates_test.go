package apiserver

import (
	"fmt"
	"log/slog"
	"testing"
	"time"
)

func TestRates(t *testing.T) {
	now := time.Date(2025, 3, 4, 12, 0, 0, 0, time.UTC)
	s := New(slog.New(slog.DiscardHandler), token, func() time.Time { return now })
	for id := int64(1001); id < 1041; id++ {
		s.AddUser(User{ID: id, FirstName: "Ada"})
		s.Send(Post{From: id, Text: "hi"})
	}
	group, err := s.AddChat(Chat{Type: Group, Title: "Desk"})
	if err != nil {
		t.Fatal(err)
	}
	send := func(chat int64) (status, wait int) {
		status, a := call(s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"x"}`, chat))
		return status, a.Parameters.RetryAfter
	}
	for range 3 {
		if status, _ := send(1001); status != 200 {
			t.Fatalf("without rates: %d", status)
		}
	}
	s.SetRates(Published)
	want := func(chat int64, status, wait int) {
		t.Helper()
		if gotStatus, gotWait := send(chat); gotStatus != status || gotWait != wait {
			t.Errorf("chat %d: %d, retry after %d; want %d, %d", chat, gotStatus, gotWait, status, wait)
		}
	}
	want(1001, 200, 0)
	want(1001, 429, 1)
	now = now.Add(time.Second - jitter)
	want(1001, 200, 0)
	now = now.Add(time.Second)
	for range 20 {
		want(group.ID, 200, 0)
	}
	want(group.ID, 429, 60)
	now = now.Add(20 * time.Second)
	want(group.ID, 429, 40)
	now = now.Add(40 * time.Second)
	want(group.ID, 200, 0)
	now = now.Add(time.Second)
	for id := int64(1001); id < 1031; id++ {
		want(id, 200, 0)
	}
	want(1035, 429, 1)
	now = now.Add(time.Second)
	want(1035, 200, 0)
	if status, a := call(s, "sendMessageDraft", `{"chat_id":1035,"draft_id":7,"text":"x"}`); status != 429 {
		t.Errorf("drafts do not count: %d %s", status, a.Description)
	}
}
