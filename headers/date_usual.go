package headers

import (
	"strings"
	"time"
)

// dateUsualLen is more than dates in the usual form have.
const dateUsualLen = 64

// dateUsual is a date in the form of RFC 5322 3.3 without its obsolete parts,
// one zone name of RFC 822 and one comment at the end aside: nearly all are.
// Offsets count from its first byte.
type dateUsual struct {
	day, month, year     int
	hour, minute, second int
	weekday              bool // three letters stand in front
	zone, zoneEnd        int
	note                 int // its parenthesis; 0 for none
	offset               int // seconds east of UTC
	kind                 Zone
	named                bool // the zone is a name
}

// readUsual reads the whole of text, which has no blanks at its ends. It is
// false for all that [dateParser] would find a fault with, a zone name aside.
func (u *dateUsual) readUsual(text string) bool {
	i, weekday := 0, -1
	if len(text) > 5 && text[3] == ',' {
		if weekday = dateShortDay(text[:3]); weekday < 0 {
			return false
		}
		if i = dateGap(text, 4); i == 4 {
			return false
		}
		u.weekday = true
	}
	i = u.readDay(text, i)
	if i < 0 || !u.readClock(text, i) || !u.readZone(text, i+len("15:04:05")) {
		return false
	}
	return u.readNote(text) && u.day >= 1 && u.day <= dateMonthDays(u.year, u.month) && (weekday < 0 || weekday == u.dayOfWeek())
}

// readDay reads "2 Jan 2006 " and returns what follows, or -1.
func (u *dateUsual) readDay(text string, i int) int {
	for n := i; i < len(text) && i < n+2 && dateIsDigit(text[i]); i++ {
		u.day = u.day*10 + int(text[i]-'0')
	}
	month := dateGap(text, i)
	year := dateGap(text, month+3)
	if month == i || year == month+3 || year+4 >= len(text) {
		return -1
	}
	u.month = dateShortMonth(text[month : month+3])
	high, ok := dateTwo(text, year)
	low, ok2 := dateTwo(text, year+2)
	u.year = high*100 + low
	clock := dateGap(text, year+4)
	if u.month == 0 || !ok || !ok2 || u.year < 1900 || clock == year+4 {
		return -1
	}
	return clock
}

// readClock reads "15:04:05" at i.
func (u *dateUsual) readClock(text string, i int) bool {
	if i+9 >= len(text) || text[i+2] != ':' || text[i+5] != ':' || !dateIsBlank(text[i+8]) {
		return false
	}
	ok, ok2, ok3 := false, false, false
	u.hour, ok = dateTwo(text, i)
	u.minute, ok2 = dateTwo(text, i+3)
	u.second, ok3 = dateTwo(text, i+6)
	return ok && ok2 && ok3 && u.hour < 24 && u.minute < 60 && u.second < 60
}

// readZone reads a sign and four digits, or a name, behind the blanks at i.
func (u *dateUsual) readZone(text string, i int) bool {
	i = dateGap(text, i)
	u.zone, u.kind = i, ZoneStated
	if i < len(text) && (text[i] == '+' || text[i] == '-') {
		return u.readOffset(text, i)
	}
	for i < len(text) && i < u.zone+4 && 'A' <= text[i] && text[i] <= 'Z' {
		i++
	}
	u.zoneEnd, u.named = i, true
	ok := false
	u.offset, ok = dateZoneOffset([]byte(text[u.zone:i]))
	return ok
}

// readOffset reads "+0100". "-0000" says nothing (RFC 5322 3.3).
func (u *dateUsual) readOffset(text string, i int) bool {
	hours, ok := dateTwo(text, i+1)
	minutes, ok2 := dateTwo(text, i+3)
	u.zoneEnd, u.offset = i+5, hours*3600+minutes*60
	if !ok || !ok2 || minutes > 59 {
		return false
	}
	if text[i] == '-' {
		if u.offset == 0 {
			u.kind = ZoneUnknown
		}
		u.offset = -u.offset
	}
	return dateIsOnEarth(u.offset)
}

// readNote reads a comment without others or quoting inside, or nothing.
func (u *dateUsual) readNote(text string) bool {
	i := u.zoneEnd
	if i == len(text) {
		return true
	}
	i = dateGap(text, i)
	if i+1 >= len(text) || text[i] != '(' || text[len(text)-1] != ')' {
		return false
	}
	for _, c := range []byte(text[i+1 : len(text)-1]) {
		if c == '(' || c == ')' || c == '\\' || c == '\r' || c == '\n' {
			return false
		}
	}
	u.note = i
	return true
}

