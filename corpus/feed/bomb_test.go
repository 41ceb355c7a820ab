package feed

import (
	"errors"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus/corpustest"
)

// TestBombs: whatever is sent, reading ends, within 64 MiB of what is in use at
// once and long before 30 seconds.
func TestBombs(t *testing.T) {
	const head, tail = `<?xml version="1.0"?><rss version="2.0"><channel><title>HH</title>`, `</channel></rss>`
	laughs := `<!DOCTYPE rss [<!ENTITY a "` + strings.Repeat("a", 1000) + `">`
	for c := 'b'; c <= 'z'; c++ {
		laughs += `<!ENTITY ` + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`
	}
	for name, bomb := range map[string]string{
		"nested tags":            strings.Repeat("<a>", 10_000_000)[:MaxBytes],
		"nested in a feed":       head + strings.Repeat("<a>", 3_000_000) + tail,
		"nested in an item":      head + "<item><x:y>" + strings.Repeat("<x:a>", 1_500_000),
		"nested in a title":      head + "<item><title>" + strings.Repeat("<b>", 3_000_000),
		"nested lists of JSON":   `{"version":"https://jsonfeed.org/version/1","items":` + strings.Repeat("[", 9_000_000),
		"nested objects of JSON": `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat(`{"a":`, 2_000_000),
		"a billion laughs":       `<?xml version="1.0"?>` + laughs + `]><rss version="2.0"><channel><item><title>&z;&z;</title></item></channel></rss>`,
		"outside entities":       `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>`,
		"many items":             head + strings.Repeat("<item><title>a</title></item>", 350_000) + tail,
		"many broken items":      head + strings.Repeat("<item><title>a</title><</item>", 300_000) + tail,
		"many attributes":        head + "<item " + strings.Repeat(`a="b" `, 1_500_000) + "></item>" + tail,
		"many namespaces":        "<rss " + strings.Repeat(`xmlns:a="b" `, 800_000) + "><channel></channel></rss>",
		"many entities":          head + "<item><title>" + strings.Repeat("&amp;", 2_000_000) + "</title></item>" + tail,
		"many open brackets":     head + "<item><description>" + strings.Repeat("&lt;", 2_500_000) + "</description></item>" + tail,
		"many end tags":          head + strings.Repeat("<a>", 400) + strings.Repeat("</b>", 400_000) + tail,
		"long title":             head + "<item><title>" + strings.Repeat("a", 9_000_000) + "</title></item>" + tail,
		"long date":              head + "<item><title>a</title><pubDate>" + strings.Repeat("1 ", 4_000_000) + "</pubDate></item>" + tail,
		"open comment":           head + "<!--" + strings.Repeat("-", 9_000_000),
		"open section":           head + "<item><title><![CDATA[" + strings.Repeat("]]", 4_000_000),
		"long texts":             head + strings.Repeat("<item><title>a</title><description><![CDATA["+strings.Repeat("<p>aaaa bbbb</p>", 100_000)+"]]></description></item>", 4) + tail,
		"pictures":               head + "<item><description><![CDATA[<img src='data:image/png;base64," + strings.Repeat("QUJD", 2_000_000) + "'>]]></description></item>" + tail,
		"spaces":                 strings.Repeat(" ", MaxBytes),
		"too long":               strings.Repeat(" ", MaxBytes+1),
	} {
		data := []byte(bomb)
		start := time.Now()
		used := corpustest.Peak(64<<20, func() {
			f, err := Read(data, from())
			if err != nil && !errors.Is(err, ErrNotFeed) && !errors.Is(err, ErrUnreadable) {
				t.Errorf("%s: %v", name, err)
			}
			if strings.Contains(shown(f, nil), "root:") {
				t.Errorf("%s: an outside file was read", name)
			}
		})
		took := time.Since(start)
		if used > 64<<20 {
			t.Errorf("%s: %d MiB", name, used>>20)
		}
		t.Logf("%-24s %4d MiB at most, %v", name, used>>20, took.Round(time.Millisecond))
	}
}
