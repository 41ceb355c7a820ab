package apiserver

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// spec.json is made by reduce.go from the published specification; licence in
// LICENSE-spec.txt.
//
//go:generate sh -c "go run reduce.go ../../../../shared/spec/telegram-bot-api.json >spec.json"
//go:embed spec.json
var specJSON []byte

// schema says what the Bot API takes.
type schema struct {
	Methods map[string]object `json:"methods"`
	Types   map[string]object `json:"types"`
	Updates []string          `json:"updates"`
}

// object is the parameters of a method or the fields of a type. A type with
// Subtypes is one of these, told apart by the value that their field "type" must
// have. A value of an Open type can be anything; the method checks it.
type object struct {
	Fields   []field  `json:"fields"`
	Subtypes []string `json:"subtypes"`
	Open     bool     `json:"open"`
}

type field struct {
	Name     string   `json:"name"`
	Types    []string `json:"types"`
	Required bool     `json:"required"`
	Must     string   `json:"must"`
}

// readSchema reads the embedded specification.
func readSchema() schema {
	var s schema
	if err := json.Unmarshal(specJSON, &s); err != nil {
		panic(fmt.Sprintf("apiserver: the embedded spec.json: %v", err))
	}
	return s
}

// method returns the name of a method as the specification writes it; Telegram
// reads names in any case.
func (s schema) method(name string) (string, bool) {
	if _, ok := s.Methods[name]; ok {
		return name, true
	}
	for known := range s.Methods {
		if strings.EqualFold(known, name) {
			return known, true
		}
	}
	return "", false
}

// parameters holds the raw parameters of a call against the specification and
// returns them as values of JSON. Raw values are formValue or values of JSON.
func (s schema) parameters(method string, raw map[string]any) (map[string]any, *Refusal) {
	fields := s.Methods[method].Fields
	for name := range raw {
		if !slices.ContainsFunc(fields, func(f field) bool { return f.Name == name }) {
			return nil, badRequest("unknown parameter %q", name)
		}
	}
	out := map[string]any{}
	for _, f := range fields {
		value, r := s.parameter(f, raw[f.Name])
		if r != nil {
			return nil, r
		}
		if value != nil {
			out[f.Name] = value
		}
	}
	return out, nil
}

// parameter returns the value of one parameter, nil when it is absent.
func (s schema) parameter(f field, raw any) (any, *Refusal) {
	value, r := s.read(f, raw)
	switch {
	case r != nil:
		return nil, r
	case f.Required && (value == nil || value == ""):
		return nil, missing(f.Name)
	case value == nil:
		return nil, nil
	case !s.fits(value, f.Types):
		return nil, badRequest("parameter %q must be of type %s", f.Name, strings.Join(f.Types, " or "))
	}
	return value, s.inner(value, f.Types)
}

// read makes a value of JSON from what came in. Forms hold text, which the
// wanted type gives its meaning; objects and arrays may be text in JSON, too.
func (s schema) read(f field, raw any) (any, *Refusal) {
	text, isForm := raw.(formValue)
	if !isForm {
		inJSON, isText := raw.(string)
		if !isText || !s.isNested(f.Types) {
			return raw, nil
		}
		text = formValue(inJSON)
	}
	if slices.Equal(f.Types, []string{"String"}) {
		return string(text), nil
	}
	if text == "" {
		return nil, nil
	}
	if s.isNested(f.Types) {
		value, err := decodeJSON(strings.NewReader(string(text)))
		if err != nil {
			return nil, badRequest("can't parse %s JSON object", f.Name)
		}
		return value, nil
	}
	return scalar(string(text), f.Types), nil
}

// scalar reads text of a form. Text that is not of the wanted type stays text,
// which fits nothing but String.
func scalar(text string, types []string) any {
	if slices.Contains(types, "Integer") {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return json.Number(strconv.FormatInt(n, 10))
		}
	}
	if slices.Contains(types, "Boolean") && (text == "true" || text == "false") {
		return text == "true"
	}
	return text
}

func (s schema) isNested(types []string) bool {
	return slices.ContainsFunc(types, func(t string) bool {
		_, known := s.Types[t]
		return known || strings.HasPrefix(t, "Array of ")
	})
}

// missing says in Telegram's words that a parameter is wanted.
func missing(name string) *Refusal {
	switch name {
	case "chat_id":
		return badRequest("chat_id is empty")
	case "text":
		return badRequest("message text is empty")
	case "message_id":
		return badRequest("message identifier is not specified")
	case "callback_query_id":
		return queryTooOld()
	case "draft_id":
		return badRequest("draft_id must be non-zero")
	case "rich_message":
		return badRequest("message text is empty")
	}
	return badRequest("parameter %q is required", name)
}

