package openai

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	api "github.com/sashabaranov/go-openai"

	"newsdesk/bot"
	"newsdesk/retrieval"
	"newsdesk/retrieval/openai"
)

const (
	// maxText bounds what a model may write, thoughts included.
	maxText = 1 << 20
	// usageWait is how long after the end of the text the server's count of
	// tokens is waited for.
	usageWait = 2 * time.Second
)

// ask sends the messages and returns what the model wrote, thoughts and all.
func (g *Generator) ask(ctx context.Context, messages []api.ChatCompletionMessage, temperature float32) (string, error) {
	streaming, stop := context.WithCancel(ctx)
	defer stop()
	stream, err := g.client.CreateChatCompletionStream(streaming, api.ChatCompletionRequest{
		Model:         g.model,
		Messages:      messages,
		Temperature:   temperature,
		StreamOptions: &api.StreamOptions{IncludeUsage: true},
	})
	if err != nil {
		return "", openai.Explain(ctx, err)
	}
	defer stream.Close()
	var w writing
	for !w.closed {
		chunk, err := stream.Recv()
		if err != nil {
			w.end(ctx, err)
			break
		}
		if w.take(chunk); w.finish != "" && w.late == nil {
			w.late = time.AfterFunc(usageWait, stop)
			defer w.late.Stop()
		}
	}
	g.compare(ctx, messages, w.read)
	g.spent(context.WithoutCancel(ctx), w.tokens(messages))
	return w.result()
}

// writing is what has come of one stream.
type writing struct {
	text    strings.Builder
	refusal strings.Builder
	chunks  int
	finish  api.FinishReason
	read    int         // tokens of the prompt, 0 when the server does not say
	total   int         // those and the ones that it wrote
	closed  bool        // nothing more is wanted
	late    *time.Timer // runs from the finish on
	err     error
}

// tokens is what the use has taken.
func (w *writing) tokens(messages []api.ChatCompletionMessage) int {
	if w.total > 0 {
		return w.total
	}
	return tokensOf(messages) + tokensOf([]api.ChatCompletionMessage{{Content: w.text.String()}})
}

// take adds a chunk. A chunk may have no choice at all (usage), and choices of
// other indices are not ours.
func (w *writing) take(chunk api.ChatCompletionStreamResponse) {
	w.chunks++
	if chunk.Usage != nil {
		w.read, w.total = chunk.Usage.PromptTokens, chunk.Usage.TotalTokens
	}
	for _, choice := range chunk.Choices {
		if choice.Index != 0 || w.finish != "" {
			continue
		}
		w.text.WriteString(choice.Delta.Content)
		w.refusal.WriteString(choice.Delta.Refusal)
		w.finish = choice.FinishReason
	}
	if w.text.Len()+w.refusal.Len() > maxText {
		w.closed = true
		w.err = fmt.Errorf("openai: %w: it is longer than %d MiB", bot.ErrCut, maxText>>20)
	}
}

// end takes the error that ended the stream. After the finish none matters: the
// text is whole.
func (w *writing) end(ctx context.Context, err error) {
	var said *api.APIError
	switch {
	case w.finish != "":
	case ctx.Err() != nil, errors.As(err, &said):
		w.err = openai.Explain(ctx, err)
	case w.chunks == 0:
		w.err = fmt.Errorf("openai: %w: it streamed nothing (is the base URL right? it mostly ends in /v1): %w", retrieval.ErrUnavailable, err)
	case errors.Is(err, io.EOF):
		w.err = fmt.Errorf("openai: %w: the stream ended without a finish_reason", bot.ErrCut)
	default:
		w.err = fmt.Errorf("openai: %w: %w", bot.ErrCut, err)
	}
}

// result returns the text if it came to its end.
func (w *writing) result() (string, error) {
	switch {
	case w.err != nil:
		return "", w.err
	case w.finish == api.FinishReasonContentFilter:
		return "", fmt.Errorf("openai: %w: its content filter stopped the answer", retrieval.ErrRefused)
	case w.finish != api.FinishReasonStop:
		return "", fmt.Errorf("openai: %w: finish_reason %q", bot.ErrCut, w.finish)
	case w.refusal.Len() > 0:
		return "", fmt.Errorf("openai: %w: the model says: %.300s", retrieval.ErrRefused, w.refusal.String())
	}
	return w.text.String(), nil
}
