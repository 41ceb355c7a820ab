// Package polltest plays outlets: servers with home pages, feeds, article pages and
// sitemaps as outlets have them, that fail as servers fail, and that remember what
// they have told whom. It is for the tests and measurements of whoever reads
// outlets.
//
// # Design
//
// A [World] is made of a seed, and everything in it with it: names, texts, layouts,
// the oddities of each feed, and which request fails how. Texts are written by a
// small grammar in three languages; no two articles share a paragraph. Each outlet
// has one layout of ten, one kind of feed of six, and oddities of its own; see
// [Outlet].
//
// A world is served in memory ([World.Resolve] and [World.Dial] for package fetch),
// where it takes its time from a bubble of testing/synctest if it is in one, or at
// addresses of this machine ([World.Listen]), one for each outlet, for tests with
// other processes.
//
// # The truth
//
// [World.Served] are the versions of articles that were sent to a client to their
// last byte, on their page or whole in a feed: these have to be in a corpus in the
// end, and each once. [World.Requests] are the requests, for pace and politeness.
package polltest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"newsdesk/corpus/fetch/fetchtest"
)

// Settings of a [World].
type Settings struct {
	Seed uint64
	// Outlets is their number, up to 1,000.
	Outlets int
	// Articles is how many each has published before the world begins.
	Articles int
	// Faults is the share of requests that fail, from 0 to 1; see [World.SetFaults].
	Faults float64
	// Hang is how long a server that says nothing waits for the client to give up;
	// 0 is for ever.
	Hang time.Duration
	// Pause is the time between the pieces of a body that comes slowly; 0 is a
	// second.
	Pause time.Duration
}

// World is a number of outlets. Safe for concurrent use.
type World struct {
	settings Settings
	// Outlets are in the order of their making; their fields must not be changed.
	Outlets []*Outlet

	mu     sync.Mutex
	random *rand.Rand
	faults float64
	byHost map[string]*Outlet
	// tried counts requests by host and path, so that which of them fails does not
	// depend on those of others.
	tried    map[string]int
	requests []*Request
	served   []Version
	isServed map[string]bool
	// sending counts the answers of which the last bytes are under way, and sent
	// tells when it has become 0.
	sending int
	sent    *sync.Cond
	// made and corrected count articles and corrections, for their numbers.
	made, corrected int

	listeners []net.Listener
	server    *http.Server
	memory    *fetchtest.Listener
}

// Outlet is one outlet of a world.
type Outlet struct {
	// Name is what it calls itself, Language a BCP 47 tag.
	Name, Language string
	// Host is where it is: "harbour-herald-17.example", or "127.0.0.18:40000" once
	// it listens. Home, Feed, Sitemap and News (the news sitemap) are addresses
	// there.
	Host                      string
	Home, Feed, Sitemap, News string
	// Format is that of its feed: "rss", "rss whole", "rdf", "atom", "atom 0.3",
	// "json". The feed of "rss whole" has articles as a whole, that of "json" too in
	// every other outlet; the others have summaries.
	Format string
	// Whole says that the feed has articles as a whole.
	Whole bool
	// Dates says what the dates in its feed are: "right", "missing", "days ahead"
	// (more than anybody believes), or "hours ahead" of articles that appear once the
	// world has begun.
	Dates string
	// Layout is that of its pages, from 0.
	Layout int

	ip       [4]byte
	charset  string
	fileType string
	marks    string // "etag", "modified", "both"
	oddity   string // "", "relative", "tracked", "new ids", "twice", "escaped"
	delay    int    // seconds of Crawl-delay; 0 for none, -1 for no robots.txt
	articles []*article
	began    time.Time
	changed  time.Time
	edition  int
}

// Version is a version of an article as it was published.
type Version struct {
	// URL is the canonical address of its page.
	URL, Outlet, Title, Author, Language string
	// Text is paragraphs of plain text separated by empty lines.
	Text      string
	Published time.Time
	// Number counts versions from 1.
	Number int
	// At is when it was first sent as a whole; zero for never.
	At time.Time
	// Withdrawn says that the page is there no longer.
	Withdrawn bool
}

// article is what an outlet has published.
type article struct {
	slug      string
	versions  []Version
	summary   string
	modified  time.Time
	withdrawn int // the status; 0 while it is there
}

func (a *article) now() Version { return a.versions[len(a.versions)-1] }

// New makes a world. Its articles are dated in the days before now.
func New(s Settings) *World {
	w := &World{
		settings: s, faults: s.Faults, random: rand.New(rand.NewPCG(s.Seed, 1)),
		byHost: map[string]*Outlet{}, tried: map[string]int{}, isServed: map[string]bool{},
		memory: fetchtest.Listen(),
	}
	w.sent = sync.NewCond(&w.mu)
	for i := range s.Outlets {
		o := newOutlet(w.random, i)
		w.Outlets = append(w.Outlets, o)
		w.byHost[o.Host] = o
	}
	start := time.Now().UTC().Truncate(time.Second)
	for _, o := range w.Outlets {
		o.began = start
		for n := range s.Articles {
			w.write(o, start.Add(-time.Duration(s.Articles-n)*7*time.Hour-time.Duration(w.random.IntN(3600))*time.Second))
		}
	}
	return w
}

var (
	towns  = strings.Fields("Harbour Meridian Valley Nordhafen Solana Kestrel Greyfen Moorland Lakeside Tidewater")
	papers = strings.Fields("Herald Courier Post Dispatch Ledger Echo Mirror Gazette Observer Tribune Chronicle Record Sentinel Register Beacon Argus Monitor Standard Journal Times")
)

