package digest_test

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/digest"
	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval/story"
)

// articlesOf reads the evaluation's corpus, by date of publication; the test is
// skipped where it is not there.
func articlesOf(t testing.TB) []corpus.Article {
	t.Helper()
	out := corpustest.ReadShared(t, corpustest.EvalArticles, multihop.Articles)
	slices.SortStableFunc(out, func(a, b corpus.Article) int { return a.Published.Compare(b.Published) })
	return out
}

// month is the number of days of a run.
const month = 30

// densest returns the first of the days on which most was published in a month.
func densest(articles []corpus.Article) time.Time {
	of := map[time.Time]int{}
	for _, a := range articles {
		of[a.Published.Truncate(24*time.Hour)]++
	}
	sum := map[time.Time]int{}
	for day := range of {
		for i := range month {
			sum[day] += of[day.AddDate(0, 0, i)]
		}
	}
	best := time.Time{}
	for day, n := range sum {
		if best.IsZero() || cmp.Or(cmp.Compare(n, sum[best]), best.Compare(day)) > 0 {
			best = day
		}
	}
	return best
}

// TestMonth tells a channel 30 days of real articles, each at the end of its day, as
// they come in: every sentence is cited and passes, and no story comes again without
// new facts. Without NEWSDESK_DIGESTS=full it is three days.
//
//	NEWSDESK_DIGESTS=full go test -run Month -v ./bot/digest
func TestMonth(t *testing.T) {
	articles := articlesOf(t)
	days, out := 3, io.Discard
	if os.Getenv("NEWSDESK_DIGESTS") == "full" {
		file, err := os.CreateTemp("", "digests-*.txt")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		t.Logf("the digests are in %s", file.Name())
		days, out = month, file
	}
	first := densest(articles)
	var list []time.Time
	for i := range days {
		list = append(list, first.AddDate(0, 0, i))
	}
	h := newHouse(t, nil)
	h.add(t, between(articles, first.AddDate(0, 0, -3), first)...)
	run := h.run(t, articles, list, out)
	t.Logf("%d days from %s, %d articles: %d items, %d of them updates, %d sentences, %d differences; a digest took %s, the longest %s",
		days, first.Format(time.DateOnly), run.articles, run.items, run.updates, run.sentences, run.differences,
		slices.Sorted(slices.Values(run.took))[len(run.took)/2], slices.Max(run.took))
	if run.items < days || run.again > 0 {
		t.Errorf("%d items in %d days, %d stories again without new facts", run.items, days, run.again)
	}
}

