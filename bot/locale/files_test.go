package locale

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// same are the texts that are rightly those of English, by language and key.
var same = map[string]bool{
	"de date.month.4":  true, // April
	"de date.month.8":  true,
	"de date.month.9":  true,
	"de date.month.11": true,
	"de value.normal":  true,
	"es value.normal":  true,
	"es value.no":      true,
}

// notation are keys that need not differ from English in any language.
var notation = []string{"date.day", "date.moment", "date.span", "list.next", "list.last", "extent.some", "settings.line", "value.named", "forget.feedback", "story.agency", "story.origin", "story.counts",
	"subscription.value_days", "subscription.value_topics"}

// forms are the plural forms that a language has (CLDR).
var forms = map[string][]string{
	"en": {"one", "other"}, "de": {"one", "other"}, "es": {"one", "many", "other"}, "fa": {"one", "other"},
	"ru": {"one", "few", "many", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"},
}

func formsOf(m *i18n.Message) map[string]string {
	all := map[string]string{"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other}
	maps.DeleteFunc(all, func(_, text string) bool { return text == "" })
	return all
}

// raw returns the messages of a language as they stand in its file.
func raw(t *testing.T, tag string) map[string]*i18n.Message {
	t.Helper()
	messages, err := read(files, tongue{tag: tag})
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

func eachMessage(t *testing.T, f func(t *testing.T, tag, key string, m *i18n.Message)) {
	for _, l := range tongues {
		t.Run(l.tag, func(t *testing.T) {
			messages := raw(t, l.tag)
			for _, key := range slices.Sorted(maps.Keys(messages)) {
				f(t, l.tag, key, messages[key])
			}
		})
	}
}

// TestFilesHoldWhatTheCodeSays: no key is missing and none too many.
func TestFilesHoldWhatTheCodeSays(t *testing.T) {
	code := saidInCode(t)
	for _, l := range tongues {
		messages := raw(t, l.tag)
		for key := range code {
			if messages[key] == nil {
				t.Errorf("%s lacks %s", l.tag, key)
			}
		}
		for key := range messages {
			if _, ok := code[key]; !ok {
				t.Errorf("%s has %s, which nobody says", l.tag, key)
			}
		}
	}
}

// TestPluralForms: each language has all of its forms and no others.
func TestPluralForms(t *testing.T) {
	code := saidInCode(t)
	eachMessage(t, func(t *testing.T, tag, key string, m *i18n.Message) {
		want := []string{"other"}
		if code[key].counted {
			want = slices.Sorted(slices.Values(forms[tag]))
		}
		if got := slices.Sorted(maps.Keys(formsOf(m))); !slices.Equal(got, want) {
			t.Errorf("%s has the forms %v, want %v", key, got, want)
		}
	})
}

var placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

func placeholders(text string) []string {
	var out []string
	for _, p := range placeholder.FindAllStringSubmatch(text, -1) {
		out = append(out, p[1])
	}
	slices.Sort(out)
	return out
}

// TestPlaceholders: every text has each of the code's arguments once, and nothing
// else. Only the number may be left out, of the forms for 0, 1 and 2, which say
// it in words.
func TestPlaceholders(t *testing.T) {
	code := saidInCode(t)
	eachMessage(t, func(t *testing.T, tag, key string, m *i18n.Message) {
		want := slices.Sorted(slices.Values(code[key].args))
		for form, text := range formsOf(m) {
			got := placeholders(text)
			if inWords := form == "zero" || form == "one" || form == "two"; inWords && !slices.Contains(got, "N") && code[key].counted {
				got = slices.Sorted(slices.Values(append(got, "N")))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, %s: %v, want %v: %s", key, form, got, want, text)
			}
			if strings.Count(text, "{{") != len(placeholder.FindAllString(text, -1)) {
				t.Errorf("%s, %s: more than placeholders: %s", key, form, text)
			}
		}
	})
}

// TestTranslated: nothing is English still.
func TestTranslated(t *testing.T) {
	english := raw(t, "en")
	eachMessage(t, func(t *testing.T, tag, key string, m *i18n.Message) {
		if tag == "en" || slices.Contains(notation, key) {
			return
		}
		if equal := m.Other == english[key].Other; equal != same[tag+" "+key] {
			t.Errorf("%s %s is %q, English is %q", tag, key, m.Other, english[key].Other)
		}
	})
}

var command = regexp.MustCompile(`/[a-z]+\b|“[a-z -]+”|«[a-z -]+»|„[a-z -]+“`)

// commands are the commands that a text names, those in quotation marks without
// these.
func commands(text string) []string {
	out := command.FindAllString(text, -1)
	for i, c := range out {
		out[i] = strings.Trim(c, "“”«»„")
	}
	slices.Sort(out)
	return out
}

// TestCommandsAreNamed: a translation names the commands that English does.
func TestCommandsAreNamed(t *testing.T) {
	english := raw(t, "en")
	eachMessage(t, func(t *testing.T, tag, key string, m *i18n.Message) {
		if strings.HasPrefix(key, "choose.") { // names of zones differ
			return
		}
		for form, text := range formsOf(m) {
			if got, want := commands(text), commands(english[key].Other); !slices.Equal(got, want) {
				t.Errorf("%s, %s names %q, want %q", key, form, got, want)
			}
		}
	})
}

// TestTextsAreClean: no marks of direction, no lines, no characters for private
// use, no stray spaces.
func TestTextsAreClean(t *testing.T) {
	eachMessage(t, func(t *testing.T, tag, key string, m *i18n.Message) {
		for form, text := range formsOf(m) {
			bad := func(r rune) bool {
				return r == '\n' || r == '\t' || r >= slot || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 ||
					r == 0x200E || r == 0x200F || r == utf8.RuneError
			}
			if strings.ContainsFunc(text, bad) || !strings.HasPrefix(key, "list.") && strings.TrimSpace(text) != text ||
				strings.Contains(text, "  ") || strings.Contains(text, "...") || strings.ContainsAny(text, "'\"") {
				t.Errorf("%s, %s: %q", key, form, text)
			}
		}
	})
}

// TestBounds: what a messenger cuts or refuses (Bot API: BotCommand.description,
// answerCallbackQuery.text), and what a button shows on a phone.
func TestBounds(t *testing.T) {
	bounds := map[string]int{"command.": 256, "press.": 200, "button.": 25}
	eachMessage(t, func(t *testing.T, tag, key string, m *i18n.Message) {
		for prefix, most := range bounds {
			for form, text := range formsOf(m) {
				if n := utf8.RuneCountInString(text); strings.HasPrefix(key, prefix) && n > most {
					t.Errorf("%s, %s has %d characters, at most %d are shown", key, form, n, most)
				}
			}
		}
	})
}

func TestNewRefusesFilesThatDiffer(t *testing.T) {
	for name, change := range map[string]struct {
		german, want string
	}{
		"missing": {"list:\n  next: x\n", "de lacks list.last"},
		"surplus": {"list:\n  next: x\n  last: y\n  before: z\n", "de has list.before, which English has not"},
		"broken":  {"list: [", "messages/de.yaml"},
	} {
		texts := fstest.MapFS{}
		for _, l := range tongues {
			texts["messages/"+l.tag+".yaml"] = &fstest.MapFile{Data: []byte("list:\n  next: x\n  last: y\n")}
		}
		if _, err := load(texts); err != nil {
			t.Fatal(err)
		}
		texts["messages/de.yaml"].Data = []byte(change.german)
		if _, err := load(texts); err == nil || !strings.Contains(err.Error(), change.want) {
			t.Errorf("%s: %v, want %q", name, err, change.want)
		}
		delete(texts, "messages/de.yaml")
		if _, err := load(texts); err == nil {
			t.Errorf("%s: no file is no error", name)
		}
	}
}
