package locale

import "time"

// Summaries of the news.

// DigestTitle stands above a summary of the news; to is its last day.
func DigestTitle(from, to time.Time) Message { return with("digest.title", span("Span", from, to)) }

// DigestEmpty is a summary of a time in which nothing happened.
func DigestEmpty() Message { return with("digest.empty") }

// DigestUpdate stands before the headline of a story that was told before.
func DigestUpdate() Message { return with("digest.update") }

// DigestAsk is the text of the link that asks about a story.
func DigestAsk() Message { return with("digest.ask") }

// NoteLate is the note that a summary comes later than it should.
func NoteLate() Message { return with("note.late") }

// NoteUnread is the note that these outlets could not be read.
func NoteUnread(outlets []string) Message { return with("note.unread", names("Outlets", outlets)) }
