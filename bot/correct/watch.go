package correct

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

const (
	// DefaultMaxAge is how old a post may be that is corrected.
	DefaultMaxAge = 30 * 24 * time.Hour
	// Settling is how long an entry of the log is looked at again. A post that
	// was being written from the old version when the new one came is found
	// so, though it was not there at first.
	Settling = 15 * time.Minute
	// MaxTries is how often it is tried to make a step durable.
	MaxTries = 5
	// KeptFor is how long corrections are kept.
	KeptFor = 180 * 24 * time.Hour
)

// Needs is what a Watcher works with.
type Needs struct {
	Log    *slog.Logger
	DB     *store.DB
	Corpus *corpus.Corpus
	// ByArticle returns what was posted with quotes of the article, of whatever
	// version; none is no error. What is older than MaxAge may be left out.
	ByArticle func(ctx context.Context, articleID string) ([]Posted, error)
	// Act makes the correction's Step durable in tx, under the name
	// Correction.Ref, and does nothing else: it may be undone.
	Act func(ctx context.Context, tx store.Tx, c Correction) error
	// Now is the clock by which posts age.
	Now func() time.Time
	// MaxAge is the age of the oldest post that is corrected; 0 is
	// DefaultMaxAge.
	MaxAge time.Duration
}

// Watcher follows the log and corrects what was posted. One Sync at a time may be
// under way; the rest is safe for concurrent use.
type Watcher struct{ Needs }

// New returns a Watcher and brings its tables up to date. It returns
// store.ErrNewer when a newer newsdesk made them.
func New(ctx context.Context, n Needs) (*Watcher, error) {
	if n.MaxAge <= 0 {
		n.MaxAge = DefaultMaxAge
	}
	if err := n.DB.Migrate(ctx, "correct", schema); err != nil {
		return nil, fmt.Errorf("correct: %w", err)
	}
	return &Watcher{n}, nil
}

// Sync plans what the log has brought up to its end. It may be called as often as
// one likes, and again after an error: what is done is not done twice. What fails
// for one article is tried again with the next call, at most MaxTries times, and
// does not keep others from being done.
func (w *Watcher) Sync(ctx context.Context) error {
	after, err := w.cursor(ctx)
	if err != nil {
		return fmt.Errorf("correct: %w", err)
	}
	entries, settled, err := w.newest(ctx, after)
	if err != nil {
		return fmt.Errorf("correct: %w", err)
	}
	var failed error
	for _, e := range entries {
		err := w.follow(ctx, e)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			settled = min(settled, e.Seq-1)
			failed = errors.Join(failed, fmt.Errorf("correct: article %s: %w", e.ID, err))
		}
	}
	if settled > after {
		if err := w.reach(ctx, settled); err != nil {
			return errors.Join(failed, fmt.Errorf("correct: %w", err))
		}
	}
	return failed
}

// newest returns the last entry of each article that the log has after a Seq, in
// the order of Seq, and up to where the log has settled.
func (w *Watcher) newest(ctx context.Context, after int64) (last []corpus.Entry, settled int64, err error) {
	byID := map[string]corpus.Entry{}
	settled, young := after, false
	for {
		entries, err := w.Corpus.Entries(ctx, after, 0)
		if err != nil {
			return nil, 0, err
		}
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			e.Article = nil
			byID[e.ID] = e
			if young = young || w.Now().Sub(e.At) < Settling; !young {
				settled = e.Seq
			}
		}
		after = entries[len(entries)-1].Seq
	}
	for _, e := range byID {
		if e.Kind != corpus.Published {
			last = append(last, e)
		}
	}
	slices.SortFunc(last, func(a, b corpus.Entry) int { return int(a.Seq - b.Seq) })
	return last, settled, nil
}

