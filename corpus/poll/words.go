package poll

import (
	"context"
	"errors"
	"strings"
	"time"

	"newsdesk/corpus/feed"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/page"
	"newsdesk/corpus/store"
)

// Plain puts an error of this package, or of fetch, feed or page, into words that
// a journalist understands: what happened, without the address. Empty for nil.
func Plain(err error) string {
	if err == nil {
		return ""
	}
	if f, ok := errors.AsType[*fetch.Error](err); ok {
		return ofFetch(f)
	}
	if a, ok := errors.AsType[addressError](err); ok {
		return a.Error()
	}
	for _, known := range []struct {
		err   error
		words string
	}{
		{page.ErrPaywall, "the article is behind a paywall"},
		{page.ErrConsent, "the page asks for consent or keeps robots out"},
		{page.ErrNoArticle, "there is no article on the page"},
		{page.ErrOther, "it is not a page but a PDF, a picture or another file"},
		{page.ErrUnreadable, "the page cannot be read"},
		{feed.ErrNotFeed, "there is no feed at the feed's address (any more), but something else, often a page"},
		{feed.ErrUnreadable, "the feed is broken and cannot be read"},
		{errNoText, "the feed names no page for it and holds only a summary"},
		{errOther, "it leads to an article of another outlet"},
		{errNoDate, "it is in a sitemap and has no date: not an article"},
		{errOld, "it is older than was asked for"},
		{ErrNoMap, ErrNoMap.Error()},
		{store.ErrFull, "the disk is full"},
		{ErrUnknown, ErrUnknown.Error()}, {ErrSeveral, ErrSeveral.Error() + ": say the name"},
		{ErrKnown, ErrKnown.Error()}, {ErrName, ErrName.Error()}, {ErrNoFeed, ErrNoFeed.Error()},
		{context.Canceled, "it was stopped"}, {context.DeadlineExceeded, "it took too long"},
	} {
		if errors.Is(err, known.err) {
			return known.words
		}
	}
	return "something went wrong; the log says what"
}

func ofFetch(f *fetch.Error) string {
	words := f.Reason.Error()
	if f.Detail != "" {
		words += " (" + strings.TrimSuffix(f.Detail, ".") + ")"
	}
	return words
}

// mayPass reports whether a failure is one that waiting may mend.
func mayPass(err error) bool {
	return errors.Is(err, fetch.ErrUnavailable) || errors.Is(err, fetch.ErrTooSlow) ||
		errors.Is(err, fetch.ErrBusy) || errors.Is(err, fetch.ErrBroken)
}

// asked is how long the server wants us to wait.
func asked(err error) time.Duration {
	if f, ok := errors.AsType[*fetch.Error](err); ok {
		return f.RetryAfter
	}
	return 0
}