// TestFullestDays tells the 30 days with most articles of all years; without
// NEWSDESK_DIGESTS=full it is skipped.
func TestFullestDays(t *testing.T) {
	if os.Getenv("NEWSDESK_DIGESTS") != "full" {
		t.Skip("skipped: takes a minute; set NEWSDESK_DIGESTS=full")
	}
	articles := articlesOf(t)
	of := map[time.Time]int{}
	for _, a := range articles {
		of[a.Published.Truncate(24*time.Hour)]++
	}
	list := slices.SortedFunc(maps.Keys(of), func(a, b time.Time) int { return cmp.Or(cmp.Compare(of[b], of[a]), a.Compare(b)) })[:month]
	slices.SortFunc(list, time.Time.Compare)
	file, err := os.CreateTemp("", "digests-*.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	t.Logf("the digests are in %s", file.Name())
	h := newHouse(t, nil)
	run := h.run(t, articles, list, file)
	t.Logf("%d days, %d articles: %d items, %d of them updates, %d sentences, %d differences; the longest digest took %s",
		len(list), run.articles, run.items, run.updates, run.sentences, run.differences, slices.Max(run.took))
	if run.items < 3*month || run.again > 0 {
		t.Errorf("%d items, %d stories again without new facts", run.items, run.again)
	}
}

// run tells the days of a list, each at its end, with the articles of the days before
// it.
func (h *house) run(t *testing.T, articles []corpus.Article, list []time.Time, out io.Writer) counted {
	t.Helper()
	w := digest.New(h.needs)
	run := counted{}
	for _, from := range list {
		to := from.AddDate(0, 0, 1)
		h.add(t, between(articles, from.AddDate(0, 0, -3), from)...)
		today := between(articles, from, to)
		h.add(t, today...)
		h.rename(t)
		known := maps.Clone(h.told[""])
		began := time.Now()
		d := h.tell(t, w, "", digest.Order{From: from, To: to})
		run.took = append(run.took, time.Since(began))
		run.articles += len(today)
		run.sentences += h.sound(t, d)
		run.count(t, h, d, known)
		write(out, d)
	}
	return run
}

// counted is what a run of digests has told.
type counted struct {
	articles, items, updates, sentences, differences, again int
	took                                                    []time.Duration
}

// count counts what a digest tells, given what was told before.
func (r *counted) count(t *testing.T, h *house, d bot.Digest, known map[string]digest.Told) {
	t.Helper()
	seen := map[string]bool{}
	for _, item := range d.Items {
		r.items++
		if item.Differs != nil {
			r.differences++
		}
		if seen[item.Story] {
			t.Errorf("%q is told twice in one digest", item.Headline.Title)
		}
		seen[item.Story] = true
		before, again := known[item.Story]
		if again == item.Told.IsZero() {
			t.Errorf("%q: told before is %v, said to be %v", item.Headline.Title, again, !item.Told.IsZero())
		}
		if again {
			r.updates++
			r.again += h.stale(t, item, before)
		}
	}
}

// stale counts the sentences of an update that say nothing that was not in the articles
// which were known.
func (h *house) stale(t *testing.T, item bot.DigestItem, before digest.Told) int {
	t.Helper()
	var seqs []int64
	for _, f := range before.Facts {
		var seq int64
		if _, err := fmt.Sscanf(f, "v%d", &seq); err == nil {
			seqs = append(seqs, seq)
		}
	}
	stored, err := h.corpus.BySeqs(t.Context(), seqs)
	if err != nil {
		t.Fatal(err)
	}
	var known []corpus.Article
	for _, a := range stored {
		known = append(known, a)
	}
	n := 0
	for _, s := range item.Sentences {
		if len(story.Facts(known, corpus.Article{Text: s.Text})) == 0 {
			t.Logf("nothing new: %q", s.Text)
			n++
		}
	}
	return n
}

// rename gives what was told of stories that were merged to those that they are now.
func (h *house) rename(t *testing.T) {
	t.Helper()
	for place, accounts := range h.told {
		now := map[string]digest.Told{}
		for id, told := range accounts {
			one, err := h.stories.Story(t.Context(), id)
			if err != nil {
				continue
			}
			old := now[one.ID]
			old.Facts = append(old.Facts, told.Facts...)
			if told.Last.After(old.Last) {
				old.Last = told.Last
			}
			now[one.ID] = old
		}
		h.told[place] = now
	}
}

func between(articles []corpus.Article, from, to time.Time) []corpus.Article {
	var out []corpus.Article
	for _, a := range articles {
		if !a.Published.Before(from) && a.Published.Before(to) {
			out = append(out, a)
		}
	}
	return out
}

// write writes a digest for a person who judges it.
func write(out io.Writer, d bot.Digest) {
	fmt.Fprintf(out, "\n=== %s\n", d.From.Format(time.DateOnly))
	for _, item := range d.Items {
		mark := ""
		if !item.Told.IsZero() {
			mark = "UPDATE "
		}
		fmt.Fprintf(out, "\n%s%s  [story %s]\n", mark, item.Headline.Title, item.Story)
		for _, s := range item.Sentences {
			fmt.Fprintf(out, "    %s %v\n", s.Text, s.Citations)
		}
		var outlets, origins []string
		for _, r := range item.Outlets {
			outlets = append(outlets, r.Outlet)
		}
		for _, o := range item.Origins {
			origins = append(origins, cmp.Or(o.Name, string(o.Kind)))
		}
		fmt.Fprintf(out, "    -- %s; %d origins: %s; %v\n", strings.Join(outlets, ", "), len(item.Origins), strings.Join(origins, ", "), item.Why)
		if item.Differs != nil {
			fmt.Fprintf(out, "    DIFFER %s %s:", item.Differs.Kind, item.Differs.About)
			for _, s := range item.Differs.Sides {
				fmt.Fprintf(out, " %q (%s: %q)", s.Value, strings.Join(s.Outlets, ", "), item.Citations[s.Citations[0]-1].Quote)
			}
			fmt.Fprintln(out)
		}
	}
}
