// Telego is the tour of the client telego against a Bot API server. It prints
// "ok NAME" or "not ok NAME: WHY" a line, as the tours of the other clients do.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/mymmrac/telego"
	"github.com/mymmrac/telego/telegoapi"
)

// tour is a client and the world that it is in.
type tour struct {
	api, control, token string
	bot                 *telego.Bot
	failed              bool
}

func main() {
	t := &tour{api: os.Getenv("API"), control: os.Getenv("CONTROL"), token: os.Getenv("TOKEN")}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	err := t.run(ctx, os.Args[1])
	cancel()
	if err != nil {
		fmt.Println("not ok the tour:", err)
	}
	if err != nil || t.failed {
		os.Exit(1)
	}
}

func (t *tour) run(ctx context.Context, file string) (err error) {
	var r refusals
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return err
	}
	if t.bot, err = t.client(t.token); err != nil {
		return err
	}
	for _, s := range r.Setup {
		if err := t.step(s, nil); err != nil {
			return err
		}
	}
	t.check("an answer", func() error {
		m, err := t.bot.SendMessage(ctx, &telego.SendMessageParams{ChatID: telego.ChatID{ID: 1001}, Text: "Answer"})
		if err == nil && m.MessageID != 2 {
			err = fmt.Errorf("message %d", m.MessageID)
		}
		return err
	})
	for _, c := range r.Cases {
		t.check("refusal: "+c.Name, func() error { return t.refused(ctx, c) })
	}
	t.check("refusal: another poll", func() error { return t.conflict(ctx) })
	t.check("refusal: a wrong token", func() error { return t.wrongToken(ctx) })
	t.check("commands", func() error { return t.commands(ctx) })
	t.check("drafts", func() error {
		return t.bot.SendMessageDraft(ctx, &telego.SendMessageDraftParams{ChatID: 1001, DraftID: 7, Text: "Searching"})
	})
	return t.converse(ctx)
}

func (t *tour) client(token string) (*telego.Bot, error) {
	return telego.NewBot(token, telego.WithAPIServer(t.api), telego.WithDiscardLogger())
}

func (t *tour) check(name string, what func() error) {
	if err := what(); err != nil {
		t.failed = true
		fmt.Printf("not ok %s: %v\n", name, err)
		return
	}
	fmt.Println("ok", name)
}

// refusals is the file of cases.
type refusals struct {
	Setup []act
	Cases []refusal
}

// act is a pair of a name and its arguments.
type act [2]json.RawMessage

type refusal struct {
	Name, Method, Description string
	Before                    []act
	Params                    json.RawMessage
	Code                      int
	RetryAfter                int   `json:"retry_after"`
	MigrateTo                 int64 `json:"migrate_to_chat_id"`
}

// step has the people do something; into gets the answer and may be nil.
func (t *tour) step(a act, into any) error {
	var name string
	if err := json.Unmarshal(a[0], &name); err != nil {
		return err
	}
	resp, err := http.Post(t.control+"/"+name, "application/json", bytes.NewReader(a[1]))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", name, body)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(body, into)
}

// do is step with the arguments as text.
func (t *tour) do(name, args string, into any) error {
	quoted, err := json.Marshal(name)
	if err != nil {
		return err
	}
	return t.step(act{quoted, json.RawMessage(args)}, into)
}

