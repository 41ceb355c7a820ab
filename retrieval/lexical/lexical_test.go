package lexical_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/lexical"
	"newsdesk/retrieval/retrievaltest"
)

var quiet = slog.New(slog.DiscardHandler)

func TestIndex(t *testing.T) {
	retrievaltest.TestIndex(t, func(t *testing.T) retrieval.Index { return open(t, t.TempDir()) })
}

// TestReopened: everything is there again, and what replaced and deleted too.
func TestReopened(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	put(t, x, articles()...)
	changed := articles()[0]
	changed.Seq, changed.Text = 10, "Lanterns were lit on the harbour wall."
	put(t, x, changed)
	if err := x.Delete(context.Background(), []string{articles()[1].ID}); err != nil {
		t.Fatal(err)
	}
	if err := x.Reach(context.Background(), 11); err != nil {
		t.Fatal(err)
	}
	want := ask(t, x, "harbour lanterns comet frost")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = open(t, dir)
	if got := ask(t, x, "harbour lanterns comet frost"); !slices.Equal(got, want) || len(got) != 2 {
		t.Errorf("opened again: %v, want the 2 of %v", got, want)
	}
	wantState(t, x, 2, 11)
	changed.Seq, changed.Text = 12, "The wall is dark again."
	put(t, x, changed)
	if got := ask(t, x, "lanterns"); len(got) != 0 {
		t.Errorf("a version from before opening is still found: %v", got)
	}
	wantState(t, x, 2, 11)
}

// TestNotClosed leaves the index as a killed process does, and opens a copy.
func TestNotClosed(t *testing.T) {
	dir, copied := t.TempDir(), t.TempDir()
	x := open(t, dir)
	put(t, x, articles()...)
	if err := x.Reach(context.Background(), 3); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	wantState(t, open(t, copied), 3, 3)
}

func TestInUse(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	put(t, x, articles()...)
	if _, err := lexical.Open(quiet, dir); !errors.Is(err, lexical.ErrInUse) {
		t.Errorf("opened twice: error %v, want %v", err, lexical.ErrInUse)
	}
	wantState(t, x, 3, 0)
}

// TestDamaged: what cannot be read is built anew, the log says so, and nothing
// else in the folder is touched.
func TestDamaged(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, passages string){
		"no description":    func(t *testing.T, p string) { remove(t, filepath.Join(p, "index_meta.json")) },
		"a description cut": func(t *testing.T, p string) { write(t, filepath.Join(p, "index_meta.json"), "{\"stor") },
		"another kind of index": func(t *testing.T, p string) {
			write(t, filepath.Join(p, "index_meta.json"), "{\"index_type\":\"none\"}")
		},
		"an empty folder": func(t *testing.T, p string) { remove(t, p); mkdir(t, p) },
		"a file":          func(t *testing.T, p string) { remove(t, p); write(t, p, "not a folder") },
		"the root overwritten": func(t *testing.T, p string) {
			write(t, filepath.Join(p, "store", "root.bolt"), strings.Repeat("x", 65536))
		},
		"the root cut":  func(t *testing.T, p string) { truncate(t, filepath.Join(p, "store", "root.bolt"), 100) },
		"segments cut":  func(t *testing.T, p string) { eachSegment(t, p, func(t *testing.T, f string) { truncate(t, f, 200) }) },
		"segments gone": func(t *testing.T, p string) { eachSegment(t, p, remove) },
		"segments overwritten": func(t *testing.T, p string) {
			eachSegment(t, p, func(t *testing.T, f string) { write(t, f, strings.Repeat("y", 4096)) })
		},
	} {
		t.Run(name, func(t *testing.T) { testDamaged(t, damage, strings.HasPrefix(name, "segments")) })
	}
}

// testDamaged damages an index of three passages. goesBack says that bleve may
// find an earlier, empty snapshot, which it sometimes has not cleared away yet.
func testDamaged(t *testing.T, damage func(t *testing.T, passages string), goesBack bool) {
	dir := t.TempDir()
	x := open(t, dir)
	put(t, x, articles()...)
	if err := x.Reach(context.Background(), 3); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "other"), "kept")
	damage(t, filepath.Join(dir, "passages"))
	var log bytes.Buffer
	x, err := lexical.Open(slog.New(slog.NewTextHandler(&log, nil)), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	wantState(t, x, 0, 0)
	if !goesBack && !strings.Contains(log.String(), "built anew") {
		t.Errorf("the log says %q, want that the index is built anew", log.String())
	}
	if kept, err := os.ReadFile(filepath.Join(dir, "other")); string(kept) != "kept" {
		t.Errorf("another file in the folder: %q, error %v", kept, err)
	}
	put(t, x, articles()...)
	wantState(t, x, 3, 0)
}

func TestFolderThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "")
	if _, err := lexical.Open(quiet, file); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("error %v, want one that names %s", err, file)
	}
}

func TestClosed(t *testing.T) {
	x := open(t, t.TempDir())
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Retrieve(context.Background(), retrieval.Query{Text: "comet"}); err == nil {
		t.Error("Retrieve after Close returned no error")
	}
	if err := x.Put(context.Background(), retrievaltest.Documents(articles())); err == nil {
		t.Error("Put after Close returned no error")
	}
}

// TestWords: endings, case and stop words do not matter; title and outlet count.
func TestWords(t *testing.T) {
	x := open(t, t.TempDir())
	put(t, x, articles()...)
	for question, want := range map[string]int{
		"LANTERN":                1, // the text says "lanterns"
		"photographs":            1, // the text says "photographed"
		"festival":               1, // in a title only
		"What did Radio say?":    1, // in an outlet only
		"the of and":             0,
		"festival lantern comet": 2,
	} {
		if got := ask(t, x, question); len(got) != want {
			t.Errorf("%q: %d hits, want %d", question, len(got), want)
		}
	}
}

func articles() []corpus.Article {
	return []corpus.Article{
		retrievaltest.Article(0, "Harbour Herald", "Festival opens", "Lanterns were lit along the harbour."),
		retrievaltest.Article(40, "Valley Dispatch", "Orchards", "Frost ruined the cherries."),
		retrievaltest.Article(80, "Radio Solana", "Night sky", "A telescope photographed a comet."),
	}
}

func open(t *testing.T, dir string) *lexical.Index {
	t.Helper()
	x, err := lexical.Open(quiet, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func put(t *testing.T, x retrieval.Index, articles ...corpus.Article) {
	t.Helper()
	if err := x.Put(context.Background(), retrievaltest.Documents(articles)); err != nil {
		t.Fatal(err)
	}
}

func ask(t *testing.T, x retrieval.Index, question string) []string {
	t.Helper()
	result, err := x.Retrieve(context.Background(), retrieval.Query{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, hit := range result.Hits {
		ids = append(ids, hit.Passage.ID())
	}
	return ids
}

func wantState(t *testing.T, x retrieval.Index, passages int, reached int64) {
	t.Helper()
	n, err := x.Passages(context.Background())
	at, err2 := x.Reached(context.Background())
	if n != passages || at != reached || err != nil || err2 != nil {
		t.Errorf("%d passages, reached %d, errors %v and %v, want %d and %d", n, at, err, err2, passages, reached)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

func truncate(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

func eachSegment(t *testing.T, passages string, do func(t *testing.T, path string)) {
	t.Helper()
	segments, err := filepath.Glob(filepath.Join(passages, "store", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatalf("%d segments, error %v", len(segments), err)
	}
	for _, segment := range segments {
		do(t, segment)
	}
}
