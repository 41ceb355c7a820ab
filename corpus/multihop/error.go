package multihop

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
)

// Error says why a file could not be read on.
type Error struct {
	// Name is what the reader was told to call the file.
	Name string
	// Record counts from 1; 0 where the fault is in no record.
	Record int
	// Offset is the place of the record, or of the fault where there is no
	// record, in bytes of the unpacked file.
	Offset int64
	// Field is the member that is at fault, as "evidence_list[2].fact"; empty if
	// it is the record.
	Field string
	// Reason is for the person who gave the file, without full stop.
	Reason string
	// Err is the error of the reader that was given, where that is the reason.
	Err error
}

// Error returns "NAME: record 2 (byte 69): "source": missing".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Name)
	switch {
	case e.Record > 0:
		fmt.Fprintf(&b, ": record %d (byte %d)", e.Record, e.Offset)
	case e.Offset > 0:
		fmt.Fprintf(&b, ": byte %d", e.Offset)
	}
	if e.Field != "" {
		fmt.Fprintf(&b, ": %q", e.Field)
	}
	return b.String() + ": " + e.Reason
}

// Unwrap returns the error of the reader that was given, or nil.
func (e *Error) Unwrap() error { return e.Err }

// quoted is what a member says, to be put behind a reason, clipped.
func quoted(s string) string {
	const most = 100
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return fmt.Sprintf(": %q", s)
}

// outOfRange says what does not exist in a date that has the right form; empty
// if that is not why it could not be read.
func outOfRange(err error) string {
	var p *time.ParseError
	if !errors.As(err, &p) {
		return ""
	}
	switch p.Message {
	case ": day out of range", ": month out of range":
		return "date does not exist"
	case ": hour out of range", ": minute out of range", ": second out of range":
		return "time of day does not exist"
	}
	return ""
}

// notJSON turns an error of encoding/json into one for a person.
func notJSON(err error) *Error {
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return &Error{Field: mistyped.Field, Reason: mistyped.Value + " where " + wanted(mistyped) + " must stand"}
	}
	return &Error{Reason: "not JSON: " + err.Error()}
}

func wanted(e *json.UnmarshalTypeError) string {
	switch e.Type.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Slice:
		return "an array"
	}
	return "a record"
}
