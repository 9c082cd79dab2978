package headers

import "time"

// dateZones holds a location for each quarter of an hour that a place on
// Earth uses, so that an ordinary date allocates none.
var dateZones = func() (zones [105]*time.Location) {
	for i := range zones {
		zones[i] = time.FixedZone("", (i-48)*900)
	}
	return zones
}()

// dateIsOnEarth reports whether a place on Earth uses the offset: -12:00 to
// +14:00 in quarters of an hour.
func dateIsOnEarth(offset int) bool {
	return -12*3600 <= offset && offset <= 14*3600 && offset%900 == 0
}

func dateLocation(offset int) *time.Location {
	if dateIsOnEarth(offset) {
		return dateZones[offset/900+48]
	}
	return time.FixedZone("", offset)
}

// sign reads a zone, or passes over the hyphen of 17-Jan-2002.
func (p *dateParser) sign() bool {
	next := p.tok(p.i + 1)
	switch {
	case p.zoneTok >= 0 && !p.zoneNamed:
		return p.odd()
	case p.monthTok >= 0 && p.monthTok == p.i-1 && p.tok(p.i).glued:
		return p.skip()
	case p.timeTok >= 0 && next.kind == dateNum && (next.glued || p.isLooseZone()):
		return p.readZone()
	case p.timeTok >= 0 && next.glued && next.kind == dateMark && p.num(p.i+2) && (p.is(p.i+1, '+') || p.is(p.i+1, '-')):
		// QUIRK: "+-0500", seen in spam; which of the two signs holds?
		return p.unknownZone(3, "two signs before the zone")
	case !p.haveDate() || p.timeTok >= 0 || !next.glued:
		return p.signAside()
	case p.tok(p.i).glued || next.digits() == 4 && !p.is(p.i+2, ':'):
		return p.readZone() // a date with a zone but no time of day
	}
	return p.odd()
}

// isLooseZone: "- 0500", a blank between the sign and four digits.
func (p *dateParser) isLooseZone() bool {
	return p.haveDate() && p.tok(p.i+1).digits() == 4 && p.tok(p.i+2).kind == dateEnd
}

// signAside passes over a sign that is a hyphen, and ends the date at a sign
// that stands alone behind a complete one.
func (p *dateParser) signAside() bool {
	if p.haveDate() && p.timeTok >= 0 {
		return false
	}
	return p.skip()
}

// readZone reads a sign with its number.
func (p *dateParser) readZone() bool {
	num := p.tok(p.i + 1)
	hour, minute, n := p.valueAt(p.i+1), 0, 2
	switch num.digits() {
	case 1, 2:
		if p.is(p.i+2, ':') && p.tok(p.i+2).glued && p.num(p.i+3) && p.tok(p.i+3).digits() == 2 {
			minute, n = p.valueAt(p.i+3), 4
		}
	case 3, 4:
		hour, minute = hour/100, hour%100
	default:
		return p.unknownZone(2, "zone of more than four digits")
	}
	if minute > 59 {
		return p.reject(dateRange("zone minute", minute))
	}
	if n == 2 && num.digits() < 3 && p.tok(p.i+2).glued && !p.endsZoneName(p.i+2) {
		return p.unknownZone(3, "zone cut short") // "+0=" of a cut quoted-printable line
	}
	if p.zoneNamed && p.tok(p.i).glued && num.digits() < 3 && n == 2 && !dateIsUniversal(p.word(p.zoneEnd)) {
		// EST+5 in the way of POSIX would be west of Greenwich.
		return p.unknownZone(2, "name and number contradict each other")
	}
	p.offset = hour*3600 + minute*60
	if p.is(p.i, '-') {
		p.offset = -p.offset
	}
	p.setZone(n, num.glued && num.digits() == 4 || p.iso && n == 4)
	return true
}

// setZone notes a zone of n tokens whose offset is p.offset.
func (p *dateParser) setZone(n int, usualForm bool) {
	nothing := p.offset == 0 && p.is(p.i, '-') && !(p.zoneNamed && p.tok(p.i).glued)
	named := p.zoneNamed
	p.claimZone(n)
	p.d.Zone = ZoneStated
	if named {
		p.dropDefect("date.zone-obsolete", "date.zone-unknown")
	}
	if nothing {
		p.d.Zone = ZoneUnknown // -0000, RFC 5322 3.3
	}
	if named || !usualForm {
		// QUIRK: RFC 5322 3.3 has a sign and four digits, and no name before.
		p.defectAt("date.zone-form", p.zoneTok, p.zoneEnd, "zone not written as sign and four digits")
	}
	if !dateIsOnEarth(p.offset) {
		p.defectAt("date.zone-unusual", p.zoneTok, p.zoneEnd, "an offset that no place on Earth uses")
	}
}

