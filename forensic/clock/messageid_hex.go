package clock

import (
	"strings"
	"time"
)

// Identifiers with a hexadecimal clock.
var (
	midOutlook   = midMaker{"mid.outlook", "Outlook", Built, UTC, 100, 0}
	midOutlook97 = midMaker{"mid.outlook97", "Outlook", Built, SenderLocal, 100, 0}
	midPowerMTA  = midMaker{"mid.powermta", "PowerMTA", Built, UTC, 100, 0}
	midMozilla   = midMaker{"mid.mozilla", "Mozilla", Built, UTC, time.Second, 1994}
	midPegasus   = midMaker{"mid.pegasus", "Pegasus Mail", Built, SenderLocal, time.Second, 1993}
	midEntourage = midMaker{"mid.entourage", "Entourage", Built, SenderLocal, time.Second, 0}
	midEudoraMac = midMaker{"mid.eudora-mac", "Eudora", Compose, UTC, time.Second, 1992}
	midGmail     = midMaker{"mid.gmail-us", "Gmail", Built, UTC, time.Microsecond, 2010}
	midGmailMX   = midMaker{"mid.gmail.hexsec", "Gmail", Queued, UTC, time.Second, 0}
	midSES       = midMaker{"mid.ses", "Amazon SES", Built, UTC, time.Millisecond, 0}
	midMomentum  = midMaker{"mid.momentum", "Momentum", Built, UTC, time.Second, 0}
	midCourier   = midMaker{"mid.courier", "Courier", Queued, UTC, time.Second, 0}
	midRuby      = midMaker{"mid.rubymail", "Ruby Mail", Built, UTC, time.Microsecond, 2004}
	midObjectID  = midMaker{"mid.objectid", "MailerSend", Built, UTC, time.Second, 2009}
)

// outlook reads "counter+FILETIME$FILETIME$address" of Outlook, Outlook
// Express and CDO: the high half of the FILETIME ends the first part, the low
// half is the second. The third was the sender's own IPv4 address up to 2002.
// A high half outside 01B to 01D is a forger's.
func (m *midText) outlook(out []found) []found {
	head, rest, _ := strings.Cut(m.left, "$")
	low, tail, ok := strings.Cut(rest, "$")
	if !ok || len(head) < 12 || len(head) > 14 || len(low) != 8 || len(tail) != 8 {
		return out
	}
	from := len(head) - 8
	high := head[from:]
	if high[:2] != "01" || high[2] < 'b' || high[2] > 'd' {
		return out
	}
	if !midAll(head, midHexLower) || !midAll(low, midHexLower) || !midAll(tail, midHexLower) {
		return out
	}
	return midOutlook.add(out, midFileTime(high, low), from, len(head)+1+8)
}

// midFileTime reads the two halves of a FILETIME.
func midFileTime(high, low string) time.Time {
	h, _ := midHex(high)
	l, _ := midHex(low)
	return ofFileTime(h<<32 | l)
}

// hexPair reads what begins with eight hexadecimal digits and a dot: Mozilla's
// "seconds.random" in capitals, and the "FILETIME.FILETIME" of Outlook 97,
// which a user's name may follow.
func (m *midText) hexPair(out []found) []found {
	if !m.is(0, midHexUpper) || !m.is(1, midHexUpper) {
		return out
	}
	if s := m.s(0); s[:2] == "01" && s[2] >= 'B' && s[2] <= 'D' && m.len(1) == 8 {
		return midOutlook97.add(out, midFileTime(s, m.s(1)), 0, m.part[1].to)
	}
	if m.n != 2 || m.len(1) > 9 {
		return out
	}
	return m.atHexSeconds(out, midMozilla, 0)
}

// atHexSeconds reads part i as Unix seconds in eight hexadecimal digits.
func (m *midText) atHexSeconds(out []found, k midMaker, i int) []found {
	if m.len(i) != 8 {
		return out
	}
	v, ok := midHex(m.s(i))
	if !ok {
		return out
	}
	return m.at(out, k, ofUnix(v), i)
}

// pegasus reads "seconds.number.random": seconds of the local clock.
func (m *midText) pegasus(out []found) []found {
	return m.atHexSeconds(out, midPegasus, 0)
}

// entourage reads "seconds.random%user", seconds since 1904 of the local
// clock, of Entourage and Outlook Express for Mac.
func (m *midText) entourage(out []found) []found {
	random, user, _ := strings.Cut(m.left[min(len(m.left), m.len(0)+1):], "%")
	v, ok := hexUpper(m.s(0))
	if !ok || m.len(0) != 8 || user == "" || len(random) > 8 || !midAll(random, midHexUpper) {
		return out
	}
	return m.at(out, midEntourage, ofUnix(v-macEpoch), 0)
}

// eudoraMac reads a letter, four digits of version, four of sequence, eight of
// seconds since 1904, four of random. The seconds fit universal time (85 of 89
// real ones precede the Date by less than an hour, in every zone). Eudora was
// given up when they began with c, and gone before e.
func (m *midText) eudoraMac(out []found) []found {
	s := m.left
	if s[0] < 'a' || s[1] != '0' || s[2] < '1' || s[9] < 'a' || s[9] > 'd' || !midAll(s[1:5], midDigit) || !midAll(s[5:], midHexLower) {
		return out
	}
	v, _ := hexLower(s[9:17])
	return midEudoraMac.add(out, ofUnix(v-macEpoch), 9, 17)
}

