package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"newsdesk/corpus/poll"
)

// outletsCmd keeps the register of outlets.
type outletsCmd struct {
	List   outletsListCmd   `cmd:"" default:"withargs" help:"List the outlets: articles held, date of the newest, state, and what went wrong last."`
	Show   outletsShowCmd   `cmd:"" help:"Show one outlet with everything that is known of it."`
	Add    outletsAddCmd    `cmd:"" help:"Find an outlet's feed, show what was found, and read it from now on."`
	Pause  outletsPauseCmd  `cmd:"" help:"Stop reading an outlet for now."`
	Resume outletsResumeCmd `cmd:"" help:"Go on reading an outlet."`
	Remove outletsRemoveCmd `cmd:"" help:"Stop reading an outlet for good; its articles are kept."`
	Rename outletsRenameCmd `cmd:"" help:"Give an outlet another name."`
	Keep   outletsKeepCmd   `cmd:"" help:"Say how long an outlet's articles are kept."`
	Import outletsImportCmd `cmd:"" help:"Add the outlets of an OPML file, as feed readers write it."`
	Export outletsExportCmd `cmd:"" help:"Write the outlets as an OPML file."`
	// Do names the sub-command when a serve runs it.
	Do string `kong:"-"`
	// Found are the outlets that “add” enters.
	Found []poll.Found `kong:"-"`
}

type (
	outletsListCmd struct {
		JSON bool `name:"json" help:"One JSON object a line."`
	}
	outletsShowCmd struct {
		Name string `arg:"" help:"Its name, feed or host."`
		JSON bool   `name:"json" help:"One JSON object."`
	}
	outletsPauseCmd struct {
		Name string `arg:"" help:"Its name, feed or host."`
	}
	outletsResumeCmd struct {
		Name string `arg:"" help:"Its name, feed or host."`
	}
	outletsRemoveCmd struct {
		Name string `arg:"" help:"Its name, feed or host."`
	}
	outletsRenameCmd struct {
		Old string `arg:"" help:"Its name, feed or host."`
		New string `arg:"" help:"The name that people use, such as Voice of America."`
	}
	outletsKeepCmd struct {
		Name     string `arg:"" help:"Its name, feed or host."`
		Days     int    `help:"Remove articles after so many days; 0, the default, is what the setting keep-days says." placeholder:"N"`
		Articles int    `help:"Keep so many articles, the newest; 0, the default, is what the setting keep-articles says." placeholder:"N"`
	}
)

func (c *outletsListCmd) Run(inv *invocation) error {
	return inv.within("outlets", &outletsCmd{List: *c, Do: "list"})
}

func (c *outletsShowCmd) Run(inv *invocation) error {
	return inv.within("outlets", &outletsCmd{Show: *c, Do: "show"})
}

func (c *outletsPauseCmd) Run(inv *invocation) error {
	return inv.within("outlets", &outletsCmd{Pause: *c, Do: "pause"})
}

func (c *outletsResumeCmd) Run(inv *invocation) error {
	return inv.within("outlets", &outletsCmd{Resume: *c, Do: "resume"})
}

func (c *outletsRemoveCmd) Run(inv *invocation) error {
	return inv.within("outlets", &outletsCmd{Remove: *c, Do: "remove"})
}

func (c *outletsRenameCmd) Run(inv *invocation) error {
	return inv.within("outlets", &outletsCmd{Rename: *c, Do: "rename"})
}

func (c *outletsKeepCmd) Run(inv *invocation) error {
	return inv.within("outlets", &outletsCmd{Keep: *c, Do: "keep"})
}

// Validate is called by kong: what is wrong here is wrong use.
func (c *outletsKeepCmd) Validate() error {
	if c.Days < 0 || c.Articles < 0 {
		return errors.New("--days and --articles must not be less than 0")
	}
	return nil
}

func (c *outletsCmd) runIn(ctx context.Context, a *app, s *streams) error {
	p, err := a.poller(ctx)
	if err != nil {
		return err
	}
	does := map[string]func(context.Context, *poll.Poller, *streams) error{
		"list": c.List.list, "show": c.Show.show, "find": c.Add.find, "enter": c.enter, "import": c.Import.take, "export": c.Export.write,
		"pause": c.Pause.pause, "resume": c.Resume.resume, "remove": c.Remove.remove, "rename": c.Rename.rename, "keep": c.Keep.keep,
	}
	do, ok := does[c.Do]
	if !ok {
		return fmt.Errorf("no command %q of outlets", c.Do)
	}
	return do(ctx, p, s)
}

