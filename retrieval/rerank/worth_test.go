package rerank

import (
	"slices"
	"testing"

	"newsdesk/retrieval"
	"newsdesk/retrieval/eval"
)

// BenchmarkLearn learns the weights and says what they are worth on questions that
// they were not learnt on:
//
//	go test -v -run xxx -bench Learn -benchtime 1x ./retrieval/rerank
func BenchmarkLearn(b *testing.B) {
	s := openShared(b)
	labelled, own := s.examples(b, s.evaluation(b)), s.examples(b, s.own(b))
	one, two, all := pointers(labelled), pointers(own), append(pointers(labelled), pointers(own)...)
	for b.Loop() {
		report(b, "evaluation, as they come", measure(questionsOf(one), as(one, (*example).passages)))
		report(b, "own, as they come", simple(questionsOf(two), as(two, (*example).passages)))
		hand := byHand(all)
		report(b, "evaluation, by hand", measure(questionsOf(one), as(one, hand.order)))
		report(b, "own, by hand", simple(questionsOf(two), as(two, hand.order)))
		byOwn, byLabelled := learn(two), learn(one)
		report(b, "evaluation, learnt on own", measure(questionsOf(one), as(one, byOwn.order)))
		report(b, "own, learnt on evaluation", simple(questionsOf(two), as(two, byLabelled.order)))
		reportHeld(b, "five-fold over the evaluation", one, len(one))
		reportHeld(b, "five-fold over both", all, len(one))
		w := learn(all)
		b.Logf("deviations: %.3f", deviationsOf(all, &w))
		b.Logf("all: features %.2f terms %.2f", w.weights, w.terms)
		b.Logf("own: features %.2f terms %.2f", byOwn.weights, byOwn.terms)
		b.Logf("evaluation: features %.2f terms %.2f", byLabelled.weights, byLabelled.terms)
		now := learnt{weights: weights, terms: termWeights}
		report(b, "evaluation, constants", measure(questionsOf(one), as(one, now.order)))
		report(b, "own, constants", simple(questionsOf(two), as(two, now.order)))
	}
}

// BenchmarkWithout says what each feature and each trait of a term adds: the figures
// of BenchmarkLearn's last five-fold, with one of them taken away.
//
//	go test -v -run xxx -bench Without -benchtime 1x ./retrieval/rerank
func BenchmarkWithout(b *testing.B) {
	s := openShared(b)
	labelled, own := s.examples(b, s.evaluation(b)), s.examples(b, s.own(b))
	all := append(pointers(labelled), pointers(own)...)
	for b.Loop() {
		for k, name := range []string{"place", "cosine", "dated", "figures", "quotes", "length", "share"} {
			reportHeld(b, "without "+name, without(all, func(e *example) { e.forget(k) }), len(labelled))
		}
		for k, name := range []string{"rarity", "distance", "calendar", "outlet"} {
			reportHeld(b, "without "+name, without(all, func(e *example) { e.forgetTrait(k) }), len(labelled))
		}
	}
}

// without returns the examples with something forgotten.
func without(list []*example, forget func(*example)) []*example {
	var changed []*example
	for _, e := range list {
		c := *e
		c.features, c.terms, c.near = slices.Clone(e.features), slices.Clone(e.terms), slices.Clone(e.near)
		forget(&c)
		changed = append(changed, &c)
	}
	return changed
}

func (e *example) forget(feature int) {
	for i := range e.features {
		e.features[i][feature] = 0
	}
	if feature == share {
		e.terms = nil
		e.near = make([][]float64, len(e.near))
	}
}

func (e *example) forgetTrait(trait int) {
	for i := range e.terms {
		e.terms[i].traits[trait] = 0
	}
}

// byHand is what needs no learning: every feature counts as much as its standard
// deviation, and every term by its rarity alone.
func byHand(examples []*example) learnt {
	w := learnt{terms: beginning}
	for k, d := range deviationsOf(examples, &w) {
		w.weights[k] = 1 / d
	}
	return w
}

func pointers(list []example) (all []*example) {
	for i := range list {
		all = append(all, &list[i])
	}
	return all
}

func (e *example) passages() (list []retrieval.Passage) {
	for _, hit := range e.hits {
		list = append(list, hit.Passage)
	}
	return list
}

func as(list []*example, order func(*example) []retrieval.Passage) (orders [][]retrieval.Passage) {
	for _, e := range list {
		orders = append(orders, order(e))
	}
	return orders
}

func questionsOf(list []*example) (all []asked) {
	for _, e := range list {
		all = append(all, e.asked)
	}
	return all
}

// reportHeld reports the means over several splits, of the first labelled ones and of
// the rest.
func reportHeld(b *testing.B, name string, list []*example, labelled int) {
	var first, rest eval.Measures
	for seed := range uint64(splits) {
		orders := held(list, seed)
		add(&first, measure(questionsOf(list[:labelled]), orders[:labelled]))
		add(&rest, simple(questionsOf(list[labelled:]), orders[labelled:]))
	}
	report(b, name+": evaluation", first)
	if labelled < len(list) {
		report(b, name+": own", rest)
	}
}

func add(sum *eval.Measures, m eval.Measures) {
	sum.Hits1 += m.Hits1 / splits
	sum.Hits4 += m.Hits4 / splits
	sum.Hits10 += m.Hits10 / splits
	sum.MRR += m.MRR / splits
	sum.MAP += m.MAP / splits
	sum.Evidence += m.Evidence / splits
}

func report(b *testing.B, name string, m eval.Measures) {
	b.Logf("%-40s Hits@1 %.3f Hits@4 %.3f Hits@10 %.3f MRR %.3f MAP %.3f Evidence %.3f", name, m.Hits1, m.Hits4, m.Hits10, m.MRR, m.MAP, m.Evidence)
}
