package openai

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	api "github.com/sashabaranov/go-openai"
	"golang.org/x/tools/txtar"

	"newsdesk/retrieval"
)

// doerFunc is a server in memory.
type doerFunc func(*http.Request) (*http.Response, error)

func (f doerFunc) Do(req *http.Request) (*http.Response, error) { return f(req) }

func TestExplain(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/errors.txtar")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]error{"model": retrieval.ErrModel, "refused": retrieval.ErrRefused, "unavailable": retrieval.ErrUnavailable}
	for _, file := range archive.Files {
		t.Run(file.Name, func(t *testing.T) {
			head := strings.SplitN(file.Name, " ", 3)
			status, err := strconv.Atoi(head[0])
			if err != nil || kinds[head[1]] == nil {
				t.Fatalf("case name %q", file.Name)
			}
			want, body, _ := strings.Cut(string(file.Data), "\n")
			// Through the library, as that is where these errors are made.
			_, err = Models(t.Context(), "http://model.test/v1", "", doerFunc(says(status, body)))
			for name, kind := range kinds {
				if errors.Is(err, kind) != (name == head[1]) {
					t.Errorf("%v: errors.Is %s is %t", err, name, name != head[1])
				}
			}
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v does not contain %q", err, want)
			}
		})
	}
	if len(archive.Files) < 15 {
		t.Errorf("only %d cases were read", len(archive.Files))
	}
}

func TestExplainRest(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	known := fmt.Errorf("openai: %w", retrieval.ErrDimension)
	for name, c := range map[string]struct {
		ctx  context.Context
		err  error
		want error
	}{
		"nothing":           {ended, nil, nil},
		"context":           {ended, io.ErrUnexpectedEOF, context.Canceled},
		"already known":     {t.Context(), known, known},
		"connection":        {t.Context(), io.ErrUnexpectedEOF, retrieval.ErrUnavailable},
		"middle of stream":  {t.Context(), fmt.Errorf("error, %w", &api.APIError{Message: "overloaded"}), retrieval.ErrUnavailable},
		"unknown in stream": {t.Context(), &api.APIError{Message: "model 'x' not found"}, retrieval.ErrModel},
	} {
		if got := Explain(c.ctx, c.err); !errors.Is(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestExplainNoJSON(t *testing.T) {
	for _, body := range []string{"<html>hello</html>", "", "[]", `{"data":7}`, `{"data":[{"id":"a"}`} {
		_, err := Models(t.Context(), "http://model.test", "", doerFunc(says(200, body)))
		if !errors.Is(err, retrieval.ErrUnavailable) {
			t.Errorf("%q: error %v", body, err)
		}
	}
}

func FuzzWords(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/errors.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		f.Add(file.Data)
	}
	f.Add([]byte(`{"error":{"error":{"error":[]}}}`))
	f.Add(bytes.Repeat([]byte("é"), 400))
	f.Fuzz(func(t *testing.T, body []byte) {
		got := words(body)
		if !utf8.ValidString(got) || len(got) > maxWords+len("…") || strings.ContainsAny(got, "\n\r") {
			t.Errorf("%q gives %q", body, got)
		}
	})
}
