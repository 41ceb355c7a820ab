package charset

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// How whole feeds come through is tested in package feed.

func TestUTF8(t *testing.T) {
	for _, c := range []struct{ name, given, header, want string }{
		{"ascii", "abc", "", "abc"},
		{"mark", "\xEF\xBB\xBF<a/>", "", "<a/>"},
		{"mixed", "Fähre \xe4\x93", "", "Fähre ä“"},
		{"header", "\xcf\xe0\xf0\xee\xec", "text/xml; charset=windows-1251", "Паром"},
		{"declared", `<?xml version="1.0" encoding='windows-1251'?>` + "\xcf\xe0\xf0\xee\xec", "", `<?xml version="1.0" encoding='windows-1251'?>` + "Паром"},
		{"declared before the header", `<?xml encoding="windows-1251"?>` + "\xcf", "a/b; charset=koi8-r", `<?xml encoding="windows-1251"?>` + "П"},
		{"wide", "\xff\xfea\x00b\x00", "", "ab"},
		{"says wide", `<?xml encoding="utf-16"?>` + "\xe4", "", `<?xml encoding="utf-16"?>` + "ä"},
		{"nothing", "", "", ""},
	} {
		if got := string(UTF8([]byte(c.given), c.header)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPiece(t *testing.T) {
	if got := string(Piece([]byte("\xcf\xe0"), charmap.Windows1251)); got != "Па" {
		t.Errorf("%q", got)
	}
	if got := string(Piece([]byte("Па"), charmap.Windows1251)); got != "Па" {
		t.Errorf("%q", got)
	}
	if got := string(Piece([]byte("\xe4"), unicode.UTF8)); got != "ä" {
		t.Errorf("%q", got)
	}
}

func FuzzUTF8(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0" encoding="gb18030"?><a>`+"\x81\x30"), "")
	f.Add([]byte{0xFE, 0xFF, 0xD8, 0, 'a'}, "text/xml; charset=iso-2022-jp")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		if out := UTF8(data, contentType); !utf8.Valid(out) {
			t.Errorf("%q became %q", data, out)
		}
	})
}
