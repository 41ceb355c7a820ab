package kind

import (
	"slices"
	"strings"

	"newsdesk/corpus/text"
)

// topic returns what reports are to be about: what stands behind "about" or "on",
// up to a comma or to another outlet's account.
func (q question) topic(outlets []string) string {
	from := q.behindVerb()
	for i := from; i < len(q.tokens)-1; i++ {
		if !q.words.about[q.norm(i)] && !(q.words.reports[q.norm(i-1)] && q.norm(i) == "of") {
			continue
		}
		end := i + 1
		for end < len(q.tokens) && !q.endsTopic(end, outlets) {
			end++
		}
		if topic := q.between(i+1, end); !q.points(i+1, end) {
			return topic
		}
	}
	return ""
}

// points reports whether the words [i, k) name nothing by themselves: "the figure",
// "it", "that day".
func (q question) points(i, k int) bool {
	l := text.For(text.Detect(q.text))
	for ; i < k; i++ {
		if w := q.norm(i); !l.IsStop(w) && !q.words.pointing[w] {
			return false
		}
	}
	return true
}

// behindVerb returns the index of the first word that may stand before a topic:
// behind a verb of reporting, a report or a word that compares; 0 without one.
func (q question) behindVerb() int {
	for i := range q.tokens {
		w := q.norm(i)
		if q.words.reports[w] {
			return i
		}
		if q.words.report[w] || q.words.comparing[w] || q.words.last[w] {
			return i + 1
		}
	}
	return 0
}

// endsTopic reports whether the topic ends before word i.
func (q question) endsTopic(i int, outlets []string) bool {
	if strings.ContainsAny(q.text[q.tokens[i-1].End:q.tokens[i].Start], ",;?:") {
		return true
	}
	w := q.norm(i)
	if q.words.comparing[w] || w == "from" && len(outlets) > 0 {
		return true
	}
	_, end := q.outletAt(i, outlets)
	return end > i && w != "the"
}

// outletAt returns the outlet whose name begins at word i, behind an article
// there, and the index behind it; i for none.
func (q question) outletAt(i int, outlets []string) (outlet string, end int) {
	from := i
	if q.words.articles[q.norm(from)] {
		from++
	}
	best := from
	for _, o := range outlets {
		for _, name := range namesOf(o) {
			if n := len(name); from+n <= len(q.tokens) && from+n > best && slices.EqualFunc(q.tokens[from:from+n], name, sameWord) {
				outlet, best = o, from+n
			}
		}
	}
	if outlet == "" {
		return "", i
	}
	return outlet, best
}

func sameWord(w text.Word, norm string) bool { return w.Norm == norm }

// namesOf returns the names of an outlet as words: without an article and without
// what a label adds, and its initials.
func namesOf(outlet string) [][]string {
	name, _, _ := strings.Cut(outlet, " (")
	name, _, _ = strings.Cut(name, " - ")
	var out []string
	initials := ""
	for _, w := range text.For("en").Words(name) {
		if len(out) > 0 || w.Norm != "the" {
			out = append(out, w.Norm)
			initials += w.Norm[:1]
		}
	}
	switch {
	case len(out) == 0:
		return nil
	case len(out) == 1:
		return [][]string{out}
	}
	return [][]string{out, {initials}, {out[len(out)-1]}}
}

// Of returns the question as it is asked of one of several outlets: with that
// outlet alone in the place of all, or for what it reports on the topic.
func (r Reading) Of(outlet string, outlets []string) string {
	q := r.question
	if alone, ok := q.alone(outlet, outlets); ok {
		return alone
	}
	switch {
	case r.Topic == "":
		return q.text
	case q.words.askers[newQuestion(r.Topic).norm(0)]:
		return strings.ToUpper(r.Topic[:1]) + r.Topic[1:] + q.words.whose + outlet + "?"
	}
	return q.words.of(outlet, r.Topic)
}

