// Package bot says what the articles hold.
//
// # Design
//
// A [Question] is answered by passages of articles: they are numbered into a
// [Prompt], a [Generator] writes text from it, and bot/cite turns that text
// into an [Answer] in which every sentence is tied to a verbatim quote of a
// stored article (a [Citation]). What the quotes do not hold is dropped; when
// nothing is left, or nothing was found, the answer says so and names what was
// searched and what is nearest. That finding is a value, not an error.
//
// What a person is to see is made of typed [Block] values, never of markup:
// each place (Telegram, the terminal) renders blocks in its own way and
// escapes every text in them. Text of articles and of models is only ever the
// Text of a [Span].
//
// Sub-packages are the steps (answer, cite, chat) and the ways (extract,
// openai, telegram). This is the top tree: it imports corpus and retrieval.
package bot

import (
	"context"
	"errors"
	"iter"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// Question is what a person asks.
type Question struct {
	Text string
	// Now is the time of the question, in the zone of the one who asks; it
	// gives "today" its meaning. Never zero.
	Now time.Time
	// Turns are the earlier questions and answers of this conversation, oldest
	// first; may be empty.
	Turns []Turn
	// Kind, when set, is the kind of the question, whatever its words say: a
	// button asks for a Comparison.
	Kind Kind
	// Only are the outlets whose articles may be used, Without those whose may
	// not; at most one of both has members. Names are those of the corpus.
	Only, Without []string
	// Language is the BCP 47 tag to answer in; empty is the question's own.
	Language string
	// Sentences is the number of sentences wanted at most; 0 is the usual.
	Sentences int
	// Builtin asks for the built-in generator though there is a model: what may
	// be asked of the model is used up.
	Builtin bool
	// Tell, when not nil, is called as the work goes on, from one goroutine at a
	// time; it must return at once.
	Tell func(Progress)
}

// Progress says what is being done for a question.
type Progress struct {
	Stage Stage
	// N counts what the stage is about: articles, passages, sentences; 0 when
	// that is not known.
	N int
}

// Stage is a part of the work on a question that a person may wait for.
type Stage string

// The stages, in their order.
const (
	Searching Stage = "searching" // N articles
	Reading   Stage = "reading"   // N passages
	Checking  Stage = "checking"  // N sentences
)

// Turn is one earlier question with its answer, in words.
type Turn struct {
	Question, Answer string
}

// Task says what a Generator is to write.
type Task string

// The tasks. A Generator that cannot do one writes no text for it.
const (
	// Answer the question from the passages.
	AnswerTask Task = "answer"
	// One sentence that says what each passage's article reports, in the order
	// of the passages; Question is empty.
	DigestTask Task = "digest"
	// Write the question, which leans on the turns or is in a language that the
	// articles are not in, as one whole question in Language. There are no
	// passages; the text is the question and nothing else.
	RestateTask Task = "restate"
	// Say whether the passages hold all of the sentence that stands in Question:
	// the text is "yes" or "no".
	JudgeTask Task = "judge"
	// Write the sentence that stands in Question in Language. There are no
	// passages; the text is the sentence and nothing else.
	TranslateTask Task = "translate"
)

// Kind says what sort of answer a question asks for.
type Kind string

// The kinds. The empty Kind is Fact.
const (
	// Fact is one thing, or what is known about something.
	Fact Kind = "fact"
	// Account is what the named outlets report, and nobody else.
	Account Kind = "account"
	// Comparison is what several outlets report, side by side, and who is silent.
	Comparison Kind = "comparison"
	// Several is a question of several parts, each answered by itself.
	Several Kind = "several"
	// Count is the number of outlets that report something.
	Count Kind = "count"
	// First and Last are the earliest and the latest report of something.
	First Kind = "first"
	Last  Kind = "last"
)

// Prompt is what a Generator gets: data, not text. Only bot/openai renders it.
type Prompt struct {
	Task     Task
	Kind     Kind
	Question string
	Turns    []Turn
	// Today is the day of the question, in the asker's zone.
	Today time.Time
	// Language is the BCP 47 tag to answer in; empty is English.
	Language string
	// Passages are what may be said. Passage i is cited as [i+1].
	Passages []retrieval.Passage
	// Sentences is the number of sentences wanted at most; 0 leaves it to the
	// generator.
	Sentences int
}

// Generator writes text from a Prompt.
//
// Generate returns a stream of pieces of text, each with a nil error. The
// stream ends by itself only when the text came to its end; otherwise its last
// element is an error (ErrCut, a retrieval error such as
// retrieval.ErrUnavailable, or ctx's), and what came before it is not an answer.
// Empty text is a valid answer: the passages hold nothing. Markers such as [2]
// name passages of the prompt, and everything about the text is unchecked.
// Breaking off the iteration ends the work. Safe for concurrent use.
type Generator interface {
	// Model names the model, for the log and for the note under an answer.
	Model() string
	Generate(ctx context.Context, p Prompt) iter.Seq2[string, error]
}

// ErrCut means that the generator's text broke off before its end.
var ErrCut = errors.New("the model's answer was cut off")

// Citation is one verbatim quote of a stored article.
type Citation struct {
	// N numbers the quote in its answer, from 1: what [1] means.
	N int
	// Passage is the passage that was shown; Start and End are the quote's
	// bytes in the article's text (not in the passage's).
	Passage    retrieval.Passage
	Start, End int
	// Quote is Article.Text[Start:End]: one contiguous stretch of at most two
	// sentences and 60 words.
	Quote string
	// Copies are articles of other outlets that print the passage in nearly the same
	// words, one an outlet; may be empty.
	Copies []Copy
}

// Copy is an article that has the text of a cited one.
type Copy struct {
	Outlet, Title, URL, OutletURL string
	Published                     time.Time
}

// Sentence is one sentence of an answer.
type Sentence struct {
	// Text is plain, without markers.
	Text string
	// Citations are numbers of the answer's citations, ascending, never empty.
	Citations []int
	// Own is set where the program itself says this and not a generator: the same
	// as Text, which is then English, for whoever reads another language.
	Own Note `json:",omitzero"`
}

// Dropped is a sentence that the generator wrote and nobody gets to see.
type Dropped struct {
	Text string
	// Reason is one of the words of bot/cite ("number", "name", "quotation" …)
	// with the part of the sentence that no passage holds.
	Reason, Detail string
}

// Nearest is an article that comes nearest to a question that has no answer.
type Nearest struct {
	Outlet, Title, URL, OutletURL string
	Published                     time.Time
}

// Answer is what the articles hold about a question.
type Answer struct {
	// Found is false for the finding "not in the articles": Sentences and
	// Citations are then empty and Nearest may be set.
	Found     bool
	Sentences []Sentence
	Citations []Citation
	// Searched is the extent of what was searched, after filters.
	Searched corpus.Extent
	// Nearest holds up to three articles, nearest first; only when not Found.
	Nearest []Nearest
	// Dropped are sentences that failed the check.
	Dropped []Dropped
	// Model names the generator that wrote the text; empty when none was asked.
	Model string
	// Restated is the whole question that was answered, where the one that was
	// asked leans on earlier turns; else empty.
	Restated string
	// Unanswered are the parts of a question that the articles do not answer,
	// in the question's words, where they answer another part; else empty.
	Unanswered []string
	// Premise is what the question takes for granted and no article says, as a
	// clause ("Mara Lind resigned"); else empty. Only when not Found.
	Premise string
	// Notes are things the reader should know: that the model server did not
	// answer and the built-in generator did, that filters were widened, which days
	// "last week" was read as.
	Notes []Note
	// Trace is how the answer came about; nobody but an admin gets to see it.
	Trace Trace
}

// Trace is how an answer came about, for those who look after the bot.
type Trace struct {
	// Asked is the question as it was written.
	Asked string
	Kind  Kind
	// Searches are in the order in which they were made: one, or one for each
	// part or outlet.
	Searches []Search
	// Took is the time of each step in the order in which they were done.
	Took []Step
}

// Search is one use of the retriever.
type Search struct {
	// Query is the query as it was run, Widened and Missing are those of its
	// retrieval.Result.
	Query   retrieval.Query
	Widened []string
	Missing []retrieval.Missing
	// Hits are what was found, best first, with the place in each retriever.
	Hits []retrieval.Hit
}

// Step is one part of the work and its time: "read", "retrieve", "generate",
// "check".
type Step struct {
	Name string
	Time time.Duration
}

// Digest is what happened in a period, story by story, each sentence cited. It
// can be kept as JSON.
type Digest struct {
	// From and To are the period, To exclusive, in the reader's zone.
	From, To time.Time
	// Items are of different events, the first to be read first; may be empty.
	Items []DigestItem
	// Notes are things the reader should know: that nothing happened, which outlets
	// could not be read, that it comes late.
	Notes []Note
}

// Silent reports whether the digest says nothing and need not be posted.
func (d Digest) Silent() bool { return len(d.Items) == 0 && len(d.Notes) == 0 }

// DigestItem is one story of a Digest.
type DigestItem struct {
	// Story is the ID of the story (retrieval/story).
	Story string
	// Headline is the report whose title, without the outlet's name behind it, stands
	// above the item.
	Headline Report
	// Sentences are one to three, Citations what they and Differs cite, numbered from 1
	// in each item. An update has sentences with new facts only.
	Sentences []Sentence
	Citations []Citation
	// Outlets are those that report it in the period, each with its first report there,
	// earliest first.
	Outlets []Report
	// Origins are the independent sources of these reports, at least one.
	Origins []Origin
	// Told is when the reader was last told of the story: the item is then an update.
	// Zero for a story that is new to the reader.
	Told time.Time
	// Differs is what outlets tell differently; nil for nothing.
	Differs *Difference `json:",omitempty"`
	// Why is what put the item where it is, first things first; never empty.
	Why []Reason
	// Facts are fingerprints of what is known of the story once this has been read:
	// what is to be handed back as told before the next digest.
	Facts []string
	// Model names what wrote the sentences.
	Model string
}

// Report is an article as the one that reports something.
type Report struct {
	Article                       string
	Seq                           int64
	Outlet, Title, URL, OutletURL string
	Published                     time.Time
}

// Origin is a source that owes nothing to the other origins of its item.
type Origin struct {
	Kind OriginKind
	// Name is that of an agency, else empty.
	Name string `json:",omitempty"`
	// Outlets are those that print it, at least one.
	Outlets []string
}

// OriginKind says what an Origin is.
type OriginKind string

// The kinds of origins.
const (
	OwnReporting OriginKind = "own reporting"
	PressRelease OriginKind = "press release"
	Agency       OriginKind = "agency"
)

// Difference is a matter of which outlets tell different things.
type Difference struct {
	// Kind is one of bot/compare: "number", "name", "time", "actor", "denial".
	Kind string
	// About are words that all sides share, for reading; may be empty.
	About string
	// Sides are two or more.
	Sides []Side
}

// Side is one of the values of a Difference.
type Side struct {
	// Value stands in the quotes, in the words of the articles.
	Value   string
	Outlets []string
	// Citations are numbers of the item's citations, never empty.
	Citations []int
}

// Reason is a rule that put an item into a digest, or where it is in it.
type Reason struct {
	Rule Rule
	// N is the number that the rule is about, Words a topic of the reader.
	N     int    `json:",omitempty"`
	Words string `json:",omitempty"`
}

// Rule is a rule by which stories are chosen.
type Rule string

// The rules: an item has a topic where the reader has topics; then more independent
// origins come first, then more outlets, then what is new before updates, then what
// is newer.
const (
	ByTopic   Rule = "topic"   // Words
	ByOrigins Rule = "origins" // N
	ByOutlets Rule = "outlets" // N
	ByNews    Rule = "new"     // the reader was not told of it before
	ByUpdate  Rule = "update"  // N facts that the reader was not told
)

// Reply is what is said to a chat: one message, however long.
type Reply struct {
	Blocks []Block
	// Buttons stand under the reply, by row; may be empty.
	Buttons [][]Button
	// Replaces is the id of a message of the bot's own in the same place whose
	// text and buttons become these; 0 for a new message.
	Replaces int
	// Rich says that the place wants messages with tables and parts that fold,
	// where the messenger has them.
	Rich bool
	// Ref names the reply for whoever wants to know what became of it (its id in
	// the messenger), empty when nobody does.
	Ref string
}

// Button is one button: it opens Link, or asks the bot for Action. Exactly one
// of both is set.
type Button struct {
	// Text is plain, of any origin.
	Text string
	// Link is an http or https address of the corpus or of the program.
	Link string
	// Action is what the bot gets back: at most 64 bytes. It comes from outside
	// then and may be forged.
	Action string
}

// BlockKind says what a Block is.
type BlockKind int

// The kinds of blocks.
const (
	// Paragraph is running text.
	Paragraph BlockKind = iota
	// Item is one line of a list; consecutive items belong together.
	Item
	// Quote is a quotation of an article.
	Quote
	// Small is a note: searched what, written by which model.
	Small
	// Row is one row of a table, each span a cell; consecutive rows belong
	// together.
	Row
)

// Block is one piece of a Reply, on a line or lines of its own.
type Block struct {
	Kind  BlockKind
	Spans []Span
}

// Span is a run of text of one look. Text is plain and of any origin; the
// renderer escapes it.
type Span struct {
	Text         string
	Bold, Italic bool
	Code         bool
	// Own says that the text is the program's own: a command or an address in
	// it may be tapped. Text of articles, models and people is never Own.
	Own bool
	// Link is an http or https address, empty for none. Only addresses of the
	// corpus and of the program's own texts are ever put here.
	Link string
}

// Visible returns the text without what must not reach a screen: control
// characters other than line feed (a terminal obeys them), the characters that
// turn the direction of the text after them, and the tags and selectors of plane
// 14, which say something to machines only.
func (s Span) Visible() string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\r':
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r):
			return -1
		case r >= 0x202A && r <= 0x202E, r >= 0xE0000 && r <= 0xE0FFF:
			return -1
		case r >= 0x2066 && r <= 0x2069 && !s.Own:
			return -1
		}
		return r
	}, s.Text)
}

// Plain returns a block of one plain span.
func Plain(kind BlockKind, text string) Block {
	return Block{Kind: kind, Spans: []Span{{Text: text}}}
}

// Own returns a block of one span of the program's own text.
func Own(kind BlockKind, text string) Block {
	return Block{Kind: kind, Spans: []Span{{Text: text, Own: true}}}
}
