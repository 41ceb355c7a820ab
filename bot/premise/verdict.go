package premise

import (
	"slices"

	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// Finding says how passages stand to what a question takes for granted.
type Finding int

// The findings.
const (
	// Unknown: the passages do not know whom it is about, or cannot be judged.
	Unknown Finding = iota
	// Held: a passage tells of it.
	Held
	// Denied: a passage says that it is not so, or not yet.
	Denied
	// Absent: passages know whom it is about and tell of nothing of the kind.
	Absent
)

// Verdict is a finding with its evidence.
type Verdict struct {
	Finding Finding
	// Passage is the index of the passage with Quote, a sentence of it that
	// denies; only where Finding is Denied.
	Passage int
	Quote   string
}

// In judges the clause by passages. What is told in an article that does not
// name whom it is about does not count; without such an article it is Unknown.
func (c Clause) In(passages []retrieval.Passage) Verdict {
	out := Verdict{}
	for _, article := range byArticle(passages) {
		if text.Detect(passages[article[0]].Text) != "en" || !c.isNamed(passages, article) {
			continue
		}
		switch v := c.inArticle(passages, article); {
		case v.Finding == Held:
			return v
		case out.Finding == Unknown, v.Finding == Denied && out.Finding == Absent:
			out = v
		}
	}
	return out
}

// byArticle groups the indexes of passages by article, in the order of the first.
func byArticle(passages []retrieval.Passage) [][]int {
	var out [][]int
	at := map[string]int{}
	for i, p := range passages {
		k, ok := at[p.ArticleID]
		if !ok {
			k = len(out)
			at[p.ArticleID] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], i)
	}
	return out
}

// isNamed reports whether the article names whom the clause is about: all of the
// words, or of three and more all but one.
func (c Clause) isNamed(passages []retrieval.Passage, article []int) bool {
	held := map[string]bool{}
	for _, i := range article {
		for _, w := range english.Words(passages[i].Title + ". " + passages[i].Text) {
			held[w.Stem] = true
		}
	}
	missing := 0
	for _, w := range c.subject {
		if !held[w.Stem] {
			missing++
		}
	}
	return missing == 0 || missing == 1 && len(c.subject) > 2
}

// inArticle judges by one article: one sentence that tells of the event is
// enough, and one that denies it is the answer where none does.
func (c Clause) inArticle(passages []retrieval.Passage, article []int) Verdict {
	out := Verdict{Finding: Absent}
	for _, i := range article {
		p := passages[i]
		if at, n := c.told(english.Words(p.Title)); n > 0 && !denies(english.Words(p.Title), at, n) && c.headed(p) {
			return Verdict{Finding: Held}
		}
		sentences := english.Sentences(p.Text)
		for k, s := range sentences {
			words := english.Words(s.In(p.Text))
			at, n := c.told(words)
			if n == 0 || !c.near(p.Text, sentences, k) {
				continue
			}
			if !denies(words, at, n) {
				return Verdict{Finding: Held}
			}
			if out.Finding == Absent {
				out = Verdict{Denied, i, s.In(p.Text)}
			}
		}
	}
	return out
}

// headed reports whether the title of a passage, or its first sentence, names whom
// the clause is about: the last keeper who leaves in a title is no mayor.
func (c Clause) headed(p retrieval.Passage) bool {
	said := p.Title
	if all := english.Sentences(p.Text); len(all) > 0 {
		said += ". " + all[0].In(p.Text)
	}
	for _, w := range english.Words(said) {
		if slices.ContainsFunc(c.subject, func(o text.Word) bool { return o.Stem == w.Stem }) {
			return true
		}
	}
	return false
}

// told returns the place and the number of the words that tell of the event; the
// first where they are not denied, where there are such. No words: it is not told.
func (c Clause) told(words []text.Word) (at, n int) {
	for i := range words {
		for _, phrase := range c.event.told {
			if !startsWith(words[i:], phrase) {
				continue
			}
			if n == 0 || !denies(words, i, len(phrase)) {
				at, n = i, len(phrase)
			}
			if !denies(words, at, n) {
				return at, n
			}
		}
	}
	return at, n
}

func startsWith(words []text.Word, stems []string) bool {
	return len(words) >= len(stems) && slices.EqualFunc(words[:len(stems)], stems, func(w text.Word, stem string) bool { return w.Stem == stem })
}

// near reports whether sentence k, or the one before it, names whom the clause is
// about, or says "he", "she" or "it". Who else it names does not matter.
func (c Clause) near(s string, sentences []text.Span, k int) bool {
	for i := max(0, k-1); i <= k; i++ {
		for _, w := range english.Words(sentences[i].In(s)) {
			if i == k && pronouns[w.Norm] || slices.ContainsFunc(c.words, func(o text.Word) bool { return o.Stem == w.Stem }) {
				return true
			}
		}
	}
	return false
}

// reach is the number of words before an event within which a not or a wish
// belongs to it.
const reach = 6

// denies reports whether the words before those of the event say that it did not
// happen, or not yet: "was not arrested", "denied that she had resigned",
// "offered to resign".
func denies(words []text.Word, at, n int) bool {
	for i := max(0, at-reach); i < at; i++ {
		if negations[words[i].Norm] || hedges[words[i].Norm] {
			return true
		}
	}
	for i := at + n; i < min(len(words), at+n+3); i++ {
		if w := words[i].Norm; w == "untrue" || w == "denied" {
			return true
		}
	}
	return false
}
