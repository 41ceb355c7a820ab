package chat

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// action is what a button asks for: a verb and what it is about. As text it is
// "verb:about", which comes back from outside and may be forged: what it is about
// is looked up in the place where it was pressed.
type action struct{ verb, about string }

// The verbs. About is an answer's id, a setting with a value ("length=short"), or
// nothing.
const (
	verbQuotes  = "q" // shows an answer's quotes
	verbHide    = "h" // hides them
	verbCompare = "c" // compares outlets on an answer's question
	verbGood    = "u"
	verbBad     = "d"
	verbMenu    = "m" // shows a page of the settings
	verbSet     = "s" // makes a choice
	verbForget  = "f" // "yes" or "no"
	verbDigest  = "g" // a digest's number with a page or an act, or an act with a chat's number
	verbChoose  = "e" // makes a choice about a digest: its number, and "page=value"
	verbStory   = "y" // shows a story
	verbDraft   = "p" // a slot, a dot, and what is to be done with its draft
	verbOutlets = "o" // the register: an outlet's number with an act, or an act
)

func (a action) String() string { return a.verb + ":" + a.about }

// DraftAction is what a button under the draft of a slot brings back; what is of at
// most 32 bytes.
func DraftAction(slot int64, what string) string {
	return action{verbDraft, strconv.FormatInt(slot, 10) + "." + what}.String()
}

// parseAction reads what a button brought back; ok is false for what none of ours
// brings.
func parseAction(s string) (a action, ok bool) {
	verb, about, ok := strings.Cut(s, ":")
	return action{verb, about}, ok && len(verb) == 1 && len(s) <= 64
}

// handle is a short name for something with a name of any length, such as an
// outlet: eight letters and digits of its hash.
func handle(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:4])
}
