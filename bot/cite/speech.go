package cite

import (
	"strings"
	"unicode"
)

// spoken makes quotations comparable: without quotation marks, with single
// spaces and without the mark at the end, which belongs to the sentence around.
func spoken(s string) string {
	var out strings.Builder
	space := false
	for _, r := range s {
		switch {
		case strings.ContainsRune("\"“”„‟«»‘’‚‹›'`「」『』", r):
		case unicode.IsSpace(r):
			space = out.Len() > 0
		default:
			if space {
				out.WriteByte(' ')
				space = false
			}
			out.WriteRune(r)
		}
	}
	return strings.TrimRight(out.String(), ".,;:!? ")
}

// holdsWords reports whether s stands in t as whole words; both are spoken.
func holdsWords(t, s string) bool {
	for from := 0; s != ""; {
		at := strings.Index(t[from:], s)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(s)
		if border(t[:start], t[end:]) {
			return true
		}
		from = start + 1
	}
	return false
}

// border reports whether what stands between before and after is whole words.
func border(before, after string) bool {
	last := strings.LastIndexFunc(before, isWordRune)
	first := strings.IndexFunc(after, isWordRune)
	return (last < 0 || last+len(lastRune(before[last:])) < len(before)) && first != 0
}

func lastRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// quotations finds each quotation of the sentence word for word in the set, and
// there in the mouth of the one who is said to speak.
func (c *checking) quotations(set []*evidence) fault {
	for k, q := range c.said.quotes {
		said := spoken(q.In(c.said.raw))
		if said == "" {
			continue
		}
		held := false
		for _, e := range set {
			if holdsWords(e.spoken, said) && c.rightMouth(k, said, e) {
				held = true
				break
			}
		}
		if !held {
			return fault{ReasonQuotation, q.In(c.said.raw)}
		}
	}
	return fault{}
}

// rightMouth reports whether the passage does not name another speaker for a
// quotation than the sentence does.
func (c *checking) rightMouth(k int, said string, e *evidence) bool {
	at := c.said.speakerNear(k)
	if at < 0 || c.outlet[at] {
		return true
	}
	for q := range e.read.quotes {
		if !holdsWords(spoken(e.read.quotes[q].In(e.read.raw)), said) {
			continue
		}
		return c.isOne(at, e, e.speakers(q))
	}
	return true
}

// isOne reports whether the name at token at of the sentence is one of the
// names at the given tokens of the passage; with none there it may be anyone.
func (c *checking) isOne(at int, e *evidence, speakers []int) bool {
	if len(speakers) == 0 {
		return true
	}
	name := c.said.tokens[at].name
	for _, t := range c.said.tokens {
		if t.name != name {
			continue
		}
		for _, s := range speakers {
			if e.read.tokens[s].id == t.id {
				return true
			}
		}
	}
	return false
}

// reach is the number of tokens between a verb of saying and who says.
const reach = 3

// speakerNear returns a token of the name beside the verb of saying that is
// nearest to quotation k, or -1.
func (r *reading) speakerNear(k int) int {
	first, last := r.quotedTokens(k)
	best, distance := -1, len(r.tokens)
	for v, t := range r.tokens {
		if t.cue&(speaks|attribute) == 0 || t.quoted >= 0 {
			continue
		}
		at := r.subjectOf(v)
		if at < 0 {
			continue
		}
		d := first - v
		if v > last {
			d = v - last
		}
		if d < distance {
			best, distance = at, d
		}
	}
	return best
}

// quotedTokens returns the first and last token of quotation k.
func (r *reading) quotedTokens(k int) (first, last int) {
	first = len(r.tokens)
	for i, t := range r.tokens {
		if t.quoted == k {
			first, last = min(first, i), i
		}
	}
	return first, last
}

// subjectOf returns a token of the name that does the verb at token v: before
// it, else right behind it ("said Brook"). -1 if there is none, or where the
// subject is no name ("he said").
func (r *reading) subjectOf(v int) int {
	if i := r.overInsertion(v); i >= 0 {
		return i
	}
	for i := v - 1; i >= max(0, v-reach); i-- {
		t := r.tokens[i]
		if t.quoted >= 0 || t.sentence != r.tokens[v].sentence || t.norm == "to" {
			break
		}
		if t.name >= 0 {
			return i
		}
		if pronouns[t.norm] || t.cue&speaks != 0 {
			return -1
		}
	}
	for i := v + 1; i < min(len(r.tokens), v+1+reach); i++ {
		t := r.tokens[i]
		if t.stop || t.quoted >= 0 || t.sentence != r.tokens[v].sentence || t.norm == "that" || r.tokens[v].cue&attribute == 0 && transitive[r.tokens[v].norm] {
			break
		}
		if t.name >= 0 {
			return i
		}
	}
	return -1
}

// insertion is the number of words that may stand between commas behind a name.
const insertion = 12

// overInsertion returns the last token of the name that stands before what is put
// between commas before token v ("Brook, who broke an arm, said"), or -1.
func (r *reading) overInsertion(v int) int {
	if v == 0 || r.tokens[v-1].clause == r.tokens[v].clause || r.tokens[v-1].sentence != r.tokens[v].sentence {
		return -1
	}
	i := v - 1
	for i >= 0 && v-i <= insertion && r.tokens[i].clause == r.tokens[v-1].clause {
		if r.tokens[i].quoted >= 0 {
			return -1
		}
		i--
	}
	if i < 0 || r.tokens[i].name < 0 || r.tokens[i].sentence != r.tokens[v].sentence || r.tokens[i].quoted >= 0 || r.tokens[i+1].name >= 0 {
		return -1
	}
	return i
}

