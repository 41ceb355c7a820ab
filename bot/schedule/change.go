package schedule

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"newsdesk/bot/settings"
)

// What is wrong with a subscription or a change of one.
var (
	// ErrNotFound means that there is no such subscription or slot.
	ErrNotFound = errors.New("schedule: no such digest")
	// ErrTooMany means that the chat has [MaxPerChat] digests.
	ErrTooMany = errors.New("schedule: too many digests for one chat")
	// ErrChat means that a chat is neither a number nor an @name nor another Target, or
	// that a topic is no number of one.
	ErrChat = errors.New("schedule: no such chat")
	// ErrTitle means that a title is too long or no text.
	ErrTitle = errors.New("schedule: not a title")
	// ErrKind means that a kind is none of this package's.
	ErrKind = errors.New("schedule: no such kind of digest")
	// ErrTimes means that there is no time of day, or more than [MaxTimes].
	ErrTimes = errors.New("schedule: not so many times of day")
	// ErrDays means that no weekday is left.
	ErrDays = errors.New("schedule: no weekday is left")
	// ErrTopics means that a topic is no text, or that there are more than
	// [MaxTopics].
	ErrTopics = errors.New("schedule: not a topic, or too many")
	// ErrItems means that the number of stories is not 1 to [MaxItems].
	ErrItems = errors.New("schedule: not so many stories")
	// ErrQuiet means that quiet hours are no times of day, or have no such rule.
	ErrQuiet = errors.New("schedule: no such quiet hours")
	// ErrApprover means that an approver is not a person's private chat.
	ErrApprover = errors.New("schedule: nobody who could approve")
	// ErrEmpty means that what is done with an empty period is none of this
	// package's.
	ErrEmpty = errors.New("schedule: no such way with an empty period")
	// ErrRule means that a rule for breaking news is out of bounds.
	ErrRule = errors.New("schedule: no such rule for breaking news")
	// ErrWindow means that a window is not [OnTime] to [MaxWindow].
	ErrWindow = errors.New("schedule: no such window for being late")
	// ErrReach means that a digest cannot reach back so far.
	ErrReach = errors.New("schedule: cannot reach back so far")
)

// Those that are as with a chat's other choices.
var (
	ErrZone     = settings.ErrZone
	ErrLanguage = settings.ErrLanguage
	ErrOutlet   = settings.ErrOutlet
	ErrOutlets  = settings.ErrOutlets
)

const (
	// maxTitle and maxTopic bound a title and a topic, in characters.
	maxTitle = 100
	maxTopic = 80
)

// Change makes one choice: a subscription to a subscription, or one of the errors
// above. It keeps nothing of what it was given.
type Change func(Subscription) (Subscription, error)

// Titled names the digest; empty takes the name away.
func Titled(title string) Change {
	return func(s Subscription) (Subscription, error) {
		title, ok := words(title, maxTitle)
		if !ok {
			return s, fmt.Errorf("%w: %.40q", ErrTitle, title)
		}
		s.Title = title
		return s, nil
	}
}

// words returns text on one line without space around it; ok is false where it is
// longer than so many characters or no text.
func words(text string, most int) (_ string, ok bool) {
	text = strings.TrimSpace(text)
	ok = utf8.ValidString(text) && utf8.RuneCountInString(text) <= most && !strings.ContainsFunc(text, unicode.IsControl)
	return text, ok
}

// InTopic posts into a forum topic of the chat; 0 into none.
func InTopic(topic int) Change {
	return func(s Subscription) (Subscription, error) {
		s.Topic = topic
		return s, s.checkPlace()
	}
}

// ToggleTime takes a time of day into Times, or out of them when it is there. The
// last cannot be taken out.
func ToggleTime(t TimeOfDay) Change {
	return func(s Subscription) (Subscription, error) {
		if i := slices.Index(s.Times, t); i >= 0 {
			s.Times = slices.Concat(s.Times[:i], s.Times[i+1:])
			return s, s.checkTimes()
		}
		s.Times = append(slices.Clone(s.Times), t)
		slices.Sort(s.Times)
		return s, s.checkTimes()
	}
}

// At makes the given times of day all that there are.
func At(times ...TimeOfDay) Change {
	return func(s Subscription) (Subscription, error) {
		s.Times = slices.Clone(times)
		slices.Sort(s.Times)
		s.Times = slices.Compact(s.Times)
		return s, s.checkTimes()
	}
}

// ToggleDay takes a weekday in, or out when it is there. The last cannot be taken
// out.
func ToggleDay(day time.Weekday) Change {
	return func(s Subscription) (Subscription, error) {
		s.Days ^= Weekdays(day)
		return s, s.checkTimes()
	}
}

