package compare

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"newsdesk/corpus/text"
)

// pair are two facts about the same, of two outlets.
type pair struct {
	a, b  *fact
	score float64
	agree bool
}

// pairs lays the facts of all articles side by side: each with the one of
// another article that it is most surely about the same as.
func (s *story) pairs() []pair {
	var out []pair
	for i, p := range s.pages {
		for _, o := range s.pages[i+1:] {
			if p.apart(o) {
				out = append(out, s.between(p, o)...)
			}
		}
	}
	return out
}

// between pairs the facts of two articles, the surest first; of two that are as
// sure the one that agrees.
func (s *story) between(p, o *page) []pair {
	var list []pair
	for _, a := range p.facts {
		for _, b := range o.facts {
			if score := s.related(a, b); score > 0 {
				list = append(list, pair{a, b, score, agree(a, b)})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y pair) int {
		return cmp.Or(cmp.Compare(b2i(y.agree), b2i(x.agree)), cmp.Compare(y.score, x.score))
	})
	taken := map[*fact]bool{}
	var out []pair
	for _, x := range list {
		if taken[x.a] || taken[x.b] {
			continue
		}
		taken[x.a], taken[x.b] = true, true
		if x.agree || !heldBy(x.a, o) && !heldBy(x.b, p) {
			out = append(out, x)
		}
	}
	return out
}

// heldBy reports whether an article has the value of a fact as well, anywhere.
func heldBy(f *fact, p *page) bool {
	if f.kind == Name {
		for id := range f.name {
			if p.all[id] {
				return true
			}
		}
		return false
	}
	if f.kind == Number && slices.ContainsFunc(p.Numbers, func(n text.Number) bool { return n.Value == f.exact && n.Unit != "th" && n.Unit != "fold" }) {
		return true
	}
	for _, o := range p.facts {
		if o.kind == f.kind && o.clock == f.clock && o.unit == f.unit && agree(f, o) {
			return true
		}
	}
	return false
}

// differ returns the differences.
func (s *story) differ(pairs []pair) []Difference {
	var out []Difference
	for _, group := range groups(pairs) {
		if d, ok := s.difference(group, pairs); ok {
			out = append(out, d)
		}
	}
	out = append(out, s.contests()...)
	out = append(out, s.actors()...)
	slices.SortStableFunc(out, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(b2i(a.Update), b2i(b.Update)), cmp.Compare(len(b.Sides), len(a.Sides)))
	})
	return out[:min(len(out), MaxDiffer)]
}

// groups returns the facts that differ, those of one matter together, in order.
func groups(pairs []pair) [][]*fact {
	at := map[*fact]int{}
	var out [][]*fact
	for _, x := range pairs {
		if x.agree {
			continue
		}
		i, ok := at[x.a]
		j, ok2 := at[x.b]
		switch {
		case !ok && !ok2:
			out = append(out, []*fact{x.a, x.b})
			at[x.a], at[x.b] = len(out)-1, len(out)-1
		case ok && !ok2:
			out[i] = append(out[i], x.b)
			at[x.b] = i
		case !ok && ok2:
			out[j] = append(out[j], x.a)
			at[x.a] = j
		case i != j:
			for _, f := range out[j] {
				at[f] = i
			}
			out[i], out[j] = append(out[i], out[j]...), nil
		}
	}
	return slices.DeleteFunc(out, func(g []*fact) bool { return len(g) == 0 })
}

