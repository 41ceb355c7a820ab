package apiserver

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// runeUnits is the number of UTF-16 units of r.
func runeUnits(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// units is the length of s in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

// trim cuts the white space around text, as Telegram does, and moves the
// entities along; those that held nothing else are dropped.
func trim(text string, entities []Entity) (string, []Entity) {
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	cut := units(text[:len(text)-len(left)])
	trimmed := strings.TrimRightFunc(left, unicode.IsSpace)
	end := units(trimmed)
	var kept []Entity
	for _, e := range entities {
		from, to := max(e.Offset-cut, 0), min(e.Offset-cut+e.Length, end)
		if from < to {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}
	return trimmed, kept
}

// given are the types that a bot may put into the entities of a message, with
// the field that each needs.
var given = map[string]string{
	"mention": "", "hashtag": "", "cashtag": "", "bot_command": "", "url": "", "email": "", "phone_number": "",
	"bold": "", "italic": "", "underline": "", "strikethrough": "", "spoiler": "", "blockquote": "",
	"expandable_blockquote": "", "code": "", "pre": "",
	"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id",
}

// checkEntities holds entities that a bot gave against its text.
func checkEntities(text string, entities []Entity) *Refusal {
	end := units(text)
	for _, e := range entities {
		if r := checkEntity(e); r != nil {
			return r
		}
		switch {
		case e.Offset < 0:
			return badRequest("receive an entity with incorrect offset %d", e.Offset)
		case e.Length < 0:
			return badRequest("receive an entity with incorrect length %d", e.Length)
		case e.Offset >= end && e.Length > 0:
			return badRequest("entity begins after the end of the text at UTF-16 offset %d", e.Offset)
		case e.Offset+e.Length > end:
			return badRequest("entity beginning at UTF-16 offset %d ends after the end of the text at UTF-16 offset %d", e.Offset, e.Offset+e.Length)
		}
	}
	return nil
}

func checkEntity(e Entity) *Refusal {
	needs, known := given[e.Type]
	has := map[string]bool{"": true, "url": e.URL != "", "user": e.User != nil, "custom_emoji_id": e.EmojiID != ""}
	switch {
	case !known:
		return badRequest("can't parse MessageEntity: Unsupported type specified")
	case !has[needs]:
		return badRequest("can't parse MessageEntity: Can't find field %q", needs)
	case needs == "url" && checkURL(e.URL) != "":
		return badRequest("entity URL '%s' is invalid: %s", e.URL, checkURL(e.URL))
	case needs == "custom_emoji_id" && !isEmojiID(e.EmojiID):
		return badRequest(`can't parse MessageEntity: Field "custom_emoji_id" must be a valid Number`)
	}
	return nil
}

// found returns the entities that Telegram finds in what a person writes:
// commands, mentions and addresses of the web.
func found(text string) []Entity {
	var entities []Entity
	offset, before := 0, ' '
	for i, r := range text {
		if length, kind := startsAt(text[i:], before); length > 0 && !covers(entities, offset) {
			entities = append(entities, Entity{Type: kind, Offset: offset, Length: units(text[i : i+length])})
		}
		offset += runeUnits(r)
		before = r
	}
	return entities
}

// withFound adds to the entities of a bot's text what Telegram finds in it, where
// none of them forbids it.
func withFound(text string, entities []Entity) []Entity {
	all := entities
	for _, e := range found(text) {
		if !slices.ContainsFunc(entities, func(own Entity) bool { return own.closed() && own.overlaps(e) }) {
			all = append(all, e)
		}
	}
	if len(all) > len(entities) {
		slices.SortStableFunc(all, func(a, b Entity) int { return cmp.Or(a.Offset-b.Offset, b.Length-a.Length) })
	}
	return all
}

// closed reports whether nothing is looked for inside of the entity.
func (e Entity) closed() bool {
	return slices.Contains([]string{"code", "pre", "text_link", "text_mention", "mention", "bot_command", "url"}, e.Type)
}

func (e Entity) overlaps(o Entity) bool {
	return e.Offset < o.Offset+o.Length && o.Offset < e.Offset+e.Length
}

func covers(entities []Entity, offset int) bool {
	return slices.ContainsFunc(entities, func(e Entity) bool {
		return e.Offset <= offset && offset < e.Offset+e.Length
	})
}

// startsAt returns the length in bytes and the type of the entity at the start
// of s, which follows the rune before; 0 when there is none.
func startsAt(s string, before rune) (int, string) {
	if isWord(before) || before == '/' || before == '@' {
		return 0, ""
	}
	switch {
	case s[0] == '@':
		return nameLength(s), "mention"
	case s[0] == '/' && before != '<' && before != '>':
		return commandLength(s), "bot_command"
	case strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://"):
		end := strings.IndexFunc(s, unicode.IsSpace)
		if end < 0 {
			end = len(s)
		}
		return len(strings.TrimRight(s[:end], ".,;:!?)")), "url"
	}
	return 0, ""
}

// nameLength is the length of "@name" at the start of s, 0 when it is none:
// names have 3 to 32 letters, digits and underscores.
func nameLength(s string) int {
	n := wordLength(s[1:])
	if n < 3 || n > 32 {
		return 0
	}
	return n + 1
}

// commandLength is the length of "/name" or "/name@bot", 0 when it is none.
func commandLength(s string) int {
	n := wordLength(s[1:])
	if n == 0 || n > 64 {
		return 0
	}
	rest := s[1+n:]
	if rest != "" && strings.IndexByte("/<>", rest[0]) >= 0 {
		return 0 // a path or a tag
	}
	if strings.HasPrefix(rest, "@") {
		return 1 + n + nameLength(rest)
	}
	return 1 + n
}

func wordLength(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf || r != '_' && !isAlnum(byte(r)) })
	if n < 0 {
		return len(s)
	}
	return n
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// stretch returns the text of an entity.
func stretch(text string, e Entity) string {
	var out strings.Builder
	offset := 0
	for _, r := range text {
		if e.Offset <= offset && offset < e.Offset+e.Length {
			out.WriteRune(r)
		}
		offset += runeUnits(r)
	}
	return out.String()
}
