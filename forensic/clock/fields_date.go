package clock

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// readDate reads a field that is a date.
func readDate(r *reader, f headers.Field, at place, rule *fieldRule) {
	if at.field == r.dateAt && r.date.OK {
		r.addDate(&r.date, at, rule) // read already, as a clue
		return
	}
	d := f.Date()
	r.addDate(&d, at, rule)
}

// readDateAfter reads the date behind the last ";", or the last one that the
// value holds.
func readDateAfter(r *reader, f headers.Field, at place, rule *fieldRule) {
	raw := f.Raw()
	if i := bytes.LastIndexByte(bytes.TrimRight(raw, "; \t\r\n"), ';'); i >= 0 {
		d := headers.ParseDate(r.msg.Raw, headers.Span{Start: f.Value.Start + i + 1, End: f.Value.End})
		if d.OK {
			r.addDate(&d, at, rule)
			return
		}
	}
	d := headers.FindDate(r.msg.Raw, f.Value)
	r.addDate(&d, at, rule)
}

func (r *reader) addDate(d *headers.Date, at place, rule *fieldRule) {
	if !d.OK {
		return
	}
	at.text, at.span = d.Raw, d.Span
	f := dateFound(d, rule.rule, rule.event)
	f.software, f.strength = rule.software, rule.strength
	if rule.event != Built && rule.event != File {
		f = serverClock(f)
	}
	r.put(&at, &f)
}

// readMicrosoft reads a time of Exchange, "19 Sep 2023 18:36:44.1298 (UTC)":
// universal time, which only the comment says, if anything.
func readMicrosoft(r *reader, f headers.Field, at place, rule *fieldRule) {
	d := universal(f.Date())
	r.addDate(&d, at, rule)
}

// universal takes a date without zone for universal time, as if "-0000" were
// written (RFC 5322 3.3).
func universal(d headers.Date) headers.Date {
	if d.OK && d.Zone == headers.ZoneAbsent {
		d.ZoneText = "-0000"
	}
	return d
}

// readArrival reads X-OriginalArrivalTime, which states its time twice. Both
// agree within a second in 333 of 339 real ones: the coarser text is a reading
// of its own only where it does not.
func readArrival(r *reader, f headers.Field, at place, rule *fieldRule) {
	text := arrivalText(universal(f.Date()))
	value := at.value(r, f)
	exact, ok := arrivalFileTime(value)
	if ok {
		exact.rule, exact.software, exact.event = rule.rule, rule.software, rule.event
		r.add(at, exact)
	}
	if text.OK && (!ok || text.Time.Sub(exact.at).Abs() > time.Second) {
		r.addDate(&text, at, rule)
	}
}

// arrivalFileTime reads "FILETIME=[LOW:HIGH]", two halves of eight digits.
func arrivalFileTime(value string) (f found, ok bool) {
	const open = "FILETIME=["
	i := strings.Index(value, open) + len(open)
	if i < len(open) || len(value) < i+18 || value[i+8] != ':' || value[i+17] != ']' {
		return f, false
	}
	low, ok1 := hexAny(value[i : i+8])
	high, ok2 := hexAny(value[i+9 : i+17])
	if !ok1 || !ok2 || high >= 1<<30 {
		return f, false
	}
	f = found{clock: UTC, at: ofFileTime(high<<32 | low), step: 100, from: i, to: i + 17}
	return f, inWindow(f.at)
}

// arrivalText corrects the fraction of the text: SMTPSVC writes milliseconds
// padded to four digits, ".0636" for 636 ms.
func arrivalText(d headers.Date) headers.Date {
	ns := d.Time.Nanosecond()
	if !d.OK || d.Precision != 0.0001 || ns >= int(100*time.Millisecond) {
		return d
	}
	d.Time = d.Time.Add(time.Duration(9 * ns))
	d.Precision = 0.001
	return d
}

// readLogon reads X-MS-UserLastLogonTime, "1/12/2024 12:59:32 AM": universal
// time, month first (7,553 of 7,564 lie before the arrival, by 550 s in the
// median).
func readLogon(r *reader, f headers.Field, at place, rule *fieldRule) {
	value := at.value(r, f)
	if t, end, ok := clockWords(value, true); ok && end == len(value) {
		r.add(at, found{rule: rule.rule, software: rule.software, event: rule.event, clock: UTC, at: t, step: time.Second})
	}
}

// readMIMETrack reads the stations of X-MIMETrack: "Itemize by SMTP Server on
// … at 07/22/2002 03:59:23 PM, Serialize by Router on … at …", in the zone of
// the Domino server. Itemizing is taking a message in, serializing is writing
// it out for the next hop.
func readMIMETrack(r *reader, f headers.Field, at place, rule *fieldRule) {
	value := at.value(r, f)
	event := Queued
	for pos, n := 0, 0; n < 4*maxMany; n++ {
		i := strings.Index(value[pos:], "at")
		if i < 0 {
			return
		}
		if step := value[pos : pos+i]; strings.Contains(step, "Itemize") {
			event = Received
		} else if strings.Contains(step, "Serialize") {
			event = Queued
		}
		pos += i + len("at")
		if i == 0 || !isSpace(value[pos-3]) || pos == len(value) || !isSpace(value[pos]) {
			continue
		}
		from := len(value) - len(strings.TrimLeft(value[pos:], " \t\r\n"))
		if t, end, ok := clockWords(value[from:], false); ok {
			r.add(at, found{rule: rule.rule, software: rule.software, event: event, clock: ServerZone, at: t, step: time.Second, from: from, to: from + end})
		}
	}
}

// readRoving reads "20010625 16:53.51406": date, hour, minute, then the
// second with its thousandths; the wall clock of the server in New England
// (4 of 5 are the Date's own within six minutes).
func readRoving(r *reader, f headers.Field, at place, rule *fieldRule) {
	v := at.value(r, f)
	if len(v) != 20 || v[8] != ' ' || v[11] != ':' || v[14] != '.' {
		return
	}
	t, ok := ymdhms(v[:8] + v[9:11] + v[12:14] + v[15:17])
	ms, ok2 := decimal(v[17:])
	if ok && ok2 && inWindow(t) {
		t = t.Add(time.Duration(ms) * time.Millisecond)
		r.add(at, found{rule: rule.rule, software: rule.software, event: rule.event, clock: ServerZone, at: t, step: time.Millisecond})
	}
}
