package eval

import "newsdesk/corpus/multihop"

// Measures are means over questions, each from 0 to 1; see the package comment.
type Measures struct {
	Hits1    float64 `json:"hits@1"`
	Hits4    float64 `json:"hits@4"`
	Hits10   float64 `json:"hits@10"`
	MRR      float64 `json:"mrr@10"`
	MAP      float64 `json:"map@10"`
	Evidence float64 `json:"evidence@10"`
}

// Scores are what a set of questions comes to.
type Scores struct {
	// N is the number of questions that something answers; the others count for
	// nothing. The Measures of none are 0.
	N   int
	All Measures
	// ByType has an entry for each type that occurs, and CountByType the number
	// of its questions.
	ByType      map[string]Measures
	CountByType map[string]int
	// First counts the questions by the rank of the first relevant passage; at 0
	// are those that have none.
	First [Depth + 1]int
}

// Score scores what was asked.
func Score(asked []Asked) Scores {
	s := Scores{ByType: map[string]Measures{}, CountByType: map[string]int{}}
	for _, a := range asked {
		if !answerable(a.Question) {
			continue
		}
		m, first := score(a)
		s.N++
		s.First[first]++
		s.All = s.All.plus(m)
		s.CountByType[a.Question.Type]++
		s.ByType[a.Question.Type] = s.ByType[a.Question.Type].plus(m)
	}
	s.All = s.All.over(s.N)
	for kind, sum := range s.ByType {
		s.ByType[kind] = sum.over(s.CountByType[kind])
	}
	return s
}

// score returns the measures of one question, and the rank of the first relevant
// passage, 0 for none.
func score(a Asked) (Measures, int) {
	facts := factsOf(a.Question)
	found := map[string]bool{}
	var m Measures
	first := 0
	for i, p := range a.Passages[:min(len(a.Passages), Depth)] {
		held := heldIn(squeezed(p.Text), facts)
		if len(held) == 0 {
			continue
		}
		rank := i + 1
		if first == 0 {
			first = rank
		}
		m.MAP += float64(countNew(held, found)) / float64(rank)
	}
	if len(facts) > 0 {
		m.MAP /= float64(min(len(facts), Depth))
	}
	if first > 0 {
		m.MRR = 1 / float64(first)
		m.Hits1, m.Hits4, m.Hits10 = within(first, 1), within(first, 4), within(first, Depth)
	}
	m.Evidence = evidence(a)
	return m, first
}

func within(rank, k int) float64 {
	if rank <= k {
		return 1
	}
	return 0
}

// countNew counts the facts that had not been found, and notes them.
func countNew(held []string, found map[string]bool) int {
	n := 0
	for _, fact := range held {
		if !found[fact] {
			found[fact] = true
			n++
		}
	}
	return n
}

// evidence is the share of the gold articles that have a passage.
func evidence(a Asked) float64 {
	gold := articlesOf(a.Question)
	if len(gold) == 0 {
		return 0
	}
	n := 0
	for _, g := range gold {
		for _, p := range a.Passages[:min(len(a.Passages), Depth)] {
			if g.is(p) {
				n++
				break
			}
		}
	}
	return float64(n) / float64(len(gold))
}

// factsOf returns the gold facts as they are compared, repeated ones too.
func factsOf(q multihop.Question) []string {
	facts := make([]string, 0, len(q.Evidence))
	for _, e := range q.Evidence {
		facts = append(facts, squeezed(e.Fact))
	}
	return facts
}

func (m Measures) plus(o Measures) Measures {
	return Measures{
		Hits1: m.Hits1 + o.Hits1, Hits4: m.Hits4 + o.Hits4, Hits10: m.Hits10 + o.Hits10,
		MRR: m.MRR + o.MRR, MAP: m.MAP + o.MAP, Evidence: m.Evidence + o.Evidence,
	}
}

func (m Measures) over(n int) Measures {
	if n == 0 {
		return Measures{}
	}
	by := float64(n)
	return Measures{
		Hits1: m.Hits1 / by, Hits4: m.Hits4 / by, Hits10: m.Hits10 / by,
		MRR: m.MRR / by, MAP: m.MAP / by, Evidence: m.Evidence / by,
	}
}
