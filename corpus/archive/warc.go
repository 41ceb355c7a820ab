package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

const (
	// unpacked and ratio bound what a packed file may hold: nothing beyond so many
	// bytes that is more than so many times what was read of the file. Pages pack
	// to a twentieth at best.
	unpacked = 256 << 20
	ratio    = 200
)

// WARC reads a WARC file, plain or packed with gzip, from its beginning, and hands
// out the pages that servers answered with (status 200) and those that stand in it
// as such. The error beside a zero Document is an *[Error]: after one with a Name
// reading goes on, one without is the last.
func WARC(r io.Reader) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		file := &counter{r: r}
		w := &walk{out: out{yield: yield}, file: file, in: bufio.NewReaderSize(file, maxHeader)}
		if start, _ := w.in.Peek(2); bytes.Equal(start, magic) {
			w.members()
		} else {
			w.stretch(w.in)
		}
		switch {
		case file.failed != nil:
			w.end(file.failed)
		case w.records == 0:
			w.end(ErrNotWARC)
		}
	}
}

// magic begins what is packed.
var magic = []byte{0x1F, 0x8B}

// counter counts what was read, and remembers what ended it.
type counter struct {
	r      io.Reader
	n      int64
	failed error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		c.failed = err
	}
	return n, err
}

// walk goes through a file.
type walk struct {
	out
	file *counter
	in   *bufio.Reader
	// records is the number of those that have begun, at where the last did.
	records int
	at      int64
	// lost says that it is not known where a record begins.
	lost bool
}

// offset is how far the file was read.
func (w *walk) offset() int64 { return w.file.n - int64(w.in.Buffered()) }

// place names the record that is read.
func (w *walk) place() string { return fmt.Sprintf("record %d at byte %d", w.records, w.at) }

// members reads a file of packed parts, in which a record or more are. What is
// between them and no part is passed over.
func (w *walk) members() {
	z := new(gzip.Reader)
	content := &counter{r: z}
	b := bufio.NewReaderSize(nil, maxHeader)
	for !w.done {
		w.at = w.offset()
		start, err := w.in.Peek(2)
		if len(start) < 2 {
			return // err is that of the file, or its end
		}
		if !bytes.Equal(start, magic) {
			w.in.Discard(1) // it was peeked
			w.lost = true
			continue
		}
		if err = z.Reset(w.in); err != nil {
			w.lost = true
			continue
		}
		z.Multistream(false)
		content.failed = nil
		b.Reset(&proportion{content, w.file})
		w.stretch(b)
		if errors.Is(content.failed, ErrTooLong) {
			w.end(ErrTooLong)
		}
		w.lost = content.failed != nil
	}
}

// proportion ends what would never end.
type proportion struct {
	*counter
	file *counter
}

func (p *proportion) Read(b []byte) (int, error) {
	if p.n > unpacked && p.n > ratio*p.file.n {
		p.failed = ErrTooLong
		return 0, ErrTooLong
	}
	return p.counter.Read(b)
}

// stretch reads the records of a stretch to its end.
func (w *walk) stretch(b *bufio.Reader) {
	for !w.done {
		if err := skipBlank(b); err != nil {
			w.unfinished(err)
			return
		}
		if b == w.in {
			w.at = w.offset()
		}
		line, err := readLine(b)
		switch {
		case strings.HasPrefix(line, "WARC/"):
			w.lost = false
			w.records++
			w.record(b)
		case w.records == 0:
			return
		case !w.lost:
			w.records++
			w.lost = true
			w.problem(w.place(), ErrUnreadable)
		}
		if err != nil {
			return
		}
	}
}

// unfinished names a part that did not end as it should, behind its last record.
func (w *walk) unfinished(err error) {
	if !errors.Is(err, io.EOF) && !w.lost && w.records > 0 && w.file.failed == nil && !errors.Is(err, ErrTooLong) {
		w.problem(w.place(), ErrUnreadable)
	}
}

