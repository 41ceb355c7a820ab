package locale

import "time"

// Buttons, and what their pressing is answered with.

// ButtonQuotes shows the quotes of an answer.
func ButtonQuotes() Message { return with("button.quotes") }

// ButtonHideQuotes hides them.
func ButtonHideQuotes() Message { return with("button.hide_quotes") }

// ButtonCompare compares outlets on the question of an answer.
func ButtonCompare() Message { return with("button.compare") }

// ButtonBack leads back from a choice.
func ButtonBack() Message { return with("button.back") }

// ButtonDone ends the choosing.
func ButtonDone() Message { return with("button.done") }

// ButtonMore shows the next of a list.
func ButtonMore() Message { return with("button.more") }

// ButtonLess shows the ones before in a list.
func ButtonLess() Message { return with("button.less") }

// ButtonForget confirms that all is to be deleted.
func ButtonForget() Message { return with("button.forget") }

// ButtonKeep says no to it.
func ButtonKeep() Message { return with("button.keep") }

// OldButton answers a button whose answer is not there any more. Answers are
// kept for that many days.
func OldButton(days int) Message { return counted("press.old", days) }

// WrongButton answers a button that does nothing here.
func WrongButton() Message { return with("press.wrong") }

// ThanksGood answers praise.
func ThanksGood() Message { return with("press.thanks_good") }

// ThanksBad answers blame.
func ThanksBad() Message { return with("press.thanks_bad") }

// FeedbackGone answers who takes either back.
func FeedbackGone() Message { return with("press.feedback_gone") }

// How much is left. What is beyond a limit, the built-in generator answers.

// QuestionsLeft tells a person how many questions to the model are left today.
func QuestionsLeft(n int) Message { return counted("limit.left", n) }

// QuestionsLeftHere tells a chat how many questions to the model are left today.
func QuestionsLeftHere(n int) Message { return counted("limit.left_here", n) }

// NoQuestionsLeft tells a person that there are none, until that time.
func NoQuestionsLeft(again time.Time) Message { return with("limit.none_left", moment("Again", again)) }

// NoQuestionsLeftHere tells a chat that there are none, until that time.
func NoQuestionsLeftHere(again time.Time) Message {
	return with("limit.none_left_here", moment("Again", again))
}

// BudgetLow says that of the model's budget of the day so many parts in a hundred
// are left.
func BudgetLow(percent int) Message { return counted("limit.budget_low", percent) }

// BudgetSpent says that it is used up, and the built-in generator answers until
// that time.
func BudgetSpent(again time.Time) Message { return with("limit.budget_spent", moment("Again", again)) }
