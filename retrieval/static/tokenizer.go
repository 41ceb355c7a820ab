package static

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unknown is the piece that stands for a word which cannot be spelled.
const unknown = "[UNK]"

// maxWord is the number of characters beyond which a word is unknown whatever
// it is, as BERT has it.
const maxWord = 100

// continuation marks, in the vocabulary, a piece that goes on a word.
const continuation = "##"

// tokenizer is BERT's uncased tokenizer: words in lower case without accents,
// punctuation apart, each word spelled by the longest pieces that fit from the
// left. It is safe for concurrent use; what changes is in a scanner.
//
// Pieces are found by a hash that grows byte by byte, so that a word's hash is
// there when its last byte is, and all beginnings of a word are hashed in one
// pass over it.
type tokenizer struct {
	pieces  []piece
	slots   []uint16 // 1 + id of the piece, 0 for none; open addressing
	unknown int32
	longest int // bytes of the longest piece
}

// piece is one line of the vocabulary, without its continuation mark.
type piece struct {
	text string
	goes bool // it goes on a word
}

// newTokenizer reads a vocabulary: one piece a line, the line's number, from 0,
// is the token's id. At most 65,535 pieces.
func newTokenizer(vocabulary string) (*tokenizer, error) {
	vocabulary = strings.TrimSuffix(vocabulary, "\n")
	n := strings.Count(vocabulary, "\n") + 1
	if n >= 1<<16 {
		return nil, fmt.Errorf("static: a vocabulary of %d pieces, at most %d fit", n, 1<<16-1)
	}
	t := &tokenizer{pieces: make([]piece, 0, n), slots: make([]uint16, slotsFor(n))}
	for line := range strings.SplitSeq(vocabulary, "\n") {
		t.add(line)
	}
	id, ok := t.find([]byte(unknown), false, hashOf(unknown, false))
	if !ok {
		return nil, errors.New("static: the vocabulary has no " + unknown)
	}
	t.unknown = id
	return t, nil
}

// slotsFor returns a power of two that leaves at least half of the slots empty:
// a word that is no piece is then known as such after some two looks.
func slotsFor(pieces int) int {
	n := 16
	for n < 2*pieces {
		n *= 2
	}
	return n
}

func (t *tokenizer) add(line string) {
	text, goes := strings.CutPrefix(line, continuation)
	if text == "" { // the mark itself is a piece that starts a word
		text, goes = line, false
	}
	t.pieces = append(t.pieces, piece{text, goes})
	t.longest = max(t.longest, len(text))
	mask := uint32(len(t.slots) - 1)
	at := spread(hashOf(text, goes)) & mask
	for t.slots[at] != 0 {
		at = (at + 1) & mask
	}
	t.slots[at] = uint16(len(t.pieces))
}

// find returns the id of the piece with this text; hash is its hashOf.
func (t *tokenizer) find(text []byte, goes bool, hash uint32) (id int32, ok bool) {
	mask := uint32(len(t.slots) - 1)
	for at := spread(hash) & mask; t.slots[at] != 0; at = (at + 1) & mask {
		p := &t.pieces[t.slots[at]-1]
		if p.goes == goes && p.text == string(text) {
			return int32(t.slots[at]) - 1, true
		}
	}
	return 0, false
}

// The hash is FNV-1a with another start for pieces that go on a word.
const (
	startHash = 2166136261
	goesHash  = startHash ^ 0x9e3779b9
	prime     = 16777619
)

func step(hash uint32, b byte) uint32 { return (hash ^ uint32(b)) * prime }

// spread brings the upper bits down, where the mask looks.
func spread(hash uint32) uint32 { return hash ^ hash>>15 }

func hashOf(text string, goes bool) uint32 {
	hash := uint32(startHash)
	if goes {
		hash = goesHash
	}
	for i := range len(text) {
		hash = step(hash, text[i])
	}
	return hash
}

// scanner turns texts into tokens, one after the other, and keeps its buffers.
// Not safe for concurrent use.
type scanner struct {
	*tokenizer
	tokens []int32

	word  []byte // the word so far, in lower case
	runes int    // characters of the word so far, also those beyond maxWord
	hash  uint32

	folded []byte
	hashes [maxWord*utf8.UTFMax + 1]uint32
}

func newScanner(t *tokenizer) *scanner {
	return &scanner{tokenizer: t, hash: startHash, word: make([]byte, 0, maxWord*utf8.UTFMax)}
}

// The classes of ASCII bytes; a letter or digit is its own lower case.
const (
	dropped byte = iota
	space
	mark
	high // the first or a later byte of a character beyond ASCII
)

// classes holds a class for each byte, or the byte in lower case where it
// belongs to a word. No class is a byte of a word: those are above 0x2f.
var classes = func() (c [256]byte) {
	for b := range c {
		switch {
		case b >= utf8.RuneSelf:
			c[b] = high
		case b == ' ' || b == '\t' || b == '\n' || b == '\r':
			c[b] = space
		case b < ' ' || b == 0x7f:
			c[b] = dropped
		case 'A' <= b && b <= 'Z':
			c[b] = byte(b) + 'a' - 'A'
		case 'a' <= b && b <= 'z' || '0' <= b && b <= '9':
			c[b] = byte(b)
		default:
			c[b] = mark
		}
	}
	return c
}()

