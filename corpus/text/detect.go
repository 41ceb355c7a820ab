package text

// Detect returns the tag of the language, "en" or "de", in which s is most likely
// written: the one of which it holds more words that the other does not know.
// Where that says nothing, as for names alone or for an empty text, it is "en".
// A question is enough; each word counts the same, so the names of one language
// within a text of the other do no harm.
func Detect(s string) string {
	de, en := 0, 0
	for _, w := range english.Words(s) {
		inGerman := germanTelling[w.Norm] || german.stops[w.Norm]
		inEnglish := englishTelling[w.Norm] || english.stops[w.Norm]
		switch {
		case bothTelling[w.Norm] || inGerman == inEnglish:
		case inGerman:
			de++
		default:
			en++
		}
	}
	if de > en {
		return "de"
	}
	return "en"
}

// The words, by norm and besides function words, that tell a language: names of
// days and months, numbers, and verbs of saying.
var (
	germanTelling = telling(german, tellingGerman)
	// Words of either language that are no function words are seldom in the
	// other, so that a few do for English.
	englishTelling = telling(english, "said report reported reports news latest headlines articles stories")
)

// bothTelling are words of both languages, whichever knows them as function
// words: "die", "war", "am".
var bothTelling = set(`die war man hat den des bin mit fast bald gut rock arm art will was so in an am im also her hin
	des dies null april august september november winter jan feb apr jun jul aug sep sept nov mal`)

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
