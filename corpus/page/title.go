package page

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"newsdesk/corpus"
	"newsdesk/corpus/markup"
	"newsdesk/corpus/text"
)

// site is what the page calls the outlet.
func (r *reader) site() string {
	var publishers []string
	for _, a := range r.articles() {
		publishers = append(publishers, texts(a["publisher"])...)
	}
	s := markup.Line(first(r.metas["og:site_name"], publishers, r.metas["application-name"], r.metas["publisher"]))
	if strings.Contains(s, "://") {
		return ""
	}
	return s
}

// title is the article's own, without the outlet's name.
func (r *reader) title(site string) string {
	headline := markup.Line(first(r.said("headline"), r.props["headline"]))
	given := markup.Line(first(r.metas["og:title"], r.metas["twitter:title"], r.metas["dc.title"], r.metas["title"]))
	for _, h := range r.headings {
		if isSame(h, headline) || isSame(h, given) || isSame(h, r.titleTag) {
			return h
		}
	}
	switch {
	case headline != "":
		return headline
	case given != "":
		return withoutSite(given, site, r.address.Hostname(), r.titleTag)
	case len(r.headings) == 1 && r.headings[0] != "" && r.headings[0] != site:
		return r.headings[0]
	}
	return withoutSite(r.titleTag, site, r.address.Hostname(), "")
}

// isSame reports whether what stands for programs is a heading, perhaps with the
// outlet's name around it.
func isSame(heading, other string) bool {
	if heading == "" || other == "" || len(heading)*3 < len(other) {
		return false
	}
	return strings.Contains(strings.ToLower(other), strings.ToLower(heading))
}

var titleParts = regexp.MustCompile(`\s+(?:\||-|–|—|::|»|«|•|·|/)\s+`)

// withoutSite cuts the outlet's name off a title: the part that is the name, or
// a short last one that the page's other title does not have.
func withoutSite(title, site, host, other string) string {
	at := titleParts.FindAllStringIndex(title, -1)
	if len(at) == 0 {
		return title
	}
	last := at[len(at)-1]
	head, tail := title[:last[0]], title[last[1]:]
	start, rest := title[:at[0][0]], title[at[0][1]:]
	switch {
	case site != "" && strings.EqualFold(tail, site) || isHost(tail, host):
		return head
	case isHost(start, host):
		return rest
	case title[last[0]:last[1]] == " | " && utf8.RuneCountInString(head) >= 20:
		return head // a bar is in no title
	case site != "" && strings.EqualFold(start, site):
		return rest
	case len(strings.Fields(tail)) <= 3 && len(head) > 2*len(tail) && !strings.Contains(title, " - ") || strings.Contains(tail, ".com"):
		return head
	case len(strings.Fields(tail)) <= 3 && len(head) > 3*len(tail) && other != title:
		return head
	}
	return title
}

// isHost reports whether a part of a title is the name in the host's: "La Stampa"
// in lastampa.example.
func isHost(part, host string) bool {
	squashed := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' {
			return unicode.ToLower(r)
		}
		return -1
	}, part)
	labels := strings.Split(strings.ToLower(strings.ReplaceAll(host, "-", "")), ".")
	if len(labels) < 2 || len(squashed) < 3 {
		return false
	}
	name := labels[len(labels)-2]
	return squashed == name || squashed == name+"."+labels[len(labels)-1] || squashed == "the"+name || "the"+squashed == name
}

// language is the page's, by what it says, unless the text is in another script.
func (r *reader) language(body string) string {
	declared := language.Und
	for _, s := range [][]string{{r.lang}, r.metas["content-language"], r.metas["dc.language"], r.metas["language"], r.said("inLanguage"), r.metas["og:locale"]} {
		if declared = parseTag(first(s)); declared != language.Und {
			break
		}
	}
	detected := text.Detect(body)
	if declared == language.Und {
		return detected
	}
	script, _ := declared.Script()
	if inLatin := detected == "en" || detected == "de" || detected == "es"; !inLatin && script.String() == "Latn" {
		return detected
	}
	return declared.String()
}

// parseTag reads a tag as pages write it; of one that is wrong, its language.
func parseTag(s string) language.Tag {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	t, err := language.Parse(s)
	if region, _ := t.Region(); err == nil && !region.IsPrivateUse() {
		return t
	}
	base, _, _ := strings.Cut(s, "-")
	b, err := language.ParseBase(base)
	if err != nil {
		return language.Und
	}
	return language.Make(b.String())
}

// canonical is the article's address: as the page says, if it is on the site
// that the page came from, else that one. A page cannot take the address of
// another outlet's.
func (r *reader) canonical() string {
	own := ""
	if r.address.Host != "" {
		if a, err := corpus.Canonical(r.address.String()); err == nil {
			own = a
		}
	}
	for _, s := range [][]string{{r.links["canonical"]}, r.metas["og:url"], r.said("mainEntityOfPage"), r.said("url"), r.metas["mainentityofpage"]} {
		u, err := url.Parse(first(s))
		if err != nil || first(s) == "" {
			continue
		}
		a, err := corpus.Canonical(r.address.ResolveReference(u).String())
		if err == nil && a != home(a) && (own == "" || site(a) == site(own)) {
			return a
		}
	}
	return own
}

// home is the page of an address's host; empty for an empty one.
func home(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/"
}

// site is the end of an address's host, without what outlets put before it.
func site(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	labels := strings.Split(strings.ToLower(u.Hostname()), ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}
