package correct

import (
	"slices"
	"strings"
	"sync"

	"newsdesk/corpus/text"
)

// graveWords are words of which one in another's place is no matter of style,
// though sentences that differ in nothing else look alike: what befell somebody,
// and how far the law has gone with them. Each line is one field, its classes are
// parted by bars, words of one class mean the same here. In Chinese they are looked
// for as they stand, elsewhere by their stems.
var graveWords = map[string][]string{
	"en": {
		`injured injuring injuries wounded hurt | killed killing died dead dies deaths fatal | missing`,
		`suspected suspect questioned | arrested detained | charged indicted accused | convicted guilty sentenced | acquitted cleared`,
	},
	"de": {
		`verletzt verletzte verletzten | getötet tötete tot tote toten starb starben gestorben | vermisst vermisste vermissten`,
		`verdächtigt verdächtig | festgenommen verhaftet | angeklagt beschuldigt | verurteilt schuldig | freigesprochen`,
	},
	"es": {
		`herido heridos herida heridas | muerto muertos muerta muertas murió murieron fallecido fallecidos | desaparecido desaparecidos`,
		`sospechoso | detenido detenidos arrestado | acusado acusados imputado | condenado culpable | absuelto`,
	},
	"ru": {
		`ранен ранены раненых пострадал пострадали пострадавших | погиб погибли погибших убит убиты умер умерли | пропал пропали`,
		`подозревается подозреваемый | задержан арестован | обвиняется обвинён | осуждён приговорён виновен | оправдан`,
	},
	"fa": {
		`زخمی مجروح مصدوم | کشته درگذشت درگذشتند | مفقود ناپدید`,
		`مظنون | بازداشت دستگیر | متهم | محکوم | تبرئه`,
	},
	"ar": {
		`أصيب أصيبوا جريح جرحى مصاب إصابة | قتل قتلى مقتل توفي مات | مفقود مفقودين`,
		`مشتبه | اعتقل اعتقال | اتهم متهم | أدين | برئ`,
	},
	"zh": {
		`受伤 伤者 | 死亡 丧生 遇难 | 失踪`,
		`嫌疑 | 逮捕 拘留 | 起诉 指控 | 定罪 判处 | 无罪`,
	},
}

// grave are the words of one language: class by field.
type grave [][][]string

var graves = sync.OnceValue(func() map[*text.Language]grave {
	out := map[*text.Language]grave{}
	for tag, fields := range graveWords {
		l := text.For(tag)
		var g grave
		for _, field := range fields {
			var classes [][]string
			for class := range strings.SplitSeq(field, "|") {
				classes = append(classes, stems(l, class))
			}
			g = append(g, classes)
		}
		out[l] = g
	}
	return out
})

// stems returns the stems of words, in Chinese the words.
func stems(l *text.Language, words string) []string {
	if l == text.For("zh") {
		return strings.Fields(words)
	}
	var out []string
	for _, w := range l.Words(words) {
		out = append(out, w.Stem)
	}
	return out
}

// same reports whether two stems are of one class.
func (g grave) same(a, b string) bool {
	for _, field := range g {
		for _, class := range field {
			if slices.Contains(class, a) && slices.Contains(class, b) {
				return true
			}
		}
	}
	return false
}

// graver reports whether the old text, and our sentence, say something of one
// class that the new one does not, and the new one says another of its field
// instead.
func graver(l *text.Language, ours, old, fresh string) bool {
	said, was, now := stemsOf(l, ours), stemsOf(l, old), stemsOf(l, fresh)
	for _, field := range graves()[l] {
		gone, come := false, false
		for _, class := range field {
			before, after := was.any(class), now.any(class)
			gone = gone || before && !after && said.any(class)
			come = come || after && !before
		}
		if gone && come {
			return true
		}
	}
	return false
}

// stemmed is a text by the stems of its words.
type stemmed struct {
	raw   string
	stems []string
}

func stemsOf(l *text.Language, s string) stemmed {
	if l == text.For("zh") {
		return stemmed{raw: s}
	}
	return stemmed{stems: stems(l, s)}
}

// any reports whether the text has one of the words.
func (s stemmed) any(class []string) bool {
	return slices.ContainsFunc(class, func(word string) bool {
		return slices.Contains(s.stems, word) || s.raw != "" && strings.Contains(s.raw, word)
	})
}
