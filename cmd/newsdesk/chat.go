package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"newsdesk/bot"
)

// chatCmd asks questions in the terminal, one a line.
type chatCmd struct {
	Now clock `help:"Take this for now." placeholder:"DATE"`
}

func (c *chatCmd) Run(inv *invocation) error {
	w, err := inv.enter()
	if err != nil {
		return err
	}
	if inv.streams.Interactive {
		fmt.Fprintln(inv.streams.Err, "Ask about the stored articles; an empty line or Ctrl-D ends.")
	}
	err = w.staying(inv, func(ctx context.Context) error { return w.converse(ctx, inv.streams, c.Now) })
	return errors.Join(err, w.leave())
}

// remembered is the number of earlier questions and answers that a question may
// lean on.
const remembered = 5

// converse answers line by line. A question may lean on those before it.
func (w *workplace) converse(ctx context.Context, s *streams, now clock) error {
	var turns []bot.Turn
	return eachLine(ctx, s, func(question string) error {
		var heard strings.Builder
		one := *s
		one.In, one.Heard = strings.NewReader(""), &heard
		err := w.run(ctx, "ask", &askCmd{Question: []string{question}, Now: now, Turns: turns}, &one)
		turns = append(turns, bot.Turn{Question: question, Answer: heard.String()})
		turns = turns[max(0, len(turns)-remembered):]
		var exit remoteExit
		if errors.Is(err, errNotInArticles) || errors.As(err, &exit) && exit == exitNotFound {
			return nil
		}
		return err
	})
}

// maxLine is the longest line that is read.
const maxLine = 1 << 20

// eachLine calls f for each line of the input that holds anything, until the
// input ends or, at a terminal, an empty line comes.
func eachLine(ctx context.Context, s *streams, f func(line string) error) error {
	lines := bufio.NewScanner(s.In)
	lines.Buffer(nil, maxLine)
	for prompt(s); ctx.Err() == nil && lines.Scan(); prompt(s) {
		line := strings.TrimSpace(lines.Text())
		if line == "" && s.Interactive {
			return nil
		}
		if line == "" {
			continue
		}
		if err := f(line); err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("a line of more than %d bytes is not a question", maxLine)
	}
	return lines.Err()
}

func prompt(s *streams) {
	if s.Interactive {
		io.WriteString(s.Out, "\n› ")
	}
}
