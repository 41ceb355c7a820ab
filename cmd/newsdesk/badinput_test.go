package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/bot/telegram/telegramtest"
	"newsdesk/corpus/store"
)

// filled returns a data folder with two articles, and the command that lists
// them: what a refused command must leave as it was.
func filled(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	quietly(t, dir, "add", write(t, "page.txt", paper)).must(t)
	return dir
}

// refused checks that a command failed, said all of that, and changed nothing.
func refused(t *testing.T, dir string, command func() result, says ...string) {
	t.Helper()
	before := quietly(t, dir, "articles", "--json").must(t)
	r := command()
	if r.code != exitFailed {
		t.Errorf("exit %d, not %d", r.code, exitFailed)
	}
	if r.out != "" {
		t.Errorf("on the standard output: %s", r.out)
	}
	for _, part := range says {
		if !strings.Contains(r.err, part) {
			t.Errorf("%q is not in the message:\n%s", part, r.err)
		}
	}
	if after := quietly(t, dir, "articles", "--json").must(t); after.out != before.out {
		t.Errorf("changed from\n%sto\n%s", before.out, after.out)
	}
}

func TestBadFiles(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/badinput.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := filled(t)
	for i := 0; i+1 < len(archive.Files); i += 2 {
		file, says := archive.Files[i], archive.Files[i+1]
		name, content := strings.TrimSuffix(file.Name, ".quoted"), string(file.Data)
		if says.Name != name+".error" {
			t.Fatalf("%s follows %s", says.Name, file.Name)
		}
		if name != file.Name {
			if content, err = strconv.Unquote(strings.TrimSpace(content)); err != nil {
				t.Fatalf("%s: %v", file.Name, err)
			}
		}
		t.Run(name, func(t *testing.T) {
			path := write(t, name, content)
			refused(t, dir, func() result { return quietly(t, dir, "add", path) }, strings.Split(strings.TrimSpace(string(says.Data)), "\n")...)
		})
	}
}

func TestBadPaths(t *testing.T) {
	dir := filled(t)
	for _, path := range []string{filepath.Join(dir, "nothing"), dir} {
		refused(t, dir, func() result { return quietly(t, dir, "add", path) }, path)
	}
}

// A file that is wrong does not keep the others out, and is still told.
func TestGoodFileBesideBad(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	r := quietly(t, dir, "add", write(t, "bad.txt", "no byline\n"), write(t, "good.txt", paper))
	if r.code != exitFailed || !strings.Contains(r.err, "bad.txt") || !strings.Contains(r.out, "good.txt: 2 new articles") {
		t.Errorf("%+v", r)
	}
	if got := listed(t, quietly(t, dir, "articles", "--json")); len(got) != 2 {
		t.Errorf("%d articles", len(got))
	}
}

// endless is a text of one line that is made while it is read, as long as a
// huge file, and counts what was read of it.
type endless struct {
	head string
	left int64
	read int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p, e.head)
	e.head = e.head[n:]
	for ; n < len(p); n++ {
		p[n] = 'a'
	}
	n = int(min(int64(n), e.left))
	e.left -= int64(n)
	e.read += int64(n)
	return n, nil
}

func TestHugeLine(t *testing.T) {
	for _, c := range []struct {
		name, head string
		most       int64 // bytes of it that may be read
		says       []string
	}{
		{"page", "HARBOUR HERALD | Published March 3, 2026\nThe mill ", 65 << 20, []string{"standard input: line 2", "longer than"}},
		{"web page", "<html><body><p>HARBOUR HERALD | Published March 3, 2026</p><p>The mill ", 65 << 20, []string{"standard input", "MiB"}},
		{"records", `[{"source": "Harbour Herald", "body": "The mill `, 17 << 20, []string{"standard input", "record 1", "larger than"}},
		{"field", `[{"source": "Harbour Herald", "published_at": "2026-03-03", "`, 17 << 20, []string{"standard input", "record 1", "larger than"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filled(t)
			line := &endless{head: c.head, left: 1 << 30}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			refused(t, dir, func() result { return within(t, dir, line, nil, "add", "-") }, c.says...)
			runtime.ReadMemStats(&after)
			if line.read > c.most {
				t.Errorf("%d MiB were read", line.read>>20)
			}
			// Sys never shrinks: it is the most that was taken from the system.
			if grown := int64(after.Sys) - int64(before.Sys); grown > 512<<20 {
				t.Errorf("%d MiB were taken", grown>>20)
			}
		})
	}
}

