package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/adrg/xdg"

	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval/eval"
)

// cacheFolder gives the test a cache folder of its own.
func cacheFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Cleanup(xdg.Reload) // once Setenv has put the variable back
	t.Setenv("XDG_CACHE_HOME", dir)
	xdg.Reload()
	return dir
}

// evalSample returns the flags that evaluate the sample articles, each of one
// version, on questions of our own.
func evalSample(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(sampleRecords(t))
	if err != nil {
		t.Fatal(err)
	}
	var records, kept []map[string]string
	if err := json.Unmarshal(data, &records); err != nil {
		t.Fatal(err)
	}
	last := map[string]int{}
	for i, r := range records {
		last[r["url"]] = i
	}
	for i, r := range records {
		if last[r["url"]] == i {
			kept = append(kept, r)
		}
	}
	if data, err = json.Marshal(kept); err != nil {
		t.Fatal(err)
	}
	return []string{"eval", "retrieval", "--corpus", write(t, "sample.json", string(data)), "--questions", "testdata/eval/questions.json"}
}

// evaluated runs an evaluation and returns its figures.
func evaluated(t *testing.T, args ...string) eval.Figures {
	t.Helper()
	r := quietly(t, "", append(args, "--json")...).must(t)
	var f eval.Figures
	d := json.NewDecoder(strings.NewReader(r.out))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		t.Fatalf("%v\n%s", err, r.out)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		t.Errorf("more than one object: %s", r.out)
	}
	return f
}

func TestEvalSample(t *testing.T) {
	cache := cacheFolder(t)
	args := evalSample(t)
	f := evaluated(t, args...)
	if f.N != 5 || f.All.Hits10 != 1 || f.All.Evidence != 1 || f.All.MRR < .5 || len(f.ByType) != 3 {
		t.Errorf("figures %+v", f)
	}
	if f.Passages < 23 || f.WordsMax > 150 || f.WordsMean < 50 || f.WordsMean > float64(f.WordsMax) {
		t.Errorf("%d passages of %v words, %d at most", f.Passages, f.WordsMean, f.WordsMax)
	}
	if f.Scope != (eval.Scope{OnlyNamedOutlets: 2}) || f.Notes != nil {
		t.Errorf("scope %+v, notes %q", f.Scope, f.Notes)
	}
	if l := f.Latency; l.P50 <= 0 || l.P95 < l.P50 || l.P99 < l.P95 || f.IndexSeconds <= 0 {
		t.Errorf("times %+v, %v s", l, f.IndexSeconds)
	}
	t.Run("again", func(t *testing.T) {
		again := evaluated(t, args...)
		if again.IndexSeconds != f.IndexSeconds {
			t.Errorf("indexed again in %v s", again.IndexSeconds)
		}
		if again.All != f.All {
			t.Errorf("figures %+v, then %+v", f.All, again.All)
		}
	})
	t.Run("left in the middle", func(t *testing.T) {
		dir := onlyFolder(t, cache)
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		quietly(t, dir, "add", write(t, "page.txt", paper)).must(t)
		again := evaluated(t, args...)
		if again.All != f.All || again.Passages != f.Passages || again.IndexSeconds == f.IndexSeconds {
			t.Errorf("figures %+v, then %+v", f, again)
		}
	})
	t.Run("compare", func(t *testing.T) { testCompare(t, args, f) })
	t.Run("table", func(t *testing.T) {
		r := quietly(t, "", args...).must(t)
		for _, part := range []string{"comparison_query", "Hits@10", "all", "outlets named: 2 of 2", "narrowed wrongly: 0"} {
			if !strings.Contains(r.out, part) {
				t.Errorf("%q is not in the table:\n%s", part, r.out)
			}
		}
	})
	t.Run("plot", func(t *testing.T) { testPlot(t, args) })
}

// onlyFolder returns the one folder of an evaluation.
func onlyFolder(t *testing.T, cache string) string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(cache, "newsdesk", "eval", "*"))
	if err != nil || len(all) != 1 {
		t.Fatalf("folders %q, %v", all, err)
	}
	return all[0]
}

// testCompare holds that the last stage is what serves.
func testCompare(t *testing.T, args []string, served eval.Figures) {
	args = append(slices.Clone(args), "--compare")
	r := quietly(t, "", append(args, "--json")...).must(t)
	var c eval.Comparison
	if err := json.Unmarshal([]byte(r.out), &c); err != nil {
		t.Fatalf("%v\n%s", err, r.out)
	}
	var names []string
	for _, s := range c.Stages {
		names = append(names, s.Name)
	}
	if len(names) < 5 || !slices.Equal(names[:4], []string{"dense", "lexical", "fused", "+ scope"}) {
		t.Errorf("stages %q", names)
	}
	if last := c.Stages[len(c.Stages)-1]; last.All != served.All {
		t.Errorf("%s has %+v, what serves %+v", last.Name, last.All, served.All)
	}
	if r := quietly(t, "", args...).must(t); !strings.Contains(r.out, "lexical") || !strings.Contains(r.out, "p99 ms") {
		t.Errorf("no table:\n%s", r.out)
	}
}

