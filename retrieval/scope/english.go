package scope

import (
	"regexp"

	"newsdesk/corpus/text"
)

var (
	englishReports = set(`coverage report reports reporting account accounts story stories article articles piece pieces
		write-up write-ups version take headline headlines editorial editorials analysis figure figures estimate one
		review interview op-ed column`)
	englishNews = set(`news headlines happened happen happening happens developments updates articles stories reports
		coverage reported published`)
	englishComparing = set("apart same both each differ agree disagree compare compared match versus vs diverge contradict vary different")
	englishSays      = set(`say says said saying writing report reports reported reporting write writes wrote describe describes described
		quote quotes quoted cite cites cited claim claims claimed note notes noted explain explains explained mention
		mentions mentioned publish publishes published estimate estimates estimated predict predicts predicted reveal
		reveals revealed differ differs differed agree agrees agreed disagree disagrees diverge match compare`)
)

var english = &lexicon{
	language: text.For("en"),
	outletWords: outletWords{
		articles: set("the"),
		subjects: set("the"),
		sources:  set("per"),
		before: map[string]map[string]bool{
			"to": set("according"),
			"by": set(`reported told cited quoted published written described covered carried printed noted stated said
				given claimed put as recounted portrayed explained mentioned estimated going`),
			"from": union(englishReports, set("news latest")),
			"in": union(englishReports, set(`reported said read published appeared appear written wrote quoted
				described cited`)),
		},
		leading: set("says writes reports"),
		say:     englishSays,
		asked: set(`call name give put list cover count single feature attribute tie think state argue find add warn
			suggest run carry print link identify credit blame see portray characterize characterise highlight recount`),
		aux:     set("did does do didn't doesn't don't"),
		perfect: set("has have had hasn't haven't hadn't"),
		participles: set(`reported said written published covered described run carried told quoted cited claimed noted
			explained mentioned estimated predicted revealed featured shown named given put`),
		talk: set(`say says said claim claims claimed note notes noted explain explains explained mention mentions mentioned
			predict predicts predicted reveal reveals revealed agree agrees agreed disagree disagrees differ differs
			describe describes described think state argue call name give put see warn suggest add find blame credit`),
		reports:      englishReports,
		stood:        set("ran appeared stood"),
		inside:       set("in"),
		comparing:    englishComparing,
		against:      set("than with from"),
		versus:       set("against versus vs unlike than"),
		joining:      set("and or & the by in as of vs versus"),
		conjunctions: set("and or"),
		skipped:      set("each also both all first ever then has had have magazine newspaper website network paper channel"),
		topics:       set("on about re regarding abt"),
		opening:      set("the any anything something what how about"),
		honorifics: set(`mr mrs ms miss dr prof sir lord lady senator sen representative rep congressman congresswoman
			governor gov mayor judge justice president secretary minister king queen prince captain general gen colonel
			detective officer sergeant coach reverend rev`),
		pronouns:    set("his her he she him hers himself herself"),
		determiners: set("which what a an this that these each every no many much"),
		verbs: set(`describe compare summarize summarise show give list find tell explain latest recent new did does do
			has have is are was were any`),
	},
	dateWords: dateWords{
		bounds: map[string]bound{
			"since": sinceBound, "after": afterBound, "until": untilBound, "till": untilBound, "through": untilBound,
			"by": untilBound, "before": beforeBound, "than": beforeBound,
		},
		preps:     set("on in from at over during of between for"),
		whenPreps: set("on in during at over"),
		later:     map[string]bound{"later": afterBound, "earlier": beforeBound, "sooner": beforeBound},
		no:        set("no not"),
		passed:    set("year this earlier later early late"),
		between:   set("between"),
		to:        set("to until till through"),
		and:       set("and"),
		dayBefore: regexp.MustCompile(`(?i)(?:^|[^\d.])(\d{1,2})(?:st|nd|rd|th)?(?:\s*[-–—]\s*|\s+(?:to|and|until|through)\s+)$`),
		dayBehind: regexp.MustCompile(`(?i)^(?:\s*[-–—]\s*|\s+(?:to|and|until|through)\s+)(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?\s*(?:[?.,!;]|$)`),
		papers:    set("articles stories headlines coverage news"),
		stories:   set("coverage story stories article articles account accounts report reports write-up headlines piece"),
		owners:    set("its their"), ownReports: set("report reports"),
		published: set("published publish appeared ran run printed print"),
		reported:  set("reported written said"),
		passive:   set("was were been has have had"),
		origins:   set("from"),
		fillers:   set("were was there are have has been that which please"),
		covering:  set("cover covered"),
		future:    set("will shall won't"),
		around: map[[2]string]around{
			{"week", "of"}: weekOf, {"night", "of"}: itself, {"morning", "of"}: itself, {"evening", "of"}: itself,
			{"afternoon", "of"}: itself, {"day", "of"}: itself,
		},
		weekends:  set("weekend"),
		happened:  set("happened happen happening"),
		past:      set("last past previous"),
		asOfWords: map[[2]string]bool{{"as", "of"}: true},
		known:     set("known know"),
		holidays:  englishHolidays,
	},
	askWords: askWords{
		what:       set("what whats"),
		how:        set("how"),
		questions:  set("what whats who whom whose which when where why how"),
		news:       englishNews,
		latest:     set("latest newest"),
		recent:     set("recent"),
		mostBefore: set("most"),
		notLatest:  set("at"),
		novel:      set("new"),
		novelty:    set("is"),
		something:  set("anything something"),
		outlets:    set("outlets newspapers papers sources media press reports accounts stories articles coverage publications headlines"),
		many:       set("which other others different various several multiple all"),
		courses:    set("timeline chronology"),
		changing:   set("evolved evolve changed change develop developed"),
		who:        set("who whom"),
		askers: set(`which what any some all the me us you can could please find show give list get read see other old
			there are were is was`),
		first: set("first earlier"),
	},
}

var englishHolidays = map[string]holiday{
	"christmas": christmas, "christmas eve": {month: 12, day: 24, days: 1}, "christmas day": {month: 12, day: 25, days: 1},
	"boxing day": {month: 12, day: 26, days: 1}, "new year's eve": {month: 12, day: 31, days: 1}, "new years eve": {month: 12, day: 31, days: 1},
	"new year's day": {month: 1, day: 1, days: 1}, "new years day": {month: 1, day: 1, days: 1},
	"halloween": {month: 10, day: 31, days: 1}, "easter": easter,
	"good friday": {fromEaster: -2, days: 1}, "easter sunday": {days: 1}, "easter monday": {fromEaster: 1, days: 1},
}
