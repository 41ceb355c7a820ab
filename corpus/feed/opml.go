package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"newsdesk/corpus/charset"
	"newsdesk/corpus/markup"
)

// Outline is one feed of a list.
type Outline struct {
	// Name is what the list calls the outlet; may be empty.
	Name string
	// Feed is the canonical address of the feed, or what the list has in the place of
	// one; never empty. Home is that of the outlet's page, empty when the list does
	// not name it.
	Feed, Home string
	// Folder is the name of the nearest list that it stands in; may be empty.
	Folder string
}

// ErrNotOPML means that the bytes are no list of feeds.
var ErrNotOPML = errors.New("feed: this is not a list of feeds (OPML)")

// ReadOPML returns the feeds of an OPML file in order, each address once. What
// stands in it without a word for the address of a feed is passed over. The error is
// [ErrNotOPML], or wraps [ErrUnreadable] for a file that is cut or too deep.
func ReadOPML(data []byte) ([]Outline, error) {
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: it is longer than %d MiB", ErrUnreadable, MaxBytes>>20)
	}
	data = onlyCharacters(charset.UTF8(data, ""))
	if m := declaration.Find(bytes.TrimLeft(data, " \t\r\n")); m != nil {
		data = bytes.TrimLeft(data, " \t\r\n")[len(m):]
	}
	if isTooMuch(data) {
		return nil, fmt.Errorf("%w: a text in it is too long, or its elements are nested too deep", ErrUnreadable)
	}
	return readOutlines(data)
}

func readOutlines(data []byte) ([]Outline, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict, d.Entity = false, xml.HTMLEntity
	var list []Outline
	var folders []string
	seen := map[string]bool{}
	inside := false
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF && inside:
			return list, nil
		case !inside && err != nil:
			return nil, ErrNotOPML
		case err != nil:
			return nil, fmt.Errorf("%w: %v", ErrUnreadable, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			inside = inside || strings.EqualFold(t.Name.Local, "opml")
			if !inside {
				return nil, ErrNotOPML
			}
			if o, name := outline(t, folders); strings.EqualFold(t.Name.Local, "outline") {
				folders = append(folders, name)
				if o.Feed != "" && !seen[o.Feed] {
					seen[o.Feed] = true
					list = append(list, o)
				}
			}
		case xml.EndElement:
			if strings.EqualFold(t.Name.Local, "outline") && len(folders) > 0 {
				folders = folders[:len(folders)-1]
			}
		}
	}
}

// outline reads an element; name is what those inside it have as their folder.
func outline(t xml.StartElement, folders []string) (o Outline, name string) {
	text := ""
	for _, a := range t.Attr {
		switch strings.ToLower(a.Name.Local) {
		case "title":
			name = markup.Line(a.Value)
		case "text":
			text = markup.Line(a.Value)
		case "xmlurl":
			if o.Feed = resolve(nil, strings.Replace(a.Value, "feed://", "http://", 1)); o.Feed == "" {
				o.Feed = markup.Line(a.Value)
			}
		case "htmlurl":
			o.Home = resolve(nil, a.Value)
		}
	}
	if name == "" {
		name = text
	}
	o.Name = name
	if len(folders) > 0 {
		o.Folder = folders[len(folders)-1]
	}
	return o, name
}

type opmlFile struct {
	XMLName  xml.Name      `xml:"opml"`
	Version  string        `xml:"version,attr"`
	Title    string        `xml:"head>title"`
	Outlines []opmlOutline `xml:"body>outline"`
}

type opmlOutline struct {
	Text     string        `xml:"text,attr"`
	Title    string        `xml:"title,attr,omitempty"`
	Type     string        `xml:"type,attr,omitempty"`
	Feed     string        `xml:"xmlUrl,attr,omitempty"`
	Home     string        `xml:"htmlUrl,attr,omitempty"`
	Outlines []opmlOutline `xml:"outline"`
}

// WriteOPML writes a list that [ReadOPML] reads as the same: those with a folder
// in one outline of its name each, where its first stands.
func WriteOPML(title string, list []Outline) ([]byte, error) {
	file := opmlFile{Version: "2.0", Title: title}
	folders := map[string]int{}
	for _, o := range list {
		entry := opmlOutline{Text: o.Name, Title: o.Name, Type: "rss", Feed: o.Feed, Home: o.Home}
		if o.Folder == "" {
			file.Outlines = append(file.Outlines, entry)
			continue
		}
		at, known := folders[o.Folder]
		if !known {
			at = len(file.Outlines)
			folders[o.Folder] = at
			file.Outlines = append(file.Outlines, opmlOutline{Text: o.Folder})
		}
		file.Outlines[at].Outlines = append(file.Outlines[at].Outlines, entry)
	}
	body, err := xml.MarshalIndent(file, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("feed: writing a list: %w", err)
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}
