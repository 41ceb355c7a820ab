package eval

import (
	"slices"

	"newsdesk/bot"
)

// Verdict is what became of the sentence of a case.
type Verdict struct {
	// Case counts from 1, in the order of the file.
	Case     int    `json:"case"`
	Label    Label  `json:"label"`
	Kind     string `json:"kind"`
	Sentence string `json:"sentence"`
	// Kept says that a reader gets to see the whole sentence.
	Kept bool `json:"kept"`
	// Right says that this is what the label asks for.
	Right bool `json:"right"`
	// Judge is what a second reader said of a sentence that was kept; empty when
	// it was not asked, or said neither.
	Judge Word `json:"judge,omitempty"`
	// Reason and Detail are the first of bot.Dropped, empty when kept.
	Reason string `json:"reason,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Word is what a second reader says: whether the passages hold all of a sentence.
type Word string

// The words of a second reader.
const (
	Yes Word = "yes"
	No  Word = "no"
)

// Judged returns the verdict with the second reader's word: it can drop what was
// kept, and never keeps what was dropped.
func (v Verdict) Judged() Verdict {
	if v.Kept && v.Judge == No {
		v.Kept, v.Reason, v.Right = false, "judge", v.Label == Unsupported
	}
	return v
}

// Decide makes the verdict on the n-th case, from 1, of what the check kept of
// its sentence and what it dropped. A sentence that was read as several is kept
// when all of them were, and at least one.
func Decide(n int, c Case, kept []bot.Sentence, dropped []bot.Dropped) Verdict {
	v := Verdict{Case: n, Label: c.Label, Kind: c.Kind, Sentence: c.Sentence, Kept: len(kept) > 0 && len(dropped) == 0}
	v.Right = v.Kept == (c.Label == Supported)
	if len(dropped) > 0 {
		v.Reason, v.Detail = dropped[0].Reason, dropped[0].Detail
	}
	return v
}

// Citations are what the verdicts on labelled sentences come to: the JSON that
// is printed.
type Citations struct {
	Recalls
	// Cases are in the order of the file.
	Cases []Verdict `json:"cases"`
	// WithJudge are the figures with a second reader's word; nil without one.
	WithJudge *Recalls `json:"with_judge,omitempty"`
	Notes     []string `json:"notes,omitempty"`
}

// Recalls are how well supported and unsupported sentences were told apart.
// Shares are from 0 to 1; those of nothing are 0.
type Recalls struct {
	N int `json:"n"`
	// Balanced is the mean of the two recalls.
	Balanced          float64 `json:"balanced_accuracy"`
	RecallSupported   float64 `json:"recall_supported"`
	RecallUnsupported float64 `json:"recall_unsupported"`
	// ByKind has an entry for each kind that occurs.
	ByKind map[string]OfKind `json:"by_kind"`
}

// OfKind are the verdicts on one kind of sentence.
type OfKind struct {
	N int `json:"n"`
	// Supported counts those of N that are labelled so.
	Supported int `json:"supported"`
	Right     int `json:"right"`
	// Recall is Right divided by N: of supported sentences the share kept, of
	// unsupported ones the share dropped.
	Recall float64 `json:"recall"`
}

// ScoreCitations scores the verdicts on a set of cases. Notes say which recall is
// one of nothing.
func ScoreCitations(verdicts []Verdict) Citations {
	out := Citations{Recalls: RecallsOf(verdicts), Cases: verdicts}
	for _, label := range []Label{Supported, Unsupported} {
		if !slices.ContainsFunc(verdicts, func(v Verdict) bool { return v.Label == label }) {
			out.Notes = append(out.Notes, "no sentence in it is "+string(label)+": its recall and the balanced accuracy say nothing")
		}
	}
	return out
}

// RecallsOf counts the verdicts as they stand.
func RecallsOf(verdicts []Verdict) Recalls {
	all := map[Label]*OfKind{Supported: {}, Unsupported: {}}
	kinds := map[string]*OfKind{}
	for _, v := range verdicts {
		if kinds[v.Kind] == nil {
			kinds[v.Kind] = &OfKind{}
		}
		all[v.Label].add(v)
		kinds[v.Kind].add(v)
	}
	out := Recalls{N: len(verdicts), RecallSupported: all[Supported].recall(), RecallUnsupported: all[Unsupported].recall(), ByKind: map[string]OfKind{}}
	out.Balanced = (out.RecallSupported + out.RecallUnsupported) / 2
	for name, of := range kinds {
		of.Recall = of.recall()
		out.ByKind[name] = *of
	}
	return out
}

func (k *OfKind) add(v Verdict) {
	k.N++
	if v.Label == Supported {
		k.Supported++
	}
	if v.Right {
		k.Right++
	}
}

func (k *OfKind) recall() float64 { return float64(k.Right) / float64(max(k.N, 1)) }
