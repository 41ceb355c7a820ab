package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"newsdesk/corpus/feed"
	"newsdesk/corpus/poll"
)

// outletsImportCmd adds the outlets of an OPML file.
type outletsImportCmd struct {
	File string `arg:"" help:"OPML file; - is the standard input."`
}

// Run opens the file: it is the person's own.
func (c *outletsImportCmd) Run(inv *invocation) error {
	s := *inv.streams
	named := *c
	if c.File == "-" {
		named.File = "standard input"
	} else {
		file, err := openFile(c.File)
		if err != nil {
			return err
		}
		defer file.Close()
		s.In = file
	}
	return inv.with(&s).within("outlets", &outletsCmd{Import: named, Do: "import"})
}

// take enters the outlets of the standard input, each by itself. Those that are
// read already are counted and no error.
func (c *outletsImportCmd) take(ctx context.Context, p *poll.Poller, s *streams) error {
	data, err := io.ReadAll(io.LimitReader(s.In, feed.MaxBytes+1))
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	list, err := feed.ReadOPML(data)
	if err != nil {
		return fmt.Errorf("%s: %s", c.File, plainly(err))
	}
	added, already := 0, 0
	var errs []error
	for _, o := range list {
		_, err := p.Subscribe(ctx, poll.Found{Name: nameOf(o), Feed: o.Feed, Home: o.Home})
		switch {
		case err == nil:
			added++
		case errors.Is(err, poll.ErrKnown):
			already++
		case ctx.Err() != nil:
			return err
		default:
			errs = append(errs, plainError{fmt.Sprintf("%s: %s (%s): %s", c.File, nameOf(o), o.Feed, poll.Plain(err)), err})
		}
	}
	fmt.Fprintf(s.Out, "%s: %s, %d read already\n", c.File, count(added, "new outlet", "new outlets"), already)
	return errors.Join(errs...)
}

// nameOf is what a list calls an outlet, or its host.
func nameOf(o feed.Outline) string {
	if o.Name != "" {
		return o.Name
	}
	u, err := url.Parse(o.Feed)
	if err != nil {
		return o.Feed
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// outletsExportCmd writes the register as OPML.
type outletsExportCmd struct {
	File string `arg:"" optional:"" help:"File to write, which must not exist; the standard output when none is named."`
}

func (c *outletsExportCmd) Run(inv *invocation) error {
	if c.File == "" {
		return inv.within("outlets", &outletsCmd{Do: "export"})
	}
	file, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s exists; name a file that does not", c.File)
	}
	if err != nil {
		return err
	}
	s := *inv.streams
	s.Out = file
	err = errors.Join(inv.with(&s).within("outlets", &outletsCmd{Do: "export"}), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(c.File))
	}
	_, err = fmt.Fprintf(inv.streams.Out, "%s: written\n", c.File)
	return err
}

func (c *outletsExportCmd) write(ctx context.Context, p *poll.Poller, s *streams) error {
	outlets, err := p.Outlets(ctx)
	if err != nil {
		return err
	}
	var list []feed.Outline
	for _, o := range outlets {
		list = append(list, feed.Outline{Name: o.Name, Feed: o.Feed, Home: o.Home})
	}
	data, err := feed.WriteOPML("newsdesk", list)
	if err != nil {
		return err
	}
	_, err = s.Out.Write(data)
	return err
}
