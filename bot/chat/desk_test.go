package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/bot/explain"
	"newsdesk/bot/feedback"
	"newsdesk/bot/locale"
	"newsdesk/bot/memory"
	"newsdesk/bot/schedule"
	"newsdesk/bot/settings"
	"newsdesk/corpus"
	"newsdesk/corpus/poll"
	"newsdesk/corpus/store"
	"newsdesk/retrieval"
	"newsdesk/retrieval/static"
	"newsdesk/retrieval/story"
)

type room struct {
	t      testing.TB
	desk   *Desk
	access *access.Access
	db     *store.DB
	asked  []bot.Question
	answer bot.Answer
	err    error
	about  []retrieval.Passage
	view   View
	// previewed are the digests of which a preview was wanted.
	previewed []schedule.Subscription
	// groupAdmin is the person who is an admin of every group.
	groupAdmin int64
	// last is what was said last, with its buttons.
	last Outcome
}

func newRoom(t testing.TB, door Door) *room {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	db, err := store.Open(t.Context(), log, filepath.Join(t.TempDir(), "newsdesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	now := func() time.Time { return time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC) }
	a, err := access.New(t.Context(), db, now)
	if err != nil {
		t.Fatal(err)
	}
	c, err := corpus.New(t.Context(), log, db, now)
	if err != nil {
		t.Fatal(err)
	}
	poller, err := poll.New(t.Context(), log, db, c, wire, poll.Settings{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	stories, err := newStories(t.Context(), log, db, c)
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, access: a, db: db, view: english(t)}
	r.desk = New(log, Needs{
		Corpus: c, Access: a, Answer: r.reply, Door: door, Now: now,
		Memory: must(memory.New(t.Context(), db, now)), Settings: must(settings.New(t.Context(), db)),
		Feedback: must(feedback.New(t.Context(), db)), Records: must(explain.New(t.Context(), db)), Locale: must(locale.New()),
		About:    func(context.Context, string, int) ([]retrieval.Passage, error) { return r.about, nil },
		Poller:   func(context.Context) (*poll.Poller, error) { return poller, nil },
		Stories:  func(ctx context.Context) (*story.Stories, error) { return stories, stories.Update(ctx) },
		Schedule: must(schedule.New(t.Context(), db)), Preview: r.preview,
		GroupAdmin: func(_ context.Context, _, person int64) (bool, error) { return person == r.groupAdmin, nil },
		Wipe:       func(context.Context, store.Tx, int64) (int, error) { return 2, nil },
		Operation: func(context.Context) (Operation, error) {
			return Operation{Version: "1.0", Since: now(), Received: 3}, nil
		},
	})
	return r
}

func newStories(ctx context.Context, log *slog.Logger, db *store.DB, c *corpus.Corpus) (*story.Stories, error) {
	e, err := static.New()
	if err != nil {
		return nil, err
	}
	return story.New(ctx, story.Needs{Log: log, DB: db, Corpus: c, Embedder: e, Tokens: e.AppendTokens})
}

// must is for what cannot fail here; a test that it fails in ends.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func english(t testing.TB) View {
	t.Helper()
	return NewView(must(locale.New()).For("en"))
}

func (r *room) preview(_ context.Context, s schedule.Subscription) (bot.Reply, error) {
	r.previewed = append(r.previewed, s)
	return bot.Reply{Blocks: []bot.Block{bot.Own(bot.Paragraph, "The digest.")}}, nil
}

func (r *room) reply(_ context.Context, q bot.Question) (bot.Answer, error) {
	r.asked = append(r.asked, q)
	return r.answer, r.err
}

// say handles a message and does what it leads to; it returns what is said,
// "-" for silence.
func (r *room) say(m Message) string {
	r.t.Helper()
	out, err := r.desk.Handle(r.t.Context(), m)
	if err != nil {
		r.t.Fatal(err)
	}
	err = r.db.Write(r.t.Context(), func(tx store.Tx) error {
		if out.Commit != nil {
			if err := out.Commit(r.t.Context(), tx); err != nil {
				return err
			}
		}
		if out.Report == nil {
			return nil
		}
		reply, err := out.Report(r.t.Context(), tx)
		out.Replies = append(out.Replies, reply)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	r.last = out
	if len(out.Replies) == 0 {
		return "-"
	}
	return plain(out.Replies[0])
}

func plain(r bot.Reply) string {
	var lines []string
	for _, b := range r.Blocks {
		line := ""
		for _, s := range b.Spans {
			line += s.Text
			if s.Link != "" {
				line += "<" + s.Link + ">"
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (r *room) invite(role access.Role) string {
	r.t.Helper()
	code, err := r.access.Invite(r.t.Context(), role)
	if err != nil {
		r.t.Fatal(err)
	}
	return code
}

var private = Place{Chat: 1, Kind: Private}

// TestConversation plays testdata/conversation.txtar: each file is a
// conversation; a line "WHO in WHERE: TEXT" is written, the line "→ TEXT" under
// it is the beginning of what must be said to that, "→ -" is silence. WHO is a
// number; WHERE is private or a group's number, with "not to us" behind it when
// the message is not addressed to the bot. CODE and ADMINCODE are codes that
// were printed.
func TestConversation(t *testing.T) {
	cases, err := txtar.ParseFile("testdata/conversation.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range cases.Files {
		t.Run(f.Name, func(t *testing.T) {
			door := Closed
			if strings.HasPrefix(f.Name, "open") {
				door = Open
			}
			r := newRoom(t, door)
			codes := strings.NewReplacer("ADMINCODE", r.invite(access.Admin), "CODE", r.invite(access.Member))
			lines := strings.Split(strings.TrimSpace(codes.Replace(string(f.Data))), "\n")
			for i := 0; i+1 < len(lines); i += 2 {
				want := strings.TrimPrefix(lines[i+1], "→ ")
				if got := r.say(written(t, lines[i])); !strings.HasPrefix(got, want) || want == "-" && got != "-" {
					t.Fatalf("%s\n got %s\nwant %s", lines[i], got, want)
				}
			}
		})
	}
}

func written(t *testing.T, line string) Message {
	t.Helper()
	head, text, ok := strings.Cut(line, ": ")
	var who int64
	var where string
	if _, err := fmt.Sscanf(head, "%d in %s", &who, &where); err != nil || !ok {
		t.Fatalf("unreadable line %q", line)
	}
	m := Message{From: Person{ID: who}, ID: 5, Place: Place{Chat: who, Kind: Private}, Text: text, Addressed: !strings.HasSuffix(head, "not to us")}
	if where != "private" {
		m.Place.Kind = Group
		if _, err := fmt.Sscan(where, &m.Place.Chat); err != nil {
			t.Fatal(err)
		}
	}
	if command, ok := strings.CutPrefix(text, "/"); ok {
		m.Command, m.Text, _ = strings.Cut(command, " ")
	}
	return m
}

func TestQuestionReachesTheAnswerer(t *testing.T) {
	r := newRoom(t, Open)
	r.answer = bot.Answer{Found: true, Sentences: []bot.Sentence{{Text: "It closed.", Citations: []int{1}}},
		Citations: []bot.Citation{{N: 1, Quote: "The pier closed on Tuesday.", Passage: retrieval.Passage{
			Outlet: "Harbour Herald", Title: "Pier closed", URL: "https://herald.example/1", Published: time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)}}}}
	got := r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Text: " is the pier closed? ", RepliedTo: "earlier words"})
	want := "It closed. [1]<https://herald.example/1>\n[1] Harbour Herald · 3 March 2026 · Pier closed<https://herald.example/1>"
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if len(r.asked) != 1 || r.asked[0].Text != "is the pier closed?" || len(r.asked[0].Turns) != 1 || r.asked[0].Now.IsZero() {
		t.Errorf("asked %+v", r.asked)
	}
}

func TestArticleWithoutLinkNamesTheOutletsPage(t *testing.T) {
	c := bot.Citation{N: 1, Quote: "x", Passage: retrieval.Passage{Outlet: "Herald", OutletURL: "https://herald.example/", Title: "T",
		Published: time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)}}
	got := plain(english(t).Answer(bot.Answer{Found: true, Sentences: []bot.Sentence{{Text: "x", Citations: []int{1}}}, Citations: []bot.Citation{c}}))
	want := "x [1]<https://herald.example/>\n[1] Herald (outlet’s home page<https://herald.example/>) · 3 March 2026 · T"
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestNotFound(t *testing.T) {
	day := time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	got := plain(english(t).Answer(bot.Answer{
		Searched: corpus.Extent{Articles: 1, Outlets: 1, From: day, To: day},
		Nearest:  []bot.Nearest{{Outlet: "Herald", Title: "T", URL: "https://herald.example/1", Published: day}},
	}))
	want := "The articles here do not answer this.\nSearched: 1 article of 1 outlet, 3 March 2026.\nWhat comes nearest:\n• Herald · 3 March 2026 · T<https://herald.example/1>"
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if got := plain(english(t).Answer(bot.Answer{})); !strings.Contains(got, "no articles") {
		t.Errorf("an empty corpus: %s", got)
	}
}

func TestFailureOfTheAnswererIsNotSwallowed(t *testing.T) {
	r := newRoom(t, Open)
	r.err = errors.New("boom")
	_, err := r.desk.Handle(t.Context(), Message{Place: private, From: Person{ID: 1}, Addressed: true, Text: "why?"})
	if !errors.Is(err, r.err) {
		t.Errorf("got %v", err)
	}
}

func TestCodeIsUsedOnlyWithItsReply(t *testing.T) {
	r := newRoom(t, Closed)
	m := Message{Place: private, From: Person{ID: 1}, Addressed: true, Text: r.invite(access.Member)}
	out, err := r.desk.Handle(t.Context(), m)
	if err != nil || out.Commit == nil {
		t.Fatalf("%+v, %v", out, err)
	}
	// The process ends here; the message is handled again by the next.
	if got := r.say(m); !strings.HasPrefix(got, "Welcome.") {
		t.Errorf("the second time: %s", got)
	}
}

func TestDigest(t *testing.T) {
	d := bot.Digest{From: time.Date(2026, 3, 11, 8, 0, 0, 0, time.UTC), To: time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)}
	if got := plain(english(t).Digest(d)); !strings.Contains(got, "Nothing new") || !strings.Contains(got, "11 March 2026 to 12 March 2026") {
		t.Errorf("an empty period: %s", got)
	}
}
