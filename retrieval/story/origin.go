package story

import (
	"cmp"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
)

// The labels of origins that are no agency.
const (
	// OwnReporting labels what an outlet wrote itself, as far as the text tells.
	OwnReporting = "own reporting"
	// PressRelease labels what somebody had spread about himself.
	PressRelease = "press release"
)

// Origin is a source of a story that owes nothing to the other origins.
type Origin struct {
	// Label is the name of an agency ("Reuters"), [OwnReporting] or [PressRelease].
	Label string
	// Outlets are those that print it, each once, the first to do so first. An
	// outlet that has an agency's text and one of its own is in two origins.
	Outlets []string
	// Articles are the IDs of the articles, in the order in which they were given.
	Articles []string
}

// Origins returns the independent origins of articles that report one event and
// are given in the order of publication; an origin stands where its first article
// does. Articles are of one origin when they
//
//   - are credited to one agency: by the outlet, the author, a dateline ("(Reuters)"),
//     a last line, or in the first sentences ("according to a Reuters report");
//   - share passages: three in ten of the shorter text's runs of five words, without
//     quotations, which every reporter hears;
//   - are of one outlet and neither of them anybody else's.
//
// An agency that is only asked ("he told Reuters") or helped ("contributed to this
// report") is no origin. Pure; nil for no articles. Time grows with the square of
// the number of articles: 100 of 800 words take 80 ms (BenchmarkOrigins).
func Origins(articles []corpus.Article) []Origin {
	sources := make([]source, len(articles))
	for i, a := range articles {
		sources[i] = source{label: creditOf(a), outlet: a.Outlet, runs: runsOf(withoutQuotations(a))}
	}
	u := newUnion(len(articles))
	for i, a := range sources {
		for j, b := range sources[:i] {
			if a.label != "" && a.label != PressRelease && a.label == b.label || a.runs.Share(b.runs) >= copied {
				u.join(i, j)
			}
		}
	}
	labels := labelsOf(u, sources)
	for i, a := range sources {
		for j, b := range sources[:i] {
			if a.outlet == b.outlet && labels[u.of(i)] == "" && labels[u.of(j)] == "" {
				u.join(i, j)
			}
		}
	}
	return originsOf(u, sources, labels, articles)
}

// copied is the share of the shorter text's runs that another has of which it is a
// copy or a rewriting. Of articles of one outlet and day, which share background,
// 362 of 376 pairs have less (corpus/overlap.go).
const copied = .3

// source is what the origin of an article is told by.
type source struct {
	label  string // empty: nobody is credited
	outlet string
	runs   text.Runs
}

// labelsOf returns the label of each set, by its representative: that of the first
// article that has one.
func labelsOf(u *union, sources []source) map[int]string {
	labels := map[int]string{}
	for i, s := range sources {
		if at := u.of(i); labels[at] == "" {
			labels[at] = s.label
		}
	}
	return labels
}

func originsOf(u *union, sources []source, labels map[int]string, articles []corpus.Article) []Origin {
	var out []Origin
	place := map[int]int{}
	for i, s := range sources {
		set := u.of(i)
		at, ok := place[set]
		if !ok {
			at = len(out)
			place[set] = at
			out = append(out, Origin{Label: cmp.Or(labels[set], OwnReporting)})
		}
		o := &out[at]
		o.Articles = append(o.Articles, articles[i].ID)
		if !slices.Contains(o.Outlets, s.outlet) {
			o.Outlets = append(o.Outlets, s.outlet)
		}
	}
	return out
}

// union parts numbers into sets, each represented by its least.
type union struct{ parent []int }

func newUnion(n int) *union {
	u := &union{make([]int, n)}
	for i := range u.parent {
		u.parent[i] = i
	}
	return u
}

func (u *union) of(i int) int {
	for u.parent[i] != i {
		i = u.parent[i]
	}
	return i
}

func (u *union) join(i, j int) {
	i, j = u.of(i), u.of(j)
	u.parent[max(i, j)] = min(i, j)
}

// agencies are the names that agencies are credited by, and their labels. Short
// ones stand in the case in which they are written, so that no word is one.
var agencies = map[string]string{
	"Reuters": "Reuters", "REUTERS": "Reuters", "Thomson Reuters": "Reuters",
	"AP": "AP", "Associated Press": "AP", "The Associated Press": "AP", "ASSOCIATED PRESS": "AP",
	"AFP": "AFP", "Agence France-Presse": "AFP", "Agence France Presse": "AFP",
	"dpa": "dpa", "DPA": "dpa", "Deutsche Presse-Agentur": "dpa",
	"UPI": "UPI", "United Press International": "UPI",
	"PA Media": "PA", "Press Association": "PA", "AAP": "AAP", "Australian Associated Press": "AAP",
	"Canadian Press": "The Canadian Press", "The Canadian Press": "The Canadian Press",
	"Xinhua": "Xinhua", "Kyodo": "Kyodo", "Kyodo News": "Kyodo", "Yonhap": "Yonhap",
	"TASS": "TASS", "Interfax": "Interfax", "RIA Novosti": "RIA Novosti",
	"ТАСС": "TASS", "Интерфакс": "Interfax", "РИА Новости": "RIA Novosti",
	"EFE": "EFE", "Europa Press": "Europa Press", "ANSA": "ANSA", "Anadolu": "Anadolu", "Anadolu Agency": "Anadolu",
	"PTI": "PTI", "Press Trust of India": "PTI", "IANS": "IANS", "ANI": "ANI",
	"IRNA": "IRNA", "ISNA": "ISNA", "SPA": "SPA", "WAM": "WAM", "APA": "APA", "epd": "epd", "KNA": "KNA", "SID": "SID",
}

