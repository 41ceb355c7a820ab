package compare

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/corpus"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// page is one article, read.
type page struct {
	article corpus.Article
	origin  string
	tag     string
	cite.Reading
	// first and last are the indexes of the terms [first, last) of each sentence.
	first, last []int
	// all are the meanings of the article and its title.
	all   map[string]bool
	facts []*fact
	// named are the meanings that stand in names; told those of each sentence.
	named map[string]bool
	told  []map[string]bool
	// denials and deeds are what is denied and done in it.
	denials []denial
	deeds   []deed
}

// story is what is compared.
type story struct {
	// pages are in the order of publication.
	pages []*page
	// weight is what a meaning says, 1 for one that stands in no more than one
	// sentence an article; absent ones weigh 1.
	weight map[string]float64
	// plain are the words that stand somewhere in small letters.
	plain map[string]bool
}

// readStory reads the articles; nil where no two outlets are among them.
func readStory(articles []corpus.Article, needs Needs) *story {
	s := &story{weight: map[string]float64{}, plain: map[string]bool{}}
	for _, a := range newest(articles) {
		s.pages = append(s.pages, newPage(a, needs))
	}
	if !slices.ContainsFunc(s.pages, func(p *page) bool { return p.apart(s.pages[0]) }) {
		return nil
	}
	s.weigh()
	for _, p := range s.pages {
		p.facts = slices.Concat(s.numbers(p), s.times(p), s.clocks(p), s.roles(p), s.places(p))
		for _, f := range p.facts {
			f.beside, f.names, f.days = p.around(f.at, f.end, besideReach), s.namesNear(f), p.datesIn(f.at)
			f.dated = p.dateBeside(f.at)
			f.figures = p.figuresBeside(f.at)
		}
		p.denials, p.deeds = s.denials(p), s.deedsOf(p)
	}
	return s
}

// newest returns the newest version of each article that has a text, in the
// order of publication, the newest MaxArticles of them.
func newest(articles []corpus.Article) []corpus.Article {
	list := slices.Clone(articles)
	slices.SortStableFunc(list, func(a, b corpus.Article) int {
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Version, b.Version),
			cmp.Compare(a.Outlet, b.Outlet), cmp.Compare(a.URL, b.URL), cmp.Compare(a.Text, b.Text))
	})
	last := map[string]int{}
	key := func(a corpus.Article) string { return cmp.Or(a.ID, a.URL) }
	for i, a := range list {
		last[key(a)] = i
	}
	var out []corpus.Article
	for i, a := range list {
		if strings.TrimSpace(a.Text) != "" && (key(a) == "" || last[key(a)] == i) {
			out = append(out, a)
		}
	}
	return out[max(0, len(out)-MaxArticles):]
}

func newPage(a corpus.Article, needs Needs) *page {
	p := &page{article: a, all: map[string]bool{}, named: map[string]bool{}}
	if needs.Origin != nil {
		p.origin = needs.Origin(a)
	}
	body := a.Text
	if len(body) > MaxText {
		end := MaxText
		for end > 0 && !utf8.RuneStart(body[end]) {
			end--
		}
		body = body[:end]
	}
	l := text.For(cmp.Or(a.Language, text.Detect(body)))
	p.tag, _, _ = strings.Cut(cmp.Or(a.Language, text.Detect(body)), "-")
	p.Reading = cite.Read(l, body)
	p.first, p.last = make([]int, len(p.Sentences)), make([]int, len(p.Sentences))
	for i, t := range p.Terms {
		if p.last[t.Sentence] == 0 {
			p.first[t.Sentence] = i
		}
		p.last[t.Sentence] = i + 1
		p.all[t.Meaning] = true
		if t.Name >= 0 {
			p.named[t.Meaning] = true
		}
	}
	for k := range p.Sentences {
		p.told = append(p.told, p.ids(p.first[k], p.last[k]))
	}
	for _, t := range cite.Read(l, a.Title).Terms {
		p.all[t.Meaning] = true
	}
	return p
}

// apart reports whether two articles are of different voices that can be
// compared.
func (p *page) apart(o *page) bool {
	return p.article.Outlet != o.article.Outlet && (p.origin == "" || p.origin != o.origin) && p.tag == o.tag
}

