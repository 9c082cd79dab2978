package clock

import (
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// appendContentID reads the clocks in a Content-ID, given without its angle
// brackets. A Content-ID travels along when a part is forwarded or quoted, so
// most of them bound the message's time from below only.
func appendContentID(out []found, id string, c *clue) []found {
	for _, read := range contentIDReaders {
		if f, ok := read(id); ok {
			return appendInWindow(out, f)
		}
	}
	if strings.HasPrefix(id, "ii_") {
		return appendGmailImage(out, id, c)
	}
	return appendBorrowed(out, id, c)
}

var contentIDReaders = [...]func(string) (found, bool){contentIDOutlook, contentIDExpress, contentIDNmh}

// contentIDOutlook: "image001.png@01D718E4.05D25700": the FILETIME at which
// Outlook put the image in. Replies and templates carry it along: 167 of 168
// were more than a year older than their message.
func contentIDOutlook(s string) (f found, ok bool) {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || len(s) != at+18 || s[at+9] != '.' {
		return f, false
	}
	f = found{rule: "cid.outlook", software: "Outlook", event: File, clock: UTC, strength: Bound, step: 100 * time.Nanosecond, from: at + 1, to: len(s)}
	f.at, ok = fileTime(s[at+1:at+9], s[at+10:])
	return f, ok
}

// contentIDExpress: "001a01d718e4$05d25700$0a01a8c0@host" of Outlook Express:
// a counter, then the FILETIME of the Date, which is what 14 of 14 are to the
// second.
func contentIDExpress(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.run(isLowerHex, 4, 4)
	from := p.at
	high := p.run(isLowerHex, 8, 8)
	p.lit("$")
	low := p.run(isLowerHex, 8, 8)
	to := p.at
	p.lit("$")
	p.run(isLowerHex, 8, 8)
	p.lit("@")
	if p.broken || high[:2] != "01" {
		return f, false
	}
	hi, _ := hexLower(high)
	lo, _ := hexLower(low)
	f = found{rule: "cid.outlook-express", software: "Outlook Express", event: Built, clock: UTC, strength: Bound, step: 100 * time.Nanosecond, from: from, to: to}
	f.at = ofFileTime(hi<<32 | lo)
	return f, inWindow(f.at)
}

// contentIDNmh: "4242.1615734566.1@host.example" of nmh and exmh: process,
// seconds, number of the part.
func contentIDNmh(s string) (f found, ok bool) {
	p := pattern{text: s}
	p.run(isDec, 1, 7)
	p.lit(".")
	from := p.at
	seconds := p.run(isDec, 9, 10)
	to := p.at
	p.lit(".")
	p.run(isDec, 1, 4)
	p.lit("@")
	if p.broken || p.at == len(s) {
		return f, false
	}
	f = found{rule: "cid.nmh", software: "nmh", event: Built, clock: UTC, step: time.Second, from: from, to: to}
	f.at, ok = unixText(seconds)
	return f, ok
}

// appendGmailImage: "ii_km9an6h30_1783148ee874e21a" of Gmail: the
// milliseconds in base 36 at which the browser took the image in, a digit;
// then, or instead, the number of the draft, whose upper bits are milliseconds.
// Seven of seven of the first kind are 8 to 77 seconds older than the Date.
func appendGmailImage(out []found, id string, c *clue) []found {
	part, draft, two := strings.Cut(id[3:], "_")
	if len(part) == 9 && isDec(part[8]) && allOf(part, isLowerOrDec) {
		ms, _ := digits(part[:8], 36, false)
		f := found{rule: "cid.gmail-image", software: "Gmail", event: File, clock: UTC, strength: Bound, at: ofMilli(ms), step: time.Millisecond, from: 3, to: 11}
		if f.at.Year() >= 2004 && c.nearby(f.at) {
			out = appendInWindow(out, f)
		}
	} else if two {
		return out
	} else {
		draft = part
	}
	if len(draft) != 16 || !allOf(draft, isLowerHex) {
		return out
	}
	ms, _ := hexLower(draft[:11])
	f := found{rule: "cid.gmail-draft", software: "Gmail", event: Compose, clock: UTC, strength: Bound, at: ofMilli(ms), step: time.Millisecond, from: len(id) - 16, to: len(id)}
	if f.at.Year() < 2004 || !c.nearby(f.at) {
		return out
	}
	return appendInWindow(out, f)
}

// appendBorrowed reads a Content-ID that was made as the same program makes
// Message-IDs. Such a time may have come along with a forwarded part.
func appendBorrowed(out []found, id string, c *clue) []found {
	left, right, ok := strings.Cut(id, "@")
	if !ok || left == "" || right == "" {
		return appendGeneric(out, id, c)
	}
	before := len(out)
	out = appendMessageID(out, headers.MessageID{Value: id, Left: left, Right: right}, c)
	for i := range out[before:] {
		if f := &out[before+i]; f.strength != Hint {
			f.strength = Bound
		}
	}
	return out
}
