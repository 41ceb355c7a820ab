package fetch

import (
	"bufio"
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// rules are what a robots.txt (RFC 9309) says to us. The zero value allows all.
type rules struct {
	list []rule
	// delay is the time that the file wants between two requests; it is no part
	// of the RFC, but what many files say.
	delay time.Duration
}

// rule is one line that allows or forbids.
type rule struct {
	allow bool
	// pattern is in the form of [normal], with * and a $ at its end.
	pattern string
}

// maxRobots is what is read of a robots.txt, in bytes: what the RFC demands at
// least. What follows is passed over.
const maxRobots = 500 << 10

// parseRules reads the group of a robots.txt that is for product, or the one for
// everybody. Lines that say nothing are passed over, as the RFC wants it.
func parseRules(file []byte, product string) rules {
	file = bytes.TrimPrefix(file, []byte("\uFEFF"))
	file = file[:min(len(file), maxRobots)]
	p := groups{product: strings.ToLower(product)}
	lines := bufio.NewScanner(bytes.NewReader(file))
	lines.Buffer(nil, maxRobots+1)
	lines.Split(splitLines)
	for lines.Scan() {
		p.line(lines.Text())
	}
	if p.named {
		return p.ours
	}
	return p.all
}

// splitLines ends a line at \n, \r or both.
func splitLines(data []byte, atEOF bool) (int, []byte, error) {
	if i := bytes.IndexAny(data, "\r\n"); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// groups collects two of a file's groups.
type groups struct {
	product string
	// named says that a group names us.
	named     bool
	ours, all rules
	// toOurs and toAll say which the next rule is for; inAgents that the line
	// before named an agent.
	toOurs, toAll, inAgents bool
}

func (g *groups) line(s string) {
	s, _, _ = strings.Cut(s, "#")
	key, value, ok := strings.Cut(s, ":")
	if !ok {
		return
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "user-agent":
		g.agent(value)
	case "allow":
		g.rule(rule{true, value})
	case "disallow":
		g.rule(rule{false, value})
	case "crawl-delay":
		g.wait(value)
	}
}

// agent begins a group, or adds a name to the one that has begun.
func (g *groups) agent(value string) {
	if !g.inAgents {
		g.toOurs, g.toAll = false, false
	}
	g.inAgents = true
	name := strings.ToLower(value)
	if end := strings.IndexFunc(name, notToken); end >= 0 && name != "*" {
		name = name[:end]
	}
	switch name {
	case "*":
		g.toAll = true
	case g.product:
		g.toOurs, g.named = true, true
	}
}

// notToken reports whether r ends the name of a product.
func notToken(r rune) bool {
	return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '_')
}

// rule adds a rule to the groups it is for. One without a path says nothing.
func (g *groups) rule(r rule) {
	g.inAgents = false
	if r.pattern == "" || r.pattern[0] != '/' && r.pattern[0] != '*' {
		return
	}
	r.pattern = normal(r.pattern)
	if g.toOurs {
		g.ours.list = append(g.ours.list, r)
	}
	if g.toAll {
		g.all.list = append(g.all.list, r)
	}
}

func (g *groups) wait(value string) {
	g.inAgents = false
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds > 0) {
		return
	}
	delay := time.Duration(min(seconds, 1e6) * float64(time.Second))
	if g.toOurs {
		g.ours.delay = delay
	}
	if g.toAll {
		g.all.delay = delay
	}
}

// allow reports whether the page at u may be asked for: by the longest rule that
// matches, and of two of one length by the one that allows.
func (r rules) allow(u *url.URL) bool {
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = normal(path)
	if path == "/robots.txt" {
		return true
	}
	allowed, longest := true, -1
	for _, rule := range r.list {
		if len(rule.pattern) < longest || len(rule.pattern) == longest && !rule.allow {
			continue
		}
		if matches(rule.pattern, path) {
			allowed, longest = rule.allow, len(rule.pattern)
		}
	}
	return allowed
}

// size is about what the rules need of memory, in bytes.
func (r rules) size() int {
	n := 0
	for _, rule := range r.list {
		n += 32 + len(rule.pattern)
	}
	return n
}

// matches reports whether pattern matches the beginning of path, or, with a $ at
// its end, all of it. It goes back only to the last *, so that its time is at
// most the product of both lengths.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	p, s := 0, 0
	star, from := -1, 0
	for {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, s
			p++
			continue
		case p == len(pattern) && (!whole || s == len(path)):
			return true
		case p < len(pattern) && s < len(path) && pattern[p] == path[s]:
			p, s = p+1, s+1
			continue
		case star < 0 || from >= len(path):
			return false
		}
		from++
		p, s = star+1, from
	}
}

// normal is the form in which paths are compared: escaped where they have to
// be, not escaped where they need not, hexadecimal digits in upper case.
func normal(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			v, _ := strconv.ParseUint(s[i+1:i+3], 16, 8) // two digits
			i += 2
			writeEscaped(&b, byte(v), !isUnreserved(byte(v)))
			continue
		}
		writeEscaped(&b, c, c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>\\^`{|}", c) >= 0)
	}
	return b.String()
}

func writeEscaped(b *strings.Builder, c byte, escape bool) {
	const digits = "0123456789ABCDEF"
	if !escape {
		b.WriteByte(c)
		return
	}
	b.WriteByte('%')
	b.WriteByte(digits[c>>4])
	b.WriteByte(digits[c&15])
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
