package page

import (
	"regexp"
	"strings"
	"time"

	"newsdesk/corpus/dated"
	"newsdesk/corpus/markup"
)

const (
	// oldest is the first year in which pages were published; what is older is a
	// field that was never filled.
	oldest = 1990
	// ahead is how far a date may lie in the future because its zone is wrong.
	ahead = 24 * time.Hour
)

// The names under which pages keep their dates, the surest first.
var (
	publishedNames = strings.Fields(`article:published_time og:article:published_time article:published datepublished
		parsely-pub-date sailthru.date publish-date publishdate publish_date pubdate publication_date
		article.published og:published_time dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date
		dcterms.date date article:created_time cxenseparse:recs:publishtime rnews:datepublished displaydate
		last-published originalpublicationdate article_date_original timestamp`)
	modifiedNames = strings.Fields(`article:modified_time og:updated_time og:article:modified_time article:modified
		datemodified last-modified dc.date.modified dcterms.modified lastmod revised time.modified`)
)

// published is when the article was published, and whether only the day is
// known. The zero time when the page does not say.
func (r *reader) published(title string) (time.Time, bool) {
	found := r.said("datePublished")
	for _, name := range publishedNames {
		found = append(found, r.metas[name]...)
	}
	found = append(found, r.props["datePublished"]...)
	for _, t := range r.times {
		found = append(found, t.value)
	}
	found = append(found, r.said("dateCreated")...)
	found = append(found, r.props["dateCreated"]...)
	found = append(found, r.around(title)...)
	found = append(found, inAddress(r.address.Path))
	return r.firstDate(found)
}

// firstDate is the first that can be.
func (r *reader) firstDate(list []string) (time.Time, bool) {
	for _, s := range list {
		d, ok := dated.Read(s)
		if !ok || d.Time.Year() < oldest {
			continue
		}
		switch {
		case r.now.IsZero() || !d.Time.After(r.now):
			return d.Time, d.DayOnly
		case d.Time.Sub(r.now) <= ahead:
			return r.now.UTC(), false
		}
	}
	return time.Time{}, false
}

func (r *reader) modified(published time.Time) time.Time {
	found := r.said("dateModified")
	for _, name := range modifiedNames {
		found = append(found, r.metas[name]...)
	}
	found = append(found, r.props["dateModified"]...)
	at, _ := r.firstDate(found)
	if at.Before(published) {
		return time.Time{}
	}
	return at
}

const (
	// above and below are how many blocks around the title may hold its date and
	// author, and maxLine how long such a block is at most, in bytes.
	above, below = 3, 8
	maxLine      = 160
)

// around are the short lines around the title: after it first, then before.
func (r *reader) around(title string) []string {
	at := r.titleLine(title)
	if at < 0 {
		return nil
	}
	var all []string
	for i := at; i < min(len(r.lines), at+below); i++ {
		if s := r.lines[i].Text; i > at && len(s) <= maxLine {
			all = append(all, parts(s)...)
		} else if i == at && len(s) > len(title) && len(s) < len(title)+maxLine {
			all = append(all, strings.TrimPrefix(s, title))
		}
	}
	for i := at - 1; i >= max(0, at-above); i-- {
		if s := r.lines[i].Text; len(s) <= maxLine {
			all = append(all, parts(s)...)
		}
	}
	return all
}

// titleLine is the block that is the title, or begins with it as on pages that
// part lines by br; -1 for none. Of several it is the last before the text, which
// is the one that stands above it.
func (r *reader) titleLine(title string) int {
	if title == "" {
		return -1
	}
	found := -1
	for i, b := range r.lines {
		if b.Text == title || strings.HasPrefix(b.Text, title) && len(b.Text) < len(title)+maxLine {
			found = i
			if b.Kind == markup.Heading {
				return i
			}
		}
		if found >= 0 && i > found+below {
			break
		}
	}
	return found
}

var separators = regexp.MustCompile(`\s+[|·•/–—]\s+|\s{3,}`)

// parts are a line and what its separators part.
func parts(s string) []string {
	list := separators.Split(s, -1)
	if len(list) == 1 {
		return list
	}
	return append(list, s)
}

var pathDate = regexp.MustCompile(`(?:^|[/-])((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:[/-]|$)`)

// inAddress is the day that the path of an address names; empty for none.
func inAddress(path string) string {
	m := pathDate.FindStringSubmatch(path)
	if m == nil {
		return ""
	}
	return m[1] + "-" + m[2] + "-" + m[3]
}
