package digest

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/corpus/text"
	"newsdesk/retrieval/story"
)

// candidate is a story that has news in the period.
type candidate struct {
	story string
	// news are the reports of the period, earliest first: of an update only those that
	// begin with something new. Never empty.
	news []*page
	// all are the story's articles by the end of the period, of whatever outlet: what
	// is known once it was told.
	all []corpus.Article
	// known are what the reader knew before, said the fingerprints of the sentences that
	// he was told; both empty for a new story.
	known []corpus.Article
	said  map[string]bool
	told  time.Time
	// facts is how many sentences of news are new to the reader.
	facts   int
	origins []story.Origin
	topic   string
	// language is that which the reader prefers, empty for none.
	language string
	// vector is that of the title and lead of the first report.
	vector []float32
}

// update reports whether the reader was told of the story before.
func (c *candidate) update() bool { return !c.told.IsZero() }

// newest is when the last of the news was published.
func (c *candidate) newest() time.Time { return c.news[len(c.news)-1].Published }

// gather returns the stories with news in the period, for the reader of the order.
func (w *Writer) gather(ctx context.Context, o Order) ([]*candidate, error) {
	stories, err := w.period(ctx, o)
	if err != nil {
		return nil, err
	}
	var out []*candidate
	for _, s := range stories {
		c := *s // which other orders share
		c.language = o.Language
		if err := w.recall(ctx, o, &c); err != nil {
			return nil, err
		}
		if c.update() && !c.freshen() {
			continue
		}
		out = append(out, &c)
	}
	return out, nil
}

// period returns the stories that are reported in the period by outlets of the order,
// whatever its reader was told.
func (w *Writer) period(ctx context.Context, o Order) ([]*candidate, error) {
	end, err := w.Corpus.End(ctx)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprint(o.From.UnixNano(), o.To.UnixNano(), end, o.Story, o.Only, o.Without)
	return w.periods.get(key, func() ([]*candidate, error) { return w.read(ctx, o) })
}

func (w *Writer) read(ctx context.Context, o Order) ([]*candidate, error) {
	stories, err := w.stories(ctx, o)
	if err != nil {
		return nil, err
	}
	var out []*candidate
	for _, s := range stories {
		c, err := w.candidate(ctx, o, s)
		if err != nil {
			return nil, err
		}
		if c != nil {
			out = append(out, c)
		}
	}
	return out, w.embed(ctx, out)
}

// stories are those that may have news in the period.
func (w *Writer) stories(ctx context.Context, o Order) ([]story.Story, error) {
	if o.Story == "" {
		return w.Stories.Latest(ctx, story.Filter{From: o.From, To: o.To, Outlets: o.Only, Limit: maxStories})
	}
	one, err := w.Stories.Story(ctx, o.Story)
	if errors.Is(err, story.ErrNotFound) {
		return nil, nil
	}
	return []story.Story{one}, err
}

// candidate reads a story; nil for one without reports in the period.
func (w *Writer) candidate(ctx context.Context, o Order, s story.Story) (*candidate, error) {
	c := &candidate{story: s.ID}
	var err error
	if c.all, err = w.articles(ctx, s, o.To); err != nil {
		return nil, err
	}
	for _, a := range c.all {
		if a.Published.Before(o.From) || !o.uses(a.Outlet) {
			continue
		}
		if p := readPage(a); isReport(p) {
			c.news = append(c.news, p)
		}
	}
	if len(c.news) == 0 {
		return nil, nil
	}
	c.origins = story.Origins(articlesOf(c.news))
	return c, nil
}

// embed gives each story its vector.
func (w *Writer) embed(ctx context.Context, list []*candidate) error {
	leads := make([]string, len(list))
	for i, c := range list {
		leads[i] = c.lead()
	}
	vectors, err := w.Embedder.EmbedPassages(ctx, leads)
	if err != nil {
		return err
	}
	for i, c := range list {
		c.vector = vectors[i]
	}
	return nil
}

// articles returns those of a story that were published before a time.
func (w *Writer) articles(ctx context.Context, s story.Story, to time.Time) ([]corpus.Article, error) {
	var seqs []int64
	for _, a := range s.Articles {
		if a.Published.Before(to) {
			seqs = append(seqs, a.Seq)
		}
	}
	found, err := w.Corpus.BySeqs(ctx, seqs)
	if err != nil {
		return nil, err
	}
	var out []corpus.Article
	for _, seq := range seqs {
		if a, ok := found[seq]; ok {
			out = append(out, a)
		}
	}
	return out, nil
}

