package extract

import "strings"

// The word lists below are function words and very general verbs and nouns of
// English. They say how questions are built, not what the news is about.
// A question in another language is read as an open one.

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

var (
	questionWords = set(`who whom whose what which when where why how whats whos`)

	auxiliaries = set(`is are was were be been did does do has have had will would can could
		shall should may might must didnt doesnt wasnt werent isnt wont`)

	be = set(`is was are were`)

	prepositions = set(`in on at to from by for of under with according about into per and but so
		until since during over through after before`)

	// labelWords are what the labels of outlets add to their names.
	labelWords = set(`online web opinion editorial editorials blog blogs`)

	// naming are the words that stand between a thing and its name.
	naming = set(`called named name names nicknamed dubbed known titled entitled code-named christened
		identified`)

	// labels are words before a colon that point to something else.
	labels = set(`photo photos video watch more related close image images gallery slideshow
		also caption credit source sources by share read correction editor's-note advertisement`)

	// embedding are words before a question within a question.
	embedding = set(`about on over whether and or regarding concerning exactly`)

	speechVerbs = set(`say said says tell told tells call called describe described explain
		explained warn warned answer answered respond responded react reacted comment commented
		think claim claimed argue argued promise promised demand demanded announce announced
		insist insisted admit admitted deny denied accuse accused criticise criticize criticised
		criticized reply replied state stated saying express expressed emphasize emphasise
		acknowledge suggest suggested`)

	reportVerbs = set(`report reported reports write wrote cover covered`)

	// attributions are the verbs by which a sentence says who spoke.
	attributions = set(`say said says saying tell told tells call called calls describe described
		explain explained warn warned answer answered respond responded react reacted comment
		commented claim claimed argue argued promise promised demand demanded announce announced
		insist insisted admit admitted deny denied denies accuse accused criticise criticize
		criticised criticized reply replied state stated express expressed emphasize emphasise
		emphasized emphasised acknowledge acknowledged suggest suggested note noted write wrote
		add added reject rejected praise praised defend defended complain complained refuse refused
		believe believes vow vowed declare declared tweet tweeted according urge urged ask asked
		decline declined hail hailed confirm confirmed testify testified shout shouted cite cited
		quote quoted statement remark remarks think thinks thought predict predicted expect
		expects concede conceded dismiss dismissed estimate estimated reckon reckoned maintain
		maintained point pointed stress stressed pledge pledged recall recalled conclude concluded
		find found saw hope hopes hoped fear fears feared`)

	// bodies are words in the names of bodies and places that no person has.
	bodies = set(`house court department committee council commission university college school
		institute bank company corporation inc ltd group party union association federation league
		ministry office agency bureau service board reserve times post news journal herald
		tribune press street avenue city state states county republic kingdom nations airport
		hospital church center centre museum team club army navy force police airlines motors
		conference convention congress senate parliament assembly act bill east west north south
		street valley river lake island islands day week tower bridge`)

	// participles are those that do not end in -ed.
	participles = set(`born built held found sold bought killed shot hit hurt made seen told taken given
		known written drawn driven flown broken stolen chosen spoken struck caught fought taught
		brought sent spent lent lost left met paid put cut shut set read run won begun sung hung
		dug led fed bred fled burnt thrown grown shown worn torn sworn beaten eaten hidden forbidden
		forgotten frozen woken risen fallen sunk drunk swum laid said kept meant dealt felt built
		rebuilt cast split spread shed`)

	scales = set(`hundred thousand million billion trillion`)

	articles = set(`a an the his her their its one`)

	// futures are the words by which a sentence speaks of what is to come; "is
	// to" does so too.
	futures = set(`will shall plan plans planned expect expects expected due schedule scheduled set
		upcoming next until intend intends would may might could should`)

	// ofWords part a speaker from where he belongs: "the lawyer of the firm".
	ofWords = set(`of from for at in with`)

	causing = set(`caused started triggered sparked prompted provoked led`)

	// causes are the words by which a sentence gives a reason.
	causes = set(`because since due owing cause caused causes after amid therefore thus reason
		reasons following prompted led blame blamed result lest accuse accused thanks
		explained given attributed`)

	comparing = set(`agree agreed agrees differ differed differs differ differently compare
		compared versus accounts apart disagree disagreed respectively`)

	moneyWords = set(`money cost costs pay paid pays worth spend spent price prices fine fined reward
		cash dollars euros salary earn earned debt budget loan lend lent fund funds funding donate
		donated invest invested owe owed profit loss losses revenue penalty fee compensation`)

	// idle words of a question ask nothing: they are never searched for.
	idle = set(`money cash dollar dollars euro euros report reported reports reporting article articles according news story stories
		outlet tell told say said says many much exactly ever really actually please know name
		named names called call give gave given get got put did do does done make made take took
		taken go went come came happen happened thing things kind sort type one whats whos per
		account accounts coverage told write-up own
		wasnt isnt didnt doesnt wont bit also`)

	// months match the date of publication as well as the text.
	months = map[string]int{
		"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
		"august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	}

	small = map[string]int{"two": 2, "three": 3, "four": 4}
)

// measures are the words after "how" that ask for a number, and the class of
// the unit.
var measures = map[string]string{
	"many": "count", "much": "count", "few": "count",
	"long": "time", "often": "time", "old": "age", "hot": "degrees", "cold": "degrees",
	"far": "length", "near": "length", "close": "length", "tall": "length", "deep": "length",
	"wide": "length", "high": "size", "big": "size", "large": "size", "fast": "size", "heavy": "size",
	"low": "size", "small": "size", "steep": "size", "lopsided": "size",
	"soon": "moment", "early": "moment", "late": "moment",
}

// lengths are things whose "how long" is no time.
var lengths = set(`river road bridge tunnel wall border street queue line cable pipeline route
	track fence canal`)

// noun is what a noun after "which" or "what" asks for. A silent noun is not
// itself searched for: the "year" of "in what year".
type noun struct {
	kind   kind
	unit   string
	silent bool
}

var nouns = makeNouns()

// makeNouns builds the table of nouns by what they ask for.
func makeNouns() map[string]noun {
	out := map[string]noun{}
	add := func(n noun, words string) {
		for w := range set(words) {
			out[w] = n
		}
	}
	add(noun{kind: person}, `employee worker boy girl child kid baby passenger customer neighbour neighbor
		hacker attacker gunman shooter suspect victim survivor referee umpire witness nurse student
		owner heckler protester organizer organiser donor colleague partner ally rival critic pollster
		accountant nominee goalkeeper striker skipper master ceo employer opponent successor
		predecessor heir founder inventor winner loser`)
	add(noun{kind: moment, silent: true}, `year day date month time weekday week deadline decade
		years days dates months times weekdays weeks deadlines cutoff`)
	add(noun{kind: amount, unit: "%"}, `rate`)
	add(noun{kind: amount, unit: "%", silent: true}, `percentage proportion percent share percentages`)
	add(noun{kind: amount, unit: "money"}, `price cost salary fine reward penalty fee prize-money budget
		prices costs fines fees ransom bounty`)
	add(noun{kind: amount, unit: "money", silent: true}, `sum sums`)
	add(noun{kind: amount}, `score level size margin toll ratio odds`)
	add(noun{kind: amount, silent: true}, `number figure amount tally total numbers figures amounts
		tallies totals count counts`)
	add(noun{kind: place, silent: true}, `place`)
	add(noun{kind: place}, `city country town state village region province river district island
		nation street countries cities states towns villages continent port capital`)
	add(noun{kind: thing, silent: true}, `name nickname word words label slogan title names`)
	add(noun{kind: person}, `senator senators minister president commander judge judges diplomat
		official officials governor mayor lawyer attorney leader leaders politician politicians
		critic spokesman spokeswoman spokesperson doctor professor scientist author actor singer
		player coach boss executive candidate candidates man woman person people officer general
		director chief king queen pope prince princess lawmaker lawmakers congressman writer
		journalist reporter expert analyst teacher soldier captain pilot driver member members
		driver mayor-elect friend brother sister father mother husband wife son daughter chairman economist
		prosecutor secretary ambassador envoy owner founder`)
	add(noun{kind: thing}, `hospital company firm bank agency party university journal team
		group newspaper school ministry institute organisation organization court club airline
		magazine ship plane model book film movie song award prize paper museum airport
		matchup banks companies parties universities teams groups brand programme program army
		church union network shipyard`)
	return out
}

var (
	calendar = set(`monday tuesday wednesday thursday friday saturday sunday january february
		march april may june july august september october november december jan feb mar apr jun
		jul aug sep sept oct nov dec`)

	placePrepositions = set(`in at to from near into of toward towards outside inside around off`)

	ageWords = set(`aged age turned`)
)

// units gives the class of a number's unit.
var units = makeUnits()

// compound are words after a number that make a class of their own, whatever
// unit follows.
var compound = map[string]string{"light": "length", "cubic": "volume", "square": "area",
	"hectares": "area", "acres": "area", "hectare": "area", "litres": "volume", "tonnes": "weight",
	"tons": "weight"}

// makeUnits builds the table of units.
func makeUnits() map[string]string {
	out := map[string]string{}
	for class, words := range map[string]string{
		"money": `usd eur gbp jpy rub cny chf dollar dollars euro euros pound pounds crown crowns
			franc francs rouble roubles ruble rubles yen yuan peso pesos cents krona kroner rial rials
			rupee rupees lira won`,
		"time": `second seconds minute minutes hour hours day days week weeks month months year years
			decade decades century`,
		"%":       `% percent percentage`,
		"degrees": `degree degrees celsius fahrenheit`,
		"length": `metre metres meter meters kilometre kilometres kilometer kilometers km m mile miles
			yard yards foot feet inch inches centimetre centimetres light-year light-years lightyears`,
	} {
		for w := range set(words) {
			out[w] = class
		}
	}
	return out
}

var (
	pronouns = set(`he she they it i we`)

	leaning = set(`he she they it his her their its this that these those however but and so then
		instead meanwhile therefore also yet such both`)
)
