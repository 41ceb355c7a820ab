package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/go-telegram/bot/models"
)

// poll asks for updates until ctx ends, or until Telegram no longer knows the
// token.
//
// An offset confirms everything below it, so it is sent only once the updates
// below it are stored. It is then left out: Telegram numbers updates anew after
// a quiet week, and an old offset would confirm new updates unseen.
func (b *Bot) poll(ctx context.Context) error {
	wait := b.backoff()
	confirm := int64(0)
	for ctx.Err() == nil {
		updates, err := b.getUpdates(ctx, confirm)
		if err == nil {
			err = b.keep(ctx, updates)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrToken):
			return err
		case err != nil:
			b.log.WarnContext(ctx, "no updates from Telegram, trying again", "err", mask(err.Error(), b.token))
			if sleep(ctx, wait.NextBackOff()) != nil {
				return nil
			}
			continue
		}
		wait.Reset()
		confirm = next(updates)
	}
	return nil
}

// next is the offset that confirms these updates, 0 for none.
func next(updates []received) int64 {
	confirm := int64(0)
	for _, u := range updates {
		confirm = max(confirm, u.id+1)
	}
	return confirm
}

// keep stores updates and wakes their chats.
func (b *Bot) keep(ctx context.Context, updates []received) error {
	if len(updates) == 0 {
		return nil
	}
	if err := b.inbox.put(ctx, updates); err != nil {
		return fmt.Errorf("telegram: keeping updates: %w", err)
	}
	b.stopAsked(updates)
	for _, u := range updates {
		b.handlers.wake(ctx, u.chat)
	}
	return nil
}

// allowed are the kinds of updates that are asked for.
var allowed = []string{
	models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage,
	models.AllowedUpdateCallbackQuery, models.AllowedUpdateStoppedMessageGeneration, models.AllowedUpdateMyChatMember,
}

func (b *Bot) getUpdates(ctx context.Context, offset int64) ([]received, error) {
	params := map[string]any{"timeout": int(b.hold / time.Second), "limit": 100, "allowed_updates": allowed}
	if offset > 0 {
		params["offset"] = offset
	}
	body, err := json.Marshal(params)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.server+"/bot"+b.token+"/getUpdates", bytes.NewReader(body))
	if err != nil {
		return nil, withoutAddress(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := b.client.Poll(req, b.hold)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return readUpdates(resp)
}

func readUpdates(resp *http.Response) ([]received, error) {
	var answer struct {
		OK          bool              `json:"ok"`
		Result      []json.RawMessage `json:"result"`
		Code        int               `json:"error_code"`
		Description string            `json:"description"`
		Parameters  struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("telegram: the Bot API server's answer cannot be read (%s): %w", resp.Status, err)
	}
	if answer.Code == http.StatusUnauthorized || answer.Code == http.StatusNotFound {
		return nil, ErrToken
	}
	if !answer.OK {
		return nil, fmt.Errorf("telegram: getUpdates: %s", answer.Description)
	}
	var updates []received
	for _, body := range answer.Result {
		u, err := readUpdate(body)
		if err != nil {
			return nil, err
		}
		updates = append(updates, u)
	}
	return updates, nil
}

// backoff is how long to wait after failures: from the bot's first wait to half
// a minute.
func (b *Bot) backoff() *backoff.ExponentialBackOff {
	wait := backoff.NewExponentialBackOff()
	wait.InitialInterval = b.firstWait
	wait.MaxInterval = 30 * time.Second
	return wait
}

// sleep waits for d or until ctx ends, and returns its error.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
