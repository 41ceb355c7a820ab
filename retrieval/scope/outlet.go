package scope

import (
	"net/url"
	"strings"
	"unicode"

	"newsdesk/corpus"
)

// kind says how a name was made, the surest first.
type kind int

const (
	// ownName is the name as stored, or without what a data set added to it.
	ownName kind = iota
	// host is the host of the home page.
	host
	// brand is a name without its last "News".
	brand
	// initials are those of a name of several words.
	initials
	// lastWord is "the Post".
	lastWord
)

// alias is a name by which people may call outlets.
type alias struct {
	kind    kind
	outlets []string
	// family is the brand that the outlets share.
	family string
	// person says that it may be a person's name.
	person bool
}

// aliases are all of them, by their words in lower case parted by one space. A
// nil value is a name that fits several brands.
type aliases map[string]*alias

// The words that raw labels add to a name.
var labels = set("news editorial editorials opinion opinions online web")

// papers are last words of names that people use alone.
var papers = set(`post times journal herald tribune chronicle globe gazette courier kurier dispatch mail telegraph
	standard star sun record observer examiner monitor mercury echo mirror express inquirer register bee guardian
	independent`)

// media are words that a person's name does not have.
var media = set(`post times journal herald tribune chronicle globe gazette courier kurier dispatch mail telegraph
	standard star sun record observer examiner monitor mercury echo mirror express inquirer register news guardian
	daily weekly morning evening business national press radio tv television voice review magazine report network
	channel insider beacon wire agency broadcasting the media today free public week online`)

// states are initials that mean something else far more often.
var states = set("us usa uk un eu uae ai it tv pm dc la ny nz am id")

// longNames are pairs of names in use for one outlet.
var longNames = map[string]string{
	"dw": "deutsche welle", "bbc": "british broadcasting corporation", "npr": "national public radio",
	"afp": "agence france-presse", "rfe/rl": "radio free europe", "scmp": "south china morning post",
	"pbs": "public broadcasting service", "abc": "american broadcasting company", "washington post": "wapo",
}

// fewArticles is the number of articles up to which an outlet with a name of
// two plain words may be a person: a columnist has a handful, a paper more.
const fewArticles = 3

// aliasesOf returns the names of all outlets.
func aliasesOf(outlets []corpus.Outlet) aliases {
	a := make(aliases)
	for _, o := range outlets {
		base := baseOf(o.Name)
		if base == "" {
			continue
		}
		a.addNames(o, base)
		if h := hostOf(o.URL); h != "" {
			a.add(h, alias{kind: host, family: h, outlets: []string{o.Name}})
			a.add("www."+h, alias{kind: host, family: h, outlets: []string{o.Name}})
		}
	}
	return a
}

// addNames adds the names that are made of the words of an outlet's name.
func (a aliases) addNames(o corpus.Outlet, base string) {
	plain := trimThe(base)
	words := strings.Fields(plain)
	one := alias{family: strings.ToLower(plain), outlets: []string{o.Name}}
	one.person = o.Articles <= fewArticles && isPerson(base)
	for _, name := range []string{o.Name, base, plain, strings.ReplaceAll(base, " ", "")} {
		a.add(name, one)
	}
	for short, long := range longNames {
		if one.family == short || one.family == short+" news" {
			a.add(long, one)
		}
		if one.family == long {
			a.add(short, one)
		}
	}
	one.person = false
	if len(words) > 1 && strings.EqualFold(words[len(words)-1], "news") {
		a.addBrand(strings.Join(words[:len(words)-1], " "), one)
	}
	one.kind = initials
	a.add(initialsOf(words), one)
	if len(words) > 1 && papers[strings.ToLower(words[len(words)-1])] {
		one.kind = lastWord
		a.add("the "+words[len(words)-1], one)
	}
}

// addBrand adds a name without its last "News". Where an outlet of that very
// name is known too, it is of the same house: both are meant.
func (a aliases) addBrand(name string, n alias) {
	n.kind = brand
	if old := a[keyOf(name)]; old != nil && old.kind == ownName || isUpper(name) {
		n.kind = ownName
	}
	a.add(name, n)
}

// add gives name to an alias. The surer kind wins; of equally sure ones of
// different brands, initials and last words fit none.
func (a aliases) add(name string, n alias) {
	key := keyOf(name)
	if key == "" {
		return
	}
	old, ok := a[key]
	switch {
	case !ok || old != nil && n.kind < old.kind:
		if ok && old.kind == brand {
			n.outlets = add(n.outlets, old.outlets)
		}
		a[key] = &n
	case old == nil || n.kind > old.kind:
		if old == nil && n.kind <= brand {
			a[key] = &n
		}
	case n.kind > brand && old.family != n.family:
		a[key] = nil
	default:
		old.outlets = add(old.outlets, n.outlets)
	}
}

// keyOf returns the words of a name as those of a question are read.
func keyOf(name string) string {
	var low []string
	for _, w := range wordsOf(name) {
		low = append(low, strings.ToLower(strings.TrimFunc(w.text, isMark)))
	}
	return strings.Join(low, " ")
}

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

// trimThe returns a name of more than one word without a "The" before it.
func trimThe(name string) string {
	if len(name) > 4 && strings.EqualFold(name[:4], "the ") {
		return name[4:]
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
		if media[strings.ToLower(w)] || isUpper(w) || !(word{text: w}).capital() {
			return false
		}
	}
	return true
}

// initialsOf returns the initials of a name of several capitalised words, small
// ones such as "of" among them, in lower case; empty where a word is an
// acronym itself, or where the initials mean something else.
func initialsOf(words []string) string {
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
	if states[b.String()] {
		return ""
	}
	return b.String()
}

// hostOf returns the host of an address without "www."; empty for none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
