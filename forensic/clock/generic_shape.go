package clock

import "strings"

// pattern matches a text from left to right, in place of a regular expression:
// every step takes its part or marks itself as broken, and end tells
// whether all of the text was taken. Steps after a broken one do nothing.
type pattern struct {
	text   string
	at     int
	broken bool
}

// lit takes a fixed text.
func (p *pattern) lit(s string) {
	if p.broken || !strings.HasPrefix(p.text[p.at:], s) {
		p.broken = true
		return
	}
	p.at += len(s)
}

// maybe takes a fixed text where it stands.
func (p *pattern) maybe(s string) {
	if !p.broken && strings.HasPrefix(p.text[p.at:], s) {
		p.at += len(s)
	}
}

// run takes the characters of a class, as many as there are up to most.
func (p *pattern) run(class func(byte) bool, least, most int) string {
	if p.broken {
		return ""
	}
	from := p.at
	for p.at < len(p.text) && p.at-from < most && class(p.text[p.at]) {
		p.at++
	}
	if p.at-from < least {
		p.broken = true
		return ""
	}
	return p.text[from:p.at]
}

// rest takes all that is left, of one class.
func (p *pattern) rest(class func(byte) bool, least int) string {
	return p.run(class, least, len(p.text))
}

// end reports whether every step took its part and nothing is left.
func (p *pattern) end() bool { return !p.broken && p.at == len(p.text) }

func isDec(c byte) bool      { return c >= '0' && c <= '9' }
func isLowerHex(c byte) bool { return isDec(c) || c >= 'a' && c <= 'f' }
func isUpperHex(c byte) bool { return isDec(c) || c >= 'A' && c <= 'F' }
func isHexDigit(c byte) bool { return isLowerHex(c) || c >= 'A' && c <= 'F' }
func isUpperOrDec(c byte) bool {
	return isDec(c) || c >= 'A' && c <= 'Z'
}
func isLowerOrDec(c byte) bool {
	return isDec(c) || c >= 'a' && c <= 'z'
}
func isAlnum(c byte) bool { return isUpperOrDec(c) || c >= 'a' && c <= 'z' }

// isHostByte is a character of a host name or address literal, or another
// printable one: DSN boundaries repeat what the administrator configured.
func isHostByte(c byte) bool { return c > ' ' && c < 0x7F && c != '"' && c != '/' && c != '=' }

// allOf reports whether text is not empty and of one class.
func allOf(text string, class func(byte) bool) bool {
	for i := 0; i < len(text); i++ {
		if !class(text[i]) {
			return false
		}
	}
	return text != ""
}
