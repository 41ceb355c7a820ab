package story

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/corpus"
	"newsdesk/corpus/store"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

const (
	// DefaultLimit is the number of stories of a [Filter] that names none.
	DefaultLimit = 50

	// held is the number of articles, those published last, that new ones are
	// compared with. One takes about 10 KB.
	held = 10_000
	// counted is the number of articles, those published last, that are read again
	// after a start beside those that new ones may be near to, so that it is known
	// what is rare. Reading takes 0.6 ms on two cores.
	counted = 2_000
	// batch is the number of entries of the log that are worked on at once.
	batch = 512
)

// ErrNotFound means that there is no such story, or that it has lost its last
// article, or that an article is in none.
var ErrNotFound = errors.New("story: no such story")

// Filter chooses stories by their articles. The zero value chooses the newest.
type Filter struct {
	// From is inclusive, To exclusive, both on the date of publication of an
	// article; zero means without bound.
	From, To time.Time
	// Outlets are names as the corpus stores them, any of which may have brought
	// that article; none means every outlet.
	Outlets []string
	// Limit is the number of stories wanted; 0 or less means DefaultLimit.
	Limit int
}

// Article is one of a story's articles, in its newest version.
type Article struct {
	ID        string
	Seq       int64
	Outlet    string
	Title     string
	URL       string
	Published time.Time
}

// Update is a later article of a story that brought new facts.
type Update struct {
	// Article is the ID of the article, Seq its version.
	Article string
	Seq     int64
	// Facts are never empty; their spans are of the article's text.
	Facts []Fact
}

// Story is all articles that report one event.
type Story struct {
	// ID is for ever: a story that was merged into another is found by its own ID
	// as well, and is then that other one.
	ID string
	// Title is that of the article whose title shares most words with the others'.
	Title string
	// Articles are at least one, in the order of publication.
	Articles []Article
	// First and Last are the dates of publication of the first and last article.
	First, Last time.Time
	// Origins are at least one; see [Origins].
	Origins []Origin
	// Updated lists the articles after the first that say what none before them
	// does, in the order of publication; see [Facts].
	Updated []Update
}

// Needs are what stories are made from.
type Needs struct {
	Log    *slog.Logger
	DB     *store.DB
	Corpus *corpus.Corpus
	// Embedder embeds titles with leads. The weights were learnt with that of
	// retrieval/static.
	Embedder retrieval.Embedder
	// Tokens appends the tokens of BERT's uncased vocabulary, in which the rank of
	// a word says how common it is (retrieval/static).
	Tokens func(list []int32, text string) []int32
}

// Stories keeps the stories of a corpus. Safe for concurrent use.
type Stories struct {
	Needs
	common commonness

	// updating keeps one Update at a time at groups, which is nil until it is needed
	// and after an error, and covers a span of publication.
	updating sync.Mutex
	groups   *groups
	covered  span
	// held and counted are the constants of these names, but in tests.
	held, counted int
}

// New returns the stories of a corpus and brings their tables up to date. It
// returns store.ErrNewer when a newer newsdesk made them.
func New(ctx context.Context, n Needs) (*Stories, error) {
	if err := n.DB.Migrate(ctx, "story", steps...); err != nil {
		return nil, fmt.Errorf("story: %w", err)
	}
	return &Stories{Needs: n, common: byRank(n.Tokens), held: held, counted: counted}, nil
}

// Update brings the stories up to the end that the log has when it gets there:
// new articles come into stories, changed ones are put anew, withdrawn and removed
// ones leave. What a batch of the log did and how far it reaches are written in one
// transaction, so that a crash repeats work and loses none. An error leaves the
// stories at the last batch that was done, and Update may be called again.
func (s *Stories) Update(ctx context.Context) error {
	s.updating.Lock()
	defer s.updating.Unlock()
	for {
		more, err := s.step(ctx)
		if err != nil {
			s.groups = nil // it may be ahead of the tables
			return fmt.Errorf("story: %w", err)
		}
		if !more {
			return nil
		}
	}
}

// step does the next batch of the log; false for none.
func (s *Stories) step(ctx context.Context) (bool, error) {
	var done int64
	err := s.DB.Read(ctx, func(tx store.Tx) (err error) {
		done, err = reached(ctx, tx)
		return err
	})
	if err != nil {
		return false, err
	}
	entries, err := s.Corpus.Entries(ctx, done, batch)
	if err != nil || len(entries) == 0 {
		return false, err
	}
	if err := s.load(ctx, spanNeeded(entries)); err != nil {
		return false, err
	}
	c, err := s.apply(ctx, entries)
	if err != nil {
		return false, err
	}
	if err := s.DB.Write(ctx, func(tx store.Tx) error { return c.save(ctx, tx) }); err != nil {
		return false, err
	}
	s.groups.evict(s.held)
	s.Log.DebugContext(ctx, "stories", "to", c.seq, "put", len(c.members), "left", len(c.left), "merged", len(c.gone))
	return true, nil
}

