package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"
)

// A running serve runs other commands for them. The command's own flags go over
// as JSON, its standard input as the request's body; what comes back are frames
// of its outputs, and its exit code. Paths never cross:
// the command at the terminal opens files, so that they are the person's own.

// call is one command that a serve runs for another process.
type call struct {
	Name  string          // "ask"
	Flags json.RawMessage // the command's struct
	Width int
}

// runner is a command that can be run by a serve.
type runner interface {
	// runIn does the command's work in an open folder.
	runIn(ctx context.Context, a *app, s *streams) error
}

// remoteExit is the exit code of a command that a serve ran; what there was to
// say has been said.
type remoteExit int

func (e remoteExit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// Frame kinds.
const (
	frameOut   = 'o'
	frameErr   = 'e'
	frameHeard = 'h'
	frameExit  = 'x'
)

// frameWriter writes frames of one kind: kind, length (4 bytes, big endian),
// bytes. Frames of several writers may be mixed; mu keeps each whole.
type frameWriter struct {
	mu   *sync.Mutex
	w    io.Writer
	kind byte
}

func (f frameWriter) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	head := make([]byte, 5, 5+len(p))
	head[0] = f.kind
	binary.BigEndian.PutUint32(head[1:], uint32(len(p)))
	if _, err := f.w.Write(append(head, p...)); err != nil {
		return 0, err
	}
	if flusher, ok := f.w.(http.Flusher); ok {
		flusher.Flush()
	}
	return len(p), nil
}

// maxFrame bounds what a client reads at once.
const maxFrame = 64 << 20

// readFrames copies frames to s until the exit code comes.
func readFrames(r io.Reader, s *streams) (int, error) {
	var head [5]byte
	for {
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return 0, fmt.Errorf("the running serve ended before it was done: %w", err)
		}
		n := binary.BigEndian.Uint32(head[1:])
		if n > maxFrame {
			return 0, errors.New("the running serve speaks another language; restart it with this newsdesk")
		}
		var to io.Writer
		switch head[0] {
		case frameOut:
			to = s.Out
		case frameErr:
			to = s.Err
		case frameHeard:
			to = s.heard()
		case frameExit:
			return readExit(r, n)
		default:
			return 0, errors.New("the running serve speaks another language; restart it with this newsdesk")
		}
		if _, err := io.CopyN(to, r, int64(n)); err != nil {
			return 0, err
		}
	}
}

func readExit(r io.Reader, n uint32) (int, error) {
	text, err := io.ReadAll(io.LimitReader(r, int64(n)))
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(text))
}

// dial connects to the folder's socket. Its path may be longer than a socket's
// address can be; on Linux it is then reached through the open folder.
func (f *folder) dial(ctx context.Context) (net.Conn, error) {
	path, done, err := f.shortSocket()
	if err != nil {
		return nil, err
	}
	defer done()
	var d net.Dialer
	return d.DialContext(ctx, "unix", path)
}

// maxSocketPath is the shortest bound of the systems that matter.
const maxSocketPath = 100

func (f *folder) shortSocket() (path string, done func(), err error) {
	if len(f.socket()) <= maxSocketPath {
		return f.socket(), func() {}, nil
	}
	if runtime.GOOS != "linux" {
		return "", nil, fmt.Errorf("the path of the data folder %s is too long for a socket in it", f.dir)
	}
	dir, err := os.Open(f.dir)
	if err != nil {
		return "", nil, err
	}
	path = fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(f.socket()))
	return path, func() { dir.Close() }, nil
}

