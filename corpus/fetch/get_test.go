package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/andybalholm/brotli"
)

func TestGet(t *testing.T) {
	w := newWorld(t)
	var got *http.Request
	w.site().HandleFunc("/feed", func(rw http.ResponseWriter, r *http.Request) {
		got = r
		h := rw.Header()
		h.Set("Content-Type", "application/rss+xml")
		h.Set("ETag", `"1"`)
		h.Set("Last-Modified", "Wed, 02 Jul 2025 08:00:00 GMT")
		h.Set("Cache-Control", "public, max-age=900")
		h.Set("Age", "60")
		io.WriteString(rw, "<rss/>")
	})
	r, err := w.get(home + "/feed?token=secret#top")
	if err != nil {
		t.Fatal(err)
	}
	want := Response{URL: home + "/feed?token=secret", Body: []byte("<rss/>"), ContentType: "application/rss+xml",
		ETag: `"1"`, LastModified: "Wed, 02 Jul 2025 08:00:00 GMT", Fresh: 14 * time.Minute}
	if fmt.Sprintf("%+v", r) != fmt.Sprintf("%+v", want) {
		t.Errorf("%+v, want %+v", r, want)
	}
	if got.UserAgent() != agent || got.Header.Get("Cookie") != "" || got.Header.Get("Referer") != "" || got.Host != "harbour-herald.example" {
		t.Errorf("asked with %v", got.Header)
	}
}

// TestConditional: what has not changed is not sent again.
func TestConditional(t *testing.T) {
	w := newWorld(t)
	w.site().HandleFunc("/feed", func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `W/"a"` || r.Header.Get("If-Modified-Since") == "yesterday" {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(rw, "new")
	})
	for _, c := range []struct {
		r    Request
		same bool
	}{
		{Request{ETag: `W/"a"`}, true}, {Request{LastModified: "yesterday"}, true},
		{Request{ETag: `"b"`, LastModified: "today"}, false}, {Request{}, false},
		{Request{ETag: "a\r\nHost: evil"}, false},
	} {
		c.r.URL = home + "/feed"
		r, err := w.client.Get(t.Context(), c.r)
		if err != nil || r.NotModified != c.same || (r.Body == nil) != c.same {
			t.Errorf("%+v: %+v, %v", c.r, r, err)
		}
		if c.same && (r.ETag != c.r.ETag || r.LastModified != c.r.LastModified) {
			t.Errorf("%+v: the marks became %q, %q", c.r, r.ETag, r.LastModified)
		}
	}
}

func packed(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.Bytes()
}

func packedBrotli(s string) []byte {
	var b bytes.Buffer
	z := brotli.NewWriterLevel(&b, 1)
	io.WriteString(z, s)
	z.Close()
	return b.Bytes()
}

// encoded answers with a body as it is packed.
func encoded(encoding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", encoding)
		w.Write(body)
	}
}

func TestEncodings(t *testing.T) {
	long := strings.Repeat("Die Fähre liegt im Hafen. ", 5000)
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		want    string
		err     error
	}{
		"gzip":           {encoded("gzip", packed(long)), long, nil},
		"x-gzip":         {encoded("X-GZIP", packed(long)), long, nil},
		"brotli":         {encoded("br", packedBrotli(long)), long, nil},
		"two members":    {encoded("gzip", append(packed("a"), packed("b")...)), "ab", nil},
		"identity":       {encoded("identity", []byte("a")), "a", nil},
		"empty":          {encoded("gzip", nil), "", nil},
		"gzip cut":       {encoded("gzip", packed(long)[:100]), "", ErrUnavailable},
		"brotli cut":     {encoded("br", packedBrotli(long)[:20]), "", ErrUnavailable},
		"gzip with lies": {encoded("gzip", []byte("<rss version=\"2.0\"></rss>")), "", ErrBroken},
		"checksum":       {encoded("gzip", append(packed(long)[:len(packed(long))-8], "12345678"...)), "", ErrBroken},
		"brotli lies":    {encoded("br", []byte("<rss></rss>")), "", ErrBroken},
		"not asked for":  {encoded("zstd", []byte("a")), "", ErrBroken},
		"twice":          {encoded("gzip, gzip", packed(string(packed(long)))), "", ErrBroken},
	} {
		w := newWorld(t)
		w.site().HandleFunc("/a", c.handler)
		r, err := w.get(home + "/a")
		if !errors.Is(err, c.err) || string(r.Body) != c.want {
			t.Errorf("%s: %d bytes, %v", name, len(r.Body), err)
		}
	}
}

