package locale

import (
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/bot"
)

func TestForFindsTheNearestLanguage(t *testing.T) {
	l, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for tag, want := range map[string]string{
		"en": "en", "en-GB": "en", "de": "de", "de-AT": "de", "DE": "de", "de_CH": "de", " es-MX ": "es", "ru": "ru", "ru-Latn": "ru",
		"fa": "fa", "fa-AF": "fa", "ar": "ar", "ar-EG": "ar", "zh-hans": "en", "pt-br": "en", "fr": "en", "uk": "en",
		"": "en", "und": "en", "xx-nonsense": "en", "<b>": "en", strings.Repeat("x", 1000): "en",
	} {
		if got := l.For(tag).Tag(); got != want {
			t.Errorf("%.20q: %s, want %s", tag, got, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	l, err := New()
	if err != nil {
		t.Fatal(err)
	}
	all := l.Languages()
	if len(all) != 6 || all[0] != (Language{Tag: "en", Name: "English"}) {
		t.Fatalf("%+v", all)
	}
	for _, lang := range all {
		if in := l.For(lang.Tag); in.Tag() != lang.Tag || in.RightToLeft() != (lang.Tag == "fa" || lang.Tag == "ar") {
			t.Errorf("%+v is %s, right to left: %v", lang, in.Tag(), in.RightToLeft())
		}
	}
}

func TestPlurals(t *testing.T) {
	for tag, want := range map[string]map[int]string{
		"en": {0: "0 articles", 1: "1 article", 2: "2 articles", 21: "21 articles"},
		"de": {1: "1 Artikel", 2: "2 Artikel"},
		"es": {0: "0 artículos", 1: "1 artículo", 5312: "5312 artículos", 1_000_000: "1.000.000 de artículos"},
		"ru": {0: "0 статей", 1: "1 статья", 2: "2 статьи", 5: "5 статей", 11: "11 статей", 12: "12 статей", 21: "21 статья", 22: "22 статьи",
			25: "25 статей", 101: "101 статья", 111: "111 статей", 112: "112 статей", 5312: "5\u00a0312 статей"},
		"fa": {0: "۰ مقاله", 1: "۱ مقاله", 5312: "۵٬۳۱۲ مقاله"},
		"ar": {0: "لا مقالات", 1: "مقال واحد", 2: "مقالان", 3: "٣ مقالات", 10: "١٠ مقالات", 11: "١١ مقالًا", 99: "٩٩ مقالًا",
			100: "١٠٠ مقال", 102: "١٠٢ مقال", 103: "١٠٣ مقالات", 111: "١١١ مقالًا"},
	} {
		in := texts(t, tag)
		for n, said := range want {
			if got := in.Say(Articles(n)); got != said {
				t.Errorf("%s %d: %q, want %q", tag, n, got, said)
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	for tag, want := range map[string]map[int]string{
		"en": {7: "7", 5312: "5,312", 1_234_567: "1,234,567", -12: "-12"},
		"de": {5312: "5.312", 1_234_567: "1.234.567"},
		"es": {999: "999", 5312: "5312", -5312: "-5312", 10_000: "10.000", 1_234_567: "1.234.567"},
		"ru": {5312: "5\u00a0312"},
		"fa": {0: "۰", 5312: "۵٬۳۱۲"},
		"ar": {0: "٠", 5312: "٥٬٣١٢"},
	} {
		in := texts(t, tag)
		for n, written := range want {
			if got := in.Number(n); got != written {
				t.Errorf("%s: %q, want %q", tag, got, written)
			}
		}
	}
}

func TestDays(t *testing.T) {
	to := time.Date(2025, 2, 3, 0, 0, 0, 0, time.UTC)
	for tag, want := range map[string][3]string{
		"en": {"17 January 2025", "17 January 2025 to 3 February 2025", "17 January 2025, 08:05"},
		"de": {"17. Januar 2025", "17. Januar 2025 bis 3. Februar 2025", "17. Januar 2025, 08:05 Uhr"},
		"es": {"17 de enero de 2025", "del 17 de enero de 2025 al 3 de febrero de 2025", "17 de enero de 2025, 08:05"},
		"ru": {"17 января 2025 г.", "17 января 2025 г. – 3 февраля 2025 г.", "17 января 2025 г., 08:05"},
		"fa": {"۱۷ ژانویهٔ ۲۰۲۵", "۱۷ ژانویهٔ ۲۰۲۵ تا ۳ فوریهٔ ۲۰۲۵", "۱۷ ژانویهٔ ۲۰۲۵، ساعت ۰۸:۰۵"},
		"ar": {"١٧ يناير ٢٠٢٥", "١٧ يناير ٢٠٢٥ إلى ٣ فبراير ٢٠٢٥", "١٧ يناير ٢٠٢٥، الساعة ٠٨:٠٥"},
	} {
		in := texts(t, tag)
		if got := [3]string{in.Day(at), in.Span(at, to), in.Moment(at)}; got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

// TestDaysOfAZone: what is the 17th in London is the 18th in Tokyo.
func TestDaysOfAZone(t *testing.T) {
	late := time.Date(2025, 1, 17, 23, 30, 0, 0, time.UTC)
	in := texts(t, "en")
	if got := in.Moment(late); got != "17 January 2025, 23:30" {
		t.Errorf("in its own zone: %s", got)
	}
	tokyo := in.In(time.FixedZone("Tokyo", 9*3600))
	if got := tokyo.Moment(late); got != "18 January 2025, 08:30" {
		t.Errorf("in Tokyo: %s", got)
	}
	if got := tokyo.Span(late, late.Add(time.Hour)); got != "18 January 2025" {
		t.Errorf("one day in Tokyo: %s", got)
	}
	if got := in.Span(late, late.Add(time.Hour)); got != "17 January 2025 to 18 January 2025" {
		t.Errorf("two days in London: %s", got)
	}
	if got := tokyo.Say(DigestTitle(late, late)); got != "News, 18 January 2025" {
		t.Errorf("inside a message: %s", got)
	}
	if got := in.Day(late); got != "17 January 2025" {
		t.Errorf("the texts that In was called on: %s", got)
	}
}

func TestLists(t *testing.T) {
	for tag, want := range map[string][4]string{
		"en": {"", "A", "A and B", "A, B and C"},
		"de": {"", "A", "A und B", "A, B und C"},
		"ar": {"", fsi + "A" + pdi, fsi + "A" + pdi + " و" + fsi + "B" + pdi, fsi + "A" + pdi + "، " + fsi + "B" + pdi + " و" + fsi + "C" + pdi},
	} {
		in := texts(t, tag)
		for n, said := range want {
			got := ""
			for _, s := range in.list(in.eachIsolated([]bot.Span{{Text: "A"}, {Text: "B"}, {Text: "C"}}[:n])) {
				got += s.Text
			}
			if got != said {
				t.Errorf("%s %d: %q, want %q", tag, n, got, said)
			}
		}
	}
}

// TestAllAtOnce is for the race detector.
func TestAllAtOnce(t *testing.T) {
	l, err := New()
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for _, tongue := range tongues {
		for range 2 {
			group.Go(func() {
				in := l.For(tongue.tag)
				for _, m := range every {
					in.Say(m)
				}
			})
		}
	}
	group.Wait()
}

func BenchmarkSay(b *testing.B) {
	in := texts(b, "fa")
	for b.Loop() {
		in.Say(every["Searched"])
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(); err != nil {
			b.Fatal(err)
		}
	}
}
