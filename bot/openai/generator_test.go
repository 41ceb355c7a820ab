package openai

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	api "github.com/sashabaranov/go-openai"
	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/bot/bottest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/openai"
)

var _ bot.Generator = (*Generator)(nil)

func prompt() bot.Prompt {
	return bot.Prompt{
		Task:     bot.AnswerTask,
		Question: "When does the pier close?",
		Today:    time.Date(2025, 1, 17, 0, 0, 0, 0, time.UTC),
		Passages: []retrieval.Passage{
			{Outlet: "Harbour Herald", Title: "Pier", Text: "The pier closes on 1 March."},
			{Outlet: "Valley Dispatch", Text: "Marta Oyelaran runs the kiosk."},
		},
	}
}

// collect reads a Generator to its end; the pieces before an error do not count.
func collect(ctx context.Context, g bot.Generator, p bot.Prompt) (string, error) {
	var b strings.Builder
	for piece, err := range g.Generate(ctx, p) {
		if err != nil {
			return "", err
		}
		b.WriteString(piece)
	}
	return b.String(), nil
}

var silent = slog.DiscardHandler

func TestStreams(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/streams.txtar")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]error{"cut": bot.ErrCut, "unavailable": retrieval.ErrUnavailable, "refused": retrieval.ErrRefused, "text": nil}
	for _, file := range archive.Files {
		t.Run(file.Name, func(t *testing.T) {
			first, body, _ := strings.Cut(string(file.Data), "\n")
			kind, want, _ := strings.Cut(first, " ")
			wanted, ok := kinds[kind]
			if !ok {
				t.Fatalf("unknown kind %q", kind)
			}
			s := newServer(t, says(http.StatusOK, body, "Content-Type", "text/event-stream"))
			got, err := collect(t.Context(), s.generator(silent), prompt())
			switch {
			case !errors.Is(err, wanted) || wanted == nil && err != nil:
				t.Errorf("%q and error %v, want %s", got, err, kind)
			case err == nil && got != strings.TrimSpace(want):
				t.Errorf("%q, want %q", got, want)
			case err != nil && !strings.Contains(err.Error(), want):
				t.Errorf("error %q does not contain %q", err, want)
			}
		})
	}
	if len(archive.Files) < 20 {
		t.Errorf("only %d streams were read", len(archive.Files))
	}
}

func TestTexts(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/texts.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.Files {
		raw, want, ok := strings.Cut(string(file.Data), "=>\n")
		if !ok {
			t.Fatalf("%s has no =>", file.Name)
		}
		if got, err := answerIn(raw); err != nil || got != strings.TrimSpace(want) {
			t.Errorf("%s: %q, %v, want %q", file.Name, got, err, want)
		}
	}
	if len(archive.Files) < 15 {
		t.Errorf("only %d texts were read", len(archive.Files))
	}
}

func TestJudgements(t *testing.T) {
	for name, c := range cases(t, "testdata/judgements.txtar", "=>") {
		if got, err := textIn(bot.JudgeTask, c.in); err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
}

func TestLines(t *testing.T) {
	for name, c := range cases(t, "testdata/lines.txtar", "=>") {
		for _, task := range []bot.Task{bot.RestateTask, bot.TranslateTask} {
			if got, err := textIn(task, c.in); err != nil || got != c.want {
				t.Errorf("%s: %s: %q, %v, want %q", name, task, got, err, c.want)
			}
		}
	}
}

func TestRefusedRequests(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   error
		words  string
	}{
		"unknown model": {says(404, `{"error":{"message":"model 'tiny' not found","type":"api_error"}}`), retrieval.ErrModel, "'tiny' not found"},
		"text 404":      {says(404, "404 page not found"), retrieval.ErrRefused, "page not found"},
		"wrong key":     {says(401, `{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}`), retrieval.ErrRefused, "Incorrect API key"},
		"page 502":      {says(502, "<html><head><title>502 Bad Gateway</title></head></html>"), retrieval.ErrUnavailable, "502 Bad Gateway"},
		"500":           {says(500, `{"error":{"message":"out of memory"}}`), retrieval.ErrUnavailable, "out of memory"},
		"429":           {says(429, `{"error":{"message":"slow down"}}`), retrieval.ErrUnavailable, "slow down"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := collect(t.Context(), newServer(t, c.answer).generator(silent), prompt())
			if !errors.Is(err, c.want) || got != "" || !strings.Contains(err.Error(), c.words) {
				t.Errorf("%q, %v, want %v with %q", got, err, c.want, c.words)
			}
		})
	}
}