// Plainly returns a question for what one outlet has on a topic in the plainest
// words, "what does SNN report about the dam?", whatever verb of reporting it has;
// any other question as it is.
func (r Reading) Plainly(outlets []string) string {
	q := r.question
	outlet, end := q.outletAt(2, outlets)
	if outlet == "" || r.Topic == "" || !q.words.which[q.norm(0)] || !q.words.aux[q.norm(1)] || !q.words.report[q.norm(end)] || !q.words.about[q.norm(end+1)] {
		return q.text
	}
	if !strings.HasSuffix(strings.TrimRight(q.text, "?.! "), r.Topic) {
		return q.text
	}
	return q.words.of(outlet, r.Topic)
}

// Ask returns the question for what is reported on the topic or, without one,
// whether the claim is; the question itself where it has neither.
func (r Reading) Ask() string {
	switch {
	case r.Topic != "":
		return "What is reported about " + r.Topic + "?"
	case r.Claim != "":
		return "Is it true that " + r.Claim + "?"
	}
	return r.question.text
}

// alone puts one outlet in the place of an enumeration of them. It reports false
// where the outlets do not stand side by side, or where the question compares.
func (q question) alone(outlet string, outlets []string) (string, bool) {
	if q.index(q.words.comparing, 0) >= 0 {
		return "", false
	}
	from, to, n := -1, -1, 0
	for i := 0; i < len(q.tokens); i++ {
		_, end := q.outletAt(i, outlets)
		if end == i {
			continue
		}
		if from >= 0 && !q.joined(to, i) {
			return "", false
		}
		if from < 0 {
			from = i
		}
		to, n = end, n+1
		i = end - 1
	}
	if n < 2 {
		return "", false
	}
	before := q.text[:q.tokens[from].Start]
	if one, ok := q.words.singular[q.norm(from-1)]; ok {
		before = q.text[:q.tokens[from-1].Start] + one + " "
	}
	behind := q.text[q.tokens[to-1].End:]
	if q.norm(to) == "each" || q.norm(to) == "both" {
		behind = q.text[q.tokens[to].End:]
	}
	return before + outlet + behind, true
}

// joined reports whether nothing but "and" and commas stands between the words.
func (q question) joined(from, to int) bool {
	for i := from; i < to; i++ {
		if !q.words.and[q.norm(i)] {
			return false
		}
	}
	return true
}

// events returns the events that bound the time of what was reported: what stands
// behind "before" and "after" in a question for reports, up to a comma. A date
// is no event; retrieval/scope reads those.
func (q question) events() (before, after string) {
	if !q.isPassive() && !q.asksOutlets() {
		return "", ""
	}
	for i := 2; i < len(q.tokens)-1; i++ {
		w := q.norm(i)
		if !q.words.before[w] && !q.words.after[w] || !q.isEvent(i+1) {
			continue
		}
		end := i + 2
		for end < len(q.tokens) && !q.words.about[q.norm(end)] {
			end++
		}
		if q.words.before[w] {
			return q.between(i+1, end), ""
		}
		return "", q.between(i+1, end)
	}
	return "", ""
}

// asksOutlets reports whether the question is for what outlets, which it does not
// name, report: "what did the papers write".
func (q question) asksOutlets() bool {
	for i := 1; i < 5; i++ {
		if q.isMany(i) && q.words.report[q.norm(i+1)] {
			return q.words.askers[q.norm(0)]
		}
	}
	return false
}

// isMany reports whether the word at i is for several outlets.
func (q question) isMany(i int) bool {
	w := q.norm(i)
	return q.words.outlets[w] && (!q.words.plural || strings.HasSuffix(w, "s") || w == "media" || w == "press")
}

// isPassive reports whether the question is for what was reported or known.
func (q question) isPassive() bool {
	return q.words.aux[q.norm(1)] && (q.words.report[q.norm(2)] || q.words.known[q.norm(2)])
}

// longestEvent is the number of words that name an event at most.
const longestEvent = 8

// isEvent reports whether the question ends with an event that begins at i: a few
// words without a date, a verb that asks or a mark between them.
func (q question) isEvent(i int) bool {
	event := q.from(i)
	if len(q.tokens)-i > longestEvent || strings.ContainsAny(event, ",;:?") || q.index(q.words.askers, i) >= 0 || q.index(q.words.aux, i) >= 0 {
		return false
	}
	return len(text.For(text.Detect(q.text)).LooseDates(event)) == 0
}
