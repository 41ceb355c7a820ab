package explain

import (
	"fmt"
	"strings"
	"time"

	"newsdesk/bot"
)

// The most that is shown of a record, so that it stays about two screens of a
// phone.
const (
	shownHits    = 8
	shownDropped = 8
)

// Reply lays a record out. Everything that people, articles and models wrote
// stands in spans that are not the program's own.
func Reply(r Record) bot.Reply {
	blocks := reading(r)
	for _, s := range r.Searches {
		blocks = append(blocks, searching(s)...)
	}
	blocks = append(blocks, dropping(r.Dropped)...)
	if line := steps(r.Steps); line != "" {
		blocks = append(blocks, bot.Own(bot.Small, line))
	}
	return bot.Reply{Blocks: blocks}
}

// labelled is a line of "label: text".
func labelled(kind bot.BlockKind, label, text string) bot.Block {
	return bot.Block{Kind: kind, Spans: []bot.Span{{Text: label + ": ", Bold: true, Own: true}, {Text: text}}}
}

func reading(r Record) []bot.Block {
	asked := r.Asked
	if r.Cleared {
		asked = "(the texts were removed)"
	}
	blocks := []bot.Block{labelled(bot.Paragraph, "Asked on "+r.At.Format("2 January 2006, 15:04"), asked)}
	if r.Restated != "" {
		blocks = append(blocks, labelled(bot.Item, "Taken for", r.Restated))
	}
	blocks = append(blocks, labelled(bot.Item, "Kind", r.Kind), labelled(bot.Item, "Answered", answered(r)))
	if r.Premise != "" {
		blocks = append(blocks, labelled(bot.Item, "No article says that", r.Premise))
	}
	for _, u := range r.Unanswered {
		blocks = append(blocks, labelled(bot.Item, "Not answered", u))
	}
	return blocks
}

func answered(r Record) string {
	by := ""
	if r.Model != "" {
		by = ", written by " + r.Model
	}
	if !r.Found {
		return "no" + by
	}
	return fmt.Sprintf("yes, %s%s", plural(len(r.Sentences), "sentence", "sentences"), by)
}

func searching(s Search) []bot.Block {
	blocks := []bot.Block{labelled(bot.Paragraph, "Searched for", s.Text)}
	for _, line := range filters(s) {
		blocks = append(blocks, labelled(bot.Item, line[0], line[1]))
	}
	for i, h := range s.Hits {
		if i == shownHits {
			blocks = append(blocks, bot.Own(bot.Item, fmt.Sprintf("and %s more", plural(len(s.Hits)-i, "passage", "passages"))))
			break
		}
		blocks = append(blocks, bot.Block{Kind: bot.Item, Spans: []bot.Span{
			{Text: fmt.Sprintf("%d. ", i+1), Own: true}, {Text: h.Outlet, Bold: true},
			{Text: " · " + day(h.Published) + " · " + h.Title}, {Text: places(h), Own: true},
		}})
	}
	if len(s.Hits) == 0 {
		blocks = append(blocks, bot.Own(bot.Item, "nothing was found"))
	}
	return blocks
}

// filters are the parts of a search besides its text: label and value.
func filters(s Search) [][2]string {
	var out [][2]string
	add := func(label, value string) {
		if value != "" {
			out = append(out, [2]string{label, value})
		}
	}
	add("Outlets", strings.Join(s.Outlets, ", "))
	add("Preferred", strings.Join(s.Preferred, ", "))
	add("From", day(s.From))
	add("To before", day(s.To))
	if !s.AsOf.IsZero() {
		add("As of", s.AsOf.Format("2 January 2006, 15:04"))
	}
	if s.Several {
		add("Spread", "over several articles and outlets")
	}
	if s.Latest {
		add("Order", "newer first")
	}
	add("Given up", strings.Join(s.Widened, ", "))
	add("Did not answer", strings.Join(s.Missing, ", "))
	return out
}

// places says " (dense 3, lexical 1)".
func places(h Hit) string {
	var parts []string
	for _, p := range h.Places {
		parts = append(parts, fmt.Sprintf("%s %d", p.Retriever, p.Rank))
	}
	if h.Copies > 0 {
		parts = append(parts, plural(h.Copies, "copy", "copies"))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func dropping(dropped []Dropped) []bot.Block {
	if len(dropped) == 0 {
		return nil
	}
	blocks := []bot.Block{bot.Own(bot.Paragraph, "Dropped: "+plural(len(dropped), "sentence", "sentences"))}
	for i, d := range dropped {
		if i == shownDropped {
			blocks = append(blocks, bot.Own(bot.Item, fmt.Sprintf("and %d more", len(dropped)-i)))
			break
		}
		text := d.Text
		if d.Detail != "" && d.Detail != d.Text {
			text += " ← " + d.Detail
		}
		blocks = append(blocks, labelled(bot.Item, d.Reason, text))
	}
	return blocks
}

// steps says "read 0.2 ms, retrieve 9.1 ms".
func steps(steps []Step) string {
	var parts []string
	for _, s := range steps {
		parts = append(parts, fmt.Sprintf("%s %.1f ms", s.Name, s.Seconds*1000))
	}
	return strings.Join(parts, ", ")
}

// day is empty for no day.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
