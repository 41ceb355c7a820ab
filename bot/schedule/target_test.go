package schedule

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestTargetOf(t *testing.T) {
	long := "feed:" + strings.Repeat("a", 41)
	for chat, want := range map[string]Target{
		"feed:morning": Feed, "folder:desk-2": FolderOf, "-1001": Messenger, "@feed": Messenger, "feed:": Messenger,
		"feed:../x": Messenger, "feed:A": Messenger, "file:x": Messenger, long: Messenger,
	} {
		to, name := TargetOf(chat)
		if to != want || to == Messenger && name != chat {
			t.Errorf("%s is %s %q", chat, to, name)
		}
		sub := Default(chat, time.Unix(0, 0))
		if bad := want == Messenger && chat[0] == 'f'; errors.Is(sub.check(), ErrChat) != bad {
			t.Errorf("%s: %v", chat, sub.check())
		}
	}
	sub := Default("feed:morning", time.Unix(0, 0))
	if sub.Topic = 3; !errors.Is(sub.check(), ErrChat) {
		t.Error("a feed has topics")
	}
}
