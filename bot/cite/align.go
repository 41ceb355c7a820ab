package cite

// pair is a token of a sentence beside the token of the passage that says the
// same.
type pair struct{ i, j int }

// stretch is a part of a sentence that runs close to a part of the passage:
// most of its words stand there in the same order.
type stretch struct {
	pairs []pair
	// content is the number of pairs of content words.
	content int
}

// Alignment is local in the passage and pays for contiguity. The costs are in
// units of token.weight (a content word is 20): skipping is cheap, so that a
// summary is aligned with what it leaves out, and a run of equal words beats the
// same words scattered.
const (
	contiguous = 8
	skipOurs   = 1
	skipTheirs = 1
)

// Steps of the way back through the matrix.
const (
	stop = iota
	match
	ours
	theirs
)

// align returns the best pairs of equal tokens, in order on both sides. Time is
// the product of the lengths, which the callers bound.
func align(a, b []token) []pair {
	n, m := len(a), len(b)
	if n == 0 || m == 0 {
		return nil
	}
	way := make([]uint8, (n+1)*(m+1))
	above, row := make([]int32, m+1), make([]int32, m+1)
	best, bi, bj := int32(0), 0, 0
	for i := 1; i <= n; i++ {
		row[0] = 0
		weight := a[i-1].weight()
		for j := 1; j <= m; j++ {
			score, step := above[j]-skipOurs, uint8(ours)
			if s := row[j-1] - skipTheirs; s > score {
				score, step = s, theirs
			}
			if a[i-1].id == b[j-1].id {
				s := above[j-1] + weight
				if i > 1 && way[(i-1)*(m+1)+j-1] == match {
					s += contiguous
				}
				if s > score {
					score, step = s, match
				}
			}
			if score <= 0 {
				score, step = 0, stop
			}
			row[j], way[i*(m+1)+j] = score, step
			if score > best {
				best, bi, bj = score, i, j
			}
		}
		above, row = row, above
	}
	return back(way, m, bi, bj)
}

// back follows the matrix from (i, j) to the beginning.
func back(way []uint8, m, i, j int) []pair {
	var out []pair
	for i > 0 && j > 0 {
		switch way[i*(m+1)+j] {
		case match:
			i, j = i-1, j-1
			out = append(out, pair{i, j})
		case ours:
			i--
		case theirs:
			j--
		default:
			i = 0
		}
	}
	for l, r := 0, len(out)-1; l < r; l, r = l+1, r-1 {
		out[l], out[r] = out[r], out[l]
	}
	return out
}

// A stretch ends where more than gapOurs tokens of the sentence or gapTheirs of
// the passage have no pair. It counts as close with closeContent pairs of
// content words that are at least half of the sentence's content words in it.
const (
	gapOurs      = 12
	gapTheirs    = 20
	closeContent = 3
)

// stretches returns the close parts of an alignment.
func stretches(a, b []token, pairs []pair) []stretch {
	var out []stretch
	pairs = attached(a, pairs)
	for from := 0; from < len(pairs); {
		to := from + 1
		for to < len(pairs) && pairs[to].i-pairs[to-1].i <= gapOurs && pairs[to].j-pairs[to-1].j <= reachOf(b, pairs[to-1].j, pairs[to].j) {
			to++
		}
		out = append(out, split(a, pairs[from:to])...)
		from = to
	}
	return out
}

// split returns the close parts of some pairs: all of them, or what is left when
// they are parted where most words without a pair lie between.
func split(a []token, pairs []pair) []stretch {
	if len(pairs) == 0 {
		return nil
	}
	if s, ok := newStretch(a, pairs); ok {
		return []stretch{s}
	}
	widest := 0
	for k := 1; k < len(pairs); k++ {
		if widest == 0 || pairs[k].i-pairs[k-1].i > pairs[widest].i-pairs[widest-1].i {
			widest = k
		}
	}
	if widest == 0 || pairs[widest].i-pairs[widest-1].i == 1 {
		return nil
	}
	return append(split(a, pairs[:widest]), split(a, pairs[widest:])...)
}

// reachOf is how many tokens of the passage may lie between two pairs: fewer
// across the border of a sentence, where one says less about the other.
func reachOf(b []token, from, to int) int {
	if b[from].sentence != b[to].sentence {
		return gapOurs
	}
	return gapTheirs
}

// attached leaves out function words that have no other pair right beside them:
// they stand in any sentence.
func attached(a []token, pairs []pair) []pair {
	out := make([]pair, 0, len(pairs))
	for k, p := range pairs {
		before := k > 0 && pairs[k-1] == pair{p.i - 1, p.j - 1}
		behind := k+1 < len(pairs) && pairs[k+1] == pair{p.i + 1, p.j + 1}
		if a[p.i].content() || before || behind {
			out = append(out, p)
		}
	}
	return out
}

// newStretch makes a stretch of pairs, from its first content word to its last.
func newStretch(a []token, pairs []pair) (stretch, bool) {
	for len(pairs) > 0 && !a[pairs[0].i].content() {
		pairs = pairs[1:]
	}
	for len(pairs) > 0 && !a[pairs[len(pairs)-1].i].content() {
		pairs = pairs[:len(pairs)-1]
	}
	s := stretch{pairs: pairs}
	if len(pairs) < closeContent {
		return s, false
	}
	for _, p := range pairs {
		if a[p.i].content() {
			s.content++
		}
	}
	total := 0
	for i := pairs[0].i; i <= pairs[len(pairs)-1].i; i++ {
		if a[i].content() {
			total++
		}
	}
	return s, (s.content >= closeContent || s.content == 2 && s.run()) && 2*s.content >= total
}

// loose is the number of tokens that may lie between the pairs of a run.
const loose = 2

// run reports whether the pairs stand side by side but for a word or two.
func (s stretch) run() bool {
	n := len(s.pairs)
	first, last := s.pairs[0], s.pairs[n-1]
	return n > closeContent && last.i-first.i < n+loose && last.j-first.j < n+loose
}
