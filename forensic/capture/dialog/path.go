package dialog

import "strings"

// path is the argument of MAIL or RCPT, taken apart (RFC 5321 4.1.2).
type path struct {
	address, route string
	params         []Param
}

// parsePath reads "FROM:<route:address> KEY=VALUE ...". What people and old
// programs write is read, too: blanks before the bracket, no brackets at all.
// ok is false when the word and colon are missing.
func parsePath(arg, word string) (p path, ok bool) {
	rest, ok := cutFold(arg, word)
	if !ok {
		return p, false
	}
	rest = strings.TrimLeft(rest, " \t")
	if !strings.HasPrefix(rest, ":") {
		return p, false
	}
	rest = strings.TrimLeft(rest[1:], " \t")
	box, rest := cutPath(rest)
	p.route, p.address = cutRoute(box)
	for _, w := range strings.Fields(rest) {
		key, value, _ := strings.Cut(w, "=")
		p.params = append(p.params, Param{upper(key), value})
	}
	return p, true
}

// cutFold cuts a word off, whatever its case.
func cutFold(s, word string) (string, bool) {
	if len(s) < len(word) || upper(s[:len(word)]) != word {
		return s, false
	}
	return s[len(word):], true
}

// cutPath takes what stands in the angle brackets; a quoted local part may
// hold any of them (RFC 5321 4.1.2, Quoted-string).
func cutPath(s string) (inside, rest string) {
	bracket := strings.HasPrefix(s, "<")
	if bracket {
		s = s[1:]
	}
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case bracket && c == '>':
			return s[:i], s[i+1:]
		case !bracket && (c == ' ' || c == '\t'):
			return s[:i], s[i+1:]
		}
	}
	if bracket {
		if i := strings.IndexByte(s, '>'); i >= 0 { // a quote that is never closed
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// cutRoute parts a source route from the address behind it: "@a,@b:c@d" (RFC
// 5321 appendix C; it must be understood and should be ignored).
func cutRoute(box string) (route, address string) {
	if !strings.HasPrefix(box, "@") {
		return "", box
	}
	route, address, ok := strings.Cut(box, ":")
	if !ok {
		return "", box
	}
	return route, address
}
