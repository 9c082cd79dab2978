package clock

import (
	"strings"
	"time"
)

// boundaryMIMETools: "----------=_1615734566-2718-28": seconds, process,
// number.
func boundaryMIMETools(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.lit("----------=_")
	from := p.at
	seconds := p.run(isDec, 9, 10)
	to := p.at
	p.lit("-")
	p.run(isDec, 1, 8)
	p.lit("-")
	p.run(isDec, 1, 8)
	if !p.end() {
		return f, false
	}
	f = found{rule: "bnd.mime-tools", software: "MIME::tools", clock: UTC, step: time.Second, from: from, to: to}
	f.at, ok = unixText(seconds)
	return f, ok
}

// boundarySpamAssassin: "----------=_604E2726.9E3779B9" of the report that
// wraps a message: seconds in hexadecimal digits, random ones.
func boundarySpamAssassin(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.lit("----------=_")
	from := p.at
	seconds := p.run(isUpperHex, 8, 8)
	to := p.at
	p.lit(".")
	p.run(isUpperHex, 8, 8)
	if !p.end() {
		return f, false
	}
	v, _ := hexUpper(seconds)
	return found{rule: "bnd.spamassassin", software: "SpamAssassin", clock: UTC, at: ofUnix(v), step: time.Second, from: from, to: to}, true
}

// boundaryMIMELite: "_----------=_1615734566271828": seconds, then process and
// number without a border. Nine digits of seconds were enough until September
// 2001, and no ten digits in the window begin with 3 or more. Boundaries of
// this look are much copied: 417 of 421 without MIME::Lite's own X-Mailer were
// months old.
func boundaryMIMELite(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.lit("_----------=_")
	from := p.at
	number := p.run(isDec, 11, 26)
	if !p.end() {
		return f, false
	}
	n, since := 10, 0
	if number[0] >= '3' {
		n, since = 9, 1997 // the library's first year
	}
	f = found{rule: "bnd.mime-lite", software: "MIME::Lite", clock: UTC, step: time.Second, from: from, to: from + n}
	f.at, ok = unixText(number[:n])
	return f, ok && f.at.Year() >= since
}

// boundarySwift: "_=_swift_1615734566_" + 32 hexadecimal digits + "_=_" of
// Swift Mailer, "_=_swift-" + a random number + PHP's uniqid with its
// entropy + "_=_" of version 4 and later.
func boundarySwift(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.lit("_=_swift")
	p.maybe("_v4")
	if p.at == len(s) || s[p.at] != '_' && s[p.at] != '-' {
		return f, false
	}
	p.at++
	body, closed := strings.CutSuffix(s[p.at:], "_=_")
	if !closed {
		return f, false
	}
	if f, ok = entropy(s, p.at, p.at+max(0, len(body)-9)); ok && allOf(body[:len(body)-9], isLowerHex) {
		f.rule, f.software, f.strength = "bnd.swift4-uniqid", "Swift Mailer", Evidence
		return f, true
	}
	q := pattern{text: body}
	seconds := q.run(isDec, 9, 10)
	q.lit("_")
	q.run(isLowerHex, 32, 32)
	if !q.end() {
		return f, false
	}
	f = found{rule: "bnd.swift1", software: "Swift Mailer", clock: UTC, step: time.Second, from: p.at, to: p.at + len(seconds)}
	f.at, ok = unixText(seconds)
	return f, ok
}

// boundaryRuby: "--==_mimepart_604e272682d59_1a2b3fd4e5c6" of Ruby's Mail and
// "mimepart_…" of TMail before it: hexadecimal seconds and microseconds, these
// without leading zeros, then process and random digits. Where an object's
// number was negative, ".." stands before it.
func boundaryRuby(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.maybe("--==_")
	p.lit("mimepart_")
	from := p.at
	tag := p.run(isLowerHex, 9, 13)
	to := p.at
	p.lit("_")
	p.rest(isRubyTail, 2)
	if !p.end() {
		return f, false
	}
	sec, _ := hexLower(tag[:8])
	us, _ := hexLower(tag[8:])
	if us >= 1e6 || len(tag) > 9 && tag[8] == '0' {
		return f, false
	}
	return found{rule: "bnd.rubymail", software: "Ruby Mail", clock: UTC, at: ofMicro(sec*1e6 + us), step: time.Microsecond, from: from, to: to}, true
}

