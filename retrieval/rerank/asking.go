package rerank

import (
	"strings"

	"newsdesk/corpus/text"
)

// asking are the words by which a language asks.
type asking struct {
	// words begin a question: "who", "how".
	words map[string]bool
	// joins are those that join sentences as well: "when".
	joins map[string]bool
	// how asks for a number where one of extents follows: "how many".
	how     string
	extents map[string]bool
	// amounts ask for a number by themselves: "percentage".
	amounts map[string]bool
	// sayings ask for what somebody said: "call", "slogan".
	sayings map[string]bool
	// numerals are words for numbers in texts.
	numerals string
}

// askings are those of each language that corpus/text tells apart.
var askings = map[string]asking{
	"en": {
		words:   set("who whom whose what which when where why how"),
		joins:   set("when"),
		how:     "how",
		extents: set("many much big far fast long near large high low old close often soon deep wide heavy tall lopsided"),
		amounts: set("percent percentage tally tallies count counts figure figures number numbers price margin ratio odds rate toll total"),
		sayings: set("say says said saying call calls called label nickname describe describes described word words slogan react reaction tweet tweeted tell tells told phrase quote quoted"),
		numerals: `two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand
			million billion dozen half twice third percent`,
	},
	"de": {
		words:   set("wer wen wem wessen was welche welcher welches welchem welchen wann wo wohin woher warum wieso weshalb womit wozu wodurch wie wieviel wieviele"),
		joins:   set("was wo"),
		how:     "wie",
		extents: set("viel viele vielen weit schnell lang lange nahe nah groß gross hoch tief niedrig alt oft bald breit schwer"),
		amounts: set("prozent prozentsatz anzahl zahl zahlen preis quote anteil summe betrag rate wieviel wieviele"),
		sayings: set("sagen sagt sagte gesagt nennen nennt nannte genannt beschreibt beschrieb wort worte worten parole reagiert reagierte reaktion schrieb erzählte erzahlte zitat"),
		numerals: `zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig hundert tausend
			million millionen milliarde milliarden dutzend halb drittel prozent`,
	},
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// beginnings returns which of the words begin a question. "When" is one only where
// no other is: "When the strike began, how many ferries sailed?"
func (a asking) beginnings(words []text.Word) []int {
	var all, sure []int
	for i, w := range words {
		if !a.words[w.Norm] {
			continue
		}
		all = append(all, i)
		if !a.joins[w.Norm] {
			sure = append(sure, i)
		}
	}
	if len(sure) > 0 {
		return sure
	}
	return all
}

// forNumber reports whether the words ask for a number.
func (a asking) forNumber(words []text.Word) bool {
	for i, w := range words {
		if a.amounts[w.Norm] || i > 0 && a.extents[w.Norm] && words[i-1].Norm == a.how {
			return true
		}
	}
	return false
}

// forWords reports whether the words ask for what somebody said.
func (a asking) forWords(words []text.Word) bool {
	for _, w := range words {
		if a.sayings[w.Norm] {
			return true
		}
	}
	return false
}
