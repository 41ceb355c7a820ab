package chat

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/compare"
	"newsdesk/bot/locale"
	"newsdesk/corpus"
	"newsdesk/retrieval/story"
)

// storyLink begins the argument of /start in a link that opens a story.
const storyLink = "story_"

// The bounds of what is shown of a story: it is read on a phone.
const (
	maxStoryArticles = 20
	maxStoryOrigins  = 8
	maxStoryFacts    = 6
	maxStoryDiffers  = 5
	// maxSentence is how much of a sentence is shown, in runes.
	maxSentence = 400
)

// storyCommand answers /story.
func (t *talk) storyCommand(ctx context.Context) (Outcome, error) {
	id := strings.TrimSpace(t.m.Text)
	if id == "" {
		return t.say(locale.StoryUsage()), nil
	}
	return t.showStory(ctx, id)
}

// showStory shows the story with that ID; it may be anything.
func (t *talk) showStory(ctx context.Context, id string) (Outcome, error) {
	all, err := t.desk.Stories(ctx)
	if err != nil {
		return Outcome{}, err
	}
	s, err := all.Story(ctx, id)
	if errors.Is(err, story.ErrNotFound) {
		return t.say(locale.StoryGone()), nil
	}
	if err != nil {
		return Outcome{}, err
	}
	articles, err := t.articlesOf(ctx, s)
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{Replies: []bot.Reply{t.view.story(s, articles)}}, nil
}

// articlesOf reads the articles of a story by their Seq.
func (t *talk) articlesOf(ctx context.Context, s story.Story) (map[int64]corpus.Article, error) {
	var seqs []int64
	for _, a := range s.Articles {
		seqs = append(seqs, a.Seq)
	}
	for _, u := range s.Updated {
		seqs = append(seqs, u.Seq)
	}
	return t.desk.Corpus.BySeqs(ctx, seqs)
}

// story lays a story out: its articles by outlet, its origins, what was added, and
// where outlets differ.
func (v View) story(s story.Story, articles map[int64]corpus.Article) bot.Reply {
	blocks := []bot.Block{{Kind: bot.Paragraph, Spans: v.texts.Line(v.texts.Isolated(bot.Span{Text: s.Title, Bold: true})...)}, v.counts(s)}
	blocks = append(blocks, v.storyArticles(s, articles)...)
	blocks = append(blocks, v.storyOrigins(s)...)
	blocks = append(blocks, v.storyAdds(s, articles)...)
	return bot.Reply{Blocks: append(blocks, v.storyDiffers(s, articles)...)}
}

// counts is a line: how many outlets and origins there are, and the last date.
func (v View) counts(s story.Story) bot.Block {
	spans := v.texts.Spans(locale.StoryCounts(len(outletsOf(s)), len(s.Origins), labels(s)))
	return bot.Block{Kind: bot.Item, Spans: v.texts.Line(append(spans, own(" · "+v.texts.Span(s.First, s.Last)))...)}
}

// outletsOf are the outlets of a story, in the order of their first articles.
func outletsOf(s story.Story) []string {
	var out []string
	for _, a := range s.Articles {
		if !slices.Contains(out, a.Outlet) {
			out = append(out, a.Outlet)
		}
	}
	return out
}

// labels name the origins of a story, own reporting once.
func labels(s story.Story) []locale.Message {
	owned := 0
	for _, o := range s.Origins {
		if o.Label == story.OwnReporting {
			owned++
		}
	}
	var out []locale.Message
	told := false
	for _, o := range s.Origins {
		switch {
		case o.Label != story.OwnReporting:
			out = append(out, label(o))
		case !told:
			out, told = append(out, locale.OriginOwn(owned)), true
		}
	}
	return out
}

func label(o story.Origin) locale.Message {
	switch o.Label {
	case story.OwnReporting:
		return locale.OriginOwn(1)
	case story.PressRelease:
		return locale.OriginPress()
	}
	return locale.OriginAgency(o.Label)
}

// storyArticles are the newest articles, those of one outlet together.
func (v View) storyArticles(s story.Story, articles map[int64]corpus.Article) []bot.Block {
	shown := s.Articles[max(0, len(s.Articles)-maxStoryArticles):]
	var blocks []bot.Block
	for _, outlet := range outletsOf(story.Story{Articles: shown}) {
		for _, a := range shown {
			if a.Outlet == outlet {
				blocks = append(blocks, v.bullet(nearest(a, articles)))
			}
		}
	}
	if more := len(s.Articles) - len(shown); more > 0 {
		blocks = append(blocks, v.texts.Block(bot.Small, locale.StoryMore(more)))
	}
	return blocks
}

