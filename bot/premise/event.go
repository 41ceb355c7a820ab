package premise

import (
	_ "embed"
	"strings"
)

//go:embed verbs.txt
var verbsFile string

// event is something that happens, and how it is told.
type event struct {
	past, participle string
	// done says that it is done to somebody.
	done bool
	// told are the stems of the words that tell of it, phrases as several.
	told [][]string
	// notOf are subjects of which the verb tells something else: "the record broke".
	notOf map[string]bool
}

// form is a form of a verb.
type form int

const (
	plainForm form = iota
	pastForm
	participleForm
)

// events holds the events by the words of a form, joined by spaces.
var events = readEvents(verbsFile)

func readEvents(file string) [3]map[string]*event {
	var out [3]map[string]*event
	for f := range out {
		out[f] = map[string]*event{}
	}
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, told, _ := strings.Cut(line, "|")
		told, notOf, _ := strings.Cut(told, "|")
		forms := strings.Fields(strings.TrimPrefix(verb, "*"))
		e := &event{past: spaced(forms[1]), participle: spaced(forms[2]), done: strings.HasPrefix(verb, "*"), notOf: set(notOf)}
		for _, phrase := range append(forms, strings.Fields(told)...) {
			e.told = append(e.told, stemsOf(spaced(phrase)))
		}
		for f, w := range forms {
			out[f][spaced(w)] = e
		}
	}
	return out
}

func spaced(s string) string { return strings.ReplaceAll(s, "_", " ") }

func stemsOf(s string) []string {
	var out []string
	for _, w := range english.Words(s) {
		out = append(out, w.Stem)
	}
	return out
}

// eventOf returns the event whose verb stands at word i in a form, and of how
// many words it is; nil for none.
func eventOf(q question, i int, f form) (*event, int) {
	if e := events[f][q.norm(i)+" "+q.norm(i+1)]; e != nil {
		return e, 2
	}
	return events[f][q.norm(i)], 1
}

func set(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

var (
	askers    = set("why when where how")
	passive   = set("was were")
	perfect   = set("has have had")
	auxiliary = set("was were has have had be been being did will would can could may might")
	joining   = set("after since because")
	articles  = set("the a an this that its his her their")
	// prepositions stand before nouns only.
	prepositions = set("of in on at for with by from into off against")
	// anybody are words for people that say nothing of who they are.
	anybody = set("people person persons men women many much others somebody someone anybody anyone")
	// negations make a clause that is not taken for granted, or deny an event.
	negations = set(`not never no nobody none neither nor without didnt wasnt werent isnt arent hasnt havent hadnt dont doesnt
		wont cannot cant couldnt wouldnt`)
	// hedges stand before an event that has not happened, or not for sure.
	hedges = set(`want wants wanted refuse refuses refused refusing offer offers offered offering deny denies denied denying
		plan plans planned planning threaten threatens threatened threatening decline declines declined fail failed
		intend intends intended expect expects expected try tries tried hope hopes hoped reject rejects rejected
		may might could would will should shall if whether unless rumour rumours rumor rumors untrue false alleged allegedly
		avoid avoided prevent prevented ruled rule rules call called calls demand demands demanded ask asks asked urge urged
		consider considers considered considering feared fears fear risk possible likely almost nearly`)
	// pronouns may stand for the one who is asked about.
	pronouns = set("he she it they him her them his their its")
)
