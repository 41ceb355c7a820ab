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
// all. English is the only language with tables so far: [For] answers English
// for any tag. Scripts that English does not use are still cut right, because
// sentences and words come from Unicode's own segmentation (UAX #29), and only
// what it gets wrong in prose is mended here: a full stop after "Mr." or "U.S."
// is no end, a sentence may begin with a digit, and "…" may end one.
//
// The readers are made for checking what was written against what an article
// holds. They would rather give a value in one normal form ("7 %", "seven
// percent" and "7 per cent" are the same [Number]) than every shade of it, and
// rather miss a doubtful name or date than invent one.
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

import "strings"

// Span is a place in a text: the bytes [Start, End).
type Span struct{ Start, End int }

// In returns the part of text that s covers; text must be the string in which s
// was found.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Language holds the tables of one language. It never changes and is safe for
// concurrent use. Get one with [For]; the zero value knows no words at all.
type Language struct {
	// stops are function words, by norm.
	stops map[string]bool
	// starters are words, by norm and besides stops, that begin a sentence and
	// no name: "however", "meanwhile".
	starters map[string]bool
	// common are words, by norm, that are capitalised only at the beginning of
	// a sentence.
	common map[string]bool
	// abbreviations says what may follow a word with a full stop; the keys are
	// in lower case, without the last full stop.
	abbreviations map[string]follower
	// marked are names that end in a mark: "Yahoo!".
	marked map[string]bool
	// possessives are endings that a norm and a name go without, in all forms.
	possessives []string
	stem        func(norm string) string

	// units, tens, hundreds and scales are number words with their values.
	units, tens map[string]float64
	hundreds    map[string]float64
	scales      map[string]float64
	// suffixes are scales that are glued to digits: "3bn".
	suffixes map[string]float64
	// denominators are the parts of fractions: "third", "quarters".
	denominators map[string]float64
	// measures are units by the words that name them, of one word or two.
	measures map[string]string
	// currencies are units by sign or code that stands before the digits.
	currencies map[string]string
	// dollars are letters before "$", by lower case.
	dollars map[string]string

	months   map[string]int
	weekdays map[string]int
	days     map[string]string
	periods  map[string]string
	// doubtful are months that are words or names as well.
	doubtful map[string]bool
	// dateCues are words after which a doubtful month is a month and four
	// digits are a year.
	dateCues map[string]bool

	// honorifics are titles that are no part of a name.
	honorifics map[string]bool
	// particles stand inside names: "of", "van".
	particles map[string]bool
}

// For returns the language of a BCP 47 tag. The empty tag and tags without
// tables get the rules of English. Never nil.
func For(tag string) *Language {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if l := languages[base]; l != nil {
		return l
	}
	return english
}

// languages are those with tables, by the first part of their tags.
var languages = map[string]*Language{"en": english}

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
