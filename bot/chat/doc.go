// Package chat is the conversation: what was written to the bot becomes what
// the bot says.
//
// # Design
//
// A messenger turns its updates into [Message] values and hands them to
// [Desk.Handle]; the [Outcome] that comes back is a value which the messenger
// makes durable and sends. Nothing is done in between: pairing a person,
// opening a group or remembering a turn happens in [Outcome.Commit], inside the
// same transaction that stores the replies and marks the message as handled, so
// a crash at any moment either repeats all of it or none.
package chat
