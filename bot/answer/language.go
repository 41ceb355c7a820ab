package answer

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/bot"
	"newsdesk/bot/restate"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// foreign looks whether the question is in a language that the articles are not
// in. With a model the task becomes that of the question restated in theirs; else
// the question is refused, and it reports true.
func (w *work) foreign(ctx context.Context, t *task) (refusal bot.Answer, refused bool, err error) {
	language := text.Detect(t.text)
	if language == "en" {
		return bot.Answer{}, false, nil // what Detect says of anything that it does not know
	}
	result, err := w.search(ctx, t.query)
	if err != nil {
		return bot.Answer{}, false, err
	}
	theirs := languagesOf(passagesOf(result.Hits))
	if slices.Contains(theirs, language) {
		return bot.Answer{}, false, nil
	}
	written := w.brief(ctx, "restate", w.generator, bot.Prompt{
		Task: bot.RestateTask, Question: t.text, Turns: w.asked.Turns, Today: w.asked.Now, Language: theirs[0],
	})
	if whole, ok := restate.OneQuestion(written); ok && sameFigures(t.text, language, whole, theirs[0]) {
		w.language, w.theirs = language, theirs[0]
		*t = w.read(whole)
		return bot.Answer{}, false, nil
	}
	out, err := w.ended(ctx, *t, bot.Answer{Notes: w.unread(language, theirs[0])}, result.Hits)
	return out, true, err
}

// languagesOf returns the languages of the passages, the most frequent first;
// English where there are none.
func languagesOf(passages []retrieval.Passage) []string {
	count := map[string]int{}
	var out []string
	for _, p := range passages {
		tag := languageOf(p)
		count[tag]++
		out = add(out, tag)
	}
	slices.SortStableFunc(out, func(a, b string) int { return count[b] - count[a] })
	if len(out) == 0 {
		return []string{"en"}
	}
	return out
}

// unread says why a question was not read: there is no model that could restate
// it in the language of the articles, or it did not.
func (w *work) unread(language, theirs string) []bot.Note {
	n := bot.Note{Kind: bot.NoteLanguage, Asked: language, Wanted: theirs}
	if w.fallback != nil {
		n.Kind = bot.NoteUnrestated
	}
	return []bot.Note{n}
}

// translate puts the sentences of an answer into the language of the question.
// The sentences were checked in the language of the articles; a translation is
// used only as far as code can check it, else the sentence stays as it is; one of
// the program's own is then said in the language of the interface.
func (w *work) translate(ctx context.Context, out *bot.Answer) {
	to := w.target(*out)
	if to == "" || !out.Found {
		return
	}
	from := languageOf(out.Citations[0].Passage)
	done, kept := 0, 0
	for i, s := range out.Sentences {
		written := strings.TrimSpace(w.brief(ctx, "translate", w.generator, bot.Prompt{
			Task: bot.TranslateTask, Question: s.Text, Today: w.asked.Now, Language: to,
		}))
		if !translates(s.Text, from, written, to) {
			if s.Own.IsZero() {
				kept++
			}
			continue
		}
		out.Sentences[i].Text, out.Sentences[i].Own = written, bot.Note{}
		done++
	}
	if done > 0 {
		out.Notes = append(out.Notes, bot.Note{Kind: bot.NoteTranslated})
	}
	if kept > 0 {
		out.Notes = append(out.Notes, bot.Note{Kind: bot.NoteOriginal})
	}
}

// longer is how many times as long a translation may be as its sentence, in
// runes; Chinese may be as much shorter.
const longer = 3

// translates reports whether a translation may stand for a sentence: one line
// without an address, of like length, with the same figures, dates and number of
// quotations.
func translates(sentence, from, written, to string) bool {
	a, b := utf8.RuneCountInString(sentence), utf8.RuneCountInString(written)
	if written == "" || b > longer*a || a > 2*longer*b || strings.ContainsAny(written, "\n\r<>[]") {
		return false
	}
	if strings.Contains(written, "://") || strings.Contains(strings.ToLower(written), "www.") {
		return false
	}
	return spoken(sentence, from) == spoken(written, to) && sameFigures(sentence, from, written, to)
}

// A name that is put between quotation marks, as Russian and Chinese do, has no
// more than nameWords words and nameRunes runes.
const nameWords, nameRunes = 3, 24

// spoken returns the number of quotations in a text, those that may be names left
// out.
func spoken(s, tag string) int {
	n := 0
	for _, q := range text.For(tag).Quotations(s) {
		words := q.In(s)
		if len(strings.Fields(words)) > nameWords || utf8.RuneCountInString(words) > nameRunes || strings.ContainsFunc(words, unicode.IsDigit) {
			n++
		}
	}
	return n
}

// sameFigures reports whether two texts hold the same numbers and dates, each in
// its language: months and days by their places in the year, as one may be in
// words where the other is in figures.
func sameFigures(a, from, b, to string) bool {
	return equalFigures(figures(a, from), figures(b, to))
}

// figures returns all numbers of a text: amounts, and the years, months and days
// of its dates.
func figures(s, tag string) []float64 {
	l := text.For(tag)
	var out []float64
	for _, n := range l.Numbers(s) {
		out = append(out, n.Value)
	}
	for _, d := range l.Dates(s) {
		for _, part := range []int{d.Year, d.Month, d.Day} {
			if part != 0 {
				out = append(out, float64(part))
			}
		}
	}
	slices.Sort(out)
	return out
}

func equalFigures(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) <= 1e-9*math.Abs(x) })
}
