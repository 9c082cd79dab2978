package clock

import (
	"encoding/base64"
	"strings"
	"time"
)

// Identifiers that count in a base of their own.
var (
	midExim        = midMaker{"mid.exim", "Exim", Queued, UTC, time.Second, 0}
	midExim497     = midMaker{"mid.exim4.97", "Exim", Queued, UTC, time.Microsecond, 0}
	midPostfixLong = midMaker{"mid.postfix-long", "Postfix", Queued, UTC, time.Microsecond, 2011}
	midMutt2       = midMaker{"mid.mutt2", "Mutt", Built, UTC, time.Second, 2019}
	midIPlanet     = midMaker{"mid.iplanet", "iPlanet", Queued, UTC, time.Second, 1994}
	midINN         = midMaker{"mid.inn", "INN", Queued, UTC, time.Second, 1992}
	midGnus        = midMaker{"mid.gnus", "Gnus", Built, UTC, time.Second, 0}
	midWanderlust  = midMaker{"mid.wanderlust", "Wanderlust", Built, UTC, time.Second, 0}
	midMimeKit     = midMaker{"mid.mimekit", "MimeKit", Built, UTC, 100, 2012}
	midLotus       = midMaker{"mid.lotus", "Lotus Notes", Built, UTC, 10 * time.Millisecond, 0}
	midLotusSent   = midMaker{"mid.lotus.unid-trailer", "Lotus Notes", Built, UTC, 10 * time.Millisecond, 0}
	midGmailOld    = midMaker{"mid.gmail-pacific", "Gmail", Built, ServerZone, time.Minute, 2004}
)

const (
	mid62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	mid52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
	mid51 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxy"
)

// exim reads "Eseconds-process-fraction": 6, 6 and 2 digits of base 62, since
// 4.97 6, 11 and 4. Where file names know no case, Exim counts in base 36. A
// process is 32 bits in either form.
func (m *midText) exim(out []found) []found {
	s := m.left[1:]
	switch {
	case len(s) == 16 && s[6] == '-' && s[13] == '-':
		if pid, ok := inAlphabet(s[7:13], mid62); ok && pid < 1<<32 {
			return midEximOld(out, s)
		}
	case len(s) == 23 && s[6] == '-' && s[18] == '-':
		if pid, ok := inAlphabet(s[12:18], mid62); ok && pid < 1<<32 && s[7:12] == "00000" {
			return midEximNew(out, s)
		}
	}
	return out
}

// midEximSeconds reads the six digits of seconds: in base 62 they begin with 0
// or 1 until 2028 and 2 from then, in base 36 with E or later since 1996, so that only one
// reading can be a time of mail.
func midEximSeconds(s string) (t time.Time, base int64, ok bool) {
	if v, ok := inAlphabet(s, mid62); ok {
		if t := ofUnix(v); inWindow(t) {
			return t, 62, true
		}
	}
	v, ok := digits(s, 36, true)
	return ofUnix(v), 36, ok
}

// midEximOld reads the form before 4.97. The last two digits are the fraction
// in 1/2000 s (1/1000 in base 36); with a localhost_number in 1/200 s, the
// number times 200 added. Exim 3 counted messages of the second there, from
// 0: below 62 the fraction stays open.
func midEximOld(out []found, s string) []found {
	k := midExim
	t, base, ok := midEximSeconds(s[:6])
	v, ok2 := inAlphabet(s[14:], mid62)
	if !ok || !ok2 {
		return out
	}
	switch {
	case base != 62 || v < 62 || v >= 17*200:
	case v < 2000:
		k.step = 500 * time.Microsecond
		t = t.Add(time.Duration(v) * k.step)
	default:
		k.step = 5 * time.Millisecond
		t = t.Add(time.Duration(v%200) * k.step)
	}
	return k.add(out, t, 1, 7)
}

// midEximNew reads the form since 4.97, where the last four digits are the
// microseconds. A host number may be folded into them in a unit that the
// identifier does not tell; from a million on the fraction stays open.
func midEximNew(out []found, s string) []found {
	k := midExim497
	t, base, ok := midEximSeconds(s[:6])
	us, ok2 := inAlphabet(s[19:], mid62)
	if !ok || !ok2 {
		return out
	}
	if base == 62 && us < 1e6 {
		return k.add(out, t.Add(time.Duration(us)*time.Microsecond), 1, len(s)+1)
	}
	k.step = time.Second
	return k.add(out, t, 1, 7)
}