func nearest(a story.Article, articles map[int64]corpus.Article) bot.Nearest {
	return bot.Nearest{Outlet: a.Outlet, Title: a.Title, URL: a.URL, OutletURL: articles[a.Seq].OutletURL, Published: a.Published}
}

func (v View) storyOrigins(s story.Story) []bot.Block {
	blocks := []bot.Block{v.heading(locale.StoryOrigins())}
	for _, o := range s.Origins[:min(len(s.Origins), maxStoryOrigins)] {
		blocks = append(blocks, v.texts.Block(bot.Item, locale.StoryOrigin(label(o), o.Outlets)))
	}
	return blocks
}

// storyAdds are sentences of the later articles, the newest last.
func (v View) storyAdds(s story.Story, articles map[int64]corpus.Article) []bot.Block {
	var blocks []bot.Block
	for _, u := range s.Updated {
		a, ok := articles[u.Seq]
		if !ok {
			continue // its text was removed meanwhile
		}
		// The first says most: those after it often explain it.
		blocks = append(blocks, v.said(a, u.Facts[0].In(a.Text)))
	}
	if len(blocks) == 0 {
		return nil
	}
	return append([]bot.Block{v.heading(locale.StoryAdds())}, blocks[max(0, len(blocks)-maxStoryFacts):]...)
}

// said is a line: a sentence of an article, with outlet, date and link.
func (v View) said(a corpus.Article, sentence string) bot.Block {
	spans := append([]bot.Span{own("• ")}, v.texts.Isolated(bot.Span{Text: a.Outlet, Bold: true})...)
	spans = append(spans, own(" · "+v.Day(a.Published)+" · "))
	quoted := bot.Span{Text: firstRunes(oneLine(sentence), maxSentence), Link: a.URL}
	return bot.Block{Kind: bot.Item, Spans: v.texts.Line(append(spans, v.texts.Isolated(quoted)...)...)}
}

// storyDiffers are the matters on which outlets tell different things.
func (v View) storyDiffers(s story.Story, articles map[int64]corpus.Article) []bot.Block {
	var texts []corpus.Article
	for _, a := range s.Articles {
		if x, ok := articles[a.Seq]; ok {
			texts = append(texts, x)
		}
	}
	differ := compare.Compare(texts, compare.Needs{Origin: origins(s)}).Differ
	if len(differ) == 0 {
		return nil
	}
	blocks := []bot.Block{v.heading(locale.StoryDiffers())}
	for _, d := range differ[:min(len(differ), maxStoryDiffers)] {
		blocks = append(blocks, v.differ(d))
	}
	return blocks
}

// origins names the text that an article is a copy of; empty for what its outlet
// wrote itself.
func origins(s story.Story) func(corpus.Article) string {
	of := map[string]string{}
	for i, o := range s.Origins {
		for _, id := range o.Articles {
			if o.Label != story.OwnReporting || len(o.Articles) > 1 {
				of[id] = o.Label + " " + strconv.Itoa(i)
			}
		}
	}
	return func(a corpus.Article) string { return of[a.ID] }
}

// differ is a line: what it is about, and each value with its outlets, which link to
// the articles that say so.
func (v View) differ(d compare.Difference) bot.Block {
	spans := []bot.Span{own("• ")}
	if d.About != "" {
		spans = append(append(spans, v.texts.Isolated(bot.Span{Text: d.About, Bold: true})...), own(": "))
	}
	for i, side := range d.Sides {
		if i > 0 {
			spans = append(spans, own(" ↔ "))
		}
		spans = append(spans, v.side(side)...)
	}
	if d.Update {
		spans = append(spans, v.parts(locale.StoryLater())...)
	}
	return bot.Block{Kind: bot.Item, Spans: v.texts.Line(spans...)}
}

func (v View) side(s compare.Side) []bot.Span {
	spans := v.texts.Isolated(bot.Span{Text: s.Value})
	if s.Stance == compare.Denied {
		spans = append(append(spans, own(" – ")), v.texts.Spans(locale.StoryDenied())...)
	}
	spans = append(spans, own(" ("))
	for i, q := range s.Quotes {
		if i > 0 {
			spans = append(spans, own(" · "))
		}
		spans = append(spans, v.texts.Isolated(bot.Span{Text: q.Passage.Outlet, Link: link(q.Citation)})...)
	}
	return append(spans, own(")"))
}

