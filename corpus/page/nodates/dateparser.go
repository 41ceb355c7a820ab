// Package dateparser stands in for github.com/markusmobius/go-dateparser, which
// go-trafilatura links in through go-htmldate and which nothing here calls: dates
// are read by packages page and dated. The real one compiles its tables of all
// languages whenever a process starts, which costs 155 ms and 50 MB, also where no
// page is ever read. go.mod puts this module in its place.
//
// It has what go-htmldate names, and reads no date.
package dateparser

import (
	"errors"
	"time"
)

// ErrNone is the answer to every text.
var ErrNone = errors.New("dateparser: no date is read here")

// ParserType is a way of reading dates.
type ParserType string

// The ways that go-htmldate names.
const (
	CustomFormat ParserType = "custom-format"
	AbsoluteTime ParserType = "absolute-time"
)

// DateSource says which date is meant by one that is not complete.
type DateSource string

// Past is the one that go-htmldate names.
const Past DateSource = "past"

// Configuration is what a parser goes by.
type Configuration struct {
	PreferredDateSource DateSource
	StrictParsing       bool
}

// Parser reads no dates. The zero value is ready, and safe for concurrent use.
type Parser struct{ ParserTypes []ParserType }

// Date is what would have been read.
type Date struct{ Time time.Time }

// Parse returns the zero date and ErrNone.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) { return Date{}, ErrNone }
