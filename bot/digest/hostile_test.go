package digest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/bot/digest"
	"newsdesk/bot/openai"
	"newsdesk/retrieval"
)

// scripted is a model that replies the same to every prompt, in small pieces, and then
// fails with err if there is one; stuck waits for ever instead.
type scripted struct {
	text  string
	err   error
	stuck bool
	asked *int
}

func (scripted) Model() string { return "scripted" }

func (s scripted) Generate(ctx context.Context, _ bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if s.asked != nil {
			*s.asked++
		}
		if s.stuck {
			<-ctx.Done()
			yield("", ctx.Err())
			return
		}
		for piece := range slices.Chunk([]byte(s.text), 7) {
			if !yield(string(piece), nil) {
				return
			}
		}
		if s.err != nil {
			yield("", s.err)
		}
	}
}

// hostileDay is the period of the articles in testdata/hostile.
func hostileDay(t testing.TB) digest.Order {
	return digest.Order{From: at(t, "2026-03-02T08:00"), To: at(t, "2026-03-03T08:00")}
}

// hostileReplies adds the articles of the file to h and returns what models reply.
func hostileReplies(t testing.TB, h *house) map[string]txtar.File {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/hostile/bridge.txtar")
	if err != nil {
		t.Fatal(err)
	}
	replies := map[string]txtar.File{}
	for i, f := range archive.Files {
		if f.Name == "article" {
			h.add(t, articleOf(t, f, i))
			continue
		}
		replies[f.Name] = f
	}
	return replies
}

// TestHostileModel: nothing that a model invents, mixes up or was talked into is in a
// digest, and both stories are told all the same.
func TestHostileModel(t *testing.T) {
	h := newHouse(t, nil)
	for name, f := range hostileReplies(t, h) {
		values, text := fields(f.Data)
		if name == "bad long" {
			text = strings.Repeat("The bridge collapsed unendingly [1]. ", 300_000) // 10 MB
		}
		needs := h.needs
		needs.Model = scripted{text: text}
		d, err := digest.New(needs).Write(t.Context(), hostileDay(t))
		if err != nil {
			t.Fatal(err)
		}
		h.sound(t, d)
		if len(d.Items) != 2 {
			t.Errorf("%s: %d items:\n%s", name, len(d.Items), shown(d))
		}
		if got := strings.Contains(shown(d), values["needle"]); got != strings.HasPrefix(name, "good") {
			if !expected(d, values["needle"]) {
				t.Errorf("%s: %q is there: %v:\n%s", name, values["needle"], got, shown(d))
			}
		}
		for _, item := range d.Items {
			if bridge := strings.Contains(item.Headline.Title, "ridge"); bridge == strings.Contains(shown(bot.Digest{Items: []bot.DigestItem{item}}), "Rennick") {
				t.Errorf("%s: two stories are one:\n%s", name, shown(d))
			}
		}
	}
}

// expected reports whether a needle stands in a digest only where the other story has
// it by right.
func expected(d bot.Digest, needle string) bool {
	for _, item := range d.Items {
		if strings.Contains(item.Headline.Title, "ridge") && strings.Contains(shown(bot.Digest{Items: []bot.DigestItem{item}}), needle) {
			return false
		}
	}
	return true
}

// TestModelThatFails: the digest is there, without its text, and says so in one note.
func TestModelThatFails(t *testing.T) {
	h := newHouse(t, nil)
	hostileReplies(t, h)
	half := "Nine people were killed when the old road bridge of Tarnbridge collapsed [1]."
	for name, model := range map[string]scripted{
		"is cut off":       {text: half, err: bot.ErrCut},
		"is down":          {err: retrieval.ErrUnavailable},
		"says nothing":     {},
		"says only marks":  {text: "[1] [2] [3]"},
		"thinks and stops": {text: "<think>" + half},
		"is no text":       {text: "\xff\xfe\x80 [1]"},
	} {
		needs := h.needs
		needs.Model = model
		d, err := digest.New(needs).Write(t.Context(), hostileDay(t))
		if err != nil {
			t.Fatal(err)
		}
		h.sound(t, d)
		if len(d.Items) != 2 || len(d.Notes) != 1 || d.Notes[0].Kind != bot.NoteDigest || strings.Contains(shown(d), "Nine people were killed when") {
			t.Errorf("%s: %d items, notes %v:\n%s", name, len(d.Items), d.Notes, shown(d))
		}
	}
}

// TestModelThatHangs: the digest comes in time, and the next ones do not wait for the
// model again.
func TestModelThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		hostileReplies(t, h)
		asked := 0
		needs := h.needs
		needs.Model = scripted{stuck: true, asked: &asked}
		w := digest.New(needs)
		began := time.Now()
		d, err := w.Write(t.Context(), hostileDay(t))
		if err != nil {
			t.Fatal(err)
		}
		h.sound(t, d)
		if took := time.Since(began); len(d.Items) != 2 || took > time.Minute {
			t.Errorf("%d items in %s", len(d.Items), took)
		}
		began = time.Now()
		for range 500 {
			if d, err = w.Write(t.Context(), hostileDay(t)); err != nil || len(d.Items) != 2 {
				t.Fatal(d, err)
			}
		}
		if took := time.Since(began); took > time.Minute || asked != 2 {
			t.Errorf("500 more took %s, the model was asked %d times", took, asked)
		}
	})
}

// TestWrittenOnce: what the model wrote is told to every channel that is told the same.
func TestWrittenOnce(t *testing.T) {
	h := newHouse(t, nil)
	replies := hostileReplies(t, h)
	_, text := fields(replies["good plain"].Data)
	asked := 0
	needs := h.needs
	needs.Model = scripted{text: text, asked: &asked}
	w := digest.New(needs)
	first := h.tell(t, w, "one", hostileDay(t))
	once := asked
	second := h.tell(t, w, "another", hostileDay(t))
	if shown(first) != shown(second) || first.Items[0].Model != "scripted" || second.Items[0].Model != "scripted" || asked > once+1 {
		t.Errorf("asked %d and %d times:\n%s\n%s", once, asked-once, shown(first), shown(second))
	}
}

// TestServerThatDoesNotStop: 10 MB of text of a model server are not read to their end.
func TestServerThatDoesNotStop(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		piece := strings.Repeat("The bridge collapsed unendingly [1]. ", 1000)
		for range 300 {
			data, err := json.Marshal(map[string]any{"object": "chat.completion.chunk", "choices": []any{
				map[string]any{"index": 0, "delta": map[string]string{"content": piece}, "finish_reason": nil}}})
			if err != nil {
				return
			}
			if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
				return
			}
		}
	}))
	h := newHouse(t, nil)
	hostileReplies(t, h)
	needs := h.needs
	needs.Model = openai.New(silent, server.URL+"/v1", "key", "hostile", server.Client())
	d, err := digest.New(needs).Write(t.Context(), hostileDay(t))
	server.Close()
	if err != nil || len(d.Items) != 2 || strings.Contains(shown(d), "unendingly") {
		t.Errorf("%v:\n%s", err, shown(d))
	}
}

// TestContextEnds: a digest that nobody waits for any more is not written.
func TestContextEnds(t *testing.T) {
	h := newHouse(t, nil)
	hostileReplies(t, h)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := digest.New(h.needs).Write(ctx, hostileDay(t)); err == nil {
		t.Error("a digest was written after the context had ended")
	}
}