var (
	agency = alternatives()
	// byAuthor finds an agency among authors.
	byAuthor = regexp.MustCompile(`(?:^|[\s,;/(–—-])(` + agency + `)(?:$|[\s,;/).–—-])`)
	// dateline finds the agency that a text begins with, behind a place or not.
	dateline = regexp.MustCompile(`^[^.!?\n]{0,60}\((` + agency + `)(?:\)|[,/ ][^)\n]{0,30}\))|^(?:[\p{Lu}][^.!?\n]{0,40}, )?(` + agency + `)\s*[-–—:]`)
	// lastLine finds the agency that a text ends with.
	lastLine = regexp.MustCompile(`(?:^|\n|[.!?”"]\s*)(?:Source: |Quelle: |Fuente: |[-–—] ?|\()(` + agency + `)\)?[.]?\s*$|\n(` + agency + `)\s*$`)
	// passedOn finds the agency that the first sentences name as their source.
	passedOn = regexp.MustCompile(`(?:[Aa]ccording to|reported by|[Rr]eport by|[Ll]aut|meldet|berichtet|según|informó|[Пп]о данным|сообщает)(?: an?| the| der| die| la| el)?(?: \p{L}+)? (` + agency + `)(?:$|[^\p{L}])` +
		`|(?:^|[^\p{L}])(` + agency + `) (?:news agency )?(?:reported|reports|has reported|report said|berichtet|berichtete|informó|сообщает)(?:$|[^\p{L}])`)
	release = regexp.MustCompile(`(?i)/PRNewswire|PR Newswire|\(BUSINESS WIRE\)|GLOBE ?NEWSWIRE|for immediate release|^press release\b|^pressemitteilung\b`)
	// reutersEnd is the last line of the agency's own reports.
	reutersEnd = regexp.MustCompile(`\(?(?:Reporting|Writing) by [^\n]{3,200}(?:Editing|editing) by [^\n]{3,80}$`)
)

func alternatives() string {
	var names []string
	for name := range agencies {
		names = append(names, regexp.QuoteMeta(name))
	}
	// The longest first: the leftmost alternative counts.
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return strings.Join(names, "|")
}

// margin is how much of a text's beginning and end is looked at for credits.
const margin = 400

// creditOf returns the label of whom an article is credited to; empty for nobody.
func creditOf(a corpus.Article) string {
	head, tail := headOf(a), strings.TrimSpace(strings.ToValidUTF8(a.Text[max(0, len(a.Text)-margin):], ""))
	if label := agencies[a.Outlet]; label != "" {
		return label
	}
	for _, found := range [][]string{
		byAuthor.FindStringSubmatch(a.Author), dateline.FindStringSubmatch(head), lastLine.FindStringSubmatch(tail),
		passedOn.FindStringSubmatch(leadSentences(a, head)),
	} {
		if len(found) > 0 {
			return agencies[cmp.Or(found[1:]...)]
		}
	}
	switch {
	case reutersEnd.MatchString(tail):
		return "Reuters"
	case release.MatchString(head) || release.MatchString(tail):
		return PressRelease
	}
	return ""
}

func headOf(a corpus.Article) string {
	return strings.TrimSpace(strings.ToValidUTF8(a.Text[:min(len(a.Text), 2*margin)], ""))
}

// leadSentences are the first three: a source that is named later is one of many.
func leadSentences(a corpus.Article, head string) string {
	sentences := text.For(a.Language).Sentences(head)
	if len(sentences) == 0 {
		return ""
	}
	return head[:sentences[min(len(sentences), 3)-1].End]
}

func withoutQuotations(a corpus.Article) string {
	var b strings.Builder
	at := 0
	for _, q := range text.For(a.Language).Quotations(a.Text) {
		b.WriteString(a.Text[at:q.Start])
		at = q.End
	}
	b.WriteString(a.Text[at:])
	return b.String()
}

// runWords is the length of the runs of words by which texts are compared, as in
// corpus/overlap.go.
const runWords = 5

// runsOf returns the runs of words of s; none for a text that is shorter than one.
func runsOf(s string) text.Runs {
	words := text.For("").Words(s)
	if len(words) < runWords {
		return nil
	}
	hashes := make([]uint64, len(words))
	for i, w := range words {
		h := fnv.New64a()
		h.Write([]byte(w.Norm))
		hashes[i] = h.Sum64()
	}
	return text.RunsOf(hashes, runWords)
}
