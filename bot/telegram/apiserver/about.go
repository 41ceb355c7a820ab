package apiserver

import (
	"cmp"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"
)

func (s *Server) getMe(context.Context, json.RawMessage) (any, *Refusal) {
	return me{User: s.bot, CanJoin: true, ReadsAll: !s.privacy}, nil
}

// me is the bot with what only getMe says of it.
type me struct {
	User
	CanJoin         bool `json:"can_join_groups"`
	ReadsAll        bool `json:"can_read_all_group_messages"`
	Inline          bool `json:"supports_inline_queries"`
	ConnectBusiness bool `json:"can_connect_to_business"`
	HasWebApp       bool `json:"has_main_web_app"`
}

type memberParams struct {
	Chat json.RawMessage `json:"chat_id"`
	User int64           `json:"user_id"`
}

// fullChat is a chat with what the Bot API wants to see of one in getChat.
type fullChat struct {
	Chat
	AccentColor  int             `json:"accent_color_id"`
	MaxReactions int             `json:"max_reaction_count"`
	Gifts        map[string]bool `json:"accepted_gift_types"`
}

// roomOf returns the parameters of a call about a chat, and the chat.
func (s *Server) roomOf(params json.RawMessage) (memberParams, *room, *Refusal) {
	p, r := decode[memberParams](params)
	if r != nil {
		return p, nil, r
	}
	room, r := s.room(p.Chat)
	return p, room, r
}

// groupOf returns the chat of a call that the bot has to be in, and that is refused
// with the words of private in a private chat.
func (s *Server) groupOf(params json.RawMessage, private string) (*room, *Refusal) {
	_, room, r := s.roomOf(params)
	switch {
	case r != nil:
		return nil, r
	case room.chat.Type == Private:
		return nil, badRequest("%s", private)
	case !room.bot.present():
		return nil, s.maySpeak(room, canPost)
	}
	return room, nil
}

func (s *Server) getChat(_ context.Context, params json.RawMessage) (any, *Refusal) {
	_, room, r := s.roomOf(params)
	if r != nil {
		return nil, r
	}
	if !room.bot.present() {
		return nil, s.maySpeak(room, canPost)
	}
	gifts := map[string]bool{"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
		"premium_subscription": false, "gifts_from_channels": false}
	return fullChat{Chat: room.chat, MaxReactions: 11, Gifts: gifts}, nil
}

func (s *Server) getChatMember(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, room, r := s.roomOf(params)
	if r != nil {
		return nil, r
	}
	if p.User == s.bot.ID {
		return member(s.bot, room.bot), nil
	}
	someone, ok := s.people[p.User]
	if !ok {
		return nil, badRequest("user not found")
	}
	if !room.bot.present() {
		return nil, s.maySpeak(room, canPost)
	}
	status := room.members[p.User]
	switch {
	case room.chat.Type == Private && room.chat.ID == p.User:
		status = "member"
	case status == "":
		status = "left"
	}
	return member(someone.User, Standing{Status: status, CanPost: true, CanEdit: true, CanDelete: true}), nil
}

func (s *Server) getChatAdministrators(_ context.Context, params json.RawMessage) (any, *Refusal) {
	room, r := s.groupOf(params, "there are no administrators in the private chat")
	if r != nil {
		return nil, r
	}
	all := []Member{}
	for id, status := range room.members {
		if status == "creator" || status == "administrator" {
			all = append(all, member(s.people[id].User, Standing{Status: status, CanPost: true, CanEdit: true, CanDelete: true}))
		}
	}
	slices.SortFunc(all, func(a, b Member) int { return cmp.Compare(a["user"].(User).ID, b["user"].(User).ID) })
	if room.bot.Status == "administrator" {
		all = append(all, member(s.bot, room.bot))
	}
	return all, nil
}

func (s *Server) leaveChat(_ context.Context, params json.RawMessage) (any, *Refusal) {
	room, r := s.groupOf(params, "chat member status can't be changed in private chats")
	if r != nil {
		return nil, r
	}
	s.restand(room, s.bot, Standing{Status: "left"})
	return true, nil
}

