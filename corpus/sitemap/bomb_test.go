package sitemap

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus/corpustest"
)

// urls are n entries, each of an address of its own with so many letters more.
func urls(n, letters int) string {
	var b strings.Builder
	long := strings.Repeat("a", letters)
	for i := range n {
		fmt.Fprintf(&b, "<url><loc>https://www.harbour-herald.example/%d/%s</loc><lastmod>2025-07-01T10:00:00+02:00</lastmod></url>\n", i, long)
	}
	return b.String()
}

// TestBombs: whatever is sent, reading ends, within 64 MiB of what is in use at
// once and long before 30 seconds.
func TestBombs(t *testing.T) {
	const head, tail = `<?xml version="1.0"?><urlset>`, `</urlset>`
	laughs := `<!DOCTYPE urlset [<!ENTITY a "` + strings.Repeat("a", 1000) + `">`
	for c := 'b'; c <= 'z'; c++ {
		laughs += `<!ENTITY ` + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`
	}
	for name, bomb := range map[string]string{
		"nested tags":      head + strings.Repeat("<a>", 10_000_000),
		"nested entries":   head + strings.Repeat("<url>", 5_000_000),
		"nested news":      head + strings.Repeat("<url><news:news><news:title>", 1_000_000),
		"a billion laughs": laughs + "]>" + head + "<url><loc>https://www.harbour-herald.example/&z;</loc></url>" + tail,
		"many entries":     head + urls(200_000, 30) + tail,
		"long addresses":   head + urls(20_000, 1950) + tail,
		"too long ones":    head + urls(5_000, 9000) + tail,
		"long titles":      head + strings.Repeat("<url><loc>https://www.harbour-herald.example/a</loc><news:title>"+strings.Repeat("&amp;", 20_000)+"</news:title></url>", 100) + tail,
		"one long title":   head + "<url><news:news><news:title>" + strings.Repeat("a<b>", 9_000_000),
		"a long date":      head + "<url><lastmod>" + strings.Repeat("1 ", 9_000_000) + "</lastmod></url>" + tail,
		"many attributes":  head + "<url " + strings.Repeat(`a="b" `, 3_000_000) + ">" + tail,
		"an open comment":  head + "<!--" + strings.Repeat("-", 20_000_000),
		"an open section":  head + "<url><loc><![CDATA[" + strings.Repeat("]]", 9_000_000),
		"spaces":           strings.Repeat(" ", 20_000_000),
		"zeros":            strings.Repeat("\x00", 20_000_000),
		"one line":         "https://www.harbour-herald.example/" + strings.Repeat("a", 20_000_000),
		"many lines":       strings.Repeat("https://www.harbour-herald.example/a\n", 500_000),
		"packed twice":     string(packed(t, []byte(head+urls(1_000, 0)+tail))),
		"wide":             "\xff\xfe" + strings.Repeat("<\x00a\x00>\x00", 4_000_000),
	} {
		data := packed(t, []byte(bomb))
		start := time.Now()
		used := corpustest.Peak(64<<20, func() {
			if _, err := Read(data, from); err != nil && !errors.Is(err, ErrNotSitemap) {
				t.Errorf("%s: %v", name, err)
			}
		})
		took := time.Since(start)
		if used > 64<<20 {
			t.Errorf("%s: %d MiB", name, used>>20)
		}
		t.Logf("%-18s %4d MiB at most, %v", name, used>>20, took.Round(time.Millisecond))
	}
}

// TestBounds: what is beyond the bounds is not read, and it is said.
func TestBounds(t *testing.T) {
	m, err := Read([]byte("<urlset>"+urls(MaxEntries+1, 0)+"</urlset>"), from)
	if err != nil || len(m.Pages) != MaxEntries || !m.Cut {
		t.Errorf("%d pages, cut %v, %v", len(m.Pages), m.Cut, err)
	}
	if m, err = Read([]byte("<urlset>"+urls(MaxEntries, 0)+"</urlset>"), from); err != nil || len(m.Pages) != MaxEntries || m.Cut {
		t.Errorf("%d pages, cut %v, %v", len(m.Pages), m.Cut, err)
	}
	m, err = Read(packed(t, []byte("<urlset>"+urls(1, 0)+strings.Repeat(" ", MaxBytes)+urls(2, 0)+"</urlset>")), from)
	if err != nil || len(m.Pages) != 1 || !m.Cut {
		t.Errorf("%d pages, cut %v, %v", len(m.Pages), m.Cut, err)
	}
}
