package cite

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// evidence is a passage, read.
type evidence struct {
	index   int
	passage retrieval.Passage
	// language is the one that it is read in, words are its words and ids their
	// meanings.
	language *text.Language
	ids      map[string]bool
	words    []text.Word
	// read and what follows are set by open.
	read  *reading
	times []moment
	label label
	// leads are the names by which a sentence may begin with its outlet.
	leads []string
	// tag is the language of the text, "" where it is too short to tell.
	tag string
	// title holds the meanings of the title's words: names may stand there.
	title map[string]bool
	// acronyms are the acronyms of the text in lower case; shorts the initials
	// of its longer names.
	acronyms, shorts map[string]bool
	// peoples are the names that end as peoples or their places do.
	peoples map[string]bool
	// letters are the first letters of its words, see reading.letters.
	letters string
	// numbers are those of the text, with "a minute" for one minute.
	numbers []text.Number
	// spoken is the text as quotations are compared.
	spoken string
	// cut are its windows, once they were asked for.
	cut []window
	// sense are its vectors, once they were asked for.
	sense [][]float32
}

// passageBytes bounds what is read of one passage; longer ones are read to
// there, so that a passage of any size costs no more than this.
const passageBytes = 16 << 10

// newEvidence takes a passage without reading more than its words; open reads it.
func newEvidence(i int, p retrieval.Passage) *evidence {
	e := &evidence{
		index: i, passage: p, label: newLabel(p.Outlet), leads: leadNames(p.Outlet), language: text.For(p.Language),
		title: map[string]bool{}, ids: map[string]bool{},
	}
	e.words = e.language.Words(bounded(p.Text, passageBytes))
	addMeanings(e.ids, e.language, e.words)
	addMeanings(e.title, e.language, e.language.Words(bounded(p.Title, 1<<10)))
	return e
}

// open reads the passage if that was not done yet, and returns e. Reading is most
// of the work of a short answer, so passages that no sentence has to do with stay
// unread.
func (e *evidence) open() *evidence {
	if e.read != nil {
		return e
	}
	e.acronyms, e.shorts, e.peoples = map[string]bool{}, map[string]bool{}, map[string]bool{}
	e.tag = tagOf(bounded(e.passage.Text, tagBytes))
	e.read = readWords(e.language, bounded(e.passage.Text, passageBytes), e.words)
	e.numbers = append(slices.Clip(e.read.numbers), e.read.single()...)
	e.numbers = append(e.numbers, spans(e.read.dates)...)
	e.readNames()
	e.times = moments(e.read.dates, e.passage.Published)
	e.spoken = spoken(e.read.raw)
	return e
}

// tagBytes is how much of a passage tells its language.
const tagBytes = 200

// readNames fills in what names may stand there as.
func (e *evidence) readNames() {
	e.letters = e.read.letters()
	for _, t := range e.read.tokens {
		if t.name < 0 {
			continue
		}
		for _, root := range roots(t.norm) {
			e.peoples[root] = true
		}
	}
	for _, n := range e.read.names {
		if isAcronym(n.Text) {
			e.acronyms[text.For("").Words(n.Text)[0].Norm] = true
			continue
		}
		if short := initials(n.Text, false); len(short) > 1 {
			e.shorts[short] = true
			e.shorts[initials(n.Text, true)] = true
		}
	}
}

// letters returns the first letters of the words that may make an acronym
// together: a bar parts those that do not stand side by side.
func (r *reading) letters() string {
	var out strings.Builder
	for i, t := range r.tokens {
		if i > 0 && t.clause != r.tokens[i-1].clause || t.stop && !joining[t.norm] {
			out.WriteByte('|')
		}
		if !t.stop {
			out.WriteString(t.norm[:1])
		}
	}
	return out.String()
}

// joining are function words within names.
var joining = map[string]bool{"of": true, "for": true, "and": true, "the": true, "on": true, "to": true}

// single returns the spans of time that are named by their unit alone: "a
// minute" is one.
func (r *reading) single() []text.Number {
	var out []text.Number
	for i := 1; i < len(r.tokens); i++ {
		unit := r.tokens[i].norm
		if a := r.tokens[i-1].norm; seconds[unit] > 0 && (a == "a" || a == "an") {
			out = append(out, text.Number{Span: r.tokens[i].Span, Value: 1, Unit: unit})
		}
	}
	return out
}

// spans returns the lengths of time in dates such as "five years ago".
func spans(dates []text.Date) []text.Number {
	var out []text.Number
	for _, d := range dates {
		fields := strings.Fields(d.Relative)
		if len(fields) != 3 {
			continue
		}
		if v, err := strconv.ParseFloat(fields[0], 64); err == nil {
			out = append(out, text.Number{Span: d.Span, Value: v, Unit: fields[1]})
		}
	}
	return out
}

// desk holds the passages of one call.
type desk struct {
	evidence []*evidence
	// language is that of the text that is checked; each passage has its own.
	language *text.Language
	// ids are the meanings of all passages and titles.
	ids map[string]bool
}

// languageOf returns the language in which a text is written. A model answers in
// that of the question, whatever the passages are written in.
func languageOf(s string) *text.Language { return text.For(text.Detect(s)) }

func newDesk(passages []retrieval.Passage, l *text.Language) *desk {
	passages = passages[:min(len(passages), MaxPassages)]
	d := &desk{language: l, ids: map[string]bool{}}
	for i, p := range passages {
		e := newEvidence(i, p)
		d.evidence = append(d.evidence, e)
		maps.Copy(d.ids, e.ids)
		maps.Copy(d.ids, e.title)
	}
	return d
}

// severalClaims is the number of sentences from which all passages are read at
// once, each for itself.
const severalClaims = 4

// expect prepares for so many sentences.
func (d *desk) expect(claims int) {
	if claims < severalClaims {
		return
	}
	var reading sync.WaitGroup
	for _, e := range d.evidence {
		reading.Go(func() { e.open() })
	}
	reading.Wait()
}

// languageOf returns the language of a sentence by its tag: that of the whole text
// unless it is surely in another one.
func (d *desk) languageOf(tag string) *text.Language {
	if tag != "" {
		return text.For(tag)
	}
	return d.language
}

// holds reports whether any passage or title has a word like t.
func (d *desk) holds(t token) bool {
	if t.number < 0 {
		return d.ids[t.id]
	}
	return slices.ContainsFunc(d.evidence, func(e *evidence) bool { return e.open().read.ids[t.id] > 0 })
}

// isOutlet reports whether a name is that of an outlet of the passages; one that
// reports may be named shortly.
func (d *desk) isOutlet(name string, reports bool) bool {
	for _, e := range d.evidence {
		if e.label.is(name) || reports && e.label.fits(name) {
			return true
		}
	}
	return false
}

// isNamed reports whether all the words of a name stand in the passages.
func (d *desk) isNamed(said *reading, tokens []int) bool {
	for _, e := range d.evidence {
		e.open()
	}
	return holdsAll(d.evidence, said, tokens)
}
