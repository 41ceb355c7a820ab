// Package digest tells the stories of a period: few, short, each sentence cited.
//
// # Design
//
// A Writer takes an Order, which says what period, for whom, and what that reader
// was told before, and returns a bot.Digest. Which stories come, and in which order,
// is decided by rules that can be read off the result (bot.Reason) and never by a
// model.
//
// The steps, one file each:
//
//   - gather.go takes the stories that have articles in the period, of the outlets
//     that are wanted. Articles before the period are background; of a story that the
//     reader was told, only what none of the articles known then says is news
//     (story.Facts), and only if an article begins with it: the story comes again as
//     an update, or not at all.
//   - fit.go leaves out what is no report: opinion, briefings, questions; and what is
//     no sentence to be read alone: captions, bylines, "But he added".
//   - page.go reads an article into sentences with their words.
//   - topic.go holds the reader's topics, by word and by meaning.
//   - rank.go puts the stories in order, and lets no two near ones in: they are one
//     event that was not seen to be one.
//   - item.go writes an item: by the model from the story's passages, or, where
//     that fails, from sentences of its articles (compose.go).
//   - check.go holds every sentence to bot/cite, with the passages of its story alone,
//     says who reports it where only one outlet does, and drops what says nothing new.
//   - differ.go takes the first thing in which outlets differ (bot/compare).
//
// # On time
//
// The model has so much time for a digest and so much for an item (patience); what it
// has not written by then is composed from the articles, which takes milliseconds. A
// note says so. Articles with orders to a reader such as a model are read up to
// there.
//
// # What was told
//
// bot.DigestItem.Facts are fingerprints of what the reader knows after the item: the
// versions of all articles of the story by then, and the sentences that were said.
// They come back in the next Order, so that the next digest lays new articles beside
// exactly those texts.
package digest

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/story"
)

// DefaultItems is the number of items of an Order that names none: it is read on a
// phone.
const DefaultItems = 8

// maxStories is the number of stories of a period that are looked at, those with the
// newest articles.
const maxStories = 2000

// Needs are what digests are made from.
type Needs struct {
	Log     *slog.Logger
	Corpus  *corpus.Corpus
	Stories *story.Stories
	// Embedder compares topics, and stories that may be one; it is called with each
	// story of a period, so it should be one inside the process (retrieval/static).
	Embedder retrieval.Embedder
	// Model writes the sentences; nil for those of the articles.
	Model bot.Generator
}

// Writer writes digests. Safe for concurrent use.
type Writer struct {
	Needs
	shelf   *shelf
	periods *periods
}

// New returns a writer. The stories have to be brought up to date by whoever has
// them.
func New(n Needs) *Writer { return &Writer{Needs: n, shelf: newShelf(), periods: newPeriods()} }

// Order says which digest is wanted. The zero value of a field asks for nothing.
type Order struct {
	// From is inclusive, To exclusive, on the date of publication; in the reader's
	// zone.
	From, To time.Time
	// Story, when set, is the only story that is told.
	Story string
	// Topics are what the reader wants to read about, any of them; none is everything.
	Topics []string
	// Only are the outlets whose articles may be used, Without those whose may not; at
	// most one of both has members.
	Only, Without []string
	// Language is the BCP 47 tag of the articles that are preferred where a story has
	// some in it; empty is none.
	Language string
	// Items is the number of stories at most; 0 or less is DefaultItems.
	Items int
	// Told returns what the reader was told of a story; nil for a reader who was told
	// nothing. It may be asked of any story.
	Told func(ctx context.Context, story string) (Told, error)
	// Unread are outlets that could not be read in the period.
	Unread []string
	// Late says that the digest comes later than it should, SayEmpty that a period in
	// which nothing happened is to be said to be empty.
	Late, SayEmpty bool
}

// Told is what a reader was told of a story; the zero value is nothing.
type Told struct {
	// Facts are those of the items (bot.DigestItem.Facts), Last is when the last was
	// told.
	Facts []string
	Last  time.Time
}

// Write returns the digest of a period. One in which nothing happened has no items,
// and says so in a note or, without SayEmpty, has no notes either. The errors are
// those of the store, of Told and of ctx: a model that fails is none.
func (w *Writer) Write(ctx context.Context, o Order) (bot.Digest, error) {
	d := bot.Digest{From: o.From, To: o.To}
	found, err := w.gather(ctx, o)
	if err != nil {
		return d, fmt.Errorf("digest: %w", err)
	}
	if found, err = w.about(ctx, found, o.Topics); err != nil {
		return d, fmt.Errorf("digest: %w", err)
	}
	rank(found)
	if err := w.tell(ctx, &d, o, found); err != nil {
		return d, fmt.Errorf("digest: %w", err)
	}
	if len(d.Items) == 0 && !o.SayEmpty {
		return bot.Digest{From: o.From, To: o.To}, nil
	}
	d.Notes = append(d.Notes, notesOf(o, d)...)
	return d, nil
}

// notesOf are the notes on the period.
func notesOf(o Order, d bot.Digest) []bot.Note {
	var notes []bot.Note
	if len(d.Items) == 0 {
		notes = append(notes, bot.Note{Kind: bot.NoteNothing})
	}
	if o.Late {
		notes = append(notes, bot.Note{Kind: bot.NoteLate})
	}
	if len(o.Unread) > 0 {
		notes = append(notes, bot.Note{Kind: bot.NoteUnread, Outlets: o.Unread})
	}
	return notes
}

// tell writes the items of the stories that are found, in their order, until there
// are enough. A story of which nothing can be said is left out.
func (w *Writer) tell(ctx context.Context, d *bot.Digest, o Order, found []*candidate) error {
	wanted := o.Items
	if wanted <= 0 {
		wanted = DefaultItems
	}
	inTime, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	failed := false
	var told []*candidate
	for _, c := range found {
		if len(d.Items) == wanted {
			break
		}
		if c.twinOfAny(told) {
			continue
		}
		item, ok := w.item(inTime, c)
		if err := ctx.Err(); err != nil {
			return err
		}
		if ok {
			d.Items, told = append(d.Items, item), append(told, c)
			failed = failed || w.Model != nil && item.Model == builtIn
		}
	}
	if failed {
		d.Notes = append(d.Notes, bot.Note{Kind: bot.NoteDigest})
	}
	return nil
}
