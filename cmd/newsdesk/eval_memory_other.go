//go:build !unix

package main

// peakMiB is not known here.
func peakMiB() float64 { return 0 }
