// Package text reads what stands in a text of news: sentences, words, numbers,
// dates, names and quotations, each with its place.
//
// # Design
//
// Everything here is pure: a text goes in, places come out. A place is a
// [Span], bytes [Start, End) of the very string that was given, always on
// borders of runes. The spans of one result are in order, do not overlap and
// are not empty. Any string may be given, invalid UTF-8 too; nothing panics.
//
// What depends on a language (abbreviations, number words, months, function
// words, the stemmer) is in tables of a [Language]; the rules are the same for
// all, but for readers that only one of them has. There are tables of seven: [For]
// answers English for any other tag, and [Detect] says in which of them a text is
// written. Scripts that they do not use are still cut right, because sentences and
// words come from Unicode's own segmentation (UAX #29), and only what it gets
// wrong in prose is mended here: a full stop after "Mr.", "U.S." or "3." of "3.
// Mai" is no end, a sentence may begin with a digit, and "…" may end one.
//
// The readers are made for checking what was written against what an article
// holds. They would rather give a value in one normal form ("7 %", "seven
// percent", "۷ درصد" and "百分之七" are the same [Number]) than every shade of it,
// and rather miss a doubtful name or date than invent one.
//
// # Languages
//
// English is read in all that this package reads, and so are the others but for
// what is said here. Nowhere are read: dates of the lunar calendar of Islam, times
// by other words than figures, number words of a million and more with a rest
// ("two million three hundred"), and words that were spelled wrong.
//
// German: nouns have capitals too, so a name is what no sign shows to be a noun: a
// list of some thousand nouns, what they end in, compounds of them, an article, an
// adjective or a number before it, or its use elsewhere in the text. Outlets, ships
// and rivers that are nouns ("der Spiegel") are no names; a noun that is not on the
// list and stands bare is one.
//
// Spanish: names as in English; of two names that "y" joins each is one. Speech
// after a dash is no quotation. Of "el 3 y el 4 por ciento" only the 4 has a unit.
//
// Russian: names as in English, in any case of grammar, and what a few words
// between quotation marks behind a noun name: «Северная верфь». A family name that
// ends as an adjective does is missed where it begins a sentence alone.
//
// Persian: figures of all kinds, months of the Solar Hijri calendar of Iran, with
// its years, and of the Gregorian one. A day of the former with its year is given
// as the day that it is, the rest in [Date.Relative]; last year and month are
// those of that calendar, weeks are as elsewhere. "تن", which counts people and
// tonnes, is no unit. The stemmer takes off plurals and the signs of tenses.
//
// Arabic: words of one letter are told from months, days, numbers, titles and states
// that they lean on, but not from other words; the stemmer takes the article off.
// Months have all their three sets of names. Dual numbers are read where they have
// a scale ("مليونان").
//
// Persian and Arabic have no capitals. A name is what stands behind a title
// ("آقای", "الرئيس"), a kind of place or outlet ("شهر", "صحيفة"), beside a verb of
// saying (two words or three), and the names of some states and capitals, so that
// most single names in running text are missed.
//
// Chinese: each sign is a [Word], as nothing parts words, and is its own stem. A
// number of one sign counts before a unit or a counter only, "一" not at all, being
// as often "a". Names are people by a family name beside a title, a calling or a
// verb of saying, foreign ones by the dot between their parts, places behind a
// preposition by their last sign, titles in 《》, which are no quotations, and some
// states and cities. Of a family name alone, and of places without such a sign,
// nothing is known. "……" ends no sentence. The hour ("5点") is no number.
//
// A sentence that ends in an abbreviation ("… in the U.S. The …") is told from
// one that goes on ("the U.S. Navy") by the next word: a word that often begins
// sentences and is no part of names ends the first. Nothing more is known of
// "in the U.S. Brook said …", which is read as one sentence: two sentences kept
// together are a longer quote, one cut apart is a wrong one.
//
// The tables were made by hand, but for the words in common.go, which say how
// they were counted. Measured with the benchmarks of this package on one core:
// see the comments of [Language.Sentences] and [Language.Words].
package text

import (
	"maps"
	"slices"
	"strings"
)

// Span is a place in a text: the bytes [Start, End).
type Span struct{ Start, End int }

// In returns the part of text that s covers; text must be the string in which s
// was found.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Language holds the tables of one language. It never changes and is safe for
// concurrent use. Get one with [For]; the zero value knows no words at all.
type Language struct {
	wordTables
	sentenceTables
	numberTables
	dateTables
	nameTables
}

// wordTables are what [Language.Words] needs.
type wordTables struct {
	// stops are function words, by norm.
	stops map[string]bool
	// starters are words, by norm and besides stops, that begin a sentence and
	// no name: "however", "meanwhile".
	starters map[string]bool
	// common are words, by norm, that are capitalised only at the beginning of
	// a sentence.
	common map[string]bool
	// possessives are endings that a norm and a name go without, in all forms.
	possessives []string
	stem        func(norm string) string
	// clitics are words of one letter that are written at the beginning of the
	// next word; known are the words by which they are told from its first letter.
	clitics map[rune]bool
	known   map[string]bool
}

