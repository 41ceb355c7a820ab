package page

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"
)

const (
	// MaxBytes is the length of the longest page that is read. The longest pages
	// of outlets have 5 MB, most of it scripts.
	MaxBytes = 10 << 20
	// maxTags bounds the elements of a page without its scripts. Pages of outlets
	// have up to 10,000; what is made of 25,000 needs up to 55 MiB, see
	// TestBombs.
	maxTags = 25_000
	// maxScript bounds one script or stretch of text, in bytes.
	maxScript = 4 << 20
	// maxLean bounds what is left of a page without its scripts, in bytes.
	maxLean = 3 << 19
)

// lean returns a page in UTF-8 and without what is no part of an article: scripts
// but for JSON-LD, styles, drawings, comments. The extractors need not see them,
// and they are most of a page.
func lean(data []byte, contentType string) (string, error) {
	if len(data) > MaxBytes {
		return "", fmt.Errorf("%w: it is longer than %d MiB", ErrUnreadable, MaxBytes>>20)
	}
	if isOther(data, contentType) {
		return "", ErrOther
	}
	l := leaner{tokens: html.NewTokenizer(inUTF8(data, contentType))}
	l.tokens.SetMaxBuf(maxScript)
	for l.next() {
	}
	if l.tokens.Err() == html.ErrBufferExceeded {
		return "", fmt.Errorf("%w: a script in it is too long", ErrUnreadable)
	}
	if l.tags > maxTags || l.out.Len() > maxLean {
		return "", fmt.Errorf("%w: it has too many elements", ErrUnreadable)
	}
	return strings.ReplaceAll(l.out.String(), "\x00", ""), nil
}

const (
	// sniffed is how much of a file is looked at to tell what it is, in bytes.
	sniffed = 4 << 10
	// mostStray is the share of bytes that no text has which a page may have: one
	// in so many. Of random bytes, one in ten is such a byte.
	mostStray = 50
)

// isOther reports whether data is something else than a page: by its first bytes,
// as browsers tell, or because it is full of bytes that no text has.
func isOther(data []byte, contentType string) bool {
	kind := http.DetectContentType(data)
	if strings.HasPrefix(kind, "text/") || strings.Contains(strings.ToLower(contentType), "utf-16") {
		return false
	}
	if kind != "application/octet-stream" {
		return true
	}
	head := data[:min(len(data), sniffed)]
	stray := 0
	for _, b := range head {
		if b < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1b", rune(b)) { // escapes are of ISO-2022
			stray++
		}
	}
	return stray*mostStray > len(head)
}

// inUTF8 reads data as UTF-8. Bytes that are UTF-8 are taken for nothing else,
// whatever they say; of others, what the page says counts as far as it is looked
// at, which is further than browsers do.
func inUTF8(data []byte, contentType string) io.Reader {
	if utf8.Valid(data) {
		return bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF")))
	}
	e, _, certain := charset.DetermineEncoding(data, contentType)
	if m := declared.FindSubmatch(data[:min(len(data), 16<<10)]); !certain && m != nil {
		if named, _ := charset.Lookup(string(m[1])); named != nil {
			e = named
		}
	}
	return transform.NewReader(bytes.NewReader(data), e.NewDecoder())
}

var declared = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})`)

type leaner struct {
	tokens *html.Tokenizer
	out    strings.Builder
	tags   int
	// skipped is the element that is passed over, depth how deep it is in itself.
	skipped string
	depth   int
}

func (l *leaner) next() bool {
	kind := l.tokens.Next()
	raw := l.tokens.Raw()
	switch kind {
	case html.ErrorToken:
		return false
	case html.CommentToken:
		return true
	case html.StartTagToken, html.SelfClosingTagToken:
		l.tags++
		raw = bytes.Clone(raw)
		if l.start(kind == html.SelfClosingTagToken) {
			return l.fits()
		}
	case html.EndTagToken:
		raw = bytes.Clone(raw)
		if name, _ := l.tokens.TagName(); l.skipped == string(name) {
			if l.depth--; l.depth == 0 {
				l.skipped = ""
			}
			return true
		}
	}
	if l.skipped == "" {
		l.out.Write(raw)
	}
	return l.fits()
}

// start reports whether an element that begins is passed over.
func (l *leaner) start(closed bool) bool {
	raw, more := l.tokens.TagName()
	name := string(raw)
	if l.skipped != "" {
		if name == l.skipped && !closed {
			l.depth++
		}
		return true
	}
	if !dropped[name] || name == "script" && more && l.isData() {
		return false
	}
	if !closed || name != "svg" && name != "math" {
		l.skipped, l.depth = name, 1
	}
	return true
}

// isData reports whether a script is JSON-LD.
func (l *leaner) isData() bool {
	for {
		key, value, more := l.tokens.TagAttr()
		if string(key) == "type" && strings.Contains(strings.ToLower(string(value)), "ld+json") {
			return true
		}
		if !more {
			return false
		}
	}
}

func (l *leaner) fits() bool { return l.tags <= maxTags && l.out.Len() <= maxLean }

// dropped are elements in which no others begin, so that it is certain where they
// end.
var dropped = set("script style noscript iframe")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
