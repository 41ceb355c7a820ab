package text

import (
	"strings"
	"testing"
)

// article is some 1 MB of prose in paragraphs.
var article = strings.Repeat(strings.Repeat(`The council of Solana voted 7-2 on Jan. 17, 2025 to close the old pier, `+
	`which Mr. Brook, its chairman, called “a mistake that will cost the town $3.5 million a year.” `+
	`Fishermen and shopkeepers said they had been told nothing about it until last week. `, 4)+"\n\n", 1000)

func BenchmarkSentences(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		For("en").Sentences(article)
	}
}

func BenchmarkWords(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		For("en").Words(article)
	}
}

func BenchmarkNumbers(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		For("en").Numbers(article)
	}
}

func BenchmarkNames(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		For("en").Names(article)
	}
}

func BenchmarkQuotations(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		For("en").Quotations(article)
	}
}

// prose is a paragraph of each language.
var prose = map[string]string{
	"de": `Bei einem Brand in einer Lagerhalle von Kestrel sind am 3. Mai 2025 drei Menschen verletzt worden. „So etwas habe ich noch nie
		gesehen“, sagte Bürgermeisterin Mara Holt. Der Eigentümer schätzt den Schaden auf 2,4 Millionen Euro. `,
	"es": `Tres personas resultaron heridas el 3 de mayo de 2025 en un incendio en Kestrel. «Nunca habíamos visto algo así», declaró la
		alcaldesa Mara Holt. Los daños ascienden a 2,4 millones de euros. `,
	"ru": `3 мая 2025 года при пожаре на складе в Кестреле пострадали три человека. «Такого мы ещё не видели», — сказала мэр Мара Хольт.
		Ущерб оценивается в 2,4 млн евро. `,
	"fa": `سه نفر در آتش‌سوزی انبار بندر کسترل در ۱۳ اردیبهشت ۱۴۰۴ زخمی شدند. «چنین چیزی ندیده بودیم»، شهردار مارا هولت گفت.
		خسارت ۲٫۴ میلیون یورو برآورد شد. `,
	"ar": `أصيب ثلاثة أشخاص في حريق مستودع بمدينة كسترل يوم 3 مايو 2025. وقالت مارا هولت: «لم نر مثل هذا من قبل».
		وتقدر الأضرار بنحو 2.4 مليون يورو. `,
	"zh": `2025年5月3日，凯斯特尔港一座仓库起火，造成三人受伤。市长何美兰说：“从未见过这样的火灾。”损失估计为240万欧元。`,
}

// BenchmarkLanguages reads some 200 kB of each language in every way.
func BenchmarkLanguages(b *testing.B) {
	for tag, paragraph := range prose {
		s := strings.Repeat(strings.ReplaceAll(paragraph, "\n\t\t", " ")+"\n", 200_000/len(paragraph))
		l := For(tag)
		for name, read := range map[string]func(){
			"words": func() { l.Words(s) }, "sentences": func() { l.Sentences(s) }, "numbers": func() { l.Numbers(s) }, "names": func() { l.Names(s) },
		} {
			b.Run(tag+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(len(s)))
				for b.Loop() {
					read()
				}
			})
		}
	}
}
