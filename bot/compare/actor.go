package compare

import "strings"

// acts are verbs of which it matters who did it, by their forms.
var acts = func() map[string]string {
	out := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(`
broke broken
hit struck
caused
claimed
found discovered
killed shot murdered
attacked bombed shelled raided
stole stolen
won
bought acquired
invented
leaked`), "\n") {
		forms := strings.Fields(line)
		for _, f := range forms {
			out[f] = forms[0]
		}
	}
	return out
}()

// deed is who did something to what.
type deed struct {
	page *page
	verb string
	// at and from, to are the terms of the verb and of the one who did it.
	at, from, to int
	who, what    map[string]bool
	// object is the meaning of the nearest word of what it is done to.
	object string
	// named is true where a name is in who.
	named bool
}

const (
	actorReach = 6
	whatReach  = 10
	whatEnough = 1.5
	whatPart   = .5
	// whatUnnamed is asked where one of them has no name.
	whatUnnamed = 1.9
)

// deedsOf returns what is done in a page by whom.
func (s *story) deedsOf(p *page) []deed {
	var out []deed
	for i, t := range p.Terms {
		verb := acts[t.Norm]
		if verb == "" || t.Quoted || t.Name >= 0 {
			continue
		}
		k := t.Sentence
		d := deed{page: p, verb: verb, at: i}
		if by := p.by(i); by > 0 {
			d.from, d.to = by+1, min(p.last[k], by+1+4)
			for j := d.from; j < d.to; j++ {
				if p.Terms[j].Clause != p.Terms[d.from].Clause || j > d.from && placeWords[p.norm(j)] {
					d.to = j
				}
			}
			d.what = p.ids(max(p.first[k], i-whatReach), i)
			d.object = p.nearest(i, -1)
		} else if !p.passiveBefore(i) && p.subjectEnds(i-1) {
			d.from, d.to = max(p.first[k], i-actorReach), i
			d.what = p.ids(i+1, min(p.last[k], i+1+whatReach))
			d.object = p.nearest(i, 1)
		} else {
			continue
		}
		d.who = p.ids(d.from, d.to)
		for j := d.from; j < d.to; j++ {
			d.named = d.named || p.Terms[j].Name >= 0 && !s.plain[p.norm(j)]
		}
		if len(d.who) > 0 && len(d.what) > 0 && d.from < d.to {
			out = append(out, d)
		}
	}
	return out
}

// subjectEnds reports whether the one who does something can end at term i: a
// name, a noun, or "who" and "has" behind them.
func (p *page) subjectEnds(i int) bool {
	return i >= 0 && (!p.Terms[i].Stop || subjectEnd[p.norm(i)]) && p.norm(i) != "to"
}

var subjectEnd = wordSet(`who which that has have had later also then`)

// nearest returns the meaning of the first content word from term i on in a
// direction, within a few words.
func (p *page) nearest(i, step int) string {
	for j := i + step; j >= 0 && j < len(p.Terms) && p.Terms[j].Clause == p.Terms[i].Clause && (j-i)*step <= 4; j += step {
		if p.says(j) && !light[p.Terms[j].Meaning] {
			return p.Terms[j].Meaning
		}
	}
	return ""
}

// by returns the term "by" behind a passive verb at term i, 0 for none.
func (p *page) by(i int) int {
	if !p.passiveBefore(i) {
		return 0
	}
	for j := i + 1; j < min(p.last[p.Terms[i].Sentence], i+4); j++ {
		if p.norm(j) == "by" {
			return j
		}
	}
	return 0
}

func (p *page) passiveBefore(i int) bool {
	for j := max(0, i-3); j < i; j++ {
		switch p.norm(j) {
		case "was", "were", "been", "being", "is", "are":
			return p.Terms[j].Sentence == p.Terms[i].Sentence
		}
	}
	return false
}

// otherActor reports whether two deeds are one, done by others.
func (s *story) otherActor(a, b deed) bool {
	if a.verb != b.verb || !a.named && !b.named {
		return false
	}
	what := s.shared(a.what, b.what)
	direct := a.object != "" && a.object == b.object
	if !(a.named && b.named) && what < whatUnnamed {
		return false // "the gunman" may well be the one who is named elsewhere
	}
	if what < whatEnough && !direct || what < whatPart*min(s.total(a.what), s.total(b.what)) {
		return false
	}
	return s.foreign(a.who, b.page) && s.foreign(b.who, a.page)
}

// foreign reports whether most of a name stands nowhere in an article.
func (s *story) foreign(who map[string]bool, p *page) bool {
	there, all := 0, 0
	for id := range who {
		all++
		if p.all[id] {
			there++
		}
	}
	return 2*there < all
}

// value is who did it, as it stands.
func (d deed) value() string {
	from, to := d.from, d.to
	for from < to-1 && d.page.Terms[from].Stop {
		from++
	}
	for to > from+1 && d.page.Terms[to-1].Stop {
		to--
	}
	return d.page.article.Text[d.page.Terms[from].Start:d.page.Terms[to-1].End]
}