// call calls the method of a case.
func (t *tour) call(ctx context.Context, c refusal) error {
	var short struct {
		Repeat  int
		ReplyTo int `json:"reply_to"`
	}
	if err := json.Unmarshal(c.Params, &short); err != nil {
		return err
	}
	switch c.Method {
	case "sendMessage":
		var p telego.SendMessageParams
		if err := json.Unmarshal(c.Params, &p); err != nil {
			return err
		}
		p.Text = strings.Repeat(p.Text, max(short.Repeat, 1))
		if short.ReplyTo != 0 {
			p.ReplyParameters = &telego.ReplyParameters{MessageID: short.ReplyTo}
		}
		_, err := t.bot.SendMessage(ctx, &p)
		return err
	case "editMessageText":
		var p telego.EditMessageTextParams
		if err := json.Unmarshal(c.Params, &p); err != nil {
			return err
		}
		_, err := t.bot.EditMessageText(ctx, &p)
		return err
	case "answerCallbackQuery":
		var p telego.AnswerCallbackQueryParams
		if err := json.Unmarshal(c.Params, &p); err != nil {
			return err
		}
		return t.bot.AnswerCallbackQuery(ctx, &p)
	}
	return fmt.Errorf("the tour does not call %s", c.Method)
}

func (t *tour) refused(ctx context.Context, c refusal) error {
	for _, b := range c.Before {
		if err := t.step(b, nil); err != nil {
			return err
		}
	}
	got, err := reading(t.call(ctx, c))
	if err != nil {
		return err
	}
	begin, open := strings.CutSuffix(c.Description, "…")
	if got.ErrorCode != c.Code || got.Description != c.Description && !(open && strings.HasPrefix(got.Description, begin)) {
		return fmt.Errorf("got %d %q", got.ErrorCode, got.Description)
	}
	var parameters telegoapi.ResponseParameters
	if got.Parameters != nil {
		parameters = *got.Parameters
	}
	if parameters.RetryAfter != c.RetryAfter || parameters.MigrateToChatID != c.MigrateTo {
		return fmt.Errorf("got the parameters %+v", parameters)
	}
	return nil
}

// reading returns the refusal that an error of the client holds.
func reading(err error) (*telegoapi.Error, error) {
	var refusal *telegoapi.Error
	if err == nil {
		return nil, errors.New("nothing was refused")
	}
	if !errors.As(err, &refusal) {
		return nil, fmt.Errorf("not a refusal: %w", err)
	}
	return refusal, nil
}

