package telegram

// schema holds what came in and what goes out.
//
// telegram_updates keeps the body of an update until it is done and its number
// for ever (eight bytes), so that an update that comes again is known.
// telegram_outbox keeps a message until it was sent, then its number in
// Telegram; part numbers the messages of one update, and the unique pair makes
// a repeated update write them once.
const schema = `
CREATE TABLE telegram_updates (
	id       INTEGER PRIMARY KEY,
	chat     TEXT NOT NULL,
	body     BLOB,
	attempts INTEGER NOT NULL DEFAULT 0,
	done     INTEGER
);
CREATE INDEX telegram_updates_open ON telegram_updates (chat, id) WHERE done IS NULL;

CREATE TABLE telegram_outbox (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	source    TEXT NOT NULL,
	part      INTEGER NOT NULL,
	chat      TEXT NOT NULL,
	thread    INTEGER NOT NULL DEFAULT 0,
	reply_to  INTEGER NOT NULL DEFAULT 0,
	html      TEXT NOT NULL,
	plain     TEXT NOT NULL,
	state     TEXT NOT NULL DEFAULT 'pending',
	message   INTEGER,
	error     TEXT,
	created   INTEGER NOT NULL,
	finished  INTEGER,
	UNIQUE (source, part)
);
CREATE INDEX telegram_outbox_open ON telegram_outbox (chat, id) WHERE state = 'pending';

CREATE TABLE telegram_self (
	one      INTEGER PRIMARY KEY CHECK (one = 1),
	bot      INTEGER NOT NULL,
	username TEXT NOT NULL
);`

// withButtons adds what a message has besides its text: buttons (an inline
// keyboard as JSON), the id of the message that it takes the place of, and the
// name under which its sender wants to hear of it.
const withButtons = `
ALTER TABLE telegram_outbox ADD COLUMN buttons TEXT NOT NULL DEFAULT '';
ALTER TABLE telegram_outbox ADD COLUMN replaces INTEGER NOT NULL DEFAULT 0;
ALTER TABLE telegram_outbox ADD COLUMN ref TEXT NOT NULL DEFAULT '';`

// withRich adds a message's other form, the HTML of a rich message, and whether
// it is written from right to left.
const withRich = `
ALTER TABLE telegram_outbox ADD COLUMN rich TEXT NOT NULL DEFAULT '';
ALTER TABLE telegram_outbox ADD COLUMN rtl INTEGER NOT NULL DEFAULT 0;`

// withPieces adds which part of its reply a message is, so that a reply which
// takes the place of another finds the messages that show it.
const withPieces = `
ALTER TABLE telegram_outbox ADD COLUMN piece INTEGER NOT NULL DEFAULT 0;
CREATE INDEX telegram_outbox_refs ON telegram_outbox (chat, ref) WHERE ref <> '';
CREATE INDEX telegram_outbox_shown ON telegram_outbox (chat, message);`

// withPostings adds what is said of the bot's own accord: without a sound, under a
// message that it amends, as a reply to nothing else, and guarded against being
// sent twice. A guarded message that is not to be sent now is in the state "held".
const withPostings = `
ALTER TABLE telegram_outbox ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE telegram_outbox ADD COLUMN amends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE telegram_outbox ADD COLUMN strict INTEGER NOT NULL DEFAULT 0;
ALTER TABLE telegram_outbox ADD COLUMN guarded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE telegram_outbox ADD COLUMN named TEXT NOT NULL DEFAULT ''; -- the @name that a chat was written to by
CREATE INDEX telegram_outbox_held ON telegram_outbox (source) WHERE state = 'held';`

// schemas are all steps, in order.
var schemas = []string{schema, withButtons, withRich, withPieces, withPostings, withForwards}
