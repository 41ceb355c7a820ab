package scope

import (
	"fmt"
	"strings"
	"testing"

	"newsdesk/corpus"
)

func BenchmarkRead(b *testing.B) {
	_, outlets := load(b, "outlets.txtar")
	for len(outlets) < 130 {
		outlets = append(outlets, corpus.Outlet{Name: fmt.Sprintf("Town Gazette %d", len(outlets))})
	}
	for _, c := range []struct{ name, question string }{
		{"English", "What did the New York Times report on 17 January 2025 about the ferry to Meridian?"},
		{"German", "Was hat die Süddeutsche Zeitung am 17. Januar 2025 über die Fähre nach Meridian berichtet?"},
		{"Long", strings.Repeat("Who was in charge of the harbour when CNN reported on the fire of 3 May 2019, and what did he say? ", 3)},
	} {
		b.Run(c.name, func(b *testing.B) {
			var r Reader
			for b.Loop() {
				r.Read(c.question, monday, outlets)
			}
		})
	}
	b.Run("NewOutlets", func(b *testing.B) {
		for b.Loop() {
			Read("Who left?", monday, outlets)
		}
	})
}
