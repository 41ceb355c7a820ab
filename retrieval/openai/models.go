package openai

import (
	"context"
	"strings"

	api "github.com/sashabaranov/go-openai"
)

// NewClient returns a client of the library for the server at baseURL ("" is
// OpenAI's own), with doer under it. Key may be empty: local servers need none.
func NewClient(baseURL, key string, doer api.HTTPDoer) *api.Client {
	config := api.DefaultConfig(key)
	if baseURL != "" {
		config.BaseURL = strings.TrimRight(baseURL, "/")
	}
	config.HTTPClient = doer
	config.EmptyMessagesLimit = emptyLines
	return api.NewClientWithConfig(config)
}

// emptyLines is the number of lines without data that a stream may have in a
// row. Servers send comments to keep a connection alive, one for each second
// of thinking; the library's 300 end a good stream after five minutes. The
// Doer bounds time and bytes.
const emptyLines = 1 << 20

// Models returns the ids of the models that the server at baseURL has, in its
// order. Errors are as from [Explain].
func Models(ctx context.Context, baseURL, key string, doer api.HTTPDoer) ([]string, error) {
	list, err := NewClient(baseURL, key, doer).ListModels(ctx)
	if err != nil {
		return nil, Explain(ctx, err)
	}
	ids := make([]string, 0, len(list.Models))
	for _, m := range list.Models {
		if m.ID != "" {
			ids = append(ids, m.ID)
		}
	}
	return ids, nil
}

// Kind is what a model is for.
type Kind string

// The kinds of models.
const (
	Chat      Kind = "chat"
	Embedding Kind = "embedding"
)

// Choose picks a model of that kind, for when none is named: one that is made
// for everyday use at OpenAI if it is among them, otherwise the first. What a
// model is for is read from its name, as the protocol does not say it. It
// reports false when there is none.
func Choose(models []string, kind Kind) (model string, ok bool) {
	for _, m := range models {
		if m == everyday(kind) {
			return m, true
		}
	}
	for _, m := range models {
		if kindOfModel(m) == kind {
			return m, true
		}
	}
	return "", false
}

func everyday(kind Kind) string {
	if kind == Embedding {
		return "text-embedding-3-small"
	}
	return "gpt-4o-mini"
}

// kindOfModel reads a model's kind from its name; "" is neither chat nor
// embedding.
func kindOfModel(model string) Kind {
	name := strings.ToLower(model)
	if hasAny(name, "rerank", "whisper", "tts", "dall-e", "image", "moderation", "audio", "realtime",
		"transcribe", "sora", "davinci", "babbage", "diffusion", "clip-") {
		return ""
	}
	if hasAny(name, "embed", "e5-", "bge-", "gte-", "minilm", "mpnet", "sentence-t") {
		return Embedding
	}
	return Chat
}

func hasAny(s string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}
