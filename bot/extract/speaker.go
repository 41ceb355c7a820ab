package extract

import (
	"slices"
	"strings"
)

// speaks returns how well the one who is asked about is the one who speaks: in
// the sentence itself, or in the one before when this one only says "he". Of
// somebody without a name ("the farmer") it is something that he is near.
func (s *scorer) speaks(sentence sentence, near []float64) float64 {
	if len(s.ask.speaker) == 0 {
		return 1
	}
	var out float64
	for _, verb := range s.evidence.cues(sentence, attributions) {
		out = max(out, s.speaker(s.around(sentence, verb, make([]float64, len(s.levels)), reach)))
	}
	if sentence.prev >= 0 && leansBack(sentence) {
		out = max(out, s.speaker(s.inSentence[sentence.prev])*0.9)
	}
	if !s.speakerHasName() {
		out = max(out, s.mean(s.ask.speaker, near)*0.5)
	}
	return out
}

// speakerHasName reports whether the one who is asked about is named.
func (s *scorer) speakerHasName() bool {
	return slices.ContainsFunc(s.ask.speaker, func(t int) bool { return s.ask.terms[t].name >= 0 })
}

// speaker returns how well the speaker is found: by name, letter by letter, if
// the question gives one, which what else it says of him can only confirm.
func (s *scorer) speaker(found []float64) float64 {
	all, lowest := s.mean(s.ask.speaker, found), 1.0
	if !s.speakerHasName() {
		return all
	}
	from, to := s.ask.speaker[0], s.ask.speaker[len(s.ask.speaker)-1]+1
	for i := from; i < to; {
		end := s.nameEnd(i)
		if s.ask.terms[i].name >= 0 {
			lowest = min(lowest, s.named(found, i, end))
		}
		i = end
	}
	return 0.8*lowest + 0.2*all
}

// leansBack reports whether a sentence needs the one before it to be
// understood: it opens with a pronoun, or with a quotation that such a one
// speaks, or with a word that continues.
func leansBack(s sentence) bool {
	if len(s.words) == 0 {
		return false
	}
	if leaning[s.words[0].Norm] {
		return !isImpersonal(s)
	}
	if !strings.ContainsAny(s.text[:min(3, len(s.text))], "“\"„«‘") {
		return false
	}
	last := s.words[max(0, len(s.words)-3):]
	for _, w := range last {
		if pronouns[w.Norm] {
			return true
		}
	}
	return false
}

// impersonal is the number of words behind "it is" among which the clause begins that
// the "it" stands for.
const impersonal = 5

// isImpersonal reports whether a sentence opens with an "it" that stands for what
// follows: "It is still unclear why she left".
func isImpersonal(s sentence) bool {
	if len(s.words) < 4 || s.words[0].Norm != "it" || !be[s.words[1].Norm] && !seeming[s.words[1].Norm] {
		return false
	}
	for _, w := range s.words[2:min(len(s.words), 2+impersonal)] {
		if w.Norm == "that" || w.Norm == "whether" || w.Norm == "if" || w.Norm == "to" || questionWords[w.Norm] {
			return true
		}
	}
	return false
}

// seeming are verbs that an "it" which stands for nobody goes with.
var seeming = set("remains remained seems seemed appears appeared turns turned emerged became")
