package text

// chinese has no stems, and each sign is a word: nothing parts the words of
// Chinese, and to part them takes a dictionary. Numbers, dates and names are read
// from the signs.
var chinese = prepared(&Language{
	wordTables: wordTables{
		stops: signs("的了在是和与及或而但就都也很被把给对从向到于以为因所其之这那哪谁什么怎吗呢吧啊我你他她它们您着过个"),
	},
	sentenceTables: sentenceTables{
		abbreviations: chineseAbbreviations(),
		closers:       "\"'”’」』》）)]",
		spaceless:     true,
	},
	numberTables: numberTables{
		decimal: '.', group: ',',
		units:  map[string]float64{},
		scales: map[string]float64{}, han: true,
		to:         set("到 至"),
		measures:   unitsOf(map[string]string{"%": "%|％", "°c": "° c|℃", "km": "km", "kg": "kg"}),
		currencies: currencies,
		dollars:    dollars,
	},
	nameTables: nameTables{otherNames: chineseName},
})

// signs returns a set of the signs of s.
func signs(s string) map[string]bool {
	m := make(map[string]bool)
	for _, r := range s {
		m[string(r)] = true
	}
	return m
}

// chineseAbbreviations are those of English names, behind which Chinese goes on.
func chineseAbbreviations() map[string]follower {
	m := make(map[string]follower)
	for w := range englishAbbreviations() {
		m[w] = anyFollows
	}
	return m
}

// glyphs reports whether the signs of word stand from token i on, without space,
// and returns the token behind them.
func (r *reader) glyphs(i int, word string) (next int, ok bool) {
	next = i
	for _, sign := range word {
		if t := r.at(next); t.text != string(sign) || next > i && !t.glued {
			return i, false
		}
		next++
	}
	return next, true
}

// longest returns the value in table of the longest run of signs from token i on,
// of most signs or fewer; next is i where there is none.
func longest[V any](r *reader, i, most int, table map[string]V) (found V, next int) {
	next = i
	word := ""
	for k := i; k < i+most && k < len(r.list); k++ {
		if k > i && !r.list[k].glued {
			break
		}
		word += r.list[k].text
		if v, ok := table[word]; ok {
			found, next = v, k+1
		}
	}
	return found, next
}
