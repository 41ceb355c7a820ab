package bot

import (
	"encoding/json"
	"slices"
	"time"
)

// Note is something that a reader should know besides what the articles say, in
// no language yet: bot/chat says it in that of the chat. Which of the fields are
// set goes by the Kind. The zero Note says nothing.
type Note struct {
	Kind NoteKind
	// Outlets are names of the corpus.
	Outlets []string `json:",omitempty"`
	// Values are words of articles, one for each of Outlets.
	Values []string `json:",omitempty"`
	// Words are words of the question, or a clause or event in its words: text of a
	// person.
	Words string `json:",omitempty"`
	// From and To are the days that are meant, the whole of To included, in the
	// zone of the one who asked; zero for no bound.
	From time.Time `json:",omitzero"`
	To   time.Time `json:",omitzero"`
	// N is a number of articles or outlets.
	N int `json:",omitempty"`
	// Asked and Wanted are BCP 47 tags: the language of the question, and the one
	// in which it can be asked.
	Asked  string `json:",omitempty"`
	Wanted string `json:",omitempty"`
}

// NoteKind says what a Note is about.
type NoteKind string

// The notes on who wrote.
const (
	// NoteFailed: the model server did not answer, the built-in generator did.
	NoteFailed NoteKind = "failed"
	// NoteCut: so it is, as the model server broke off.
	NoteCut NoteKind = "cut"
	// NoteUnchecked: so it is, as nothing that the model wrote passed the check.
	NoteUnchecked NoteKind = "unchecked"
	// NoteDigest: the built-in generator wrote a Digest, and not the model.
	NoteDigest NoteKind = "digest"
	// NoteTranslated: the model translated sentences; NoteOriginal: one of them
	// stands in the original, as its translation could not be checked.
	NoteTranslated NoteKind = "translated"
	NoteOriginal   NoteKind = "original"
	// NoteLanguage: without a model no question is read that is in another language
	// than the articles. Asked and Wanted.
	NoteLanguage NoteKind = "language"
	// NoteUnrestated: the model did not restate such a question. Asked and Wanted.
	NoteUnrestated NoteKind = "unrestated"
)

// The notes on what was searched.
const (
	// NoteMissing: a part of the search did not answer.
	NoteMissing NoteKind = "missing"
	// NoteWidened: nothing was found of Outlets (where any are named) and from From
	// to To (where either is set); the nearest articles are from beyond that.
	NoteWidened NoteKind = "widened"
	// NoteWidenedOf: nothing of Outlets was found from From to To; the nearest
	// articles are theirs, of other days.
	NoteWidenedOf NoteKind = "widened_of"
	// NoteOutlets: the settings of the chat leave outlets out.
	NoteOutlets NoteKind = "outlets"
	// NoteRead: Words were read as From to To, and nothing else was searched.
	NoteRead NoteKind = "read"
	// NoteReadAfter: so they were, and the day after To was searched as well.
	NoteReadAfter NoteKind = "read_after"
	// NoteReadSince: Words were read as all days since From.
	NoteReadSince NoteKind = "read_since"
	// NoteWithin: only what was published from From to To was searched; without a
	// From all days up to To, without a To all days since From.
	NoteWithin NoteKind = "within"
	// NoteAsOf: only what was published by To was read, as it stood then.
	NoteAsOf NoteKind = "as_of"
	// NoteBeforeEvent: only what was published before From was searched, the day on
	// which the first of Outlets, and nobody before it, reported the event Words.
	NoteBeforeEvent NoteKind = "before_event"
	// NoteAfterEvent: so it is with what was published from that day on.
	NoteAfterEvent NoteKind = "after_event"
	// NoteNoEvent: no article tells when the event Words was.
	NoteNoEvent NoteKind = "no_event"
)

// The notes on what was found.
const (
	// NoteSilent: Outlets have nothing on the question.
	NoteSilent NoteKind = "silent"
	// NoteSides: only the first N outlets were compared.
	NoteSides NoteKind = "sides"
	// NoteCopies: Outlets have the same text, which is not counted again.
	NoteCopies NoteKind = "copies"
	// NoteCounted: outlets that say a claim in quite other words were not counted.
	NoteCounted NoteKind = "counted"
	// NoteClosest: no article says Words, which the question takes for granted;
	// what is said is nearest to it.
	NoteClosest NoteKind = "closest"
	// NotePremise: no article says Words, which a part of the question takes for
	// granted.
	NotePremise NoteKind = "premise"
	// NoteNewest: what is said is of the newest of N articles.
	NoteNewest NoteKind = "newest"
)

// The notes on a digest.
const (
	// NoteNothing: nothing happened in the period.
	NoteNothing NoteKind = "nothing"
	// NoteLate: it comes later than it should.
	NoteLate NoteKind = "late"
	// NoteUnread: Outlets could not be read in the period.
	NoteUnread NoteKind = "unread"
)

// The kinds of what the program says in a Sentence of its own.
const (
	// SaysCount: N outlets, which are Outlets, report it.
	SaysCount NoteKind = "says_count"
	// SaysFirst: the first to report it is the first of Outlets, on the day From.
	SaysFirst NoteKind = "says_first"
	// SaysLast: so it is with the last to report it.
	SaysLast NoteKind = "says_last"
	// SaysDiffer: Outlets tell different Values of one thing, in the words of their
	// articles; each outlet's value has its place in Values.
	SaysDiffer NoteKind = "says_differ"
	// SaysLater: so it is, each told later than the one before, of what grows.
	SaysLater NoteKind = "says_later"
	// SaysDenied: the first of Outlets says what the second denies.
	SaysDenied NoteKind = "says_denied"
)

// Equal reports whether two notes say the same.
func (n Note) Equal(o Note) bool {
	return n.Kind == o.Kind && slices.Equal(n.Outlets, o.Outlets) && slices.Equal(n.Values, o.Values) && n.Words == o.Words && n.From.Equal(o.From) && n.To.Equal(o.To) &&
		n.N == o.N && n.Asked == o.Asked && n.Wanted == o.Wanted
}

// IsZero reports whether the note says nothing.
func (n Note) IsZero() bool { return n.Kind == "" }

// UnmarshalJSON reads a note as it was kept. A note of a version that kept English
// sentences becomes the zero Note, so that its answer can still be read.
func (n *Note) UnmarshalJSON(data []byte) error {
	*n = Note{}
	if len(data) > 0 && data[0] == '"' {
		return nil
	}
	type plain Note
	return json.Unmarshal(data, (*plain)(n))
}
