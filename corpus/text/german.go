package text

import (
	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/german"
)

// german has no table of common words: nouns have capitals everywhere, so that a
// capital at the beginning of a sentence says no less than within it.
var german = prepared(&Language{
	wordTables: wordTables{
		stops:       set(germanStops),
		starters:    set(germanStarters),
		possessives: []string{"'s", "’s", "'S", "’S"},
		stem:        germanStems.of,
	},
	sentenceTables: sentenceTables{
		abbreviations: germanAbbreviations(),
		closers:       "\"'“‘”’»«)]",
		ordinalStop:   true,
	},
	numberTables: numberTables{
		decimal: ',', group: '.',
		units:    germanUnits,
		tens:     map[string]float64{},
		hundreds: map[string]float64{"hundert": 100, "dutzend": 12},
		scales: map[string]float64{
			"tausend": 1e3, "million": 1e6, "millionen": 1e6, "milliarde": 1e9, "milliarden": 1e9,
			"billion": 1e12, "billionen": 1e12, "mio": 1e6, "mrd": 1e9,
		},
		thousandWord: "tausend",
		compound:     germanNumber,
		part: map[string]float64{
			"drittel": 1. / 3, "viertel": 1. / 4, "fünftel": 1. / 5, "sechstel": 1. / 6, "achtel": 1. / 8, "zehntel": 1. / 10,
		},
		parts: map[string]float64{
			"drittel": 1. / 3, "viertel": 1. / 4, "fünftel": 1. / 5, "sechstel": 1. / 6, "achtel": 1. / 8, "zehntel": 1. / 10,
		},
		partOf:      set("der des von aller davon"),
		articles:    set("ein eine einen einem einer eines"),
		wholeHalves: set("halbe halben halbes"),
		and:         set("und"), to: set("bis"), between: set("zwischen"),
		measures:   germanMeasures(),
		currencies: currencies,
		dollars:    dollars,
		oClock:     set("uhr"),
	},
	dateTables: dateTables{
		months: map[string]int{
			"januar": 1, "jänner": 1, "februar": 2, "märz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7, "august": 8,
			"september": 9, "oktober": 10, "november": 11, "dezember": 12,
			"jan": 1, "feb": 2, "febr": 2, "mrz": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dez": 12,
		},
		weekdays:       germanWeekdays(),
		days:           germanDays,
		dayWords:       germanDayWords(),
		ordinals:       germanOrdinals,
		ordinalEndings: nil,
		periods:        germanPeriods(),
		spans: map[string]string{
			"woche": "week", "monat": "month", "monats": "month", "jahr": "year", "jahres": "year", "wochenende": "weekend",
			"frühling": "spring", "frühjahr": "spring", "sommer": "summer", "herbst": "autumn", "winter": "winter",
		},
		seasons: map[string]string{
			"frühling": "spring", "frühjahr": "spring", "sommer": "summer", "herbst": "autumn", "winter": "winter",
		},
		fractions: map[string]string{
			"quartal": "q", "vierteljahr": "q", "hälfte": "h", "jahreshälfte": "h", "halbjahr": "h",
		},
		portions:  map[string]string{"anfang": "early", "mitte": "mid", "ende": "late"},
		links:     set("des jahres von ,"),
		beforeDay: set("dem den der"),
		agoBefore: set("vor"),
		decades:   []string{"er", "ern"},
		// "Morgen" is the morning, "morgen" tomorrow; August and Juli are names.
		doubtful: set("morgen"),
		cues: set(`im in seit bis vor nach ab von vom zum zur am an dem den der jahr jahre jahren jahres anfang mitte ende
			und zwischen gegen um ums letzten letztes diesen dieses nächsten nächstes`),
	},
	nameTables: nameTables{
		honorifics: set("herr herrn frau hr hrn fr dr prof"),
		particles:  set("von vom van zu zur zum der den de del della di da du la le bin ibn"),

		capitalPronouns: set("sie ihr ihre ihnen ihrem ihren ihrer ihres die der das den dem"),
		prepareNames:    prepareGerman,
		isNoun:          germanNoun,
		endsName:        germanEnds,
	},
})

// germanStems are the stems of German.
var germanStems = newStems(stemGerman)

func stemGerman(norm string) string {
	env := snowballstem.NewEnv(norm)
	snowball.Stem(env)
	return env.Current()
}

// germanStops are function words by norm.
const germanStops = `
ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anderm andern anders auch
auf aus bei beim bin bis bist da dabei dadurch dafur dagegen daher dahin damit danach daneben dann daran darauf daraus darf
darin daruber darum darunter das dass davon davor dazu dein deine deinem deinen deiner deines dem den denen denn der deren
derer des deshalb dessen desto dich die dies diese dieselbe dieselben diesem diesen dieser dieses dir doch dort du durch
ein eine einem einen einer eines einig einige einigem einigen einiger einiges einmal er es etwa etwas euch euer eure eurem
euren eurer eures fur gegen gegenuber hab habe haben habt hat hatte hatten hattest hier hin hinter ich ihm ihn ihnen ihr
ihre ihrem ihren ihrer ihres im in indem ins ist ja jede jedem jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt
kann kein keine keinem keinen keiner keines konnen konnte konnten machen man manche manchem manchen mancher manches mehr
mein meine meinem meinen meiner meines mich mir mit muss mussen musste mussten nach nachdem nein nicht nichts noch nun nur
ob obwohl oder ohne schon sehr sei seid sein seine seinem seinen seiner seines seit selbst sich sie sind so sobald sogar
solche solchem solchen solcher solches soll sollen sollte sollten sondern sonst sowie uber um und uns unser unsere unserem
unseren unseres unter viel viele vielem vielen vieler vom von vor wahrend war waren warst warum was weg weil weiter welche
welchem welchen welcher welches wem wen wenn wer werde werden wessen weshalb wie wieder wieso will wir wird wirst wo woher
wohin wollen wollte wollten womit worden wurde wurden wurden ware waren zu zum zur zuvor zwar zwischen`

// germanStarters begin sentences and no names.
const germanStarters = `
allerdings anschliessend ausserdem bereits bislang bisher daraufhin dennoch derzeit dabei dafur damals deswegen
ebenfalls ebenso eigentlich endlich erst erstmals ferner fruher gestern gleichzeitig haufig heute heutzutage hingegen
immer immerhin inzwischen insgesamt kunftig kurz laut leider mittlerweile momentan morgen nachher nebenbei niemand
oft offenbar rund schliesslich seitdem seither spater stattdessen teilweise trotz trotzdem ubermorgen uberdies
ungefahr ursprunglich vermutlich vielleicht vorher vorgestern weder weiterhin wegen weitere wenige wohl zuerst zudem
zuletzt zumindest zunachst zurzeit zusatzlich
zwei drei vier funf sechs sieben acht neun zehn elf zwolf dutzende hunderte tausende millionen`

// tellingGerman are words that show a question to be German and are none of the
// above: verbs of asking what was reported.
const tellingGerman = `
sagt sagte sagten sagen gesagt schreibt schrieb schreiben geschrieben berichtet berichtete berichten berichteten meldet meldete
melden gibt gab geben geschah geschehen passiert passierte bekannt neues neueste neuesten aktuelle artikel nachrichten
meldungen schlagzeilen zufolge jahr jahre veroffentlicht veroffentlichte sommer winter`
