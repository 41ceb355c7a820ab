package corpus

import (
	"strings"
	"testing"
)

func lookup(c *cache, removal int64, seqs ...int64) map[int64]Article {
	found := make(map[int64]Article)
	c.take(removal, seqs, found)
	return found
}

func TestCacheIsBoundedAndForgetsTheLongestUnused(t *testing.T) {
	c := newCache(3 * size(Article{Text: strings.Repeat("x", 1000)}))
	for seq := int64(1); seq <= 3; seq++ {
		c.put(0, []Article{{Seq: seq, Text: strings.Repeat("x", 1000)}})
	}
	lookup(c, 0, 1) // 1 was used, so 2 is the longest unused
	c.put(0, []Article{{Seq: 4, Text: strings.Repeat("x", 1000)}})
	found := lookup(c, 0, 1, 2, 3, 4)
	if _, ok := found[2]; ok || len(found) != 3 {
		t.Errorf("held %d of 4, with the longest unused among them: %v", len(found), ok)
	}
	c.put(0, []Article{{Seq: 5, Text: strings.Repeat("x", 10_000)}})
	if found := lookup(c, 0, 5); len(found) != 0 || c.bytes > c.limit {
		t.Errorf("a text beyond the bound is held, %d bytes of %d", c.bytes, c.limit)
	}
}

func TestCacheIsOfOneRemoval(t *testing.T) {
	c := newCache(1 << 20)
	c.put(0, []Article{{Seq: 1, Text: "a"}})
	if found := lookup(c, 7, 1); len(found) != 0 {
		t.Error("a later removal did not empty the cache")
	}
	c.put(0, []Article{{Seq: 1, Text: "a"}})
	if found := lookup(c, 7, 1); len(found) != 0 {
		t.Error("what was read before the removal was taken after it")
	}
	c.put(7, []Article{{Seq: 2, Text: "b"}})
	if found := lookup(c, 0, 2); len(found) != 1 {
		t.Error("an older reader emptied the cache")
	}
}

func TestOutletsOfAnEarlierEndAreNotKept(t *testing.T) {
	var c outletCache
	c.put(7, []Outlet{{Name: "new"}})
	c.put(5, []Outlet{{Name: "old"}})
	if _, ok := c.take(5); ok {
		t.Error("those of an earlier end were taken")
	}
	if outlets, ok := c.take(7); !ok || len(outlets) != 1 || outlets[0].Name != "new" {
		t.Errorf("at the end: %v, %v", outlets, ok)
	}
}
