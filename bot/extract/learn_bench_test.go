package extract

import "testing"

// tally counts how many of some are so.
type tally struct{ n, yes float64 }

func (t *tally) add(yes bool) {
	t.n++
	if yes {
		t.yes++
	}
}

// share is 0 of nothing.
func (t tally) share() float64 { return t.yes / max(t.n, 1) }

// figures are those of questions as they are, not of those that were remade.
type figures struct{ answered, first, refused tally }

// add asks one question.
func (f *figures) add(w *learnt, x *example) {
	said := w.sum(x) >= 0
	switch {
	case x.remade:
	case !x.answerable:
		f.refused.add(!said)
	default:
		f.answered.add(said)
		f.first.add(said && w.holds(x))
	}
}

// holds reports whether the sentence that is put first holds the answer.
func (w *learnt) holds(x *example) bool {
	best := w.first(x)
	for i, f := range x.features {
		if f == best && x.held[i] {
			return true
		}
	}
	return false
}

func (f *figures) report(b *testing.B, of string) {
	b.Logf("%s: answered %.3f of %.0f, with what is asked for in the first sentence %.3f; refused %.3f of %.0f",
		of, f.answered.share(), f.answered.n, f.first.share(), f.refused.share(), f.refused.n)
}

// served are the numbers that serve.
func served() *learnt {
	return &learnt{weights: weights, trust: trust, base: trustBase, compared: trustCompared}
}

// BenchmarkLearnOwn learns on the questions of testdata alone and says what comes
// of it, on those that were learnt from and out of fold.
func BenchmarkLearnOwn(b *testing.B) {
	examples := ownExamples(b, builtin(b))
	for b.Loop() {
		w := learn(examples)
		b.Logf("weights %.2f\ntrust %.2f base %.2f compared %.2f", w.weights, w.trust, w.base, w.compared)
		var now, in, out figures
		for _, x := range examples {
			now.add(served(), x)
			in.add(w, x)
		}
		for f := range folds {
			outOf(f, examples, &out)
		}
		now.report(b, "as served")
		in.report(b, "learnt")
		out.report(b, "out of fold")
	}
}

// outOf learns on all folds but one and asks the questions of that one.
func outOf(fold int, examples []*example, into *figures) {
	var others []*example
	for _, x := range examples {
		if x.fold != fold {
			others = append(others, x)
		}
	}
	w := learn(others)
	for _, x := range examples {
		if x.fold == fold {
			into.add(w, x)
		}
	}
}