// outletJSON is an outlet as the JSON has it. Times are RFC 3339, empty for never.
type outletJSON struct {
	Name     string `json:"name"`
	Feed     string `json:"feed"`
	Home     string `json:"home"`
	Language string `json:"language"`
	// State is "active" or "paused".
	State    string `json:"state"`
	Articles int    `json:"articles"`
	// Newest is the date of publication of the newest article.
	Newest string `json:"newest"`
	Quiet  bool   `json:"quiet"`
	// Problem is what went wrong last; empty when the last reading went well.
	Problem    string `json:"problem"`
	Failures   int    `json:"failures"`
	Waiting    int    `json:"waiting"`
	Unreadable int    `json:"unreadable"`
	Added      string `json:"added"`
	Polled     string `json:"polled"`
	Succeeded  string `json:"succeeded"`
	Next       string `json:"next"`
	// EverySeconds is the time between two readings.
	EverySeconds int64 `json:"every_seconds"`
	// KeepDays and KeepArticles are the outlet's own; 0 is what the settings say.
	KeepDays     int `json:"keep_days"`
	KeepArticles int `json:"keep_articles"`
}

func outletAsJSON(o poll.Outlet) outletJSON {
	return outletJSON{Name: o.Name, Feed: o.Feed, Home: o.Home, Language: o.Language, State: string(o.State),
		Articles: o.Articles, Newest: stamp(o.Newest), Quiet: o.Quiet, Problem: o.Problem, Failures: o.Failures,
		Waiting: o.Waiting, Unreadable: o.Unreadable, Added: stamp(o.Added), Polled: stamp(o.Polled),
		Succeeded: stamp(o.Succeeded), Next: stamp(o.Next), EverySeconds: int64(o.Every.Seconds()),
		KeepDays: int(o.Keep.For / days(1)), KeepArticles: o.Keep.Articles}
}

func (c *outletsListCmd) list(ctx context.Context, p *poll.Poller, s *streams) error {
	outlets, err := p.Outlets(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		for _, o := range outlets {
			if err := writeJSON(s.Out, outletAsJSON(o)); err != nil {
				return err
			}
		}
		return nil
	}
	if len(outlets) == 0 {
		fmt.Fprintln(s.Err, "no outlets are read yet; add one with “newsdesk outlets add URL”")
		return nil
	}
	return printOutlets(s.Out, outlets)
}

// printOutlets writes the table.
func printOutlets(w io.Writer, outlets []poll.Outlet) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "outlet\tarticles\tnewest\tstate\tproblem")
	for _, o := range outlets {
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\n", visible(o.Name), o.Articles, dayOf(o.Newest), stateOf(o), visible(o.Problem))
	}
	return t.Flush()
}

// dayOf is the day of a time, – for none.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.Format(time.DateOnly)
}

func stateOf(o poll.Outlet) string {
	switch {
	case o.State != poll.Active:
		return string(o.State)
	case o.Quiet:
		return "quiet"
	case o.Polled.IsZero():
		return "not read yet"
	case o.Waiting > 0:
		return "reading"
	}
	return string(o.State)
}

func (c *outletsShowCmd) show(ctx context.Context, p *poll.Poller, s *streams) error {
	o, err := p.Outlet(ctx, c.Name)
	if err != nil {
		return ofOutlet(c.Name, err)
	}
	if c.JSON {
		return writeJSON(s.Out, outletAsJSON(o))
	}
	t := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0)
	for _, line := range aboutOutlet(o) {
		if line[1] != "" {
			fmt.Fprintf(t, "%s\t%s\n", line[0], visible(line[1]))
		}
	}
	return t.Flush()
}

