package story

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"
)

const (
	// enough are the odds, as a logarithm, from which on articles are put
	// together: the mean over all pairs of two groups. Two groups of many or more
	// need contrast of what each holds together by besides, of which no more than
	// closest counts: look-alikes are near to each other, and nearer among themselves.
	// Tried from -.5 to 0, with a contrast of .3 to .4 and groups of 3 to 5: F1 .950 to
	// .969 with .006 merged, on topics that the weights were not learnt from .946 to
	// .968 with the same. At -.6 and .3 look-alikes begin to merge there (.102).
	enough   = -.3
	contrast = .35
	closest  = 5
	many     = 4
	// loose are the odds from which on the story of an article is looked at again
	// when another comes.
	loose = -2.5
	// posted is the number of an article's weightiest terms by which others find it.
	posted = 40
	// candidates is the number of articles that a new one is compared with.
	candidates = 30
	// regionSize is the number of articles that are put together anew at once, and
	// sampled the number of a larger story's newest that stand for it.
	regionSize, sampled = 120, 40

	// near is the time between two groups that says nothing, slope what each day
	// more takes from the odds, and far the time from which on they are not
	// compared. The labelled texts have no dates: these are chosen so that a
	// report of the week after must have the whole of the old story's words.
	near  = 2 * day
	far   = 14 * day
	slope = .25
	day   = 24 * time.Hour
)

// group is a story as it is being put together. Its id is for ever.
type group struct {
	id      int64
	members []*reading // in the order of readingOrder
}

func readingOrder(a, b *reading) int {
	return cmp.Or(a.published.Compare(b.published), cmp.Compare(a.id, b.id))
}

// span is the time from the first to the last of some articles.
type span struct{ first, last time.Time }

func spanOf(r *reading) span { return span{r.published, r.published} }

func (s span) join(o span) span {
	if o.first.Before(s.first) {
		s.first = o.first
	}
	if o.last.After(s.last) {
		s.last = o.last
	}
	return s
}

// gap is the time between two spans, 0 where they overlap.
func (s span) gap(o span) time.Duration {
	return max(0, o.first.Sub(s.last), s.first.Sub(o.last))
}

// groups puts articles into stories as they arrive. Not safe for concurrent use.
type groups struct {
	model       *model
	frequencies *frequencies

	articles map[string]*reading
	stories  map[int64]*group
	postings map[uint32][]*reading
	known    map[uint64]float32 // the odds of pairs of slots, of this epoch
	next     int64
	slots    uint32

	// What changed since it was last taken: stories with other members, and where
	// those went that are no more; 0 for those that lost their last article.
	touched map[int64]bool
	gone    map[int64]int64
}

func newGroups(m *model) *groups {
	return &groups{
		model: m, frequencies: newFrequencies(),
		articles: map[string]*reading{}, stories: map[int64]*group{}, postings: map[uint32][]*reading{}, known: map[uint64]float32{},
		next: 1, touched: map[int64]bool{}, gone: map[int64]int64{},
	}
}

// add takes a new article in: it, and what lies near it, is put together anew.
func (g *groups) add(r *reading) {
	g.hold(r)
	g.post(r)
	g.place(r, map[int64]bool{})
	if g.frequencies.due() {
		g.reassess()
	}
}

// restore takes an article in that was put into a story before. It is found by others
// once it is posted, as [groups.weighAgain] does with all.
func (g *groups) restore(r *reading, story int64) {
	g.hold(r)
	s := g.stories[story]
	if s == nil {
		s = &group{id: story}
		g.stories[story] = s
		g.next = max(g.next, story+1)
	}
	g.put(r, s)
}

// replace puts a further version of an article in the place of the one before: it
// stays in its story unless it now belongs into another.
func (g *groups) replace(r *reading) {
	old := g.articles[r.id]
	g.forget(old)
	s := old.story
	s.members = slices.DeleteFunc(s.members, func(m *reading) bool { return m == old })
	g.hold(r)
	g.put(r, s)
	g.post(r)
	g.touch(r)
}

// touch puts an article that has a story together anew with what lies near it.
func (g *groups) touch(r *reading) {
	g.touched[r.story.id] = true
	g.place(r, map[int64]bool{})
	if g.frequencies.due() {
		g.reassess()
	}
}

