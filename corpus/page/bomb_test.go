package page

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
	const head, tail = `<html><head><title>HH</title></head><body>`, `</body></html>`
	for name, bomb := range map[string]string{
		"nested tags":          strings.Repeat("<b>", 10_000_000)[:MaxBytes],
		"nested blocks":        head + strings.Repeat("<div>", 24_500),
		"nested 500":           head + strings.Repeat(strings.Repeat("<div>", 500)+"a"+strings.Repeat("</div>", 500), 24) + tail,
		"nested lists":         head + strings.Repeat("<ul><li>", 15_000),
		"nested tables":        head + strings.Repeat("<table><tr><td>", 10_000),
		"paragraphs":           head + strings.Repeat("<p>Some words of a text that is read, and then some.</p>", 24_500) + tail,
		"links":                head + strings.Repeat("<a href=/a>a</a>", 24_500) + tail,
		"breaks":               head + strings.Repeat("a.<br>", 24_500) + tail,
		"formatting":           head + strings.Repeat("<b><i><p>", 8_100) + tail,
		"misnested":            head + strings.Repeat("<a><p></a>", 10_000) + tail,
		"long text":            head + "<p>" + strings.Repeat("Some words of a text. ", 55_000) + tail,
		"one word":             head + "<p>" + strings.Repeat("a", 1_500_000) + tail,
		"many attributes":      head + "<p " + strings.Repeat(`a="b" `, 300_000) + ">" + tail,
		"many classes":         head + "<p class='" + strings.Repeat("author ", 250_000) + "'>By A B</p>" + tail,
		"long date":            head + "<time>" + strings.Repeat("1 ", 900_000) + "</time>" + tail,
		"open script":          head + "<script>" + strings.Repeat("<p>", 3_000_000),
		"nested JSON":          head + `<script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, 150_000) + "</script>" + tail,
		"long JSON":            head + `<script type="application/ld+json">[` + strings.Repeat(`{"@type":"Article"},`, 90_000) + "{}]</script>" + tail,
		"entities":             head + "<p>" + strings.Repeat("&amp;", 400_000) + tail,
		"captions":             head + strings.Repeat("<figure><figcaption>", 18_000) + tail,
		"shares":               head + strings.Repeat("<div class=share>", 400) + strings.Repeat("<p class=share>a</p>", 24_000) + tail,
		"too many tags":        strings.Repeat("<p>", 3_000_000),
		"too long":             strings.Repeat(" ", MaxBytes+1),
		"zeros":                head + strings.Repeat("\x00", MaxBytes-len(head)),
		"quadratic whitespace": head + "<p>" + strings.Repeat(" \n\t", 500_000) + "a" + tail,
	} {
		data := []byte(bomb)
		start := time.Now()
		used := corpustest.Peak(64<<20, func() {
			_, err := Read(data, Source{})
			if err != nil && !errors.Is(err, ErrNoArticle) && !errors.Is(err, ErrUnreadable) {
				t.Errorf("%s: %v", name, err)
			}
		})
		took := time.Since(start)
		if used > 64<<20 {
			t.Errorf("%s: %d MiB, %v", name, used>>20, took)
		}
		t.Logf("%-22s %4d MiB at most, %v", name, used>>20, took.Round(time.Millisecond))
	}
}
