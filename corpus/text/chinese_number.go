package text

import "strings"

// hanDigits, hanTens and hanScales are the signs of numbers.
var (
	hanDigits = map[string]float64{
		"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "兩": 2,
	}
	hanTens   = map[string]float64{"十": 10, "百": 100, "千": 1000}
	hanScales = map[string]float64{"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12}
)

// hanUnits are units by their signs; hanCounters are words that count things, by
// which a single sign is told to be a number.
var (
	hanUnits = phrasesOf(map[string]string{
		"percentage point": "个百分点 百分点", "people": "人 名 位 口人", "cny": "元 元人民币 人民币", "usd": "美元 美金", "eur": "欧元", "jpy": "日元",
		"gbp": "英镑", "rub": "卢布", "chf": "瑞士法郎", "hkd": "港元 港币", "km": "公里 千米", "m": "米", "cm": "厘米", "mm": "毫米", "mile": "英里",
		"km²": "平方公里 平方千米", "m²": "平方米", "hectare": "公顷", "kg": "公斤 千克", "gram": "克", "tonne": "吨", "litre": "升", "barrel": "桶",
		"mw": "兆瓦", "second": "秒 秒钟", "minute": "分钟", "hour": "小时 个小时", "day": "天 日", "week": "周 星期 个星期", "month": "个月",
		"year": "年", "century": "世纪 个世纪", "time": "次", "degree": "度", "°c": "摄氏度",
	})
	hanCounters = signs("艘张票家所架辆条只匹件本座起项支枚台套份头户层间")
)

const longestHanUnit = 4

// hanNumerals are the signs that numbers begin with, "百" as in "百分之".
var hanNumerals = signs("零〇一二两兩三四五六七八九十百")

// phrasesOf returns units by the names they have in lists parted by spaces.
func phrasesOf(lists map[string]string) map[string]string {
	m := make(map[string]string)
	for unit, names := range lists {
		for name := range strings.FieldsSeq(names) {
			m[name] = unit
		}
	}
	return m
}

// hanAmount reads a number that is written with signs, in part at least: "百分之
// 三十", "三分之一", "1.2亿元", "三百二十万人".
func (r *reader) hanAmount(i int) (figure, bool) {
	if t := r.at(i); !t.word || !t.digit() && !hanNumerals[t.text] || r.at(i-1).text == "第" && t.glued {
		return figure{}, false
	}
	if at, ok := r.glyphs(i, "百分之"); ok {
		v, next, _ := r.hanValue(at)
		return figure{Number: Number{Value: v, Unit: "%"}, next: next, scale: 1}, next > at
	}
	if next, ok := r.glyphs(i, "一半"); ok {
		return figure{Number: Number{Value: .5}, next: next, scale: 1}, true
	}
	v, next, scale := r.hanValue(i)
	if next == i {
		return figure{}, false
	}
	if at, ok := r.glyphs(next, "分之"); ok && v > 0 {
		if part, end, _ := r.hanValue(at); end > at {
			return figure{Number: Number{Value: part / v}, next: end, scale: 1}, true
		}
	}
	return r.hanCounted(figure{Number: Number{Value: v}, first: i, next: next, scale: scale})
}

// hanCounted reads the unit behind a number; a single sign without one, or "一",
// which is as often "a", is none.
func (r *reader) hanCounted(f figure) (figure, bool) {
	single := f.next == f.first+1
	if r.list[f.first].digit() && single && !r.at(f.next).glued {
		return f, false // left to the rules of all languages
	}
	at := f.next
	if t := r.at(at).text; t == "多" || t == "余" {
		at++
	}
	unit, end := longest(r, at, longestHanUnit, hanUnits)
	if end > at && r.at(at).glued {
		f.Unit, f.next = unit, end
	}
	if r.list[f.first].digit() {
		return f, end > at || !single
	}
	if single && (r.list[f.first].text == "一" || r.list[f.first].text == "零" || r.list[f.first].text == "〇") {
		return f, false
	}
	counted := end > at || hanCounters[r.at(at).text] || r.at(at).text == "个"
	return f, !single || counted
}

// hanValue reads digits with signs for scales behind them, or signs alone; scale
// is what was multiplied last.
func (r *reader) hanValue(i int) (v float64, next int, scale float64) {
	if t := r.at(i); t.word && t.digit() {
		v, ok := r.parseDigits(t.text)
		if !ok {
			return 0, i, 1
		}
		next, scale = i+1, 1
		for n := 0; n < 3 && r.at(next).glued && hanScaleOf(r.at(next).text) > 0; n++ {
			scale *= hanScaleOf(r.at(next).text)
			next++
		}
		return v * scale, next, scale
	}
	v, next = r.hanNumeral(i)
	scale = 1
	if next > i {
		if s := hanScales[r.at(next-1).text]; s > 0 {
			scale = s
		}
	}
	return v, next, scale
}

func hanScaleOf(sign string) float64 {
	if s := hanScales[sign]; s > 0 {
		return s
	}
	return hanTens[sign]
}

// longestNumeral bounds the signs of one number.
const longestNumeral = 24

// hanNumeral reads a number of signs; next is i where there is none, and for
// digits without their tens ("二〇二五"), which are a year or a code.
func (r *reader) hanNumeral(i int) (v float64, next int) {
	var total, section, digit, big float64
	open := false // a digit waits for its ten
	for next = i; next < len(r.list) && next < i+longestNumeral && (next == i || r.list[next].glued); next++ {
		sign := r.list[next].text
		d, isDigit := hanDigits[sign]
		ten, scale := hanTens[sign], hanScales[sign]
		switch {
		case isDigit && open:
			return 0, i
		case isDigit:
			digit, open = d, d != 0
		case ten > 0 && (open || next == i && ten == 10):
			section += max(digit, 1) * ten
			digit, open = 0, false
		case scale > 0 && total+section+digit > 0:
			if big > scale {
				total += (section + digit) * scale
			} else {
				total = (total + section + digit) * scale
				big = scale
			}
			section, digit, open = 0, 0, false
		case sign == "点" && next > i:
			rest, end := r.hanDecimals(next + 1)
			if end == next+1 {
				return total + section + digit, next
			}
			return total + section + digit + rest, end
		default:
			return total + section + digit, next
		}
	}
	return total + section + digit, next
}

// hanDecimals reads the digits behind "点".
func (r *reader) hanDecimals(i int) (v float64, next int) {
	place := .1
	for next = i; next < i+longestNumeral; next++ {
		d, ok := hanDigits[r.at(next).text]
		if !ok || !r.at(next).glued {
			break
		}
		v += d * place
		place /= 10
	}
	return v, next
}
