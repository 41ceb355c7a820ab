package openai

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	api "github.com/sashabaranov/go-openai"
)

const (
	// DefaultContext is the context that a model is taken to have where the server
	// does not tell it, in tokens: what Ollama gives to every model unless it is
	// told otherwise.
	DefaultContext = 4096
	// hostedContext is the least that a chat model of OpenAI's own has, whose
	// server does not tell either.
	hostedContext = 16_000
	hostedURL     = "https://api.openai.com/v1"

	// windowWait is how long servers are given to tell it.
	windowWait = 3 * time.Second
	// windowTries is how often they are asked while they do not: a model that is
	// loaded by its first use is known from the second on.
	windowTries = 2
	maxTold     = 8 << 20 // bytes of an answer; a router lists some thousand models
)

// window is the context of a model as its server tells it. Safe for concurrent
// use.
type window struct {
	log              *slog.Logger
	base, key, model string
	doer             api.HTTPDoer

	mu     sync.Mutex
	tokens int // 0: not known
	tries  int
}

func newWindow(log *slog.Logger, base, key, model string, doer api.HTTPDoer) *window {
	w := &window{log: log, base: strings.TrimRight(base, "/"), key: key, model: model, doer: doer}
	if w.base == "" || w.base == hostedURL {
		w.tokens = hostedContext
	}
	return w
}

// size returns the model's context in tokens, DefaultContext where it is not
// known. It asks the server the first times it is called.
func (w *window) size(ctx context.Context) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.tokens == 0 && w.tries < windowTries {
		w.tries++
		if w.tokens = w.ask(ctx); w.tokens > 0 {
			w.log.InfoContext(ctx, "the model server tells the model's context", "model", w.model, "context", w.tokens)
		}
	}
	if w.tokens == 0 {
		return DefaultContext
	}
	return w.tokens
}

// ask asks where servers tell it: vLLM and hosted ones in the list of models, with
// members of their own; llama.cpp and Ollama at addresses of their own, beside the
// protocol's.
func (w *window) ask(ctx context.Context) int {
	ctx, cancel := context.WithTimeout(ctx, windowWait)
	defer cancel()
	root := strings.TrimSuffix(w.base, "/v1")
	var list struct{ Data []told }
	if answers := w.get(ctx, w.base+"/models", &list); !answers || w.of(list.Data) > 0 {
		return w.of(list.Data)
	}
	var props struct {
		Settings struct {
			N tokens `json:"n_ctx"`
		} `json:"default_generation_settings"`
	}
	if w.get(ctx, root+"/props", &props); props.Settings.N > 0 {
		return int(props.Settings.N)
	}
	var loaded struct{ Models []told }
	w.get(ctx, root+"/api/ps", &loaded)
	return w.of(loaded.Models)
}

// told is a model in a list. Servers that only say for how much the model was
// trained do not say how much they give it, and are not believed.
type told struct {
	ID, Name      string
	MaxModelLen   tokens `json:"max_model_len"`
	ContextLength tokens `json:"context_length"`
	ContextWindow tokens `json:"context_window"`
	MaxContext    tokens `json:"max_context_length"`
}

// of returns what a list tells of the model, 0 for nothing. Ollama lists "tiny"
// as "tiny:latest".
func (w *window) of(list []told) int {
	for _, m := range list {
		if name := m.ID + m.Name; name == w.model || name == w.model+":latest" {
			return int(max(m.MaxModelLen, m.ContextLength, m.ContextWindow, m.MaxContext))
		}
	}
	return 0
}

// tokens is a number of them; whatever else stands in its place is 0.
type tokens int

// UnmarshalJSON reads a positive number.
func (n *tokens) UnmarshalJSON(data []byte) error {
	var f float64
	if json.Unmarshal(data, &f) != nil || !(f >= 1 && f <= 1e9) {
		f = 0
	}
	*n = tokens(f)
	return nil
}

// get reads the JSON at an address into v, and reports whether anything answers
// there. A server that has no such address, or something else there, does not
// tell: that is no error.
func (w *window) get(ctx context.Context, address string, v any) (answers bool) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return false
	}
	if w.key != "" {
		req.Header.Set("Authorization", "Bearer "+w.key)
	}
	resp, err := w.doer.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxTold))
	if err != nil || resp.StatusCode != http.StatusOK {
		return err == nil
	}
	if err := json.Unmarshal(data, v); err != nil {
		w.log.DebugContext(ctx, "the model server tells nothing of its models", "url", address, "err", err)
	}
	return true
}
