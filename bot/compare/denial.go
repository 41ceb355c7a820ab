package compare

// denial is a sentence that says that something is not so.
type denial struct {
	page *page
	// at is the term that denies.
	at int
	// what are the meanings of what is denied; strong where a verb denies it.
	what   map[string]bool
	strong bool
	// who are the names of who denies it, where it is something of their own:
	// "denied meeting", not "denied that the army had fired".
	who map[string]bool
}

// denies are words that deny what follows.
var denies = wordSet(`denied denies deny denying refuted refutes rebutted disputed disputes
	bestreitet bestritt bestreiten dementiert dementierte dementierten
	negó niega negaron desmintió desmiente опроверг опровергла опровергли отрицает отрицают отрицал
	نفى نفت تکذیب رد 否认`)

// turnsDown are words that deny where a report or a claim follows.
var turnsDown = wordSet(`dismissed dismisses rejected rejects rejecting`)

// claims are what is denied by name, and say nothing of it.
var claimWords = wordSet(`report claim alleg accus suggest say rumour rumor stori fals untru speculat insinuat assert idea`)

const (
	deniedReach   = 16
	deniedEnough  = 1.5
	deniedCovered = .6
	notCovered    = .7
	notEnough     = 2.5
	// notAnswered is the part of the sentence that says it which is denied.
	notAnswered = .35
)

// denials returns what a page denies.
func (s *story) denials(p *page) []denial {
	var out []denial
	for i, t := range p.Terms {
		if t.Quoted {
			continue
		}
		strong := denies[t.Norm] || t.Norm == "evidence" && (p.norm(i-1) == "no") || turnsDown[t.Norm] && p.claimed(i)
		if !strong && !t.Not {
			continue
		}
		if !strong && p.addressed(t.Sentence) {
			continue // "you can't" tells nothing that happened
		}
		if strong && i > 0 && p.Terms[i-1].Not && t.Norm != "evidence" {
			continue // "did not deny"
		}
		if strong && p.passiveBefore(i) && t.Norm != "evidence" {
			continue // "were denied permission"
		}
		if strong && i+1 < len(p.Terms) && p.Terms[i+1].Clause != t.Clause {
			continue // what was denied stands before
		}
		if d := p.denialAt(i, strong); s.total(d.what) >= deniedEnough {
			out = append(out, d)
		}
	}
	return out
}

// addressed reports whether somebody is spoken to in sentence k.
func (p *page) addressed(k int) bool {
	for j := p.first[k]; j < p.last[k]; j++ {
		switch p.norm(j) {
		case "you", "your", "lets", "should", "must", "du", "usted":
			return true
		}
	}
	return false
}

// claimed reports whether what follows term i is a report or a claim.
func (p *page) claimed(i int) bool {
	for j := i + 1; j < min(len(p.Terms), i+6); j++ {
		if claimWords[p.Terms[j].Meaning] || p.norm(j) == "report" || p.norm(j) == "reports" {
			return true
		}
	}
	return false
}

// clauseFollows reports whether a whole clause or a report of one is denied.
func (p *page) clauseFollows(i int) bool {
	for j := i + 1; j < min(len(p.Terms), i+5); j++ {
		switch w := p.norm(j); {
		case w == "that", w == "dass", w == "que", w == "что", claimWords[p.Terms[j].Meaning]:
			return true
		}
	}
	return p.norm(i) == "evidence"
}

