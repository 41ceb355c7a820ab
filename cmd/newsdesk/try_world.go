package main

import (
	"net/http"
	"time"

	"newsdesk/bot/telegram/apiserver"
)

// tryWorld is a small Telegram: two people, who have a private chat with the bot
// each, and a group with a topic, which both and the bot are in.
type tryWorld struct {
	server *apiserver.Server
	cast   []int64
}

func newTryWorld(inv *invocation) (*tryWorld, error) {
	w := &tryWorld{server: apiserver.New(inv.log, tryToken(), time.Now)}
	for _, u := range []apiserver.User{
		{FirstName: "Ada", LastName: "Lind", Username: "ada_lind", Language: "en"},
		{FirstName: "Bo", LastName: "Marsh", Username: "bo_marsh", Language: "en"},
	} {
		w.cast = append(w.cast, w.server.AddUser(u).ID)
	}
	group, err := w.server.AddChat(apiserver.Chat{Type: apiserver.Supergroup, Title: "City desk", IsForum: true})
	if err != nil {
		return nil, err
	}
	if _, err := w.server.AddTopic(group.ID, "Ferry"); err != nil {
		return nil, err
	}
	if err := w.server.SetMember(group.ID, w.cast[0], "creator"); err != nil {
		return nil, err
	}
	return w, w.server.SetMember(group.ID, w.cast[1], "member")
}

// api is the Bot API and, for others than our own bot, the people's side.
func (w *tryWorld) api(control bool) http.Handler {
	if !control {
		return w.server
	}
	mux := http.NewServeMux()
	mux.Handle("/", w.server)
	mux.Handle("/control/", http.NewCrossOriginProtection().Handler(http.StripPrefix("/control", w.server.Control())))
	return mux
}
