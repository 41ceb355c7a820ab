package feed

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"newsdesk/corpus/charset"
)

const (
	// maxDepth is how deep elements may be in each other. Feeds need 5, and what
	// they hold of HTML some 50; each level costs the parsers stack.
	maxDepth = 500
	// maxText is how long a text without tags, or a section, may be, in bytes: some
	// hundred times a long article. maxTag is the same for a tag.
	maxText = 2 << 20
	maxTag  = 64 << 10
	// maxPrologue is how much may stand before a feed begins, in bytes.
	maxPrologue = 4 << 10
	// maxHead is how long the part of a feed before its first item may be when
	// items are read one by one.
	maxHead = 64 << 10
	// maxSalvaged is how many items are read one by one.
	maxSalvaged = 200
)

var (
	declaration = regexp.MustCompile(`^<\?xml[^>]{0,300}\?>`)
	root        = regexp.MustCompile(`(?i)<(?:[a-z0-9]{1,20}:)?(?:rss|rdf|feed|channel)[\s>]`)
	itemStart   = regexp.MustCompile(`<(?:item|entry)[\s>]`)
	itemEnd     = regexp.MustCompile(`</(?:item|entry)\s*>`)
)

// mend makes of bytes what the parser can begin with: UTF-8, without what stands
// before the feed and without characters that XML has not.
func mend(data []byte, contentType string) []byte {
	data = bytes.TrimLeft(charset.UTF8(data, contentType), " \t\r\n\x00\uFEFF")
	start := data[:min(len(data), maxPrologue)]
	if len(data) > 0 && (data[0] == '{' || data[0] == '[') {
		return data
	}
	if at := bytes.Index(start, []byte("<?xml")); at > 0 {
		data = data[at:]
	}
	if m := declaration.Find(data); m != nil {
		data = data[len(m):] // it may name another character set, or a version that the parser refuses
	}
	if at := root.FindIndex(data[:min(len(data), maxPrologue)]); at != nil && !bytes.Contains(data[:at[0]], []byte("<html")) {
		data = data[at[0]:] // a DOCTYPE is nothing that the parser needs
	}
	return atMost(maxItems, withoutImages(onlyCharacters(data)))
}

// images are pictures that stand in the text itself; they are most of the bytes
// where they are.
var images = regexp.MustCompile(`data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]+`)

func withoutImages(data []byte) []byte {
	if !bytes.Contains(data, []byte(";base64,")) {
		return data
	}
	return images.ReplaceAll(data, []byte("data:"))
}

// atMost cuts a feed after its first n items.
func atMost(n int, data []byte) []byte {
	first := itemStart.FindIndex(data[:min(len(data), maxHead)])
	if first == nil {
		return data
	}
	ends := itemEnd.FindAllIndex(data, n+1)
	if len(ends) <= n {
		return data
	}
	return closed(data[:first[0]], data[first[0]:ends[n-1][1]])
}

// onlyCharacters takes out what XML does not allow; a reference to such a character
// becomes a space.
func onlyCharacters(data []byte) []byte {
	if bytes.IndexFunc(data, isNoCharacter) >= 0 {
		data = bytes.Map(func(r rune) rune {
			if isNoCharacter(r) {
				return -1
			}
			return r
		}, data)
	}
	return references.ReplaceAllFunc(data, func(reference []byte) []byte {
		digits, base := string(reference[2:len(reference)-1]), 10
		if digits[0] == 'x' || digits[0] == 'X' {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) || isNoCharacter(rune(n)) {
			return []byte(" ")
		}
		return reference
	})
}

// references are characters by their number that may not be allowed: those of
// control characters and of half a character.
var references = regexp.MustCompile(`&#(?:0*[0-9]{1,2}|[0-9]{5,}|[xX]0*[0-9a-fA-F]{1,2}|[xX][0-9a-fA-F]{4,});`)

func isNoCharacter(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError
}

// looksLikeFeed reports whether what was mended begins as a feed.
func looksLikeFeed(data []byte) bool {
	at := root.FindIndex(data[:min(len(data), maxPrologue)])
	return at != nil && at[0] == 0
}

// isTooMuch reports whether elements are nested too deep, counted as the parser
// does: an end tag closes everything that was opened since its start. It also
// does for a tag or a text that is too long.
func isTooMuch(data []byte) bool {
	var open [][]byte
	for len(data) > 0 {
		at := bytes.IndexByte(data, '<')
		if at < 0 {
			return len(data) > maxText
		}
		if at > maxText {
			return true
		}
		data = data[at:]
		switch {
		case bytes.HasPrefix(data, []byte("<![CDATA[")):
			rest := after(data, "]]>")
			if len(data)-len(rest) > maxText {
				return true
			}
			data = rest
			continue
		case bytes.HasPrefix(data, []byte("<!--")):
			data = after(data, "-->")
			continue
		}
		end := bytes.IndexByte(data, '>')
		if end < 0 {
			return len(data) > maxTag
		}
		tag := data[1:end]
		if len(tag) > maxTag {
			return true
		}
		data = data[end+1:]
		if open = nest(open, tag); len(open) > maxDepth {
			return true
		}
	}
	return false
}

func after(data []byte, mark string) []byte {
	if at := bytes.Index(data, []byte(mark)); at >= 0 {
		return data[at+len(mark):]
	}
	return nil
}

// nest returns the elements that are open after a tag.
func nest(open [][]byte, tag []byte) [][]byte {
	if len(tag) == 0 || tag[0] == '?' || tag[0] == '!' || tag[len(tag)-1] == '/' {
		return open
	}
	if tag[0] != '/' {
		return append(open, nameOfTag(tag))
	}
	name := nameOfTag(tag[1:])
	for i := len(open) - 1; i >= 0; i-- {
		if bytes.Equal(open[i], name) {
			return open[:i]
		}
	}
	return open
}

func nameOfTag(tag []byte) []byte {
	if end := bytes.IndexAny(tag, " \t\r\n/"); end >= 0 {
		return tag[:end]
	}
	return tag
}

// salvage reads the items of a broken feed one by one and drops those that
// cannot be read. Nil if none can.
func salvage(data []byte) *gofeed.Feed {
	first := itemStart.FindIndex(data[:min(len(data), maxHead)])
	if first == nil || !looksLikeFeed(data) {
		return nil
	}
	head, rest := data[:first[0]], data[first[0]:]
	var whole *gofeed.Feed
	for range maxSalvaged {
		end := itemEnd.FindIndex(rest)
		if end == nil {
			break
		}
		part, err := parse(closed(head, rest[:end[1]]))
		switch {
		case err != nil:
		case whole == nil:
			whole = part
		default:
			whole.Items = append(whole.Items, part.Items...)
		}
		rest = rest[end[1]:]
		next := itemStart.FindIndex(rest)
		if next == nil {
			break
		}
		rest = rest[next[0]:]
	}
	return whole
}

// closed is a feed of one item, with the ends of what its head opens.
func closed(head, item []byte) []byte {
	one := append(bytes.Clone(head), item...)
	var open [][]byte
	for rest := head; ; {
		at := bytes.IndexByte(rest, '<')
		if at < 0 {
			break
		}
		rest = rest[at:]
		end := bytes.IndexByte(rest, '>')
		if end < 0 {
			break
		}
		open = nest(open, rest[1:end])
		rest = rest[end+1:]
	}
	for i := len(open) - 1; i >= 0; i-- {
		one = append(append(append(one, "</"...), open[i]...), '>')
	}
	return one
}
