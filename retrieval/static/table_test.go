package static

import (
	"encoding/binary"
	"strings"
	"testing"
)

// file makes a safetensors file of a header and n zero bytes.
func file(header string, n int) string {
	length := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return string(length) + header + strings.Repeat("\x00", n)
}

const goodHeader = `{"__metadata__":{"a":"b"},"scale":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"embedding":{"dtype":"I8","shape":[2,256],"data_offsets":[8,520]}}`

func TestReadTable(t *testing.T) {
	table, err := readTable(file(goodHeader, 520))
	if err != nil {
		t.Fatal(err)
	}
	if len(table.rows) != 512 || len(table.scales) != 2 {
		t.Errorf("%d bytes of rows and %d scales, want 512 and 2", len(table.rows), len(table.scales))
	}
}

func TestReadTableRefuses(t *testing.T) {
	change := func(old, new string) string { return file(strings.Replace(goodHeader, old, new, 1), 520) }
	for name, bad := range map[string]string{
		"nothing":            "",
		"cut length":         "\x01\x00\x00",
		"header beyond end":  "\xff\x00\x00\x00\x00\x00\x00\x00{}",
		"huge header":        "\xff\xff\xff\xff\xff\xff\xff\xff{}",
		"no JSON":            file("{", 520),
		"no object":          file("[]", 520),
		"bad entry":          change(`{"dtype":"F32"`, `{"dtype":7`),
		"no scale":           change("scale", "other"),
		"other type":         change("I8", "U8"),
		"cut data":           file(goodHeader, 519),
		"negative offset":    change("[0,8]", "[-8,0]"),
		"crossed offsets":    change("[8,520]", "[520,8]"),
		"too few bytes":      change("[0,8]", "[0,7]"),
		"other dimensions":   change("[2,256]", "[4,128]"),
		"three axes":         change("[2,256]", "[2,2,128]"),
		"product overflows":  change("[2,256]", "[4294967296,4294967296]"),
		"negative shape":     change("[2,256]", "[-2,-256]"),
		"scales do not fit":  change(`"shape":[2],"data_offsets":[0,8]`, `"shape":[1],"data_offsets":[0,4]`),
		"scale not a number": strings.Replace(file(goodHeader, 0), "}}", "}}\x00\x00\xc0\x7f", 1) + strings.Repeat("\x00", 516),
	} {
		if _, err := readTable(bad); err == nil {
			t.Errorf("%s: no error", name)
		} else if !strings.HasPrefix(err.Error(), "static: ") {
			t.Errorf("%s: error %q does not name the package", name, err)
		}
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add(file(goodHeader, 520))
	f.Add(file(`{"scale":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}`, 4))
	f.Fuzz(func(t *testing.T, data string) {
		table, err := readTable(data)
		if err != nil {
			return
		}
		last := int32(len(table.scales) - 1)
		table.sum([]int32{0, last}) // every row that is promised is there
	})
}
