package text

import "strings"

// germanUnits are the numbers below 20. "Ein" is an article, so it is none by
// itself.
var germanUnits = map[string]float64{
	"null": 0, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
	"neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
	"siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}

var germanTens = [...]string{"zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"}

// germanSmall are the numbers below 100 as they stand within a word.
var germanSmall = func() map[string]float64 {
	m := map[string]float64{"ein": 1}
	for word, n := range germanUnits {
		m[word] = n
	}
	delete(m, "null")
	for n := 20; n < 100; n++ {
		m[germanBelow100(n)] = float64(n)
	}
	for word, n := range m {
		if s := strings.ReplaceAll(word, "dreißig", "dreissig"); s != word {
			m[s] = n
		}
	}
	return m
}()

// germanBelow100 spells a number from 1 to 99 as it stands within a word.
func germanBelow100(n int) string {
	small := [...]string{
		"", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn",
		"vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
	}
	switch {
	case n < len(small):
		return small[n]
	case n%10 == 0:
		return germanTens[n/10-2]
	}
	return small[n%10] + "und" + germanTens[n/10-2]
}

// germanNumber reads a number below a million that is written as one word:
// "einundzwanzig", "dreihundertfünf", "zweitausend". The articles and the words
// for 100 and 1000 alone are none.
func germanNumber(low string) (float64, bool) {
	if low == "ein" || low == "hundert" || low == "tausend" {
		return 0, false
	}
	head, tail, ok := strings.Cut(low, "tausend")
	if !ok {
		return germanBelow1000(low)
	}
	thousands, rest := 1., 0.
	if head != "" {
		if thousands, ok = germanBelow1000(head); !ok {
			return 0, false
		}
	}
	if tail = strings.TrimPrefix(tail, "und"); tail != "" {
		if rest, ok = germanBelow1000(tail); !ok {
			return 0, false
		}
	}
	return thousands*1000 + rest, true
}

// germanBelow1000 reads "dreihundertfünf" and "hundert".
func germanBelow1000(word string) (float64, bool) {
	head, tail, ok := strings.Cut(word, "hundert")
	if !ok {
		v, ok := germanSmall[word]
		return v, ok
	}
	hundreds, rest := 1., 0.
	if head != "" {
		if hundreds, ok = germanSmall[head]; !ok || hundreds > 19 {
			return 0, false
		}
	}
	if tail = strings.TrimPrefix(tail, "und"); tail != "" {
		if rest, ok = germanSmall[tail]; !ok {
			return 0, false
		}
	}
	return hundreds*100 + rest, true
}
