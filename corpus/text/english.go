package text

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/english"
)

// english is the language of tags without tables too.
var english = prepared(&Language{
	wordTables: wordTables{
		stops:       set(englishStops),
		starters:    set(englishStarters),
		common:      set(englishCommon),
		possessives: []string{"'s", "’s", "'S", "’S"},
		stem:        newStems(stemEnglish).of,
	},
	sentenceTables: sentenceTables{
		abbreviations: englishAbbreviations(),
		marked:        set("yahoo! jeopardy!"),
		closers:       "\"'”’»)]",
	},
	numberTables: numberTables{
		decimal: '.', group: ',',
		units: map[string]float64{
			"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
			"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
			"sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
		},
		tens: map[string]float64{
			"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
		},
		hundreds: map[string]float64{"hundred": 100, "dozen": 12},
		scales: map[string]float64{
			"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
			"m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "b": 1e9, "k": 1e3,
		},
		thousandWord: "thousand",
		suffixes: map[string]float64{
			"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12,
		},
		part: map[string]float64{
			"third": 1. / 3, "quarter": 1. / 4, "fourth": 1. / 4, "fifth": 1. / 5, "sixth": 1. / 6, "eighth": 1. / 8, "tenth": 1. / 10,
		},
		parts: map[string]float64{
			"thirds": 1. / 3, "quarters": 1. / 4, "fourths": 1. / 4, "fifths": 1. / 5, "sixths": 1. / 6, "eighths": 1. / 8, "tenths": 1. / 10,
		},
		partOf:    set("of"),
		articles:  set("a an"),
		halves:    set("half"),
		notHalves: set("first second other latter in"),
		andParts:  map[string]float64{"half": 1. / 2, "quarter": 1. / 4},
		and:       set("and"), to: set("to"), between: set("between"),
		pronouns: set("one"), singled: set("no any every some this that the each which"),
		measures: englishMeasures(), ages: set("old"),
		currencies: currencies,
		dollars:    dollars,
		dayHalves:  map[string]string{"am": "am", "pm": "pm", "a.m": "am", "p.m": "pm"},
	},
	dateTables: dateTables{
		months: map[string]int{
			"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
			"september": 9, "october": 10, "november": 11, "december": 12,
			"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
		},
		weekdays: map[string]int{
			"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
			"sun": 0, "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6,
		},
		days: map[string]string{
			"today": "today", "tonight": "today", "yesterday": "yesterday", "tomorrow": "tomorrow",
			"this morning": "today", "this afternoon": "today", "this evening": "today", "last night": "yesterday",
			"the day before yesterday": "2 day ago", "day before yesterday": "2 day ago",
			"the day after tomorrow": "2 day ahead", "day after tomorrow": "2 day ahead",
		},
		ordinals:       map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4},
		ordinalEndings: []string{"st", "nd", "rd", "th"},
		periods:        map[string]string{"last": "last", "this": "this", "next": "next", "past": "past", "previous": "last"},
		spans: map[string]string{
			"week": "week", "month": "month", "year": "year", "weekend": "weekend",
			"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter",
		},
		seasons:   map[string]string{"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"},
		fractions: map[string]string{"quarter": "q", "half": "h"},
		portions:  map[string]string{"early": "early", "mid": "mid", "late": "late"},
		ends:      map[string]string{"beginning": "early", "start": "early", "middle": "mid", "end": "late"},
		links:     set("of ,"),
		agoBehind: set("ago"),
		decades:   []string{"s"},
		doubtful:  set("may march mar jan jun sun sat mon wed"),
		cues: set(`in since by until till from of during before after through early late mid last next this
			between around about to on when`),
		looseCues: set("in since until till from of during before after early late mid last next this between"),
	},
	nameTables: nameTables{
		honorifics:  set("mr mrs ms miss mx dr prof sir madam"),
		particles:   set("of the van von de del della der den di da du dos la le bin ibn y"),
		inflections: []string{"ly", "ing", "ed"},
	},
})

// currencies are signs and codes that stand before digits in any language.
var currencies = map[string]string{
	"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr", "₽": "rub", "₴": "uah", "₺": "try", "₩": "krw", "₪": "ils",
	"usd": "usd", "eur": "eur", "gbp": "gbp", "jpy": "jpy", "chf": "chf", "inr": "inr", "rub": "rub", "cny": "cny",
}

// dollars are the letters before "$".
var dollars = map[string]string{
	"us": "usd", "u.s": "usd", "a": "aud", "au": "aud", "c": "cad", "ca": "cad", "nz": "nzd", "hk": "hkd", "s": "sgd", "nt": "twd",
}

// set returns the words of a list parted by white space.
func set(list string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

func stemEnglish(norm string) string {
	env := snowballstem.NewEnv(norm)
	snowball.Stem(env)
	return env.Current()
}

// englishStops are function words by norm. "us" and "may" are missing because
// they are a country and a month.
const englishStops = `
a about above after again against all almost along already also although always am among an and another any anybody
anyone anything are arent around as at away be became because become been before behind being below between both but
by can cannot cant could couldnt did didnt do does doesnt doing dont down during each either else ever every everybody
everyone everything few for from further had hadnt has hasnt have havent having he hed hell her here hers herself hes
him himself his how however i id if ill im in into is isnt it its itself ive just least less lets like many me might
mine more most much must my myself neither never no nobody none nor not nothing now of off often on once one only onto
or other others ought our ours ourselves out over own per perhaps quite rather really same shall shant she shed shes
should shouldnt since so some somebody someone something still such than that thats the their theirs them themselves
then there theres these they theyd theyll theyre theyve this those though through thus to too toward towards under
until up upon very was wasnt we wed well were werent weve what whatever when where whether which while who whoever
whom whose why will with within without wont would wouldnt yet you youd youll your youre yours yourself youve`

// englishStarters begin sentences and no names.
const englishStarters = `
meanwhile moreover nevertheless nonetheless therefore furthermore instead later earlier today yesterday tomorrow
recently currently previously finally eventually officials critics experts authorities police analysts observers
despite unlike according asked speaking following still even indeed besides later nearly local two three four five
six seven eight nine ten several hundreds thousands millions click people residents supporters opponents last next whereas mostly mainly largely partly
unless beyond across amid apart maybe nowadays thereafter afterwards afterward otherwise`