// conflict has a poll ended by another one.
func (t *tour) conflict(ctx context.Context) error {
	if err := t.bot.DeleteWebhook(ctx, &telego.DeleteWebhookParams{DropPendingUpdates: true}); err != nil {
		return err
	}
	first := make(chan error, 1)
	go func() {
		_, err := t.bot.GetUpdates(ctx, &telego.GetUpdatesParams{Timeout: 20})
		first <- err
	}()
	for {
		resp, err := http.Get(t.api + "/bot" + t.token + "/getUpdates?offset=-1")
		if err != nil {
			return err
		}
		resp.Body.Close()
		select {
		case err := <-first:
			got, err := reading(err)
			if err != nil {
				return err
			}
			if got.ErrorCode != 409 || got.Description != "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running" {
				return fmt.Errorf("got %v", got)
			}
			return nil
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (t *tour) wrongToken(ctx context.Context) error {
	bot, err := t.client("123456789:" + strings.Repeat("x", 35))
	if err != nil {
		return err
	}
	_, err = bot.GetMe(ctx)
	got, err := reading(err)
	if err == nil && (got.ErrorCode != 401 || got.Description != "Unauthorized") {
		err = fmt.Errorf("got %v", got)
	}
	return err
}

func (t *tour) commands(ctx context.Context) error {
	menu := []telego.BotCommand{{Command: "ask", Description: "Ask the articles"}}
	scope := &telego.BotCommandScopeAllGroupChats{Type: telego.ScopeTypeAllGroupChats}
	if err := t.bot.SetMyCommands(ctx, &telego.SetMyCommandsParams{Commands: menu, Scope: scope, LanguageCode: "de"}); err != nil {
		return err
	}
	got, err := t.bot.GetMyCommands(ctx, &telego.GetMyCommandsParams{Scope: scope, LanguageCode: "de"})
	if err == nil && !reflect.DeepEqual(got, menu) {
		err = fmt.Errorf("got %+v", got)
	}
	return err
}

// converse polls as a bot does, and answers a message, a press and an edit.
func (t *tour) converse(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := t.bot.DeleteWebhook(ctx, &telego.DeleteWebhookParams{DropPendingUpdates: true}); err != nil {
		return err
	}
	updates, err := t.bot.UpdatesViaLongPolling(ctx, &telego.GetUpdatesParams{Timeout: 20, AllowedUpdates: []string{"message", "edited_message", "callback_query"}})
	if err != nil {
		return err
	}
	var asked, sent struct {
		ID int `json:"message_id"`
	}
	if err := t.do("send", `{"from": 1001, "text": "Who runs the ferry?"}`, &asked); err != nil {
		return err
	}
	t.check("a message was answered", func() error {
		m, err := t.answer(ctx, <-updates)
		if err == nil {
			sent.ID = m.MessageID
		}
		return err
	})
	var query string
	if err := t.do("press", fmt.Sprintf(`{"from": 1001, "chat": 1001, "message_id": %d, "data": "q1"}`, sent.ID), &query); err != nil {
		return err
	}
	t.check("a press was answered and the message edited", func() error { return t.pressed(ctx, <-updates, query) })
	if err := t.do("edit", fmt.Sprintf(`{"user": 1001, "chat": 1001, "message_id": %d, "text": "Who owns it?"}`, asked.ID), nil); err != nil {
		return err
	}
	t.check("an edit was seen", func() error {
		if u := <-updates; u.EditedMessage == nil || u.EditedMessage.Text != "Who owns it?" {
			return fmt.Errorf("got %+v", u)
		}
		return nil
	})
	t.check("deleted", func() error {
		return t.bot.DeleteMessage(ctx, &telego.DeleteMessageParams{ChatID: telego.ChatID{ID: 1001}, MessageID: sent.ID})
	})
	return nil
}

func (t *tour) answer(ctx context.Context, u telego.Update) (*telego.Message, error) {
	if u.Message == nil || u.Message.Text != "Who runs the ferry?" {
		return nil, fmt.Errorf("got %+v", u)
	}
	m, err := t.bot.SendMessage(ctx, &telego.SendMessageParams{
		ChatID: telego.ChatID{ID: u.Message.Chat.ID}, ParseMode: telego.ModeHTML,
		Text:               `<b>The city</b> <a href="https://herald.example/1">[1]</a><blockquote expandable>Quoted.</blockquote>`,
		LinkPreviewOptions: &telego.LinkPreviewOptions{IsDisabled: true},
		ReplyParameters:    &telego.ReplyParameters{MessageID: u.Message.MessageID, Quote: "ferry"},
		ReplyMarkup: &telego.InlineKeyboardMarkup{InlineKeyboard: [][]telego.InlineKeyboardButton{{
			{Text: "Quotes", CallbackData: "q1"}, {Text: "Herald", URL: "https://herald.example/1"}}}},
	})
	if err == nil && (m.Text != "The city [1]Quoted." || len(m.Entities) != 3 || m.Quote == nil || m.Quote.Text != "ferry" || m.ReplyMarkup == nil) {
		err = fmt.Errorf("got %+v", m)
	}
	return m, err
}

func (t *tour) pressed(ctx context.Context, u telego.Update, query string) error {
	if u.CallbackQuery == nil || u.CallbackQuery.ID != query || u.CallbackQuery.Data != "q1" {
		return fmt.Errorf("got %+v", u)
	}
	if err := t.bot.AnswerCallbackQuery(ctx, &telego.AnswerCallbackQueryParams{CallbackQueryID: query, Text: "Pressed"}); err != nil {
		return err
	}
	m, err := t.bot.EditMessageText(ctx, &telego.EditMessageTextParams{ChatID: telego.ChatID{ID: 1001}, MessageID: u.CallbackQuery.Message.GetMessageID(), Text: "Folded out"})
	if err != nil {
		return err
	}
	if m.Text != "Folded out" || m.ReplyMarkup != nil {
		return fmt.Errorf("got %+v", m)
	}
	return nil
}
