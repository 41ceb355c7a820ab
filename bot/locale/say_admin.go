package locale

import (
	"time"

	"newsdesk/corpus"
)

// For those who look after the bot.

// Status stands above the lines below; since is when the program was started.
func Status(version string, since time.Time) Message {
	return with("status.title", named("Version", version), moment("Since", since))
}

// StatusArticles says what is stored.
func StatusArticles(e corpus.Extent) Message {
	return with("status.articles", inner("Extent", Extent(e)))
}

// StatusQuestions counts the questions of today, and those without an answer.
func StatusQuestions(asked, unanswered int) Message {
	return with("status.questions", amount("Asked", asked), amount("Unanswered", unanswered))
}

// StatusWaiting counts the messages that wait to be handled and to be sent.
func StatusWaiting(received, toSend int) Message {
	return with("status.waiting", amount("Received", received), amount("ToSend", toSend))
}

// StatusModel names the model that writes answers.
func StatusModel(model string) Message { return with("status.model", strange("Model", model)) }

// StatusNoModel says that the built-in generator writes them.
func StatusNoModel() Message { return with("status.no_model") }

// StatusErrors counts what the messenger refused today.
func StatusErrors(n int) Message { return counted("status.errors", n) }

// StatusPaused says that the bot is paused in this chat.
func StatusPaused() Message { return with("status.paused") }

// Budget says how many tokens of the day's budget are used.
func Budget(used, total int) Message {
	return with("budget.used", amount("Used", used), amount("Total", total))
}

// BudgetUnbounded says how many tokens are used today, where there is no budget.
func BudgetUnbounded(used int) Message { return with("budget.unbounded", amount("Used", used)) }

// BudgetQuestions says how many questions a person and a chat have each day.
func BudgetQuestions(person, chat int) Message {
	return with("budget.questions", amount("Person", person), amount("Chat", chat))
}

// BudgetKept answers a new budget.
func BudgetKept(total int) Message { return with("budget.kept", amount("Total", total)) }

// BudgetUsage says how a budget is set.
func BudgetUsage() Message { return with("budget.usage") }

// PauseOn answers /pause.
func PauseOn() Message { return with("pause.begun") }

// PauseOff answers it when the bot was paused.
func PauseOff() Message { return with("pause.ended") }

// Paused answers a question in a chat where the bot is paused.
func Paused() Message { return with("pause.notice") }

// OutletQuiet says that an outlet has published nothing for much longer than is its
// habit; newest is the date of its newest article.
func OutletQuiet(outlet string, newest time.Time) Message {
	return with("outlet.quiet", strange("Outlet", outlet), day("Day", newest))
}
