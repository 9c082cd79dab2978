package headers

import (
	"strings"
	"unicode/utf8"
)

// addrSide is one side of an addr-spec: its text and, when it is written
// without anything to leave out, where it stands.
type addrSide struct {
	text       string
	start, end int
	verbatim   bool
	lastDotBad bool // the last dot is reported already
}

// local reads a local part: words with dots between them, each word an atom
// or a quoted string (RFC 5322 3.4.1, 4.4). What else stands there is kept.
func (p *addrParser) local(lo, hi int) addrSide {
	s := p.newSide(lo, hi)
	prev := addrDot // a dot at the start is one too many
	for i := lo; i < hi; i++ {
		t := p.toks[i]
		if t.kind == addrComment {
			continue
		}
		if i > lo {
			p.localGap(&s, i, prev)
		}
		switch t.kind {
		case addrAtom:
			p.checkAtom(t)
		case addrQuoted:
			p.quotedLocal(&s, t, addrIsJoint(prev) && p.jointFollows(i, hi))
			prev = t.kind
			continue
		case addrDot:
			p.checkDot(&s, t, prev)
		case addrAt:
		default:
			p.fault(addrFaultUnexpected, t.start, t.end)
		}
		p.write(&s, t)
		prev = t.kind
	}
	p.lastDot(s, prev)
	return p.sideText(s)
}

// localGap deals with white space or comments before token i: between words
// it is kept as one blank, beside a dot it is left out.
func (p *addrParser) localGap(s *addrSide, i int, prev addrKind) {
	start, end := p.gapBefore(i)
	if start == end {
		return
	}
	if addrIsJoint(prev) || addrIsJoint(p.toks[i].kind) {
		s.verbatim = false
		p.fault(addrFaultSpace, start, end)
		return
	}
	p.buf = append(p.buf, ' ')
	s.verbatim = s.verbatim && p.s[start:end] == " "
	p.fault(addrFaultSpaceLocal, start, end)
}

// gapBefore is the white space and comments between token i and the token
// before it that is no comment.
func (p *addrParser) gapBefore(i int) (start, end int) {
	k := i - 1
	for p.toks[k].kind == addrComment {
		k--
	}
	return p.toks[k].end, p.toks[i].start
}

// addrIsJoint reports whether a token joins the words beside it.
func addrIsJoint(kind addrKind) bool { return kind == addrDot || kind == addrAt }

// jointFollows reports whether the word at i is whole: a dot or the end of the
// local part comes next.
func (p *addrParser) jointFollows(i, hi int) bool {
	for i++; i < hi && p.toks[i].kind == addrComment; i++ {
	}
	return i >= hi || addrIsJoint(p.toks[i].kind)
}

// quotedLocal keeps the quotes of a local part unless the text between them is
// a dot-atom. A quoted string that joins other text keeps them as well, and is
// reported; so does an encoded word, which without them could be decoded.
func (p *addrParser) quotedLocal(s *addrSide, t addrToken, alone bool) {
	p.checkAtom(t)
	inner := p.s[t.start+1 : t.end-1]
	if t.bits&addrBitEscape != 0 {
		inner = addrUnfold(inner, true)
	}
	if !alone {
		p.fault(addrFaultUnexpected, t.start, t.end)
	}
	if !alone || !addrIsDotAtom(inner) || addrHasWord(inner) {
		p.write(s, t)
		return
	}
	s.verbatim = false
	p.fault(addrFaultNeedlessQuotes, t.start, t.end)
	p.buf = append(p.buf, inner...)
}

// write adds a token to a side as written, white space that folds made one
// blank.
func (p *addrParser) write(s *addrSide, t addrToken) {
	text := p.text(t)
	if t.bits&addrBitEscape != 0 {
		text = addrUnfold(text, false)
		s.verbatim = s.verbatim && text == p.text(t)
	}
	p.buf = append(p.buf, text...)
}

// addrIsDotAtom reports whether s is a dot-atom-text (RFC 5322 3.2.3).
func addrIsDotAtom(s string) bool {
	prev := byte('.')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.' && prev == '.':
			return false
		case c != '.' && (addrKindOf(c) != addrAtom || addrClass[c]&addrBitCtl != 0):
			return false
		}
		prev = s[i]
	}
	return prev != '.'
}