// aboutOutlet is everything that is known of an outlet, in lines of two columns.
func aboutOutlet(o poll.Outlet) [][2]string {
	return [][2]string{
		{"outlet", o.Name}, {"feed", o.Feed}, {"page", o.Home}, {"language", o.Language}, {"state", stateOf(o)},
		{"articles", fmt.Sprint(o.Articles)}, {"newest", known(o.Newest)}, {"problem", o.Problem},
		{"failures", some(o.Failures, "in a row")}, {"waiting", some(o.Waiting, "articles to be read")},
		{"unreadable", some(o.Unreadable, "articles of the last week")},
		{"added", known(o.Added)}, {"read", known(o.Polled)}, {"read well", known(o.Succeeded)}, {"next", known(o.Next)},
		{"every", paceOf(o.Every)}, {"kept", keptOf(o.Keep)},
	}
}

// known is a time for a person, in the machine's zone; empty for none.
func known(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04 MST")
}

func some(n int, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", n, what)
}

func paceOf(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return strings.TrimSuffix(d.Round(time.Minute).String(), "0s")
}

func keptOf(k poll.Keep) string {
	var parts []string
	if k.For > 0 {
		parts = append(parts, fmt.Sprintf("for %s", count(int(k.For/days(1)), "day", "days")))
	}
	if k.Articles > 0 {
		parts = append(parts, fmt.Sprintf("%s at most", count(k.Articles, "article", "articles")))
	}
	return strings.Join(parts, ", ")
}

func (c *outletsPauseCmd) pause(ctx context.Context, p *poll.Poller, s *streams) error {
	return told(s, c.Name, p.Pause(ctx, c.Name), "%s is not read until “newsdesk outlets resume”\n")
}

func (c *outletsResumeCmd) resume(ctx context.Context, p *poll.Poller, s *streams) error {
	return told(s, c.Name, p.Resume(ctx, c.Name), "%s is read again\n")
}

func (c *outletsRemoveCmd) remove(ctx context.Context, p *poll.Poller, s *streams) error {
	return told(s, c.Name, p.Remove(ctx, c.Name), "%s is read no more; its articles are kept\n")
}

func (c *outletsRenameCmd) rename(ctx context.Context, p *poll.Poller, s *streams) error {
	err := p.Rename(ctx, c.Old, c.New)
	if errors.Is(err, poll.ErrName) {
		return plainError{fmt.Sprintf("%s cannot be called %q: %s", c.Old, c.New, poll.Plain(err)), err}
	}
	if err != nil {
		return ofOutlet(c.Old, err)
	}
	fmt.Fprintf(s.Out, "%s is %s from now on, and so are its articles; what was cited before keeps the old name\n", visible(c.Old), visible(c.New))
	return nil
}

func (c *outletsKeepCmd) keep(ctx context.Context, p *poll.Poller, s *streams) error {
	k := poll.Keep{For: days(c.Days), Articles: c.Articles}
	kept := keptOf(k)
	if kept == "" {
		kept = "as the settings say"
	}
	return told(s, c.Name, p.SetKeep(ctx, c.Name, k), "%s: articles are kept "+kept+"\n")
}

// told tells what was done to an outlet, or what is wrong.
func told(s *streams, name string, err error, format string) error {
	if err != nil {
		return ofOutlet(name, err)
	}
	fmt.Fprintf(s.Out, format, visible(name))
	return nil
}

// ofOutlet puts what is wrong with an outlet into words; the cause is kept for the
// advice.
func ofOutlet(name string, err error) error {
	name = withoutUser(name)
	if errors.Is(err, poll.ErrUnknown) {
		return fmt.Errorf("%s: there is no such outlet; “newsdesk outlets” lists them", name)
	}
	return plainError{name + ": " + poll.Plain(err), err}
}

// plainError says in plain words what its cause says for programs.
type plainError struct {
	words string
	cause error
}

func (e plainError) Error() string { return e.words }
func (e plainError) Unwrap() error { return e.cause }

// outletsAddCmd finds outlets, shows what it found, and enters what is wanted.
type outletsAddCmd struct {
	Addresses []string `arg:"" name:"url" help:"The outlet's home page, feed, or any article of it."`
	Name      string   `help:"What to call it, instead of what its page says." placeholder:"NAME"`
	Since     day      `help:"Read what its site map names of articles since this day, too." placeholder:"DATE"`
	Yes       bool     `short:"y" help:"Do not ask."`
}

// Validate is called by kong: what is wrong here is wrong use.
func (c *outletsAddCmd) Validate() error {
	if c.Name != "" && len(c.Addresses) > 1 {
		return errors.New("--name is for one outlet")
	}
	return nil
}

