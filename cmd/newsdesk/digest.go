package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/digest"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram"
	"newsdesk/corpus/poll"
	"newsdesk/corpus/store"
)

// digestCmd prints a summary of the stories of a period.
type digestCmd struct {
	Since    string   `default:"24h" help:"Begin of the period: a day (2026-03-04), a time, or how far back from its end (48h)." placeholder:"DATE"`
	Until    string   `help:"End of the period: a day, whose end is meant, or a time; now when not given." placeholder:"DATE"`
	Topic    []string `help:"Only stories about this; may be given several times." placeholder:"WORDS"`
	Outlet   []string `help:"Only articles of this outlet; may be given several times." placeholder:"NAME"`
	Without  []string `help:"No articles of this outlet; may be given several times." placeholder:"NAME"`
	Items    int      `default:"8" help:"The number of stories at most."`
	Language string   `default:"en" help:"Language of the program's own words, and of the articles where there is a choice." placeholder:"TAG"`
	JSON     bool     `name:"json" help:"Print one JSON object."`
	Now      clock    `help:"Take this for now." placeholder:"DATE"`
}

// Validate is called by kong: what is wrong here is wrong use.
func (c *digestCmd) Validate() error {
	if c.Items <= 0 {
		return errors.New("--items must be more than nothing")
	}
	if len(c.Outlet) > 0 && len(c.Without) > 0 {
		return errors.New("--outlet and --without exclude each other")
	}
	_, _, err := c.period()
	return err
}

// period reads --since and --until.
func (c *digestCmd) period() (from, to time.Time, err error) {
	to = c.Now.now()
	if c.Until != "" {
		if to, err = parseNow(c.Until); err != nil {
			return from, to, fmt.Errorf("--until %w", err)
		}
	}
	if d, err := time.ParseDuration(c.Since); err == nil && d > 0 {
		return to.Add(-d), to, nil
	}
	if from, err = time.ParseInLocation(time.DateOnly, c.Since, time.Local); err != nil {
		from, err = time.Parse(time.RFC3339, c.Since)
	}
	if err != nil || !from.Before(to) {
		return from, to, fmt.Errorf("--since %q is neither a date before the end of the period, such as 2026-03-04, nor a time such as 48h", c.Since)
	}
	return from, to, nil
}

func (c *digestCmd) Run(inv *invocation) error { return inv.within("digest", c) }

func (c *digestCmd) runIn(ctx context.Context, a *app, s *streams) error {
	from, to, err := c.period()
	if err != nil {
		return err
	}
	w, err := a.digests(ctx, s)
	if err != nil {
		return err
	}
	order := digest.Order{
		From: from, To: to, Topics: c.Topic, Only: c.Outlet, Without: c.Without, Items: c.Items, Language: c.Language, SayEmpty: true,
	}
	if order.Unread, err = a.unread(ctx, order); err != nil {
		return err
	}
	d, err := w.Write(ctx, order)
	if err != nil {
		return err
	}
	v := chat.NewView(a.locale.For(c.Language))
	if c.JSON {
		return printDigest(s.Out, v, d)
	}
	return printReply(s.Out, v.Digest(d), s.Width)
}

// The JSON of a digest.
type (
	digestJSON struct {
		From  string     `json:"from"`
		To    string     `json:"to"`
		Items []toldJSON `json:"items"`
		Notes []string   `json:"notes"`
	}
	toldJSON struct {
		Story     string         `json:"story"`
		Headline  nearestJSON    `json:"headline"`
		Sentences []sentenceJSON `json:"sentences"`
		Sources   []sourceJSON   `json:"sources"`
		Outlets   []nearestJSON  `json:"outlets"`
		Origins   []shownOrigin  `json:"origins"`
		Differs   *differsJSON   `json:"differs,omitempty"`
		Why       []reasonJSON   `json:"why"`
		Model     string         `json:"model"`
	}
	differsJSON struct {
		Kind  string     `json:"kind"`
		About string     `json:"about"`
		Sides []sideJSON `json:"sides"`
	}
	sideJSON struct {
		Value     string   `json:"value"`
		Outlets   []string `json:"outlets"`
		Citations []int    `json:"citations"`
	}
	reasonJSON struct {
		Rule  string `json:"rule"`
		N     int    `json:"n,omitempty"`
		Words string `json:"words,omitempty"`
	}
)

func printDigest(w io.Writer, v chat.View, d bot.Digest) error {
	out := digestJSON{From: d.From.Format(time.RFC3339), To: d.To.Format(time.RFC3339), Items: []toldJSON{}, Notes: append([]string{}, v.Notes(d.Notes)...)}
	for _, item := range d.Items {
		out.Items = append(out.Items, itemOf(item))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("printing the digest: %w", err)
	}
	return nil
}

