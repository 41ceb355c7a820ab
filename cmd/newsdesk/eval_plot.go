package main

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"newsdesk/retrieval/eval"
)

// gonum's plot, which knows text and axes without a system's fonts, makes the
// binary 8 MB larger (49 to 57 MB) and every command's memory 3 MiB.

// The size of the drawing, and of what is in it.
const (
	plotWidth, plotHeight = 26 * vg.Centimeter, 11 * vg.Centimeter
	plotMargin            = 5 * vg.Millimeter
	barWidth              = 5 * vg.Millimeter
)

// ink are three colours that differ in lightness too.
var ink = []color.Color{
	color.RGBA{R: 0x1b, G: 0x4f, B: 0x72, A: 0xff}, color.RGBA{R: 0x3c, G: 0x96, B: 0xc4, A: 0xff}, color.RGBA{R: 0xf0, G: 0xb4, B: 0x5a, A: 0xff},
}

// plot draws the scores into the file that was asked for; nothing without one.
func (c *evalRetrievalCmd) plot(s eval.Scores) error {
	if c.Plot == "" {
		return nil
	}
	var drawn bytes.Buffer
	if err := writePlot(&drawn, c.plotEnding(), s); err != nil {
		return fmt.Errorf("drawing %s: %w", c.Plot, err)
	}
	return os.WriteFile(c.Plot, drawn.Bytes(), 0o644)
}

// writePlot draws in the form of an ending: what is found, by type of question,
// and beside it where the first evidence stands.
func writePlot(w io.Writer, ending string, s eval.Scores) error {
	canvas := canvasFor(ending)
	types, err := typesPlot(s)
	if err != nil {
		return err
	}
	ranks, err := ranksPlot(s)
	if err != nil {
		return err
	}
	tiles := draw.Tiles{Rows: 1, Cols: 2, PadX: 2 * plotMargin, PadTop: plotMargin, PadBottom: plotMargin, PadLeft: plotMargin, PadRight: plotMargin}
	for i, p := range []*plot.Plot{types, ranks} {
		p.Draw(tiles.At(draw.New(canvas), i, 0))
	}
	_, err = canvas.WriteTo(w)
	return err
}

func canvasFor(ending string) vg.CanvasWriterTo {
	if ending == ".svg" {
		return vgsvg.New(plotWidth, plotHeight)
	}
	return vgimg.PngCanvas{Canvas: vgimg.New(plotWidth, plotHeight)}
}

// typesPlot has three bars for each type of question, and for all.
func typesPlot(s eval.Scores) (*plot.Plot, error) {
	kinds := slices.Sorted(maps.Keys(s.ByType))
	var names []string
	measures := make([]eval.Measures, 0, len(kinds)+1)
	for _, kind := range kinds {
		names = append(names, strings.TrimSuffix(kind, "_query"))
		measures = append(measures, s.ByType[kind])
	}
	names, measures = append(names, "all"), append(measures, s.All)
	p := newPlot(fmt.Sprintf("What is found (%d questions)", s.N), "mean over the questions", 1)
	for i, m := range []struct {
		name string
		of   func(eval.Measures) float64
	}{
		{"Hits@10", func(m eval.Measures) float64 { return m.Hits10 }},
		{"Hits@4", func(m eval.Measures) float64 { return m.Hits4 }},
		{"MRR@10", func(m eval.Measures) float64 { return m.MRR }},
	} {
		var values plotter.Values
		for _, of := range measures {
			values = append(values, m.of(of))
		}
		bars, err := barsOf(values, ink[i], vg.Length(i-1)*barWidth)
		if err != nil {
			return nil, err
		}
		p.Add(bars)
		p.Legend.Add(m.name, bars)
	}
	p.Y.Max = 1.2 // the legend stands above the bars
	p.NominalX(names...)
	return p, nil
}

// ranksPlot has a bar for each rank of the first evidence, and one for none.
func ranksPlot(s eval.Scores) (*plot.Plot, error) {
	var values plotter.Values
	var names []string
	for rank := 1; rank < len(s.First); rank++ {
		values = append(values, float64(s.First[rank]))
		names = append(names, strconv.Itoa(rank))
	}
	values, names = append(values, float64(s.First[0])), append(names, "none")
	p := newPlot("Rank of the first evidence", "questions", slices.Max(values))
	bars, err := barsOf(values, ink[0], 0)
	if err != nil {
		return nil, err
	}
	p.Add(bars)
	p.NominalX(names...)
	return p, nil
}

func newPlot(title, y string, most float64) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.Title.Padding = title, plotMargin/2
	p.Y.Label.Text = y
	p.Y.Min, p.Y.Max = 0, max(most, 1)
	p.Legend.Top = true
	return p
}

func barsOf(values plotter.Values, fill color.Color, offset vg.Length) (*plotter.BarChart, error) {
	bars, err := plotter.NewBarChart(values, barWidth)
	if err != nil {
		return nil, err
	}
	bars.Color, bars.Offset, bars.LineStyle.Width = fill, offset, 0
	return bars, nil
}
