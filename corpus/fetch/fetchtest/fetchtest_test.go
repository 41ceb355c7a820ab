package fetchtest

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
)

func TestServed(t *testing.T) {
	l := Listen()
	server := NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ferry at "+r.Host) }))
	go server.Serve(l)
	defer server.Close()
	client := http.Client{Transport: &http.Transport{DialContext: l.Dial, DisableKeepAlives: true}}
	answer, err := client.Get("http://harbour-herald.example/")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); string(body) != "ferry at harbour-herald.example" || err != nil {
		t.Errorf("%q, %v", body, err)
	}
}

func TestRefused(t *testing.T) {
	l := Listen()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Dial(ended, "tcp", "a:80"); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody accepts: %v", err)
	}
	for range 2 {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, l := range []*Listener{l, nil} {
		if _, err := l.Dial(t.Context(), "tcp", "a:80"); !errors.Is(err, errRefused) {
			t.Errorf("closed: %v", err)
		}
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("accepted when closed: %v", err)
	}
}

func TestNoSuchHost(t *testing.T) {
	var e *net.DNSError
	if err := NoSuchHost("nobody.example"); !errors.As(err, &e) || !e.IsNotFound || e.Name != "nobody.example" {
		t.Errorf("%v", err)
	}
}
