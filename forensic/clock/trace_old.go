package clock

import (
	"strings"
	"time"
)

// smail reads the id of Smail 3.1, "m1lLSMw-0003aBC", the model of Exim's: "m",
// six digits of base 62 that count seconds, a number. All of six real ones
// are the minute of their stamp, which Smail wrote without seconds.
func (l traceLine) smail() (f found, ok bool) {
	p := pattern{text: l.id}
	p.lit("m")
	seconds := p.run(isAlnum, 6, 6)
	p.lit("-")
	p.run(isAlnum, 6, 8)
	to := p.at
	if p.maybe("@"); p.at > to {
		p.rest(isHostByte, 1)
	}
	if !p.end() {
		return f, false
	}
	v, _ := inAlphabet(seconds, base62Digits)
	f = found{rule: "rcvd.smail", software: "Smail", clock: UTC, at: ofUnix(v), step: time.Second, to: to}
	return f, l.named() || l.close(f.at, traceDay)
}

// netscape reads "QPYSRQ00.ABC" of Netscape Messaging 4: six digits of base 36
// that count seconds, a number. Eleven of eleven real ones are the second of their
// stamp.
func (l traceLine) netscape() (f found, ok bool) {
	p := pattern{text: l.id}
	seconds := p.run(isUpperOrDec, 6, 6)
	p.run(isDec, 2, 2)
	p.lit(".")
	p.run(isUpperOrDec, 3, 3)
	if !p.end() {
		return f, false
	}
	v, _ := digits(seconds, 36, true)
	f = found{rule: "rcvd.netscape", software: "Netscape Messaging", clock: UTC, at: ofUnix(v), step: time.Second, to: 6}
	return f, l.named() && f.at.Year() >= 1995 || strings.HasPrefix(l.t.Software, "Netscape") || l.close(f.at, traceDay)
}

// mailgun reads "604e2726.9e3779b-node2" of Mailgun's early hosts, seconds in
// front. The host is the service's customer by name, so the stamp must agree.
func (l traceLine) mailgun() (f found, ok bool) {
	p := pattern{text: l.id}
	seconds := p.run(isLowerHex, 8, 8)
	p.lit(".")
	p.run(isLowerHex, 6, 14)
	p.lit("-")
	p.run(isLowerOrDec, 1, 20)
	if !p.end() {
		return f, false
	}
	v, _ := hexLower(seconds)
	f = found{rule: "rcvd.mailgun", software: "Mailgun", clock: UTC, at: ofUnix(v), step: time.Second, to: 8}
	return f, l.close(f.at, time.Hour)
}
