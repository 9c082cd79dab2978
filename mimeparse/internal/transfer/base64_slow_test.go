package transfer

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// slowBase64 decodes byte after byte, with the rules written down once more
// in another way: it is what the fast decoder is compared with. The codes of
// the defects come in no order.
func slowBase64(raw []byte) (out []byte, codes []string) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	var group []int
	judged := 0 // up to here lines are known to be base64, or lie before one
	defect := func(word string) { codes = append(codes, "mime.base64-"+word) }
	close := func() (leftover bool) {
		bits := 0
		for _, v := range group {
			bits = bits<<6 | v
		}
		whole := len(group) * 6 / 8
		extra := len(group)*6 - whole*8
		for i := whole - 1; i >= 0; i-- {
			out = append(out, byte(bits>>(extra+8*i)))
		}
		group = nil
		return bits&(1<<extra-1) != 0
	}
	for i := 0; i < len(raw); {
		c := raw[i]
		v := strings.IndexByte(alphabet, c)
		rest := raw[i:]
		switch {
		case v >= 0:
			if group = append(group, v); len(group) == 4 {
				close()
			}
			i++
		case isSpace(c):
			i++
		case c == '=' && len(group) < 2:
			defect("padding-extra")
			i += len(rest) - len(bytes.TrimLeft(rest, "="))
		case c == '=':
			need := 4 - len(group)
			for i < len(raw) && need > 0 && (raw[i] == '=' || isSpace(raw[i])) {
				if raw[i] == '=' {
					need--
				}
				i++
			}
			if close() {
				defect("leftover-bits")
			}
			if need > 0 {
				defect("padding-short")
			}
			tail := raw[i:]
			for {
				tail = bytes.TrimLeft(tail, " \t\r\n")
				cut := bytes.TrimLeft(tail, "=")
				if len(cut) == len(tail) {
					break
				}
				defect("padding-extra")
				tail = cut
			}
			i = len(raw) - len(tail)
			switch {
			case len(tail) == 0:
			case i >= judged && slowPlain(raw, i, &judged):
				defect("trailing-data")
				return out, codes
			default:
				defect("padding-inside")
			}
		default:
			if len(group) == 0 && (i == 0 || raw[i-1] == '\n' || raw[i-1] == '\r') && i >= judged && len(rest) <= maxFooter && slowFooter(raw, i, &judged) {
				defect("trailing-data")
				return out, codes
			}
			defect("invalid")
			for i < len(raw) && strings.IndexByte(alphabet+"= \t\r\n", raw[i]) < 0 {
				i++
			}
		}
	}
	if len(group) > 0 {
		defect("truncated")
		close()
	}
	return out, codes
}

var (
	codedLine = regexp.MustCompile(`^([A-Za-z0-9+/=]+)[ \t]*$`)
	lineBreak = regexp.MustCompile(`[\r\n]`)
)

// slowPlain: no line is base64, neither the first as whole quanta nor a later
// one by its length. Else judged is the end of the line that is.
func slowPlain(raw []byte, from int, judged *int) bool {
	for i, line := range lineBreak.Split(string(raw[from:]), -1) {
		from += len(line) + 1
		m := codedLine.FindStringSubmatch(line)
		if m != nil && (len(m[1]) >= longLine || i == 0 && len(m[1])%4 == 0) {
			*judged = from
			return false
		}
	}
	return true
}

// slowFooter: a line of like signs, then plain text.
func slowFooter(raw []byte, from int, judged *int) bool {
	line := lineBreak.Split(string(raw[from:]), 2)[0]
	rule := strings.TrimRight(line, " \t")
	if len(rule) < 2 || strings.Count(rule, rule[:1]) != len(rule) {
		return false
	}
	tail := bytes.TrimLeft(raw[from+len(line):], " \t\r\n")
	return slowPlain(raw, len(raw)-len(tail), judged)
}

// sameWords compares without order.
func sameWords(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}
