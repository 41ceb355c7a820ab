package schedule

// dailies is what there was first: one digest a day for a chat, and the days that
// were done.
const dailies = `
CREATE TABLE schedule_daily (
	chat   TEXT PRIMARY KEY,
	hour   INTEGER NOT NULL,
	minute INTEGER NOT NULL,
	zone   TEXT NOT NULL,
	since  INTEGER NOT NULL,
	start  INTEGER NOT NULL
);
CREATE TABLE schedule_slots (
	chat TEXT NOT NULL,
	day  TEXT NOT NULL,
	PRIMARY KEY (chat, day)
);`

// subscriptions makes the rows behind digests and carries over what there was.
// Times are Unix seconds, durations seconds, times of day minutes; lists are JSON.
//
// A daily becomes a subscription that is planned up to when the daily was set up:
// what it missed since then is planned at once, and folded. Of a day that was done
// the moment is not known here, where zones are not: it stands as though the zone
// were UTC, so that the first digest after this may reach back some hours more.
const subscriptions = `
CREATE TABLE schedule_subscriptions (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	chat     TEXT NOT NULL,
	topic    INTEGER NOT NULL DEFAULT 0,
	title    TEXT NOT NULL DEFAULT '',
	kind     TEXT NOT NULL,
	times    TEXT NOT NULL,
	days     INTEGER NOT NULL,
	zone     TEXT NOT NULL,
	topics   TEXT NOT NULL,
	only     TEXT NOT NULL,
	without  TEXT NOT NULL,
	language TEXT NOT NULL,
	items    INTEGER NOT NULL,
	silent   INTEGER NOT NULL,
	quiet_from INTEGER NOT NULL,
	quiet_to   INTEGER NOT NULL,
	quiet_rule TEXT NOT NULL,
	approver INTEGER NOT NULL,
	empty    TEXT NOT NULL,
	origins  INTEGER NOT NULL,
	per_day  INTEGER NOT NULL,
	late     INTEGER NOT NULL, -- the window
	reach    INTEGER NOT NULL,
	paused   INTEGER NOT NULL,
	made_by  INTEGER NOT NULL,
	made     INTEGER NOT NULL,
	planned  INTEGER NOT NULL  -- each slot up to here has a row
) STRICT;
CREATE INDEX schedule_subscriptions_chat ON schedule_subscriptions (chat);

ALTER TABLE schedule_slots RENAME TO schedule_days;
CREATE TABLE schedule_slots (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	subscription INTEGER NOT NULL,
	day      TEXT NOT NULL,     -- the local date
	time     INTEGER NOT NULL,  -- the time of day; of breaking news 0
	story    TEXT NOT NULL DEFAULT '', -- of breaking news
	at       INTEGER NOT NULL,
	state    TEXT NOT NULL,
	reason   TEXT NOT NULL DEFAULT '',
	start    INTEGER NOT NULL DEFAULT 0, -- of the period, once composed
	late     INTEGER NOT NULL DEFAULT 0,
	draft    BLOB,
	settled  INTEGER NOT NULL DEFAULT 0, -- its period is over
	until    INTEGER NOT NULL, -- the end of its period
	approved INTEGER NOT NULL DEFAULT 0,
	run      INTEGER NOT NULL DEFAULT 0, -- of the process that sends it
	after    INTEGER NOT NULL DEFAULT 0, -- the newest message before it
	message  INTEGER NOT NULL DEFAULT 0,
	found    INTEGER NOT NULL DEFAULT 0,
	lost     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX schedule_slots_time ON schedule_slots (subscription, day, time) WHERE story = '';
CREATE UNIQUE INDEX schedule_slots_story ON schedule_slots (subscription, story) WHERE story <> '';
CREATE INDEX schedule_slots_at ON schedule_slots (subscription, at);
CREATE INDEX schedule_slots_live ON schedule_slots (subscription, state) WHERE state NOT IN ('done', 'skipped', 'folded');

INSERT INTO schedule_subscriptions (chat, kind, times, days, zone, topics, only, without, language, items, silent,
	quiet_from, quiet_to, quiet_rule, approver, empty, origins, per_day, late, reach, paused, made_by, made, planned)
SELECT chat, 'scheduled', json_array(hour * 60 + minute), 127, zone, '[]', '[]', '[]', '', 8, 0,
	0, 0, 'move', 0, 'say', 3, 3, 10800, min(since, 2678400), 0, 0, start, start
FROM schedule_daily ORDER BY chat;
INSERT INTO schedule_slots (subscription, day, time, at, until, state, settled)
SELECT s.id, d.day, y.hour * 60 + y.minute, unixepoch(d.day) + y.hour * 3600 + y.minute * 60,
	unixepoch(d.day) + y.hour * 3600 + y.minute * 60, 'done', 1
FROM schedule_days d JOIN schedule_daily y ON y.chat = d.chat JOIN schedule_subscriptions s ON s.chat = d.chat;
DROP TABLE schedule_days;
DROP TABLE schedule_daily;

CREATE TABLE schedule_told (
	chat  TEXT NOT NULL,
	topic INTEGER NOT NULL,
	story TEXT NOT NULL,
	fact  TEXT NOT NULL, -- a fingerprint; '' is the story itself
	subscription INTEGER NOT NULL,
	slot  INTEGER NOT NULL,
	at    INTEGER NOT NULL,
	PRIMARY KEY (chat, topic, story, fact)
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_told_slot ON schedule_told (slot);

CREATE TABLE schedule_posts (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	chat    TEXT NOT NULL,
	topic   INTEGER NOT NULL,
	message INTEGER NOT NULL,
	item    INTEGER NOT NULL,
	subscription INTEGER NOT NULL,
	slot    INTEGER NOT NULL,
	story   TEXT NOT NULL,
	text    TEXT NOT NULL,
	at      INTEGER NOT NULL,
	UNIQUE (chat, message, item)
) STRICT;
CREATE INDEX schedule_posts_slot ON schedule_posts (slot);
CREATE TABLE schedule_cited (
	post    INTEGER NOT NULL,
	n       INTEGER NOT NULL,
	article TEXT NOT NULL,
	seq     INTEGER NOT NULL,
	quote   TEXT NOT NULL,
	PRIMARY KEY (post, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_cited_article ON schedule_cited (article);`

// places adds where a quote stands and what was said with it, and whether a digest is
// paused because it could not be posted.
const places = `
ALTER TABLE schedule_cited ADD COLUMN start INTEGER NOT NULL DEFAULT 0;
ALTER TABLE schedule_cited ADD COLUMN stop INTEGER NOT NULL DEFAULT 0;
ALTER TABLE schedule_cited ADD COLUMN sentence TEXT NOT NULL DEFAULT '';
ALTER TABLE schedule_subscriptions ADD COLUMN halted INTEGER NOT NULL DEFAULT 0;`
