package schedule

import "time"

// Kind says what makes a subscription due.
type Kind string

// The kinds. Scheduled is the default.
const (
	// Scheduled posts at times of day.
	Scheduled Kind = "scheduled"
	// Breaking posts a story once enough independent origins report it.
	Breaking Kind = "breaking"
)

// Emptiness says what becomes of a period in which nothing happened.
type Emptiness string

// What there is. SayEmpty is the default.
const (
	// SayEmpty says so in a line.
	SayEmpty Emptiness = "say"
	// StaySilent posts nothing.
	StaySilent Emptiness = "silent"
)

// Rule says which stories are breaking news.
type Rule struct {
	// Origins is how many independent origins have to report a story, at least 1.
	Origins int
	// PerDay is how many such posts a local day may have, at least 1.
	PerDay int
}

// Subscription is one digest that a chat gets. It is a value: what a method gives
// is the caller's, and its slices are not shared.
type Subscription struct {
	// ID is given by [Schedule.Keep]; 0 before.
	ID int64
	// Chat is a number or an @name, or another Target ([TargetOf]); Topic is a forum
	// topic of a chat, 0 for none.
	Chat  string
	Topic int
	// Title names the digest among others of the chat; may be empty.
	Title string
	Kind  Kind
	// Times are the times of day, ascending, and Days the weekdays on which it is
	// due: never empty unless Kind is Breaking, which has none of both.
	Times []TimeOfDay
	Days  Days
	// Zone is the IANA name of the zone of Times and Quiet.
	Zone string
	// Topics are the words that the digest is about; none is everything.
	Topics []string
	// Only are the outlets whose articles are used, Without those whose are not; at
	// most one of both has members.
	Only, Without []string
	// Language is a BCP 47 tag; empty is the chat's.
	Language string
	// Items is how many stories it tells at most: 1 to [MaxItems].
	Items int
	// Silent posts make no sound.
	Silent bool
	Quiet  Quiet
	// Approver is the private chat of the admin who gets each draft first; 0 when
	// it is posted at once.
	Approver int64
	Empty    Emptiness
	// Breaking is the rule of Kind Breaking.
	Breaking Rule
	// Window is how late a slot may still be posted: [OnTime] to [MaxWindow].
	Window time.Duration
	// Reach is how far back a digest reaches at least; 0 is since the last one.
	Reach time.Duration
	// Paused subscriptions post nothing; their slots are skipped.
	Paused bool
	// Halted says that it is paused because the messenger does not let the bot post
	// there any more; going on ends that.
	Halted bool
	// By is the person who made it, 0 for the command line, and Made is when.
	By   int64
	Made time.Time

	// planned is up to when each slot has a row.
	planned time.Time
}

// The bounds of a subscription.
const (
	// OnTime is how late a slot is not yet called late.
	OnTime = 10 * time.Minute
	// Grace is the usual Window, MaxWindow the longest.
	Grace     = 3 * time.Hour
	MaxWindow = 24 * time.Hour
	// MaxTimes, MaxTopics and MaxItems bound what one subscription has; a chat has
	// at most MaxPerChat of them.
	MaxTimes   = 24
	MaxTopics  = 20
	MaxItems   = 20
	MaxPerChat = 20
	// MaxPerDay and MaxOrigins bound a Rule.
	MaxPerDay  = 20
	MaxOrigins = 20
	// MaxReach is the longest Reach.
	MaxReach = 31 * 24 * time.Hour
)

// Default returns a digest for the chat as it is before anything is chosen: every
// day at 08:00 UTC, eight stories, posted at once.
func Default(chat string, made time.Time) Subscription {
	return Subscription{
		Chat: chat, Kind: Scheduled, Times: []TimeOfDay{8 * 60}, Days: EveryDay, Zone: "UTC", Items: 8,
		Quiet: Quiet{Rule: MoveQuiet}, Empty: SayEmpty, Breaking: Rule{Origins: 3, PerDay: 3}, Window: Grace, Made: made,
	}
}
