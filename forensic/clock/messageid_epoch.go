package clock

import (
	"strings"
	"time"
)

// Identifiers with seconds or milliseconds since 1970 in decimal.
var (
	midCamel     = midMaker{"mid.camel", "Evolution", Built, UTC, time.Second, 0}
	midTMDA      = midMaker{"mid.tmda", "TMDA", Built, UTC, time.Second, 0}
	midSquirrel  = midMaker{"mid.squirrelmail", "SquirrelMail", Built, UTC, time.Second, 0}
	midNMH       = midMaker{"mid.nmh", "nmh", Built, UTC, time.Second, 1985}
	midNMHRandom = midMaker{"mid.nmh", "nmh", Built, UTC, time.Microsecond, 2012}
	midIMP       = midMaker{"mid.horde-imp-uniqid", "IMP", Built, UTC, time.Second, 0}
	midIMPUniqid = midMaker{"mid.horde-uniqid-part", "IMP", Built, UTC, time.Microsecond, 0}
	midMailman   = midMaker{"mid.mailman", "Mailman", Built, UTC, time.Second, 0}
	midCyrus     = midMaker{"mid.cyrus", "Cyrus", Queued, UTC, time.Second, 0}
	midGit       = midMaker{"mid.git-send-email", "git send-email", Built, UTC, time.Second, 0}
	midGitGadget = midMaker{"mid.git-send-email", "GitGitGadget", Built, UTC, time.Millisecond, 0}
	midJavaMail  = midMaker{"mid.javamail", "JavaMail", Built, UTC, time.Millisecond, 1997}
	midContact   = midMaker{"mid.constant-contact", "Constant Contact", Other, UTC, time.Millisecond, 0}
	midYahoo     = midMaker{"mid.yahoo-java", "Yahoo Mail", Built, UTC, time.Millisecond, 0}
	midHubSpot   = midMaker{"mid.hubspot", "HubSpot", Built, UTC, time.Millisecond, 2006}
	midYahooWeb  = midMaker{"mid.yahoo-web", "Yahoo Mail", Built, UTC, time.Second, 2000}
	midMM        = midMaker{"mid.mm", "MM", Built, UTC, time.Second, 0}
	midVM        = midMaker{"mid.vm", "VM", Built, UTC, time.Microsecond, 1989}
)

// camel reads "seconds.process.counter.camel", Evolution's library.
func (m *midText) camel(out []found) []found {
	if m.n != 4 || !m.is(1, midDigit) || !m.is(2, midDigit) {
		return out
	}
	return m.atSeconds(out, midCamel, 0)
}

// tmda reads "seconds.process.TMDA".
func (m *midText) tmda(out []found) []found {
	if m.n != 3 || !m.is(1, midDigit) {
		return out
	}
	return m.atSeconds(out, midTMDA, 0)
}

// yahooWeb reads "seconds.process.YahooMailNeo" of Yahoo's pages of 2008 to
// 2014, which had several names beginning so.
func (m *midText) yahooWeb(out []found) []found {
	if m.n != 3 || !m.is(1, midDigit) {
		return out
	}
	return m.atSeconds(out, midYahooWeb, 0)
}

// mm reads "CMM.0.90.seconds.user" and "MailManager.seconds.process.user" of
// the mail programs around 1990.
func (m *midText) mm(out []found) []found {
	if m.s(0) == "CMM" {
		return m.atSeconds(out, midMM, 3)
	}
	return m.atSeconds(out, midMM, 1)
}

// squirrel reads "port.address.seconds.squirrel"; the address is that of the
// reader's browser.
func (m *midText) squirrel(out []found) []found {
	if m.n < 4 || !m.is(0, midDigit) {
		return out
	}
	return m.atSeconds(out, midSquirrel, m.n-2)
}

// nmh reads "process.seconds", of MH and its kin, exmh and Mulberry.
func (m *midText) nmh(out []found) []found {
	if m.len(0) > 10 {
		return out
	}
	if s := m.s(0); len(s) == 8 && (s[:2] == "19" || s[:2] == "20") {
		// A bulk mailer writes "yyyymmdd" and ten random digits.
		return out
	}
	return m.atSeconds(out, midNMH, 1)
}

