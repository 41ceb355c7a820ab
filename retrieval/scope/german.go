package scope

import (
	"regexp"

	"newsdesk/corpus/text"
)

var (
	germanReports = set(`bericht berichts berichte berichten berichterstattung artikel artikels artikeln beitrag beiträge beitrags
		meldung meldungen schlagzeile schlagzeilen leitartikel kommentar interview analyse reportage darstellung version
		story rezension`)
	germanNews = set(`nachrichten neuigkeiten schlagzeilen meldungen berichte artikel beiträge berichterstattung news
		passiert passierte geschah geschehen`)
	germanWrites = set(`sagt sagte sagten schreibt schrieb schreiben schrieben berichtet berichtete berichten berichteten meldet
		meldete melden meldeten nennt nannte erklärt erklärte zitiert zitierte beschreibt beschrieb behauptet behauptete
		sagen nennen erklären zitieren bringen meint meinte meinen findet fand sieht sah urteilt kommentiert kommentierte
		bewertet veröffentlicht veröffentlichte erwähnt erwähnte schätzt schätzte bringt brachte druckt druckte enthüllte`)
	germanPast = set(`berichtet gemeldet geschrieben gesagt veröffentlicht publiziert erwähnt genannt zitiert erklärt
		beschrieben behauptet gebracht gedruckt enthüllt geschätzt`)
	germanGenitive = union(germanReports, set("angaben informationen angabe recherchen aussage"))
)

