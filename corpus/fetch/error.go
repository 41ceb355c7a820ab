package fetch

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// What can go wrong with a request, in words that a journalist understands. The
// error of [Client.Get] is an [*Error] with one of them as its Reason, or the
// context's own.
var (
	// ErrAddress means that the address is one that is never asked for; nothing
	// was sent there.
	ErrAddress = errors.New("the address is refused")
	// ErrRobots means that the outlet's robots.txt asks us to stay away.
	ErrRobots = errors.New("the outlet's robots.txt asks bots to stay away")
	// ErrGone means 404 or 410: the page is not there, or no longer.
	ErrGone = errors.New("the page is not there")
	// ErrForbidden means 401, 402, 403 or 451: the server lets only others in.
	ErrForbidden = errors.New("the server does not let us in")
	// ErrBusy means 429 or 503, or that the time which the server asked us to
	// wait is not over. Error.RetryAfter is what is left of it.
	ErrBusy = errors.New("the server asks us to wait")
	// ErrUnavailable means that the server cannot be found or reached, cut the
	// connection, or answered 5xx.
	ErrUnavailable = errors.New("the server cannot be reached or fails")
	// ErrTooSlow means that the answer did not end in time.
	ErrTooSlow = errors.New("the server takes too long")
	// ErrTooLong means that the answer, as sent or unpacked, is too long.
	ErrTooLong = errors.New("the answer is too long")
	// ErrRedirects means that the address leads to another too many times.
	ErrRedirects = errors.New("the address leads from one to the next without end")
	// ErrBroken means an answer that cannot be used: another encoding than was
	// asked for, one that cannot be unpacked, or a status without sense.
	ErrBroken = errors.New("the answer cannot be read")
)

// Error says what went wrong with which address.
type Error struct {
	// URL is the address that failed: of the last hop where redirects were
	// followed. Its query, which may be secret, is not part of it.
	URL string
	// Reason is one of the errors of this package; [errors.Is] finds it.
	Reason error
	// Detail is more about the reason, such as the server's status; may be empty.
	Detail string
	// Status is the server's; 0 when there was none.
	Status int
	// RetryAfter is how long the server asked us to wait, up to a day; 0 when it
	// did not.
	RetryAfter time.Duration
}

// Error names address, reason and detail.
func (e *Error) Error() string {
	words := fmt.Sprintf("fetch: %s: %v", e.URL, e.Reason)
	if e.Detail != "" {
		words += ": " + e.Detail
	}
	return words
}

// Unwrap returns Reason.
func (e *Error) Unwrap() error { return e.Reason }

// refuse is an address that is not asked for.
func refuse(address, format string, args ...any) *Error {
	return &Error{URL: shown(address), Reason: ErrAddress, Detail: fmt.Sprintf(format, args...)}
}

// shown is an address as an error shows it: without password and query, and not
// longer than a person reads.
func shown(address string) string {
	address, _, _ = strings.Cut(strings.TrimSpace(address), "?")
	if u, err := url.Parse(address); err == nil {
		address = u.Redacted()
	}
	if runes := []rune(address); len(runes) > maxShown {
		address = string(runes[:maxShown]) + "…"
	}
	return strings.ToValidUTF8(address, "�")
}

// maxShown is the length of an address in an error, in characters.
const maxShown = 200
