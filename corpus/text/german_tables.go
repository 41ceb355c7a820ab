package text

import "strings"

// germanDays are the names of days from now. Behind a word of periods, as in "in
// der vergangenen Nacht", the key begins with its meaning.
var germanDays = map[string]string{
	"heute": "today", "gestern": "yesterday", "vorgestern": "2 day ago", "morgen": "tomorrow", "übermorgen": "2 day ahead",
	"heute früh": "today", "heute morgen": "today", "heute vormittag": "today", "heute mittag": "today",
	"heute nachmittag": "today", "heute abend": "today", "heute nacht": "today",
	"gestern früh": "yesterday", "gestern morgen": "yesterday", "gestern vormittag": "yesterday", "gestern mittag": "yesterday",
	"gestern nachmittag": "yesterday", "gestern abend": "yesterday", "gestern nacht": "yesterday", "last nacht": "yesterday",
}

// germanWeekdays are the days of the week, and their parts: "Montagabend".
func germanWeekdays() map[string]int {
	m := make(map[string]int)
	for n, names := range []string{"sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag sonnabend"} {
		for name := range strings.FieldsSeq(names) {
			for _, part := range []string{"", "s", "morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht"} {
				m[name+part] = n
			}
		}
	}
	return m
}

// germanPeriods are the words for last, this and next, with their endings.
func germanPeriods() map[string]string {
	m := make(map[string]string)
	for which, stems := range map[string]string{
		"last": "letzt vergangen vorig", "this": "dies", "next": "nächst kommend",
	} {
		for stem := range strings.FieldsSeq(stems) {
			for _, ending := range [...]string{"e", "en", "em", "er", "es"} {
				m[stem+ending] = which
			}
		}
	}
	return m
}

// germanOrdinals are "first" to "fourth", with their endings.
var germanOrdinals = map[string]int{
	"erste": 1, "ersten": 1, "erster": 1, "erstes": 1, "zweite": 2, "zweiten": 2, "zweiter": 2, "zweites": 2,
	"dritte": 3, "dritten": 3, "dritter": 3, "drittes": 3, "vierte": 4, "vierten": 4, "vierter": 4, "viertes": 4,
}

// germanDayWords are the days of a month, in the forms in which they stand there.
func germanDayWords() map[string]int {
	m := make(map[string]int)
	odd := map[int]string{1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
	for n := 1; n <= 31; n++ {
		stem := odd[n]
		if stem == "" {
			stem = germanBelow100(n) + "t"
			if n >= 20 {
				stem = germanBelow100(n) + "st"
			}
		}
		m[stem+"e"], m[stem+"en"], m[stem+"er"] = n, n, n
	}
	return m
}

// germanAbbreviations maps words, without their last full stop, to what may
// follow them in their sentence. Of those with a space in them ("z. B.") each
// letter is one.
func germanAbbreviations() map[string]follower {
	m := make(map[string]follower)
	for kind, list := range map[follower]string{
		anyFollows: `dr prof dipl ing mag hr hrn fr st ca bzw bspw z z.b d d.h u u.a i v s o e vgl inkl exkl evtl ggf
			sog zz zzt max min mio mrd abs art bd gen geb gest ehem jr hl kath ev b h nr tel str hauptstr
			bundesmin gouv min präs vors stv sen`,
		nameFollows: `usw etc u.s.w jh jhd co inc corp ltd a v.a jan feb febr mrz apr jun jul aug sep sept okt nov dez
			mo di mi do fr sa so`,
	} {
		for w := range strings.FieldsSeq(list) {
			m[w] = kind
		}
	}
	// These are words far more often than abbreviations.
	for _, w := range []string{"do", "so", "mag", "gen", "art", "sen", "min", "max", "abs", "di", "mi", "gest", "geb", "str"} {
		delete(m, w)
	}
	m["str"], m["fr"] = digitFollows, anyFollows
	m["hauptstr"] = digitFollows
	return m
}

// germanMeasures maps the names of units to their one form.
func germanMeasures() map[string]string {
	m := make(map[string]string)
	for unit, names := range map[string]string{
		"%":                "%|prozent",
		"percentage point": "prozentpunkt|prozentpunkte|prozentpunkten",
		"basis point":      "basispunkt|basispunkte|basispunkten",
		"usd":              "dollar|us-dollar",
		"eur":              "euro|€",
		"gbp":              "pfund",
		"jpy":              "yen",
		"cny":              "yuan",
		"rub":              "rubel",
		"chf":              "franken",
		"cent":             "cent",
		"km":               "km|kilometer|kilometern",
		"m":                "m|meter|metern",
		"cm":               "cm|zentimeter|zentimetern",
		"mm":               "mm|millimeter|millimetern",
		"mile":             "meile|meilen",
		"km²":              "quadratkilometer|quadratkilometern|km²",
		"m²":               "quadratmeter|quadratmetern|m²",
		"hectare":          "hektar|ha",
		"km/h":             "kmh|stundenkilometer|stundenkilometern",
		"kg":               "kg|kilo|kilogramm",
		"gram":             "gramm|g",
		"tonne":            "tonne|tonnen",
		"litre":            "liter|litern",
		"barrel":           "barrel",
		"watt":             "watt",
		"kw":               "kw|kilowatt",
		"mw":               "mw|megawatt",
		"gw":               "gw|gigawatt",
		"second":           "sekunde|sekunden",
		"minute":           "minute|minuten",
		"hour":             "stunde|stunden",
		"day":              "tag|tage|tagen",
		"week":             "woche|wochen",
		"month":            "monat|monate|monaten",
		"year":             "jahr|jahre|jahren",
		"decade":           "jahrzehnt|jahrzehnte|jahrzehnten",
		"century":          "jahrhundert|jahrhunderte|jahrhunderten",
		"people":           "menschen|personen|leute|leuten",
		"time":             "mal",
		"°c":               "° c|grad celsius",
		"degree":           "grad|°",
	} {
		for name := range strings.SplitSeq(names, "|") {
			m[name] = unit
		}
	}
	return m
}