// OnDays makes the given weekdays all that there are.
func OnDays(days Days) Change {
	return func(s Subscription) (Subscription, error) {
		s.Days = days
		return s, s.checkTimes()
	}
}

// InZone chooses the zone by its IANA name, written as people write it.
func InZone(name string) Change {
	return func(s Subscription) (Subscription, error) {
		after, err := settings.TimeZone(name)(settings.Default())
		if err != nil {
			return s, err
		}
		if after.Zone == "" {
			return s, fmt.Errorf("%w: %q", ErrZone, name)
		}
		s.Zone = after.Zone
		return s, nil
	}
}

// ToggleTopic takes a topic in, or out when it is there.
func ToggleTopic(topic string) Change {
	return func(s Subscription) (Subscription, error) {
		topic, ok := words(topic, maxTopic)
		if !ok || topic == "" {
			return s, fmt.Errorf("%w: %.40q", ErrTopics, topic)
		}
		same := func(t string) bool { return strings.EqualFold(t, topic) }
		if i := slices.IndexFunc(s.Topics, same); i >= 0 {
			s.Topics = slices.Concat(s.Topics[:i], s.Topics[i+1:])
			return s, nil
		}
		s.Topics = append(slices.Clone(s.Topics), topic)
		return s, s.checkTopics()
	}
}

// AllTopics makes the digest be about everything.
func AllTopics() Change {
	return func(s Subscription) (Subscription, error) {
		s.Topics = nil
		return s, nil
	}
}

// AllOutlets uses the articles of all outlets again.
func AllOutlets() Change { return outlets(settings.AllOutlets()) }

// OnlyOutlet takes an outlet into Only, or out of it when it is there; nothing is
// left out by name after that.
func OnlyOutlet(name string) Change { return outlets(settings.OnlyOutlet(name)) }

// WithoutOutlet takes an outlet into Without, or out of it when it is there; all
// others are used after that.
func WithoutOutlet(name string) Change { return outlets(settings.WithoutOutlet(name)) }

// outlets makes a choice of outlets as a chat makes it for its answers.
func outlets(change settings.Change) Change {
	return func(s Subscription) (Subscription, error) {
		after, err := change(settings.Settings{Only: s.Only, Without: s.Without})
		if err != nil {
			return s, err
		}
		s.Only, s.Without = after.Only, after.Without
		return s, nil
	}
}

// InLanguage chooses the language by its BCP 47 tag; empty for the chat's.
func InLanguage(tag string) Change {
	return func(s Subscription) (Subscription, error) {
		after, err := settings.AnswerLanguage(tag)(settings.Default())
		if err != nil {
			return s, err
		}
		s.Language = after.Answer
		return s, nil
	}
}

// AtMost chooses how many stories are told at most.
func AtMost(items int) Change {
	return func(s Subscription) (Subscription, error) {
		s.Items = items
		return s, s.checkItems()
	}
}

// Silently says whether posts make no sound.
func Silently(silent bool) Change {
	return func(s Subscription) (Subscription, error) {
		s.Silent = silent
		return s, nil
	}
}

// QuietIn chooses the quiet hours; the zero value for none.
func QuietIn(q Quiet) Change {
	return func(s Subscription) (Subscription, error) {
		if q.Rule == "" {
			q.Rule = MoveQuiet
		}
		s.Quiet = q
		return s, s.checkQuiet()
	}
}

// ApprovedBy sends each draft to an admin's private chat first; 0 posts at once.
func ApprovedBy(chat int64) Change {
	return func(s Subscription) (Subscription, error) {
		s.Approver = chat
		return s, s.checkApprover()
	}
}

// WhenEmpty chooses what becomes of an empty period.
func WhenEmpty(e Emptiness) Change {
	return func(s Subscription) (Subscription, error) {
		s.Empty = e
		return s, s.checkEmpty()
	}
}

// BreakingBy makes it breaking news by a rule, without times of day.
func BreakingBy(r Rule) Change {
	return func(s Subscription) (Subscription, error) {
		s.Kind, s.Breaking, s.Times, s.Days = Breaking, r, nil, 0
		return s, s.checkKind()
	}
}

// LateUpTo chooses how late a slot may still be posted.
func LateUpTo(window time.Duration) Change {
	return func(s Subscription) (Subscription, error) {
		s.Window = window
		return s, s.checkWindow()
	}
}

// Reaching chooses how far back a digest reaches at least; 0 since the last one.
func Reaching(back time.Duration) Change {
	return func(s Subscription) (Subscription, error) {
		s.Reach = back
		return s, s.checkWindow()
	}
}

// Pause stops posting, or goes on with it.
func Pause(paused bool) Change {
	return func(s Subscription) (Subscription, error) {
		s.Paused, s.Halted = paused, false
		return s, nil
	}
}

