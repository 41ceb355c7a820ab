// Package archive reads pages that somebody kept: WARC files (ISO 28500, versions
// 1.0 and 1.1) and folders of saved pages.
//
// # Design
//
// Both come out as documents, one after the other, and no more than one is in
// memory at a time: an archive may be longer than memory. What is no page of HTML
// (pictures, redirects, records about records) is passed over in silence. A page
// that cannot be read, is too long, or is not whole is named by its place and
// passed over, and so is what is broken around it: reading goes on at the next
// record that begins as one. Half an article is never handed out.
//
// # Why no library
//
// What frames a record is a line of version, headers and a length; HTTP in it is
// what the standard library reads. github.com/nlnwa/gowarc/v3 (v3.1.0), the best
// kept of those that there are, sets no bound on a line or a header: of 0.6 MB
// packed it makes 1.8 GB in memory, puts long bodies in files outside of the data
// folder, and adds three modules; github.com/internetarchive/gowarc brings a
// crawler with 24.
//
// Everything here is pure but for what it is given to read.
package archive

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"newsdesk/corpus"
)

const (
	// MaxBytes is the length of the longest page that is handed out; packages
	// fetch and page have the same bound.
	MaxBytes = 10 << 20
	// MaxBad is after how many things that cannot be read an archive is given up.
	MaxBad = 1000
	// maxHeader bounds the headers of a record, of HTTP and of saved mail, in bytes.
	maxHeader = 64 << 10
	// oldest is before anything was on the web; what is older is a clock that was
	// never set.
	oldest = 1990
)

var (
	// ErrNotWARC means that the file is something else.
	ErrNotWARC = errors.New("this is not a WARC file")
	// ErrUnreadable means that a page's record or file is broken.
	ErrUnreadable = errors.New("it cannot be read")
	// ErrCut means that the archive holds only a part of the page.
	ErrCut = errors.New("it is not whole")
	// ErrTooLong means that a page is longer than [MaxBytes], or that a file was
	// packed so that it would never end.
	ErrTooLong = errors.New("it is too long")
	// ErrAddress means that a page's address is none that an article can have.
	ErrAddress = errors.New("it has no address that newsdesk takes")
	// ErrNoPage means that a file has the name of a page and holds none.
	ErrNoPage = errors.New("there is no page in it")
	// ErrGivenUp means that [MaxBad] things could not be read; it is the last.
	ErrGivenUp = errors.New("too much of it cannot be read")
)

// Document is one page as it was kept.
type Document struct {
	// Name is its place: "record 12" of a WARC file, "2025/ferry.html" in a folder.
	Name string
	// URL is the canonical address (see [corpus.Canonical]). A page of a folder may
	// have none that it names: then it is empty.
	URL string
	// ContentType is the header of that name; empty where there was none.
	ContentType string
	// Data is the page, unpacked and in whatever character set; never empty.
	Data []byte
	// At is when it was kept, in UTC: what the record or the page says, else the
	// time of the file; zero where that cannot be.
	At time.Time
}

// Error says what is wrong with a part of an archive.
type Error struct {
	// Name is the place: "record 12 at byte 34567", "2025/ferry.html"; empty for
	// the archive as a whole.
	Name string
	// Reason is one of this package's errors, or what the reader of the archive or
	// its file system reports; [errors.Is] finds it.
	Reason error
}

// Error names place and reason.
func (e *Error) Error() string {
	if e.Name == "" {
		return e.Reason.Error()
	}
	return fmt.Sprintf("%s: %v", e.Name, e.Reason)
}

// Unwrap returns Reason.
func (e *Error) Unwrap() error { return e.Reason }

// out hands documents and errors to whoever ranges over them.
type out struct {
	yield func(Document, error) bool
	bad   int
	// done says that no more is wanted or to be had.
	done bool
}

func (o *out) document(d Document) {
	o.done = o.done || !o.yield(d, nil)
}

// problem hands out an error and goes on.
func (o *out) problem(name string, reason error) {
	if o.done {
		return
	}
	o.done = !o.yield(Document{}, &Error{Name: name, Reason: reason})
	if o.bad++; o.bad == MaxBad && !o.done {
		o.end(ErrGivenUp)
	}
}

// end hands out the last error.
func (o *out) end(reason error) {
	if !o.done {
		o.done = true
		o.yield(Document{}, &Error{Reason: reason})
	}
}

// canonical is an address's form by which an article is known; empty for what is
// none.
func canonical(address string) string {
	c, err := corpus.Canonical(address)
	if err != nil {
		return ""
	}
	return c
}

// isHTML reports whether something is a page, by its header or, where that says
// nothing, by its beginning.
func isHTML(contentType string, data []byte) bool {
	if strings.TrimSpace(contentType) == "" {
		contentType = http.DetectContentType(data)
	}
	kind, _, _ := strings.Cut(contentType, ";")
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "text/html", "application/xhtml+xml":
		return true
	}
	return false
}

// possible is at in UTC, and zero for what no clock showed when there was a web.
func possible(at time.Time) time.Time {
	if at.Year() < oldest || at.Year() > 9999 {
		return time.Time{}
	}
	return at.UTC()
}
