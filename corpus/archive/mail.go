package archive

import (
	"bufio"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"
)

const (
	// maxMail is how far a saved page with its pictures is read, in bytes. The page
	// comes first.
	maxMail = 64 << 20
	// maxParts is the number of parts that are looked at.
	maxParts = 1000
)

// savedMail reads a page that was saved with all its parts (MHTML, RFC 2557): its
// first page.
func savedMail(r io.Reader) (Document, error) {
	b := bufio.NewReaderSize(io.LimitReader(r, maxMail), 4<<10)
	header, err := readHeader(b)
	if err != nil {
		return Document{}, ErrUnreadable
	}
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return Document{}, ErrUnreadable
	}
	d := Document{At: moment(header.Get("Date"))}
	location := header.Get("Snapshot-Content-Location")
	if strings.HasPrefix(kind, "multipart/") {
		err = d.readParts(multipart.NewReader(b, parameters["boundary"]), &location)
	} else if isHTML(kind, nil) {
		err = d.readPart(header.Get("Content-Type"), header.Get("Content-Transfer-Encoding"), b)
	}
	switch {
	case err != nil:
		return Document{}, err
	case d.Data == nil:
		return Document{}, ErrNoPage
	}
	m := look(d.Data)
	if location != "" {
		m.saved = location
	}
	d.URL = m.address()
	return d, nil
}

// readParts finds the first part that is a page. location is where the page was,
// if that is not known by now.
func (d *Document) readParts(parts *multipart.Reader, location *string) error {
	for range maxParts {
		p, err := parts.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return ErrUnreadable
		case !isHTML(p.Header.Get("Content-Type"), nil) || p.Header.Get("Content-Type") == "":
			continue
		}
		if *location == "" {
			*location = p.Header.Get("Content-Location")
		}
		return d.readPart(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p)
	}
	return nil
}

func (d *Document) readPart(contentType, encoding string, r io.Reader) error {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	data, err := readAll(r, MaxBytes)
	if err != nil {
		return err
	}
	d.Data, d.ContentType = pageOf(contentType, data), contentType
	return nil
}
