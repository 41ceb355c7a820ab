package apiserver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// webhook delivers updates to an address, one after the other, until it is
// stopped.
type webhook struct {
	url, secret string
	cancel      context.CancelFunc
	lastError   string
	lastFailed  time.Time
}

// stop ends the delivery; w may be nil.
func (w *webhook) stop() {
	if w != nil {
		w.cancel()
	}
}

type webhookParams struct {
	URL     string    `json:"url"`
	IP      string    `json:"ip_address"`
	Max     int       `json:"max_connections"`
	Allowed *[]string `json:"allowed_updates"`
	Drop    bool      `json:"drop_pending_updates"`
	Secret  string    `json:"secret_token"`
}

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)

// setWebhook takes http addresses, too: this server lives beside the bot.
func (s *Server) setWebhook(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[webhookParams](params)
	if r != nil {
		return nil, r
	}
	if u, err := url.Parse(p.URL); p.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return nil, badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if !secretToken.MatchString(p.Secret) {
		return nil, badRequest("secret token contains unallowed characters")
	}
	if r := s.allow(p.Allowed); r != nil {
		return nil, r
	}
	s.dropHook(p.Drop)
	if p.URL != "" {
		s.startHook(p.URL, p.Secret)
	}
	return true, nil
}

func (s *Server) deleteWebhook(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[webhookParams](params)
	if r != nil {
		return nil, r
	}
	s.dropHook(p.Drop)
	return true, nil
}

func (s *Server) dropHook(pending bool) {
	s.hook.stop()
	s.hook = nil
	if pending {
		s.queue.waiting = nil
	}
}

func (s *Server) startHook(address, secret string) {
	ctx, cancel := context.WithCancel(context.Background())
	s.hook = &webhook{url: address, secret: secret, cancel: cancel}
	if s.queue.poll != nil {
		close(s.queue.poll)
		s.queue.poll = nil
	}
	go s.deliver(ctx, s.hook)
}

type webhookInfo struct {
	URL           string   `json:"url"`
	Custom        bool     `json:"has_custom_certificate"`
	Pending       int      `json:"pending_update_count"`
	LastErrorDate int64    `json:"last_error_date,omitempty"`
	LastError     string   `json:"last_error_message,omitempty"`
	Allowed       []string `json:"allowed_updates,omitempty"`
}

func (s *Server) getWebhookInfo(context.Context, json.RawMessage) (any, *Refusal) {
	info := webhookInfo{Pending: len(s.queue.waiting), Allowed: s.queue.allowed}
	if s.hook == nil {
		return info, nil
	}
	info.URL, info.LastError = s.hook.url, s.hook.lastError
	if info.LastError != "" {
		info.LastErrorDate = s.hook.lastFailed.Unix()
	}
	return info, nil
}

// The waits between two tries of one delivery.
const (
	firstWait   = 100 * time.Millisecond
	longestWait = time.Minute
)

// deliver sends what waits until ctx ends. An update stays until it was taken
// with a status of 2xx.
func (s *Server) deliver(ctx context.Context, hook *webhook) {
	wait := firstWait
	for {
		u, ok := s.oldest(ctx)
		if !ok {
			return
		}
		err := hook.post(ctx, u)
		if ctx.Err() != nil {
			return
		}
		s.delivered(hook, u, err)
		if err == nil {
			wait = firstWait
			continue
		}
		if !pause(ctx, wait) {
			return
		}
		wait = min(2*wait, longestWait)
	}
}

// oldest waits for an update; false when ctx has ended or the server is closed.
func (s *Server) oldest(ctx context.Context) (Update, bool) {
	for {
		s.mu.Lock()
		s.forget(0)
		changed, next := s.changed, s.first(1)
		s.mu.Unlock()
		if len(next) > 0 {
			return next[0], ctx.Err() == nil
		}
		select {
		case <-changed:
		case <-s.closed:
			return Update{}, false
		case <-ctx.Done():
			return Update{}, false
		}
	}
}

func (s *Server) delivered(hook *webhook, u Update, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		hook.lastError, hook.lastFailed = err.Error(), s.now()
	} else {
		s.queue.waiting = slices.DeleteFunc(s.queue.waiting, func(q queued) bool { return q.ID == u.ID })
	}
	s.announce()
}

// deliveryTime bounds one delivery.
const deliveryTime = time.Minute

func (w *webhook) post(ctx context.Context, u Update) error {
	ctx, cancel := context.WithTimeout(ctx, deliveryTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(encode(u)))
	if err != nil {
		return fmt.Errorf("apiserver: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	if w.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", w.secret)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("apiserver: %w", err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, maxBody)); err != nil {
		return fmt.Errorf("apiserver: %w", err)
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("Wrong response from the webhook: %s", resp.Status)
	}
	return nil
}

// pause waits; false when ctx has ended.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