// nmhRandom reads "process-seconds.microseconds", nmh's "random" style, whose
// right side is random too.
func (m *midText) nmhRandom(out []found) []found {
	pid, s, _ := strings.Cut(m.s(0), "-")
	v, ok := decimal(s)
	us, ok2 := decimal(m.s(1))
	if !ok || !ok2 || len(s) != 10 || len(pid) > 10 || !midAll(pid, midDigit) {
		return out
	}
	return midNMHRandom.add(out, ofMicro(v*1e6+us), len(pid)+1, len(m.left))
}

// uniqid reads "seconds.uniqid" of IMP 2 and 3: PHP's uniqid is the time once
// more, eight hexadecimal digits of seconds and five of microseconds. JavaMail
// may look alike when that has no letter.
func (m *midText) uniqid(out []found) []found {
	s, us, ok := uniqidParts(m.s(1))
	v, _ := decimal(m.s(0))
	if !ok || !m.digitsOf(0, 9, 10) || m.is(1, midDigit) && (s < v-60 || s > v+60) {
		return m.javaMailPair(out)
	}
	before := len(out)
	if out = m.atSeconds(out, midIMP, 0); len(out) > before {
		out = m.at(out, midIMPUniqid, ofMicro(s*1e6+us), 1)
	}
	return out
}

// mailman reads "mailman.serial.seconds.process.list"; before 2.1 without the
// serial number.
func (m *midText) mailman(out []found) []found {
	switch {
	case m.n >= 5 && m.is(1, midDigit) && m.is(3, midDigit):
		return m.atSeconds(out, midMailman, 2)
	case m.n >= 4 && m.is(2, midDigit):
		return m.atSeconds(out, midMailman, 1)
	}
	return out
}

// cyrus reads "cmu-lmtpd-process-seconds-counter", and the same of sieve and
// nntpd: what came without an identifier gets one on delivery.
func (m *midText) cyrus(out []found) []found {
	_, rest, _ := strings.Cut(m.left[len("cmu-"):], "-")
	pid, rest, _ := strings.Cut(rest, "-")
	s, counter, ok := strings.Cut(rest, "-")
	if !ok || !midAll(pid, midDigit) || !midAll(counter, midDigit) {
		return out
	}
	from := len(m.left) - len(rest)
	return midSecondsAt(out, midCyrus, s, from)
}

// midSecondsAt reads s, which stands at from, as Unix seconds.
func midSecondsAt(out []found, k midMaker, s string, from int) []found {
	v, ok := decimal(s)
	if !ok || len(s) != 9 && len(s) != 10 {
		return out
	}
	return k.add(out, ofUnix(v), from, from+len(s))
}

// gitSendEmail reads "seconds-process-patch-git-send-email-sender", and the
// older "secondsRRRR-git-send-email-sender" with up to four random digits. It
// is when git was started: all patches of a series share it.
func (m *midText) gitSendEmail(out []found) []found {
	head, _, _ := strings.Cut(m.left, "-git-send-email-")
	s, rest, ok := strings.Cut(head, "-")
	if !ok {
		if len(s) > 10 && len(s) <= 14 && midAll(s, midDigit) {
			return midSecondsAt(out, midGit, s[:10], 0)
		}
		return out
	}
	pid, patch, ok := strings.Cut(rest, "-")
	if !ok || !midAll(pid, midDigit) || !midAll(patch, midDigit) {
		return out
	}
	return midSecondsAt(out, midGit, s, 0)
}

