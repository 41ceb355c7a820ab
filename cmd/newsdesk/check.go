package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsdesk/bot/schedule"
	"newsdesk/corpus"
	"newsdesk/retrieval/openai"
)

// checkCmd says what is configured, reachable and indexed, and what to do about
// what is not.
type checkCmd struct{}

func (c *checkCmd) Run(inv *invocation) error { return inv.within("check", c) }

// checkPatience bounds each question to a server.
const checkPatience = 10 * time.Second

// finding is one line of the report.
type finding struct {
	what, state string
	// do is what to do about it; empty when all is well.
	do string
}

func (c *checkCmd) runIn(ctx context.Context, a *app, s *streams) error {
	checks := []func(context.Context, *app, *streams) finding{
		checkArticles, checkIndex, checkWriter, checkEmbedder, checkTelegram, checkPosts,
	}
	fmt.Fprintf(s.Out, "%-12s %s\n", "data", a.folder.dir)
	bad := 0
	for _, check := range checks {
		f := check(ctx, a, s)
		fmt.Fprintf(s.Out, "%-12s %s\n", f.what, f.state)
		if f.do != "" {
			bad++
			fmt.Fprintf(s.Out, "%-12s → %s\n", "", f.do)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%s to do something about", count(bad, "thing", "things"))
	}
	return nil
}

func checkArticles(ctx context.Context, a *app, _ *streams) finding {
	e, err := a.corpus.Extent(ctx, corpus.Filter{})
	if err != nil {
		return finding{"articles", withAdvice(err), "put a backup in place with “newsdesk restore”"}
	}
	if e.Articles == 0 {
		return finding{"articles", "none", "add some: newsdesk add FILE"}
	}
	return finding{what: "articles", state: a.view().Extent(e)}
}

func checkIndex(ctx context.Context, a *app, s *streams) finding {
	x, err := a.searching(ctx, s)
	if err != nil {
		return finding{"index", withAdvice(err), "see the lines below"}
	}
	end, err := a.corpus.End(ctx)
	if err != nil {
		return finding{"index", withAdvice(err), "put a backup in place with “newsdesk restore”"}
	}
	words, err1 := x.lexical.Passages(ctx)
	vectors, err2 := x.vectors.index.Passages(ctx)
	reached, err3 := x.vectors.index.Reached(ctx)
	if err := errors.Join(err1, err2, err3); err != nil {
		return finding{"index", withAdvice(err), "delete the folder “lexical” in the data folder; it is built anew"}
	}
	state := fmt.Sprintf("%s by words, %d by meaning (%s)", count(words, "passage", "passages"), vectors, x.vectors.model)
	if reached < end {
		return finding{"index", state + ", not complete", "let “newsdesk serve” or “newsdesk ask” finish it; if it does not get on, see embeddings"}
	}
	return finding{what: "index", state: state}
}

func checkWriter(ctx context.Context, a *app, _ *streams) finding {
	server := a.models.server()
	if server == "" {
		return finding{what: "answers", state: "built in (no OPENAI_BASE_URL)"}
	}
	return a.models.check(ctx, "answers", server, a.settings.OpenaiModel, openai.Chat)
}

func checkEmbedder(ctx context.Context, a *app, _ *streams) finding {
	server := a.models.embeddingServer()
	if server == "" {
		return finding{what: "embeddings", state: "built in"}
	}
	return a.models.check(ctx, "embeddings", server, a.settings.OpenaiEmbeddingModel, openai.Embedding)
}

func (m models) check(ctx context.Context, what, server, named string, kind openai.Kind) finding {
	ctx, cancel := context.WithTimeout(ctx, checkPatience)
	defer cancel()
	have, err := m.list(ctx, server)
	if err != nil {
		return finding{what, fmt.Sprintf("%s: %v", server, err), "start the server, or check OPENAI_BASE_URL; until then the built-in one is used"}
	}
	if named != "" && len(have) > 0 && !hasModel(have, named) {
		return finding{what, fmt.Sprintf("%s has no model %q", server, named), "name one of: " + strings.Join(slices.Sorted(slices.Values(firstFew(have))), ", ")}
	}
	model, ok, err := m.pick(ctx, server, named, kind)
	if err != nil {
		return finding{what, err.Error(), "check the server"}
	}
	if !ok {
		return finding{what: what, state: fmt.Sprintf("built in, as %s has no %s model", server, kind)}
	}
	return finding{what: what, state: fmt.Sprintf("%s at %s", model, server)}
}

func checkTelegram(ctx context.Context, a *app, _ *streams) finding {
	if a.settings.secrets.telegramToken == "" {
		return finding{what: "telegram", state: "no token in " + envTelegramToken + "; “serve” and “post” need one, “chat” and “ask” do not"}
	}
	ctx, cancel := context.WithTimeout(ctx, checkPatience)
	defer cancel()
	b, err := a.newBot(ctx, nil)
	if err != nil {
		return finding{"telegram", withAdvice(err), "check " + envTelegramToken}
	}
	me, err := b.Me(ctx)
	if err != nil {
		return finding{"telegram", err.Error(), "check " + envTelegramToken + ", TELEGRAM_API_URL and the network"}
	}
	state := "@" + me.Username
	if a.bot != nil {
		state += ", serving"
	}
	return finding{what: "telegram", state: state}
}

func checkPosts(ctx context.Context, a *app, _ *streams) finding {
	all, err := a.schedule.List(ctx)
	if err != nil {
		return finding{"posts", withAdvice(err), "put a backup in place with “newsdesk restore”"}
	}
	if len(all) == 0 {
		return finding{what: "posts", state: "none every day"}
	}
	var lines []string
	for _, sub := range all {
		lines = append(lines, sub.Chat+" "+whenPosted(sub))
	}
	f := finding{what: "posts", state: strings.Join(lines, ", ")}
	if a.bot == nil {
		f.do = "start “newsdesk serve”: it does the posting"
	}
	return f
}

// whenPosted says when a digest is posted.
func whenPosted(sub schedule.Subscription) string {
	when := "as news break"
	if sub.Kind == schedule.Scheduled {
		var times []string
		for _, t := range sub.Times {
			times = append(times, t.String())
		}
		when = "at " + strings.Join(times, ", ")
	}
	if sub.Paused {
		when += ", paused"
	}
	return fmt.Sprintf("%s (%s)", when, sub.Zone)
}
