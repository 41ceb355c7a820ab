package cite

import (
	"slices"
	"strings"

	"newsdesk/corpus/text"
)

// known gives some outlets the other name that people use for them. Initials
// need no entry.
var known = map[string]string{
	"dw": "deutsche welle", "deutsche welle": "dw", "rfe": "radio free europe",
	"afp": "agence france presse", "xinhua": "xinhua news agency",
	"the beeb": "bbc",
}

// label is an outlet's name made comparable.
type label struct {
	words  []string
	short  map[string]bool
	joined string
}

// filler are words of outlet labels that people leave out.
var filler = map[string]bool{
	"the": true, "online": true, "web": true, "news": true, "com": true, "digital": true, "international": true, "agency": true,
}

// newLabel reads an outlet's name as the corpus has it; what stands in brackets
// or behind a dash says only by which way the text came.
func newLabel(outlet string) label {
	name, _, _ := strings.Cut(outlet, "(")
	name, _, _ = strings.Cut(name, " - ")
	l := label{short: map[string]bool{}}
	for _, w := range text.For("").Words(name) {
		if !filler[w.Norm] {
			l.words = append(l.words, w.Norm)
		}
	}
	l.joined = strings.Join(l.words, " ")
	l.short[initials(name, true)] = true
	l.short[initials(name, false)] = true
	if other := known[l.joined]; other != "" {
		l.short[other] = true
	}
	return l
}

// is reports whether name is the outlet's: the same words, or its initials.
func (l label) is(name string) bool {
	said := newLabel(name)
	return said.joined != "" && (l.short[said.joined] || said.joined == l.joined || said.short[l.joined])
}

// fits reports whether people may mean the outlet by name where they say who
// reported: name is the outlet's or its last words ("the Herald").
func (l label) fits(name string) bool {
	if l.is(name) {
		return true
	}
	said := newLabel(name)
	if len(said.words) == 0 || len(l.words) == 0 || said.words[len(said.words)-1] != l.words[len(l.words)-1] {
		return false
	}
	for _, w := range said.words {
		if !slices.Contains(l.words, w) {
			return false
		}
	}
	return true
}

// findOutlets marks the tokens of names that are an outlet of any passage shown
// and stand where the reporter is named.
func (c *checking) findOutlets() {
	c.outlet = make([]bool, len(c.said.tokens))
	c.reporters = map[int]string{}
	for k, n := range c.said.names {
		tokens := c.said.tokensOfName(k)
		if len(tokens) == 0 {
			continue
		}
		reports := c.said.reports(tokens[0], tokens[len(tokens)-1])
		isOutlet := c.desk.isOutlet(n.Text, reports || c.leads(tokens))
		if !isOutlet && !reports {
			continue
		}
		if isOutlet || !c.desk.isNamed(c.said, tokens) {
			c.reporters[k] = n.Text
		}
		if isOutlet {
			for _, i := range tokens {
				c.outlet[i] = true
			}
		}
	}
}

func (r *reading) tokensOfName(k int) []int {
	var out []int
	for i, t := range r.tokens {
		if t.name == k {
			out = append(out, i)
		}
	}
	return out
}

// reports reports whether the name on tokens [first, last] is said to report:
// "according to X", "X reported".
func (r *reading) reports(first, last int) bool {
	for i := max(0, first-3); i < first; i++ {
		if r.tokens[i].cue&attribute != 0 {
			return true
		}
	}
	return last+1 < len(r.tokens) && reporting[r.tokens[last+1].norm]
}

// reporting are verbs that outlets do.
var reporting = map[string]bool{
	"reported": true, "reports": true, "report": true, "writes": true, "wrote": true, "notes": true, "noted": true,
	"berichtet": true, "berichtete": true, "meldet": true, "meldete": true, "schreibt": true, "schrieb": true,
	"informo": true, "informa": true, "publico": true, "escribe": true,
}

