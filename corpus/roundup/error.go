package roundup

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"
)

// ErrNoByline means that a page has none, so that it may be something else; an
// [Error] of that kind matches it.
var ErrNoByline = errors.New("roundup: no byline")

// Error says why a page was refused.
type Error struct {
	// Name is what Read was told to call the page.
	Name string
	// Line counts from 1; 0 where the fault is the whole page's.
	Line int
	// Reason is a sentence for the person who gave the page, without full stop.
	Reason string
	kind   error
}

// Unwrap returns ErrNoByline for that reason, nil for others.
func (e *Error) Unwrap() error { return e.kind }

// Error returns "NAME: line 3: REASON".
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.Name, e.Reason)
	}
	return fmt.Sprintf("%s: line %d: %s", e.Name, e.Line, e.Reason)
}

// faultf returns an Error that lacks the name.
func faultf(line int, format string, args ...any) *Error {
	return &Error{Line: line, Reason: fmt.Sprintf(format, args...)}
}

// clip returns s short enough to be shown in a reason.
func clip(s string) string {
	const most = 100
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// check refuses what is no text, or too much.
func check(data []byte) *Error {
	switch {
	case len(data) == 0:
		return &Error{Reason: "the file is empty"}
	case len(data) > MaxPage:
		return tooLarge(data)
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return faultf(1, "UTF-16 text; save the page as UTF-8")
	}
	invalid, zero := firstInvalid(data), bytes.IndexByte(data, 0)
	switch {
	case zero >= 0 && (invalid < 0 || zero < invalid):
		return faultf(lineAt(data, zero), "not a text: zero byte at byte %d of the file", zero)
	case invalid >= 0:
		return faultf(lineAt(data, invalid), "not UTF-8 text: byte 0x%02X at byte %d of the file", data[invalid], invalid)
	}
	return nil
}

// tooLarge names the line that makes a page too large, if it is one.
func tooLarge(data []byte) *Error {
	rest := data
	for n := 1; len(rest) > 0; n++ {
		var raw []byte
		if raw, rest = cutLine(rest); len(raw) > MaxLine {
			return longLine(n)
		}
	}
	return faultf(0, "the page is larger than %d MiB", MaxPage>>20)
}

// firstInvalid is the place of the first byte that is not UTF-8, or -1.
func firstInvalid(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// lineAt is the number of the line that holds byte i.
func lineAt(data []byte, i int) int { return 1 + bytes.Count(data[:i], []byte("\n")) }
