package digest

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"newsdesk/corpus/text"
)

// What is no report.
var (
	// columns are categories and parts of addresses.
	columns = setOf(`opinion opinions editorial editorials commentary commentisfree column columns columnist
		columnists op-ed oped ideas perspective perspectives analysis blog blogs letters review reviews podcast podcasts
		video videos gallery galleries quiz horoscope horoscopes crossword recipes`)
	// headed are what titles begin with, or have in them, that stand over anything but a
	// report of one thing.
	headed = regexp.MustCompile(`(?i)^(opinion|editorial|commentary|column|analysis|op-ed|perspective|review|letters?|video|watch|photos?|pictures|listen|podcast|quiz|transcript|explainer|fact[- ]check|live|exclusive video|horoscope|obituary|cartoon|poll|recap|newsletter|first read|first thing)\s?[:|–—-]` +
		`|\b(briefing|live (updates?|blog)|as it happened|in (pictures|photos)|need to know|to know (about|today|this)|things (to|you|we)|takeaways|open thread|cartoons? of|week in review|weekly (roundup|review)|letters to the editor|op-ed|editorial board|what to watch|how to watch|full transcript|winners and losers|five things|best and worst|morning (joe|edition)|daily (digest|brief|roundup))\b` +
		`|^(in defen[cs]e of|the case (for|against)|in praise of|a letter to)\b` +
		`|^(\d+|two|three|four|five|six|seven|eight|nine|ten) (things|ways|reasons|facts|questions|lessons|charts|times|signs|quotes|tips|takeaways)\b`)
	// asking are titles that ask or explain instead of telling.
	asking = regexp.MustCompile(`(?i)^(why|how|what|who|when|where|which|here['’]?s|here are|this is|these|meet|is|are|was|were|does|do|did|can|could|should|would|will|has|have|yes|no|dear|stop|let['’]?s|don['’]t|inside)\b`)
	// judging are words of a title that says what should be, attributing those of one
	// that says who says so.
	judging     = regexp.MustCompile(`(?i)\b(should|ought|must|would be|deserves?|explained)\b`)
	attributing = regexp.MustCompile(`(?i)[:"“”‘’']|\b(says?|said|tells?|told|urges?|calls?|warns?|argues?)\b`)
	// addressing are words of somebody who talks to the reader, or of himself.
	addressing = regexp.MustCompile(`(?i)\b(you|your|i|i'm|i’m|my|me|we|our|us|let['’]s)\b`)
	// noticing are outlets' own words around a title.
	noticing = regexp.MustCompile(`(?i)^(breaking( news)?|update \d+|updated|update|just in|developing|alert|exclusive|(bombshell )?report|watch)\s?[:|–—-]\s?`)
)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// leastWords is the length of a text that reports something.
const leastWords = 25

// isReport reports whether an article reports something: news, and not what somebody
// thinks of it, nor a list of everything.
func isReport(p *page) bool {
	if columns[strings.ToLower(p.Category)] || headed.MatchString(p.Title) || len(p.heads) < 2 {
		return false
	}
	if u, err := url.Parse(p.URL); err == nil {
		for part := range strings.SplitSeq(strings.ToLower(u.Path), "/") {
			if columns[part] {
				return false
			}
		}
	}
	return len(strings.Fields(p.Text)) >= leastWords && !isPersonal(p)
}

// What a writer who speaks of himself or to the reader does within so many bytes.
const (
	personalRead = 1500
	personalMost = 2
)

var personal = regexp.MustCompile(`\b(I|I['’]m|I['’]ve|I['’]d|my|My|myself|you|You|your|Your|we|We|our|Our|let['’]s|Let['’]s)\b`)

// isPersonal reports whether somebody speaks of himself, or to the reader, outside of
// quotations. Only English is known.
func isPersonal(p *page) bool {
	s := p.Text[:min(len(p.Text), personalRead)]
	for _, q := range p.language.Quotations(s) {
		s = s[:q.Start] + strings.Repeat(" ", q.End-q.Start) + s[q.End:]
	}
	return len(personal.FindAllString(s, personalMost+1)) > personalMost
}

// headlineOf takes off a title what outlets put around it: their name behind a bar or
// a dash, "BREAKING:" before it. What is left is part of the title.
func headlineOf(title, outlet string) string {
	title = strings.TrimSpace(noticing.ReplaceAllString(strings.TrimSpace(title), ""))
	for _, bar := range []string{" | ", " - ", " – ", " — ", " :: "} {
		at := strings.LastIndex(title, bar)
		if at > 0 && namesOutlet(title[at+len(bar):], outlet) {
			title = strings.TrimSpace(title[:at])
		}
	}
	return title
}

