package clock

import (
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// A shape describes the text around a clock. It must fit from the first byte
// of the value on; text behind its end does not matter.
//
//	%d  decimal digits          %x  hexadecimal digits of either case
//	%X  8 hexadecimal digits    %w  letters, digits, "-" and "_"
//	%a  letters and digits, as few as fit
//	%n  anything but blanks     %*  anything, as little as fits
//	%s  9 or 10 digits: Unix seconds, in the window
//	%t  the same with 10 digits, those after 2001-09-09
//	%m  13 digits: Unix milliseconds, in the window
//	%h  8 hexadecimal digits: Unix seconds, in the window
//	%S  the digits of a number that states seconds; %M milliseconds
//	%$  the end of the value
//
// A blank stands for any white space. Everything else stands for itself.
type shape struct {
	text  string
	found found
	steps int
}

// maxShapeSteps and maxShapeText bound the work on one value.
const (
	maxShapeSteps = 20_000
	maxShapeText  = 2048
)

// readShapes reads a value that has one of the rule's shapes.
func readShapes(r *reader, f headers.Field, at place, rule *fieldRule) {
	r.addShape(at.value(r, f), at, rule)
}

func (r *reader) addShape(value string, at place, rule *fieldRule) (f found, ok bool) {
	for _, form := range rule.shapes {
		f, ok := fit(form, value)
		if ok {
			f.rule, f.software, f.event, f.strength = rule.rule, rule.software, rule.event, rule.strength
			r.add(at, f)
			return f, true
		}
	}
	return f, false
}

// fit reads the clock of a text of the given form.
func fit(form, text string) (f found, ok bool) {
	if text == "" || form[0] != '%' && form[0] != text[0] {
		return f, false // most texts
	}
	s := shape{text: text}
	if len(text) > maxShapeText {
		if strings.HasSuffix(form, "%$") {
			return f, false
		}
		s.text = text[:maxShapeText]
	}
	ok = s.match(form, 0)
	return s.found, ok && s.found.step > 0
}

// match reports whether the text from i on fits the form.
func (s *shape) match(form string, i int) bool {
	for len(form) > 0 {
		if s.steps++; s.steps > maxShapeSteps {
			return false
		}
		if form[0] != '%' {
			n := s.literal(form[0], i)
			if n == 0 {
				return false
			}
			i, form = i+n, form[1:]
			continue
		}
		if form[1] == '*' || form[1] == 'a' {
			return s.gap(form, i)
		}
		n := s.token(form[1], i)
		if n < 0 {
			return false
		}
		i, form = i+n, form[2:]
	}
	return true
}

// gap tries the rest of the form behind ever longer text.
func (s *shape) gap(form string, i int) bool {
	if form[1] == 'a' && !s.isA(i, alnum) {
		return false
	}
	for ; i <= len(s.text); i++ {
		if s.match(form[2:], i) {
			return true
		}
		if form[1] == 'a' && !s.isA(i, alnum) || s.steps > maxShapeSteps {
			return false
		}
	}
	return false
}

func (s *shape) isA(i int, class func(byte) bool) bool { return i < len(s.text) && class(s.text[i]) }

// literal is the length of what stands for c at i; 0 when it does not.
func (s *shape) literal(c byte, i int) int {
	if c != ' ' {
		if i < len(s.text) && s.text[i] == c {
			return 1
		}
		return 0
	}
	return s.run(i, isSpace)
}

// run is the length of the text of one class at i.
func (s *shape) run(i int, class func(byte) bool) int {
	n := 0
	for s.isA(i+n, class) {
		n++
	}
	s.steps += n / 8
	return n
}

// token is the length of what fits the token at i, -1 when nothing does.
func (s *shape) token(c byte, i int) int {
	n := 0
	switch c {
	case '$':
		if i < len(s.text) {
			return -1
		}
		return 0
	case 'd':
		n = s.run(i, digit)
	case 'x':
		n = s.run(i, hexDigit)
	case 'w':
		n = s.run(i, wordByte)
	case 'n':
		n = s.run(i, func(c byte) bool { return !isSpace(c) })
	case 'X', 'h':
		if n = s.run(i, hexDigit); n != 8 || c == 'h' && !s.clock(c, i, n) {
			return -1
		}
	default:
		if n = s.run(i, digit); !s.clock(c, i, n) {
			return -1
		}
	}
	if n == 0 {
		return -1
	}
	return n
}

// clock reads the number of n digits at i as the time that token c stands for.
func (s *shape) clock(c byte, i, n int) bool {
	base := int64(10)
	if c == 'h' {
		base = 16
	}
	if !clockWidth(c, n) || base == 10 && i > 0 && digit(s.text[i-1]) {
		return false // the end of a longer number is no number
	}
	v, ok := digits(strings.ToLower(s.text[i:i+n]), base, false)
	if !ok {
		return false
	}
	f := found{clock: UTC, at: ofUnix(v), step: time.Second, from: i, to: i + n}
	if c == 'm' || c == 'M' {
		f.at, f.step = ofMilli(v), time.Millisecond
	}
	if c != 'S' && c != 'M' && !inWindow(f.at) || f.at.Year() > 9999 {
		return false
	}
	s.found = f
	return true
}

// clockWidth reports whether a number of n digits can be what token c reads.
func clockWidth(c byte, n int) bool {
	switch c {
	case 's':
		return n == 9 || n == 10
	case 't':
		return n == 10
	case 'm':
		return n == 13
	case 'S', 'M':
		return n <= 15
	}
	return n == 8
}

func digit(c byte) bool    { return '0' <= c && c <= '9' }
func alnum(c byte) bool    { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' }
func hexDigit(c byte) bool { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
func wordByte(c byte) bool { return alnum(c) || c == '-' || c == '_' }
