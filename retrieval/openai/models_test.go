package openai

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestModels(t *testing.T) {
	var asked *http.Request
	doer := doerFunc(func(req *http.Request) (*http.Response, error) {
		asked = req
		return says(200, `{"object":"list","data":[{"id":"b","object":"model"},{"id":""},{"id":"a","object":"model"}]}`)(req)
	})
	got, err := Models(t.Context(), "http://model.test/v1/", testKey, doer)
	if err != nil || !slices.Equal(got, []string{"b", "a"}) {
		t.Errorf("%v, %v", got, err)
	}
	if asked.URL.String() != "http://model.test/v1/models" || asked.Header.Get("Authorization") != "Bearer "+testKey {
		t.Errorf("asked %s with %v", asked.URL, asked.Header)
	}
	if _, err := Models(t.Context(), "http://model.test/v1", "", doer); err != nil || asked.Header.Get("Authorization") != "" {
		t.Errorf("without a key: %v, %v", err, asked.Header)
	}
}

func TestKindOfModel(t *testing.T) {
	data, err := os.ReadFile("testdata/models.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		at := strings.LastIndex(line, ": ")
		if strings.HasPrefix(line, "#") || at < 0 {
			continue
		}
		n++
		want := Kind(strings.TrimPrefix(line[at+2:], "-"))
		if got := kindOfModel(line[:at]); got != want {
			t.Errorf("%s: %q, want %q", line[:at], got, want)
		}
	}
	if n < 20 {
		t.Errorf("only %d models were read", n)
	}
}

func TestChoose(t *testing.T) {
	local := []string{"nomic-embed-text", "llama3.2", "qwen3"}
	hosted := []string{"whisper-1", "gpt-4", "text-embedding-ada-002", "gpt-4o-mini", "text-embedding-3-small"}
	for _, c := range []struct {
		models []string
		kind   Kind
		want   string
	}{
		{local, Chat, "llama3.2"},
		{local, Embedding, "nomic-embed-text"},
		{hosted, Chat, "gpt-4o-mini"},
		{hosted, Embedding, "text-embedding-3-small"},
		{local[1:], Embedding, ""},
		{local[:1], Chat, ""},
		{nil, Chat, ""},
	} {
		if got, ok := Choose(c.models, c.kind); got != c.want || ok != (c.want != "") {
			t.Errorf("%s of %v: %q %t, want %q", c.kind, c.models, got, ok, c.want)
		}
	}
}
