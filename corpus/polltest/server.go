package polltest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Request is one that came.
type Request struct {
	// Host and Path are of the address that was asked for.
	Host, Path string
	// At is when it came.
	At time.Time
	// Conditional says that it named an ETag or a date.
	Conditional bool
	// Fault is how it failed; empty for not.
	Fault string
	// Status is what was answered; 0 for a connection that was cut or left hanging.
	Status int
}

// The ways in which a request fails.
var faults = []string{"500", "502", "503", "429", "hang", "slow", "trickle", "redirect", "loop", "cut", "cut at once", "cut packed"}

// answer is what is to be sent.
type answer struct {
	status      int
	contentType string
	body        []byte
	modified    time.Time
	// versions are those that are told as a whole with it.
	versions []Version
}

// ServeHTTP answers for the outlet that the request's Host names.
func (w *World) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	o := w.byHost[r.Host]
	if o == nil {
		w.mu.Unlock()
		http.Error(rw, "no such outlet", http.StatusMisdirectedRequest)
		return
	}
	fault := w.fault(r)
	a := o.answer(r.URL.Path)
	request := &Request{
		Host: r.Host, Path: r.URL.Path, At: time.Now(), Fault: fault,
		Conditional: r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "",
	}
	w.requests = append(w.requests, request)
	w.mu.Unlock()
	status := w.play(rw, r, fault, o.marks, a)
	w.mu.Lock()
	request.Status = status
	w.mu.Unlock()
}

// fault is how a request is to fail; empty for not.
func (w *World) fault(r *http.Request) string {
	key := r.Host + " " + r.URL.Path
	w.tried[key]++
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s %d", w.settings.Seed, key, w.tried[key])
	sum := h.Sum64()
	sum ^= sum >> 29
	sum *= 0xbf58476d1ce4e5b9
	sum ^= sum >> 32
	if float64(sum%1_000_000) >= w.faults*1_000_000 {
		return ""
	}
	return faults[sum/1_000_000%uint64(len(faults))]
}

// answer is what an outlet has at a path. Articles are at a second address as well,
// for telephones.
func (o *Outlet) answer(path string) answer {
	switch path {
	case "/":
		return answer{status: 200, contentType: "text/html; charset=utf-8", body: o.home(), modified: o.changed}
	case "/feed":
		return o.feedAnswer()
	case "/robots.txt":
		return o.robots()
	case "/sitemap.xml":
		return answer{status: 200, contentType: "application/xml", body: o.sitemap(), modified: o.changed}
	case "/news-sitemap.xml.gz":
		return answer{status: 200, contentType: "application/x-gzip", body: o.news(), modified: o.changed}
	}
	slug := strings.TrimPrefix(strings.TrimPrefix(path, "/"), "m/")
	for _, a := range o.articles {
		switch {
		case a.slug != slug:
		case a.withdrawn != 0:
			return answer{status: a.withdrawn, contentType: "text/html", body: []byte("<html><body>It is not here.</body></html>")}
		default:
			v := a.now()
			v.URL = o.url(a)
			return answer{status: 200, contentType: "text/html; charset=utf-8", body: o.page(a), modified: a.modified, versions: []Version{v}}
		}
	}
	return answer{status: 404, contentType: "text/html", body: []byte("<html><body>Not found.</body></html>")}
}

func (o *Outlet) feedAnswer() answer {
	a := answer{status: 200, contentType: o.fileType, body: o.feed(), modified: o.changed}
	if a.contentType == "" || o.charset != "utf-8" && strings.Contains(a.contentType, "charset") {
		a.contentType = o.properType()
	}
	if o.Whole {
		for _, article := range o.listed() {
			v := article.now()
			v.URL = o.url(article)
			a.versions = append(a.versions, v)
		}
	}
	return a
}

func (o *Outlet) robots() answer {
	if o.delay < 0 {
		return answer{status: 404, contentType: "text/plain", body: []byte("none")}
	}
	body := "User-agent: *\nDisallow: /private\n"
	if o.delay > 0 {
		body += fmt.Sprintf("Crawl-delay: %d\n", o.delay)
	}
	return answer{status: 200, contentType: "text/plain", body: []byte(body + "\nSitemap: " + o.Sitemap + "\nSitemap: " + o.News + "\n")}
}

