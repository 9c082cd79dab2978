package clock

import (
	"strings"
	"time"
)

// found is one time that a decoder read out of an identifier.
type found struct {
	rule     string
	software string
	event    Event
	clock    Kind
	strength Strength // "" means Evidence
	at       time.Time
	step     time.Duration
	period   time.Duration // for Periodic
	// offset is what a written date states; meaningful only when hasOffset.
	offset    time.Duration
	hasOffset bool
	// from and to cut the identifier out of the text that the decoder was
	// given; both 0 means all of it.
	from, to int
}

// clue is what the rest of the message says that a decoder may need.
type clue struct {
	// agent is the User-Agent or X-Mailer field in lower case; "" without one.
	// As long as nobody has asked for it, written is the field as it stands.
	agent   string
	written []byte
	// near holds the dates stated in the message (Date, Received), in order of
	// time; empty when it has none. A hint must lie within a year of one.
	near []time.Time
}

// says reports whether the field that names the mail program holds the word,
// given in lower case.
func (c *clue) says(word string) bool {
	if c.written != nil {
		c.agent, c.written = strings.ToLower(string(c.written)), nil
	}
	return strings.Contains(c.agent, word)
}

// window is the time in which mail existed and these identifiers can have been
// made. Recognisers of embedded clocks reject what lies outside.
var (
	windowStart = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	windowEnd   = time.Date(2038, 1, 19, 0, 0, 0, 0, time.UTC)
)

// inWindow reports whether t can be the time of a message.
func inWindow(t time.Time) bool { return !t.Before(windowStart) && t.Before(windowEnd) }

// nearby reports whether t lies within a year of a stated date; without any
// stated date every time does.
func (c *clue) nearby(t time.Time) bool {
	const year = 366 * 24 * time.Hour
	for _, n := range c.near {
		if d := t.Sub(n); -year <= d && d <= year {
			return true
		}
	}
	return len(c.near) == 0
}

// The epochs of other clocks, as differences to Unix time.
const (
	fileTimeEpoch = 11644473600        // seconds from 1601-01-01, Windows FILETIME
	uuidEpoch     = 0x01B21DD213814000 // 100 ns from 1582-10-15, RFC 9562 5.1
	ticksEpoch    = 621355968000000000 // 100 ns from 0001-01-01, .NET
	macEpoch      = 2082844800         // seconds from 1904-01-01
)

// ofUnix, ofMilli, ofMicro read Unix times.
func ofUnix(s int64) time.Time   { return time.Unix(s, 0).UTC() }
func ofMilli(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
func ofMicro(us int64) time.Time { return time.UnixMicro(us).UTC() }

// of100ns reads a count of 100 ns that has its zero epoch100ns before 1970.
func of100ns(v, epoch100ns int64) time.Time {
	v -= epoch100ns
	return time.Unix(v/1e7, v%1e7*100).UTC()
}

// ofFileTime reads a Windows FILETIME.
func ofFileTime(v int64) time.Time { return of100ns(v, fileTimeEpoch*1e7) }

// digits reads s as a number of base up to 36, upper case digits only when
// upper, lower case only when not. ok is false for an empty text, a foreign
// character or more than 62 bits.
func digits(s string, base int64, upper bool) (v int64, ok bool) {
	if s == "" {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		d := int64(99)
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			d = int64(c - '0')
		case upper && c >= 'A' && c <= 'Z':
			d = int64(c-'A') + 10
		case !upper && c >= 'a' && c <= 'z':
			d = int64(c-'a') + 10
		}
		if d >= base || v > (1<<62-d)/base {
			return 0, false
		}
		v = v*base + d
	}
	return v, true
}

func decimal(s string) (int64, bool)  { return digits(s, 10, false) }
func hexUpper(s string) (int64, bool) { return digits(s, 16, true) }
func hexLower(s string) (int64, bool) { return digits(s, 16, false) }

// hexAny reads hexadecimal digits of either case.
func hexAny(s string) (int64, bool) { return digits(strings.ToLower(s), 16, false) }

// inAlphabet reads s as a number whose digits are those of alphabet.
func inAlphabet(s, alphabet string) (v int64, ok bool) {
	base := int64(len(alphabet))
	for i := 0; i < len(s); i++ {
		d := int64(strings.IndexByte(alphabet, s[i]))
		if d < 0 || v > (1<<62-d)/base {
			return 0, false
		}
		v = v*base + d
	}
	return v, s != ""
}

// ymdhms reads "yyyymmddHHMMSS", or as many of its fields as s holds, at least
// down to the minute. Impossible values give no time: nothing rolls over.
func ymdhms(s string) (t time.Time, ok bool) {
	if len(s) != 12 && len(s) != 14 {
		return t, false
	}
	v, ok := decimal(s)
	if !ok {
		return t, false
	}
	if len(s) == 12 {
		v *= 100
	}
	return civil(int(v/1e10), int(v/1e8%100), int(v/1e6%100), int(v/1e4%100), int(v/100%100), int(v%100))
}

// civil is the UTC time of a calendar date; ok is false when there is no such
// time. Second 60 is a leap second (RFC 5322 3.3).
func civil(year, month, day, hour, minute, second int) (t time.Time, ok bool) {
	if month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60 || hour < 0 || minute < 0 || second < 0 {
		return t, false
	}
	t = time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	return t, time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}
