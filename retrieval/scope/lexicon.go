package scope

import (
	"regexp"

	"newsdesk/corpus/text"
)

// lexicon holds the words of one language by which a question shows what it
// asks for. The rules are the same for all languages. All words are in lower
// case; a set that a language has no use for is nil.
type lexicon struct {
	language *text.Language
	outletWords
	dateWords
	askWords
}

// outletWords show whether the outlet that is named reports, or is what the
// question is about.
type outletWords struct {
	// articles may stand before a name; after an article of subjects the name
	// does something ("sagte der Spiegel"), after others something is done to
	// it ("sagte sie dem Spiegel").
	articles, subjects map[string]bool
	// genitiveArticle is that behind which names take an s; empty for none.
	genitiveArticle string
	// capitalNouns says that all nouns have capitals, so that one beside a name
	// says nothing.
	capitalNouns bool
	// endings are those that names take, the longest first.
	endings []string

	// sources are words right before the name of a source: "per". behind are
	// such right behind it: "zufolge".
	sources, behind map[string]bool
	// before gives for a word before a name those that make it a source if one
	// of them comes right before that: "according" for "to".
	before map[string]map[string]bool
	// leading are verbs right before the outlet that does it: "says SNN".
	leading map[string]bool
	// say are verbs of reporting behind a name. asked are further ones that are
	// such only behind a word of aux: "did SNN name".
	say, asked, aux map[string]bool
	// participles go with a word of perfect: "has SNN covered it". With
	// verbsLast they close the clause ("hat SNN über den Damm berichtet"), as
	// those of say close one that a word of relatives opens ("wie SNN am Freitag
	// berichtete").
	perfect, participles, relatives map[string]bool
	verbsLast                       bool
	// verbsFirst says that a question may begin with a word of leading.
	verbsFirst bool
	// talk are the verbs of say that people do as well as outlets.
	talk map[string]bool
	// reports are nouns for what outlets make: "coverage".
	reports map[string]bool
	// stood and inside: "what stood last week in the Herald".
	stood, inside map[string]bool
	// comparing are words of a comparison; against stand between two that are
	// compared, versus do so by themselves.
	comparing, against, versus map[string]bool
	// joining are words between the names of a list; conjunctions those of
	// them that join.
	joining, conjunctions map[string]bool
	// skipped may stand between a name and its verb: "SNN also said".
	skipped map[string]bool
	// topics stand behind an outlet at the beginning: "SNN on the dam"; opening
	// words may stand before it: "any SNN on the dam".
	topics, opening map[string]bool
	// honorifics come before a person's name, pronouns mean a person.
	honorifics, pronouns map[string]bool
	// determiners stand before nouns, never before outlets: "which".
	determiners map[string]bool
	// verbs are words that begin a question and are no part of a name:
	// "describe".
	verbs map[string]bool
}

// dateWords show whether a date is one of publication.
type dateWords struct {
	// bounds are words that make a date the end of a stretch.
	bounds map[string]bound
	// preps may stand between a date and what it is the date of; whenPreps are
	// of them for when something was done: "in April".
	preps, whenPreps map[string]bool
	// later are comparatives that make a bound with "than", which is refused
	// behind a word of no: "no later than".
	later map[string]bound
	no    map[string]bool
	// passed may stand right before a date: "in the year 2018".
	passed map[string]bool
	// between stands before a stretch whose ends a word of and joins; to joins
	// them anyway.
	between, to, and map[string]bool
	// dayBefore finds the first day in what stands before the last: "3 to ".
	// dayBehind finds the last day behind the first: "May 3 to 5". Either may
	// be nil.
	dayBefore, dayBehind *regexp.Regexp
	// papers are what a date before or behind can be the date of publication
	// of: "headlines". stories are such only behind an owner: "its story".
	// Of ownReports it does not say that the owner is an outlet.
	papers, stories, owners, ownReports map[string]bool
	// published are verbs for it; reported are such that facts may have too:
	// "what was reported". passive are the verbs that they and happened go with.
	published, reported, passive map[string]bool
	// origins are words between papers and the date from which they are.
	origins map[string]bool
	// fillers may stand between papers and a date: "were there".
	fillers map[string]bool
	// happened are verbs for what news tell.
	happened map[string]bool
	// covering are verbs of reporting whose object is the topic.
	covering map[string]bool
	// future are auxiliaries for what is to come.
	future map[string]bool
	// around are pairs of words before a day that make another stretch of it.
	around map[[2]string]around
	// weekends are the words for it.
	weekends map[string]bool
	// past stand before a number of days: "the last three days".
	past map[string]bool
	// asOfWords are pairs of words before the day up to which a question asks. Where
	// the first is empty, the second has a capital.
	asOfWords map[[2]string]bool
	// known are words for what was known.
	known map[string]bool
	// holidays are feasts by name.
	holidays map[string]holiday
}

// askWords show what kind of answer is wanted.
type askWords struct {
	// what begins a question for what was told; questions are all words that
	// ask.
	what, how, questions map[string]bool
	// news are words for it; a question with one asks for news.
	news map[string]bool
	// latest wish for what is new, whatever follows; recent only before a word
	// of news or behind one of mostBefore. notLatest before latest make it "at
	// the latest".
	latest, recent, mostBefore, notLatest map[string]bool
	// novel is "new" in "what's new" and "anything new"; novelty are words that
	// may stand between, something what stands before it otherwise.
	novel, novelty, something map[string]bool
	// outlets are words for outlets and accounts in the plural; many before
	// them ask for several.
	outlets, many map[string]bool
	// courses are words for what changes over time: "timeline"; changing are
	// such verbs.
	courses, changing map[string]bool
	// who are words that open a clause about somebody.
	who map[string]bool
	// askers may stand before what a question for articles names: "can you find
	// me some".
	askers map[string]bool
	// first closes the question which of two came first.
	first map[string]bool
}

// bound says on which side of a date the stretch lies that is asked for.
type bound int

const (
	noBound bound = iota
	sinceBound
	afterBound
	untilBound
	beforeBound
)

// around says which stretch is told by a day.
type around int

const (
	// itself is a part of the day: "the night of 3 May".
	itself around = iota + 1
	// weekOf is the week that it lies in.
	weekOf
	// eveOf is the day and that before it: "die Nacht zum 3. Mai".
	eveOf
)

// lexicons are those of all languages, by tag.
var lexicons = map[string]*lexicon{"en": english, "de": german}

// lexiconOf returns the lexicon for a question: that of the language in which
// it is most likely written, or of English where there is none.
func lexiconOf(question string) *lexicon {
	if l := lexicons[text.Detect(question)]; l != nil {
		return l
	}
	return english
}

// union returns the words of several sets.
func union(sets ...map[string]bool) map[string]bool {
	m := make(map[string]bool)
	for _, set := range sets {
		for w := range set {
			m[w] = true
		}
	}
	return m
}
