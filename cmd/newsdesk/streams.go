package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// streams are a command's input and outputs. Results go to Out, everything else
// to Err. The zero value of the rest means "not a terminal".
type streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// Heard takes what a command said in plain words, for the command that ran
	// it; nil where nobody listens.
	Heard io.Writer

	// Interactive says that a person sits at In and Out.
	Interactive bool
	// Progress says that a person sees Err.
	Progress bool
	// Width is the terminal's width in columns, 0 when there is none.
	Width int
}

// terminal returns the process's own streams.
func terminal(in, out, err *os.File) *streams {
	s := &streams{In: in, Out: out, Err: err,
		Interactive: term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd())),
		Progress:    term.IsTerminal(int(err.Fd())),
	}
	if width, _, err := term.GetSize(int(out.Fd())); err == nil {
		s.Width = width
	}
	return s
}

// heard returns Heard, or what takes its place where nobody listens.
func (s *streams) heard() io.Writer {
	if s.Heard == nil {
		return io.Discard
	}
	return s.Heard
}
