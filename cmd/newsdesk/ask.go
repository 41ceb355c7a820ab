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
)

// askCmd asks one question.
type askCmd struct {
	Question []string `arg:"" help:"The question."`
	JSON     bool     `name:"json" help:"Print one JSON object."`
	Now      clock    `help:"Take this for now: it is what “yesterday” and “latest” go by." placeholder:"DATE"`
}

func (c *askCmd) Run(inv *invocation) error { return inv.within("ask", c) }

func (c *askCmd) runIn(ctx context.Context, a *app, s *streams) error {
	answerer, err := a.answerer(ctx, s)
	if err != nil {
		return err
	}
	answer, err := answerer.Answer(ctx, bot.Question{Text: strings.Join(c.Question, " "), Now: c.Now.now()})
	if err != nil {
		return err
	}
	if err := c.print(answer, s); err != nil {
		return err
	}
	if !answer.Found {
		return errNotInArticles
	}
	return nil
}

func (c *askCmd) print(a bot.Answer, s *streams) error {
	if !c.JSON {
		return printReply(s.Out, chat.AnswerReply(a), s.Width)
	}
	return printJSON(s.Out, a)
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

func printJSON(w io.Writer, a bot.Answer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(jsonOf(a)); err != nil {
		return fmt.Errorf("printing the answer: %w", err)
	}
	return nil
}

func jsonOf(a bot.Answer) answerJSON {
	out := answerJSON{
		Found: a.Found, Model: a.Model, Notes: append([]string{}, a.Notes...),
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
			Published: dateOf(p.Published), URL: p.URL, OutletURL: p.OutletURL, Quote: c.Quote})
	}
	for _, n := range a.Nearest {
		out.Nearest = append(out.Nearest, nearestJSON{Outlet: n.Outlet, Title: n.Title, Published: dateOf(n.Published), URL: n.URL})
	}
	return out
}

func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