// sentenceTables are what [Language.Sentences] needs.
type sentenceTables struct {
	// abbreviations says what may follow a word with a full stop; the keys are
	// in lower case, without the last full stop.
	abbreviations map[string]follower
	// reversedQuotes says that ”…“ is a quotation.
	reversedQuotes bool
	// marked are names that end in a mark: "Yahoo!".
	marked map[string]bool
	// closers are marks that close a quotation or a bracket.
	closers string
	// ordinalStop says that a full stop behind digits makes an ordinal: "3.".
	ordinalStop bool
	// resumes is what a sentence goes on with behind three full stops, where
	// there are no capitals to tell; empty elsewhere.
	resumes string
	// spaceless says that no spaces stand between sentences.
	spaceless bool
}

// numberTables are what [Language.Numbers] needs.
type numberTables struct {
	// decimal is the mark before decimals, group the one between thousands.
	decimal, group byte
	// units, tens, hundreds and scales are number words with their values.
	units, tens map[string]float64
	hundreds    map[string]float64
	scales      map[string]float64
	// thousandWord is the word for it.
	thousandWord string
	// compound reads a number that is written as one word: "dreihundertfünf".
	// ok is false for any other word. Nil where there is no such thing.
	compound func(low string) (value float64, ok bool)
	// sums says that units holds all numbers below a thousand that are one word,
	// to be added up: "doscientos" "treinta" "y" "cinco".
	sums bool
	// lastUnits are those that are words of another kind by themselves: "uno".
	lastUnits map[string]float64
	// tensJoined says that and stands between tens and units only; unitsFirst,
	// that units come before tens.
	tensJoined, unitsFirst bool
	// bare are scales that count one by themselves: "mil".
	bare map[string]bool
	// scaleOf may stand between a scale and its unit: "millones de euros".
	scaleOf map[string]bool
	// shares are fractions of one word: "mitad"; duals are numbers with their
	// scale in one word: "مليونان".
	shares, duals map[string]float64
	// spaced says that a space parts thousands: "8 000".
	spaced bool
	// han says that numbers and dates are written as in Chinese.
	han bool
	// suffixes are scales that are glued to digits: "3bn".
	suffixes map[string]float64
	// part and parts are the parts of fractions, one and several: "third",
	// "quarters".
	part, parts map[string]float64
	// partOf are words behind a fraction: "of".
	partOf map[string]bool
	// articles are those that count one: "a", "an".
	articles map[string]bool
	// halves are words for a half, which is no amount behind one of notHalves;
	// wholeHalves stand between an article and a scale: "eine halbe Million".
	halves, notHalves, wholeHalves map[string]bool
	// andParts are the parts that are added to a number: "and a half".
	andParts map[string]float64
	// and, to and between join numbers.
	and, to, between map[string]bool
	// pronouns are numbers that are pronouns as well: "one"; behind a word of
	// singled they are.
	pronouns, singled map[string]bool
	// measures are units by the words that name them, of one word or two.
	measures map[string]string
	// ages are words behind a unit that make it an age: "20-year-old".
	ages map[string]bool
	// currencies are units by sign or code that stands before the digits.
	currencies map[string]string
	// dollars are letters before "$", by lower case.
	dollars map[string]string
	// dayHalves are "am" and "pm", by how they are written.
	dayHalves map[string]string
	// oClock are words behind an hour: "17 Uhr".
	oClock map[string]bool
}

