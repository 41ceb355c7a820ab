package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"newsdesk/corpus/store"
)

// TestYears runs years of digests in six zones through crashes, downtime and
// jumps of the clock, and then holds what reached the channels against a list of
// slots that was made in another way. One year by default, the four months of spring
// with -short, five years twice with NEWSDESK_YEARS=full.
func TestYears(t *testing.T) {
	months, seeds := 12, uint64(1)
	if testing.Short() {
		months = 4
	}
	if os.Getenv("NEWSDESK_YEARS") == "full" {
		months, seeds = 60, 2
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t, seed, months)
			w.run()
			w.check()
		})
	}
}

// errCrash ends the process between two steps, or in one before it is committed.
var errCrash = errors.New("the process ended")

// message is what Telegram has: it survives every crash.
type message struct {
	slot int64
	at   time.Time
	late bool
}

// span is a stretch of what the clock shows in which the process did not run, or
// which the clock left out or showed twice.
type span struct{ from, to time.Time }

// world is everything around the schedule.
type world struct {
	t    *testing.T
	rng  *rand.Rand
	path string
	// steady is a clock that never jumps, skew what the machine's is off by, until
	// the given time.
	steady  time.Time
	skew    time.Duration
	skewEnd time.Time
	end     time.Time
	calm    bool // no crash, no downtime, no jump from here on

	db   *store.DB
	s    *Schedule
	subs []Subscription
	// want are the slots as the test knows them, by subscription.
	want map[int64][]wanted
	// moments are those of want, ascending.
	moments []time.Time

	channel                         []message
	disturbed                       []span
	crashes, jumps, downs, restarts int
	doubles, ghosts                 int
	empty, dropped                  map[int64]bool
}

// wanted is a slot as the test knows it.
type wanted struct {
	day  string
	time TimeOfDay
	at   time.Time
	skip bool // by quiet hours
}

// start is in years in which five of the six zones had daylight saving.
var start = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)

var zones = []string{"Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Tehran", "Australia/Lord_Howe", "Asia/Kathmandu"}

func newWorld(t *testing.T, seed uint64, months int) *world {
	w := &world{
		t: t, rng: rand.New(rand.NewPCG(seed, 8)), path: filepath.Join(t.TempDir(), "newsdesk.db"),
		steady: start, end: start.AddDate(0, months, 0), want: map[int64][]wanted{},
		empty: map[int64]bool{}, dropped: map[int64]bool{},
	}
	w.open()
	t.Cleanup(func() { w.db.Close() })
	for i, zone := range zones {
		w.subscribe(zone, []TimeOfDay{2*60 + 30, 8 * 60}, func(*Subscription) {})
		w.subscribe(zone, []TimeOfDay{15, 6*60 + 10, 23*60 + 30}, func(s *Subscription) {
			switch i % 3 {
			case 0:
				s.Quiet = Quiet{From: 23 * 60, To: 7 * 60, Rule: MoveQuiet}
			case 1:
				s.Quiet = Quiet{From: 23 * 60, To: 6 * 60, Rule: SkipQuiet}
				s.Days = Weekdays(time.Monday, time.Wednesday, time.Sunday)
			case 2:
				s.Approver = 7
			}
		})
	}
	slices.SortFunc(w.moments, time.Time.Compare)
	return w
}

