package telegram

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"

	tg "github.com/go-telegram/bot"

	"newsdesk/corpus/store"
)

// secretHeader carries what Telegram was told at setWebhook.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// maxUpdate is the size of an update that is read. A message has 4096 characters
// and few of them more than four bytes with its entities; the rest of an update
// is a few kilobytes.
const maxUpdate = 1 << 20

// webhookSecret is what tells Telegram's requests from others': derived from the
// token, so that it is kept nowhere and cannot be told from chance.
func webhookSecret(token string) string {
	mac := hmac.New(sha256.New, []byte(token))
	io.WriteString(mac, "newsdesk webhook") // a hash takes everything
	return hex.EncodeToString(mac.Sum(nil))
}

// Webhook takes updates that Telegram sends, when Config.Webhook is set. It
// answers 200 once the update is stored and never before; a request without the
// secret gets 401 and is not read, one that is too large or no update 413 or
// 400, and 500 makes Telegram send it again. Safe for concurrent use, before and
// after Run as well: what is stored then is handled by the next Run.
func (b *Bot) Webhook() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		code := b.takeUpdate(w, r)
		if code != http.StatusOK {
			http.Error(w, http.StatusText(code), code)
		}
	})
}

func (b *Bot) takeUpdate(w http.ResponseWriter, r *http.Request) (code int) {
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed
	}
	given, want := r.Header.Get(secretHeader), webhookSecret(b.token)
	if subtle.ConstantTimeCompare([]byte(given), []byte(want)) != 1 {
		return http.StatusUnauthorized
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	if err != nil {
		return http.StatusRequestEntityTooLarge
	}
	u, err := readUpdate(json.RawMessage(body))
	if err != nil || u.id == 0 {
		b.log.WarnContext(r.Context(), "a webhook request that is no update")
		return http.StatusBadRequest
	}
	if err := b.arrivals.store(r.Context(), u); err != nil {
		b.log.ErrorContext(r.Context(), "an update could not be stored; Telegram sends it again", "err", err)
		return http.StatusInternalServerError
	}
	b.stopAsked([]received{u})
	select {
	case b.came <- struct{}{}:
	default: // it is going to be looked at
	}
	return http.StatusOK
}

// awaitWebhook handles what the webhook stores, until ctx ends.
func (b *Bot) awaitWebhook(ctx context.Context) error {
	for {
		select {
		case <-b.came:
			if err := b.resume(ctx); err != nil && ctx.Err() == nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// receiveBy tells Telegram where updates go: to the webhook, or to whoever asks
// for them. What is under way is lost in neither direction: Telegram keeps it,
// and an update that comes twice is known.
func (b *Bot) receiveBy(ctx context.Context) error {
	if b.webhook == "" {
		_, err := b.api.DeleteWebhook(ctx, &tg.DeleteWebhookParams{})
		return err
	}
	_, err := b.api.SetWebhook(ctx, &tg.SetWebhookParams{URL: b.webhook, SecretToken: webhookSecret(b.token), AllowedUpdates: allowed})
	return err
}

// Waiting counts the updates that are stored and not handled, and the messages
// that are not sent.
func (b *Bot) Waiting(ctx context.Context) (updates, messages int, err error) {
	err = b.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT
			(SELECT count(*) FROM telegram_updates WHERE done IS NULL),
			(SELECT count(*) FROM telegram_outbox WHERE state = 'pending')`).Scan(&updates, &messages)
	})
	return updates, messages, err
}
