package settings

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus/store"
)

func open(t *testing.T) (*Book, *store.DB) {
	t.Helper()
	db, err := store.Open(t.Context(), slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "newsdesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	b, err := New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return b, db
}

func set(b *Book, db *store.DB, chat int64, changes ...Change) error {
	ctx := context.Background()
	return db.Write(ctx, func(tx store.Tx) error {
		for _, c := range changes {
			if _, err := b.Set(ctx, tx, chat, c); err != nil {
				return err
			}
		}
		return nil
	})
}

func kept(t *testing.T, b *Book, chat int64) Settings {
	t.Helper()
	s, err := b.Of(t.Context(), chat)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustSet(t *testing.T, b *Book, db *store.DB, chat int64, changes ...Change) {
	t.Helper()
	if err := set(b, db, chat, changes...); err != nil {
		t.Fatal(err)
	}
}

func TestEveryChoiceIsKept(t *testing.T) {
	b, db := open(t)
	mustSet(t, b, db, 1, InterfaceLanguage("fa"), AnswerLanguage("de-AT"), AnswerLength(Long),
		OnlyOutlet("The Lark"), OnlyOutlet("Čáp, “News”"), TimeZone("Asia/Tehran"), RenderedAs(Rich), TextsInLog(true))
	want := Settings{Interface: "fa", Answer: "de-AT", Length: Long, Only: []string{"The Lark", "Čáp, “News”"},
		Zone: "Asia/Tehran", Rendering: Rich, LogTexts: true}
	if got := kept(t, b, 1); !reflect.DeepEqual(got, want) {
		t.Errorf("kept %+v\nwant %+v", got, want)
	}
	if got := kept(t, b, 2); !reflect.DeepEqual(got, Default()) {
		t.Errorf("another chat has %+v", got)
	}
}

// TestEveryFieldIsChosen fails when a field is added that Chosen does not know.
func TestEveryFieldIsChosen(t *testing.T) {
	every := Settings{Interface: "fa", Answer: "de", Length: Long, Without: []string{"A"}, Zone: "UTC", Rendering: Rich, LogTexts: true}
	fields := reflect.TypeFor[Settings]().NumField()
	if got := every.Chosen(); got != fields-1 { // Only and Without are one choice
		t.Errorf("%d of %d fields are counted", got, fields)
	}
	if got := Default().Chosen(); got != 0 {
		t.Errorf("the defaults are %d choices", got)
	}
}

func TestBackToDefaultsLeavesNoRow(t *testing.T) {
	b, db := open(t)
	mustSet(t, b, db, 1, InterfaceLanguage("de"), OnlyOutlet("A"))
	mustSet(t, b, db, 1, InterfaceLanguage(""), OnlyOutlet("A"))
	if got := kept(t, b, 1); !reflect.DeepEqual(got, Default()) {
		t.Errorf("%+v, want the defaults", got)
	}
	var rows int
	err := db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(*) FROM settings_chats`).Scan(&rows)
	})
	if err != nil || rows != 0 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

func TestOutletsAreChosenOneWay(t *testing.T) {
	b, db := open(t)
	mustSet(t, b, db, 1, OnlyOutlet("A"), OnlyOutlet("B"), OnlyOutlet("C"), OnlyOutlet(" B "))
	s := kept(t, b, 1)
	if !slices.Equal(s.Only, []string{"A", "C"}) || s.Without != nil {
		t.Fatalf("only %q, without %q", s.Only, s.Without)
	}
	if !s.Uses("A") || s.Uses("B") {
		t.Errorf("uses A: %v, B: %v", s.Uses("A"), s.Uses("B"))
	}
	mustSet(t, b, db, 1, WithoutOutlet("A"))
	s = kept(t, b, 1)
	if !slices.Equal(s.Without, []string{"A"}) || s.Only != nil || s.Uses("A") || !s.Uses("B") {
		t.Errorf("only %q, without %q", s.Only, s.Without)
	}
	mustSet(t, b, db, 1, AllOutlets())
	if s = kept(t, b, 1); !s.Uses("A") {
		t.Error("A is still left out")
	}
}

func TestWhatCannotBeIsRefusedByName(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, c := range []struct {
		name   string
		change Change
		want   error
	}{
		{"no language", InterfaceLanguage("elvish"), ErrLanguage},
		{"no tag", AnswerLanguage("<b>"), ErrLanguage},
		{"undetermined", InterfaceLanguage("und"), ErrLanguage},
		{"long tag", InterfaceLanguage("de-" + long), ErrLanguage},
		{"length", AnswerLength("endless"), ErrLength},
		{"no length", AnswerLength(""), ErrLength},
		{"rendering", RenderedAs("glossy"), ErrRendering},
		{"outlet without name", OnlyOutlet("  "), ErrOutlet},
		{"long outlet", WithoutOutlet(long), ErrOutlet},
		{"outlet of two lines", WithoutOutlet("a\nb"), ErrOutlet},
		{"outlet that is no text", OnlyOutlet("a\xff"), ErrOutlet},
		{"zone", TimeZone("Europe/Nowhere"), ErrZone},
		{"the machine's zone", TimeZone("Local"), ErrZone},
		{"the machine's zone in other letters", TimeZone("local"), ErrZone},
		{"path", TimeZone("../../etc/passwd"), ErrZone},
		{"long zone", TimeZone(long), ErrZone},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, db := open(t)
			mustSet(t, b, db, 1, TimeZone("UTC"))
			before := kept(t, b, 1)
			if err := set(b, db, 1, c.change); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if got := kept(t, b, 1); !reflect.DeepEqual(got, before) {
				t.Errorf("changed to %+v", got)
			}
		})
	}
}

func TestTooManyOutlets(t *testing.T) {
	b, db := open(t)
	for i := range MaxOutlets {
		mustSet(t, b, db, 1, WithoutOutlet(fmt.Sprintf("Outlet %d", i)))
	}
	if err := set(b, db, 1, WithoutOutlet("one more")); !errors.Is(err, ErrOutlets) {
		t.Errorf("%v, want ErrOutlets", err)
	}
	mustSet(t, b, db, 1, WithoutOutlet("Outlet 3"), WithoutOutlet("one more"))
}

func TestZonesAsPeopleWriteThem(t *testing.T) {
	for written, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", " europe/berlin ": "Europe/Berlin", "america/new york": "America/New_York",
		"America/Port_of_Spain": "America/Port_of_Spain", "AMERICA/PORT-AU-PRINCE": "America/Port-au-Prince",
		"africa/dar_es_salaam": "Africa/Dar_es_Salaam", "utc": "UTC", "": "",
	} {
		s, err := TimeZone(written)(Default())
		if err != nil || s.Zone != want {
			t.Errorf("%q: %q, %v, want %q", written, s.Zone, err, want)
		}
	}
}

func TestLocation(t *testing.T) {
	own := time.FixedZone("own", 3600)
	for zone, want := range map[string]string{"": "own", "Asia/Tehran": "Asia/Tehran", "Gone/Away": "own"} {
		if got := (Settings{Zone: zone}).Location(own).String(); got != want {
			t.Errorf("%q: %s, want %s", zone, got, want)
		}
	}
}

func TestTagsAreCanonical(t *testing.T) {
	for written, want := range map[string]string{"DE-at": "de-AT", "zh_hans": "zh-Hans", "iw": "he", "pt-br": "pt-BR"} {
		s, err := AnswerLanguage(written)(Default())
		if err != nil || s.Answer != want {
			t.Errorf("%q: %q, %v, want %q", written, s.Answer, err, want)
		}
	}
}

// TestChangeKeepsNothing guards values that are still in use elsewhere.
func TestChangeKeepsNothing(t *testing.T) {
	before := Settings{Length: Normal, Rendering: Classic, Only: append(make([]string, 0, 8), "A", "B", "C")}
	for _, c := range []Change{OnlyOutlet("A"), OnlyOutlet("D"), WithoutOutlet("A"), AllOutlets()} {
		if _, err := c(before); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(before.Only, []string{"A", "B", "C"}) {
		t.Errorf("the value that was given is now %q", before.Only)
	}
}

func TestForgetAndMove(t *testing.T) {
	b, db := open(t)
	ctx := t.Context()
	mustSet(t, b, db, -5, AnswerLength(Short), OnlyOutlet("A"))
	mustSet(t, b, db, 7, AnswerLength(Long))
	for range 2 { // Telegram tells of a move twice
		err := db.Write(ctx, func(tx store.Tx) error { return b.Move(ctx, tx, -5, -1005) })
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := kept(t, b, -1005); got.Length != Short || kept(t, b, -5).Chosen() != 0 {
		t.Fatalf("after the move: %+v", got)
	}
	forget := func(chat int64) (n int) {
		err := db.Write(ctx, func(tx store.Tx) (err error) {
			n, err = b.Forget(ctx, tx, chat)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := forget(-1005); n != 2 {
		t.Errorf("forgot %d choices, want 2", n)
	}
	if n := forget(-1005); n != 0 {
		t.Errorf("forgot %d choices again", n)
	}
	if kept(t, b, -1005).Chosen() != 0 || kept(t, b, 7).Length != Long {
		t.Error("the wrong chat was forgotten")
	}
}

func TestRefusedTransactionChangesNothing(t *testing.T) {
	b, db := open(t)
	ctx := t.Context()
	stop := errors.New("stop")
	err := db.Write(ctx, func(tx store.Tx) error {
		if _, err := b.Set(ctx, tx, 1, AnswerLength(Long)); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) || kept(t, b, 1).Chosen() != 0 {
		t.Errorf("%v, kept %+v", err, kept(t, b, 1))
	}
}
