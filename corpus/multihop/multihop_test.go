package multihop

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
)

// casesOf returns the files of a txtar file by name, and what must come of each.
func casesOf(t testing.TB, path string) (files map[string][]byte, want map[string]string) {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files, want = map[string][]byte{}, map[string]string{}
	for _, f := range a.Files {
		name, ext, _ := strings.Cut(f.Name, ".")
		switch ext {
		case "want":
			want[name] = string(f.Data)
		case "quoted":
			s, err := strconv.Unquote(strings.TrimSpace(string(f.Data)))
			if err != nil {
				t.Fatalf("%s: %s: %v", path, f.Name, err)
			}
			files[name] = []byte(s)
		default:
			files[name] = f.Data
		}
	}
	if len(files) == 0 || len(files) != len(want) {
		t.Fatalf("%s: %d files and %d results", path, len(files), len(want))
	}
	return files, want
}

// printed is the form of the want files.
func printed[T any](all iter.Seq2[T, error], one func(T) string) string {
	var b strings.Builder
	for v, err := range all {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		b.WriteString(one(v) + "\n")
	}
	return b.String()
}

func printedArticle(a corpus.Article) string {
	return fmt.Sprintf("%s %q %q %q %q %q %q",
		a.Published.Format(time.RFC3339), a.Outlet, a.Title, a.Author, a.Category, a.URL, a.Text)
}

func printedQuestion(q Question) string {
	b, err := json.Marshal(q)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// packed is data in gzip's form.
func packed(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ways are the ways in which the same file may come.
func ways(t testing.TB, data []byte) map[string]io.Reader {
	return map[string]io.Reader{
		"whole":             bytes.NewReader(data),
		"byte by byte":      iotest.OneByteReader(bytes.NewReader(data)),
		"with the last":     iotest.DataErrReader(bytes.NewReader(data)),
		"gzip":              bytes.NewReader(packed(t, data)),
		"gzip byte by byte": iotest.OneByteReader(bytes.NewReader(packed(t, data))),
	}
}

func TestArticles(t *testing.T) {
	files, want := casesOf(t, "testdata/articles.txtar")
	for name, data := range files {
		for way, r := range ways(t, data) {
			if got := printed(Articles(name, r), printedArticle); got != want[name] {
				t.Errorf("%s, %s: got:\n%s\nwant:\n%s", name, way, got, want[name])
			}
		}
	}
}

func TestQuestions(t *testing.T) {
	files, want := casesOf(t, "testdata/questions.txtar")
	for name, data := range files {
		for way, r := range ways(t, data) {
			if got := printed(Questions(name, r), printedQuestion); got != want[name] {
				t.Errorf("%s, %s: got:\n%s\nwant:\n%s", name, way, got, want[name])
			}
		}
	}
}

// lastError is the error of a sequence, and the number of articles before it.
func lastError(all iter.Seq2[corpus.Article, error]) (int, error) {
	n := 0
	for _, err := range all {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

const good = `{"title":"T","source":"S","published_at":"2025-02-05","body":"B."}`

func TestDamagedGzip(t *testing.T) {
	whole := packed(t, []byte("["+strings.Repeat(good+",\n", 2000)+good+"]"))
	wrongSum := bytes.Clone(whole)
	wrongSum[len(wrongSum)-5] ^= 1
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"only the mark", whole[:2], "damaged gzip file"},
		{"cut", whole[:len(whole)/2], "damaged gzip file"},
		{"checksum", wrongSum, "damaged gzip file"},
		{"trailing bytes", append(bytes.Clone(whole), "rest"...), "damaged gzip file"},
	} {
		_, err := lastError(Articles("file", bytes.NewReader(c.data)))
		var fault *Error
		if !errors.As(err, &fault) || fault.Name != "file" || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
	if n, err := lastError(Articles("file", bytes.NewReader(whole))); n != 2001 || err != nil {
		t.Errorf("the whole file: %d articles, error %v", n, err)
	}
}

func TestReaderFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	data := []byte("[" + good + "," + good + "]")
	for name, start := range map[string][]byte{
		"at once": nil, "plain": data[:100], "packed": packed(t, data)[:40], "packed header": packed(t, data)[:5],
	} {
		_, err := lastError(Articles("file", io.MultiReader(bytes.NewReader(start), iotest.ErrReader(broken))))
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), "file: ") {
			t.Errorf("%s: error %v, want the reader's", name, err)
		}
	}
}

// endless counts what is read of it.
type endless struct {
	start string
	read  int64
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.start)
	e.start = e.start[n:]
	for i := n; i < len(p); i++ {
		p[i] = 'x'
	}
	e.read += int64(len(p))
	return len(p), nil
}

// blanks is endless white space.
type blanks struct{ endless }

func (b *blanks) Read(p []byte) (int, error) {
	n, err := b.endless.Read(p)
	for i := range p {
		if p[i] == 'x' {
			p[i] = ' '
		}
	}
	return n, err
}

