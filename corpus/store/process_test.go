package store

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// The test binary runs itself as another process; this variable tells that
// process what to do, and childFile with which file.
const (
	childTask = "NEWSDESK_STORE_TEST_CHILD"
	childFile = "NEWSDESK_STORE_TEST_FILE"
)

func TestMain(m *testing.M) {
	switch os.Getenv(childTask) {
	case "":
		os.Exit(m.Run())
	case "write":
		exit(writeTwenty(context.Background()))
	case "hang":
		exit(hangInWrite(context.Background()))
	}
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func openChild(ctx context.Context) (*DB, error) {
	db, err := Open(ctx, slog.New(slog.DiscardHandler), os.Getenv(childFile))
	if err != nil {
		return nil, err
	}
	return db, db.Migrate(ctx, "lines", table)
}

func writeTwenty(ctx context.Context) error {
	db, err := openChild(ctx)
	if err != nil {
		return err
	}
	for i := range 20 {
		if err := db.Write(ctx, insert(ctx, fmt.Sprint(os.Getpid(), i))); err != nil {
			return err
		}
	}
	return db.Close()
}

// hangInWrite commits one line, writes a second, says so and waits to be killed
// before it can be committed.
func hangInWrite(ctx context.Context) error {
	db, err := openChild(ctx)
	if err != nil {
		return err
	}
	if err := db.Write(ctx, insert(ctx, "committed")); err != nil {
		return err
	}
	return db.Write(ctx, func(tx Tx) error {
		if err := insert(ctx, "not committed")(tx); err != nil {
			return err
		}
		fmt.Println("in the middle")
		_, err := bufio.NewReader(os.Stdin).ReadString('\n')
		return err
	})
}

func child(t *testing.T, task, file string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childTask+"="+task, childFile+"="+file)
	cmd.Stderr = os.Stderr
	return cmd
}

func TestSeveralProcessesOpenAndWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "news.db")
	var wg sync.WaitGroup
	for range 4 {
		cmd := child(t, "write", file)
		wg.Go(func() {
			if err := cmd.Run(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := count(t, openAt(t, file)); n != 80 {
		t.Fatalf("%d lines of four processes, want 80", n)
	}
}

func TestAKilledWriterLeavesTheStateBefore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "news.db")
	cmd := child(t, "hang", file)
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "in the middle\n" {
		t.Fatalf("the writer said %q, %v", line, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the writer was not killed")
	}
	db := openAt(t, file)
	if n := count(t, db); n != 1 {
		t.Fatalf("%d lines, want the 1 that was committed", n)
	}
	add(t, db, "after")
	if err := Verify(t.Context(), file); err != nil {
		t.Fatal(err)
	}
}