// days is the number of days since 1 January 1970. The year begins with March,
// so that the day that may be missing stands last.
func (u *dateUsual) days() int {
	y, m := u.year, u.month-3
	if m < 0 {
		y, m = y-1, m+12
	}
	const until1970 = 719468 // days from 1 March of the year 0
	return y*365 + y/4 - y/100 + y/400 + (153*m+2)/5 + u.day - 1 - until1970
}

// dayOfWeek counts from Sunday; 1 January 1970 was a Thursday. Whole weeks keep
// the days since 1900 above zero.
func (u *dateUsual) dayOfWeek() int { return (u.days() + 7*3653 + 4) % 7 }

// store fills in a date whose text, at offset base of the message, is raw.
func (u *dateUsual) store(d *Date, raw string, base int) {
	*d = Date{Raw: raw, Span: Span{base, base + len(raw)}, OK: true, Precision: 1, Zone: u.kind, ZoneText: raw[u.zone:u.zoneEnd]}
	seconds := int64(u.days())*86400 + int64(u.hour*3600+u.minute*60+u.second-u.offset)
	d.Time = time.Unix(seconds, 0).In(dateLocation(u.offset))
	if strings.IndexByte(raw, '\n') >= 0 || strings.IndexByte(raw, '\r') >= 0 {
		d.Raw = dateUnfold([]byte(raw))
	}
	if u.weekday {
		d.Weekday = raw[:3]
	}
	if u.note > 0 {
		d.Comment = raw[u.note+1 : len(raw)-1]
	}
	if u.named {
		d.Defects = []Defect{{"date.zone-obsolete", Span{base + u.zone, base + u.zoneEnd}, dateObsoleteZone}}
	}
}

// dateGap gives the end of the blanks and folds at i.
func dateGap(text string, i int) int {
	for i < len(text) && dateIsBlank(text[i]) {
		i++
	}
	return i
}

// dateTwo reads two digits at i.
func dateTwo(text string, i int) (value int, ok bool) {
	if i+2 > len(text) {
		return 0, false
	}
	a, b := text[i]-'0', text[i+1]-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

// dateShort is a name of three letters as a number.
func dateShort(s string) uint32 { return uint32(s[0])<<16 | uint32(s[1])<<8 | uint32(s[2]) }

// dateShortDay gives 0 for "Sun" to 6 for "Sat", -1 for any other text.
func dateShortDay(s string) int {
	switch dateShort(s) {
	case 'S'<<16 | 'u'<<8 | 'n':
		return 0
	case 'M'<<16 | 'o'<<8 | 'n':
		return 1
	case 'T'<<16 | 'u'<<8 | 'e':
		return 2
	case 'W'<<16 | 'e'<<8 | 'd':
		return 3
	case 'T'<<16 | 'h'<<8 | 'u':
		return 4
	case 'F'<<16 | 'r'<<8 | 'i':
		return 5
	case 'S'<<16 | 'a'<<8 | 't':
		return 6
	}
	return -1
}

// dateShortMonth gives 1 for "Jan" to 12 for "Dec", 0 for any other text.
func dateShortMonth(s string) int {
	switch dateShort(s) {
	case 'J'<<16 | 'a'<<8 | 'n':
		return 1
	case 'F'<<16 | 'e'<<8 | 'b':
		return 2
	case 'M'<<16 | 'a'<<8 | 'r':
		return 3
	case 'A'<<16 | 'p'<<8 | 'r':
		return 4
	case 'M'<<16 | 'a'<<8 | 'y':
		return 5
	case 'J'<<16 | 'u'<<8 | 'n':
		return 6
	case 'J'<<16 | 'u'<<8 | 'l':
		return 7
	case 'A'<<16 | 'u'<<8 | 'g':
		return 8
	case 'S'<<16 | 'e'<<8 | 'p':
		return 9
	case 'O'<<16 | 'c'<<8 | 't':
		return 10
	case 'N'<<16 | 'o'<<8 | 'v':
		return 11
	case 'D'<<16 | 'e'<<8 | 'c':
		return 12
	}
	return 0
}
