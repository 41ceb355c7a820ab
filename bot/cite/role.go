package cite

import "strings"

// roleReach is how far from a verb its subject and object are looked for.
const roleReach = 6

// swapped finds a verb whose subject and object have changed places: in the
// sentence A told B, in the passage B told A. One side of them must be a name.
func (c *checking) swapped(e *evidence) fault {
	for v, t := range c.said.tokens {
		if !isVerb(t) && !c.said.infinitiveAt(v) || e.read.ids[t.id] == 0 || c.said.isPassive(v) {
			continue
		}
		before, after := c.said.around(v)
		if len(before) == 0 || len(after) == 0 {
			continue
		}
		for w, u := range e.read.tokens {
			if u.id == t.id && !e.read.isPassive(w) && e.read.turned(w, before, after) {
				return fault{ReasonRole, t.In(c.said.raw)}
			}
		}
	}
	return fault{}
}

// isVerb guesses whether a token is a verb of the past, which is what news is
// told in, or one of saying.
func isVerb(t token) bool {
	if t.name >= 0 || t.number >= 0 || t.stop {
		return false
	}
	return strings.HasSuffix(t.norm, "ed") || t.cue&speaks != 0 || pasts[t.norm]
}

// pasts are verbs of the past without "ed" that have an object.
var pasts = map[string]bool{
	"told": true, "gave": true, "beat": true, "shot": true, "sued": true, "hit": true, "sent": true, "paid": true,
	"sold": true, "bought": true, "took": true, "struck": true, "led": true, "hurt": true, "won": true, "saw": true, "fought": true,
	"chose": true, "taught": true, "caught": true, "held": true, "stole": true, "brought": true, "overtook": true, "drove": true,
}

// isPassive reports whether the verb at token v is done to its subject: "was
// told", "told by".
func (r *reading) isPassive(v int) bool {
	for i := v - 1; i >= max(0, v-2); i-- {
		if n := r.tokens[i].norm; n != "by" && r.tokens[i].cue&passive != 0 {
			return true
		}
	}
	return v+1 < len(r.tokens) && r.tokens[v+1].norm == "by"
}

// infinitiveAt reports whether token v is a verb behind "to": "agreed to buy".
func (r *reading) infinitiveAt(v int) bool {
	return v > 0 && r.tokens[v-1].norm == "to" && r.tokens[v].content() && r.tokens[v].name < 0 && r.tokens[v].number < 0
}

// governor returns the verb that governs the infinitive at token v, or v.
func (r *reading) governor(v int) int {
	if !r.infinitiveAt(v) {
		return v
	}
	for i := v - 2; i >= max(0, v-roleReach); i-- {
		if t := r.tokens[i]; isVerb(t) || t.cue&(planned|negates) != 0 {
			return i
		}
	}
	return v
}

// around returns the ids of the nearest name or noun on either side of token v
// within its clause; nil where neither is a name.
func (r *reading) around(v int) (before, after map[string]bool) {
	b, a := r.nearest(r.governor(v), -1), r.nearest(v, 1)
	if b < 0 || a < 0 || r.tokens[b].name < 0 && r.tokens[a].name < 0 && !isVerb(r.tokens[v]) {
		return nil, nil
	}
	return r.idsAt(b), r.idsAt(a)
}

// nearest returns the nearest name or content word from v in a direction, or
// -1. A noun that stands before a name belongs to it ("rebel commander Brook").
func (r *reading) nearest(v, step int) int {
	for i := v + step; i >= 0 && i < len(r.tokens) && (i-v)*step <= roleReach; i += step {
		t := r.tokens[i]
		if t.sentence != r.tokens[v].sentence || t.quoted != r.tokens[v].quoted || t.norm == "that" || isVerb(t) {
			return -1
		}
		if !words().titles[t.norm] && !adverb(t.norm) && (t.name >= 0 || t.content() && t.cue == 0 && t.number < 0 && t.date < 0) {
			if step > 0 && t.name < 0 {
				return r.nameBehind(i)
			}
			return i
		}
	}
	return -1
}

// nameBehind returns the name that follows the noun at token i without anything
// but nouns between, else i.
func (r *reading) nameBehind(i int) int {
	for k := i + 1; k < min(len(r.tokens), i+1+reach); k++ {
		t := r.tokens[k]
		if t.stop || t.clause != r.tokens[i].clause || isVerb(t) {
			break
		}
		if t.name >= 0 {
			return k
		}
	}
	return i
}

// adverb reports whether a word stands between a verb and who does it without
// being either.
func adverb(norm string) bool {
	switch norm {
	case "later", "earlier", "again", "soon", "today", "yesterday", "now", "once", "twice", "already", "still", "then", "also":
		return true
	}
	return strings.HasSuffix(norm, "ly")
}

func (r *reading) idsAt(i int) map[string]bool {
	if i < 0 {
		return nil
	}
	out := map[string]bool{r.tokens[i].id: true}
	if r.tokens[i].name >= 0 {
		for _, k := range r.wholeName(i) {
			if !words().titles[r.tokens[k].norm] {
				out[r.tokens[k].id] = true
			}
		}
	}
	return out
}

// turned reports whether at the verb at token w those who stand before it in
// the sentence stand behind it here, and the other way round.
func (r *reading) turned(w int, before, after map[string]bool) bool {
	return r.anyNear(w, -1, after) && r.anyNear(w, 1, before) &&
		!r.anyNear(w, -1, before) && !r.anyNear(w, 1, after)
}

func (r *reading) anyNear(w, step int, ids map[string]bool) bool {
	for i := w + step; i >= 0 && i < len(r.tokens) && (i-w)*step <= 2*roleReach; i += step {
		if r.tokens[i].sentence != r.tokens[w].sentence {
			return false
		}
		if ids[r.tokens[i].id] {
			return true
		}
	}
	return false
}

// objectReach is how far behind a verb the first word stands that has to be the
// same for it to be the same deed.
const objectReach = 4

// otherDoer finds a verb that the passage tells, with what follows it, of
// somebody else: the one who does it in the sentence does not stand before it
// in any sentence of the passage.
func (c *checking) otherDoer(e *evidence) fault {
	for v, t := range c.said.tokens {
		if !isVerb(t) || e.read.ids[t.id] == 0 || c.said.isPassive(v) || t.quoted >= 0 {
			continue
		}
		doer := c.said.nearest(v, -1)
		if doer < 0 || c.said.tokens[doer].name < 0 || c.outlet[doer] {
			continue
		}
		ids := c.said.idsAt(doer)
		other, same := false, false
		for w, u := range e.read.tokens {
			if u.id != t.id || e.read.isPassive(w) || !c.sameObject(v, e, w) {
				continue
			}
			their := e.read.nearest(w, -1)
			if their < 0 || e.read.tokens[their].name < 0 || e.read.anyNear(w, -1, ids) {
				same = true // told of somebody who is not named, or of the same one
			} else {
				other = true
			}
		}
		if other && !same {
			return fault{ReasonRole, c.said.names[c.said.tokens[doer].name].Text}
		}
	}
	return fault{}
}

// sameObject reports whether a content word stands right behind both verbs.
func (c *checking) sameObject(v int, e *evidence, w int) bool {
	for i := v + 1; i < min(len(c.said.tokens), v+1+objectReach) && c.said.tokens[i].clause == c.said.tokens[v].clause; i++ {
		for j := w + 1; j < min(len(e.read.tokens), w+1+objectReach) && e.read.tokens[j].clause == e.read.tokens[w].clause; j++ {
			if t := c.said.tokens[i]; t.content() && t.id == e.read.tokens[j].id {
				return true
			}
		}
	}
	return false
}
