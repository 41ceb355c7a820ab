package telegram

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/go-telegram/bot/models"

	"newsdesk/bot/chat"
)

// albumOf returns what the messages of one album have in common, "" for a message
// that is in none. An edit is no part of it: it stands alone.
func albumOf(u *models.Update) string {
	if u.Message == nil || u.Message.MediaGroupID == "" {
		return ""
	}
	return chatKey(u.Message.Chat.ID) + " " + u.Message.MediaGroupID
}

// albums remembers which albums were answered, so that a picture that comes late is
// not answered by itself. After a restart one may be: that says once more what
// cannot be read.
type albums struct {
	mu   sync.Mutex
	last []string
}

// mostAlbums is the number of albums that are remembered: they come within seconds.
const mostAlbums = 100

func (a *albums) answered(album string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, l := range a.last {
		if l == album {
			return true
		}
	}
	return false
}

func (a *albums) add(album string) {
	if album == "" {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last = append(a.last, album)
	a.last = a.last[max(0, len(a.last)-mostAlbums):]
}

// gathered returns the one message that an album is, with the updates of its other
// parts: that which has a caption, or else the first.
func (b *Bot) gathered(ctx context.Context, r received, album string, m chat.Message) (chat.Message, []received, error) {
	if album == "" {
		return m, nil, nil
	}
	if b.albums.answered(album) {
		m.Addressed = false
		return m, nil, nil
	}
	for wait := m.At.Add(2 * apart).Sub(b.now()); ; wait -= joinLook {
		parts, captioned, err := b.partsOf(ctx, r, album, m)
		if err != nil || wait <= 0 || len(parts) == mostParts-1 {
			return captioned, parts, err
		}
		if err := sleep(ctx, min(wait, joinLook)); err != nil {
			return m, nil, err
		}
	}
}

// mostParts is the number of pictures in an album at most.
const mostParts = 10

// partsOf returns the other updates of the album that have come, and the message
// among all of them that says something.
func (b *Bot) partsOf(ctx context.Context, r received, album string, m chat.Message) (parts []received, captioned chat.Message, err error) {
	after, err := b.inbox.after(ctx, r.chat, r.id)
	if err != nil {
		return nil, m, err
	}
	captioned = m
	for _, next := range after {
		var u models.Update
		if err := json.Unmarshal(next.body, &u); err != nil || albumOf(&u) != album {
			continue // its own handler says what is wrong
		}
		parts = append(parts, next)
		if p, ok := message(&u, b.identity()); ok && captioned.Text == "" && captioned.Command == "" {
			if p.Text != "" || p.Command != "" {
				captioned = p
			}
		}
	}
	return parts, captioned, nil
}
