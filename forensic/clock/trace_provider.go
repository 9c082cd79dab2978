package clock

import (
	"strings"
	"time"
)

// gmail reads the ids of Google's servers: "k7mr271828pgl.31.1615734566535"
// ends in milliseconds, "k7si271828pfe.31.2021.03.14.08.09.26" in the
// Pacific wall clock. 1728 of 1748 and 517 of 519 lie within a minute of the
// stamp of their line.
func (l traceLine) gmail() (f found, ok bool) {
	first, rest, two := strings.Cut(l.id, ".")
	if !two || !gmailQueue(first) {
		return f, false
	}
	count, stamp, two := strings.Cut(rest, ".")
	if !two || len(count) > 4 || !allOf(count, isDec) {
		return f, false
	}
	f = found{software: "Gmail", clock: UTC, from: len(l.id) - len(stamp), to: len(l.id)}
	if len(stamp) == 13 && allOf(stamp, isDec) {
		f.rule, f.step = "x-received.gmail-ms", time.Millisecond
		f.at, ok = milliText(stamp)
		return f, ok
	}
	f.rule, f.step = "rcvd.gmail-ymd", time.Second
	wall, ok := gmailWall(stamp)
	if !ok {
		return f, false
	}
	f.at, ok = pacific(wall, l.t.Date.Time, l.t.Date.OK)
	return f, ok
}

// gmailQueue reports whether s is the first part of a Google id: letters and
// digits, often with the client's address behind a hyphen. Forged lines bring
// any text here but keep the old time, so no more is asked.
func gmailQueue(s string) bool {
	return len(s) >= 8 && allOf(s, func(c byte) bool { return isLowerOrDec(c) || c == '-' })
}

// gmailWall reads "2021.03.14.08.09.26".
func gmailWall(s string) (t time.Time, ok bool) {
	if len(s) != 19 {
		return t, false
	}
	var v [6]int
	for i, at := 0, 0; i < 6; i++ {
		n := 2
		if i == 0 {
			n = 4
		}
		d, ok := decimal(s[at : at+n])
		if !ok || at+n < len(s) && s[at+n] != '.' {
			return t, false
		}
		v[i], at = int(d), at+n+1
	}
	return civil(v[0], v[1], v[2], v[3], v[4], v[5])
}

// pacific turns a wall time of California into an instant. In the hour that
// comes twice in autumn the stamp decides which of the two is meant; without a
// stamp there is no saying. The hour that is left out in spring is no time.
func pacific(wall, stamp time.Time, stamped bool) (t time.Time, ok bool) {
	const winter, summer = 8 * time.Hour, 7 * time.Hour
	begin, end := pacificSummer(wall.Year())
	switch {
	case wall.Before(begin), !wall.Before(end):
		return wall.Add(winter), true
	case wall.Before(begin.Add(time.Hour)):
		return t, false
	case wall.Before(end.Add(-time.Hour)):
		return wall.Add(summer), true
	case !stamped:
		return t, false
	}
	if late := wall.Add(winter); late.Sub(stamp).Abs() < wall.Add(summer).Sub(stamp).Abs() {
		return late, true
	}
	return wall.Add(summer), true
}

// pacificSummer gives the wall times at which daylight saving begins and ends:
// since 2007 the second Sunday of March and the first of November, before that
// the first Sunday of April and the last of October, each at two o'clock.
func pacificSummer(year int) (begin, end time.Time) {
	if year >= 2007 {
		return sunday(year, time.March, 8), sunday(year, time.November, 1)
	}
	return sunday(year, time.April, 1), sunday(year, time.October, 25)
}

// sunday is two o'clock on the first Sunday from the given day on.
func sunday(year int, month time.Month, day int) time.Time {
	t := time.Date(year, month, day, 2, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, (7-int(t.Weekday()))%7)
}

// sendGrid reads "filterdrecv-0a1b2c3d4e-abcde-1-604E2726-1F" of SendGrid's
// filters and "filter0042p1las1-31337-604E2726-A" of their predecessors:
// hexadecimal seconds before the last part.
func (l traceLine) sendGrid() (f found, ok bool) {
	if !strings.HasPrefix(l.id, "filter") {
		return f, false
	}
	last := strings.LastIndexByte(l.id, '-')
	from := last - 8
	if from < 8 || l.id[from-1] != '-' || !allOf(l.id[from:last], isUpperHex) {
		return f, false
	}
	p := pattern{text: l.id[last+1:]}
	p.run(isUpperHex, 1, 4)
	if p.maybe("."); p.at < len(p.text) {
		p.run(isDec, 1, 3)
	}
	v, _ := hexUpper(l.id[from:last])
	return found{rule: "rcvd.sendgrid", software: "SendGrid", clock: UTC, at: ofUnix(v), step: time.Second, from: from, to: last}, p.end()
}

