package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lower returns v as the tables of a language have it: small letters, straight
// apostrophes, figures of ASCII, and one form of what is written in several; v
// itself where that changes nothing.
func lower(v string) string {
	for i := 0; i < len(v); i++ {
		if v[i] >= utf8.RuneSelf {
			return strings.Map(oneForm, strings.ToLower(v))
		}
	}
	return strings.ToLower(v)
}

// oneForm maps what is written in several ways to one of them, -1 for what does
// not count: the Russian ё, which most write as е; letters of Arabic that
// Persian has signs of its own for, or that are often typed without their
// hamza; vowel signs, the stretching sign, joiners and marks of direction.
func oneForm(r rune) rune {
	switch {
	case r < 0x300:
		return r
	case r == '’':
		return '\''
	case r == 'ё':
		return 'е'
	case 0x0600 <= r && r < 0x0700:
		return oneArabic(r)
	case 0x200b <= r && r <= 0x200f || r == 0x2060 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069:
		return -1
	}
	return asciiFigure(r)
}

// oneArabic is oneForm for the Arabic block.
func oneArabic(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی', 'ئ':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ة', 'ۀ', 'ە':
		return 'ه'
	case 'ؤ':
		return 'و'
	case 'ـ':
		return -1
	}
	if 0x064b <= r && r <= 0x065f || r == 0x0670 {
		return -1
	}
	return asciiFigure(r)
}

// asciiFigure returns the figure of ASCII for one of Arabic, Persian or full width,
// and the marks in numbers for those of Arabic; any other rune itself.
func asciiFigure(r rune) rune {
	switch {
	case '٠' <= r && r <= '٩':
		return r - '٠' + '0'
	case '۰' <= r && r <= '۹':
		return r - '۰' + '0'
	case '０' <= r && r <= '９':
		return r - '０' + '0'
	case r == '٫' || r == '．':
		return '.'
	case r == '٬' || r == '،' || r == '，':
		return ','
	}
	return r
}

// figures returns v with figures of ASCII, if it begins with one of another
// kind; otherwise v.
func figures(v string) string {
	if v[0] < utf8.RuneSelf {
		return v
	}
	r, _ := utf8.DecodeRuneInString(v)
	if r == asciiFigure(r) || !isWordRune(r) {
		return v
	}
	return strings.Map(asciiFigure, v)
}

// fold takes the accents off; "ß" is "ss". The breve of "й" is no accent.
func fold(v string) string {
	for i := 0; i < len(v); i++ {
		if v[i] >= utf8.RuneSelf {
			return foldRunes(v)
		}
	}
	return v
}

// breved is "й" as two runes.
const breved = "и\u0306"

func foldRunes(v string) string {
	v = norm.NFD.String(v)
	if !strings.Contains(v, breved) {
		return strings.ReplaceAll(strings.Map(dropMark, v), "ß", "ss")
	}
	parts := strings.Split(v, breved)
	for i, p := range parts {
		parts[i] = strings.Map(dropMark, p)
	}
	return strings.Join(parts, "й")
}
