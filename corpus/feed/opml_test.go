package feed

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestReadOPML(t *testing.T) {
	list, err := ReadOPML([]byte(`<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.0"><head><title>Ours</title></head><body>
<outline text="Coast"><outline text="Harbour &amp; Herald" title="Harbour Herald" type="rss" xmlUrl="https://www.harbour-herald.example/feed" htmlUrl="https://www.harbour-herald.example/"/>
<outline text="Deeper"><outline text="Buoy" xmlUrl="feed://buoy.example/rss"/></outline></outline>
<outline text="Z` + "\xfc" + `rich" xmlurl="https://zuerich.example/feed?format=rss">
</outline>
<outline text="Twice" xmlUrl="https://www.harbour-herald.example/feed"/>
<outline text="No feed" htmlUrl="https://nofeed.example/"/>
<outline text="Evil" xmlUrl="file:///etc/passwd"/>
<outline text="&lt;b&gt;Evil" xmlUrl="javascript:alert(1)"/>
</body></opml>`))
	want := []Outline{
		{"Harbour Herald", "https://www.harbour-herald.example/feed", "https://www.harbour-herald.example/", "Coast"},
		{"Buoy", "http://buoy.example/rss", "", "Deeper"},
		{"Zürich", "https://zuerich.example/feed?format=rss", "", ""},
		{"Evil", "file:///etc/passwd", "", ""}, // to be refused by name
		{"Evil", "javascript:alert(1)", "", ""},
	}
	if err != nil || !reflect.DeepEqual(list, want) {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestReadOPMLRefused(t *testing.T) {
	for given, want := range map[string]error{
		"": ErrNotOPML, "hello": ErrNotOPML, "<html><body></body></html>": ErrNotOPML, "<rss/>": ErrNotOPML, "{}": ErrNotOPML,
		"<opml><body><outline text='a'":                         ErrUnreadable,
		"<opml>" + strings.Repeat("<outline text='a'>", 100000): ErrUnreadable,
	} {
		if list, err := ReadOPML([]byte(given)); !errors.Is(err, want) || list != nil {
			t.Errorf("%.40q: %v, %v", given, list, err)
		}
	}
}

func TestWriteOPML(t *testing.T) {
	list := []Outline{
		{"Harbour Herald", "https://www.harbour-herald.example/feed", "https://www.harbour-herald.example/", "Coast"},
		{"Buoy", "http://buoy.example/rss?a=1&b=2", "", "Coast"},
		{`Zürich "Zeitung" & <Co>`, "https://zuerich.example/feed", "", ""},
		{"", "https://noname.example/feed", "", "Other"},
	}
	data, err := WriteOPML("newsdesk", list)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadOPML(data)
	if err != nil || !reflect.DeepEqual(again, list) {
		t.Errorf("%+v, %v\n%s", again, err, data)
	}
	if empty, err := WriteOPML("", nil); err != nil {
		t.Error(err)
	} else if list, err := ReadOPML(empty); err != nil || list != nil {
		t.Errorf("%v, %v", list, err)
	}
}