// always covers all that is held: the years 828 to 3111.
var always = span{time.UnixMicro(-1 << 55), time.UnixMicro(1 << 55)}

// spanNeeded is where the articles are published that those of entries may be near
// to.
func spanNeeded(entries []corpus.Entry) span {
	need := span{}
	for _, e := range entries {
		if e.Article == nil {
			continue
		}
		at := span{e.Article.Published.Add(-far), e.Article.Published.Add(far)}
		if need == (span{}) {
			need = at
		}
		need = need.join(at)
	}
	return need
}

func (s span) covers(o span) bool { return !o.first.Before(s.first) && !o.last.After(s.last) }

// load reads the articles that new ones are compared with, unless they are there:
// after a start those that are near, and all that are held once these are not enough.
func (s *Stories) load(ctx context.Context, need span) error {
	if s.groups != nil && (need == (span{}) || s.covered.covers(need)) {
		return nil
	}
	if s.groups != nil {
		need = always
	}
	g := newGroups(&learnt)
	var list []member
	var all bool
	err := s.DB.Read(ctx, func(tx store.Tx) (err error) {
		if g.next, err = lastID(ctx, tx); err != nil {
			return err
		}
		g.next++
		list, all, err = membersNear(ctx, tx, need, s.held, s.counted)
		return err
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(list, batch) {
		if err := s.restore(ctx, g, some); err != nil {
			return err
		}
	}
	g.weighAgain()
	s.groups, s.covered = g, need
	if all {
		s.covered = always
	}
	return nil
}

func (s *Stories) restore(ctx context.Context, g *groups, list []member) error {
	var seqs []int64
	for _, m := range list {
		seqs = append(seqs, m.seq)
	}
	found, err := s.Corpus.BySeqs(ctx, seqs)
	if err != nil {
		return err
	}
	var articles []corpus.Article
	var stories []int64
	for _, m := range list {
		// The text of one that is missing was removed: the log says so further on.
		if a, ok := found[m.seq]; ok {
			articles, stories = append(articles, a), append(stories, m.story)
		}
	}
	readings, err := s.read(ctx, articles)
	if err != nil {
		return err
	}
	for i, r := range readings {
		g.restore(r, stories[i])
	}
	return nil
}

// read reads articles on all processors.
func (s *Stories) read(ctx context.Context, articles []corpus.Article) ([]*reading, error) {
	readings, leads := make([]*reading, len(articles)), make([]string, len(articles))
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, a := range articles {
		group.Go(func() error {
			readings[i], leads[i] = read(a, s.common), leadOf(a)
			return inner.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	vectors, err := s.Embedder.EmbedPassages(ctx, leads)
	if err != nil {
		return nil, err
	}
	for i, v := range vectors {
		readings[i].vector = v
	}
	return readings, nil
}

// apply puts what entries bring into the groups and says what that changed.
func (s *Stories) apply(ctx context.Context, entries []corpus.Entry) (*change, error) {
	put, left := corpus.Newest(entries)
	readings, err := s.read(ctx, put)
	if err != nil {
		return nil, err
	}
	for _, id := range left {
		s.groups.drop(id)
	}
	for _, r := range readings {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := s.put(ctx, r); err != nil {
			return nil, err
		}
	}
	return s.changed(readings, left, entries[len(entries)-1].Seq), nil
}

// put takes an article in. A changed one that is too old to be held stays in its
// story unless it now belongs into another.
func (s *Stories) put(ctx context.Context, r *reading) error {
	if s.groups.articles[r.id] != nil {
		s.groups.replace(r)
		return nil
	}
	var known int64
	err := s.DB.Read(ctx, func(tx store.Tx) (err error) {
		known, err = storyOf(ctx, tx, r.id)
		return err
	})
	if err != nil {
		return err
	}
	if known == 0 {
		s.groups.add(r)
		return nil
	}
	s.groups.restore(r, s.groups.now(known))
	s.groups.post(r)
	s.groups.touch(r)
	return nil
}

func (s *Stories) changed(readings []*reading, left []string, seq int64) *change {
	c := &change{left: left, members: map[string]int64{}, read: map[string]*reading{}, seq: seq}
	var touched []int64
	touched, c.gone = s.groups.taken()
	take := func(r *reading) { c.members[r.id], c.read[r.id] = r.story.id, r }
	for _, id := range touched {
		if g := s.groups.stories[id]; g != nil {
			for _, r := range g.members {
				take(r)
			}
		}
	}
	for _, r := range readings {
		if s.groups.articles[r.id] == r {
			take(r)
		}
	}
	return c
}

// Latest returns the stories with an article that f chooses, that with the newest
// of those first, each with all its articles. Nil for none.
func (s *Stories) Latest(ctx context.Context, f Filter) ([]Story, error) {
	var lists [][]member
	err := s.DB.Read(ctx, func(tx store.Tx) error {
		ids, err := latest(ctx, tx, f)
		if err != nil {
			return err
		}
		for _, id := range ids {
			list, err := membersOf(ctx, tx, id)
			if err != nil {
				return err
			}
			lists = append(lists, list)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("story: %w", err)
	}
	var out []Story
	for _, list := range lists {
		story, err := s.whole(ctx, list)
		switch {
		case errors.Is(err, ErrNotFound): // its texts were removed meanwhile
		case err != nil:
			return nil, fmt.Errorf("story: %w", err)
		default:
			out = append(out, story)
		}
	}
	return out, nil
}

// Story returns the story with this ID, or the one that it was merged into. It
// returns ErrNotFound when there is none, as for whatever is no ID.
func (s *Stories) Story(ctx context.Context, id string) (Story, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return Story{}, ErrNotFound
	}
	return s.find(ctx, func(tx store.Tx) (int64, error) { return survivor(ctx, tx, n) })
}

// Absorbed returns the IDs of the stories that were merged into the one with this ID,
// the oldest first: what was said of them was said of it. Nil for none, and for
// whatever is no ID.
func (s *Stories) Absorbed(ctx context.Context, id string) ([]string, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, nil
	}
	var merged []int64
	err = s.DB.Read(ctx, func(tx store.Tx) (err error) {
		merged, err = absorbed(ctx, tx, n)
		return err
	})
	if err != nil {
		return nil, wrapped(err)
	}
	var ids []string
	for _, m := range merged {
		ids = append(ids, strconv.FormatInt(m, 10))
	}
	return ids, nil
}

// Of returns the story of the article with this ID. It returns ErrNotFound when it
// is in none: an article that was withdrawn, or that no Update has seen yet.
func (s *Stories) Of(ctx context.Context, articleID string) (Story, error) {
	return s.find(ctx, func(tx store.Tx) (int64, error) { return storyOf(ctx, tx, articleID) })
}

// find returns the story that which names; 0 is none.
func (s *Stories) find(ctx context.Context, which func(store.Tx) (int64, error)) (Story, error) {
	var list []member
	err := s.DB.Read(ctx, func(tx store.Tx) error {
		id, err := which(tx)
		if err != nil || id == 0 {
			return err
		}
		list, err = membersOf(ctx, tx, id)
		return err
	})
	if err != nil {
		return Story{}, wrapped(err)
	}
	story, err := s.whole(ctx, list)
	return story, wrapped(err)
}

// wrapped leaves ErrNotFound, which says it all, as it is.
func wrapped(err error) error {
	if err == nil || errors.Is(err, ErrNotFound) {
		return err
	}
	return fmt.Errorf("story: %w", err)
}

// whole reads the articles of a story and what follows from their texts.
func (s *Stories) whole(ctx context.Context, list []member) (Story, error) {
	var seqs []int64
	for _, m := range list {
		seqs = append(seqs, m.seq)
	}
	found, err := s.Corpus.BySeqs(ctx, seqs)
	if err != nil {
		return Story{}, err
	}
	var articles []corpus.Article
	for _, m := range list {
		if a, ok := found[m.seq]; ok {
			articles = append(articles, a)
		}
	}
	if len(articles) == 0 {
		return Story{}, ErrNotFound
	}
	out := Story{ID: strconv.FormatInt(list[0].story, 10), Title: titleOf(articles), Origins: Origins(articles), Updated: updatesOf(articles),
		First: articles[0].Published, Last: articles[len(articles)-1].Published}
	for _, a := range articles {
		out.Articles = append(out.Articles, Article{ID: a.ID, Seq: a.Seq, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: a.Published})
	}
	return out, nil
}

func updatesOf(articles []corpus.Article) []Update {
	var out []Update
	known := newKnown(articles[:1])
	for _, a := range articles[1:] {
		if facts := known.facts(a); len(facts) > 0 {
			out = append(out, Update{Article: a.ID, Seq: a.Seq, Facts: facts})
		}
		known.learn(a)
	}
	return out
}

// titleOf returns the title that shares most words with the others, of equal ones
// the first.
func titleOf(articles []corpus.Article) string {
	var words []map[string]bool
	for _, a := range articles {
		l, own := text.For(a.Language), map[string]bool{}
		for _, w := range l.Words(a.Title) {
			if !l.IsStop(w.Norm) {
				own[w.Stem] = true
			}
		}
		words = append(words, own)
	}
	having := map[string]int{}
	for _, own := range words {
		for w := range own {
			having[w]++
		}
	}
	best, most := "", -1.
	for i, own := range words {
		sum := 0
		for w := range own {
			sum += having[w]
		}
		if mean := float64(sum) / float64(cmp.Or(len(own), 1)); articles[i].Title != "" && mean > most {
			best, most = articles[i].Title, mean
		}
	}
	return best
}

// Members returns the ID of the story of each article, by the article's ID: all
// that are in a story. Never nil.
func (s *Stories) Members(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	err := s.DB.Read(ctx, func(tx store.Tx) error {
		list, err := members(ctx, tx, `SELECT article, story, seq FROM story_members`)
		for _, m := range list {
			out[m.article] = strconv.FormatInt(m.story, 10)
		}
		return err
	})
	return out, wrapped(err)
}
