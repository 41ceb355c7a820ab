// Package openai is the generator at a model server with OpenAI's protocol,
// hosted or local, and the only place that turns a bot.Prompt into text.
//
// # Design
//
// A prompt becomes two messages: the rules of its task, and the material with
// the question at its end. Rules are written for small models: few, short, one
// thing a line, one invented example where a form has to be kept, and what
// matters most said once more behind everything that strangers wrote.
//
// The material is made of lines, and every line is ours: it is a word of ours
// with one text behind it, a line of a fence, or the one line between two of
// them that a passage has. A text of others is brought onto one line first,
// without angles, marks of citations and templates, and without whatever nobody
// sees, so that it can neither end its fence nor open another, cite, nor ask a
// second question. Its words stay as they are, and its length is bounded. The
// rules say that it is material and not instructions; that is advice to the model
// and no defence: what it writes is checked sentence by sentence in bot/cite.
//
// What comes back has the form of the task: sentences with markers, one line for
// a question or a translation, "yes" or "no" for a judgement, or nothing.
//
// Sampling is off: temperature 0 is on the wire wherever the model allows it.
//
// A prompt never exceeds the model's context unnoticed. Local servers cut it
// silently at its beginning, where the rules are. So the server is asked how long
// the context is (where it does not tell, [DefaultContext] is taken), the prompt's
// tokens are over-estimated, and passages are left out from the end, with a line in the
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
	"iter"
	"log/slog"
	"strings"

	api "github.com/sashabaranov/go-openai"

	"newsdesk/bot"
	"newsdesk/retrieval"
	"newsdesk/retrieval/openai"
)

// Generator writes text at a model server. It implements bot.Generator and is
// safe for concurrent use.
type Generator struct {
	log    *slog.Logger
	client *api.Client
	model  string
	window *window
	spent  func(ctx context.Context, tokens int)
}

// New returns a Generator for the model at the server at baseURL ("" is
// OpenAI's own). It asks nothing yet; how long the model's context is it asks the
// server at the first use. Doer bounds the time and size of a response; see
// openai.Doer of package retrieval/openai.
func New(log *slog.Logger, baseURL, key, model string, doer api.HTTPDoer) *Generator {
	return &Generator{
		log: log, client: openai.NewClient(baseURL, key, greedy{doer}), model: model,
		window: newWindow(log, baseURL, key, model, doer),
		spent:  func(context.Context, int) {},
	}
}

// Counting returns a Generator like g that tells spent how many tokens each use
// has taken, read and written: as the server says, or over-estimated where it does
// not. Uses that fail count too.
func (g *Generator) Counting(spent func(ctx context.Context, tokens int)) *Generator {
	other := *g
	other.spent = spent
	return &other
}

// Within returns a Generator like g for a model with a context of that many
// tokens, question and answer together, whatever the server says. It is at least
// 1.
func (g *Generator) Within(tokens int) *Generator {
	other := *g
	other.window = &window{tokens: max(tokens, 1)}
	return &other
}

// Model returns the server's name for the model.
func (g *Generator) Model() string { return g.model }

// Generate returns the whole text as one piece, or no piece when the model finds
// no answer in the passages, writes nothing of the task's form, or there is
// nothing to ask: no passages for a task that needs them, or an unknown task.
// Errors: bot.ErrCut when the text broke off, was too long for the server or
// longer than 1 MiB; retrieval.ErrUnavailable, ErrModel or ErrRefused with the
// server's words (a content filter and a model's refusal are ErrRefused); ctx's.
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
	if len(p.Passages) == 0 && needsPassages(p.Task) {
		return "", nil
	}
	fitted, err := g.fit(ctx, p)
	if err != nil {
		return "", err
	}
	messages := render(fitted)
	if messages == nil {
		return "", nil
	}
	raw, err := g.ask(ctx, messages, temperature(g.model))
	if err != nil && refusesTemperature(err) {
		raw, err = g.ask(ctx, messages, 0)
	}
	if err != nil {
		return "", err
	}
	return textIn(p.Task, raw)
}

// answerShare is the part of the context that is left for the answer, 1 in this
// many: 680 tokens of 4,096, where four sentences and their markers have some 150.
const answerShare = 6

// fit leaves out turns, oldest first, and then passages, last first, until the
// prompt leaves room for the answer.
func (g *Generator) fit(ctx context.Context, p bot.Prompt) (bot.Prompt, error) {
	size := g.window.size(ctx)
	room := size - size/answerShare
	asked := len(p.Passages)
	for tokensOf(render(p)) > room {
		switch {
		case len(p.Turns) > 0:
			p.Turns = p.Turns[1:]
		case len(p.Passages) > 1:
			p.Passages = p.Passages[:len(p.Passages)-1]
		default:
			return p, fmt.Errorf("openai: a prompt of about %d tokens for a context of %d", tokensOf(render(p)), size)
		}
	}
	if left := len(p.Passages); left < asked {
		g.log.WarnContext(ctx, "passages were left out: the model's context is too small",
			"model", g.model, "context", size, "passages", asked, "left", left)
	}
	return p, nil
}

// temperature is none at all for the models that the library knows to refuse
// one.
func temperature(model string) float32 {
	for _, series := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(model, series) {
			return 0
		}
	}
	return lowest
}

// refusesTemperature reports whether a server refused the request for its
// temperature: models with fixed sampling do, under whatever name.
func refusesTemperature(err error) bool {
	return errors.Is(err, retrieval.ErrRefused) && strings.Contains(strings.ToLower(err.Error()), "temperature")
}

// compare logs when the server read less than can have been sent. It is no
// error, because some servers count only what they had not read before.
func (g *Generator) compare(ctx context.Context, messages []api.ChatCompletionMessage, read int) {
	if sent := fewestTokensOf(messages); read > 0 && read < sent {
		g.log.WarnContext(ctx, "the model server read less than it was sent: its context may be set too small",
			"model", g.model, "tokens read", read, "sent at least", sent)
	}
}
