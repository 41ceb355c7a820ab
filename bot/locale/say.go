package locale

import (
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"

	"newsdesk/bot"
)

// slot is the first of the characters that stand for arguments while a text is
// put together: they are of a plane for private use, which no text of ours has.
// Arguments never pass through a template.
const slot = '\U000F0000'

// strict fails on a placeholder without an argument. It holds nothing.
var strict = &template.TextParser{Option: "missingkey=error"}

// Spans says m. What is the program's own is Own, what came from elsewhere is
// not.
func (t Texts) Spans(m Message) []bot.Span { return t.Line(t.fill(m)...) }

// Block says m in a block of its own.
func (t Texts) Block(kind bot.BlockKind, m Message) bot.Block {
	return bot.Block{Kind: kind, Spans: t.Spans(m)}
}

// Say says m as a string, for where no spans can go. What came from elsewhere
// stands in it as bot.Span.Visible lets it through.
func (t Texts) Say(m Message) string {
	var s strings.Builder
	for _, span := range t.Spans(m) {
		if !span.Own {
			span.Text = span.Visible()
		}
		s.WriteString(span.Text)
	}
	return s.String()
}

// fill is Spans without the mark of a line.
func (t Texts) fill(m Message) []bot.Span {
	if m.key == "" {
		return nil
	}
	data := map[string]string{}
	var values []argument
	for name, value := range m.args {
		data[name] = string(slot + rune(len(values)))
		values = append(values, value)
	}
	config := i18n.LocalizeConfig{MessageID: m.key, TemplateData: data, TemplateParser: strict}
	if m.count != nil {
		config.PluralCount = *m.count
	}
	text, err := t.localizer.Localize(&config)
	if err != nil {
		// The tests say every message in every language; should one fail all the
		// same, its key is better than silence.
		text += "[" + m.key + "]"
	}
	return t.placed(text, values)
}

// placed puts the values into the text.
func (t Texts) placed(text string, values []argument) []bot.Span {
	var out []bot.Span
	from := 0
	for i, r := range text {
		if r < slot || r >= slot+rune(len(values)) {
			continue
		}
		out = append(out, own(text[from:i])...)
		out = append(out, values[r-slot](t)...)
		from = i + len(string(r))
	}
	return merged(append(out, own(text[from:])...))
}

// merged joins what has one look, and leaves out what is empty.
func merged(spans []bot.Span) []bot.Span {
	var out []bot.Span
	for _, s := range spans {
		last := len(out) - 1
		switch {
		case s.Text == "":
		case last >= 0 && alike(out[last], s):
			out[last].Text += s.Text
		default:
			out = append(out, s)
		}
	}
	return out
}

func alike(a, b bot.Span) bool {
	a.Text, b.Text = "", ""
	return a == b
}
