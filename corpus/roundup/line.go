package roundup

import (
	"bytes"

	"newsdesk/corpus/text"
)

// line is a line of a page: of a text, or what an HTML page shows as one.
type line struct {
	// n is where it begins in the file, counted from 1.
	n int
	// text is clean and not empty.
	text string
	// mark is what the text is in the format.
	mark mark
	// element is what HTML says of it.
	element element
	// gap says that something separates it from the line before: an empty line,
	// a paragraph's end.
	gap bool
	// margin says that it stands in a part of the page beside the articles.
	margin bool
	// links are the addresses that it leads to.
	links []string
}

// element is the kind of HTML element that a line stands in.
type element int

const (
	plain element = iota
	heading
	caption
)

// textLines returns the lines of a text.
func textLines(data []byte) ([]line, *Error) {
	var all []line
	gap := true
	n := 0
	for rest := data; len(rest) > 0; {
		n++
		raw, after := cutLine(rest)
		rest = after
		if len(raw) > MaxLine {
			return nil, longLine(n)
		}
		paragraphs := text.Paragraphs(string(raw))
		for _, p := range paragraphs {
			all = append(all, line{n: n, text: p, mark: markOf(p), gap: gap})
			gap = false
		}
		if len(all) > maxLines {
			return nil, manyLines(n)
		}
		gap = gap || len(paragraphs) == 0
	}
	return all, nil
}

// cutLine cuts a line off data, at "\n", "\r\n" or "\r".
func cutLine(data []byte) (line, rest []byte) {
	i := bytes.IndexAny(data, "\r\n")
	if i < 0 {
		return data, nil
	}
	if bytes.HasPrefix(data[i:], []byte("\r\n")) {
		return data[:i], data[i+2:]
	}
	return data[:i], data[i+1:]
}

func manyLines(n int) *Error { return faultf(n, "more than %d lines", maxLines) }

func longLine(n int) *Error { return faultf(n, "longer than %d MiB", MaxLine>>20) }
