package access

import (
	"slices"
	"testing"

	"newsdesk/corpus/store"
)

func TestChannels(t *testing.T) {
	a, db, _ := open(t)
	write := func(f func(tx store.Tx) error) {
		t.Helper()
		if err := db.Write(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	of := func(person int64) []Channel {
		t.Helper()
		all, err := a.Channels(t.Context(), person)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	enter := func(c Channel) {
		t.Helper()
		write(func(tx store.Tx) error { return a.EnteredChannel(t.Context(), tx, c) })
	}
	if got := of(1); got != nil {
		t.Errorf("%+v", got)
	}
	enter(Channel{Chat: -101, Person: 1, Title: "Morning"})
	enter(Channel{Chat: -100, Person: 1, Title: "Evening", MayPost: true, MayEdit: true})
	// Another admin gives the right that lacked: both see it.
	enter(Channel{Chat: -101, Person: 2, Title: "Mornings", MayPost: true})
	want := []Channel{{Chat: -100, Person: 1, Title: "Evening", MayPost: true, MayEdit: true}, {Chat: -101, Person: 1, Title: "Mornings", MayPost: true}}
	if got := of(1); !slices.Equal(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	if got := of(2); len(got) != 1 || got[0].Chat != -101 {
		t.Errorf("%+v", got)
	}
	write(func(tx store.Tx) error { return a.LeftChannel(t.Context(), tx, -101) })
	if got := of(2); got != nil {
		t.Errorf("after it left: %+v", got)
	}
}
