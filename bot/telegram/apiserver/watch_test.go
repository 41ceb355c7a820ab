package apiserver

import (
	"fmt"
	"log/slog"
	"testing"
	"time"
)

func TestLook(t *testing.T) {
	now := time.Date(2025, 3, 4, 12, 0, 0, 0, time.UTC)
	s := New(slog.New(slog.DiscardHandler), token, func() time.Time { return now })
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	say(t, s, "hi")
	m := must[Message](t, s, "sendMessage", `{"chat_id":1001,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}}`)
	must[bool](t, s, "sendChatAction", `{"chat_id":1001,"action":"typing"}`)
	must[bool](t, s, "sendMessageDraft", `{"chat_id":1001,"draft_id":7,"text":"Searching"}`)
	first := s.Look(Since{})
	if len(first.Chats) != 1 || len(first.Chats[0].Changed) != 2 || first.Chats[0].Doing == nil || len(first.Chats[0].Drafts) != 1 {
		t.Fatalf("%+v", first)
	}
	if again := s.Look(first.Since); len(again.Chats[0].Changed) != 0 {
		t.Errorf("seen twice: %+v", again)
	}
	id, err := s.Press(Press{From: 1001, Chat: 1001, Message: m.ID, Data: "b"})
	if err != nil {
		t.Fatal(err)
	}
	must[bool](t, s, "answerCallbackQuery", `{"callback_query_id":"`+id+`","text":"Here","show_alert":true}`)
	must[Message](t, s, "editMessageText", `{"chat_id":1001,"message_id":2,"text":"y"}`)
	must[bool](t, s, "deleteMessage", `{"chat_id":1001,"message_id":1}`)
	now = now.Add(draftLife)
	next := s.Look(first.Since)
	c := next.Chats[0]
	if len(c.Changed) != 1 || c.Changed[0].Text != "y" || len(c.Deleted) != 1 || c.Deleted[0] != 1 || c.Doing != nil || c.Drafts != nil {
		t.Errorf("%+v", c)
	}
	if len(next.Answers) != 1 || next.Answers[0].Answer.Text != "Here" || next.Answers[0].Message != m.ID {
		t.Errorf("%+v", next.Answers)
	}
}

func TestMenuIsTheNarrowest(t *testing.T) {
	s := newServer(t)
	s.AddUser(User{ID: 1001, FirstName: "Ada", Language: "de"})
	group, err := s.AddChat(Chat{Type: Supergroup, Title: "Desk"})
	if err != nil {
		t.Fatal(err)
	}
	set := func(name, scope, language string) {
		must[bool](t, s, "setMyCommands", fmt.Sprintf(`{"commands":[{"command":%q,"description":"x"}],"scope":%s,"language_code":%q}`, name, scope, language))
	}
	check := func(chat int64, want string) {
		t.Helper()
		got := ""
		if menu := s.Menu(chat, 1001); len(menu) > 0 {
			got = menu[0].Command
		}
		if got != want {
			t.Errorf("chat %d: %q, want %q", chat, got, want)
		}
	}
	check(1001, "")
	set("all", `{"type":"default"}`, "")
	set("alle", `{"type":"default"}`, "de")
	check(1001, "alle")
	set("private", `{"type":"all_private_chats"}`, "")
	check(1001, "private")
	check(group.ID, "alle")
	set("groups", `{"type":"all_group_chats"}`, "")
	check(group.ID, "groups")
	set("admins", `{"type":"all_chat_administrators"}`, "")
	check(group.ID, "groups")
	if err := s.SetMember(group.ID, 1001, "administrator"); err != nil {
		t.Fatal(err)
	}
	check(group.ID, "admins")
	set("here", fmt.Sprintf(`{"type":"chat","chat_id":%d}`, group.ID), "")
	check(group.ID, "here")
}

func TestFilesAlbumsAndForwards(t *testing.T) {
	s := newServer(t)
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	s.AddUser(User{ID: 1002, FirstName: "Bo"})
	group, err := s.AddChat(Chat{Type: Supergroup, Title: "Desk"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []Post{
		{From: 1001, File: "voice"},
		{From: 1001, File: "photo", Album: "1", Text: "Which pier?"},
		{From: 1001, File: "document", Album: "1"},
		{From: 1001, Text: "Fog in the harbour", ForwardOf: 1002},
		{From: 1001, Chat: group.ID, File: "photo"},
		{From: 1001, Chat: group.ID, File: "photo", Text: "@newsdesk_bot which pier?"},
	} {
		if _, err := s.Send(p); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Send(Post{From: 1001, File: "hologram"}); err == nil {
		t.Error("a hologram was sent")
	}
	raw := must[[]map[string]any](t, s, "getUpdates", `{}`)
	updates := must[[]Update](t, s, "getUpdates", `{}`)
	if len(updates) != 5 {
		t.Fatalf("%d updates, want 5", len(updates))
	}
	if m := updates[1].Message; m.Caption != "Which pier?" || m.Album != "1" || len(m.Photo) != 1 || m.Text != "" {
		t.Errorf("%+v", m)
	}
	if m := updates[3].Message; m.ForwardOrigin["type"] != "user" {
		t.Errorf("%+v", m)
	}
	if m := updates[4].Message; m.Caption == "" || len(m.CaptionEntities) != 1 {
		t.Errorf("a caption that mentions the bot: %+v", m)
	}
	if _, ok := raw[0]["message"].(map[string]any)["voice"].(map[string]any)["duration"]; !ok {
		t.Errorf("%+v", raw[0])
	}
}

func TestStopEndsTheDraft(t *testing.T) {
	s := newServer(t)
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	say(t, s, "hi")
	must[bool](t, s, "sendMessageDraft", `{"chat_id":1001,"draft_id":7,"can_stop":true,"text":"x"}`)
	must[bool](t, s, "sendMessageDraft", `{"chat_id":1001,"draft_id":8,"can_stop":true,"keep_on_stop":true,"text":"x"}`)
	for _, id := range []int64{7, 8} {
		if err := s.Stop(1001, id); err != nil {
			t.Fatal(err)
		}
	}
	if d := s.Drafts(1001); len(d) != 1 || d[0].ID != 8 {
		t.Errorf("%+v", d)
	}
	got := must[[]Update](t, s, "getUpdates", `{"offset":-2}`)
	if len(got) != 2 || got[0].Stopped.DraftID != 7 || got[1].Stopped.DraftID != 8 {
		t.Errorf("%+v", got)
	}
}
