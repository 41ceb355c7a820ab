package polltest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
)

// grammar is what the texts of a language are made of. %[1]s is a place, %[2]s a
// thing, %[3]s a person, %[4]d and %[5]d are numbers that no other paragraph has.
type grammar struct {
	titles, paragraphs, corrections []string
	things                          []string
}

var grammars = map[string]grammar{
	"en": {
		titles: []string{
			"%[1]s argues about %[2]s & its price, part %[4]d", "No vote on %[2]s before day %[4]d, says %[3]s",
			"%[3]s: “%[2]s will cost us %[4]d crowns”", "Why %[1]s waits for %[2]s: %[4]d letters",
		},
		paragraphs: []string{
			"The council of %[1]s spent the evening on %[2]s, which has cost %[4]d crowns so far, and nobody could say who had signed for it. A report of %[5]d pages was handed to every member before the meeting began.",
			"“We will not vote before all %[4]d figures have been read,” said %[3]s, who chairs the committee. Two members disagreed and asked that the matter be settled at once, since the summer is near and %[5]d people have signed.",
			"Engineers say that %[2]s can be finished within %[4]d days if the weather holds. People who live near the quay of %[1]s are less sure, and a crowd of %[5]d waited outside the hall until it closed.",
			"It was %[3]s who first wrote about the cracks, in a letter of %[4]d words that the mayor of %[1]s never answered. The letter is kept in box %[5]d of the town's archive, where anybody may ask to see it.",
			"For %[4]d crowns a year the town could rent another one, the opposition says, and it has asked %[3]s for an answer by the end of the month. The answer to its last question took %[5]d hours and was one line long.",
			"Shops along the road to %[1]s have counted %[4]d customers fewer than a year before. Some of them blame %[2]s, others the rain, and %[3]s, who sells bread at number %[5]d, blames nobody at all.",
		},
		corrections: []string{"Correction %[4]d: an earlier version of this article gave the number of members wrongly. There were %[5]d of them in the hall, as %[3]s has pointed out to us."},
		things:      strings.Split("the new ferry line,the flood wall,the school kitchen,the tram depot,the fish auction,the public library,the water tower,the night market,the old theatre,the wind farm", ","),
	},
	"de": {
		titles: []string{
			"%[1]s streitet über %[2]s & den Preis, Teil %[4]d", "Keine Abstimmung über %[2]s vor Tag %[4]d, sagt %[3]s",
			"%[3]s: „%[2]s kostet uns %[4]d Kronen“", "Warum %[1]s auf %[2]s wartet: %[4]d Briefe",
		},
		paragraphs: []string{
			"Der Rat von %[1]s hat den Abend über %[2]s gesprochen und bisher %[4]d Kronen dafür ausgegeben, ohne dass jemand wüsste, wer dafür unterschrieben hat. Ein Bericht von %[5]d Seiten lag allen Mitgliedern vor, bevor die Sitzung begann.",
			"„Wir stimmen nicht ab, bevor alle %[4]d Zahlen gelesen sind“, sagte %[3]s aus dem Ausschuss. Zwei Mitglieder widersprachen und wollten die Sache gleich erledigen, denn der Sommer ist nah und %[5]d Menschen haben unterschrieben.",
			"Die Ingenieure brauchen noch %[4]d Tage, wenn das Wetter hält. Wer in %[1]s am Kai wohnt, ist weniger sicher, und %[5]d Leute warteten vor der Halle, bis sie geschlossen wurde.",
			"Zuerst hatte %[3]s über die Risse geschrieben, in einem Brief von %[4]d Wörtern, den niemand in %[1]s beantwortet hat. Er liegt im Kasten %[5]d des Archivs, wo ihn alle einsehen können.",
			"Für %[4]d Kronen im Jahr könnte die Stadt etwas anderes mieten, heißt es in der Opposition, die von %[3]s bis zum Monatsende eine Antwort verlangt. Die letzte Antwort brauchte %[5]d Stunden und war eine Zeile lang.",
		},
		corrections: []string{"Korrektur %[4]d: In einer früheren Fassung war die Zahl der Mitglieder falsch. Es waren %[5]d im Saal, worauf uns %[3]s hingewiesen hat."},
		things:      strings.Split("die neue Fähre,die Flutmauer,die Schulküche,das Straßenbahndepot,die Fischauktion,die Stadtbücherei,den Wasserturm,das alte Theater", ","),
	},
	"ru": {
		titles: []string{"%[1]s спорит про %[2]s, часть %[4]d", "%[3]s: «%[2]s стоит %[4]d крон»", "Почему %[1]s ждёт: %[4]d писем"},
		paragraphs: []string{
			"Совет города %[1]s весь вечер обсуждал %[2]s и потратил на это уже %[4]d крон, но никто не сказал, кто поставил подпись. Отчёт на %[5]d страниц раздали всем членам совета до начала заседания.",
			"«Мы не будем голосовать, пока не прочитаны все %[4]d цифр», — сказал %[3]s, который ведёт комитет. Два члена совета не согласились и хотели решить дело сразу, ведь лето близко, а подписи поставили %[5]d человек.",
			"Инженерам нужно ещё %[4]d дней, если не испортится погода. Жители набережной в городе %[1]s не так уверены, и %[5]d человек ждали у зала, пока его не закрыли.",
			"Первым о трещинах написал %[3]s, в письме из %[4]d слов, на которое в городе %[1]s никто не ответил. Письмо лежит в ящике %[5]d городского архива, и его может прочитать каждый.",
		},
		corrections: []string{"Поправка %[4]d: в прежней версии число членов совета было указано неверно. В зале их было %[5]d, на что нам указал %[3]s."},
		things:      strings.Split("новый паром,дамбу,школьную кухню,трамвайное депо,рыбный аукцион,городскую библиотеку,старый театр", ","),
	},
}

