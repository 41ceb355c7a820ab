package text

import "strings"

var persian = prepared(&Language{
	wordTables: wordTables{
		stops:    folded(persianStops),
		starters: folded(persianStarters),
		stem:     stemPersian,
	},
	sentenceTables: sentenceTables{
		abbreviations: followers(map[follower]string{anyFollows: "ه ش ق م ه.ش ه.ق ق.م", digitFollows: "ص ج"}),
		closers:       "\"'”’»)]",
		resumes:       "و ",
	},
	numberTables: numberTables{
		decimal: '.', group: ',',
		units: numbersOf(0, "صفر _ دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده|هیجده نوزده", 1,
			numbersOf(20, "بیست سی چهل پنجاه شصت هفتاد هشتاد نود", 10,
				numbersOf(100, "صد|یکصد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد", 100, nil))),
		lastUnits:    map[string]float64{lower("یک"): 1},
		sums:         true,
		thousandWord: "هزار",
		scales:       phrases(map[string]float64{"هزار": 1e3, "میلیون": 1e6, "میلیارد": 1e9, "تریلیون": 1e12}),
		bare:         folded("هزار"),
		articles:     folded("یک"),
		part:         phrases(map[string]float64{"سوم": 1. / 3, "چهارم": .25, "پنجم": .2, "ششم": 1. / 6, "هشتم": 1. / 8, "دهم": .1}),
		parts:        phrases(map[string]float64{"سوم": 1. / 3, "چهارم": .25, "پنجم": .2, "ششم": 1. / 6, "هشتم": 1. / 8, "دهم": .1}),
		shares: phrases(map[string]float64{
			"نصف|نیمی|نیم": .5, "ثلث|یک‌سوم": 1. / 3, "ربع|یک‌چهارم": .25, "یک‌پنجم": .2, "دوسوم|دو‌سوم": 2. / 3, "سه‌چهارم": .75,
		}),
		and: folded("و"), to: folded("تا"), between: folded("بین میان"),
		measures:   persianMeasures(),
		currencies: currencies,
		dollars:    dollars,
	},
	dateTables: dateTables{
		months: phrases(map[string]int{
			"ژانویه": 1, "فوریه": 2, "مارس": 3, "آوریل|آپریل": 4, "مه|می": 5, "ژوئن|جون": 6, "ژوئیه|ژوییه|جولای": 7, "اوت|آگوست|اگست": 8,
			"سپتامبر": 9, "اکتبر": 10, "نوامبر": 11, "دسامبر": 12,
		}),
		smallMonths: true,
		solarMonths: phrases(map[string]int{
			"فروردین": 1, "اردیبهشت": 2, "خرداد": 3, "تیر": 4, "مرداد|امرداد": 5, "شهریور": 6, "مهر": 7, "آبان": 8, "آذر": 9, "دی": 10,
			"بهمن": 11, "اسفند": 12,
		}),
		weekdays: phrases(map[string]int{
			"یکشنبه|یک شنبه": 0, "دوشنبه|دو شنبه": 1, "سه‌شنبه|سه شنبه": 2, "چهارشنبه|چهار شنبه": 3, "پنجشنبه|پنج شنبه": 4, "جمعه": 5, "شنبه": 6,
		}),
		days: phrases(map[string]string{
			"امروز|امشب|امروز صبح": "today", "دیروز|دیشب|شب گذشته": "yesterday", "فردا": "tomorrow", "پریروز": "2 day ago", "پس‌فردا": "2 day ahead",
			"امسال": "this solaryear", "پارسال": "last solaryear",
		}),
		dayWords: phrases(map[string]int{
			"اول|یکم": 1, "دوم": 2, "سوم": 3, "چهارم": 4, "پنجم": 5, "ششم": 6, "هفتم": 7, "هشتم": 8, "نهم": 9, "دهم": 10, "یازدهم": 11,
			"دوازدهم": 12, "سیزدهم": 13, "چهاردهم": 14, "پانزدهم": 15, "شانزدهم": 16, "هفدهم": 17, "هجدهم": 18, "نوزدهم": 19, "بیستم": 20, "سی‌ام": 30,
		}),
		ordinals:      phrases(map[string]int{"اول": 1, "دوم": 2, "سوم": 3, "چهارم": 4}),
		periods:       phrases(map[string]string{"این": "this"}),
		periodsBehind: phrases(map[string]string{"گذشته|قبل|پیش|اخیر": "last", "آینده|بعد|آتی": "next", "جاری": "this"}),
		spans:         phrases(map[string]string{"هفته|هفتهٔ|هفته‌ی": "week", "ماه": "solarmonth", "سال": "solaryear"}),
		links:         folded("، ,"),
		agoBehind:     folded("پیش قبل"),
		yearCues:      folded("سال"),
		doubtful:      folded("دی مهر تیر آذر آبان بهمن می مه اوت"),
		cues:          folded("سال سال‌های در از تا ماه اواخر اوایل اواسط پایان آغاز"),
	},
	nameTables: nameTables{
		otherNames: neighbourName,
		neighbourTables: neighbourTables{
			titles:  folded("آقای خانم دکتر مهندس پروفسور استاد رئیس‌جمهور رئیس‌جمهوری رییس‌جمهور جمهور نخست‌وزیر صدراعظم وزیر شهردار استاندار ژنرال سرهنگ سرلشکر سردار سرتیپ آیت‌الله حجت‌الاسلام ملکه شاهزاده پادشاه سناتور قاضی کاپیتان ناخدا شادروان"),
			offices: folded("خارجه دفاع کشور اقتصاد دارایی نفت کشاورزی بهداشت آموزش پرورش کار علوم دادگستری نیرو ارشاد امور راه ورزش اطلاعات سابق اسبق پیشین وقت منتخب"),
			kinds:   folded("شهر استان شهرستان روستای جزیره بندر رود رودخانه کوه دریای خلیج روزنامه خبرگزاری شبکه مجله هفته‌نامه پایگاه شرکت بانک"),
			states: folded(`ایران آلمان فرانسه روسیه چین ژاپن هند ترکیه عراق سوریه لبنان مصر عربستان قطر امارات عمان کویت بحرین یمن افغانستان پاکستان
				اسرائیل فلسطین آمریکا امریکا بریتانیا انگلیس ایتالیا اسپانیا اوکراین لهستان اتریش سوئیس سوئد نروژ فنلاند دانمارک هلند بلژیک یونان پرتغال
				کانادا مکزیک برزیل آرژانتین استرالیا آذربایجان ارمنستان گرجستان تاجیکستان ازبکستان اروپا آسیا تهران مسکو پکن لندن برلین پاریس واشنگتن بغداد دمشق`),
			sayings: folded("گفت گفته می‌گوید افزود اعلام نوشت پاسخ تأکید گفتند"),
			plain: folded(`ماهیگیر ماهیگیران سخنگو سخنگوی مقام پلیس دولت مردم شهردار زن مرد کودک خبرنگار شاهد منبع مسئول رئیس دادگاه شورا گزارش بندر
				بندری آمدند رفتند رفت آمد گذاشت گذاشتند داد دادند کرد کردند بود بودند شد شدند دارد دارند است زندگی دیدار سفر نامه خانه راه قایق کشتی
				دریا جنگ صلح نفت آب برق پول کار روز شب صبح عصر تعطیل بزرگی خصوصی بین‌المللی خارجی مهم جدید بزرگ کوچک بسته باز یکی دیگر محلی ملی دولتی قدیمی مرکزی اصلی پیر جوان گروه سازمان
				اتحادیه اتحادیۀ صاحب مالک مدیر عامل معاون نماینده سفیر فرمانده`),
			plurals: []string{lower("ها"), lower("های"), lower("هایی"), lower("ند"), lower("ترین")},
		},
	},
})

