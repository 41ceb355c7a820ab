package text

import (
	"math"
	"slices"
	"strconv"
	"strings"
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
	r := reader{Language: l, list: tokens(s)}
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
	return between.dash() || between.low == "to" ||
		between.low == "and" && r.at(a.first-1).low == "between"
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
	if r.isIdentifier(at) || r.beforeDay(at) {
		return figure{}, false
	}
	f, ok := r.amount(at, unit)
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
	before := r.at(i - 1)
	return r.at(i).word && r.at(i).glued && before.dash() && before.glued &&
		r.at(i).digit() && r.at(i-2).word && !r.at(i-2).digit() && !r.isNumberWord(i-2)
}

// beforeDay reports whether token i is the 3 of "3-5 May".
func (r *reader) beforeDay(i int) bool {
	return r.at(i+1).dash() && r.isDated(i+2) && ordinalDay(r.at(i).low) > 0
}

func (r *reader) isNumberWord(i int) bool {
	low := r.at(i).low
	_, unit := r.units[low]
	_, ten := r.tens[low]
	_, hundred := r.hundreds[low]
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

// amount reads value, scale and unit from token i on. money is the unit that
// stood before, or empty.
func (r *reader) amount(i int, money string) (figure, bool) {
	f := figure{scale: 1}
	value, suffix, next := r.value(i)
	if next == i {
		return f, false
	}
	value, next = r.andHalf(value, next)
	f.Value, f.next = value, next
	if suffix != "" {
		return r.suffixed(f, suffix, money)
	}
	return r.scaled(f, money), true
}

// scaled reads "million" and the unit behind a value.
func (r *reader) scaled(f figure, money string) figure {
	if r.at(f.next).text == "-" && r.at(f.next).glued && r.scales[r.at(f.next+1).low] > 0 {
		f.next++
	}
	if s := r.scales[r.at(f.next).low]; s > 0 && (len(r.at(f.next).low) > 1 || money != "") {
		f.scale, f.Value = s, f.Value*s
		f.next++
	}
	f.Unit, f.next = r.measure(f.next)
	return f
}

// suffixed reads what is glued to digits: "3bn", "5km", "40m".
func (r *reader) suffixed(f figure, suffix, money string) (figure, bool) {
	unit := r.measures[strings.ToLower(suffix)]
	if len(suffix) == 1 && suffix < "a" {
		unit = "" // "5G" is no weight
	}
	suffix = strings.ToLower(suffix)
	scale, isScale := r.suffixes[suffix]
	if isScale && (unit == "" || money != "" || suffix == "m" && r.isCounted(f.next)) {
		f.scale, f.Value = scale, f.Value*scale
		f.Unit, f.next = r.measure(f.next)
		return f, true
	}
	f.Unit = unit
	return f, unit != ""
}

// isCounted reports whether token i is a noun in the plural, so that the "m" of
// "5m users" is a million.
func (r *reader) isCounted(i int) bool {
	low := r.at(i).low
	return low == "people" || len(low) > 3 && strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss")
}

// value reads digits, number words or a fraction; next is i where there is
// none. suffix holds letters glued to the digits.
func (r *reader) value(i int) (v float64, suffix string, next int) {
	t := r.at(i)
	switch {
	case t.word && t.digit():
		return r.digits(i)
	case t.word:
		v, next = r.fraction(i)
		if next == i {
			v, next = r.spelled(i)
		}
		return v, "", next
	}
	return 0, "", i
}

// digits reads "1,234.5", "3/4" and "2½".
func (r *reader) digits(i int) (v float64, suffix string, next int) {
	t := r.at(i)
	cut := strings.IndexFunc(t.text, func(c rune) bool { return (c < '0' || c > '9') && c != ',' && c != '.' && c != '\u202f' })
	if cut < 0 {
		cut = len(t.text)
	}
	v, ok := parseDigits(t.text[:cut])
	if !ok {
		return 0, "", i
	}
	next = i + 1
	if r.at(next).text == "/" && r.at(next).glued && r.at(next+1).glued {
		if w := whole(r.at(next + 1).text); w > 0 && cut == len(t.text) && r.at(next+2).text != "/" {
			return v / float64(w), "", next + 2
		}
	}
	if part := vulgar(r.at(next).text); part > 0 && r.at(next).glued {
		return v + part, "", next + 1
	}
	return v, t.text[cut:], next
}

// parseDigits reads figures with grouping commas and a decimal point. A comma
// before one or two last digits is a decimal one.
func parseDigits(s string) (float64, bool) {
	if len(s) > 40 || strings.Count(s, ".") > 1 {
		return 0, false
	}
	s = strings.ReplaceAll(s, "\u202f", "")
	body, _, _ := strings.Cut(s, ".")
	if i := strings.LastIndexByte(body, ','); i >= 0 && len(body)-i != 4 {
		if strings.Count(s, ",") > 1 || len(body) != len(s) {
			return 0, false
		}
		s = body[:i] + "." + body[i+1:]
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return v, err == nil
}

// vulgar returns the value of a fraction of one sign, or 0.
func vulgar(s string) float64 {
	switch s {
	case "½":
		return 1. / 2
	case "¼":
		return 1. / 4
	case "¾":
		return 3. / 4
	case "⅓":
		return 1. / 3
	case "⅔":
		return 2. / 3
	case "⅕":
		return 1. / 5
	case "⅛":
		return 1. / 8
	}
	return 0
}

// andHalf reads "and a half" behind a value.
func (r *reader) andHalf(v float64, i int) (float64, int) {
	if r.at(i).low != "and" || r.at(i+1).low != "a" {
		return v, i
	}
	switch r.at(i + 2).low {
	case "half":
		return v + 0.5, i + 3
	case "quarter":
		return v + 0.25, i + 3
	}
	return v, i
}

// spelled reads number words: "three hundred and five", "twenty-one",
// "a dozen". Scales from thousand up end it, but for thousands within it.
func (r *reader) spelled(i int) (v float64, next int) {
	low := r.at(i).low
	if low == "a" || low == "an" {
		if h := r.hundreds[r.at(i+1).low]; h > 0 {
			return r.hundred(h, i+2)
		}
		if r.scales[r.at(i+1).low] > 0 {
			return 1, i + 1
		}
		return 0, i
	}
	if low == "one" && r.isPronoun(i) {
		return 0, i
	}
	v, next = r.below100(i)
	if next == i {
		return 0, i
	}
	if h := r.hundreds[r.at(next).low]; h > 0 {
		v, next = r.hundred(v*h, next+1)
	}
	return r.thousand(v, next)
}

// hundred reads what follows a hundred: "and five".
func (r *reader) hundred(v float64, i int) (float64, int) {
	at := i
	if r.at(at).low == "and" {
		at++
	}
	if rest, next := r.below100(at); next > at && r.at(i-1).low == "hundred" {
		return v + rest, next
	}
	return v, i
}

// thousand reads "thousand" where more words of the number follow it; a plain
// "thousand" is left to be read as a scale.
func (r *reader) thousand(v float64, i int) (float64, int) {
	if r.at(i).low != "thousand" {
		return v, i
	}
	at := i + 1
	if r.at(at).low == "and" {
		at++
	}
	rest, next := r.below100(at)
	if next == at {
		return v, i
	}
	if h := r.hundreds[r.at(next).low]; h > 0 {
		rest, next = r.hundred(rest*h, next+1)
	}
	return v*1000 + rest, next
}

// below100 reads "seven", "twenty-one" or "forty five".
func (r *reader) below100(i int) (float64, int) {
	low := r.at(i).low
	if v, ok := r.units[low]; ok {
		return v, i + 1
	}
	v, ok := r.tens[low]
	if !ok {
		return 0, i
	}
	at := i + 1
	if r.at(at).text == "-" && r.at(at).glued {
		at++
	}
	if u := r.units[r.at(at).low]; u >= 1 && u <= 9 {
		return v + u, at + 1
	}
	return v, i + 1
}

// isPronoun reports whether the "one" at token i counts nothing: "no one",
// "one of them", "this one".
func (r *reader) isPronoun(i int) bool {
	next := r.at(i + 1)
	if r.dashed(i+1) && (r.denominators[r.at(i+2).low] > 0 || r.measures[r.at(i+2).low] != "") {
		return false
	}
	if !next.word || r.stops[next.low] && r.denominators[next.low] == 0 {
		return !(next.low == "and" && r.at(i+2).low == "a")
	}
	switch r.at(i - 1).low {
	case "no", "any", "every", "some", "this", "that", "the", "each", "which":
		return true
	}
	return false
}

// dashed reports whether token i is a hyphen inside a word.
func (r *reader) dashed(i int) bool {
	return r.at(i).dash() && r.at(i).glued && r.at(i+1).glued
}

// fraction reads "half", "half a million", "a third", "two-thirds", "½".
func (r *reader) fraction(i int) (float64, int) {
	t := r.at(i)
	if v := vulgar(t.text); v > 0 {
		return v, i + 1
	}
	if t.low == "half" {
		return r.half(i)
	}
	n := r.units[t.low]
	if t.low == "a" {
		n = 1
	}
	at := i + 1
	hyphen := r.dashed(at)
	if hyphen {
		at++
	}
	part := r.denominators[r.at(at).low]
	plural := strings.HasSuffix(r.at(at).low, "s")
	if n < 1 || part == 0 || plural == (n == 1) || !(hyphen || plural || r.isPart(at+1)) {
		return 0, i
	}
	return n * part, at + 1
}

// half reads "half" as an amount: "half of", "half a dozen", "by half".
func (r *reader) half(i int) (float64, int) {
	next := r.at(i + 1)
	if next.low == "a" || next.low == "an" {
		if h := r.hundreds[r.at(i+2).low]; h > 0 {
			return h / 2, i + 3
		}
		if r.scales[r.at(i+2).low] > 0 {
			return 0.5, i + 2
		}
	}
	switch r.at(i - 1).low {
	case "first", "second", "other", "latter", "in":
		return 0, i
	}
	if r.isPart(i+1) || r.stops[next.low] {
		return 0.5, i + 1
	}
	return 0, i
}

// isPart reports whether token i is what follows a fraction: "of" or a mark.
func (r *reader) isPart(i int) bool {
	t := r.at(i)
	return t.low == "of" || !t.word && !t.dash()
}

// measure reads the unit that begins with token i; next is i where there is
// none.
func (r *reader) measure(i int) (unit string, next int) {
	at := i
	if r.dashed(at) {
		at++
	}
	first, second := r.at(at), r.at(at+1)
	if u := r.measures[first.low+" "+second.low]; u != "" && r.isAlone(at+1) {
		return u, at + 2
	}
	u := r.measures[first.low]
	if u == "" || !r.isAlone(at) || utf8.RuneCountInString(first.low) == 1 && first.word && first.capital() {
		return "", i
	}
	if r.dashed(at+1) && r.at(at+2).low == "old" {
		return u, at + 3
	}
	return u, at + 1
}

// isAlone reports whether token i is not the first part of a longer word, as
// the "m" of "m-shaped".
func (r *reader) isAlone(i int) bool {
	return !r.dashed(i+1) || len(r.at(i).low) > 2
}

// clock reads "10:30", "5 p.m." and "5:30pm".
func (r *reader) clock(i int) (figure, bool) {
	t := r.list[i]
	if !t.word || !t.digit() || r.isDated(i) {
		return figure{}, false
	}
	hour, half := whole(t.text), ""
	if hour < 0 && len(t.low) > 2 {
		hour, half = whole(t.low[:len(t.low)-2]), t.low[len(t.low)-2:]
	}
	minute, next := 0, i+1
	if m := r.at(i + 2); half == "" && r.at(next).text == ":" && r.at(next).glued && m.glued && len(m.low) >= 2 {
		minute, half = whole(m.low[:2]), m.low[2:]
		next += 2
	}
	if half == "" {
		half, next = r.dayHalf(next)
	}
	if hour < 0 || hour > 24 || minute < 0 || minute > 59 || half == "" && next == i+1 {
		return figure{}, false
	}
	return clockFigure(hour, minute, half, i, next)
}

// dayHalf reads "p.m." or "am" behind the digits.
func (r *reader) dayHalf(i int) (half string, next int) {
	switch r.at(i).low {
	case "am", "pm":
		return r.at(i).low, i + 1
	case "a.m", "p.m":
		half = strings.ReplaceAll(r.at(i).low, ".", "")
		if r.at(i+1).text == "." && r.at(i+1).glued {
			return half, i + 2
		}
		return half, i + 1
	}
	return "", i
}

func clockFigure(hour, minute int, half string, i, next int) (figure, bool) {
	switch {
	case half == "pm" && hour < 12:
		hour += 12
	case half == "am" && hour == 12:
		hour = 0
	case half != "" && half != "am" && half != "pm":
		return figure{}, false
	}
	f := figure{first: i, next: next, scale: 1}
	f.Value, f.Unit = float64(hour)+float64(minute)/60, "o'clock"
	return f, true
}