// postfixLong reads a long queue id of Postfix 2.9 and later, which is the
// whole of the identifier that it gives: seconds (six digits until far beyond
// any mail) and microseconds (four) in base 52, a z, the file's number in base
// 51, which knows no z.
func (m *midText) postfixLong(out []found, i int) []found {
	s := m.s(i)
	if i != m.n-1 || len(s) < 12 || len(s) > 22 || strings.LastIndexByte(s, 'z') != 10 {
		return out
	}
	sec, ok := inAlphabet(s[:6], mid52)
	us, ok2 := inAlphabet(s[6:10], mid52)
	if !ok || !ok2 || us >= 1e6 || !midIn(s[11:], mid51) {
		return out
	}
	from := m.part[i].from
	return midPostfixLong.add(out, ofMicro(sec*1e6+us), from, from+10)
}

// midIn reports whether every character of s is in alphabet.
func midIn(s, alphabet string) bool {
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(alphabet, s[i]) < 0 {
			return false
		}
	}
	return true
}

// mutt2 reads what Mutt 2 and NeoMutt write: twelve bytes in base64url, of
// which the first four are the seconds. Sixteen characters are common (111 of
// other software in 16,000 messages): the message must say Mutt, or the time
// must lie within a day of one that it states (one random text in 25,000
// does), and is a hint then.
func (m *midText) mutt2(out []found, c *clue) []found {
	before := len(out)
	if out = m.postfixLong(out, 0); len(out) > before {
		return out
	}
	var b [12]byte
	if n, err := base64.RawURLEncoding.Decode(b[:], []byte(m.left)); err != nil || n != 12 {
		return out
	}
	t := ofUnix(int64(b[0])<<24 | int64(b[1])<<16 | int64(b[2])<<8 | int64(b[3]))
	sure := c.says("mutt")
	if !sure && !midSameDay(c.near, t) {
		return out
	}
	if out = midMutt2.add(out, t, 0, 6); len(out) > before && !sure {
		out[before].strength = Hint
	}
	return out
}

// midSameDay reports whether t lies within a day of one of the times.
func midSameDay(near []time.Time, t time.Time) bool {
	for _, n := range near {
		if d := t.Sub(n); d > -24*time.Hour && d < 24*time.Hour {
			return true
		}
	}
	return false
}

// iplanet reads the fourteen to seventeen digits of iPlanet, Sun and Oracle
// messaging servers and PMDF: a zero, the first three digits in base 36 of the
// seconds, five others of which the first two are zeros, the last three digits
// of the seconds. They begin with a letter since 1994, so that a plain number
// is none.
func (m *midText) iplanet(out []found) []found {
	s := m.left
	if s[4:6] != "00" {
		return out
	}
	high, _ := digits(s[1:4], 36, true)
	low, _ := digits(s[9:12], 36, true)
	return midIPlanet.add(out, ofUnix(high*36*36*36+low), 1, 12)
}

// inn reads "seconds$process$counter" in base 32, of the news server INN, which
// counts from May 1991. (Six of six real ones within two minutes of the Date.)
func (m *midText) inn(out []found) []found {
	head, rest, _ := strings.Cut(m.left, "$")
	pid, counter, ok := strings.Cut(rest, "$")
	sec, ok2 := digits(head, 32, false)
	if _, isPID := digits(pid, 32, false); !ok || !ok2 || !isPID || len(head) != 6 || len(pid) > 5 || len(counter) > 6 {
		return out
	}
	if !midAll(counter, midDigit) {
		return out
	}
	return midINN.add(out, ofUnix(sec+673416000), 0, 6)
}

// gnus reads "uidHHHHLLLL.fsf" of Gnus and of Wanderlust, ".wl": the halves of
// the seconds as Emacs keeps them, each with a counter above its sixteen bits,
// in base 36 with the digits in reverse order.
func (m *midText) gnus(out []found) []found {
	k, n := midGnus, m.len(0)
	if strings.HasPrefix(m.s(1), "wl") {
		k = midWanderlust
	} else if s := m.s(1); m.n != 2 || s != "fsf" && s != "fsf_-_" { // the second after a change of subject
		return out
	}
	if n < 8 || !m.is(0, midLower) {
		return out
	}
	high, low := midGnusDigits(m.left[n-8:n-4]), midGnusDigits(m.left[n-4:n])
	if high>>16 >= 25 || low>>16 >= 25 {
		return out
	}
	return k.add(out, ofUnix((high&0xFFFF)<<16|low&0xFFFF), n-8, n)
}

