package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxStories is the number of bytes of a file of labelled texts that are read:
// sixty times what the evaluation data has.
const maxStories = 64 << 20

// StoryText is a text whose event is known.
type StoryText struct {
	ID string
	// Event is the label. Events that begin with the same number are of one
	// topic: they look alike and are not the same.
	Event string
	Text  string
}

type storyRecord struct {
	ID    string `json:"id"`
	Event string `json:"event"`
	Text  string `json:"text"`
}

// ReadStories reads a file of labelled texts, which errors call by that name: a
// JSON array of objects with event and text, and id, which may be missing. Other
// members are passed over. It returns all texts or an error; one that lies in a
// record is a [Fault].
func ReadStories(name string, r io.Reader) ([]StoryText, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxStories+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	records, err := arrayOf(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	texts := make([]StoryText, 0, len(records))
	for i, record := range records {
		t, fault := storyText(record)
		if fault != nil {
			fault.File, fault.Record = name, i+1
			return nil, fault
		}
		texts = append(texts, t)
	}
	return texts, nil
}

func arrayOf(data []byte) ([]json.RawMessage, error) {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	var records []json.RawMessage
	switch {
	case len(data) == 0:
		return nil, errors.New("the file is empty")
	case len(data) > maxStories:
		return nil, fmt.Errorf("larger than %d MiB", maxStories>>20)
	case !json.Valid(data):
		return nil, fmt.Errorf("not JSON: %w", json.Unmarshal(data, &records))
	case data[0] != '[':
		return nil, errors.New("the file is not a JSON array of records")
	}
	if err := json.Unmarshal(data, &records); err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, errors.New("no record in the file")
	}
	return records, nil
}

// storyText returns a fault without file and record.
func storyText(data json.RawMessage) (StoryText, *Fault) {
	var r storyRecord
	if err := json.Unmarshal(data, &r); err != nil {
		return StoryText{}, &Fault{Reason: err.Error()}
	}
	if strings.TrimSpace(r.Event) == "" {
		return StoryText{}, &Fault{Field: "event", Reason: "missing or empty"}
	}
	if strings.TrimSpace(r.Text) == "" {
		return StoryText{}, &Fault{Field: "text", Reason: "missing or empty"}
	}
	return StoryText(r), nil
}

// Grouped is a text of a known event, and the story that it was put into.
type Grouped struct {
	Event, Story string
}

// topic is the number that an event begins with, empty for none.
func (g Grouped) topic() string {
	return g.Event[:len(g.Event)-len(strings.TrimLeft(g.Event, "0123456789"))]
}

// BCubed are means over texts, from 0 to 1 (Bagga and Baldwin, "Algorithms for
// scoring coreference chains", 1998). The precision of a text is the share of its
// story that is of its event, the recall the share of its event that is in its
// story, both with the text itself; F1 is the harmonic mean of the two means.
type BCubed struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// StoryFigures are what an evaluation of stories prints as one JSON object.
type StoryFigures struct {
	// N is the number of texts.
	N      int    `json:"n"`
	BCubed BCubed `json:"b_cubed"`
	// LookalikeMerged is the share of the pairs of texts of one topic, but of
	// different events, that are in one story; 0 where there are no such pairs.
	LookalikeMerged float64 `json:"lookalike_merged"`
}

// ScoreStories scores texts that were put into stories. The zero value for none.
func ScoreStories(grouped []Grouped) StoryFigures {
	if len(grouped) == 0 {
		return StoryFigures{}
	}
	events, stories, both := map[string]int{}, map[string]int{}, map[Grouped]int{}
	for _, g := range grouped {
		events[g.Event]++
		stories[g.Story]++
		both[g]++
	}
	var precision, recall float64
	for _, g := range grouped {
		shared := float64(both[g])
		precision += shared / float64(stories[g.Story])
		recall += shared / float64(events[g.Event])
	}
	n := float64(len(grouped))
	b := BCubed{Precision: precision / n, Recall: recall / n}
	b.F1 = 2 * b.Precision * b.Recall / (b.Precision + b.Recall)
	return StoryFigures{N: len(grouped), BCubed: b, LookalikeMerged: merged(grouped)}
}

func merged(grouped []Grouped) float64 {
	pairs, together := 0, 0
	for i, a := range grouped {
		for _, b := range grouped[:i] {
			if a.Event == b.Event || a.topic() == "" || a.topic() != b.topic() {
				continue
			}
			pairs++
			if a.Story == b.Story {
				together++
			}
		}
	}
	return float64(together) / float64(max(pairs, 1))
}
