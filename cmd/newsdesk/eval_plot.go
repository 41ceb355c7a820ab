package main

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"maps"
	"math"
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

// draw draws one plot beside the other into the file that was asked for; nothing
// without one.
func (c *evalOutput) draw(plots ...*plot.Plot) error {
	if c.Plot == "" {
		return nil
	}
	var drawn bytes.Buffer
	if err := writePlots(&drawn, c.plotEnding(), plots); err != nil {
		return fmt.Errorf("drawing %s: %w", c.Plot, err)
	}
	return os.WriteFile(c.Plot, drawn.Bytes(), 0o644)
}

// writePlots draws in the form of an ending.
func writePlots(w io.Writer, ending string, plots []*plot.Plot) error {
	canvas := canvasFor(ending)
	tiles := draw.Tiles{Rows: 1, Cols: len(plots), PadX: 2 * plotMargin, PadTop: plotMargin, PadBottom: plotMargin, PadLeft: plotMargin, PadRight: plotMargin}
	for i, p := range plots {
		p.Draw(tiles.At(draw.New(canvas), i, 0))
	}
	_, err := canvas.WriteTo(w)
	return err
}

// plot draws what is found, by type of question, and beside it where the first
// evidence stands.
func (c *evalRetrievalCmd) plot(s eval.Scores) error {
	types, err := typesPlot(s)
	if err != nil {
		return err
	}
	ranks, err := ranksPlot(s)
	if err != nil {
		return err
	}
	return c.draw(types, ranks)
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
	measures := make([]eval.Measures, 0, len(kinds)+1)
	for _, kind := range kinds {
		measures = append(measures, s.ByType[kind])
	}
	measures = append(measures, s.All)
	return sharesPlot(fmt.Sprintf("What is found (%d questions)", s.N), "mean over the questions", append(shortTypes(kinds), "all"),
		series{"Hits@10", valuesOf(measures, func(m eval.Measures) float64 { return m.Hits10 })},
		series{"Hits@4", valuesOf(measures, func(m eval.Measures) float64 { return m.Hits4 })},
		series{"MRR@10", valuesOf(measures, func(m eval.Measures) float64 { return m.MRR })})
}

// shortTypes returns types of questions as they stand below an axis.
func shortTypes(kinds []string) []string {
	names := make([]string, 0, len(kinds)+1)
	for _, kind := range kinds {
		names = append(names, strings.TrimSuffix(kind, "_query"))
	}
	return names
}

// series are bars of one colour, one for each name below the axis.
type series struct {
	name   string
	values plotter.Values
}

func valuesOf[T any](list []T, of func(T) float64) plotter.Values {
	values := make(plotter.Values, 0, len(list))
	for _, v := range list {
		values = append(values, of(v))
	}
	return values
}

// sharesPlot has a group of bars for each name, as high as a share of 1 at most;
// up to three series.
func sharesPlot(title, y string, names []string, all ...series) (*plot.Plot, error) {
	p := newPlot(title, y, 1)
	for i, s := range all {
		offset := vg.Length(float64(i)-float64(len(all)-1)/2) * barWidth
		bars, err := barsOf(s.values, ink[i], offset)
		if err != nil {
			return nil, err
		}
		p.Add(bars)
		if len(all) > 1 {
			p.Legend.Add(s.name, bars)
		}
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

// slantNames gives many or long names below the axis room.
func slantNames(p *plot.Plot) {
	p.X.Tick.Label.Rotation = math.Pi / 4
	p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = draw.XRight, draw.YCenter
}

func barsOf(values plotter.Values, fill color.Color, offset vg.Length) (*plotter.BarChart, error) {
	bars, err := plotter.NewBarChart(values, barWidth)
	if err != nil {
		return nil, err
	}
	bars.Color, bars.Offset, bars.LineStyle.Width = fill, offset, 0
	return bars, nil
}
