package schedule

import (
	"context"
	"regexp"
	"strings"

	"newsdesk/corpus/store"
)

// Target is what a digest is posted to.
type Target string

// The targets. A messenger's chat is a number or an @name; the others are written in
// Subscription.Chat with their name behind a colon: "feed:morning".
const (
	// Messenger is a chat.
	Messenger Target = "messenger"
	// Feed is an Atom feed, FolderOf a folder with a file of Markdown for each digest.
	Feed     Target = "feed"
	FolderOf Target = "folder"
)

// targetName is how a feed or a folder may be named: what is a file's name everywhere.
var targetName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// TargetOf reads Subscription.Chat; name is that of a feed or folder, else the chat.
// What is no target of this package is a Messenger's chat, which may be none.
func TargetOf(chat string) (to Target, name string) {
	kind, name, ok := strings.Cut(chat, ":")
	if ok && targetName.MatchString(name) && (kind == string(Feed) || kind == string(FolderOf)) {
		return Target(kind), name
	}
	return Messenger, chat
}

// Newest returns, in tx, the items that were last posted to a chat, those of the newest
// digest first and in its order, at most so many.
func (s *Schedule) Newest(ctx context.Context, tx store.Tx, chat string, most int) ([]Post, error) {
	ids, all, err := scanPosts(ctx, tx, `WHERE chat = ? ORDER BY at DESC, message DESC, item LIMIT ?`, chat, most)
	for i := 0; err == nil && i < len(all); i++ {
		all[i].Cited, err = cited(ctx, tx, ids[i])
	}
	return all, err
}
