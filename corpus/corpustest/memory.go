package corpustest

import (
	"runtime"
	"runtime/debug"
	"time"
)

// Peak runs f and returns by how much the memory in use grew meanwhile, in bytes,
// as seen at short intervals. Where that is above enough it runs f up to twice
// again and returns the least: a collector that was late on a busy machine only
// ever adds. Nothing else may run at the same time.
func Peak(enough uint64, f func()) uint64 {
	used := peak(f)
	for range 2 {
		if used <= enough {
			break
		}
		used = min(used, peak(f))
	}
	return used
}

// peak makes the collector work harder than it is set to, so that garbage counts
// as little as it can.
func peak(f func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	before := inUse()
	done := make(chan struct{})
	most := make(chan uint64)
	go func() {
		high := before
		for {
			select {
			case <-done:
				most <- high
				return
			case <-time.After(2 * time.Millisecond):
				high = max(high, inUse())
			}
		}
	}()
	f()
	close(done)
	return <-most - before
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}
