package poll

// Event is what one visit of an outlet brought.
type Event struct {
	// Outlet is its name.
	Outlet string
	// Asked says that its feed was asked for, and not only pages.
	Asked bool
	// New, Changed, Withdrawn and Same count articles; Same are those that were
	// read again and brought nothing.
	New, Changed, Withdrawn, Same int
	// Unreadable counts items whose page holds no article that could be read.
	Unreadable int
	// Later counts items whose page failed in a way that may pass: they are tried
	// again.
	Later int
	// Left counts the pages of sitemaps that are still to be read, of [Poller.Fill].
	Left int
	// Problem is what went wrong with the feed, in words for people; empty when
	// nothing did.
	Problem string
}
