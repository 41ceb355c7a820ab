package polltest

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"
	"time"
)

// layouts is their number.
const layouts = 10

//go:embed layouts/*.html
var layoutFiles embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"iso":   func(at time.Time) string { return at.Format("2006-01-02T15:04:05-07:00") },
	"human": func(at time.Time) string { return at.Format("2 January 2006") },
}).ParseFS(layoutFiles, "layouts/*.html"))

// sheet is what a layout sets.
type sheet struct {
	Version
	Modified time.Time
}

func (s sheet) Paragraphs() []string { return strings.Split(s.Text, "\n\n") }

// page is the page of an article.
func (o *Outlet) page(a *article) []byte {
	v := a.now()
	v.URL = o.url(a)
	return execute(fmt.Sprintf("%d.html", o.Layout), sheet{v, a.modified})
}

// execute fills a template in. It fails only for one that is wrong.
func execute(name string, data any) []byte {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		panic(fmt.Errorf("polltest: %w", err))
	}
	return b.Bytes()
}

var front = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><title>{{.Name}} – news from the coast</title><meta property="og:site_name" content="{{.Name}}">
<link rel="alternate" type="{{.Type}}" title="{{.Name}}" href="/feed"><link rel="alternate" type="application/rss+xml" title="{{.Name}}: comments" href="/comments/feed"></head>
<body><h1>{{.Name}}</h1><nav><a href="/sport">Sport</a> <a href="/weather">Weather</a></nav>
{{range .Titles}}<p><a href="/{{.Slug}}">{{.Title}}</a></p>
{{end}}</body></html>`))

// listed is an article on a home page.
type listed struct{ Slug, Title string }

// home is the home page.
func (o *Outlet) home() []byte {
	var titles []listed
	for _, a := range o.listed() {
		titles = append(titles, listed{a.slug, a.now().Title})
	}
	var b bytes.Buffer
	err := front.Execute(&b, map[string]any{"Name": o.Name, "Language": o.Language, "Type": o.properType(), "Titles": titles})
	if err != nil {
		panic(fmt.Errorf("polltest: %w", err))
	}
	return b.Bytes()
}

// shown is how many articles are on a home page and in a feed, the newest ones.
const shown = 30

// listed are the newest articles that are there, newest first.
func (o *Outlet) listed() []*article {
	var all []*article
	for i := len(o.articles) - 1; i >= 0 && len(all) < shown; i-- {
		if o.articles[i].withdrawn == 0 {
			all = append(all, o.articles[i])
		}
	}
	return all
}
