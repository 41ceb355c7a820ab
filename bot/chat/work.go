package chat

import (
	"fmt"

	"newsdesk/bot"
)

// Stopped is what is said about a question whose work was ended on request.
func Stopped() bot.Reply { return text("Stopped.") }

// Waiting is what is said when a question waits for the one before it.
func Waiting() bot.Reply {
	return text("One moment: I am still at the question before this one.")
}

// ProgressText says what is being done for a message: a few words.
func ProgressText(_ Message, p bot.Progress) string {
	switch {
	case p.Stage == bot.Searching && p.N > 0:
		return fmt.Sprintf("Searching %s…", plural(p.N, "article", "articles"))
	case p.Stage == bot.Reading && p.N > 0:
		return fmt.Sprintf("Reading %s…", plural(p.N, "passage", "passages"))
	case p.Stage == bot.Reading:
		return "Reading…"
	case p.Stage == bot.Checking:
		return "Checking quotes…"
	}
	return "Searching…"
}

// cancelled answers /cancel. Where it ended something, that was said in reply to
// the question.
func cancelled(m Message) Outcome {
	if m.Stopped {
		return Outcome{}
	}
	return say(text("There is nothing to stop."))
}
