package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"newsdesk/corpus/markup"
)

// facts are what a page says of itself, as it stands there.
type facts struct {
	// metas are the contents of meta elements by name, property or itemprop in
	// lower case.
	metas map[string][]string
	// props are the values of microdata by itemprop.
	props    map[string][]string
	data     []thing // JSON-LD
	links    map[string]string
	lang     string
	titleTag string
	headings []string // h1
	// times are the time elements that may be the article's.
	times []timeElement
	// authors are texts of elements that say they are the author's, the surest
	// first.
	authors  []ranked
	captions []string
}

type timeElement struct {
	value string
	rank  int // lower is surer
}

type ranked struct {
	text string
	rank int
}

// maxCaptions bounds the captions that are kept.
const maxCaptions = 30

// gather walks over the page once.
func gather(tree *html.Node) *facts {
	f := &facts{metas: map[string][]string{}, props: map[string][]string{}, links: map[string]string{}}
	f.walk(tree, context{})
	slices.SortStableFunc(f.times, func(a, b timeElement) int { return a.rank - b.rank })
	slices.SortStableFunc(f.authors, func(a, b ranked) int { return a.rank - b.rank })
	return f
}

// context is where in the page an element stands.
type context struct {
	main, margin bool
	// author says that the element is in one with itemprop=author.
	author bool
}

func (f *facts) walk(n *html.Node, c context) {
	if n.Type == html.ElementNode {
		c = f.element(n, c)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		f.walk(child, c)
	}
}

func (f *facts) element(n *html.Node, c context) context {
	switch n.Data {
	case "html":
		f.lang = attr(n, "lang")
		if f.lang == "" {
			f.lang = attr(n, "xml:lang")
		}
	case "title":
		if f.titleTag == "" {
			f.titleTag = markup.Line(words(n))
		}
	case "meta":
		f.meta(n, c)
	case "link":
		if rel := strings.ToLower(attr(n, "rel")); f.links[rel] == "" {
			f.links[rel] = attr(n, "href")
		}
	case "script":
		f.data = append(f.data, readThings(words(n))...)
	case "h1":
		f.headings = append(f.headings, markup.Line(words(n)))
	case "article", "main":
		c.main = true
	case "nav", "aside", "footer":
		c.margin = true
	case "time":
		f.time(n, c)
	}
	if isCaption(n) && len(f.captions) < maxCaptions {
		if s := markup.Line(words(n)); s != "" {
			f.captions = append(f.captions, s)
		}
	}
	f.property(n, c)
	f.byline(n, c)
	c.author = c.author || slices.Contains(strings.Fields(attr(n, "itemprop")), "author")
	return c
}

func (f *facts) meta(n *html.Node, c context) {
	value := strings.TrimSpace(attr(n, "content"))
	if value == "" {
		return
	}
	for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
		if name := strings.ToLower(strings.TrimSpace(attr(n, key))); name != "" && !(c.author && name == "name") {
			f.metas[name] = append(f.metas[name], value)
		}
	}
}

// property keeps microdata: the content of the element, its date, or its text.
func (f *facts) property(n *html.Node, c context) {
	if n.Data == "meta" {
		return
	}
	for name := range strings.FieldsSeq(attr(n, "itemprop")) {
		switch name {
		case "datePublished", "dateModified", "dateCreated", "headline":
			f.props[name] = append(f.props[name], machine(n))
		case "author", "creator":
			if within := find(n, func(n *html.Node) bool { return attr(n, "itemprop") == "name" }); within != nil {
				n = within
			}
			f.authors = append(f.authors, ranked{machine(n), 0})
		}
	}
}

// machine is what an element says to programs, else to people.
func machine(n *html.Node) string {
	for _, key := range []string{"content", "datetime"} {
		if s := attr(n, key); s != "" {
			return s
		}
	}
	return words(n)
}

// time keeps a time element, ranked by how likely it is the article's.
func (f *facts) time(n *html.Node, c context) {
	class := strings.ToLower(attr(n, "class") + " " + attr(n, "itemprop") + " " + attr(n, "id"))
	rank := 3
	switch {
	case strings.Contains(class, "updated") || strings.Contains(class, "modified"):
		f.metas["time.modified"] = append(f.metas["time.modified"], machine(n))
		return
	case hasAttr(n, "pubdate") || strings.Contains(class, "publi"):
		rank = 0
	case c.margin:
		return
	case c.main:
		rank = 1
	case strings.Contains(class, "date"):
		rank = 2
	}
	f.times = append(f.times, timeElement{machine(n), rank})
}

// byline keeps the text of an element whose name says that it is the author's.
func (f *facts) byline(n *html.Node, c context) {
	if c.margin || c.author {
		return
	}
	rank := 9
	switch rel := strings.Fields(strings.ToLower(attr(n, "rel"))); {
	case slices.Contains(rel, "author"):
		rank = 1
	case n.Data == "body" || n.Data == "html" || n.Data == "article" || n.Data == "main":
		return
	default:
		rank = authorRank(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "data-testid"))
	}
	if rank == 9 {
		return
	}
	if s := markup.Line(words(n)); s != "" && len(s) <= maxByline {
		f.authors = append(f.authors, ranked{s, rank})
	}
}

// maxByline bounds the text of an element that is taken for a byline, in bytes.
const maxByline = 200

// authorRank ranks the names of classes; 9 is none of an author.
func authorRank(names string) int {
	best := 9
	for name := range strings.FieldsSeq(strings.ToLower(names)) {
		switch name = strings.NewReplacer("_", "-", "--", "-").Replace(name); {
		case strings.Contains(name, "author-box") || strings.Contains(name, "author-bio") || strings.Contains(name, "about-author") || strings.Contains(name, "comment"):
			return 9
		case name == "author-name" || name == "author" || name == "byline-name" || name == "autor" || strings.HasSuffix(name, "-author-name"):
			best = min(best, 2)
		case name == "byline" || strings.HasSuffix(name, "-byline") || strings.HasPrefix(name, "byline"):
			best = min(best, 3)
		case name == "by" || name == "writer" || name == "reporter" || strings.HasSuffix(name, "-by") || strings.HasSuffix(name, "-author"):
			best = min(best, 4)
		}
	}
	return best
}

// isCaption reports whether an element is the caption of a picture.
func isCaption(n *html.Node) bool {
	if n.Type != html.ElementNode || n.Data == "body" || n.Data == "html" {
		return false
	}
	if n.Data == "figcaption" {
		return true
	}
	for class := range strings.FieldsSeq(strings.ToLower(attr(n, "class"))) {
		if (class == "caption" || strings.HasSuffix(class, "-caption") || strings.HasSuffix(class, "_caption") || class == "wp-caption-text") &&
			len(words(n)) <= maxCaption {
			return true
		}
	}
	return false
}

// maxCaption bounds a caption that is told by its class only, in bytes.
const maxCaption = 600

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// words is the text in a node, with spaces where elements meet.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
			continue
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

// find returns the first descendant for which is reports true; nil for none.
func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			return d
		}
	}
	return nil
}

func render(n *html.Node) string {
	var b strings.Builder
	html.Render(&b, n) // to memory; what cannot be rendered is not of a page
	return b.String()
}
