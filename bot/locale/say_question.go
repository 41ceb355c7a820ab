package locale

// What becomes of a question before it is answered.

// AskNeedsQuestion answers /ask without a question.
func AskNeedsQuestion() Message { return with("question.ask_needs_question") }

// NoQuestion answers a text in which there is nothing to ask.
func NoQuestion() Message { return with("question.none") }

// TextOnly answers what holds no text and is none of the things below.
func TextOnly() Message { return with("question.text_only") }

// NoVoice answers a voice or video message.
func NoVoice() Message { return with("question.no_voice") }

// NoFiles answers a file without words.
func NoFiles() Message { return with("question.no_files") }

// NoPictures answers pictures without words.
func NoPictures() Message { return with("question.no_pictures") }

// CaptionOnly is the note under an answer to a picture or file with words.
func CaptionOnly() Message { return with("question.caption_only") }

// Shortened is the note that of a long question only so many characters were
// read.
func Shortened(characters int) Message { return counted("question.shortened", characters) }

// Edited is the note under an answer to a question that was edited.
func Edited() Message { return with("question.edited") }

// EditedAgain answers a question that is edited once more.
func EditedAgain() Message { return with("question.edited_again") }

// UnknownReply answers a reply to one of the bot's messages that it no longer
// has. Answers are kept for that many days.
func UnknownReply(days int) Message { return counted("question.unknown_reply", days) }

// NewConversation answers /new.
func NewConversation() Message { return with("question.new_conversation") }

// Failed is said when a question could not be answered for as long as it was
// worth trying.
func Failed() Message { return with("question.failed") }

// While it works.

// Searching is progress: that so many articles are searched.
func Searching(articles int) Message { return counted("progress.searching", articles) }

// SearchingSome is progress: that articles are searched, however many.
func SearchingSome() Message { return with("progress.searching_some") }

// Reading is progress: that so many passages are read.
func Reading(passages int) Message { return counted("progress.reading", passages) }

// ReadingSome is progress: that passages are read, however many.
func ReadingSome() Message { return with("progress.reading_some") }

// Checking is progress: that what was written is held to the articles.
func Checking() Message { return with("progress.checking") }

// Waiting tells that a question waits for the one before it.
func Waiting() Message { return with("progress.waiting") }

// WaitingFor tells that a question waits for so many before it.
func WaitingFor(questions int) Message { return counted("progress.waiting_for", questions) }

// Stopped answers a question whose work was ended on request.
func Stopped() Message { return with("progress.stopped") }

// NothingToStop answers /cancel when nothing is under way.
func NothingToStop() Message { return with("progress.nothing_to_stop") }
