package apiserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Rich is a rich message as it is received: blocks from top to bottom.
type Rich struct {
	Blocks []RichBlock `json:"blocks"`
	RTL    bool        `json:"is_rtl,omitempty"`
}

// RichBlock is one block. Type says which of the other fields have a meaning:
//
//	paragraph heading pre footer pullquote thinking   Text
//	blockquote details                                Blocks
//	list                                              Items
//	table                                             Cells
//	divider anchor                                    neither
type RichBlock struct {
	Type string    `json:"type"`
	Text *RichText `json:"text,omitempty"`
	// Size of a heading is 1 (largest) to 6.
	Size     int          `json:"size,omitempty"`
	Language string       `json:"language,omitempty"`
	Name     string       `json:"name,omitempty"`
	Items    []RichItem   `json:"items,omitempty"`
	Blocks   []RichBlock  `json:"blocks,omitempty"`
	Credit   *RichText    `json:"credit,omitempty"`
	Cells    [][]RichCell `json:"cells,omitempty"`
	Bordered bool         `json:"is_bordered,omitempty"`
	Striped  bool         `json:"is_striped,omitempty"`
	Compact  bool         `json:"is_compact,omitempty"`
	Caption  *RichText    `json:"caption,omitempty"`
	Summary  *RichText    `json:"summary,omitempty"`
	Open     bool         `json:"is_open,omitempty"`
}

// RichItem is an item of a list; Label is what stands before it.
type RichItem struct {
	Label  string      `json:"label"`
	Blocks []RichBlock `json:"blocks"`
	Value  int         `json:"value,omitempty"`
	Kind   string      `json:"type,omitempty"`
}

// RichCell is a cell of a table.
type RichCell struct {
	Text   *RichText `json:"text,omitempty"`
	Header bool      `json:"is_header,omitempty"`
	Across int       `json:"colspan,omitempty"`
	Down   int       `json:"rowspan,omitempty"`
	Align  string    `json:"align"`
	Valign string    `json:"valign"`
}

// RichText is text with looks. In JSON it is a string, an array, or an object
// with a type: one of Plain, Parts and Type is set.
type RichText struct {
	Plain string
	Parts []RichText
	// Type is "bold", "url" and so on; Inner is what has that look.
	Type  string
	Inner *RichText
	URL   string
}

// looks are the types of RichText that are served, by the tags that make them.
var looks = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "code": "code",
	"mark": "marked", "sub": "subscript", "sup": "superscript", "a": "url",
}

// MarshalJSON writes one of the three forms.
func (t RichText) MarshalJSON() ([]byte, error) {
	switch {
	case t.Type != "":
		return json.Marshal(richLook{t.Type, t.Inner, t.URL})
	case len(t.Parts) > 0:
		return json.Marshal(t.Parts)
	}
	return json.Marshal(t.Plain)
}

type richLook struct {
	Type string    `json:"type"`
	Text *RichText `json:"text"`
	URL  string    `json:"url,omitempty"`
}

// UnmarshalJSON reads one of the three forms; looks that are not served are an
// error.
func (t *RichText) UnmarshalJSON(data []byte) error {
	switch data = bytes.TrimSpace(data); {
	case bytes.HasPrefix(data, []byte(`"`)):
		return json.Unmarshal(data, &t.Plain)
	case bytes.HasPrefix(data, []byte("[")):
		return json.Unmarshal(data, &t.Parts)
	}
	var l richLook
	if err := strictly(data, &l); err != nil {
		return err
	}
	served := slices.Contains([]string{"bold", "italic", "underline", "strikethrough", "spoiler", "code", "marked", "subscript", "superscript", "url"}, l.Type)
	if !served || l.Text == nil || (l.Type == "url") != (l.URL != "") {
		return fmt.Errorf("can't parse RichText of type %q", l.Type)
	}
	*t = RichText{Type: l.Type, Inner: l.Text, URL: l.URL}
	return nil
}

