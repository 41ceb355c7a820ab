package fetch

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// answer is what came of one hop.
type answer struct {
	status int
	header http.Header
	body   []byte
	// wait is the server's Retry-After.
	wait time.Duration
}

func (a answer) isRedirect() bool {
	switch a.status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// hasBody reports whether the body is of use: what servers say with an error is
// for people.
func (a answer) hasBody() bool { return a.status == http.StatusOK }

// response is the last hop's answer as it is handed out.
func (a answer) response(r Request, t *trip, u *url.URL) (Response, error) {
	asked := r.ETag != "" || r.LastModified != ""
	out := Response{
		URL: u.String(), Moved: t.moved, Body: a.body,
		ContentType: a.header.Get("Content-Type"),
		ETag:        a.header.Get("ETag"), LastModified: a.header.Get("Last-Modified"),
		Fresh: freshness(a.header, time.Now()),
	}
	switch {
	case a.status == http.StatusOK:
		return out, nil
	case a.status == http.StatusNotModified && asked:
		out.NotModified = true
		if out.ETag == "" && out.LastModified == "" {
			out.ETag, out.LastModified = r.ETag, r.LastModified
		}
		return out, nil
	}
	return Response{}, a.err(u)
}

// err is what a status other than 200 means.
func (a answer) err(u *url.URL) *Error {
	e := &Error{URL: shown(u.String()), Status: a.status, RetryAfter: a.wait, Detail: strconv.Itoa(a.status)}
	if words := http.StatusText(a.status); words != "" {
		e.Detail += " " + words
	}
	switch {
	case a.status == http.StatusNotFound || a.status == http.StatusGone:
		e.Reason = ErrGone
	case a.status == http.StatusUnauthorized || a.status == http.StatusPaymentRequired ||
		a.status == http.StatusForbidden || a.status == http.StatusUnavailableForLegalReasons:
		e.Reason = ErrForbidden
	case a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable:
		e.Reason = ErrBusy
	case a.status >= 500 || a.status == http.StatusRequestTimeout:
		e.Reason = ErrUnavailable
	default:
		e.Reason = ErrBroken
	}
	return e
}

// waitOf reads Retry-After: seconds, or a date.
func waitOf(h http.Header, now time.Time) time.Duration {
	s := strings.TrimSpace(h.Get("Retry-After"))
	if s == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(s, 64); err == nil {
		if !(seconds > 0) {
			return 0
		}
		return time.Duration(min(seconds, longestWait.Seconds()) * float64(time.Second))
	}
	at, err := http.ParseTime(s)
	if err != nil {
		return 0
	}
	return max(0, min(at.Sub(now), longestWait))
}

// freshness reads Cache-Control's max-age, less the Age that caches report, or
// Expires.
func freshness(h http.Header, now time.Time) time.Duration {
	for directive := range strings.SplitSeq(strings.ToLower(strings.Join(h.Values("Cache-Control"), ",")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-store", "no-cache":
			return 0
		case "max-age":
			seconds, err := strconv.ParseUint(strings.Trim(value, `" `), 10, 31)
			if err != nil {
				return 0
			}
			age, _ := strconv.ParseUint(strings.TrimSpace(h.Get("Age")), 10, 31) // 0 when there is none
			return max(0, time.Duration(seconds)*time.Second-time.Duration(age)*time.Second)
		}
	}
	at, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date // the server's clock made both
	}
	return max(0, at.Sub(now))
}
