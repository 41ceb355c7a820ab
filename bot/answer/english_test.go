package answer_test

import (
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/locale"
)

// english says notes as the terminal does.
func english(t testing.TB, notes []bot.Note) []string {
	t.Helper()
	texts, err := locale.New()
	if err != nil {
		t.Fatal(err)
	}
	return chat.NewView(texts.For("en")).Notes(notes)
}
