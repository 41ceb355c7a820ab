package apiserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// formValue is the text of a parameter that came in a query or form, whose type
// is not known yet.
type formValue string

// maxBody bounds the body of a request: the longest text and keyboard, written
// as \u escapes, stay far below it.
const maxBody = 1 << 20

// parameters reads what a request carries, from its query and its body.
func parameters(r *http.Request) (map[string]any, *Refusal) {
	raw := map[string]any{}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("can't parse the query")
	}
	if refusal := addForm(raw, query); refusal != nil {
		return nil, refusal
	}
	kind, options, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && r.Header.Get("Content-Type") != "" {
		return nil, badRequest("can't parse the Content-Type")
	}
	body := http.MaxBytesReader(nil, r.Body, maxBody)
	switch kind {
	case "application/json":
		return raw, readJSON(raw, body)
	case "multipart/form-data":
		return raw, readMultipart(raw, body, options["boundary"])
	case "application/x-www-form-urlencoded":
		return raw, readForm(raw, body)
	}
	return raw, nothingLeft(body)
}

// nothingLeft refuses a body of a type that is not read.
func nothingLeft(body io.Reader) *Refusal {
	n, err := io.Copy(io.Discard, body)
	if err != nil {
		return unreadable(err, "body")
	}
	if n > 0 {
		return badRequest("the body must be application/json, application/x-www-form-urlencoded or multipart/form-data")
	}
	return nil
}

func unreadable(err error, what string) *Refusal {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &Refusal{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}
	}
	return badRequest("can't parse request %s", what)
}

func addForm(raw map[string]any, form url.Values) *Refusal {
	for name, values := range form {
		for _, v := range values {
			if r := add(raw, name, formValue(v)); r != nil {
				return r
			}
		}
	}
	return nil
}

func add(raw map[string]any, name string, value any) *Refusal {
	if _, twice := raw[name]; twice {
		return badRequest("parameter %q is given twice", name)
	}
	if text, ok := value.(formValue); ok && !utf8.ValidString(string(text)) {
		return badRequest("strings must be encoded in UTF-8")
	}
	raw[name] = value
	return nil
}

func readForm(raw map[string]any, body io.Reader) *Refusal {
	data, err := io.ReadAll(body)
	if err != nil {
		return unreadable(err, "body")
	}
	form, err := url.ParseQuery(string(data))
	if err != nil {
		return unreadable(err, "body")
	}
	return addForm(raw, form)
}

// readMultipart reads the fields of a form. An empty body is an empty form: some
// clients send it for calls without parameters.
func readMultipart(raw map[string]any, body io.Reader, boundary string) *Refusal {
	parts := multipart.NewReader(body, boundary)
	for first := true; ; first = false {
		part, err := parts.NextPart()
		if err == io.EOF || first && errors.Is(err, io.EOF) {
			return drained(body)
		}
		if err != nil {
			return unreadable(err, "body")
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return unreadable(err, "body")
		}
		if part.FileName() != "" {
			return badRequest("files are not taken")
		}
		if r := add(raw, part.FormName(), formValue(data)); r != nil {
			return r
		}
	}
}

// drained reads a body to its end, behind what was of use: net/http notices that
// a client is gone only once the body was read, and a poll waits for that.
func drained(body io.Reader) *Refusal {
	if _, err := io.Copy(io.Discard, body); err != nil {
		return unreadable(err, "body")
	}
	return nil
}

// readJSON reads an object; null is the same as absent, and so is no body.
func readJSON(raw map[string]any, body io.Reader) *Refusal {
	value, err := decodeJSON(body)
	if err == io.EOF {
		return nil
	}
	object, ok := value.(map[string]any)
	if err != nil || !ok {
		return unreadable(err, "body JSON object")
	}
	for name, v := range object {
		if v == nil {
			continue
		}
		if r := add(raw, name, v); r != nil {
			return r
		}
	}
	return nil
}

// decodeJSON reads one value and nothing after it; numbers stay as written. An
// empty input is io.EOF.
func decodeJSON(r io.Reader) (any, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if len(strings.TrimSpace(string(data))) == 0 {
		return nil, io.EOF
	}
	if !utf8.Valid(data) {
		return nil, errors.New("apiserver: JSON that is not UTF-8")
	}
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("apiserver: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("apiserver: more than one value of JSON")
	}
	return value, nil
}
