package main

import (
	"encoding/json"
	"strings"
	"testing"

	"newsdesk/bot/eval"
)

// A second reader drops what it says no to, keeps the rest, and is not asked about
// what the check dropped.
func TestEvalCitationsJudge(t *testing.T) {
	m := &writer{script: map[string]string{
		"Sentence: The mill at Wynmoor burned down, and": "Yes.",
		"Sentence: Jon Tarrow, the harbour master":       "no",
		"Sentence: The bridge at Wynmoor":                "yes",
	}}
	environ := []string{"OPENAI_BASE_URL=" + m.start(t)}
	args := []string{"eval", "citations", "--cases", ownCases, "--judge"}
	r := within(t, "", strings.NewReader(""), environ, append(args, "--json")...).must(t)
	var f eval.Citations
	if err := json.Unmarshal([]byte(r.out), &f); err != nil {
		t.Fatalf("%v\n%s", err, r.out)
	}
	if f.Balanced != 1 || f.WithJudge == nil || f.WithJudge.RecallSupported != .5 || f.WithJudge.RecallUnsupported != 1 || f.Notes != nil || m.asked.Load() != 2 {
		t.Errorf("%d requests, %s", m.asked.Load(), r.out)
	}
	if table := within(t, "", strings.NewReader(""), environ, args...).must(t).out; !strings.Contains(table, "4\tsupported\tparaphrase\tdropped\tno\tjudge\t") ||
		!strings.Contains(table, "second reader") {
		t.Errorf("%s", table)
	}
	m.script["Sentence: Jon Tarrow"] = "It depends."
	delete(m.script, "Sentence: Jon Tarrow, the harbour master")
	r = within(t, "", strings.NewReader(""), environ, append(args, "--json")...).must(t)
	if !strings.Contains(r.out, "1 sentence of 2 that were kept") || !strings.Contains(r.err, "neither yes nor no") {
		t.Errorf("%+v", r)
	}
	for name, environ := range map[string][]string{"no server": nil, "down": {"OPENAI_BASE_URL=http://" + closedPort(t) + "/v1"}} {
		if r := within(t, "", strings.NewReader(""), environ, args...); r.code != exitFailed || r.out != "" || !strings.Contains(r.err, "--judge: ") || !strings.Contains(r.err, "OPENAI_BASE_URL") {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
