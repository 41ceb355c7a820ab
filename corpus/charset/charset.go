// Package charset brings XML and lists of strangers into UTF-8, whatever they are
// in.
//
// What a document says of itself counts less than what it is: bytes that are UTF-8
// beyond ASCII are hardly ever anything else, and most documents that say UTF-8
// and are not are Windows-1252.
//
// Everything here is pure, safe for concurrent use, and never fails.
package charset

import (
	"bytes"
	"mime"
	"regexp"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// UTF8 returns a document in UTF-8, without the mark of its beginning. contentType
// is the header of that name; may be empty.
func UTF8(data []byte, contentType string) []byte {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if e := Wide(data); e != nil {
		return decode(e, data)
	}
	return Piece(data, Named(data, contentType))
}

// Piece returns a piece of a document in UTF-8. named is what [Named] found at the
// beginning of the document.
func Piece(data []byte, named encoding.Encoding) []byte {
	if utf8.Valid(data) && !(named != nil && bytes.IndexByte(data, 0x1B) >= 0) { // ISO-2022-JP is ASCII with escapes
		return data
	}
	if named == nil || named == encoding.Encoding(unicode.UTF8) {
		return decodeMixed(data)
	}
	return decode(named, data)
}

// Wide is UTF-16, by the mark at the beginning of a document or by the zeros of its
// first tag; nil for all others.
func Wide(data []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{'<', 0, '?', 0}), bytes.HasPrefix(data, []byte{'<', 0, 'r', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}), bytes.HasPrefix(data, []byte{0, '<', 0, '?'}), bytes.HasPrefix(data, []byte{0, '<', 0, 'r'}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

// declared finds the character set in an XML declaration.
var declared = regexp.MustCompile(`^<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)`)

// Named is the encoding that the declaration at the beginning of a document names,
// else the header; nil for none, for one that nobody knows, and for UTF-8.
func Named(data []byte, contentType string) encoding.Encoding {
	if m := declared.FindSubmatch(bytes.TrimLeft(data, " \t\r\n")); m != nil {
		if e, name := charset.Lookup(string(m[1])); e != nil && name != "utf-8" && !isWide(name) {
			return e
		}
	}
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil
	}
	if e, name := charset.Lookup(parameters["charset"]); e != nil && name != "utf-8" && !isWide(name) {
		return e
	}
	return nil
}

// isWide reports whether a name is one that the bytes are not: those of UTF-16
// were recognised before.
func isWide(name string) bool { return name == "utf-16le" || name == "utf-16be" }

// decode never fails: what cannot be decoded becomes U+FFFD.
func decode(e encoding.Encoding, data []byte) []byte {
	decoded, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return decodeMixed(data)
	}
	return decoded
}

// decodeMixed takes as Windows-1252 every byte that is not UTF-8.
func decodeMixed(data []byte) []byte {
	out := make([]byte, 0, len(data)+len(data)/8)
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(data[0])
		}
		out = utf8.AppendRune(out, r)
		data = data[size:]
	}
	return out
}
