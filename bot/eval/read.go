package eval

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxCases is the number of bytes of a file, unpacked, that are read: a hundred
// times what the evaluation data has.
const maxCases = 16 << 20

// ReadCases reads a file of cases, which errors call by that name: a JSON array
// of objects with passages, sentence, label and kind, plain or packed with gzip,
// known by the first two bytes. A passage is an object with text, source and
// published_at ("2026-03-04T10:00:00+00:00" or only the day, UTC without a zone),
// and url and title, which may be missing or null. Members that are not named
// here are passed over.
//
// It returns all cases or an error; one that lies in a case is a Fault of
// retrieval/eval.
func ReadCases(name string, r io.Reader) ([]Case, error) {
	data, err := unpacked(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	records, err := split(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	cases := make([]Case, 0, len(records))
	for i, record := range records {
		c, fault := readCase(record)
		if fault != nil {
			fault.File, fault.Record = name, i+1
			return nil, fault
		}
		cases = append(cases, c)
	}
	return cases, nil
}

// unpacked reads the whole file.
func unpacked(r io.Reader) ([]byte, error) {
	data, err := bounded(r)
	if err != nil || !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, err
	}
	packed, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("damaged gzip file: %w", err)
	}
	if data, err = bounded(packed); err != nil {
		return nil, fmt.Errorf("damaged gzip file: %w", err)
	}
	return data, nil
}

// bounded reads r to its end, or says that it is too large.
func bounded(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxCases+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxCases {
		return nil, fmt.Errorf("larger than %d MiB", maxCases>>20)
	}
	return data, nil
}

// split returns the records of the array.
func split(data []byte) ([]json.RawMessage, error) {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	switch {
	case len(data) == 0:
		return nil, errors.New("the file is empty")
	case !utf8.Valid(data):
		return nil, errors.New("not UTF-8 text")
	case !json.Valid(data):
		var any json.RawMessage
		return nil, fmt.Errorf("not JSON: %w", json.Unmarshal(data, &any))
	case data[0] != '[':
		return nil, errors.New("the file is not a JSON array of records")
	}
	var records []json.RawMessage
	if err := json.Unmarshal(data, &records); err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, errors.New("no record in the file")
	}
	return records, nil
}