// Halt pauses it because the messenger does not let the bot post there any more.
func Halt() Change {
	return func(s Subscription) (Subscription, error) {
		s.Paused, s.Halted = true, true
		return s, nil
	}
}

// check holds all of a subscription against its bounds, as though it came from
// outside.
func (s Subscription) check() error {
	if _, ok := words(s.Title, maxTitle); !ok {
		return fmt.Errorf("%w: %.40q", ErrTitle, s.Title)
	}
	if zone, err := InZone(s.Zone)(s); err != nil || zone.Zone != s.Zone {
		return fmt.Errorf("%w: %.40q", ErrZone, s.Zone)
	}
	if tagged, err := InLanguage(s.Language)(s); err != nil || tagged.Language != s.Language {
		return fmt.Errorf("%w: %.40q", ErrLanguage, s.Language)
	}
	if len(s.Only) > settings.MaxOutlets || len(s.Without) > settings.MaxOutlets || len(s.Only) > 0 && len(s.Without) > 0 {
		return fmt.Errorf("%w: %d and %d", ErrOutlets, len(s.Only), len(s.Without))
	}
	for _, check := range []func() error{
		s.checkPlace, s.checkKind, s.checkTopics, s.checkItems, s.checkQuiet, s.checkApprover, s.checkEmpty, s.checkWindow,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (s Subscription) checkPlace() error {
	_, err := strconv.ParseInt(s.Chat, 10, 64)
	named := strings.HasPrefix(s.Chat, "@") && len(s.Chat) > 1 && len(s.Chat) <= 64
	to, _ := TargetOf(s.Chat)
	if err != nil && !named && to == Messenger || s.Topic < 0 || s.Topic > 0 && to != Messenger {
		return fmt.Errorf("%w: %.40q, topic %d", ErrChat, s.Chat, s.Topic)
	}
	return nil
}

func (s Subscription) checkKind() error {
	switch s.Kind {
	case Scheduled:
		return s.checkTimes()
	case Breaking:
		return s.checkRule()
	}
	return fmt.Errorf("%w: %.20q", ErrKind, string(s.Kind))
}

func (s Subscription) checkTimes() error {
	if s.Kind != Scheduled {
		return fmt.Errorf("%w: breaking news have no times", ErrKind)
	}
	if len(s.Times) == 0 || len(s.Times) > MaxTimes {
		return fmt.Errorf("%w: %d", ErrTimes, len(s.Times))
	}
	for i, t := range s.Times {
		if !t.valid() || i > 0 && t <= s.Times[i-1] {
			return fmt.Errorf("%w: %v", ErrTime, s.Times)
		}
	}
	if s.Days&EveryDay == 0 || s.Days > EveryDay {
		return ErrDays
	}
	return nil
}

func (s Subscription) checkRule() error {
	r := s.Breaking
	if r.Origins < 1 || r.Origins > MaxOrigins || r.PerDay < 1 || r.PerDay > MaxPerDay {
		return fmt.Errorf("%w: %+v", ErrRule, r)
	}
	return nil
}

func (s Subscription) checkTopics() error {
	if len(s.Topics) > MaxTopics {
		return fmt.Errorf("%w: %d are enough", ErrTopics, MaxTopics)
	}
	for _, t := range s.Topics {
		if trimmed, ok := words(t, maxTopic); !ok || trimmed == "" {
			return fmt.Errorf("%w: %.40q", ErrTopics, t)
		}
	}
	return nil
}

func (s Subscription) checkItems() error {
	if s.Items < 1 || s.Items > MaxItems {
		return fmt.Errorf("%w: %d", ErrItems, s.Items)
	}
	return nil
}

func (s Subscription) checkQuiet() error {
	q := s.Quiet
	if !q.From.valid() || !q.To.valid() || q.Rule != MoveQuiet && q.Rule != SkipQuiet {
		return fmt.Errorf("%w: %v", ErrQuiet, q)
	}
	return nil
}

// checkApprover wants a private chat: its number is that of a person, above 0.
func (s Subscription) checkApprover() error {
	if s.Approver < 0 {
		return fmt.Errorf("%w: %d", ErrApprover, s.Approver)
	}
	return nil
}

func (s Subscription) checkEmpty() error {
	if s.Empty != SayEmpty && s.Empty != StaySilent {
		return fmt.Errorf("%w: %.20q", ErrEmpty, string(s.Empty))
	}
	return nil
}

func (s Subscription) checkWindow() error {
	if s.Window < OnTime || s.Window > MaxWindow {
		return fmt.Errorf("%w: %v", ErrWindow, s.Window)
	}
	if s.Reach < 0 || s.Reach > MaxReach {
		return fmt.Errorf("%w: %v", ErrReach, s.Reach)
	}
	return nil
}
