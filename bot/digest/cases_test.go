package digest_test

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/bot/digest"
)

// TestCases plays the files of testdata: articles come in and days are told, in the
// order of the file.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			h := newHouse(t, nil)
			w := digest.New(h.needs)
			for i, f := range archive.Files {
				if f.Name == "article" {
					h.add(t, articleOf(t, f, i))
					continue
				}
				values, want := fields(f.Data)
				d := h.tell(t, w, values["place"], orderOf(t, values))
				h.sound(t, d)
				for line := range strings.SplitSeq(want, "\n") {
					if !meets(d, line) {
						t.Errorf("%s: not so: %s\n%s%+v", f.Name, line, shown(d), d.Notes)
					}
				}
			}
		})
	}
}

func orderOf(t *testing.T, values map[string]string) digest.Order {
	t.Helper()
	items, _ := strconv.Atoi(values["items"])
	return digest.Order{
		From: at(t, values["from"]), To: at(t, values["to"]), Topics: listed(values["topics"], ";"), Items: items,
		Only: listed(values["only"], ","), Without: listed(values["without"], ","), Unread: listed(values["unread"], ","),
		Late: values["late"] == "yes", SayEmpty: values["empty"] == "say",
	}
}

func listed(s, mark string) []string {
	var out []string
	for part := range strings.SplitSeq(s, mark) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// meets reports whether a digest is as a line of a case wants it.
func meets(d bot.Digest, line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	if n, err := strconv.Atoi(verb); err == nil {
		return n <= len(d.Items) && itemMeets(d.Items[n-1], rest)
	}
	switch verb {
	case "items":
		return strconv.Itoa(len(d.Items)) == rest
	case "notes":
		return strconv.Itoa(len(d.Notes)) == rest
	case "nowhere":
		return !strings.Contains(shown(d), rest)
	case "note":
		kind, outlets, _ := strings.Cut(rest, " ")
		kinds := map[string]bot.NoteKind{"empty": bot.NoteNothing, "late": bot.NoteLate, "unread": bot.NoteUnread}
		return slices.ContainsFunc(d.Notes, func(n bot.Note) bool { return n.Kind == kinds[kind] && strings.Join(n.Outlets, ", ") == outlets })
	}
	return false
}

// itemMeets reports whether an item is as the rest of such a line wants it.
func itemMeets(item bot.DigestItem, line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	said := shown(bot.Digest{Items: []bot.DigestItem{{Sentences: item.Sentences}}})
	switch verb {
	case "headline":
		if whole, is := strings.CutPrefix(rest, "is "); is {
			return item.Headline.Title == whole
		}
		return strings.Contains(item.Headline.Title, rest)
	case "says":
		return strings.Contains(said, rest)
	case "begins":
		return strings.Contains(item.Sentences[0].Text, rest)
	case "new":
		return item.Told.IsZero()
	case "update":
		return !item.Told.IsZero()
	case "origins":
		return strconv.Itoa(len(item.Origins)) == rest
	case "label":
		return slices.ContainsFunc(item.Origins, func(o bot.Origin) bool { return o.Name == rest })
	case "outlets":
		var names []string
		for _, r := range item.Outlets {
			names = append(names, r.Outlet)
		}
		return strings.Join(names, ", ") == rest
	case "why":
		_, words, _ := strings.Cut(rest, " ")
		return item.Why[0] == bot.Reason{Rule: bot.ByTopic, Words: words}
	case "differs":
		if item.Differs == nil {
			return false
		}
		values := listed(rest, ",")
		return slices.EqualFunc(item.Differs.Sides, values, func(s bot.Side, v string) bool { return strings.Contains(s.Value, v) })
	}
	return false
}