var (
	places = map[string][]string{
		"en": {"Kestrel Bay", "Oldmarket", "Tarn Bridge", "Velmora", "Westhaven", "Ashcombe"},
		"de": {"Sankt Florin", "Nordhafen", "Altmarkt", "Weißenbrück", "Königsfähr"},
		"ru": {"Вельмора", "Старый Порт", "Зеленогорье", "Береговое"},
	}
	given  = map[string][]string{"en": {"Marta", "Priya", "Tomas", "Helen", "Samir", "Olu", "Dana"}, "de": {"Jürgen", "Käthe", "Anna", "Björn", "Heike"}, "ru": {"Иван", "Олег", "Пётр", "Борис"}}
	family = map[string][]string{"en": {"Lindqvist", "Okonjo", "Castellane", "Hollis", "Farrant", "Marlowe"}, "de": {"Brömm", "Achterberg", "Weiß", "Lüttke"}, "ru": {"Котов", "Зимин", "Луговой", "Соколов"}}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// compose writes the nth article.
func compose(r *rand.Rand, language string, n int) Version {
	g := grammars[language]
	v := Version{Title: sentence(r, language, pick(r, g.titles), n, 0), Author: person(r, language)}
	var paragraphs []string
	for i, at := range r.Perm(len(g.paragraphs)) {
		paragraphs = append(paragraphs, sentence(r, language, g.paragraphs[at], n, i+1))
	}
	for i := range r.IntN(3) {
		paragraphs = append(paragraphs, sentence(r, language, pick(r, g.paragraphs), n, len(g.paragraphs)+i+1))
	}
	v.Text = strings.Join(paragraphs, "\n\n")
	return v
}

// correction is the paragraph that a new version has more, the nth of a world.
func correction(r *rand.Rand, language string, n int) string {
	return sentence(r, language, grammars[language].corrections[0], n, 0)
}

func person(r *rand.Rand, language string) string {
	return pick(r, given[language]) + " " + pick(r, family[language])
}

// sentence fills a form in. The numbers are those of article and paragraph.
func sentence(r *rand.Rand, language, form string, n, paragraph int) string {
	s := fmt.Sprintf(form, pick(r, places[language]), pick(r, grammars[language].things), person(r, language), 1000*n+7*paragraph, 100_000+1000*n+7*paragraph+3)
	first := []rune(s)
	first[0] = unicode.ToUpper(first[0])
	return string(first)
}

// firstSentence is what a feed gives as a summary.
func firstSentence(text string) string {
	at := strings.Index(text, ". ")
	if at < 0 {
		at = strings.Index(text, "\n\n") - 1
	}
	return text[:at+1]
}

// slug is a title for an address.
func slug(title string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return '-'
	}, title), "-")
}
