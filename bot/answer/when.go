package answer

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/kind"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// whenNotes says as which days the question's words for time were read, and what
// was searched for that. Its times are in the asker's zone.
func whenNotes(t task, now time.Time) []bot.Note {
	n, ok := whenNote(t, now)
	if !ok {
		return nil
	}
	n.From, n.To = within(n.From, now), within(n.To, now)
	return []bot.Note{n}
}

func whenNote(t task, now time.Time) (bot.Note, bool) {
	q := t.query
	switch {
	case !q.AsOf.IsZero():
		return bot.Note{Kind: bot.NoteAsOf, To: q.AsOf}, true
	case q.From.IsZero() && q.To.IsZero() || t.bound:
		return bot.Note{}, false
	}
	p, ok := phraseOf(t.asked, q, now)
	if !ok || q.From.IsZero() {
		return bot.Note{Kind: bot.NoteWithin, From: q.From, To: lastOf(q.To)}, true
	}
	read := bot.Note{Kind: bot.NoteRead, Words: upper(p.words), From: p.from, To: lastOf(p.to)}
	switch {
	case t.dayAfter:
		read.Kind = bot.NoteReadAfter
	case q.To.IsZero():
		read.Kind, read.From, read.To = bot.NoteReadSince, q.From, time.Time{}
	}
	return read, true
}

// within is the time in the asker's zone; zero stays zero.
func within(t, now time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(now.Location())
}

func day(t time.Time) string { return t.Format("2 January 2006") }

// phrase is what a question says of time, and the days that it means.
type phrase struct {
	words string
	// the stretch, to exclusive.
	from, to time.Time
	// start and end are the bytes of it in the question, the word that bounds it
	// included: "before 10 March". Without that word it begins at date.
	start, date, end int
	// relative says that it is counted from the day of the question, precise that it
	// is a day.
	relative, precise bool
}

// phraseOf returns the words of a question that name the days of the query; false
// where they are not found.
func phraseOf(question string, q retrieval.Query, now time.Time) (phrase, bool) {
	l := text.For(text.Detect(question))
	for _, d := range l.LooseDates(question) {
		from, to, ok := d.Resolve(now)
		if !ok || !touches(from, to, q) {
			continue
		}
		return phrase{
			words: d.In(question), from: from, to: to, relative: d.Relative != "", precise: d.Day != 0,
			start: boundBefore(question, d.Start), date: d.Start, end: d.End,
		}, true
	}
	if at := pastDays.FindStringIndex(question); at != nil && q.To.IsZero() {
		start := boundBefore(question, at[0])
		return phrase{words: strings.TrimSpace(question[start:at[1]]), from: q.From, to: now, relative: true, start: start, date: at[0], end: at[1]}, true
	}
	return phrase{}, false
}

// pastDays are stretches up to now that are no date of the calendar.
var pastDays = regexp.MustCompile(`(?i)\b(?:(?:past|last|previous) (?:few |couple of )?(?:\w+ )?(?:hours?|days?|weeks?|months?)|(?:letzten|vergangenen) (?:\w+ )?(?:stunden|tagen?|wochen|monaten?))\b`)

// touches reports whether the stretch lies within the query's days or beside
// them, as the day of "before 10 March" does.
func touches(from, to time.Time, q retrieval.Query) bool {
	const beside = 24 * time.Hour // zones make a day longer
	return (q.To.IsZero() || !from.After(q.To.Add(beside))) && (q.From.IsZero() || !to.Before(q.From.Add(-beside))) &&
		(q.AsOf.IsZero() || !from.After(q.AsOf.Add(beside)))
}

// bounds are words before a date that belong to it.
var bounds = regexp.MustCompile(`(?i)(?:^|\s)(?:as of|stand|(?:in|on|at|before|after|since|until|till|by|from|during|within|over|am|vom|seit|vor|nach|bis|im|in|ab)(?: the| dem| den| der| zum)?)\s+$`)

// boundBefore returns where the words of bounds begin that end at byte i; i for
// none.
func boundBefore(question string, i int) int {
	if at := bounds.FindStringIndex(question[:i]); at != nil {
		return at[0]
	}
	return i
}

// timeless returns the question without the words for time that became filters,
// so that they are not looked for in sentences: "what did SNN say about the dam
// [before 10 March]".
func timeless(question string, q retrieval.Query, now time.Time) string {
	if q.From.IsZero() && q.To.IsZero() && q.AsOf.IsZero() {
		return question
	}
	p, ok := phraseOf(question, q, now)
	if !ok || !p.relative && (!p.precise || p.start == p.date) {
		return question // within a phrase, "its 3 June story", or a month that sentences may name
	}
	rest := strings.Fields(question[:p.start] + " " + strings.TrimLeft(question[p.end:], ",: "))
	out := strings.ReplaceAll(strings.Join(rest, " "), " ?", "?")
	if len(rest) < fewestLeft {
		return question
	}
	return upper(out)
}

