package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// FieldError says which field of which article [Corpus.Add] cannot take.
type FieldError struct {
	// Position of the article among those added, from 1.
	Position int
	// Field is its name in lower case: "outlet", "url", "text" …
	Field string
	// Reason completes the sentence that begins with the field: "is empty".
	Reason string
}

// Error names position, field and reason: "corpus: article 3: text is empty".
func (e *FieldError) Error() string {
	return fmt.Sprintf("corpus: article %d: %s %s", e.Position, e.Field, e.Reason)
}

// draft is an article in the form in which it is stored, with what it is
// recognised by.
type draft struct {
	Article
	id string
	// day is its outlet and date; empty for an article with a URL.
	day string
	// hash is of title and text: what makes a version.
	hash [sha256.Size]byte
}

// newDraft checks and normalises the article at this position.
func newDraft(position int, a Article) (draft, error) {
	if field, err := check(a); err != nil {
		return draft{}, &FieldError{Position: position, Field: field, Reason: err.Error()}
	}
	a, field, err := normalise(a)
	if err != nil {
		return draft{}, &FieldError{Position: position, Field: field, Reason: err.Error()}
	}
	d := draft{Article: a, hash: digest(a.Title, a.Text)}
	if a.URL != "" {
		d.id = identity(a.URL)
		return d, nil
	}
	d.day = a.Outlet + "\n" + a.Published.Format("2006-01-02")
	d.id = identityOn(d.day, a.Title, a.Text)
	return d, nil
}

// IDOf returns the ID of the article with this address, whether or not there is
// one. The error is that of [Canonical].
func IDOf(address string) (string, error) {
	canonical, err := Canonical(address)
	if err != nil {
		return "", err
	}
	return identity(canonical), nil
}

// identityOn returns the ID of an article without a URL that is first seen on
// this day with this title and text.
func identityOn(day, title, text string) string {
	return identity(day, firstSeen(title, text))
}

// firstSeen is what an article without a URL is known by on its day: its title,
// without regard to case, or its text when it has none.
func firstSeen(title, text string) string {
	if title == "" {
		return "text\n" + text
	}
	return "title\n" + strings.ToLower(title)
}

// identity returns the ID made of parts. Its 80 bits make it less than one in
// 10^12 that two of a million articles get the same one.
func identity(parts ...string) string {
	sum := digest(parts...)
	return hex.EncodeToString(sum[:10])
}

func digest(parts ...string) [sha256.Size]byte {
	return sha256.Sum256([]byte(strings.Join(parts, "\x00")))
}

// check returns the first field that cannot be stored.
func check(a Article) (field string, err error) {
	for _, f := range []struct {
		name   string
		values []string
	}{
		{"outlet", []string{a.Outlet}}, {"url", []string{a.URL}}, {"outlet_url", []string{a.OutletURL}},
		{"title", []string{a.Title}}, {"author", []string{a.Author}}, {"category", []string{a.Category}},
		{"language", []string{a.Language}}, {"text", []string{a.Text}}, {"captions", a.Captions}, {"headings", a.Headings},
	} {
		if err := checkText(f.values); err != nil {
			return f.name, err
		}
	}
	if strings.TrimSpace(a.Outlet) == "" {
		return "outlet", errEmpty
	}
	if strings.TrimSpace(a.Text) == "" {
		return "text", errEmpty
	}
	return checkDate(a)
}

var errEmpty = errors.New("is empty")

func checkText(values []string) error {
	for _, s := range values {
		if !utf8.ValidString(s) {
			return errors.New("is not valid UTF-8")
		}
		if strings.ContainsRune(s, 0) {
			return errors.New("holds a zero byte")
		}
	}
	return nil
}

func checkDate(a Article) (field string, err error) {
	if a.Published.IsZero() {
		return "published", errors.New("has no date")
	}
	if year := a.Published.UTC().Year(); year < 1 || year > 9999 {
		return "published", fmt.Errorf("is in the year %d", year)
	}
	return "", nil
}

// normalise returns a in the form in which it is stored. An address that names
// only a host is the outlet's and not the article's.
func normalise(a Article) (_ Article, field string, err error) {
	if a.OutletURL, err = canonicalOrEmpty(a.OutletURL); err != nil {
		return a, "outlet_url", err
	}
	if a.URL, err = canonicalOrEmpty(a.URL); err != nil {
		return a, "url", err
	}
	if a.URL != "" && isHome(a.URL) {
		if a.OutletURL == "" {
			a.OutletURL = a.URL
		}
		a.URL = ""
	}
	a.Outlet, a.Title = oneLine(a.Outlet), oneLine(a.Title)
	a.Author, a.Category, a.Language = oneLine(a.Author), oneLine(a.Category), oneLine(a.Language)
	a.Text = strings.TrimSpace(strings.ReplaceAll(a.Text, "\r\n", "\n"))
	a.Captions, a.Headings = slices.Clone(a.Captions), slices.Clone(a.Headings)
	a.Published = a.Published.UTC()
	return a, "", nil
}

func canonicalOrEmpty(address string) (string, error) {
	if strings.TrimSpace(address) == "" {
		return "", nil
	}
	return Canonical(address)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
