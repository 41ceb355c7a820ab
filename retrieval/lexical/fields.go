package lexical

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"newsdesk/retrieval"
)

// The fields of a passage. Outlet is there twice: its words are searched, its
// whole name is a filter.
const (
	titleField   = "title"
	outletField  = "outlet"
	textField    = "text"
	nameField    = "name"
	dayField     = "day"
	versionField = "version"
)

// newMapping describes the fields; a folder that was made with another mapping
// is begun anew. Nothing is stored, no positions, no values by document.
func newMapping() *mapping.IndexMappingImpl {
	fields := mapping.NewDocumentStaticMapping()
	for name, analyzer := range map[string]string{
		titleField: en.AnalyzerName, outletField: en.AnalyzerName, textField: en.AnalyzerName,
		nameField: keyword.Name, dayField: keyword.Name, versionField: keyword.Name,
	} {
		field := mapping.NewTextFieldMapping()
		field.Analyzer = analyzer
		field.Store, field.IncludeTermVectors, field.DocValues, field.IncludeInAll = false, false, false, false
		field.SkipFreqNorm = analyzer == keyword.Name
		fields.AddFieldMappingsAt(name, field)
	}
	m := mapping.NewIndexMapping()
	m.DefaultMapping = fields
	m.ScoringModel = index.BM25Scoring
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	return m
}

// builder makes bleve documents; it is quicker than the mapping, which would
// look at every field of every passage by reflection.
type builder struct {
	words, whole analysis.Analyzer
}

func newBuilder(m mapping.IndexMapping) builder {
	return builder{words: m.AnalyzerNamed(en.AnalyzerName), whole: m.AnalyzerNamed(keyword.Name)}
}

func (b builder) document(p retrieval.Passage, version string) *document.Document {
	d := document.NewDocument(p.ID())
	b.scored(d, titleField, p.Title)
	b.scored(d, outletField, p.Outlet)
	b.scored(d, textField, p.Text)
	b.term(d, nameField, p.Outlet)
	b.term(d, dayField, day(p.Published))
	b.term(d, versionField, version)
	return d
}

func (b builder) scored(d *document.Document, field, text string) {
	d.AddField(document.NewTextFieldCustom(field, nil, []byte(text), index.IndexField, b.words))
}

func (b builder) term(d *document.Document, field, term string) {
	options := index.IndexField | index.SkipFreqNorm
	d.AddField(document.NewTextFieldCustom(field, nil, []byte(term), options, b.whole))
}