func (p *page) denialAt(i int, strong bool) denial {
	k := p.Terms[i].Sentence
	from, to := i+1, min(p.last[k], i+1+deniedReach)
	if !strong {
		from = max(p.first[k], i-4)
		for j := i + 1; j < to; j++ {
			if p.Terms[j].Clause != p.Terms[i].Clause {
				to = j
				break
			}
		}
	} else {
		for j := i + 4; j < to; j++ { // what is said besides stands behind a comma
			if p.Terms[j].Clause != p.Terms[i].Clause && p.Terms[j].Speaks {
				to = j
				break
			}
		}
	}
	for j := i + 3; j < to; j++ { // when it was is not what is denied
		if w := p.norm(j); w == "when" || w == "while" || w == "because" || w == "after" || w == "als" || w == "cuando" {
			to = j
		}
		if w := p.norm(j); strong && (w == "saying" || w == "said" || w == "adding" || w == "but" || w == "and" && j > i+2) {
			to = j
		}
	}
	d := denial{page: p, at: i, strong: strong, what: p.ids(from, to)}
	if strong && !p.clauseFollows(i) {
		d.who = p.ids(max(p.first[k], i-7), i)
		for id := range d.who {
			if !p.named[id] {
				delete(d.who, id)
			}
		}
	}
	for id := range claimWords {
		delete(d.what, id)
	}
	return d
}

// unnamed returns the meanings of a set that stand in no name of the page.
func (p *page) unnamed(ids map[string]bool) map[string]bool {
	out := map[string]bool{}
	for id := range ids {
		if !p.named[id] {
			out[id] = true
		}
	}
	return out
}

// covers returns which part of what is denied stands in sentence k.
func (s *story) covers(what map[string]bool, p *page, k int) (weight, part float64) {
	weight = s.shared(what, p.told[k])
	return weight, weight / max(1e-9, s.total(what))
}

// contested finds the sentence of another article that says what is denied.
func (s *story) contested(d denial, o *page, theirs []denial) (at int, ok bool) {
	if s.alsoDenied(d, theirs) {
		return 0, false
	}
	best := 0.
	for k := range o.Sentences {
		weight, part := s.covers(d.what, o, k)
		if weight <= best || !s.asserts(d, o, k, weight, part) {
			continue
		}
		best, at, ok = weight, o.first[k], true
		for j := o.first[k]; j < o.last[k]; j++ {
			if d.what[o.Terms[j].Meaning] && o.Terms[j].Name < 0 {
				at = j
				break
			}
		}
	}
	return at, ok
}

// ends are verbs after which a thing is not any more.
var ends = wordSet(`cut cuts ended ends severed severs suspended halted stopped stops cancelled canceled scrapped`)

// asserts reports whether sentence k of o says what is denied.
func (s *story) asserts(d denial, o *page, k int, weight, part float64) bool {
	for j := o.first[k]; j < o.last[k]; j++ {
		if o.Terms[j].Negates || denies[o.Terms[j].Norm] || turnsDown[o.Terms[j].Norm] || !d.strong && (o.Terms[j].Possible || o.Terms[j].Planned || ends[o.Terms[j].Norm]) {
			return false
		}
	}
	if s.shared(d.page.unnamed(d.what), o.told[k]) < deniedEnough {
		return false // of names alone nothing is said
	}
	if len(d.who) > 0 && s.shared(d.who, o.told[k]) == 0 {
		return false
	}
	if d.strong {
		return part >= deniedCovered && weight >= deniedEnough
	}
	return part >= notCovered && weight >= notEnough && weight >= notAnswered*s.total(o.told[k]) && s.negated(d, o, k)
}

// negated reports whether the word right behind the "not" stands in sentence k.
func (s *story) negated(d denial, o *page, k int) bool {
	p, there := d.page, o.told[k]
	for j := d.at + 1; j < min(len(p.Terms), d.at+4); j++ {
		if p.says(j) {
			return there[p.Terms[j].Meaning]
		}
	}
	return false
}

// alsoDenied reports whether another article denies it as well: then it tells
// both sides.
func (s *story) alsoDenied(d denial, theirs []denial) bool {
	for _, o := range theirs {
		if s.shared(d.what, o.what) >= .5*min(s.total(d.what), s.total(o.what)) {
			return true
		}
	}
	return false
}

// tellsBoth reports whether the article of a denial says itself what it denies.
func (s *story) tellsBoth(d denial) bool {
	own := d.page.Terms[d.at].Sentence
	for k := range d.page.Sentences {
		weight, part := s.covers(d.what, d.page, k)
		if k != own && s.asserts(d, d.page, k, weight, part) {
			return true
		}
	}
	return false
}
