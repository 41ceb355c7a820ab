package cite

import (
	"iter"
	"maps"
	"strings"
	"sync"

	"newsdesk/corpus/text"
)

// cue is a set of things that a word says about the words around it.
type cue uint16

const (
	negates     cue = 1 << iota // not, never; denied, refused, failed
	possible                    // may, could, unclear whether
	planned                     // plans, proposes, is expected
	alleged                     // alleges, accuses, claims
	future                      // will, would: enough for what is planned
	causes                      // because, due to, led to
	all                         // all, every
	most                        // most, majority
	some                        // some, several, few
	speaks                      // said, told, asked
	attribute                   // according to
	passive                     // was, were, been, by
	conditional                 // if: enough where the passage says whether
	derives                     // together, more, times: a number may be computed
	bareNot                     // a negation that is no verb: not, never
)

// lexicon holds what this package knows of words. It is made once, of the lists
// below, and never changes. Keys are stems, so that a list names each word once.
type lexicon struct {
	// same gives words of like meaning one representative.
	same map[string]string
	// pairs are two words that are read as one: "united states".
	pairs map[string]string
	// pairing are the first words of pairs and idioms.
	pairing map[string]bool
	// cues holds stems, and adverbs as they stand.
	cues map[string]cue
	// idioms are two words that are a cue together.
	idioms map[string]cue
	// opposites holds "rise fall" and "fall rise".
	opposites map[string]string
	// titles are what people are called besides their names.
	titles map[string]bool
	// places holds the ids of countries, whose names are names wherever they stand.
	places map[string]bool
	// regions are the countries of a part of the world.
	regions map[string][]string
	// carried are verbs behind which an infinitive was done: "managed to".
	carried map[string]bool
}

var words = sync.OnceValue(newLexicon)

func newLexicon() *lexicon {
	l := &lexicon{
		same: map[string]string{}, pairs: map[string]string{},
		cues: map[string]cue{}, idioms: map[string]cue{},
		opposites: map[string]string{}, titles: map[string]bool{}, regions: map[string][]string{}, places: map[string]bool{}, carried: map[string]bool{},
	}
	for _, line := range rows(synonyms + places) {
		l.alike(strings.Fields(line))
	}
	for _, line := range rows(places) {
		l.places[strings.Fields(line)[0]] = true
	}
	for c, list := range cueWords {
		for _, w := range strings.Fields(list) {
			l.cue(strings.ReplaceAll(w, "_", " "), c)
		}
	}
	for _, w := range strings.Fields(negatorWords) {
		l.cues[w] |= bareNot
	}
	for _, line := range rows(antonyms) {
		left, right, _ := strings.Cut(line, "|")
		l.opposed(strings.Fields(left), strings.Fields(right))
	}
	for _, line := range rows(strings.TrimSpace(regionMembers) + cities) {
		list := strings.Fields(line)
		region := l.meaning(list[0])
		for _, member := range list[1:] {
			l.regions[region] = append(l.regions[region], l.meaning(member))
		}
	}
	l.regions["us"] = append(l.regions["us"], l.americans()...)
	for _, w := range strings.Fields(titleWords) {
		l.titles[w], l.titles[w+"s"] = true, true
	}
	for _, w := range strings.Fields(carriedWords) {
		l.carried[stem(w)] = true
	}
	l.pairing = map[string]bool{"due": true}
	for _, list := range []iter.Seq[string]{maps.Keys(l.pairs), maps.Keys(l.idioms)} {
		for two := range list {
			first, _, _ := strings.Cut(two, " ")
			l.pairing[first] = true
		}
	}
	return l
}

