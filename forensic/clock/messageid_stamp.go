package clock

import (
	"strings"
	"time"
)

// Identifiers that begin with a calendar time of fourteen digits,
// yyyymmddHHMMSS. What follows tells who wrote it, and so by which clock.
var (
	midPostfix   = midMaker{"mid.postfix", "Postfix", Queued, UTC, time.Second, 0}
	midMutt      = midMaker{"mid.mutt", "Mutt", Built, UTC, time.Second, 0}
	midMuttOld   = midMaker{"mid.mutt-old", "Mutt", Built, SenderLocal, time.Second, 0}
	midMailgun   = midMaker{"mid.mailgun", "Mailgun", Built, UTC, time.Second, 0}
	midSylpheed  = midMaker{"mid.sylpheed", "Sylpheed", Built, SenderLocal, time.Second, 0}
	midClaws     = midMaker{"mid.claws", "Claws Mail", Built, SenderLocal, time.Second, 2000}
	midNPOP      = midMaker{"mid.npop", "nPOP", Built, SenderLocal, time.Second, 1999}
	midQmail     = midMaker{"mid.qmail", "qmail", Built, UTC, time.Second, 0}
	midSwift     = midMaker{"mid.swift-old", "Swift Mailer", Built, UTC, time.Second, 0}
	midPython2   = midMaker{"mid.python2", "Python", Built, UTC, time.Second, 1998}
	midInterMail = midMaker{"mid.intermail", "InterMail", Queued, UTC, time.Second, 0}
	midHorde     = midMaker{"mid.horde", "Horde", Built, ServerZone, time.Second, 0}
	midGitStamp  = midMaker{"mid.git-send-email", "git send-email", Built, UTC, time.Second, 0}
	midKMail1    = midMaker{"mid.kmail", "KMail", Built, SenderLocal, time.Second, 1997}
)

// stamped reads what begins with fourteen digits.
func (m *midText) stamped(out []found, c *clue) []found {
	if _, ok := ymdhms(m.s(0)); !ok {
		return m.kmail1(out)
	}
	if m.n == 2 {
		return m.stampedPair(out, c)
	}
	return m.stampedMany(out)
}

// stampedPair reads "yyyymmddHHMMSS.something". The order settles overlaps: a
// letter and a process number is Mutt's before it is a queue id.
func (m *midText) stampedPair(out []found, c *clue) []found {
	switch s := m.s(1); {
	case midGitTail(s):
		return m.atCalendar(out, midGitStamp, 0)
	case midMuttTag(s):
		return m.atCalendar(out, midMutt, 0)
	case midMuttOldTag(s, c):
		return m.atCalendar(out, midMuttOld, 0)
	case midPineTail(s):
		return m.atCalendar(out, midPine, 0)
	case m.is(1, midHexUpper):
		return m.postfixDated(out, s)
	case len(s) == 8 && m.is(1, midHexLower):
		return m.atCalendar(out, midClaws, 0)
	case len(s) == 16 && m.is(1, midHexLower):
		return m.atCalendar(out, midMailgun, 0)
	case len(s) == 16 && m.is(1, midLower):
		return m.stampedRandom(out, s, c)
	}
	before := len(out)
	if out = m.postfixLong(out, 1); len(out) > before {
		out = m.atCalendar(out, midPostfix, 0)
	}
	return out
}

// stampedMany reads "yyyymmddHHMMSS.something.something".
func (m *midText) stampedMany(out []found) []found {
	switch last := m.s(m.n - 1); {
	case last == "qmail" && m.n == 3 && m.is(1, midDigit):
		return m.atCalendar(out, midQmail, 0)
	case last == "swift" && m.n == 4 && m.is(1, midDigit) && m.is(2, midDigit):
		return m.atCalendar(out, midSwift, 0)
	case m.s(1) == "Horde" && m.n == 3:
		return m.atCalendar(out, midHorde, 0)
	case m.len(1) == 8 && m.is(1, midHexLower):
		return m.atCalendar(out, midSylpheed, 0)
	case midInterMailTag(m.s(1)):
		return m.atCalendar(out, midInterMail, 0)
	case m.len(1) == 8 && m.is(1, midHexUpper):
		return m.atCalendar(out, midNPOP, 0)
	case m.digitsOf(1, 1, 7) && m.digitsOf(2, 1, 20):
		return m.atCalendar(out, midPython2, 0)
	case midGitTail(m.s(1)):
		return m.atCalendar(out, midGitStamp, 0)
	}
	return out
}

