package bot

import (
	"encoding/json"
	"testing"
	"time"
)

// TestNoteIsKept: notes come back as they were kept, with nothing in the JSON that is
// not set; those of a version that kept sentences say nothing.
func TestNoteIsKept(t *testing.T) {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		note Note
		json string
	}{
		{Note{Kind: NoteMissing}, `{"Kind":"missing"}`},
		{Note{Kind: NoteSilent, Outlets: []string{"The Lark", "صباح"}}, `{"Kind":"silent","Outlets":["The Lark","صباح"]}`},
		{Note{Kind: NoteRead, Words: "Last “week”", From: day, To: day.Add(1)},
			`{"Kind":"read","Words":"Last “week”","From":"2026-03-02T00:00:00+01:00","To":"2026-03-02T00:00:00.000000001+01:00"}`},
		{Note{Kind: NoteLanguage, Asked: "fa", Wanted: "en"}, `{"Kind":"language","Asked":"fa","Wanted":"en"}`},
		{Note{Kind: NoteNewest, N: 12}, `{"Kind":"newest","N":12}`},
	} {
		kept, err := json.Marshal(c.note)
		if err != nil || string(kept) != c.json {
			t.Errorf("%s is kept as %s: %v", c.note.Kind, kept, err)
		}
		back := Note{Kind: "other", N: 7}
		if err := json.Unmarshal(kept, &back); err != nil || !back.Equal(c.note) {
			t.Errorf("%s comes back as %+v: %v", c.note.Kind, back, err)
		}
	}
	var old Answer
	if err := json.Unmarshal([]byte(`{"Found":true,"Notes":["Only the first four outlets were compared."],"Sentences":[{"Text":"x","Citations":[1]}]}`), &old); err != nil {
		t.Fatal(err)
	}
	if len(old.Notes) != 1 || !old.Notes[0].IsZero() || !old.Sentences[0].Own.IsZero() {
		t.Errorf("%+v", old)
	}
	for _, broken := range []string{`7`, `[]`, `{"N":"x"}`} {
		if err := json.Unmarshal([]byte(broken), new(Note)); err == nil {
			t.Errorf("%s is read as a note", broken)
		}
	}
}

// TestNotesDiffer: each field makes a difference.
func TestNotesDiffer(t *testing.T) {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	same := Note{Kind: NoteRead, Outlets: []string{"A"}, Words: "w", From: day, To: day, N: 1, Asked: "de", Wanted: "en"}
	for name, change := range map[string]func(*Note){
		"Kind": func(n *Note) { n.Kind = NoteCut }, "Outlets": func(n *Note) { n.Outlets = []string{"B"} }, "Words": func(n *Note) { n.Words = "" },
		"From": func(n *Note) { n.From = day.Add(1) }, "To": func(n *Note) { n.To = time.Time{} }, "N": func(n *Note) { n.N = 2 },
		"Asked": func(n *Note) { n.Asked = "" }, "Wanted": func(n *Note) { n.Wanted = "de" },
	} {
		other := same
		change(&other)
		if same.Equal(other) || other.Equal(same) {
			t.Errorf("%s makes no difference", name)
		}
	}
	if other := same; !same.Equal(other) {
		t.Error("a note is not equal to itself")
	}
}