var pronouns = map[string]bool{"he": true, "she": true, "they": true, "i": true, "we": true, "it": true, "who": true}

// transitive verbs of saying have the one who is spoken to behind them.
var transitive = map[string]bool{
	"told": true, "tell": true, "tells": true, "asked": true, "ask": true, "asks": true, "accused": true, "warned": true, "called": true,
}

// speakers returns tokens of the names that the passage gives for quotation q:
// those beside verbs of saying in its paragraph.
func (e *evidence) speakers(q int) []int {
	r := e.read
	span := r.quotes[q].Span
	from := strings.LastIndex(r.raw[:span.Start], "\n") + 1
	to := len(r.raw)
	if at := strings.Index(r.raw[span.End:], "\n"); at >= 0 {
		to = span.End + at
	}
	switch at, pronoun := r.besideQuote(q); {
	case at >= 0:
		return r.wholeName(at)
	case pronoun:
		if before := r.meantBefore(q); len(before) > 0 {
			return before
		}
	}
	var out []int
	for v, t := range r.tokens {
		if t.Start < from || t.End > to || t.quoted >= 0 || t.cue&(speaks|attribute) == 0 {
			continue
		}
		if at := r.subjectOf(v); at >= 0 {
			out = append(out, r.wholeName(at)...)
		}
	}
	return out
}

// besideQuote returns a token of the name that is said to speak right behind
// quotation q or before it, or -1 where that is not said by name; pronoun says
// that a "he said" or "she said" stands there.
func (r *reading) besideQuote(q int) (at int, pronoun bool) {
	first, last := r.quotedTokens(q)
	for v := last + 1; v < min(len(r.tokens), last+2+reach); v++ {
		if t := r.tokens[v]; t.quoted >= 0 {
			break
		} else if t.cue&speaks != 0 {
			return r.subjectOf(v), r.pronounAt(v)
		}
	}
	for v := first - 1; v >= max(0, first-2*reach) && v < len(r.tokens); v-- {
		if t := r.tokens[v]; t.quoted >= 0 || t.sentence != r.tokens[min(first, len(r.tokens)-1)].sentence {
			break
		} else if t.cue&speaks != 0 {
			return r.subjectOf(v), r.pronounAt(v)
		}
	}
	return -1, false
}

// pronounAt reports whether the verb at token v is done by a he or she.
func (r *reading) pronounAt(v int) bool {
	return pronouns[r.before(v-1)] || pronouns[r.before(v+1)]
}

// meantBefore returns the tokens of the name that was last said to speak before
// quotation q, or of all names before it in its paragraph.
func (r *reading) meantBefore(q int) []int {
	first, _ := r.quotedTokens(q)
	from := strings.LastIndex(r.raw[:r.quotes[q].Start], "\n") + 1
	var all []int
	for v := min(first, len(r.tokens)) - 1; v >= 0 && r.tokens[v].Start >= from; v-- {
		t := r.tokens[v]
		if t.cue&speaks != 0 && t.quoted < 0 {
			if at := r.subjectOf(v); at >= 0 {
				return r.wholeName(at)
			}
		}
		if t.name >= 0 {
			all = append(all, v)
		}
	}
	return all
}

// wholeName returns the tokens of the name that token at is part of.
func (r *reading) wholeName(at int) []int {
	var out []int
	for i, t := range r.tokens {
		if t.name == r.tokens[at].name {
			out = append(out, i)
		}
	}
	return out
}

// indirect finds speech of the passage that the sentence gives to another: what
// stands behind a verb of saying in the sentence runs close to a quotation of
// the passage, whose speakers are others.
func (c *checking) indirect(e *evidence, part stretch) fault {
	for v, t := range c.said.tokens {
		if t.cue&speaks == 0 || t.quoted >= 0 {
			continue
		}
		at := c.said.subjectOf(v)
		if at < 0 {
			at = c.said.earlierSubject(v)
		}
		if at < 0 || c.outlet[at] {
			continue
		}
		if q := quotedBehind(c.said, e.read, part, v); q >= 0 && !c.isOne(at, e, e.speakers(q)) {
			return fault{ReasonRole, c.said.names[c.said.tokens[at].name].Text}
		}
	}
	return fault{}
}

// earlierSubject returns a token of the nearest name before token v within the
// clause, or -1.
func (r *reading) earlierSubject(v int) int {
	for i := v - 1; i >= 0 && i >= v-reach; i-- {
		if r.tokens[i].name >= 0 {
			return i
		}
	}
	return -1
}

// quotedBehind returns the quotation of the passage that holds most of the
// pairs behind token v, with at least three content words, or -1.
func quotedBehind(said, stands *reading, part stretch, v int) int {
	count := map[int]int{}
	for _, p := range part.pairs {
		if p.i > v && p.i <= v+gapTheirs && said.tokens[p.i].content() && stands.tokens[p.j].quoted >= 0 {
			count[stands.tokens[p.j].quoted]++
		}
	}
	best := -1
	for q := range stands.quotes {
		if count[q] >= closeContent && (best < 0 || count[q] > count[best]) {
			best = q
		}
	}
	return best
}
