package clock

import (
	"strings"
	"time"
)

// appendGeneric reads identifiers that many programs make: UUIDs, ULID and so
// on, where text is one of them as a whole or between separators.
//
// Only a version 1 UUID proves itself. Every other form has the shape of many
// random texts, so its time must lie near a stated one and stays a hint.
func appendGeneric(out []found, text string, c *clue) []found {
	before := len(out)
	if out = appendUUIDs(out, text, c); len(out) > before {
		return out
	}
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && isAlnum(text[to]) {
			to++
		}
		if to-from >= 13 && separated(text, from, to) {
			out = appendToken(out, text, from, to, c)
		}
		from = to + 1
	}
	return out
}

// separated reports whether text[from:to] stands between the characters that
// join identifiers.
func separated(text string, from, to int) bool {
	return (from == 0 || joins(text[from-1])) && (to == len(text) || joins(text[to]))
}

func joins(c byte) bool { return c == '.' || c == '_' || c == '-' || c == '@' }

// appendToken reads one run of letters and digits.
func appendToken(out []found, text string, from, to int, c *clue) []found {
	f := found{event: Built, clock: UTC, strength: Hint, from: from, to: to}
	token, ok := text[from:to], false
	switch len(token) {
	case 13:
		f.rule, f.step = "php.uniqid", time.Microsecond
		f.at, ok = uniqidTime(token)
	case 17, 18, 19:
		if from == 0 && (to == len(text) || text[to] == '@') {
			out = appendSnowflake(out, f, token, c)
		}
	case 24:
		f.rule, f.step = "objectid", time.Second
		f.at, ok = objectIDTime(token)
	case 26:
		f.rule, f.step = "ulid", time.Millisecond
		f.at, ok = ulidTime(token)
	case 27:
		f.rule, f.step = "ksuid", time.Second
		f.at, ok = ksuidTime(token)
	case 32:
		f.rule, f.step = "uuid1", 100*time.Nanosecond
		f.at, ok = bareUUIDTime(token)
	}
	if !ok {
		f, ok = entropy(text, from, to)
	}
	if ok && inWindow(f.at) && c.nearby(f.at) {
		out = append(out, f)
	}
	return out
}

// entropy reads PHP's uniqid("", true): 13 hexadecimal digits, one decimal
// digit, a point and eight digits, after any prefix. It is read from the right
// because the prefix is often a random number. A longer run of hexadecimal
// digits is a digest, no prefix.
func entropy(text string, from, to int) (f found, ok bool) {
	end := to + 9
	if to-from < 14 || end > len(text) || text[to] != '.' || !allOf(text[to+1:end], isDec) || !isDec(text[to-1]) {
		return f, false
	}
	if end < len(text) && !joins(text[end]) {
		return f, false
	}
	if prefix := text[from : to-14]; allOf(prefix, isHexDigit) && !allOf(prefix, isDec) {
		return f, false
	}
	f = found{rule: "php.uniqid+entropy", software: "PHP", event: Built, clock: UTC, strength: Hint, step: time.Microsecond, from: to - 14, to: end}
	f.at, ok = uniqidTime(text[to-14 : to-1])
	return f, ok
}

// uniqidTime reads PHP's uniqid as a time.
func uniqidTime(s string) (t time.Time, ok bool) {
	sec, us, ok := uniqidParts(s)
	t = ofMicro(sec*1e6 + us)
	return t, ok && inWindow(t)
}

// uniqidParts reads PHP's uniqid: 8 hexadecimal digits of seconds, 5 of
// microseconds.
func uniqidParts(s string) (seconds, micros int64, ok bool) {
	if len(s) != 13 {
		return 0, 0, false
	}
	seconds, ok = hexLower(s[:8])
	micros, ok2 := hexLower(s[8:])
	return seconds, micros, ok && ok2 && micros < 1e6
}

// objectIDTime reads the seconds in front of a MongoDB ObjectId.
func objectIDTime(s string) (t time.Time, ok bool) {
	if !allOf(s, isLowerHex) {
		return t, false
	}
	sec, _ := hexLower(s[:8])
	return ofUnix(sec), true
}

// crockford holds the digits of ULID: no I, L, O and U.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// ulidTime reads the 48 bits of milliseconds in front of a ULID. The first of
// its 26 digits holds 3 bits only.
func ulidTime(s string) (t time.Time, ok bool) {
	for i := range len(s) {
		if strings.IndexByte(crockford, s[i]) < 0 {
			return t, false
		}
	}
	ms, ok := inAlphabet(s[:10], crockford)
	return ofMilli(ms), ok && s[0] <= '7'
}

// bareUUIDTime reads a version 1 UUID without hyphens. A digest of 32 digits
// looks like one once in 4000, one near a stated date once in 100,000.
func bareUUIDTime(s string) (t time.Time, ok bool) {
	u, ok := parseUUID(s)
	return u.time1(), ok && u.rfc() && u.version() == 1
}

// base62Digits are the digits of KSUID and Exim.
const base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// ksuidTime reads a KSUID: 27 digits of base 62 for 160 bits, of which the
// first 32 are seconds since 2014-05-13.
func ksuidTime(s string) (t time.Time, ok bool) {
	var words [5]uint64 // 32 bits each, the first is the lowest
	for i := range len(s) {
		carry := uint64(base62Digit(s[i]))
		for w := range words {
			carry += words[w] * 62
			words[w], carry = carry&0xFFFFFFFF, carry>>32
		}
		if carry != 0 {
			return t, false
		}
	}
	return ofUnix(int64(words[4]) + 1400000000), true
}

// base62Digit is the value of a letter or digit.
func base62Digit(c byte) int {
	switch {
	case c <= '9':
		return int(c - '0')
	case c <= 'Z':
		return int(c-'A') + 10
	}
	return int(c-'a') + 36
}

// appendSnowflake reads a snowflake as each of the services that make them
// would: only the one near a stated date can be right.
func appendSnowflake(out []found, f found, s string, c *clue) []found {
	v, ok := decimal(s)
	if !ok || s[0] == '0' {
		return out
	}
	f.step = time.Millisecond
	for _, service := range [...]struct {
		rule  string
		epoch int64
	}{{"snowflake.twitter", 1288834974657}, {"snowflake.discord", 1420070400000}} {
		f.rule, f.at = service.rule, ofMilli(v>>22+service.epoch)
		if inWindow(f.at) && c.nearby(f.at) {
			out = append(out, f)
		}
	}
	return out
}