// now returns the story that one of the tables is now, which this batch may have
// merged into another.
func (g *groups) now(id int64) int64 {
	for g.gone[id] != 0 {
		id = g.gone[id]
	}
	return id
}

// evict forgets the articles that were published first when there are a quarter
// more than limit; their stories keep them.
func (g *groups) evict(limit int) {
	if len(g.articles) <= limit+limit/4 {
		return
	}
	all := g.all()
	for _, r := range all[:len(all)-limit] {
		g.forget(r)
		s := r.story
		if s.members = slices.DeleteFunc(s.members, func(m *reading) bool { return m == r }); len(s.members) == 0 {
			delete(g.stories, s.id)
		}
	}
	g.weighAgain()
}

// all returns the articles in the order of readingOrder.
func (g *groups) all() []*reading {
	return slices.SortedFunc(maps.Values(g.articles), readingOrder)
}

// hold makes an article known.
func (g *groups) hold(r *reading) {
	g.slots++
	r.slot = g.slots
	g.articles[r.id] = r
	g.frequencies.add(r, 1)
}

func (g *groups) put(r *reading, s *group) {
	at, _ := slices.BinarySearchFunc(s.members, r, readingOrder)
	s.members = slices.Insert(s.members, at, r)
	r.story = s
}

// post weighs an article and lists it under its weightiest terms.
func (g *groups) post(r *reading) {
	g.frequencies.weigh(r)
	r.posted = weightiest(r)
	for _, t := range r.posted {
		g.postings[t.key] = append(g.postings[t.key], r)
	}
}

func weightiest(r *reading) []term {
	list := slices.Clone(r.terms)
	slices.SortFunc(list, func(a, b term) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.key, b.key)) })
	return slices.Clone(list[:min(len(list), posted)])
}

// drop forgets an article.
func (g *groups) drop(id string) {
	r := g.articles[id]
	if r == nil {
		return
	}
	g.forget(r)
	s := r.story
	g.touched[s.id] = true
	s.members = slices.DeleteFunc(s.members, func(m *reading) bool { return m == r })
	if len(s.members) == 0 {
		delete(g.stories, s.id)
		delete(g.touched, s.id)
		g.gone[s.id] = 0
		return
	}
	g.regroup(regionOf(s))
}

// forget takes an article out of all but its story.
func (g *groups) forget(r *reading) {
	delete(g.articles, r.id)
	g.frequencies.add(r, -1)
	for _, t := range r.posted {
		rest := slices.DeleteFunc(g.postings[t.key], func(o *reading) bool { return o == r })
		if g.postings[t.key] = rest; len(rest) == 0 {
			delete(g.postings, t.key)
		}
	}
}

// weighAgain begins an epoch: everything is weighed anew.
func (g *groups) weighAgain() {
	g.frequencies.turn()
	g.known = map[uint64]float32{}
	g.postings = map[uint32][]*reading{}
	for _, r := range g.all() {
		g.post(r)
	}
}

// reassess begins an epoch, and puts what may still grow together anew.
func (g *groups) reassess() {
	g.weighAgain()
	all := g.all()
	seen := map[int64]bool{}
	for _, r := range all {
		if !seen[r.story.id] && spanOf(r).gap(spanOf(all[len(all)-1])) <= far {
			g.place(r, seen)
		}
	}
}

// place puts an article, and the stories of those near it, together anew. Stories
// that were looked at are noted in seen.
func (g *groups) place(r *reading, seen map[int64]bool) {
	region := g.region(r)
	g.regroup(region)
	for _, b := range region {
		for _, m := range b.members {
			seen[m.story.id] = true
		}
	}
}

// neighbour is an article beside another, with the odds that they report one event.
type neighbour struct {
	*reading
	odds float64
}

// neighbours returns the articles that may report what r does, the likeliest first.
func (g *groups) neighbours(r *reading) []neighbour {
	shared := map[*reading]float32{}
	for _, t := range r.posted {
		for _, o := range g.postings[t.key] {
			if o != r && spanOf(o).gap(spanOf(r)) <= far {
				shared[o] += t.weight
			}
		}
	}
	list := make([]neighbour, 0, len(shared))
	for o, s := range shared {
		list = append(list, neighbour{o, float64(s)})
	}
	likeliest(list)
	list = list[:min(len(list), candidates)]
	for i := range list {
		list[i].odds = g.odds(r, list[i].reading)
	}
	likeliest(list)
	return list
}

