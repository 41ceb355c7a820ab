package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAskExplains(t *testing.T) {
	dir := t.TempDir()
	quietly(t, dir, "add", sampleRecords(t)).must(t)
	const question = "What did Radio Solana report about the ferry in March 2026?"

	text := quietly(t, dir, "ask", "--explain", question).must(t).out
	for _, want := range []string{"Asked on ", question, "Kind: ", "Outlets: Radio Solana", "From: 1 March 2026", "lexical 1", "dense 1", " ms"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}

	var got answerJSON
	if err := json.Unmarshal([]byte(quietly(t, dir, "ask", "--explain", "--json", question).must(t).out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Explain == nil || got.Explain.Asked != question || len(got.Explain.Searches) == 0 || len(got.Explain.Searches[0].Hits) == 0 {
		t.Errorf("%+v", got.Explain)
	}
	if out := quietly(t, dir, "ask", "--json", question).must(t).out; strings.Contains(out, `"explain"`) {
		t.Errorf("nobody asked how: %s", out)
	}
}
