package clock

import (
	"strings"
	"time"
)

// Identifiers that begin with twelve digits: a calendar time to the minute, or
// hundredths of a second since 1970.
var (
	midSendmail  = midMaker{"mid.sendmail", "sendmail", Queued, UTC, time.Second, 0}
	midSendmail5 = midMaker{"mid.sendmail5", "sendmail", Queued, UTC, time.Minute, 1982}
	midKMail     = midMaker{"mid.kmail", "KMail", Built, SenderLocal, time.Second, 0}
	midBrevo     = midMaker{"mid.sendinblue", "Brevo", Built, UTC, time.Minute, 0}
	midPython    = midMaker{"mid.python", "Python", Built, UTC, 10 * time.Millisecond, 2012}
)

// twelve reads what begins with twelve digits.
func (m *midText) twelve(out []found, c *clue) []found {
	before := len(out)
	if out = m.python(out); len(out) > before {
		return out
	}
	t, ok := ymdhms(m.s(0))
	if !ok {
		return m.two(out)
	}
	switch {
	case m.n == 2 && m.digitsOf(1, 11, 11) && strings.HasPrefix(m.right, "smtp-relay."):
		return m.at(out, midBrevo, t, 0)
	case m.n == 2 && m.digitsOf(1, 14, 14):
		return m.theBat(out)
	case m.digitsOf(1, 5, 5) || m.n >= 3 && m.digitsOf(1, 3, 16):
		return m.kmail(out, t)
	case m.n == 2:
		return m.sendmail(out, t)
	}
	return out
}

// python reads "centiseconds.process.random", Python 3's make_msgid, as
// Django's. A word may follow.
func (m *midText) python(out []found) []found {
	if !m.digitsOf(1, 1, 10) || !m.digitsOf(2, 1, 20) {
		return out
	}
	v, _ := decimal(m.s(0))
	return m.at(out, midPython, ofMilli(v*10), 0)
}

// kmail reads "yyyymmddHHMM.SSmmm" with the sender's address or a suffix of
// the user's choice; the milliseconds are there when three digits follow the
// seconds, as KMail's own code writes them.
func (m *midText) kmail(out []found, minute time.Time) []found {
	s := m.s(1)
	second, _ := decimal(s[:2])
	if second > 59 {
		return out
	}
	k, t := midKMail, minute.Add(time.Duration(second)*time.Second)
	if len(s) == 5 {
		ms, _ := decimal(s[2:])
		k.step, t = time.Millisecond, t.Add(time.Duration(ms)*time.Millisecond)
	}
	return k.add(out, t, 0, m.part[1].from+min(len(s), 5))
}

// sendmail reads "yyyymmddHHMM.queue-id", both in UTC (200 of 217 prefixes
// within a minute of the Date). The queue id of 8.10 and later gives the
// second; the older one says no more than the hour, in local time.
func (m *midText) sendmail(out []found, minute time.Time) []found {
	k := midSendmail
	queued, ok := midSendmailQueue(m.s(1), minute)
	if !ok {
		k.step = time.Minute
		switch {
		case midOldSendmailQueue(m.s(1)):
			return m.at(out, k, minute, 0)
		case m.digitsOf(1, 8, 16) && strings.Trim(m.s(1), "0") == "": // a queue id that somebody blanked
			before := len(out)
			if out = m.at(out, k, minute, 0); len(out) > before {
				out[before].strength = Hint
			}
		}
		return out
	}
	if d := queued.Sub(minute); d > -time.Hour && d < time.Hour {
		return k.add(out, queued, 0, m.part[1].from+6)
	}
	// They are made in one breath; apart, each says what it says.
	out = k.add(out, queued, m.part[1].from, m.part[1].from+6)
	k.step = time.Minute
	return m.at(out, k, minute, 0)
}

// midSendmailQueue reads a queue id of sendmail 8.10 or later: year modulo 60,
// month from 0, day, hour, minute and second as one character each, then one
// (8.10, 8.11) or two characters of sequence and the process in five digits or
// more. The year is the one nearest to the given time.
func midSendmailQueue(s string, near time.Time) (t time.Time, ok bool) {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"
	if len(s) < 12 || len(s) > 15 || !midAll(s[6:8], midAlnum) || !midAll(s[8:], midDigit) {
		return t, false
	}
	if len(s) == 12 && !midAll(s[7:], midDigit) {
		return t, false
	}
	var v [6]int
	for i := range v {
		if v[i] = strings.IndexByte(alphabet, s[i]); v[i] < 0 {
			return t, false
		}
	}
	year := near.Year() - 30
	year += ((1900+v[0]-year)%60 + 60) % 60
	return civil(year, v[1]+1, v[2], v[3], v[4], v[5])
}

// midOldSendmailQueue reports whether s is a queue id of sendmail up to 8.9:
// the letter of the local hour (8.6 and later), two counting letters, the
// process in five digits, on some systems six or seven.
func midOldSendmailQueue(s string) bool {
	switch {
	case len(s) >= 8 && len(s) <= 10 && s[0] >= 'A' && s[0] <= 'X':
		s = s[1:]
	case len(s) != 7:
		return false
	}
	return midLetters(s[:2], 'A', 'Z') && midAll(s[2:], midDigit)
}

// sendmail5 reads "yymmddHHMM.AA12345" of sendmail 5, which was gone before
// the year needed four digits. UTC: the ten real ones at hand are all within
// the minute of their Date.
func (m *midText) sendmail5(out []found) []found {
	t, ok := midShortYear(m.s(0))
	if !ok || t.Year() > 1999 || !midOldSendmailQueue(m.s(1)) {
		return out
	}
	return m.at(out, midSendmail5, t, 0)
}
