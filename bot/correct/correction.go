package correct

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Form says what a post is.
type Form string

// The forms.
const (
	// Digest is a post that is edited when it has to be corrected.
	Digest Form = "digest"
	// Answer is an answer to somebody, who gets a reply.
	Answer Form = "answer"
)

// Where is a message of ours.
type Where struct {
	// Chat is the messenger's id of the chat, Thread the topic in it or 0,
	// Message the id of the message, the first if there are several.
	Chat            int64
	Thread, Message int
}

// Posted is something that was said with quotes of articles.
type Posted struct {
	// Ref names it, the same each time and unlike every other.
	Ref   string
	Where Where
	Form  Form
	// At is when it was sent.
	At time.Time
	// Cited are its sentences, one for each quote; those of other articles than
	// were asked for are passed over.
	Cited []Cited
}

// Step is a part of the work of a correction.
type Step string

// The steps, in their order.
const (
	// Edit marks the post with what changed and when.
	Edit Step = "edit"
	// Reply says it in a message that replies to the post.
	Reply Step = "reply"
)

// Correction is what has to be said about a post.
type Correction struct {
	// ID numbers the corrections of a store.
	ID int64
	// Posted is what is corrected, with the quotes of the one article.
	Posted Posted
	// ArticleID, Outlet, Title, URL and OutletURL are those of the article, of
	// its newest version.
	ArticleID, Outlet, Title, URL, OutletURL string
	// Seq is the entry of the log that brought the new version or the
	// withdrawal, and At its time.
	Seq int64
	At  time.Time
	// Changes are in the order of Posted.Cited, whose places they name. Empty
	// when Restored and nothing else changed.
	Changes []Change
	// Restored says that the article holds again what an earlier correction of
	// this post said it does not.
	Restored bool
	// Material says that a reply is wanted: the post told something that the
	// article does not say now, or an earlier correction did.
	Material bool
	// Step is what is to be done now.
	Step Step
}

// Ref is what the messenger's answer to the correction's step is to name: see
// [Watcher.Outcome].
func (c Correction) Ref() string {
	return refHead + strconv.FormatInt(c.ID, 10) + ":" + string(c.Step)
}

const refHead = "correct:"

// parseRef reads what Correction.Ref wrote.
func parseRef(ref string) (id int64, step Step, ok bool) {
	rest, ok := strings.CutPrefix(ref, refHead)
	if !ok {
		return 0, "", false
	}
	number, name, _ := strings.Cut(rest, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	step = Step(name)
	return id, step, err == nil && (step == Edit || step == Reply)
}

// State is what became of a correction.
type State string

// The states.
const (
	// Planned: its step was handed over, or is to be.
	Planned State = "planned"
	// Sent: the post was edited, or the reply was sent, or both.
	Sent State = "sent"
	// Refused: the messenger took neither.
	Refused State = "refused"
	// Skipped: there was nothing to be done.
	Skipped State = "skipped"
)

// Reasons why a correction is skipped, besides a Became.
const (
	// ReasonOld: the post is older than what is corrected.
	ReasonOld = "old"
	// ReasonReworded: nothing material, and the post is no digest.
	ReasonReworded = "reworded"
	// ReasonRemoved: the text of the article was removed here.
	ReasonRemoved = "removed"
	// ReasonGivenUp: the step could not be made durable, see [MaxTries].
	ReasonGivenUp = "given up"
)

// first is the step with which a correction begins.
func (c Correction) first() Step {
	if c.Posted.Form == Digest {
		return Edit
	}
	return Reply
}

// says reports whether two corrections of one post say the same.
func (c Correction) says(d Correction) bool {
	return c.Restored == d.Restored && slices.EqualFunc(c.Changes, d.Changes, func(a, b Change) bool {
		return a.Cited == b.Cited && a.Kind == b.Kind && plain(a.New.Text) == plain(b.New.Text) &&
			slices.EqualFunc(a.Values, b.Values, func(v, u Value) bool { return v.Was == u.Was && v.Now.Text == u.Now.Text })
	})
}

// anyMaterial reports whether one of the changes is.
func anyMaterial(changes []Change) bool {
	return slices.ContainsFunc(changes, func(c Change) bool { return c.Material })
}