// fewestLeft is the number of words that a question keeps without its words for
// time.
const fewestLeft = 3

func upper(s string) string {
	for i, c := range s {
		return strings.ToUpper(string(c)) + s[i+len(string(c)):]
	}
	return s
}

// endNews gives a question for the news of days that are over an end: what came
// later is the news of other days. What happened in the evening is told on the day
// after.
func endNews(t *task, now time.Time) {
	if !t.reading.News || t.query.From.IsZero() || !t.query.To.IsZero() {
		return
	}
	if p, ok := phraseOf(t.asked, t.query, now); ok && p.to.Before(now) {
		t.query.To, t.dayAfter = p.to.AddDate(0, 0, 1), true
	}
}

// boundByDate bounds a question for reports by a day that it names at its end,
// where scope leaves open what the day is of: "what did SNN write about the flood
// before 10 March" may mean the flood, but what was written later is hardly
// wanted, and "what was known about the flood on 10 March" asks what was known
// then.
func boundByDate(t *task, now time.Time) {
	q := &t.query
	if !q.From.IsZero() || !q.To.IsZero() || !q.AsOf.IsZero() || !t.reading.Reports {
		return
	}
	question := strings.TrimRight(t.asked, "?.! ")
	dates := text.For(text.Detect(question)).LooseDates(question)
	if len(dates) == 0 {
		return
	}
	last := dates[len(dates)-1]
	from, to, ok := last.Resolve(now)
	if !ok || last.End != len(question) || last.Day == 0 && last.Relative == "" {
		return
	}
	switch words := strings.Fields(strings.ToLower(question[boundBefore(question, last.Start):last.Start])); {
	case len(words) == 0:
		return
	case words[0] == "before" || words[0] == "vor":
		q.To = from
	case words[0] == "after" || words[0] == "nach":
		q.From = to
	case words[0] == "since" || words[0] == "seit":
		q.From = from
	case t.reading.Known && !to.After(now):
		q.AsOf = to.Add(-time.Nanosecond)
	}
	t.text = timeless(t.asked, *q, now)
	t.reading = kind.Read(t.text, *q)
}

// boundByEvents bounds a question for what was reported before or after an event
// by the day on which the event was first reported, and says so.
func (w *work) boundByEvents(ctx context.Context, t *task) ([]bot.Note, error) {
	event, bound := t.reading.Before, "before"
	if event == "" {
		event, bound = t.reading.After, "after"
	}
	if event == "" || !t.query.From.IsZero() || !t.query.To.IsZero() {
		return nil, nil
	}
	query := t.query
	query.Text, query.Outlets = event, nil
	result, err := w.search(ctx, query)
	if err != nil {
		return nil, err
	}
	first, ok := firstReport(event, result.Hits)
	if !ok {
		return []bot.Note{{Kind: bot.NoteNoEvent, Words: event}}, nil
	}
	y, m, d := first.Published.In(w.asked.Now.Location()).Date()
	start := time.Date(y, m, d, 0, 0, 0, 0, w.asked.Now.Location())
	note := bot.Note{Kind: bot.NoteBeforeEvent, Words: event, Outlets: []string{first.Outlet}, From: start}
	if bound == "before" {
		t.query.To = start
	} else {
		t.query.From, note.Kind = start, bot.NoteAfterEvent
	}
	t.bound = true
	t.text = strings.Replace(t.text, " "+bound+" "+event, "", 1)
	return []bot.Note{note}, nil
}

// firstReport returns the earliest passage among the hits whose article names the
// event with all its words; as nouns, for "she voted" is no vote.
func firstReport(event string, hits []retrieval.Hit) (retrieval.Passage, bool) {
	l := text.For(text.Detect(event))
	var first retrieval.Passage
	found := false
	for _, article := range groups(hits, articleOf) {
		held := map[string]bool{}
		for _, h := range article {
			for _, word := range l.Words(h.Passage.Title + ". " + h.Passage.Text) {
				held[strings.TrimSuffix(word.Norm, "s")] = true
			}
		}
		missing := slices.ContainsFunc(l.Words(event), func(word text.Word) bool {
			return !l.IsStop(word.Norm) && !held[strings.TrimSuffix(word.Norm, "s")]
		})
		if p := article[0].Passage; !missing && (!found || p.Published.Before(first.Published)) {
			first, found = p, true
		}
	}
	return first, found
}
