package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"

	"newsdesk/bot"
	"newsdesk/bot/extract"
	chatopenai "newsdesk/bot/openai"
	"newsdesk/retrieval"
	"newsdesk/retrieval/openai"
	"newsdesk/retrieval/static"
)

// models is which model server and which models there are.
type models struct {
	log      *slog.Logger
	settings settings
	doer     *openai.Doer
	// spent hears how many tokens each use of the model that writes has taken.
	spent func(ctx context.Context, tokens int)
}

// writer returns the model that writes.
func (m models) writer(model string) *chatopenai.Generator {
	g := chatopenai.New(m.log, m.server(), m.settings.secrets.openaiKey, model, m.doer)
	if m.spent != nil {
		g = g.Counting(m.spent)
	}
	if m.settings.OpenaiContext > 0 {
		g = g.Within(m.settings.OpenaiContext)
	}
	return g
}

func newModels(log *slog.Logger, s settings) models {
	return models{log: log, settings: s, doer: openai.NewDoer(log, http.DefaultTransport)}
}

// server returns the address of the server that writes; empty for none.
func (m models) server() string { return m.settings.OpenaiBaseURL }

// embeddingServer returns the address of the server that embeds; empty for
// none.
func (m models) embeddingServer() string {
	if m.settings.OpenaiEmbeddingBaseURL != "" {
		return m.settings.OpenaiEmbeddingBaseURL
	}
	return m.server()
}

// list asks a server for its models.
func (m models) list(ctx context.Context, server string) ([]string, error) {
	return openai.Models(ctx, server, m.settings.secrets.openaiKey, m.doer)
}

// pick returns the model of a kind to use at a server: the named one if the
// server has it, else one of the server's. ok is false when no model was named
// and the server has none of that kind.
func (m models) pick(ctx context.Context, server, named string, kind openai.Kind) (model string, ok bool, err error) {
	have, err := m.list(ctx, server)
	if named == "" {
		model, ok = openai.Choose(have, kind)
		return model, ok, err
	}
	// Servers that list nothing are believed to know what was named.
	if err != nil || len(have) == 0 || hasModel(have, named) {
		return named, true, nil
	}
	return "", false, fmt.Errorf("%w: %q is not among the models of %s (%s)",
		retrieval.ErrModel, named, server, strings.Join(firstFew(have), ", "))
}

// hasModel knows that Ollama lists "llama3.2" as "llama3.2:latest".
func hasModel(have []string, named string) bool {
	return slices.Contains(have, named) || slices.Contains(have, named+":latest")
}

func firstFew(names []string) []string { return names[:min(len(names), 8)] }

// builtinEmbedder is the one inside the binary.
func (m models) builtinEmbedder() (retrieval.Embedder, error) { return static.New() }

// embedder returns the embedder to use, and what to say about the choice.
// lastModel is that of the vectors that are complete, for when the server is
// down and no model is named; empty for none.
func (m models) embedder(ctx context.Context, lastModel string) (e retrieval.Embedder, said string, err error) {
	server, named := m.embeddingServer(), m.settings.OpenaiEmbeddingModel
	if server == "" {
		e, err := m.builtinEmbedder()
		return e, "", err
	}
	model, ok, err := m.pick(ctx, server, named, openai.Embedding)
	switch {
	case errors.Is(err, retrieval.ErrModel):
		return nil, "", err
	case ok:
		e := openai.NewEmbedder(server, m.settings.secrets.openaiKey, model, m.doer)
		return e, fmt.Sprintf("embeddings: %s at %s", model, server), nil
	}
	e, builtinErr := m.builtinEmbedder()
	if builtinErr != nil {
		return nil, "", builtinErr
	}
	if err == nil {
		return e, fmt.Sprintf("embeddings: built in, as %s has no embedding model", server), nil
	}
	if lastModel != "" && lastModel != e.Model() {
		return openai.NewEmbedder(server, m.settings.secrets.openaiKey, lastModel, m.doer),
			fmt.Sprintf("embeddings: %s does not answer; going on with the vectors of %s that are stored", server, lastModel), nil
	}
	return e, fmt.Sprintf("embeddings: built in, as %s does not answer", server), nil
}

// former returns the embedder of the model whose vectors are complete.
func (m models) former(model string) (retrieval.Embedder, error) {
	builtin, err := m.builtinEmbedder()
	if err != nil || builtin.Model() == model {
		return builtin, err
	}
	return openai.NewEmbedder(m.embeddingServer(), m.settings.secrets.openaiKey, openai.Named(model), m.doer), nil
}

// generators are what writes text.
type generators struct {
	// main writes; fallback is asked when it cannot, nil when main is built in.
	main, fallback bot.Generator
	builtin        bot.Generator
}

// newGenerators returns what writes text, and says which.
func (a *app) newGenerators(ctx context.Context, s *streams) (*generators, error) {
	embedder, err := a.models.builtinEmbedder()
	if err != nil {
		return nil, err
	}
	builtin := extract.New(embedder)
	server, named := a.models.server(), a.settings.OpenaiModel
	if server == "" {
		return &generators{main: builtin, builtin: builtin}, nil
	}
	model, ok, err := a.models.pick(ctx, server, named, openai.Chat)
	switch {
	case errors.Is(err, retrieval.ErrModel):
		return nil, err
	case ok:
		a.say(s, "answers: %s at %s", model, server)
		main := a.models.writer(model)
		return &generators{main: main, fallback: builtin, builtin: builtin}, nil
	case err == nil:
		a.say(s, "answers: built in, as %s has no chat model", server)
		return &generators{main: builtin, builtin: builtin}, nil
	}
	a.say(s, "answers: %s does not answer now; the built-in generator writes until it does", server)
	return &generators{main: &lateGenerator{models: a.models}, fallback: builtin, builtin: builtin}, nil
}

// say tells the person who waits, and the log of a serve.
func (a *app) say(s *streams, format string, args ...any) {
	if s == nil {
		a.log.Info(fmt.Sprintf(format, args...))
		return
	}
	fmt.Fprintf(s.Err, format+"\n", args...)
}

// lateGenerator is a model that nobody named, at a server that did not answer
// when it was asked for its models: it asks again at each use.
type lateGenerator struct {
	models models

	mu   sync.Mutex
	main *chatopenai.Generator
}

// Model names the model once it is known, the server before.
func (l *lateGenerator) Model() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.main == nil {
		return "a model of " + l.models.server()
	}
	return l.main.Model()
}

// Generate writes with the model that the server has by now, or fails as
// retrieval.ErrUnavailable.
func (l *lateGenerator) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	g, err := l.generator(ctx)
	if err != nil {
		return func(yield func(string, error) bool) { yield("", err) }
	}
	return g.Generate(ctx, p)
}

func (l *lateGenerator) generator(ctx context.Context) (*chatopenai.Generator, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.main != nil {
		return l.main, nil
	}
	m := l.models
	model, ok, err := m.pick(ctx, m.server(), "", openai.Chat)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%w: %s has no chat model", retrieval.ErrUnavailable, m.server())
	}
	m.log.InfoContext(ctx, "the model server answers", "server", m.server(), "model", model)
	l.main = m.writer(model)
	return l.main, nil
}
