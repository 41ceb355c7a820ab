package eval

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

func TestScoreStories(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/stories.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		texts, want := archive.Files[i], archive.Files[i+1]
		t.Run(strings.TrimSuffix(texts.Name, ".texts"), func(t *testing.T) {
			grouped := groupedOf(string(texts.Data))
			got := ScoreStories(grouped)
			if got.N != len(grouped) {
				t.Errorf("n is %d of %d", got.N, len(grouped))
			}
			figures := []float64{got.BCubed.Precision, got.BCubed.Recall, got.BCubed.F1, got.LookalikeMerged}
			for j, w := range strings.Fields(string(want.Data)) {
				if math.Abs(figures[j]-fraction(t, w)) > 1e-9 {
					t.Errorf("figure %d is %v, want %s", j+1, figures[j], w)
				}
			}
		})
	}
	if got := ScoreStories(nil); got != (StoryFigures{}) {
		t.Errorf("nothing scores %+v", got)
	}
}

// groupedOf reads the lines of two words.
func groupedOf(s string) []Grouped {
	var out []Grouped
	for line := range strings.Lines(s) {
		if f := strings.Fields(line); len(f) == 2 {
			out = append(out, Grouped{Event: f[0], Story: f[1]})
		}
	}
	return out
}

func fraction(t *testing.T, s string) float64 {
	t.Helper()
	above, below, found := strings.Cut(s, "/")
	if !found {
		below = "1"
	}
	a, err := strconv.ParseFloat(above, 64)
	if err != nil {
		t.Fatal(err)
	}
	b, err := strconv.ParseFloat(below, 64)
	if err != nil {
		t.Fatal(err)
	}
	return a / b
}

func TestReadStories(t *testing.T) {
	got, err := ReadStories("own", strings.NewReader(`[{"id": "a", "event": "1x", "url": null, "text": "The mill burned down."}]`))
	if err != nil || len(got) != 1 || got[0] != (StoryText{ID: "a", Event: "1x", Text: "The mill burned down."}) {
		t.Errorf("%+v, %v", got, err)
	}
	archive, err := txtar.ParseFile("testdata/badstories.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		name := strings.TrimSuffix(archive.Files[i].Name, ".json")
		_, err := ReadStories(name, strings.NewReader(string(archive.Files[i].Data)))
		if want := strings.TrimSpace(string(archive.Files[i+1].Data)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

func FuzzReadStories(f *testing.F) {
	f.Add([]byte(`[{"id": "a", "event": "1x", "text": "The mill burned down."}]`))
	f.Add([]byte("\ufeff[{\"event\": \"1\xff\", \"text\": 3}]"))
	f.Add([]byte(`[null, {}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		texts, err := ReadStories("own", strings.NewReader(string(data)))
		if (err == nil) != (len(texts) > 0) {
			t.Fatalf("%d texts, %v", len(texts), err)
		}
		var grouped []Grouped
		for _, x := range texts {
			if strings.TrimSpace(x.Event) == "" || strings.TrimSpace(x.Text) == "" {
				t.Errorf("%+v", x)
			}
			grouped = append(grouped, Grouped{Event: x.Event, Story: x.ID})
		}
		got := ScoreStories(grouped)
		for _, share := range []float64{got.BCubed.Precision, got.BCubed.Recall, got.BCubed.F1, got.LookalikeMerged} {
			if share < 0 || share > 1+1e-9 || math.IsNaN(share) {
				t.Errorf("%+v", got)
			}
		}
	})
}