// gmailMicros reads what Gmail's web and interfaces write: twelve zeros, the
// low 24 bits of the microseconds, the high 32 bits, a counter. (533 of 535
// real ones lie within a second of the message's X-Received.)
func (m *midText) gmailMicros(out []found) []found {
	if m.left[:12] != "000000000000" {
		return out
	}
	low, _ := hexLower(m.left[12:18])
	high, _ := hexLower(m.left[18:26])
	return midGmail.add(out, ofMicro(high<<24|low), 12, 26)
}

// gmailAdded reads what Gmail gives a message that came over SMTP without an
// identifier: "seconds.route.number.number", with ".GMR", ".GMRIR" or
// "SMTPIN_ADDED…" behind.
func (m *midText) gmailAdded(out []found) []found {
	if !m.host("google.com") || !m.is(0, midHexLower) || !m.is(1, midHexLower) || !m.is(2, midHexLower) || m.len(2) > 8 {
		return out
	}
	last, _, _ := strings.Cut(m.s(3), "SMTPIN_ADDED")
	if len(last) < 4 || len(last) > 8 || !midAll(last, midHexLower) {
		return out
	}
	if end := m.s(4); m.n == 5 && end != "GMR" && end != "GMRIR" && !strings.HasPrefix(end, "SMTPIN_ADDED") {
		return out
	}
	return m.atHexSeconds(out, midGmailMX, 0)
}

// ses reads "regionMILLIS-uuid-000000": two bytes of region, six of
// milliseconds.
func (m *midText) ses(out []found) []found {
	s := m.s(0)
	if m.n != 1 || s[0] != '0' || s[16] != '-' || s[53] != '-' || !midUUID(s[17:53]) || !midAll(s[54:], midDigit) {
		return out
	}
	v, ok := hexLower(s[4:16])
	if !ok || !midAll(s[:4], midHexLower) || s[1] > '1' {
		return out
	}
	return midSES.add(out, ofMilli(v), 4, 16)
}

// powerMTA reads "n.n.n.hex.FILETIME.hex", as Responsys and emarsys write.
func (m *midText) powerMTA(out []found) []found {
	for i := range 3 {
		if !m.is(i, midDigit) {
			return out
		}
	}
	s := m.s(4)
	if len(s) != 15 || s[0] != '1' || s[1] < 'B' || s[1] > 'D' || m.len(3) > 4 || !m.is(3, midHexUpper) || !m.is(5, midHexUpper) {
		return out
	}
	v, ok := hexUpper(s)
	if !ok {
		return out
	}
	return m.at(out, midPowerMTA, ofFileTime(v), 4)
}

// momentum reads "XX.XX.process.SSSSSSSS", the seconds in hexadecimal with the
// last digit first.
func (m *midText) momentum(out []found) []found {
	if !m.is(0, midHexUpper) || !m.is(1, midHexUpper) || !m.digitsOf(2, 5, 7) || !m.is(3, midHexUpper) {
		return out
	}
	var v int64
	for i, s := 0, m.s(3); i < len(s); i++ {
		d, _ := hexUpper(s[i : i+1])
		v |= d << (4 * i)
	}
	return m.at(out, midMomentum, ofUnix(v), 3)
}

// courier reads "courier.seconds.process", as wide as the machine's words.
func (m *midText) courier(out []found) []found {
	v, ok := hexUpper(m.s(1))
	if m.n != 3 || !ok || m.len(1) != 8 && m.len(1) != 16 || !m.is(2, midHexUpper) {
		return out
	}
	return m.at(out, midCourier, ofUnix(v), 1)
}

// mailerSend reads the object identifier of MailerSend, whose first eight
// digits are the seconds. Twenty-four digits of another host can be anything.
func (m *midText) mailerSend(out []found) []found {
	v, _ := hexLower(m.left[:8])
	return midObjectID.add(out, ofUnix(v), 0, 8)
}

// rubyMail reads "SSSSSSSSuuuuu_random" of Ruby's mail and TMail, where the
// microseconds are not padded, and Zendesk's with a word before and after.
func (m *midText) rubyMail(out []found) []found {
	tag, rest, _ := strings.Cut(m.left, "_")
	before := len(out)
	if out = midRubyTag(out, tag, rest, 0); len(out) > before || !midAll(tag, midAlnum) {
		return out
	}
	from := len(tag) + 1
	tag, rest, _ = strings.Cut(rest, "_")
	before = len(out)
	if out = midRubyTag(out, tag, rest, from); len(out) > before && m.host("zendesk.com") {
		out[before].software = "Zendesk"
	}
	return out
}

// midRubyTag reads the tag at from. The random part holds a process, a thread,
// a counter and a number: nine characters at the very least.
func midRubyTag(out []found, tag, rest string, from int) []found {
	random, suffix, more := strings.Cut(rest, "_")
	if len(tag) < 9 || len(tag) > 13 || len(random) < 9 || !midAll(random, midHexLower) || more && suffix == "" {
		return out
	}
	s, ok := hexLower(tag[:8])
	us, ok2 := hexLower(tag[8:])
	if !ok || !ok2 || us >= 1e6 {
		return out
	}
	return midRuby.add(out, ofMicro(s*1e6+us), from, from+len(tag))
}