// recall reads what the reader was told of a story.
func (w *Writer) recall(ctx context.Context, o Order, c *candidate) error {
	if o.Told == nil {
		return nil
	}
	told, err := o.Told(ctx, c.story)
	if err != nil || told.Last.IsZero() {
		return err
	}
	c.told, c.said = told.Last, map[string]bool{}
	var seqs []int64
	for _, f := range told.Facts {
		if seq, ok := versionIn(f); ok {
			seqs = append(seqs, seq)
			continue
		}
		c.said[f] = true
	}
	found, err := w.Corpus.BySeqs(ctx, seqs)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		if a, ok := found[seq]; ok {
			c.known = append(c.known, a)
		}
	}
	if len(c.known) == 0 {
		c.known = c.before(told.Last)
	}
	return nil
}

// before returns the articles that were published by a time: what must have been known
// where no versions are named.
func (c *candidate) before(at time.Time) []corpus.Article {
	var out []corpus.Article
	for _, a := range c.all {
		if !a.Published.After(at) {
			out = append(out, a)
		}
	}
	return out
}

// beginning is how many sentences of an article are its beginning: an article whose
// news comes later retells an old story.
const beginning = 3

// freshen leaves of an update the reports that begin with something new, and of these
// the sentences that say it; false where there are none.
func (c *candidate) freshen() bool {
	var fresh []*page
	for _, p := range c.news {
		if c.knows(p.Article) {
			continue
		}
		renewed := *p
		renewed.sentences = slices.Clone(p.sentences)
		if n := c.renew(&renewed); n > 0 {
			fresh, c.facts = append(fresh, &renewed), c.facts+n
		}
	}
	c.news = fresh
	c.origins = story.Origins(articlesOf(fresh))
	return len(fresh) > 0
}

func (c *candidate) knows(a corpus.Article) bool {
	return slices.ContainsFunc(c.known, func(k corpus.Article) bool { return k.Seq == a.Seq })
}

// renew leaves of a report the sentences that can be read alone and say something new,
// and counts them; 0 where it does not begin with one.
func (c *candidate) renew(p *page) int {
	facts := map[int]bool{}
	for _, f := range story.Facts(c.known, p.Article) {
		facts[f.Start] = true
	}
	core := c.core()
	n, begins := 0, false
	for i, s := range p.sentences {
		if p.sentences[i].fit = s.fit && facts[s.Start] && !c.said[fingerprint(p.language, s.said)] && common(s.stems, core) >= related; p.sentences[i].fit {
			n++
			begins = begins || s.place < beginning
		}
	}
	if !begins {
		return 0
	}
	return n
}

// related is how many content words a sentence shares with the titles and first
// sentences of its story at least.
const related = 2

// core are the content words of the titles and first sentences of a story's news, and
// of what was known.
func (c *candidate) core() map[string]bool {
	out := map[string]bool{}
	for _, p := range c.news {
		p.addCore(out)
	}
	for _, a := range c.known {
		for w := range stemsOf(text.For(a.Language), a.Title) {
			out[w] = true
		}
	}
	return out
}

func (p *page) addCore(set map[string]bool) {
	for w := range p.heads {
		set[w] = true
	}
	if len(p.sentences) > 0 {
		for w := range p.sentences[0].stems {
			set[w] = true
		}
	}
}

func articlesOf(pages []*page) []corpus.Article {
	var out []corpus.Article
	for _, p := range pages {
		out = append(out, p.Article)
	}
	return out
}

// version is what fingerprints of versions of articles begin with; others are those of
// sentences.
const version = "v"

// versionIn reads the fingerprint of a version.
func versionIn(fact string) (seq int64, ok bool) {
	number, ok := strings.CutPrefix(fact, version)
	if !ok {
		return 0, false
	}
	seq, err := strconv.ParseInt(number, 10, 64)
	return seq, err == nil
}

// fingerprint names what a sentence says by its content words, in whatever order.
func fingerprint(l *text.Language, sentence string) string {
	var stems []string
	for w := range stemsOf(l, sentence) {
		stems = append(stems, w)
	}
	slices.Sort(stems)
	h := fnv.New64a()
	h.Write([]byte(strings.Join(stems, " ")))
	return "s" + strconv.FormatUint(h.Sum64(), 36)
}

// fingerprints are those of everything that is known once an item was told.
func (c *candidate) fingerprints(head *page, sentences []bot.Sentence) []string {
	var out []string
	for _, a := range c.all {
		out = append(out, version+strconv.FormatInt(a.Seq, 10))
	}
	for _, s := range sentences {
		said := s.Text
		if _, own, ok := strings.Cut(said, reported); ok {
			said = own
		}
		out = append(out, fingerprint(head.language, said))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// uses reports whether an outlet's articles may be used.
func (o Order) uses(outlet string) bool {
	if len(o.Only) > 0 {
		return slices.Contains(o.Only, outlet)
	}
	return !slices.Contains(o.Without, outlet)
}
