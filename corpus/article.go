// Package corpus holds what has been published: articles of outlets, in an
// append-only log in SQLite.
//
// # Design
//
// An [Article] is what an outlet published, as text, with nothing derived from
// it: no vector, no summary, no mark of what was done with it. Every change of
// an article is a new version, the old one is kept. Each version, withdrawal
// and removal is one [Entry] of the log and has the next Seq; whoever derives
// something from the articles (an index, a digest) remembers the Seq it has
// reached and pulls what came after. Nothing is pushed, nothing flows back.
//
// # Identity
//
// An article with a canonical URL is that URL. One without (a page may name
// only the outlet's host) is its outlet and date of publication together with
// either the title it was first seen with or a strongly overlapping text.
// Adding the same article with the same text is nothing new; with another
// text it is a new version.
//
// This is the bottom tree: it imports neither retrieval nor bot.
package corpus

import (
	"errors"
	"time"
)

// Article is one version of what an outlet published.
//
// The zero value of a field means "the source did not say". Values handed out
// by this package are the caller's to keep; slices are not shared.
type Article struct {
	// ID is the identity of the article over all its versions: the same for
	// each version, assigned by [Corpus.Add]. Empty in an article that has not
	// been added yet.
	ID string
	// Seq is the position in the log of the entry that brought this version.
	// It is unique over the whole corpus, so a Seq alone names one exact text.
	Seq int64
	// Version counts from 1.
	Version int

	// Outlet is the name people use ("DW", "Voice of America"). Never empty in
	// a stored article.
	Outlet string
	// URL is the canonical address of the article, http or https; empty when
	// the source named none.
	URL string
	// OutletURL is the outlet's home page, http or https. It is never identity
	// and never shown as the article's address.
	OutletURL string

	Title    string
	Author   string
	Category string
	// Language is a BCP 47 tag; empty is read as "en".
	Language string

	// Text is the body: paragraphs of plain UTF-8 text separated by one blank
	// line ("\n\n"), without title, captions, headings or page furniture.
	// Never empty in a stored article. Offsets elsewhere are bytes into Text.
	Text string
	// Captions and Headings are kept apart from Text and never quoted.
	Captions []string
	Headings []string

	// Published is when the outlet published this version's article, in UTC;
	// sources that name only a day give its midnight. Never zero in a stored
	// article.
	Published time.Time
	// Fetched is when this version was added, in UTC.
	Fetched time.Time
}

// Outlet is one outlet as the corpus knows it.
type Outlet struct {
	Name string
	// URL is the outlet's home page; empty when no article named it.
	URL string
	// Articles counts the articles (not versions) that are held.
	Articles int
	// First and Last are the dates of publication of its oldest and newest
	// article.
	First, Last time.Time
}

// Kind says what an [Entry] of the log records.
type Kind string

// The kinds of log entries.
const (
	// Published brings the first version of an article.
	Published Kind = "published"
	// Changed brings a further version.
	Changed Kind = "changed"
	// Withdrawn records that the outlet took the article down: its texts are
	// kept, it is no longer evidence.
	Withdrawn Kind = "withdrawn"
	// Removed records that the texts were deleted here; the entry is their
	// tombstone.
	Removed Kind = "removed"
)

// Entry is one line of the log.
type Entry struct {
	Seq  int64
	Kind Kind
	// ID is the article's identity.
	ID string
	// Article is the version that this entry brought. It is nil for Withdrawn
	// and Removed, and for Published and Changed whose text was removed since.
	Article *Article
	At      time.Time
}

// Extent says how much of the corpus something covers: what "searched" means
// in an answer.
type Extent struct {
	Articles int
	Outlets  int
	// From and To are the dates of publication of the oldest and newest
	// article; zero when there is none.
	From, To time.Time
}

// ErrNotFound is returned when no article has the ID, Seq or version asked for,
// or when its text was removed.
var ErrNotFound = errors.New("corpus: no such article")
