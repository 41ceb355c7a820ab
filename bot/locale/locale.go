// Package locale holds the texts of the interface, in the languages that people
// read.
//
// # Design
//
// A [Message] is a value without a language: what is to be said, with its
// numbers, days and names. Each is made by a function of its own ([Searching],
// [NoteSilent] …), so that a text that is not there or lacks an argument does not
// compile. [Texts] says a message in one language: [Texts.Spans] and
// [Texts.Block] for messages, [Texts.Say] where only a string can go (a button, a
// command's description). The caller chooses the language by a BCP 47 tag
// ([Locale.For]) and the time zone ([Texts.In]); both may differ from message to
// message.
//
// The texts are in messages/*.yaml, one file a language, by key, in the format
// of go-i18n with CLDR's plural forms. English is the source: [New] refuses files
// that lack a key of it or have another one, and the tests hold placeholders,
// plural forms, and that no text is unused. What is grammar is in the files
// (months, "and", what follows a number); what is notation is in the code
// (digits, grouping). The files hold no marks of direction.
//
// # Numbers and days
//
// Numbers are grouped and written in the digits of the language, as CLDR has it;
// in Spanish four digits stand without a point. Days are of the Gregorian
// calendar in every language, as in the articles: "17 January 2025",
// "17. Januar 2025", "۱۷ ژانویهٔ ۲۰۲۵".
//
// # Right to left
//
// In Persian and Arabic everything of the other direction is put between the
// invisible marks of an isolate, so that it keeps its order and does not change
// that of its surroundings: Latin words of the program's own (a command with its
// slash), and whatever was put into a text (an outlet's name). In the other
// languages only names with letters of the other direction are isolated. A text
// whose first letter is of the other direction begins with a mark of its own
// language's, as clients take the direction of a paragraph from there.
// [Texts.Isolated] and [Texts.Line] do the same for lines that the caller puts
// together. Telegram finds commands behind such marks (tdlib, match_bot_commands:
// they are no word characters).
//
// # What is whose
//
// What comes from articles, models and people is put into the spans apart and is
// never Own; the marks around it are, so that a text of strangers cannot close
// its own isolate: bot.Span.Visible takes such marks out of it.
package locale

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed messages/*.yaml
var files embed.FS

// tongue is one language of the interface.
type tongue struct {
	tag  string
	name string // in the language itself
	// rtl says that the script runs from right to left.
	rtl bool
	// ungrouped is the number from which digits are grouped.
	grouped int
}

// tongues are the languages, English first: it is what everybody gets who reads
// none of the others.
var tongues = []tongue{
	{tag: "en", name: "English"},
	{tag: "de", name: "Deutsch"},
	// CLDR groups Spanish from five digits on (minimumGroupingDigits), which
	// x/text does not know.
	{tag: "es", name: "Español", grouped: 10_000},
	{tag: "ru", name: "Русский"},
	{tag: "fa", name: "فارسی", rtl: true},
	{tag: "ar", name: "العربية", rtl: true},
}

// Locale has the texts of all languages. Safe for concurrent use.
type Locale struct {
	matcher language.Matcher
	texts   []Texts // by the index of the matcher
}

// New reads the embedded files. An error names what a file lacks or has too
// many.
func New() (*Locale, error) { return load(files) }

func load(files fs.FS) (*Locale, error) {
	bundle := i18n.NewBundle(language.English)
	var keys []string
	l := &Locale{}
	var tags []language.Tag
	for _, t := range tongues {
		messages, err := read(files, t)
		if err != nil {
			return nil, fmt.Errorf("locale: %w", err)
		}
		if keys == nil {
			keys = slices.Sorted(maps.Keys(messages))
		}
		if err := sameKeys(t, keys, slices.Sorted(maps.Keys(messages))); err != nil {
			return nil, fmt.Errorf("locale: %w", err)
		}
		tag := language.MustParse(t.tag)
		if err := bundle.AddMessages(tag, slices.Collect(maps.Values(messages))...); err != nil {
			return nil, fmt.Errorf("locale: %w", err)
		}
		tags = append(tags, tag)
		l.texts = append(l.texts, Texts{all: l, tongue: t, localizer: i18n.NewLocalizer(bundle, t.tag), printer: message.NewPrinter(tag)})
	}
	l.matcher = language.NewMatcher(tags)
	return l, nil
}

// read returns the messages of a language by key, with their Latin words
// isolated where it runs from right to left.
func read(files fs.FS, t tongue) (map[string]*i18n.Message, error) {
	name := path.Join("messages", t.tag+".yaml")
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	parsed, err := i18n.ParseMessageFileBytes(data, name, map[string]i18n.UnmarshalFunc{"yaml": yaml.Unmarshal})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	out := map[string]*i18n.Message{}
	for _, m := range parsed.Messages {
		if t.rtl {
			for _, form := range []*string{&m.Zero, &m.One, &m.Two, &m.Few, &m.Many, &m.Other} {
				*form = isolateLatin(*form)
			}
		}
		out[m.ID] = m
	}
	return out, nil
}

func sameKeys(t tongue, want, got []string) error {
	for _, k := range want {
		if !slices.Contains(got, k) {
			return fmt.Errorf("%s lacks %s", t.tag, k)
		}
	}
	for _, k := range got {
		if !slices.Contains(want, k) {
			return fmt.Errorf("%s has %s, which English has not", t.tag, k)
		}
	}
	return nil
}

// For returns the texts in the language that comes nearest to the tag, a BCP 47
// tag as messengers give it ("pt-BR"); English when none does, or when the tag is
// empty or none.
func (l *Locale) For(tag string) Texts {
	parsed, err := language.Parse(strings.TrimSpace(tag))
	if err != nil {
		return l.texts[0]
	}
	_, i, confidence := l.matcher.Match(parsed)
	if confidence == language.No {
		return l.texts[0]
	}
	return l.texts[i]
}

// Language is a language of the interface.
type Language struct {
	// Tag is its BCP 47 tag, Name what its readers call it.
	Tag, Name string
}

// Languages returns the languages of the interface, English first.
func (l *Locale) Languages() []Language {
	var out []Language
	for _, t := range l.texts {
		out = append(out, Language{Tag: t.tongue.tag, Name: t.tongue.name})
	}
	return out
}

// Texts are the texts in one language and time zone: a value, to be had from
// [Locale.For]. Safe for concurrent use.
type Texts struct {
	all       *Locale
	tongue    tongue
	localizer *i18n.Localizer
	printer   *message.Printer
	zone      *time.Location
}

// In returns the texts with days and times of that zone; nil is each time's own.
func (t Texts) In(zone *time.Location) Texts {
	t.zone = zone
	return t
}

// Speaking returns the same texts in another language, of that BCP 47 tag; false
// where it is none of the interface's.
func (t Texts) Speaking(tag string) (Texts, bool) {
	for _, other := range t.all.texts {
		if other.tongue.tag == tag {
			return other.In(t.zone), true
		}
	}
	return Texts{}, false
}

// Tag is the BCP 47 tag of the language.
func (t Texts) Tag() string { return t.tongue.tag }

// RightToLeft reports whether the language is written from right to left.
func (t Texts) RightToLeft() bool { return t.tongue.rtl }
