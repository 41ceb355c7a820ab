package multihop

import (
	"encoding/json"
	"errors"
	"io"
	"iter"
)

// records returns the records of a file, each read as an R and converted. The
// error of convert has only Field and Reason.
func records[R, T any](name string, r io.Reader, convert func(R) (T, *Error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		d := &decoder{}
		fault := d.open(r)
		for fault == nil && d.more() {
			var in R
			fault = d.decode(&in)
			if fault != nil {
				break
			}
			var out T
			if out, fault = convert(in); fault != nil {
				break
			}
			if !yield(out, nil) {
				return
			}
		}
		if fault == nil {
			fault = d.close()
		}
		if fault != nil {
			fault.Name = name
			if fault.Record == 0 && d.inside {
				fault.Record, fault.Offset = d.record, d.start
			}
			yield(zero, fault)
		}
	}
}

// decoder walks over the array of a file.
type decoder struct {
	source *source
	json   *json.Decoder
	// record counts the records begun, start is where the last one begins;
	// inside says that a fault is that record's.
	record int
	start  int64
	inside bool
}

// open reads up to the beginning of the array.
func (d *decoder) open(r io.Reader) *Error {
	var fault *Error
	if d.source, fault = newSource(r); fault != nil {
		return fault
	}
	d.json = json.NewDecoder(d.source)
	d.source.allow(0, maxSpace)
	token, err := d.json.Token()
	switch {
	case errors.Is(err, io.EOF):
		return &Error{Reason: "the file is empty"}
	case err != nil:
		return d.fault(err)
	case token != json.Delim('['):
		return &Error{Reason: "the file is not a JSON array of records"}
	}
	return nil
}

// more reports whether a record, or what should be one, begins.
func (d *decoder) more() bool {
	d.source.allow(d.json.InputOffset(), maxSpace)
	d.inside = true
	d.record++
	more := d.json.More()
	d.findStart()
	return more
}

// findStart counts the comma and the white space before the record: those that
// the decoder has read, and if there is nothing else, those to come.
func (d *decoder) findStart() {
	d.start = d.json.InputOffset()
	d.source.separators = nil
	in := d.json.Buffered()
	var b [1]byte
	for {
		if _, err := in.Read(b[:]); err != nil {
			d.source.separators = &d.start
			return
		}
		if !isSeparator(b[0]) {
			return
		}
		d.start++
	}
}

func isSeparator(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == ',' }

func (d *decoder) decode(into any) *Error {
	d.source.allow(d.start, MaxRecord)
	if err := d.json.Decode(into); err != nil {
		return d.fault(err)
	}
	return nil
}

// close reads the end of the array and of the file.
func (d *decoder) close() *Error {
	if _, err := d.json.Token(); err != nil {
		return d.fault(err)
	}
	d.inside = false
	d.source.allow(d.json.InputOffset(), maxSpace)
	more, at := d.json.More(), d.json.InputOffset()
	_, err := d.json.Token()
	switch {
	case more:
		return &Error{Offset: at, Reason: "something follows the end of the array"}
	case !errors.Is(err, io.EOF):
		return d.fault(err)
	case d.record == 1:
		return &Error{Reason: "no record in the file"}
	}
	return nil
}

// fault says what an error of the decoder means: the source's own, the end of
// the file, or JSON that is none.
func (d *decoder) fault(err error) *Error {
	var own *Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return d.source.cut()
	}
	return notJSON(err)
}
