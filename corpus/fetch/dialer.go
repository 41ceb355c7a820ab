package fetch

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// connectTime bounds one attempt at a connection.
const connectTime = 10 * time.Second

// dialer connects to hosts. A name is looked up once for each connection, every
// address that comes back is checked, and the connection is made to one of those
// very addresses: there is no second look-up that could answer otherwise.
type dialer struct {
	resolve func(ctx context.Context, host string) ([]netip.Addr, error)
	dial    func(ctx context.Context, network, address string) (net.Conn, error)
	proxy   *url.URL // nil for none
	own     map[string]bool
}

// errNotPublic is why a name is refused.
type errNotPublic struct{ ip netip.Addr }

func (e *errNotPublic) Error() string { return "its host is not public: " + e.ip.String() }

// DialContext implements the function of http.Transport of that name.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	name, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	own := d.own[name+":"+port]
	ips, err := d.lookUp(ctx, name)
	if err != nil {
		return nil, err
	}
	if !own {
		if err := checkAll(ips); err != nil {
			return nil, err
		}
	}
	for _, ip := range ips {
		var conn net.Conn
		if conn, err = d.connect(ctx, netip.AddrPortFrom(ip, portNumber(port)), own); err == nil {
			return conn, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return nil, err
}

// lookUp returns the addresses of a name, at least one.
func (d *dialer) lookUp(ctx context.Context, name string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(name); err == nil {
		return []netip.Addr{ip}, nil
	}
	found, err := d.resolve(ctx, name)
	if err != nil {
		return nil, err
	}
	ips := make([]netip.Addr, 0, len(found))
	for _, ip := range found {
		ips = append(ips, ip.Unmap()) // resolvers hand out IPv4 in both forms
	}
	if len(ips) == 0 {
		return nil, errors.New("its host has no address")
	}
	return ips, nil
}

// checkAll wants every address to be public: an outlet has no use for a name
// that is public and private at once, only somebody who is up to something has.
func checkAll(ips []netip.Addr) error {
	for _, ip := range ips {
		if !isPublic(ip) {
			return &errNotPublic{ip}
		}
	}
	return nil
}

// connect makes the connection to a checked address, through the proxy if there
// is one; own hosts are not behind it.
func (d *dialer) connect(ctx context.Context, to netip.AddrPort, own bool) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	if d.proxy == nil || own {
		return d.dial(ctx, "tcp", to.String())
	}
	conn, err := d.dial(ctx, "tcp", net.JoinHostPort(d.proxy.Hostname(), portOf(d.proxy)))
	if err != nil {
		return nil, fmt.Errorf("the proxy: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := d.tunnel(conn, to); err != nil {
		conn.Close()
		return nil, fmt.Errorf("the proxy: %w", err)
	}
	return conn, nil
}

// tunnel asks the proxy for a tunnel to the address, which was checked, and not
// to the name, which the proxy would look up again.
func (d *dialer) tunnel(conn net.Conn, to netip.AddrPort) error {
	ask := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: to.String()}, Host: to.String(), Header: http.Header{}}
	if user := d.proxy.User; user != nil {
		password, _ := user.Password()
		ask.SetBasicAuth(user.Username(), password)
		ask.Header.Set("Proxy-Authorization", ask.Header.Get("Authorization"))
		ask.Header.Del("Authorization")
	}
	if err := ask.Write(conn); err != nil {
		return err
	}
	// Nothing comes after the headers before we have sent something, so the
	// reader holds nothing back.
	resp, err := http.ReadResponse(bufio.NewReaderSize(conn, 4<<10), ask)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("it answers %d", resp.StatusCode)
	}
	return nil
}

func portNumber(port string) uint16 {
	n, err := net.LookupPort("tcp", port)
	if err != nil {
		return 0 // parse has refused it
	}
	return uint16(n)
}

// resolve looks a name up as it stands, without the endings of the network that
// this machine is in.
func resolve(ctx context.Context, name string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(ctx, "ip", name+".")
}

// direct returns a function that connects to addresses and, besides what
// [dialer] has checked, lets the system connect to no other kind.
func direct(allow func(netip.AddrPort) bool) func(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Control: func(network, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !allow(to) {
			return fmt.Errorf("fetch: a connection to %s was not meant", address)
		}
		return nil
	}}
	return d.DialContext
}