// outlets compares who is said to report with the outlets of the set. Another
// outlet may be named where a passage of the set quotes it.
func (c *checking) outlets(set []*evidence) fault {
	for k := range c.said.names {
		name, ok := c.reporters[k]
		if !ok || c.publishedBy(set, name) {
			continue
		}
		tokens := c.said.tokensOfName(k)
		if !c.said.reports(tokens[0], tokens[len(tokens)-1]) && !c.leads(tokens) && holdsAll(set, c.said, tokens) {
			continue
		}
		if c.relayed(set, tokens) {
			continue
		}
		return fault{ReasonOutlet, name}
	}
	if f := c.foreignReporter(set); f.found() {
		return f
	}
	return c.others(set)
}

// others finds a passage of another outlet in the set where the sentence says who
// reported: all of it is then said to be in that outlet, or, where the outlet
// stands in a later clause behind an "and", the numbers and names from there on.
func (c *checking) others(set []*evidence) fault {
	at := slices.Index(c.outlet, true)
	if at < 0 || len(set) < 2 {
		return fault{}
	}
	var own []*evidence
	for _, e := range set {
		for _, name := range c.reporters {
			if e.label.fits(name) {
				own = append(own, e)
				break
			}
		}
	}
	if len(own) == len(set) || len(own) == 0 {
		return fault{}
	}
	from := c.said.coordinated(at)
	if from == 0 {
		return fault{ReasonOutlet, c.said.names[c.said.tokens[at].name].Text}
	}
	for i := from; i < len(c.said.tokens); i++ {
		t := c.said.tokens[i]
		if t.number >= 0 && !c.anaphoric(t.number) && !c.holdsNumber(own, t.number, c.said.numbers[t.number]) ||
			t.name >= 0 && !c.excused(i) && !holdsName(own, t, c.said) {
			return fault{ReasonOutlet, c.said.names[c.said.tokens[at].name].Text}
		}
	}
	return fault{}
}

// coordinated returns the first token of the part of the sentence that token i
// stands in, where an "and" or the like begins it behind a comma; else 0.
func (r *reading) coordinated(i int) int {
	for ; i > 0; i-- {
		if r.tokens[i].clause != r.tokens[i-1].clause && coordinating[r.tokens[i].norm] {
			return i
		}
	}
	return 0
}

var coordinating = map[string]bool{"and": true, "while": true, "but": true, "whereas": true, "though": true, "although": true, "now": true, "yet": true}

// leads reports whether the name is the subject of any verb of saying.
func (c *checking) leads(tokens []int) bool {
	last := tokens[len(tokens)-1]
	return last+1 < len(c.said.tokens) && c.said.tokens[last+1].cue&speaks != 0
}

func (c *checking) publishedBy(set []*evidence, name string) bool {
	for _, e := range set {
		if e.label.fits(name) {
			return true
		}
	}
	return false
}

// relayed reports whether a sentence of the set that the claim runs close to
// names the outlet too ("told the Herald").
func (c *checking) relayed(set []*evidence, tokens []int) bool {
	for _, e := range set {
		for _, part := range c.parts(e) {
			for _, p := range part.pairs {
				for _, i := range tokens {
					if p.i == i {
						return true
					}
				}
			}
		}
	}
	return false
}

func holdsAll(set []*evidence, said *reading, tokens []int) bool {
	for _, i := range tokens {
		if !holdsName(set, said.tokens[i], said) {
			return false
		}
	}
	return true
}

// leadReach is how far from the outlet's name the day of publication stands.
const leadReach = 8

// inLead reports whether date k stands beside an outlet that reports.
func (c *checking) inLead(k int) bool {
	for i, t := range c.said.tokens {
		if t.date != k {
			continue
		}
		for o := max(0, i-leadReach); o < min(len(c.said.tokens), i+leadReach); o++ {
			if c.outlet[o] {
				return true
			}
		}
	}
	return false
}