// follow corrects what was posted of an article, of whose entries e is the last.
func (w *Watcher) follow(ctx context.Context, e corpus.Entry) error {
	if e.Kind == corpus.Removed {
		if err := w.DB.Write(ctx, func(tx store.Tx) error { return erase(ctx, tx, e.ID) }); err != nil {
			return err
		}
	}
	posts, err := w.ByArticle(ctx, e.ID)
	if err != nil || len(posts) == 0 {
		return err
	}
	seqs := []int64{e.Seq}
	for i := range posts {
		posts[i].Cited = citedOf(posts[i], e)
		for _, c := range posts[i].Cited {
			seqs = append(seqs, c.Seq)
		}
	}
	versions, err := w.Corpus.BySeqs(ctx, seqs)
	if err != nil {
		return err
	}
	var failed error
	for _, p := range posts {
		if len(p.Cited) == 0 {
			continue
		}
		if err := w.correct(ctx, e, versions, p); err != nil {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

// citedOf returns what a post cites of the entry's article, of versions before
// it.
func citedOf(p Posted, e corpus.Entry) []Cited {
	var out []Cited
	for _, c := range p.Cited {
		if c.ArticleID == e.ID && c.Seq < e.Seq {
			out = append(out, c)
		}
	}
	return out
}

// correct plans the correction of one post, if it needs one, and hands its first
// step over, in one transaction.
func (w *Watcher) correct(ctx context.Context, e corpus.Entry, versions map[int64]corpus.Article, p Posted) error {
	c := draft(e, versions, p)
	var failed error
	err := w.DB.Write(ctx, func(tx store.Tx) error {
		row, err := find(ctx, tx, p.Ref, e.Seq)
		if err != nil || row.ended() || row.Step != "" {
			return err
		}
		if err := supersede(ctx, tx, p.Ref, e.ID, e.Seq); err != nil {
			return err
		}
		prior, err := lastTold(ctx, tx, p.Ref, e.ID, e.Seq)
		if err != nil {
			return err
		}
		decided, wanted := w.decide(e, c, prior)
		if !wanted {
			return nil
		}
		decided.tries = row.tries
		if decided.ID, err = decided.insert(ctx, tx, w.Now()); err != nil {
			return err
		}
		failed, err = w.begin(ctx, tx, decided)
		return err
	})
	return errors.Join(err, failed)
}

// draft compares what a post cites with the newest version.
func draft(e corpus.Entry, versions map[int64]corpus.Article, p Posted) Correction {
	after := versions[e.Seq]
	c := Correction{Posted: p, ArticleID: e.ID, Seq: e.Seq, At: e.At}
	for _, seq := range seqsOf(p.Cited) {
		before, ok := versions[seq]
		if !ok || e.Kind == corpus.Changed && after.Text == "" {
			continue // its text was removed since, which is an entry of its own
		}
		c.name(before)
		quotes, places := citedIn(p.Cited, seq)
		for _, change := range Compare(before, after, quotes) {
			change.Cited = places[change.Cited]
			c.Changes = append(c.Changes, change)
		}
	}
	slices.SortFunc(c.Changes, func(a, b Change) int { return a.Cited - b.Cited })
	if after.Text != "" {
		c.name(after)
	}
	return c
}

// seqsOf returns the versions that are cited, in order.
func seqsOf(cited []Cited) []int64 {
	var out []int64
	for _, c := range cited {
		out = append(out, c.Seq)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// citedIn returns the quotes of one version with their places among all.
func citedIn(cited []Cited, seq int64) (quotes []Cited, places []int) {
	for i, c := range cited {
		if c.Seq == seq {
			quotes, places = append(quotes, c), append(places, i)
		}
	}
	return quotes, places
}

// name gives the correction the names of its article.
func (c *Correction) name(a corpus.Article) {
	c.Outlet, c.Title, c.URL, c.OutletURL = a.Outlet, a.Title, a.URL, a.OutletURL
}

// decide makes a row of a draft; prior is what the post was told of the article
// before, the zero Correction for nothing. wanted is false where nothing is to be
// said and nothing is worth a row.
func (w *Watcher) decide(e corpus.Entry, c, prior Correction) (r Row, wanted bool) {
	c.Restored = prior.Material && !prior.Restored && !anyMaterial(c.Changes) && e.Kind != corpus.Removed
	c.Material = c.Restored || anyMaterial(c.Changes)
	r = Row{Correction: c, State: Planned}
	switch {
	case e.Kind == corpus.Removed:
		r.State, r.Reason = Skipped, ReasonRemoved
		r.Correction = c.bare()
	case len(c.Changes) == 0 && !c.Restored, prior.ID != 0 && c.repeats(prior):
		return Row{}, false
	case w.Now().Sub(c.Posted.At) > w.MaxAge:
		r.State, r.Reason = Skipped, ReasonOld
	case !c.Material && c.Posted.Form != Digest:
		r.State, r.Reason = Skipped, ReasonReworded
	}
	return r, true
}

// repeats reports whether a correction says nothing beyond the one before. After
// one that said that all is as it was, further re-wording is nothing new.
func (c Correction) repeats(prior Correction) bool {
	return c.says(prior) || prior.Restored && !c.Material
}

// bare is the correction without anybody's words.
func (c Correction) bare() Correction {
	c.Title, c.URL, c.Changes, c.Posted.Cited = "", "", nil, nil
	return c
}

// begin hands the first step of a planned row over. failed is why that could not
// be made durable, which is counted; err is of the store.
func (w *Watcher) begin(ctx context.Context, tx store.Tx, r Row) (failed, err error) {
	if r.State != Planned {
		return nil, nil
	}
	r.Step = r.first()
	failed, err = w.act(ctx, tx, r.Correction)
	if err != nil {
		return nil, err
	}
	if failed == nil {
		return nil, r.update(ctx, tx)
	}
	r.Step = ""
	if r.tries++; r.tries >= MaxTries {
		w.Log.ErrorContext(ctx, "a correction is given up", "correction", r.ID, "err", failed)
		r.State, r.Reason, failed = Refused, ReasonGivenUp, nil
	}
	return failed, r.update(ctx, tx)
}

// act asks for a step and takes back what was written if it fails.
func (w *Watcher) act(ctx context.Context, tx store.Tx, c Correction) (failed, err error) {
	if _, err := tx.Exec(ctx, `SAVEPOINT correct_act`); err != nil {
		return nil, err
	}
	failed = w.Act(ctx, tx, c)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if failed != nil {
		if _, err := tx.Exec(ctx, `ROLLBACK TO correct_act`); err != nil {
			return nil, errors.Join(failed, err)
		}
	}
	_, err = tx.Exec(ctx, `RELEASE correct_act`)
	return failed, err
}
