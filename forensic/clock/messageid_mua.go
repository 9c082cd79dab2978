package clock

import "time"

// Mail programs with a calendar time somewhere inside.
var (
	midPine      = midMaker{"mid.pine", "Pine", Compose, SenderLocal, time.Second, 0}
	midAlpine    = midMaker{"mid.alpine", "Alpine", Compose, SenderLocal, time.Second, 0}
	midEudoraWin = midMaker{"mid.eudora-win", "Eudora", Compose, SenderLocal, time.Second, 0}
	midTheBat    = midMaker{"mid.thebat", "The Bat!", Built, SenderLocal, time.Second, 0}
	midMew       = midMaker{"mid.mew", "Mew", Built, SenderLocal, time.Second, 0}
	midMailchimp = midMaker{"mid.mailchimp", "Mailchimp", Built, UTC, time.Second, 0}
)

// pine reads "Pine.SYS.4.44.yymmddHHMMSSn.process": the system and the version,
// then the time and a counter in hexadecimal. Versions before 3.91 wrote
// neither the system nor the seconds.
func (m *midText) pine(out []found) []found {
	k := midPine
	if m.s(0) == "alpine" {
		k = midAlpine
	}
	if m.len(1) > 4 || !m.is(1, midUpper) {
		return out
	}
	for i := 2; i < m.n-1; i++ {
		if m.len(i) >= 10 {
			return m.pineTime(out, k, i)
		}
	}
	return out
}

func (m *midText) pineTime(out []found, k midMaker, i int) []found {
	s, from := m.s(i), m.part[i].from
	if !m.is(i, midHexUpper) || len(s) == 11 || len(s) > 16 {
		return out
	}
	if len(s) == 10 {
		k.step = time.Minute
	}
	if len(s) == 13 && m.s(2) == "3" {
		// QUIRK: version 3 knew no counter; it wrote the year 2002 as 102.
		s, from = s[1:], from+1
	}
	s = s[:min(len(s), 12)]
	t, ok := midShortYear(s)
	if !ok {
		return out
	}
	return k.add(out, t, from, from+len(s))
}

// eudoraWin reads "4.3.1.2.yyyymmddHHMMSS.random": two to six numbers of
// version, then the moment when writing began.
func (m *midText) eudoraWin(out []found) []found {
	if m.n > 8 || m.len(m.n-1) != 8 || !m.is(m.n-1, midHexLower) {
		return out
	}
	for i := 0; i < m.n-2; i++ {
		if !m.digitsOf(i, 1, 3) {
			return out
		}
	}
	return m.atCalendar(out, midEudoraWin, m.n-2)
}

// theBat reads "random.yyyymmddHHMMSS".
func (m *midText) theBat(out []found) []found {
	if !m.digitsOf(0, 5, 12) {
		return out
	}
	return m.atCalendar(out, midTheBat, 1)
}

// mew reads "yyyymmdd.HHMMSS.random.user".
func (m *midText) mew(out []found) []found {
	if !m.is(1, midDigit) || !m.is(2, midDigit) {
		return out
	}
	date, _ := decimal(m.s(0))
	clock, _ := decimal(m.s(1))
	t, ok := civil(int(date/1e4), int(date/100%100), int(date%100), int(clock/1e4), int(clock/100%100), int(clock%100))
	if !ok {
		return out
	}
	return midMew.add(out, t, 0, m.part[1].to)
}

// mailchimp reads "account.member.yyyymmddHHMMSS.campaign.random".
func (m *midText) mailchimp(out []found) []found {
	for _, i := range [...]int{0, 1, 3, 4} {
		if !m.is(i, midHexLower) || m.len(i) < 5 {
			return out
		}
	}
	return m.atCalendar(out, midMailchimp, 2)
}