func TestServerIsDown(t *testing.T) {
	s := newServer(t, streams(stop))
	g := s.generator(silent)
	s.http.Close()
	if _, err := collect(t.Context(), g, prompt()); !errors.Is(err, retrieval.ErrUnavailable) {
		t.Errorf("error %v", err)
	}
}

// handled sends requests to a handler in memory, so that a bubble of fake time
// can hold both ends.
type handled struct{ http.Handler }

func (h handled) RoundTrip(req *http.Request) (*http.Response, error) {
	reader, writer := io.Pipe()
	w := &answer{header: http.Header{}, body: writer, started: make(chan int, 1)}
	go func() {
		h.ServeHTTP(w, req)
		w.WriteHeader(http.StatusOK)
		writer.Close()
	}()
	select {
	case status := <-w.started:
		return &http.Response{StatusCode: status, Header: w.header, Body: reader, Request: req}, nil
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
}

// answer is the http.ResponseWriter of handled.
type answer struct {
	header  http.Header
	body    io.Writer
	started chan int
	begun   bool
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if !a.begun {
		a.begun = true
		a.started <- status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// TestThroughDoer runs with the client that serves: retries, waits, silence.
func TestThroughDoer(t *testing.T) {
	good := streams(stop+done, "It closes on 1 March [1].")
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for name, c := range map[string]struct {
		answers []http.HandlerFunc
		want    error
		spent   time.Duration // at least
	}{
		"good":             {[]http.HandlerFunc{good}, nil, 0},
		"429 with a time":  {[]http.HandlerFunc{says(429, "slow", "Retry-After", "7"), good}, nil, 7 * time.Second},
		"500 then good":    {[]http.HandlerFunc{says(500, "oops"), good}, nil, 250 * time.Millisecond},
		"429 for too long": {[]http.HandlerFunc{says(429, "slow", "Retry-After", "3600")}, retrieval.ErrUnavailable, 0},
		"500 for ever":     {[]http.HandlerFunc{says(500, "oops")}, retrieval.ErrUnavailable, 500 * time.Millisecond},
		"hangs":            {[]http.HandlerFunc{hang}, retrieval.ErrUnavailable, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				s := &server{t: t, answers: c.answers}
				doer := openai.NewDoer(slog.New(silent), handled{s})
				g := New(slog.New(silent), "http://model.test/v1", testKey, "tiny", doer)
				got, err := collect(t.Context(), g, prompt())
				if !errors.Is(err, c.want) || c.want == nil && (err != nil || got != "It closes on 1 March [1].") {
					t.Errorf("%q, %v, want %v", got, err, c.want)
				}
				if spent := time.Since(start); spent < c.spent || spent > c.spent+2*time.Minute {
					t.Errorf("it took %v, want at least %v", spent, c.spent)
				}
			})
		})
	}
}

func TestNoAnswerForNobody(t *testing.T) {
	entered, left := make(chan struct{}), make(chan struct{})
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		streams("", "The pier")(w, r)
		w.(http.Flusher).Flush()
		close(entered)
		<-r.Context().Done()
		close(left)
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-entered; cancel() }()
	if got, err := collect(ctx, s.generator(silent), prompt()); !errors.Is(err, context.Canceled) || got != "" {
		t.Errorf("%q, %v", got, err)
	}
	<-left // the server was told
	if _, err := collect(ctx, s.generator(silent), prompt()); !errors.Is(err, context.Canceled) || s.count() != 1 {
		t.Errorf("after the end: %v, %d requests", err, s.count())
	}
}

