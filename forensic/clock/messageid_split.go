package clock

import (
	"strings"
	"time"
)

// midText is a Message-ID cut at the dots of its left side, with what each
// part is made of. It lives on the stack: most identifiers hold no clock, and
// those must cost nothing but a look.
type midText struct {
	left, right string
	part        [midParts]midPart
	n           int // parts in use
}

// midParts is how many parts are told apart; the last holds all that is left.
// The longest known form is Eudora's: six numbers of version, time, random.
const midParts = 12

// midPart is one part, at left[from:to].
type midPart struct {
	from, to int
	class    midClass
}

// midClass is a set of alphabets: those that hold every character of a text.
type midClass uint8

const (
	midDigit    midClass = 1 << iota // 0-9
	midHexLower                      // 0-9a-f
	midHexUpper                      // 0-9A-F
	midLower                         // 0-9a-z
	midUpper                         // 0-9A-Z
	midAlnum                         // 0-9A-Za-z
	midURL64                         // 0-9A-Za-z-_, RFC 4648 5
)

// midClassOf lists the alphabets that hold b.
func midClassOf(b byte) midClass {
	const all = midDigit | midHexLower | midHexUpper | midLower | midUpper | midAlnum | midURL64
	switch {
	case b >= '0' && b <= '9':
		return all
	case b >= 'a' && b <= 'f':
		return midHexLower | midLower | midAlnum | midURL64
	case b >= 'A' && b <= 'F':
		return midHexUpper | midUpper | midAlnum | midURL64
	case b >= 'g' && b <= 'z':
		return midLower | midAlnum | midURL64
	case b >= 'G' && b <= 'Z':
		return midUpper | midAlnum | midURL64
	case b == '-' || b == '_':
		return midURL64
	}
	return 0
}

// midSplit cuts an identifier up. An empty part, which no known software
// writes, belongs to no class.
func midSplit(left, right string) midText {
	m := midText{left: left, right: right}
	if left == "" {
		return m
	}
	from, class := 0, ^midClass(0)
	for i := 0; i < len(left); i++ {
		if left[i] != '.' || m.n == midParts-1 {
			class &= midClassOf(left[i])
			continue
		}
		m.put(from, i, class)
		from, class = i+1, ^midClass(0)
	}
	m.put(from, len(left), class)
	return m
}

func (m *midText) put(from, to int, class midClass) {
	if from == to {
		class = 0
	}
	m.part[m.n] = midPart{from, to, class}
	m.n++
}

// s is the text of part i, "" when there is none.
func (m *midText) s(i int) string {
	if i < 0 || i >= m.n {
		return ""
	}
	return m.left[m.part[i].from:m.part[i].to]
}

// len is the length of part i.
func (m *midText) len(i int) int { return len(m.s(i)) }

// is reports whether part i is made of that alphabet only.
func (m *midText) is(i int, class midClass) bool {
	return i >= 0 && i < m.n && m.part[i].class&class != 0
}

// digitsOf reports whether part i is a decimal number of low to high digits.
func (m *midText) digitsOf(i, low, high int) bool {
	return m.is(i, midDigit) && m.len(i) >= low && m.len(i) <= high
}

// at puts a reading at the whole of part i.
func (m *midText) at(out []found, k midMaker, t time.Time, i int) []found {
	return k.add(out, t, m.part[i].from, m.part[i].to)
}

// atSeconds reads part i as Unix seconds. Nine digits end in September 2001,
// ten begin there; fewer or more are no time of mail.
func (m *midText) atSeconds(out []found, k midMaker, i int) []found {
	if !m.digitsOf(i, 9, 10) {
		return out
	}
	v, _ := decimal(m.s(i))
	return m.at(out, k, ofUnix(v), i)
}

// atMillis reads part i as Unix milliseconds.
func (m *midText) atMillis(out []found, k midMaker, i int) []found {
	if !m.digitsOf(i, 12, 13) {
		return out
	}
	v, _ := decimal(m.s(i))
	return m.at(out, k, ofMilli(v), i)
}

// atCalendar reads part i as "yyyymmddHHMMSS" or "yyyymmddHHMM".
func (m *midText) atCalendar(out []found, k midMaker, i int) []found {
	t, ok := ymdhms(m.s(i))
	if !ok {
		return out
	}
	return m.at(out, k, t, i)
}

// host reports whether the right side is the domain or one below it.
func (m *midText) host(domain string) bool {
	r := m.right
	if len(r) > len(domain) && r[len(r)-len(domain)-1] == '.' {
		r = r[len(r)-len(domain):]
	}
	return strings.EqualFold(r, domain)
}

// midAll reports whether every character of s is of the alphabet.
func midAll(s string, class midClass) bool {
	for i := 0; i < len(s); i++ {
		if midClassOf(s[i])&class == 0 {
			return false
		}
	}
	return s != ""
}

// midHex reads hexadecimal digits that are all of one case, and nothing from
// mixed ones: no software writes those.
func midHex(s string) (int64, bool) {
	if v, ok := hexLower(s); ok {
		return v, true
	}
	return hexUpper(s)
}

// clockless recognises the frequent identifiers that hold no time, so that
// nothing is guessed from their random characters: Gmail since 2011 (its first
// seven characters belong to the account), Exchange Online (server, forest,
// random), Outlook "IMO" (a counter in the letters A-P).
func (m *midText) clockless() bool {
	switch {
	case strings.HasPrefix(m.left, "CA") && m.host("mail.gmail.com"):
		return true
	case m.host("prod.outlook.com"):
		return m.n == 1 && m.is(0, midUpper) && len(m.left) >= 30
	}
	return len(m.left) > 28 && strings.HasSuffix(m.left, ".user") && midLetters(m.left[:28], 'A', 'P')
}

// midLetters reports whether every character of s lies in low to high.
func midLetters(s string, low, high byte) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < low || s[i] > high {
			return false
		}
	}
	return true
}
