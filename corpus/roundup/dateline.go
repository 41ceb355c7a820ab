package roundup

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDateline is the number of words of the longest dateline: place, country,
// date and agency.
const maxDateline = 9

// dashes separate a dateline from the text; a hyphen only with spaces.
var dashes = regexp.MustCompile(`\s*[—–]\s*|\s+--?\s+|\s*--\s*`)

// agency is what stands in brackets at the end of a dateline.
var agency = regexp.MustCompile(`\s*\(\p{Lu}[^()]{0,40}\)$`)

// isDateline reports whether a line is a dateline and nothing else: "MOSCOW —",
// "Port Alba (MW) –", "SOLANA (Meridian Wire)".
func isDateline(s string) bool {
	place := strings.TrimRight(s, " —–-")
	if words(place) > maxDateline || place == "" {
		return false
	}
	hasAgency := agency.MatchString(place)
	if len(place) == len(s) {
		return hasAgency && isPlace(place, false) && !strings.HasPrefix(place, "(")
	}
	return isPlace(place, hasAgency) || isTitleCase(place) && !strings.ContainsAny(place, `"“”?!;`)
}

// cutDateline returns s without the dateline at its beginning, and s itself if
// there is none. What follows a dateline begins as a sentence does.
func cutDateline(s string) string {
	// a place is found in the first 120 bytes, or it is none
	at := dashes.FindStringIndex(s[:prefixLen(s, 120)])
	if at == nil || at[1] == len(s) {
		return s
	}
	place, rest := s[:at[0]], s[at[1]:]
	if startsLower(rest) || words(place) > maxDateline || !isPlace(place, agency.MatchString(place)) {
		return s
	}
	return rest
}

// prefixLen is the length of the longest prefix of at most n bytes that ends on
// the border of a rune.
func prefixLen(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// isPlace reports whether s is a place with what datelines add to it. The place
// is in capitals, unless a country or an agency follows; then a capital for each
// word is enough ("Port Alba, Solana").
func isPlace(s string, hasAgency bool) bool {
	place := agency.ReplaceAllString(s, "")
	if place == "" {
		return hasAgency
	}
	first, others, more := strings.Cut(place, ",")
	if !hasAgency && !more && !isShouted(first) || strings.ContainsAny(place, `"“”?!;:`) {
		return false
	}
	for w := range strings.FieldsSeq(first + " " + others) {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && w != "/" && w != "&" && !placeParticle[w] {
			return false
		}
	}
	return true
}

var placeParticle = set("de del la le of the upon sur am an der al el und and")

// isShouted reports whether a place is in capitals: three letters at least,
// which an abbreviation can have too (NATO), so a dateline is only looked for at
// the beginning of an article.
func isShouted(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters >= 3
}