func isRubyTail(c byte) bool { return isLowerHex(c) || c == '.' || c == '-' }

// boundaryMMP: "----=MMP-604e272682d59.604e272682d6d4.27182818" of PHP's
// uniqid with and without entropy; the second is the later call.
func boundaryMMP(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.lit("----=MMP-")
	from := p.at
	first := p.run(isLowerHex, 13, 13)
	if p.end() {
		f = found{rule: "bnd.php-uniqid", software: "PHP", clock: UTC, step: time.Microsecond, from: from, to: p.at}
		f.at, ok = uniqidTime(first)
		return f, ok
	}
	p.lit(".")
	if p.broken || len(s) != p.at+23 {
		return f, false
	}
	f, ok = entropy(s, p.at, p.at+14)
	f.rule, f.strength = "bnd.php-uniqid", Evidence
	return f, ok
}

// appendFirstCall adds the earlier one of the two times that boundaryMMP reads.
func appendFirstCall(out []found, s string) []found {
	p := pattern{text: s}
	p.lit("----=MMP-")
	from := p.at
	first := p.run(isLowerHex, 13, 13)
	to := p.at
	if p.lit("."); p.broken {
		return out
	}
	if at, ok := uniqidTime(first); ok && inWindow(at) {
		out = append(out, found{rule: "bnd.php-uniqid", software: "PHP", event: Built, clock: UTC, at: at, step: time.Microsecond, from: from, to: to})
	}
	return out
}

// boundaryNodemailer: "----sinikael-?=_1-16157345665350.3141592653589793" of
// nodemailer until 2020: milliseconds, and a random fraction glued to them.
func boundaryNodemailer(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.lit("----sinikael-?=_")
	p.run(isDec, 1, 4)
	p.lit("-")
	from := p.at
	ms := p.run(isDec, 13, 13)
	p.lit("0.")
	p.run(isDec, 1, 20)
	if !p.end() {
		return f, false
	}
	f = found{rule: "bnd.nodemailer", software: "nodemailer", clock: UTC, step: time.Millisecond, from: from, to: from + 13}
	f.at, ok = milliText(ms)
	return f, ok
}

// boundaryMailRu: "--ALT--" + 32 random letters and digits + seconds, of
// Mail.ru's webmail: four of four real ones within two seconds of the Date or
// of the report about them.
func boundaryMailRu(s string) (f found, ok bool) {
	const lead = len("--ALT--") + 32
	if len(s) != lead+10 || !allOf(s[7:lead], isAlnum) {
		return f, false
	}
	f = found{rule: "bnd.mail-ru", software: "Mail.ru", clock: UTC, step: time.Second, from: lead, to: lead + 10}
	f.at, ok = unixText(s[lead:])
	return f, ok
}

// boundaryLotus: "=_alternative 0053430D80258698_=" of Lotus Notes and Domino:
// a TIMEDATE, hundredths of a second since midnight GMT first, then a byte of
// the zone and the Julian day.
func boundaryLotus(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.maybe("--")
	p.lit("=_")
	switch p.run(isLowerOrDec, 5, 11) {
	case "alternative", "mixed", "related", "signed", "report", "digest", "parallel":
	default:
		return f, false
	}
	p.lit(" ")
	from := p.at
	ticks := p.run(isUpperHex, 8, 8)
	date := p.run(isUpperHex, 8, 8)
	to := p.at
	p.lit("_=")
	if !p.end() {
		return f, false
	}
	f = found{rule: "bnd.lotus", software: "Lotus Notes", clock: UTC, step: 10 * time.Millisecond, from: from, to: to}
	f.at, ok = boundaryTimeDate(ticks, date)
	return f, ok
}