func midGnusDigits(s string) int64 {
	v, _ := inAlphabet(s, "zyxwvutsrqponmlkjihgfedcba9876543210")
	return v
}

// mimeKit reads "ticks.random" in base 36 with the last digit first: 100 ns
// since the year 1, in UTC.
func (m *midText) mimeKit(out []found) []found {
	if !m.is(1, midUpper) || m.len(1) < 10 || m.len(1) > 13 {
		return out
	}
	var v int64
	for i, s := m.len(0)-1, m.s(0); i >= 0; i-- {
		d, _ := digits(s[i:i+1], 36, true)
		v = v*36 + d
	}
	return m.at(out, midMimeKit, of100ns(v, ticksEpoch), 0)
}

// lotus reads "OFx.x-ONzzdddddd.tttttttt" of Lotus Notes: the zone, the Julian
// day and hundredths of a second since midnight GMT. That is when the message
// was sent, or, when another such time follows, when it was begun.
func (m *midText) lotus(out []found) []found {
	if m.n < 3 || m.n > 4 || m.len(0) != 10 || !midAll(m.left[2:10], midHexUpper) || m.len(1) != 19 || m.s(1)[8:11] != "-ON" {
		return out
	}
	begun, from := midLotus, m.part[1].from+11
	if m.n == 3 {
		return midTimeDate(out, begun, m.s(1)[11:], m.s(2), from)
	}
	clock, trailer, ok := strings.Cut(m.s(2), "-")
	if !ok {
		return out
	}
	begun.event = Compose
	out = midTimeDate(out, begun, m.s(1)[11:], clock, from)
	return midTimeDate(out, midLotusSent, trailer, m.s(3), m.part[2].from+len(clock)+1)
}

// midTimeDate reads a TIMEDATE of Notes that stands at from: a byte of zone
// (summer time, east, quarters, hours), three of day, a dot, four of time.
func midTimeDate(out []found, k midMaker, date, clock string, from int) []found {
	d, ok := hexUpper(date)
	t, ok2 := hexUpper(clock)
	const day = 24 * 60 * 60 * 100
	if len(date) != 8 || len(clock) != 8 || !ok || !ok2 || t >= day || d>>24&15 > 14 {
		return out
	}
	at := ofMilli((d&0xFFFFFF-2440588)*86400*1000 + t*10)
	return k.add(out, at, from, from+17)
}

// gmailPacific reads what Gmail wrote until 2011: seven or eight digits, the
// minute "yymmddHHMM" of the clock in California, a letter, as many digits
// again, a letter, fifteen or sixteen. The letters are none of a-f (14 of 14
// real ones), which would be digits. Until 2005 one group followed the minute,
// without a letter.
func (m *midText) gmailPacific(out []found) []found {
	if !m.host("mail.gmail.com") && !m.host("mail.googlemail.com") {
		return out
	}
	s := m.left
	if len(s) <= 26 {
		return m.gmailShort(out)
	}
	second := midLastLetter(s)
	first := midLastLetter(s[:second])
	from := first - 10
	if from < 6 || from > 8 || second-first < 7 || second-first > 9 || len(s)-second < 13 || len(s)-second > 17 {
		return out
	}
	t, ok := midShortYear(s[from:first])
	if !ok || t.Year() > 2012 || !midAll(s[:from], midHexLower) {
		return out
	}
	return midPacific(out, t, from, first)
}

// midPacific adds a minute of California's wall clock. It is given as such: in
// autumn an hour comes twice, and the identifier does not say which. The hour
// that is left out in spring never was.
func midPacific(out []found, t time.Time, from, to int) []found {
	if begin, _ := pacificSummer(t.Year()); !t.Before(begin) && t.Before(begin.Add(time.Hour)) {
		return out
	}
	return midGmailOld.add(out, t, from, to)
}

// gmailShort reads the form of 2004 and 2005. Each group may lack leading
// zeros: the first is taken as long as it can be.
func (m *midText) gmailShort(out []found) []found {
	for from := 8; from >= 7; from-- {
		rest := len(m.left) - from - 10
		t, ok := midShortYear(m.left[from : from+10])
		if ok && rest >= 6 && rest <= 8 && t.Year() >= 2004 && t.Year() <= 2006 {
			return midPacific(out, t, from, from+10)
		}
	}
	return out
}

// midLastLetter is the place of the last letter beyond f, 0 without one.
func midLastLetter(s string) int {
	for i := len(s) - 1; i > 0; i-- {
		if s[i] > 'f' {
			return i
		}
	}
	return 0
}
