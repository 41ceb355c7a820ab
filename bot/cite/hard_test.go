package cite

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/retrieval"
)

// hard is one file of testdata/hard: sentences that are like those of the
// evaluation data. The supported ones share few words with their passages, the
// unsupported ones most.
type hard struct {
	name     string
	passages []retrieval.Passage
	lines    []string
}

// hardFiles reads the files of one set: "first", "second".
func hardFiles(t testing.TB, set string) []hard {
	t.Helper()
	names, err := filepath.Glob("testdata/hard/" + set + "-*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var out []hard
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		h := hard{name: filepath.Base(name)}
		for _, f := range archive.Files {
			if f.Name == "cases" {
				h.lines = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
				continue
			}
			h.passages = append(h.passages, readPassage(t, len(h.passages)+1, string(f.Data)))
		}
		out = append(out, h)
	}
	return out
}

// labelled reads a line "LABEL KIND 1,2: SENTENCE" with the passages it names.
func (h hard) labelled(t testing.TB, line string) (labelled, string, []retrieval.Passage) {
	t.Helper()
	head, sentence, ok := strings.Cut(line, ": ")
	fields := strings.Fields(head)
	if !ok || len(fields) != 3 || fields[0] != "supported" && fields[0] != "unsupported" {
		t.Fatalf("%s: no case: %q", h.name, line)
	}
	var passages []retrieval.Passage
	for _, s := range strings.Split(fields[2], ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > len(h.passages) {
			t.Fatalf("%s: no passage %q", h.name, s)
		}
		passages = append(passages, h.passages[n-1])
		sentence += fmt.Sprintf(" [%d]", len(passages))
	}
	return labelled{Label: fields[0], Kind: fields[1]}, sentence, passages
}

// TestHard scores Check on the sets of testdata/hard. Each was written, committed
// and scored before the rules were mended with it in view; "now" is after that, so
// the blind lines are what a set that nobody has seen may score. The second set was
// blind after the first mending.
//
//	set            balanced  supported  unsupported  six kinds
//	first, blind       .592       .341         .842       .850
//	first, now         .833       .683         .982      1.000
//	second, blind      .705       .571         .839       .864
//	second, now        .905       .810        1.000      1.000
func TestHard(t *testing.T) {
	for _, set := range []string{"first", "second"} {
		t.Run(set, func(t *testing.T) {
			s := score{right: map[string]int{}, total: map[string]int{}}
			for _, h := range hardFiles(t, set) {
				for _, line := range h.lines {
					l, sentence, passages := h.labelled(t, line)
					got := Check(sentence, passages)
					holds(t, got, passages)
					s.add(l, len(got.Sentences) > 0)
					if (len(got.Sentences) > 0) != (l.Label == "supported") {
						t.Logf("%s: %s: %v", h.name, line, reasons(got))
					}
				}
			}
			if balanced := s.report(t); balanced < .78 {
				t.Errorf("balanced accuracy %.3f", balanced)
			}
		})
	}
}

// TestMemory has a model answer from what it knows instead of the passages, and
// without a number or name that could be looked for: nothing but the words tells
// such a sentence from a free paraphrase. Measured: 13 of 44 are kept. The ceiling
// says that this is a known weakness, which a second reader has to mend.
func TestMemory(t *testing.T) {
	kept, total := 0, 0
	for _, h := range hardFiles(t, "memory") {
		for _, line := range h.lines {
			_, sentence, passages := h.labelled(t, line)
			total++
			if got := Check(sentence, passages); len(got.Sentences) > 0 {
				kept++
				t.Logf("%s", line)
			}
		}
	}
	t.Logf("%d of %d kept", kept, total)
	if 3*kept > total {
		t.Errorf("%d of %d kept", kept, total)
	}
}
