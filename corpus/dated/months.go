package dated

import (
	"strings"
	"time"
)

// months by their names in English, German, Spanish, French, Italian, Dutch,
// Portuguese, Russian, Ukrainian, Arabic (both sets) and Persian, with the short
// forms that feeds use.
var months = names(
	"january jan januar jänner jän enero ene janvier janv gennaio gen januari janeiro января январь янв січня یناير یناير ینایر کانونالثانی ژانویه",
	"february feb februar feber febrero février fevrier févr fév febbraio februari fevereiro fev февраля февраль фев лютого فبرایر شباط فوریه",
	"march mar märz maerz mär mrz marzo mars maart mrt março marco марта март мар березня مارس آذار اذار",
	"april apr abril abr avril avr aprile апреля апрель апр квітня ابریل أبریل نیسان آوریل",
	"may mai mayo maggio mag mei maio мая май травня مایو آیار أیار ایار مه می",
	"june jun juni junio juin giugno giu junho июня июнь июн червня یونیو یونیة حزیران ژوئن",
	"july jul juli julio juillet juil luglio lug julho июля июль июл липня یولیو یولیة تموز ژوئیه",
	"august aug agosto ago août aout augustus августа август авг серпня اغسطس أغسطس آب اوت",
	"september sept sep septiembre setiembre septembre settembre set setembro сентября сентябрь сен сент вересня سبتمبر أیلول ایلول سپتامبر",
	"october oct oktober okt octubre octobre ottobre ott outubro out октября октябрь окт жовтня اکتوبر أکتوبر اکتبر",
	"november nov noviembre novembre novembro ноября ноябрь ноя листопада نوفمبر نوامبر",
	"december dec dezember dez diciembre dic décembre decembre déc dicembre dezembro декабря декабрь дек грудня دیسمبر دسامبر",
)

// jalaliMonths by their names in Persian.
var jalaliMonths = names("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")

func names(lists ...string) map[string]time.Month {
	m := map[string]time.Month{}
	for i, list := range lists {
		for name := range strings.FieldsSeq(list) {
			m[name] = time.Month(i + 1)
		}
	}
	return m
}

// readJalali turns a day of the Persian calendar into ours.
func readJalali(year int, month time.Month, day int, rest string) (int, time.Month, int, string, bool) {
	if year < 1300 || year > 1500 || day < 1 || day > 31 || month > 6 && day > 30 {
		return 0, 0, 0, "", false
	}
	days := 31 * (int(month) - 1)
	if month > 7 {
		days -= int(month) - 7
	}
	at := nowruz(year).AddDate(0, 0, days+day-1)
	if !at.Before(nowruz(year + 1)) {
		return 0, 0, 0, "", false
	}
	return at.Year(), at.Month(), at.Day(), rest, true
}

// nowruz is the first day of a Persian year, by the 33-year cycle of leap years
// that agrees with the astronomical calendar from 1799 to 2256 (Borkowski 1996).
func nowruz(year int) time.Time {
	at := time.Date(1921, time.March, 21, 0, 0, 0, 0, time.UTC) // 1 Farvardin 1300
	days := 0
	for y := 1300; y < year; y++ {
		days += 365
		switch y % 33 {
		case 1, 5, 9, 13, 17, 22, 26, 30:
			days++
		}
	}
	return at.AddDate(0, 0, days)
}
