package text

import "strings"

var arabic = prepared(&Language{
	wordTables: wordTables{
		stops:    folded(arabicStops),
		starters: folded(arabicStarters),
		stem:     stemArabic,
		clitics:  map[rune]bool{'و': true, 'ف': true, 'ب': true, 'ل': true, 'ك': true},
	},
	sentenceTables: sentenceTables{
		abbreviations: followers(map[follower]string{anyFollows: "د م أ ق ق.م د.أ", digitFollows: "ص ج"}),
		closers:       "\"'”“’»)]",
		resumes:       "و",

		reversedQuotes: true,
	},
	numberTables: numberTables{
		decimal: '.', group: ',',
		units: numbersOf(0, "صفر _ اثنان|اثنين|اثنتان|اثنتين ثلاث|ثلاثة أربع|أربعة خمس|خمسة ست|ستة سبع|سبعة ثمان|ثماني|ثمانية تسع|تسعة عشر|عشرة", 1,
			numbersOf(20, "عشرون|عشرين ثلاثون|ثلاثين أربعون|أربعين خمسون|خمسين ستون|ستين سبعون|سبعين ثمانون|ثمانين تسعون|تسعين", 10,
				numbersOf(100, "مئة|مائة مئتان|مئتين|مائتان|مائتين ثلاثمئة|ثلاثمائة أربعمئة|أربعمائة خمسمئة|خمسمائة ستمئة|ستمائة سبعمئة|سبعمائة "+
					"ثمانمئة|ثمانمائة تسعمئة|تسعمائة", 100, nil))),
		lastUnits:    phrases(map[string]float64{"واحد|واحدة|أحد|إحدى": 1, "اثنا|اثنتا|اثني|اثنتي": 2}),
		sums:         true,
		unitsFirst:   true,
		thousandWord: lower("ألف"),
		scales:       phrases(map[string]float64{"ألف|ألفا|آلاف": 1e3, "مليون|مليونا|ملايين": 1e6, "مليار|مليارا|مليارات|بليون": 1e9, "تريليون|تريليونات": 1e12}),
		bare:         folded("ألف مليون مليار تريليون"),
		shares: phrases(map[string]float64{
			"نصف": .5, "ثلث": 1. / 3, "ثلثا|ثلثي|ثلثين": 2. / 3, "ربع": .25,
		}),
		duals: phrases(map[string]float64{"مليونان|مليونين|مليوني|مليونا": 2e6, "ألفان|ألفين|ألفي|ألفا": 2e3, "ملياران|مليارين|ملياري|مليارا": 2e9}),
		and:   folded("و"), to: folded("إلى"), between: folded("بين"),
		measures:   arabicMeasures(),
		currencies: currencies,
		dollars:    dollars,
	},
	dateTables: dateTables{
		months: phrases(map[string]int{
			"يناير|جانفي|كانون الثاني": 1, "فبراير|فيفري|شباط": 2, "مارس|آذار": 3, "أبريل|إبريل|أفريل|نيسان": 4, "مايو|ماي|أيار": 5,
			"يونيو|يونيه|جوان|حزيران": 6, "يوليو|يوليه|جويلية|تموز": 7, "أغسطس|أوت|آب": 8, "سبتمبر|أيلول": 9, "أكتوبر|تشرين الأول": 10,
			"نوفمبر|تشرين الثاني": 11, "ديسمبر|كانون الأول": 12,
		}),
		smallMonths: true,
		weekdays: phrases(map[string]int{
			"الأحد": 0, "الاثنين|الإثنين": 1, "الثلاثاء": 2, "الأربعاء": 3, "الخميس": 4, "الجمعة": 5, "السبت": 6,
		}),
		days: phrases(map[string]string{
			"اليوم": "today", "الليلة": "today", "أمس|البارحة": "yesterday", "غدا|غداً": "tomorrow", "أول أمس|أول من أمس": "2 day ago",
			"بعد غد": "2 day ahead", "قبل يومين": "2 day ago", "قبل أسبوعين": "2 week ago", "قبل شهرين": "2 month ago",
			"قبل عامين|قبل سنتين": "2 year ago",
		}),
		notDays:  folded("ذلك هذا نفس"),
		dayWords: arabicDayWords(),
		ordinals: phrases(map[string]int{"الأول|الأولى": 1, "الثاني|الثانية": 2, "الثالث|الثالثة": 3, "الرابع|الرابعة": 4}),
		periods:  phrases(map[string]string{"هذا|هذه": "this"}),
		periodsBehind: phrases(map[string]string{
			"الماضي|الماضية|الفائت|المنصرم": "last", "المقبل|المقبلة|القادم|القادمة": "next", "الحالي|الجاري": "this",
		}),
		spans:     phrases(map[string]string{"الأسبوع": "week", "الشهر": "month", "العام|السنة": "year", "الصيف": "summer", "الشتاء": "winter", "الربيع": "spring", "الخريف": "autumn"}),
		links:     folded("من ، ,"),
		agoBefore: folded("قبل"),
		agoUnits:  folded("يوم أسبوع شهر سنة عام"),
		doubtful:  folded("مارس آب أوت ماي"),
		cues:      folded("عام سنة في منذ حتى خلال شهر من إلى قبل بعد بين مطلع نهاية أواخر أوائل منتصف"),
	},
	nameTables: nameTables{
		otherNames: neighbourName,
		neighbourTables: neighbourTables{
			titles: folded(`السيد السيدة الرئيس رئيس الوزير الوزيرة وزير وزيرة الدكتور الدكتورة المهندس الأستاذ الأمير الأميرة الملك الملكة الشيخ اللواء
				العميد العقيد الجنرال السيناتور القاضي القبطان المحامي النائب السفير المستشار المستشارة`),
			offices: folded(`الخارجية الداخلية الدفاع المالية الاقتصاد الصحة التعليم العدل الزراعة النفط الطاقة الإعلام العمل الثقافة البيئة النقل الوزراء الحكومة
				البرلمان الجمهورية الدولة البلدية المجلس السابق السابقة الأسبق الراحل المنتخب`),
			kinds: folded("مدينة محافظة ولاية قرية جزيرة بلدة نهر جبل بحر خليج ميناء صحيفة وكالة قناة مجلة موقع إذاعة شركة بنك مصرف"),
			states: folded(`مصر السعودية العراق سوريا لبنان الأردن فلسطين إسرائيل اليمن عمان قطر الإمارات الكويت البحرين ليبيا تونس الجزائر المغرب السودان
				إيران تركيا روسيا الصين الهند اليابان باكستان أفغانستان ألمانيا فرنسا بريطانيا إيطاليا إسبانيا أوكرانيا بولندا النمسا سويسرا السويد النرويج
				فنلندا الدنمارك هولندا بلجيكا اليونان البرتغال كندا المكسيك البرازيل الأرجنتين أستراليا أمريكا أميركا أوروبا آسيا أفريقيا القاهرة بغداد دمشق
				بيروت الرياض طهران موسكو بكين لندن برلين باريس واشنطن`),
			sayings:     folded("قال قالت يقول تقول أضاف أضافت أعلن أعلنت صرح صرحت أكد أكدت ذكر ذكرت كتب كتبت أوضح أوضحت"),
			sayingFirst: true,
			plain: folded(`مسؤول مسؤولون مسؤولة متحدث متحدثة مصدر مصادر شهود شاهد خبير خبراء محلل وزير رئيس نائب مدير ناشط ناشطون مواطن مواطنون صياد صيادون
				طبيب شرطي ضابط جندي كل بعض أحد عدد أمني حكومي محلي رفيع كبير باسم بيان تقرير ذلك إنه إنها إنهم أنه أنها لهم له لها عن على`),
			joints:     folded("بن ابن بنت أبو عبد آل"),
			article:    lower("ال"),
			adjectives: []string{lower("ي"), lower("ية")},
			plurals:    []string{lower("ون"), lower("ات")},
		},
	},
})

