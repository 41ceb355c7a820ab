// Package openai is the generator at a model server with OpenAI's protocol,
// hosted or local, and the only place that turns a bot.Prompt into text.
//
// # Design
//
// A prompt becomes two messages: the rules, and the material with the question
// at its end. Passages stand in a fence that their text cannot close, because
// what could is replaced before it goes in; the rules say that they are material
// and not instructions. That is advice to the model and no defence: what it
// writes is checked sentence by sentence in bot/cite.
//
// A prompt never exceeds the model's context unnoticed. Local servers cut it
// silently at its beginning, where the rules are. So its tokens are
// over-estimated, and passages are left out from the end, with a line in the
// log, until it fits; and when the server says that it read much less than was
// sent, that is logged too.
//
// The answer is streamed from the server, so that one which falls silent is
// noticed and one that nobody waits for any more is left, but it is handed out
// when it is whole: a stream counts only if a finish_reason says that it came to
// its end, and some models' thoughts are known as such only by the tag that
// ends them. Nothing may be shown before it is checked anyway.
//
// Retries and time limits are in the HTTP client (retrieval/openai.Doer).
package openai

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"math"
	"strings"
	"time"

	api "github.com/sashabaranov/go-openai"

	"newsdesk/bot"
	"newsdesk/retrieval"
	"newsdesk/retrieval/openai"
)

const (
	// DefaultContext is the context that a model is taken to have, in tokens.
	// Today's small local models have more, servers give them about this much.
	DefaultContext = 8192
	// maxText bounds what a model may write, thoughts included.
	maxText = 1 << 20
	// usageWait is how long after the end of the text the server's count of
	// tokens is waited for.
	usageWait = 2 * time.Second
)

// Generator writes text at a model server. It implements bot.Generator and is
// safe for concurrent use.
type Generator struct {
	log     *slog.Logger
	client  *api.Client
	model   string
	context int
}

// New returns a Generator for the model at the server at baseURL ("" is
// OpenAI's own), with a context of DefaultContext tokens. It asks nothing yet.
// Doer bounds the time and size of a response; see openai.Doer of package
// retrieval/openai.
func New(log *slog.Logger, baseURL, key, model string, doer api.HTTPDoer) *Generator {
	return &Generator{log: log, client: openai.NewClient(baseURL, key, doer), model: model, context: DefaultContext}
}

// Within returns a Generator like g for a model with a context of that many
// tokens, question and answer together.
func (g *Generator) Within(tokens int) *Generator {
	other := *g
	other.context = tokens
	return &other
}

// Model returns the server's name for the model.
func (g *Generator) Model() string { return g.model }

// Generate returns the whole text as one piece, or no piece when the model finds
// no answer in the passages or there are none. Errors: bot.ErrCut when the text
// broke off, was too long for the server or longer than 1 MiB;
// retrieval.ErrUnavailable, ErrModel or ErrRefused with the server's words (a
// content filter and a model's refusal are ErrRefused); ctx's.
func (g *Generator) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		text, err := g.write(ctx, p)
		if err != nil {
			yield("", err)
			return
		}
		if text != "" {
			yield(text, nil)
		}
	}
}

func (g *Generator) write(ctx context.Context, p bot.Prompt) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if len(p.Passages) == 0 {
		return "", nil
	}
	fitted, err := g.fit(ctx, p)
	if err != nil {
		return "", err
	}
	messages := render(fitted)
	raw, err := g.ask(ctx, messages, temperature(g.model))
	if err != nil && refusesTemperature(err) {
		raw, err = g.ask(ctx, messages, 0)
	}
	if err != nil {
		return "", err
	}
	return answerIn(raw)
}

// fit leaves out turns, oldest first, and then passages, last first, until the
// prompt leaves a quarter of the context for the answer.
func (g *Generator) fit(ctx context.Context, p bot.Prompt) (bot.Prompt, error) {
	room := g.context - g.context/4
	asked := len(p.Passages)
	for tokensOf(render(p)) > room {
		switch {
		case len(p.Turns) > 0:
			p.Turns = p.Turns[1:]
		case len(p.Passages) > 1:
			p.Passages = p.Passages[:len(p.Passages)-1]
		default:
			return p, fmt.Errorf("openai: a prompt of about %d tokens for a context of %d", tokensOf(render(p)), g.context)
		}
	}
	if left := len(p.Passages); left < asked {
		g.log.WarnContext(ctx, "passages were left out: the model's context is too small",
			"model", g.model, "context", g.context, "passages", asked, "left", left)
	}
	return p, nil
}

// temperature is the lowest there is, since the library does not send a 0; and
// none at all for the models that the library knows to refuse it.
func temperature(model string) float32 {
	for _, series := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(model, series) {
			return 0
		}
	}
	return math.SmallestNonzeroFloat32
}

// refusesTemperature reports whether a server refused the request for its
// temperature: models with fixed sampling do, under whatever name.
func refusesTemperature(err error) bool {
	return errors.Is(err, retrieval.ErrRefused) && strings.Contains(strings.ToLower(err.Error()), "temperature")
}

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
	return w.result()
}

// compare logs when the server read less than can have been sent. It is no
// error, because some servers count only what they had not read before.
func (g *Generator) compare(ctx context.Context, messages []api.ChatCompletionMessage, read int) {
	if sent := fewestTokensOf(messages); read > 0 && read < sent {
		g.log.WarnContext(ctx, "the model server read less than it was sent: its context may be set too small",
			"model", g.model, "tokens read", read, "sent at least", sent)
	}
}

// writing is what has come of one stream.
type writing struct {
	text    strings.Builder
	refusal strings.Builder
	chunks  int
	finish  api.FinishReason
	read    int         // tokens of the prompt, 0 when the server does not say
	closed  bool        // nothing more is wanted
	late    *time.Timer // runs from the finish on
	err     error
}

// take adds a chunk. A chunk may have no choice at all (usage), and choices of
// other indices are not ours.
func (w *writing) take(chunk api.ChatCompletionStreamResponse) {
	w.chunks++
	if chunk.Usage != nil {
		w.read = chunk.Usage.PromptTokens
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
