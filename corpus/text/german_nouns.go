package text

import "strings"

// germanNounStems are the stems of germanNouns; germanHeads those that are taken
// for the last part of a compound, which leaves out what names of places end in.
var germanNounStems, germanHeads = readGermanNouns()

func readGermanNouns() (nouns, heads map[string]bool) {
	nouns, heads = make(map[string]bool), make(map[string]bool)
	for w := range strings.FieldsSeq(germanNouns) {
		stem := germanStems.of(fold(lower(w)))
		nouns[stem] = true
		if len(stem) >= 4 && !germanPlaceEndings[strings.ToLower(w)] {
			heads[stem] = true
		}
	}
	return nouns, heads
}

var (
	// germanEndings are endings, by norm, of nouns and of no names; germanInner
	// stand inside compounds.
	germanEndings = strings.Fields(`ung ungen heit heiten keit keiten schaft schaften tion tionen sion sionen tat taten nis nisse nissen tum
		ismus innen erin eurin torin istin ogin arztin ratin anwaltin enz enzen ment mente mentes linge lingen linges meister meisters zeuge zeugen trager vertreter vertretern halter macher
		mitglied mitglieder mitgliedern gaste gasten leute leuten kosten stelle stellen istik ogie ogien grafie ilitat amt amter amtern amtes zettel zetteln`)
	germanInner = strings.Fields("ungs heits keits schafts tions tats arbeits")

	// germanPlaceEndings are nouns that names of places end in.
	germanPlaceEndings = set("hafen stadt stein wald kirche haus berg burg dorf feld bach see tal insel markt hof brücke turm platz straße weg land reich tor mark kreis eck horn grund hang moor furt strand küste kanal ufer garten schloss halle grube wiese rücken")

	// germanDeterminers stand before nouns, and before few names.
	germanDeterminers = set(`der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
		mein meine meinen meinem meiner meines dein deine deinen deinem deiner deines sein seine seinen seinem seiner seines
		ihr ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer unseres euer eure euren eurem eurer
		dieser diese dieses diesen diesem jener jene jenes jenen jenem jeder jede jedes jeden jedem mancher manche manches manchen manchem
		welcher welche welches welchen welchem alle allen aller allem beide beiden beider viele vielen vieler mehrere mehreren mehrerer
		einige einigen einiger wenige wenigen weniger etliche etlichen solche solchen solcher zum zur vom beim im am ins ans aufs fürs
		mehr weitere weiteren genug lauter`)
	germanPrepositions = set("mit von bei aus nach zu seit in auf an vor unter über zwischen für gegen ohne durch um hinter neben wegen trotz samt gegenüber und oder sowie statt")

	// germanNoAdjectives are words that end as adjectives do: verbs, adverbs.
	germanNoAdjectives = set(`heute ohne gerade beinahe lange habe werde wolle solle könne müsse dürfe sage gebe komme gehe bleibe finde denke glaube
		heiße stehe sehe halte lasse nehme fordere später früher weiter wieder immer leider bisher daher seither näher öfter eher unter über
		hinter aber oder außer samt gestern morgen zusammen gegen neben zwischen sondern wegen oben unten außen innen hinten vorn selten
		eben bereits besonders anders stets jedenfalls allerdings abends morgens alles etwas vieles nichts einander mitsamt`)
	germanPluralVerbs = set("sind haben hatten waren werden wurden wollen sollen können müssen dürfen")
	germanAdjectivesT = set(`alt kalt hart gut rot weit breit spät leicht letzt erst best schlecht bekannt rund bunt laut fest dicht echt recht
		schlicht sanft glatt fett nett satt tot wert verletzt beliebt verkehrt bestimmt gesamt höchst nächst größt meist jüngst ältest wichtigst
		ernst privat intelligent konkret direkt perfekt exakt staat bewährt`)
	germanAdjectives = set(`neue neuer neues neuen alte alter altes alten grosse grosser grosses grossen kleine kleiner kleines kleinen gute guter gutes guten
		junge junger junges jungen schwere schwerer schweres schweren hohe hoher hohes hohen starke starker starkes starken lange langer langes
		schlechte schlechter schlechtes letzte letzter letztes erste erster erstes zahlreiche zahlreicher weitere weiterer weiteres eigene eigener eigenes
		verletzte tote gefordert geplant gesucht bekannt klar wichtig moglich unklar fest sicher kurz lang genau fast kurios richtig falsch gefahrlich erstaunlich`)

	// germanNaming are adjectives, without endings, that names begin with.
	germanNaming = set("rot weiss schwarz grun blau gelb neu alt gross klein deutsch vereinigt vereint nord sud ost west ober unter heilig frei liberal sozial konservativ unabhangig christlich offentlich")
	// germanPrefixes begin names of places.
	germanPrefixes = set("bad sankt st")

	// germanTitles are offices and professions, and what such compounds end in.
	germanTitles = strings.Fields(`prasident kanzler minister meister kapitan sprecher chef konig prinz prinzessin papst general professor richter
		direktor senator trainer autor rat anwalt leiter sekretar kommissar offizier forscher experte expertin journalist reporter schauspieler
		sanger musiker pilot bischof admiral oberst major graf herzog doktor kandidat abgeordnete abgeordneter vorsitzende vorsitzender
		vorsitzenden abgeordneten beauftragte beauftragter intendant botschafter regisseur unternehmer grunder okonom historiker stratege
		landrat stadtrat ologe ologin okologe arzt manager inhaber besitzer sohn tochter bruder schwester vater mutter fischer rederin reeder`)

	// germanMass are nouns behind which another noun names what it is made of.
	germanMass = set(`mitte anfang ende art sorte glas tasse paar dutzend stück flasche teil drittel viertel reihe menge gruppe hälfte haufen
		kiste tonne liter kilo meter grad prozent euro dollar tag uhr`)

	// germanSurnames are nouns that are frequent family names too.
	germanSurnames = set(`fischer bauer richter koch jager konig kaiser graf schreiber winter sommer stein wolf vogel engel horn busch berg brand
		weber muller schneider schuster keller forster kramer ziegler sturm frost herzog ritter schafer becker wagner zimmermann hahn fuchs
		schafer sauer klein gross lang lange kurz schwarz weiss braun roth jung neumann hofmann schmied kohler brandt haas beck vogt krause
		stern baum wald bach acker lehmann meister schulze pfeiffer pohl kuhn lindner habeck scholz merz merkel`)

	// germanBodies are outlets and other bodies that are named after their place.
	germanBodies = set(`zeitung tageszeitung post bote boten tageblatt blatt nachrichten rundschau anzeiger kurier echo presse merkur allgemeine
		abendblatt morgenpost illustrierte stimme volksblatt wochenblatt herald abendzeitung rundfunk sparkasse bank borse universitat`)

	// germanFirst are frequent first names.
	germanFirst = set(`anna maria eva ada ines jana petra carla helga ilse mara lena lea laura julia sarah lisa nina karin katrin sabine susanne monika
		andrea claudia stefanie birgit heike ursula renate ingrid christa gisela hannah emma mia sophie marie charlotte clara ida johanna elisabeth
		olivia emily alice jane mary linda nancy karen betty paul peter hans karl otto udo uwe jens jan ole lars nils sven tim tom tomas thomas
		michael andreas stefan martin markus matthias christian daniel david sebastian alexander philipp florian tobias felix max lukas leon jonas
		noah elias ben finn julian moritz emil anton hanno hannes klaus jurgen dieter wolfgang helmut gerhard manfred bernd rolf ralf frank jorg
		holger dirk ulrich heinz werner walter rainer robert richard john james george william joe donald jack harry steven kevin brian mark eric
		marco luca mario carlos jose juan pablo pedro ivan igor oleg dmitri sergej olga natalia ali mohammed ahmed hassan mehmet ayse fatma`)

	// germanPlaces are states, continents and great cities, by norm.
	germanPlaces = set(`deutschland osterreich schweiz frankreich italien spanien portugal polen tschechien ungarn rumanien bulgarien griechenland
		turkei ukraine russland belarus litauen lettland estland finnland schweden norwegen danemark niederlande belgien luxemburg irland
		grossbritannien england schottland island kroatien slowenien slowakei serbien albanien kosovo iran irak syrien libanon israel jordanien
		agypten libyen tunesien algerien marokko sudan athiopien kenia nigeria sudafrika china japan indien pakistan afghanistan korea nordkorea
		sudkorea vietnam thailand indonesien australien neuseeland kanada mexiko brasilien argentinien chile kolumbien venezuela kuba amerika
		europa asien afrika vatikan bayern sachsen hessen thuringen brandenburg berlin hamburg munchen koln frankfurt wien zurich bern paris
		london madrid rom brussel washington moskau peking tokio kiew warschau prag budapest athen istanbul ankara teheran bagdad kairo donau rhein elbe
		oder weser nordsee ostsee mittelmeer atlantik pazifik alpen bundestag bundesrat bundeswehr kreml nato islam`)
)

