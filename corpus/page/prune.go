package page

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// asides are names of classes and ids of what is no part of an article.
var asides = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:cookie|cookies|consent|gdpr|onetrust|didomi|cmp|usercentrics|truste|` +
	`newsletter|subscribe|signup|paywall-offer|social|share|sharing|sharedaddy|addtoany|` +
	`related|related-?posts|jp-relatedposts|recirculation|recommend(?:ed|ations)?|teasers?|teaser-list|inline-teaser|most-?read|trending|` +
	`comments?|comments-area|disqus|author-box|author-bio|breadcrumbs?|advert|advertisement|ad|ads|adslot|sponsored|outbrain|taboola|poll|print-?only)(?:$|[\s_-])`)

// foreign are elements that hold no text of a page.
var foreign = set("svg math template object embed canvas audio video select textarea")

// elements that are no part of an article wherever they stand.
var aside = set("nav amp-sidebar amp-consent amp-ad dialog")

// prune takes out of the tree what says by its name that it is not the article,
// unless it holds most of the page.
func prune(tree *html.Node) {
	all := letters(tree)
	for n := tree.FirstChild; n != nil; {
		next := following(n)
		if n.Type == html.ElementNode && foreign[n.Data] || isAside(n) && isSmall(n, all) {
			next = skipping(n)
			n.Parent.RemoveChild(n)
		}
		n = next
	}
}

// isSmall reports whether a node can be done without: it holds less than a
// quarter of the page's text, and no paragraphs as long as those of an article.
func isSmall(n *html.Node, all int) bool {
	return letters(n)*4 < all && prose(n) < maxProse
}

// maxProse is how much text in long paragraphs a part of the page has at most
// that is no article, in bytes.
const maxProse = 600

// prose is the length of the long paragraphs in a node.
func prose(n *html.Node) int {
	sum := 0
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "p" {
			if l := letters(d); l > 120 {
				sum += l
			}
		}
	}
	return sum
}

func isAside(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.Data {
	case "html", "head", "body", "main", "article", "meta", "link", "title", "script":
		return false
	}
	if aside[n.Data] || n.Data == "button" || isCaption(n) {
		return true
	}
	return asides.MatchString(attr(n, "class")) || asides.MatchString(attr(n, "id"))
}

// following is the next node in the order of the page, n's children first.
func following(n *html.Node) *html.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	return skipping(n)
}

// skipping is the next node that is not below n; nil for none.
func skipping(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.NextSibling != nil {
			return n.NextSibling
		}
	}
	return nil
}

// letters is the length of the text in a node, in bytes.
func letters(n *html.Node) int {
	sum := 0
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" {
			sum += len(strings.TrimSpace(d.Data))
		}
	}
	return sum
}