// weigh counts the sentences that each meaning stands in.
func (s *story) weigh() {
	count := map[string]float64{}
	for _, p := range s.pages {
		for k := range p.Sentences {
			for id := range p.ids(p.first[k], p.last[k]) {
				count[id]++
			}
		}
		for _, t := range p.Terms {
			if r, _ := utf8.DecodeRuneInString(t.In(p.article.Text)); strings.ToLower(string(r)) == string(r) {
				s.plain[t.Norm] = true
			}
		}
	}
	for id, n := range count {
		s.weight[id] = 1 / (1 + math.Log2(max(1, n/float64(len(s.pages)))))
	}
}

// light are meanings that say next to nothing about what a sentence is about.
var light = wordSet(`say make get give take year day week month people time new first last two one also more other
	after before when while than about near come go have has had been being would could will can may
	city police officials official report according number man men woman women person including told monday tuesday wednesday
	thursday friday saturday sunday good most still back way head part group town country nation
	morning afternoon evening night today yesterday tomorrow put know think want use called authority authorities author state government law statement news around between among far`)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// ids returns the meanings of the content words among the terms [from, to).
func (p *page) ids(from, to int) map[string]bool {
	out := map[string]bool{}
	for i := max(0, from); i < min(to, len(p.Terms)); i++ {
		if t := p.Terms[i]; p.says(i) && !light[t.Meaning] {
			out[t.Meaning] = true
		}
	}
	return out
}

// says reports whether term i is a word with a meaning of its own: no function
// word, number or date.
func (p *page) says(i int) bool {
	t := p.Terms[i]
	return !t.Stop && t.Number < 0 && t.Date < 0 && !t.Not && (utf8.RuneCountInString(t.Norm) > 1 || p.tag == "zh")
}

// around returns the meanings of content words within reach of the terms
// [from, to), in their sentence.
func (p *page) around(from, to, reach int) map[string]bool {
	k := p.Terms[from].Sentence
	return p.ids(max(p.first[k], from-reach), min(p.last[k], to+reach))
}

// shared returns the weight of the meanings that stand in both.
func (s *story) shared(a, b map[string]bool) float64 {
	var list []float64
	for id := range a {
		if b[id] {
			list = append(list, s.weightOf(id))
		}
	}
	return sum(list)
}

// total returns the weight of all meanings of a set.
func (s *story) total(a map[string]bool) float64 {
	var list []float64
	for id := range a {
		list = append(list, s.weightOf(id))
	}
	return sum(list)
}

// sum adds from the smallest on, so that the order of a map does not show.
func sum(list []float64) float64 {
	slices.Sort(list)
	out := 0.
	for _, v := range list {
		out += v
	}
	return out
}

func (s *story) weightOf(id string) float64 {
	if w, ok := s.weight[id]; ok {
		return w
	}
	return 1
}

// quote returns the sentence of term i, cut to what a citation may hold.
func (p *page) quote(i int) Quote {
	span := p.Sentences[p.Terms[i].Sentence]
	inside := p.words(span)
	if len(inside) > cite.QuoteWords {
		at, _ := slices.BinarySearch(inside, i)
		from := max(0, min(at-cite.QuoteWords/2, len(inside)-cite.QuoteWords))
		span.Start, span.End = p.Terms[inside[from]].Start, p.Terms[inside[from+cite.QuoteWords-1]].End
	}
	passage := retrieval.NewPassage(p.article, span.Start, span.End)
	return Quote{Citation: bot.Citation{Passage: passage, Start: span.Start, End: span.End, Quote: passage.Text}, Origin: p.origin}
}

// words returns the indexes of the terms in a span.
func (p *page) words(span text.Span) []int {
	var out []int
	for i, t := range p.Terms {
		if t.Start >= span.Start && t.End <= span.End {
			out = append(out, i)
		}
	}
	return out
}

// stance says how the clause of term i is told.
func (p *page) stance(i int) Stance {
	out := Said
	k := p.Terms[i].Sentence
	for j := max(p.first[k], i-stanceReach); j < min(p.last[k], i+stanceReach); j++ {
		switch t := p.Terms[j]; {
		case t.Clause != p.Terms[i].Clause:
		case t.Possible || t.Alleged || t.Planned:
			out = Open
		}
	}
	return out
}

const stanceReach = 8

// day is the length of a day.
const day = 24 * time.Hour
