package cite

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus/text"
)

// foreignCues are the cues of languages besides English, by the tag: what turns
// a sentence around, leaves it open, gives a reason or says who spoke. Their
// other words have no meaning but their own.
var foreignCues = map[string]map[cue]string{
	"de": {
		negates | bareNot: `nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden nichts ohne weder nirgends`,
		negates:           `verweigert verweigerte bestreitet bestritt bestritten ablehnt lehnte abgelehnt dementiert dementierte freigesprochen`,
		possible:          `könnte könnten möglicherweise vielleicht womöglich wohl offenbar dürfte dürften mag möglich ob unklar`,
		planned:           `plant planen geplant soll sollen will wollen möchte möchten droht`,
		causes:            `weil wegen deshalb daher aufgrund deswegen infolge`,
		all:               `alle allen aller alles jeder jede jedes jeden sämtliche immer`,
		most:              `meisten mehrheit`,
		some:              `einige einigen manche manchen mehrere wenige`,
		speaks:            `sagt sagte sagten erklärte erklärten teilte meldet meldete berichtet berichtete berichteten schreibt schrieb betonte warnte`,
		attribute:         `laut zufolge`,
		passive:           `wurde wurden werden wird ist sind war waren worden von`,
		conditional:       `falls wenn sofern`,
	},
	"es": {
		negates | bareNot: `no nunca jamás ningún ninguna ninguno nadie nada sin tampoco ni`,
		negates:           `negó niega rechazó`,
		possible:          `podría podrían quizá quizás tal_vez puede pueden posible`,
		causes:            `porque debido causa`,
		all:               `todos todas todo toda siempre`,
		some:              `algunos algunas varios varias`,
		speaks:            `dijo dice dijeron afirmó informó informaron declaró escribe escribió`,
		attribute:         `según`,
		passive:           `fue fueron es son era ha han sido por`,
		conditional:       `si`,
	},
	"ru": {
		negates | bareNot: `не нет никогда никто ничего ни без`,
		possible:          `может могут возможно вероятно`,
		causes:            `потому из-за поэтому`,
		all:               `все всех всегда каждый`,
		some:              `некоторые несколько`,
		speaks:            `сказал сказала сказали заявил заявила заявили сообщил сообщила сообщили пишет`,
		attribute:         `согласно`,
		conditional:       `если`,
	},
	"fa": {
		negates | bareNot: `نه هیچ بدون نیست نیستند نبود نبودند نشد نشده نکرد نکرده نمی`,
		possible:          `شاید ممکن احتمالا`,
		causes:            `زیرا چون`,
		speaks:            `گفت گفتند نوشت`,
	},
	"ar": {
		negates | bareNot: `لا لم لن ليس ليست ما دون بدون غير`,
		possible:          `قد ربما يمكن`,
		causes:            `لأن بسبب`,
		speaks:            `قال قالت قالوا أعلن أعلنت ذكرت`,
	},
	"zh": {
		negates | bareNot: `不 没 未 无 非`,
	},
}

// cuesOf returns the cues of a language by norm; nil for English, whose words
// are in the lexicon.
func cuesOf(l *text.Language) map[string]cue { return foreign()[l] }

var foreign = sync.OnceValue(func() map[*text.Language]map[string]cue {
	out := map[*text.Language]map[string]cue{}
	for tag, lists := range foreignCues {
		l := text.For(tag)
		if l == text.For("en") {
			continue // a language without tables yet
		}
		out[l] = map[string]cue{}
		for c, list := range lists {
			for _, w := range l.Words(strings.ReplaceAll(list, "_", " ")) {
				out[l][w.Norm] |= c
			}
		}
	}
	return out
})

// sureOf is the number of function words by which a sentence is known to be in a
// language.
const sureOf = 2

// tagOf returns the tag of the language that s is in, "" where it has too few
// words to say.
func tagOf(s string) string {
	tag := text.Detect(s)
	l := text.For(tag)
	known := 0
	for _, w := range l.Words(s) {
		if l.IsStop(w.Norm) {
			known++
		}
	}
	if known < sureOf {
		return ""
	}
	return tag
}

// foreignReporter finds who is said to report in a language whose names may not
// be told from other words: the capitalised words behind "laut" or "según", or
// before a verb of reporting, that are neither the outlet nor in the set.
func (c *checking) foreignReporter(set []*evidence) fault {
	if cuesOf(text.For(c.tag)) == nil {
		return fault{}
	}
	for i, t := range c.said.tokens {
		var named []int
		switch {
		case t.cue&attribute != 0:
			named = c.said.capitals(i, 1)
		case reporting[t.norm]:
			named = c.said.capitals(i, -1)
		}
		if len(named) == 0 || c.publishedBy(set, c.said.text(named[0], named[len(named)-1]+1)) {
			continue
		}
		for _, k := range named {
			if !slices.ContainsFunc(set, func(e *evidence) bool { return e.ids[c.said.tokens[k].id] || e.title[c.said.tokens[k].id] }) {
				return fault{ReasonOutlet, c.said.text(named[0], named[len(named)-1]+1)}
			}
		}
	}
	return fault{}
}

// capitals returns the nearest run of capitalised words from token i on in a
// direction, in order, within its clause.
func (r *reading) capitals(i, step int) []int {
	var out []int
	for k := i + step; k >= 0 && k < len(r.tokens) && r.tokens[k].clause == r.tokens[i].clause && (k-i)*step <= leadReach; k += step {
		first, _ := utf8.DecodeRuneInString(r.tokens[k].In(r.raw))
		if unicode.IsUpper(first) && !r.tokens[k].stop {
			out = append(out, k)
		} else if len(out) > 0 {
			break
		}
	}
	slices.Sort(out)
	return out
}
