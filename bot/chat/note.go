package chat

import (
	"time"

	"newsdesk/bot"
	"newsdesk/bot/locale"
)

// Notes says notes as strings, for where no blocks can go, such as JSON. Nil
// without any.
func (v View) Notes(notes []bot.Note) []string {
	var out []string
	for _, n := range notes {
		for _, t := range v.voices(n) {
			if s := t.Say(messageOf(n)); s != "" {
				out = append(out, s)
			}
		}
		if s := besides(n); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// notes lays notes out.
func (v View) notes(notes []bot.Note) []bot.Block {
	var blocks []bot.Block
	for _, n := range notes {
		for _, t := range v.voices(n) {
			if b := t.Block(bot.Small, messageOf(n)); len(b.Spans) > 0 {
				blocks = append(blocks, b)
			}
		}
		if s := besides(n); s != "" {
			blocks = append(blocks, bot.Own(bot.Small, s))
		}
	}
	return blocks
}

// voices are the languages in which a note is said: that of the interface, and
// that of a question which was refused for its language, as whoever asked it may
// read no other.
func (v View) voices(n bot.Note) []locale.Texts {
	out := []locale.Texts{v.texts}
	if own, ok := v.texts.Speaking(refused(n)); ok && own.Tag() != v.texts.Tag() {
		out = append(out, own)
	}
	return out
}

// refused is the language of a question that was refused for it, "" for other notes.
func refused(n bot.Note) string {
	if n.Kind == bot.NoteLanguage {
		return n.Asked
	}
	return ""
}

// unspoken says in languages that questions are recognized in, and the interface
// does not speak, that one can be asked in English.
var unspoken = map[string]string{"zh": "没有模型服务器时，我只能读懂与文章语言相同的问题；请用英语提问。"}

// besides is what is said of a note in such a language, "" for nothing.
func besides(n bot.Note) string {
	if n.Wanted != "en" {
		return ""
	}
	return unspoken[refused(n)]
}

// messageOf returns what a note says; the zero Message for the zero note.
func messageOf(n bot.Note) locale.Message {
	for _, about := range []func(bot.Note) (locale.Message, bool){ofWriter, ofSearch, ofDays, ofFound, ofDigest, ofOwn} {
		if m, ok := about(n); ok {
			return m
		}
	}
	return locale.Message{}
}

// ofWriter is about who wrote.
func ofWriter(n bot.Note) (locale.Message, bool) {
	switch n.Kind {
	case bot.NoteFailed:
		return locale.NoteFailed(), true
	case bot.NoteCut:
		return locale.NoteCut(), true
	case bot.NoteUnchecked:
		return locale.NoteUnchecked(), true
	case bot.NoteDigest:
		return locale.NoteDigest(), true
	case bot.NoteTranslated:
		return locale.NoteTranslated(), true
	case bot.NoteOriginal:
		return locale.NoteOriginal(), true
	case bot.NoteLanguage:
		return locale.NoteLanguage(n.Wanted), true
	case bot.NoteUnrestated:
		return locale.NoteUnrestated(n.Wanted), true
	}
	return locale.Message{}, false
}

// ofSearch is about what was searched.
func ofSearch(n bot.Note) (locale.Message, bool) {
	switch n.Kind {
	case bot.NoteMissing:
		return locale.NoteMissing(), true
	case bot.NoteWidened:
		return locale.NoteWidened(n.Outlets, n.From, n.To), true
	case bot.NoteWidenedOf:
		return locale.NoteWidenedOf(n.Outlets, n.From, n.To), true
	case bot.NoteOutlets:
		return locale.NoteOutlets(), true
	}
	return locale.Message{}, false
}

// ofDays is about the days of which articles were searched.
func ofDays(n bot.Note) (locale.Message, bool) {
	switch n.Kind {
	case bot.NoteRead:
		return locale.NoteRead(n.Words, n.From, n.To), true
	case bot.NoteReadAfter:
		return locale.NoteReadAfter(n.Words, n.From, n.To), true
	case bot.NoteReadSince:
		return locale.NoteReadSince(n.Words, n.From), true
	case bot.NoteWithin:
		return within(n.From, n.To), true
	case bot.NoteAsOf:
		return locale.NoteAsOf(n.To), true
	case bot.NoteBeforeEvent:
		return locale.NoteBeforeEvent(n.Words, first(n.Outlets), n.From), true
	case bot.NoteAfterEvent:
		return locale.NoteAfterEvent(n.Words, first(n.Outlets), n.From), true
	case bot.NoteNoEvent:
		return locale.NoteNoEvent(n.Words), true
	}
	return locale.Message{}, false
}

// within says what time was searched; to is its last moment.
func within(from, to time.Time) locale.Message {
	switch {
	case to.IsZero():
		return locale.NoteSince(from)
	case from.IsZero():
		return locale.NoteBefore(to.Add(1))
	}
	return locale.NoteWithin(from, to)
}

// ofFound is about what was found.
func ofFound(n bot.Note) (locale.Message, bool) {
	switch n.Kind {
	case bot.NoteSilent:
		return locale.NoteSilent(n.Outlets), true
	case bot.NoteSides:
		return locale.NoteSides(n.N), true
	case bot.NoteCopies:
		return locale.NoteCopies(n.Outlets), true
	case bot.NoteCounted:
		return locale.NoteCounted(), true
	case bot.NoteClosest:
		return locale.NoteClosest(n.Words), true
	case bot.NotePremise:
		return locale.Premise(n.Words), true
	case bot.NoteNewest:
		return locale.NoteNewest(n.N), true
	}
	return locale.Message{}, false
}

// ofDigest is about a period.
func ofDigest(n bot.Note) (locale.Message, bool) {
	switch n.Kind {
	case bot.NoteNothing:
		return locale.DigestEmpty(), true
	case bot.NoteLate:
		return locale.NoteLate(), true
	case bot.NoteUnread:
		return locale.NoteUnread(n.Outlets), true
	}
	return locale.Message{}, false
}

// ofOwn is what the program itself says in an answer.
func ofOwn(n bot.Note) (locale.Message, bool) {
	switch n.Kind {
	case bot.SaysCount:
		return locale.SaysCount(n.Outlets), true
	case bot.SaysFirst:
		return locale.SaysFirst(first(n.Outlets), n.From), true
	case bot.SaysLast:
		return locale.SaysLast(first(n.Outlets), n.From), true
	case bot.SaysDiffer:
		return locale.SaysDiffer(n.Outlets, n.Values), true
	case bot.SaysLater:
		return locale.SaysLater(n.Outlets, n.Values), true
	case bot.SaysDenied:
		if len(n.Outlets) != 2 {
			break
		}
		return locale.SaysDenied(n.Outlets[0], n.Outlets[1]), true
	}
	return locale.Message{}, false
}

func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}
