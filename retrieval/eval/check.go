package eval

import (
	"fmt"
	"slices"
	"strings"

	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
)

// Fault is something that is wrong with a set, by its place.
type Fault struct {
	// File is what the file is called.
	File string
	// Record counts from 1; 0 where no single record is at fault.
	Record int
	// Field is the member, as "evidence_list[2].fact"; empty if it is the record.
	Field string
	// Reason is for the person who gave the file, without full stop.
	Reason string
}

// Error returns "NAME: record 2: "url": as in record 1", as a
// multihop.Error but for the byte, which is not known here.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Record > 0 {
		fmt.Fprintf(&b, ": record %d", f.Record)
	}
	if f.Field != "" {
		fmt.Fprintf(&b, ": %q", f.Field)
	}
	return b.String() + ": " + f.Reason
}

// CheckQuestions returns what keeps the questions of a file from being scored:
// evidence that is missing, that names no article or that a question of type
// [NullQuery] has, and a set with no other question. Nil for a good set.
func CheckQuestions(file string, questions []multihop.Question) []*Fault {
	var faults []*Fault
	n := 0
	for i, q := range questions {
		if answerable(q) {
			n++
		}
		for _, f := range checkEvidence(q) {
			f.File, f.Record = file, i+1
			faults = append(faults, f)
		}
	}
	if n == 0 {
		faults = append(faults, &Fault{File: file, Reason: "no question in it that something answers: nothing to score"})
	}
	return faults
}

// checkEvidence returns faults without file and record.
func checkEvidence(q multihop.Question) []*Fault {
	switch {
	case answerable(q) && len(q.Evidence) == 0:
		return []*Fault{{Field: "evidence_list", Reason: fmt.Sprintf("missing or empty, as only that of a %q may be", NullQuery)}}
	case !answerable(q) && len(q.Evidence) > 0:
		return []*Fault{{Field: "evidence_list", Reason: fmt.Sprintf("a %q has none", NullQuery)}}
	}
	var faults []*Fault
	for k, e := range q.Evidence {
		if articleURL(e.URL) == "" && e.Title == "" {
			faults = append(faults, &Fault{Field: fmt.Sprintf("evidence_list[%d].url", k), Reason: "missing, and the title too: it names no article"})
		}
	}
	return faults
}

// Check holds the facts of a set against the articles of a corpus, which pass by
// one at a time, in the order of the file.
//
// [Check.Article] is called for all of them. Where [Check.Wanting] facts are
// then left, which the articles that they name do not hold, [Check.Elsewhere] is
// called for all articles once more: it looks whether another holds them.
type Check struct {
	corpus string
	facts  []*fact
	// named are the facts by the article that they name.
	named map[gold][]*fact
	// at is the record of each address.
	at         map[string]int
	records    int
	duplicates []*Fault
}

// fact is one fact of a set, and where it stands in the file.
type fact struct {
	text  string
	fault Fault
	held  bool
}

// NewCheck returns a Check of the questions of a file against the corpus of
// another.
func NewCheck(corpusFile, questionsFile string, questions []multihop.Question) *Check {
	c := &Check{corpus: corpusFile, named: map[gold][]*fact{}, at: map[string]int{}}
	for i, q := range questions {
		for k, e := range q.Evidence {
			f := &fact{text: squeezed(e.Fact), fault: Fault{File: questionsFile, Record: i + 1,
				Field: fmt.Sprintf("evidence_list[%d].fact", k), Reason: "is in no article of " + corpusFile}}
			c.facts = append(c.facts, f)
			for _, key := range keysOf(goldOf(e)) {
				c.named[key] = append(c.named[key], f)
			}
		}
	}
	return c
}

// keysOf returns the ways in which a label may be written.
func keysOf(g gold) []gold {
	if g.url == "" {
		return []gold{{outlet: g.outlet, title: g.title}}
	}
	return []gold{{url: g.url}, {outlet: g.outlet, title: g.title}}
}

// Article takes the next article of the file.
func (c *Check) Article(a corpus.Article) {
	c.records++
	url := articleURL(a.URL)
	if first, ok := c.at[url]; ok && url != "" {
		c.duplicates = append(c.duplicates, &Fault{c.corpus, c.records, "url", fmt.Sprintf("the address of record %d too: %s", first, url)})
	} else {
		c.at[url] = c.records
	}
	var wanted []*fact
	for _, key := range keysOf(gold{url, a.Outlet, a.Title}) {
		wanted = append(wanted, c.named[key]...)
	}
	hold(wanted, a.Text)
}

// Elsewhere takes an article a second time.
func (c *Check) Elsewhere(a corpus.Article) { hold(c.wanting(), a.Text) }

// hold notes the facts that a text holds.
func hold(wanted []*fact, text string) {
	if len(wanted) == 0 {
		return
	}
	text = squeezed(text)
	for _, f := range wanted {
		f.held = f.held || strings.Contains(text, f.text)
	}
}

func (c *Check) wanting() []*fact {
	return slices.DeleteFunc(slices.Clone(c.facts), func(f *fact) bool { return f.held })
}

// Wanting counts the facts that no article has been found to hold.
func (c *Check) Wanting() int { return len(c.wanting()) }

// Facts counts the facts of the set.
func (c *Check) Facts() int { return len(c.facts) }

// Articles counts the articles that have passed by once.
func (c *Check) Articles() int { return c.records }

// Duplicates returns the records whose address another before them has: one
// address is one article, so the corpus would keep the last of them only. In the
// order of the file.
func (c *Check) Duplicates() []*Fault { return c.duplicates }

// Missing returns the facts that are in no article, in the order of the file.
func (c *Check) Missing() []*Fault {
	var faults []*Fault
	for _, f := range c.wanting() {
		faults = append(faults, &f.fault)
	}
	return faults
}
