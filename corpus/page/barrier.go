package page

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

const (
	// minText is the length from which a text is an article, in characters; a sign
	// of Chinese counts three.
	minText = 150
	// teaser is the length up to which the text of a page with a paywall is only
	// the beginning; longer ones are whole, shown to whoever does not run scripts.
	teaser = 1500
)

var (
	offers = regexp.MustCompile(`(?i)subscribe (?:now )?to (?:continue|keep|read)|(?:subscribe|sign up|register|log in) to (?:continue|keep) reading|` +
		`(?:for|to|exclusive(?:ly)? (?:for|to)) subscribers only|already a subscriber|this (?:article|story|content) is (?:for|only for|reserved for) (?:our )?(?:subscribers|members)|` +
		`to (?:continue|keep) reading,? (?:please )?(?:subscribe|log in|sign in|register)|unlock this article|start your (?:free )?trial|` +
		`weiterlesen mit|jetzt weiterlesen|mit (?:dem )?digital-?abo|bereits (?:ein )?abo(?:nnent)?|nur für abonnenten|exklusiv für abonnenten|` +
		`solo para suscriptores|exclusivo para suscriptores|suscr[ií]bete para|ya (?:eres|soy) suscriptor|` +
		`réservé aux abonnés|abonnez-vous pour|riservato agli abbonati|` +
		`только (?:для подписчиков|подписчикам)|оформите подписку|доступ(?:ен|но) только подписчикам|` +
		`ویژه مشترکان|للمشتركين فقط|订阅后阅读|仅限订阅|付费阅读`)
	consents = regexp.MustCompile(`(?i)cookies?|consent|privacy|personali[sz]ed ad|our (?:\d+ )?partners|zustimmung|einwilligung|datenschutz|` +
		`consentimiento|privacidad|согласи|конфиденциальност|کوکی|موافقة|ملفات تعريف الارتباط|隐私|同意`)
	robots = regexp.MustCompile(`(?i)enable javascript and cookies|checking (?:if the site connection is secure|your browser)|` +
		`verify (?:that )?you are (?:a )?human|are you a robot|unusual traffic|complete(?:ing)? the (?:security check|captcha)|` +
		`please enable (?:js|javascript)|access (?:to this page has been )?denied|attention required`)
	// ends are the ends of sentences: a list of titles has none.
	ends    = regexp.MustCompile(`[.!?…。！？؟۔]`)
	missing = regexp.MustCompile(`(?i)\b404\b|page (?:was )?not found|seite (?:wurde )?nicht gefunden|página no encontrada|страница не найдена|صفحه (?:مورد نظر )?یافت نشد|页面不存在`)
)

// barrier is why the page is no article; nil if it is one.
func (r *reader) barrier(title, text string) error {
	size := weight(text)
	isArticle := len(r.articles()) > 0 || first(r.metas["og:type"]) == "article"
	switch {
	case size < teaser && robots.MatchString(r.shown) && !isArticle:
		return ErrConsent
	case size < teaser && !isArticle && share(consents, r.shown) >= consentShare && (size < minText || share(consents, text) >= consentShare):
		return ErrConsent
	case size < teaser && (r.isNotFree() || offers.MatchString(r.shown)):
		return ErrPaywall
	case size < minText || len(ends.FindAllStringIndex(text, 2)) < 2 || missing.MatchString(title) && !isArticle:
		return ErrNoArticle
	case !isArticle && (r.address.Path == "" || r.address.Path == "/") && r.address.RawQuery == "" && r.address.Host != "":
		return ErrNoArticle
	}
	return nil
}

// consentShare is how many words about consent a page of questions about it has,
// in a thousand bytes. The pages in testdata have 8 and more, an article about
// cookies has 3.
const consentShare = 6

// share counts the matches in a thousand bytes, 0 for less than three.
func share(pattern *regexp.Regexp, s string) float64 {
	n := len(pattern.FindAllStringIndex(s, -1))
	if n < 3 {
		return 0
	}
	return float64(n) * 1000 / float64(len(s))
}

// visible is what a page shows, forms included, up to a bound: barriers are
// short.
func visible(tree *html.Node) string {
	var b strings.Builder
	for n := range tree.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" {
			b.WriteString(n.Data)
			b.WriteByte('\n')
		}
		if b.Len() > maxShown {
			break
		}
	}
	return b.String()
}

const maxShown = 20 << 10

// isNotFree reports whether the page says so to programs.
func (r *reader) isNotFree() bool {
	for _, a := range r.articles() {
		switch v := a["isAccessibleForFree"].(type) {
		case bool:
			return !v
		case string:
			return strings.EqualFold(v, "false")
		}
	}
	tier := strings.ToLower(first(r.metas["article:content_tier"]))
	return tier == "locked" || tier == "metered"
}

// weight is the length of a text in characters, a sign of Chinese counted three.
func weight(s string) int {
	n := 0
	for _, c := range s {
		n++
		if unicode.Is(unicode.Han, c) {
			n += 2
		}
	}
	return n
}