// namesOutlet reports whether a piece of a title is the outlet's name, or shares a
// word with it.
func namesOutlet(piece, outlet string) bool {
	own := map[string]bool{}
	for w := range strings.FieldsSeq(strings.ToLower(outlet)) {
		own[strings.Trim(w, "().,")] = true
	}
	words := strings.Fields(strings.ToLower(piece))
	if len(words) > 5 {
		return false
	}
	for _, w := range words {
		w = strings.Trim(w, "().,")
		if w = strings.TrimSuffix(w, ".com"); w != "the" && w != "news" && w != "of" && own[w] {
			return true
		}
	}
	return false
}

// The flaws of a title that are left out where there is a better one; badTitle is one
// that is no headline of a report.
const badTitle = 3

// flaws weighs what makes a title a bad headline; 0 is a good one.
func flaws(title string) int {
	n := 0
	words := len(strings.Fields(title))
	if strings.Contains(title, "?") || asking.MatchString(title) {
		n += badTitle
	}
	if addressing.MatchString(unquoted(title)) {
		n += 2
	}
	if words < 4 || words > 16 {
		n++
	}
	if strings.ToUpper(title) == title {
		n += 2
	}
	if strings.ContainsAny(title, "!…") || strings.Contains(title, "...") {
		n++
	}
	if strings.IndexAny(title, `"“'‘`) == 0 {
		n++
	}
	if judging.MatchString(title) && !attributing.MatchString(title) {
		n += badTitle
	}
	return n
}

// unquoted is a title without what stands between quotation marks in it.
func unquoted(s string) string {
	for _, q := range text.For("en").Quotations(s) {
		s = s[:q.Start] + strings.Repeat(" ", q.End-q.Start) + s[q.End:]
	}
	return s
}

// The length of a sentence that can be read alone, in words.
const (
	shortest = 6
	longest  = 42
)

var (
	// leaning are beginnings that lean on what was said before.
	leaning = regexp.MustCompile(`^(He|She|It|They|This|That|These|Those|His|Her|Their|Its|But|And|Or|So|Yet|However|Also|Still|Then|There|Here|Instead|Meanwhile|Moreover|Nevertheless|Indeed|Both|Such|Another|Others|In addition|For example|In fact|That['’]s|It['’]s|He['’]s|She['’]s|They['’]re|There['’]s|What|Why|How|Who|When asked|Asked|One of them|Some|Not|Now|After that|As a result|On the other hand|In response|Earlier|Later|Afterwards|Additionally|Furthermore|Among them|At the time|The (former|latter|move|decision|incident|comments?|statement|remarks?|two|pair|report|announcement|measure|bill|ruling|law|agency|company|suspect|victim|man|woman|couple|group|program|plan|deal|order|trial|case|attack|shooting|storm|study|letter|tweet|news|question|problem|answer|idea|point|fact|vote|president|official|judge|court|minister|senator|mayor|governor|lawmaker|latest))\b`)
	// furniture is what pages put between the paragraphs.
	furniture = regexp.MustCompile(`(?i)^(by [A-Z]|photo|image|picture|caption|video|watch|listen|read|click|follow|sign up|subscribe|share|advertisement|story continues|related|more:|source:|copyright|©|updated?\b.{0,6}:|published|posted|editor['’]s note|correction|note:|please|get |enter your|this (article|story|post|is a)|the following|download|for more|see (also|more)|continue reading|good (morning|evening)|welcome|loading|originally|close [A-Z]|share [A-Z]|\d+ (of|/) \d+\b)|(?-i:^\p{Lu}{4,}[\w ]{0,20}:)`)
	furnished = regexp.MustCompile(`(?i)://|www\.|pic\.twitter|@\w+\b.*\b(20\d\d)|\bclick here\b|read more|sign up|getty|\b(ap|afp|reuters) photo\b|associated press contributed|contributed to this report|this material may not be|all rights reserved|\| |copyright 20|file photo|in this (image|photo|picture|handout|combination)|(image|photo|picture)s? (released|taken|provided)|image (copyright|caption)|\[\d+\]|(is|are|being|will be) (now )?(being )?updated\b|declined to (comment|answer)|did not (immediately )?(respond|return|reply)|could not (immediately )?be reached|\bour (website|newsletter|reporters?|journalism)|https?\b|enlarge|hide caption|toggle caption`)
)

// captioned is a sentence about a picture: who does what in it, and on which day.
var captioned = regexp.MustCompile(`^[^,"“]{3,90}\b(speaks?|gestures?|looks?|arrives?|attends?|walks?|poses?|listens?|delivers?|leaves?|waves?|stands?|addresses|takes?|shakes?|reacts?|smiles?|participates?|appears?|(is|are) (seen|pictured|shown))\b.*(\b(19|20)\d\d\.?|\bin (this|an undated) .*|\b(left|right|center|centre)\b.*)$`)

