package scope

import (
	"regexp"
	"time"

	"newsdesk/corpus/text"
)

// feasts returns the feasts that the question names: "Christmas 2018". One
// without a year is the last that began.
func (d dater) feasts() []period {
	var list []period
	for i := 0; i < len(d.words); i++ {
		h, last, ok := d.feast(i)
		if !ok {
			continue
		}
		p := period{Span: text.Span{Start: d.words[i].start, End: d.words[last].end}}
		year := yearOf(d.at(last + 1).low)
		if year > 0 {
			last++
			p.End = d.words[last].end
		}
		p.date = text.Date{Span: p.Span, Year: year}
		p.from, p.to = d.feastIn(h, year)
		i = last
		if !p.from.After(d.now) {
			list = append(list, p)
		}
	}
	return list
}

// bareWeekends returns the weekends that are told by an article or a preposition
// alone, "over the weekend": each is the last that began.
func (d dater) bareWeekends() []period {
	var list []period
	for i, w := range d.words {
		if before := d.at(i - 1).low; !d.weekends[w.low] || !d.articles[before] && !d.preps[before] {
			continue
		}
		saturday := d.ago((int(d.now.Weekday()) + 1) % 7)
		span := text.Span{Start: w.start, End: w.end}
		list = append(list, period{span, saturday, saturday.AddDate(0, 0, 2), text.Date{Span: span, Relative: "last weekend"}})
	}
	return list
}

// longestFeast is the number of words of the longest name of a feast.
const longestFeast = 3

// feast returns the feast with the most words that begins with word i.
func (d dater) feast(i int) (h holiday, last int, ok bool) {
	name := ""
	for j := i; j < i+longestFeast && j < len(d.words); j++ {
		w := d.words[j].low
		if d.words[j].own && j+1 < len(d.words) {
			w += "'s"
		}
		name += w
		if found, is := d.holidays[name]; is {
			h, last, ok = found, j, true
		}
		if d.words[j].stopped {
			break
		}
		name += " "
	}
	return h, last, ok
}

// feastIn returns the days of h in year; in the last year in which it began
// where that is 0.
func (d dater) feastIn(h holiday, year int) (from, to time.Time) {
	if year > 0 {
		return h.in(year, d.now.Location())
	}
	from, to = h.in(d.now.Year(), d.now.Location())
	if from.After(d.now) {
		return h.in(d.now.Year()-1, d.now.Location())
	}
	return from, to
}

// yearOf returns the year that four digits name, or 0.
func yearOf(s string) int {
	if len(s) != 4 || digits(s) != 4 {
		return 0
	}
	year := 0
	for _, c := range s {
		year = 10*year + int(c-'0')
	}
	if year < 1800 || year > 2099 {
		return 0
	}
	return year
}

// find returns what re finds in s, nil for nothing or without re.
func find(re *regexp.Regexp, s string) []string {
	if re == nil {
		return nil
	}
	return re.FindStringSubmatch(s)
}
