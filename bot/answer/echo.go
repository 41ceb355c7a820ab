package answer

import (
	"context"
	"strconv"

	"newsdesk/bot"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// echo returns the sentence of passages, of one side, that has an amount of what
// another side says, with its unit, and one of its names: two outlets that give one
// figure in quite other words. Nothing is found where there is none.
func (w *work) echo(ctx context.Context, other bot.Answer, passages []retrieval.Passage) bot.Answer {
	for _, c := range other.Citations {
		l := text.For(c.Passage.Language)
		amounts, names := l.Numbers(c.Quote), l.Names(c.Quote)
		if len(amounts) == 0 || len(names) == 0 {
			continue
		}
		for i, p := range passages {
			for _, s := range text.For(p.Language).Sentences(p.Text) {
				if said := s.In(p.Text); echoes(said, p.Language, amounts, names) {
					return w.spoken(ctx, passages, i, said)
				}
			}
		}
	}
	return bot.Answer{}
}

// echoes reports whether a sentence has one of the amounts with a unit, and one of
// the names.
func echoes(sentence, language string, amounts []text.Number, names []text.Name) bool {
	l := text.For(language)
	return anyOf(l.Numbers(sentence), amounts, func(a, b text.Number) bool { return a.Value == b.Value && a.Unit == b.Unit && a.Unit != "" }) &&
		anyOf(l.Names(sentence), names, func(a, b text.Name) bool { return a.Text == b.Text })
}

func anyOf[T any](a, b []T, equal func(T, T) bool) bool {
	for _, x := range a {
		for _, y := range b {
			if equal(x, y) {
				return true
			}
		}
	}
	return false
}

// spoken says a sentence of passage i with who reported it when, through the check.
func (w *work) spoken(ctx context.Context, passages []retrieval.Passage, i int, sentence string) bot.Answer {
	p := passages[i]
	checked := w.check(ctx, p.Outlet+" reported on "+day(p.Published)+": "+sentence+" ["+strconv.Itoa(i+1)+"]", passages)
	return finish(bot.Answer{Sentences: checked.Sentences, Citations: checked.Citations, Dropped: checked.Dropped}, nil, perSide)
}
