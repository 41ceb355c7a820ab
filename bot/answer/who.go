package answer

import (
	"context"
	"slices"
	"strings"

	"newsdesk/bot"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// mostNamed is the number of words of a person's name in a question.
const mostNamed = 4

// who answers "who is Mara Lind?" by the sentence that says so: the one with her
// name beside a comma and what she is, "Mara Lind, the mayor of Esk, …", or else the
// one with her name with which an article begins. It reports
// false for other questions, where no sentence does, and where a model is asked.
func (w *work) who(ctx context.Context, t task, hits []retrieval.Hit) (bot.Answer, bool) {
	name := whoIs(t.text)
	if len(name) == 0 || w.fallback != nil {
		return bot.Answer{}, false
	}
	passages := passagesOf(hits)
	for i, p := range passages {
		for _, s := range text.For(p.Language).Sentences(p.Text) {
			said := s.In(p.Text)
			if !introduces(said, p.Language, name) {
				continue
			}
			if a := w.spoken(ctx, passages, i, said); a.Found {
				a.Model = w.scribe().Model()
				return a, true
			}
		}
	}
	for _, p := range passages {
		for _, s := range text.For(p.Language).Sentences(p.Text) {
			said := s.In(p.Text)
			if p.Start > 0 || s.Start > 0 || !opensWith(said, p.Language, name) {
				break
			}
			if a := w.spoken(ctx, []retrieval.Passage{p}, 0, said); a.Found {
				a.Model = w.scribe().Model()
				return a, true
			}
		}
	}
	return bot.Answer{}, false
}

// opensWith reports whether a sentence begins with a name: an article that does tells
// of its bearer.
func opensWith(sentence, language string, name []string) bool {
	words := text.For(language).Words(sentence)
	return len(words) > len(name) && isName(sentence, words[:len(name)], name)
}

// whoIs returns the words of the name that a question asks about and nothing else;
// nil for other questions. Names are written small by those who are in a hurry.
func whoIs(question string) []string {
	l := text.For("en")
	words := l.Words(question)
	if len(words) < 3 || len(words) > 2+mostNamed || words[0].Norm != "who" || words[1].Norm != "is" && words[1].Norm != "was" {
		return nil
	}
	var out []string
	for _, word := range words[2:] {
		if l.IsStop(word.Norm) {
			return nil
		}
		out = append(out, word.Norm)
	}
	return out
}

// roles open what somebody is, behind a comma.
var roles = []string{"the", "a", "an", "who", "whose", "one"}

// introduces reports whether a sentence says who somebody is: what he is stands
// behind his name and a comma, or before it, as in "the captain, Mara Lind, …".
func introduces(sentence, language string, name []string) bool {
	words := text.For(language).Words(sentence)
	for i := range words {
		end := i + len(name)
		if end >= len(words) || !isName(sentence, words[i:end], name) {
			continue
		}
		comma := strings.TrimSpace(sentence[words[end-1].End:words[end].Start]) == ","
		next := words[end].Norm
		if comma && (slices.Contains(roles, next) || isAge(sentence, words, end)) {
			return true
		}
		first := i > 0 && strings.TrimSpace(sentence[words[i-1].End:words[i].Start]) == ","
		if comma && first {
			return true
		}
	}
	return false
}

// isName reports whether the words are those of the name, in capital letters.
func isName(sentence string, words []text.Word, name []string) bool {
	for k, word := range words {
		if word.Norm != name[k] || upper(sentence[word.Start:word.End]) != sentence[word.Start:word.End] {
			return false
		}
	}
	return true
}

// isAge reports whether word i is an age with what somebody is behind it: "81, who
// has lived in Mill Lane".
func isAge(sentence string, words []text.Word, i int) bool {
	c := words[i].Norm[0]
	return c >= '0' && c <= '9' && i+1 < len(words) && slices.Contains(roles, words[i+1].Norm) &&
		strings.HasPrefix(sentence[words[i].End:], ",")
}

// doer answers "who won the cup?" by the first sentence of an article that has all
// words of the question and a name besides: what an article begins with is told of
// somebody whom it names. Nothing is found for other questions.
func (w *work) doer(ctx context.Context, t task, hits []retrieval.Hit) (bot.Answer, error) {
	asked := doneWords(t.text)
	if len(asked) == 0 || w.fallback != nil {
		return bot.Answer{}, nil
	}
	for _, article := range groups(hits, articleOf) {
		p, ok, err := w.opening(ctx, article[0].Passage)
		if err != nil {
			return bot.Answer{}, err
		}
		if lead := leadWith(p, asked); ok && lead != "" {
			return w.spoken(ctx, []retrieval.Passage{p}, 0, lead), nil
		}
	}
	return bot.Answer{}, nil
}

// fewestDone is the number of words of a question for who did something that say
// what: its verb and what that was done to, with one word more, as a verb and one
// noun stand in many leads.
const fewestDone = 3

// doneWords returns the stems of the words of a question "who VERB …"; nil for
// others.
func doneWords(question string) []string {
	l := text.For("en")
	words := l.Words(question)
	if len(words) < 3 || words[0].Norm != "who" || l.IsStop(words[1].Norm) {
		return nil
	}
	var out []string
	for _, word := range words[1:] {
		if !l.IsStop(word.Norm) {
			out = append(out, word.Stem)
		}
	}
	if len(out) < fewestDone {
		return nil
	}
	return out
}

// leadWith returns the first sentence of a passage where it has all the words and a
// name that is none of them; else "".
func leadWith(p retrieval.Passage, stems []string) string {
	l := text.For(p.Language)
	sentences := l.Sentences(p.Text)
	if len(sentences) == 0 {
		return ""
	}
	lead := sentences[0].In(p.Text)
	held := stemsOf([]retrieval.Passage{{Language: p.Language, Text: lead}})
	if slices.ContainsFunc(stems, func(s string) bool { return !held[s] }) {
		return ""
	}
	for _, n := range l.Names(lead) {
		for _, word := range l.Words(n.Text) {
			if !slices.Contains(stems, word.Stem) {
				return lead
			}
		}
	}
	return ""
}