// gitThread reads "commit.seconds.git.sender" and "cover.seconds.git.sender"
// of format-patch --thread, and "pull.number.v2.git.seconds.gitgitgadget",
// whose newer form counts milliseconds.
func (m *midText) gitThread(out []found) []found {
	if m.s(0) != "pull" {
		if m.s(2) != "git" || m.n < 4 || m.s(0) != "cover" && !(m.len(0) == 40 && m.is(0, midHexLower)) {
			return out
		}
		return m.atSeconds(out, midGit, 1)
	}
	k := midGitGadget
	if m.s(m.n-1) != "gitgitgadget" || m.s(2) != "git" && m.s(3) != "git" {
		return out
	}
	if m.len(m.n-2) == 13 {
		return m.atMillis(out, k, m.n-2)
	}
	k.step = time.Second
	return m.atSeconds(out, k, m.n-2)
}

// javaMail reads "hash.milliseconds.JavaMail.user", with a counter glued to
// the milliseconds in 1.4, "hash.counter.milliseconds.JavaMail.user" and,
// since 1.5, "hash.counter.milliseconds" alone. The hash may be negative.
func (m *midText) javaMail(out []found) []found {
	if !midInt32(m.s(0)) {
		return out
	}
	switch {
	case m.s(2) == "JavaMail" && m.digitsOf(1, 14, 20):
		return m.javaMailGlued(out)
	case m.s(2) == "JavaMail":
		return m.atMillis(out, m.javaMaker(), 1)
	case m.digitsOf(1, 1, 10) && (m.n == 3 || m.s(3) == "JavaMail"):
		return m.atMillis(out, m.javaMaker(), 2)
	}
	return out
}

// constantContact reads "milliseconds.milliseconds.…JL.number": both numbers
// have the size of times, but those of messages of 2023 and 2025 lie in 2005 and
// 2006. They seem to be when the customer's records were made.
func (m *midText) constantContact(out []found) []found {
	if m.n < 5 || !m.host("synd.ccsend.com") {
		return out
	}
	for i := range 2 {
		before := len(out)
		if out = m.atMillis(out, midContact, i); len(out) > before {
			out[before].strength = Hint
		}
	}
	return out
}

// javaMailGlued reads milliseconds that a counter precedes without a dot.
func (m *midText) javaMailGlued(out []found) []found {
	to := m.part[1].to
	v, _ := decimal(m.left[to-13 : to])
	return m.javaMaker().add(out, ofMilli(v), to-13, to)
}

// javaMailPair reads "hash.milliseconds".
func (m *midText) javaMailPair(out []found) []found {
	if m.n != 2 || !midInt32(m.s(0)) {
		return out
	}
	return m.atMillis(out, m.javaMaker(), 1)
}

// javaMaker tells the known services apart that use JavaMail.
func (m *midText) javaMaker() midMaker {
	k := midJavaMail
	switch {
	case m.host("mail.yahoo.com"):
		return midYahoo
	case m.s(m.n-1) == "zimbra":
		k.software = "Zimbra"
	case m.host("me.com") || m.host("icloud.com") || m.host("mac.com"):
		k.software = "iCloud"
	}
	return k
}

// midInt32 reports whether s is a decimal number of at most ten digits.
func midInt32(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return len(s) <= 10 && midAll(s, midDigit)
}

// hubSpot reads "milliseconds.uuid": the start of the campaign's job, up to
// some minutes before the message.
func (m *midText) hubSpot(out []found) []found {
	if !midUUID(m.s(1)) {
		return out
	}
	k := midHubSpot
	if !strings.Contains(m.right, "hubspot") {
		k.software = ""
	}
	return m.atMillis(out, k, 0)
}

// emacsVM reads "high.low.microseconds.random": the two halves of the seconds
// as Emacs keeps them.
func (m *midText) emacsVM(out []found) []found {
	if !m.digitsOf(1, 1, 5) || !m.digitsOf(2, 1, 6) || !m.digitsOf(3, 1, 7) {
		return out
	}
	high, _ := decimal(m.s(0))
	low, _ := decimal(m.s(1))
	us, _ := decimal(m.s(2))
	if low > 0xFFFF {
		return out
	}
	return midVM.add(out, ofMicro((high<<16|low)*1e6+us), 0, m.part[2].to)
}