func likeliest(list []neighbour) {
	slices.SortFunc(list, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(b.odds, a.odds), readingOrder(a.reading, b.reading))
	})
}

// odds are those of two articles by what they say.
func (g *groups) odds(a, b *reading) float64 {
	k := uint64(min(a.slot, b.slot))<<32 | uint64(max(a.slot, b.slot))
	if o, ok := g.known[k]; ok {
		return float64(o)
	}
	o := g.model.odds(a, b)
	g.known[k] = float32(o)
	return float64(o)
}

// block is what goes together into a group when a region is put together.
type block struct {
	members []*reading
	sample  []*reading // what stands for them
	span    span
}

func blockOf(r *reading) *block {
	one := []*reading{r}
	return &block{members: one, sample: one, span: spanOf(r)}
}

// regionOf returns the blocks of a story: its articles one by one, or all of them
// as one where they are too many.
func regionOf(s *group) []*block {
	if len(s.members) > regionSize/2 {
		b := &block{members: slices.Clone(s.members), sample: slices.Clone(s.members[len(s.members)-sampled:]), span: spanOf(s.members[0])}
		b.span = b.span.join(spanOf(s.members[len(s.members)-1]))
		return []*block{b}
	}
	var region []*block
	for _, r := range s.members {
		region = append(region, blockOf(r))
	}
	return region
}

// region returns what is put together anew when r comes: its story if it has one,
// and those of its neighbours, the likeliest first, until there are enough.
func (g *groups) region(r *reading) []*block {
	var region []*block
	if r.story == nil {
		region = append(region, blockOf(r))
	}
	taken := map[*group]bool{nil: true}
	take := func(s *group) {
		if !taken[s] && len(region) < regionSize {
			taken[s] = true
			region = append(region, regionOf(s)...)
		}
	}
	take(r.story)
	for _, n := range g.neighbours(r) {
		if n.odds < loose {
			break
		}
		take(n.story)
	}
	return region
}

// regroup puts the articles of a region together and gives the groups that come
// of it the identities of those that were.
func (g *groups) regroup(region []*block) {
	g.identify(g.linked(region))
}

// linked joins the two groups that are likeliest one, by the mean odds of their
// pairs less what time and contrast take, as long as those are enough.
func (g *groups) linked(region []*block) []*block {
	l := g.linkage(region)
	for {
		i := l.best()
		if i < 0 || l.nearest[i].odds < enough {
			return slices.DeleteFunc(l.blocks, func(b *block) bool { return b == nil })
		}
		l.join(i, l.nearest[i].at)
	}
}

// linkage is a region that is being put together.
type linkage struct {
	blocks []*block // nil: joined to another
	// sums are those of the odds of the pairs of two blocks; of one with itself, of
	// those that it was put together from.
	sums    [][]float64
	nearest []partner
}

// partner is the likeliest one of a block.
type partner struct {
	at   int
	odds float64
}

func (g *groups) linkage(region []*block) *linkage {
	slices.SortFunc(region, func(a, b *block) int { return readingOrder(a.members[0], b.members[0]) })
	l := &linkage{blocks: slices.Clone(region), sums: make([][]float64, len(region)), nearest: make([]partner, len(region))}
	for i, a := range region {
		l.sums[i] = make([]float64, len(region))
		for j, b := range region[:i] {
			l.sums[i][j] = g.sum(a, b)
			l.sums[j][i] = l.sums[i][j]
		}
	}
	for i := range region {
		l.look(i)
	}
	return l
}

// sum is that of the odds of all pairs of two blocks.
func (g *groups) sum(a, b *block) float64 {
	var sum float64
	for _, x := range a.sample {
		for _, y := range b.sample {
			sum += g.odds(x, y)
		}
	}
	return sum
}

// odds are those that two blocks are one.
func (l *linkage) odds(i, j int) float64 {
	a, b := l.blocks[i], l.blocks[j]
	across := l.sums[i][j] / float64(len(a.sample)*len(b.sample))
	return across - waited(a.span.gap(b.span)) - contrast*min(closest, l.within(i), l.within(j))
}

// within is the mean of the odds of a block's own pairs, not negative; 0 for one of
// few articles, and for one that was not put together here.
func (l *linkage) within(i int) float64 {
	n := len(l.blocks[i].sample)
	if n < many {
		return 0
	}
	return max(0, l.sums[i][i]/float64(n*(n-1)/2))
}