func TestNewerFolder(t *testing.T) {
	for _, c := range []struct{ name, change string }{
		{"steps", `INSERT INTO store_steps (owner, step) VALUES ('corpus', 999)`},
		{"layout", `PRAGMA user_version = 999`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filled(t)
			path := filepath.Join(dir, "newsdesk.db")
			alter(t, path, c.change)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"articles"}, {"add", write(t, "page.txt", paper)}, {"ask", "Who owns the mill?"}, {"check"}} {
				r := quietly(t, dir, args...)
				if r.code != exitFailed || !strings.Contains(r.err, "newer newsdesk") || !strings.Contains(r.err, "--data") {
					t.Errorf("%s: %+v", args, r)
				}
			}
			if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
				t.Error("the file was changed", err)
			}
		})
	}
}

// alter runs a statement on a data file.
func alter(t *testing.T, path, statement string) {
	t.Helper()
	db, err := store.Open(t.Context(), slog.New(slog.DiscardHandler), path)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx store.Tx) error {
		_, err := tx.Exec(t.Context(), statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestNotOurFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "newsdesk.db"), []byte("somebody's diary, which is not ours to write into"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := quietly(t, dir, "add", write(t, "page.txt", paper))
	if r.code != exitFailed || !strings.Contains(r.err, "newsdesk.db") || !strings.Contains(r.err, "restore") {
		t.Errorf("%+v", r)
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	t.Run("file in the way", func(t *testing.T) {
		file := write(t, "file", "something else")
		for _, dir := range []string{file, filepath.Join(file, "below")} {
			r := quietly(t, dir, "articles")
			if r.code != exitFailed || !strings.Contains(r.err, file) || !strings.Contains(r.err, "--data") {
				t.Errorf("%+v", r)
			}
		}
	})
	t.Run("no right to", func(t *testing.T) {
		if os.Geteuid() <= 0 {
			t.Skip("rights do not bind this user")
		}
		dir := t.TempDir()
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		r := quietly(t, dir, "articles")
		if r.code != exitFailed || !strings.Contains(r.err, dir) || !strings.Contains(r.err, "--data") {
			t.Errorf("%+v", r)
		}
	})
}

func TestBadBackup(t *testing.T) {
	dir := filled(t)
	good := filepath.Join(t.TempDir(), "good.db")
	quietly(t, dir, "backup", good).must(t)
	newer := filepath.Join(t.TempDir(), "newer.db")
	quietly(t, dir, "backup", newer).must(t)
	alter(t, newer, `INSERT INTO store_steps (owner, step) VALUES ('corpus', 999)`)
	data, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{write(t, "text.db", "no backup at all"), write(t, "cut.db", string(data[:len(data)/2])), newer} {
		refused(t, dir, func() result { return quietly(t, dir, "restore", path) }, path, "nothing was changed")
	}
	refused(t, dir, func() result { return quietly(t, dir, "backup", good) }, good, "exists")
	if now, err := os.ReadFile(good); err != nil || string(now) != string(data) {
		t.Error("the backup was changed", err)
	}
}

func TestBadToken(t *testing.T) {
	dir := filled(t)
	s := telegramtest.Start(t)
	s.Expect("Unauthorized")
	api := "TELEGRAM_API_URL=" + s.URL
	for _, token := range []string{"42:wrong", "wrong"} {
		environ := []string{api, envTelegramToken + "=" + token}
		for _, args := range [][]string{{"serve"}, {"post", "@somewhere"}} {
			refused(t, dir, func() result { return within(t, dir, strings.NewReader(""), environ, args...) }, envTelegramToken)
		}
	}
	for _, args := range [][]string{{"serve"}, {"post", "@somewhere"}} {
		refused(t, dir, func() result { return within(t, dir, strings.NewReader(""), []string{api}, args...) }, envTelegramToken)
	}
}

// modelServer is a server with one model for chat and one for embedding, whose
// vectors have as many numbers as size says.
func modelServer(t *testing.T, size *atomic.Int64) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/models", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"object":"list","data":[{"id":"small-chat","object":"model"},{"id":"tiny-embedding","object":"model"}]}`)
	})
	mux.HandleFunc("POST /v1/embeddings", func(w http.ResponseWriter, r *http.Request) {
		var in struct{ Input []string }
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			t.Error(err)
		}
		type vector struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		}
		var data []vector
		for i, text := range in.Input {
			v := vector{i, make([]float32, size.Load())}
			v.Embedding[len(text)%len(v.Embedding)] = 1
			data = append(data, v)
		}
		if err := json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data}); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/v1"
}

