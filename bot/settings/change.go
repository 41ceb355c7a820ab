package settings

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// What is wrong with a choice.
var (
	// ErrLanguage means that a language is no known BCP 47 tag.
	ErrLanguage = errors.New("settings: no such language")
	// ErrLength means that a length is none of this package's.
	ErrLength = errors.New("settings: no such length")
	// ErrOutlet means that an outlet's name is empty, too long or no text.
	ErrOutlet = errors.New("settings: not an outlet's name")
	// ErrOutlets means that more than [MaxOutlets] outlets are chosen.
	ErrOutlets = errors.New("settings: too many outlets")
	// ErrZone means that a time zone has no IANA name that is known.
	ErrZone = errors.New("settings: no such time zone")
	// ErrRendering means that a rendering is none of this package's.
	ErrRendering = errors.New("settings: no such rendering")
)

// MaxOutlets bounds Only and Without: it is chosen by buttons, and every name
// goes into each query.
const MaxOutlets = 50

const (
	// maxOutlet bounds an outlet's name, in bytes.
	maxOutlet = 200
	// maxTag is what BCP 47 (RFC 5646, 4.4.1) wants room for, in bytes.
	maxTag = 35
	// maxZone bounds a zone's name, in bytes; the longest there is has 32.
	maxZone = 64
)

// Change makes one choice: settings to settings, or one of the errors above. It
// keeps nothing of what it was given.
type Change func(Settings) (Settings, error)

// InterfaceLanguage chooses the language of the program's own texts; empty for
// that of the person who writes.
func InterfaceLanguage(tag string) Change {
	return func(s Settings) (_ Settings, err error) {
		s.Interface, err = canonical(tag)
		return s, err
	}
}

// AnswerLanguage chooses the language of answers; empty for the question's.
func AnswerLanguage(tag string) Change {
	return func(s Settings) (_ Settings, err error) {
		s.Answer, err = canonical(tag)
		return s, err
	}
}

// AnswerLength chooses how much an answer may say.
func AnswerLength(l Length) Change {
	return func(s Settings) (Settings, error) {
		if l != Short && l != Normal && l != Long {
			return s, fmt.Errorf("%w: %.20q", ErrLength, string(l))
		}
		s.Length = l
		return s, nil
	}
}

// AllOutlets uses the articles of all outlets again.
func AllOutlets() Change {
	return func(s Settings) (Settings, error) {
		s.Only, s.Without = nil, nil
		return s, nil
	}
}

// OnlyOutlet takes an outlet into Only, or out of it when it is there. Nothing
// is left out by name after that.
func OnlyOutlet(name string) Change {
	return func(s Settings) (_ Settings, err error) {
		s.Only, err = toggled(s.Only, name)
		s.Without = nil
		return s, err
	}
}

// WithoutOutlet takes an outlet into Without, or out of it when it is there. All
// other outlets are used after that.
func WithoutOutlet(name string) Change {
	return func(s Settings) (_ Settings, err error) {
		s.Without, err = toggled(s.Without, name)
		s.Only = nil
		return s, err
	}
}

// TimeZone chooses a zone by its IANA name, written as people write it
// ("europe/berlin", "America/New York"); empty for the bot's own.
func TimeZone(name string) Change {
	return func(s Settings) (_ Settings, err error) {
		s.Zone, err = zone(name)
		return s, err
	}
}

// RenderedAs chooses what messages are made of.
func RenderedAs(r Rendering) Change {
	return func(s Settings) (Settings, error) {
		if r != Classic && r != Rich {
			return s, fmt.Errorf("%w: %.20q", ErrRendering, string(r))
		}
		s.Rendering = r
		return s, nil
	}
}

// TextsInLog says whether the chat's messages may stand in the log.
func TextsInLog(may bool) Change {
	return func(s Settings) (Settings, error) {
		s.LogTexts = may
		return s, nil
	}
}

// canonical returns the tag as it is stored.
func canonical(tag string) (string, error) {
	if tag == "" {
		return "", nil
	}
	t, err := language.Parse(tag)
	if err != nil || t == language.Und || len(tag) > maxTag {
		return "", fmt.Errorf("%w: %.40q", ErrLanguage, tag)
	}
	return t.String(), nil
}

// toggled returns the names with name, or without it when it was there.
func toggled(names []string, name string) ([]string, error) {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > maxOutlet || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return nil, fmt.Errorf("%w: %.40q", ErrOutlet, name)
	}
	if i := slices.Index(names, name); i >= 0 {
		return slices.Concat(names[:i], names[i+1:]), nil
	}
	if len(names) >= MaxOutlets {
		return nil, fmt.Errorf("%w: %d are enough", ErrOutlets, MaxOutlets)
	}
	return append(slices.Clone(names), name), nil
}

// zone returns the name of a zone as the list of zones has it.
func zone(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", nil
	}
	if len(name) <= maxZone {
		for _, spelling := range []string{name, strings.ToUpper(name), capitalised(name)} {
			// "Local" is a name of the time package, not of a zone.
			if _, err := time.LoadLocation(spelling); err == nil && spelling != "Local" {
				return spelling, nil
			}
		}
	}
	return "", fmt.Errorf("%w: %.40q", ErrZone, name)
}

// word is a part of a zone's name.
var word = regexp.MustCompile(`[^/_-]+`)

// capitalised spells a name as zones are spelled: "America/Port_of_Spain".
func capitalised(name string) string {
	spaced := strings.ReplaceAll(strings.ToLower(name), " ", "_")
	return word.ReplaceAllStringFunc(spaced, func(w string) string {
		switch w {
		case "of", "es", "au": // Port_of_Spain, Dar_es_Salaam, Port-au-Prince
			return w
		}
		r, size := utf8.DecodeRuneInString(w)
		return string(unicode.ToUpper(r)) + w[size:]
	})
}