// claimZone makes n tokens the zone, together with a name glued to them.
func (p *dateParser) claimZone(n int) {
	if !p.zoneNamed || !p.tok(p.i).glued {
		p.zoneTok = p.i
	}
	p.zoneEnd, p.zoneNamed = p.i+n-1, false
	p.take(n)
}

// unknownZone takes n tokens that stand where the zone does and give no
// offset.
func (p *dateParser) unknownZone(n int, detail string) bool {
	p.claimZone(n)
	p.dropDefect("date.zone-obsolete", "date.zone-unknown")
	p.d.Zone, p.offset = ZoneUnknown, 0
	p.defectAt("date.zone-unknown", p.zoneTok, p.zoneEnd, detail)
	return true
}

// dropDefect takes back what was said of a zone name before its number came.
func (p *dateParser) dropDefect(codes ...string) {
	kept := p.d.Defects[:0]
	for _, d := range p.d.Defects {
		if d.Code != codes[0] && d.Code != codes[1] {
			kept = append(kept, d)
		}
	}
	p.d.Defects = kept
}

const dateObsoleteZone = "a zone name of RFC 822"

// zoneName takes a zone written as a name; p.zoneNamed lets a number that
// follows win over it ("EST -0500").
func (p *dateParser) zoneName(word []byte) bool {
	if p.iso && dateEqual(word, "z") {
		p.zoneTok, p.zoneEnd = p.i, p.i
		p.d.Zone = ZoneStated // ISO 8601: UTC
		return p.take(1)
	}
	if offset, ok := dateZoneOffset(word); ok {
		p.zoneTok, p.zoneEnd, p.zoneNamed = p.i, p.i, true
		p.d.Zone, p.offset = ZoneStated, offset
		p.defectAt("date.zone-obsolete", p.i, p.i, dateObsoleteZone)
		return p.take(1)
	}
	n := p.zonePhrase(word)
	if n == 0 {
		return false
	}
	p.unknownZone(n, "a zone name that RFC 5322 does not define")
	p.zoneNamed = true
	return true
}

// zonePhrase counts the tokens of a zone name that has no meaning in RFC
// 5322: one letter (RFC 822's military zones had the sign wrong, RFC 5322
// 4.3), capitals, capitals and "DST", words up to "Time", or a short word
// that ends the value.
func (p *dateParser) zonePhrase(word []byte) int {
	for n := 1; n < 5 && p.tok(p.i+n).kind == dateWord; n++ {
		if dateEqual(p.word(p.i+n), "time") {
			return n + 1
		}
	}
	next := p.tok(p.i + 1)
	switch {
	case len(word) > 6 || next.glued && !p.endsZoneName(p.i+1) || word[0] >= 0x80:
		return 0
	case dateEqual(p.word(p.i+1), "dst"):
		return 2
	case len(word) == 1 || dateIsUpper(word) || p.endsValue(p.i+1):
		return 1
	}
	return 0
}

// endsZoneName: what may be glued to a zone name; "version=2.40" is none.
func (p *dateParser) endsZoneName(i int) bool {
	switch p.text[p.tok(i).start] {
	case '+', '-', '.', '"', '\'', '<', '>':
		return p.tok(i).kind == dateMark
	case ',', ';':
		return p.haveDate() // "16:21:07 SEG, 22 Dez 2014" has a day there
	}
	return false
}

// endsValue: nothing follows, or a year that is still missing.
func (p *dateParser) endsValue(i int) bool {
	if !p.haveDate() && p.tok(i).digits() == 4 && p.num(i) {
		return true
	}
	return i >= p.n && !p.cut
}

// dateZoneOffset gives the offset of a name that RFC 5322 4.3 defines; UTC,
// which it does not, is in wide use and means nothing else.
func dateZoneOffset(word []byte) (seconds int, ok bool) {
	if dateIsUniversal(word) {
		return 0, true
	}
	if len(word) != 3 || word[2]|0x20 != 't' {
		return 0, false
	}
	hours := 0
	switch word[0] | 0x20 {
	case 'e':
		hours = -5
	case 'c':
		hours = -6
	case 'm':
		hours = -7
	case 'p':
		hours = -8
	default:
		return 0, false
	}
	switch word[1] | 0x20 {
	case 's':
		return hours * 3600, true
	case 'd':
		return (hours + 1) * 3600, true
	}
	return 0, false
}

func dateIsUniversal(word []byte) bool {
	return dateEqual(word, "gmt") || dateEqual(word, "utc") || dateEqual(word, "ut")
}
