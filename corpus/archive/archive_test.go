package archive

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"github.com/andybalholm/brotli"
	"golang.org/x/tools/txtar"

	"newsdesk/corpus/corpustest"
)

// records are the files of an archive with their records as they are written, and
// what is wanted of them.
func records(t testing.TB, check func(name string, given []byte, want string)) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/warc.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		name := archive.Files[i].Name
		check(name, built(t, name, string(archive.Files[i].Data)), string(archive.Files[i+1].Data))
	}
}

// built is a file made of what stands in testdata.
func built(t testing.TB, name, source string) []byte {
	t.Helper()
	end := "\r\n"
	steps := strings.Split(path.Base(name), ".")[1:]
	if len(steps) > 0 && steps[0] == "lf" {
		end, steps = "\n", nil
	}
	var parts [][]byte
	for _, r := range regexp.MustCompile(`(?m)^WARC/`).Split(source, -1) {
		if r == "" {
			continue
		}
		if !strings.HasPrefix(source, "WARC/") {
			parts = append(parts, []byte(source))
			break
		}
		parts = append(parts, record(t, "WARC/"+strings.TrimSuffix(r, "\n"), end))
	}
	return finished(t, steps, parts)
}

func finished(t testing.TB, steps []string, parts [][]byte) []byte {
	t.Helper()
	if len(steps) > 0 && steps[0] == "gz" {
		for i := range parts {
			parts[i] = packed(t, parts[i], gzipped)
		}
	}
	data := bytes.Join(parts, nil)
	if len(steps) > 0 && steps[0] == "one" {
		data = packed(t, data, gzipped)
	}
	if len(steps) > 0 && steps[len(steps)-1] == "cut" {
		data = data[:len(data)-60]
	}
	return data
}

// record is one of them with the ends of its lines, lengths and bodies.
func record(t testing.TB, source, end string) []byte {
	t.Helper()
	head, block, _ := strings.Cut(source, "\n\n")
	if strings.HasPrefix(block, "HTTP/") {
		block = message(t, block, end)
	}
	head = strings.ReplaceAll(head, "{length}", strconv.Itoa(len(block)))
	return []byte(strings.ReplaceAll(head, "\n", end) + end + end + block + end + end)
}

