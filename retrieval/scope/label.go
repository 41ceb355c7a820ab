package scope

import (
	"net/url"
	"strings"
	"unicode"

	"newsdesk/corpus/text"
)

// The words that raw labels add to a name.
var labels = set("news editorial editorials opinion opinions online web")

// nameArticles may begin a name that is also used without them.
var nameArticles = set("the der die das")

// baseOf returns a name without what data sets add to it: "SNN (Web News)",
// "Times - Opinion", "Lark Online News", "Kiln.com".
func baseOf(name string) string {
	name = strings.TrimSpace(name)
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") {
		name = name[:i]
	}
	if i := strings.LastIndex(name, " - "); i > 0 && isLabel(name[i+3:]) {
		name = name[:i]
	}
	if glued := gluedOf(name); glued != "" {
		name = glued
	}
	var kept []string
	for i, w := range strings.Fields(name) {
		if low := strings.ToLower(w); i == 0 || !labels[low] || low == "news" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// isLabel reports whether all words of s are labels.
func isLabel(s string) bool {
	for f := range strings.FieldsSeq(s) {
		if !labels[strings.ToLower(f)] {
			return false
		}
	}
	return true
}

// gluedOf returns the words of a name that is an address, "The Kiln" of
// "TheKiln.com"; empty where it is none.
func gluedOf(name string) string {
	name = strings.TrimSpace(name)
	i := strings.LastIndexByte(name, '.')
	if i <= 0 || strings.Contains(name, " ") || len(name)-i < 3 || len(name)-i > 5 {
		return ""
	}
	var b strings.Builder
	runes := []rune(name[:i])
	for k, r := range runes {
		if k > 0 && unicode.IsUpper(r) && (unicode.IsLower(runes[k-1]) || k+1 < len(runes) && unicode.IsLower(runes[k+1])) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// trimArticle returns a name of more than one word without an article before it.
func trimArticle(name string) string {
	first, rest, ok := strings.Cut(name, " ")
	if ok && nameArticles[strings.ToLower(first)] && strings.TrimSpace(rest) != "" {
		return strings.TrimSpace(rest)
	}
	return name
}

// isPerson reports whether a name may be a person's: two capitalised words, none
// of which is a word of the trade or an acronym.
func isPerson(base string) bool {
	words := strings.Fields(base)
	if len(words) != 2 {
		return false
	}
	for _, w := range words {
		if isMedia(strings.ToLower(w)) || isUpper(w) || !(word{text: w}).capital() {
			return false
		}
	}
	return true
}

// isMedia reports whether a word, in lower case, is one of the trade or ends in
// one.
func isMedia(low string) bool { return media[low] || isPaper(low) }

// isPaper reports whether a word, in lower case, is a last word of names that
// people use alone, or a German one that ends in such a word: "hafenzeitung".
func isPaper(low string) bool {
	if papers[low] {
		return true
	}
	for _, ending := range [...]string{"zeitung", "blatt", "anzeiger", "kurier", "rundschau"} {
		if strings.HasSuffix(low, ending) {
			return true
		}
	}
	return false
}

// initialsOf returns the initials of a name of several capitalised words, small
// ones such as "of" among them, in lower case; empty where a word is an
// acronym itself, or where the initials mean something else.
func initialsOf(words []string, language *text.Language) string {
	if len(words) < 2 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		if isUpper(w) && len(w) > 1 {
			return ""
		}
		for _, r := range w {
			b.WriteRune(unicode.ToLower(r))
			break
		}
	}
	initials := b.String()
	if states[initials] || language.IsStop(initials) {
		return ""
	}
	return initials
}

// hostOf returns the host of an address without "www."; empty for none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
