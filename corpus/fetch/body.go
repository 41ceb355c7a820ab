package fetch

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
)

// errLong ends the reading of a body.
var errLong = errors.New("fetch: too long")

// errEncoding is a body in an encoding that was not asked for.
type errEncoding string

func (e errEncoding) Error() string { return fmt.Sprintf("it is packed as %q", string(e)) }

// slack is what a packed body may be longer than an unpacked one: headers, and
// the blocks of data that cannot be packed.
const slack = 64 << 10

// readBody reads and unpacks a body of at most limit bytes. Neither what is sent
// nor what comes of it is ever held beyond that, whatever the headers say.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	if resp.ContentLength > limit+slack {
		return nil, errLong
	}
	sent := &bounded{r: resp.Body, left: limit + slack}
	unpacked, err := unpack(resp.Header, sent)
	if err != nil {
		return nil, whose(sent, err)
	}
	data, err := io.ReadAll(&bounded{r: unpacked, left: limit})
	if err != nil {
		return nil, whose(sent, err)
	}
	return data, nil
}

// whose tells an error of the connection from one of what came over it.
func whose(sent *bounded, err error) error {
	_, isEncoding := errors.AsType[errEncoding](err)
	switch {
	case sent.failed != nil:
		return sent.failed
	case isEncoding || errors.Is(err, errLong) || errors.Is(err, io.ErrUnexpectedEOF):
		return err
	}
	return errPacked{err}
}

// errPacked is a body that is not what its headers say.
type errPacked struct{ err error }

func (e errPacked) Error() string { return "it cannot be unpacked: " + e.err.Error() }

// readStart reads at most limit bytes of a body and passes over the rest. A body
// that breaks off is as good as what came of it.
func readStart(resp *http.Response, limit int64) ([]byte, error) {
	unpacked, err := unpack(resp.Header, &bounded{r: resp.Body, left: limit + slack})
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(unpacked, limit))
	if len(data) > 0 {
		err = nil
	}
	return data, err
}

func unpack(header http.Header, packed io.Reader) (io.Reader, error) {
	encoding := strings.ToLower(strings.Join(header.Values("Content-Encoding"), ","))
	switch strings.TrimSpace(encoding) {
	case "", "identity":
		return packed, nil
	case "gzip", "x-gzip":
		r, err := gzip.NewReader(packed)
		if errors.Is(err, io.EOF) {
			return strings.NewReader(""), nil // nothing at all
		}
		return r, err
	case "br":
		return brotli.NewReader(packed), nil
	}
	return nil, errEncoding(encoding)
}

// bounded gives an error, and not an end, after left bytes.
type bounded struct {
	r    io.Reader
	left int64
	// failed is the error that ended it, if it was not its end.
	failed error
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if b.failed != nil {
		return 0, b.failed
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		n, err = 0, errLong
	}
	if err != nil && err != io.EOF {
		b.failed = err
	}
	return n, err
}
