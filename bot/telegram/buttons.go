package telegram

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"newsdesk/bot"
)

// Bounds of buttons. Telegram refuses more than maxAction bytes; longer labels
// than maxLabel runes are cut on every screen anyway.
const (
	maxAction = 64
	maxLabel  = 64
)

// keyboard returns the buttons as Telegram takes them, "" for none. A button
// that Telegram would refuse is left out, as the message is worth more than it.
func keyboard(rows [][]bot.Button) string {
	var board models.InlineKeyboardMarkup
	for _, row := range rows {
		var keys []models.InlineKeyboardButton
		for _, b := range row {
			if key, ok := key(b); ok {
				keys = append(keys, key)
			}
		}
		if len(keys) > 0 {
			board.InlineKeyboard = append(board.InlineKeyboard, keys)
		}
	}
	if len(board.InlineKeyboard) == 0 {
		return ""
	}
	text, err := json.Marshal(board)
	if err != nil {
		return "" // strings always can be written
	}
	return string(text)
}

func key(b bot.Button) (models.InlineKeyboardButton, bool) {
	label := cutRunes(bot.Span{Text: b.Text}.Visible(), maxLabel)
	link := address(b.Link)
	switch {
	case blank(label):
		return models.InlineKeyboardButton{}, false
	case link != "":
		return models.InlineKeyboardButton{Text: label, URL: link}, true
	case b.Link == "" && b.Action != "" && len(b.Action) <= maxAction && utf8.ValidString(b.Action):
		return models.InlineKeyboardButton{Text: label, CallbackData: b.Action}, true
	}
	return models.InlineKeyboardButton{}, false
}

// cutRunes returns at most n runes of s, the last an ellipsis where some were
// left out.
func cutRunes(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n-1]) + "…"
}
