package text

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/spanish"
)

var spanish = prepared(&Language{
	wordTables: wordTables{
		stops:    set(spanishStops),
		starters: set(spanishStarters),
		common:   set(spanishCommon),
		stem:     newStems(stemSpanish).of,
	},
	sentenceTables: sentenceTables{
		abbreviations: followers(map[follower]string{
			anyFollows:   "sr sra sres srta dr dra d dña prof profa lic ing gral cnel cap mons st sta sto ee vs p.ej pág págs avda av ntra",
			digitFollows: "n núm nº art km aprox tel c",
			nameFollows:  "uu etc cía hnos s.a s.l ud uds ene feb mar abr jun jul ago sept oct nov dic",
		}),
		closers: "\"'”’»)]",
	},
	numberTables: numberTables{
		decimal: ',', group: '.',
		units: numbersOf(0, "cero _ dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "+
			"dieciséis diecisiete dieciocho diecinueve veinte veintiuno|veintiún|veintiuna veintidós veintitrés veinticuatro "+
			"veinticinco veintiséis veintisiete veintiocho veintinueve", 1,
			numbersOf(30, "treinta cuarenta cincuenta sesenta setenta ochenta noventa", 10,
				numbersOf(100, "cien|ciento doscientos|doscientas trescientos|trescientas cuatrocientos|cuatrocientas quinientos|quinientas "+
					"seiscientos|seiscientas setecientos|setecientas ochocientos|ochocientas novecientos|novecientas", 100, nil))),
		lastUnits: map[string]float64{"un": 1, "uno": 1, "una": 1},
		sums:      true, tensJoined: true, spaced: true,
		hundreds: map[string]float64{"docena": 12, "docenas": 12},
		scales: map[string]float64{
			"mil": 1e3, "millón": 1e6, "millones": 1e6, "mill": 1e6, "millardo": 1e9, "millardos": 1e9, "billón": 1e12, "billones": 1e12,
		},
		thousandWord: "mil",
		bare:         set("mil"),
		scaleOf:      set("de"),
		part:         map[string]float64{"tercio": 1. / 3, "cuarto": 1. / 4, "quinto": 1. / 5, "sexto": 1. / 6, "octavo": 1. / 8, "décimo": 1. / 10},
		parts: map[string]float64{
			"tercios": 1. / 3, "cuartos": 1. / 4, "quintos": 1. / 5, "sextos": 1. / 6, "octavos": 1. / 8, "décimos": 1. / 10,
			"terceras": 1. / 3, "cuartas": 1. / 4, "quintas": 1. / 5,
		},
		partOf:   set("de del"),
		shares:   map[string]float64{"mitad": .5},
		articles: set("un una"),
		and:      set("y"), to: set("a"), between: set("entre"),
		andParts:   map[string]float64{},
		measures:   spanishMeasures(),
		currencies: currencies,
		dollars:    dollars,
		oClock:     set("h horas"),
	},
	dateTables: dateTables{
		months: map[string]int{
			"enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
			"septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
		},
		smallMonths: true,
		weekdays: map[string]int{
			"domingo": 0, "lunes": 1, "martes": 2, "miércoles": 3, "miercoles": 3, "jueves": 4, "viernes": 5, "sábado": 6, "sabado": 6,
		},
		days: map[string]string{
			"hoy": "today", "ayer": "yesterday", "anoche": "yesterday", "mañana": "tomorrow", "anteayer": "2 day ago",
			"antes de ayer": "2 day ago", "pasado mañana": "2 day ahead", "esta mañana": "today", "esta tarde": "today",
			"esta noche": "today",
		},
		notDays:  set("la una de cada buena"),
		dayWords: map[string]int{"primero": 1},
		ordinals: map[string]int{
			"primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercero": 3, "tercera": 3,
			"cuarto": 4, "cuarta": 4,
		},
		periods: map[string]string{
			"pasado": "last", "pasada": "last", "este": "this", "esta": "this", "próximo": "next", "próxima": "next",
		},
		periodsBehind: map[string]string{
			"pasado": "last", "pasada": "last", "anterior": "last", "próximo": "next", "próxima": "next", "que viene": "next",
		},
		spans: map[string]string{
			"semana": "week", "mes": "month", "año": "year", "primavera": "spring", "verano": "summer", "otoño": "autumn", "invierno": "winter",
		},
		seasons:   map[string]string{"primavera": "spring", "verano": "summer", "otoño": "autumn", "invierno": "winter"},
		fractions: map[string]string{"trimestre": "q", "semestre": "h", "mitad": "h"},
		portions:  map[string]string{},
		ends: map[string]string{
			"principios": "early", "comienzos": "early", "inicios": "early", "mediados": "mid", "finales": "late", "fines": "late",
		},
		links:     set("de del ,"),
		beforeDay: set("día"),
		agoBefore: set("hace"),
		doubtful:  set("abril"),
		cues:      set("en de del desde hasta para el año a entre y durante tras antes este pasado próximo"),
		looseCues: set("en desde hasta para durante"),
	},
	nameTables: nameTables{
		honorifics: set("sr sra srta don doña dr dra señor señora"),
		particles:  set("de del la las los el van von der den di da du dos le bin ibn"),

		prepareNames: seenSmall,
		isNoun:       startsSmallWord,

		inflections: strings.Fields("mente ó cion sion ciones siones dad dades aron ieron aban ian ando iendo amos ismo encia ancia miento mientos ria rias ados adas idos idas ores eros istas entes antes"),
	},
})

