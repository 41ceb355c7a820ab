package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
)

// asker asks the person at the terminal.
type asker struct {
	lines *bufio.Scanner
	s     *streams
}

func newAsker(s *streams) *asker { return &asker{bufio.NewScanner(s.In), s} }

// which asks for one of n things, or yes where there is one; false is none. An
// empty line is the first.
func (k *asker) which(n int) (int, bool) {
	question := "Add it? [Y/n] "
	if n > 1 {
		question = fmt.Sprintf("Add which? [1–%d, n for none; 1] ", n)
	}
	for {
		fmt.Fprint(k.s.Out, question)
		if !k.lines.Scan() {
			fmt.Fprintln(k.s.Out)
			return 0, false
		}
		switch said := strings.ToLower(strings.TrimSpace(k.lines.Text())); said {
		case "", "y", "yes":
			return 0, true
		case "n", "no":
			return 0, false
		default:
			if i, err := strconv.Atoi(said); err == nil && i >= 1 && i <= n {
				return i - 1, true
			}
		}
	}
}
