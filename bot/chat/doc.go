// Package chat is the conversation: what was written to the bot becomes what
// the bot says.
//
// # Design
//
// A messenger turns its updates into [Message] values and hands them to
// [Desk.Handle]; the [Outcome] that comes back is a value which the messenger
// makes durable and sends. Nothing is done in between: pairing a person, opening
// a group, remembering a turn or deleting everything happens in
// [Outcome.Commit] and [Outcome.Report], inside the same transaction that stores
// the replies and marks the message as handled, so a crash at any moment either
// repeats all of it or none.
//
// A question is answered with the conversation of its own chat and topic, or with
// the older message that it replies to, and with what the chat chose in its
// settings. Every answer is kept under an id that its buttons carry, so that a
// button of last month still works; what a button brings back comes from outside,
// and an id of another place is not found. An edited question has its answer
// edited, once.
//
// Outlets (/outlets), digests (/digest) and settings are changed by buttons: each page
// takes the place of the one before, and a button carries what it is about in 64
// bytes, a number and a value. Nothing is kept of a page: whoever presses is checked
// anew, as admin of the bot, of the group, or of the channel to which they added the
// bot (bot/access), so that buttons work after a restart, and forged ones do nothing.
// What a button has no room for, the address of a feed, stands in the message that it
// is under, and the button has its hash. Text is given by a reply to a question, whose
// small print says what it is about. The register of outlets (corpus/poll) is told at
// once and not in the transaction: telling it twice is telling it once.
//
// The model is asked as often as the limits allow, then the built-in generator
// answers: nobody is left without an answer.
//
// Everything that the program says is in the language of the chat or the person
// (bot/locale) and laid out by [View], which puts text of articles, models and
// people into spans that are not the program's own. bot/explain's records are for
// admins and in English.
package chat
