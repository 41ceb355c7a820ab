package kind

import "strings"

// words are the words of one language that the rules go by, in the form of
// text.Word.Norm.
type words struct {
	how, many   map[string]bool
	which, who  map[string]bool
	askers      map[string]bool
	aux         map[string]bool
	articles    map[string]bool
	and         map[string]bool
	that        map[string]bool
	outlets     map[string]bool // what outlets are called
	sorts       map[string]bool // words between "how many" and what is counted
	report      map[string]bool // verbs of reporting, in all their forms
	cover       map[string]bool // those of them with a topic as their object
	reports     map[string]bool // what outlets make
	about       map[string]bool // words before a topic
	first, last map[string]bool
	comparing   map[string]bool
	relative    map[string]bool
	before      map[string]bool
	after       map[string]bool
	singular    map[string]string // "do" and "does"
	// known are verbs, besides those of reporting, of what was known.
	known map[string]bool
	// of is how one outlet is asked about a topic that is a noun phrase, and
	// whose is how it is asked about one that is a clause.
	of    func(outlet, topic string) string
	whose string
	// again are the words that ask again behind an "and" alone.
	again map[string]bool
	// happens are verbs and adjectives of news in general.
	happens map[string]bool
	// pointing are nouns that stand for something named elsewhere.
	pointing map[string]bool
	// plural says that words for several outlets end in "s".
	plural bool
	// verbSecond says that the verb stands behind the word that asks in any
	// question; else it is an auxiliary that does.
	verbSecond bool
}

func set(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

func wordsOf(tag string) words {
	if tag == "de" {
		return german
	}
	return english
}

var english = words{
	how:      set("how"),
	many:     set("many other different several various all both"),
	which:    set("which what"),
	who:      set("who"),
	askers:   set("who whom whose what which when where why how"),
	aux:      set("is are was were did does do has have had will would can could should may might must"),
	articles: set("the a an this these any"),
	and:      set("and or"),
	that:     set("that"),
	outlets: set(`outlet outlets paper papers newspaper newspapers station stations source sources media site sites
		website websites publication publications broadcaster broadcasters channel channels press portal portals`),
	sorts: set("independent different other separate news of the local national"),
	report: set(`report reports reported reporting say says said saying write writes wrote written tell tells told claim claims
		claimed state states stated confirm confirms confirmed mention mentions mentioned cover covers covered covering carry
		carries carried speak spoke`),
	cover:     set("cover covers covered covering mention mentions mentioned carry carries carried confirm confirms confirmed"),
	reports:   set("report reports article articles story stories coverage account accounts news mention"),
	about:     set("about on regarding concerning over"),
	first:     set("first earliest"),
	last:      set("last latest newest"),
	comparing: set("differ differs differed difference differences compare compared comparison agree agrees disagree contradict match versus vs"),
	relative:  set("who which that whom whose"),
	before:    set("before"),
	after:     set("after since"),
	singular:  map[string]string{"do": "does", "are": "is", "were": "was", "have": "has"},
	known:     set("known"),
	of:        func(outlet, topic string) string { return "What does " + outlet + " report about " + topic + "?" },
	whose:     ", according to ",
	again:     set("when where why how"),
	happens:   set("happen happens happened happening new going on publish published appear appeared"),
	pointing:  set("figure figures number numbers date day amount sum point matter issue subject question total topic same thing"),
	plural:    true,
}

var german = words{
	how:      set("wie"),
	many:     set("viele andere anderen verschiedene verschiedenen mehrere mehreren alle"),
	which:    set("welche welcher welches welchem welchen"),
	who:      set("wer"),
	askers:   set("wer wen wem wessen was wann wo warum wie welche welcher welches welchen welchem wieso weshalb"),
	aux:      set("ist sind war waren hat haben hatte hatten wird werden wurde wurden kann soll muss"),
	articles: set("der die das den dem"),
	and:      set("und oder"),
	that:     set("dass"),
	outlets: set(`medien medium zeitung zeitungen sender quellen quelle blatt blatter blätter seiten portale portal
		nachrichtenseiten redaktionen`),
	sorts: set("unabhangige unabhängige verschiedene andere"),
	report: set(`berichtet berichten berichtete berichteten schreibt schreiben schrieb schrieben geschrieben sagt sagen sagte
		meldet melden meldete meldeten gemeldet behaupten erwahnen erwähnen`),
	cover:     set("erwahnen erwähnen meldet melden meldete meldeten"),
	reports:   set("bericht berichte artikel meldung meldungen berichterstattung nachrichten neueste neuste"),
	about:     set("über uber zu zum zur bei"),
	first:     set("zuerst erste erster erstes ersten"),
	last:      set("zuletzt letzte letzter letztes letzten"),
	comparing: set("unterscheiden unterscheidet unterschied unterschiede vergleich vergleiche uberein überein widersprechen einig"),
	relative:  set("der die das welche"),
	before:    set("vor"),
	after:     set("nach seit"),
	known:     set("bekannt"),
	of:        func(outlet, topic string) string { return "Was berichtet " + outlet + " über " + topic + "?" },
	whose:     ", laut ",
	happens:   set("passiert passierte geschah geschehen neues neu los gab gibt erschienen"),
	pointing:  set("zahl zahlen datum tag betrag summe punkt sache frage thema dasselbe"),
	again:     set("wann wo warum wie wer was wieso weshalb"),

	verbSecond: true,
}
