package clock

import (
	"strings"
	"time"
)

// appendBoundary reads the clocks in a MIME boundary. The whole boundary must
// have the shape of the software; without one of them only a time-based UUID
// or PHP's uniqid inside is read.
//
// Many boundaries hold no time and give none: those of PHPMailer, Python,
// Apple Mail, Thunderbird, KMail, Exmh and Eudora (ticks of another clock),
// Mailchimp, MailKit, Exchange, Zimbra and of today's nodemailer.
func appendBoundary(out []found, boundary string, c *clue) []found {
	for i := range boundaryReaders {
		read := &boundaryReaders[i]
		if !strings.HasPrefix(boundary, read.begins) {
			continue
		}
		if f, ok := read.read(boundary); ok {
			f.event = Built
			if inWindow(f.at) {
				out = append(out, f)
			}
			return appendFirstCall(out, boundary)
		}
	}
	return appendBoundaryInner(out, boundary, c)
}

// boundaryReaders are the known shapes, each with how such a boundary begins.
var boundaryReaders = [...]struct {
	begins string
	read   func(string) (found, bool)
}{
	{"----=_NextPart_", boundaryOutlook},
	{"----_=_NextPart_", boundaryExchange},
	{"----=_Part_", boundaryJavaMail},
	{"--==_mimepart_", boundaryRuby},
	{"mimepart_", boundaryRuby},
	{"_=_swift", boundarySwift},
	{"----------=_", boundaryMIMETools},
	{"----------=_", boundarySpamAssassin},
	{"_----------=_", boundaryMIMELite},
	{"----=MMP-", boundaryMMP},
	{"----sinikael-?=_", boundaryNodemailer},
	{"--ALT--", boundaryMailRu},
	{"--=_", boundaryLotus},
	{"=_", boundaryLotus},
	{"", boundaryGmail},
	{"", boundaryJavaMailOld},
	{"", boundaryReport},
	{"", boundaryCClient},
	{"", boundaryPython},
}

// fileTime reads the two halves of a FILETIME in upper-case hexadecimal
// digits; the upper one is 01BA.... in 1994, 01E0.... in 2029.
func fileTime(high, low string) (t time.Time, ok bool) {
	if len(high) != 8 || len(low) != 8 || high[0] != '0' || high[1] != '1' {
		return t, false
	}
	hi, ok1 := hexUpper(high)
	lo, ok2 := hexUpper(low)
	t = ofFileTime(hi<<32 | lo)
	return t, ok1 && ok2 && inWindow(t)
}

// boundaryOutlook: "----=_NextPart_000_001F_01D718E4.05D25700" of Outlook,
// Outlook Express and Windows Mail. The FILETIME is the wall clock of the
// sender, not UTC: 39 of 39 in honest mail fit the Date's wall time within two
// minutes. Its last hexadecimal digit was 0 in 117 of 117.
func boundaryOutlook(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.lit("----=_NextPart_")
	p.run(isDec, 3, 3)
	p.lit("_")
	p.run(isUpperHex, 4, 8)
	p.lit("_")
	from := p.at
	high := p.run(isUpperHex, 8, 8)
	p.lit(".")
	low := p.run(isUpperHex, 8, 8)
	if !p.end() || low[7] != '0' {
		return f, false
	}
	f = found{rule: "bnd.outlook", software: "Outlook", clock: SenderLocal, step: 100 * time.Nanosecond, from: from, to: p.at}
	f.at, ok = fileTime(high, low)
	return f, ok
}

// boundaryExchange: "----_=_NextPart_001_01D718E4.05D25700" of the Internet
// Mail Service of Exchange 5.5 and of Exchange 2000, in UTC.
func boundaryExchange(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.lit("----_=_NextPart_")
	p.run(isDec, 3, 3)
	p.lit("_")
	from := p.at
	high := p.run(isUpperHex, 8, 8)
	p.lit(".")
	low := p.run(isUpperHex, 8, 8)
	if !p.end() {
		return f, false
	}
	f = found{rule: "bnd.exchange", software: "Exchange", clock: UTC, step: 100 * time.Nanosecond, from: from, to: p.at}
	f.at, ok = fileTime(high, low)
	return f, ok
}

