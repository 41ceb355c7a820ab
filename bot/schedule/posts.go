package schedule

import (
	"context"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// Post is one item of a digest in one message.
type Post struct {
	// Chat and Topic are where it is, Message its id there; a message may carry
	// several items.
	Chat    string
	Topic   int
	Message int
	// Item is the item's place in the digest, from 0.
	Item         int
	Subscription int64
	// Slot is 0 for what was posted by hand.
	Slot int64
	// Story is empty where the item is of none.
	Story string
	// Text is the item as it is read, without markup.
	Text  string
	Cited []Cited
	At    time.Time
}

// Cited is a quote of one version of an article.
type Cited struct {
	// Article is the identity over all versions, Seq the version.
	Article string
	Seq     int64
	// Quote is verbatim; empty once the article's text was removed. It is the bytes
	// [Start, End) of the version's text.
	Quote      string
	Start, End int
	// Sentence is ours, plain, as it was sent.
	Sentence string
}

// Posted notes what a message carries, in tx. Noting the same item of the same
// message again replaces it: a post that was corrected cites something else.
func (s *Schedule) Posted(ctx context.Context, tx store.Tx, p Post) error {
	var id int64
	err := tx.QueryRow(ctx, `INSERT INTO schedule_posts (chat, topic, message, item, subscription, slot, story, text, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (chat, message, item) DO UPDATE SET topic = excluded.topic,
		subscription = excluded.subscription, slot = excluded.slot, story = excluded.story, text = excluded.text, at = excluded.at RETURNING id`,
		p.Chat, p.Topic, p.Message, p.Item, p.Subscription, p.Slot, p.Story, p.Text, p.At.Unix()).Scan(&id)
	if err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM schedule_cited WHERE post = ?`, id); err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	for n, c := range p.Cited {
		_, err := tx.Exec(ctx, `INSERT INTO schedule_cited (post, n, article, seq, quote, start, stop, sentence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			id, n, c.Article, c.Seq, c.Quote, c.Start, c.End, c.Sentence)
		if err != nil {
			return fmt.Errorf("schedule: %w", err)
		}
	}
	return nil
}

// ByArticle returns the posts that cite any version of an article, oldest first.
func (s *Schedule) ByArticle(ctx context.Context, article string) ([]Post, error) {
	return s.posts(ctx, `WHERE id IN (SELECT post FROM schedule_cited WHERE article = ?) ORDER BY at, id`, article)
}

// ByMessage returns what a message carries, in the digest's order; none when it is
// no digest of ours.
func (s *Schedule) ByMessage(ctx context.Context, chat string, message int) ([]Post, error) {
	return s.posts(ctx, `WHERE chat = ? AND message = ? ORDER BY item`, chat, message)
}

// BySlot returns what a slot posted, in the digest's order.
func (s *Schedule) BySlot(ctx context.Context, slot int64) ([]Post, error) {
	return s.posts(ctx, `WHERE slot = ? ORDER BY item, message`, slot)
}

// Unposted forgets what a message carried, in tx: it was deleted in the chat.
func (s *Schedule) Unposted(ctx context.Context, tx store.Tx, chat string, message int) error {
	for _, statement := range []string{
		`DELETE FROM schedule_cited WHERE post IN (SELECT id FROM schedule_posts WHERE chat = ? AND message = ?)`,
		`DELETE FROM schedule_posts WHERE chat = ? AND message = ?`,
	} {
		if _, err := tx.Exec(ctx, statement, chat, message); err != nil {
			return fmt.Errorf("schedule: %w", err)
		}
	}
	return nil
}

// Removed deletes the quotes of an article whose text was removed, in tx; which
// posts cite it stays known.
func (s *Schedule) Removed(ctx context.Context, tx store.Tx, article string) error {
	if _, err := tx.Exec(ctx, `UPDATE schedule_cited SET quote = '' WHERE article = ?`, article); err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	return nil
}

func (s *Schedule) posts(ctx context.Context, where string, args ...any) (all []Post, err error) {
	err = s.db.Read(ctx, func(tx store.Tx) (err error) {
		var ids []int64
		ids, all, err = scanPosts(ctx, tx, where, args...)
		for i := 0; err == nil && i < len(all); i++ {
			all[i].Cited, err = cited(ctx, tx, ids[i])
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	return all, nil
}

func scanPosts(ctx context.Context, tx store.Tx, where string, args ...any) (ids []int64, all []Post, err error) {
	rows, err := tx.Query(ctx, `SELECT id, chat, topic, message, item, subscription, slot, story, text, at FROM schedule_posts `+where, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p Post
		var id, at int64
		if err := rows.Scan(&id, &p.Chat, &p.Topic, &p.Message, &p.Item, &p.Subscription, &p.Slot, &p.Story, &p.Text, &at); err != nil {
			return nil, nil, err
		}
		p.At = time.Unix(at, 0).UTC()
		ids, all = append(ids, id), append(all, p)
	}
	return ids, all, rows.Err()
}

func cited(ctx context.Context, tx store.Tx, post int64) ([]Cited, error) {
	rows, err := tx.Query(ctx, `SELECT article, seq, quote, start, stop, sentence FROM schedule_cited WHERE post = ? ORDER BY n`, post)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Cited
	for rows.Next() {
		var c Cited
		if err := rows.Scan(&c.Article, &c.Seq, &c.Quote, &c.Start, &c.End, &c.Sentence); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}
