package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus/dated"
	"newsdesk/corpus/markup"
)

// authorNames are the names under which pages keep their author.
var authorNames = strings.Fields(`author article:author parsely-author sailthru.author dc.creator dcterms.creator byl
	article:author_name og:article:author cxenseparse:author twitter:creator_name rnews:creator`)

// by is what stands before an author's name in several languages.
var by = regexp.MustCompile(`(?i)^(?:(?:written |reported |posted |story )?by|von|por|par|di|door|автор(?:ы)?|текст|نویسنده|نوشته|بقلم|كتب(?:ت)?|作者|记者|撰文|文)\s*[:：/]?\s+|^(?:автор|نویسنده|بقلم|作者|记者|撰文|文|author|autor|autora|text|texto)\s*[:：]\s*`)

// author is who wrote the article: names separated by ", ". Empty when the page
// does not say.
func (r *reader) author(title string) string {
	var all [][]string
	for _, a := range r.articles() {
		all = append(all, names(a["author"]), names(a["creator"]))
	}
	for _, name := range authorNames {
		all = append(all, r.metas[name])
	}
	for _, a := range r.authors {
		all = append(all, []string{by.ReplaceAllString(a.text, "")})
	}
	for _, line := range r.around(title) {
		if s := strings.TrimSpace(line); by.MatchString(s) {
			all = append(all, []string{by.ReplaceAllString(s, "")})
		}
	}
	for _, list := range all {
		if clean := r.cleanNames(list); clean != "" {
			return clean
		}
	}
	return ""
}

var (
	and  = regexp.MustCompile(`\s*[;&]\s*|\s+(?:and|und|y|et|и|و)\s+|、|,\s+`)
	role = regexp.MustCompile(`(?i)\b(?:reporter|correspondent|editor|staff|writer|redakteur(?:in)?|korrespondent(?:in)?|corresponsal|redacción|agentur|news|desk)\b`)
)

// cleanNames keeps the names of persons in a list of what stood as author.
func (r *reader) cleanNames(list []string) string {
	var kept []string
	for _, s := range list {
		s = by.ReplaceAllString(markup.Line(s), "")
		s, _, _ = strings.Cut(s, " | ")
		s, _, _ = strings.Cut(s, " · ")
		for _, name := range and.Split(s, -1) {
			name = strings.Trim(name, " ,;:|/–—-·•")
			if r.isName(name) && !slices.Contains(kept, name) {
				kept = append(kept, name)
			}
		}
	}
	return strings.Join(kept, ", ")
}

// maxName bounds a name, in characters.
const maxName = 60

// isName reports whether s can be a person's name, or that of an agency: no
// address, no date, no role alone, not a sentence.
func (r *reader) isName(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > maxName || len(strings.Fields(s)) > 6 || strings.ContainsAny(s, "@/<>{}[]=|\"") || strings.Contains(s, "http") {
		return false
	}
	if strings.IndexFunc(s, unicode.IsDigit) >= 0 || strings.IndexFunc(s, unicode.IsLetter) < 0 {
		return false
	}
	if _, isDate := dated.Read(s); isDate {
		return false
	}
	return !(role.MatchString(s) && len(strings.Fields(s)) <= 2) && !strings.EqualFold(s, "admin")
}
