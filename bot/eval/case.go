package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"newsdesk/retrieval"
	found "newsdesk/retrieval/eval"
)

// Label says whether passages hold a sentence.
type Label string

// The labels of a case.
const (
	// Supported means that the passages hold all of the sentence.
	Supported Label = "supported"
	// Unsupported means that they do not hold some of it.
	Unsupported Label = "unsupported"
)

// Case is a sentence with the passages that it cites.
type Case struct {
	// Passages are whole texts of their own, at least one: each has a Seq, and
	// those of one address, or of one outlet and title, the same ArticleID.
	Passages []retrieval.Passage
	Sentence string
	Label    Label
	// Kind is what was done to the sentence: "paraphrase", "number", "negation"…
	Kind string
}

// Cited returns the sentence as a generator would write it that cites all the
// passages.
func (c Case) Cited() string {
	var b strings.Builder
	b.WriteString(c.Sentence + " ")
	for i := range c.Passages {
		fmt.Fprintf(&b, "[%d]", i+1)
	}
	return b.String()
}

// caseRecord is a case as the file has it. A nil member is missing or null.
type caseRecord struct {
	Passages []passageRecord `json:"passages"`
	Sentence *string         `json:"sentence"`
	Label    *string         `json:"label"`
	Kind     *string         `json:"kind"`
}

type passageRecord struct {
	URL         *string `json:"url"`
	Text        *string `json:"text"`
	Title       *string `json:"title"`
	Source      *string `json:"source"`
	PublishedAt *string `json:"published_at"`
}

// readCase returns a fault without file and record.
func readCase(data json.RawMessage) (Case, *found.Fault) {
	var r caseRecord
	if err := json.Unmarshal(data, &r); err != nil {
		return Case{}, mistyped(err)
	}
	label, fault := r.label()
	if fault != nil {
		return Case{}, fault
	}
	c := Case{Label: label}
	if c.Sentence, fault = needed("sentence", r.Sentence); fault != nil {
		return Case{}, fault
	}
	if c.Kind, fault = needed("kind", r.Kind); fault != nil {
		return Case{}, fault
	}
	if len(r.Passages) == 0 {
		return Case{}, &found.Fault{Field: "passages", Reason: "missing or empty"}
	}
	for i, p := range r.Passages {
		passage, fault := p.passage(i)
		if fault != nil {
			fault.Field = fmt.Sprintf("passages[%d].%s", i, fault.Field)
			return Case{}, fault
		}
		c.Passages = append(c.Passages, passage)
	}
	return c, nil
}

// mistyped says what stands where something else must.
func mistyped(err error) *found.Fault {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return &found.Fault{Field: wrong.Field, Reason: wrong.Value + " where " + wanted(wrong.Type.Kind()) + " must stand"}
	}
	return &found.Fault{Reason: err.Error()}
}

func wanted(k reflect.Kind) string {
	switch k {
	case reflect.String:
		return "a string"
	case reflect.Slice:
		return "an array"
	}
	return "a record"
}

func (r caseRecord) label() (Label, *found.Fault) {
	said, fault := needed("label", r.Label)
	if fault != nil {
		return "", fault
	}
	label := Label(said)
	if label != Supported && label != Unsupported {
		return "", &found.Fault{Field: "label", Reason: fmt.Sprintf("%q is neither %q nor %q", said, Supported, Unsupported)}
	}
	return label, nil
}

// passage returns the i-th passage of a case.
func (p passageRecord) passage(i int) (retrieval.Passage, *found.Fault) {
	body, fault := needed("text", p.Text)
	if fault != nil {
		return retrieval.Passage{}, fault
	}
	out := retrieval.Passage{Seq: int64(i + 1), End: len(body), Text: body, URL: given(p.URL), Title: given(p.Title)}
	if out.Outlet, fault = needed("source", p.Source); fault != nil {
		return retrieval.Passage{}, fault
	}
	if out.Published, fault = date("published_at", p.PublishedAt); fault != nil {
		return retrieval.Passage{}, fault
	}
	if out.ArticleID = out.URL; out.ArticleID == "" {
		out.ArticleID = out.Outlet + "\n" + out.Title
	}
	return out, nil
}

func given(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func needed(field string, s *string) (string, *found.Fault) {
	if strings.TrimSpace(given(s)) == "" {
		return "", &found.Fault{Field: field, Reason: "missing or empty"}
	}
	return *s, nil
}

// layouts are the forms of a date, those of corpus/multihop.
var layouts = []string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly}

func date(field string, s *string) (time.Time, *found.Fault) {
	said, fault := needed(field, s)
	if fault != nil {
		return time.Time{}, fault
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, said); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, &found.Fault{Field: field, Reason: fmt.Sprintf("%q is not a date such as 2026-03-04 or 2026-03-04T10:00:00+00:00", said)}
}