func TestBadModels(t *testing.T) {
	var size atomic.Int64
	size.Store(8)
	server := modelServer(t, &size)
	fresh := write(t, "other.txt", strings.ReplaceAll(paper, "mill", "brewery"))
	for _, c := range []struct {
		environ []string
		args    []string
	}{
		{[]string{"OPENAI_BASE_URL=" + server, "OPENAI_MODEL=nosuch"}, []string{"ask", "Who owns the mill?"}},
		{[]string{"OPENAI_BASE_URL=" + server, "OPENAI_EMBEDDING_MODEL=nosuch"}, []string{"ask", "Who owns the mill?"}},
		{[]string{"OPENAI_EMBEDDING_BASE_URL=" + server, "OPENAI_EMBEDDING_MODEL=nosuch"}, []string{"add", fresh}},
	} {
		dir := filled(t)
		refused(t, dir, func() result { return within(t, dir, strings.NewReader(""), c.environ, c.args...) },
			`"nosuch"`, "small-chat", "OPENAI_MODEL")
	}
	t.Run("dimension", func(t *testing.T) {
		dir := filled(t)
		environ := []string{"OPENAI_EMBEDDING_BASE_URL=" + server, "OPENAI_EMBEDDING_MODEL=tiny-embedding"}
		within(t, dir, strings.NewReader(""), environ, "ask", "Who owns the mill at Wynmoor?").must(t)
		size.Store(4)
		for _, args := range [][]string{{"ask", "Who owns the mill at Wynmoor?"}, {"add", fresh}} {
			refused(t, dir, func() result { return within(t, dir, strings.NewReader(""), environ, args...) },
				"another dimension", "tiny-embedding", "OPENAI_EMBEDDING_MODEL")
		}
	})
}

func TestNothingFound(t *testing.T) {
	dir := filled(t)
	r := quietly(t, dir, "ask", "--json", "Who won the chess olympiad in Reykjavik?")
	if r.code != exitNotFound {
		t.Errorf("exit %d", r.code)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(r.out), &object); err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]string{"found": "false", "sentences": "[]", "sources": "[]",
		"searched": `{"articles":2,"outlets":2,"from":"2026-03-16","to":"2026-03-16"}`} {
		if got := string(object[field]); got != want {
			t.Errorf("%s is %s", field, got)
		}
	}
	if r := quietly(t, dir, "ask", "Who won the chess olympiad in Reykjavik?"); r.code != exitNotFound || !strings.Contains(r.out, "do not answer this") {
		t.Errorf("%+v", r)
	}
	if r := quietly(t, filepath.Join(t.TempDir(), "empty"), "ask", "--json", "Who owns the mill?"); r.code != exitNotFound || !strings.Contains(r.out, `"found":false`) {
		t.Errorf("without articles: %+v", r)
	}
}

func TestWrongUse(t *testing.T) {
	dir := filled(t)
	for _, args := range [][]string{
		{}, {"--nosuch"}, {"nosuch"}, {"ask"}, {"add"}, {"backup"}, {"restore"}, {"articles", "show"}, {"articles", "show", "first"},
		{"ask", "--now", "2026-02-30", "Who owns the mill?"}, {"ask", "--now", "soon", "Who owns the mill?"},
		{"post"}, {"post", "somewhere"}, {"post", "@x", "--at", "25:00"}, {"post", "@x", "--since", "-1h"},
		{"post", "@x", "--since", "today"}, {"post", "@x", "--zone", "Mars/Olympus"},
	} {
		r := quietly(t, dir, args...)
		if r.code != exitUsage || !strings.Contains(r.err, "newsdesk: ") {
			t.Errorf("%q: %+v", args, r)
		}
	}
}
