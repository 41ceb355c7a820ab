package poll

import (
	"database/sql"
	"time"
)

// steps make the tables. Times are microseconds since 1970 in UTC, durations
// microseconds.
//
// In poll_outlets, next is when the feed is to be read and due when the outlet
// is to be visited, for its feed or for an item. gap, silence and newest are
// what was learnt of its habit, asks the feed's schedule as JSON, trust how many
// items in a row had their whole text in the feed, told whether admins know that
// it is quiet, listed the hash of the feed as it was last read, former the name
// under which some of its articles may still be.
//
// In poll_items, key is the item's address, or what stands for one. hash is of
// what the feed said. draft is that as JSON, while it is waiting. article is the
// ID of the article that it led to, digest is of that one's text, source where
// the text came from. tries counts readings that failed, idle those because of
// the feed that brought nothing, failing is since when it fails in a way that may
// pass. oldest is for those of sitemaps: what is older, or has no date, is not
// wanted. read is when it was first stored, gone when its page was
// first found missing, next when its page is to be read: NULL is never again.
var steps = []string{`
	CREATE TABLE poll_outlets (
		id            INTEGER PRIMARY KEY AUTOINCREMENT,
		name          TEXT NOT NULL UNIQUE COLLATE NOCASE,
		feed          TEXT NOT NULL UNIQUE,
		home          TEXT NOT NULL,
		language      TEXT NOT NULL,
		state         TEXT NOT NULL CHECK (state IN ('active', 'paused')),
		added         INTEGER NOT NULL,
		keep_for      INTEGER NOT NULL DEFAULT 0,
		keep_articles INTEGER NOT NULL DEFAULT 0,
		etag          TEXT NOT NULL DEFAULT '',
		last_modified TEXT NOT NULL DEFAULT '',
		listed        BLOB,
		polled        INTEGER,
		succeeded     INTEGER,
		next          INTEGER NOT NULL,
		due           INTEGER NOT NULL,
		every         INTEGER NOT NULL DEFAULT 0,
		gap           INTEGER NOT NULL DEFAULT 0,
		silence       INTEGER NOT NULL DEFAULT 0,
		newest        INTEGER,
		asks          TEXT NOT NULL DEFAULT '{}',
		failures      INTEGER NOT NULL DEFAULT 0,
		problem       TEXT NOT NULL DEFAULT '',
		told          INTEGER NOT NULL DEFAULT 0,
		trust         INTEGER NOT NULL DEFAULT 0,
		former        TEXT NOT NULL DEFAULT '' COLLATE NOCASE
	) STRICT;
	CREATE INDEX poll_outlets_due ON poll_outlets (due) WHERE state = 'active';

	CREATE TABLE poll_items (
		key           TEXT PRIMARY KEY,
		outlet        INTEGER NOT NULL,
		url           TEXT NOT NULL,
		hash          BLOB NOT NULL,
		state         TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'unreadable')),
		published     INTEGER,
		seen          INTEGER NOT NULL,
		listed        INTEGER NOT NULL,
		oldest        INTEGER,
		draft         TEXT,
		article       TEXT NOT NULL DEFAULT '',
		digest        BLOB,
		source        TEXT NOT NULL DEFAULT '',
		etag          TEXT NOT NULL DEFAULT '',
		last_modified TEXT NOT NULL DEFAULT '',
		next          INTEGER,
		tries         INTEGER NOT NULL DEFAULT 0,
		idle          INTEGER NOT NULL DEFAULT 0,
		failing       INTEGER,
		read          INTEGER,
		gone          INTEGER,
		withdrawn     INTEGER NOT NULL DEFAULT 0,
		problem       TEXT NOT NULL DEFAULT ''
	) STRICT;
	CREATE INDEX poll_items_next ON poll_items (outlet, next) WHERE next IS NOT NULL;
	CREATE INDEX poll_items_digest ON poll_items (outlet, digest) WHERE digest IS NOT NULL;
	CREATE INDEX poll_items_open ON poll_items (outlet, state, seen) WHERE state <> 'read';
	CREATE INDEX poll_items_published ON poll_items (outlet, published);`,
}

// stored and read keep a time; the zero one is NULL.
func stored(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: !t.IsZero()}
}

func read(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.UnixMicro(n.Int64).UTC()
}

// span is a stored duration.
func span(micro int64) time.Duration { return time.Duration(micro) * time.Microsecond }
