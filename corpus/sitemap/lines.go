package sitemap

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// isText reports whether a sitemap is one address a line: then it begins with one.
func isText(head []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
	return isAddress(string(line))
}

func isAddress(line string) bool {
	return strings.HasPrefix(line, "http://") || strings.HasPrefix(line, "https://")
}

// readLines reads one address a line. What is none is passed over.
func readLines(s *source, c *collector) error {
	for {
		line, err := s.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			passOver(s)
			continue
		}
		if written := strings.TrimSpace(s.text(line)); isAddress(written) && !c.page(Page{}, written) || err != nil {
			return nil
		}
	}
}

// passOver reads to the end of a line that is too long.
func passOver(s *source) {
	for {
		if _, err := s.ReadSlice('\n'); err == nil || err == io.EOF {
			return
		}
	}
}