func testPlot(t *testing.T, args []string) {
	dir := t.TempDir()
	for _, name := range []string{"figures.PNG", "figures.svg"} {
		path := filepath.Join(dir, name)
		quietly(t, "", append(slices.Clone(args), "--plot", path)...).must(t)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := isPicture(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := quietly(t, "", append(slices.Clone(args), "--plot", filepath.Join(dir, "nothing", "figures.svg"))...)
	if r.code != exitFailed || r.out != "" || !strings.Contains(r.err, "nothing") {
		t.Errorf("a folder that is not there: %+v", r)
	}
}

func isPicture(data []byte) error {
	if bytes.HasPrefix(data, []byte("\x89PNG")) {
		_, err := png.Decode(bytes.NewReader(data))
		return err
	}
	if !bytes.Contains(data, []byte("Rank of the first evidence")) {
		return errors.New("no title")
	}
	return xml.Unmarshal(data, new(struct {
		XMLName xml.Name `xml:"svg"`
	}))
}

// Two evaluations at once: one waits, and both are right.
func TestEvalTwice(t *testing.T) {
	cacheFolder(t)
	args := append(evalSample(t), "--json")
	var both [2]result
	var group sync.WaitGroup
	for i := range both {
		group.Go(func() {
			var out, said bytes.Buffer
			code := run(t.Context(), args, nil, &streams{In: strings.NewReader(""), Out: &out, Err: &said})
			both[i] = result{out.String(), said.String(), code}
		})
	}
	group.Wait()
	var figures [2]eval.Figures
	for i, r := range both {
		if err := json.Unmarshal([]byte(r.must(t).out), &figures[i]); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := figures[0], figures[1]; a.All != b.All || a.IndexSeconds != b.IndexSeconds || a.N != 5 {
		t.Errorf("figures %+v and %+v", a, b)
	}
}

// An evaluation that is stopped leaves nothing that a later one takes for whole.
func TestEvalStopped(t *testing.T) {
	cache := cacheFolder(t)
	args := append(evalSample(t), "--json")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code := run(ctx, args, nil, quiet(strings.NewReader(""))); code != exitFailed {
		t.Errorf("exit %d", code)
	}
	if whole, err := filepath.Glob(filepath.Join(cache, "newsdesk", "eval", "*", "built.json")); err != nil || len(whole) != 0 {
		t.Errorf("%q, %v", whole, err)
	}
	if f := evaluated(t, args...); f.N != 5 || f.All.Hits10 != 1 {
		t.Errorf("figures %+v", f)
	}
}

// What a server has embedded is kept, also when the run was stopped, and that is
// said; vectors that do not fit are told.
func TestEvalServer(t *testing.T) {
	cache := cacheFolder(t)
	var size atomic.Int64
	size.Store(8)
	environ := []string{"OPENAI_EMBEDDING_BASE_URL=" + modelServer(t, &size), "OPENAI_EMBEDDING_MODEL=tiny-embedding"}
	args := append(evalSample(t), "--json")
	ask := func() result { return within(t, "", strings.NewReader(""), environ, args...) }
	if r := ask().must(t); strings.Contains(r.out, "notes") {
		t.Errorf("%s", r.out)
	}
	if err := os.Remove(filepath.Join(onlyFolder(t, cache), "built.json")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if r := ask().must(t); !strings.Contains(r.out, "does not count the making of vectors") || !strings.Contains(r.out, `"n":5`) {
			t.Errorf("%s", r.out)
		}
	}
	size.Store(4)
	if r := ask(); r.code != exitFailed || r.out != "" || !strings.Contains(r.err, "another dimension") {
		t.Errorf("%+v", r)
	}
	size.Store(8)
	ask().must(t) // the folder was given up
	evaluated(t, evalSample(t)...)
	if all, err := filepath.Glob(filepath.Join(cache, "newsdesk", "eval", "*")); err != nil || len(all) != 2 {
		t.Errorf("%d folders for two models, %v", len(all), err)
	}
}

// The binary itself, from anywhere, with nothing but its two files.
func TestEvalBinary(t *testing.T) {
	args := evalSample(t)
	questions, err := filepath.Abs(args[5])
	if err != nil {
		t.Fatal(err)
	}
	args[5] = questions
	environ := []string{"XDG_CACHE_HOME=" + t.TempDir()}
	r := beside(t, strings.NewReader(""), environ, append(args, "--json")...).must(t)
	var f eval.Figures
	if err := json.Unmarshal([]byte(r.out), &f); err != nil || f.N != 5 || r.err != "" {
		t.Errorf("%v %+v", err, r)
	}
	if r := beside(t, strings.NewReader(""), environ, append(args, "--plot", "figures.pdf")...); r.code != exitUsage {
		t.Errorf("%+v", r)
	}
}

// The figures on the evaluation data may not fall below what is asked of them.
func TestEvalShared(t *testing.T) {
	articles, questions := corpustest.SharedPath(t, corpustest.EvalArticles), corpustest.SharedPath(t, corpustest.EvalQuestions)
	if testing.Short() {
		t.Skip("skipped: indexing 5,312 articles is not short")
	}
	cacheFolder(t)
	f := evaluated(t, "eval", "retrieval", "--corpus", articles, "--questions", questions)
	t.Logf("%+v", f)
	if f.N != 114 || f.Notes != nil || f.WordsMax > 150 || f.WordsMean > 112 {
		t.Errorf("%d questions, %v words on average and %d at most, notes %q", f.N, f.WordsMean, f.WordsMax, f.Notes)
	}
	if m := f.All; m.Hits10 < .87 || m.Hits4 < .70 || m.MRR < .53 || m.MAP < .35 || m.Evidence < .87 {
		t.Errorf("figures %+v", m)
	}
	if f.Scope.OnlyNamedOutlets < 22 || f.Scope.NarrowedWrongly > 0 {
		t.Errorf("scope %+v", f.Scope)
	}
}
