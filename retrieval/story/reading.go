package story

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
)

const (
	// readBytes is how much of a text is read: news says what happened at the
	// beginning, and what comes later is background that look-alikes share.
	readBytes = 3500
	// leadWords is the length of the lead, the title's words included.
	leadWords = 60
	// leadBytes is more than the words of a lead have.
	leadBytes = 1200
)

// reading is what an article is compared by.
type reading struct {
	id        string
	seq       int64
	outlet    string
	title     string
	published time.Time // zero: not known

	// The words by their stems, those of title and lead alone, those of names as
	// they are written, and the numbers; each in the order of the keys.
	terms, lead, names, numbers []term
	years, days                 []int // in order, each once; a day is 32·month + day
	weekdays                    uint8 // a bit for each day of the week
	vector                      []float32

	posted []term // the weightiest terms, by which it is found
	story  *group
	slot   uint32
}

// term is something that a text says, and how often.
type term struct {
	key uint32
	// tf is 1 + ln(n) of something that is said n times.
	tf float32
	// common is the share of texts that are thought to have it before any has
	// been seen.
	common float32
	// weight is tf·idf, the vector of all of them brought to norm 1.
	weight float32
}

// commonness estimates the share of texts that have a word by its rank in a
// vocabulary.
type commonness func(word string) float32

// Words of a vocabulary that is sorted by frequency: the 150 most frequent ones are in
// every text, the r-th in 150/r of them (Zipf).
const (
	firstWord = 1996  // "the" in the vocabulary of BERT, before it are marks
	lastWord  = 30522 // one that is not in it, but its pieces are
	frequent  = 150
)

// byRank returns the commonness by the tokens of BERT's uncased vocabulary. It may be
// called by several goroutines at once.
func byRank(tokens func([]int32, string) []int32) commonness {
	known := map[string]float32{}
	var mu sync.Mutex
	return func(word string) float32 {
		mu.Lock()
		defer mu.Unlock()
		if share, ok := known[word]; ok {
			return share
		}
		rank := float32(lastWord - firstWord)
		if list := tokens(nil, word); len(list) == 1 && list[0] >= firstWord {
			rank = float32(list[0] - firstWord + 1)
		}
		share := min(1, frequent/rank)
		if len(known) < 1<<17 {
			known[word] = share
		}
		return share
	}
}

// read reads an article; its vector is still missing.
func read(a corpus.Article, common commonness) *reading {
	l := text.For(a.Language)
	s := compared(a)
	r := &reading{id: a.ID, seq: a.Seq, outlet: a.Outlet, title: a.Title, published: a.Published}
	terms, lead := tally{}, tally{}
	for i, w := range l.Words(s) {
		share := common(w.Norm)
		terms.add(w.Stem, share)
		if i < leadWords {
			lead.add(w.Stem, share)
		}
	}
	r.terms, r.lead = terms.terms(), lead.terms()
	r.names = namesOf(l, s, common)
	r.numbers = numbersOf(l, s)
	r.readDates(l.Dates(s))
	return r
}

// compared is the part of an article that is read.
func compared(a corpus.Article) string {
	s := a.Text
	if a.Title != "" {
		s = a.Title + ".\n\n" + s
	}
	if len(s) <= readBytes {
		return s
	}
	s = strings.ToValidUTF8(s[:readBytes], "")
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return s
}

// leadOf is what is embedded of an article: its title and first words.
func leadOf(a corpus.Article) string {
	s := compared(a)
	s = strings.ToValidUTF8(s[:min(len(s), leadBytes)], "")
	if words := text.For(a.Language).Words(s); len(words) > leadWords {
		return s[:words[leadWords-1].End]
	}
	return s
}

func namesOf(l *text.Language, s string, common commonness) []term {
	names := tally{}
	for _, n := range l.Names(s) {
		for _, w := range l.Words(n.Text) {
			if utf8.RuneCountInString(w.Norm) > 1 {
				names.add(w.Norm, common(w.Norm))
			}
		}
	}
	return names.terms()
}

// numbersOf weighs a number with a unit more, and a small one less, as it is in
// every text.
func numbersOf(l *text.Language, s string) []term {
	numbers := tally{}
	worth := map[uint32]float32{}
	for _, n := range l.Numbers(s) {
		name := strconv.FormatFloat(n.Value, 'g', -1, 64) + " " + n.Unit
		w := float32(1)
		if n.Value == math.Trunc(n.Value) && n.Value >= 0 && n.Value <= 10 {
			w = .3
		}
		if n.Unit != "" {
			w *= 1.5
		}
		numbers.add(name, 0)
		worth[keyOf(name)] = w
	}
	terms := numbers.terms()
	var square float64
	for i := range terms {
		terms[i].weight = terms[i].tf * worth[terms[i].key]
		square += float64(terms[i].weight) * float64(terms[i].weight)
	}
	normalise(terms, square)
	return terms
}

func (r *reading) readDates(dates []text.Date) {
	for _, d := range dates {
		if d.Year > 0 && d.Relative == "" {
			r.years = append(r.years, d.Year)
		}
		if d.Month > 0 && d.Day > 0 {
			r.days = append(r.days, 32*d.Month+d.Day)
		}
		if strings.HasSuffix(d.Relative, "weekday") {
			r.weekdays |= 1 << d.Weekday
		}
	}
	r.years, r.days = once(r.years), once(r.days)
}

func once(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}

// tally counts what a text says.
type tally map[uint32]*term

func (t tally) add(name string, common float32) {
	k := keyOf(name)
	if known, ok := t[k]; ok {
		known.tf++
		known.common = min(known.common, common)
		return
	}
	t[k] = &term{key: k, tf: 1, common: common}
}

func (t tally) terms() []term {
	list := make([]term, 0, len(t))
	for _, c := range t {
		c.tf = float32(1 + math.Log(float64(c.tf)))
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b term) int { return cmp.Compare(a.key, b.key) })
	return list
}

func keyOf(name string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(name))
	return h.Sum32()
}

// normalise brings weights to norm 1, given the sum of their squares.
func normalise(terms []term, square float64) {
	if square == 0 {
		return
	}
	norm := float32(math.Sqrt(square))
	for i := range terms {
		terms[i].weight /= norm
	}
}