// stemPersian takes off the endings of plurals, of comparison and of the perfect,
// and the signs of the present tense.
func stemPersian(norm string) string {
	s := norm
	for _, prefix := range [...]string{"نمي", "مي"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok && len(rest) >= 6 {
			s = rest
			break
		}
	}
	for _, ending := range [...]string{"هايي", "هاي", "ها", "ترين", "تر", "اند", "ان"} {
		if rest, ok := strings.CutSuffix(s, ending); ok && len(rest) >= 6 {
			return rest
		}
	}
	return s
}

func persianMeasures() map[string]string {
	return unitsOf(map[string]string{
		"%":                "%|٪|درصد",
		"percentage point": "واحد درصد",
		"usd":              "دلار",
		"eur":              "یورو",
		"gbp":              "پوند",
		"jpy":              "ین",
		"cny":              "یوان",
		"rub":              "روبل",
		"toman":            "تومان",
		"rial":             "ریال",
		"km":               "کیلومتر",
		"m":                "متر",
		"cm":               "سانتی‌متر|سانتیمتر",
		"mm":               "میلی‌متر|میلیمتر",
		"mile":             "مایل",
		"km²":              "کیلومتر مربع",
		"m²":               "متر مربع|مترمربع",
		"hectare":          "هکتار",
		"kg":               "کیلوگرم|کیلو",
		"gram":             "گرم",
		"litre":            "لیتر",
		"barrel":           "بشکه",
		"mw":               "مگاوات",
		"gw":               "گیگاوات",
		"second":           "ثانیه",
		"minute":           "دقیقه",
		"hour":             "ساعت",
		"day":              "روز",
		"week":             "هفته",
		"month":            "ماه",
		"year":             "سال",
		"decade":           "دهه",
		"century":          "قرن",
		"people":           "نفر",
		"time":             "بار",
		"degree":           "درجه",
		"°c":               "درجه سانتیگراد|درجه سلسیوس",
	})
}

// persianStops are function words.
const persianStops = `
از به با در که را این آن و یا تا بر برای است هست بود شد می نمی هم نیز اما ولی اگر چون زیرا پس نه چه چرا کجا کی کدام چگونه چند هر همه هیچ
من تو او ما شما آنها ایشان وی خود خویش یک باید شاید بوده شده می‌شود می‌شوند شود شوند کند کنند کرده دارد دارند داشت باشد باشند خواهد خواهند
است نیست بدون طی پیش پس روی زیر میان بین درباره علیه سوی توسط همچنین بلکه آیا ای های ها هایی تر ترین دیگر همین همان چنین آنان اینکه آنکه
بودند شدند کرد کردند نمی‌شود سپس بعد هنوز فقط حتی بسیار خیلی برخی بعضی چیزی کسی هیچ‌کس اینجا آنجا`

// persianStarters begin sentences and no names.
const persianStarters = `
دیروز امروز فردا پریروز اکنون حالا قبلا بعدا اخیرا سرانجام بالاخره همزمان گزارش`
