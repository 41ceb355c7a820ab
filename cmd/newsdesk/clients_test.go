package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/telegram/apiserver"
)

// Clients of the Bot API that know nothing of newsdesk, as their authors publish
// them, against the strict server: what they send is what other bots send, and
// what they read is what Telegram answers. The tours are in testdata/clients.

// clientsToken has the form of Telegram's own tokens; telego takes no other.
const clientsToken = "123456789:newsdesk-newsdesk-newsdesk-newsdesk"

// leastChecks is how much each tour has to check, so that one that ends early
// does not pass: the 17 refusals of refusals.json, the conflict, the token, and
// a conversation.
const leastChecks = 24

func TestClients(t *testing.T) {
	folder := clientsFolder(t)
	tours, err := filepath.Abs(filepath.Join("testdata", "clients"))
	if err != nil {
		t.Fatal(err)
	}
	for name, program := range map[string][]string{
		"grammy":   {"node", filepath.Join(tours, "grammy.cjs")},
		"telegraf": {"node", filepath.Join(tours, "telegraf.cjs")},
		"telego":   {filepath.Join(folder, "telego"), filepath.Join(tours, "refusals.json")},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, program[0], program[1:]...)
			cmd.Env = append(startForClients(t), "PATH="+os.Getenv("PATH"), "NODE_PATH="+filepath.Join(folder, "node_modules"))
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			checked := 0
			for line := range strings.Lines(string(out)) {
				if strings.HasPrefix(line, "ok ") {
					checked++
				}
			}
			if checked < leastChecks {
				t.Errorf("only %d checks\n%s", checked, out)
			}
		})
	}
}

// startForClients serves a Bot API server and its people's side until the test
// ends, and returns what the tours read from their environment.
func startForClients(t *testing.T) []string {
	t.Helper()
	s := apiserver.New(slog.New(slog.DiscardHandler), clientsToken, time.Now)
	mux := http.NewServeMux()
	mux.Handle("/", s)
	mux.Handle("/control/", http.StripPrefix("/control", s.Control()))
	web := httptest.NewServer(mux)
	t.Cleanup(func() {
		s.Close()
		web.CloseClientConnections()
		web.Close()
	})
	return []string{"API=" + web.URL, "CONTROL=" + web.URL + "/control", "TOKEN=" + clientsToken}
}

// clientsFolder returns the folder that NEWSDESK_CLIENTS names: one into which
// npm has installed testdata/clients/package.json and go has built
// testdata/clients/telego. It skips the test where there is none, unless
// NEWSDESK_REQUIRE says that there must be.
func clientsFolder(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("NEWSDESK_CLIENTS")
	if folder != "" {
		return folder
	}
	if slices.Contains(strings.Split(os.Getenv("NEWSDESK_REQUIRE"), ","), "clients") {
		t.Fatal("NEWSDESK_REQUIRE wants clients, and NEWSDESK_CLIENTS does not name their folder")
	}
	t.Skip("needs grammy, telegraf and telego: .ci/run installs them and names their folder by NEWSDESK_CLIENTS")
	return ""
}
