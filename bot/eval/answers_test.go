package eval

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

// The articles that are cited, by Seq.
var stored = map[int64]corpus.Article{
	1: {Seq: 1, Outlet: "Harbour Herald (Web News)", URL: "https://herald.example/mill", Title: "Mill burns",
		Text: "The mill at Wynmoor burned down on Sunday. Nobody was hurt, the fire service said. The owner had left at noon. The roof fell in at two."},
	2: {Seq: 2, Outlet: "Harbour Herald - Opinion", URL: "https://herald.example/view", Title: "A view", Text: "Mills burn."},
	3: {Seq: 3, Outlet: "Valley Dispatch", URL: "https://valley.example/mill", Title: "Insured", Text: "The mill was insured for 3 million crowns, the insurer said."},
	4: {Seq: 4, Outlet: "Lark", URL: "https://lark.example/long", Title: "Long", Text: strings.Repeat("one two three four five six seven eight nine ten ", 7)},
	5: {Seq: 5, Outlet: "Lark", URL: "https://lark.example/mayor", Title: "Mayor", Text: "The mayor of Tarn spoke. He spoke of the mayor."},
}

// mill is a question for what the Herald wrote.
var mill = multihop.Question{Query: "What did the Harbour Herald say about the fire?", Type: "outlet_query", Evidence: []multihop.Evidence{
	{URL: "HTTPS://herald.example/mill#top", Outlet: "Harbour Herald", Title: "Mill burns", Fact: "Nobody was hurt,\nthe fire  service said."}}}

// cites returns an answer of one sentence with these quotes of articles.
func cites(quotes ...bot.Citation) bot.Answer {
	a := bot.Answer{Found: true, Sentences: []bot.Sentence{{Text: "Nobody was hurt.", Citations: []int{1}}}}
	for i, q := range quotes {
		q.N = i + 1
		a.Citations = append(a.Citations, q)
	}
	return a
}

// quote returns a citation of a stretch of a stored article.
func quote(t *testing.T, seq int64, s string) bot.Citation {
	t.Helper()
	article := stored[seq]
	at := strings.Index(article.Text, s)
	if at < 0 {
		t.Fatalf("%q is not in article %d", s, seq)
	}
	return bot.Citation{Passage: retrieval.NewPassage(article, 0, len(article.Text)), Start: at, End: at + len(s), Quote: s}
}

func asked(q multihop.Question, a bot.Answer) Asked {
	return Asked{Question: q, Answer: a, Stored: stored}
}

