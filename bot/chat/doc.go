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
// The model is asked as often as the limits allow, then the built-in generator
// answers: nobody is left without an answer.
//
// Everything that the program says is in the language of the chat or the person
// (bot/locale) and laid out by [View], which puts text of articles, models and
// people into spans that are not the program's own. bot/explain's records are for
// admins and in English.
package chat
