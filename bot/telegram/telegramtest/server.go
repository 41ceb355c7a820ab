// Package telegramtest runs the strict Bot API server of bot/telegram/apiserver
// inside of a test.
//
// # Design
//
// [Start] serves it on loopback until the test ends, and then fails the test for
// every call that the server refused of its own accord and the test did not say
// it [Server.Expect]s: a bot that makes calls which Telegram would refuse is
// wrong even where it copes with the refusal. Calls that met an injected fault
// are not such calls.
//
// The waiting functions end the test when what they wait for has not come within
// [Patience], so that a bot that says nothing shows as a failure with what was
// called so far and not as a hanging run.
package telegramtest

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/telegram/apiserver"
)

// Token is the bot's token.
const Token = "42:test"

// Patience bounds how long the waiting functions wait: far longer than anything
// takes, and shorter than the time that go test gives a package.
const Patience = time.Minute

// Server is a running server. Its methods are those of apiserver.Server and the
// ones below; safe for concurrent use, but for Expect.
type Server struct {
	*apiserver.Server
	// URL is the address to give to a client as that of the Bot API, without a
	// slash at its end.
	URL string

	t        testing.TB
	expected []string
}

// Start serves until the test and its subtests end. The server's clock is
// time.Now.
func Start(t testing.TB) *Server {
	t.Helper()
	return StartAt(t, time.Now)
}

// StartAt is Start with a clock of the test's own.
func StartAt(t testing.TB, now func() time.Time) *Server {
	t.Helper()
	s := &Server{Server: apiserver.New(slog.New(slog.DiscardHandler), Token, now), t: t}
	web := httptest.NewServer(s.Server)
	s.URL = web.URL
	t.Cleanup(func() {
		s.Close()
		web.CloseClientConnections()
		web.Close()
		for _, c := range s.Unexpected() {
			t.Errorf("telegram refused %s: %s\nparameters: %s", c.Method, c.Description, c.Params)
		}
	})
	return s
}

// Expect says that refusals whose description holds part are meant to happen.
func (s *Server) Expect(part string) {
	s.expected = append(s.expected, part)
}

// Unexpected returns the refused calls that no Expect covers.
func (s *Server) Unexpected() []apiserver.Call {
	return slices.DeleteFunc(s.Calls(), func(c apiserver.Call) bool {
		return !c.Refused() || slices.ContainsFunc(s.expected, func(part string) bool {
			return strings.Contains(c.Description, part)
		})
	})
}

// Person adds a person with the name, whose id is free, and a username that is
// the name in lower case.
func (s *Server) Person(name string) apiserver.User {
	return s.AddUser(apiserver.User{FirstName: name, Username: strings.ToLower(name)})
}

// Says has somebody write, and ends the test where they cannot.
func (s *Server) Says(p apiserver.Post) apiserver.Message {
	s.t.Helper()
	m, err := s.Send(p)
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

// Sees waits until the bot has n messages in a chat and returns them.
func (s *Server) Sees(chat int64, n int) []apiserver.Message {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), Patience)
	defer cancel()
	got, err := s.Await(ctx, chat, n)
	if err != nil {
		s.t.Fatalf("%d of %d messages in chat %d: %v\n%s", len(got), n, chat, err, s.history())
	}
	return got
}

// Presses has somebody press a button that carries the data, and waits until the
// bot has answered the press.
func (s *Server) Presses(p apiserver.Press) apiserver.Answer {
	s.t.Helper()
	id, err := s.Press(p)
	if err != nil {
		s.t.Fatal(err)
	}
	s.Waits(fmt.Sprintf("an answer to the press of %q", p.Data), func() bool { return s.Answered(id) != nil })
	return *s.Answered(id)
}

// Draws waits until a draft in a private chat fits, and returns it.
func (s *Server) Draws(chat int64, fits func(apiserver.Draft) bool) apiserver.Draft {
	s.t.Helper()
	var found apiserver.Draft
	s.Waits("a draft", func() bool {
		for _, d := range s.Drafts(chat) {
			if fits(d) {
				found = d
				return true
			}
		}
		return false
	})
	return found
}

// Waits waits until something is true, looking whenever anything has happened.
func (s *Server) Waits(what string, holds func() bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), Patience)
	defer cancel()
	if err := s.Until(ctx, holds); err != nil {
		s.t.Fatalf("%s: %v\n%s", what, err, s.history())
	}
}

// Handled waits until the bot has confirmed all updates.
func (s *Server) Handled() {
	s.t.Helper()
	s.Waits("all updates are confirmed", func() bool { return s.Pending() == 0 })
}

// shownCalls is how many of the last calls a failure shows.
const shownCalls = 20

func (s *Server) history() string {
	calls := s.Calls()
	var out strings.Builder
	for _, c := range calls[max(0, len(calls)-shownCalls):] {
		fmt.Fprintf(&out, "%s %d %s %s %s\n", c.Method, c.Status, c.Fault, c.Description, c.Params)
	}
	return out.String()
}