// domain reads a dot-atom or a domain literal. Text that cannot belong to it
// is reported and left out.
func (p *addrParser) domain(lo, hi int, uri bool) addrSide {
	s := p.newSide(lo, hi)
	s.end = s.start
	prev := addrDot
	for i := lo; i < hi; i++ {
		t := p.toks[i]
		if t.kind == addrComment {
			continue
		}
		if !addrDomainGoesOn(t.kind, prev) {
			p.unexpected(i, hi)
			break
		}
		if i > lo {
			p.domainGap(&s, i)
		}
		query := uri && p.cutQuery(&t, hi)
		p.domainToken(&s, t, prev)
		s.end, prev = t.end, t.kind
		if query {
			break
		}
	}
	p.lastDot(s, prev)
	return p.sideText(s)
}

// addrDomainGoesOn reports whether a token of the given kind can follow prev.
func addrDomainGoesOn(kind, prev addrKind) bool {
	switch kind {
	case addrDot:
		return prev != addrLiteral
	case addrAtom:
		return prev == addrDot
	}
	return kind == addrLiteral // made only behind "@", so always the first
}

func (p *addrParser) domainToken(s *addrSide, t addrToken, prev addrKind) {
	switch t.kind {
	case addrDot:
		p.checkDot(s, t, prev)
	case addrLiteral:
		p.literal(s, t)
		return
	default:
		p.checkAtom(t)
	}
	p.buf = append(p.buf, p.text(t)...)
}

func (p *addrParser) domainGap(s *addrSide, i int) {
	if start, end := p.gapBefore(i); start < end {
		s.verbatim = false
		p.fault(addrFaultSpace, start, end)
	}
}

// cutQuery ends the domain of a mailto: URI before its "?" (RFC 6068 2).
func (p *addrParser) cutQuery(t *addrToken, hi int) bool {
	q := strings.IndexByte(p.text(*t), '?')
	if t.kind != addrAtom || q < 0 {
		return false
	}
	t.end = t.start + q
	p.fault(addrFaultUnexpected, t.end, p.toks[hi-1].end)
	return true
}

// literal keeps a domain literal without the white space in it.
func (p *addrParser) literal(s *addrSide, t addrToken) {
	p.checkAtom(t)
	from := len(p.buf)
	for i := t.start; i < t.end; i++ {
		if !addrIsSpace(p.s[i]) {
			p.buf = append(p.buf, p.s[i])
		}
	}
	if len(p.buf)-from < t.end-t.start {
		s.verbatim = false
		p.fault(addrFaultSpace, t.start, t.end)
	}
}

func (p *addrParser) newSide(lo, hi int) addrSide {
	p.clear()
	if lo >= hi {
		return addrSide{verbatim: true}
	}
	return addrSide{start: p.toks[lo].start, end: p.toks[hi-1].end, verbatim: true}
}

// sideText sets the text: cut from the value where it can be.
func (p *addrParser) sideText(s addrSide) addrSide {
	if s.verbatim {
		s.text = p.s[s.start:s.end]
	} else {
		s.text = string(p.buf)
	}
	return s
}

// checkAtom reports bytes that are not UTF-8.
func (p *addrParser) checkAtom(t addrToken) {
	if t.bits&addrBit8 != 0 && !utf8.ValidString(p.text(t)) {
		p.fault(addrFault8Bit, t.start, t.end)
	}
}

// checkDot reports a dot that follows a dot or begins a side.
func (p *addrParser) checkDot(s *addrSide, t addrToken, prev addrKind) {
	s.lastDotBad = addrIsJoint(prev)
	if s.lastDotBad {
		p.fault(addrFaultDots, t.start, t.end)
	}
}

// lastDot reports a dot at the end of a side.
func (p *addrParser) lastDot(s addrSide, prev addrKind) {
	if s.start < s.end && prev == addrDot && !s.lastDotBad {
		p.fault(addrFaultDots, s.end-1, s.end)
	}
}
