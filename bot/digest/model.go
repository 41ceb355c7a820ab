package digest

import (
	"context"
	"fmt"
	"slices"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

const (
	// mostPassages is how many reports a model is shown: of different origins first.
	mostPassages = 3
	// longestText is the number of bytes of a model's text for one item; more is a model
	// that does not stop.
	longestText = 8 << 10
)

// model has the model write an item; false where nothing that it wrote can be kept, or
// it is not asked.
func (w *Writer) model(ctx context.Context, c *candidate, head *page) (prose, bool) {
	if ctx.Err() != nil || w.shelf.resting() {
		return prose{}, false
	}
	passages := c.shown(head)
	said, err := generate(ctx, w.Model, bot.Prompt{
		Task: bot.DigestTask, Today: c.newest(), Language: head.Language, Passages: passages, Sentences: mostSentences,
	})
	if err != nil {
		w.shelf.failed()
		w.Log.WarnContext(ctx, "a story of a digest is composed without the model", "model", w.Model.Model(), "story", c.story, "err", err)
		return prose{}, false
	}
	w.shelf.answered()
	d := newDraft(c, head)
	for _, s := range head.language.Sentences(said) {
		d.add(s.In(said), passages)
	}
	if len(d.sentences) == 0 {
		w.Log.InfoContext(ctx, "nothing that the model wrote of a story passed the check", "model", w.Model.Model(), "story", c.story)
		return prose{}, false
	}
	p := prose{sentences: d.sentences, citations: d.citations, model: w.Model.Model()}
	p.addDifference(c)
	return p, true
}

// generate collects the text of a model that came to its end.
func generate(ctx context.Context, g bot.Generator, p bot.Prompt) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, itemPatience)
	defer cancel()
	var said []byte
	for piece, err := range g.Generate(ctx, p) {
		if err != nil {
			return "", err
		}
		if said = append(said, piece...); len(said) > longestText {
			return "", fmt.Errorf("more than %d bytes: %w", longestText, bot.ErrCut)
		}
	}
	return string(said), nil
}

// shown are the passages that a model gets: the headline's report, then one of each
// other origin. Of an update only what is new.
func (c *candidate) shown(head *page) []retrieval.Passage {
	pages := []*page{head}
	for _, o := range c.origins {
		if slices.Contains(o.Articles, head.ID) {
			continue
		}
		for _, p := range c.news {
			if p.ID == o.Articles[0] && sameLanguage(p.Language, head.Language) {
				pages = append(pages, p)
			}
		}
	}
	var out []retrieval.Passage
	for _, p := range pages[:min(len(pages), mostPassages)] {
		if !c.update() {
			out = append(out, p.passage())
			continue
		}
		out = append(out, p.fresh()...)
	}
	return out[:min(len(out), 2*mostPassages)]
}

// fresh are the stretches of an update that say something new.
func (p *page) fresh() []retrieval.Passage {
	var out []retrieval.Passage
	for i := 0; i < len(p.sentences); i++ {
		if !p.sentences[i].fit {
			continue
		}
		from := p.sentences[i].Start
		for i+1 < len(p.sentences) && p.sentences[i+1].fit && p.sentences[i+1].End-from <= shownBytes {
			i++
		}
		out = append(out, retrieval.NewPassage(p.Article, from, p.sentences[i].End))
	}
	return out
}
