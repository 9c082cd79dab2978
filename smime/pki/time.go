package pki

import (
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// readTime reads a Time (RFC 5280 4.1.2.5); ok is false when s stands before
// something else. A time that says nothing is zero, and noted.
func readTime(s *cryptobyte.String, p *problems) (t time.Time, ok bool) {
	var body cryptobyte.String
	var tag asn1.Tag
	if !s.PeekASN1Tag(asn1.UTCTime) && !s.PeekASN1Tag(asn1.GeneralizedTime) || !s.ReadAnyASN1(&body, &tag) {
		return t, false
	}
	return timeOf(string(body), tag == asn1.UTCTime, p), true
}

// readMoment reads a GeneralizedTime of OCSP, where no other type is allowed
// (RFC 6960 4.2.2.1).
func readMoment(s *cryptobyte.String, p *problems) (t time.Time, ok bool) {
	var form problems
	t, ok = readTime(s, &form)
	if form.has("time-unreadable") {
		p.add("time-unreadable", "RFC 6960 4.2.2.1", form[0].Detail)
	}
	return t, ok
}

func timeOf(text string, utc bool, p *problems) time.Time {
	const clause = "RFC 5280 4.1.2.5"
	t, exact, ok := parseTime(text, utc)
	switch {
	case !ok:
		p.add("time-unreadable", clause, "no time: "+quote(text))
		return time.Time{}
	case !exact:
		p.add("time-form", clause, "not in the form that DER demands: "+quote(text))
	case !utc && t.Year() < 2050:
		p.add("time-form", clause, "GeneralizedTime for a year before 2050: "+quote(text))
	}
	return t
}

// parseTime reads the digits of a time. exact is false for forms of X.680 that
// RFC 5280 4.1.2.5.1 and 4.1.2.5.2 rule out: no seconds, fractions, offsets.
func parseTime(s string, utc bool) (t time.Time, exact, ok bool) {
	year := 4
	if utc {
		year = 2
	}
	var field [6]int // year, month, day, hour, minute, second
	given := 0
	for i := range field {
		width := 2
		if i == 0 {
			width = year
		}
		n, rest, ok := digits(s, width)
		if !ok {
			break
		}
		field[i], s, given = n, rest, i+1
	}
	if given < 4 || utc && given < 5 {
		return t, false, false
	}
	if utc && field[0] < 50 { // RFC 5280 4.1.2.5.1
		field[0] += 2000
	} else if utc {
		field[0] += 1900
	}
	s, fraction := cutFraction(s)
	offset, exactZone, ok := parseZone(s)
	t = time.Date(field[0], time.Month(field[1]), field[2], field[3], field[4], field[5], 0, time.UTC)
	if !ok || t.Month() != time.Month(field[1]) || t.Day() != field[2] || field[3] > 23 || field[4] > 59 || field[5] > 59 {
		return time.Time{}, false, false
	}
	return t.Add(-offset), given == 6 && !fraction && exactZone, true
}

// digits cuts a number of the given width from the head of s.
func digits(s string, width int) (n int, rest string, ok bool) {
	if len(s) < width {
		return 0, s, false
	}
	for i := range width {
		if s[i] < '0' || s[i] > '9' {
			return 0, s, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s[width:], true
}

// cutFraction drops fractions of the last unit: less than what counts here.
func cutFraction(s string) (rest string, found bool) {
	if s == "" || s[0] != '.' && s[0] != ',' {
		return s, false
	}
	i := 1
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[i:], true
}

// parseZone reads what follows the digits. Local time of nobody knows where,
// which X.680 allows, is taken for UTC.
func parseZone(s string) (offset time.Duration, exact, ok bool) {
	switch {
	case s == "Z":
		return 0, true, true
	case s == "":
		return 0, false, true
	case s[0] != '+' && s[0] != '-':
		return 0, false, false
	}
	h, rest, ok := digits(s[1:], 2)
	m, tail, hasMinutes := digits(rest, 2)
	if !ok || !hasMinutes && rest != "" || tail != "" || h > 23 || m > 59 {
		return 0, false, false
	}
	offset = time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if s[0] == '-' {
		offset = -offset
	}
	return offset, false, true
}