func newOutlet(r *rand.Rand, i int) *Outlet {
	o := &Outlet{
		Name: towns[i%len(towns)] + " " + papers[i/len(towns)%len(papers)], Layout: i % layouts,
		Format:  [...]string{"rss", "rss whole", "rdf", "atom", "atom 0.3", "json"}[i%6],
		Dates:   [...]string{"right", "right", "right", "right", "missing", "right", "days ahead", "right", "right", "hours ahead"}[i/2%10],
		marks:   [...]string{"etag", "modified", "both"}[i%3],
		oddity:  [...]string{"", "relative", "tracked", "new ids", "twice", "escaped", ""}[i%7],
		delay:   [...]int{0, -1, 0, 0, -1, 0, 0, 0, 2, 0, 0}[i%11],
		edition: r.IntN(1000),
	}
	if i >= len(towns)*len(papers) {
		o.Name += fmt.Sprintf(" %d", i/len(towns)/len(papers)+1)
	}
	o.Language = [...]string{"en", "en", "de", "en", "ru"}[i%5]
	o.charset, o.fileType = charsetOf(o.Language, i), [...]string{"", "text/html", "text/xml; charset=utf-8", "text/plain", "application/octet-stream"}[i%5]
	o.Whole = o.Format == "rss whole" || o.Format == "json" && i%4 == 1
	if o.Whole {
		o.Dates = "right" // its pages need not be read
	}
	o.ip = [4]byte{93, 184, byte(i>>8) + 1, byte(i)}
	o.at(strings.ToLower(strings.ReplaceAll(o.Name, " ", "-")) + fmt.Sprintf("-%d.example", i))
	return o
}

// at moves an outlet to a host.
func (o *Outlet) at(host string) {
	base := "http://" + host
	o.Host, o.Home, o.Feed, o.Sitemap, o.News = host, base+"/", base+"/feed", base+"/sitemap.xml", base+"/news-sitemap.xml.gz"
}

// charsetOf is the character set of a feed: what it is in, and not always what it
// says.
func charsetOf(language string, i int) string {
	switch {
	case i%3 == 0:
		return "utf-8"
	case language == "ru":
		return "windows-1251"
	case i%3 == 1:
		return "windows-1252" // while it says UTF-8, or nothing
	}
	return "utf-16"
}

// write adds an article to an outlet. mu is held, or not yet needed.
func (w *World) write(o *Outlet, at time.Time) {
	w.made++
	v := compose(w.random, o.Language, w.made)
	v.Outlet, v.Language, v.Published, v.Number = o.Name, o.Language, at, 1
	a := &article{slug: fmt.Sprintf("%s/%d-%s", at.Format("2006/01"), w.made, slug(v.Title)), versions: []Version{v}, modified: at}
	a.summary = firstSentence(v.Text)
	o.articles = append(o.articles, a)
	o.edited()
}

func (o *Outlet) edited() {
	o.changed = time.Now().UTC()
	o.edition++
}

// Publish has n articles appear, at outlets by chance, dated now.
func (w *World) Publish(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for range n {
		w.write(w.Outlets[w.random.IntN(len(w.Outlets))], time.Now().UTC().Truncate(time.Second))
	}
}

// Change has n articles appear with another text, by chance, of those that are
// there and that clients read on their page.
func (w *World) Change(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for range n {
		o, a := w.pick()
		if a == nil {
			continue
		}
		v := a.now()
		v.Number++
		v.At = time.Time{}
		w.corrected++
		v.Text += "\n\n" + correction(w.random, o.Language, w.corrected)
		a.versions = append(a.versions, v)
		a.modified = time.Now().UTC().Truncate(time.Second)
		o.edited()
	}
}

// Withdraw takes n articles down, by chance: their pages answer 404 or 410, and
// they are in no feed.
func (w *World) Withdraw(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for range n {
		if o, a := w.pick(); a != nil {
			a.withdrawn = [...]int{http.StatusNotFound, http.StatusGone}[w.random.IntN(2)]
			o.edited()
		}
	}
}

// pick is an article that is there, of an outlet whose feed has none as a whole;
// nil if none is found.
func (w *World) pick() (*Outlet, *article) {
	for range 1000 {
		o := w.Outlets[w.random.IntN(len(w.Outlets))]
		if o.Whole || len(o.articles) == 0 {
			continue
		}
		if a := o.articles[w.random.IntN(len(o.articles))]; a.withdrawn == 0 {
			return o, a
		}
	}
	return nil, nil
}

// SetFaults sets the share of requests that fail from now on.
func (w *World) SetFaults(share float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = share
}

// Served are the versions that were sent to a client as a whole, in the order in
// which they first were.
func (w *World) Served() []Version {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.sending > 0 {
		w.sent.Wait()
	}
	withdrawn := map[string]bool{}
	for _, o := range w.Outlets {
		for _, a := range o.articles {
			withdrawn[o.url(a)] = a.withdrawn != 0
		}
	}
	all := append([]Version(nil), w.served...)
	for i := range all {
		all[i].Withdrawn = withdrawn[all[i].URL]
	}
	return all
}

// Published are all articles of an outlet as they are now, oldest first.
func (w *World) Published(o *Outlet) []Version {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Version
	for _, a := range o.articles {
		v := a.now()
		v.URL, v.Withdrawn = o.url(a), a.withdrawn != 0
		all = append(all, v)
	}
	return all
}

// Requests returns the requests since it was last called, in the order in which
// they came.
func (w *World) Requests() []Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := make([]Request, len(w.requests))
	for i, r := range w.requests {
		all[i] = *r
	}
	w.requests = nil
	return all
}

// url is the canonical address of an article.
func (o *Outlet) url(a *article) string { return o.Home + a.slug }
