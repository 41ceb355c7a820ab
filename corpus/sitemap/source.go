package sitemap

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"newsdesk/corpus/charset"
)

// maxPrologue is how much may stand before a sitemap begins, in bytes, and what is
// looked at to find out what it is.
const maxPrologue = 4 << 10

// source is a sitemap unpacked, and in UTF-8 but for the pieces in the encoding
// that named is.
type source struct {
	*bufio.Reader
	head  []byte
	named encoding.Encoding
	under *bounded
}

func open(data []byte) *source {
	under := &bounded{r: bytes.NewReader(data), left: MaxBytes}
	if bytes.HasPrefix(data, []byte{0x1F, 0x8B}) {
		under.r = unpack(data)
	}
	s := &source{Reader: bufio.NewReaderSize(under, maxPrologue), under: under}
	s.head, _ = s.Peek(maxPrologue) // what is shorter is all there is
	if wide := charset.Wide(s.head); wide != nil {
		s.Reader = bufio.NewReaderSize(transform.NewReader(s.Reader, wide.NewDecoder()), maxPrologue)
		s.head, _ = s.Peek(maxPrologue)
	}
	if mark := []byte("\uFEFF"); bytes.HasPrefix(s.head, mark) {
		s.Discard(len(mark)) // it was peeked
		s.head, _ = s.Peek(maxPrologue)
	}
	s.named = charset.Named(s.head, "")
	s.head = bytes.Clone(s.head)
	return s
}

// unpack reads what is packed; of what is not, nothing.
func unpack(data []byte) io.Reader {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return broken{err}
	}
	return z
}

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// text is a piece of the source in UTF-8.
func (s *source) text(piece []byte) string { return string(charset.Piece(piece, s.named)) }

// isCut reports whether the source broke off or was longer than what is read.
func (s *source) isCut() bool { return s.under.cut }

// bounded ends after so many bytes, and at any error as if it were the end: cut
// tells.
type bounded struct {
	r    io.Reader
	left int
	cut  bool
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left == 0 {
		b.cut = true
		return 0, io.EOF
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	if err != nil && !errors.Is(err, io.EOF) {
		b.cut = true
		err = io.EOF
	}
	return n, err
}