// MenuItem is an entry of the bot's menu.
type MenuItem struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

type menuParams struct {
	Commands []MenuItem      `json:"commands"`
	Scope    json.RawMessage `json:"scope"`
	Language string          `json:"language_code"`
}

// key names the menu of a scope and language.
func (p menuParams) key() string {
	scope := string(p.Scope)
	if scope == "" {
		scope = `{"type":"default"}`
	}
	return scope + p.Language
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

// maxCommands is Telegram's bound on the entries of a menu.
const maxCommands = 100

func (s *Server) setMyCommands(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[menuParams](params)
	if r != nil {
		return nil, r
	}
	if len(p.Commands) > maxCommands {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for _, c := range p.Commands {
		if !commandName.MatchString(c.Command) {
			return nil, badRequest("BOT_COMMAND_INVALID")
		}
		if n := utf8.RuneCountInString(c.Description); n < 1 || n > 256 {
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.menu[p.key()] = p.Commands
	return true, nil
}

func (s *Server) getMyCommands(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[menuParams](params)
	if r != nil {
		return nil, r
	}
	return append([]MenuItem{}, s.menu[p.key()]...), nil
}

func (s *Server) deleteMyCommands(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[menuParams](params)
	if r != nil {
		return nil, r
	}
	delete(s.menu, p.key())
	return true, nil
}

type textParams struct {
	Description string `json:"description"`
	Short       string `json:"short_description"`
	Language    string `json:"language_code"`
}

func (s *Server) setMyDescription(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[textParams](params)
	if r != nil {
		return nil, r
	}
	if utf8.RuneCountInString(p.Description) > 512 {
		return nil, badRequest("DESCRIPTION_TOO_LONG")
	}
	s.texts["description "+p.Language] = p.Description
	return true, nil
}

func (s *Server) setMyShortDescription(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[textParams](params)
	if r != nil {
		return nil, r
	}
	if utf8.RuneCountInString(p.Short) > 120 {
		return nil, badRequest("ABOUT_TOO_LONG")
	}
	s.texts["about "+p.Language] = p.Short
	return true, nil
}

func (s *Server) getMyDescription(_ context.Context, params json.RawMessage) (any, *Refusal) {
	text, r := s.aboutIn("description ", params)
	return map[string]string{"description": text}, r
}

func (s *Server) getMyShortDescription(_ context.Context, params json.RawMessage) (any, *Refusal) {
	text, r := s.aboutIn("about ", params)
	return map[string]string{"short_description": text}, r
}

// aboutIn returns a text in the language that was asked for, or else in none.
func (s *Server) aboutIn(kind string, params json.RawMessage) (string, *Refusal) {
	p, r := decode[textParams](params)
	if r != nil {
		return "", r
	}
	return cmp.Or(s.texts[kind+p.Language], s.texts[kind]), nil
}

// About returns what the bot says of itself in a language, "" for the default:
// the long text and the short one.
func (s *Server) About(language string) (description, short string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.texts["description "+language], s.texts["about "+language]
}

// query is a press of a button that waits for an answer.
type query struct {
	press   Press
	pressed time.Time
	answer  *Answer
}

// Answer is what a person sees after pressing a button.
type Answer struct {
	Text      string `json:"text"`
	ShowAlert bool   `json:"show_alert"`
	URL       string `json:"url"`
}

// queryLife is how long a press can be answered. Telegram does not say its own.
const queryLife = 5 * time.Minute

type answerParams struct {
	Query string `json:"callback_query_id"`
	Answer
}

func (s *Server) answerCallbackQuery(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[answerParams](params)
	if r != nil {
		return nil, r
	}
	q, ok := s.queries[p.Query]
	switch {
	case !ok || s.now().Sub(q.pressed) > queryLife:
		return nil, queryTooOld()
	case utf8.RuneCountInString(p.Text) > 200:
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	if q.answer == nil { // a second answer changes nothing
		q.answer = &p.Answer
		s.asked = append(s.asked, asked{q.press, p.Query})
	}
	s.announce()
	return true, nil
}
