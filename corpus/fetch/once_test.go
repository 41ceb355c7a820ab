package fetch

import (
	"errors"
	"net/http"
	"testing"
)

// TestOnce: a connection that was kept and is cut without an answer does not have
// the request sent again at once, which would be faster than the pace.
func TestOnce(t *testing.T) {
	w := newWorld(t)
	mux := w.site()
	mux.Handle("/a", text("a"))
	asked := 0
	mux.HandleFunc("/cut", func(http.ResponseWriter, *http.Request) {
		asked++
		panic(http.ErrAbortHandler)
	})
	if _, err := w.get(home + "/a"); err != nil {
		t.Fatal(err)
	}
	_, err := w.get(home + "/cut")
	if failed, _ := errors.AsType[*Error](err); !errors.Is(err, ErrUnavailable) || failed.Detail != "the connection was cut" {
		t.Error(err)
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	if r, err := w.get(home + "/a"); err != nil || string(r.Body) != "a" {
		t.Errorf("%+v, %v", r, err)
	}
}
