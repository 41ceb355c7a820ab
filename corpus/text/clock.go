package text

import "strings"

// clock reads "10:30", "5 p.m.", "5:30pm" and "17.30 Uhr".
func (r *reader) clock(i int) (figure, bool) {
	t := r.list[i]
	if !t.word || !t.digit() || r.isDated(i) {
		return figure{}, false
	}
	hour, minute, half, next := r.hourMinute(i)
	named := r.oClock[r.at(next).low]
	if named {
		next++
	}
	if half == "" && !named {
		half, next = r.dayHalf(next)
	}
	if hour < 0 || hour > 24 || minute < 0 || minute > 59 || half == "" && next == i+1 {
		return figure{}, false
	}
	return clockFigure(hour, minute, half, i, next)
}

// hourMinute reads "10", "10:30" and "5pm", and "17.30" before a word for the
// hour; half is what is glued to the digits.
func (r *reader) hourMinute(i int) (hour, minute int, half string, next int) {
	t := r.list[i]
	if h, m, ok := strings.Cut(t.text, "."); ok && r.oClock[r.at(i+1).low] && len(m) == 2 {
		return whole(h), whole(m), "", i + 1
	}
	hour, next = whole(t.text), i+1
	if hour < 0 && len(t.low) > 2 {
		hour, half = whole(t.low[:len(t.low)-2]), t.low[len(t.low)-2:]
	}
	if m := r.at(i + 2); half == "" && r.at(next).text == ":" && r.at(next).glued && m.glued && len(m.low) >= 2 {
		return hour, whole(m.low[:2]), m.low[2:], i + 3
	}
	return hour, 0, half, next
}

// dayHalf reads "p.m." or "am" behind the digits.
func (r *reader) dayHalf(i int) (half string, next int) {
	low := r.at(i).low
	half = r.dayHalves[low]
	switch {
	case half == "":
		return "", i
	case strings.Contains(low, ".") && r.at(i+1).text == "." && r.at(i+1).glued:
		return half, i + 2
	}
	return half, i + 1
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
