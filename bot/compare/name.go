package compare

import (
	"strings"

	"newsdesk/bot/cite"
)

// unique are roles that one person has at a time: two names for one of them are
// a contradiction, two spokesmen are not.
var unique = wordSet(`captain mayor president premier chancellor governor king queen pope emperor director chairman chairwoman
	chair suspect gunman attacker killer culprit perpetrator winner victor champion pilot driver skipper coach manager headmaster
	commander treasurer architect founder inventor successor predecessor
	bürgermeister bürgermeisterin präsident präsidentin kapitän kanzler kanzlerin direktor direktorin trainer trainerin täter verdächtige
	alcalde alcaldesa presidente presidenta capitán director directora gobernador gobernadora
	президент мэр губернатор капитан директор`)

// many are roles that several people have in one story.
var many = wordSet(`spokesman spokeswoman spokesperson lady lord mr mrs ms dr sir prof professor lawyer officer analyst journalist reporter
	senator sen rep representative doctor member minister colleague friend witness resident expert author actor actress`)

// bearer returns the terms of name k without what its bearer is called besides,
// and the first term with it; ok is false where nothing of a name is left.
func (s *story) bearer(p *page, k int) (title, from, to int, ok bool) {
	at := p.termOf(p.Names[k].Start, p.Names[k].End)
	if at[0] < 0 {
		return 0, 0, 0, false
	}
	title, from, to = at[0], at[0], at[1]
	for from < to && (cite.IsTitle(p.norm(from)) || unique[p.norm(from)] || many[p.norm(from)] || from == p.first[p.Terms[from].Sentence] && s.plain[p.norm(from)]) {
		from++
	}
	return title, from, to, from < to && p.Terms[from].Number < 0 && p.Terms[from].Date < 0 && !p.coded(from, to)
}

// coded reports whether a name is none: a part of an address, letters with
// figures, or a short form in brackets.
func (p *page) coded(from, to int) bool {
	body := p.article.Text
	start, end := p.Terms[from].Start, p.Terms[to-1].End
	if strings.ContainsAny(body[start:end], "0123456789@/_") || start > 0 && strings.ContainsAny(body[start-1:start], "(/@#._") {
		return true
	}
	return strings.ToUpper(body[start:end]) == body[start:end] && p.tag != "zh" && p.tag != "fa" && p.tag != "ar"
}

// roles returns the names of a page whose bearers are said to be something.
func (s *story) roles(p *page) []*fact {
	var out []*fact
	for k := range p.Names {
		title, from, to, ok := s.bearer(p, k)
		if !ok {
			continue
		}
		role, at := s.roleOf(p, title, from, to)
		if role == "" || many[role] || !unique[role] && !isPerson(role) {
			continue
		}
		f := s.nameFact(p, from, to)
		f.role = role
		f.near = p.ids(max(p.first[p.Terms[from].Sentence], at-2), min(p.last[p.Terms[from].Sentence], at+6))
		for id := range f.name {
			delete(f.near, id)
		}
		delete(f.near, p.Terms[at].Meaning)
		f.of = ofWords[p.norm(at+1)]
		out = append(out, f)
	}
	return out
}

func (s *story) nameFact(p *page, from, to int) *fact {
	f := &fact{
		kind: Name, page: p, at: from, end: to, value: p.article.Text[p.Terms[from].Start:p.Terms[to-1].End],
		near: p.around(from, to, nearReach), all: p.sentence(from), name: map[string]bool{},
	}
	for j := from; j < to; j++ {
		if !p.Terms[j].Stop {
			f.name[p.Terms[j].Meaning] = true
		}
	}
	for id := range f.name {
		delete(f.near, id)
		delete(f.all, id)
	}
	return f
}

// isPerson reports whether a word says what somebody is, by its English ending.
func isPerson(norm string) bool {
	for _, ending := range []string{"er", "or", "ist", "ian"} {
		if len(norm) > 5 && strings.HasSuffix(norm, ending) {
			return true
		}
	}
	return false
}

// roleReach is how far from a name the word for its bearer stands.
const roleReach = 9

