package telegramtest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
)

// connect returns the real client library, which asks getMe on the way.
func connect(t *testing.T, s *telegramtest.Server, options ...bot.Option) *bot.Bot {
	t.Helper()
	b, err := bot.New(telegramtest.Token, append(options, bot.WithServerURL(s.URL))...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestClientSendsAndEdits(t *testing.T) {
	s := telegramtest.Start(t)
	ada := s.Person("Ada")
	question := s.Says(apiserver.Post{From: ada.ID, Text: "Who runs the ferry?"})
	b := connect(t, s)
	off := true
	m, err := b.SendMessage(t.Context(), &bot.SendMessageParams{
		ChatID: ada.ID, Text: `<b>The harbour</b> <a href="https://herald.example/1">[1]</a>`, ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &off},
		ReplyParameters:    &models.ReplyParameters{MessageID: int(question.ID), Quote: "ferry"},
		ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
			{Text: "Quotes", CallbackData: "q1"}, {Text: "Herald", URL: "https://herald.example/1"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if m.Text != "The harbour [1]" || m.ReplyToMessage.Text != question.Text || m.Quote.Text != "ferry" || len(m.ReplyMarkup.InlineKeyboard[0]) != 2 {
		t.Errorf("%+v", m)
	}
	sent := s.Sees(ada.ID, 1)[0]
	if links := sent.Links(); len(links) != 1 || links[0] != "https://herald.example/1" || !sent.LinkPreview.IsDisabled {
		t.Errorf("%+v", sent)
	}
	if _, err := b.EditMessageText(t.Context(), &bot.EditMessageTextParams{ChatID: ada.ID, MessageID: m.ID, Text: "The city"}); err != nil {
		t.Error(err)
	}
	if sent := s.Sent(ada.ID)[0]; sent.Text != "The city" || sent.Keyboard != nil {
		t.Errorf("%+v", sent)
	}
	if ok, err := b.DeleteMessage(t.Context(), &bot.DeleteMessageParams{ChatID: ada.ID, MessageID: m.ID}); err != nil || !ok || len(s.Sent(ada.ID)) != 0 {
		t.Error(ok, err)
	}
}

func TestClientDraftsActsAndRegisters(t *testing.T) {
	s := telegramtest.Start(t)
	ada := s.Person("Ada")
	s.Says(apiserver.Post{From: ada.ID, Text: "Who runs the ferry?"})
	b := connect(t, s)
	if _, err := b.SendMessageDraft(t.Context(), &bot.SendMessageDraftParams{ChatID: ada.ID, DraftID: "7", Text: "Searching", CanStop: true}); err != nil {
		t.Error(err)
	}
	if d := s.Draws(ada.ID, func(d apiserver.Draft) bool { return d.Text == "Searching" }); d.ID != 7 || !d.CanStop {
		t.Errorf("%+v", d)
	}
	if _, err := b.SendChatAction(t.Context(), &bot.SendChatActionParams{ChatID: ada.ID, Action: models.ChatActionTyping}); err != nil {
		t.Error(err)
	}
	menu := &bot.SetMyCommandsParams{Commands: []models.BotCommand{{Command: "ask", Description: "Ask the articles"}},
		Scope: &models.BotCommandScopeAllGroupChats{}, LanguageCode: "de"}
	if _, err := b.SetMyCommands(t.Context(), menu); err != nil {
		t.Error(err)
	}
	got, err := b.GetMyCommands(t.Context(), &bot.GetMyCommandsParams{Scope: menu.Scope, LanguageCode: "de"})
	if err != nil || len(got) != 1 || got[0].Command != "ask" {
		t.Error(got, err)
	}
	member, err := b.GetChatMember(t.Context(), &bot.GetChatMemberParams{ChatID: ada.ID, UserID: ada.ID})
	if err != nil || member.Member == nil {
		t.Error(member, err)
	}
	if chat, err := b.GetChat(t.Context(), &bot.GetChatParams{ChatID: ada.ID}); err != nil || chat.FirstName != "Ada" {
		t.Error(chat, err)
	}
}

func TestClientPollsAndAnswers(t *testing.T) {
	s := telegramtest.Start(t)
	ada := s.Person("Ada")
	ctx, cancel := context.WithCancel(t.Context())
	handled := make(chan struct{})
	b := connect(t, s, bot.WithDefaultHandler(func(ctx context.Context, b *bot.Bot, u *models.Update) {
		defer func() { handled <- struct{}{} }()
		switch {
		case u.Message != nil:
			_, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.Message.Chat.ID, Text: "You said: " + u.Message.Text,
				ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Quotes", CallbackData: "q1"}}}}})
			if err != nil {
				t.Error(err)
			}
		case u.CallbackQuery != nil:
			if _, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: u.CallbackQuery.ID, Text: u.CallbackQuery.Data}); err != nil {
				t.Error(err)
			}
		}
	}))
	done := make(chan struct{})
	go func() { b.Start(ctx); close(done) }()
	s.Says(apiserver.Post{From: ada.ID, Text: "hello"})
	<-handled
	m := s.Sees(ada.ID, 1)[0]
	if m.Text != "You said: hello" {
		t.Errorf("%q", m.Text)
	}
	if a := s.Presses(apiserver.Press{From: ada.ID, Chat: ada.ID, Message: m.ID, Data: "q1"}); a.Text != "q1" {
		t.Errorf("%+v", a)
	}
	<-handled
	s.Handled()
	cancel()
	<-done
}

func TestClientReadsTheRefusals(t *testing.T) {
	s := telegramtest.Start(t)
	ada := s.Person("Ada")
	s.Says(apiserver.Post{From: ada.ID, Text: "hello"})
	group, err := s.AddChat(apiserver.Chat{Type: apiserver.Group, Title: "Small"})
	if err != nil {
		t.Fatal(err)
	}
	moved, err := s.Migrate(group.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	b := connect(t, s)
	send := func(chat int64) error {
		_, err := b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: chat, Text: "x"})
		return err
	}
	s.Expect("upgraded to a supergroup")
	var migrate *bot.MigrateError
	if err := send(group.ID); !errors.As(err, &migrate) || int64(migrate.MigrateToChatID) != moved.ID {
		t.Error(err)
	}
	s.Inject(apiserver.Fault{Do: apiserver.TooMany, RetryAfter: 7, Count: 1})
	var many *bot.TooManyRequestsError
	if err := send(ada.ID); !errors.As(err, &many) || many.RetryAfter != 7 {
		t.Error(err)
	}
	s.Inject(apiserver.Fault{Do: apiserver.BadGateway, Count: 1})
	if err := send(ada.ID); err == nil || !strings.Contains(err.Error(), "502 Bad Gateway") {
		t.Error(err)
	}
	s.Expect("bot was blocked by the user")
	if err := s.Block(ada.ID); err != nil {
		t.Fatal(err)
	}
	if err := send(ada.ID); !errors.Is(err, bot.ErrorForbidden) {
		t.Error(err)
	}
	s.Expect("Unauthorized")
	if _, err := bot.New("42:wrong", bot.WithServerURL(s.URL)); !errors.Is(err, bot.ErrorUnauthorized) {
		t.Error(err)
	}
}

func TestUnexpectedRefusalsAreFound(t *testing.T) {
	s := telegramtest.StartAt(t, func() time.Time { return time.Unix(1_700_000_000, 0) })
	b := connect(t, s)
	if _, err := b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: 5, Text: "x"}); err == nil {
		t.Error("a message to nobody was sent")
	}
	if got := s.Unexpected(); len(got) != 1 || got[0].Description != "Bad Request: chat not found" || got[0].At.Unix() != 1_700_000_000 {
		t.Errorf("%+v", got)
	}
	s.Expect("chat not found")
	if got := s.Unexpected(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
