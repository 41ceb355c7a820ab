package polltest

import (
	"context"
	"fmt"
	"net"
	"net/netip"

	"newsdesk/corpus/fetch/fetchtest"
)

// Start serves the world in memory: [World.Resolve] and [World.Dial] lead there. It
// belongs to the bubble of testing/synctest in which it is called, if any.
func (w *World) Start() {
	w.server = fetchtest.NewServer(w)
	go w.server.Serve(w.memory) // it ends with Close
}

// Listen serves each outlet at an address of its own of this machine, 127.1.0.1 and
// on, and returns the hosts for the setting Own of package fetch. All addresses of
// the outlets change. It needs a system that answers for all of 127.0.0.0/8.
func (w *World) Listen() ([]string, error) {
	w.server = fetchtest.NewServer(w)
	var own []string
	for i, o := range w.Outlets {
		l, err := net.Listen("tcp", fmt.Sprintf("127.1.%d.%d:0", (i+1)>>8, (i+1)&255))
		if err != nil {
			return nil, fmt.Errorf("polltest: %w", err)
		}
		w.move(o, l.Addr().String())
		w.listeners = append(w.listeners, l)
		own = append(own, o.Host)
		go w.server.Serve(l) // it ends with Close
	}
	return own, nil
}

// move gives an outlet another host.
func (w *World) move(o *Outlet, host string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.byHost, o.Host)
	o.at(host)
	w.byHost[host] = o
}

// Close ends the serving. Requests that hang end with it.
func (w *World) Close() {
	w.memory.Close()
	if w.server != nil {
		w.server.Close() // its listeners are closed with it
	}
}

// Resolve answers with the address of an outlet's host.
func (w *World) Resolve(_ context.Context, name string) ([]netip.Addr, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if o := w.byHost[name]; o != nil {
		return []netip.Addr{netip.AddrFrom4(o.ip)}, nil
	}
	return nil, fetchtest.NoSuchHost(name)
}

// Dial connects to the world, whatever the address.
func (w *World) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	return w.memory.Dial(ctx, network, address)
}
