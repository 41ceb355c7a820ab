// Package memory keeps what was said before in a chat and topic.
//
// # Design
//
// A [Place] is one topic of one chat, and nothing that is kept of one place is
// ever given out for another: each look-up names its place, and an id or a
// message of another place is [ErrNotFound], as is one that never was. Who asked
// is not kept, so that nothing said in private can follow a person into a group.
//
// Each answer that is sent is one row: the question as it was written, the
// bot.Answer, and a random id of 16 letters and digits that a button carries.
// The messages that show the answer are rows beside it, so that a reply to an
// old message leads to what it said; the message that asked is kept with the
// answer, so that an edited question finds what is to be edited. So the buttons
// and messages of before go on working after a restart.
//
// The conversation is a view of the same rows: [Memory.Turns] are the last
// answers of a place since [Memory.New], the newest [MaxTurns] that are younger
// than [TurnsFor] and fit into [MaxTurnBytes] together. Each is the question
// that was answered (as a whole question, where it was restated) with the
// sentences that were sent; a question without an answer is a turn without one.
//
// # How much and how long
//
// An answer is given out for [AnswersFor]. [Memory.Expire] deletes what is older,
// and of each place what is not among the newest [MaxAnswers]; a button that
// names such an answer finds nothing, and whoever pressed it is to be told for
// how long answers are kept. Of an answer, the text of its passages, what was dropped and
// how it came about are not kept: the quotes are, and bot/explain has the rest.
//
// [Memory.ByArticle] is the one look-up that names no place: it finds the answers
// that cite an article, for telling each in its own place that the article was
// corrected, and says of each which place that is.
//
// Tables: memory_answers (id, chat, thread, when, the asking message, question,
// answer as JSON, whether the conversation went on without it), memory_messages
// (chat, message → answer) and memory_cited (article → answer). What belongs to
// an answer's sending is written in the caller's store.Tx.
package memory

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus/store"
)

const (
	// AnswersFor is how long an answer is kept: a button of last season works.
	AnswersFor = 180 * 24 * time.Hour
	// MaxAnswers is the number of answers that are kept of each place. At 100
	// questions a day that is more than a month, at some 3 kB each 15 MB.
	MaxAnswers = 5000

	// MaxTurns is the number of turns of a conversation. A follow-up leans on the
	// last one or two.
	MaxTurns = 6
	// MaxTurnBytes bounds the texts of all turns together, in bytes: some 1,500
	// tokens, which leaves a model with a context of 4,096 room for passages.
	MaxTurnBytes = 6000
	// TurnsFor is how long something said before may be meant by "and then?".
	TurnsFor = 24 * time.Hour
)

// ErrNotFound means that a place has no such answer: it was forgotten, it is
// older than what is kept, or it is another place's.
var ErrNotFound = errors.New("memory: no such answer in this place")

// Place is one topic of one chat.
type Place struct {
	// Chat is the messenger's id of the chat.
	Chat int64
	// Thread is the topic in it, 0 for none.
	Thread int
}

// Said is a question with what was answered.
type Said struct {
	// Question is the question as it was written; empty when nobody asked.
	Question string
	// Asked is the id of the message that asked, 0 for none.
	Asked int
	// Answer is what is sent. It is not changed.
	Answer bot.Answer
}

// Kept is an answer as it is remembered.
type Kept struct {
	// ID is what a button carries: 16 lower-case letters and digits.
	ID string
	// At is when the answer was kept, to the second.
	At time.Time
	// Said is what was kept. Its Answer lacks Dropped, Trace and the Text of the
	// citations' passages; the quotes are whole.
	Said
	// Edited counts how often the answer was replaced.
	Edited int
	// Messages are the ids of the messages that show the answer, ascending.
	Messages []int
}

// Turn is the answer as a turn of a conversation, at most MaxTurnBytes long.
func (k Kept) Turn() bot.Turn {
	t := bot.Turn{Question: k.Question}
	if k.Answer.Restated != "" {
		t.Question = k.Answer.Restated
	}
	var sentences []string
	for _, s := range k.Answer.Sentences {
		sentences = append(sentences, s.Text)
	}
	t.Question = head(t.Question, MaxTurnBytes/2)
	t.Answer = head(strings.Join(sentences, " "), MaxTurnBytes/2)
	return t
}

// Memory keeps answers. Safe for concurrent use.
type Memory struct {
	db  *store.DB
	now func() time.Time
}

// schema makes the answers and messages, citedSchema what the answers cite, also
// those that were kept before.
const schema = `
CREATE TABLE memory_answers (
	n      INTEGER PRIMARY KEY AUTOINCREMENT,
	id     TEXT NOT NULL UNIQUE,
	chat   INTEGER NOT NULL,
	thread INTEGER NOT NULL,
	at     INTEGER NOT NULL,
	asked  INTEGER NOT NULL,
	question TEXT NOT NULL,
	answer   TEXT NOT NULL,
	edited   INTEGER NOT NULL DEFAULT 0,
	ended    INTEGER NOT NULL DEFAULT 0 -- 1 when the conversation began anew after it
) STRICT;
CREATE INDEX memory_places ON memory_answers (chat, thread, n);
CREATE INDEX memory_asked ON memory_answers (chat, asked) WHERE asked <> 0;
CREATE INDEX memory_ages ON memory_answers (at);
CREATE TABLE memory_messages (
	chat    INTEGER NOT NULL,
	message INTEGER NOT NULL,
	answer  INTEGER NOT NULL REFERENCES memory_answers (n) ON DELETE CASCADE,
	PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_shown ON memory_messages (answer, message);`

const citedSchema = `
CREATE TABLE memory_cited (
	article TEXT NOT NULL,
	answer  INTEGER NOT NULL REFERENCES memory_answers (n) ON DELETE CASCADE,
	PRIMARY KEY (article, answer)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_citing ON memory_cited (answer);
` + insertCited

// insertCited enters the articles that answers cite, all answers' unless it is
// followed by a condition on a.
const insertCited = `INSERT OR IGNORE INTO memory_cited (article, answer)
	SELECT json_extract(c.value, '$.Passage.ArticleID') AS article, a.n
	FROM memory_answers a, json_each(a.answer, '$.Citations') c WHERE article <> '' `

// New returns the memory kept in db; now is the clock that ages go by.
func New(ctx context.Context, db *store.DB, now func() time.Time) (*Memory, error) {
	if err := db.Migrate(ctx, "memory", schema, citedSchema); err != nil {
		return nil, fmt.Errorf("memory: %w", err)
	}
	return &Memory{db: db, now: now}, nil
}

// NewID returns an id for an answer that is to be kept: 80 random bits as 16
// letters and digits, short enough for a button, too many to try out, and held to
// its place all the same.
func NewID() string {
	var raw [10]byte
	rand.Read(raw[:]) // never fails, see crypto/rand
	return strings.ToLower(base32.StdEncoding.EncodeToString(raw[:]))
}

// head returns the first n bytes of s or a little less, in whole runes.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
