//go:build !unix

package main

func isReadOnly(error) bool { return false }