// boundaryTimeDate reads the two words of a TIMEDATE.
func boundaryTimeDate(ticks, date string) (t time.Time, ok bool) {
	const perDay, unixDay = 24 * 3600 * 100, 2440588
	tick, ok1 := hexUpper(ticks)
	day, ok2 := hexUpper(date[2:])
	t = ofMilli((day-unixDay)*86400_000 + tick*10)
	return t, ok1 && ok2 && tick < perDay && inWindow(t)
}

// boundaryCClient: "-314159265-271828182-1615734566=:1618" of Pine and other
// programs over its library, PHP's imap_mail_compose and Yahoo among them:
// host, random number, seconds, process. 10 of 13 real ones are the second of
// the Date, one is two seconds earlier, two are old copies.
func boundaryCClient(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.maybe("-")
	p.run(isDec, 1, 10)
	p.lit("-")
	p.run(isDec, 1, 10)
	p.lit("-")
	from := p.at
	seconds := p.run(isDec, 9, 10)
	to := p.at
	if !p.broken && strings.HasPrefix(s[p.at:], ":#") { // until 1992
		p.lit(":#")
	} else {
		p.lit("=:")
	}
	p.run(isDec, 1, 8)
	if !p.end() {
		return f, false
	}
	f = found{rule: "bnd.c-client", software: "Pine", clock: UTC, step: time.Second, from: from, to: to}
	f.at, ok = unixText(seconds)
	return f, ok
}

// boundaryPython: "192.0.2.9.1000.4242.1615734566.535.3" of Python's
// mimetools: address of the host, user, process, seconds with milliseconds,
// number.
func boundaryPython(s string) (f found, ok bool) {
	p := pattern{text: s}
	for range 6 {
		p.run(isDec, 1, 8)
		p.lit(".")
	}
	from := p.at
	seconds := p.run(isDec, 9, 10)
	p.lit(".")
	ms := p.run(isDec, 3, 3)
	to := p.at
	p.lit(".")
	p.run(isDec, 1, 8)
	if !p.end() {
		return f, false
	}
	f = found{rule: "bnd.python-mimetools", software: "Python", clock: UTC, step: time.Millisecond, from: from, to: to}
	f.at, ok = unixText(seconds)
	fraction, _ := decimal(ms)
	f.at = f.at.Add(time.Duration(fraction) * time.Millisecond)
	return f, ok
}

// appendBoundaryInner reads what may stand inside any boundary: a time-based
// UUID, PHP's uniqid, and the random-looking one of libetpan.
func appendBoundaryInner(out []found, boundary string, c *clue) []found {
	before := len(out)
	if out = appendUUIDs(out, boundary, c); len(out) > before {
		return evidenceOnly(out, before)
	}
	if f, ok := boundaryEtPan(boundary); ok && c.nearby(f.at) {
		return append(out, f)
	}
	from := 0
	for at := 0; at < len(boundary); at++ {
		if isAlnum(boundary[at]) {
			continue
		}
		if f, ok := entropy(boundary, from, at); ok {
			f.rule, f.strength = "bnd.php-uniqid", Evidence
			out = append(out, f)
		}
		from = at + 1
	}
	return out
}

// evidenceOnly drops the hints behind the first n readings: a boundary is
// random too often for them.
func evidenceOnly(out []found, n int) []found {
	kept := out[:n]
	for _, f := range out[n:] {
		if f.strength == Evidence {
			kept = append(kept, f)
		}
	}
	return kept
}

// boundaryEtPan: "604e2726_9e3779b9_1a2" of libetpan, which Spark and other
// mobile mailers use: seconds, random number, process, all hexadecimal. Any
// digits fit, so the time must lie near a stated one.
func boundaryEtPan(s string) (f found, ok bool) {
	p := pattern{text: s}
	seconds := p.run(isLowerHex, 8, 8)
	p.lit("_")
	p.run(isLowerHex, 7, 8)
	p.lit("_")
	p.run(isLowerHex, 2, 6)
	if !p.end() {
		return f, false
	}
	v, _ := hexLower(seconds)
	f = found{rule: "bnd.libetpan", software: "libetpan", event: Built, clock: UTC, at: ofUnix(v), step: time.Second, from: 0, to: 8}
	return f, inWindow(f.at)
}