// look finds the partner of a block anew.
func (l *linkage) look(i int) {
	l.nearest[i] = partner{-1, math.Inf(-1)}
	for j, b := range l.blocks {
		if j == i || b == nil {
			continue
		}
		if odds := l.odds(i, j); odds > l.nearest[i].odds {
			l.nearest[i] = partner{j, odds}
		}
	}
}

// best returns the block with the likeliest partner, the first of equal ones; -1
// where there are none.
func (l *linkage) best() int {
	best := -1
	for i, b := range l.blocks {
		if b != nil && l.nearest[i].at >= 0 && (best < 0 || l.nearest[i].odds > l.nearest[best].odds) {
			best = i
		}
	}
	return best
}

// join puts the j-th block to the i-th.
func (l *linkage) join(i, j int) {
	a, b := l.blocks[i], l.blocks[j]
	l.blocks[i] = &block{members: append(a.members, b.members...), sample: append(a.sample, b.sample...), span: a.span.join(b.span)}
	l.blocks[j] = nil
	inside := l.sums[i][i] + l.sums[j][j] + l.sums[i][j]
	for k := range l.sums {
		l.sums[i][k] += l.sums[j][k]
		l.sums[k][i] = l.sums[i][k]
	}
	l.sums[i][i] = inside
	l.look(i)
	for k, other := range l.blocks {
		if other == nil || k == i {
			continue
		}
		if at := l.nearest[k].at; at == i || at == j {
			l.look(k)
		} else if odds := l.odds(k, i); odds > l.nearest[k].odds {
			l.nearest[k] = partner{i, odds}
		}
	}
}

// waited is what the time between two groups takes from their odds.
func waited(gap time.Duration) float64 {
	switch {
	case gap > far:
		return math.Inf(1)
	case gap > near:
		return slope * (gap - near).Hours() / 24
	}
	return 0
}

// claim is how many articles of a story went into a group.
type claim struct {
	story *group
	block *block
	n     int
}

// identify gives each group the story of which it has most; a story goes on in the
// group that has most of it. A group that is left gets a new identity, a story that
// is left has been merged into the one that most of its articles went to.
func (g *groups) identify(made []*block) {
	claims := claimsOf(made)
	owner, goesOn := map[*block]*group{}, map[*group]bool{}
	for _, c := range claims {
		if owner[c.block] == nil && !goesOn[c.story] {
			owner[c.block], goesOn[c.story] = c.story, true
		}
	}
	for _, b := range made {
		if owner[b] == nil {
			owner[b] = &group{id: g.next}
			g.next++
		}
		g.fill(owner[b], b)
	}
	for _, c := range claims {
		if !goesOn[c.story] {
			goesOn[c.story] = true
			delete(g.stories, c.story.id)
			delete(g.touched, c.story.id)
			g.gone[c.story.id] = owner[c.block].id
		}
	}
}

// claimsOf returns the claims, the greatest first, of equal ones that of the oldest
// story.
func claimsOf(made []*block) []claim {
	var claims []claim
	for _, b := range made {
		n := map[*group]int{}
		for _, m := range b.members {
			if m.story != nil {
				n[m.story]++
			}
		}
		for s, k := range n {
			claims = append(claims, claim{s, b, k})
		}
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.story.id, b.story.id), readingOrder(a.block.members[0], b.block.members[0]))
	})
	return claims
}

// fill makes the members of b those of s.
func (g *groups) fill(s *group, b *block) {
	slices.SortFunc(b.members, readingOrder)
	g.stories[s.id] = s
	if slices.Equal(s.members, b.members) {
		return
	}
	s.members = b.members
	for _, m := range b.members {
		m.story = s
	}
	g.touched[s.id] = true
}

// taken returns what changed since it was last called: stories with other members,
// and for those that are no more the one that has their articles, 0 for none.
func (g *groups) taken() (touched []int64, gone map[int64]int64) {
	for id := range g.touched {
		touched = append(touched, id)
	}
	slices.Sort(touched)
	gone = map[int64]int64{}
	for id := range g.gone {
		if gone[id] = g.now(id); gone[id] == id {
			gone[id] = 0
		}
	}
	g.touched, g.gone = map[int64]bool{}, map[int64]int64{}
	return touched, gone
}
