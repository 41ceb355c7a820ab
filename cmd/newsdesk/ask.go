package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/explain"
)

// askCmd asks one question.
type askCmd struct {
	Question []string `arg:"" help:"The question."`
	JSON     bool     `name:"json" help:"Print one JSON object."`
	Explain  bool     `help:"Say how the question was read, what was found by which retriever, and what was dropped and why."`
	Now      clock    `help:"Take this for now: it is what “yesterday” and “latest” go by." placeholder:"DATE"`

	// Turns are what was asked and answered before, for a conversation.
	Turns []bot.Turn `kong:"-"`
}

func (c *askCmd) Run(inv *invocation) error { return inv.within("ask", c) }

func (c *askCmd) runIn(ctx context.Context, a *app, s *streams) error {
	answerer, err := a.answerer(ctx, s)
	if err != nil {
		return err
	}
	defer a.priority.begin()()
	asked := c.Now.now()
	answer, err := answerer.Answer(ctx, bot.Question{Text: strings.Join(c.Question, " "), Now: asked, Turns: c.Turns})
	if err != nil {
		return err
	}
	if err := c.print(a.view(), answer, explain.Of(asked, answer), s); err != nil {
		return err
	}
	if !answer.Found {
		return errNotInArticles
	}
	return nil
}

// print prints the answer and, where it is asked for, how it came about.
func (c *askCmd) print(v chat.View, a bot.Answer, r explain.Record, s *streams) error {
	if _, err := io.WriteString(s.heard(), said(a)); err != nil {
		return err
	}
	if c.JSON {
		out := jsonOf(v, a)
		if c.Explain {
			out.Explain = &r
		}
		return printJSON(s.Out, out)
	}
	if err := printReply(s.Out, v.Answer(a), s.Width); err != nil || !c.Explain {
		return err
	}
	fmt.Fprintln(s.Out)
	return printReply(s.Out, explain.Reply(r), s.Width)
}

// said is the text of an answer, without its quotes.
func said(a bot.Answer) string {
	var sentences []string
	for _, s := range a.Sentences {
		sentences = append(sentences, s.Text)
	}
	return strings.Join(sentences, " ")
}

// The JSON of an answer.
type (
	answerJSON struct {
		Found     bool           `json:"found"`
		Sentences []sentenceJSON `json:"sentences"`
		Sources   []sourceJSON   `json:"sources"`
		Searched  searchedJSON   `json:"searched"`
		Nearest   []nearestJSON  `json:"nearest"`
		Notes     []string       `json:"notes"`
		Model     string         `json:"model"`
		// Restated, Unanswered and Premise are those of the bot.Answer.
		Restated   string          `json:"restated,omitempty"`
		Unanswered []string        `json:"unanswered,omitempty"`
		Premise    string          `json:"premise,omitempty"`
		Explain    *explain.Record `json:"explain,omitempty"`
	}
	sentenceJSON struct {
		Text      string `json:"text"`
		Citations []int  `json:"citations"`
	}
	sourceJSON struct {
		N         int    `json:"n"`
		Outlet    string `json:"outlet"`
		Title     string `json:"title"`
		Published string `json:"published"`
		URL       string `json:"url"`
		OutletURL string `json:"outlet_url"`
		Quote     string `json:"quote"`
		// AlsoIn are articles of other outlets with the same text.
		AlsoIn []nearestJSON `json:"also_in,omitempty"`
	}
	searchedJSON struct {
		Articles int    `json:"articles"`
		Outlets  int    `json:"outlets"`
		From     string `json:"from"`
		To       string `json:"to"`
	}
	nearestJSON struct {
		Outlet    string `json:"outlet"`
		Title     string `json:"title"`
		Published string `json:"published"`
		URL       string `json:"url"`
	}
)

func printJSON(w io.Writer, a answerJSON) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(a); err != nil {
		return fmt.Errorf("printing the answer: %w", err)
	}
	return nil
}

func jsonOf(v chat.View, a bot.Answer) answerJSON {
	out := answerJSON{
		Found: a.Found, Model: a.Model, Restated: a.Restated, Unanswered: a.Unanswered, Premise: a.Premise, Notes: append([]string{}, v.Notes(a.Notes)...),
		Sentences: []sentenceJSON{}, Sources: []sourceJSON{}, Nearest: []nearestJSON{},
		Searched: searchedJSON{Articles: a.Searched.Articles, Outlets: a.Searched.Outlets,
			From: dateOf(a.Searched.From), To: dateOf(a.Searched.To)},
	}
	for _, s := range a.Sentences {
		out.Sentences = append(out.Sentences, sentenceJSON{Text: s.Text, Citations: s.Citations})
	}
	for _, c := range a.Citations {
		p := c.Passage
		out.Sources = append(out.Sources, sourceJSON{N: c.N, Outlet: p.Outlet, Title: p.Title,
			Published: dateOf(p.Published), URL: p.URL, OutletURL: p.OutletURL, Quote: c.Quote, AlsoIn: copiesJSON(c.Copies)})
	}
	for _, n := range a.Nearest {
		out.Nearest = append(out.Nearest, nearestJSON{Outlet: n.Outlet, Title: n.Title, Published: dateOf(n.Published), URL: n.URL})
	}
	return out
}

func copiesJSON(copies []bot.Copy) []nearestJSON {
	var out []nearestJSON
	for _, c := range copies {
		out = append(out, nearestJSON{Outlet: c.Outlet, Title: c.Title, Published: dateOf(c.Published), URL: c.URL})
	}
	return out
}

func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