func itemOf(item bot.DigestItem) toldJSON {
	out := toldJSON{Story: item.Story, Headline: reportJSON(item.Headline), Model: item.Model}
	for _, s := range item.Sentences {
		out.Sentences = append(out.Sentences, sentenceJSON{Text: s.Text, Citations: s.Citations})
	}
	for _, c := range item.Citations {
		p := c.Passage
		out.Sources = append(out.Sources, sourceJSON{N: c.N, Outlet: p.Outlet, Title: p.Title, Published: dateOf(p.Published), URL: p.URL, OutletURL: p.OutletURL, Quote: c.Quote})
	}
	for _, r := range item.Outlets {
		out.Outlets = append(out.Outlets, reportJSON(r))
	}
	for _, o := range item.Origins {
		label := o.Name
		if label == "" {
			label = string(o.Kind)
		}
		out.Origins = append(out.Origins, shownOrigin{label, o.Outlets})
	}
	for _, r := range item.Why {
		out.Why = append(out.Why, reasonJSON{Rule: string(r.Rule), N: r.N, Words: r.Words})
	}
	if d := item.Differs; d != nil {
		out.Differs = &differsJSON{Kind: d.Kind, About: d.About}
		for _, s := range d.Sides {
			out.Differs.Sides = append(out.Differs.Sides, sideJSON(s))
		}
	}
	return out
}

func reportJSON(r bot.Report) nearestJSON {
	return nearestJSON{Outlet: r.Outlet, Title: r.Title, Published: dateOf(r.Published), URL: r.URL}
}

// digests returns what writes digests, with the stories up to date.
func (a *app) digests(ctx context.Context, s *streams) (*digest.Writer, error) {
	g, err := a.generating(ctx, s)
	if err != nil {
		return nil, err
	}
	stories, err := a.storied(ctx)
	if err != nil {
		return nil, err
	}
	embedder, err := a.models.builtinEmbedder()
	if err != nil {
		return nil, err
	}
	a.building.Lock()
	defer a.building.Unlock()
	if a.digester == nil {
		needs := digest.Needs{Log: a.log, Corpus: a.corpus, Stories: stories, Embedder: embedder}
		if g.fallback != nil {
			needs.Model = g.main
		}
		a.digester = digest.New(needs)
	}
	return a.digester, nil
}

// digest writes a digest that was ordered and lays it out for a chat: the program's own
// words are in the language of the order or that the chat has chosen, the days in the
// zone of the period.
func (a *app) digest(ctx context.Context, s *streams, reader string, o digest.Order) (bot.Digest, bot.Reply, error) {
	w, err := a.digests(ctx, s)
	if err != nil {
		return bot.Digest{}, bot.Reply{}, err
	}
	if o.Unread, err = a.unread(ctx, o); err != nil {
		return bot.Digest{}, bot.Reply{}, err
	}
	d, err := w.Write(ctx, o)
	if err != nil {
		return d, bot.Reply{}, err
	}
	v, err := a.viewFor(ctx, reader, o.Language)
	if err != nil {
		return d, bot.Reply{}, err
	}
	name, err := telegram.Username(ctx, a.db)
	return d, v.Named(name).Digest(d), err
}

// unreadAfter is how long before the end of a period an outlet must last have been read
// to be one that could be read in it.
const unreadAfter = 6 * time.Hour

// unread are the outlets of an order that could not be read in its period. One that was
// never tried is none.
func (a *app) unread(ctx context.Context, o digest.Order) ([]string, error) {
	p, err := a.poller(ctx)
	if err != nil {
		return nil, err
	}
	list, err := p.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, x := range list {
		wanted := !slices.Contains(o.Without, x.Name) && (len(o.Only) == 0 || slices.Contains(o.Only, x.Name))
		if wanted && x.State == poll.Active && x.Failures > 0 && x.Added.Before(o.To) && x.Succeeded.Before(o.To.Add(-unreadAfter)) {
			out = append(out, x.Name)
		}
	}
	return out, nil
}

// toldTo returns what a place was told of a story, and of those that were merged into it.
func (a *app) toldTo(chat string, topic int) func(ctx context.Context, story string) (digest.Told, error) {
	return func(ctx context.Context, story string) (digest.Told, error) {
		stories, err := a.builtStories(ctx)
		if err != nil {
			return digest.Told{}, err
		}
		ids, err := stories.Absorbed(ctx, story)
		if err != nil {
			return digest.Told{}, err
		}
		var told digest.Told
		err = a.db.Read(ctx, func(tx store.Tx) error {
			for _, id := range append(ids, story) {
				account, ok, err := a.schedule.Told(ctx, tx, chat, topic, id)
				if err != nil {
					return err
				}
				if ok {
					told.Facts = append(told.Facts, account.Facts...)
					told.Last = latest(told.Last, account.Last)
				}
			}
			return nil
		})
		return told, err
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// tell notes, in tx, what a digest tells: t has the place, the slot and the time.
func (a *app) tell(ctx context.Context, tx store.Tx, t schedule.Telling, d bot.Digest) error {
	for _, item := range d.Items {
		t.Story, t.Facts = item.Story, item.Facts
		if err := a.schedule.Tell(ctx, tx, t); err != nil {
			return err
		}
	}
	return nil
}
