// Package story finds the articles, of all outlets, that report one event.
package story
