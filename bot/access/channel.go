package access

import (
	"context"
	"fmt"

	"newsdesk/corpus/store"
)

// Channel is a channel that the bot is in, as one of the people sees it who added it
// there or changed its rights. Whether the person still is an admin of the channel,
// only the messenger knows.
type Channel struct {
	// Chat is the channel's number, Person whose list it is in.
	Chat, Person int64
	// Title is text of strangers.
	Title string
	// MayPost and MayEdit are the bot's rights there.
	MayPost, MayEdit bool
}

const channelSchema = `
CREATE TABLE access_channels (
	chat     INTEGER NOT NULL,
	person   INTEGER NOT NULL,
	title    TEXT NOT NULL,
	may_post INTEGER NOT NULL,
	may_edit INTEGER NOT NULL,
	PRIMARY KEY (chat, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_channels_people ON access_channels (person);`

// EnteredChannel notes, in tx, that a person has added the bot to a channel, or changed its
// rights there.
func (a *Access) EnteredChannel(ctx context.Context, tx store.Tx, c Channel) error {
	_, err := tx.Exec(ctx, `INSERT INTO access_channels (chat, person, title, may_post, may_edit) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (chat, person) DO NOTHING`, c.Chat, c.Person, c.Title, c.MayPost, c.MayEdit)
	if err == nil {
		_, err = tx.Exec(ctx, `UPDATE access_channels SET title = ?, may_post = ?, may_edit = ? WHERE chat = ?`, c.Title, c.MayPost, c.MayEdit, c.Chat)
	}
	if err != nil {
		return fmt.Errorf("access: noting a channel: %w", err)
	}
	return nil
}

// LeftChannel notes, in tx, that the bot is not in a channel any more.
func (a *Access) LeftChannel(ctx context.Context, tx store.Tx, chat int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM access_channels WHERE chat = ?`, chat); err != nil {
		return fmt.Errorf("access: forgetting a channel: %w", err)
	}
	return nil
}

// Channels returns the channels in a person's list, by their titles; nil for none.
func (a *Access) Channels(ctx context.Context, person int64) ([]Channel, error) {
	var all []Channel
	err := a.db.Read(ctx, func(tx store.Tx) error {
		rows, err := tx.Query(ctx, `SELECT chat, person, title, may_post, may_edit FROM access_channels WHERE person = ? ORDER BY title, chat`, person)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c Channel
			if err := rows.Scan(&c.Chat, &c.Person, &c.Title, &c.MayPost, &c.MayEdit); err != nil {
				return err
			}
			all = append(all, c)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	return all, nil
}