var german = &lexicon{
	language: text.For("de"),
	outletWords: outletWords{
		articles:        set("der die das dem den des"),
		subjects:        set("der die das"),
		genitiveArticle: "des",
		capitalNouns:    true,
		endings:         []string{"en", "er", "em", "es", "e", "s"},
		sources:         set("laut gemäß"),
		behind:          set("zufolge nach"),
		before: map[string]map[string]bool{
			"von": union(germanGenitive, germanPast, germanNews, set("neues")),
			"aus": union(germanReports, germanNews),
			"in":  union(germanReports, set("stand steht stehen standen")),
			"im":  union(germanReports, set("stand steht stehen standen")),
			"der": germanGenitive,
			"des": germanGenitive,
		},
		leading:     germanWrites,
		say:         germanWrites,
		perfect:     set("hat haben hatte hatten"),
		participles: germanPast,
		verbsLast:   true, verbsFirst: true,
		relatives: set("wie was ob dass wer wo wann warum"),
		talk:      set("sagt sagte sagten nennt nannte erklärt erklärte behauptet behauptete beschreibt beschrieb gesagt erklärt behauptet erwähnt erwähnte"),
		reports:   germanReports,
		stood:     set("stand steht stehen standen"),
		inside:    set("in im"),
		comparing: set(`überein unterscheiden unterscheidet unterschied unterschiede unterschieden vergleich gegensatz
			widersprechen widerspricht einig uneinig beide beiden jeweils versus vs übereinstimmen abweichen verglichen
			unterschiedliche verschiedene dieselbe dieselben denselben dasselbe gleiche gleichen`),
		against:      set("zu zum zur als mit von"),
		versus:       set("gegenüber versus vs gegen"),
		joining:      set("und oder sowie & der die das dem den von in bei vs versus"),
		conjunctions: set("und oder sowie"),
		skipped:      set("auch jeweils beide zuerst dann denn magazin zeitung"),
		topics:       set("über zu zum zur"),
		opening:      set("der die das was etwas irgendwas"),
		honorifics: set(`herr herrn frau dr prof senator senatorin minister ministerin kanzler kanzlerin präsident
			präsidentin bürgermeister bürgermeisterin richter richterin könig königin prinz general`),
		pronouns:    set("sein seine seinem seinen seiner seines"),
		determiners: set("welche welcher welches welchen welchem ein eine einen einem einer diese dieser dieses diesen jede jeder jedes keine kein viele"),
		verbs:       set("vergleiche beschreibe zeige nenne gib liste finde erkläre fasse neueste aktuelle"),
	},
	dateWords: dateWords{
		bounds: map[string]bound{
			"seit": sinceBound, "ab": sinceBound, "nach": afterBound, "bis": untilBound, "vor": beforeBound,
			"spätestens": untilBound, "frühestens": sinceBound, "als": beforeBound,
		},
		preps:     set("zwischen am an im in vom von aus zum zu über während"),
		whenPreps: set("am an im in zu über während"),
		later:     map[string]bound{"später": afterBound, "früher": beforeBound, "eher": beforeBound},
		no:        set("nicht"),
		passed:    set("jahr jahre jahres anfang mitte ende"),
		between:   set("zwischen"),
		to:        set("bis"),
		and:       set("und"),
		dayBefore: regexp.MustCompile(`(?i)(?:^|[^\d.])(\d{1,2})\.?(?:\s*[-–—]\s*|\s+(?:bis|und)\s+)(?:zum\s+|dem\s+)?$`),
		papers:    set("artikel nachrichten schlagzeilen meldungen berichte beiträge berichterstattung news neuigkeiten"),
		stories:   set("artikel berichterstattung bericht berichte meldung meldungen schlagzeilen beitrag beiträge ausgabe"),
		owners:    set("ihrem ihrer ihren ihre seinem seiner seinen seine"),
		published: set("erschienen erschien veröffentlicht veröffentlichte gedruckt druckte publiziert"),
		reported:  set("berichtet gemeldet geschrieben gesagt"),
		passive:   set("wurde wurden ist sind war waren"),
		origins:   set("vom von aus"),
		fillers:   set("gab gibt es sind waren ist war erschienen erschien bitte"),
		covering:  set("behandelte behandelt"),
		future:    set("wird werden"),
		around: map[[2]string]around{
			{"woche", "vom"}: weekOf, {"nacht", "zum"}: eveOf, {"nacht", "auf"}: eveOf, {"abend", "des"}: itself,
			{"morgen", "des"}: itself, {"nacht", "vom"}: itself,
		},
		weekends: set("wochenende"),
		happened: set("passiert passierte passierten geschah geschehen los"),
		past:     set("letzten letzte letzter vergangenen vergangene vergangener"),
		asOfWords: map[[2]string]bool{
			{"", "stand"}: true, {"stand", "vom"}: true, {"stand", "von"}: true,
		},
		known:    set("bekannt wusste wussten gewusst"),
		holidays: germanHolidays,
	},
	askWords: askWords{
		what:      set("was"),
		how:       set("wie"),
		questions: set("was wer wen wem wessen wann wo warum wie welche welcher welches welchen welchem woher wohin"),
		news:      germanNews,
		latest:    set("neueste neuesten neuester neuestes neuestem neuste neusten"),
		recent:    set("aktuelle aktuellen jüngste jüngsten letzte letzten"),
		novel:     set("neues"),
		novelty:   set("gibt es ist"),
		something: set("was etwas"),
		outlets: set(`medien zeitungen quellen berichte artikel blätter sender berichterstattung darstellungen
			nachrichtenseiten schlagzeilen meldungen beiträge`),
		many:     set("welche andere anderen verschiedene verschiedenen mehrere mehreren alle unterschiedliche"),
		courses:  set("zeitleiste chronologie chronik zeitverlauf"),
		changing: set("verändert veränderte entwickelt entwickelte geändert änderte"),
		askers: set(`welche was alle einige die der das den mir uns du sie bitte finde zeige gib gibt es kannst ich andere
			alte`),
		first: set("zuerst"),
	},
}

var germanHolidays = map[string]holiday{
	"weihnachten": christmas, "heiligabend": {month: 12, day: 24, days: 1}, "silvester": {month: 12, day: 31, days: 1},
	"neujahr": {month: 1, day: 1, days: 1}, "halloween": {month: 10, day: 31, days: 1}, "ostern": easter,
	"karfreitag": {fromEaster: -2, days: 1}, "ostersonntag": {days: 1}, "ostermontag": {fromEaster: 1, days: 1},
}
