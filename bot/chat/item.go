package chat

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"unicode"

	"newsdesk/bot"
	"newsdesk/bot/memory"
	"newsdesk/bot/schedule"
)

// Questions about an item of a digest: whoever replies to the message that carries it,
// or quotes a line of it, asks about that story and that claim.

// commented addresses to the bot what replies to the forward of a digest of ours: it is
// seen by a bot that is an admin of the linked group only.
func (d *Desk) commented(ctx context.Context, m Message) (Message, error) {
	if m.Addressed || m.Post == (ChannelPost{}) || m.Edited || !askable(m.Text) {
		return m, nil
	}
	posts, err := d.Schedule.ByMessage(ctx, strconv.FormatInt(m.Post.Chat, 10), m.Post.Message)
	m.Addressed = len(posts) > 0
	return m, err
}

// aboutDigest returns what a question about a digest leans on; nil for any other.
func (t *talk) aboutDigest(ctx context.Context, a asking) ([]bot.Turn, error) {
	at := t.m.Post
	switch {
	case at != (ChannelPost{}):
	case t.m.RepliedToID != 0:
		at = ChannelPost{t.m.Place.Chat, t.m.RepliedToID}
	case t.m.Thread != (ChannelPost{}):
		at = t.m.Thread
	default:
		return nil, nil
	}
	posts, err := t.desk.Schedule.ByMessage(ctx, strconv.FormatInt(at.Chat, 10), at.Message)
	if err != nil || len(posts) == 0 {
		return nil, err
	}
	return []bot.Turn{itemTurn(posts, t.m.Quoted, a.question)}, nil
}

// itemTurn is the item that is asked about as a turn: its headline, and the line that was
// quoted or else its sentences. Where nothing tells which of several is meant, all are.
func itemTurn(posts []schedule.Post, quoted, question string) bot.Turn {
	item, ok := itemWith(posts, quoted)
	if !ok {
		item, ok = itemLike(posts, cmp.Or(quoted, question))
	}
	if !ok {
		var all []string
		for _, p := range posts {
			all = append(all, p.Text)
		}
		return bot.Turn{Answer: upTo(strings.Join(all, "\n"), memory.MaxTurnBytes/2)}
	}
	headline, sentences, _ := strings.Cut(item.Text, "\n")
	return bot.Turn{Question: upTo(headline, memory.MaxTurnBytes/2), Answer: upTo(cmp.Or(strings.TrimSpace(quoted), sentences, headline), memory.MaxTurnBytes/2)}
}

// itemWith returns the item that holds a quoted line, or the only one.
func itemWith(posts []schedule.Post, quoted string) (schedule.Post, bool) {
	if len(posts) == 1 {
		return posts[0], true
	}
	line := lettersOf(quoted)
	for _, p := range posts {
		if line != "" && strings.Contains(lettersOf(p.Text), line) {
			return p, true
		}
	}
	return schedule.Post{}, false
}

// itemLike returns the item that has more of the words than any other.
func itemLike(posts []schedule.Post, words string) (best schedule.Post, ok bool) {
	most := 0
	for _, p := range posts {
		n := shared(p.Text, words)
		if n > most {
			best, most, ok = p, n, true
		} else if n == most {
			ok = false
		}
	}
	return best, ok
}

// shared counts the words of four letters or more, or with a digit, that both have.
func shared(a, b string) int {
	in := map[string]bool{}
	for _, w := range wordsOf(a) {
		in[w] = true
	}
	n := 0
	for _, w := range wordsOf(b) {
		if in[w] {
			in[w] = false
			n++
		}
	}
	return n
}

func wordsOf(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len([]rune(w)) > 3 || strings.ContainsFunc(w, unicode.IsDigit) {
			out = append(out, w)
		}
	}
	return out
}

// lettersOf are the letters and digits of a text, in lower case: what a quoted line and
// the item have in common, however it is laid out.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// upTo cuts a text to so many bytes, between two characters.
func upTo(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
