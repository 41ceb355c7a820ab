package text

import "strings"

// englishAbbreviations maps words, without their last full stop, to what may
// follow them in their sentence.
func englishAbbreviations() map[string]follower {
	m := make(map[string]follower)
	for kind, list := range map[follower]string{
		anyFollows: `mr mrs ms mx dr prof gen sen rep gov lt col sgt maj cmdr capt adm cpl pvt brig rev hon sens reps secy fr msgr
			messrs mme mlle supt det insp amb asst vs v e.g i.e cf al mt ft`,
		digitFollows: `no nos pp p fig figs vol vols art sec ch approx ca c para est`,
		nameFollows: `inc corp co cos ltd llc plc bros jr sr st ave blvd rd etc ph.d m.d b.a m.a dept univ assn
			jan feb mar apr jun jul aug sep sept oct nov dec
			mon tue tues wed thu thur thurs fri sat sun
			ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla
			ore pa tenn tex va vt wash wis wyo pres dir mgr ed eds min max a.m p.m u.s u.k u.n e.u`,
	} {
		for _, w := range strings.Fields(list) {
			m[w] = kind
		}
	}
	// These are words far more often than abbreviations.
	for _, w := range []string{"art", "ill", "ed", "sun", "sat", "mon", "wed", "miss", "mass", "wash", "al", "del", "la", "min", "max", "ca"} {
		delete(m, w)
	}
	return m
}

// englishMeasures maps the names of units to their one form.
func englishMeasures() map[string]string {
	m := make(map[string]string)
	for unit, names := range map[string]string{
		"%":                "%|percent|per cent|pct",
		"percentage point": "percentage point|percentage points",
		"basis point":      "basis point|basis points",
		"usd":              "dollar|dollars|us dollars|u.s dollars",
		"eur":              "euro|euros",
		"gbp":              "pound|pounds|pounds sterling",
		"jpy":              "yen",
		"cny":              "yuan|renminbi",
		"rub":              "ruble|rubles|rouble|roubles",
		"uah":              "hryvnia|hryvnias",
		"inr":              "rupee|rupees",
		"chf":              "franc|francs|swiss francs",
		"cent":             "cent|cents",
		"km":               "km|kms|kilometre|kilometres|kilometer|kilometers",
		"m":                "m|metre|metres|meter|meters",
		"cm":               "cm|centimetre|centimetres|centimeter|centimeters",
		"mm":               "mm|millimetre|millimetres|millimeter|millimeters",
		"mile":             "mile|miles|mi",
		"foot":             "foot|feet|ft",
		"inch":             "inch|inches",
		"km²":              "square kilometre|square kilometres|square kilometer|square kilometers|sq km|km²",
		"m²":               "square metre|square metres|square meter|square meters|sq m|m²",
		"mile²":            "square mile|square miles",
		"foot²":            "square foot|square feet|sq ft",
		"hectare":          "hectare|hectares|ha",
		"acre":             "acre|acres",
		"km/h":             "kph|kmh",
		"mph":              "mph",
		"kg":               "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes",
		"gram":             "gram|grams|gramme|grammes|g",
		"tonne":            "tonne|tonnes|ton|tons|metric tons",
		"lb":               "lb|lbs",
		"litre":            "litre|litres|liter|liters",
		"gallon":           "gallon|gallons",
		"barrel":           "barrel|barrels",
		"watt":             "watt|watts",
		"kw":               "kw|kilowatt|kilowatts",
		"mw":               "mw|megawatt|megawatts",
		"gw":               "gw|gigawatt|gigawatts",
		"second":           "second|seconds|sec|secs",
		"minute":           "minute|minutes|min|mins",
		"hour":             "hour|hours|hr|hrs|h",
		"day":              "day|days",
		"week":             "week|weeks",
		"month":            "month|months",
		"year":             "year|years|yr|yrs",
		"decade":           "decade|decades",
		"century":          "century|centuries",
		"people":           "people|person|persons",
		"time":             "times",
		"°c":               "° c|degrees celsius|degree celsius|degrees centigrade",
		"°f":               "° f|degrees fahrenheit|degree fahrenheit",
		"degree":           "degree|degrees|°",
	} {
		for name := range strings.SplitSeq(names, "|") {
			m[name] = unit
		}
	}
	return m
}