// message is an HTTP answer with its body as its lines in braces say.
func message(t testing.TB, source, end string) string {
	t.Helper()
	head, body, _ := strings.Cut(source, "\n\n")
	data := []byte(body)
	var lines []string
	for line := range strings.SplitSeq(head, "\n") {
		switch line {
		case "{gzip}":
			data = packed(t, data, gzipped)
		case "{br}":
			data = packed(t, data, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
		case "{deflate}":
			data = packed(t, data, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
		case "{chunk}":
			half := len(data) / 2
			data = fmt.Appendf(nil, "%x\r\n%s\r\n%X;a=b\r\n%s\r\n0\r\n\r\n", half, data[:half], len(data)-half, data[half:])
		case "{half}":
			data = data[:len(data)/2]
		default:
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, end) + end + end + string(data)
}

func gzipped(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }

func packed(t testing.TB, data []byte, by func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var b bytes.Buffer
	z := by(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var atByte = regexp.MustCompile(` at byte \d+`)

func TestWARC(t *testing.T) {
	records(t, func(name string, given []byte, want string) {
		got := ""
		for d, err := range WARC(bytes.NewReader(given)) {
			if err != nil {
				checkPlace(t, name, err, given)
				got += err.Error() + "\n"
				continue
			}
			got += fmt.Sprintf("%s | %s | %s | %s\n%s\n", d.Name, d.URL, d.ContentType, stamp(d.At), d.Data)
		}
		if strings.Contains(name, "gz") {
			got = atByte.ReplaceAllString(got, "") // it depends on how well it packs
		}
		if got != want {
			t.Errorf("%s:\n%swant\n%s", name, got, want)
		}
	})
}

// checkPlace wants a record to begin, or a packed part, where one is named.
func checkPlace(t *testing.T, name string, err error, given []byte) {
	t.Helper()
	var record, at int
	if _, scanned := fmt.Sscanf(err.Error(), "record %d at byte %d", &record, &at); scanned != nil {
		return
	}
	if at >= len(given) || !bytes.HasPrefix(given[at:], []byte("WARC/")) && !bytes.HasPrefix(given[at:], magic) {
		t.Errorf("%s: there is no record at byte %d", name, at)
	}
}

func stamp(at time.Time) string {
	if at.IsZero() {
		return "-"
	}
	return at.Format(time.RFC3339Nano)
}

// page is a record with a page.
func page(n int, body string) []byte {
	return fmt.Appendf(nil, "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://www.harbour-herald.example/%d\r\nWARC-Date: 2025-07-01T10:00:00Z\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", n, len(body), body)
}

// read counts documents and returns the errors.
func read(r io.Reader) (documents int, errs []error) {
	for _, err := range WARC(r) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		documents++
	}
	return documents, errs
}

// TestBrokenMember: a packed record with a wrong checksum is named, and one that
// lacks its end, which takes the one behind it with it; the next ones are read.
func TestBrokenMember(t *testing.T) {
	var file []byte
	for i := range 8 {
		m := packed(t, page(i, "<html>"+strings.Repeat("word ", i*100)), gzipped)
		switch i {
		case 1:
			m[len(m)-6] ^= 1
		case 3:
			m = append([]byte("noise"), m[:len(m)-20]...)
		case 6:
			m = append([]byte("noise"), m...)
		}
		file = append(file, m...)
	}
	documents, errs := read(bytes.NewReader(file))
	if documents != 5 || len(errs) != 2 {
		t.Errorf("%d documents, %v", documents, errs)
	}
}

// TestReader: what the reader of the file reports is the last that comes.
func TestReader(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, data := range [][]byte{nil, page(1, "<html>a"), packed(t, page(1, "<html>a"), gzipped), page(1, "<html>a")[:150]} {
		_, errs := read(io.MultiReader(bytes.NewReader(data), iotest.ErrReader(broken)))
		if len(errs) == 0 || !errors.Is(errs[len(errs)-1], broken) {
			t.Errorf("%d bytes: %v", len(data), errs)
		}
	}
}

// TestStop: whoever has enough gets no more.
func TestStop(t *testing.T) {
	data := bytes.Repeat(append(page(1, "<html>a"), "noise\n"...), 3)
	for stop := range 5 {
		n := 0
		for range WARC(bytes.NewReader(data)) {
			if n == stop {
				break
			}
			n++
		}
	}
}

// TestBounds: whatever is in a file, it ends, within 64 MiB of what is in use at
// once and long before 30 seconds.
func TestBounds(t *testing.T) {
	long := string(bytes.Repeat([]byte("a"), 40<<20))
	header := "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.harbour-herald.example/\r\nContent-Type: application/http\r\n"
	bomb := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + string(packed(t, bytes.Repeat([]byte("<p>"), 20<<20), gzipped))
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"a long line":      {[]byte("WARC/" + long), ErrCut},
		"a long header":    {[]byte(header + "A: " + long), ErrCut},
		"many headers":     {[]byte(header + strings.Repeat("A: b\r\n", 5<<20)), ErrUnreadable},
		"a long page":      {page(1, "<html>"+long), ErrTooLong},
		"packed":           {fmt.Appendf(nil, "%sContent-Length: %d\r\n\r\n%s\r\n\r\n", header, len(bomb), bomb), ErrTooLong},
		"a length of lies": {[]byte(header + "Content-Length: 9000000000000000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html>"), ErrCut},
		"noise":            {append(page(1, "<html>"), strings.Repeat("noise\n", 5<<20)...), ErrUnreadable},
		"many bad ones":    {bytes.Repeat([]byte("WARC/1.0\r\n\r\n"), 100_000), ErrGivenUp},
	} {
		for how, data := range map[string][]byte{"": c.data, " packed": packed(t, c.data, gzipped)} {
			var errs []error
			start := time.Now()
			used := corpustest.Peak(64<<20, func() { _, errs = read(bytes.NewReader(data)) })
			if used > 64<<20 || len(errs) == 0 || !errors.Is(errs[len(errs)-1], c.want) || len(errs) > MaxBad+1 {
				t.Errorf("%s%s: %d MiB, %d errors, the last %v", name, how, used>>20, len(errs), errs[max(0, len(errs)-1):])
			}
			t.Logf("%-24s %3d MiB at most, %v", name+how, used>>20, time.Since(start).Round(time.Millisecond))
		}
	}
}

// zeros are endless.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestEndless: a small file that is packed so that it would not end is given up.
func TestEndless(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 100000000000\r\n\r\n")
	if _, err := io.CopyN(z, zeros{}, 600<<20); err != nil {
		t.Fatal(err)
	}
	_, errs := read(&b)
	if len(errs) == 0 || !errors.Is(errs[len(errs)-1], ErrTooLong) {
		t.Error(errs)
	}
}

func saved(t testing.TB) (fstest.MapFS, string) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/folder.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	last := len(archive.Files) - 1
	for _, f := range archive.Files[:last] {
		files[f.Name] = &fstest.MapFile{Data: f.Data, ModTime: fileTime}
	}
	return files, string(archive.Files[last].Data)
}

var fileTime = time.Date(2025, 7, 9, 8, 7, 6, 0, time.FixedZone("", 3600))

func TestFolder(t *testing.T) {
	files, want := saved(t)
	got := ""
	for d, err := range Folder(files) {
		if err != nil {
			got += err.Error() + "\n"
			continue
		}
		at := stamp(d.At)
		if d.At.Equal(fileTime) {
			at = "file"
		}
		got += fmt.Sprintf("%s | %s | %s | %s\n", d.Name, orDash(d.URL), orDash(d.ContentType), at)
		if d.Name == "mail.mhtml" && string(d.Data) != "<!DOCTYPE html><html><body>Eight €, and a line that is soft.</body></html>" {
			t.Errorf("%q", d.Data)
		}
	}
	if got != want {
		t.Errorf("%swant\n%s", got, want)
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// TestFolderBounds: files that are too long, and clocks that were never set.
func TestFolderBounds(t *testing.T) {
	long := bytes.Repeat([]byte("<p>"), 4<<20)
	files := fstest.MapFS{
		"a.html": {Data: long}, "b.mht": {Data: append([]byte("Content-Type: text/html\r\n\r\n"), long...)},
		"c.mht": {Data: bytes.Repeat([]byte("A: b\r\n"), 1<<20)}, "d.html": {Data: []byte("<p>")},
	}
	var got []string
	for d, err := range Folder(files) {
		got = append(got, fmt.Sprint(d.Name, d.At.IsZero(), err))
	}
	want := []string{"true a.html: it is too long", "true b.mht: it is too long", "true c.mht: it cannot be read", "d.html true <nil>"}
	for i := range want {
		if i >= len(got) || strings.TrimSpace(got[i]) != want[i] && got[i] != strings.Replace(want[i], " ", "", 1) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// FuzzWARC: nothing crashes or hangs, and what comes out has a place, an address
// and data.
func FuzzWARC(f *testing.F) {
	records(f, func(_ string, given []byte, _ string) { f.Add(given) })
	f.Fuzz(func(t *testing.T, data []byte) {
		for d, err := range WARC(bytes.NewReader(data)) {
			check(t, d, err)
			if err == nil && d.URL == "" {
				t.Errorf("%+v", d)
			}
		}
	})
}

// FuzzSaved is the same for saved pages, and pages saved with their parts.
func FuzzSaved(f *testing.F) {
	files, _ := saved(f)
	for name, file := range files {
		f.Add(path.Ext(name), file.Data)
	}
	f.Fuzz(func(t *testing.T, end string, data []byte) {
		for d, err := range Folder(fstest.MapFS{"a" + strings.ReplaceAll(end, "/", ""): {Data: data}}) {
			check(t, d, err)
		}
	})
}

func check(t *testing.T, d Document, err error) {
	t.Helper()
	if err != nil {
		if _, named := errors.AsType[*Error](err); !named || d.Name != "" || d.Data != nil {
			t.Errorf("%+v, %v", d, err)
		}
		return
	}
	if d.Name == "" || len(d.Data) == 0 || len(d.Data) > MaxBytes || d.URL != "" && canonical(d.URL) != d.URL {
		t.Errorf("%+v", d)
	}
}
