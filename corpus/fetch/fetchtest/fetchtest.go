// Package fetchtest is the network for tests of whoever fetches: connections in
// memory, so that no test touches a real one.
//
// # Design
//
// A [Listener] is what an http.Server serves at, and its Dial is what a client is
// given (fetch.Settings.Dial). Which names there are and who answers at them is the
// test's own; what a resolver says of the others is [NoSuchHost]. Connections are
// pipes and belong to the bubble of testing/synctest in which they are made, if any.
package fetchtest

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
)

// errRefused is what a dialler says where nobody listens.
var errRefused = errors.New("connection refused")

// Listener hands the connections of Dial to whoever accepts them. Safe for
// concurrent use.
type Listener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

var _ net.Listener = (*Listener)(nil)

// Listen returns an open listener.
func Listen() *Listener {
	return &Listener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

// Dial connects to l, whatever the network and the address. It waits until the
// connection is accepted; a nil or closed listener refuses it.
func (l *Listener) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	if l == nil {
		return nil, errRefused
	}
	here, there := net.Pipe()
	select {
	case l.conns <- there:
		return here, nil
	case <-l.closed:
		return nil, errRefused
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept implements net.Listener.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener; it may be called again. Connections stay open.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr implements net.Listener; there is no address.
func (l *Listener) Addr() net.Addr { return &net.TCPAddr{} }

// NewServer returns a server that keeps what goes wrong with its connections to
// itself: tests break them on purpose.
func NewServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
}

// NoSuchHost is a resolver's answer to a name that nobody has.
func NoSuchHost(name string) error {
	return &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}
