package clock

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// verp are addresses that a sender made for this message alone, so that a
// bounce tells which one it was.
var verp = [...]fieldRule{
	{rule: "verp.mandrill", software: "Mandrill", event: Queued, shapes: []string{"bounce-md_%d.%h.v%d-"}},
	{rule: "verp.yahoogroups", software: "Yahoo Groups", event: Queued, shapes: []string{"sentto-%d-%d-%s-"}},
	{rule: "verp.ms", event: Queued, strength: Bound, shapes: []string{"g-%*-%m@", "%*%m@sneakemail.com"}},
}

// isVERP reports whether an address could be one that is known, by what it
// begins or ends with. Most are not.
func isVERP(address []byte) bool {
	if len(address) == 0 {
		return false
	}
	switch address[0] {
	case 'b', 's', 'g', '0', 'S', 'p', 'P':
		return true
	}
	return bytes.Contains(address, []byte("@sneakemail.com"))
}

// readVERP reads an envelope sender, or a field that shows one.
func readVERP(r *reader, f headers.Field, at place, rule *fieldRule) {
	if !isVERP(at.address(r, f).Of(r.msg.Raw)) {
		readTMDA(r, f, at, rule)
		return
	}
	value := r.texts.keep(at.span.Of(r.msg.Raw))
	at.text = value
	for i := range verp {
		if _, ok := r.addShape(value, at, &verp[i]); ok {
			return
		}
	}
	for _, read := range [...]func(string, *clue) (found, bool){sesReturnPath, srsDay, batvDay} {
		if fd, ok := read(value, &r.clue); ok {
			r.add(at, fd)
			return
		}
	}
	readTMDA(r, f, at, rule)
}

// address puts the place at the text between angle brackets, or at all of the
// value without any.
func (at *place) address(r *reader, f headers.Field) headers.Span {
	span := f.Value
	raw := r.msg.Raw
	if i := bytes.LastIndexByte(f.Raw(), '<'); i >= 0 {
		span.Start += i + 1
		if i := bytes.IndexByte(span.Of(raw), '>'); i >= 0 {
			span.End = span.Start + i
		}
	}
	at.span = trimSpan(raw, span)
	return at.span
}

// sesReturnPath reads Amazon's envelope sender, formed like its Message-ID:
// "010001966d4b7e5c-UUID-000000@…", 12 hexadecimal digits of milliseconds
// behind the region's four.
func sesReturnPath(v string, _ *clue) (f found, ok bool) {
	local, _, _ := strings.Cut(v, "@")
	if len(local) != 16+1+36+1+6 || local[:2] != "01" || local[16] != '-' || local[53] != '-' || digitRun(local[54:]) != 6 {
		return f, false
	}
	ms, ok := hexLower(local[4:16])
	f = found{rule: "verp.ses", software: "Amazon SES", event: Queued, clock: UTC, at: ofMilli(ms), step: time.Millisecond, from: 4, to: 16}
	return f, ok && inWindow(f.at)
}

// readTMDA reads a dated address of TMDA, "kevin+dated+1029235349.f17378@…" or
// "-dated-": the moment until which it takes answers.
func readTMDA(r *reader, f headers.Field, at place, _ *fieldRule) {
	raw := f.Raw()
	i := bytes.Index(raw, []byte("dated"))
	if i < 1 || len(raw) < i+23 || raw[i-1] != raw[i+5] || raw[i-1] != '+' && raw[i-1] != '-' {
		return
	}
	at.span = f.Value
	at.text = string(raw)
	fd, ok := fit("%s.%x@", at.text[i+6:])
	if ok {
		fd.rule, fd.software, fd.event, fd.strength = "tmda.dated", "TMDA", Expires, Bound
		fd.from, fd.to = fd.from+i+6, fd.to+i+6
		r.add(at, fd)
	}
}

const day = 24 * time.Hour

// srsDay reads the sender rewriting scheme, "SRS0=HHH=TT=host=user@…": two
// digits of base 32 are the day, modulo 1024, on which a forwarder took the
// message.
func srsDay(v string, c *clue) (f found, ok bool) {
	if len(v) < 16 || !strings.EqualFold(v[:4], "SRS0") || strings.IndexByte("=+-", v[4]) < 0 {
		return f, false
	}
	hash, rest, _ := strings.Cut(v[5:], "=")
	stamp, _, ok := strings.Cut(rest, "=")
	if !ok || len(hash) < 2 || len(hash) > 32 || len(stamp) != 2 {
		return f, false
	}
	n, ok := inAlphabet(strings.ToUpper(stamp), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
	if !ok {
		return f, false
	}
	from := 5 + len(hash) + 1
	f = found{rule: "srs.day", event: Queued, strength: Bound, clock: Periodic, step: day, period: 1024 * day, from: from, to: from + 2}
	f.at, ok = c.nearestDay(n, 1024)
	return f, ok
}

// batvDay reads a bounce address tag, "prvs=KDDDSSSSSS=user@…": three digits
// are the day, modulo 1000, on which the address ends.
func batvDay(v string, c *clue) (f found, ok bool) {
	if len(v) < 17 || !strings.EqualFold(v[:5], "prvs=") || v[15] != '=' || digitRun(v[5:]) < 4 {
		return f, false
	}
	if _, ok := hexAny(v[9:15]); !ok {
		return f, false
	}
	n, _ := decimal(v[6:9])
	f = found{rule: "batv.day", event: Expires, strength: Bound, clock: Periodic, step: day, period: 1000 * day, from: 6, to: 9}
	f.at, ok = c.nearestDay(n, 1000)
	return f, ok
}

// nearestDay is the day that is n modulo period, counted from 1970, and lies
// nearest to the newest stated date; without one it cannot be told.
func (c *clue) nearestDay(n, period int64) (t time.Time, ok bool) {
	if len(c.near) == 0 {
		return t, false
	}
	today := c.near[len(c.near)-1].Unix() / 86400
	days := today + (n-today)%period
	switch {
	case days-today > period/2:
		days -= period
	case today-days > period/2:
		days += period
	}
	t = ofUnix(days * 86400)
	return t, inWindow(t)
}