// germanNouns are common nouns of news, mostly in the singular: plurals and cases
// have the same stem, or stand beside it.
const germanNouns = `
abend abkommen abgeordnete absicht abstand abstimmung abteilung abzug akte aktie aktion alarm alltag alter amt anfang angabe angaben angebot
angehörige angriff angst anhänger anklage anlage anlass anschlag ansicht anspruch anstieg anteil antrag antwort anwalt anwohner anzeige
anzahl apotheke appell arbeit arbeiter arbeitgeber arbeitnehmer arbeitsplatz argument armee armut art arzt ärzte artikel aufgabe auflage aufnahme
aufruf auftrag auftritt aufwand auge augen ausbau ausfall ausgabe ausgang ausland ausnahme aussage ausschuss ausweg auswahl auto autor bahn bahnhof
bank banken basis bau bauer baum beamte bedarf bedenken bedeutung beginn begriff behörde beispiel beitrag bericht beruf beschäftigte bescheid
beschluss beschwerde besitz besitzer besuch besucher betrag betrieb betreiber bett bevölkerung beweis bewohner bezirk bezug bild bilanz bis
blatt blick boden boot bord börse botschaft brand brief bruder brücke buch budget bühne bund bündnis bürger bürgerin büro bus chance chaos chef chefin
dach damm dampfer datei daten datum dauer debatte deck defizit demonstrant detail dieb dienst ding dokument dorf druck durchschnitt ebene
ehe ehemann ehefrau eigentum eigentümer einfluss eingang einheit einigung einkommen einsatz einwohner eis eltern ende energie entwurf erbe erde
ereignis erfolg ergebnis ermittler ernte ersatz essen etat experte export fabrik fach fähre fähren fahrer fahrgast fahrgäste fahrt fahrzeug fall
fälle familie fang farbe fehler feier feind feld fenster ferien fest feuer feuerwehr figur film firma fisch fischer fläche flagge flotte flug flughafen
flugzeug flucht fluss flut folge forderung form forscher fortschritt foto frage fraktion frau frauen freiheit freund freundin frieden frist front
frucht führer führung funktion fuß fußball gang garten gas gast gäste gebäude gebiet gebühr geburt gefahr gefängnis gegend gegner gehalt geheimnis
geist geld gelegenheit gemeinde general generation gericht geschäft geschichte geschwindigkeit gesellschaft gesetz gesicht gespräch gestalt
gesundheit gewalt gewerkschaft gewicht gewinn gipfel glas glaube glück gold gott grab grad grenze grippe großteil grund gründe gründer gruppe
gut gutachten hafen häfen hälfte hand hände handel händler handy haus häuser haushalt haut heft heim heimat held helfer herbst herkunft herr herz hilfe
himmel hindernis hinweis hitze hochwasser hof hoffnung höhe holz hotel hund hunger idee import industrie inflation inhaber inhalt initiative insel institut
interesse investor jahr jahre jäger jahrhundert jahrzehnt job journalist jugend jugendliche junge kabinett kabine kaiser kammer kampf kanal kandidat kapital kapitän
kapitel karte kasse kampagne kauf käufer kern kette kilo kilometer kind kinder kirche klage klasse klima klinik klub koalition kohle kollege
kommission kommune kommentar kompromiss konferenz konflikt kongress könig konkurrenz kontakt konto kontrolle konzept konzern konzert kopf körper
kosten kraft krankenhaus krankheit kredit kreis kreuz krieg krise kritik kritiker kultur kunde kunden kunst kurs küste kutter labor laden lage
lager land länder landwirt lärm last lauf leben lehrer leiche leiter leitung leser leute licht liebe lied liga linie liste literatur lob lohn
lösung luft lüge macht mädchen makler mal mangel mann männer mannschaft markt maschine masse maßnahme material mauer medien medikament meer mehrheit meinung
meldung menge mensch menschen messe meter methode miete milch militär milliarde million minderheit minister minute mitarbeiter mitglied mittag
mitte mittel mittwoch mode modell mole moment monat mord morgen motiv motor müll mund museum musik mutter mütter mut nachfolger nachfrage nachmittag nachricht
nachbar nacht nähe name namen nation natur nebel netz netze neuigkeit niederlage niveau not notfall nummer nutzer nutzung objekt öffentlichkeit öl oper
opfer opposition ordnung organisation ort orte paar paket palast panne papier park parlament partei partner pass passagier patient pause person personal
pfarrer pflanze pflege pflicht phase pilot plan pläne planet platz plätze politik politiker polizei polizist pool pop position post posten praxis preis
preise premier presse prinzip problem produkt produzent programm projekt protest protokoll prozent prozess prüfer prüfung publikum punkt quartal
quelle quote rad rand rat rathaus rauch raum reaktion rechnung recht rede reden redaktion reederei reeder reform regel regen regierung region reich reihe
reise religion rennen rente reparatur republik rest retter revolution rettung rhein richter richtung risiko rolle roman route rückgang rückkehr rücktritt ruf ruhe runde
saal sache sachverständige saison sanktion satz schaden schäden schatten schiff schiffe schild schlag schlange schluss schnee schritt schuld schulden schule
schüler schutz schwester schwierigkeit see seele segel seite sektor sekunde senat sender senior serie sicherheit sicht sieg signal sinn sitz sitzung
sohn soldat sommer sonne sorge spiel spieler spitze sport sprache sprecher sprecherin spur staat stadt städte stadtrat stamm stand standort start
station statistik stau steg stelle stellung steuer steuern stiftung stille stimme stimmen stimmung stoff strafe strand straße strategie strecke streik streit strom
struktur student studie stufe stunde sturm suche summe system szene tabelle tag tage takt tal tat täter tätigkeit team technik technologie teil teile
teilnehmer telefon temperatur termin terror test text theater thema theorie these tier tisch titel tochter tod tonne tor tote touristen tourist tradition tragödie
trainer training transport traum treffen trend trennung trick tür turm typ überfall übergang überraschung uhr umfang umfeld umfrage umgang umsatz umstand umwelt unfall
union universität unruhe unternehmen unternehmer unterricht unterschied untersuchung unterstützung ursache urteil urlaub vater verantwortung verband verbot verbraucher
verbrechen verdacht verein verfahren verfassung vergangenheit vergleich verhalten verhältnis verhandlung verkauf verkehr verlag verlauf verletzte verlust
vermögen vernunft versammlung versicherung verstoß versuch verteidigung vertrag vertrauen vertreter verwaltung vieh viertel virus volk vorfall vorgang vorgehen
vorhaben vorjahr vorschlag vorsitz vorstand vorstellung vorteil vorwurf waffe wagen wahl wähler wald wand wandel ware wärme warnung wasser wechsel weg
weise welle welt werft werk wert wetter wettbewerb widerstand wiese wind winter wirkung wirt wirtschaft wissen wissenschaft woche wochenende wohl wohnung
wort worte wunder wunsch zahl zahlen zahlung zeit zeiten zeitung zeitpunkt zelle zentrum zeuge zeugen ziel ziele zimmer zins zinsen zoll zölle zorn zufall zug züge zugang
zukunft zusammenarbeit zusage zuschauer zustand zustimmung zweck zweifel mitteilung pressemitteilung hauptstadt innenstadt großstadt hafenstadt altstadt
autopilot besatzung anleger anlegestelle lotse schlepper frachter fracht container kai pier leuchtturm rumpf maschinenraum passagierschiff steuermann matrose taucher tanker beobachter pendler bus busse waggon waggons ärger lärm abgang sparer rückenwind übermut turbulenz schloss schlösser fahrrad fahrräder rad räder dieb bande kuchen mittelstand leitzins sparkasse gouverneur suppe kita kitas ablöse pfiff abschied ruß blitz sorgfalt decke oberlauf turnhalle probe spur stürmer torhüter verteidiger elfmeter ersatz gerüchte spuren datierung messung
abgas abgrund abitur adel adresse affäre agent akku aktivist album allianz ampel analyse anblick angestellte anker anlauf anreiz ansatz ansprache antritt apfel appetit applaus aroma arrest asche asphalt asyl atem atmosphäre atom
aula ausrede ausrüstung ausstellung auszeichnung automat baby bäcker bad balken band barriere barrikade bart baustelle beamter beamtin beere begleiter behauptung belag bericht bestand besteck beton beule beweise biene bier biss blase blockade blume blut
bohrung bohne bronze brunnen brust bucht bude bügel bühne bunker butter camp chip chor christ couch debüt delegation delikt demo denkmal depot diagnose dialog dichter diktator diktatur dimension diskussion disziplin dom donner doping dorf dorsch dose
duft dunst dusche duell echo ecke ehre ei eile einkäufe einsturz elektriker elite embargo empörung enge ente entsetzen epidemie erbse erholung erlös ermittlung ernst erregung erz essig eskalation ethik etikett examen experiment extrem faden fahne
fackel farmer fassade faust feder fell felsen fessel festival festung fett filiale finale finger fitness flaute fleck flieger floß fluch flur föhn folter formular foul freude freizeit friedhof frosch frost frucht früchte fuge funke furcht futter
gabel galerie gasse gatte gauner gebrauch gebühren gedicht geduld gefolge gehirn geiger gelächter gelenk gemeinschaft gemurmel genosse genuss gepäck gerechtigkeit gericht geruch geschirr geschmack geschoss gestein gewerkschafter gewitter gewürz gier
gipfel glanz glied gram gras grenzen griff groll guru gürtel haar hacker hafer haft haken hammer handschuh handwerk handwerker harmonie hase hast hecke heer heirat held hemd herd herde heuchelei hirsch hit hocker honig honorar horde hormon horror hübe
huhn hülle humor hupe hürde hut hygiene hymne ideal idol igel ikone imbiss inferno ingenieur ingenieurin insekt inserat intrige ironie jacke jagd jury kabel käfer käse kaff kahn kampagne kanone kanne kapsel karriere karton käfig kegel keks kenner kerze kessel
kino kissen klang klinge kloster knall kneipe koalitionspartner kochtopf köder kohl kolonie komet komiker komitee konfession konsens konstrukteur konsulat kopie korb korn kosmos kostüm krabbe krach kragen krater kräuter kreide kreuzfahrt kreuzung krippe
krone kröte kübel kuchen kuppel kur kurve kutsche labyrinth lachs lamm laterne laub laufbahn laune lawine lehm leiter lektion lektüre lerche liebling lift likör limit lippe loch locke löffel lob lok lorbeer los löschung löwe luxus magier magnet mahlzeit
mähne majestät malaria maler manie mantel märchen markt marsch massaker mast matsch meise melodie meute miene migrant migration milde minderung mixer möwe monteur montage mücke muschel muskel müdigkeit nadel narbe natter neffe nerv nest nichte niere nische nuss aufklärung
ablauf ablehnung abschluss absturz abwehr akten alarmanlage alternative amtszeit andrang anfrage angehöriger anleihe anruf anstrengung anteile anwesenheit anzug apparat
arbeitslose arbeitslosigkeit aufenthalt aufstand aufstieg augenblick augenzeuge ausblick ausbruch ausbildung auseinandersetzung ausflug ausreise aussicht ausstoß austausch
austritt ausweis autobahn bagger ballon ballast bargeld batterie bauarbeiten bauern befehl befund begegnung begründung beifall bein beitritt belastung beleg beleidigung bemühung
benzin berater beratung bereich berg besuche beteiligung betrug betrüger beute bewegung bewerber bewerbung beziehung bombe bord bote brandstiftung bremse brille brot bruch
bundesland bürgerkrieg chemie computer dank datenschutz decke demokratie demonstrantin diebstahl diesel diplomat direktor dosis dozent draht drama drohne droge drohung dürre
durchbruch effekt eid eimer einbruch eindruck einkauf einnahme einspruch einwand eisen elend empfang engpass engpässe entdecker enkel entscheider entschädigung erdbeben erdgas
erdöl erwachsene erzähler esel etappe exil explosion faktor fakt fakten falle fan fasser feiertag fels ferne festnahme fieber finanzen finanzierung fischerei flamme flasche fleisch
flüchtling flüchtlinge flügel förderung fonds formel forst frühling fund fusion futter gebet gebirge gedanke gedenken gefecht gefühl gegenteil gegenwart gehweg geisel gelände gemälde gemüse genehmigung
gerät gerücht geruch geschenk geständnis getränk getreide gewerbe gewohnheit gift gitter gleis glocke granate gremium größe grundlage grundstück grüße guthaben hagel halle hals haltung
handgranate häftling härte hass hauptrolle hebel heizung hersteller hitzewelle hochzeit höchststand hose hubschrauber hügel husten impfung impfstoff infektion insasse insolvenz instrument
invasion irrtum jacht jubel jubiläum justiz juwel kaffee kamera kapelle kälte katastrophe katze kaution kehrtwende keller kiste klärung kleid kneipe knie knochen knoten koch koffer kommandant kommunikation
komödie komplize königin konsum korruption kran kranke krankenwagen küche kugel kündigung kunststoff kürzung kuss lachen lack ladung lampe landung landtag landwirtschaft langeweile laster latein
leck leder leid leine leistung lehre lehrling leuchte lizenz lkw luftangriff lücke lupe magen mahnung makel malerei manöver marine maske maß matte maus mechaniker medizin mehl merkmal messer metall
mieter mikrofon mindestlohn mine mischung mission misstrauen mob möbel monopol moral motorrad mühle münze muster mythos nachbarschaft nachweis nagel nahrung narr nase neid neubau neuwahl niederschlag
notarzt note notwendigkeit null öffnung offizier ohr ordner osten norden süden panik panzer parade parole passage paste patent pech pfand pfeil pferd pilz piste plakat plastik pleite pokal pol polster prämie
präsident präsidentin präsidentschaft probe profi prognose provinz prügel puls pumpe putsch quittung rache rakete ränge rasen rassismus rätsel raub rauch razzia rebell rechner referendum reichtum reifen reiter reiz
rekord rektor reserve respekt ressort restaurant rezept riese riss ritual rock rohstoff rohr rücken rücksicht rundfunk rüstung sabotage saft salz sammler sand sänger sarg säule schachtel schaf schale scham
schauspieler scheck schein scherz schicht schicksal schlacht schlaf schlamm schlüssel schmerz schmuggel schneider schock schrei schrift schuh schuss schützer schwäche schweigen schwimmer schwung segen seife seil sekretär
selbstmord semester seuche siedlung siedler sirene sklave skandal sohn sold spaß speicher spende spender sperre spiegel spion sponsor sprung spruch spital staatsanwalt stahl stämme start stau steak stiel stich stock stolz störung strahl
stratege strom studium stuhl sturz subvention süchtige tank tarif taste taufe täuschung teppich terrorist testament thron tiefe tipp ton torwart tourismus tratte träne treppe treibstoff treue triumph trockenheit trost truppe truppen
turnier überblick überfahrt überflutung übersicht ufer umbau umkehr umleitung umweg unglück untergang unterhändler unterlagen unwetter urkunde vakuum velo verbleib verbund verehrer vergnügen verkäufer vermittler vermittlung verrat
vertriebene verwandte verzicht verzögerung veto video visum vogel vorbild vorgänger vorort vorrang vorrat vorschrift vorsicht vortrag vorurteil votum waffenruhe wachstum wache wappen wärter wäsche weizen wende werbung werkstatt
werkzeug westen willen wohnungsnot wolke wolle würde wurzel wut zaun zeichen zeile zelt zerstörung zeugnis zirkus zitat zögern zucker zünder zuneigung zuschuss zustrom zweig zwang zwilling`