func rows(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") }

// alike makes the first of the words the representative of all. A word with an
// underscore is two words.
func (l *lexicon) alike(group []string) {
	for _, w := range group {
		if first, second, two := strings.Cut(w, "_"); two {
			l.pairs[first+" "+second] = group[0]
			continue
		}
		l.same[stem(w)] = group[0]
	}
}

// meaning returns the id of a word; one with an underscore is two words, which
// are read as one from then on.
func (l *lexicon) meaning(w string) string {
	if two := strings.ReplaceAll(w, "_", " "); two != w {
		if l.pairs[two] == "" {
			l.pairs[two] = w
		}
		return l.pairs[two]
	}
	if id := l.same[stem(w)]; id != "" {
		return id
	}
	return stem(w)
}

// americans are the states of the union with their cities: any of them is
// evidence for the country.
func (l *lexicon) americans() []string {
	var out []string
	for _, line := range rows(cities) {
		list := strings.Fields(line)
		if list[0] == "germany" {
			break
		}
		for _, w := range list {
			out = append(out, l.meaning(w))
		}
	}
	return out
}

func (l *lexicon) cue(w string, c cue) {
	if strings.Contains(w, " ") {
		l.idioms[w] |= c
		return
	}
	if strings.HasSuffix(w, "ly") {
		l.cues[w] |= c // "reportedly" is a hedge, "reported" is none
		return
	}
	l.cues[stem(w)] |= c
}

func (l *lexicon) opposed(left, right []string) {
	for _, a := range left {
		for _, b := range right {
			l.opposites[stem(a)] += " " + stem(b) + " "
			l.opposites[stem(b)] += " " + stem(a) + " "
		}
	}
}

// areOpposite reports whether two stems are of opposite meaning.
func (l *lexicon) areOpposite(a, b string) bool {
	list := l.opposites[a]
	return list != "" && strings.Contains(list, " "+b+" ")
}

// stem returns the stem of a single word in lower case.
func stem(w string) string {
	if list := text.For("").Words(w); len(list) == 1 {
		return list[0].Stem
	}
	return w
}

// cueWords lists the words of each cue; an underscore is a space. Inflected
// forms are listed where the stemmer keeps them apart.
var cueWords = map[cue]string{
	negates: negatorWords + ` deny denied denial refuse refusal decline fail failure reject rejected
		lack ruled_out rule_out rules_out ruling_out stopped_short unable
		acquit acquitted acquittal exonerate exonerated`,
	possible: `may might could possible possibly possibility perhaps maybe unclear unsure uncertain whether doubt potential potentially
		asked_if unclear_if unknown_if appear appears seem seems likely unlikely would_if risk`,
	planned: `plan plans planning propose proposal consider considering expect expected seek seeks seeking intend aim hope threaten
		want wants wanted promise pledge vow submitted draft try tried attempt attempted schedule
		weigh weighed weighing mull mulled mulling ponder pondered contemplate contemplated explore explored exploring
		would_like set_to due_to_be about_to urge urged call_for called_for`,
	alleged: `allege allegedly allegation accuse accusation claim suspect suspected reportedly unconfirmed rumour rumor purported purportedly
		suspicion unverified charge_that`,
	future: `will would shall should to going`,
	causes: `because cause caused owing thanks_to therefore hence thus consequently prompt prompted trigger triggered spark sparked
		led_to lead_to leads_to leading_to result_of resulted in_response response_to in_retaliation retaliation fuelled fueled
		angered reason blame blamed attributed explain after_which so_that thats_why`,
	all:         `all every everyone everybody each entire whole always unanimously`,
	most:        `most majority mostly`,
	some:        `some several few many half part partly sometimes`,
	speaks:      `say said says tell told tells ask asked asks reply replied add added write wrote writes state stated declare declared announce announced warn warned argue argued insist insisted note noted report reported reports explain explained accuse accused claim claimed admit admitted deny denied acknowledge acknowledged confirm confirmed suggest suggested observe call called tweet tweeted testify testified remark quip recall think thinks`,
	attribute:   `according quoted cited`,
	passive:     `was were been being is are by be`,
	conditional: `if unless provided`,
	derives:     `together total combined altogether more less fewer times twice thrice triple double doubled tripled tenfold twofold threefold difference gap margin lead separated separate fold ratio extra additional further sum overall quarter third thirds half every per up down increase decrease rise rose fell`,
}

const negatorWords = `not no never none neither nor without nobody nothing nowhere cannot cant dont doesnt didnt isnt arent wasnt
	werent wont wouldnt couldnt shouldnt hasnt havent hadnt mustnt`

// antonyms are opposites, left against right.
const antonyms = `
rise rises rose risen increase increased grow grew grown gain gained climb climbed jump jumped up soar soared higher | fall falls fell fallen decrease decreased decline declined shrink shrank drop dropped down plunge plunged lower lose lost
before | after
more | less fewer
most | least fewest
first | last
above over | below under
win won victory | lose lost defeat loss
accept accepted approve approved back backed support supported favour favor endorse | reject rejected oppose opposed refuse refused deny against
open opened opening reopen | close closed closing shut
begin began begun start started | end ended finish finished stop stopped
allow allowed permit | ban banned forbid forbade prohibit
agree agreed | refuse refused disagree
admit admitted confirm confirmed acknowledge acknowledged | deny denied
arrive arrived enter entered join joined | leave left depart departed quit withdraw withdrew
buy bought | sell sold
north northern | south southern
east eastern | west western
minimum least | maximum most
guilty | innocent
guilt convicted | acquitted
alive | dead died
early earlier | late later
safe | dangerous unsafe
strong stronger | weak weaker
high higher | low lower
large larger big bigger | small smaller
long longer | short shorter
success succeed succeeded | failure fail failed
profit | loss
hire hired | fire fired
import | export
male man men boy | female woman women girl
son | daughter
father | mother
husband | wife
brother | sister
former | current
public publicly | private privately secret secretly
legal | illegal
`

// titleWords are titles and roles that stand at a name without being part of it.
const titleWords = `mr mrs ms dr prof sir lord lady president prime minister deputy vice chancellor secretary sen senator
rep representative congressman congresswoman gov governor mayor councillor councilor chief justice judge king queen prince
princess general gen colonel col captain capt lieutenant lt sergeant sgt major admiral commander officer director chairman
chairwoman chair head leader speaker spokesman spokeswoman spokesperson foreign finance transport interior defence defense
health education trade energy justice attorney professor doctor pope bishop archbishop cardinal imam rabbi ambassador envoy
commissioner inspector police fire union party opposition coach manager editor author founder ceo republican democrat democratic
striker goalkeeper keeper midfielder defender winger forward pilot farmer architect headmaster headmistress prosecutor witness
lawyer attorney scientist researcher economist engineer analyst historian surgeon nurse actor actress singer writer novelist
director chairperson activist organizer organiser spokeswoman negotiator regulator inspector detective trooper deputy sheriff
banker broker trader investor contractor developer owner landlord tenant student teacher pupil caterer fisherman fishmonger
sergeant commander guard ranger firefighter paramedic striker batsman bowler pitcher quarterback driver rider skipper referee umpire
candidate challenger incumbent senator assemblyman delegate alderman minister premier monarch`

// carriedWords stand before an infinitive that was really done.
const carriedWords = `manage managed able begin began continue continued go went used had have force forced get got help helped
come came happen happened need needed proceed proceeded start started`

// synonyms are words that news uses for one another, by no more than style.
// They were written down from general knowledge, not from any evaluation data.
const synonyms = `
say said says tell told state stated declare declared announce announced report reported note noted add added remark
kill killed dead die died death deadly fatal
injure injured injury wound wounded hurt
buy bought purchase purchased acquire acquired
begin began begun start started launch launched
end ended finish finished conclude concluded
show showed shown reveal revealed
large big huge major
child children kid
car vehicle automobile
house home
firm company business corporation
job employment work
money fund cash
doctor physician medic
lawyer attorney counsel solicitor
police cop officer
make made create created produce produced
get got receive received obtain obtained
give gave given provide provided grant granted
help assist aid support assistance
ask asked request requested
rise rose risen increase increased climb climbed grow grew grown up
fall fell fallen decrease decreased drop dropped decline down
need require required
build built construct constructed construction
hold held detain detained
choose chose chosen pick picked select selected
law legislation statute bill
agreement deal accord pact treaty
talks negotiation
war conflict
attack strike struck raid
quake earthquake temblor tremor
blaze fire
flood flooding
meeting summit gathering
investigation inquiry probe
court tribunal
head chief boss leader
minister secretary
government administration
worker employee staff personnel
refuse refused decline
deny denied
accuse accused
people person persons
town city
country nation state
road street
ship vessel boat
plane aircraft jet
quickly fast rapid rapidly
near close
also too
last previous
about around roughly approximately
leave left depart
demand demanded
warn warned warning
expect expected
choice decision decide decided
fifty half
permit allow allowed
wound injure
spend spent pay paid cost
find found discover discovered
shut close closed
halt stop stopped suspend suspended
return returned
publish published
damage damaged
destroy destroyed
capture captured seize seized seizure
release released free freed
resign resigned quit
elect elected election
replace replaced succeed
storm hurricane
victim casualty
amnesty clemency
opponent challenger rival
republican gop
president presidential white_house
small smaller little
black african_american
`

// places are countries with their people and capitals, and bodies with their
// short names; one stands for the other in news.
const places = `
us usa america american american's united_states washington u.s
uk britain british briton united_kingdom great_britain london
eu european_union brussels
un united_nations
russia russian moscow kremlin
china chinese beijing
iran iranian tehran persian
iraq iraqi baghdad
israel israeli jerusalem
ukraine ukrainian kyiv kiev
germany german berlin
france french paris
italy italian rome
spain spanish spaniard madrid
portugal portuguese lisbon
denmark danish dane copenhagen
norway norwegian oslo
sweden swedish swede stockholm
finland finnish finn helsinki
iceland icelandic reykjavik
netherlands dutch hague
belgium belgian
austria austrian vienna
switzerland swiss bern
poland polish pole warsaw
hungary hungarian budapest
czechia czech prague
greece greek athens
turkey turkish turk ankara
egypt egyptian cairo
libya libyan tripoli
syria syrian damascus
lebanon lebanese beirut
jordan jordanian amman
saudi saudi_arabia riyadh saudis
yemen yemeni sanaa
qatar qatari doha
afghanistan afghan kabul
pakistan pakistani islamabad
india indian delhi new_delhi
japan japanese tokyo
southkorea south_korea south_korean seoul
northkorea north_korea north_korean pyongyang
vietnam vietnamese hanoi
thailand thai bangkok
indonesia indonesian jakarta
philippines filipino manila philippine
australia australian canberra
zealand new_zealand wellington
canada canadian ottawa
mexico mexican
brazil brazilian brasilia
argentina argentine
chile chilean santiago
colombia colombian bogota
venezuela venezuelan caracas
cuba cuban havana
nigeria nigerian abuja
kenya kenyan nairobi
ethiopia ethiopian
africa african
southafrica south_africa south_african pretoria
morocco moroccan rabat
algeria algerian algiers
tunisia tunisian tunis
sudan sudanese khartoum
ireland irish dublin
scotland scottish scot edinburgh
europe european
asia asian
`

// regionMembers are parts of the world with their countries, by the first words
// of places: a country is evidence for the part that it lies in.
const regionMembers = `
europe uk russia ukraine germany france italy spain portugal denmark norway sweden finland iceland netherlands belgium austria switzerland poland hungary czechia greece ireland scotland eu
asia china iran iraq israel syria lebanon jordan saudi yemen qatar afghanistan pakistan india japan southkorea northkorea vietnam thailand indonesia philippines
africa egypt libya nigeria kenya ethiopia southafrica morocco algeria tunisia sudan
nordic denmark norway sweden finland iceland
scandinavia denmark norway sweden
scandinavian denmark norway sweden
`
