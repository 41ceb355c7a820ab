package restate

import "strings"

// words are the words of one language that the rules go by, in the form of
// text.Word.Norm.
type words struct {
	// joints may stand before a question that goes on.
	joints map[string]bool
	// bare are question words that are a question alone.
	bare map[string]bool
	// askers begin a question; aux are the verbs behind them.
	askers, aux map[string]bool
	// doers are the askers that may be the subject of their question; somebody and
	// something stand in their place.
	doers               map[string]bool
	somebody, something string
	// past is the auxiliary that makes a question of a plain verb: "did".
	past string
	// person, thing and group are pronouns; owner those that are followed by
	// what is owned.
	person, thing, group, owner map[string]bool
	// empty are words behind "it" that make it a pronoun of nothing.
	empty map[string]bool
	// pointers are "that" and its like, where they stand for something.
	pointers map[string]bool
	// there stands for a place.
	there map[string]bool
	// prepositions begin a piece that can be exchanged, places those of a place.
	prepositions, places map[string]bool
	// articles begin a noun phrase.
	articles map[string]bool
	// say are verbs of saying; about stands before what is said.
	say, about map[string]bool
	// according are the words before the name of an outlet.
	according string
	// what are "what about", "how about".
	whatAbout [][2]string
	// ends close a noun phrase: verbs and clauses that often follow one.
	ends map[string]bool
	// many are "many" and "much", behind "how".
	how, many map[string]bool
	// fill are words of a piece that say nothing.
	fill map[string]bool
	// outlets are words for outlets in general.
	outlets map[string]bool
}

func set(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// wordsOf returns the words of a language; English for those without any.
func wordsOf(tag string) words {
	if tag == "de" {
		return german
	}
	return english
}

var english = words{
	joints:       set("and but so ok okay also then well or now"),
	bare:         set("why when where how who"),
	askers:       set("who whom whose what which when where why how"),
	aux:          set("is are was were did does do has have had will would can could should may might must shall"),
	doers:        set("who what which"),
	somebody:     "somebody",
	something:    "something",
	past:         "did",
	person:       set("he she him"),
	thing:        set("it this"),
	group:        set("they them these those"),
	owner:        set("his her its their"),
	empty:        set("true clear likely known possible certain correct rain rained raining snow snowed that time"),
	pointers:     set("that this"),
	there:        set("there"),
	prepositions: set("in at on to from for near off of with by against under over between during since before after about"),
	places:       set("in at on near off"),
	articles:     set("the a an this these those both all"),
	outlets:      set("outlets papers newspapers stations sources media press sites articles reports"),
	say:          set("say says said report reports reported write writes wrote tell think claim announce"),
	about:        set("about on of regarding"),
	according:    "according to",
	whatAbout:    [][2]string{{"what", "about"}, {"how", "about"}},
	ends: set(`that who which whom whose when where while because if although and or but according
		is are was were did does do has have had will would can could should may might must been be
		say said report reported lie cost go went rise rose win won happen happened begin began end ended open
		opened close closed decide decided leave left count counted find found`),
	how:  set("how"),
	many: set("many much"),
	fill: set("please exactly then there it that this about"),
}

var german = words{
	joints:       set("und aber also ok okay oder dann nun"),
	bare:         set("warum wann wo wie wer wieso weshalb"),
	askers:       set("wer wen wem wessen was wann wo warum wie welche welcher welches welchen welchem wieso weshalb"),
	doers:        set("wer was"),
	somebody:     "jemand",
	something:    "etwas",
	aux:          set("ist sind war waren hat haben hatte hatten wird werden wurde wurden kann soll muss"),
	person:       set("er sie ihn ihm"),
	thing:        set("es das"),
	group:        set("sie denen ihnen"),
	owner:        set("sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer"),
	empty:        set("wahr klar bekannt möglich moglich gibt gab"),
	pointers:     set("das dies"),
	there:        set("dort da"),
	prepositions: set("in im am an auf nach aus von vom für fur bei zu zum zur mit gegen seit vor über uber"),
	places:       set("in im am an auf bei"),
	articles:     set("der die das den dem des ein eine einen einem einer"),
	outlets:      set("medien zeitungen sender quellen artikel berichte"),
	say:          set("sagt sagte sagen berichtet berichtete berichten schreibt schrieb schreiben meldet meldete melden"),
	about:        set("über uber zum zur zu"),
	according:    "laut",
	whatAbout:    [][2]string{{"was", "ist"}},
	ends: set(`dass der die wer wann wo weil ob und oder aber ist sind war waren hat haben hatte hatten wird werden
		wurde wurden gesperrt gekostet`),
	how:  set("wie"),
	many: set("viele viel"),
	fill: set("bitte genau denn das es"),
}
