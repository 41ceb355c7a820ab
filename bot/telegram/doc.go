// Package telegram is the Bot API: updates become messages for bot/chat, and
// what bot/chat says becomes messages in Telegram.
//
// # Design
//
// Everything passes through two tables, so that nothing is lost whenever the
// process ends:
//
//	getUpdates or webhook → telegram_updates → chat.Desk → telegram_outbox → sendMessage
//
// [Bot.Webhook] answers only once an update is stored. A request to stop is seen as
// it comes in and does not wait for the work that it ends; drafts, typing and the
// answer to a press are courtesies that nothing depends on.
//
// The poller stores a batch of updates and only then asks for the next one,
// which is what tells Telegram to forget them. A chat's updates are handled one
// after the other, different chats beside each other. What an update leads to
// (the messages to send, what chat.Outcome.Commit writes, and the mark that the
// update is done) is one transaction: a crash before it repeats the update, a
// crash after it does not. The sender takes a chat's messages in order and
// marks each as sent once Telegram has said so; only a crash between Telegram's
// word and our mark can send a message twice.
//
// go-telegram/bot is used for its parameters, types and errors. Its own polling
// is not: it acknowledges an update before the update was handled.
//
// [Client] is the HTTP client under it: whole bodies that can be sent again,
// the rate Telegram allows over all chats, bounded retries. What Telegram asks
// of one chat (retry_after, one message a second, 20 a minute in a group) is
// kept by that chat's sender, so that other chats do not wait.
//
// Text is only ever sent as blocks that have been escaped ([Render], or a rich
// message where a chat wants one); when Telegram refuses a form all the same, the
// next simpler one is sent: HTML, then plain text.
package telegram