// momentum reads "1A/F0-31337-6272E406" of Momentum (ecelerity): the digits of
// hexadecimal seconds, the last one first.
func (l traceLine) momentum() (f found, ok bool) {
	p := pattern{text: l.id}
	p.run(isUpperHex, 2, 2)
	p.lit("/")
	p.run(isUpperHex, 2, 2)
	p.lit("-")
	p.run(isDec, 5, 7)
	p.lit("-")
	from := p.at
	seconds := p.run(isUpperHex, 8, 8)
	if !p.end() {
		return f, false
	}
	f = found{rule: "rcvd.momentum", software: "Momentum", clock: UTC, step: time.Second, from: from, to: p.at}
	f.at = ofUnix(reversedHex(seconds))
	return f, inWindow(f.at)
}

// reversedHex reads upper-case hexadecimal digits, the lowest first.
func reversedHex(s string) (v int64) {
	for i := len(s) - 1; i >= 0; i-- {
		d, _ := hexUpper(s[i : i+1])
		v = v<<4 | d
	}
	return v
}

// powerMTA reads PowerMTA's "h9ojic1a2b3c": after "h" five digits of base 32
// that count half seconds modulo 2^25, so the time is known up to a multiple
// of 194.18 days and the stamp tells which. 174 of 251 lie within a minute
// before their stamp and nearly all within hours, for the id is older than the
// delivery that writes the line.
func (l traceLine) powerMTA() (f found, ok bool) {
	const period = time.Second / 2 << 25
	if len(l.id) != 12 || l.id[0] != 'h' || !l.t.Date.OK {
		return f, false
	}
	for i := range 12 {
		if c := l.id[i]; !isDec(c) && (c < 'a' || c > 'v') {
			return f, false
		}
	}
	n, _ := digits(l.id[1:6], 32, false)
	at := ofMilli(n * 500)
	turns := (l.t.Date.Time.Sub(at) + period/2) / period
	at = at.Add(turns * period)
	f = found{rule: "rcvd.powermta", software: "PowerMTA", clock: Periodic, at: at, step: time.Second / 2, period: period, from: 1, to: 6}
	// Its own habit is to write the return path after the date; otherwise
	// twelve letters and digits of an unnamed host must fit the stamp.
	late := l.t.Spans.EnvelopeFrom.Start > l.t.Spans.Date.Start && l.t.Spans.EnvelopeFrom.Len() > 0
	return f, l.named() || late || l.close(at, 2*time.Hour)
}

// kumo reads the UUID without hyphens that KumoMTA uses as id. SLmail's, in
// upper case, count on from the start of the service and are no clock.
func (l traceLine) kumo() (f found, ok bool) {
	f = found{rule: "rcvd.kumomta-uuid1", software: "KumoMTA", clock: UTC, step: 100 * time.Nanosecond, to: 32}
	if len(l.id) != 32 {
		return f, false
	}
	f.at, ok = bareUUIDTime(l.id)
	return f, ok && allOf(l.id, isLowerHex) && (l.named() || l.close(f.at, time.Hour))
}

// dovecot reads the id of Dovecot's delivery by LMTP, "qCPxHyYnTmAaKwAA3q2+7w":
// base64 of 16 bytes, of which four are nanoseconds and four are seconds, the
// lowest byte first. Three of three real ones are the second of their stamp.
func (l traceLine) dovecot() (f found, ok bool) {
	id, _, _ := strings.Cut(l.id, ":") // "…:P1" for parts of one session
	if len(id) != 22 || !strings.Contains(l.t.Protocol.Name, "LMTP") && l.t.Product != "Dovecot" {
		return f, false
	}
	var b [16]byte
	bits, n := uint32(0), 0
	for i := range 21 { // 126 of the 128 bits: all that matter
		v := strings.IndexByte(base64Digits, id[i])
		if v < 0 {
			return f, false
		}
		if bits = bits<<6 | uint32(v); i%4 != 0 {
			b[n] = byte(bits >> (6 - i%4*2))
			n++
		}
	}
	ns, sec := littleEndian(b[:4]), littleEndian(b[4:8])
	f = found{rule: "rcvd.dovecot", software: "Dovecot", clock: UTC, at: time.Unix(sec, ns).UTC(), step: time.Microsecond, to: 22}
	return f, ns < 1e9 && ns%1000 == 0 && f.at.Year() >= 2009
}

func littleEndian(b []byte) (v int64) {
	for i := len(b) - 1; i >= 0; i-- {
		v = v<<8 | int64(b[i])
	}
	return v
}

// zoho reads "161573456653577.123456789012" of Zoho: milliseconds, and a
// random number glued to them.
func (l traceLine) zoho() (f found, ok bool) {
	number, fraction, ok := strings.Cut(l.id, ".")
	if !ok || len(number) < 14 || len(number) > 16 || len(fraction) < 6 || !allOf(number, isDec) || !allOf(fraction, isDec) {
		return f, false
	}
	f = found{rule: "rcvd.zoho", software: "Zoho", clock: UTC, step: time.Millisecond, to: 13}
	f.at, ok = milliText(number[:13])
	return f, ok && (strings.Contains(l.t.By, "zoho") || l.close(f.at, traceDay))
}
