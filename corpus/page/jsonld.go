package page

import (
	"encoding/json"
	"regexp"
	"strings"
)

// thing is one object of JSON-LD.
type thing map[string]any

// maxThings bounds the objects that are looked at.
const maxThings = 200

// readThings returns the objects of a script, those of graphs and lists
// included. Nil for what is no JSON, even after it was mended.
func readThings(script string) []thing {
	script = strings.TrimSpace(script)
	if script == "" || script[0] != '{' && script[0] != '[' {
		return nil
	}
	var value any
	if json.Unmarshal([]byte(script), &value) != nil && json.Unmarshal([]byte(mendJSON(script)), &value) != nil {
		return nil
	}
	var all []thing
	flatten(value, &all, 0)
	return all
}

func flatten(value any, all *[]thing, depth int) {
	if depth > 5 || len(*all) >= maxThings {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			flatten(one, all, depth+1)
		}
	case map[string]any:
		*all = append(*all, v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"} {
			if inner, ok := v[key]; ok && key != "mainEntityOfPage" || ok && isObject(inner) {
				flatten(inner, all, depth+1)
			}
		}
	}
}

func isObject(v any) bool { _, ok := v.(map[string]any); return ok }

var (
	trailing = regexp.MustCompile(`,(\s*[}\]])`)
	control  = regexp.MustCompile(`[\x00-\x1f]+`)
)

// mendJSON mends what outlets' software gets wrong: line ends in strings, and a
// comma after the last.
func mendJSON(s string) string {
	return trailing.ReplaceAllString(control.ReplaceAllString(s, " "), "$1")
}

// is reports whether the thing is of a type that ends so: "Article" is
// NewsArticle too.
func (t thing) is(suffixes ...string) bool {
	for _, name := range texts(t["@type"]) {
		for _, s := range suffixes {
			if strings.HasSuffix(name, s) {
				return true
			}
		}
	}
	return false
}

// texts are the strings of a value: itself, those of a list, the names of
// objects.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, one := range v {
			all = append(all, texts(one)...)
		}
		return all
	case map[string]any:
		for _, key := range []string{"name", "@value", "@id", "url"} {
			if s, ok := v[key].(string); ok && s != "" {
				return []string{s}
			}
		}
	}
	return nil
}

// names are the names of persons, or, when there are none, of whoever is named.
func names(value any) []string {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	var persons, others []string
	for _, one := range list {
		object, ok := one.(map[string]any)
		if !ok {
			persons = append(persons, texts(one)...)
			continue
		}
		if thing(object).is("Organization") {
			others = append(others, texts(object["name"])...)
			continue
		}
		persons = append(persons, texts(object["name"])...)
	}
	if len(persons) > 0 {
		return persons
	}
	return others
}

// articles are the things that are articles.
func (f *facts) articles() []thing {
	var all []thing
	for _, t := range f.data {
		if t.is("Article", "BlogPosting", "Report", "Review", "LiveBlogPosting", "ReportageNewsArticle") {
			all = append(all, t)
		}
	}
	return all
}

// said returns what the page's articles say under a key.
func (f *facts) said(key string) []string {
	var all []string
	for _, a := range f.articles() {
		all = append(all, texts(a[key])...)
	}
	return all
}

func (f *facts) articleSections() []string { return f.said("articleSection") }
