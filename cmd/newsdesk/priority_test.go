package main

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// What can wait does while a question is being answered, and not for ever.
func TestPriority(t *testing.T) {
	for _, c := range []struct {
		name string
		// takes are the times that questions take, which begin at once.
		takes []time.Duration
		waits time.Duration
	}{
		{"none", nil, 0},
		{"one", []time.Duration{20 * time.Millisecond}, 20 * time.Millisecond},
		{"several", []time.Duration{30 * time.Millisecond, 10 * time.Millisecond}, 30 * time.Millisecond},
		{"a long one", []time.Duration{time.Second}, yieldFor},
	} {
		synctest.Test(t, func(t *testing.T) {
			var p priority
			for _, d := range c.takes {
				end := p.begin()
				go func() {
					time.Sleep(d)
					end()
				}()
			}
			began := time.Now()
			p.yield(t.Context())
			if waited := time.Since(began); waited != c.waits {
				t.Errorf("%s: waited %v, want %v", c.name, waited, c.waits)
			}
			time.Sleep(time.Second)
			began = time.Now()
			p.yield(t.Context())
			if waited := time.Since(began); waited != 0 {
				t.Errorf("%s: waited %v when all was answered", c.name, waited)
			}
			defer p.begin()()
			ended, cancel := context.WithCancel(t.Context())
			cancel()
			if p.yield(ended); time.Since(began) != 0 {
				t.Errorf("%s: waited beyond its context", c.name)
			}
		})
	}
}