func (w *world) open() {
	w.t.Helper()
	db, err := store.Open(context.Background(), slog.New(slog.DiscardHandler), w.path)
	if err != nil {
		w.t.Fatal(err)
	}
	const outbox = `CREATE TABLE letters (slot INTEGER PRIMARY KEY, late INTEGER NOT NULL);`
	if err := db.Migrate(context.Background(), "letters", outbox); err != nil {
		w.t.Fatal(err)
	}
	w.db = db
	if w.s, err = New(context.Background(), db); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) subscribe(zone string, times []TimeOfDay, with func(*Subscription)) {
	w.t.Helper()
	s := Default(fmt.Sprintf("@channel%d", len(w.subs)), start)
	s.Zone, s.Times = zone, times
	with(&s)
	err := w.db.Write(context.Background(), func(tx store.Tx) (err error) {
		s, err = w.s.Keep(context.Background(), tx, s)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.subs = append(w.subs, s)
	w.want[s.ID] = expect(w.t, s, start, w.end)
	for _, x := range w.want[s.ID] {
		w.moments = append(w.moments, x.at)
	}
}

// expect lists the slots of s that come in (from, to], by looking at every minute
// of the zone's clock: a slot comes when its clock first shows its time or later.
func expect(t *testing.T, s Subscription, from, to time.Time) []wanted {
	t.Helper()
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		t.Fatal(err)
	}
	type target struct {
		wall time.Time // as though the zone were UTC
		slot wanted
	}
	var targets []target
	for day := from.AddDate(0, 0, -3); day.Before(to.AddDate(0, 0, 3)); day = day.AddDate(0, 0, 1) {
		for _, tod := range s.Times {
			if !s.Days.Has(day.Weekday()) {
				continue
			}
			x := target{day.Add(time.Duration(tod) * time.Minute), wanted{day: day.Format(time.DateOnly), time: tod}}
			if q := s.Quiet; q.From > q.To && (tod >= q.From || tod < q.To) {
				x.slot.skip = q.Rule == SkipQuiet
				if q.Rule == MoveQuiet {
					x.wall = day.Add(time.Duration(q.To) * time.Minute)
				}
				if q.Rule == MoveQuiet && tod >= q.From {
					x.wall = x.wall.AddDate(0, 0, 1)
				}
			}
			targets = append(targets, x)
		}
	}
	slices.SortStableFunc(targets, func(a, b target) int { return a.wall.Compare(b.wall) })
	var out []wanted
	for at := from.AddDate(0, 0, -5); at.Before(to.AddDate(0, 0, 5)); at = at.Add(time.Minute) {
		_, offset := at.In(zone).Zone()
		wall := at.Add(time.Duration(offset) * time.Second)
		for len(targets) > 0 && !targets[0].wall.After(wall) {
			x := targets[0].slot
			x.at = at
			targets = targets[1:]
			if at.After(from) && !at.After(to) {
				out = append(out, x)
			}
		}
	}
	return out
}

// now is what the machine's clock shows.
func (w *world) now() time.Time { return w.steady.Add(w.skew) }

// chance is true once in n times.
func (w *world) chance(n int) bool { return !w.calm && w.rng.IntN(n) == 0 }

// step does one thing that is durable by itself; the process may end before it,
// in it and after it.
func (w *world) step(do func(tx store.Tx) error) error {
	const rare = 150
	if w.chance(rare) {
		return errCrash
	}
	inside := w.chance(rare)
	err := w.db.WriteSoon(context.Background(), func(tx store.Tx) error {
		if err := do(tx); err != nil {
			return err
		}
		if inside {
			return errCrash
		}
		return nil
	})
	if err == nil && w.chance(rare) {
		return errCrash
	}
	return err
}

func (w *world) run() {
	for w.steady.Before(w.end.AddDate(0, 0, -7)) {
		w.tick()
		w.pass()
	}
	w.jump(0)
	w.calm = true
	for w.steady.Before(w.end.Add(time.Hour)) {
		w.tick()
		w.pass()
	}
	for range 6 { // each part leaves the others something to do
		w.tick()
	}
}

// tick is what a process does again and again; a crash in it is a new process.
func (w *world) tick() {
	for {
		err := w.work()
		if err == nil {
			return
		}
		if !errors.Is(err, errCrash) {
			w.t.Fatal(err)
		}
		w.crashes++
		if err := w.db.Close(); err != nil {
			w.t.Fatal(err)
		}
		w.open()
		if w.chance(10) {
			w.down()
		}
		w.steady = w.steady.Add(time.Duration(w.rng.IntN(5000)) * time.Millisecond)
	}
}

// pass lets time go by.
func (w *world) pass() {
	before := w.now()
	i, _ := slices.BinarySearchFunc(w.moments, before, time.Time.Compare)
	wait := 3 * time.Hour
	if i < len(w.moments) && w.moments[i].Sub(before) < wait {
		wait = w.moments[i].Sub(before)
	}
	if w.busy() && wait > 4*time.Minute {
		wait = 4 * time.Minute
	}
	w.steady = w.steady.Add(wait + time.Duration(w.rng.IntN(40_000))*time.Millisecond)
	switch {
	case w.skew != 0 && w.steady.After(w.skewEnd):
		w.jump(0)
	case w.chance(500):
		w.down()
	case w.chance(400):
		unit := []time.Duration{time.Minute, time.Hour, 24 * time.Hour, 20 * 24 * time.Hour}[w.rng.IntN(4)]
		w.jump(time.Duration((w.rng.Float64()*20 - 10) * float64(unit)))
		w.skewEnd = w.steady.Add(time.Duration(w.rng.IntN(48*60)) * time.Minute)
	}
}

// down is a time in which the process does not run.
func (w *world) down() {
	unit := time.Hour
	if w.chance(20) {
		unit = 48 * time.Hour
	}
	before := w.now()
	w.steady = w.steady.Add(time.Duration(w.rng.Float64() * 10 * float64(unit)))
	w.downs++
	w.disturbed = append(w.disturbed, span{before, w.now()})
}

func (w *world) jump(skew time.Duration) {
	before := w.now()
	w.skew = skew
	w.jumps++
	after := w.now()
	if after.Before(before) {
		before, after = after, before
	}
	w.disturbed = append(w.disturbed, span{before, after})
}

func (w *world) busy() bool {
	var n int
	err := w.db.Read(context.Background(), func(tx store.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT (SELECT count(*) FROM letters) +
			(SELECT count(*) FROM schedule_slots s WHERE `+live+` AND state = 'approving')`).Scan(&n)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n > 0
}

// work is one round of a process, whose parts know nothing of one another.
func (w *world) work() error {
	parts := []func() error{w.resolve, w.takeBack, w.finish, w.compose, w.press, w.send}
	w.rng.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	for _, do := range parts {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// resolve looks for the messages that may have been sent by a process that ended.
// One time in five it may not look.
func (w *world) resolve() error {
	all, err := w.s.Doubtful(context.Background())
	if err != nil {
		return err
	}
	for _, slot := range all {
		id := w.look(slot)
		if id > 0 && !w.chance(5) {
			err = w.step(func(tx store.Tx) error {
				if err := unletter(tx, slot.ID); err != nil {
					return err
				}
				return ok(w.s.Found(context.Background(), tx, slot.ID, id))
			})
		} else {
			err = w.step(func(tx store.Tx) error { return ok(w.s.Lost(context.Background(), tx, slot.ID)) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// look finds the slot's message after the one that was known to be the newest; 0
// when it is not there.
func (w *world) look(slot Slot) int {
	for i := slot.After; i < len(w.channel); i++ {
		if w.channel[i].slot == slot.ID {
			return i + 1
		}
	}
	return 0
}

func (w *world) takeBack() error {
	all, err := w.s.Waiting(context.Background(), w.now())
	if err != nil {
		return err
	}
	for _, slot := range all {
		err := w.step(func(tx store.Tx) error {
			if err := unletter(tx, slot.ID); err != nil {
				return err
			}
			return ok(w.s.TakeBack(context.Background(), tx, slot.ID))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *world) finish() error {
	all, err := w.s.In(context.Background(), Sent)
	if err != nil {
		return err
	}
	for _, slot := range all {
		err := w.step(func(tx store.Tx) error { return ok(w.s.Done(context.Background(), tx, slot.ID)) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *world) compose() error {
	due, err := w.s.Due(context.Background(), w.now())
	if err != nil {
		return err
	}
	for _, slot := range due {
		if slot.At.After(w.now()) || !slot.From.Before(slot.At) {
			return fmt.Errorf("due at %v: %+v", w.now(), slot)
		}
		if slot.State == Planned {
			err := w.step(func(tx store.Tx) error {
				return ok(w.s.Compose(context.Background(), tx, slot, []byte("what happened")))
			})
			if err != nil {
				return err
			}
		}
		if err := w.onward(slot); err != nil {
			return err
		}
	}
	return nil
}

// onward is what becomes of a slot that is composed.
func (w *world) onward(slot Slot) error {
	if w.chance(40) {
		return w.step(func(tx store.Tx) error {
			w.empty[slot.ID] = true
			return ok(w.s.Skip(context.Background(), tx, slot.ID, Empty))
		})
	}
	if slot.Subscription.Approver != 0 {
		return w.step(func(tx store.Tx) error { return ok(w.s.Submit(context.Background(), tx, slot.ID)) })
	}
	return w.store(slot)
}

func (w *world) store(slot Slot) error {
	return w.step(func(tx store.Tx) error {
		if err := ok(w.s.Store(context.Background(), tx, slot)); err != nil {
			return err
		}
		_, err := tx.Exec(context.Background(), `INSERT INTO letters (slot, late) VALUES (?, ?)`, slot.ID, slot.Late > 0)
		return err
	})
}

// press is the admin, who answers a draft sooner or later.
func (w *world) press() error {
	all, err := w.s.In(context.Background(), Approving)
	if err != nil {
		return err
	}
	for _, slot := range all {
		switch {
		case w.chance(2):
			continue
		case w.chance(10):
			w.dropped[slot.ID] = true
			err = w.step(func(tx store.Tx) error { return ok(w.s.Skip(context.Background(), tx, slot.ID, Dropped)) })
		default:
			err = w.store(slot)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// send is the outbox: mark, send, mark.
func (w *world) send() error {
	for _, l := range w.letters() {
		var may bool
		err := w.step(func(tx store.Tx) (err error) {
			may, err = w.s.Sending(context.Background(), tx, l.slot, w.now(), len(w.channel))
			return err
		})
		if err != nil {
			return err
		}
		if !may {
			continue
		}
		if w.chance(40) {
			if err := w.step(func(tx store.Tx) error { return ok(w.s.Unsent(context.Background(), tx, l.slot)) }); err != nil {
				return err
			}
			continue
		}
		w.channel = append(w.channel, message{l.slot, w.now(), l.late})
		if w.chance(60) { // the answer does not come
			if err := w.step(func(tx store.Tx) error { return ok(w.s.Unsure(context.Background(), tx, l.slot)) }); err != nil {
				return err
			}
			continue
		}
		err = w.step(func(tx store.Tx) error {
			if err := unletter(tx, l.slot); err != nil {
				return err
			}
			return ok(w.s.Sent(context.Background(), tx, l.slot, len(w.channel)))
		})
		if err != nil {
			return err
		}
		err = w.step(func(tx store.Tx) error { return ok(w.s.Done(context.Background(), tx, l.slot)) })
		if err != nil {
			return err
		}
	}
	return nil
}

type letter struct {
	slot int64
	late bool
}

func (w *world) letters() []letter {
	var all []letter
	err := w.db.Read(context.Background(), func(tx store.Tx) error {
		rows, err := tx.Query(context.Background(), `SELECT slot, late FROM letters ORDER BY slot`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var l letter
			if err := rows.Scan(&l.slot, &l.late); err != nil {
				return err
			}
			all = append(all, l)
		}
		return rows.Err()
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func unletter(tx store.Tx, slot int64) error {
	_, err := tx.Exec(context.Background(), `DELETE FROM letters WHERE slot = ?`, slot)
	return err
}

// ok turns a step that was not taken into an error: here nobody else works.
func ok(taken bool, err error) error {
	if err == nil && !taken {
		return errors.New("a step was refused")
	}
	return err
}

// check holds the rows and the channel against what was wanted.
func (w *world) check() {
	posts := map[int64][]message{}
	for _, m := range w.channel {
		posts[m.slot] = append(posts[m.slot], m)
	}
	counts := map[string]int{}
	for _, s := range w.subs {
		w.checkOf(s, posts, counts)
	}
	doubts, err := w.s.Doubts(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	if doubts.Open != 0 || w.doubles+w.ghosts > doubts.Lost {
		w.t.Errorf("%d doubles, counted %+v", w.doubles, doubts)
	}
	if len(w.letters()) != 0 {
		w.t.Errorf("%d letters were left", len(w.letters()))
	}
	if w.crashes == 0 || w.jumps == 0 || w.downs == 0 || doubts.Found == 0 || doubts.Lost == 0 || w.doubles == 0 {
		w.t.Errorf("too little happened: %d crashes, %d jumps, %d times down, %+v", w.crashes, w.jumps, w.downs, doubts)
	}
	w.t.Logf("%d slots wanted: %v; %d crashes, %d jumps of the clock, %d times down; sent and not marked: %+v, posted twice of these %d, posted and given up as too late %d",
		len(w.moments), counts, w.crashes, w.jumps, w.downs, doubts, w.doubles, w.ghosts)
}

func (w *world) checkOf(s Subscription, posts map[int64][]message, counts map[string]int) {
	t := w.t
	rows := map[string]Slot{}
	for _, slot := range w.rows(s) {
		key := slot.Day + " " + slot.Time.String()
		if _, twice := rows[key]; twice {
			t.Errorf("%s %s is two rows", s.Zone, key)
		}
		rows[key] = slot
		w.checkRow(s, slot, posts[slot.ID])
	}
	for i, x := range w.want[s.ID] {
		key := x.day + " " + x.time.String()
		slot, ok := rows[key]
		switch {
		case !ok:
			t.Errorf("%s %s has no row", s.Zone, key)
			continue
		case !slot.At.Equal(x.at):
			t.Errorf("%s %s came at %v, want %v", s.Zone, key, slot.At, x.at)
		case !w.undisturbed(x.at):
		case x.skip:
			if slot.State != Folded || slot.Reason != InQuiet {
				t.Errorf("%s %s in quiet hours is %s %s", s.Zone, key, slot.State, slot.Reason)
			}
		case slot.State != Done && !w.excused(s, slot, i):
			t.Errorf("%s %s is %s %s, and nothing kept it from being posted", s.Zone, key, slot.State, slot.Reason)
		}
		counts[string(slot.State)+" "+string(slot.Reason)]++
	}
	w.checkPeriods(s)
}

// checkRow wants a slot posted once or skipped for a reason.
func (w *world) checkRow(s Subscription, slot Slot, posts []message) {
	t := w.t
	switch slot.State {
	case Done:
		if len(posts) == 0 || len(posts)-1 > slot.Lost {
			t.Errorf("%s %s %s was posted %d times, %d in doubt", s.Zone, slot.Day, slot.Time, len(posts), slot.Lost)
		}
		w.doubles += max(0, len(posts)-1)
	case Skipped, Folded:
		// What was sent, not marked and not found can be too late to be sent again.
		w.ghosts += len(posts)
		if slot.Reason == "" || len(posts) > slot.Lost {
			t.Errorf("%s %s %s is %s for %q and was posted %d times", s.Zone, slot.Day, slot.Time, slot.State, slot.Reason, len(posts))
		}
	default:
		t.Errorf("%s %s %s is still %s", s.Zone, slot.Day, slot.Time, slot.State)
	}
	for i, m := range posts {
		late := m.at.Sub(slot.At)
		switch {
		case i > 0 || s.Approver != 0:
		case late > s.Window+5*time.Minute || late < 0 && w.undisturbed(slot.At):
			t.Errorf("%s %s %s was posted %v late", s.Zone, slot.Day, slot.Time, late)
		case m.late != (late > OnTime) && w.undisturbed(slot.At):
			t.Errorf("%s %s %s was posted %v late and said so: %v", s.Zone, slot.Day, slot.Time, late, m.late)
		}
	}
}

// undisturbed reports whether the process ran with a steady clock when a slot
// came and as long as it could be posted.
func (w *world) undisturbed(at time.Time) bool {
	until := at.Add(4 * time.Hour)
	return !slices.ContainsFunc(w.disturbed, func(d span) bool { return d.from.Before(until) && d.to.After(at.Add(-time.Minute)) })
}

// excused reports whether a slot was rightly not posted in quiet times: the period
// was empty, the draft was dropped or waited too long, or another came at the same
// moment.
func (w *world) excused(s Subscription, slot Slot, i int) bool {
	switch slot.Reason {
	case Empty:
		return w.empty[slot.ID]
	case Dropped:
		return w.dropped[slot.ID]
	case Superseded:
		next := w.want[s.ID][min(i+1, len(w.want[s.ID])-1)].at
		return next.Equal(slot.At) || s.Approver != 0
	}
	return false
}

// checkPeriods wants what was posted, and what was skipped for good, to leave
// nothing out: between the first and the last of them each moment is in a period.
func (w *world) checkPeriods(s Subscription) {
	var covered []span
	for _, slot := range w.rows(s) {
		if slot.State != Folded && !slot.At.After(w.end) {
			covered = append(covered, span{slot.From, slot.At})
		}
	}
	slices.SortFunc(covered, func(a, b span) int { return a.from.Compare(b.from) })
	until := covered[0].to
	for _, c := range covered {
		if c.from.After(until) {
			w.t.Errorf("%s: nothing tells what was from %v to %v", s.Zone, until, c.from)
		}
		if c.to.After(until) {
			until = c.to
		}
	}
}

// rows are all slots of s, by their moments.
func (w *world) rows(s Subscription) []Slot {
	var all []Slot
	err := w.db.Read(context.Background(), func(tx store.Tx) (err error) {
		all, err = slots(context.Background(), tx, `WHERE s.subscription = ? ORDER BY s.at, s.day, s.time`, s.ID)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}
