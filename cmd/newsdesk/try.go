package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus"
	"newsdesk/corpus/sample"
)

// tryCmd runs the bot beside a Telegram of its own and serves a page to talk to
// it: the real bot, in a folder that is gone afterwards.
type tryCmd struct {
	Listen string `help:"Address of the page." default:"127.0.0.1:8642" placeholder:"HOST:PORT"`
	API    string `name:"api" help:"Run no bot, and serve the Bot API at this address for one of yours." placeholder:"HOST:PORT"`
}

// tryToken is the token of the bot in a tried world, in the form that clients ask
// for. It opens nothing but that world, which has no door anyway.
func tryToken() string { return "700000001:" + strings.Repeat("try-newsdesk-", 3)[:35] }

func (c *tryCmd) Run(inv *invocation) error {
	w, err := newTryWorld(inv)
	if err != nil {
		return err
	}
	defer w.server.Close()
	page, err := listenFor("--listen", c.Listen)
	if err != nil {
		return err
	}
	defer page.Close()
	api, err := listenFor("--api", c.apiAddress())
	if err != nil {
		return err
	}
	defer api.Close()
	group, ctx := errgroup.WithContext(inv.ctx)
	cfg := apiserver.PageConfig{Host: hostOf(c.Listen), Cast: w.cast}
	var bot func() error
	if c.API == "" {
		dir, err := os.MkdirTemp("", "newsdesk-try-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if bot, err = c.bot(ctx, inv, dir, "http://"+api.Addr().String()); err != nil {
			return err
		}
		if inv.cli.Data == "" {
			cfg.Suggestions = demoQuestions
		}
		group.Go(bot)
	}
	group.Go(func() error { return serveHTTP(ctx, api, w.api(c.API != "")) })
	group.Go(func() error { return serveHTTP(ctx, page, w.server.Page(cfg)) })
	// What waits for something to happen in the world holds up no shutdown.
	group.Go(func() error { <-ctx.Done(); w.server.Close(); return nil })
	c.announce(inv.streams, page.Addr(), api.Addr())
	err = group.Wait()
	if inv.ctx.Err() != nil {
		return nil
	}
	return err
}

func (c *tryCmd) apiAddress() string {
	if c.API != "" {
		return c.API
	}
	return "127.0.0.1:0"
}

// announce says where to look. The first line holds the address and nothing else
// that a program has to read past.
func (c *tryCmd) announce(s *streams, page, api net.Addr) {
	fmt.Fprintf(s.Out, "Open http://%s/ in a browser.\n", page)
	if c.API != "" {
		fmt.Fprintf(s.Out, "The Bot API is at http://%s, the token is %s\nThe people's side is at http://%s/control/ (see bot/telegram/apiserver).\n", api, tryToken(), api)
	} else {
		fmt.Fprintln(s.Out, "The bot is the real one, on a pretended Telegram; its folder is temporary.")
	}
	for _, a := range []net.Addr{page, api} {
		if ip := net.ParseIP(hostOf(a.String())); ip != nil && !ip.IsLoopback() {
			fmt.Fprintf(s.Err, "newsdesk: whoever reaches %s can use it: nobody is asked who they are\n", a)
		}
	}
	fmt.Fprintln(s.Out, "Ctrl-C ends it.")
}

// bot prepares the folder and returns what runs the bot in it.
func (c *tryCmd) bot(ctx context.Context, inv *invocation, dir, api string) (func() error, error) {
	articles, err := inv.tryArticles()
	if err != nil {
		return nil, err
	}
	cli := *inv.cli
	cli.Data = dir
	// What is set for the real bot is not for this one.
	cli.Settings.TelegramWebhookURL, cli.Settings.TelegramWebhookListen, cli.Settings.OpsListen = "", "", ""
	cli.Settings.TelegramAPIURL = api
	cli.Settings.secrets.telegramToken = tryToken()
	tried := *inv
	tried.cli, tried.ctx = &cli, ctx
	w, err := tried.enter()
	if err != nil {
		return nil, err
	}
	_, err = w.app.corpus.Add(ctx, articles)
	if err := errors.Join(err, w.leave()); err != nil {
		return nil, err
	}
	return func() error { return (&serveCmd{Open: true}).Run(&tried) }, nil
}

// tryArticles returns the articles to try with: those of the data folder that
// was named, as they stand, or else the samples. The folder itself is only read:
// what a bot of it has to send must not end in a pretended Telegram.
func (inv *invocation) tryArticles() ([]corpus.Article, error) {
	if inv.cli.Data == "" {
		return sample.Articles()
	}
	w, err := inv.enter()
	if err != nil {
		return nil, err
	}
	if w.app == nil {
		return nil, fmt.Errorf("a “newsdesk serve” runs on %s; try with a copy of the folder, or stop it for a moment", w.folder.dir)
	}
	articles, err := w.app.corpus.List(inv.ctx, corpus.Filter{})
	if err := errors.Join(err, w.leave()); err != nil {
		return nil, err
	}
	if len(articles) == 0 {
		return nil, fmt.Errorf("there are no articles in %s; add some, or leave --data and %s away to try with samples", inv.cli.Data, envData)
	}
	return articles, nil
}

// listenFor listens on the address that a flag gives.
func listenFor(flag, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%w; choose another address with %s", err, flag)
	}
	return l, nil
}

func hostOf(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return host
}

// The patience of the servers with their clients.
const (
	headerTime   = 10 * time.Second
	shutdownTime = 2 * time.Second
)

// serveHTTP serves until ctx ends.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: headerTime}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
		defer cancel()
		if server.Shutdown(ending) != nil {
			server.Close() // a client that does not let go
		}
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-stopped
	return nil
}