// play sends an answer, or fails at it. It returns the status that was sent.
func (w *World) play(rw http.ResponseWriter, r *http.Request, fault, marks string, a answer) int {
	switch fault {
	case "500", "502":
		status, _ := strconv.Atoi(fault) // it is a number
		http.Error(rw, "something is wrong", status)
		return status
	case "503":
		rw.Header().Set("Retry-After", "2")
		http.Error(rw, "later", http.StatusServiceUnavailable)
		return http.StatusServiceUnavailable
	case "429":
		rw.Header().Set("Retry-After", "3")
		http.Error(rw, "too much", http.StatusTooManyRequests)
		return http.StatusTooManyRequests
	case "hang":
		w.hang(r)
		panic(http.ErrAbortHandler)
	case "cut at once":
		panic(http.ErrAbortHandler)
	case "loop":
		http.Redirect(rw, r, r.URL.Path, http.StatusFound)
		return http.StatusFound
	case "redirect":
		http.Redirect(rw, r, r.URL.Path+"?utm_source=redirect", [...]int{http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect}[len(r.URL.Path)%3])
		return http.StatusFound
	}
	return w.send(rw, r, fault, marks, a)
}

// hang says nothing until the client gives up.
func (w *World) hang(r *http.Request) {
	if w.settings.Hang <= 0 {
		<-r.Context().Done()
		return
	}
	wait(r, w.settings.Hang)
}

// wait waits for d, or for the client to give up.
func wait(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	}
}

// send sends an answer as it is, or breaks off.
func (w *World) send(rw http.ResponseWriter, r *http.Request, fault, marks string, a answer) int {
	header := rw.Header()
	header.Set("Content-Type", a.contentType)
	if a.status == http.StatusOK && !a.modified.IsZero() {
		mark(header, marks, a)
		if isKnown(r.Header, header) {
			rw.WriteHeader(http.StatusNotModified)
			return http.StatusNotModified
		}
	}
	body := a.body
	if fault == "cut packed" || fault == "" && len(body)%2 == 1 && !bytes.HasPrefix(body, []byte{0x1F, 0x8B}) && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		body = packed(body)
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	rw.WriteHeader(a.status)
	if strings.HasPrefix(fault, "cut") {
		rw.Write(body[:len(body)/2])
		http.NewResponseController(rw).Flush()
		panic(http.ErrAbortHandler)
	}
	if a.status != http.StatusOK {
		a.versions = nil
	}
	w.deliver(rw, r, fault, body, a.versions)
	return a.status
}

// mark sets what makes a request conditional.
func mark(header http.Header, marks string, a answer) {
	if marks != "modified" {
		h := fnv.New64a()
		h.Write(a.body) // never fails
		header.Set("ETag", fmt.Sprintf(`"%x"`, h.Sum64()))
	}
	if marks != "etag" {
		// The next second: what changes twice within one must not look the same.
		header.Set("Last-Modified", a.modified.Add(time.Second).UTC().Format(http.TimeFormat))
	}
}

// isKnown reports whether the client has the answer with these marks.
func isKnown(asked, header http.Header) bool {
	if tag := asked.Get("If-None-Match"); tag != "" {
		return tag == header.Get("ETag")
	}
	since := asked.Get("If-Modified-Since")
	return since != "" && since == header.Get("Last-Modified")
}

// deliver sends a body, in pieces where it comes slowly, and notes what it tells
// once all of it has gone.
func (w *World) deliver(rw http.ResponseWriter, r *http.Request, fault string, body []byte, told []Version) {
	pieces, pause := 1, w.settings.Pause
	if pause <= 0 {
		pause = time.Second
	}
	switch fault {
	case "slow":
		pieces = 5
	case "trickle":
		pieces = 100 // longer than anybody waits
	}
	for size := len(body)/pieces + 1; len(body) > size; body = body[size:] {
		if !push(rw, body[:size]) {
			return
		}
		wait(r, pause)
	}
	w.underWay(1)
	defer w.underWay(-1)
	if r.Context().Err() == nil && push(rw, body) {
		w.note(told)
	}
}

func (w *World) underWay(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sending += n; w.sending == 0 {
		w.sent.Broadcast()
	}
}

// push sends a piece and reports whether it has gone.
func push(rw http.ResponseWriter, piece []byte) bool {
	if _, err := rw.Write(piece); err != nil {
		return false
	}
	return http.NewResponseController(rw).Flush() == nil
}

// note keeps which versions a client has.
func (w *World) note(versions []Version) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, v := range versions {
		key := fmt.Sprintf("%s %d", v.URL, v.Number)
		if !w.isServed[key] {
			w.isServed[key] = true
			v.At = time.Now()
			w.served = append(w.served, v)
		}
	}
}

func packed(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data) // a buffer takes all
	z.Close()
	return b.Bytes()
}
