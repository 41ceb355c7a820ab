package fetch

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"sync"
	"testing"

	"newsdesk/corpus/fetch/fetchtest"
)

// world is a network in memory: names, addresses and servers at them. Nothing of
// it touches a real one.
type world struct {
	t       *testing.T
	mu      sync.Mutex
	names   map[string][]string
	servers map[string]*server
	// dialled are the addresses that connections were made to, in order.
	dialled []string
	// lookUps are the names that were looked up.
	lookUps []string
	client  *Client
}

// server is an http.Server and where it listens.
type server struct {
	*http.Server
	at *fetchtest.Listener
}

const agent = "newsdesk/1.0 (+https://desk.example/bot)"

func newWorld(t *testing.T) *world {
	w := &world{t: t, names: map[string][]string{}, servers: map[string]*server{}}
	for _, line := range lines(t, "testdata/resolve.txt") {
		fields := strings.Fields(line)
		w.names[fields[0]] = fields[1:]
	}
	w.use(Settings{})
	t.Cleanup(func() {
		w.client.Close()
		for _, s := range w.servers {
			s.Close()
		}
	})
	return w
}

// use makes the client anew.
func (w *world) use(s Settings) {
	w.t.Helper()
	if w.client != nil {
		w.client.Close()
	}
	if s.Agent == "" {
		s.Agent = agent
	}
	if s.Pace == 0 {
		s.Pace = 1
	}
	s.Resolve, s.Dial = w.resolve, w.dial
	var err error
	if w.client, err = New(slog.New(slog.DiscardHandler), s); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) resolve(_ context.Context, name string) ([]netip.Addr, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lookUps = append(w.lookUps, name)
	var ips []netip.Addr
	for _, s := range w.names[name] {
		ips = append(ips, netip.MustParseAddr(s))
	}
	if ips == nil {
		return nil, fetchtest.NoSuchHost(name)
	}
	return ips, nil
}

func (w *world) dial(ctx context.Context, network, address string) (net.Conn, error) {
	return w.listener(address).Dial(ctx, network, address)
}

// listener is who listens at an address that is dialled, nil for nobody.
func (w *world) listener(address string) *fetchtest.Listener {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dialled = append(w.dialled, address)
	if s := w.servers[address]; s != nil {
		return s.at
	}
	return nil
}

// serve starts a server at an address ("93.184.216.34:80").
func (w *world) serve(address string, h http.Handler) {
	s := &server{fetchtest.NewServer(h), fetchtest.Listen()}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.servers[address] = s
	go s.Serve(s.at)
}

// site serves at harbour-herald.example, without a robots.txt unless mux has one.
func (w *world) site() *http.ServeMux {
	mux := http.NewServeMux()
	w.serve("93.184.216.34:80", mux)
	return mux
}

const home = "http://harbour-herald.example"

func (w *world) get(address string) (Response, error) {
	return w.client.Get(w.t.Context(), Request{URL: address})
}

func lines(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.SplitSeq(string(data), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}

// text answers with s.
func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, s) }
}

// raw answers with bytes of its own and hangs up.
func raw(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		fmt.Fprint(rw, s)
		rw.Flush()
		conn.Close()
	}
}

// connectProxy is an HTTP proxy that makes tunnels in the world.
func connectProxy(w *world, asked *[]*http.Request) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r)
		if r.Method != http.MethodConnect {
			rw.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		there, err := w.dial(r.Context(), "tcp", r.Host)
		if err != nil {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		here, buffered, err := rw.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { io.Copy(there, bufio.NewReader(buffered)); there.Close() }()
		go func() { io.Copy(here, there); here.Close() }()
	}
}
