package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/alecthomas/kong"
)

var clockType = reflect.TypeFor[clock]()

func decodeClock(ctx *kong.DecodeContext, target reflect.Value) error {
	var s string
	if err := ctx.Scan.PopValueInto("date", &s); err != nil {
		return err
	}
	at, err := parseNow(s)
	if err != nil {
		return err
	}
	target.Set(reflect.ValueOf(clock{at}))
	return nil
}

// parseNow reads a date, which means the end of that day here, or a full time.
func parseNow(s string) (time.Time, error) {
	if day, err := time.ParseInLocation(time.DateOnly, s, time.Local); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Second), nil
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a date such as 2025-01-17 or 2025-01-17T08:00:00Z", s)
	}
	return at, nil
}

// MarshalJSON and UnmarshalJSON carry the clock to a running serve.
func (c clock) MarshalJSON() ([]byte, error) { return json.Marshal(c.at) }

func (c *clock) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &c.at) }