// TestHangsAfterTheEnd: a server that keeps the connection open after the
// finish_reason does not hold up the answer for long.
func TestHangsAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		s := &server{t: t, answers: []http.HandlerFunc{func(w http.ResponseWriter, r *http.Request) {
			streams(stop, "Yes [1].")(w, r)
			<-r.Context().Done()
		}}}
		doer := openai.NewDoer(slog.New(silent), handled{s})
		got, err := collect(t.Context(), New(slog.New(silent), "http://model.test/v1", testKey, "tiny", doer), prompt())
		if got != "Yes [1]." || err != nil || time.Since(start) != usageWait {
			t.Errorf("%q, %v after %v", got, err, time.Since(start))
		}
	})
}

func TestHugeText(t *testing.T) {
	long := make([]string, 1100)
	for i := range long {
		long[i] = strings.Repeat("pier", 256)
	}
	s := newServer(t, streams(stop+done, long...))
	if got, err := collect(t.Context(), s.generator(silent), prompt()); !errors.Is(err, bot.ErrCut) || got != "" {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestNothingToAsk(t *testing.T) {
	s := newServer(t, streams(stop+done, "Yes."))
	for _, task := range []bot.Task{bot.AnswerTask, bot.DigestTask, bot.JudgeTask, "juggle", ""} {
		p := prompt()
		p.Task, p.Passages = task, nil
		if got, err := collect(t.Context(), s.generator(silent), p); got != "" || err != nil || s.count() != 0 {
			t.Errorf("%q without passages: %q, %v, %d requests", task, got, err, s.count())
		}
	}
}

// TestTasks: each task reaches the server, with passages where it has some, and
// its text is of its form.
func TestTasks(t *testing.T) {
	for task, c := range map[bot.Task]struct{ says, want string }{
		bot.AnswerTask:    {"<think>?</think>It closes on 1 March [1].", "It closes on 1 March [1]."},
		bot.DigestTask:    {"The pier closes [1]. A kiosk runs [2].", "The pier closes [1]. A kiosk runs [2]."},
		bot.JudgeTask:     {"**No.** It says 1 March.", "no"},
		bot.RestateTask:   {"Question: When does the pier close?\nDone.", "When does the pier close?"},
		bot.TranslateTask: {"„Der Anleger schließt.“", "Der Anleger schließt."},
	} {
		s := newServer(t, streams(stop+done, c.says))
		p := prompt()
		p.Task = task
		if !needsPassages(task) {
			p.Passages = nil
		}
		if got, err := collect(t.Context(), s.generator(silent), p); got != c.want || err != nil || s.count() != 1 {
			t.Errorf("%s: %q, %v, %d requests, want %q", task, got, err, s.count(), c.want)
		}
	}
}

func TestTemperature(t *testing.T) {
	for model, sent := range map[string]bool{"tiny": true, "gpt-4o-mini": true, "o3-mini": false, "gpt-5": false, "gpt-6-sol": false} {
		s := newServer(t, streams(stop+done, "Yes [1]."))
		g := New(slog.New(silent), s.http.URL+"/v1", testKey, model, s.http.Client())
		if _, err := collect(t.Context(), g, prompt()); err != nil {
			t.Errorf("%s: %v", model, err)
		} else if got := s.requests[0].Temperature; (got != nil) != sent || sent && *got != 0 {
			t.Errorf("%s: temperature %v, want one: %t", model, got, sent)
		}
	}
}

func TestTemperatureIsRefused(t *testing.T) {
	refusal := says(400, `{"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}`)
	s := newServer(t, refusal, streams(stop+done, "Yes [1]."))
	got, err := collect(t.Context(), s.generator(silent), prompt())
	if err != nil || got != "Yes [1]." {
		t.Fatalf("%q, %v", got, err)
	}
	if first := s.requests[0].Temperature; first == nil || *first != 0 || s.requests[1].Temperature != nil {
		t.Errorf("temperatures %v, %v", s.requests[0].Temperature, s.requests[1].Temperature)
	}
}

func TestPromptFits(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, streams(stop+done, "Yes [1]."))
	p := prompt()
	p.Turns = []bot.Turn{{Question: "Old?", Answer: strings.Repeat("long ago ", 300)}}
	for range 20 {
		p.Passages = append(p.Passages, retrieval.Passage{Outlet: "Radio Solana", Text: strings.Repeat("Frost came early. ", 50)})
	}
	g := s.generator(slog.NewTextHandler(&log, nil)).Within(4096)
	if _, err := collect(t.Context(), g, p); err != nil {
		t.Fatal(err)
	}
	user := s.requests[0].Messages[1].Content
	left := strings.Count(user, "<passage ")
	if left < 3 || left > 12 || strings.Contains(user, "Old?") || !strings.Contains(user, "1 March") || !strings.Contains(user, p.Question) {
		t.Errorf("%d passages of %d were sent:\n%.500s", left, len(p.Passages), user)
	}
	if len(p.Passages) != 22 || len(p.Turns) != 1 {
		t.Error("the caller's prompt was changed")
	}
	if lines := strings.Count(log.String(), "passages were left out"); lines != 1 {
		t.Errorf("%d lines in the log:\n%s", lines, &log)
	}
	if _, err := collect(t.Context(), g.Within(200), p); err == nil || s.count() != 1 {
		t.Errorf("one passage too long for the context: %v, %d requests", err, s.count())
	}
}

func TestTokensAreOverEstimated(t *testing.T) {
	asking := func(question string) []api.ChatCompletionMessage {
		return render(bot.Prompt{Task: bot.AnswerTask, Question: question})
	}
	// Counted with the tokenizers of Llama 2 and Mistral 7B, the larger number.
	for text, tokens := range map[string]int{
		"The harbour council voted on Tuesday to close the old ferry pier, and its chairwoman said repairs would cost more than the city could pay.":                                   34,
		"Der Stadtrat beschloss am Dienstag die Schließung des alten Fähranlegers, und die Vorsitzende sagte, die Instandsetzung koste mehr, als die Stadt bezahlen könne.":            51,
		"El ayuntamiento del puerto votó el martes cerrar el viejo muelle del transbordador, y su presidenta dijo que las reparaciones costarían más de lo que la ciudad podía pagar.": 52,
		"Городской совет во вторник проголосовал за закрытие старого паромного причала.":                                                                                               28,
		"شورای بندر روز سه‌شنبه رأی داد که اسکله قدیمی کشتی بسته شود و رئیس آن گفت تعمیر آن بیش از توان شهر هزینه دارد.":                                                               110,
		"صوّت مجلس الميناء يوم الثلاثاء على إغلاق رصيف العبارات القديم، وقالت رئيسته إن الإصلاحات ستكلف أكثر مما تستطيع المدينة دفعه.":                                                 111,
		"港口委员会周二投票决定关闭旧渡轮码头，委员会主席表示维修费用超出了城市的支付能力。":                                                                                                                                    63,
		"항만 위원회는 화요일 낡은 여객선 부두를 폐쇄하기로 의결했으며 위원장은 수리비가 시의 능력을 넘는다고 말했다.":                                                                                                                91,
		"Satamaneuvosto päätti tiistaina sulkea vanhan lauttalaiturin, ja sen puheenjohtaja sanoi korjausten maksavan enemmän kuin kaupungilla on varaa.":                              59,
		"Dewan pelabuhan pada hari Selasa memutuskan menutup dermaga feri lama, dan ketuanya mengatakan biaya perbaikan melebihi kemampuan kota.":                                      55,
		"Marta Oyelaran, Xiomara Quispe-Villanueva and Dr Ngozi Okonjo of Szczecin met Wojciech Brzęczyszczykiewicz at Llanfairpwll.":                                                  53,
		"THE HARBOUR COUNCIL VOTED TO CLOSE THE OLD FERRY PIER ON TUESDAY":                                                                                                             29,
		"https://harbour-herald.example/2026/02/orlen-bridge?utm_source=x&id=93ab7f":                                                                                                   37,
	} {
		messages, before := asking(text), asking("")
		if got := tokensOf(messages) - tokensOf(before); got*answerShare < tokens*(answerShare-1) || got > 4*tokens {
			t.Errorf("%q: %d tokens, want about %d or more", text, got, tokens)
		}
		if got := fewestTokensOf(messages) - fewestTokensOf(before); got > tokens {
			t.Errorf("%q: at least %d tokens, want at most %d", text, got, tokens)
		}
	}
}

func TestServerReadsLess(t *testing.T) {
	for usage, warned := range map[string]bool{"40": true, "900": false, "0": false} {
		var log bytes.Buffer
		s := newServer(t, streams(stop+`data: {"choices":[],"usage":{"prompt_tokens":`+usage+`}}`+"\n\n"+done, "Yes [1]."))
		if _, err := collect(t.Context(), s.generator(slog.NewTextHandler(&log, nil)), prompt()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(log.String(), "read less"); got != warned {
			t.Errorf("%s tokens read: warned %t, want %t", usage, got, warned)
		}
	}
}

func TestTokensAreCounted(t *testing.T) {
	for name, c := range map[string]struct {
		end         string
		least, most int
	}{
		"as the server says":                {stop + `data: {"choices":[],"usage":{"prompt_tokens":900,"completion_tokens":17,"total_tokens":917}}` + "\n\n" + done, 917, 917},
		"over-estimated where it is silent": {stop + done, 300, 3000},
		"of a text that broke off":          {"", 300, 3000},
	} {
		s := newServer(t, streams(c.end, "Yes [1]."))
		spent := 0
		g := s.generator(slog.DiscardHandler).Counting(func(_ context.Context, tokens int) { spent += tokens })
		_, err := collect(t.Context(), g, prompt())
		if (err != nil) != (c.end == "") || spent < c.least || spent > c.most {
			t.Errorf("%s: %d tokens, %v", name, spent, err)
		}
	}
}

func TestBreakingOff(t *testing.T) {
	s := newServer(t, streams(stop+done, "Yes [1]."))
	for piece, err := range s.generator(silent).Generate(t.Context(), prompt()) {
		if err != nil || piece == "" {
			t.Errorf("%q, %v", piece, err)
		}
		break
	}
}

func FuzzAnswerIn(f *testing.F) {
	for _, text := range []string{"NONE", "<think>a</think>b", "a</think>b", "<think>", "None of it [1].", "Answer: no", "\"Who?\"", "a:\nb"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		text, err := answerIn(raw)
		if err == nil && (thoughts.MatchString(text) || text != strings.TrimSpace(text) || len(text) > len(raw)) {
			t.Errorf("%q gives %q", raw, text)
		}
		if said, err := textIn(bot.JudgeTask, raw); err == nil && said != "" && said != "yes" && said != "no" {
			t.Errorf("%q is judged %q", raw, said)
		}
		line, err := textIn(bot.RestateTask, raw)
		if err == nil && (strings.ContainsAny(line, "\r\n<>") || utf8.RuneCountInString(line) > maxLine || line != strings.TrimSpace(line)) {
			t.Errorf("%q makes the line %q", raw, line)
		}
	})
}

func TestConformance(t *testing.T) {
	bottest.TestGenerator(t, func(t *testing.T) bot.Generator {
		return newServer(t, streams(stop+done, "Nine boats. [2]")).generator(silent)
	})
}