// boundaryGmail: "000000000000" + 6 + 8 + 2 hexadecimal digits. The second
// group is the upper part of the microseconds, the first the lower one, the
// last a counter: 1033 of 1049 lie within two seconds of the Date. Until 2017
// the name of a machine stood in the place of the zeros, with the same clock
// behind it: 33 of 36 within three seconds, two more in one old copy.
func boundaryGmail(s string) (f found, ok bool) {
	if len(s) != 28 || !allOf(s, isLowerHex) {
		return f, false
	}
	low, _ := hexLower(s[12:18])
	high, _ := hexLower(s[18:26])
	f = found{rule: "bnd.gmail-us", software: "Gmail", clock: UTC, at: ofMicro(high<<24 | low), step: time.Microsecond, from: 12, to: 26}
	if s[:12] == "000000000000" {
		return f, inWindow(f.at)
	}
	year := f.at.Year()
	return f, year >= 2006 && year <= 2018
}

// unixText reads 9 or 10 digits of seconds.
func unixText(s string) (t time.Time, ok bool) {
	v, ok := decimal(s)
	t = ofUnix(v)
	return t, ok && (len(s) == 9 || len(s) == 10) && inWindow(t)
}

// milliText reads 12 or 13 digits of milliseconds.
func milliText(s string) (t time.Time, ok bool) {
	v, ok := decimal(s)
	t = ofMilli(v)
	return t, ok && (len(s) == 12 || len(s) == 13) && inWindow(t)
}

// boundaryJavaMail: "----=_Part_12_-99887766.1615734566535": number of the
// part, hash code, milliseconds.
func boundaryJavaMail(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.lit("----=_Part_")
	p.run(isDec, 1, 12)
	p.lit("_")
	p.maybe("-")
	p.run(isDec, 1, 12)
	p.lit(".")
	from := p.at
	ms := p.run(isDec, 12, 13)
	if !p.end() {
		return f, false
	}
	f = found{rule: "bnd.javamail", software: "JavaMail", clock: UTC, step: time.Millisecond, from: from, to: p.at}
	f.at, ok = milliText(ms)
	return f, ok
}

// boundaryJavaMailOld: "7654321.1615734566535.JavaMail.root.host".
func boundaryJavaMailOld(s string) (f found, ok bool) {
	mark := strings.Index(s, ".JavaMail.")
	if mark < 0 || !allOf(s[mark+10:], isHostByte) {
		return f, false
	}
	p := pattern{text: s[:mark]}
	p.maybe("-")
	p.run(isDec, 1, 12)
	p.lit(".")
	from := p.at
	if strings.IndexByte(p.text[from:], '.') > 0 { // hash code, number, milliseconds
		p.run(isDec, 1, 12)
		p.lit(".")
		from = p.at
	}
	ms := p.run(isDec, 12, 13)
	if !p.end() {
		return f, false
	}
	f = found{rule: "bnd.javamail-old", software: "JavaMail", clock: UTC, step: time.Millisecond, from: from, to: p.at}
	f.at, ok = milliText(ms)
	return f, ok
}

// boundaryReport: "4F1E2A3B4C.1615734566/mail.example.com", the queue id,
// the seconds and the host, of bounces that Postfix and sendmail write.
func boundaryReport(s string) (f found, ok bool) {
	slash := strings.IndexByte(s, '/')
	if slash < 0 || !allOf(s[slash+1:], isHostByte) {
		return f, false
	}
	p := pattern{text: s[:slash]}
	p.run(isAlnum, 5, 24)
	p.lit(".")
	from := p.at
	seconds := p.run(isDec, 9, 10)
	if !p.end() {
		return f, false
	}
	f = found{rule: "bnd.dsn-qid.epoch", clock: UTC, step: time.Second, from: from, to: p.at}
	f.at, ok = unixText(seconds)
	return f, ok
}
