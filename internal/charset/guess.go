package charset

import "unicode/utf8"

// Guess names the charset that undeclared bytes are most likely in. It is a
// guess and must be told as one. The rule, on the first 4 KiB of the bytes
// over 127 and their neighbours:
//
//  1. no byte over 127: "iso-2022-jp" with one of its escape sequences, else
//     "utf-8", which ASCII is part of;
//  2. a UTF-16 byte order mark: "utf-16";
//  3. valid UTF-8, or at least twice as many UTF-8 sequences as bytes that
//     belong to none (text that was cut or patched): "utf-8";
//  4. words of bytes over 127, three or more together on average, of which
//     60 % are the commonest letters of Russian, Greek, Hebrew or Arabic:
//     "windows-1251", "koi8-r", "windows-1253", "-1255" or "-1256";
//  5. four or more characters of two bytes (eight for Korean) in the ranges that
//     such text uses: "shift_jis", "euc-jp", "euc-kr", "gbk" or "big5";
//  6. else "windows-1252", which has a letter for nearly every byte.
func Guess(b []byte) string {
	first := firstHigh(b)
	if first == len(b) {
		return guessASCII(b)
	}
	if len(b) >= 2 && (b[0] == 0xFE && b[1] == 0xFF || b[0] == 0xFF && b[1] == 0xFE) {
		return "utf-16"
	}
	if utf8.Valid(b) || mostlyUTF8(b[first:]) {
		return "utf-8"
	}
	sample := b[first:]
	if len(sample) > guessSample {
		sample = sample[:guessSample]
	}
	s := countHigh(sample)
	if name := s.alphabet(); name != "" {
		return name
	}
	if name := guessPairs(sample); name != "" {
		return name
	}
	return "windows-1252"
}

const guessSample = 4 << 10

// guessASCII looks for the escape sequences of ISO-2022-JP (RFC 1468).
func guessASCII(b []byte) string {
	for i := 0; i+2 < len(b); i++ {
		if b[i] == 0x1B && b[i+1] == '$' && (b[i+2] == 'B' || b[i+2] == '@') {
			return "iso-2022-jp"
		}
	}
	return "utf-8"
}

func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			n = cutLen(b[i:])
			bad++
		} else {
			good++
		}
		i += n
	}
	return good >= 2*bad
}

// highCount is how often each byte over 127 stands in a sample, and in how
// many unbroken runs.
type highCount struct {
	byByte      [128]int
	total, runs int
}

func countHigh(b []byte) (s highCount) {
	before := byte(0)
	for _, c := range b {
		if c >= 0x80 {
			s.byByte[c-0x80]++
			s.total++
			if before < 0x80 {
				s.runs++
			}
		}
		before = c
	}
	return s
}

// alphabets lists charsets of one byte per letter with the bytes of their
// commonest letters.
var alphabets = [...]struct{ name, common string }{
	{"windows-1251", "\xEE\xE5\xE0\xE8\xED\xF2\xF1\xF0\xE2\xEB\xEA\xEC"},
	{"koi8-r", "\xCF\xC5\xC1\xC9\xCE\xD4\xD3\xD2\xD7\xCC\xCB\xCD"},
	{"windows-1253", "\xE1\xEF\xE9\xF4\xE5\xF3\xED\xE7\xF5\xF1\xF0\xDF\xDC"},
	{"windows-1255", "\xE9\xE5\xE4\xEC\xE0\xEE\xF8\xFA\xE1\xF9\xF0\xED"},
	{"windows-1256", "\xC7\xE1\xED\xE3\xE6\xE4\xD1\xCA\xC8\xC9\xDA\xCF"},
}

func (s *highCount) alphabet() string {
	if s.total < 6 || s.total < 3*s.runs {
		return ""
	}
	best, name := s.total*6/10, ""
	for _, a := range alphabets {
		n := 0
		for i := range len(a.common) {
			n += s.byByte[a.common[i]-0x80]
		}
		if n > best {
			best, name = n, a.name
		}
	}
	return name
}

// pairCount is what a reading as two-byte characters finds.
type pairCount struct {
	pairs, kana, hangul, hanzi, highTrail int
}

// guessPairs tries the charsets of two bytes per character.
func guessPairs(b []byte) string {
	if p, ok := readPairs(b, isEUC, isEUC); ok && p.pairs >= 4 {
		switch {
		case p.kana*5 >= p.pairs:
			return "euc-jp"
		case p.hangul*10 >= p.pairs*9 && p.pairs >= 8:
			return "euc-kr"
		case p.hangul == p.pairs: // too short to tell Korean from Chinese
		case p.hanzi*10 >= p.pairs*9:
			return "gbk"
		}
	}
	if p, ok := readPairs(b, isSJISLead, isSJISTrail); ok && p.pairs >= 4 && p.kana*10 >= p.pairs*3 {
		return "shift_jis"
	}
	if p, ok := readPairs(b, isEUC, isBig5Trail); ok && p.pairs >= 4 && p.hanzi*10 >= p.pairs*8 && p.highTrail*10 >= p.pairs*3 {
		return "big5"
	}
	return ""
}

func isEUC(c byte) bool       { return c >= 0xA1 && c <= 0xFE }
func isSJISLead(c byte) bool  { return c >= 0x81 && c <= 0x9F || c >= 0xE0 && c <= 0xFC }
func isSJISTrail(c byte) bool { return c >= 0x40 && c <= 0xFC && c != 0x7F }
func isBig5Trail(c byte) bool { return c >= 0x40 && c <= 0x7E || isEUC(c) }

// readPairs counts two-byte characters; ok is false when the bytes over 127
// are not such pairs. The last byte may be the half of a pair that was cut.
func readPairs(b []byte, lead, trail func(byte) bool) (p pairCount, ok bool) {
	sjis := trail(0xFC) && !lead(0xA1)
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c < 0x80 || sjis && c >= 0xA1 && c <= 0xDF { // half-width kana
			continue
		}
		if i++; i == len(b) {
			break
		}
		if !lead(c) || !trail(b[i]) {
			return p, false
		}
		p.count(c, b[i], sjis, trail(0x40))
	}
	return p, true
}

// count sorts one pair by the block of its charset that it lies in.
func (p *pairCount) count(lead, trail byte, sjis, big5 bool) {
	p.pairs++
	if trail >= 0x80 {
		p.highTrail++
	}
	switch {
	case sjis:
		if lead == 0x82 && trail >= 0x9F || lead == 0x83 {
			p.kana++
		}
	case big5:
		if lead >= 0xA4 && lead <= 0xC6 {
			p.hanzi++
		}
	default:
		if lead == 0xA4 || lead == 0xA5 {
			p.kana++
		}
		if lead >= 0xB0 && lead <= 0xC8 {
			p.hangul++
		}
		if lead >= 0xB0 && lead <= 0xF7 || lead <= 0xA3 {
			p.hanzi++
		}
	}
}
