package locale

import (
	"time"

	"newsdesk/bot"
)

// Message is something to be said, in no language yet. The functions of this
// package that return one are all there are; the zero Message says nothing.
type Message struct {
	key string
	// count chooses the plural form; nil for none.
	count *int
	args  map[string]argument
}

// argument becomes spans in a language.
type argument func(Texts) []bot.Span

// with is a Message without a number that chooses its form.
func with(key string, args ...map[string]argument) Message {
	m := Message{key: key, args: map[string]argument{}}
	for _, a := range args {
		for name, value := range a {
			m.args[name] = value
		}
	}
	return m
}

// counted is a Message whose form goes by n, which is its argument N.
func counted(key string, n int, args ...map[string]argument) Message {
	m := with(key, append(args, amount("N", n))...)
	m.count = &n
	return m
}

// amount is a count, in the digits of the language.
func amount(name string, n int) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return own(t.Number(n)) }}
}

// day is a date.
func day(name string, at time.Time) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return own(t.Day(at)) }}
}

// moment is a date with the time of day.
func moment(name string, at time.Time) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return own(t.Moment(at)) }}
}

// clock is a time of day.
func clock(name string, at time.Time) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return own(t.Clock(at)) }}
}

// span is a time from one day to another.
func span(name string, from, to time.Time) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return own(t.Span(from, to)) }}
}

// strange is a text of articles, models or people.
func strange(name, text string) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return t.Isolated(bot.Span{Text: text}) }}
}

// names are texts of strangers, listed: "a, b and c".
func names(name string, all []string) map[string]argument {
	spans := make([]bot.Span, len(all))
	for i, text := range all {
		spans[i] = bot.Span{Text: text}
	}
	return linked(name, spans)
}

// linked are spans of strangers, listed like names.
func linked(name string, all []bot.Span) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return t.list(t.eachIsolated(all)) }}
}

// series are spans of strangers with a comma between them, for more is to follow.
func series(name string, all []bot.Span) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return t.series(t.eachIsolated(all)) }}
}

// all are messages, listed like names.
func all(name string, messages []Message) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span {
		var said [][]bot.Span
		for _, m := range messages {
			said = append(said, t.fill(m))
		}
		return t.list(said)
	}}
}

// inner is a message inside another one.
func inner(name string, m Message) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return t.fill(m) }}
}

func own(text string) []bot.Span { return []bot.Span{{Text: text, Own: true}} }
