package text

import (
	"strconv"
	"time"
)

// The words of Chinese for days, weeks, months and years from now.
var (
	hanDays = map[string]string{
		"今天": "today", "今日": "today", "今晚": "today", "今晨": "today", "昨天": "yesterday", "昨日": "yesterday", "昨晚": "yesterday",
		"明天": "tomorrow", "明日": "tomorrow", "前天": "2 day ago", "后天": "2 day ahead", "後天": "2 day ahead",
	}
	hanYears   = map[string]string{"去年": "last", "今年": "this", "明年": "next"}
	hanPeriods = map[string]string{"上": "last", "本": "this", "这": "this", "這": "this", "下": "next"}
	hanSpans   = map[string]string{
		"周": "week", "週": "week", "星期": "week", "个星期": "week", "礼拜": "week", "个月": "month", "個月": "month", "月": "month", "周末": "weekend",
	}
	hanWeeks    = map[string]bool{"周": true, "週": true, "星期": true, "礼拜": true, "禮拜": true}
	hanWeekdays = map[string]int{"日": 0, "天": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
	hanAgo      = map[string]string{
		"天": "day", "日": "day", "周": "week", "星期": "week", "个星期": "week", "个月": "month", "年": "year",
	}
	// hanParts are the parts of a month or a year; hanFractions those of a year.
	hanParts = map[string]string{
		"初": "early", "上旬": "early", "中": "mid", "中旬": "mid", "底": "late", "末": "late", "下旬": "late",
	}
	hanFractions = map[string]string{
		"第一季度": "q1", "第二季度": "q2", "第三季度": "q3", "第四季度": "q4", "一季度": "q1", "二季度": "q2", "三季度": "q3", "四季度": "q4",
		"上半年": "h1", "下半年": "h2", "春": "spring", "夏": "summer", "秋": "autumn",
	}
)

// hanOpening are the signs that dates begin with, besides figures.
var hanOpening = signs("零〇一二两三四五六七八九十上下本这這今昨明前后後去周週星礼禮")

// hanDate reads the date that begins with token i.
func (r *reader) hanDate(i int) (Date, int) {
	if t := r.at(i); !t.word || !t.digit() && !hanOpening[t.text] {
		return Date{}, i
	}
	return firstOf(i, r.isoDate, r.slashDate, r.dottedDate, r.hanYear, r.hanYearFromNow, r.hanMonth, r.hanWeekday, r.hanPeriod, r.hanAgoDate, r.hanDay)
}

// hanYear reads "2025年", with what follows: "1月17日", "1月", "底", "第一季度".
func (r *reader) hanYear(i int) (Date, int) {
	year, next := r.hanYearNumber(i)
	if year == 0 || r.at(next).text != "年" {
		return Date{}, i
	}
	next++
	if next2, ok := r.glyphs(next, "代"); ok {
		return Date{Year: year / 10 * 10, Relative: "decade"}, next2
	}
	if d, end := r.hanMonth(next); end > next && r.at(next).glued && d.Relative == "" {
		if d.Day == 0 || exists(year, d.Month, d.Day) {
			d.Year = year
			return d, end
		}
	}
	for _, table := range []map[string]string{hanFractions, hanParts} {
		if part, end := longest(r, next, 4, table); end > next && r.at(next).glued && part != "mid" {
			return Date{Year: year, Part: part}, end
		}
	}
	return Date{Year: year}, next
}

// hanYearNumber reads four figures or four signs of them.
func (r *reader) hanYearNumber(i int) (year, next int) {
	if year = yearOf(r.at(i).text); year > 0 {
		return year, i + 1
	}
	n := 0
	for k := i; k < i+4; k++ {
		d, ok := hanDigits[r.at(k).text]
		if !ok || r.at(k).text == "两" {
			return 0, i
		}
		n = n*10 + int(d)
	}
	if n < firstYear || n > lastYear {
		return 0, i
	}
	return n, i + 4
}

// hanYearFromNow reads "去年" and "去年7月".
func (r *reader) hanYearFromNow(i int) (Date, int) {
	which, next := longest(r, i, 2, hanYears)
	if next == i {
		return Date{}, i
	}
	if d, end := r.hanMonth(next); end > next && d.Day == 0 && d.Part == "" {
		return Date{Month: d.Month, Relative: which}, end
	}
	return Date{Relative: which + " year"}, next
}

// hanMonth reads "1月17日", "5月中旬", "10月份" and "1月".
func (r *reader) hanMonth(i int) (Date, int) {
	month, next := r.hanSmall(i)
	if month < 1 || month > 12 || r.at(next).text != "月" || !r.at(next).glued {
		return Date{}, i
	}
	next++
	if day, at := r.hanSmall(next); day > 0 && (r.at(at).text == "日" || r.at(at).text == "号") {
		if exists(0, month, day) {
			return Date{Month: month, Day: day}, at + 1
		}
		return Date{Month: month}, next
	}
	if part, end := longest(r, next, 2, hanParts); end > next && (end > next+1 || part != "mid") {
		return Date{Month: month, Part: part}, end
	}
	if r.at(next).text == "份" {
		next++
	}
	return Date{Month: month}, next
}

// hanSmall reads a whole number below 100.
func (r *reader) hanSmall(i int) (n, next int) {
	if n = whole(r.at(i).text); n >= 0 && n < 100 {
		return n, i + 1
	}
	v, next := r.hanNumeral(i)
	if next == i || v != float64(int(v)) || v >= 100 {
		return 0, i
	}
	return int(v), next
}

// hanWeekday reads "星期五", "周一" and "上周二".
func (r *reader) hanWeekday(i int) (Date, int) {
	which, at := hanPeriods[r.at(i).text], i
	if which != "" {
		at++
		if r.at(at).text == "个" {
			at++
		}
	}
	_, next := longest(r, at, 2, hanWeeks)
	if next == at {
		return Date{}, i
	}
	n, ok := hanWeekdays[r.at(next).text]
	if !ok || !r.at(next).glued {
		return Date{}, i
	}
	relative := "weekday"
	if which != "" {
		relative = which + " weekday"
	}
	return Date{Weekday: time.Weekday(n), Relative: relative}, next + 1
}

// hanPeriod reads "上周", "这个月", "本月", "下周末".
func (r *reader) hanPeriod(i int) (Date, int) {
	which := hanPeriods[r.at(i).text]
	if which == "" || !r.at(i+1).glued {
		return Date{}, i
	}
	unit, next := longest(r, i+1, 3, hanSpans)
	if next == i+1 {
		return Date{}, i
	}
	return Date{Relative: which + " " + unit}, next
}

// hanAgoDate reads "三天前" and "5个月前".
func (r *reader) hanAgoDate(i int) (Date, int) {
	n, next := r.hanSmall(i)
	if n < 1 {
		return Date{}, i
	}
	unit, at := longest(r, next, 3, hanAgo)
	if at == next || r.at(at).text != "前" {
		return Date{}, i
	}
	return Date{Relative: strconv.Itoa(n) + " " + unit + " ago"}, at + 1
}

// hanDay reads "昨天".
func (r *reader) hanDay(i int) (Date, int) {
	if named, next := longest(r, i, 2, hanDays); next > i {
		return Date{Relative: named}, next
	}
	return Date{}, i
}
