package extract

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
	"newsdesk/retrieval/static"
)

// builtin returns a generator with the embedder of the binary.
func builtin(t testing.TB) *Generator {
	t.Helper()
	embedder, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	return New(embedder)
}

// fields reads "key: value" lines up to the first line that is none; rest is
// what follows.
func fields(data []byte) (values map[string]string, rest string) {
	values = map[string]string{}
	rest = string(data)
	for {
		line, after, _ := strings.Cut(rest, "\n")
		key, value, ok := strings.Cut(line, ": ")
		if !ok {
			return values, strings.TrimSpace(rest)
		}
		values[key] = strings.TrimSpace(value)
		rest = after
	}
}

// readArticles returns the passages of the articles in the file: each two
// paragraphs long.
func readArticles(t testing.TB, path string) []retrieval.Passage {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []retrieval.Passage
	for i, f := range archive.Files {
		head, body := fields(f.Data)
		published, err := time.Parse(time.DateOnly, head["date"])
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		p := retrieval.Passage{
			Seq: int64(i + 1), ArticleID: f.Name, Outlet: head["outlet"],
			Title: head["title"], Published: published, Language: "en",
		}
		out = append(out, pairs(p, body)...)
	}
	return out
}

// pairs cuts a text into passages of two paragraphs.
func pairs(p retrieval.Passage, body string) []retrieval.Passage {
	var out []retrieval.Passage
	paragraphs := strings.Split(body, "\n\n")
	start := 0
	for i := 0; i < len(paragraphs); i += 2 {
		p.Text = strings.Join(paragraphs[i:min(i+2, len(paragraphs))], "\n\n")
		p.Start, p.End = start, start+len(p.Text)
		start = p.End + len("\n\n")
		out = append(out, p)
	}
	return out
}

// question is one case of questions.txtar.
type question struct {
	name, text, outlet string
	holds              []string
}

func readQuestions(t testing.TB, path string) []question {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []question
	for _, f := range archive.Files {
		values, _ := fields(f.Data)
		q := question{name: f.Name, text: values["question"], outlet: values["outlet"]}
		if values["holds"] != "" {
			q.holds = strings.Split(values["holds"], "|")
		}
		out = append(out, q)
	}
	return out
}

// generate returns the generator's text.
func generate(t testing.TB, g bot.Generator, p bot.Prompt) string {
	t.Helper()
	var b strings.Builder
	for piece, err := range g.Generate(context.Background(), p) {
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(piece)
	}
	return b.String()
}

// verdict says what is wrong with the text as an answer to q, "" if nothing is.
func (q question) verdict(text string) string {
	if q.outlet == "none" {
		if text != "" {
			return "answered"
		}
		return ""
	}
	if text == "" {
		return "refused"
	}
	for _, piece := range q.holds {
		if !strings.Contains(text, piece) {
			return "misses " + piece
		}
	}
	if q.outlet != "any" && !strings.HasPrefix(text, q.outlet+" reported on ") {
		return "another outlet"
	}
	return ""
}

// TestQuestions asks all questions of all articles at once, so that every
// other article is there to be taken by mistake.
func TestQuestions(t *testing.T) {
	right, asked := askAll(t, "testdata/articles.txtar", "testdata/questions.txtar", inOrder)
	if right[0]*100 < asked[0]*85 || right[1]*100 < asked[1]*80 {
		t.Error("fewer are right than 85 % of the answerable ones and 80 % of the others")
	}
}

// TestUnseenQuestions asks what nobody has looked at while the code was written.
func TestUnseenQuestions(t *testing.T) {
	passages := readArticles(t, "testdata/articles.txtar")
	for _, p := range readArticles(t, "testdata/more-articles.txtar") {
		p.Seq += 1000 // those of the other file have smaller ones
		passages = append(passages, p)
	}
	right, asked := askOf(t, passages, "testdata/unseen-questions.txtar", nearest)
	if right[0]*100 < asked[0]*60 || right[1]*100 < asked[1]*85 {
		t.Error("fewer are right than 60 % of the answerable ones and 85 % of the others")
	}
}

// TestMoreQuestions asks of the passages that are nearest, best first, as a
// retriever gives them.
func TestMoreQuestions(t *testing.T) {
	right, asked := askAll(t, "testdata/more-articles.txtar", "testdata/more-questions.txtar", nearest)
	if right[0]*100 < asked[0]*50 || right[1]*100 < asked[1]*80 {
		t.Error("fewer are right than 50 % of the answerable ones and 80 % of the others")
	}
}

// askAll counts the questions, the answerable and the others, and those of each
// that become what they should.
func askAll(t *testing.T, articles, questions string, arrange func(testing.TB, string, []retrieval.Passage) []retrieval.Passage) (right, asked [2]int) {
	t.Helper()
	return askOf(t, readArticles(t, articles), questions, arrange)
}

// askOf is askAll of given passages.
func askOf(t *testing.T, passages []retrieval.Passage, questions string, arrange func(testing.TB, string, []retrieval.Passage) []retrieval.Passage) (right, asked [2]int) {
	t.Helper()
	g := builtin(t)
	for _, q := range readQuestions(t, questions) {
		kind := 0
		if q.outlet == "none" {
			kind = 1
		}
		asked[kind]++
		text := generate(t, g, bot.Prompt{Task: bot.AnswerTask, Question: q.text, Passages: arrange(t, q.text, passages)})
		if wrong := q.verdict(text); wrong != "" {
			t.Logf("%s: %s\n\t%s\n\t%s", q.name, wrong, q.text, text)
			continue
		}
		right[kind]++
	}
	t.Logf("answered right: %d of %d, refused: %d of %d", right[0], asked[0], right[1], asked[1])
	return right, asked
}

// inOrder leaves the passages as they are.
func inOrder(_ testing.TB, _ string, passages []retrieval.Passage) []retrieval.Passage {
	return passages
}

// nearest returns the dozen passages whose vectors are nearest to the question's
// and that hold most of its words.
func nearest(t testing.TB, question string, passages []retrieval.Passage) []retrieval.Passage {
	t.Helper()
	embedder, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	query, err := embedder.EmbedQuery(ctx, question)
	if err != nil {
		t.Fatal(err)
	}
	near := make(map[string]float64, len(passages))
	for _, p := range passages {
		vectors, err := embedder.EmbedPassages(ctx, []string{retrieval.Embeddable(p)})
		if err != nil {
			t.Fatal(err)
		}
		near[p.ID()] = cosine(query, vectors[0]) + shared(question, retrieval.Embeddable(p))
	}
	out := slices.Clone(passages)
	slices.SortStableFunc(out, func(a, b retrieval.Passage) int { return cmp.Compare(near[b.ID()], near[a.ID()]) })
	return out[:min(12, len(out))]
}

// shared returns the share of a's words whose stems are in b too.
func shared(a, b string) float64 {
	language, in := text.For("en"), map[string]bool{}
	for _, w := range language.Words(b) {
		in[w.Stem] = true
	}
	var n, all float64
	for _, w := range language.Words(a) {
		if language.IsStop(w.Norm) {
			continue
		}
		all++
		if in[w.Stem] {
			n++
		}
	}
	return n / max(all, 1)
}
