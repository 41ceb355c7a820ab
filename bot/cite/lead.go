package cite

import (
	"regexp"
	"strings"

	"newsdesk/corpus/text"
)

// lead is the beginning of a sentence that says who reported and when: "The
// Harbour Herald reported on 12 March 2026: ", "According to the Harbour Herald
// (12 March 2026), ". It is checked by itself; what follows is checked as if it
// stood alone.
type lead struct {
	// outlet is the name as it was said, empty without a lead.
	outlet string
	// dates is the part that may hold the day of publication.
	dates string
}

// What may stand before the outlet of a lead and behind it.
var (
	leadHead = regexp.MustCompile(`^(?i:according to |in )?(?i:the )?`)
	leadTail = regexp.MustCompile(`(?i)^(?: (?:has )?(?:reported|reports|wrote|writes|said|says|noted|notes))?` +
		`((?: on |, | )?\(?(?:\d{1,2} [a-z]{3,9}\.? \d{4}|[a-z]{3,9}\.? \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)\)?)?` +
		`(?::|,| that) +`)
)

// leadNames are the names that an outlet begins a lead with: in full or as
// people say it.
func leadNames(outlet string) []string {
	full := strings.TrimSpace(outlet)
	short, _, _ := strings.Cut(full, " (")
	short, _, _ = strings.Cut(short, " - ")
	var names []string
	for _, name := range []string{full, short, strings.TrimSuffix(short, ".com")} {
		if name = text.Clean(strings.TrimPrefix(name, "The ")); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// cutLead parts a sentence from its lead. Only outlets of the passages begin one.
func (d *desk) cutLead(sentence string) (lead, string) {
	from := len(leadHead.FindString(sentence))
	for _, e := range d.evidence {
		for _, name := range e.leads {
			end := from + len(name)
			if end >= len(sentence) || !strings.EqualFold(sentence[from:end], name) {
				continue
			}
			m := leadTail.FindStringSubmatchIndex(sentence[end:])
			if m == nil || end+m[1] == len(sentence) {
				continue
			}
			l := lead{outlet: sentence[from:end]}
			if m[2] >= 0 {
				l.dates = sentence[end+m[2] : end+m[3]]
			}
			return l, sentence[end+m[1]:]
		}
	}
	return lead{}, sentence
}

// check compares the lead with all passages of the set: what follows it is said
// to be in that outlet, so no passage of another one may be needed.
func (l lead) check(set []*evidence) fault {
	if l.outlet == "" {
		return fault{}
	}
	for _, e := range set {
		if !e.label.fits(l.outlet) && !strings.EqualFold(l.outlet, strings.TrimPrefix(e.passage.Outlet, "The ")) {
			return fault{ReasonOutlet, l.outlet}
		}
		for _, d := range text.For("").Dates(l.dates) {
			if !publishedOn(d, e.passage.Published) {
				return fault{ReasonDate, strings.TrimSpace(l.dates)}
			}
		}
	}
	return fault{}
}
