package locale

import (
	"time"

	"newsdesk/corpus"
)

// Answers and what stands under them.

// NotFound says that the articles hold no answer.
func NotFound() Message { return with("answer.not_found") }

// Searched says what was searched.
func Searched(e corpus.Extent) Message { return with("answer.searched", inner("Extent", Extent(e))) }

// Extent says how many articles of how many outlets, and from when: a part of a
// sentence.
func Extent(e corpus.Extent) Message {
	if e.Articles == 0 {
		return with("extent.none")
	}
	return with("extent.some", inner("Articles", Articles(e.Articles)), inner("Outlets", counted("extent.of_outlets", e.Outlets)),
		span("Span", e.From, e.To))
}

// Articles counts articles: "1 article".
func Articles(n int) Message { return counted("count.articles", n) }

// Nearest stands above the articles that come nearest to a question.
func Nearest() Message { return with("answer.nearest") }

// Premise says that no article says what a question takes for granted; clause is
// in the question's words.
func Premise(clause string) Message { return with("answer.premise", strange("Clause", clause)) }

// Restated is the small print with the whole question that was answered.
func Restated(question string) Message { return with("answer.restated", strange("Question", question)) }

// Unanswered names a part of a question that the articles do not answer.
func Unanswered(part string) Message { return with("answer.unanswered", strange("Part", part)) }

// HomePage is the text of a link to an outlet where its article has none.
func HomePage() Message { return with("answer.home_page") }

// AlsoIn names outlets that report the same as the source above.
func AlsoIn(outlets []string) Message { return with("answer.also_in", names("Outlets", outlets)) }

// Quotes stands above the quotes of an answer.
func Quotes() Message { return with("answer.quotes") }

// Compared stands above what each outlet says.
func Compared() Message { return with("answer.compared") }

// CompareNeedsQuestion answers /compare without a question.
func CompareNeedsQuestion() Message { return with("answer.compare_needs_question") }

// OnlyOne says that nobody but that outlet reports it.
func OnlyOne(outlet string) Message { return with("answer.only_one", strange("Outlet", outlet)) }

// NoteFailed is the note that the built-in generator wrote, as the model server
// did not answer.
func NoteFailed() Message { return with("note.failed") }

// NoteCut is that note where the model server broke off.
func NoteCut() Message { return with("note.cut") }

// NoteUnchecked is that note where nothing of the model's passed the check.
func NoteUnchecked() Message { return with("note.unchecked") }

// NoteDigest is that note under a summary.
func NoteDigest() Message { return with("note.digest") }

// NoteMissing is the note that a part of the search did not answer.
func NoteMissing() Message { return with("note.missing") }

// NoteWidened is the note that nothing was found for what the question named,
// and the nearest articles are from beyond it.
func NoteWidened(given []string) Message { return with("note.widened", names("Given", given)) }

// NoteWidenedOf is NoteWidened for a question to these outlets.
func NoteWidenedOf(outlets, given []string) Message {
	return with("note.widened_of", names("Outlets", outlets), names("Given", given))
}

// NoteSilent is the note that these outlets have nothing on the question.
func NoteSilent(outlets []string) Message { return with("note.silent", names("Outlets", outlets)) }

// NoteSides is the note that of the outlets only the first n were compared.
func NoteSides(n int) Message { return counted("note.sides", n) }

// NoteCopies is the note that these outlets have the same text and are not
// counted.
func NoteCopies(outlets []string) Message { return with("note.copies", names("Outlets", outlets)) }

// NoteClosest is the note under an answer that no article says what the question
// takes for granted, a clause in its words.
func NoteClosest(clause string) Message { return with("note.closest", strange("Clause", clause)) }

// NoteTranslated is the note that the model translated the sentences.
func NoteTranslated() Message { return with("note.translated") }

// NoteOriginal is the note that one of them stands in the original, as its
// translation could not be checked.
func NoteOriginal() Message { return with("note.original") }

// NoteRead is the note which days words of a question were read as, and that
// only those were searched; to is the last day.
func NoteRead(words string, from, to time.Time) Message {
	return with("note.read", strange("Words", words), span("Span", from, to))
}

// NoteReadSince is NoteRead for words that mean a day and all after it.
func NoteReadSince(words string, from time.Time) Message {
	return with("note.read_since", strange("Words", words), day("Day", from))
}

// NoteWithin is the note that only these days were searched; to is the last.
func NoteWithin(from, to time.Time) Message { return with("note.within", span("Span", from, to)) }

// NoteSince is the note that only that day and those after it were searched.
func NoteSince(from time.Time) Message { return with("note.since", day("Day", from)) }

// NoteBefore is the note that only the days before that one were searched.
func NoteBefore(to time.Time) Message { return with("note.before", day("Day", to)) }

// NoteAsOf is the note that only what was published by a day was read.
func NoteAsOf(at time.Time) Message { return with("note.as_of", day("Day", at)) }

// NoteNoEvent is the note that nothing tells when an event was that the question
// takes for a bound of time.
func NoteNoEvent(event string) Message { return with("note.no_event", strange("Event", event)) }

// NoteBeforeEvent is the note that only what was published before the first
// report of an event was searched.
func NoteBeforeEvent(event, outlet string, first time.Time) Message {
	return with("note.before_event", strange("Event", event), strange("Outlet", outlet), day("Day", first))
}

// NoteAfterEvent is the note that only what was published from the first report
// of an event on was searched.
func NoteAfterEvent(event, outlet string, first time.Time) Message {
	return with("note.after_event", strange("Event", event), strange("Outlet", outlet), day("Day", first))
}

// NoteLanguage is the note that a question in this language about articles in
// others needs a model server, and there is none.
func NoteLanguage() Message { return with("note.language") }

// NoteOutlets is the note that the chat's settings leave outlets out.
func NoteOutlets() Message { return with("note.outlets") }

// Lists.

// DigestTitle stands above a summary of the news; to is its last day.
func DigestTitle(from, to time.Time) Message { return with("digest.title", span("Span", from, to)) }

// DigestEmpty is a summary of a time without articles.
func DigestEmpty() Message { return with("digest.empty") }

// Latest stands above the newest articles.
func Latest() Message { return with("latest.title") }

// LatestOf stands above the newest articles of an outlet.
func LatestOf(outlet string) Message { return with("latest.of", strange("Outlet", outlet)) }

// LatestAbout stands above the newest articles about something.
func LatestAbout(topic string) Message { return with("latest.about", strange("Topic", topic)) }

// LatestNothing says that there are no articles of or about that.
func LatestNothing(what string) Message { return with("latest.nothing", strange("What", what)) }

// NothingStored says that there are no articles at all.
func NothingStored() Message { return with("sources.none") }

// Sources stands above the list of so many outlets.
func Sources(outlets int) Message { return counted("sources.title", outlets) }

// MoreSources ends the list of outlets.
func MoreSources(outlets int) Message { return counted("sources.more", outlets) }
