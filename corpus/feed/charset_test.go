package feed

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// TestCharsets: a feed is read in whatever it is in, and not in what it says.
func TestCharsets(t *testing.T) {
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	for _, c := range []struct {
		name, says, header, title string
		is                        encoding.Encoding
	}{
		{"utf-8", "UTF-8", "", "Fähre “Żółw” 港口", unicode.UTF8},
		{"nothing said", "", "", "Fähre “Żółw” 港口", unicode.UTF8},
		{"utf-8 that says otherwise", "ISO-8859-1", "", "Fähre “Żółw” 港口", unicode.UTF8},
		{"utf-8 with another header", "", "text/xml; charset=iso-8859-1", "Fähre", unicode.UTF8},
		{"utf-8 with a mark", "windows-1251", "", "Fähre", unicode.UTF8BOM},
		{"latin", "ISO-8859-1", "", "Fähre", charmap.ISO8859_1},
		{"windows that says latin", "iso-8859-1", "", "“Fähre” – it’s…", charmap.Windows1252},
		{"windows that says utf-8", "utf-8", "", "“Fähre” – it’s…", charmap.Windows1252},
		{"windows that says nothing", "", "", "“Fähre”", charmap.Windows1252},
		{"only the header", "", "application/rss+xml; charset=windows-1251", "Паром в порту", charmap.Windows1251},
		{"cyrillic", "windows-1251", "text/xml; charset=utf-8", "Паром в порту", charmap.Windows1251},
		{"koi8", "KOI8-R", "", "Паром в порту", charmap.KOI8R},
		{"arabic", "windows-1256", "", "العبّارة في الميناء", charmap.Windows1256},
		{"chinese", "gb2312", "", "渡轮停在港口", simplifiedchinese.GBK},
		{"chinese 18030", "GB18030", "", "渡轮停在港口", simplifiedchinese.GB18030},
		{"big5", "Big5", "", "渡輪停在港口", traditionalchinese.Big5},
		{"japanese", "Shift_JIS", "", "フェリーは港に", japanese.ShiftJIS},
		{"japanese in ascii", "ISO-2022-JP", "", "フェリーは港に", japanese.ISO2022JP},
		{"euc", "EUC-JP", "", "フェリーは港に", japanese.EUCJP},
		{"korean", "EUC-KR", "", "여객선", korean.EUCKR},
		{"utf-16", "UTF-16", "", "Fähre 港口", utf16},
		{"utf-16 without a mark", "UTF-16", "", "Fähre 港口", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"utf-8 that says utf-16", "UTF-16", "", "Fähre 港口", unicode.UTF8},
		{"a set that nobody knows", "x-harbour", "", "Fähre", charmap.Windows1252},
	} {
		says := ""
		if c.says != "" {
			says = ` encoding="` + c.says + `"`
		}
		text := `<?xml version="1.0"` + says + `?><rss version="2.0"><channel><title>HH</title><item><title>` + c.title + `</title></item></channel></rss>`
		data, err := c.is.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(c.name, err)
		}
		f, err := Read(data, Source{ContentType: c.header})
		if err != nil || len(f.Items) != 1 || f.Items[0].Draft.Title != c.title {
			t.Errorf("%s: %+v, %v", c.name, f.Items, err)
		}
	}
}

// TestMixed: a feed put together of two character sets.
func TestMixed(t *testing.T) {
	data := `<?xml version="1.0" encoding="utf-8"?><rss><channel><item><title>Fähre ` + "\xe4\x93" + `</title></item></channel></rss>`
	f, err := Read([]byte(data), Source{})
	if err != nil || f.Items[0].Draft.Title != "Fähre ä“" {
		t.Errorf("%+v, %v", f, err)
	}
}

// TestNeverInvalid: whatever comes in, what goes out is UTF-8 without controls.
func TestNeverInvalid(t *testing.T) {
	data := "<rss><channel><title>a\x00\x01\x0b\x1f\xffb</title><item><title>&#0;&#x1F;\ufffe</title><description>\x80\x00</description></item></channel></rss>"
	f, err := Read([]byte(data), from())
	if err != nil || strings.ContainsAny(shown(f, nil), "\x00\x01\x0b\x1f") {
		t.Errorf("%+v, %v", f, err)
	}
}

// TestControlInATag: a character that XML does not allow does not cut a tag's name.
func TestControlInATag(t *testing.T) {
	f, err := Read([]byte("<rss><channel><title>Harbour Herald</ti\x0ftle><item><title>Old ways</title><link>https://www.harbour-herald.example/old</link></item></channel></rss>"), from())
	if err != nil || len(f.Items) != 1 || f.Items[0].Draft.Title != "Old ways" {
		t.Errorf("%+v, %v", f, err)
	}
}
