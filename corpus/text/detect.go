package text

import (
	"strings"
	"unicode"
)

// Detect returns the tag of the language, one of those with tables, in which s
// is most likely written. The script tells Russian and Chinese, and Persian and
// Arabic from the others; those two differ in some letters and in their function
// words, as English, German and Spanish do: it is the one of which s holds more
// words that the others do not know. Where that says nothing, as for names alone
// or for an empty text, it is "en". A language without tables is taken for one of
// its script: Ukrainian for "ru", Urdu for "fa".
//
// A question is enough; each word counts the same, so the names of one language
// within a text of another do no harm.
func Detect(s string) string {
	if tag := script(s); tag != "" {
		return tag
	}
	counts := latinCounts(s)
	switch {
	case counts["de"] > counts["en"] && counts["de"] >= counts["es"]:
		return "de"
	case counts["es"] > counts["en"] && counts["es"] > counts["de"]:
		return "es"
	}
	return "en"
}

// script returns the tag of the language whose script has the most words in s;
// empty for Latin ones.
func script(s string) string {
	if isASCII(s) {
		return ""
	}
	counts := map[string]int{}
	before := ""
	for _, r := range s {
		tag := scriptOf(r)
		if tag != "" && (tag != before || tag == "zh") {
			counts[tag]++
		}
		before = tag
	}
	// Two signs are as much as a word of other scripts.
	counts["zh"] = (counts["zh"] + 1) / 2
	switch most := max(counts["la"], counts["zh"], counts["ru"], counts["ar"]); {
	case most == 0 || most == counts["la"]:
		return ""
	case most == counts["zh"]:
		return "zh"
	case most == counts["ru"]:
		return "ru"
	}
	return arabicScript(s)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// scriptOf returns a tag for the script of a letter: "la", "zh", "ru", "ar" or,
// for everything else, "".
func scriptOf(r rune) string {
	switch {
	case r < 0x0370 && unicode.IsLetter(r):
		return "la"
	case 0x0400 <= r && r < 0x0530:
		return "ru"
	case 0x0600 <= r && r < 0x0700 && (unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)) || r == '\u200c':
		return "ar"
	case unicode.Is(unicode.Han, r):
		return "zh"
	}
	return ""
}

// arabicScript tells Persian from Arabic by their letters and function words.
func arabicScript(s string) string {
	fa, ar := 0, 0
	for _, r := range s {
		switch r {
		case 'پ', 'چ', 'ژ', 'گ':
			fa += 2
		case 'ک', 'ی', '\u200c':
			fa++
		case 'ة', 'إ', 'أ', 'ى', 'ؤ':
			ar += 2
		case 'ي', 'ك':
			ar++
		}
	}
	for _, w := range english.Words(s) {
		inPersian, inArabic := persian.stops[w.Norm], arabic.stops[w.Norm]
		switch {
		case inPersian && !inArabic:
			fa += 2
		case inArabic && !inPersian || strings.HasPrefix(w.Norm, "ال"):
			ar += 2
		}
	}
	if fa > ar {
		return "fa"
	}
	return "ar"
}

// latinCounts counts the words of s that only one of the languages of Latin
// script knows; those that stand within names of any language count half.
func latinCounts(s string) map[string]int {
	counts := map[string]int{}
	if strings.ContainsAny(s, "¿¡") {
		counts["es"] += 4
	}
	for _, w := range english.Words(s) {
		in := ""
		for tag, words := range latinTelling {
			if !words[w.Norm] && !languages[tag].stops[w.Norm] {
				continue
			}
			if in != "" {
				in = "several"
				break
			}
			in = tag
		}
		switch {
		case in == "" || in == "several" || bothTelling[w.Norm]:
		case spanishParticles[w.Norm]:
			counts[in]++
		default:
			counts[in] += 2
		}
	}
	return counts
}

// latinTelling are the words, by norm and besides function words, that tell a
// language: names of days and months, numbers, and verbs of saying. Words of one
// language that are no function words are seldom in another, so that a few do
// for English.
var latinTelling = map[string]map[string]bool{
	"en": telling(english, "said report reported reports news latest headlines articles stories"),
	"de": telling(german, tellingGerman),
	"es": telling(spanish, tellingSpanish),
}

// bothTelling are words of several languages, whichever knows them as function
// words: "die", "war", "am".
var bothTelling = set(`die war man hat den des bin mit fast bald gut rock arm art will was so in an am im also her hin
	des dies null april august september november winter jan feb apr jun jul aug sep sept nov mal sin fue pan son`)

// spanishParticles stand within names that any language has.
var spanishParticles = set("de del la el los las y san santa")

// telling returns the words of l's tables by norm, with those of a list.
func telling(l *Language, list string) map[string]bool {
	m := set(list)
	for w := range l.starters {
		m[w] = true
	}
	for _, table := range []map[string]int{l.months, l.weekdays} {
		for w := range table {
			m[l.norm(w)] = true
		}
	}
	for w := range l.days {
		m[l.norm(w)] = true // phrases do no harm
	}
	for w := range l.units {
		m[l.norm(w)] = true
	}
	for _, table := range []map[string]string{l.periods, l.spans} {
		for w := range table {
			m[l.norm(w)] = true
		}
	}
	return m
}
