package dense

import (
	"context"
	"runtime"
)

const (
	// candidates, or one in share of the passages that the filters let through if
	// that is more, are compared exactly, and never fewer than four times what is
	// wanted. Of the evaluation's questions for 100 hits, the share of the 10 and of
	// the 100 nearest that is found, of 45,610 passages by 1,000 candidates .998 and
	// .939, by 2,000 .999 and .977, by 3,000 .999 and .989, by 4,000 .999 and .994; of
	// ten times as many by 2,000 .994 and .893, by 6,000 .998 and .959, by 10,000
	// 1.000 and .977, by 16,000 1.000 and .987.
	candidates = 3000
	share      = 50
	// alone is the number of passages that one goroutine goes through by itself,
	// in about 1 ms: as there are other questions, it is better not to share less.
	alone = 100_000
	// longest is the number of passages after which the context is looked at.
	longest = 8192
)

// sieve finds the passages of one question that are worth comparing by their
// sketches.
type sieve struct {
	*search
	stretches []stretch
	workers   int
	// distances are of the passages of all stretches, 0 until they are measured;
	// those up to limit are compared.
	distances []uint32
	limit     uint32
}

// stretch is passages of one month that lie side by side and that the filters
// let through: its entries [from, to), whose distances begin at at.
type stretch struct {
	month        *month
	from, to, at int
}

func (st stretch) of(distances []uint32) []uint32 {
	return distances[st.at : st.at+st.to-st.from]
}

// sift returns the best of what the filters let through.
func (s *search) sift(ctx context.Context, targets []target) ([]match, error) {
	v := &sieve{search: s, distances: make([]uint32, 0, sizeOf(targets))}
	for _, t := range targets {
		v.let(t)
	}
	v.workers = min(runtime.GOMAXPROCS(0), 1+len(v.distances)/s.index.alone)
	enough := max(s.index.candidates, len(v.distances)/share, 4*s.q.Want())
	if len(v.distances) > enough {
		if err := v.measure(ctx, enough); err != nil {
			return nil, err
		}
	}
	return v.compare(ctx)
}

// let adds what the filters let through of a month.
func (v *sieve) let(t target) {
	if !t.partial && len(v.q.Outlets) == 0 {
		v.add(t.month, 0, len(t.month.entries))
		return
	}
	from, to := 0, 0
	for _, r := range t.month.rows {
		if !v.q.Matches(r.outlet, r.published) {
			continue
		}
		if r.first != to {
			v.add(t.month, from, to)
			from = r.first
		}
		to = r.first + r.count
	}
	v.add(t.month, from, to)
}

// add adds the entries [from, to) of m, in stretches that are not too long.
func (v *sieve) add(m *month, from, to int) {
	for ; from < to; from += longest {
		st := stretch{month: m, from: from, to: min(from+longest, to), at: len(v.distances)}
		v.stretches = append(v.stretches, st)
		v.distances = v.distances[:st.at+st.to-st.from]
	}
}

// measure finds the distance of every passage, and the limit within which there
// are enough. Equal passages are all within it or none is.
func (v *sieve) measure(ctx context.Context, enough int) error {
	rotation := v.index.rotation
	question, blocks := rotation.ask(v.vector), rotation.blocks()
	counts := make([][]int, v.workers)
	for i := range counts {
		counts[i] = make([]int, rotation.farthest()+1)
	}
	err := each(ctx, v.workers, len(v.stretches), func(worker, i int) error {
		st, count := v.stretches[i], counts[worker]
		into := st.of(v.distances)
		mismatches(question, st.month.sketches[st.from*blocks:st.to*blocks], into)
		for _, d := range into {
			count[d]++
		}
		return nil
	})
	v.limit = within(counts, enough)
	return err
}

// within returns the least distance up to which the counts, together, are enough.
func within(counts [][]int, enough int) uint32 {
	for d := range counts[0] {
		for _, count := range counts {
			enough -= count[d]
		}
		if enough <= 0 {
			return uint32(d)
		}
	}
	return uint32(len(counts[0]) - 1)
}

// compare returns the best of the passages within the limit.
func (v *sieve) compare(ctx context.Context) ([]match, error) {
	tops := make([]top, v.workers)
	for i := range tops {
		tops[i] = top{vector: v.vector, want: v.q.Want()}
	}
	err := each(ctx, v.workers, len(v.stretches), func(worker, i int) error {
		st, t := v.stretches[i], tops[worker] // a copy: the workers' tops share cache lines
		for j, d := range st.of(v.distances) {
			if d <= v.limit {
				t.offer(&st.month.entries[st.from+j])
			}
		}
		tops[worker] = t
		return nil
	})
	if err != nil {
		return nil, err
	}
	var found []match
	for i := range tops {
		found = append(found, tops[i].best()...)
	}
	return best(found, v.q.Want()), nil
}