// arabicDayWords are the days of a month in words: "السابع عشر".
func arabicDayWords() map[string]int {
	m := make(map[string]int)
	list := strings.Fields("الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر")
	for i, w := range list {
		m[lower(w)] = i + 1
	}
	for i, w := range append([]string{"الحادي"}, list[1:9]...) {
		m[lower(w+" عشر")] = i + 11
	}
	return m
}

// stemArabic takes off the article, with what is written before it, and the
// endings of plurals, of the feminine and of pronouns: the light stemmer of
// L. Larkey, "light10" (2007), but for single letters before words other than
// "and".
func stemArabic(norm string) string {
	s := norm
	for _, prefix := range [...]string{"وال", "بال", "كال", "فال", "لل", "ال"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok && len(rest) >= 6 {
			s = rest
			break
		}
	}
	if rest, ok := strings.CutPrefix(s, "و"); ok && len(rest) >= 6 {
		s = rest
	}
	for _, ending := range [...]string{"ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"} {
		if rest, ok := strings.CutSuffix(s, ending); ok && len(rest) >= 6 {
			return rest
		}
	}
	return s
}

func arabicMeasures() map[string]string {
	return unitsOf(map[string]string{
		"%":                "%|٪|في المئة|في المائة|بالمئة|بالمائة",
		"percentage point": "نقطة مئوية|نقاط مئوية",
		"usd":              "دولار|دولارا|دولارات",
		"eur":              "يورو",
		"gbp":              "جنيه إسترليني",
		"jpy":              "ين",
		"cny":              "يوان",
		"rub":              "روبل",
		"km":               "كيلومتر|كيلومترا|كيلومترات|كم",
		"m":                "متر|مترا|أمتار",
		"cm":               "سنتيمتر|سنتيمترا|سنتيمترات",
		"mile":             "ميل|ميلا|أميال",
		"km²":              "كيلومتر مربع|كيلومترا مربعا",
		"m²":               "متر مربع|مترا مربعا",
		"hectare":          "هكتار|هكتارا|هكتارات",
		"kg":               "كيلوغرام|كيلوغراما|كيلوغرامات|كيلوجرام|كيلوجراما|كغ",
		"gram":             "غرام|غراما|غرامات",
		"tonne":            "طن|طنا|أطنان",
		"litre":            "لتر|لترا|لترات|ليتر",
		"barrel":           "برميل|برميلا|براميل",
		"mw":               "ميغاواط",
		"gw":               "غيغاواط",
		"second":           "ثانية|ثوان|ثواني",
		"minute":           "دقيقة|دقائق",
		"hour":             "ساعة|ساعات",
		"day":              "يوم|يوما|أيام",
		"week":             "أسبوع|أسبوعا|أسابيع",
		"month":            "شهر|شهرا|أشهر|شهور",
		"year":             "سنة|سنوات|عام|عاما|أعوام",
		"decade":           "عقد|عقود",
		"century":          "قرن|قرون",
		"people":           "شخص|شخصا|أشخاص",
		"time":             "مرة|مرات",
		"degree":           "درجة|درجات",
		"°c":               "درجة مئوية|درجات مئوية",
	})
}

// arabicStops are function words, with what leans on them.
const arabicStops = `
في من على إلى عن مع أن إن أنه إنه أنها إنها أنهم إنهم لا لم لن ما ماذا من متى أين كيف كم هل لماذا هذا هذه ذلك تلك هؤلاء الذي التي الذين اللذين
اللاتي هو هي هم نحن أنا أنت أنتم كان كانت كانوا يكون تكون قد لقد و أو ثم بل لكن ولكن حتى كما كل بعض غير سوى بعد قبل بين عند عندما حين حيث
إذا لو إذ منذ خلال ضد نحو حول لدى أمام خلف فوق تحت دون بدون أي أية ليس ليست فقط أيضا جدا به بها بهم له لها لهم منه منها منهم عليه عليها عليهم
فيه فيها إليه إليها عنه عنها التى وفي ومن وعلى وإلى وعن وهو وهي وأن وإن ولا ولم وما فإن ولن وقد وكان وكانت بأن بأنه لأن كذلك هناك هنا أحد`

// arabicStarters begin sentences and no names.
const arabicStarters = `
أمس اليوم غدا الآن حاليا سابقا لاحقا أخيرا مؤخرا هكذا يذكر جدير`
