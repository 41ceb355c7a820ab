package chat

import (
	"context"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus/store"
)

// Kind says what sort of place a chat is.
type Kind string

// The kinds of chats.
const (
	Private Kind = "private"
	// Group is a group or a supergroup, with or without topics.
	Group   Kind = "group"
	Channel Kind = "channel"
)

// Place is a chat, or one topic of it.
type Place struct {
	// Chat is the messenger's id of the chat.
	Chat int64
	// Thread is the topic in it, 0 for none.
	Thread int
	Kind   Kind
	// Title is the chat's title, or the person's name in a private chat; text
	// of strangers.
	Title string
}

// Person is who wrote a message. ID is 0 when nobody is named (a channel, an
// anonymous admin).
type Person struct {
	ID   int64
	Name string
	// Language is the BCP 47 tag of the person's messenger; may be empty.
	Language string
}

// ChannelPost is a message in a channel.
type ChannelPost struct {
	Chat    int64
	Message int
}

// Message is what was written to the bot, whatever the messenger.
type Message struct {
	Place Place
	From  Person
	// ID is the message's id in its chat.
	ID int
	// At is when the message was written.
	At time.Time

	// Command is the command's name in lower case without slash and without
	// "@name" ("ask"), empty for none. Commands for other bots never become a
	// Message.
	Command string
	// Text is the rest: without the command, without a mention of the bot.
	Text string
	// Addressed says that the message is meant for the bot: written in a
	// private chat, a command, a mention of it, or a reply to it.
	Addressed bool
	// RepliedTo is the text of the bot's own message that this one replies to, or
	// under which the button stands that was pressed; empty for none, or where the
	// messenger no longer knows it. RepliedToID is its id, of a reply.
	RepliedTo   string
	RepliedToID int
	// Quoted is the part of that message that was quoted, empty for none.
	Quoted string
	// Post is the post of a channel whose automatic forward in the linked group this
	// message replies to; Thread is the one under whose forward it stands, as a comment
	// on another comment. The zero value for none. RepliedTo is then the post's text.
	Post, Thread ChannelPost
	// Unreadable names what was sent instead of text ("voice", "photo", "file",
	// "sticker"), empty for text.
	Unreadable string

	// Edited says that the message was written before and is now another.
	Edited bool
	// Pressed is the action of a button that was pressed, empty for a message.
	// ID is then that of the bot's message which the button stands under, and
	// Text is empty. It may be forged.
	Pressed string
	// Added, when not nil, says that From has added the bot to a group, which is
	// then Place, or has changed what it may do in a channel; Text is empty.
	Added *Added
	// Stopped says that work on an earlier message in this place was ended
	// because of this one.
	Stopped bool

	// Tell, when not nil, is called as the work on the message goes on; it
	// returns at once.
	Tell func(bot.Progress)
}

// Added is what became of the bot in a chat that it is no admin or member of its
// own accord.
type Added struct {
	// To is the chat's title, text of strangers.
	To string
	// Channel is the number of the channel, 0 for a group. Place is then the private
	// chat of the person.
	Channel int64
	// MayNotPost and MayNotEdit say which right it lacks in a channel, Gone that it is
	// not in the channel any more.
	MayNotPost, MayNotEdit, Gone bool
}

// Outcome is what a message leads to. It is a value: nothing has been done yet.
type Outcome struct {
	// Replies are sent to the message's place, the first as a reply to the
	// message. None means silence.
	Replies []bot.Reply
	// Posts are sent to other places.
	Posts []Post
	// Notice is shown for a moment to the person who pressed a button, at most
	// 200 characters; empty for none.
	Notice string
	// Promoted says that the sender has become an admin of the bot.
	Promoted bool
	// Commit writes what must become durable together with the replies, in the
	// transaction that also stores them and marks the message as handled. nil
	// when there is nothing. When it returns an error nothing is stored and the
	// message is handled again.
	Commit func(ctx context.Context, tx store.Tx) error
	// Report does what Commit does, after it, where what is said depends on what
	// was done: it returns one more reply. nil when there is nothing.
	Report func(ctx context.Context, tx store.Tx) (bot.Reply, error)
}

// Post is a reply that is sent to another place than that of the message.
type Post struct {
	// Chat is the messenger's id of the chat, Topic a topic of it, 0 for none.
	Chat  int64
	Topic int
	Reply bot.Reply
}
