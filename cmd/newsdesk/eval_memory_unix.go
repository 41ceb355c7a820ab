//go:build unix

package main

import (
	"runtime"
	"syscall"
)

// peakMiB is the most memory that this process has had resident, 0 where the
// system does not say.
func peakMiB() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return float64(u.Maxrss) / (1 << 20) // bytes there
	}
	return float64(u.Maxrss) / (1 << 10) // KiB elsewhere
}