// roleOf returns what the bearer of the name on the terms [from, to) is said to
// be, and the term that says it.
func (s *story) roleOf(p *page, title, from, to int) (string, int) {
	if title < from {
		return p.norm(from - 1), from - 1
	}
	k := p.Terms[from].Sentence
	if before := from - 1; before >= p.first[k] && p.says(before) && p.Terms[before].Name < 0 && p.Terms[before].Clause == p.Terms[from].Clause && !p.Terms[before].Speaks {
		return p.norm(before), before
	}
	for j := from - 2; j >= max(p.first[k], from-roleReach); j-- {
		if unique[p.norm(j)] && p.leadsTo(j, from) {
			return p.norm(j), j
		}
	}
	for j := to; j < min(p.last[k], to+roleReach-2); j++ {
		if unique[p.norm(j)] && p.Terms[j].Name < 0 && p.follows(to, j) {
			return p.norm(j), j
		}
	}
	if before := from - 1; before >= p.first[k] && p.Terms[before].Clause != p.Terms[from].Clause && p.norm(before) != "" && unique[p.norm(before)] {
		return p.norm(before), before
	}
	return "", 0
}

var (
	ofWords   = wordSet(`of for at der des de del`)
	isWords   = wordSet(`is was as named called be identified ist war heißt es fue`)
	madeWords = wordSet(`is was became becomes appointed named elected chosen has been be as the a new next its their von zum zur wird ist`)
	gapWords  = wordSet(`named identified called police who over in case by`)
)

// leadsTo reports whether the word for somebody at term j belongs to the name that
// begins at from: "the captain of the Corvina, Pavel Drozd", "the director is …".
func (p *page) leadsTo(j, from int) bool {
	apposed := p.Terms[from-1].Clause != p.Terms[from].Clause
	if !apposed && !isWords[p.norm(from-1)] {
		return false
	}
	of := ofWords[p.norm(j+1)]
	for i := j + 1; i < from; i++ {
		switch {
		case of && p.Terms[i].Clause == p.Terms[j].Clause, p.Terms[i].Stop, gapWords[p.norm(i)], isWords[p.norm(i)]:
		case p.Terms[i].Clause != p.Terms[j].Clause:
			return false
		case !of && p.Terms[i].Clause == p.Terms[j].Clause && i-j <= 4 && p.Terms[from-1].Clause != p.Terms[j].Clause:
		default:
			return false
		}
	}
	return true
}

// follows reports whether the word for somebody at term j belongs to the name that
// ends at to: "Wolle, the captain", "Thorley has been appointed director".
func (p *page) follows(to, j int) bool {
	apposed := p.Terms[to].Clause != p.Terms[to-1].Clause
	for i := to; i < j; i++ {
		if !p.Terms[i].Stop && !madeWords[p.norm(i)] {
			return false
		}
		if i > to && p.Terms[i].Clause != p.Terms[i-1].Clause {
			return false
		}
	}
	return apposed || madeWords[p.norm(to)]
}

var placeWords = wordSet(`in at near off outside en bei nahe в под`)

// places returns the names of a page that say where something happened.
func (s *story) places(p *page) []*fact {
	var out []*fact
	for k := range p.Names {
		_, from, to, ok := s.bearer(p, k)
		if !ok || from == p.first[p.Terms[from].Sentence] || !placeWords[p.norm(from-1)] {
			continue
		}
		f := s.nameFact(p, from, to)
		f.place = true
		out = append(out, f)
	}
	return out
}

// sameName reports whether two names can be one: they share a word, or one is
// spelled a little otherwise.
func sameName(a, b *fact) bool {
	for x := range a.name {
		for y := range b.name {
			if x == y || alike(x, y) {
				return true
			}
		}
	}
	return false
}

// alike reports whether two words of five letters or more are one letter of five
// apart, as names of other scripts are.
func alike(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if min(len(x), len(y)) < 5 {
		return false
	}
	return distance(x, y) <= max(len(x), len(y))/5
}

// distance is the edit distance of Levenshtein.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		corner := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := corner
			if x != y {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}

// alone are roles of which a story has one bearer more often than not.
var alone = wordSet(`captain pilot suspect gunman attacker winner victor capitán kapitän капитан`)

// bearers counts the names of a page that are said to be something.
func (p *page) bearers(role string) int {
	n := 0
	for _, f := range p.facts {
		if f.kind == Name && f.role == role {
			n++
		}
	}
	return n
}

// heads are roles of which the news has many, one of each body: they count where
// the body is the same.
var heads = wordSet(`president premier chancellor governor king queen chairman chairwoman chair director coach manager treasurer
	commander founder mayor successor predecessor präsident präsidentin kanzler direktor trainer presidente presidenta director gobernador
	президент губернатор директор`)