// record reads the headers of a record and what they announce.
func (w *walk) record(b *bufio.Reader) {
	place := w.place()
	header, err := readHeader(b)
	length, bad := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	if err != nil || bad != nil || length < 0 {
		w.lost = true
		w.problem(place, unreadable(err))
		return
	}
	block := &io.LimitedReader{R: b, N: length}
	d, err := document(header, block)
	if _, copied := io.Copy(io.Discard, block); block.N > 0 || copied != nil {
		w.lost, err = true, ErrCut
	} else if end := skipBlank(b); end != nil && !errors.Is(end, io.EOF) {
		w.lost, err = true, ErrUnreadable // the checksum is wrong
	}
	switch {
	case w.file.failed != nil:
	case err != nil:
		w.problem(place, err)
	case d != nil:
		d.Name = fmt.Sprintf("record %d", w.records)
		w.document(*d)
	}
}

// unreadable is what to say of headers that end with err.
func unreadable(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrCut
	}
	return ErrUnreadable
}

// document is the page of a record; nil if there is none.
func document(header textproto.MIMEHeader, block io.Reader) (*Document, error) {
	address := strings.Trim(header.Get("Warc-Target-Uri"), "<> ")
	if scheme, _, _ := strings.Cut(strings.ToLower(address), ":"); scheme != "http" && scheme != "https" {
		return nil, nil
	}
	contentType := header.Get("Content-Type")
	var data []byte
	var err error
	switch kind, isHTTP := header.Get("Warc-Type"), strings.HasPrefix(strings.ToLower(contentType), "application/http"); {
	case kind == "response" && (isHTTP || contentType == ""):
		data, contentType, err = answer(block)
	case kind == "resource":
		data, err = readPage(contentType, block)
	}
	switch {
	case err != nil:
		return nil, err
	case data == nil:
		return nil, nil
	case header.Get("Warc-Truncated") != "" || header.Get("Warc-Segment-Number") != "":
		return nil, ErrCut
	}
	d := &Document{URL: canonical(address), ContentType: contentType, Data: data}
	if d.URL == "" {
		return nil, ErrAddress
	}
	if at, err := time.Parse(time.RFC3339, header.Get("Warc-Date")); err == nil {
		d.At = possible(at)
	}
	return d, nil
}

// readLine reads a line without its end. Of one that is too long it returns the
// beginning, and passes over the rest. The error is the reader's.
func readLine(b *bufio.Reader) (string, error) {
	line, err := b.ReadSlice('\n')
	start := strings.TrimRight(string(line), "\r\n")
	for err == bufio.ErrBufferFull {
		_, err = b.ReadSlice('\n')
	}
	return start, err
}

// skipBlank reads to the next byte that ends no line. The error is the reader's.
func skipBlank(b *bufio.Reader) error {
	for {
		next, err := b.Peek(1)
		if len(next) == 0 {
			return err
		}
		if next[0] != '\r' && next[0] != '\n' {
			return nil
		}
		b.Discard(1) // it was peeked
	}
}

var errHeader = errors.New("archive: no header")

// readHeader reads headers and the empty line behind them. Lines that are none are
// passed over. The error is the reader's, or errHeader for those that are too long.
func readHeader(b *bufio.Reader) (textproto.MIMEHeader, error) {
	header := textproto.MIMEHeader{}
	last := ""
	for left := maxHeader; left > 0; {
		line, err := readLine(b)
		if line == "" || err != nil {
			return header, err
		}
		left -= len(line) + 2
		key, value, ok := strings.Cut(line, ":")
		switch {
		case line[0] == ' ' || line[0] == '\t':
			if values := header[last]; len(values) > 0 {
				values[len(values)-1] += " " + strings.TrimSpace(line)
			}
		case ok:
			last = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(key))
			header[last] = append(header[last], strings.TrimSpace(value))
		}
	}
	return header, errHeader
}