func TestJudge(t *testing.T) {
	const fact = "Nobody was hurt, the fire service said."
	shifted := quote(t, 1, fact)
	shifted.Start++
	shifted.End++
	elsewhere := quote(t, 1, fact)
	elsewhere.Passage.Seq = 99
	changed := quote(t, 1, fact)
	changed.Quote = "Nobody was hurt,\nthe fire service said."
	outside := quote(t, 1, fact)
	outside.End = 10_000
	long := multihop.Question{Query: "Count.", Type: "single_query", Evidence: []multihop.Evidence{{URL: stored[4].URL, Outlet: "Lark", Fact: "one two three four"}}}
	absent := multihop.Question{Query: "What?", Type: "single_query", Evidence: []multihop.Evidence{
		{URL: stored[3].URL, Outlet: "Valley Dispatch", Fact: "It was insured for 3 million crowns"}}}
	mayor := multihop.Question{Query: "Of whom?", Type: "single_query", Evidence: []multihop.Evidence{{URL: stored[5].URL, Outlet: "Lark", Fact: "He spoke of the mayor."}}}
	titled := multihop.Question{Query: "What?", Type: "single_query", Evidence: []multihop.Evidence{
		{Outlet: "Valley Dispatch", Title: "Insured", Fact: "insured for 3 million crowns"}}}
	for _, c := range []struct {
		name     string
		question multihop.Question
		answer   bot.Answer
		// want are of: found article fact outlet-right outlet-wrong verbatim
		want string
	}{
		{"the fact", mill, cites(quote(t, 1, fact)), "found article fact outlet-right verbatim"},
		{"half of the fact", mill, cites(quote(t, 1, "the fire service said. The owner")), "found article fact outlet-right verbatim"},
		{"less than half", mill, cites(quote(t, 1, "Sunday. Nobody was hurt")), "found article outlet-right verbatim"},
		{"two quotes make the half", mill, cites(quote(t, 1, "Sunday. Nobody was"), quote(t, 1, "service said.")), "found article fact outlet-right verbatim verbatim"},
		{"its words elsewhere", mayor, cites(quote(t, 5, "The mayor of Tarn spoke.")), "found article verbatim"},
		{"another label of the house", mill, cites(quote(t, 2, "Mills burn.")), "found outlet-right verbatim"},
		{"another outlet too", mill, cites(quote(t, 1, fact), quote(t, 3, "The mill was insured")), "found article fact outlet-wrong verbatim verbatim"},
		{"refused", mill, bot.Answer{}, ""},
		{"one byte too far", mill, cites(shifted), "found article outlet-right"},
		{"not a stored version", mill, cites(elsewhere), "found article outlet-right"},
		{"a line break for a space", mill, cites(changed), "found article outlet-right"},
		{"beyond the end", mill, cites(outside), "found article outlet-right"},
		{"three sentences", mill, cites(quote(t, 1, stored[1].Text[:strings.Index(stored[1].Text, " The roof")])), "found article outlet-right verbatim"},
		{"sixty words", long, cites(quote(t, 4, strings.TrimSpace(stored[4].Text[:6*49]))), "found article fact verbatim"},
		{"seventy words", long, cites(quote(t, 4, strings.TrimSpace(stored[4].Text))), "found article verbatim"},
		{"a fact that is not in the article", absent, cites(quote(t, 3, "was insured for 3")), "found article fact verbatim"},
		{"fewer of its words", absent, cites(quote(t, 3, "was insured")), "found article verbatim"},
		{"no address", titled, cites(quote(t, 3, "insured for 3 million crowns")), "found article fact verbatim"},
		{"answered though null", multihop.Question{Query: "Who?", Type: "null_query"}, cites(quote(t, 2, "Mills burn.")), "found verbatim"},
		{"refused as null", multihop.Question{Query: "Who?", Type: "null_query"}, bot.Answer{}, ""},
	} {
		if got := strings.Join(said(Judge(asked(c.question, c.answer))), " "); got != c.want {
			t.Errorf("%s: judged %q, want %q", c.name, got, c.want)
		}
	}
}

// said are the words for what is judged.
func said(j Judged) []string {
	var out []string
	add := func(is bool, word string) {
		if is {
			out = append(out, word)
		}
	}
	add(j.Found, "found")
	add(j.GoldArticle, "article")
	add(j.GoldFact, "fact")
	add(j.OutletRight != nil && *j.OutletRight, "outlet-right")
	add(j.OutletRight != nil && !*j.OutletRight, "outlet-wrong")
	return append(out, slices.Repeat([]string{"verbatim"}, j.verbatim)...)
}

func TestScore(t *testing.T) {
	null := multihop.Question{Query: "Who?", Type: "null_query"}
	list := []Asked{
		asked(mill, cites(quote(t, 1, "Nobody was hurt, the fire service said."))),
		asked(mill, cites(quote(t, 3, "The mill was insured for 3 million crowns"))),
		asked(mill, bot.Answer{}),
		asked(mill, bot.Answer{}),
		asked(null, bot.Answer{}),
		asked(null, bot.Answer{}),
		asked(null, bot.Answer{}),
		asked(null, cites(quote(t, 2, "Mills burn."))),
	}
	for i := range list {
		list[i].Took = time.Duration(i+1) * time.Second
		list[i].Waited = list[i].Took - 5*time.Millisecond
	}
	got := Score(list)
	got.Questions = nil
	data, err := json.Marshal(got)
	want := `{"n":8,"null_refused":0.75,"answered":0.5,"refusal_balanced_accuracy":0.625,"gold_article_cited":0.25,"gold_fact_quoted":0.25,` +
		`"outlet_right":0.5,"verbatim":1,"words_median":3,"quote_words_median":7,"seconds_median":4,"latency_ms":{"p50":5,"p95":5,"p99":5},` +
		`"by_type":{"null_query":{"n":4,"answered":0.25,"gold_article_cited":0,"gold_fact_quoted":0,"words_median":3},` +
		`"outlet_query":{"n":4,"answered":0.5,"gold_article_cited":0.25,"gold_fact_quoted":0.25,"words_median":3}}}`
	if err != nil || string(data) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, data, want)
	}
}

// Shares of nothing are 0, and that is said.
func TestScoreNothing(t *testing.T) {
	got := Score(nil)
	if got.N != 0 || got.Balanced != 0 || len(got.Notes) != 3 {
		t.Errorf("%+v", got)
	}
}
