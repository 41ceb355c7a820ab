package text

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// cases calls f for each file of an archive of testdata.
func cases(t *testing.T, name string, f func(t *testing.T, body string)) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) == 0 {
		t.Fatalf("%s holds no cases", name)
	}
	for _, file := range archive.Files {
		t.Run(file.Name, func(t *testing.T) { f(t, string(file.Data)) })
	}
}

// lineCases is cases for files of one line of text and lines of what is wanted.
func lineCases(t *testing.T, name string, got func(text string) []string) {
	t.Helper()
	cases(t, name, func(t *testing.T, body string) {
		text, want, _ := strings.Cut(body, "\n")
		same(t, text, want, got(text))
	})
}

// same compares lines.
func same(t *testing.T, text, want string, got []string) {
	t.Helper()
	var b strings.Builder
	for _, g := range got {
		b.WriteString(strings.TrimSpace(g) + "\n")
	}
	if have := b.String(); have != strings.ReplaceAll(want, " \n", "\n") {
		t.Errorf("%s\ngot\n%swant\n%s", text, have, want)
	}
}

// tags are the languages whose cases there are, by the beginning of their files'
// names.
var tags = map[string]string{
	"": "en", "german-": "de", "spanish-": "es", "russian-": "ru", "persian-": "fa", "arabic-": "ar", "chinese-": "zh",
}

func TestSentences(t *testing.T) {
	for prefix, tag := range tags {
		if tag == "zh" {
			lineCases(t, prefix+"sentences.txtar", func(text string) []string { return sentencesOf(tag, text) })
			continue
		}
		cases(t, prefix+"sentences.txtar", func(t *testing.T, body string) {
			want := strings.TrimSpace(body)
			paragraphs := strings.Split(want, "\n\n")
			for i, p := range paragraphs {
				paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
			}
			text := strings.Join(paragraphs, "\n\n")
			same(t, text, strings.ReplaceAll(want, "\n\n", "\n")+"\n", sentencesOf(tag, text))
		})
	}
}

func sentencesOf(tag, text string) (got []string) {
	for _, s := range For(tag).Sentences(text) {
		got = append(got, s.In(text))
	}
	return got
}

// TestLostSpace is for what the case file cannot say, as it joins sentences by
// a space.
func TestLostSpace(t *testing.T) {
	for text, want := range map[string]string{
		"It was the end.The pier fell.":  "It was the end.|The pier fell.",
		"He “left.”They stayed.":         "He “left.”|They stayed.",
		"See harbour.example.The end.":   "See harbour.example.|The end.",
		"Node.Js and Brook.Vey are one.": "Node.Js and Brook.Vey are one.",
	} {
		var got []string
		for _, s := range For("en").Sentences(text) {
			got = append(got, s.In(text))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestFor(t *testing.T) {
	for tag, want := range map[string]*Language{
		"": english, "en-GB": english, "fr": english, "de-AT": german, "es": spanish, "es-MX": spanish, "ES": spanish, "ru-RU": russian,
		"fa-IR": persian, "ar-EG": arabic, "zh": chinese, "zh-Hans": chinese, "zh-Hant-TW": chinese, "zh_CN": chinese,
	} {
		if For(tag) != want {
			t.Errorf("%q has the tables of another language", tag)
		}
	}
}

func TestNumbers(t *testing.T) {
	for prefix, tag := range tags {
		lineCases(t, prefix+"numbers.txtar", func(text string) (got []string) {
			for _, n := range For(tag).Numbers(text) {
				got = append(got, n.In(text)+" | "+strconv.FormatFloat(n.Value, 'f', -1, 64)+" | "+n.Unit)
			}
			return got
		})
	}
}

func TestDates(t *testing.T) {
	for prefix, tag := range tags {
		dateCases(t, prefix+"dates.txtar", For(tag).Dates)
	}
}

func TestLooseDates(t *testing.T) {
	dateCases(t, "loose.txtar", For("en").LooseDates)
	dateCases(t, "german-loose.txtar", For("de").LooseDates)
}

// dateCases holds read to the cases of a file.
func dateCases(t *testing.T, name string, read func(string) []Date) {
	ref := time.Date(2025, 1, 20, 15, 0, 0, 0, time.UTC)
	lineCases(t, name, func(text string) (got []string) {
		for _, d := range read(text) {
			from, to, ok := d.Resolve(ref)
			if !ok {
				t.Errorf("%q does not resolve", d.In(text))
			}
			got = append(got, fmt.Sprintf("%s | %s | %s..%s", d.In(text), fields(d), from.Format(time.DateOnly), to.Format(time.DateOnly)))
		}
		return got
	})
}

func TestDetect(t *testing.T) {
	for _, name := range []string{"languages.txtar", "questions.txtar"} {
		lineCases(t, name, func(text string) []string { return []string{Detect(text)} })
	}
}

// fields prints what a date says.
func fields(d Date) string {
	s := strings.TrimSpace(fmt.Sprintf("%d-%d-%d %s", d.Year, d.Month, d.Day, d.Part))
	if strings.HasSuffix(d.Relative, "weekday") {
		s += " " + d.Weekday.String()
	}
	return strings.TrimSpace(s + " " + d.Relative)
}

func TestNames(t *testing.T) {
	for prefix, tag := range tags {
		lineCases(t, prefix+"names.txtar", func(text string) (got []string) {
			for _, n := range For(tag).Names(text) {
				got = append(got, n.Text)
			}
			return got
		})
	}
}

func TestQuotations(t *testing.T) {
	for prefix, tag := range tags {
		cases(t, prefix+"quotations.txtar", func(t *testing.T, body string) {
			text, want, _ := strings.Cut(body, "\n=\n")
			var got []string
			for _, q := range For(tag).Quotations(text) {
				got = append(got, q.In(text))
			}
			same(t, text, want, got)
		})
	}
}

func TestWords(t *testing.T) {
	for prefix, tag := range tags {
		l := For(tag)
		lineCases(t, prefix+"words.txtar", func(text string) (got []string) {
			for _, w := range l.Words(text) {
				mark := ""
				if l.IsStop(w.Norm) {
					mark = " *"
				}
				got = append(got, fmt.Sprintf("%s | %s | %s%s", w.In(text), w.Norm, w.Stem, mark))
			}
			return got
		})
	}
}