// dateTables are what [Language.Dates] needs. All keys are in lower case.
type dateTables struct {
	months   map[string]int
	weekdays map[string]int
	// days are words and phrases that name a day from now, by Date.Relative.
	// Behind a word of periods, the key begins with what that means.
	days map[string]string
	// dayWords are days of a month in words: "dritten".
	dayWords map[string]int
	// ordinals are "first" to "fourth", ordinalEndings those of digits: "3rd".
	ordinals       map[string]int
	ordinalEndings []string
	// periods are words for "last", "this", "next" and "past".
	periods map[string]string
	// periodsBehind are such words that follow: "semana pasada", of up to two
	// words.
	periodsBehind map[string]string
	// notDays are words behind which a word of days is none: "por la mañana".
	notDays map[string]bool
	// smallMonths says that months and days of the week have no capital.
	smallMonths bool
	// yearWords may follow a year: "2025 года".
	yearWords map[string]bool
	// yearCues stand before a year: "سال".
	yearCues map[string]bool
	// solarMonths are those of the Solar Hijri calendar.
	solarMonths map[string]int
	// spans are the stretches that periods go with: "week".
	spans map[string]string
	// seasons are the words for the four: "fall" is "autumn".
	seasons map[string]string
	// fractions are the parts of a year that are counted: "q" for quarters,
	// "h" for halves.
	fractions map[string]string
	// portions are "early", "mid" and "late"; ends are such that need a word of
	// links behind them: "the end of June".
	portions, ends map[string]string
	// links may stand between the parts of a date: "of", ",".
	links map[string]bool
	// beforeDay may stand between a day of the week and its date.
	beforeDay map[string]bool
	// agoBefore and agoBehind are words around a number of days: "vor", "ago".
	agoBefore, agoBehind map[string]bool
	// agoUnits are stretches that count one by themselves there: "год назад".
	agoUnits map[string]bool
	// decades are the endings of one: "1990s".
	decades []string
	// doubtful are months and days that are words or names as well.
	doubtful map[string]bool
	// cues are words after which a doubtful month is a month and four digits
	// are a year. looseCues are those of them that no verb follows.
	cues, looseCues map[string]bool

	// opening are all words with which a date may begin; pairs are the first two
	// words of days that are phrases. Both are made of the other tables.
	opening map[string]bool
	pairs   map[[2]string]bool
}

// nameTables are what [Language.Names] needs.
type nameTables struct {
	// honorifics are titles that are no part of a name.
	honorifics map[string]bool
	// particles stand inside names: "of", "van".
	particles map[string]bool
	// capitalPronouns are the function words that have a capital within a sentence; nil
	// where all may: in titles of English.
	capitalPronouns map[string]bool
	// inflections are endings of words that are no names though they have a
	// capital at the beginning of a sentence.
	inflections []string
	// prepareNames looks at a whole text before its names are read; isNoun
	// reports whether a capitalised word is a common noun; endsName, whether the
	// name that goes to token last ends before the capitalised token next.
	// otherNames reads what is a name without a capital, from token from to end,
	// at or behind token i. All are nil where there is no such thing.
	prepareNames func(n *namer)
	isNoun       func(n *namer, i int) bool
	endsName     func(n *namer, last, next int) bool
	otherNames   func(n *namer, i int) (from, end int)

	neighbourTables
}

// For returns the language of a BCP 47 tag, whatever follows its first part:
// "es-MX" is "es", "zh-Hans" and "zh-TW" are "zh". The empty tag and tags without
// tables get the rules of English. Never nil.
func For(tag string) *Language {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	if l := languages[base]; l != nil {
		return l
	}
	return english
}

// languages are those with tables, by the first part of their tags.
var languages = map[string]*Language{
	"en": english, "de": german, "es": spanish, "ru": russian, "fa": persian, "ar": arabic, "zh": chinese,
}

// prepared fills in what is made of other tables.
func prepared(l *Language) *Language {
	l.opening = set("q1 q2 q3 q4 h1 h2")
	l.pairs = make(map[[2]string]bool)
	for phrase := range l.days {
		words := strings.Fields(phrase)
		l.opening[words[0]] = true
		if len(words) > 1 {
			l.pairs[[2]string{words[0], words[1]}] = true
		}
	}
	open(l.opening, l.months, l.weekdays, l.dayWords, l.ordinals)
	open(l.opening, l.periods, l.seasons, l.portions, l.ends)
	open(l.opening, l.units, l.tens)
	open(l.opening, l.articles, l.agoBefore)
	open(l.opening, l.lastUnits)
	open(l.opening, l.agoUnits)
	open(l.opening, l.solarMonths)
	if l.periodsBehind != nil {
		open(l.opening, l.spans)
	}
	firstWords(l.opening)
	if l.clitics != nil {
		l.known = leanedOn(l)
	}
	return l
}

// open adds the keys of tables to words.
func open[V any](words map[string]bool, tables ...map[string]V) {
	for _, table := range tables {
		for w := range table {
			words[w] = true
		}
	}
}

// firstWords adds the first word of each phrase.
func firstWords(words map[string]bool) {
	for _, w := range slices.Collect(maps.Keys(words)) {
		if first, _, ok := strings.Cut(w, " "); ok {
			words[first] = true
		}
	}
}

// leanedOn returns the words of l's tables that a clitic may stand before.
func leanedOn(l *Language) map[string]bool {
	words := make(map[string]bool)
	open(words, l.opening, l.titles, l.kinds, l.sayings, l.states, l.cues)
	open(words, l.scales, l.shares, l.duals)
	open(words, l.measures)
	firstWords(words)
	return words
}

// follower says what may follow an abbreviation within its sentence.
type follower int

const (
	// anyFollows is for what always goes before a name: "Mr.".
	anyFollows follower = iota + 1
	// digitFollows is for what goes before a number: "No. 10".
	digitFollows
	// nameFollows is for what may end a sentence or go before a name: "Inc.".
	nameFollows
)
