package archive

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
)

// slack is what a packed body may be longer than an unpacked one, in bytes.
const slack = 64 << 10

// answer reads what a server answered: the page, or nil if it is none, and its
// type.
func answer(block io.Reader) (page []byte, contentType string, err error) {
	b := bufio.NewReaderSize(block, 4<<10)
	line, err := readLine(b)
	words := strings.Fields(line)
	if err != nil || len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return nil, "", ErrUnreadable
	}
	header, err := readHeader(b)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", ErrUnreadable
	}
	contentType = header.Get("Content-Type")
	if status, err := strconv.Atoi(words[1]); err != nil || status != http.StatusOK || contentType != "" && !isHTML(contentType, nil) {
		return nil, "", nil
	}
	body, err := readAll(b, MaxBytes+slack)
	if err == nil {
		body, err = unpackBody(header, body)
	}
	if err != nil {
		return nil, "", err
	}
	return pageOf(contentType, body), contentType, nil
}

// readPage reads a page that stands in an archive as such; nil if it is none.
func readPage(contentType string, r io.Reader) ([]byte, error) {
	if contentType != "" && !isHTML(contentType, nil) {
		return nil, nil
	}
	data, err := readAll(r, MaxBytes)
	if err != nil {
		return nil, err
	}
	return pageOf(contentType, data), nil
}

// pageOf is data if it is a page, and nil if not.
func pageOf(contentType string, data []byte) []byte {
	if len(data) == 0 || !isHTML(contentType, data) {
		return nil
	}
	return data
}

// readAll reads at most limit bytes; of more it returns ErrTooLong.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(data)) > limit:
		return nil, ErrTooLong
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, ErrCut
	case err != nil:
		return nil, ErrUnreadable
	}
	return data, nil
}

// inPieces is the beginning of a body that is sent in pieces.
var inPieces = regexp.MustCompile(`^[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r?\n`)

// unpackBody undoes what a server did to a body on its way. Crawlers often have
// done it and kept the headers: so it is looked at as well.
func unpackBody(header textproto.MIMEHeader, body []byte) ([]byte, error) {
	encoding := strings.ToLower(strings.TrimSpace(strings.Join(header["Content-Encoding"], ",")))
	isPlain := encoding == "" || encoding == "identity"
	switch chunked := strings.Contains(strings.ToLower(header.Get("Transfer-Encoding")), "chunked"); {
	case chunked && inPieces.Match(body):
		whole, err := readAll(httputil.NewChunkedReader(bytes.NewReader(body)), MaxBytes+slack)
		if err != nil {
			return nil, err
		}
		body = whole
	case !chunked && isPlain && isShort(header, body):
		return nil, ErrCut
	}
	if isPlain {
		return body, tooLong(body)
	}
	unpacked, err := unpack(encoding, body)
	if err != nil && bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		return body, tooLong(body)
	}
	return unpacked, err
}

func tooLong(body []byte) error {
	if len(body) > MaxBytes {
		return ErrTooLong
	}
	return nil
}

// isShort reports whether a body is shorter than the server said.
func isShort(header textproto.MIMEHeader, body []byte) bool {
	length, err := strconv.Atoi(header.Get("Content-Length"))
	return err == nil && len(body) < length
}

func unpack(encoding string, body []byte) ([]byte, error) {
	packed := bytes.NewReader(body)
	switch encoding {
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(packed)
		if err != nil {
			return nil, ErrUnreadable
		}
		return readAll(z, MaxBytes)
	case "br":
		return readAll(brotli.NewReader(packed), MaxBytes)
	case "deflate":
		if z, err := zlib.NewReader(packed); err == nil {
			return readAll(z, MaxBytes)
		}
		return readAll(flate.NewReader(bytes.NewReader(body)), MaxBytes) // as some servers take the word
	}
	return nil, ErrUnreadable
}
