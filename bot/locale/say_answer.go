package locale

import (
	"time"

	"newsdesk/bot"
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

// AlsoIn names the outlets that print the article above in the same words, with
// their links, and counts those that are not named.
func AlsoIn(outlets []bot.Span, more int) Message {
	if more == 0 {
		return with("answer.also_in", linked("Outlets", outlets))
	}
	return counted("answer.also_in_more", more, series("Outlets", outlets))
}

// CompareNeedsQuestion answers /compare without a question.
func CompareNeedsQuestion() Message { return with("answer.compare_needs_question") }

// SaysCount says which outlets report something, and how many they are.
func SaysCount(outlets []string) Message {
	return counted("answer.outlets_report", len(outlets), names("Outlets", outlets))
}

// SaysFirst says whose article is the first to report something, and of which day.
func SaysFirst(outlet string, published time.Time) Message {
	return with("answer.first_report", strange("Outlet", outlet), day("Day", published))
}

// SaysLast says so of the last.
func SaysLast(outlet string, published time.Time) Message {
	return with("answer.last_report", strange("Outlet", outlet), day("Day", published))
}

// SaysDiffer says which outlets tell which values of one thing, in the words of
// their articles: as many values as outlets.
func SaysDiffer(outlets, values []string) Message {
	return with("answer.differ", names("Sides", sided(outlets, values)))
}

// SaysLater says so of what was told one after the other and grew.
func SaysLater(outlets, values []string) Message {
	return with("answer.differ_later", names("Sides", sided(outlets, values)))
}

// SaysDenied says that an outlet says what another has as denied.
func SaysDenied(says, denies string) Message {
	return with("answer.differ_denied", strange("Outlet", says), strange("Other", denies))
}

// sided joins each outlet with its value.
func sided(outlets, values []string) []string {
	out := make([]string, 0, len(outlets))
	for i, o := range outlets[:min(len(outlets), len(values))] {
		out = append(out, o+": “"+values[i]+"”")
	}
	return out
}

// Lists.

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
