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

// leadPattern matches a lead that names one of the outlets; nil without any.
// Only outlets of the passages begin a lead, in full or as people say them.
func leadPattern(evidence []*evidence) *regexp.Regexp {
	var names []string
	for _, e := range evidence {
		full := strings.TrimSpace(e.passage.Outlet)
		short, _, _ := strings.Cut(full, " (")
		short, _, _ = strings.Cut(short, " - ")
		for _, name := range []string{full, short, strings.TrimSuffix(short, ".com")} {
			if name = strings.TrimPrefix(name, "The "); name != "" {
				names = append(names, regexp.QuoteMeta(text.Clean(name)))
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return regexp.MustCompile(`(?i)^(?:according to |in )?(?:the )?(` + strings.Join(names, "|") + `)` +
		`(?: (?:has )?(?:reported|reports|wrote|writes|said|says|noted|notes))?` +
		`((?: on |, | )?\(?(?:\d{1,2} [a-z]{3,9}\.? \d{4}|[a-z]{3,9}\.? \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)\)?)?` +
		`(?::|,| that) +`)
}

// cutLead parts a sentence from its lead.
func (d *desk) cutLead(sentence string) (lead, string) {
	if d.lead == nil {
		return lead{}, sentence
	}
	m := d.lead.FindStringSubmatchIndex(sentence)
	if m == nil || m[1] == len(sentence) {
		return lead{}, sentence
	}
	l := lead{outlet: sentence[m[2]:m[3]]}
	if m[4] >= 0 {
		l.dates = sentence[m[4]:m[5]]
	}
	return l, sentence[m[1]:]
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
