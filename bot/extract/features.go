package extract

// What is seen of a sentence as an answer, each 0 to 1 unless it says otherwise.
const (
	// own, near and wide are the shares of the question's weight that is found in
	// the sentence, in it or its neighbours, and anywhere at hand of its article
	// (the neighbours and the article each as far as they add).
	own = iota
	near
	wide
	// names is the share of the question's names that is found near, plain that of
	// its other words.
	names
	plain
	// meaning is the cosine of question and sentence with its title.
	meaning
	// unfit is 1 where no item of the sentence can be the answer.
	unfit
	// window is the share of the weight that is found close to the best item.
	window
	// unfocused is how little of what is asked for is named close to that item,
	// unspoken how little the one who is asked about is heard to speak.
	unfocused
	unspoken
	// gap is the share of the weight that the weightiest term has which is not
	// found near: great where a short question's one verb is missing. plainGap is
	// the same among the words that are in no name.
	gap
	plainGap
	// offTopic is how little of what somebody is asked to have said something
	// about, or an outlet to have reported on, stands close to the speech.
	offTopic
	// quoted is 1 where the question asks what was said and somebody is quoted.
	quoted
	// ranked falls with the place of the passage, 1 for the first.
	ranked
	// dated is how near the day of publication is to the last date of the
	// question; early is 1 where it lies before that date.
	dated
	early
	// fresh is the share of the sentence's words that the question does not hold.
	fresh
	// echo is how much of what is new in the sentence other articles say as well,
	// in sentences that hold much of the question too.
	echo
	// lead is 1 for the beginning of an article and falls from there.
	lead
	// brief and lengthy are 1 for very short and for very long sentences.
	brief
	lengthy
	// leans is 1 where the sentence needs the one before it.
	leans
	// asks is 1 for a sentence that is a question itself, scrap for what is hardly
	// a sentence: a caption, a headline, a link to something else.
	asks
	scrap
	// short is how far the sentence falls short of the number of things that are
	// asked for.
	short
	known
)

// features are what is seen of a sentence.
type features [known]float64

// weights are what each feature counts when sentences are put in order.
var weights = features{
	own: 0.48, near: 1.52, wide: 5.02, names: 0.93, plain: 4.40, meaning: 1.39, unfit: -1.98, window: 5.41,
	unfocused: -0.58, unspoken: -1.23, gap: 2.06, plainGap: 0.94, offTopic: -0.70, quoted: -0.04, ranked: 1.75,
	dated: 2.14, early: 0.34, fresh: -1.51, echo: -2.79, lead: -0.85, brief: -2.53, lengthy: 0.39, leans: 0.83,
	asks: -2.92, scrap: -1.64, short: -5.90,
}

// trust is what each feature of the best sentence counts when it is decided whether
// anything is said; what is not there counts nothing. trustBase is added always,
// trustCompared for a question that sets accounts side by side, and the sum has to
// reach 0.
var (
	trust = features{
		own: -0.06, near: 0.68, wide: 1.54, names: 0.64, plain: 0.45, unfit: -1.85, window: 1.85, unfocused: -0.85,
		unspoken: -1.05, gap: -2.56, plainGap: -1.01, offTopic: -1.12, quoted: 0.50, echo: -0.25, scrap: -3.52, short: -2.80,
	}
	trustBase     = -1.55
	trustCompared = 1.32
)

// weighed returns the sum of the features, weighed.
func (f *features) weighed(by *features) float64 {
	var sum float64
	for i, v := range f {
		sum += by[i] * v
	}
	return sum
}
