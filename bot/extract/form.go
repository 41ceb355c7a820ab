package extract

import (
	"strings"
	"time"
	"unicode"

	"newsdesk/corpus/text"
)

// lookAtForm sees what kind of sentence it is, whatever is asked.
func (s *scorer) lookAtForm(f *features, sentence sentence) {
	n := float64(len(sentence.words))
	f[brief] = max(0, 1-n/10)
	if leansBack(sentence) {
		f[leans] = 1
	}
	if strings.HasSuffix(strings.TrimRight(sentence.text, "\"”’ "), "?") {
		f[asks] = 1
	}
	if isScrap(sentence) {
		f[scrap] = 1
	}
	f[fresh] = s.fresh(sentence)
}

// isScrap reports whether the sentence is a caption, a headline, a line of a
// list, a link or a message of a web page rather than a sentence of the article:
// it ends without a mark, has the address of a page in it, or opens with a label.
func isScrap(sentence sentence) bool {
	s := sentence.text
	if strings.Contains(s, "://") || strings.Contains(s, "pic.twitter.com") || strings.Contains(s, "www.") {
		return true
	}
	end := strings.TrimRight(s, "\"'”’»)] ")
	if !strings.HasSuffix(end, ".") && !strings.HasSuffix(end, "!") && !strings.HasSuffix(end, "?") && !strings.HasSuffix(end, "…") {
		return true
	}
	if label, _, ok := strings.Cut(s, ":"); ok && len(sentence.words) > 0 && isLabel(label) {
		return true
	}
	return isTitled(sentence) || strings.Contains(s, " | ") || humps(s) > 1
}

// humps counts the capitals inside of words ("SchiffGraham"), which are many where
// the text of a page runs into that of its links.
func humps(s string) int {
	n := 0
	var before rune
	for _, c := range s {
		if unicode.IsUpper(c) && unicode.IsLower(before) {
			n++
		}
		before = c
	}
	return n
}

// isLabel reports whether s is what web pages put before something else: a word
// or two, all in capitals or one of those that point elsewhere.
func isLabel(s string) bool {
	return strings.Count(s, " ") < 3 && (labels[strings.ToLower(s)] || len(s) > 3 && strings.ToUpper(s) == s && s != "UPDATE")
}

// isTitled reports whether most of the words begin with capitals, as those of a
// headline do; a sentence of names has verbs.
func isTitled(s sentence) bool {
	var upper, all float64
	for _, w := range s.words {
		if len(w.Norm) > 3 {
			all++
			if startsUpper(s.text[w.Start:]) {
				upper++
			}
		}
	}
	return all >= 6 && upper > 0.75*all
}

// fresh returns the share of the sentence's content words that stand for no word
// of the question.
func (s *scorer) fresh(sentence sentence) float64 {
	var n, all float64
	for i, w := range sentence.words {
		if s.evidence.language.IsStop(w.Norm) {
			continue
		}
		all++
		if s.isNew(sentence.stems[i]) {
			n++
		}
	}
	return n / max(all, 6)
}

// isNew reports whether no term stands for the stem.
func (s *scorer) isNew(stem int) bool {
	for t := range s.ask.terms {
		if s.levels[t][stem] >= sameOpening {
			return false
		}
	}
	return true
}

// stretches returns the stretches of time that the question names with a year.
func stretches(dates []text.Date, now time.Time) (out [][2]time.Time) {
	for _, d := range dates {
		if d.Year == 0 {
			continue
		}
		if from, to, ok := d.Resolve(now); ok {
			out = append(out, [2]time.Time{from, to})
		}
	}
	return out
}

// fadingDays is the number of days from a date of the question after which an
// article counts half as much: those of an event come out within a week or two.
const fadingDays = 20

// timely returns how near the day of publication is to a date of the question, 1
// for within it, 0.5 where the question names none.
func (s *scorer) timely(sentence sentence) float64 {
	if len(s.dates) == 0 {
		return 0.5
	}
	published := s.evidence.passages[sentence.passage].Published
	var out float64
	for _, d := range s.dates {
		days := max(0, d[0].Sub(published).Hours()/24, published.Sub(d[1]).Hours()/24)
		out = max(out, 1/(1+days/fadingDays))
	}
	return out
}
