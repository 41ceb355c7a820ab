package locale

import "time"

// For posts of the bot's own: what corrects them, and what is said about drafts.

// Corrected says that an outlet changed a value since it was cited; at is when.
func Corrected(at time.Time, outlet, now, was string) Message {
	return with("correction.value", moment("Time", at), strange("Outlet", outlet), strange("Now", now), strange("Was", was))
}

// CorrectedReversed says that an outlet says the opposite now of what was cited.
func CorrectedReversed(at time.Time, outlet, now string) Message {
	return with("correction.reversed", moment("Time", at), strange("Outlet", outlet), strange("Now", now))
}

// CorrectedGone says that an outlet does not say any more what was cited.
func CorrectedGone(at time.Time, outlet, was string) Message {
	return with("correction.gone", moment("Time", at), strange("Outlet", outlet), strange("Was", was))
}

// CorrectedInstead says what an outlet says now instead.
func CorrectedInstead(at time.Time, outlet, now string) Message {
	return with("correction.instead", moment("Time", at), strange("Outlet", outlet), strange("Now", now))
}

// Withdrawn says that an outlet took the article down that was cited.
func Withdrawn(at time.Time, outlet, title string) Message {
	return with("correction.withdrawn", moment("Time", at), strange("Outlet", outlet), strange("Title", title))
}

// Updated says that an outlet re-worded what was cited.
func Updated(at time.Time, outlet, now string) Message {
	return with("correction.reworded", moment("Time", at), strange("Outlet", outlet), strange("Now", now))
}

// Restored says that an outlet says again what was cited.
func Restored(at time.Time, outlet string) Message {
	return with("correction.restored", moment("Time", at), strange("Outlet", outlet))
}

// CorrectionOfPost stands above a correction that replies to a post, CorrectionOfAnswer
// above one that replies to an answer.
func CorrectionOfPost() Message { return with("correction.of_post") }

// CorrectionOfAnswer: see [CorrectionOfPost].
func CorrectionOfAnswer() Message { return with("correction.of_answer") }

// DigestHalted says that a digest is paused as it could not be posted; where names the
// digest or its chat.
func DigestHalted(where string) Message { return with("draft.halted", strange("Chat", where)) }

// Draft stands above a draft that is to be approved.
func Draft(where string, due time.Time) Message {
	return with("draft.title", strange("Chat", where), moment("Time", due))
}

// DraftChanged says that what leaned on an article of an outlet was taken out of a
// draft, as the article has changed.
func DraftChanged(outlet string) Message { return with("draft.changed", strange("Outlet", outlet)) }

// DraftPosted and DraftDropped say what was decided about a draft.
func DraftPosted() Message { return with("draft.posted") }

// DraftDropped: see [DraftPosted].
func DraftDropped() Message { return with("draft.dropped") }

// DraftOver answers a button of a draft that does not wait any more.
func DraftOver() Message { return with("draft.over") }

// ButtonPost and ButtonDrop decide about a draft.
func ButtonPost() Message { return with("draft.post") }

// ButtonDrop: see [ButtonPost].
func ButtonDrop() Message { return with("draft.drop") }
