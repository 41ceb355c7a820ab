package locale

import "time"

// What stands under answers in small print: a function for each bot.NoteKind.
// Times are those of a bot.Note; the last day of a stretch belongs to it.

// NoteFailed is the note that the built-in generator wrote, as the model server
// did not answer.
func NoteFailed() Message { return with("note.failed") }

// NoteCut is that note where the model server broke off.
func NoteCut() Message { return with("note.cut") }

// NoteUnchecked is that note where nothing of the model's passed the check.
func NoteUnchecked() Message { return with("note.unchecked") }

// NoteDigest is that note under a summary.
func NoteDigest() Message { return with("note.digest") }

// NoteTranslated is the note that the model translated the sentences.
func NoteTranslated() Message { return with("note.translated") }

// NoteOriginal is the note that one of them stands in the original, as its
// translation could not be checked.
func NoteOriginal() Message { return with("note.original") }

// NoteLanguage is the note that a question in another language than the articles
// needs a model server, and there is none; wanted is the tag of the language in
// which it can be asked.
func NoteLanguage(wanted string) Message {
	return with("note.language", inner("Language", inLanguage(wanted)))
}

// NoteUnrestated is the note that the model server did not restate such a question.
func NoteUnrestated(wanted string) Message {
	return with("note.unrestated", inner("Language", inLanguage(wanted)))
}

// inLanguage is "in English", the languages being those that bot/answer tells
// apart; any other is "in the language of the articles".
func inLanguage(tag string) Message {
	switch tag {
	case "en":
		return with("in_language.en")
	case "de":
		return with("in_language.de")
	case "es":
		return with("in_language.es")
	case "ru":
		return with("in_language.ru")
	case "fa":
		return with("in_language.fa")
	case "ar":
		return with("in_language.ar")
	case "zh":
		return with("in_language.zh")
	}
	return with("in_language.theirs")
}

// NoteMissing is the note that a part of the search did not answer.
func NoteMissing() Message { return with("note.missing") }

// NoteWidened is the note that nothing was found of the outlets and of the time that
// the question named, and the nearest articles are from beyond it. No outlets and a
// zero time are not named; one of them is.
func NoteWidened(outlets []string, from, to time.Time) Message {
	return with("note.widened", all("Given", given(outlets, from, to)))
}

// NoteWidenedOf is the note that nothing of the outlets is of that time, and the
// nearest articles are theirs, of other days.
func NoteWidenedOf(outlets []string, from, to time.Time) Message {
	return with("note.widened_of", names("Outlets", outlets), all("Given", given(nil, from, to)))
}

// given names what a question was limited to, each a part of a sentence.
func given(outlets []string, from, to time.Time) []Message {
	var out []Message
	switch {
	case from.IsZero() && to.IsZero():
	case to.IsZero():
		out = append(out, with("given.since", day("Day", from)))
	case from.IsZero():
		out = append(out, with("given.until", day("Day", to)))
	default:
		out = append(out, with("given.days", span("Span", from, to)))
	}
	switch len(outlets) {
	case 0:
	case 1:
		out = append(out, with("given.outlet", strange("Outlet", outlets[0])))
	default:
		out = append(out, with("given.outlets", names("Outlets", outlets)))
	}
	return out
}

// NoteOutlets is the note that the chat's settings leave outlets out.
func NoteOutlets() Message { return with("note.outlets") }

// NoteRead is the note which days words of a question were read as, and that only
// those were searched.
func NoteRead(words string, from, to time.Time) Message {
	return with("note.read", strange("Words", words), span("Span", from, to))
}

// NoteReadAfter is NoteRead where the day after them was searched as well.
func NoteReadAfter(words string, from, to time.Time) Message {
	return with("note.read_after", strange("Words", words), span("Span", from, to))
}

// NoteReadSince is NoteRead for words that mean a day and all after it.
func NoteReadSince(words string, from time.Time) Message {
	return with("note.read_since", strange("Words", words), day("Day", from))
}

// NoteWithin is the note that only these days were searched.
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

// NoteSilent is the note that these outlets have nothing on the question.
func NoteSilent(outlets []string) Message {
	if len(outlets) == 1 {
		return with("note.silent", strange("Outlet", outlets[0]))
	}
	return with("note.all_silent", names("Outlets", outlets))
}

// NoteSides is the note that of the outlets only the first n were compared.
func NoteSides(n int) Message { return counted("note.sides", n) }

// NoteCopies is the note that these outlets have the same text and are not
// counted.
func NoteCopies(outlets []string) Message { return with("note.copies", names("Outlets", outlets)) }

// NoteCounted is the note that outlets that say a claim in quite other words were
// not counted.
func NoteCounted() Message { return with("note.counted") }

// NoteClosest is the note under an answer that no article says what the question
// takes for granted, a clause in its words.
func NoteClosest(clause string) Message { return with("note.closest", strange("Clause", clause)) }

// NoteNewest is the note that the newest of so many articles are told of.
func NoteNewest(articles int) Message { return counted("note.newest", articles) }
