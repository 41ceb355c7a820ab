package answer

import (
	"context"
	"slices"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/compare"
	"newsdesk/corpus"
)

// mostContrasts is the number of differences that are said under a comparison.
const mostContrasts = 2

// contrasted adds to a comparison what the articles that it cites differ in, each
// value with its quote.
func (w *work) contrasted(ctx context.Context, a bot.Answer) (bot.Answer, error) {
	var seqs []int64
	for _, c := range a.Citations {
		if !slices.Contains(seqs, c.Passage.Seq) {
			seqs = append(seqs, c.Passage.Seq)
		}
	}
	if len(seqs) < 2 {
		return a, nil
	}
	found, err := w.corpus.BySeqs(ctx, seqs)
	if err != nil {
		return bot.Answer{}, err
	}
	var articles []corpus.Article
	for _, s := range seqs {
		if article, ok := found[s]; ok {
			articles = append(articles, article)
		}
	}
	differ := compare.Compare(articles, compare.Needs{}).Differ
	for _, d := range differ[:min(len(differ), mostContrasts)] {
		a = withContrast(a, d)
	}
	return a, nil
}

// withContrast returns the answer with a sentence on one difference behind the
// others; the answer that is given is not changed.
func withContrast(a bot.Answer, d compare.Difference) bot.Answer {
	s := bot.Sentence{Own: bot.Note{Kind: bot.SaysDiffer}}
	if d.Update {
		s.Own.Kind = bot.SaysLater
	}
	sides := d.Sides
	if d.Kind == compare.Denial {
		s.Own.Kind = bot.SaysDenied
		sides = slices.Clone(sides)
		slices.SortStableFunc(sides, func(x, y compare.Side) int { // who says it stands first
			return strings.Compare(denied(x), denied(y))
		})
	}
	a.Citations = slices.Clone(a.Citations)
	for _, side := range sides {
		for i, q := range side.Quotes {
			s.Own.Outlets = append(s.Own.Outlets, side.Outlets[i])
			if d.Kind != compare.Denial {
				s.Own.Values = append(s.Own.Values, side.Value)
			}
			s.Citations = append(s.Citations, placed(&a, q.Citation))
			if d.Kind == compare.Denial {
				break
			}
		}
	}
	slices.Sort(s.Citations)
	s.Citations = slices.Compact(s.Citations)
	s.Text = contrastSentence(s.Own)
	a.Sentences = append(slices.Clone(a.Sentences), s)
	return a
}

func denied(s compare.Side) string {
	if s.Stance == compare.Denied {
		return "denied"
	}
	return ""
}

// placed returns the number of a quote in an answer, where it is added if it is not
// there yet.
func placed(a *bot.Answer, c bot.Citation) int {
	for _, o := range a.Citations {
		if o.Passage.Seq == c.Passage.Seq && o.Start == c.Start && o.End == c.End {
			return o.N
		}
	}
	c.N = len(a.Citations) + 1
	a.Citations = append(a.Citations, c)
	return c.N
}

// contrastSentence says a difference in English.
func contrastSentence(n bot.Note) string {
	if n.Kind == bot.SaysDenied {
		return n.Outlets[0] + " says it, and " + n.Outlets[1] + " has it as denied."
	}
	var sides []string
	for i, o := range n.Outlets {
		sides = append(sides, o+": “"+n.Values[i]+"”")
	}
	if n.Kind == bot.SaysLater {
		return "Told one after the other, and more each time: " + strings.Join(sides, ", ") + "."
	}
	return "The outlets differ: " + strings.Join(sides, ", ") + "."
}
