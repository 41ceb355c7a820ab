package telegram

import (
	"strings"
	"unicode/utf16"

	"newsdesk/bot"
)

// shown returns the block with the text that is shown in place of the text that
// was given. What is shown is split, not what was given: it may be longer.
func shown(b bot.Block) bot.Block {
	out := bot.Block{Kind: b.Kind}
	for _, s := range b.Spans {
		s.Text, s.Own = spanText(s), true
		out.Spans = append(out.Spans, s)
	}
	return out
}

// split cuts a shown block into blocks of at most limit units each, at a space
// where there is one. A span that is cut keeps its look and its link on both
// sides. It is linear in the length of the block.
func split(b bot.Block, limit int) []bot.Block {
	var out []bot.Block
	cur, room := bot.Block{Kind: b.Kind}, limit
	for _, s := range b.Spans {
		for s.Text != "" {
			at, used := cutAt(s.Text, room)
			if at > 0 {
				head := s
				head.Text = s.Text[:at]
				cur.Spans = append(cur.Spans, head)
				room -= used
			}
			if s.Text = s.Text[at:]; s.Text != "" {
				out = append(out, cur)
				cur, room = bot.Block{Kind: b.Kind}, limit
				s.Text = strings.TrimLeft(s.Text, " ")
			}
		}
	}
	if len(cur.Spans) > 0 {
		out = append(out, cur)
	}
	return out
}

// cutAt returns the byte up to which s takes at most room units, and how many
// it takes: all of s, or up to behind the last space when one stands in the
// second half.
func cutAt(s string, room int) (at, used int) {
	space, usedToSpace := -1, 0
	for i, r := range s {
		n := max(utf16.RuneLen(r), 1)
		if used+n > room {
			if space > i/2 {
				return space, usedToSpace
			}
			return i, used
		}
		used += n
		if r == ' ' {
			space, usedToSpace = i+1, used
		}
	}
	return len(s), used
}
