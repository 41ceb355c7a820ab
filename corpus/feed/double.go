package feed

import "strings"

// seen tells items of one feed that are the same article: by address, by id, or
// by title together with the words below it.
type seen map[string]bool

func newSeen() seen { return seen{} }

// minSame is the length from which a summary belongs to one article only, in
// bytes; "Weather" below "Weather" does not tell Monday's from Tuesday's.
const minSame = 40

// isNew reports whether no item before was the same, and remembers this one.
func (s seen) isNew(i Item) bool {
	var keys []string
	if i.Draft.URL != "" {
		keys = append(keys, "url "+i.Draft.URL)
	}
	if i.ID != "" {
		keys = append(keys, "id "+i.ID)
	}
	words := i.Draft.Text
	if words == "" {
		words = i.Summary
	}
	if i.Draft.Title != "" && len(words) >= minSame {
		keys = append(keys, "words "+strings.ToLower(i.Draft.Title)+"\n"+words)
	}
	fresh := true
	for _, k := range keys {
		fresh = fresh && !s[k]
	}
	for _, k := range keys {
		s[k] = true
	}
	return fresh
}
