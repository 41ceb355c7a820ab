// Package sample holds articles of our own: the demo's corpus and the tests'.
//
// # Design
//
// Twenty-three articles of five invented outlets, published from 3 to 14 March
// 2026 on addresses that nobody can own (*.example). Everything in them is
// invented. Four stories are told by several outlets, each in its own way: the
// ferry accident at Kestrel Bay (four outlets), the flood of the Merrow (three),
// Velmora's free trams (four) and the wreck off Grey Skerry (three). Seven
// articles stand alone.
//
// Two things are in them on purpose, and once each. The outlets disagree on a
// number: the Harbour Herald has 41 injured on the ferry, Radio Solana 47. And
// one article was corrected: The Meridian Post first had 230 damaged houses at
// Ashcombe, then 320; it is there in both versions. testdata/evidence.txt lists
// sentences that are good evidence, by kind.
//
// Each article is a file in articles: header lines, a blank line, the text. The
// files are read in the order of their names, which begin with a number.
package sample

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"newsdesk/corpus"
)

//go:embed articles/*.txt
var files embed.FS

// Articles returns the sample articles, in the order of their stories. The
// second version of the one that was corrected comes after its first, so that
// [corpus.Corpus.Add] makes versions of them. The slice is the caller's.
//
// An error means that a file of this package is wrong, and names it.
func Articles() ([]corpus.Article, error) {
	return read(files)
}

func read(files fs.FS) ([]corpus.Article, error) {
	names, err := fs.Glob(files, "articles/*.txt")
	if err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	articles := make([]corpus.Article, len(names))
	for i, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("sample: %w", err)
		}
		if articles[i], err = parse(string(data)); err != nil {
			return nil, fmt.Errorf("sample: %s: %w", name, err)
		}
	}
	return articles, nil
}

// parse reads the header lines "Name: value", a blank line and the text.
func parse(data string) (corpus.Article, error) {
	head, text, ok := strings.Cut(data, "\n\n")
	if !ok {
		return corpus.Article{}, errors.New("no blank line ends the header")
	}
	a := corpus.Article{Language: "en-GB", Text: strings.TrimSpace(text)}
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		if err := set(&a, name, value); err != nil {
			return corpus.Article{}, err
		}
	}
	return a, nil
}

func set(a *corpus.Article, name, value string) (err error) {
	switch name {
	case "Outlet":
		a.Outlet = value
	case "Outlet-URL":
		a.OutletURL = value
	case "URL":
		a.URL = value
	case "Title":
		a.Title = value
	case "Author":
		a.Author = value
	case "Category":
		a.Category = value
	case "Published":
		a.Published, err = time.Parse(time.RFC3339, value)
	case "Caption":
		a.Captions = append(a.Captions, value)
	case "Heading":
		a.Headings = append(a.Headings, value)
	default:
		err = fmt.Errorf("unknown header %q", name)
	}
	return err
}
