package story

import "slices"

// features are what two articles have in common and where they contradict each
// other. All are symmetric and from 0 to 1, but for the cosine of the vectors,
// which may be negative.
const (
	nameCosine = iota
	numberCosine
	leadCosine
	termCosine
	vectorCosine
	yearShared
	yearsApart
	lastYearsDiffer
	dayShared
	weekdaysApart
	featureCount
)

type features [featureCount]float64

func compare(a, b *reading) features {
	var f features
	f[nameCosine] = cosine(a.names, b.names)
	if len(a.names) == 0 || len(b.names) == 0 {
		f[nameCosine] = cosine(a.lead, b.lead) // scripts without capitals hide them
	}
	f[numberCosine] = cosine(a.numbers, b.numbers)
	f[leadCosine] = cosine(a.lead, b.lead)
	f[termCosine] = cosine(a.terms, b.terms)
	f[vectorCosine] = dot(a.vector, b.vector)
	f[yearShared], f[yearsApart] = meet(a.years, b.years)
	if len(a.years) > 0 && len(b.years) > 0 && slices.Max(a.years) != slices.Max(b.years) {
		f[lastYearsDiffer] = 1
	}
	f[dayShared], _ = meet(a.days, b.days)
	f[weekdaysApart] = number(a.weekdays != 0 && b.weekdays != 0 && a.weekdays&b.weekdays == 0)
	return f
}

// meet says whether two lists have something in common, and whether both say
// something and nothing the same.
func meet(a, b []int) (shared, apart float64) {
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	common := slices.ContainsFunc(a, func(x int) bool { return slices.Contains(b, x) })
	return number(common), number(!common)
}

func number(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// cosine is of vectors of norm 1 in the order of their keys.
func cosine(a, b []term) float64 {
	var sum float32
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].key < b[j].key:
			i++
		case a[i].key > b[j].key:
			j++
		default:
			sum += a[i].weight * b[j].weight
			i, j = i+1, j+1
		}
	}
	return float64(sum)
}

// dot is 0 where a text has no vector.
func dot(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	var sum float32
	for i := range a {
		sum += a[i] * b[i]
	}
	return float64(sum)
}

// model says from what two articles have in common how likely they report one
// event: the logarithm of the odds is bias + Σ weight·feature.
type model struct {
	bias    float64
	weights features
}

func (m *model) odds(a, b *reading) float64 {
	f := compare(a, b)
	sum := m.bias
	for i, w := range m.weights {
		sum += w * f[i]
	}
	return sum
}

// learnt was learnt from the pairs of the evaluation data (../shared/eval), as
// BenchmarkLearn does it: a logistic regression over all pairs of one topic, and those
// of two that share enough words to be compared. What it comes to on topics that it
// was not learnt from is in the package comment.
var learnt = model{
	bias: -5.538,
	weights: features{
		nameCosine:      11.798,
		numberCosine:    5.357,
		leadCosine:      3.532,
		termCosine:      -1.894,
		vectorCosine:    0.968,
		yearShared:      1.945,
		yearsApart:      1.423,
		lastYearsDiffer: -2.511,
		dayShared:       2.904,
		weekdaysApart:   -0.901,
	},
}
