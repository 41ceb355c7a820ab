package multihop

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// source is the unpacked file as the JSON decoder reads it. It hands out whole
// and valid runes only, and no more of them than a record may have: the decoder
// keeps what it reads until a value is complete.
//
// Every error but io.EOF is an *Error, and comes again on the next Read.
type source struct {
	in  io.Reader
	err error // of in, or about what in gave, for when buf has been handed out

	buf       []byte // all that was read of in and is not yet handed out
	good      int    // the length of what is valid of it
	room      [64 << 10]byte
	delivered int64 // bytes handed out
	limit     int64 // up to which bytes may be handed out
	size      int64 // how many they are, for the error

	// separators, if not nil, counts those that are handed out next, up to the
	// first byte that is none.
	separators *int64
}

// newSource finds out whether r is packed. A byte order mark is passed over.
func newSource(r io.Reader) (*source, *Error) {
	given := &watched{in: r}
	in := bufio.NewReaderSize(given, 64<<10)
	s := &source{in: in}
	head, err := in.Peek(2)
	switch {
	case len(head) == 0 && err != nil && !errors.Is(err, io.EOF):
		return nil, unreadable(err)
	case bytes.Equal(head, []byte{0x1f, 0x8b}):
		packed, err := gzip.NewReader(in)
		if err != nil {
			return nil, damaged(given, err)
		}
		s.in = unpacked{packed, given}
	}
	s.skipMark()
	return s, nil
}

// allow lets no more than size bytes be handed out from an offset on.
func (s *source) allow(start, size int64) { s.limit, s.size = start+size, size }

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	if s.good == 0 {
		s.fill()
	}
	if s.good == 0 {
		return 0, s.err
	}
	if s.delivered >= s.limit {
		return 0, &Error{Reason: fmt.Sprintf("larger than %d MiB", s.size>>20)}
	}
	n := copy(p, s.buf[:s.good])
	s.buf, s.good = s.buf[n:], s.good-n
	s.delivered += int64(n)
	s.count(p[:n])
	return n, nil
}

// count counts separators.
func (s *source) count(p []byte) {
	for _, b := range p {
		if s.separators == nil {
			return
		}
		if !isSeparator(b) {
			s.separators = nil
			return
		}
		*s.separators++
	}
}

// fill reads on until there is something valid to hand out, or an error.
func (s *source) fill() {
	for s.good == 0 && s.err == nil {
		kept := copy(s.room[:], s.buf)
		n, err := s.in.Read(s.room[kept:])
		s.buf = s.room[:kept+n]
		s.err = err
		s.check()
	}
}

// check measures what is valid of buf. The beginning of a rune waits for its
// rest, unless there is none.
func (s *source) check() {
	s.good = validPrefix(s.buf)
	rest := s.buf[s.good:]
	if len(rest) > 0 && (utf8.FullRune(rest) || errors.Is(s.err, io.EOF)) {
		s.err = &Error{Reason: fmt.Sprintf("not UTF-8 text: byte 0x%02X at byte %d of the file",
			rest[0], s.delivered+int64(s.good))}
		return
	}
	var own *Error
	if s.err != nil && !errors.Is(s.err, io.EOF) && !errors.As(s.err, &own) {
		s.err = unreadable(s.err)
	}
}

func validPrefix(b []byte) int {
	if utf8.Valid(b) {
		return len(b)
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}

// skipMark passes over a byte order mark, which encoding/json takes for a fault.
// It stays in the count of bytes.
func (s *source) skipMark() {
	s.fill()
	if bytes.HasPrefix(s.buf[:s.good], []byte("\ufeff")) {
		s.buf, s.good = s.buf[3:], s.good-3
	}
}

// cut is the fault of a file that ends too early.
func (s *source) cut() *Error {
	return &Error{Reason: fmt.Sprintf("the file ends in the middle of the JSON, after %d bytes", s.delivered)}
}

// watched remembers the error of a reader, so that it is not taken for damage of
// what is packed in it.
type watched struct {
	in  io.Reader
	err error
}

// Read implements io.Reader.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.in.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// unpacked tells errors of gzip as what they are.
type unpacked struct {
	in    *gzip.Reader
	given *watched
}

// Read implements io.Reader.
func (u unpacked) Read(p []byte) (int, error) {
	n, err := u.in.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		return n, damaged(u.given, err)
	}
	return n, err
}

// damaged is the fault of a gzip file, unless its reader failed.
func damaged(given *watched, err error) *Error {
	if given.err != nil {
		return unreadable(given.err)
	}
	return &Error{Reason: "damaged gzip file: " + err.Error()}
}

func unreadable(err error) *Error { return &Error{Reason: "cannot be read: " + err.Error(), Err: err} }