// fits reports whether a value is of one of the types, on the outside.
func (s schema) fits(value any, types []string) bool {
	return slices.ContainsFunc(types, func(t string) bool { return s.fitsOne(value, t) })
}

func (s schema) fitsOne(value any, t string) bool {
	if s.Types[t].Open {
		return true
	}
	switch v := value.(type) {
	case bool:
		return t == "Boolean" || t == "True" && v
	case string:
		return t == "String"
	case json.Number:
		_, err := v.Int64()
		return t == "Float" || t == "Integer" && err == nil
	case []any:
		return strings.HasPrefix(t, "Array of ")
	case map[string]any:
		_, known := s.Types[t]
		return known
	}
	return false
}

// inner checks what is inside of a value that fits one of the types.
func (s schema) inner(value any, types []string) *Refusal {
	switch v := value.(type) {
	case []any:
		return s.elements(v, types)
	case map[string]any:
		return s.object(v, s.meant(v, types))
	}
	return nil
}

func (s schema) elements(values []any, types []string) *Refusal {
	i := slices.IndexFunc(types, func(t string) bool { return strings.HasPrefix(t, "Array of ") })
	if i < 0 {
		return nil // of an open type
	}
	element := strings.TrimPrefix(types[i], "Array of ")
	for _, v := range values {
		if !s.fitsOne(v, element) {
			return badRequest("element of an array must be of type %s", jsonName(element))
		}
		if r := s.inner(v, []string{element}); r != nil {
			return r
		}
	}
	return nil
}

// meant returns the one of the types that shares the most fields with v, the
// first of them when several do.
func (s schema) meant(v map[string]any, types []string) string {
	best, most := "", -1
	for _, t := range types {
		shared := 0
		for _, f := range s.Types[t].Fields {
			if _, ok := v[f.Name]; ok {
				shared++
			}
		}
		if _, known := s.Types[t]; known && shared > most {
			best, most = t, shared
		}
	}
	return best
}

// prefixes stand before what is wrong with an object of these types.
var prefixes = map[string]string{
	"InlineKeyboardButton": "can't parse inline keyboard button: ",
	"KeyboardButton":       "can't parse keyboard button: ",
	"MessageEntity":        "can't parse MessageEntity: ",
}

func wrong(name, format string, args ...any) *Refusal {
	text := fmt.Sprintf(format, args...)
	if prefix := prefixes[name]; prefix != "" {
		return badRequest("%s%s", prefix, text)
	}
	return badRequest("%s%s", strings.ToLower(text[:1]), text[1:])
}

// foreign are fields that a widespread client sends beside the Bot API's own, and
// Telegram ignores: telegraf marks its buttons with "hide".
var foreign = map[string]bool{"InlineKeyboardButton.hide": true, "KeyboardButton.hide": true}

// object checks the fields of a value of the named type.
func (s schema) object(v map[string]any, name string) *Refusal {
	if s.Types[name].Open {
		return nil
	}
	if subtypes := s.Types[name].Subtypes; len(subtypes) > 0 {
		sub, ok := s.subtype(v, subtypes)
		if !ok {
			return badRequest("can't parse %s: Unsupported type specified", name)
		}
		name = sub
	}
	fields := s.Types[name].Fields
	for key := range v {
		known := slices.ContainsFunc(fields, func(f field) bool { return f.Name == key })
		if !known && !foreign[name+"."+key] {
			return badRequest("unknown field %q of %s", key, name)
		}
	}
	for _, f := range fields {
		if r := s.field(v[f.Name], f, name); r != nil {
			return r
		}
	}
	return nil
}

func (s schema) field(value any, f field, of string) *Refusal {
	switch {
	case value == nil && f.Required:
		return wrong(of, "Can't find field %q", f.Name)
	case value == nil:
		return nil
	case !s.fits(value, f.Types):
		return wrong(of, "Field %q must be of type %s", f.Name, jsonNames(f.Types))
	}
	return s.inner(value, f.Types)
}

// subtype returns the one whose field "type" must be what v has there.
func (s schema) subtype(v map[string]any, subtypes []string) (string, bool) {
	for _, name := range subtypes {
		for _, f := range s.Types[name].Fields {
			if f.Must != "" && v[f.Name] == f.Must {
				return name, true
			}
		}
	}
	return "", false
}

// jsonNames says types as Telegram does: by their kind in JSON.
func jsonNames(types []string) string {
	var names []string
	for _, t := range types {
		names = append(names, jsonName(t))
	}
	return strings.Join(slices.Compact(names), " or ")
}

func jsonName(t string) string {
	switch {
	case strings.HasPrefix(t, "Array of "):
		return "Array"
	case t == "Integer" || t == "Float":
		return "Number"
	case t == "True":
		return "Boolean"
	case t == "String" || t == "Boolean":
		return t
	}
	return "Object"
}
