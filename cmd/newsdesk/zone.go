package main

import (
	"path/filepath"
	"strings"
	"time"
)

// machineZone finds the IANA name of the machine's zone, which Go knows only as
// "Local": the link that /etc/localtime is ends in it. UTC when it does not.
func machineZone() string {
	target, err := filepath.EvalSymlinks("/etc/localtime")
	if err != nil {
		return "UTC"
	}
	_, name, ok := strings.Cut(filepath.ToSlash(target), "/zoneinfo/")
	if !ok {
		return "UTC"
	}
	if _, err := time.LoadLocation(name); err != nil {
		return "UTC"
	}
	return name
}
