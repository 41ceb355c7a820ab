package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/retrieval/story"
)

// quakes are two reports of one event, one of them an agency's, and one of another.
const quakes = `[
 {"title": "Quake of 6.1 shakes Dunmar", "source": "Coast Herald", "published_at": "2026-03-02", "url": "https://coast.example/1",
  "body": "DUNMAR (Reuters) - An earthquake of magnitude 6.1 shook the harbour town of Dunmar on Monday and brought down the roof of the fish market, mayor Ilva Rennick said. Eleven people were killed and about 140 were hurt."},
 {"title": "Fourteen dead after Dunmar quake", "source": "Harbour Times", "published_at": "2026-03-03", "url": "https://harbour.example/1",
  "body": "Fourteen people died in Dunmar when an earthquake of magnitude 6.1 struck on Monday. Mayor Ilva Rennick spoke of 140 injured. Many were in the fish market, whose roof fell in."},
 {"title": "Mill <b>burns</b>", "source": "Valley Dispatch", "published_at": "2026-03-09", "url": "https://valley.example/1",
  "body": "A fire destroyed the old paper mill of Wynmoor, and four firemen were taken to hospital with burns. The mill had stood empty since 2019."}
]`

func TestStories(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if r := quietly(t, dir, "stories").must(t); r.out != "" || !strings.Contains(r.err, "no articles are stored yet") {
		t.Errorf("%+v", r)
	}
	quietly(t, dir, "add", write(t, "quakes.json", quakes)).must(t)
	r := quietly(t, dir, "stories").must(t)
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "9 March 2026") || !strings.Contains(lines[0], "Mill <b>burns</b> (1 article, 1 outlet, 1 origin: own reporting)") ||
		!strings.Contains(lines[1], "(2 articles, 2 outlets, 2 origins: Reuters, own reporting)") {
		t.Errorf("%q", lines)
	}
	for since, n := range map[string]int{"2026-03-03": 2, "2026-03-04": 1, "2026-03-10": 0, "2026-03-09T00:00:00Z": 1, "48h": 1} {
		r := quietly(t, dir, "stories", "--since", since, "--now", "2026-03-10T12:00:00Z", "--json").must(t)
		if got := strings.Count(r.out, "\n"); got != n {
			t.Errorf("since %s: %d stories, want %d", since, got, n)
		}
	}
	if r := quietly(t, dir, "stories", "--outlet", "Nobody's News").must(t); r.out != "" || !strings.Contains(r.err, "no story fits that") {
		t.Errorf("%+v", r)
	}
}

func TestStory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	quietly(t, dir, "add", write(t, "quakes.json", quakes)).must(t)
	r := quietly(t, dir, "stories", "--since", "2026-03-01", "--outlet", "Coast Herald", "--json").must(t)
	var listed shownStory
	if err := json.Unmarshal([]byte(r.out), &listed); err != nil {
		t.Fatalf("%q: %v", r.out, err)
	}
	if len(listed.Articles) != 2 || len(listed.Origins) != 2 || len(listed.Updates) != 1 || listed.Updates[0].Facts[0].Sentence == "" ||
		!listed.First.Equal(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", listed)
	}
	if one := quietly(t, dir, "story", listed.ID, "--json").must(t); one.out != r.out {
		t.Errorf("the story alone:\n%s\nin the list:\n%s", one.out, r.out)
	}
	said := quietly(t, dir, "story", listed.ID).must(t).out
	for _, part := range []string{"2 origins: Reuters, own reporting", "Reuters: Coast Herald", "2 March 2026  Coast Herald: Quake of 6.1 shakes Dunmar",
		"what later articles add:", "number: Fourteen people died in Dunmar"} {
		if !strings.Contains(said, part) {
			t.Errorf("%q is not in\n%s", part, said)
		}
	}
	for _, id := range []string{"999", "first", "-- -1"} {
		r := quietly(t, dir, append([]string{"story"}, strings.Fields(id)...)...)
		if r.code != exitFailed || !strings.Contains(r.err, "“newsdesk stories” lists them") {
			t.Errorf("%q: %+v", id, r)
		}
	}
}

func TestStoriesWrongUse(t *testing.T) {
	for _, args := range [][]string{{"story"}, {"stories", "--since", "lately"}, {"stories", "--since", "-3h"}, {"stories", "--limit", "0"}, {"stories", "more"}} {
		if r := quietly(t, t.TempDir(), args...); r.code != exitUsage {
			t.Errorf("%q: %+v", args, r)
		}
	}
}

// A serve runs both for the command at the terminal, with all its flags.
func TestStoriesAtServe(t *testing.T) {
	for name, cmd := range map[string]runner{"stories": &storiesCmd{Since: "48h", Limit: 3, Outlet: []string{"Coast Herald"}}, "story": &storyCmd{ID: "7", JSON: true}} {
		flags, err := json.Marshal(cmd)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeCommand(call{Name: name, Flags: flags})
		if err != nil {
			t.Fatal(err)
		}
		if again, err := json.Marshal(got); err != nil || string(again) != string(flags) {
			t.Errorf("%s goes over as %s, comes as %s, %v", name, flags, again, err)
		}
	}
}

func TestOriginsOf(t *testing.T) {
	own := story.Origin{Label: story.OwnReporting}
	s := story.Story{Articles: []story.Article{{Outlet: "a"}, {Outlet: "b"}, {Outlet: "c"}, {Outlet: "c"}}, Origins: []story.Origin{own, {Label: "AP"}, own}}
	if got, want := originsOf(s), "3 outlets, 3 origins: own reporting (2), AP"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
