package extract

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsdesk/corpus/text"
)

// lookAtForm sees what kind of sentence it is, whatever is asked.
func (s *scorer) lookAtForm(f *features, sentence sentence) {
	n := float64(len(sentence.words))
	f[brief] = max(0, 1-n/10)
	f[lengthy] = min(1, max(0, (n-40)/20))
	f[lead] = 1 / (1 + float64(sentence.Start)/600)
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

// timely compares the day of publication with the last date of the question.
func (s *scorer) timely(sentence sentence) (near, before float64) {
	if len(s.dates) == 0 {
		return 0.5, 0
	}
	published := s.evidence.passages[sentence.passage].Published
	for _, d := range s.dates {
		days := max(0, d[0].Sub(published).Hours()/24, published.Sub(d[1]).Hours()/24)
		near = max(near, 1/(1+days/20))
	}
	last := slices.MaxFunc(s.dates, func(a, b [2]time.Time) int { return a[0].Compare(b[0]) })
	if last[0].Sub(published) > 24*time.Hour {
		before = 1
	}
	return near, before
}

// vote is what the articles say of each stem that the question does not hold:
// for each article the most of the question that a sentence with the stem holds.
func (s *scorer) vote() {
	votes := make([]float64, len(s.evidence.vocabulary))
	for a := range s.evidence.articles {
		here := map[int]float64{}
		for _, i := range s.evidence.articles[a].sentences {
			c := s.share(s.inSentence[i], s.every)
			for _, v := range s.evidence.sentences[i].stems {
				here[v] = max(here[v], c)
			}
		}
		for v, c := range here {
			votes[v] += c * c
		}
	}
	var holding = make([]float64, len(votes))
	for _, x := range s.evidence.sentences {
		for _, v := range slices.Compact(slices.Sorted(slices.Values(x.stems))) {
			holding[v]++
		}
	}
	n := float64(len(s.evidence.sentences))
	for v := range votes {
		rare := math.Log((n+1)/(holding[v]+1)) / math.Log(n+1)
		votes[v] *= max(0, rare)
	}
	s.votes = votes
}

// echo returns the mean of the three best votes of the new words.
func (s *scorer) echo(sentence sentence) float64 {
	var list []float64
	seen := map[int]bool{}
	for i, v := range sentence.stems {
		if seen[v] || s.evidence.language.IsStop(sentence.words[i].Norm) || !s.isNew(v) {
			continue
		}
		seen[v] = true
		list = append(list, s.votes[v])
	}
	slices.Sort(list)
	var sum float64
	for _, x := range list[max(0, len(list)-3):] {
		sum += x
	}
	return sum / 3
}
