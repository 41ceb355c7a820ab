package scope

// papers are last words of names that people use alone.
var papers = set(`post times journal herald tribune chronicle globe gazette courier kurier dispatch mail telegraph
	standard star sun record observer examiner monitor mercury echo mirror express inquirer register bee guardian
	independent rundschau anzeiger zeitung tagblatt presse`)

// media are words that a person's name does not have.
var media = set(`post times journal herald tribune chronicle globe gazette courier kurier dispatch mail telegraph
	standard star sun record observer examiner monitor mercury echo mirror express inquirer register news guardian
	daily weekly morning evening business national press radio tv television voice review magazine report network
	channel insider beacon wire agency broadcasting the media today free public week online zeitung rundschau anzeiger
	welle nachrichten allgemeine`)

// states are initials that mean something else far more often.
var states = set("us usa uk un eu uae ai it tv pm dc la ny nz am id")

// nicknames are names in use for one outlet, all in lower case, none of them a
// word of a language by itself.
var nicknames = [][]string{
	{"dw", "deutsche welle"},
	{"bbc", "british broadcasting corporation"},
	{"npr", "national public radio"},
	{"pbs", "public broadcasting service"},
	{"abc", "american broadcasting company"},
	{"afp", "agence france-presse"},
	{"ap", "associated press"},
	{"rfe/rl", "radio free europe"},
	{"scmp", "south china morning post"},
	{"wapo", "washington post"},
	{"nyt", "new york times", "ny times", "nytimes"},
	{"nypost", "new york post", "ny post"},
	{"wsj", "wall street journal"},
	{"la times", "los angeles times"},
	{"ft", "financial times"},
	{"csm", "christian science monitor"},
	{"huffpost", "huffpo", "huffington post"},
	{"faz", "frankfurter allgemeine zeitung", "frankfurter allgemeine"},
	{"sz", "süddeutsche zeitung", "süddeutsche"},
	{"nzz", "neue zürcher zeitung"},
}

// brands are names of outlets of one word that is none otherwise.
var brands = set(`reuters politico newsweek axios vox breitbart newsmax techcrunch mashable buzzfeed gizmodo marketwatch
	propublica mediaite townhall theblaze fivethirtyeight tagesschau spon`)

// speakers are names of outlets that are words for people, who say things too.
var speakers = set("people nation press presse economist observer star guardian independent")

// ordinary are names of outlets that are words or places as well, in any of the
// languages: without a sign that an outlet is meant, none is.
var ordinary = set(`time times independent hill sun star vice slate salon reason fortune atlantic pacific week nation
	economist people money variety nature science quartz mirror standard express metro local today recount bulwark
	dispatch post record echo mercury globe cut ringer root wrap intercept verge conversation forward focus observer
	register monitor mail bee herald courier stern welt zeit bild spiegel stunde tag woche freitag kurier presse
	neues heute morgen abend`)

// surnames are names of outlets that are people's as well.
var surnames = set(`fox hill post bloomberg forbes stern spiegel drudge barron mercer star gallup page`)

// publicPeople are surnames of people that news tell of: what one of them said
// is no outlet's report.
var publicPeople = set("hill bloomberg forbes stern spiegel drudge mercer post page")