// pictured is one that is nothing but who was where on which day.
var pictured = regexp.MustCompile(`^[^,“"]{3,60} (on|in) (Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,4}( in [A-Z][\p{L} .]+)?\.$`)

// isFit reports whether a sentence can be read alone.
func isFit(l *text.Language, s string, words int) bool {
	if words < shortest || words > longest || leaning.MatchString(s) || furniture.MatchString(s) || furnished.MatchString(s) {
		return false
	}
	if captioned.MatchString(s) || words < 14 && pictured.MatchString(s) || strings.Contains(s, " MORE ") || strings.HasSuffix(s, " .") {
		return false
	}
	if !endsWell(s) || !beginsWell(s) || !balanced(s) || humps(s) > 1 || isTitled(s) {
		return false
	}
	outside := s
	for _, q := range l.Quotations(s) {
		outside = outside[:q.Start] + strings.Repeat(" ", q.End-q.Start) + outside[q.End:]
	}
	if personal.MatchString(outside) || leansInside(outside) {
		return false
	}
	return true
}

// leansInside reports whether who speaks is only a pronoun: "…, he said".
var speaks = regexp.MustCompile(`(?i)\b(he|she|they|it) (said|says|told|added|added|wrote|tweeted|continued|explained|noted|argued|insisted|warned)\b|\b(said|added|continued|wrote) (he|she|they)\b`)

func leansInside(s string) bool {
	at := speaks.FindStringIndex(s)
	if at == nil {
		return false
	}
	return len(text.For("en").Names(s[:at[0]])) == 0
}

func endsWell(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]")
	return strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "...") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "。") || strings.HasSuffix(s, "؟")
}

// beginsWell wants a capital letter, a figure, or a script without capitals, and no
// quotation: whose words they are would come behind them.
func beginsWell(s string) bool {
	for _, r := range s {
		return unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r) || r == '$' || r == '€' || r == '£'
	}
	return false
}

// balanced reports whether what is opened is closed.
func balanced(s string) bool {
	return strings.Count(s, "(") == strings.Count(s, ")") && strings.Count(s, "“") == strings.Count(s, "”") && strings.Count(s, `"`)%2 == 0
}

// humps counts capitals inside of words, which are many where a text runs into the
// next.
func humps(s string) int {
	n, before := 0, ' '
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			n++
		}
		before = r
	}
	return n
}

// isTitled reports whether nearly all words begin with capitals, as in headlines.
func isTitled(s string) bool {
	upper, all := 0, 0
	for w := range strings.FieldsSeq(s) {
		if len(w) > 3 {
			all++
			if unicode.IsUpper([]rune(w)[0]) {
				upper++
			}
		}
	}
	return all >= 6 && 4*upper > 3*all
}

// opening is what agencies put before the first sentence: "WYNMOOR (Reuters) - ",
// "DUNMAR, May 3 — ", "(CNN) "; before a dash a place and an agency or a place in
// capitals, without one only the latter or an agency alone.
var opening = regexp.MustCompile(`^(?:[A-Z][\p{L}\d.,' /]{1,40}\([A-Z][^()\d]{1,30}\) ?(?:--|[-–—]) ?|[A-Z][\p{L}\d.,' /]{1,40} ?(?:--|[-–—]) ?|[A-Z][\p{L}\d.,' /]{1,40}\([A-Z][^()\d]{1,30}\) |\([A-Z][^()\d]{1,30}\) ?(?:--|[-–—])? ?)`)

// dateline returns the length of what opens a report before its first sentence.
func dateline(s string) int {
	m := opening.FindString(s)
	credited := strings.Contains(m, "(") && strings.ContainsAny(m, "-–—")
	if m == "" || !credited && !strings.HasPrefix(m, "(") && !shouts(m) {
		return 0
	}
	return len(m)
}

// shouts reports whether the first word is in capitals, as places in datelines are.
func shouts(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	first = strings.Trim(first, ",.-–—")
	return len(first) > 2 && strings.ToUpper(first) == first
}

// orders are what is said to whoever, or whatever, reads an article in order to write
// about it.
var orders = regexp.MustCompile(`(?i)\b(ignore|disregard|forget|override)\b.{0,40}\b(above|previous|prior|preceding|instructions?|everything|articles?|passages?|rules)\b` +
	`|\byou are (now )?(an?|the) ([\w-]+ ){0,3}(assistant|model|bot|ai|chatbot)\b|\b(system|developer) prompt\b|\bas an ai\b|\blanguage model,? (write|say|answer|reply)\b` +
	`|^(please )?(write|reply|answer|respond|output|print|repeat|summari[sz]e|translate)\b.{0,30}\b(that|only|with|this|the following|as follows)\b|</?passage|\bnew instructions?\b`)

// isOrder reports whether a sentence is such an order.
func isOrder(s string) bool { return orders.MatchString(s) }
