package clock

import (
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// appendMessageID reads the clocks in a Message-ID. Positions in found count
// in id.Value and cut out the digits of the clock.
//
// Which program wrote an identifier is told by its structure: how many parts
// it has between dots, of which digits, how long, and the words in it. An
// identifier is taken by the most peculiar shape that it fits and by no other;
// only what holds two clocks gives two readings.
func appendMessageID(out []found, id headers.MessageID, c *clue) []found {
	m := midSplit(id.Left, id.Right)
	if m.clockless() {
		return out
	}
	before := len(out)
	if out = m.read(out, c); len(out) == before {
		out = appendGeneric(out, id.Left, c)
	}
	return out
}

// read tries the families, from those that name their software down to those
// known by the form of their digits alone.
func (m *midText) read(out []found, c *clue) []found {
	if m.n == 0 {
		return out
	}
	before := len(out)
	if out = m.named(out); len(out) > before {
		return out
	}
	if out = m.marked(out); len(out) > before {
		return out
	}
	switch {
	case m.len(0) == 14 && m.n > 1 && m.is(0, midHexUpper):
		out = m.stamped(out, c)
	case m.is(0, midDigit) && m.len(0) == 12:
		out = m.twelve(out, c)
	case m.n == 1:
		out = m.single(out, c)
	default:
		out = m.parts(out)
	}
	if len(out) == before {
		out = m.uuid1(out)
	}
	return out
}

// named reads identifiers that begin with the name of their software.
func (m *midText) named(out []found) []found {
	switch m.s(0) {
	case "Pine", "alpine":
		return m.pine(out)
	case "mailman":
		return m.mailman(out)
	case "courier":
		return m.courier(out)
	case "CMM", "MailManager":
		return m.mm(out)
	case "cover", "pull":
		return m.gitThread(out)
	}
	if strings.HasPrefix(m.left, "cmu-") {
		return m.cyrus(out)
	}
	return out
}

// marked reads identifiers known by a word at their end or by a separator
// other than the dot.
func (m *midText) marked(out []found) []found {
	switch last := m.s(m.n - 1); {
	case m.host("synd.ccsend.com"):
		return m.constantContact(out)
	case strings.IndexByte(m.left, '$') >= 0:
		before := len(out)
		if out = m.outlook(out); len(out) == before {
			out = m.inn(out)
		}
		return out
	case strings.HasPrefix(m.s(1), "fsf"), strings.HasPrefix(m.s(1), "wl"):
		return m.gnus(out)
	case m.s(2) == "JavaMail", m.s(3) == "JavaMail":
		return m.javaMail(out)
	case strings.IndexByte(m.left, '%') >= 0:
		return m.entourage(out)
	case last == "camel":
		return m.camel(out)
	case last == "TMDA":
		return m.tmda(out)
	case last == "squirrel":
		return m.squirrel(out)
	case strings.HasPrefix(last, "YahooMail"):
		return m.yahooWeb(out)
	case strings.HasPrefix(m.left, "OF"):
		return m.lotus(out)
	}
	return m.dashed(out)
}

// dashed reads identifiers whose dashes matter.
func (m *midText) dashed(out []found) []found {
	switch {
	case strings.IndexByte(m.left, '-') < 0:
		return out
	case m.left[0] == 'E' && m.n == 1:
		return m.exim(out)
	case strings.Contains(m.left, "-git-send-email-"):
		return m.gitSendEmail(out)
	case m.len(0) == 60:
		return m.ses(out)
	case m.n == 2 && m.len(1) == 6:
		return m.nmhRandom(out)
	}
	return out
}

// single reads identifiers without a dot.
func (m *midText) single(out []found, c *clue) []found {
	before := len(out)
	if out = m.whole(out, c); len(out) == before {
		out = m.postfixLong(out, 0)
	}
	return out
}

func (m *midText) whole(out []found, c *clue) []found {
	switch n := m.len(0); {
	case n == 28 && m.is(0, midHexLower):
		return m.gmailMicros(out)
	case n == 21 && m.is(0, midLower):
		return m.eudoraMac(out)
	case n == 24 && m.is(0, midHexLower) && strings.Contains(m.right, "mailersend"):
		return m.mailerSend(out)
	case n >= 38 && n <= 40 && m.is(0, midHexUpper):
		return m.exchangeStore(out)
	case n >= 14 && n <= 17 && m.is(0, midUpper) && m.left[0] == '0':
		return m.iplanet(out)
	case n == 16 && m.is(0, midURL64):
		return m.mutt2(out, c)
	case n >= 24 && n <= 26 && m.is(0, midHexLower), n >= 36 && n <= 44 && m.is(0, midLower):
		return m.gmailPacific(out)
	case strings.IndexByte(m.left, '_') >= 0:
		return m.rubyMail(out)
	}
	return out
}

// parts reads identifiers of several parts that no word marks.
func (m *midText) parts(out []found) []found {
	before := len(out)
	switch m.n {
	case 2:
		out = m.two(out)
	case 3:
		out = m.three(out)
	case 4:
		out = m.four(out)
	case 5:
		out = m.five(out)
	case 6:
		out = m.powerMTA(out)
	}
	if len(out) == before && m.n >= 3 {
		out = m.many(out)
	}
	return out
}

// two reads identifiers of two parts.
func (m *midText) two(out []found) []found {
	switch {
	case m.len(0) == 13 && m.len(1) == 36:
		return m.hubSpot(out)
	case m.len(0) == 12 && m.is(0, midUpper) && !m.is(0, midDigit):
		return m.mimeKit(out)
	case m.len(0) == 10 && m.len(1) == 7 && m.is(0, midDigit):
		return m.sendmail5(out)
	case m.len(1) == 13 && m.is(1, midHexLower):
		return m.uniqid(out)
	case m.len(1) == 12:
		return m.javaMailPair(out)
	case m.len(1) == 14:
		return m.theBat(out)
	case m.is(0, midDigit) && m.is(1, midDigit) && (m.len(1) == 9 || m.len(1) == 10):
		return m.nmh(out)
	case m.len(0) == 8:
		return m.hexPair(out)
	}
	return out
}

// three reads identifiers of three parts.
func (m *midText) three(out []found) []found {
	if m.len(0) == 8 && m.is(0, midHexUpper) && m.is(1, midDigit) && m.is(2, midHexUpper) && m.len(2) <= 8 {
		return m.pegasus(out)
	}
	return m.javaMail(out)
}

// four reads identifiers of four parts.
func (m *midText) four(out []found) []found {
	switch {
	case m.len(0) == 8 && m.len(1) == 8 && m.is(0, midHexLower) && m.is(1, midHexLower):
		return m.gmailAdded(out)
	case m.len(0) == 2 && m.len(1) == 2 && m.len(3) == 8:
		return m.momentum(out)
	case m.len(0) == 5 && m.is(0, midDigit):
		return m.emacsVM(out)
	}
	return out
}

// five reads identifiers of five parts.
func (m *midText) five(out []found) []found {
	switch {
	case m.len(2) == 14:
		return m.mailchimp(out)
	case m.len(0) == 8 && m.len(1) == 8:
		return m.gmailAdded(out)
	case m.len(3) == 36:
		return m.zoho(out)
	}
	return out
}

// many reads identifiers whose number of parts varies, as a version number or
// the sender's address is among them.
func (m *midText) many(out []found) []found {
	switch {
	case m.len(0) == 8 && m.len(1) == 6 && m.n >= 4 && m.is(0, midDigit):
		return m.mew(out)
	case m.len(m.n-2) == 14 && m.n >= 4:
		return m.eudoraWin(out)
	case m.s(2) == "git":
		return m.gitThread(out)
	case m.len(0) == 8 && m.len(1) == 8:
		return m.hexPair(out)
	}
	return m.javaMail(out)
}

// midMaker is what is known of the software that writes one kind of
// identifier.
type midMaker struct {
	rule, software string
	event          Event
	clock          Kind
	step           time.Duration
	// since is the year before which the software did not exist. It is set
	// where others write the same shape; a shape that nobody else writes is
	// read whatever it says, as a forger's mistake is worth a reading.
	since int
}

// add appends the reading t, unless the software cannot have written it then.
func (k midMaker) add(out []found, t time.Time, from, to int) []found {
	if t.Year() < k.since || !inWindow(t) {
		return out
	}
	return append(out, found{
		rule: k.rule, software: k.software, event: k.event, clock: k.clock, at: t, step: k.step, from: from, to: to,
	})
}