// TestStatus: every status has an error of its own name, or none.
func TestStatus(t *testing.T) {
	w := newWorld(t)
	w.site().HandleFunc("/{status}", func(rw http.ResponseWriter, r *http.Request) {
		var status int
		if _, err := fmt.Sscan(r.PathValue("status"), &status); err != nil {
			http.NotFound(rw, r)
			return
		}
		rw.WriteHeader(status)
	})
	for status, want := range map[int]error{
		200: nil, 204: ErrBroken, 206: ErrBroken, 300: ErrBroken, 304: ErrBroken, 400: ErrBroken, 401: ErrForbidden, 402: ErrForbidden,
		403: ErrForbidden, 404: ErrGone, 408: ErrUnavailable, 410: ErrGone, 418: ErrBroken, 451: ErrForbidden,
		500: ErrUnavailable, 502: ErrUnavailable, 504: ErrUnavailable, 599: ErrUnavailable, 429: ErrBusy,
	} {
		_, err := w.get(fmt.Sprintf("%s/%d", home, status))
		if !errors.Is(err, want) {
			t.Errorf("%d: %v, want %v", status, err, want)
		}
		if failed, ok := errors.AsType[*Error](err); ok && failed.Status != status {
			t.Errorf("%d: %+v", status, failed)
		}
	}
}

// TestCut: half a body is no body.
// A server that is not there, or speaks something else, is told as that: its
// robots.txt, which was asked for first, is of no interest to anybody then.
func TestNobodyThere(t *testing.T) {
	w := newWorld(t)
	w.serve("93.184.216.34:443", http.NotFoundHandler())
	for address, detail := range map[string]string{
		"http://harbor-herald.example/":          "there is no such host",
		"https://harbour-herald.example/":        "it does not speak https",
		"http://harbour-herald.example/article1": "connection refused",
	} {
		_, err := w.get(address)
		if failed, _ := errors.AsType[*Error](err); !errors.Is(err, ErrUnavailable) || failed.Detail != detail {
			t.Errorf("%s: %v, want %q", address, err, detail)
		}
	}
}

func TestCut(t *testing.T) {
	w := newWorld(t)
	mux := w.site()
	for path, answer := range map[string]string{
		"/length":  "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf an article",
		"/chunked": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf",
		"/chunks":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
		"/headers": "HTTP/1.1 200 OK\r\nContent-",
		"/nothing": "",
		"/noise":   "\x00\x01\x02\x03",
		"/both":    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhalf an",
	} {
		mux.HandleFunc(path, raw(answer))
		r, err := w.get(home + path)
		if !errors.Is(err, ErrUnavailable) || r.Body != nil {
			t.Errorf("%s: %+v, %v", path, r, err)
		}
	}
	if _, err := w.get("http://valley-dispatch.example/"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("nobody there: %v", err)
	}
	if _, err := w.get("http://unknown-herald.example/"); !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "no such host") {
		t.Errorf("no such host: %v", err)
	}
}

