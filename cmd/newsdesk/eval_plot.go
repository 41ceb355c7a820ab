package main

import (
	"errors"

	"newsdesk/retrieval/eval"
)

// plot draws the scores into the file that was asked for; nothing without one.
func (c *evalRetrievalCmd) plot(eval.Scores) error {
	if c.Plot == "" {
		return nil
	}
	return errors.New("--plot cannot draw yet")
}