// strictly reads JSON in which every field must be known.
func strictly(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// String returns the text without its looks; t may be nil.
func (t *RichText) String() string {
	var out strings.Builder
	t.runs(func(plain, _ string) { out.WriteString(plain) })
	return out.String()
}

// runs calls f for each piece of text, with the address it links to, empty for
// none.
func (t *RichText) runs(f func(plain, link string)) {
	if t == nil {
		return
	}
	if t.Plain != "" {
		f(t.Plain, "")
	}
	for i := range t.Parts {
		t.Parts[i].runs(f)
	}
	t.Inner.runs(func(plain, link string) {
		if link == "" {
			link = t.URL
		}
		f(plain, link)
	})
}

// walk calls f for each block and then for those in it, with how deep it lies,
// from 1.
func walk(blocks []RichBlock, depth int, f func(b RichBlock, depth int)) {
	for _, b := range blocks {
		f(b, depth)
		walk(b.Blocks, depth+1, f)
		for _, item := range b.Items {
			walk(item.Blocks, depth+1, f)
		}
	}
}

// texts are the block's own texts, as they are read.
func (b RichBlock) texts() []*RichText {
	texts := []*RichText{b.Caption, b.Summary, b.Text}
	for _, row := range b.Cells {
		for _, c := range row {
			texts = append(texts, c.Text)
		}
	}
	texts = append(texts, b.Credit)
	return slices.DeleteFunc(texts, func(t *RichText) bool { return t == nil })
}

// Plain returns the text without its form, a line for each of its texts; r may be
// nil.
func (r *Rich) Plain() string {
	if r == nil {
		return ""
	}
	var lines []string
	walk(r.Blocks, 1, func(b RichBlock, _ int) {
		for _, t := range b.texts() {
			lines = append(lines, t.String())
		}
	})
	return strings.Join(lines, "\n")
}

// links returns the addresses that the text links to, in order.
func (r *Rich) links() []string {
	var links []string
	if r == nil {
		return nil
	}
	walk(r.Blocks, 1, func(b RichBlock, _ int) {
		for _, t := range b.texts() {
			t.runs(func(_, link string) {
				if link != "" {
					links = append(links, link)
				}
			})
		}
	})
	return links
}

// The bounds of a rich message.
const (
	maxRichText    = 32_768
	maxRichBlocks  = 500
	maxRichDepth   = 16
	maxRichColumns = 20
)

// check holds a rich message against Telegram's bounds. But for the length, the
// words of the refusals are ours, after the pattern of Telegram's.
func (r Rich) check() *Refusal {
	length := 0
	for _, line := range strings.Split(r.Plain(), "\n") {
		length += utf8.RuneCountInString(line)
	}
	blocks, deepest, widest := 0, 0, 0
	walk(r.Blocks, 1, func(b RichBlock, depth int) {
		blocks++
		deepest = max(deepest, depth)
		for _, row := range b.Cells {
			widest = max(widest, width(row))
		}
	})
	switch {
	case length > maxRichText:
		return badRequest("message is too long")
	case blocks > maxRichBlocks:
		return badRequest("RICH_MESSAGE_BLOCKS_INVALID")
	case deepest > maxRichDepth:
		return badRequest("RICH_MESSAGE_DEPTH_INVALID")
	case widest > maxRichColumns:
		return badRequest("RICH_MESSAGE_TABLE_INVALID")
	case isInvisible(r.Plain()):
		return badRequest("text must be non-empty")
	}
	return nil
}

func width(row []RichCell) int {
	n := 0
	for _, c := range row {
		n += max(c.Across, 1)
	}
	return n
}

// richInput is InputRichMessage.
type richInput struct {
	HTML     string          `json:"html"`
	Markdown string          `json:"markdown"`
	Blocks   json.RawMessage `json:"blocks"`
	RTL      bool            `json:"is_rtl"`
	Skip     bool            `json:"skip_entity_detection"`
}

// read makes a rich message of what was sent. Only drafts may think.
func (in *richInput) read(draft bool) (*Rich, *Refusal) {
	if in == nil {
		return nil, missing("rich_message")
	}
	ways := []bool{in.HTML != "", in.Markdown != "", in.Blocks != nil}
	ways = slices.DeleteFunc(ways, func(set bool) bool { return !set })
	switch {
	case len(ways) == 0:
		return nil, missing("rich_message")
	case len(ways) > 1:
		return nil, badRequest("exactly one of the fields html, markdown and blocks must be used")
	case in.Markdown != "":
		return nil, badRequest("rich messages in Markdown are not served")
	}
	blocks, err := in.blocks()
	if err != nil {
		return nil, badRequest("%v", err)
	}
	rich := &Rich{Blocks: blocks, RTL: in.RTL}
	if r := rich.check(); r != nil {
		return nil, r
	}
	thinks := slices.ContainsFunc(blocks, func(b RichBlock) bool { return b.Type == "thinking" })
	if thinks && !draft {
		return nil, badRequest("RICH_MESSAGE_THINKING_INVALID")
	}
	return rich, nil
}

func (in *richInput) blocks() ([]RichBlock, error) {
	if in.Blocks == nil {
		blocks, err := parseRich(in.HTML)
		if err != nil {
			return nil, fmt.Errorf("can't parse entities: %w", err)
		}
		return blocks, nil
	}
	var blocks []RichBlock
	if err := strictly(in.Blocks, &blocks); err != nil {
		return nil, fmt.Errorf("can't parse InputRichBlock: %w", err)
	}
	var wrong error
	walk(blocks, 1, func(b RichBlock, _ int) { wrong = errors.Join(wrong, b.complete()) })
	return blocks, wrong
}

// complete reports what a block that was sent as such lacks.
func (b RichBlock) complete() error {
	ok := false
	switch b.Type {
	case "paragraph", "pre", "footer", "pullquote", "thinking":
		ok = b.Text != nil
	case "heading":
		ok = b.Text != nil && b.Size >= 1 && b.Size <= 6
	case "blockquote":
		ok = len(b.Blocks) > 0
	case "details":
		ok = b.Summary != nil && len(b.Blocks) > 0
	case "list":
		ok = len(b.Items) > 0
	case "table":
		ok = len(b.Cells) > 0
	case "anchor":
		ok = b.Name != ""
	case "divider":
		ok = true
	default:
		return fmt.Errorf("can't parse InputRichBlock: Unsupported type %q", b.Type)
	}
	if !ok {
		return fmt.Errorf("can't parse InputRichBlock: a %s lacks its content", b.Type)
	}
	return b.checkLinks()
}

func (b RichBlock) checkLinks() error {
	var wrong error
	for _, t := range b.texts() {
		t.runs(func(_, link string) {
			if link != "" && checkURL(link) != "" {
				wrong = fmt.Errorf("entity URL '%s' is invalid: %s", link, checkURL(link))
			}
		})
	}
	return wrong
}
