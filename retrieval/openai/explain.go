package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	api "github.com/sashabaranov/go-openai"

	"newsdesk/retrieval"
)

// Explain turns an error of the client library into one that wraps
// retrieval.ErrModel, ErrRefused or ErrUnavailable and carries the server's
// words; nil stays nil. When ctx has ended it is ctx's error. Errors that wrap
// one of package retrieval's stay as they are; so anything else that broke on
// the way (a connection, an answer that is no JSON) is ErrUnavailable.
func Explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, known := range []error{retrieval.ErrModel, retrieval.ErrRefused, retrieval.ErrUnavailable, retrieval.ErrDimension} {
		if errors.Is(err, known) {
			return err
		}
	}
	status, text, ok := answered(err)
	if !ok {
		return fmt.Errorf("openai: %w: %w", retrieval.ErrUnavailable, unmarshalled(err))
	}
	return fmt.Errorf("openai: %w: %s", kindOf(status, text), withStatus(status, text))
}

// answered returns the status, 0 in the middle of a stream, and the words of an
// error that the server itself sent.
func answered(err error) (status int, text string, ok bool) {
	// A RequestError may hold an APIError that was read by half: it comes first.
	if e, ok := errors.AsType[*api.RequestError](err); ok {
		return e.HTTPStatusCode, words(e.Body), true
	}
	if e, ok := errors.AsType[*api.APIError](err); ok {
		text := e.Message
		if code, ok := e.Code.(string); ok && code != "" && !strings.Contains(text, code) {
			text += " (" + code + ")"
		}
		return e.HTTPStatusCode, clip(text), true
	}
	return 0, "", false
}

// unmarshalled puts into words what the JSON package says of an answer that is
// none.
func unmarshalled(err error) error {
	_, syntax := errors.AsType[*json.SyntaxError](err)
	_, typ := errors.AsType[*json.UnmarshalTypeError](err)
	if syntax || typ {
		return fmt.Errorf("its answer is not what the protocol says (is the base URL right? it mostly ends in /v1): %w", err)
	}
	return err
}

// unknownModel matches what servers say of a model that they do not have.
var unknownModel = regexp.MustCompile(`(?i)model_not_found|unknown model|no such model|invalid model\b|\bmodel\b.{0,200}\b(not found|(does|do) not exist|doesn't exist|not available|not loaded|is not supported|unknown)`)

// kindOf tells the errors of package retrieval apart. Servers disagree on the
// status for a model that they do not have (404, 400, 403, 500), so the words
// decide.
func kindOf(status int, text string) error {
	switch {
	case unknownModel.MatchString(text):
		return retrieval.ErrModel
	case status == 0, passing(status), status >= http.StatusInternalServerError:
		return retrieval.ErrUnavailable
	}
	return retrieval.ErrRefused
}

// withStatus puts status and words together. A page that is not there mostly
// means a base URL without its last part.
func withStatus(status int, text string) string {
	if status == 0 {
		return "it said: " + text
	}
	line := strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
	if text != "" && !strings.EqualFold(text, line) {
		line += ": " + text
	}
	if (status == http.StatusNotFound || status == http.StatusMethodNotAllowed) && !unknownModel.MatchString(text) {
		line += " (is the base URL right? it mostly ends in /v1)"
	}
	return line
}

// words returns what the body of an error says: the message in JSON of one of
// the shapes in use, the title or text of an HTML page, or plain text. One line
// of at most 300 bytes, empty for an empty body.
func words(body []byte) string {
	body = bytes.TrimSpace(body)
	if message, ok := jsonMessage(body); ok {
		return clip(message)
	}
	if bytes.HasPrefix(body, []byte("<")) {
		return clip(htmlMessage(string(body)))
	}
	return clip(string(body))
}

// jsonMessage reads {"error":{"message":…}}, {"error":…}, {"message":…} and
// {"detail":…}.
func jsonMessage(body []byte) (string, bool) {
	var shape map[string]json.RawMessage
	if json.Unmarshal(body, &shape) != nil {
		return "", false
	}
	for _, name := range []string{"error", "message", "detail"} {
		value, ok := shape[name]
		if !ok {
			continue
		}
		var text string
		if json.Unmarshal(value, &text) == nil {
			return text, true
		}
		if text, ok := jsonMessage(value); ok {
			return text, true
		}
	}
	return "", false
}

var (
	htmlTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	htmlTag   = regexp.MustCompile(`(?s)<[^>]*>`)
)

func htmlMessage(page string) string {
	if title := htmlTitle.FindStringSubmatch(page); title != nil {
		return title[1]
	}
	return htmlTag.ReplaceAllString(page, " ")
}

// maxWords bounds what is shown of a server's words.
const maxWords = 300

// clip makes one line of text, of at most maxWords bytes and valid UTF-8.
func clip(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if len(text) <= maxWords {
		return text
	}
	end := maxWords
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}