func (c *outletsAddCmd) Run(inv *invocation) error {
	if !c.Yes && !inv.streams.Interactive {
		return errors.New("nobody is there to be asked: say --yes to add what is found")
	}
	w, err := inv.enter()
	if err != nil {
		return err
	}
	err = w.staying(inv, func(ctx context.Context) error {
		ask := newAsker(inv.streams)
		var errs []error
		any := false
		for _, address := range c.Addresses {
			added, err := c.add(ctx, w, inv.streams, ask, address)
			errs = append(errs, err)
			any = any || added
		}
		if any && w.app != nil {
			fmt.Fprintln(inv.streams.Err, "“newsdesk serve” reads outlets as long as it runs, “newsdesk poll --once” reads them now")
		}
		return errors.Join(errs...)
	})
	return errors.Join(err, w.leave())
}

// add finds, shows, asks and enters, and reports whether an outlet was entered.
func (c *outletsAddCmd) add(ctx context.Context, w *workplace, s *streams, ask *asker, address string) (bool, error) {
	all, err := c.look(ctx, w, s, address)
	if err != nil {
		return false, err
	}
	if err := printFound(s.Out, all); err != nil {
		return false, err
	}
	chosen := 0
	if !c.Yes {
		var ok bool
		if chosen, ok = ask.which(len(all)); !ok {
			fmt.Fprintln(s.Out, "not added")
			return false, nil
		}
	}
	one := *s
	one.In = strings.NewReader("")
	err = w.run(ctx, "outlets", &outletsCmd{Add: outletsAddCmd{Since: c.Since}, Found: all[chosen : chosen+1], Do: "enter"}, &one)
	return err == nil, err
}

// look has it looked for what there is at an address; at least one.
func (c *outletsAddCmd) look(ctx context.Context, w *workplace, s *streams, address string) ([]poll.Found, error) {
	var found bytes.Buffer
	one := *s
	one.In, one.Out = strings.NewReader(""), &found
	if err := w.run(ctx, "outlets", &outletsCmd{Add: outletsAddCmd{Addresses: []string{address}}, Do: "find"}, &one); err != nil {
		return nil, err
	}
	var all []poll.Found
	if err := json.Unmarshal(found.Bytes(), &all); err != nil || len(all) == 0 {
		return nil, errors.Join(fmt.Errorf("%s: what was found cannot be read", address), err)
	}
	if c.Name != "" {
		for i := range all {
			all[i].Name = c.Name
		}
	}
	return all, nil
}

// find prints what there is at an address, as JSON.
func (c *outletsAddCmd) find(ctx context.Context, p *poll.Poller, s *streams) error {
	found, err := p.Find(ctx, c.Addresses[0])
	if err != nil {
		return ofOutlet(c.Addresses[0], err)
	}
	return writeJSON(s.Out, found)
}

func printFound(w io.Writer, all []poll.Found) error {
	for i, f := range all {
		number := ""
		if len(all) > 1 {
			number = fmt.Sprintf("%d. ", i+1)
		}
		newest := ""
		if !f.Newest.IsZero() {
			newest = ", the newest of " + f.Newest.Format(time.DateOnly)
		}
		_, err := fmt.Fprintf(w, "%s%s\n    %s\n    %s%s\n", number, visible(f.Name), visible(f.Feed),
			count(f.Articles, "article", "articles"), newest)
		if err != nil {
			return err
		}
		for _, title := range f.Examples {
			if _, err := fmt.Fprintf(w, "    • %s\n", visible(title)); err != nil {
				return err
			}
		}
	}
	return nil
}

// enter enters what was found and chosen, and reads what came before.
func (c *outletsCmd) enter(ctx context.Context, p *poll.Poller, s *streams) error {
	for _, f := range c.Found {
		o, err := p.Subscribe(ctx, f)
		if err != nil {
			return ofOutlet(f.Name, err)
		}
		fmt.Fprintf(s.Out, "%s is read from now on\n", visible(o.Name))
		if !c.Add.Since.at.IsZero() {
			t := newTelling(s, 1)
			err := p.Fill(ctx, o.Name, c.Add.Since.at, t.tell)
			t.finish()
			if err != nil {
				return ofOutlet(o.Name, err)
			}
		}
	}
	return nil
}
