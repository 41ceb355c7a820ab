package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestDemo is what a newcomer sees first: an answer, another, and a refusal,
// each with what it rests on; not at a terminal it ends by itself.
func TestDemo(t *testing.T) {
	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"demo"}, nil, &streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	answers := strings.Split(out.String(), "\n› ")
	if len(answers) != 4 {
		t.Fatalf("%d parts:\n%s", len(answers), out.String())
	}
	for i, want := range []string{"", " injured", "“No parent should have to choose", "The articles here do not answer this."} {
		if !strings.Contains(strings.Join(strings.Fields(answers[i]), " "), want) {
			t.Errorf("%q is not in:\n%s", want, answers[i])
		}
		if refused := strings.Contains(answers[i], "do not answer this"); refused != (i == 3) {
			t.Errorf("refused is %v:\n%s", refused, answers[i])
		}
		if i > 0 && !strings.Contains(answers[i], ".example/") {
			t.Errorf("no link in:\n%s", answers[i])
		}
	}
}