func stemSpanish(norm string) string {
	if head, ok := strings.CutSuffix(norm, "cion"); ok {
		norm = head + "ción" // the stemmer wants the accent that the norm has lost
	}
	env := snowballstem.NewEnv(norm)
	snowball.Stem(env)
	return fold(env.Current())
}

func spanishMeasures() map[string]string {
	return unitsOf(map[string]string{
		"%":                "%|por ciento",
		"percentage point": "puntos porcentuales|punto porcentual",
		"basis point":      "puntos básicos",
		"usd":              "dólar|dólares",
		"eur":              "euro|euros|€",
		"gbp":              "libra|libras",
		"jpy":              "yen|yenes",
		"cny":              "yuan|yuanes",
		"rub":              "rublo|rublos",
		"chf":              "franco|francos",
		"cent":             "céntimo|céntimos|centavo|centavos",
		"km":               "km|kilómetro|kilómetros",
		"m":                "m|metro|metros",
		"cm":               "cm|centímetro|centímetros",
		"mm":               "mm|milímetro|milímetros",
		"mile":             "milla|millas",
		"km²":              "kilómetros cuadrados|km²",
		"m²":               "metros cuadrados|m²",
		"hectare":          "hectárea|hectáreas|ha",
		"kg":               "kg|kilo|kilos|kilogramo|kilogramos",
		"gram":             "gramo|gramos|g",
		"tonne":            "tonelada|toneladas",
		"litre":            "litro|litros",
		"barrel":           "barril|barriles",
		"mw":               "mw|megavatio|megavatios",
		"gw":               "gw|gigavatio|gigavatios",
		"second":           "segundo|segundos",
		"minute":           "minuto|minutos",
		"hour":             "hora|horas",
		"day":              "día|días",
		"week":             "semana|semanas",
		"month":            "mes|meses",
		"year":             "año|años",
		"decade":           "década|décadas",
		"century":          "siglo|siglos",
		"people":           "persona|personas",
		"time":             "veces",
		"°c":               "° c|grados celsius",
		"degree":           "grado|grados|°",
	})
}

// spanishStops are function words by norm.
const spanishStops = `
a al algo alguien algun alguna algunas alguno algunos alli ante antes aquel aquella aquellas aquello aquellos aqui asi aun aunque
bajo bien cada casi como con contra cual cuales cualquier cuando cuanta cuantas cuanto cuantos de del desde despues donde dos durante e el
ella ellas ello ellos en entonces entre era eran es esa esas ese eso esos esta estaba estaban estan estar estas este esto estos
estuvo fue fueron ha haber habia habian han hasta hay he hubo incluso junto la las le les lo los luego mas me menos mi mientras mis
misma mismas mismo mismos mucha muchas mucho muchos muy nada nadie ni ningun ninguna ninguno no nos nosotros nuestra nuestro o
os otra otras otro otros para pero poca pocas poco pocos por porque pues que quien quienes se sea segun ser si sido siempre sin sino
sobre solo son su sus tal tambien tampoco tan tanta tantas tanto tantos te tiene tienen toda todas todo todos tras tu tus un una
unas uno unos usted ustedes varias varios y ya yo`

// spanishStarters begin sentences and no names.
const spanishStarters = `
nunca jamas siempre ojala acaso adelante alrededor arriba conforme dado dicha dicho donde encima enfrente enseguida excepto igual
igualmente incluso inmediatamente menos ninguna pronto respecto salvo semejante tal tanto toda todavia unicamente visto
ademas ahora anoche anteayer ayer hoy manana actualmente asimismo finalmente posteriormente recientemente anteriormente dentro fuera cerca
lejos tarde temprano pronto quizas quiza acaso apenas desgraciadamente mientras debido gracias pese salvo excepto hace cientos miles
decenas millones tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cien mil media mas parte primero segundo
primera segunda tercera ultimo ultima nueva nuevo nuevas nuevos gran grandes mejor peor sera seran puede pueden debe deben queria quiere`

// spanishCommon are words that news begin sentences with and that are no names.
const spanishCommon = `
afirman aseguran advierten anuncian buscan calculan condenan confirman creen critican cuentan denuncian destacan detienen esperan exigen
explican hablan insisten investigan niegan piden prevén proponen protestan quieren rechazan reclaman reconocen recuerdan sostienen
subrayan temen trabajan aumentan bajan suben caen crecen mueren viven vuelven llaman
agentes alcalde alcaldesa autoridades barco barcos bomberos calle casa casas ciudad ciudadanos consejo corte crisis datos dijo dijeron
dice dicen empresa empresas equipo expertos familia familias fiscal fiscales fuego fuentes gente gobierno guerra habitantes hombre
hombres huelga incendio informe investigadores jefe jovenes jueces juez junta ley lider lideres lluvia manifestantes mar mayoria
medicos medios mercado ministro ministra ministerio muelle mujer mujeres mundo negociaciones ninos oposicion pais paises pescador
pescadores policia policias politicos precios presidente presidenta problema problemas pueblo puerto queda quedan residentes
resultado resultados senado sindicato sindicatos trabajador trabajadores tribunal turistas vecino vecinos ventas victimas vuelve llego
llegan llegaron murio hablo hablaron anadio explico aseguro afirmo anuncio declaro senalo sostuvo pidio cerro abrio costo subio
bajo perdio gano viva abajo`

// tellingSpanish are words that show a question to be Spanish and are none of the
// above.
const tellingSpanish = `
dijo dijeron dice dicen escribe escribio informa informo publica publico noticia noticias titulares ultimas paso ocurrio sucedio
articulo articulos periodico diario murieron murio quien cuando donde cuantos cuantas cual`
