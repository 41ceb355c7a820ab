package text

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Number is an amount that a text names, in figures or in words.
type Number struct {
	// Span covers the amount with its currency sign, scale and unit:
	// "$3bn", "two million people".
	Span
	// Value is finite: 3000000000 for "$3bn", 17 for "5 p.m.", 0.5 for "half".
	Value float64
	// Unit is in one form for all its names: "%", "percentage point", "usd",
	// "eur", "km", "year", "people", "o'clock" …; empty where no known unit
	// follows.
	Unit string
}

// Numbers returns the numbers of s in order. Years and parts of dates are none,
// nor are ordinals ("3rd", "second"), names ("COVID-19", "5G"), versions
// ("1.2.3") and vague amounts ("hundreds"). "One" counts only where it is no
// pronoun. The two ends of a range are two numbers, and a unit or scale that
// stands at the second is also the first's: "5 to 10 million euros". Nil for a
// text without numbers.
func (l *Language) Numbers(s string) []Number {
	r := reader{Language: l, list: l.tokens(s)}
	r.dates()
	return r.numbers()
}

// figure is a number while it is read.
type figure struct {
	Number
	// first and next are its tokens [first, next).
	first, next int
	// scale is what the value was multiplied by, 1 for nothing.
	scale float64
}

// numbers finds all numbers outside dates.
func (r *reader) numbers() []Number {
	var list []Number
	var last figure
	for i := 0; i < len(r.list); {
		f, ok := r.figure(i)
		if !ok {
			i++
			continue
		}
		f.Span = r.span(i, f.next)
		if len(list) > 0 && r.isRange(last, f) {
			share(&list[len(list)-1], last, &f)
		}
		list = append(list, f.Number)
		last, i = f, f.next
	}
	return list
}

// isRange reports whether b is the other end of a range that a begins.
func (r *reader) isRange(a, b figure) bool {
	if b.first != a.next+1 || a.Value >= b.Value {
		return false
	}
	between := r.list[a.next]
	return between.dash() || r.to[between.low] ||
		r.and[between.low] && r.between[r.at(a.first-1).low]
}

// share gives each end of a range what only the other one says.
func share(first *Number, a figure, b *figure) {
	if a.scale == 1 && b.scale > 1 && a.Value < b.Value/b.scale {
		first.Value *= b.scale
	}
	if first.Unit == "" {
		first.Unit = b.Unit
	}
	if b.Unit == "" && b.scale >= a.scale {
		b.Unit = first.Unit
	}
}

// figure reads the number that begins with token i.
func (r *reader) figure(i int) (figure, bool) {
	if f, ok := r.clock(i); ok {
		return f, true
	}
	unit, at := r.currency(i)
	sign, at := r.sign(i, at)
	if r.isIdentifier(at) || r.isFirstDay(at) || r.ranks(at) {
		return figure{}, false
	}
	var f figure
	var ok bool
	if r.han {
		f, ok = r.hanAmount(at)
	}
	if !ok {
		f, ok = r.amount(at, unit)
	}
	if !ok || slices.Contains(r.dated[i:f.next], true) {
		return figure{}, false
	}
	f.Value *= sign
	f.first = i
	if unit != "" {
		f.Unit = unit
	}
	return f, !math.IsInf(f.Value, 0)
}

func (r *reader) isDated(i int) bool { return i < len(r.list) && r.dated[i] }

// isIdentifier reports whether the digits of token i belong to a name: the 19
// of "COVID-19".
func (r *reader) isIdentifier(i int) bool {
	if r.spaced && r.dashed(i+1) && r.at(i).digit() && isEnding(r.at(i+2).text) {
		return true
	}
	before := r.at(i - 1)
	return r.at(i).word && r.at(i).glued && before.dash() && before.glued &&
		r.at(i).digit() && r.at(i-2).word && !r.at(i-2).digit() && !r.isNumberWord(i-2)
}

// isEnding reports whether v is the ending of an ordinal behind its figures:
// "3-й", "90-х".
func isEnding(v string) bool {
	r, _ := utf8.DecodeRuneInString(v)
	return utf8.RuneCountInString(v) <= 2 && unicode.Is(unicode.Cyrillic, r)
}

// isFirstDay reports whether token i is the 3 of "3-5 May".
func (r *reader) isFirstDay(i int) bool {
	return r.at(i+1).dash() && r.isDated(i+2) && r.dayNumber(r.at(i).low) > 0
}

// ranks reports whether token i is digits that a full stop makes an ordinal: the
// next word goes on with the sentence.
func (r *reader) ranks(i int) bool {
	next := r.at(i + 2)
	return r.isOrdinal(i) && r.isRank(r.at(i).text) && next.word && !r.starts(next.text)
}

func (r *reader) isNumberWord(i int) bool {
	low := r.at(i).low
	_, unit := r.units[low]
	_, ten := r.tens[low]
	_, hundred := r.hundreds[low]
	if r.compound != nil {
		_, whole := r.compound(low)
		unit = unit || whole
	}
	return unit || ten || hundred
}

// currency reads "$", "US$", "EUR" and the like before digits.
func (r *reader) currency(i int) (unit string, next int) {
	t := r.list[i]
	if d := r.dollars[t.low]; d != "" && r.at(i+1).text == "$" && r.at(i+1).glued {
		unit, next = d, i+2
	} else if c := r.currencies[t.low]; c != "" && (!t.word || t.capital()) {
		unit, next = c, i+1
	}
	if unit == "" || !r.at(next).word || !r.at(next).digit() {
		return "", i
	}
	return unit, next
}

// sign reads a minus before the digits at token at; i is the number's first
// token.
func (r *reader) sign(i, at int) (float64, int) {
	t := r.list[i]
	if at > i || !r.at(i+1).word {
		return 1, at
	}
	glued := r.at(i+1).glued && r.at(i+1).digit() && !(t.glued && r.at(i-1).word)
	if (t.text == "-" || t.text == "−") && glued || t.low == "minus" && (r.at(i+1).digit() || r.isNumberWord(i+1)) {
		return -1, i + 1
	}
	return 1, i
}