// difference makes one of facts that differ and of those that agree with them.
func (s *story) difference(group []*fact, pairs []pair) (Difference, bool) {
	in := map[*fact]bool{}
	for _, f := range group {
		in[f] = true
	}
	for _, x := range pairs {
		if x.agree && in[x.a] != in[x.b] {
			for _, f := range []*fact{x.a, x.b} {
				if !in[f] {
					group = append(group, f)
				}
				in[f] = true
			}
		}
	}
	group = latest(group)
	var sides [][]*fact
	for _, f := range group {
		i := slices.IndexFunc(sides, func(side []*fact) bool { return agree(side[len(side)-1], f) })
		if i < 0 {
			sides = append(sides, []*fact{f})
			continue
		}
		sides[i] = append(sides[i], f)
	}
	if len(sides) < 2 || !apartSides(sides) {
		return Difference{}, false
	}
	d := Difference{Kind: group[0].kind, About: s.about(group), Update: updates(sides)}
	for _, side := range sides {
		d.Sides = append(d.Sides, sideOf(side))
	}
	return d, true
}

// apartSides reports whether two sides are of voices that can differ.
func apartSides(sides [][]*fact) bool {
	for i, a := range sides {
		for _, b := range sides[i+1:] {
			if a[0].page.apart(b[0].page) {
				return true
			}
		}
	}
	return false
}

// latest keeps of each voice the facts of its newest article, and of that the
// first, in the order of publication.
func latest(group []*fact) []*fact {
	slices.SortStableFunc(group, func(a, b *fact) int {
		return cmp.Or(a.page.article.Published.Compare(b.page.article.Published), cmp.Compare(a.page.article.Outlet, b.page.article.Outlet), cmp.Compare(a.at, b.at))
	})
	of := map[string]*fact{}
	for _, f := range group {
		last := of[f.page.article.Outlet]
		if last == nil || f.page != last.page {
			of[f.page.article.Outlet] = f
		}
	}
	return slices.DeleteFunc(group, func(f *fact) bool { return of[f.page.article.Outlet] != f })
}

const (
	// soon is how long after another an article is told at the same time.
	soon = time.Hour
	// stale is how long after another an article tells of another state of things.
	stale = 3 * day
)

// updates reports whether later sides tell more of what grows.
func updates(sides [][]*fact) bool {
	for i := 1; i < len(sides); i++ {
		before, f := sides[i-1][len(sides[i-1])-1], sides[i][0]
		gap := f.page.article.Published.Sub(before.page.article.Published)
		switch {
		case f.kind != Number || gap < soon:
			return false
		case f.exact > before.exact && (growing(f) || growing(before)), f.state == "miss" && before.state == "miss", gap >= stale:
		default:
			return false
		}
	}
	return true
}

// growing reports whether a number is of what grows, or is said to have grown.
func growing(f *fact) bool {
	if grows[f.state] {
		return true
	}
	for id := range f.nouns {
		if grows[strings.TrimPrefix(id, "<")] {
			return true
		}
	}
	for id := range f.near {
		if grows[id] || id == "rise" {
			return true
		}
	}
	return false
}

func sideOf(list []*fact) Side {
	out := Side{Value: list[len(list)-1].value, Stance: Said}
	for _, f := range list {
		out.add(f.page, f.at)
	}
	out.Stance = list[len(list)-1].page.stance(list[len(list)-1].at)
	return out
}

// add adds the sentence of term i of an article, where its outlet has none yet.
func (s *Side) add(p *page, i int) {
	if slices.Contains(s.Outlets, p.article.Outlet) {
		return
	}
	fresh := p.origin == "" || !slices.ContainsFunc(s.Quotes, func(q Quote) bool { return q.Origin == p.origin })
	s.Origins += b2i(fresh)
	s.Outlets = append(s.Outlets, p.article.Outlet)
	s.Quotes = append(s.Quotes, p.quote(i))
}

// aboutWords is the number of words that say what a difference is about.
const aboutWords = 6

// about returns the words of the first fact's sentence that stand in those of all
// others, in their order.
func (s *story) about(list []*fact) string {
	common := maps.Clone(list[0].all)
	for _, f := range list[1:] {
		for id := range common {
			if !f.all[id] {
				delete(common, id)
			}
		}
	}
	return list[0].page.wordsOf(list[0].at, common)
}

