package kind

import (
	"strings"

	"newsdesk/corpus/text"
)

// openings are the words that open a question for anything there is on a topic,
// which follows them. They are looked for from the longest on.
var openings = map[string][]string{
	"en": {
		"what has happened to", "what has happened at", "what has happened in", "what has happened with",
		"what happened to", "what happened at", "what happened in", "what happened with", "what happened on", "what happened off",
		"what is happening in", "what is happening at", "what is happening with", "what is going on in", "what is going on at", "what is going on with",
		"what is known about", "what is known of", "what was known about", "what was known of",
		"what do we know about", "what do you know about", "what is there about", "what is there on", "what is the story of",
		"what is the news about", "what is the news on", "what is the news from", "what news of", "what news about", "any news about", "any news on",
		"tell me about", "tell me more about", "tell me something about", "what about",
	},
	"de": {
		"was geschah mit", "was geschah in", "was geschah auf", "was passierte mit", "was passierte in", "was ist los in", "was ist los mit",
		"was weiss man uber", "was weiß man über", "was wissen wir uber", "was wissen wir über", "was gibt es neues uber", "was gibt es neues über",
	},
}

// mostOpen is the number of words, without function words, of an open question's
// topic: what is longer is a question for a fact.
const mostOpen = 4

// openTopic returns the topic of a question for anything there is on it; "" for
// other questions and for topics that name nothing by themselves.
func (q question) openTopic() string {
	tag := text.Detect(q.text)
	list := make([]string, len(q.tokens))
	for i := range q.tokens {
		list[i] = q.norm(i)
	}
	said := strings.Join(list, " ")
	for _, o := range openings[tag] {
		rest, ok := strings.CutPrefix(said, o+" ")
		if !ok || rest == "" {
			continue
		}
		from := len(strings.Fields(o))
		if q.points(from, len(q.tokens)) || q.index(q.words.askers, from) >= 0 || q.index(q.words.aux, from) >= 0 {
			return ""
		}
		n := 0
		for i := from; i < len(q.tokens); i++ {
			if !text.For(tag).IsStop(q.norm(i)) {
				n++
			}
		}
		if n > mostOpen {
			return ""
		}
		return q.from(from)
	}
	return ""
}