// midMuttTag reports whether s is "GA1234": G for UTC (since Mutt 1.3.24), a
// counting letter, the process.
func midMuttTag(s string) bool {
	return len(s) >= 3 && len(s) <= 12 && s[0] == 'G' && s[1] >= 'A' && s[1] <= 'Z' && midAll(s[2:], midDigit)
}

// midMuttOldTag reports whether s is "A1234": a counting letter and the
// process, in local time. Systems of that age gave processes five digits at
// most; a letter A-F with more of them is a queue id of Postfix, unless the
// message says Mutt.
func midMuttOldTag(s string, c *clue) bool {
	if len(s) < 2 || len(s) > 8 || s[0] < 'A' || s[0] > 'Z' || !midAll(s[1:], midDigit) {
		return false
	}
	return len(s) <= 6 || s[0] > 'F' || c.says("mutt")
}

// midPineTail reports whether s is "J42527-100000", as the Pine of FreeBSD
// writes: a counting letter, the process, Pine's mark of the kind of user.
func midPineTail(s string) bool {
	tag, mark, ok := strings.Cut(s, "-")
	return ok && len(mark) == 6 && mark[0] == '1' && midAll(mark, midDigit) &&
		len(tag) >= 2 && len(tag) <= 8 && tag[0] >= 'A' && tag[0] <= 'Z' && midAll(tag[1:], midDigit)
}

// midInterMailTag reports whether s is "ABCD1234": four letters, a process.
func midInterMailTag(s string) bool {
	return len(s) >= 6 && len(s) <= 12 && midLetters(s[:4], 'A', 'Z') && midAll(s[4:], midDigit)
}

// midGitTail reports whether s is "1234-1-someone": process, patch, sender.
func midGitTail(s string) bool {
	pid, rest, ok := strings.Cut(s, "-")
	if !ok || !midAll(pid, midDigit) || len(pid) > 10 {
		return false
	}
	patch, sender, ok := strings.Cut(rest, "-")
	return ok && midAll(patch, midDigit) && len(patch) <= 5 && sender != ""
}

// postfixDated reads the identifier that cleanup(8) gives to a message that
// came without one: the time and the queue id. The first five digits of a
// short queue id are the microseconds, so below 0xF4240 (11,219 of 11,237 real
// ones; of random ones 95 %); the rest is the number of a file.
func (m *midText) postfixDated(out []found, queue string) []found {
	if len(queue) < 6 || len(queue) > 16 {
		return out
	}
	if us, ok := hexUpper(queue[:5]); !ok || us >= 1e6 {
		return out
	}
	before := len(out)
	out = m.atCalendar(out, midPostfix, 0)
	if m.is(1, midDigit) && len(out) > before {
		// Many scripts write a time and a number; about one queue id in two
		// hundred has no letter.
		if len(queue) < 9 {
			return out[:before]
		}
		out[before].strength = Hint
	}
	return out
}

// stampedRandom tells two kinds of sixteen characters apart: Mutt 1.8 and
// NeoMutt write base32 (a-z2-7), Horde 3 base36 of a floating-point number,
// which leaves multiples of four at its end.
func (m *midText) stampedRandom(out []found, s string, c *clue) []found {
	const tail = "048cgkosw"
	horde := c.says("horde") || c.says("internet messaging program")
	for i := len(s) - 5; !horde && strings.IndexByte(tail, s[i]) >= 0; i++ {
		horde = i == len(s)-1
	}
	if horde {
		return m.atCalendar(out, midHorde, 0)
	}
	for i := 0; i < len(s); i++ {
		if b := s[i]; b < 'a' && (b < '2' || b > '7') {
			return out
		}
	}
	k := midMutt
	k.since = 2016
	return m.atCalendar(out, k, 0)
}

// kmail1 reads what KMail 1.0 to 1.2 wrote, "yymmddHHMMSSnn.ppppp": a counter
// in two hexadecimal digits, the process in five; local time.
func (m *midText) kmail1(out []found) []found {
	s := m.s(0)
	if m.n != 2 || !m.digitsOf(1, 5, 5) {
		return out
	}
	t, ok := midShortYear(s[:12])
	if !ok || t.Year() > 2005 {
		return out
	}
	return midKMail1.add(out, t, 0, 12)
}

// midShortYear reads "yymmddHHMMSS" or "yymmddHHMM"; the year lies in 1970 to
// 2069.
func midShortYear(s string) (t time.Time, ok bool) {
	v, ok := decimal(s)
	if !ok || len(s) != 10 && len(s) != 12 {
		return t, false
	}
	if len(s) == 10 {
		v *= 100
	}
	year := int(v / 1e10)
	if year < 70 {
		year += 100
	}
	return civil(1900+year, int(v/1e8%100), int(v/1e6%100), int(v/1e4%100), int(v/100%100), int(v%100))
}
