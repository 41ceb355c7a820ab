package chat

import (
	"reflect"
	"testing"

	"newsdesk/bot/schedule"
	"newsdesk/corpus/store"
)

// FuzzPressed: whatever a button brings back from a person, and whatever it stands
// under, is answered without an error, and changes no digest or outlet of others.
func FuzzPressed(f *testing.F) {
	for _, seed := range []string{"g:1", "g:of.1", "g:new.2", "e:1.times=600", "e:2.quiet=1-2", "o:1.pause", "o:found.0.0", "y:1", "q:x", "m:only.8", "s:zone=UTC", "f:no", "g:1.only.0", "e:1.topics=all"} {
		f.Add(seed, "№ 1 · x https://herald.example/feed")
	}
	r := newRoom(f, Open)
	keep := func(tx store.Tx) error {
		_, err := r.desk.Schedule.Keep(f.Context(), tx, schedule.Default("1", r.desk.Now()))
		return err
	}
	if err := r.db.Write(f.Context(), keep); err != nil {
		f.Fatal(err)
	}
	before := r.one()
	f.Fuzz(func(t *testing.T, action, under string) {
		m := Message{Place: Place{Chat: 2, Kind: Private}, From: Person{ID: 2}, ID: 9, Addressed: true, Pressed: action, RepliedTo: under}
		out, err := r.desk.Handle(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		if out.Commit != nil {
			if err := r.db.Write(t.Context(), func(tx store.Tx) error { return out.Commit(t.Context(), tx) }); err != nil {
				t.Fatal(err)
			}
		}
		after, err := r.desk.Schedule.Get(t.Context(), before.ID)
		if err != nil || !reflect.DeepEqual(after, before) {
			t.Fatalf("%+v, %v", after, err)
		}
		for _, p := range out.Posts {
			if p.Chat != 2 { // the person's own
				t.Fatalf("%+v", p)
			}
		}
	})
}

// FuzzTimes: what is read as times of day is some.
func FuzzTimes(f *testing.F) {
	for _, seed := range []string{"08:00 18:30", "8.05,9:15", "۰۸:۰۰؛ ٢٣:٥٩", "24:00", "", ":", "1:2:3", "99999999999999999999:00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		times, ok := timesIn(text)
		if ok != (len(times) > 0) {
			t.Fatalf("%q: %v, %v", text, times, ok)
		}
		for _, at := range times {
			if at < 0 || at >= 24*60 {
				t.Fatalf("%q: %v", text, times)
			}
		}
	})
}
