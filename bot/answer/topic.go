package answer

import (
	"slices"

	"newsdesk/bot"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// onTopic reports whether a quote of an answer has a word of the topic's head:
// "speed" of "the speed of the ferry". Any is on no topic.
func onTopic(a bot.Answer, topic string) bool {
	head := headOf(topic)
	if len(head) == 0 {
		return true
	}
	for _, c := range a.Citations {
		for _, word := range text.For(c.Passage.Language).Words(c.Quote) {
			if slices.Contains(head, word.Stem) {
				return true
			}
		}
	}
	return false
}

// headOf returns the stems of the words of a topic up to the first function word
// behind them.
func headOf(topic string) []string {
	l := text.For(text.Detect(topic))
	var out []string
	for _, word := range l.Words(topic) {
		if !l.IsStop(word.Norm) {
			out = append(out, word.Stem)
		} else if len(out) > 0 {
			break
		}
	}
	return out
}

// isAbout reports whether passages, of one outlet or article, are about a topic:
// they or their titles have a word of its head and at least half of all its words.
// It is strict, as an outlet that names the topic in quite other words is missed;
// one that is counted and does not report is worse.
func isAbout(topic string, passages []retrieval.Passage) bool {
	held := stemsOf(passages)
	head := headOf(topic)
	return shareOf(topic, held) >= 0.5 && (len(head) == 0 || slices.ContainsFunc(head, func(stem string) bool { return held[stem] }))
}

// touchesOn reports whether passages have most words of a topic: enough for an
// outlet to be asked what it says on it.
func touchesOn(topic string, passages []retrieval.Passage) bool {
	return shareOf(topic, stemsOf(passages)) > 0.5
}

// touchesHead reports whether passages or their titles have a word of a topic's head:
// an outlet without it has nothing on the topic, whatever else it says. Any passages
// touch on a topic without a head.
func touchesHead(topic string, passages []retrieval.Passage) bool {
	head, held := headOf(topic), stemsOf(passages)
	return len(head) == 0 || slices.ContainsFunc(head, func(stem string) bool { return held[stem] })
}

// stemsOf returns the stems of the words of passages and their titles.
func stemsOf(passages []retrieval.Passage) map[string]bool {
	held := map[string]bool{}
	for _, p := range passages {
		for _, word := range text.For(p.Language).Words(p.Title + ". " + p.Text) {
			held[word.Stem] = true
		}
	}
	return held
}

// shareOf returns how many of the words of s, function words and numbers aside, are
// among the stems; 1 where s has none.
func shareOf(s string, held map[string]bool) float64 {
	l := text.For(text.Detect(s))
	have, all := 0, 0
	for _, word := range l.Words(s) {
		if l.IsStop(word.Norm) || word.Norm[0] >= '0' && word.Norm[0] <= '9' {
			continue
		}
		all++
		if held[word.Stem] {
			have++
		}
	}
	if all == 0 {
		return 1
	}
	return float64(have) / float64(all)
}

// claims reports whether the quotes of an answer, with the titles above them,
// have at least half of the words of a claim.
func claims(a bot.Answer, claim string) bool {
	held := map[string]bool{}
	for _, c := range a.Citations {
		for _, word := range text.For(c.Passage.Language).Words(c.Passage.Title + ". " + c.Quote) {
			held[word.Stem] = true
		}
	}
	return shareOf(claim, held) >= 0.5
}
