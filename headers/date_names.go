package headers

import "bytes"

var dateWeekdays = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

var dateMonths = [...]string{"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

// weekdayName takes an English day name, three letters or more of it.
func (p *dateParser) weekdayName(word []byte) bool {
	day := datePrefix(dateWeekdays[:], word)
	if day < 0 || p.timeTok >= 0 && p.haveDate() {
		return false
	}
	p.weekdayTok, p.weekday = p.i, day
	return true
}

// takeMonth takes a month name. A second one is a contradiction, except that
// "mar" before every number is Tuesday in Spanish and Italian.
func (p *dateParser) takeMonth(month int) bool {
	if p.monthTok >= 0 {
		first := p.numCount == 0 || p.monthTok < p.nums[0]
		if p.weekdayTok >= 0 || !first || !dateEqual(p.word(p.monthTok), "mar") {
			return p.stop("two months")
		}
		p.weekdayTok, p.weekday = p.monthTok, dateForeignDay
	}
	p.monthTok, p.month = p.i, month
	return p.take(1)
}

// dateMonth gives 1 to 12, or 0 for a word that is no month.
func dateMonth(word []byte) int {
	if m := datePrefix(dateMonths[:], word); m >= 0 {
		return m + 1
	}
	return dateForeignMonth(word)
}

// datePrefix finds the English name that word begins with three letters or
// more of, in any case (RFC 5234 2.3: literals of a grammar have no case).
func datePrefix(names []string, word []byte) int {
	if len(word) < 3 {
		return -1
	}
	for i, name := range names {
		if len(word) <= len(name) && dateEqual(word, name[:len(word)]) {
			return i
		}
	}
	return -1
}

// dateForeignMonth knows the month names and short forms of German, French,
// Spanish, Portuguese, Italian and Dutch that English does not share, in
// UTF-8 and in Latin-1.
// QUIRK: RFC 5322 3.3 has English names only; seen from MailMarshal (a
// Portuguese "29 Abril 2015") and from webmail scripts.
func dateForeignMonth(word []byte) int {
	var buf [12]byte
	if len(word) > len(buf) {
		return 0
	}
	lower := buf[:copy(buf[:], word)]
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c | 0x20
		}
	}
	switch string(lower) {
	case "jän", "j\xe4n", "jänner", "j\xe4nner", "januari", "janv", "janvier", "ene", "enero", "janeiro", "gen", "gennaio":
		return 1
	case "févr", "f\xe9vr", "février", "f\xe9vrier", "fevr", "fevrier", "febrero", "fev", "fevereiro", "febbraio", "februari":
		return 2
	case "mär", "m\xe4r", "mrz", "märz", "m\xe4rz", "maerz", "mars", "marzo", "março", "mar\xe7o", "marco", "maart", "mrt":
		return 3
	case "avr", "avril", "abr", "abril", "aprile":
		return 4
	case "mai", "mayo", "maio", "mag", "maggio", "mei":
		return 5
	case "juin", "juni", "junio", "junho", "giu", "giugno":
		return 6
	case "juil", "juillet", "juli", "julio", "julho", "lug", "luglio":
		return 7
	case "août", "ao\xfbt", "aout", "ago", "agosto", "augustus":
		return 8
	case "septembre", "septiembre", "setembro", "set", "sett", "settembre":
		return 9
	case "okt", "oktober", "octobre", "octubre", "out", "outubro", "ott", "ottobre":
		return 10
	case "novembre", "noviembre", "novembro":
		return 11
	case "dez", "dezember", "déc", "d\xe9c", "décembre", "d\xe9cembre", "decembre", "dic", "diciembre", "dicembre", "dezembro":
		return 12
	}
	return 0
}

// dateEqual compares without regard to ASCII case and without allocating.
func dateEqual(word []byte, name string) bool {
	if len(word) != len(name) {
		return false
	}
	for i, c := range word {
		if c != name[i] && (c|0x20 != name[i]|0x20 || !dateIsLetter(c) || c >= 0x80) {
			return false
		}
	}
	return true
}

func dateIsUpper(word []byte) bool {
	return bytes.IndexFunc(word, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}
