package headers

import "strings"

// addrUsual reads a list in which every mailbox has one of the forms a@b.c,
// <a@b.c>, Words <a@b.c> and "text" <a@b.c>, in ASCII: nearly all have. Encoded
// words may stand among the words. Offsets count from the start of the value.
type addrUsual struct {
	raw  []byte
	s    string
	base int // offset of s in the message
	pos  int
	out  []Address
}

// read reads the whole value. It is false for all that [addrParser] would find
// a fault with, and for groups and comments.
func (u *addrUsual) read() bool {
	n := strings.Count(u.s, ",")
	if n >= addrMaxEntries {
		return false
	}
	for {
		if !u.space() || !u.mailbox(n) || !u.space() {
			return false
		}
		if u.pos == len(u.s) {
			return true
		}
		if u.s[u.pos] != ',' {
			return false
		}
		u.pos++
	}
}

// space passes over blanks and folding; false at a line break that does not
// fold.
func (u *addrUsual) space() bool {
	for ; u.pos < len(u.s) && addrIsSpace(u.s[u.pos]); u.pos++ {
		if u.s[u.pos] != '\n' && u.s[u.pos] != '\r' {
			continue
		}
		if u.s[u.pos] == '\r' {
			u.pos++
		}
		if u.pos+1 >= len(u.s) || u.s[u.pos] != '\n' || !isBlank(u.s[u.pos+1]) {
			return false
		}
	}
	return true
}

// mailbox reads one mailbox of a list with so many commas.
func (u *addrUsual) mailbox(commas int) bool {
	start, name := u.pos, ""
	switch u.kind() {
	case addrAtom:
		end, at := u.spec(start)
		if at > 0 {
			u.pos = end
			u.add(commas, "", start, start, at, end)
			return true
		}
		ok := false
		if name, ok = u.words(); !ok {
			return false
		}
	case addrQuoted:
		end := u.quoted()
		if end < 0 {
			return false
		}
		name, u.pos = u.s[start+1:end], end+1
		if !u.space() || u.kind() != addrLess {
			return false
		}
	case addrLess:
	default:
		return false
	}
	spec := u.pos + 1
	end, at := u.spec(spec)
	if at == 0 || end == len(u.s) || u.s[end] != '>' {
		return false
	}
	u.pos = end + 1
	u.add(commas, name, start, spec, at, end)
	return true
}

// add lists the mailbox that begins at start and ends before pos; its addr-spec
// is [spec, end).
func (u *addrUsual) add(commas int, name string, start, spec, at, end int) {
	if u.out == nil {
		u.out = make([]Address, 0, min(commas+1, len(u.s)/16+1))
	}
	u.out = append(u.out, Address{
		Name: name, Raw: u.s[start:u.pos], Span: Span{u.base + start, u.base + u.pos},
		Address: u.s[spec:end], Local: u.s[spec:at], Domain: u.s[at+1 : end],
	})
}

// kind is that of the byte at pos, without bits; addrEnd at the end.
func (u *addrUsual) kind() addrKind {
	if u.pos == len(u.s) {
		return addrEnd
	}
	return addrKindOf(u.s[u.pos])
}

// spec measures dot-atom "@" dot-atom (RFC 5322 3.4.1) at i; at is 0 when
// something else stands there.
func (u *addrUsual) spec(i int) (end, at int) {
	prev := addrDot
	for ; i < len(u.s); i++ {
		switch class := addrClass[u.s[i]]; addrKind(class) {
		case addrAtom:
		case addrDot:
			if prev != addrAtom {
				return i, 0
			}
		case addrAt:
			if prev != addrAtom || at > 0 {
				return i, 0
			}
			at = i
		case addrSpace, addrSpace | addrKind(addrBitEscape), addrComma, addrGreater:
			if prev != addrAtom {
				at = 0
			}
			return i, at
		default:
			return i, 0
		}
		prev = addrKind(addrClass[u.s[i]])
	}
	if prev != addrAtom {
		at = 0
	}
	return i, at
}

// words reads atoms with one blank between any two, up to "<".
func (u *addrUsual) words() (name string, ok bool) {
	start, bits := u.pos, uint8(0)
	for {
		bits |= u.atom()
		end := u.pos
		if !u.space() {
			return "", false
		}
		switch {
		case u.kind() == addrLess && bits != 0:
			return u.decode(start, end)
		case u.kind() == addrLess:
			return u.s[start:end], true
		case u.pos != end+1 || u.s[end] != ' ' || u.kind() != addrAtom:
			return "", false
		}
	}
}

// atom passes over an atom and tells whether there may be an encoded word in
// it. It goes no further than to the first special within an encoded word,
// which [addrParser.lexWord] takes in.
func (u *addrUsual) atom() (bits uint8) {
	start := u.pos
	for u.pos < len(u.s) && addrClass[u.s[u.pos]]&^addrBitWord == uint8(addrAtom) {
		bits |= addrClass[u.s[u.pos]] & addrBitWord
		u.pos++
	}
	if bits != 0 && u.pos < addrWordEnd(u.s, start) {
		u.pos = len(u.s) // no name ends there
	}
	return bits
}

// decode reads a name in which encoded words may stand.
func (u *addrUsual) decode(start, end int) (name string, ok bool) {
	if !addrNeedsDecoding(u.s[start:end]) {
		return u.s[start:end], true
	}
	text, defects := addrDecodeName(u.raw, Span{u.base + start, u.base + end})
	return text, len(defects) == 0
}

// quoted is where the quoted string (RFC 5322 3.2.4) at pos has its closing
// quote; -1 when it holds more than plain text, or none closes it.
func (u *addrUsual) quoted() int {
	for i := u.pos + 1; i < len(u.s); i++ {
		switch c := u.s[i]; {
		case c == '"':
			return i
		case c == '\\' || addrClass[c]&^addrKindMask != 0:
			return -1
		}
	}
	return -1
}
