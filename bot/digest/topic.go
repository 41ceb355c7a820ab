package digest

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"newsdesk/corpus/text"
)

const (
	// openingRunes is the length of a word that may be the beginning of another one:
	// "fish" of "fishermen".
	openingRunes = 4
	// sameTopic is how near a topic is to the title and lead of a story that is about it,
	// as the cosine of their vectors.
	sameTopic = .20
	// leadWords is the length of a lead.
	leadWords = 50
)

// about leaves the stories that are about one of the topics.
func (w *Writer) about(ctx context.Context, found []*candidate, topics []string) ([]*candidate, error) {
	if len(topics) == 0 {
		return found, nil
	}
	wanted, err := w.topics(ctx, topics)
	if err != nil {
		return nil, err
	}
	var out []*candidate
	for _, c := range found {
		lead := c.lead()
		i := slices.IndexFunc(wanted, func(t topic) bool { return t.in(c, lead) })
		if i >= 0 {
			c.topic = wanted[i].said
			out = append(out, c)
		}
	}
	return out, nil
}

// lead is the title and the beginning of the report that begins the news.
func (c *candidate) lead() string {
	p := c.news[0]
	words := strings.Fields(p.Text[:min(len(p.Text), longestRead)])
	return p.title + ". " + strings.Join(words[:min(len(words), leadWords)], " ")
}

// topic is what a reader wants to read about.
type topic struct {
	said   string
	words  []text.Word
	vector []float32
}

func (w *Writer) topics(ctx context.Context, said []string) ([]topic, error) {
	var out []topic
	for _, s := range said {
		v, err := w.Embedder.EmbedQuery(ctx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, topic{said: s, words: text.For(text.Detect(s)).Words(s), vector: v})
	}
	return out, nil
}

// in reports whether a story is about the topic: its category says so, all words of the
// topic stand in its title and lead, or both are near in meaning.
func (t topic) in(c *candidate, lead string) bool {
	for _, p := range c.news {
		if strings.EqualFold(p.Category, t.said) {
			return true
		}
	}
	return t.stands(lead, c.news[0].language) || cosine(t.vector, c.vector) >= sameTopic
}

// stands reports whether all words of the topic stand in a text, in any form.
func (t topic) stands(s string, l *text.Language) bool {
	words := l.Words(s)
	for _, w := range t.words {
		held := false
		for _, other := range words {
			held = held || sameWord(w, other)
		}
		if !held {
			return false
		}
	}
	return len(t.words) > 0
}

// sameWord reports whether the word of a text is one of a topic, or begins with it.
func sameWord(topic, word text.Word) bool {
	if topic.Norm == word.Norm || topic.Stem == word.Stem {
		return true
	}
	return utf8.RuneCountInString(topic.Stem) >= openingRunes && strings.HasPrefix(word.Norm, topic.Stem)
}

// cosine of two vectors of norm 1; 0 where one is missing.
func cosine(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	sum := 0.
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
