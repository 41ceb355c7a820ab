package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/adrg/xdg"

	"newsdesk/corpus/sample"
)

// workshop is where the binary is built, and a home without settings.
var workshop string

func TestMain(m *testing.M) {
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "newsdesk-test-")
	if err != nil {
		slog.Error("no folder for the tests", "err", err)
		return 1
	}
	defer os.RemoveAll(dir)
	workshop = dir
	// The settings of whoever runs the tests are not the tests'.
	for _, name := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		if err := os.Setenv(name, filepath.Join(dir, "home")); err != nil {
			slog.Error("the environment", "err", err)
			return 1
		}
	}
	xdg.Reload()
	return m.Run()
}

// built builds the binary once, as it is built for release.
var built = sync.OnceValues(func() (string, error) {
	path := filepath.Join(workshop, "newsdesk")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	build := exec.Command("go", "build", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", errors.New(string(out))
	}
	return path, nil
})

func newsdesk(t testing.TB) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// result is what a command said and how it ended.
type result struct {
	out, err string
	code     int
}

// within runs the program inside of the test, on a data folder.
func within(t testing.TB, dir string, in io.Reader, environ []string, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	code := run(t.Context(), append([]string{"--data", dir}, args...), environ, &streams{In: in, Out: &out, Err: &err})
	return result{out.String(), err.String(), code}
}

// quietly is within without input and environment.
func quietly(t testing.TB, dir string, args ...string) result {
	t.Helper()
	return within(t, dir, strings.NewReader(""), nil, args...)
}

// must ends the test when a command did not do what it was to do.
func (r result) must(t testing.TB) result {
	t.Helper()
	if r.code != exitDone {
		t.Fatalf("exit %d\n%s%s", r.code, r.out, r.err)
	}
	return r
}

// listed returns the articles of a folder.
func listed(t testing.TB, r result) []articleLine {
	t.Helper()
	r.must(t)
	var all []articleLine
	for line := range strings.Lines(r.out) {
		var a articleLine
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, a)
	}
	return all
}

// sampleRecords writes the sample articles as a file that “add” reads.
func sampleRecords(t testing.TB) string {
	t.Helper()
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	var records []map[string]string
	for _, a := range articles {
		records = append(records, map[string]string{"title": a.Title, "author": a.Author, "source": a.Outlet,
			"published_at": a.Published.Format(time.RFC3339), "category": a.Category, "url": a.URL, "body": a.Text})
	}
	data, err := json.Marshal(records)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "sample.json", string(data))
}

// write writes a file of the test's own.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// process is a running binary.
type process struct {
	cmd  *exec.Cmd
	log  *bytes.Buffer
	done chan error
}

// start starts the binary; it ends with the test at the latest.
func start(t testing.TB, environ []string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(newsdesk(t), args...), log: new(bytes.Buffer), done: make(chan error, 1)}
	p.cmd.Env = append(plainEnviron(), environ...)
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- p.cmd.Wait() }()
	t.Cleanup(func() {
		p.kill(t)
		if t.Failed() {
			t.Logf("newsdesk %s:\n%s", strings.Join(args, " "), p.log)
		}
	})
	return p
}

// kill is kill -9; nothing when the process has ended.
func (p *process) kill(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Error(err)
	}
	p.done <- <-p.done
}

// stop asks the process to end, which it has to do well.
func (p *process) stop(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatalf("%v\n%s", err, p.log)
	}
	err := <-p.done
	p.done <- err
	if err != nil {
		t.Errorf("stopped with %v\n%s", err, p.log)
	}
}

// beside runs the binary to its end.
func beside(t testing.TB, in io.Reader, environ []string, args ...string) result {
	t.Helper()
	return besideFor(t, time.Minute, in, environ, args...)
}

// besideFor is beside for what may take so long.
func besideFor(t testing.TB, patience time.Duration, in io.Reader, environ []string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, newsdesk(t), args...)
	cmd.Env = append(plainEnviron(), environ...)
	var out, said bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, &out, &said
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{out.String(), said.String(), cmd.ProcessState.ExitCode()}
}

// plainEnviron is the environment without anything that newsdesk reads.
func plainEnviron() []string {
	return slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		_, known := variables[name]
		return known || name == envTelegramToken || name == envOpenaiKey || name == envConfig
	})
}
