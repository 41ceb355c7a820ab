// Package compare says what several outlets tell alike about a story, and where
// they differ, each side in the words of its articles.
//
// # Design
//
// [Compare] takes the articles of one story and returns a [Comparison]. It is
// pure and knows no model: equal articles give equal results, and every quote is
// a verbatim stretch of an article with its offsets, as in an answer.
//
// The steps, one file each:
//
//   - page.go reads an article by the reader of bot/cite (meanings, numbers,
//     dates, names, cues such as "not" and "may") and weighs its words: what
//     stands in every sentence of the story says little about one of them.
//   - number.go, time.go, name.go, actor.go and denial.go find facts: a number
//     with what it counts and what became of that, a day or an hour with what
//     happened then, a name with what its bearer is or what happened there, who
//     did something to what, and what is denied.
//   - match.go says whether two facts of two articles are about the same, by what
//     stands around them, and whether they can both be true.
//   - group.go makes differences and agreements of the pairs.
//
// # What differs
//
// Two numbers of the same thing that neither a hedge ("at least", "about") nor
// rounding reconciles; two names in the same role or at the same place; two days
// or hours of the same event, each day resolved against the day of its own
// article; two names for who did it; something said by one and denied by the
// other. It must not be that the other article has the value too: who reports
// both "12" and "15" does not contradict the one who reports either.
//
// Doubt is decided for silence: a difference that is none costs more trust than
// one that is missed. Only articles in one language are laid side by side.
//
// # Time
//
// Of one outlet only what its newest article on a matter says counts. What grows
// by its nature (the dead, the damaged) and is larger in an article that was
// published later is no disagreement but an update: see Difference.Update.
//
// # What it cannot do
//
// It does not understand. Numbers that count the same in words that share
// nothing are not found; two events of one kind in one story can be taken for
// one. The figures of both errors stand at the tests.
package compare

import (
	"newsdesk/bot"
	"newsdesk/corpus"
)

// Kind says in what outlets differ.
type Kind string

// The kinds of a Difference.
const (
	Number Kind = "number" // how many, how much
	Name   Kind = "name"   // who somebody is, or where it happened
	Time   Kind = "time"   // on which day, at what hour, in which year
	Actor  Kind = "actor"  // who did it
	Denial Kind = "denial" // said by one, denied by another
)

// Stance says how a side tells its value.
type Stance string

// The stances of a Side.
const (
	Said   Stance = "said"   // as a fact, or as somebody's words
	Open   Stance = "open"   // as what may be, is planned or alleged
	Denied Stance = "denied" // as what is not so
)

// Quote is one verbatim stretch of an article.
type Quote struct {
	// Citation has N 0; its Quote is Article.Text[Start:End].
	bot.Citation
	// Origin is the label of the origin of the article (see Needs.Origin).
	Origin string
}

// Side is one of the values that a matter has.
type Side struct {
	// Value is the number, name, day or hour as the newest quote has it, in the
	// words of the article; of a denial the word that says or denies it.
	Value  string
	Stance Stance
	// Outlets are those that tell this value, in the order of their quotes;
	// Origins is the number of independent ones among them, 1 or more.
	Outlets []string
	Origins int
	// Quotes are one for each outlet, earliest first.
	Quotes []Quote
}

// Difference is a matter of which outlets tell different things.
type Difference struct {
	Kind Kind
	// About are words of the articles that all sides share, in the order of the
	// first quote; for reading, not a sentence. May be empty.
	About string
	// Sides are two or more, each with other outlets, earliest first.
	Sides []Side
	// Update is true where the sides can all have been right when they were told:
	// a later article has the larger number of what grows. Sides are then
	// "earlier" and "later" rather than for and against.
	Update bool
}

// Claim is what two or more outlets tell alike.
type Claim struct {
	// Text is the sentence of the first quote.
	Text string
	// Side has the quotes; its Value is the number, name or day that they share,
	// empty where they share a sentence and no such value.
	Side
}

// Comparison is what the articles of a story tell alike and differently.
type Comparison struct {
	// Agreed is ordered by the number of outlets, most first; Differ by kind and
	// place, updates last. Both may be empty.
	Agreed []Claim
	Differ []Difference
}

// Needs are what Compare takes from its caller. The zero value is complete.
type Needs struct {
	// Origin returns the label of the text that an article is a copy or a rewrite
	// of, such as an agency's; articles of equal labels are one voice and do not
	// differ. Empty, and a nil func: the outlet is its own origin.
	Origin func(corpus.Article) string
}

// Bounds of what is read: the time of a call grows with their product.
const (
	// MaxArticles is the number of articles that are compared, the newest ones.
	MaxArticles = 24
	// MaxText is the number of bytes that are read of each.
	MaxText = 16 << 10
	// MaxAgreed and MaxDiffer bound what is returned.
	MaxAgreed, MaxDiffer = 12, 12
)

// Compare compares the articles of one story. Their order says nothing; of an
// article that is given in several versions the newest counts. Without two
// outlets the Comparison is empty. Any texts may be given. Safe for concurrent
// use; the articles are not changed.
func Compare(articles []corpus.Article, needs Needs) Comparison {
	s := readStory(articles, needs)
	if s == nil {
		return Comparison{}
	}
	pairs := s.pairs()
	return Comparison{Agreed: s.agreed(pairs), Differ: s.differ(pairs)}
}
