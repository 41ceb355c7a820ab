package locale

// What is kept of people, and how it is deleted.

// Privacy stands above the lines below.
func Privacy() Message { return with("privacy.title") }

// PrivacyKept says what is kept, and for how many days.
func PrivacyKept(days int) Message { return counted("privacy.kept", days) }

// PrivacyNotKept says what is not.
func PrivacyNotKept() Message { return with("privacy.not_kept") }

// PrivacyWhere says where it is kept.
func PrivacyWhere() Message { return with("privacy.where") }

// PrivacyModel says what the model server of that name gets to read.
func PrivacyModel(server string) Message { return with("privacy.model", strange("Server", server)) }

// PrivacyNoModel says that there is none.
func PrivacyNoModel() Message { return with("privacy.no_model") }

// PrivacyForget says how all of it is deleted.
func PrivacyForget() Message { return with("privacy.forget") }

// ForgetAsk asks whether all that is kept of a person is to be deleted.
func ForgetAsk() Message { return with("forget.ask") }

// ForgetAskHere asks it for a group.
func ForgetAskHere() Message { return with("forget.ask_here") }

// ForgetKept answers no.
func ForgetKept() Message { return with("forget.kept") }

// Forgotten stands above the lines that count what was deleted.
func Forgotten() Message { return with("forget.done") }

// ForgottenNothing says that there was nothing to delete.
func ForgottenNothing() Message { return with("forget.nothing") }

// ForgottenAnswers counts questions with their answers.
func ForgottenAnswers(n int) Message { return counted("forget.answers", n) }

// ForgottenSettings counts settings.
func ForgottenSettings(n int) Message { return counted("forget.settings", n) }

// ForgottenFeedback counts pieces of feedback.
func ForgottenFeedback(n int) Message { return counted("forget.feedback", n) }

// ForgottenMessages counts messages, received and sent.
func ForgottenMessages(n int) Message { return counted("forget.messages", n) }

// ForgottenRecords counts records of how answers came about.
func ForgottenRecords(n int) Message { return counted("forget.records", n) }

// ForgottenUsage counts the days of which the number of questions was kept.
func ForgottenUsage(days int) Message { return counted("forget.usage", days) }

// ForgetStays says what /forget does not delete.
func ForgetStays() Message { return with("forget.stays") }