// latestStories lists the newest stories: all, those of an outlet, or those about a
// topic. ok is false where there are no stories of that.
func (t *talk) latestStories(ctx context.Context, what string) (out Outcome, ok bool, err error) {
	all, err := t.desk.Stories(ctx)
	if err != nil {
		return Outcome{}, false, err
	}
	title, found, err := t.storiesOf(ctx, all, what)
	if err != nil || len(found) == 0 {
		return Outcome{}, false, err
	}
	return Outcome{Replies: []bot.Reply{t.storyList(title, found)}}, true, nil
}

// storiesOf finds them, with what stands above them.
func (t *talk) storiesOf(ctx context.Context, all *story.Stories, what string) (locale.Message, []story.Story, error) {
	if what == "" {
		found, err := all.Latest(ctx, story.Filter{Outlets: t.settings.Only, Limit: shownLatest * (1 + len(t.settings.Without))})
		return locale.LatestStories(), t.wanted(found), err
	}
	outlet, ok, err := t.outletNamed(ctx, what)
	if err != nil {
		return locale.Message{}, nil, err
	}
	if ok {
		found, err := all.Latest(ctx, story.Filter{Outlets: []string{outlet}, Limit: shownLatest})
		return locale.LatestStoriesOf(outlet), found, err
	}
	found, err := t.storiesAbout(ctx, all, what)
	return locale.LatestStoriesAbout(what), found, err
}

// wanted leaves out the stories that only outlets report which the chat left out.
func (t *talk) wanted(all []story.Story) []story.Story {
	var out []story.Story
	for _, s := range all {
		reported := slices.ContainsFunc(s.Articles, func(a story.Article) bool { return !slices.Contains(t.settings.Without, a.Outlet) })
		if reported && len(out) < shownLatest {
			out = append(out, s)
		}
	}
	return out
}

// storiesAbout are the stories of the newest articles about a topic, each once.
func (t *talk) storiesAbout(ctx context.Context, all *story.Stories, topic string) ([]story.Story, error) {
	passages, err := t.desk.About(ctx, topic, shownLatest)
	if err != nil {
		return nil, err
	}
	var out []story.Story
	for _, p := range passages {
		s, err := all.Of(ctx, p.ArticleID)
		if errors.Is(err, story.ErrNotFound) {
			continue // it has come just now, or is gone
		}
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(o story.Story) bool { return o.ID == s.ID }) {
			out = append(out, s)
		}
	}
	return out, nil
}

// storyList lists stories, with a button for each.
func (t *talk) storyList(title locale.Message, found []story.Story) bot.Reply {
	r := bot.Reply{Blocks: []bot.Block{t.view.texts.Block(bot.Paragraph, title)}}
	var buttons []bot.Button
	for i, s := range found {
		r.Blocks = append(r.Blocks, t.view.storyLine(i+1, s, t.settings.Only), t.view.counts(s))
		buttons = append(buttons, t.button(locale.ButtonStory(i+1), verbStory, s.ID))
	}
	r.Buttons = inRows(2, buttons)
	return r
}

// inRows puts so many buttons into each row.
func inRows(n int, all []bot.Button) [][]bot.Button { return slices.Collect(slices.Chunk(all, n)) }

// storyLine is a story's number in a list, its title and its outlets, those that the
// chat has chosen first.
func (v View) storyLine(n int, s story.Story, chosen []string) bot.Block {
	outlets := outletsOf(s)
	slices.SortStableFunc(outlets, func(a, b string) int { return firstIn(chosen, a) - firstIn(chosen, b) })
	spans := append([]bot.Span{own(v.texts.Number(n) + ". ")}, v.texts.Isolated(bot.Span{Text: s.Title, Bold: true, Link: titled(s).URL})...)
	for _, o := range outlets[:min(len(outlets), maxOutletsNamed)] {
		spans = append(append(spans, own(" · ")), v.texts.Isolated(bot.Span{Text: o})...)
	}
	return bot.Block{Kind: bot.Item, Spans: v.texts.Line(spans...)}
}

// firstIn is 0 for what is in the list, and 1 for the rest.
func firstIn(list []string, one string) int {
	if slices.Contains(list, one) {
		return 0
	}
	return 1
}

// maxOutletsNamed is the number of outlets that are named beside a story's title.
const maxOutletsNamed = 4

// titled is the article that has the story's title, else the newest one.
func titled(s story.Story) story.Article {
	for _, a := range s.Articles {
		if a.Title == s.Title {
			return a
		}
	}
	return s.Articles[len(s.Articles)-1]
}
