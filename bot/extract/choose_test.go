package extract

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

var english = text.For("en")

// passage returns a passage of its own article.
func passage(seq int64, body string) retrieval.Passage {
	return retrieval.Passage{
		Seq: seq, End: len(body), Outlet: "Harbour Herald", Text: body,
		Published: time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC),
	}
}

// TestWithoutEmbedder: words are then compared by spelling and groups only, and
// plain questions are still answered.
func TestWithoutEmbedder(t *testing.T) {
	g := New(nil)
	p := bot.Prompt{Task: bot.AnswerTask, Passages: readArticles(t, "testdata/articles.txtar")}
	p.Question = "Who is head of the builders' guild?"
	if got := generate(t, g, p); !strings.Contains(got, "Rosa Quintero") {
		t.Errorf("got %q", got)
	}
	p.Question = "How many people died in the flood in Brasto?"
	if got := generate(t, g, p); got != "" {
		t.Errorf("got %q, want a refusal", got)
	}
}

// TestForm: who reported it and when, once for each article, then the sentences
// as they stand, each with its marker.
func TestForm(t *testing.T) {
	got := strings.Join(write([]retrieval.Passage{passage(1, ""), passage(2, "")}, []quote{
		{passage: 0, text: "The pier burned."}, {passage: 0, text: "Nobody was hurt."}, {passage: 1, text: "It rained."},
	}), "")
	want := "Harbour Herald reported on 4 March 2024: The pier burned. [1]\nNobody was hurt. [1]\n" +
		"Harbour Herald reported on 4 March 2024: It rained. [2]"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSpokenOutlet: labels are shortened to what people say.
func TestSpokenOutlet(t *testing.T) {
	for label, want := range map[string]string{
		"SNN (Web News)": "SNN", "Valley Dispatch - News": "Valley Dispatch", "Nordlicht.com": "Nordlicht.com",
		"The Meridian Post": "The Meridian Post", " (Web News)": " (Web News)",
	} {
		if got := spoken(label); got != want {
			t.Errorf("%q is spoken as %q, want %q", label, got, want)
		}
	}
}

// TestDateline: the town and the agency that open a report are not quoted.
func TestDateline(t *testing.T) {
	for text, want := range map[string]string{
		"SANT AUREL (Coastal Courier) - The dam broke.": "The dam broke.",
		"KALMSUND, March 4 (CC) — The dam broke.":       "The dam broke.",
		"The dam (built in 1912) - the oldest - broke.": "The dam (built in 1912) - the oldest - broke.",
		"KALMSUND - The dam broke.":                     "KALMSUND - The dam broke.",
	} {
		if got := text[dateline(text):]; got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

// TestScrap: what stands around an article's sentences is told from them.
func TestScrap(t *testing.T) {
	for text, want := range map[string]bool{
		"The dam broke on Monday.":                                     false,
		"“It was loud,” said Mara Lind.":                               false,
		"UPDATE: The dam broke on Monday.":                             false,
		"FILE PHOTO: The dam is seen in 2019.":                         true,
		"Related: Why dams break.":                                     true,
		"Dam breaks in Kalmsund after a night of rain":                 true,
		"See pic.twitter.com/abc for the dam.":                         true,
		"Minister LindLind to quit | Dam breaks | Rain goes on there.": true,
	} {
		s := sentence{text: text, words: english.Words(text)}
		if got := isScrap(s); got != want {
			t.Errorf("%q: scrap %v, want %v", text, got, want)
		}
	}
}

// TestTasks: what needs words of one's own is not written.
func TestTasks(t *testing.T) {
	for _, task := range []bot.Task{bot.RestateTask, bot.JudgeTask, bot.TranslateTask} {
		p := bot.Prompt{Task: task, Question: "Who runs the aquarium?", Passages: []retrieval.Passage{passage(1, "Mara Lindqvist runs the aquarium.")}}
		if got := generate(t, builtin(t), p); got != "" {
			t.Errorf("%s: %q", task, got)
		}
	}
}

// TestDigest: one sentence of each passage, its first.
func TestDigest(t *testing.T) {
	long := strings.Repeat("and the pier burned, ", 40) + "at last."
	got := generate(t, builtin(t), bot.Prompt{Task: bot.DigestTask, Passages: []retrieval.Passage{
		passage(1, "The pier burned. Nobody was hurt."), passage(2, long),
	}})
	lines := strings.Split(got, "\n")
	if len(lines) != 2 || !strings.HasSuffix(lines[0], ": The pier burned. [1]") {
		t.Fatalf("got %q", got)
	}
	_, said, _ := strings.Cut(lines[1], ": ")
	said = strings.TrimSuffix(said, " [2]")
	if !strings.HasPrefix(long, said) || len(text.For("en").Words(said)) > maxWords {
		t.Errorf("the long sentence became %q", said)
	}
}

// TestLeaning: a sentence that opens with a pronoun brings the one before it,
// so that it can be understood.
func TestLeaning(t *testing.T) {
	got := generate(t, builtin(t), bot.Prompt{
		Task: bot.AnswerTask, Question: "What did Mara Lindqvist say about whales in the harbour?",
		Passages: []retrieval.Passage{passage(1, "Mara Lindqvist runs the aquarium of Kalmsund. She said that whales had been seen in the harbour on Sunday.")},
	})
	if !strings.Contains(got, "runs the aquarium") || !strings.Contains(got, "She said that whales") {
		t.Errorf("got %q", got)
	}
}

// TestSentencesWanted: no more than asked for.
func TestSentencesWanted(t *testing.T) {
	p := bot.Prompt{
		Task: bot.AnswerTask, Question: "What did Radio Solana report about the mayor of Port Liria?", Sentences: 1,
		Passages: readArticles(t, "testdata/articles.txtar"),
	}
	if got := generate(t, builtin(t), p); strings.Count(got, "[") != 1 {
		t.Errorf("got %q, want one sentence", got)
	}
}

// FuzzVerbatim: whatever is asked of whatever text, each line is who reported it
// and when, then a stretch of the passage that it names.
func FuzzVerbatim(f *testing.F) {
	f.Add("Who found the planet?", "Wen Li found the planet. “We saw it,” she said.\n\nThe planet is far away.")
	f.Add("how many people, when and where?", "On 3 May 2021, 12 people … 7 % in Orsova?")
	f.Add("What did the Harbour Herald report?", "He. She! \xff It\x00")
	f.Add("", "")
	g := builtin(f)
	f.Fuzz(func(t *testing.T, question, body string) {
		p := passage(1, body)
		for _, task := range []bot.Task{bot.AnswerTask, bot.DigestTask} {
			got := generate(t, g, bot.Prompt{Task: task, Question: question, Passages: []retrieval.Passage{p}})
			if got == "" {
				continue
			}
			rest, ok := strings.CutPrefix(got, "Harbour Herald reported on 4 March 2024: ")
			if !ok {
				t.Fatalf("%q has another beginning", got)
			}
			for _, line := range strings.Split(rest, " [1]\n") {
				if quote := strings.TrimSuffix(line, " [1]"); !strings.Contains(body, quote) {
					t.Fatalf("%q is not in the passage", quote)
				}
			}
		}
	})
}

// BenchmarkGenerate measures a question over twelve passages.
func BenchmarkGenerate(b *testing.B) {
	g := builtin(b)
	passages := readArticles(b, "testdata/articles.txtar")[:12]
	questions := readQuestions(b, "testdata/questions.txtar")
	i := 0
	for b.Loop() {
		generate(b, g, bot.Prompt{Task: bot.AnswerTask, Question: questions[i%len(questions)].text, Passages: passages})
		i++
	}
}
