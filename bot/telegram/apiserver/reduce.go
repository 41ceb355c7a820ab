//go:build ignore

// Reduce writes spec.json from the published specification of the Bot API:
//
//	go run reduce.go telegram-bot-api.json >spec.json
//
// It keeps the methods that this server serves, the parameters that it can do
// justice to, the types that these reach and the names of the updates. Texts are
// dropped, but for the values that a "type" field must have. What is newer than
// the specification (Bot API 10.1) is added by hand below.
package main

import (
	"encoding/json"
	"log"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

var methods = []string{
	"answerCallbackQuery", "deleteMessage", "deleteMyCommands", "deleteWebhook", "editMessageReplyMarkup",
	"editMessageText", "getChat", "getChatAdministrators", "getChatMember", "getMe", "getMyCommands",
	"getMyDescription", "getMyShortDescription", "getUpdates", "getWebhookInfo", "leaveChat", "sendChatAction",
	"sendMessage", "sendMessageDraft", "sendRichMessage", "sendRichMessageDraft", "setMyCommands",
	"setMyDescription", "setMyShortDescription", "setWebhook",
}

// unserved are parameters whose meaning the server does not know; left out, they
// are refused as unknown.
var unserved = []string{
	"business_connection_id", "direct_messages_topic_id", "suggested_post_parameters",
	"inline_message_id", "message_effect_id", "allow_paid_broadcast", "certificate",
}

// stoppable are the parameters of Bot API 10.3 for the Stop button of drafts.
var stoppable = []field{{Name: "can_stop", Types: []string{"Boolean"}}, {Name: "keep_on_stop", Types: []string{"Boolean"}}}

// newer are parameters and fields of Bot API 10.2 and 10.3.
var newer = map[string][]field{
	"sendMessageDraft":     stoppable,
	"sendRichMessageDraft": stoppable,
	"InputRichMessage":     {{Name: "blocks", Types: []string{"Array of InputRichBlock"}}},
}

// newerTypes are types of Bot API 10.2 and 10.3. Blocks lie in blocks, and text in
// text: the server reads them itself.
var newerTypes = map[string]object{"InputRichBlock": {Open: true}}

// newerUpdates are updates of Bot API 10.2 and 10.3.
var newerUpdates = []string{"stopped_message_generation"}

type field struct {
	Name        string   `json:"name"`
	Types       []string `json:"types"`
	Required    bool     `json:"required,omitempty"`
	Must        string   `json:"must,omitempty"`
	Description string   `json:"description,omitempty"`
}

type object struct {
	Fields   []field  `json:"fields,omitempty"`
	Subtypes []string `json:"subtypes,omitempty"`
	Open     bool     `json:"open,omitempty"`
}

type spec struct {
	Version string            `json:"version"`
	Methods map[string]object `json:"methods"`
	Types   map[string]object `json:"types"`
	Updates []string          `json:"updates"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run reduce.go telegram-bot-api.json >spec.json")
	}
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var full spec
	if err := json.Unmarshal(data, &full); err != nil {
		log.Fatal(err)
	}
	out, err := json.MarshalIndent(reduce(full), "", " ")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Stdout.Write(append(out, '\n')); err != nil {
		log.Fatal(err)
	}
}

func reduce(full spec) spec {
	maps.Copy(full.Types, newerTypes)
	r := spec{Version: full.Version, Methods: map[string]object{}, Types: map[string]object{}}
	for _, name := range methods {
		m, ok := full.Methods[name]
		if !ok {
			log.Fatalf("the specification has no method %s", name)
		}
		fields := append(served(m.Fields), newer[name]...)
		r.Methods[name] = object{Fields: fields}
		r.reach(full, fields)
	}
	for _, f := range full.Types["Update"].Fields {
		if f.Name != "update_id" {
			r.Updates = append(r.Updates, f.Name)
		}
	}
	r.Updates = append(r.Updates, newerUpdates...)
	return r
}

func served(fields []field) []field {
	out := []field{}
	for _, f := range fields {
		if !slices.Contains(unserved, f.Name) {
			out = append(out, terse(f))
		}
	}
	return out
}

var must = regexp.MustCompile(`must be \*?([a-z_]+)\*?$`)

func terse(f field) field {
	if m := must.FindStringSubmatch(strings.TrimSuffix(f.Description, ".")); m != nil && f.Name == "type" {
		f.Must = m[1]
	}
	f.Description = ""
	return f
}

// reach takes over the types that fields name, and what those name.
func (r spec) reach(full spec, fields []field) {
	for _, f := range fields {
		for _, t := range f.Types {
			r.take(full, strings.ReplaceAll(t, "Array of ", ""))
		}
	}
}

func (r spec) take(full spec, name string) {
	t, ok := full.Types[name]
	if _, have := r.Types[name]; !ok || have {
		return
	}
	kept := object{Subtypes: t.Subtypes, Open: t.Open}
	for _, f := range append(t.Fields, newer[name]...) {
		kept.Fields = append(kept.Fields, terse(f))
	}
	r.Types[name] = kept
	r.reach(full, kept.Fields)
	for _, s := range t.Subtypes {
		r.take(full, s)
	}
}
