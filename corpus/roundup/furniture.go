package roundup

import (
	"regexp"
	"strings"
	"unicode"
)

// maxFurniture is the length in bytes up to which a line is looked at: what a
// page says about itself is short.
const maxFurniture = 200

// mark is a line of the format that says something about an article.
type mark int

const (
	unmarked mark = iota
	// ends is READ FULL ARTICLE or SOURCE: the text of the article is over.
	ends
	// related is RELATED: the title of the next article, or a link inside one.
	related
	// furniture says nothing.
	furniture
)

var (
	readFull   = regexp.MustCompile(`(?i)^(?:read|see|view) (?:the |this )?(?:full|whole|entire|complete|original) (?:article|story|text|report)\b(.*)$`)
	sourceLine = regexp.MustCompile(`^((?i)source)s?\s*:\s*(.*)$`)
	relatedTo  = regexp.MustCompile(`(?i)^related(?: (?:article|story|news|content|reading))?s?\s*:\s*(.*)$`)
)

// markOf says what a line is.
func markOf(s string) mark {
	if len(s) > maxFurniture {
		if relatedTo.MatchString(s) {
			return related
		}
		if isLongMark(s) {
			return ends
		}
		return unmarked
	}
	f := folded(s)
	switch {
	case f == "":
		return furniture
	case relatedTo.MatchString(s[strings.Index(s, f):]):
		return related
	case isEnd(f):
		return ends
	case isFurniture(s, f):
		return furniture
	}
	return unmarked
}

// folded is a line without the arrows, bullets and the like around it.
func folded(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// isEnd reports whether a line ends an article. What follows the words is an
// address or a few words ("at the Herald"); a sentence may begin like that too.
func isEnd(f string) bool {
	if m := readFull.FindStringSubmatch(f); m != nil {
		return words(m[1]) <= 6 && !startsWord(m[1])
	}
	m := sourceLine.FindStringSubmatch(f)
	if m == nil {
		return false
	}
	return m[1] == "SOURCE" && words(m[2]) <= maxFragment || words(m[2]) <= 2 && hasAddress(m[2])
}

// isLongMark reports whether a line that is too long for furniture is a mark
// with a long address.
func isLongMark(s string) bool {
	f := folded(s)
	return words(f) <= 8 && hasAddress(f) && isEnd(f)
}

// startsWord reports whether the words after READ FULL ARTICLE go on as a
// sentence would.
func startsWord(after string) bool {
	after = strings.TrimSpace(after)
	return after != "" && !hasAddress(after) && startsLower(after) &&
		!strings.HasPrefix(after, "at ") && !strings.HasPrefix(after, "on ") && !strings.HasPrefix(after, "here")
}

// hasAddress reports whether one of the words is an address or a host.
func hasAddress(s string) bool {
	var a address
	a.add(line{text: s})
	return a != address{}
}

// phrases are whole lines, in lower case.
var phrases = lineSet(`
	read more
	read on
	continue reading
	keep reading
	be the first to comment
	be first to comment
	share
	share this
	share article
	share this article
	share story
	share this story
	share this page
	share this post
	share on social media
	tweet
	tweet this
	retweet
	print
	print this
	print article
	print this article
	email
	e-mail
	email this
	email this article
	whatsapp
	facebook
	twitter
	telegram
	linkedin
	reddit
	messenger
	copy link
	link copied
	copied
	save
	save article
	bookmark
	advertisement
	advertisements
	advertising
	advertorial
	ad
	ads
	skip ad
	skip advertisement
	remove ads
	sponsored
	sponsored content
	promoted
	promoted content
	paid content
	paid post
	anzeige
	werbung
	publicité
	publicidad
	story continues below
	article continues below
	scroll to continue
	comment
	comments
	no comments
	no comments yet
	leave a comment
	leave a reply
	add a comment
	post a comment
	write a comment
	view comments
	show comments
	join the conversation
	join the discussion
	subscribe
	subscribe now
	sign up
	sign in
	log in
	newsletter
	related
	related articles
	related stories
	related topics
	related content
	more on this story
	more on this topic
	more stories
	most read
	most popular
	read next
	up next
	recommended
	recommended for you
	you may also like
	back to top
	back to the top
	loading
	menu
	listen
	listen to this article
	listen to article
	watch
	play
	pause
	photo gallery
	source
	sources
	published
	all rights reserved`)

func lineSet(list string) map[string]bool {
	m := map[string]bool{}
	for l := range strings.Lines(list) {
		if l = strings.TrimSpace(l); l != "" {
			m[l] = true
		}
	}
	return m
}

// patterns are whole lines too, in lower case, without a full stop at the end.
var patterns = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`\d+ (?:comments?|shares?|views?|likes?|reactions?|replies)`,
	`(?:share|post|tweet|send|pin|save|email|print|copy)(?: (?:this|it|the|article|story|link|page))* (?:on|via|to|by|with) (?:x|facebook|twitter|whatsapp|telegram|linkedin|reddit|e-?mail|messenger|pinterest|bluesky|social media|friends?|a friend|clipboard)(?: [\pL (),]*)?`,
	`(?:the )?(?:story|article|text) continues (?:below|after)(?: (?:the |this )?(?:ad|advertisement|advert|video|photo|gallery))?`,
	`(?:advertisement|anzeige|ad)\W+(?:scroll|story|article|continue|weiter|close|skip)\b[\pL ]{0,40}`,
	`(?:follow|find|like|join) us (?:on|at|in)\b.{0,80}`,
	`(?:sign up|subscribe|register)(?: now| here)? (?:for|to) (?:our|the|this|\pL+’s|\pL+'s)\b.{0,60}\b(?:newsletters?|updates|podcast|channel)(?: here)?`,
	`\d+[ -]?min(?:ute)?s?(?:[ -]read)?`,
	`(?:click|tap) here(?: (?:to|for)\b.{0,60})?`,
}, "|") + `)$`)

// isFurniture reports whether a line is one that a page has and an article has
// not. f is the line folded.
func isFurniture(s, f string) bool {
	low := strings.ToLower(f)
	if phrases[low] || patterns.MatchString(low) {
		return true
	}
	if strings.HasPrefix(low, "source: ") && !hasFinal(s) && words(s) <= maxSubheading {
		return true // of a chart or a picture
	}
	return isCopyright(s, low) || isStamp(low) || isDateline(s)
}

func isCopyright(s, low string) bool {
	if words(s) > 2*maxHeadline {
		return false
	}
	return strings.HasPrefix(s, "©") || strings.HasPrefix(low, "copyright ©") || strings.HasPrefix(low, "copyright (c)") ||
		strings.HasSuffix(low, "all rights reserved") && words(s) <= maxHeadline
}

// isStamp reports whether a line is only the time when something was published
// or changed.
func isStamp(low string) bool {
	for _, word := range []string{"published", "last updated", "updated", "last modified", "modified", "posted"} {
		if date, ok := strings.CutPrefix(low, word); ok {
			_, reason := readDate(strings.TrimLeft(strings.TrimPrefix(date, " on "), ": "))
			return reason == ""
		}
	}
	return false
}