// TestRedirects: some are followed, and it is remembered which were for good.
func TestRedirects(t *testing.T) {
	w := newWorld(t)
	w.serve("93.184.216.36:80", text("here"))
	mux := w.site()
	for path, to := range map[string]http.Handler{
		"/moved":       http.RedirectHandler("/moved2", http.StatusMovedPermanently),
		"/moved2":      http.RedirectHandler("http://moved.example/feed", http.StatusPermanentRedirect),
		"/for-now":     http.RedirectHandler("http://moved.example/feed", http.StatusFound),
		"/half":        http.RedirectHandler("/for-now", http.StatusMovedPermanently),
		"/other":       http.RedirectHandler("//moved.example/feed", http.StatusSeeOther),
		"/loop":        http.RedirectHandler("/loop", http.StatusFound),
		"/six":         http.RedirectHandler("/five", http.StatusFound),
		"/five":        http.RedirectHandler("/four", http.StatusFound),
		"/four":        http.RedirectHandler("/three", http.StatusFound),
		"/three":       http.RedirectHandler("/two", http.StatusFound),
		"/two":         http.RedirectHandler("/one", http.StatusFound),
		"/one":         http.RedirectHandler("http://moved.example/feed", http.StatusFound),
		"/nowhere":     redirect(http.StatusFound, ""),
		"/unencodable": redirect(http.StatusFound, "http://moved.example/f\xfced"),
	} {
		mux.Handle(path, to)
	}
	const there = "http://moved.example/feed"
	for path, want := range map[string]struct {
		moved string
		err   error
	}{
		"/moved": {there, nil}, "/for-now": {"", nil}, "/half": {home + "/for-now", nil}, "/other": {"", nil},
		"/five": {"", nil}, "/six": {"", ErrRedirects}, "/loop": {"", ErrRedirects}, "/nowhere": {"", ErrAddress},
		"/unencodable": {"", nil},
	} {
		r, err := w.get(home + path)
		if !errors.Is(err, want.err) || r.Moved != want.moved {
			t.Errorf("%s: %+v, %v", path, r, err)
		}
		if err == nil && (string(r.Body) != "here" || !strings.HasPrefix(r.URL, "http://moved.example/f")) {
			t.Errorf("%s: %+v", path, r)
		}
	}
}

// TestSecrets: what may be secret in an address is not in an error.
func TestSecrets(t *testing.T) {
	w := newWorld(t)
	w.site()
	for _, address := range []string{home + "/feed?token=secret", "http://reader:secret@harbour-herald.example/", "http://localhost/?secret"} {
		_, err := w.get(address)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Error(err)
		}
	}
}

// TestAgent: a bot without a name does not go out.
func TestAgent(t *testing.T) {
	for _, bad := range []string{"", "/1.0", "news desk/1.0", "newsdesk/1.0\r\nHost: evil", "Mozilla/5.0\n"} {
		if _, err := New(nil, Settings{Agent: bad}); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// TestProxy: the proxy is told the address that was checked, and nothing else.
func TestProxy(t *testing.T) {
	w := newWorld(t)
	var asked []*http.Request
	w.serve("10.9.9.9:3128", connectProxy(w, &asked))
	w.serve("10.1.2.3:80", text("the house's own"))
	w.site().Handle("/a", text("a"))
	proxy, err := url.Parse("http://desk:secret@10.9.9.9:3128")
	if err != nil {
		t.Fatal(err)
	}
	w.use(Settings{Proxy: proxy, Own: []string{"house.example"}})
	if r, err := w.get(home + "/a"); err != nil || string(r.Body) != "a" {
		t.Errorf("%+v, %v", r, err)
	}
	if len(asked) != 1 || asked[0].Host != "93.184.216.34:80" || asked[0].Header.Get("Proxy-Authorization") == "" {
		t.Errorf("the proxy was asked for %+v", asked)
	}
	for _, address := range []string{"http://rebound.example/", "http://127.0.0.1/", "http://valley-dispatch.example/"} {
		if _, err := w.get(address); err == nil {
			t.Errorf("%s was read", address)
		}
	}
	if r, err := w.get("http://house.example/"); err != nil || string(r.Body) != "the house's own" {
		t.Errorf("%+v, %v", r, err)
	}
	for _, bad := range []string{"ftp://10.9.9.9:3128", "http://", "10.9.9.9:3128"} {
		u, err := url.Parse(bad)
		if err != nil {
			continue
		}
		if _, err := New(nil, Settings{Agent: agent, Proxy: u}); err == nil {
			t.Errorf("proxy %q was taken", bad)
		}
	}
}

// TestBombs: whatever is sent, the request ends, with less than 64 MiB of memory
// and 30 seconds.
func TestBombs(t *testing.T) {
	zeros := strings.Repeat("\x00", 32<<20) // packs at 1:1000
	gz, br := packed(zeros), packedBrotli(zeros)
	twice := packed(string(packed(zeros)))
	zeros = ""
	members := bytes.Repeat(packed(""), 1<<14)
	for name, bomb := range map[string]http.HandlerFunc{
		"gzip":    encoded("gzip", gz),
		"brotli":  encoded("br", br),
		"twice":   encoded("gzip,gzip", twice),
		"endless": func(w http.ResponseWriter, r *http.Request) { endless(w, []byte(strings.Repeat("<a>", 10000))) },
		"endless, packed as nothing": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			endless(w, members)
		},
		"promised": func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "99999999999999") },
		"headers": func(w http.ResponseWriter, r *http.Request) {
			for i := range 10000 {
				w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("a", 1000))
			}
		},
		"location": redirect(http.StatusFound, "/"+strings.Repeat("a", 1<<20)),
	} {
		w := newWorld(t)
		w.site().HandleFunc("/", func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(rw, r)
				return
			}
			bomb(rw, r)
		})
		before := allocated()
		start := time.Now()
		_, err := w.get(home)
		took, used := time.Since(start), allocated()-before
		if err == nil || used > 64<<20 || took > MaxTime {
			t.Errorf("%s: %v after %v, with %d MiB allocated in all", name, err, took, used>>20)
		}
		t.Logf("%-28s %3d MiB allocated in all, %v: %v", name, used>>20, took.Round(time.Millisecond), err)
	}
}