func TestTooLarge(t *testing.T) {
	for _, c := range []struct {
		name, start string
		want        string
	}{
		{"string", `"`, "file: larger than 1 MiB"},
		{"body", `[` + good + `,{"body":"`, "file: record 2 (byte 68): larger than 16 MiB"},
		{"unknown member", `[{"u":"`, "file: record 1 (byte 1): larger than 16 MiB"},
	} {
		r := &endless{start: c.start}
		_, err := lastError(Articles("file", r))
		if err == nil || err.Error() != c.want || r.read > MaxRecord+1<<20 {
			t.Errorf("%s: error %v after %d bytes", c.name, err, r.read)
		}
	}
	for _, c := range []struct{ name, start string }{
		{"before the array", ""},
		{"before a record", "["},
		{"after a record", "[" + good},
		{"after the array", "[" + good + "]"},
	} {
		r := &blanks{endless{start: c.start}}
		_, err := lastError(Articles("file", r))
		if err == nil || !strings.HasSuffix(err.Error(), "larger than 1 MiB") || r.read > 2*maxSpace {
			t.Errorf("white space %s: error %v after %d bytes", c.name, err, r.read)
		}
	}
}

// TestLargeRecords reads records up to the bound, one after the other.
func TestLargeRecords(t *testing.T) {
	body := strings.Repeat("A sentence of thirty-two bytes. ", (MaxRecord-1<<10)/32)
	large := `{"source":"S","published_at":"2025-02-05","body":"` + body + `"}`
	data := "[" + large + "," + good + "," + large + "]"
	n := 0
	for a, err := range Articles("file", strings.NewReader(data)) {
		if err != nil {
			t.Fatal(err)
		}
		if n != 1 && a.Text != strings.TrimSpace(body) {
			t.Errorf("record %d: a text of %d bytes", n+1, len(a.Text))
		}
		n++
	}
	if n != 3 {
		t.Errorf("%d records, want 3", n)
	}
}

func TestStops(t *testing.T) {
	r := &endless{start: "[" + good + "," + good + ","}
	for _, err := range Articles("file", r) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	if r.read > 1<<17 {
		t.Errorf("%d bytes were read for one record", r.read)
	}
}

func TestSharedArticles(t *testing.T) {
	f := corpustest.Shared(t, corpustest.EvalArticles)
	urls, outlets, n := map[string]bool{}, map[string]bool{}, 0
	for a, err := range Articles("corpus.json.gz", f) {
		if err != nil {
			t.Fatal(err)
		}
		if a.Title == "" || a.Text == "" || a.Published.Year() < 2012 || a.Published.Year() > 2020 {
			t.Errorf("record %d: title %.40q, %d bytes of text, published %v", n+1, a.Title, len(a.Text), a.Published)
		}
		urls[a.URL], outlets[a.Outlet] = true, true
		n++
	}
	if n != 5312 || len(urls) != 5312 || len(outlets) != 129 {
		t.Errorf("%d articles, %d addresses, %d outlets, want 5312, 5312, 129", n, len(urls), len(outlets))
	}
}

func TestSharedQuestions(t *testing.T) {
	f := corpustest.Shared(t, corpustest.EvalQuestions)
	kinds, facts := map[string]int{}, 0
	for q, err := range Questions("questions.json", f) {
		if err != nil {
			t.Fatal(err)
		}
		kinds[q.Type]++
		facts += len(q.Evidence)
	}
	want := map[string]int{"single_query": 36, "outlet_query": 24, "comparison_query": 24,
		"temporal_query": 18, "inference_query": 12, "null_query": 18}
	if fmt.Sprint(kinds) != fmt.Sprint(want) || facts != 242 {
		t.Errorf("questions %v with %d facts, want %v with 242", kinds, facts, want)
	}
}

func FuzzArticles(f *testing.F) {
	for _, path := range []string{"testdata/articles.txtar", "testdata/questions.txtar"} {
		files, _ := casesOf(f, path)
		for _, data := range files {
			f.Add(data)
		}
		f.Add(packed(f, files["one"]))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n := 0
		for a, err := range Articles("file", bytes.NewReader(data)) {
			if err != nil {
				var fault *Error
				if !errors.As(err, &fault) || fault.Reason == "" {
					t.Fatalf("error %#v", err)
				}
				break
			}
			n++
			if a.Outlet == "" || a.Title == "" || a.Text == "" || a.Published.IsZero() {
				t.Fatalf("incomplete article %+v", a)
			}
		}
		if whole := printed(Articles("file", bytes.NewReader(data)), printedArticle); whole !=
			printed(Articles("file", iotest.HalfReader(bytes.NewReader(data))), printedArticle) {
			t.Fatal("the same file in other portions was read differently")
		}
		for range Questions("file", bytes.NewReader(data)) {
			n++
		}
	})
}

func BenchmarkArticlesShared(b *testing.B) {
	f := corpustest.Shared(b, corpustest.EvalArticles)
	for b.Loop() {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			b.Fatal(err)
		}
		if n, err := lastError(Articles("corpus.json.gz", f)); n != 5312 || err != nil {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkArticles(b *testing.B) {
	files, _ := casesOf(b, "testdata/articles.txtar")
	one := bytes.Trim(files["two"], "[]\n")
	data := append([]byte("["), bytes.Repeat(append(bytes.Clone(one), ','), 1000)...)
	data = append(append(data, good...), ']')
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if n, err := lastError(Articles("file", bytes.NewReader(data))); n != 2001 || err != nil {
			b.Fatal(n, err)
		}
	}
}
