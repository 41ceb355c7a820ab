package static

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// dimensions is the length of the vectors.
const dimensions = 256

// table holds one row for each token: int8 numbers, and one scale that they are
// multiplied by. The numbers stay where they are in the file.
type table struct {
	rows   string // dimensions bytes, each an int8, for each token
	scales []float32
}

// maxHeader bounds the header that is read: the table's own has 296 bytes.
const maxHeader = 1 << 20

// tensor is one entry of the header of a safetensors file.
type tensor struct {
	Type    string   `json:"dtype"`
	Shape   []int64  `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"`
}

// readTable reads a safetensors file with the tensors "embedding", int8 of
// [tokens, dimensions], and "scale", float32 of [tokens]. It copies only the
// scales.
func readTable(file string) (*table, error) {
	tensors, data, err := readHeader(file)
	if err != nil {
		return nil, err
	}
	rows, shape, err := tensorData(tensors, data, "embedding", "I8", 1)
	if err != nil {
		return nil, err
	}
	scale, scaleShape, err := tensorData(tensors, data, "scale", "F32", 4)
	if err != nil {
		return nil, err
	}
	if len(shape) != 2 || shape[1] != dimensions || len(scaleShape) != 1 || scaleShape[0] != shape[0] {
		return nil, fmt.Errorf("static: the table has shapes %v and %v, want [n %d] and [n]", shape, scaleShape, dimensions)
	}
	scales, err := floats(scale)
	if err != nil {
		return nil, err
	}
	return &table{rows: rows, scales: scales}, nil
}

// readHeader returns the tensors by name, and the bytes that their offsets
// count in.
func readHeader(file string) (tensors map[string]tensor, data string, err error) {
	if len(file) < 8 {
		return nil, "", errors.New("static: the table is shorter than its header's length")
	}
	n := binary.LittleEndian.Uint64([]byte(file[:8]))
	if n > maxHeader || n > uint64(len(file)-8) {
		return nil, "", fmt.Errorf("static: the table's header would have %d bytes", n)
	}
	var entries map[string]json.RawMessage
	if err := json.Unmarshal([]byte(file[8:8+n]), &entries); err != nil {
		return nil, "", fmt.Errorf("static: the table's header: %w", err)
	}
	tensors = make(map[string]tensor, len(entries))
	for name, entry := range entries {
		if name == "__metadata__" {
			continue
		}
		var t tensor
		if err := json.Unmarshal(entry, &t); err != nil {
			return nil, "", fmt.Errorf("static: the table's tensor %q: %w", name, err)
		}
		tensors[name] = t
	}
	return tensors, file[8+n:], nil
}

// tensorData returns the bytes of one tensor, which must be of that type (of
// size bytes a number) and exactly as long as its shape says.
func tensorData(tensors map[string]tensor, data, name, typ string, size int64) (string, []int64, error) {
	t, ok := tensors[name]
	if !ok || t.Type != typ {
		return "", nil, fmt.Errorf("static: the table has no tensor %q of type %s", name, typ)
	}
	from, to := t.Offsets[0], t.Offsets[1]
	if from < 0 || to < from || to > int64(len(data)) {
		return "", nil, fmt.Errorf("static: tensor %q lies outside the file: bytes %d to %d of %d", name, from, to, len(data))
	}
	want := size
	for _, n := range t.Shape {
		if n <= 0 || n > int64(len(data)) || want > int64(len(data)) {
			return "", nil, fmt.Errorf("static: tensor %q has shape %v", name, t.Shape)
		}
		want *= n
	}
	if to-from != want {
		return "", nil, fmt.Errorf("static: tensor %q has %d bytes, its shape %v needs %d", name, to-from, t.Shape, want)
	}
	return data[from:to], t.Shape, nil
}

// floats reads little-endian float32 numbers, each finite.
func floats(data string) ([]float32, error) {
	numbers := make([]float32, len(data)/4)
	for i := range numbers {
		numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32([]byte(data[4*i : 4*i+4])))
		if f := float64(numbers[i]); math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, fmt.Errorf("static: scale %d is not finite", i)
		}
	}
	return numbers, nil
}

// sum adds up the rows of the tokens.
func (t *table) sum(tokens []int32) (sum [dimensions]float32) {
	for _, id := range tokens {
		add(&sum, t.rows[int(id)*dimensions:][:dimensions], t.scales[id])
	}
	return sum
}

// add adds a row to sum.
func add(sum *[dimensions]float32, row string, scale float32) {
	_ = row[dimensions-1] // one check for the whole loop
	for i := range sum {
		sum[i] += scale * float32(int8(row[i]))
	}
}
