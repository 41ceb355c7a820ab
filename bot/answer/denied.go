package answer

import (
	"context"
	"slices"
	"strings"

	"newsdesk/bot"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

const (
	// denialReach is the number of words before what is denied within which the word
	// that denies stands.
	denialReach = 6
	// denialShare is the part of the question's words that the sentence, the
	// one before it and the beginning of its article have together.
	denialShare = 0.7
)

var (
	yesNo   = fieldsOf("was were is are did does do has have had")
	anybody = fieldsOf("anybody anyone anything somebody someone people person there")
	denying = fieldsOf(`not no nobody none never neither nor without denied denies deny rejected rejects untrue false wasnt werent
		isnt arent didnt doesnt dont hasnt havent`)
	// denyingPair are pairs of words that deny.
	denyingPair = fieldsOf("ruled-out rule-out rules-out")
)

// fieldsOf returns the words of a list.
func fieldsOf(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// denied returns the sentence that answers a question for yes or no with a no: "Was
// anybody hurt?", "Nobody was hurt". It says less in words of the question than what
// affirms, so it is looked for where what was written does not hold all of them.
func (w *work) denied(ctx context.Context, t task, written bot.Answer, hits []retrieval.Hit) (bot.Answer, error) {
	asked := yesNoWords(t.text)
	if len(asked) == 0 || w.fallback != nil || holdsAll(written, asked) {
		return bot.Answer{}, nil
	}
	for _, article := range groups(hits, articleOf) {
		first, ok, err := w.opening(ctx, article[0].Passage)
		if err != nil {
			return bot.Answer{}, err
		}
		if !ok || text.Detect(first.Text) != "en" {
			continue
		}
		passages := append([]retrieval.Passage{first}, passagesOf(article)...)
		if i, said := denialIn(passages, asked); said != "" {
			return w.spoken(ctx, passages, i, said), nil
		}
	}
	return bot.Answer{}, nil
}

// yesNoWords returns the stems of what a question for yes or no asks about; nil for
// other questions and for those with a not.
func yesNoWords(question string) []string {
	l := text.For("en")
	words := l.Words(question)
	if len(words) < 3 || !yesNo[words[0].Norm] || text.Detect(question) != "en" {
		return nil
	}
	var out []string
	for _, word := range words[1:] {
		if denying[word.Norm] {
			return nil
		}
		if !l.IsStop(word.Norm) && !anybody[word.Norm] {
			out = append(out, word.Stem)
		}
	}
	return out
}

// holdsAll reports whether the quotes of an answer have all the words.
func holdsAll(a bot.Answer, stems []string) bool {
	var passages []retrieval.Passage
	for _, c := range a.Citations {
		passages = append(passages, retrieval.Passage{Language: c.Passage.Language, Text: c.Quote})
	}
	held := stemsOf(passages)
	return !slices.ContainsFunc(stems, func(s string) bool { return !held[s] })
}

// denialIn returns the sentence of an article's passages, of which the first opens
// it, that denies what is asked, and the passage; "" for none. Where the title
// denies it, the first sentence does.
func denialIn(passages []retrieval.Passage, asked []string) (int, string) {
	l := text.For("en")
	sentences := l.Sentences(passages[0].Text)
	if len(sentences) == 0 {
		return 0, ""
	}
	lead := sentences[0].In(passages[0].Text)
	title := l.Words(passages[0].Title)
	around := stemsOf([]retrieval.Passage{{Language: "en", Title: passages[0].Title, Text: lead}})
	if deniesOne(title, asked, nil) && shareIn(asked, title, around) >= denialShare {
		return 0, lead
	}
	for i, p := range passages {
		var before []text.Word // of the sentence before, which says whom a "she" is
		for _, s := range l.Sentences(p.Text) {
			words := l.Words(s.In(p.Text))
			if len(words) <= longestLead && deniesOne(words, asked, around) && shareIn(asked, append(before, words...), around) >= denialShare {
				return i, s.In(p.Text)
			}
			before = words
		}
	}
	return 0, ""
}

// deniesOne reports whether one of the words asked for, which are not what the
// article is about, stands behind a word that denies it.
func deniesOne(words []text.Word, asked []string, around map[string]bool) bool {
	for i, word := range words {
		if around[word.Stem] || !slices.Contains(asked, word.Stem) {
			continue
		}
		for k := max(0, i-denialReach); k < i; k++ {
			if denying[words[k].Norm] || k > 0 && denyingPair[words[k-1].Norm+"-"+words[k].Norm] {
				return true
			}
		}
	}
	return false
}

// shareIn returns the part of the words asked for that the words have or that stand
// around them.
func shareIn(asked []string, words []text.Word, around map[string]bool) float64 {
	n := 0
	for _, s := range asked {
		if around[s] || slices.ContainsFunc(words, func(w text.Word) bool { return w.Stem == s }) {
			n++
		}
	}
	return float64(n) / float64(len(asked))
}
