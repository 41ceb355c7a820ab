package roundup

import (
	"strings"
	"unicode"
)

// outletName returns the name that people use for an outlet as a page prints it:
// a name that is all in capitals, or all in lower case, gets capitals where
// names have them, but for abbreviations ("VOICE OF AMERICA" is Voice of America,
// "BBC NEWS" is BBC News, "DW" stays). Any other is returned as it is.
func outletName(printed string) string {
	upper, lower := strings.ContainsFunc(printed, unicode.IsUpper), strings.ContainsFunc(printed, unicode.IsLower)
	if upper && lower {
		return printed
	}
	words := strings.Fields(strings.ToUpper(printed))
	for i, w := range words {
		switch {
		case isAbbreviation(w) || len(words) == 1 && upper && len([]rune(w)) <= 3:
		case i > 0 && smallWords[w]:
			words[i] = strings.ToLower(w)
		default:
			words[i] = capitalised(w)
		}
	}
	return strings.Join(words, " ")
}

// abbreviations have a vowel and stay in capitals all the same.
var abbreviations = set(`ABC AFP AIM ANI ANSA AP APA ARD ARTE BIRN CBC EFE ERR ESPN EU EUR IANS IRNA ITAR ITN ITV
	NYT ORF RAI RFA RFE RFI RIA RTE SABC SBS TASS TVE UK UN UNIAN UPI US USA VOA YLE`)

// smallWords stay small inside a name, in the languages whose outlets are met.
var smallWords = set(`A AL AN AND AT BY DA DAS DE DEL DER DES DI DIE DO DU E EN ET FOR FROM IN LA LAS LE LES LOS
	OF ON OR THE TO UND VAN VON Y`)

// isAbbreviation reports whether a word in capitals is read letter by letter: it
// has no vowel, has a digit or inner full stops, or is known.
func isAbbreviation(w string) bool {
	bare := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	switch bare {
	case "ST", "MT", "DR", "MR", "MRS", "BY", "MY":
		return false
	}
	if strings.Contains(bare, "/") {
		return allAbbreviations(strings.Split(bare, "/"))
	}
	return abbreviations[bare] || strings.ContainsFunc(bare, unicode.IsDigit) ||
		strings.Contains(bare, ".") && len(bare) <= 6 || isConsonants(bare)
}

func allAbbreviations(words []string) bool {
	for _, w := range words {
		if w == "" || !isAbbreviation(w) {
			return false
		}
	}
	return true
}

// isConsonants reports whether a word of Latin letters has no vowel. "Y" is one:
// SKY is a word.
func isConsonants(w string) bool {
	return w != "" && !strings.ContainsFunc(w, func(r rune) bool {
		return r < 'A' || r > 'Z' || strings.ContainsRune("AEIOUY", r)
	})
}

// capitalised puts a word in lower case but for the first letter of each part:
// "SUD-OUEST", "O'BRIEN", "FREE/LIBERTY". A letter after an apostrophe is a part
// only in names that begin with one letter: PEOPLE'S is no name.
func capitalised(w string) string {
	runes := []rune(strings.ToLower(w))
	first := true
	letters := 0
	for i, r := range runes {
		switch {
		case unicode.IsLetter(r):
			if first {
				runes[i] = unicode.ToTitle(r)
			}
			first = false
			letters++
		case r == '\'' || r == '’':
			first = letters == 1
		case r == '-' || r == '/' || r == '.' || r == '&':
			first, letters = true, 0
		}
	}
	return string(runes)
}
