package eval

import (
	"encoding/json"
	"testing"

	"newsdesk/bot"
)

func TestDecide(t *testing.T) {
	kept := []bot.Sentence{{Text: "The mill burned down."}}
	dropped := []bot.Dropped{{Reason: "number", Detail: "two"}, {Reason: "name", Detail: "Wynmoor"}}
	for name, c := range map[string]struct {
		label   Label
		kept    []bot.Sentence
		dropped []bot.Dropped
		want    Verdict
	}{
		"supported, kept":      {Supported, kept, nil, Verdict{Kept: true, Right: true}},
		"supported, dropped":   {Supported, nil, dropped, Verdict{Reason: "number", Detail: "two"}},
		"unsupported, kept":    {Unsupported, kept, nil, Verdict{Kept: true}},
		"unsupported, dropped": {Unsupported, nil, dropped, Verdict{Right: true, Reason: "number", Detail: "two"}},
		"half of a supported":  {Supported, kept, dropped, Verdict{Reason: "number", Detail: "two"}},
		"half of the other":    {Unsupported, kept, dropped, Verdict{Right: true, Reason: "number", Detail: "two"}},
		"nothing of it":        {Supported, nil, nil, Verdict{}},
	} {
		c.want.Case, c.want.Label, c.want.Kind, c.want.Sentence = 3, c.label, "number", "A mill burned."
		if got := Decide(3, Case{Label: c.label, Kind: "number", Sentence: "A mill burned."}, c.kept, c.dropped); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestScoreCitations(t *testing.T) {
	v := func(n int, label Label, kind string, right bool) Verdict {
		return Verdict{Case: n, Label: label, Kind: kind, Sentence: "A mill.", Kept: right == (label == Supported), Right: right}
	}
	verdicts := []Verdict{v(1, Supported, "combine", true), v(2, Supported, "combine", false), v(3, Unsupported, "name", true),
		v(4, Unsupported, "name", true), v(5, Unsupported, "name", true), v(6, Unsupported, "role", false)}
	verdicts[2].Reason, verdicts[2].Detail = "name", "Wynmoor"
	got := ScoreCitations(verdicts)
	got.Cases = got.Cases[1:3]
	got.WithJudge = &Recalls{N: 1, Balanced: .5}
	data, err := json.Marshal(got)
	want := `{"n":6,"balanced_accuracy":0.625,"recall_supported":0.5,"recall_unsupported":0.75,"by_kind":{` +
		`"combine":{"n":2,"supported":2,"right":1,"recall":0.5},"name":{"n":3,"supported":0,"right":3,"recall":1},"role":{"n":1,"supported":0,"right":0,"recall":0}},` +
		`"cases":[{"case":2,"label":"supported","kind":"combine","sentence":"A mill.","kept":false,"right":false},` +
		`{"case":3,"label":"unsupported","kind":"name","sentence":"A mill.","kept":false,"right":true,"reason":"name","detail":"Wynmoor"}],` +
		`"with_judge":{"n":1,"balanced_accuracy":0.5,"recall_supported":0,"recall_unsupported":0,"by_kind":null}}`
	if err != nil || string(data) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, data, want)
	}
	if got := ScoreCitations(verdicts[:2]); got.RecallUnsupported != 0 || len(got.Notes) != 1 {
		t.Errorf("one label only: %+v", got)
	}
	if got := ScoreCitations(nil); got.N != 0 || got.Balanced != 0 || len(got.Notes) != 2 {
		t.Errorf("nothing: %+v", got)
	}
}

// A second reader drops and never keeps.
func TestJudged(t *testing.T) {
	kept := Verdict{Label: Supported, Kept: true, Right: true}
	wrongly := Verdict{Label: Unsupported, Kept: true}
	dropped := Verdict{Label: Supported, Reason: "number"}
	with := func(v Verdict, w Word) Verdict {
		v.Judge = w
		return v
	}
	for name, c := range map[string]struct{ given, want Verdict }{
		"yes":                {with(kept, Yes), with(kept, Yes)},
		"neither":            {kept, kept},
		"no":                 {with(kept, No), Verdict{Label: Supported, Judge: No, Reason: "judge"}},
		"no, and rightly":    {with(wrongly, No), Verdict{Label: Unsupported, Judge: No, Reason: "judge", Right: true}},
		"yes of one dropped": {with(dropped, Yes), with(dropped, Yes)},
		"no of one dropped":  {with(dropped, No), with(dropped, No)},
	} {
		if got := c.given.Judged(); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