// wordsOf returns the words of the sentence of term i whose meanings are given.
func (p *page) wordsOf(i int, ids map[string]bool) string {
	var out []string
	k, seen := p.Terms[i].Sentence, map[string]bool{}
	for j := p.first[k]; j < p.last[k] && len(out) < aboutWords; j++ {
		if id := p.Terms[j].Meaning; ids[id] && !seen[id] && p.says(j) {
			seen[id] = true
			out = append(out, p.Terms[j].In(p.article.Text))
		}
	}
	return strings.Join(out, " ")
}

// contests returns what is said by one outlet and denied by another.
func (s *story) contests() []Difference {
	var out []Difference
	seen := map[[2]string]bool{}
	for _, p := range s.pages {
		for _, d := range p.denials {
			if s.tellsBoth(d) {
				continue
			}
			for _, o := range s.pages {
				key := [2]string{p.article.Outlet, o.article.Outlet}
				if !p.apart(o) || seen[key] {
					continue
				}
				if at, ok := s.contested(d, o, o.denials); ok {
					seen[key] = true
					out = append(out, contest(d, o, at))
				}
			}
		}
	}
	return out
}

func contest(d denial, o *page, at int) Difference {
	no := Side{Value: d.page.Terms[d.at].In(d.page.article.Text), Stance: Denied}
	no.add(d.page, d.at)
	yes := Side{Value: o.Terms[at].In(o.article.Text), Stance: o.stance(at)}
	yes.add(o, at)
	sides := []Side{yes, no}
	if d.page.article.Published.Before(o.article.Published) {
		sides = []Side{no, yes}
	}
	return Difference{Kind: Denial, About: d.page.wordsOf(d.at, d.what), Sides: sides}
}

// actors returns what was done by different people.
func (s *story) actors() []Difference {
	var out []Difference
	for i, p := range s.pages {
		for _, o := range s.pages[i+1:] {
			if !p.apart(o) {
				continue
			}
			for _, b := range o.deeds {
				at := slices.IndexFunc(p.deeds, func(a deed) bool { return s.otherActor(a, b) })
				if at < 0 {
					continue
				}
				out = append(out, rivals(p.deeds[at], b))
				break
			}
		}
	}
	return out
}

func rivals(a, b deed) Difference {
	d := Difference{Kind: Actor, About: a.page.wordsOf(a.at, with(a.what, a.page.Terms[a.at].Meaning))}
	for _, x := range []deed{a, b} {
		side := Side{Value: x.value(), Stance: x.page.stance(x.at)}
		side.add(x.page, x.at)
		d.Sides = append(d.Sides, side)
	}
	return d
}

func with(ids map[string]bool, id string) map[string]bool {
	out := maps.Clone(ids)
	out[id] = true
	return out
}

// agreed returns what two or more outlets tell alike, the newest sentence of each.
func (s *story) agreed(pairs []pair) []Claim {
	type place struct {
		page     *page
		sentence int
	}
	where := func(f *fact) place { return place{f.page, f.page.Terms[f.at].Sentence} }
	claim := map[place]int{}
	var lists [][]*fact
	for _, x := range pairs {
		if !x.agree || x.score < wideEnough {
			continue
		}
		i, ok := claim[where(x.a)]
		j, ok2 := claim[where(x.b)]
		switch {
		case !ok && !ok2:
			i = len(lists)
			lists = append(lists, nil)
		case !ok:
			i = j
		}
		for _, f := range []*fact{x.a, x.b} {
			if _, known := claim[where(f)]; !known {
				claim[where(f)] = i
				lists[i] = append(lists[i], f)
			}
		}
	}
	var out []Claim
	for _, list := range lists {
		list = latest(list)
		side := sideOf(list)
		if len(side.Outlets) > 1 {
			out = append(out, Claim{Text: side.Quotes[0].Quote, Side: side})
		}
	}
	slices.SortStableFunc(out, func(a, b Claim) int { return cmp.Compare(len(b.Outlets), len(a.Outlets)) })
	return out[:min(len(out), MaxAgreed)]
}
