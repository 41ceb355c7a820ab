package main

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// workplace is the data folder as one command sees it: opened by this process,
// or behind the socket of the serve that has it.
type workplace struct {
	folder *folder
	app    *app // nil: a serve has the folder
}

// enter opens the data folder, or finds the serve that has it. While another
// command has it, it waits.
func (inv *invocation) enter() (*workplace, error) {
	f, err := newFolder(inv.cli.dataFolder())
	if err != nil {
		return nil, err
	}
	err = f.hold(inv.ctx, func() {
		fmt.Fprintln(inv.streams.Err, "newsdesk: another command works in this folder; waiting for it")
	})
	if errors.Is(err, errServing) {
		return &workplace{folder: f}, nil
	}
	if err != nil {
		return nil, err
	}
	a, err := openApp(inv.ctx, inv.log, f, inv.cli.Settings)
	if err != nil {
		return nil, errors.Join(err, f.release())
	}
	return &workplace{folder: f, app: a}, nil
}

// run does a command's work, here or in the serve.
func (w *workplace) run(ctx context.Context, name string, cmd runner, s *streams) error {
	if w.app == nil {
		return runRemote(ctx, w.folder, name, cmd, s)
	}
	return cmd.runIn(ctx, w.app, s)
}

func (w *workplace) leave() error {
	if w.app == nil {
		return nil
	}
	return errors.Join(w.app.close(), w.folder.release())
}

// within enters, runs one command and leaves.
func (inv *invocation) within(name string, cmd runner) error {
	w, err := inv.enter()
	if err != nil {
		return err
	}
	return errors.Join(w.run(inv.ctx, name, cmd, inv.streams), w.leave())
}

// staying runs f while other commands can use the folder through this process,
// as they do beside a serve: f may take as long as a person sits there.
func (w *workplace) staying(inv *invocation, f func(ctx context.Context) error) error {
	if w.app == nil {
		return f(inv.ctx)
	}
	l, err := w.folder.listen()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(inv.ctx)
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return socketServer{inv.log, w.app}.serve(ctx, l) })
	group.Go(func() error {
		defer cancel()
		return f(ctx)
	})
	return group.Wait()
}