// scan returns the tokens of text. The slice is overwritten by the next call.
func (s *scanner) scan(text string) []int32 {
	s.tokens = s.tokens[:0]
	for i := 0; i < len(text); i++ {
		switch c := classes[text[i]]; c {
		case space:
			s.endWord()
		case dropped:
		case mark:
			s.alone(rune(text[i]))
		case high:
			end := i + 1
			for end < len(text) && text[end] >= utf8.RuneSelf {
				end++
			}
			s.beyondASCII(text[i:end])
			i = end - 1
		default:
			s.addByte(c)
		}
	}
	s.endWord()
	return s.tokens
}

// beyondASCII scans a run of characters beyond ASCII. A run can be decomposed
// by itself because an ASCII character neither joins with nor moves past
// another. Bytes that are no UTF-8 go first: what follows them would not be
// decomposed.
func (s *scanner) beyondASCII(run string) {
	if r, n := utf8.DecodeRuneInString(run); n == len(run) && common(r) {
		s.alone(r)
		return
	}
	if !utf8.ValidString(run) {
		run = strings.ToValidUTF8(run, "")
	}
	s.folded = norm.NFD.AppendString(s.folded[:0], run)
	for rest := s.folded; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		rest = rest[n:]
		s.addRune(r)
	}
}

// common reports whether r is one of the marks beyond ASCII that English news
// text is full of; they need no look into Unicode's tables.
func common(r rune) bool {
	switch r {
	case '‘', '’', '“', '”', '–', '—', '…':
		return true
	}
	return false
}

func (s *scanner) addRune(r rune) {
	switch {
	case unicode.Is(unicode.Mn, r), isDropped(r):
	case unicode.IsSpace(r):
		s.endWord()
	case isCJK(r), isMark(r):
		s.alone(r)
	default:
		s.letter(unicode.ToLower(r))
	}
}

// isDropped reports whether r is a control, format, private or unassigned
// character, or stands for bytes that are no UTF-8. The controls that are white
// space are ASCII and never get here, all but U+0085, which BERT drops too.
func isDropped(r rune) bool { return r == utf8.RuneError || unicode.Is(unicode.C, r) }

func isMark(r rune) bool {
	if r < utf8.RuneSelf {
		return classes[r] == mark
	}
	return unicode.IsPunct(r)
}

// isCJK reports whether r is in one of the blocks of ideographs, each of which
// is a word.
func isCJK(r rune) bool {
	switch {
	case r < 0x3400:
		return false
	case r <= 0x4dbf, 0x4e00 <= r && r <= 0x9fff, 0xf900 <= r && r <= 0xfaff:
		return true
	case 0x20000 <= r && r <= 0x2a6df, 0x2a700 <= r && r <= 0x2ceaf, 0x2f800 <= r && r <= 0x2fa1f:
		return true
	}
	return false
}

// alone makes a word of one character.
func (s *scanner) alone(r rune) {
	s.endWord()
	s.letter(r)
	s.endWord()
}

func (s *scanner) letter(r rune) {
	if r < utf8.RuneSelf {
		s.addByte(byte(r))
		return
	}
	if s.runes++; s.runes > maxWord {
		return
	}
	from := len(s.word)
	s.word = utf8.AppendRune(s.word, r)
	for _, b := range s.word[from:] {
		s.hash = step(s.hash, b)
	}
}

func (s *scanner) addByte(b byte) {
	if s.runes++; s.runes > maxWord {
		return
	}
	s.word = append(s.word, b)
	s.hash = step(s.hash, b)
}

// endWord spells the word so far and begins the next.
func (s *scanner) endWord() {
	if s.runes == 0 {
		return
	}
	if s.runes > maxWord {
		s.tokens = append(s.tokens, s.unknown)
	} else if id, ok := s.find(s.word, false, s.hash); ok {
		s.tokens = append(s.tokens, id)
	} else {
		s.spell()
	}
	s.word, s.runes, s.hash = s.word[:0], 0, startHash
}

// spell appends the longest pieces that fit from the left, or the unknown
// token when at some place none does.
func (s *scanner) spell() {
	before := len(s.tokens)
	for at := 0; at < len(s.word); {
		id, n := s.longestPiece(s.word[at:], at > 0)
		if n == 0 {
			s.tokens = append(s.tokens[:before], s.unknown)
			return
		}
		s.tokens = append(s.tokens, id)
		at += n
	}
}

// longestPiece returns the longest piece that rest begins with, and its length
// in bytes; 0 when there is none. Pieces are whole characters, so a beginning
// that ends inside one finds nothing.
func (s *scanner) longestPiece(rest []byte, goes bool) (id int32, n int) {
	limit := min(len(rest), s.longest)
	s.hashes[0] = startHash
	if goes {
		s.hashes[0] = goesHash
	}
	for i, b := range rest[:limit] {
		s.hashes[i+1] = step(s.hashes[i], b)
	}
	for n = limit; n > 0; n-- {
		if id, ok := s.find(rest[:n], goes, s.hashes[n]); ok {
			return id, n
		}
	}
	return 0, 0
}
