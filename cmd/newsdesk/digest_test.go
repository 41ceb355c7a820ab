package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestDigest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	march := []string{"digest", "--since", "2026-03-01", "--now", "2026-03-10T12:00:00Z"}
	if r := quietly(t, dir, march...).must(t); !strings.Contains(r.out, "Nothing new in this time") {
		t.Errorf("%+v", r)
	}
	quietly(t, dir, "add", write(t, "quakes.json", quakes)).must(t)
	r := quietly(t, dir, march...).must(t)
	for _, part := range []string{"Dunmar", "2 outlets, 2 origins: Reuters", "[1]", "Mill <b>burns</b>", "Valley Dispatch reported: A fire destroyed"} {
		if !strings.Contains(r.out, part) {
			t.Errorf("no %q in\n%s", part, r.out)
		}
	}
	if r := quietly(t, dir, append(march, "--language", "de")...).must(t); !strings.Contains(r.out, "Nachrichten, ") || !strings.Contains(r.out, "9. März 2026") {
		t.Errorf("%s", r.out)
	}
	for _, c := range []struct {
		flags []string
		items int
	}{
		{nil, 2}, {[]string{"--items", "1"}, 1}, {[]string{"--topic", "earthquakes"}, 1}, {[]string{"--outlet", "Valley Dispatch"}, 1},
		{[]string{"--without", "Valley Dispatch"}, 1}, {[]string{"--until", "2026-03-05"}, 1}, {[]string{"--since", "24h", "--until", "2026-03-06"}, 0},
	} {
		r := quietly(t, dir, append(append(march, "--json"), c.flags...)...).must(t)
		var d digestJSON
		if err := json.Unmarshal([]byte(r.out), &d); err != nil {
			t.Fatalf("%q: %v", r.out, err)
		}
		if len(d.Items) != c.items || (c.items == 0) != (len(d.Notes) == 1) {
			t.Errorf("%v: %s", c.flags, r.out)
		}
		for _, item := range d.Items {
			if len(item.Sentences) == 0 || len(item.Sentences[0].Citations) == 0 || len(item.Sources) == 0 || len(item.Why) == 0 || item.Model != "built-in" {
				t.Errorf("%v: %+v", c.flags, item)
			}
		}
	}
}

func TestDigestBadUse(t *testing.T) {
	for _, args := range [][]string{
		{"--items", "0"}, {"--since", "lately"}, {"--since", "-3h"}, {"--until", "soon"}, {"--outlet", "A", "--without", "B"},
		{"--since", "2026-03-05", "--until", "2026-03-04"}, {"more"},
	} {
		if r := quietly(t, "", append([]string{"digest"}, args...)...); r.code != exitUsage || r.err == "" {
			t.Errorf("%v: %+v", args, r)
		}
	}
}
