package clock

import (
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// sendmailDigits are the base 60 digits of sendmail's queue ids.
const sendmailDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"

// sendmail reads the queue id of sendmail 8.10 and later, "12EF9Qx31337" or
// "12EF9QQx031337": one character each for year, month, day, hour, minute and
// second in UTC, one or two of a sequence, the process. 10,233 of 10,330 real
// ones lie within a minute of their line's stamp.
//
// From a line that does not say "sendmail" an id is taken when it could hardly
// be another one's: not of digits alone, nor of the shorter form, unless its
// time is that of the stamp.
func (l traceLine) sendmail() (f found, ok bool) {
	at, ok := sendmailTime(l.id)
	if !ok {
		return f, false
	}
	if at.Year() < 1998 && !l.close(at, traceDay) { // 8.10 was not made yet
		return f, false
	}
	weak := len(l.id) < 14 || allOf(l.id, isDec) || allOf(l.id, isUpperHex) || allOf(l.id, isLowerHex)
	if !l.named() && weak && !l.close(at, traceDay) {
		return f, false
	}
	return found{rule: "rcvd.sendmail", software: "sendmail", clock: UTC, at: at, step: time.Second, to: len(l.id)}, true
}

// sendmailHour reads the queue id of sendmail up to 8.9, "PAA02718": the hour as
// a letter, in the server's zone (2,772 of 2,794 real ones are the stamp's own
// hour), and no day. It is known modulo a day only, so the stamp lends the day.
func (l traceLine) sendmailHour() (f found, ok bool) {
	id, stamp := l.id, l.t.Date
	if len(id) != 8 || l.t.Product != "sendmail" || !allOf(id[3:], isDec) || !allOf(id[:3], isUpperOrDec) || id[0] < 'A' || id[0] > 'X' ||
		id[1] < 'A' || id[2] < 'A' || !stamp.OK || stamp.Zone != headers.ZoneStated {
		return f, false
	}
	hour := time.Date(stamp.Time.Year(), stamp.Time.Month(), stamp.Time.Day(), int(id[0]-'A'), 0, 0, 0, stamp.Time.Location())
	switch d := stamp.Time.Sub(hour); {
	case d > traceDay/2:
		hour = hour.Add(traceDay)
	case d < -traceDay/2:
		hour = hour.Add(-traceDay)
	}
	return found{
		rule: "rcvd.sendmail-hour", software: "sendmail", event: Queued, clock: Periodic, strength: Bound,
		at: hour.UTC(), step: time.Hour, period: traceDay, to: 1,
	}, inWindow(hour)
}

// postfixShort reads the short queue id of Postfix: five hexadecimal digits that
// count the microseconds of the second in which the queue file was made (below a
// million in 11,219 of 11,237 real ones), and the file's number. The second is
// not said: it is known modulo one second, and the stamp lends the rest.
func (l traceLine) postfixShort() (f found, ok bool) {
	id, stamp := l.id, l.t.Date
	if len(id) < 6 || len(id) > 16 || l.t.Product != "Postfix" || !allOf(id, isUpperHex) || !stamp.OK || stamp.Zone != headers.ZoneStated {
		return f, false
	}
	us, _ := hexUpper(id[:5])
	if us >= 1e6 {
		return f, false
	}
	at := stamp.Time.UTC().Truncate(time.Second).Add(time.Duration(us) * time.Microsecond)
	return found{
		rule: "rcvd.postfix-short", software: "Postfix", event: Queued, clock: Periodic, strength: Bound,
		at: at, step: time.Microsecond, period: time.Second, to: 5,
	}, inWindow(at)
}

// sendmailTime reads the time of a sendmail queue id. The first character is
// the year modulo 60 counted from 1900, which the window makes unique.
func sendmailTime(id string) (t time.Time, ok bool) {
	if len(id) < 12 || len(id) > 16 || !allOf(id[len(id)-5:], isDec) {
		return t, false
	}
	if pid := id[7:]; !allOf(pid, isDec) { // two characters of sequence and 6 or more digits
		if len(pid) < 7 || strings.IndexByte(sendmailDigits, pid[0]) < 0 || !allOf(pid[1:], isDec) {
			return t, false
		}
	}
	var v [7]int
	for i := range v {
		if v[i] = strings.IndexByte(sendmailDigits, id[i]); v[i] < 0 {
			return t, false
		}
	}
	year := 1900 + v[0] + 60
	if year < 1980 {
		year += 60
	}
	if v[5] > 59 {
		return t, false
	}
	t, ok = civil(year, v[1]+1, v[2], v[3], v[4], v[5])
	return t, ok && inWindow(t)
}

// exim reads Exim's message ids: "1lLSMw-0003aB-00", seconds in base 62, the
// process, a fraction of the second; since 4.97 "1lLSMw-00000003aBc-2FPV" with
// a longer process and microseconds; and T-Online's "1lLSMw-0003aBc".
func (l traceLine) exim() (f found, ok bool) {
	id := l.id
	if len(id) < 14 || id[6] != '-' {
		return f, false
	}
	f, ok = eximTime(id)
	switch {
	case !ok:
		return f, false
	case len(id) == 14: // other software joins random digits so, too
		f.rule, f.software = "rcvd.t-online", "T-Online"
		return f, strings.Contains(l.t.By, "t-online") || l.close(f.at, traceDay)
	}
	return f, l.named() || f.at.Year() >= 1995 // Exim's first year
}

// eximTime reads the time of an Exim message id. The last part of the older
// form counts steps of the second that depend on the version and on
// localhost_number, so the second is all that is sure. A number above a
// million in the newer one holds a localhost_number likewise.
func eximTime(id string) (f found, ok bool) {
	p := pattern{text: id}
	seconds := p.run(isAlnum, 6, 6)
	p.lit("-")
	p.run(isAlnum, 6, 11)
	f = found{rule: "rcvd.exim", software: "Exim", clock: UTC, step: time.Second, to: len(id)}
	fraction := ""
	switch {
	case len(id) == 14:
	case len(id) == 16:
		p.lit("-")
		p.run(isAlnum, 2, 2)
	case len(id) == 23:
		p.lit("-")
		f.rule = "rcvd.exim-4.97"
		fraction = p.run(isAlnum, 4, 4)
	default:
		return f, false
	}
	if !p.end() {
		return f, false
	}
	v, _ := inAlphabet(seconds, base62Digits)
	f.at = ofUnix(v)
	if us, ok := inAlphabet(fraction, base62Digits); ok && us < 1e6 {
		f.at, f.step = f.at.Add(time.Duration(us)*time.Microsecond), time.Microsecond
	}
	return eximBase36(f, seconds)
}

// eximBase36 reads the seconds again in base 36 where base 62 gives no time of
// mail: on file systems that do not tell upper from lower case (Cygwin, macOS)
// Exim writes its ids so.
func eximBase36(f found, seconds string) (found, bool) {
	if inWindow(f.at) {
		return f, true
	}
	v, ok := digits(seconds, 36, true)
	if !ok {
		return f, false
	}
	f.at, f.step = ofUnix(v), time.Second
	return f, inWindow(f.at) && f.at.Year() >= 1995
}

// postfixDigits are the base 52 digits of Postfix's long queue ids.
const postfixDigits = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"

// postfixLong reads Postfix's long queue id, "4Dz2yZ3p9jzB3kqN1": six digits of
// seconds, four of microseconds, "z", the file's inode.
func (l traceLine) postfixLong() (f found, ok bool) {
	at, ok := postfixLongTime(l.id)
	if !ok || !l.named() && at.Year() < 2011 && !l.close(at, traceDay) { // since Postfix 2.9
		return f, false
	}
	return found{rule: "rcvd.postfix-long", software: "Postfix", clock: UTC, at: at, step: time.Microsecond, to: len(l.id)}, true
}

// postfixLongTime reads the time of a long queue id of Postfix.
func postfixLongTime(id string) (t time.Time, ok bool) {
	if len(id) < 12 || len(id) > 24 || id[10] != 'z' {
		return t, false
	}
	for i := 11; i < len(id); i++ {
		if id[i] == 'z' || strings.IndexByte(postfixDigits, id[i]) < 0 {
			return t, false
		}
	}
	s, ok1 := inAlphabet(id[:6], postfixDigits)
	us, ok2 := inAlphabet(id[6:10], postfixDigits)
	if !ok1 || !ok2 || us >= 1e6 {
		return t, false
	}
	t = ofMicro(s*1e6 + us)
	return t, inWindow(t)
}

// zmailerDigits are the base 64 digits of ZMailer, as far as they were seen;
// 269 of 269 ids read with them are the time of their stamp.
const zmailerDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123abcdefghijklmnopqrstuvwxyz456789"

// zmailer reads ZMailer's spool id, "S1234567AbhCNPJ0": the inode, then year in
// three digits, month and day from 0 on, hour, minute, second in UTC.
func (l traceLine) zmailer() (f found, ok bool) {
	stamp := len(l.id) - 8
	if l.id[0] != 'S' || stamp < 3 || !allOf(l.id[1:stamp], isDec) {
		return f, false
	}
	var v [8]int
	for i := range v {
		if v[i] = strings.IndexByte(zmailerDigits, l.id[stamp+i]); v[i] < 0 {
			return f, false
		}
	}
	f = found{rule: "rcvd.zmailer", software: "ZMailer", clock: UTC, step: time.Second, to: len(l.id)}
	f.at, ok = civil(v[0]<<12|v[1]<<6|v[2], v[3]+1, v[4]+1, v[5], v[6], v[7])
	return f, ok && f.at.Year() >= 1990
}

// oracle reads the id of iPlanet, Sun and Oracle Messaging and of the older
// PMDF, "0QPY0A1B2SRQX9@host": a zero, three digits of base 36, five others,
// three more of the first number, which is seconds.
func (l traceLine) oracle() (f found, ok bool) {
	p := pattern{text: l.id}
	p.lit("0")
	high := p.run(isUpperOrDec, 3, 3)
	p.run(isUpperOrDec, 5, 5)
	low := p.run(isUpperOrDec, 3, 3)
	p.run(isUpperOrDec, 2, 5)
	to := p.at
	p.lit("@")
	if p.broken || p.at == len(l.id) {
		return f, false
	}
	hi, _ := digits(high, 36, true)
	lo, _ := digits(low, 36, true)
	f = found{rule: "rcvd.iplanet", software: "Oracle Messaging", clock: UTC, at: ofUnix(hi*36*36*36 + lo), step: time.Second, to: to}
	// The shape is weak: nearly every text of its kind gives a time.
	return f, f.at.Year() >= 1990 && (l.named() || l.close(f.at, traceDay))
}

// interMail reads InterMail's "20210314150926.ABCD777.host.example@client":
// a time in UTC, letters and the number of a process, the host; some write
// milliseconds and no number, "20210314150926535.ABC@host.example".
func (l traceLine) interMail() (f found, ok bool) {
	p := pattern{text: l.id}
	stamp := p.run(isDec, 14, 17)
	p.lit(".")
	p.run(func(c byte) bool { return c >= 'A' && c <= 'Z' }, 3, 6)
	p.run(isDec, 0, 7)
	if p.broken || len(stamp) == 15 || len(stamp) == 16 || p.at == len(l.id) || strings.IndexByte(l.id[p.at:], '@') < 0 {
		return f, false
	}
	if l.id[p.at] != '.' && l.id[p.at] != '@' {
		return f, false
	}
	f = found{rule: "rcvd.intermail", software: "InterMail", clock: UTC, step: time.Second, to: len(stamp)}
	if f.at, ok = ymdhms(stamp[:14]); ok && len(stamp) == 17 {
		ms, _ := decimal(stamp[14:])
		f.at, f.step = f.at.Add(time.Duration(ms)*time.Millisecond), time.Millisecond
	}
	return f, ok
}

// domino reads Lotus Domino's "2021031415092653:31337", and "-" in the place of
// the colon since release 6: the wall clock of the server with hundredths of a
// second, and a number.
func (l traceLine) domino() (f found, ok bool) {
	p := pattern{text: l.id}
	stamp := p.run(isDec, 16, 16)
	if p.broken || p.at == len(l.id) || l.id[p.at] != ':' && !(l.named() && l.id[p.at] == '-') {
		return f, false
	}
	p.at++
	p.run(isDec, 1, 8)
	if !p.end() {
		return f, false
	}
	f = found{rule: "rcvd.domino", software: "Domino", clock: ServerZone, step: 10 * time.Millisecond, to: 16}
	if f.at, ok = ymdhms(stamp[:14]); !ok {
		return f, false
	}
	hundredths, _ := decimal(stamp[14:])
	f.at = f.at.Add(time.Duration(hundredths) * 10 * time.Millisecond)
	return f, true
}
