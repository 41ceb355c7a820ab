package apiserver

import (
	"fmt"
	"net/http"
)

// Refusal is an answer of the Bot API that is not ok.
type Refusal struct {
	// Code is the HTTP status, too.
	Code        int
	Description string
	// RetryAfter is in seconds, 0 for none.
	RetryAfter int
	// MigrateTo is the supergroup that a group became, 0 for none.
	MigrateTo int64
}

// Error returns the description.
func (r *Refusal) Error() string { return r.Description }

func badRequest(format string, args ...any) *Refusal {
	return &Refusal{Code: http.StatusBadRequest, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(format string, args ...any) *Refusal {
	return &Refusal{Code: http.StatusForbidden, Description: "Forbidden: " + fmt.Sprintf(format, args...)}
}

func notModified() *Refusal {
	return badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
}

func queryTooOld() *Refusal {
	return badRequest("query is too old and response timeout expired or query ID is invalid")
}

func otherPoll() *Refusal {
	return &Refusal{Code: http.StatusConflict, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
}

func webhookActive() *Refusal {
	return &Refusal{Code: http.StatusConflict, Description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
}

func tooManyRequests(seconds int) *Refusal {
	return &Refusal{Code: http.StatusTooManyRequests, Description: fmt.Sprintf("Too Many Requests: retry after %d", seconds), RetryAfter: seconds}
}

var (
	unauthorized = &Refusal{Code: http.StatusUnauthorized, Description: "Unauthorized"}
	notFound     = &Refusal{Code: http.StatusNotFound, Description: "Not Found"}
)
