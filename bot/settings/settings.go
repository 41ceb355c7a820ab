// Package settings keeps a chat's choices.
//
// # Design
//
// [Settings] is a value: everything that a chat can choose, with the defaults
// filled in. A choice is made by a [Change], which is a value too and is checked
// when it is applied: what cannot be is refused with an error of its own name
// ([ErrLanguage], [ErrZone] …), and then nothing is changed. Who may choose is
// the caller's to know (in a group its admins), and so is which outlets there
// are: a name that no article bears any more stays chosen and finds nothing.
//
// One row of table settings_chats holds the choices of one chat, all its topics
// together. A chat without a row has chosen nothing, and a row that is back at
// the defaults is deleted. Changing takes a store.Tx, so that a choice becomes
// durable together with the message that shows it.
package settings

import (
	"slices"
	"time"
	_ "time/tzdata" // zones are names, and the machine may have no list of them
)

// Length says how much an answer may say.
type Length string

// The lengths. Normal is the default.
const (
	Short  Length = "short"
	Normal Length = "normal"
	Long   Length = "long"
)

// Rendering says what messages are made of.
type Rendering string

// The renderings. Classic is the default.
const (
	// Classic messages show everywhere.
	Classic Rendering = "classic"
	// Rich messages have tables and parts that fold; old clients do not show
	// them.
	Rich Rendering = "rich"
)

// Settings are a chat's choices. Those of a chat that chose nothing are
// [Default].
type Settings struct {
	// Interface is the language of the program's own texts, Answer that of
	// answers: canonical BCP 47 tags. Empty, the default, is the language of the
	// person who writes, and of the question.
	Interface, Answer string
	// Length is never empty.
	Length Length
	// Only are the outlets whose articles are used, Without those whose are not,
	// in the order in which they were chosen. At most one of the two has members;
	// by default none has, and all outlets are used.
	Only, Without []string
	// Zone is the IANA name of the chat's time zone; empty, the default, is the
	// bot's own.
	Zone string
	// Rendering is never empty.
	Rendering Rendering
	// LogTexts says that the chat's messages may stand in the log, which holds
	// none by default.
	LogTexts bool
}

// Default are the settings of a chat that chose nothing.
func Default() Settings { return Settings{Length: Normal, Rendering: Classic} }

// Location returns the chat's time zone, or own, the bot's, where it chose none.
func (s Settings) Location(own *time.Location) *time.Location {
	if s.Zone == "" {
		return own
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return own // chosen under a list of zones that still had it
	}
	return zone
}

// Uses reports whether the outlet's articles are used.
func (s Settings) Uses(outlet string) bool {
	if len(s.Only) > 0 {
		return slices.Contains(s.Only, outlet)
	}
	return !slices.Contains(s.Without, outlet)
}

// Chosen counts the choices that differ from the defaults.
func (s Settings) Chosen() int {
	d, n := Default(), 0
	for _, differs := range []bool{
		s.Interface != d.Interface, s.Answer != d.Answer, s.Length != d.Length,
		len(s.Only)+len(s.Without) > 0, s.Zone != d.Zone, s.Rendering != d.Rendering, s.LogTexts,
	} {
		if differs {
			n++
		}
	}
	return n
}
