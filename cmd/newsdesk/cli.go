package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitNotFound = 3 // ask found no answer in the articles, page no text
)

// errNotInArticles ends ask with exitNotFound; it has been said already.
var errNotInArticles = errors.New("not in the articles")

// errNoText ends page with exitNotFound; it has been said already.
var errNoText = errors.New("no text")

// cli is the command line. Settings that are not secret can be given as flags,
// in the environment, or in a file, the first of them counting.
type cli struct {
	Data    string `help:"Folder that holds everything newsdesk keeps." placeholder:"DIR"`
	Config  string `help:"Settings file (YAML)." placeholder:"FILE"`
	Verbose bool   `short:"v" help:"Log more to the standard error."`

	Settings settings `embed:""`

	Demo     demoCmd     `cmd:"" help:"See it work on sample articles, in a temporary folder."`
	Try      tryCmd      `cmd:"" help:"Talk to the bot in a browser, on sample articles: no Telegram account is needed."`
	Add      addCmd      `cmd:"" help:"Read articles from files, folders of saved pages, archives and addresses."`
	Articles articlesCmd `cmd:"" help:"List the stored articles, or show one."`
	Outlets  outletsCmd  `cmd:"" help:"Name the outlets that are read, and see how they do."`
	Poll     pollCmd     `cmd:"" help:"Read the outlets."`
	Page     pageCmd     `cmd:"" help:"Show what is read of a saved page."`
	Feed     feedCmd     `cmd:"" help:"Show what is read of a saved feed."`
	Stories  storiesCmd  `cmd:"" help:"List the stories: what happened, who reports it, how many independent origins there are."`
	Story    storyCmd    `cmd:"" help:"Show one story with its articles, their origins and what later ones add."`
	Digest   digestCmd   `cmd:"" help:"Tell the stories of a period, few and short, each sentence cited."`
	Ask      askCmd      `cmd:"" help:"Ask the articles one question."`
	Chat     chatCmd     `cmd:"" help:"Ask questions in the terminal."`
	Serve    serveCmd    `cmd:"" help:"Answer in Telegram."`
	Invite   inviteCmd   `cmd:"" help:"Print a one-time code that lets a person use the bot."`
	Post     postCmd     `cmd:"" help:"Post a cited summary of the newest stories to a Telegram chat."`
	Check    checkCmd    `cmd:"" help:"Say what is configured, reachable and indexed, and what to do about what is not."`
	Backup   backupCmd   `cmd:"" help:"Write everything that cannot be computed again to one file."`
	Restore  restoreCmd  `cmd:"" help:"Put a backup in place of what is stored."`
	Vacuum   vacuumCmd   `cmd:"" help:"Remove what is not to be kept, give its room back to the disk, and check the indexes."`
	Eval     evalCmd     `cmd:"" help:"Score on labelled data what newsdesk finds."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// run is the program: it can be started from a test. It returns the exit code.
func run(ctx context.Context, args, environ []string, s *streams) int {
	env := newEnvironment(environ)
	given, err := env.load(env.configFile(args))
	if err != nil {
		return s.fail(err)
	}
	var c cli
	code := -1
	parser, err := kong.New(&c,
		kong.Name("newsdesk"),
		kong.Description("Answers questions about the news from stored articles, every sentence tied to a quote."),
		kong.Writers(s.Out, s.Err),
		kong.Exit(func(n int) { code = n }),
		kong.UsageOnError(),
		kong.Resolvers(resolver(given)),
		kong.TypeMapper(clockType, kong.MapperFunc(decodeClock)),
	)
	if err != nil {
		return s.fail(err)
	}
	k, err := parser.Parse(args)
	if code >= 0 {
		return code // --help
	}
	if err != nil {
		return s.usage(err)
	}
	c.Settings.secrets = env.secrets()
	log := newLogger(s.Err, c.Verbose, k.Command())
	return s.code(k.Run(&invocation{ctx: ctx, log: log, cli: &c, streams: s}))
}

// invocation is what every command's Run gets.
type invocation struct {
	ctx     context.Context
	log     *slog.Logger
	cli     *cli
	streams *streams
}

// code reports an error to the person, with what to do about it, and returns
// the exit code.
func (s *streams) code(err error) int {
	var remote remoteExit
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errNotInArticles), errors.Is(err, errNoText):
		return exitNotFound
	case errors.As(err, &remote):
		return int(remote)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(s.Err, "newsdesk: stopped")
		return exitFailed
	}
	return s.fail(err)
}

func (s *streams) fail(err error) int {
	fmt.Fprintln(s.Err, "newsdesk: "+withAdvice(err))
	return exitFailed
}

func (s *streams) usage(err error) int {
	fmt.Fprintln(s.Err, "newsdesk: "+err.Error())
	return exitUsage
}

// newLogger returns the log of a command. A serve has nobody else to tell; poll
// tells what goes wrong with outlets in words for people.
func newLogger(w interface{ Write([]byte) (int, error) }, verbose bool, command string) *slog.Logger {
	level := slog.LevelWarn
	switch command {
	case "serve":
		level = slog.LevelInfo
	case "poll":
		level = slog.LevelError
	}
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}

// clock is a time given by --now; zero is the real one.
type clock struct{ at time.Time }

// now returns the time to go by.
func (c clock) now() time.Time {
	if c.at.IsZero() {
		return time.Now()
	}
	return c.at
}