// served reports whether a serve takes commands in this folder.
func (f *folder) served(ctx context.Context) bool {
	conn, err := f.dial(ctx)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// runRemote runs a command in the serve that holds the folder.
func runRemote(ctx context.Context, f *folder, name string, cmd any, s *streams) error {
	flags, err := json.Marshal(cmd)
	if err != nil {
		return err
	}
	head, err := json.Marshal(call{Name: name, Flags: flags, Width: s.Width})
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return f.dial(ctx) },
	}}
	defer client.CloseIdleConnections()
	address := url.URL{Scheme: "http", Host: "newsdesk", Path: "/run"}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), s.In)
	if err != nil {
		return err
	}
	req.Header.Set(callHeader, string(head))
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("asking the running serve: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the running serve refused the command: %s", resp.Status)
	}
	exit, err := readFrames(resp.Body, s)
	if err != nil {
		return err
	}
	if exit != exitDone {
		return remoteExit(exit)
	}
	return nil
}

// callHeader carries the call, so that the body is the standard input alone.
const callHeader = "Newsdesk-Call"

// listen opens the folder's socket. The lock says that no other serve is there,
// so a socket that is left from one that was killed is in the way.
func (f *folder) listen() (net.Listener, error) {
	if err := os.Remove(f.socket()); err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("an old socket is in the way: %w", err)
	}
	path, done, err := f.shortSocket()
	if err != nil {
		return nil, err
	}
	defer done()
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("opening the socket in the data folder: %w", err)
	}
	// Whoever can open the socket can read everything: only this user.
	if err := os.Chmod(f.socket(), 0o600); err != nil {
		l.Close()
		return nil, fmt.Errorf("the socket in the data folder: %w", err)
	}
	return l, nil
}

// socketServer runs commands for other processes.
type socketServer struct {
	log *slog.Logger
	app *app
}

func (d socketServer) serve(ctx context.Context, l net.Listener) error {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /run", d.run)
	server := &http.Server{
		Handler: mux, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 1 << 20,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    slog.NewLogLogger(d.log.Handler(), slog.LevelWarn),
	}
	// One command a connection: a command may end before it has read all of its
	// input, and what is left of that is no next request.
	server.SetKeepAlivesEnabled(false)
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if err := server.Shutdown(grace); err != nil {
			d.log.Warn("commands were still running", "err", err)
		}
	})
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (d socketServer) run(w http.ResponseWriter, r *http.Request) {
	var c call
	if err := json.Unmarshal([]byte(r.Header.Get(callHeader)), &c); err != nil {
		http.Error(w, "unreadable call", http.StatusBadRequest)
		return
	}
	cmd, err := decodeCommand(c)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	// The command may write before it has read all of its input.
	if err := http.NewResponseController(w).EnableFullDuplex(); err != nil {
		d.log.Debug("socket", "err", err)
	}
	mu := new(sync.Mutex)
	s := &streams{
		In: r.Body, Out: frameWriter{mu, w, frameOut}, Err: frameWriter{mu, w, frameErr},
		Heard: frameWriter{mu, w, frameHeard}, Width: c.Width,
	}
	code := s.code(cmd.runIn(r.Context(), d.app, s))
	if _, err := fmt.Fprint(frameWriter{mu, w, frameExit}, code); err != nil {
		d.log.Warn("a command's answer could not be delivered", "command", c.Name, "err", err)
	}
}

// decodeCommand returns the command that a call names, with its flags.
func decodeCommand(c call) (runner, error) {
	kinds := map[string]runner{
		"add": &addCmd{}, "articles": &articlesCmd{}, "ask": &askCmd{}, "invite": &inviteCmd{}, "post": &postCmd{},
		"stories": &storiesCmd{}, "story": &storyCmd{}, "digest": &digestCmd{},
		"outlets": &outletsCmd{}, "poll": &pollCmd{}, "vacuum": &vacuumCmd{}, "check": &checkCmd{}, "backup": &backupCmd{}, "restore": &restoreCmd{},
	}
	cmd, ok := kinds[c.Name]
	if !ok {
		return nil, fmt.Errorf("no command %q can be run by a serve", c.Name)
	}
	if err := json.Unmarshal(c.Flags, cmd); err != nil {
		return nil, fmt.Errorf("the flags of %q: %w", c.Name, err)
	}
	return cmd, nil
}