// endless writes until nobody reads any more.
func endless(w io.Writer, chunk []byte) {
	for {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

// allocated is every byte that was allocated so far, freed or not: an upper
// bound of what was in use at any time.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// TestBombOfRobots: a robots.txt without end is read up to its bound, and what
// stands there counts.
func TestBombOfRobots(t *testing.T) {
	w := newWorld(t)
	w.site().HandleFunc("/robots.txt", func(rw http.ResponseWriter, _ *http.Request) {
		io.WriteString(rw, "User-agent: *\nDisallow: /a\n")
		endless(rw, []byte("# nothing\n"))
	})
	if _, err := w.get(home + "/a"); !errors.Is(err, ErrRobots) {
		t.Error(err)
	}
}

// TestSlow: bodies that trickle, servers that say nothing, and one that
// redirects slowly end in time.
func TestSlow(t *testing.T) {
	for name, slow := range map[string]http.HandlerFunc{
		"silent":    func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"trickling": func(w http.ResponseWriter, r *http.Request) { trickle(w, r) },
		"going on": func(w http.ResponseWriter, r *http.Request) {
			select {
			case <-time.After(20 * time.Second):
				http.Redirect(w, r, "/on", http.StatusFound)
			case <-r.Context().Done():
			}
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			mux := w.site()
			mux.HandleFunc("/robots.txt", http.NotFound)
			mux.HandleFunc("/", slow)
			start := time.Now()
			_, err := w.get(home)
			if !errors.Is(err, ErrTooSlow) || time.Since(start) > MaxTime+time.Millisecond {
				t.Errorf("%s: %v after %v", name, err, time.Since(start))
			}
			end(w)
		})
	}
}

// trickle writes a byte a second.
func trickle(w http.ResponseWriter, r *http.Request) {
	for range 1000 {
		if _, err := w.Write([]byte("a")); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-time.After(time.Second):
		case <-r.Context().Done():
			return
		}
	}
}

// end closes everything before a bubble ends.
func end(w *world) {
	w.client.Close()
	for _, l := range w.servers {
		l.Close()
	}
	synctest.Wait()
}

// TestCancelled: the context's error comes as it is.
func TestCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		mux := w.site()
		mux.HandleFunc("/robots.txt", http.NotFound)
		mux.HandleFunc("/", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, err := w.client.Get(ctx, Request{URL: home}); err != context.DeadlineExceeded {
			t.Error(err)
		}
		if _, err := w.client.Get(ctx, Request{URL: home}); err != context.DeadlineExceeded {
			t.Error(err)
		}
		end(w)
	})
}
