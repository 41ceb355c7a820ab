package apiserver

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestParametersGivenTwice(t *testing.T) {
	r := httptest.NewRequest("POST", "/bot"+token+"/sendMessage?text=a", strings.NewReader("text=b"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, a := answerTo(newServer(t), r)
	if status != 400 || a.Description != `Bad Request: parameter "text" is given twice` {
		t.Errorf("%d %s", status, a.Description)
	}
}

func TestOtherBodies(t *testing.T) {
	for _, c := range []struct{ kind, body, want string }{
		{"text/plain", "chat_id=1", "Bad Request: the body must be application/json, application/x-www-form-urlencoded or multipart/form-data"},
		{"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"text\"; filename=\"a\"\r\n\r\nz\r\n--x--\r\n", "Bad Request: files are not taken"},
		{"multipart/form-data; boundary=x", "--x\r\nContent-Disposition", "Bad Request: can't parse request body"},
		{"application/x-www-form-urlencoded", "text=%ff", "Bad Request: strings must be encoded in UTF-8"},
		{"application/json", "\"\xff\"", "Bad Request: can't parse request body JSON object"},
		{"application/json", "{} {}", "Bad Request: can't parse request body JSON object"},
		{"application/json", "[]", "Bad Request: can't parse request body JSON object"},
		{"application/json", "", "Bad Request: chat_id is empty"},
		{"multipart/form-data; boundary=x", "", "Bad Request: chat_id is empty"},
	} {
		r := httptest.NewRequest("POST", "/bot"+token+"/sendMessage", strings.NewReader(c.body))
		r.Header.Set("Content-Type", c.kind)
		if status, a := answerTo(newServer(t), r); status != 400 || a.Description != c.want {
			t.Errorf("%s %q: %d %s, want %s", c.kind, c.body, status, a.Description, c.want)
		}
	}
}

// TestBodiesAreReadToTheirEnd: net/http tells a handler that its client is gone
// only after that.
func TestBodiesAreReadToTheirEnd(t *testing.T) {
	for kind, text := range map[string]string{
		"multipart/form-data; boundary=x":   "--x\r\nContent-Disposition: form-data; name=\"limit\"\r\n\r\n7\r\n--x--\r\n\r\nmore",
		"application/x-www-form-urlencoded": "limit=7",
		"application/json":                  "{\"limit\":7}  ",
		"":                                  "",
	} {
		body := &watched{Reader: strings.NewReader(text)}
		r := httptest.NewRequest("POST", "/", body)
		r.Header.Set("Content-Type", kind)
		if _, refusal := parameters(r); refusal != nil || !body.ended {
			t.Errorf("%s: %v, read to its end: %v", kind, refusal, body.ended)
		}
	}
}

type watched struct {
	io.Reader
	ended bool
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	w.ended = w.ended || err == io.EOF
	return n, err
}

// FuzzRequest holds that whatever comes in is answered in the form of the Bot
// API.
func FuzzRequest(f *testing.F) {
	f.Add("sendMessage", "chat_id=1001", "application/json", `{"text":"<b>x</b>","parse_mode":"HTML"}`)
	f.Add("sendMessage", "", "application/x-www-form-urlencoded", `chat_id=1001&text=x&reply_markup={"inline_keyboard":[[{"text":"a","url":"https://a.example"}]]}`)
	f.Add("editMessageText", "", "application/json", `{"chat_id":"1001","message_id":2,"text":"y"}`)
	f.Add("setMyCommands", "", "application/json", `{"commands":[{"command":"a","description":"b"}],"scope":{"type":"chat","chat_id":1}}`)
	f.Add("sendMessageDraft", "", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"draft_id\"\r\n\r\n7\r\n--x--\r\n")
	f.Fuzz(func(t *testing.T, method, query, kind, body string) {
		s := newServer(t)
		s.AddUser(User{ID: 1001, FirstName: "Ada"})
		if _, err := s.Send(Post{From: 1001, Text: "hi"}); err != nil {
			t.Fatal(err)
		}
		if strings.EqualFold(method, "getUpdates") || strings.EqualFold(method, "setWebhook") {
			t.Skip("would wait, or call an address")
		}
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.URL.Path, r.URL.RawQuery = "/bot"+token+"/"+method, query
		r.Header.Set("Content-Type", kind)
		status, a := answerTo(s, r)
		if a.OK != (status == 200) || !a.OK && (a.Code != status || a.Description == "") {
			t.Fatalf("%d %+v", status, a)
		}
	})
}
