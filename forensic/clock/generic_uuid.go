package clock

import "time"

// uuid is a UUID as RFC 9562 4 lays it out.
type uuid struct{ hi, lo uint64 }

// appendUUIDs reads every UUID with hyphens in text that stands between
// characters that are no letters and digits.
func appendUUIDs(out []found, text string, c *clue) []found {
	for at := 8; at+28 <= len(text); at++ {
		if text[at] != '-' || text[at+5] != '-' || text[at+10] != '-' || text[at+15] != '-' {
			continue
		}
		from, to := at-8, at+28
		if from > 0 && isAlnum(text[from-1]) || to < len(text) && isAlnum(text[to]) {
			continue
		}
		if u, ok := parseUUID(text[from:to]); ok {
			out = u.append(out, from, to, c)
		}
	}
	return out
}

// parseUUID reads 32 hexadecimal digits, with hyphens anywhere between.
func parseUUID(s string) (u uuid, ok bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '-':
			continue
		case isDec(c):
			c -= '0'
		case isHexDigit(c):
			c = c | 0x20 - 'a' + 10
		default:
			return u, false
		}
		u.hi, u.lo = u.hi<<4|u.lo>>60, u.lo<<4|uint64(c)
		n++
	}
	return u, n == 32
}

func (u uuid) version() int { return int(u.hi >> 12 & 0xF) }

// rfc reports whether the variant is that of RFC 9562 4.1.
func (u uuid) rfc() bool { return u.lo>>62 == 2 }

// time1 is the time of version 1: time_low, time_mid, time_hi (RFC 9562 5.1).
func (u uuid) time1() time.Time {
	return of100ns(int64(u.hi&0xFFF)<<48|int64(u.hi>>16&0xFFFF)<<32|int64(u.hi>>32), uuidEpoch)
}

// time6 is the time of version 6, the same clock in reading order (RFC 9562 5.6).
func (u uuid) time6() time.Time {
	return of100ns(int64(u.hi>>16)<<12|int64(u.hi&0xFFF), uuidEpoch)
}

// time7 is the time of version 7 (RFC 9562 5.7).
func (u uuid) time7() time.Time { return ofMilli(int64(u.hi >> 16)) }

// append reads the clock of a time-based UUID. Version 1 in the window is no
// accident: version, variant and time fit a random UUID once in 4000. The
// versions 6 and 7 that were seen in real mail, four of them, were all random
// digits, hence hints.
func (u uuid) append(out []found, from, to int, c *clue) []found {
	if !u.rfc() {
		return out
	}
	f := found{event: Built, clock: UTC, strength: Hint, step: 100 * time.Nanosecond, from: from, to: to}
	switch u.version() {
	case 1:
		f.rule, f.at, f.strength = "uuid1", u.time1(), Evidence
	case 6:
		f.rule, f.at = "uuid6", u.time6()
	case 7:
		f.rule, f.at, f.step = "uuid7", u.time7(), time.Millisecond
	default:
		return out
	}
	if !inWindow(f.at) || f.strength == Hint && !c.nearby(f.at) {
		return out
	}
	return append(out, f)
}
