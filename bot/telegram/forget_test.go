package telegram

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus/store"
)

func TestForgetLeavesNoText(t *testing.T) {
	w := newWorld(t, echo)
	stop := w.run(w.bot)
	bo := w.server.AddUser(apiserver.User{FirstName: "Bo"}).ID
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "my secret"})
	w.send(apiserver.Post{From: bo, Chat: bo, Text: "what stays"})
	w.await(w.ada, 1)
	w.await(bo, 1)
	stop()
	err := w.db.Write(t.Context(), func(tx store.Tx) error {
		n, err := w.bot.Forget(t.Context(), tx, w.ada)
		if n != 1 {
			t.Errorf("%d messages", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var all string
	err = w.db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT
			(SELECT coalesce(group_concat(html || plain || rich || buttons), '') FROM telegram_outbox) ||
			(SELECT coalesce(group_concat(CAST(body AS TEXT)), '') FROM telegram_updates)`).Scan(&all)
	})
	if err != nil || strings.Contains(all, "secret") || !strings.Contains(all, "what stays") {
		t.Errorf("%q, %v", all, err)
	}
}

func TestIsGroupAdmin(t *testing.T) {
	w := newWorld(t, echo)
	group, err := w.server.AddChat(apiserver.Chat{Type: "supergroup", Title: "Desk"})
	if err != nil {
		t.Fatal(err)
	}
	bo := w.server.AddUser(apiserver.User{FirstName: "Bo"}).ID
	for person, status := range map[int64]string{w.ada: "administrator", bo: "member"} {
		if err := w.server.SetMember(group.ID, person, status); err != nil {
			t.Fatal(err)
		}
		admin, err := w.bot.IsGroupAdmin(t.Context(), group.ID, person)
		if err != nil || admin != (status == "administrator") {
			t.Errorf("%s: %t, %v", status, admin, err)
		}
	}
	if n, err := w.bot.Refused(t.Context(), time.Time{}); n != 0 || err != nil {
		t.Errorf("%d refused, %v", n, err)
	}
}
