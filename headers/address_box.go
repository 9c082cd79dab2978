package headers

import "strings"

// addrBox is where the pieces of one mailbox stand among the tokens: words of
// the name from first, the addr-spec with its route from spec, and what
// follows it from tail up to end.
type addrBox struct {
	first, nameEnd int
	spec, specEnd  int
	tail, end      int
	angle          bool
}

// mailboxes reads the tokens of one element: one mailbox, or several when the
// commas between them are missing.
func (p *addrParser) mailboxes() {
	for i := 0; i < len(p.toks); {
		if p.stop(i) {
			return
		}
		if i > 0 {
			p.fault(addrFaultMissingComma, p.toks[i].start, p.toks[i].end)
		}
		switch {
		case i <= p.lastLess:
			i = p.angled(i)
		case i <= p.lastAt:
			i = p.bare(i)
		default:
			i = p.nameless(i)
		}
		p.fresh = len(p.out.Defects)
	}
}

// angled reads [display-name] "<" addr-spec ">" (RFC 5322 3.4).
func (p *addrParser) angled(i int) int {
	b := addrBox{first: i, nameEnd: p.find(i, len(p.toks), addrLess), angle: true}
	b.spec = b.nameEnd + 1
	for b.spec < len(p.toks) && p.toks[b.spec].kind == addrLess {
		p.unexpected(b.spec, b.spec+1)
		b.spec++
	}
	b.specEnd = b.spec
	for b.specEnd < len(p.toks) && p.toks[b.specEnd].kind != addrGreater && p.toks[b.specEnd].kind != addrLess {
		b.specEnd++
	}
	b.tail = b.specEnd
	if b.tail < len(p.toks) && p.toks[b.tail].kind == addrGreater {
		b.tail++
	} else {
		p.fault(addrFaultAngleOpen, p.toks[b.nameEnd].start, p.toks[b.tail-1].end)
	}
	return p.box(b)
}

// bare reads an addr-spec without angle brackets. Words before it are read as
// the name of a mailbox whose brackets are missing.
func (p *addrParser) bare(i int) int {
	at := p.find(i, len(p.toks), addrAt)
	b := addrBox{first: i, spec: p.localStart(i, at), specEnd: p.domainEnd(at)}
	b.tail = b.specEnd
	b.nameEnd = b.spec
	for b.nameEnd > i && p.toks[b.nameEnd-1].kind == addrOther && p.toks[b.nameEnd].gap == addrGapNone {
		b.nameEnd-- // a bracket about the address: "[mailto:a@b]"
	}
	p.unexpected(b.nameEnd, b.spec)
	return p.box(b)
}

// localStart walks from "@" to the left as far as the local part reaches:
// words joined by dots, with white space and comments beside dots and "@"
// (RFC 5322 4.4).
func (p *addrParser) localStart(i, at int) int {
	if lo := p.x400Start(i, at); lo >= 0 {
		return lo
	}
	lo := at
	for k := at - 1; k >= i; k-- {
		t, right := p.toks[k], p.toks[lo].kind
		switch {
		case t.kind == addrComment:
			continue
		case t.kind == addrColon && p.isMailto(k-1) && k > i:
			return k - 1
		case t.kind != addrAtom && t.kind != addrQuoted && t.kind != addrDot:
			return p.brokenLocal(i, lo)
		case t.kind != addrDot && !addrIsJoint(right):
			return lo
		}
		lo = k
	}
	return lo
}

// brokenLocal takes in what stands hard against an "@" that has no word before
// it, as in "[list]@host".
func (p *addrParser) brokenLocal(i, lo int) int {
	if p.toks[lo].kind != addrAt {
		return lo
	}
	for lo > i && p.toks[lo].gap == addrGapNone && p.toks[lo-1].kind != addrComment && p.toks[lo-1].kind != addrGreater {
		lo--
	}
	return lo
}

// x400Start finds an X.400 address such as "/G=Ann/O=Big Org/@gateway".
//
// QUIRK: RFC 2156 2.1 wants one with blanks in quotes; gateways of the 1990s
// wrote it without. Read as a name it would lose half of the address.
func (p *addrParser) x400Start(i, at int) int {
	first, _ := p.trim(i, at)
	if first == at || p.toks[first].kind != addrAtom {
		return -1
	}
	if text := p.text(p.toks[first]); text[0] != '/' || strings.IndexByte(text, '=') < 0 {
		return -1
	}
	return first
}

// domainEnd walks from "@" to the right as far as the domain reaches, over
// further "@" that join it at once.
func (p *addrParser) domainEnd(at int) int {
	hi, left := at+1, addrAt
	for k := at + 1; k < len(p.toks); k++ {
		t := p.toks[k]
		switch t.kind {
		case addrComment:
			continue
		case addrDot, addrAt, addrLiteral: // the lexer makes a literal only behind "@"
		case addrAtom:
			if !addrIsJoint(left) {
				return hi
			}
		default:
			return hi
		}
		hi, left = k+1, t.kind
	}
	return hi
}

// nameless reads the rest of an element that has no address: a name cut off
// by an unquoted comma, a comment, or junk.
func (p *addrParser) nameless(i int) int {
	n := len(p.toks)
	if lo, hi := p.trim(i, n); lo+1 == hi && p.toks[lo].kind == addrAtom && p.hasBang(p.toks[lo]) {
		return p.box(addrBox{first: i, nameEnd: lo, spec: lo, specEnd: hi, tail: hi})
	}
	words := p.hasWord(i, n)
	if !words && p.seen&(1<<addrComment) == 0 {
		p.unexpected(i, n)
		return n
	}
	a := p.add(i, n)
	if words {
		a.Name = p.phrase(i, n)
		p.fault(addrFaultNoAddress, p.toks[i].start, p.toks[n-1].end)
	} else {
		p.unexpected(i, n)
		p.fault(addrFaultCommentOnly, p.toks[i].start, p.toks[n-1].end)
	}
	a.Comment = p.comments(i, n, n, n)
	return n
}

// box turns the pieces into an Address and returns the token after it.
func (p *addrParser) box(b addrBox) int {
	b.end = p.tailEnd(b.tail)
	a := p.add(b.first, b.end)
	p.readSpec(a, b)
	p.readName(a, b)
	if p.seen&(1<<addrComment) != 0 {
		p.readComments(a, b)
	}
	return b.end
}

// tailEnd finds the end of a mailbox whose addr-spec ends before token i:
// comments and stray brackets right behind it are its own, words only when no
// further mailbox can claim them.
func (p *addrParser) tailEnd(i int) int {
	for i < len(p.toks) && (p.toks[i].kind == addrComment || p.toks[i].kind == addrGreater) {
		i++
	}
	if i <= p.lastLess || i <= p.lastAt {
		return i
	}
	return len(p.toks)
}

// add appends an entry that spans tokens [lo, hi). The pointer is good until
// the next call.
func (p *addrParser) add(lo, hi int) *Address {
	start, end := p.toks[lo].start, p.toks[hi-1].end
	p.out.Addresses = append(p.out.Addresses, Address{
		Raw: p.s[start:end], Span: Span{p.base + start, p.base + end}, Group: p.group,
	})
	if p.inGroup {
		p.stretchGroup(end)
	}
	return &p.out.Addresses[len(p.out.Addresses)-1]
}

// readName finds the display name: before the address, or else behind it.
func (p *addrParser) readName(a *Address, b addrBox) {
	words := p.hasWord(b.first, b.nameEnd)
	if words {
		a.Name = p.phrase(b.first, b.nameEnd)
	} else {
		p.unexpected(b.first, b.nameEnd)
	}
	if words && !b.angle {
		p.fault(addrFaultAngleMissing, p.toks[b.first].start, p.toks[b.specEnd-1].end)
	}
	tail := p.nameAfter(b)
	p.unexpected(b.tail, tail)
	switch {
	case tail == b.end:
	case words:
		p.unexpected(tail, b.end)
	default:
		a.Name = p.phrase(tail, b.end)
		p.fault(addrFaultNameAfter, p.toks[tail].start, p.toks[b.end-1].end)
	}
}

// nameAfter finds the first word behind the address that a name can begin
// with. What hangs on a bare address without a blank is no name.
func (p *addrParser) nameAfter(b addrBox) int {
	i := b.tail
	if i < b.end && !b.angle && p.toks[i].gap == addrGapNone && p.toks[i].kind != addrComment {
		for i++; i < b.end && p.toks[i].gap == addrGapNone; i++ {
		}
	}
	for i < b.end && p.toks[i].kind != addrAtom && p.toks[i].kind != addrQuoted {
		i++
	}
	return i
}

// readComments sets the comment text, and the name from it when there is none:
// RFC 822's time wrote "addr (Name)". Only comments outside the addr-spec name
// somebody.
func (p *addrParser) readComments(a *Address, b addrBox) {
	a.Comment = p.comments(b.first, b.end, b.end, b.end)
	if a.Comment == "" || a.Name != "" || a.Address == "" {
		return
	}
	a.Name = a.Comment
	if p.find(b.spec, b.specEnd, addrComment) < b.specEnd {
		a.Name = p.comments(b.first, b.end, b.spec, b.specEnd)
	}
	if a.Name == "" {
		return
	}
	for i := b.first; i < b.end; i++ {
		if t := p.toks[i]; t.kind == addrComment && (i < b.spec || i >= b.specEnd) {
			p.fault(addrFaultNameComment, t.start, t.end)
		}
	}
}

// hasWord reports whether tokens [lo, hi) hold a word of a phrase.
func (p *addrParser) hasWord(lo, hi int) bool {
	for _, t := range p.toks[lo:hi] {
		if t.kind == addrAtom || t.kind == addrQuoted {
			return true
		}
	}
	return false
}

// find returns the first token of a kind in [lo, hi), or hi.
func (p *addrParser) find(lo, hi int, kind addrKind) int {
	for lo < hi && p.toks[lo].kind != kind {
		lo++
	}
	return lo
}

// unexpected reports tokens [lo, hi), comments aside.
func (p *addrParser) unexpected(lo, hi int) {
	for _, t := range p.toks[lo:hi] {
		if t.kind != addrComment {
			p.fault(addrFaultUnexpected, t.start, t.end)
		}
	}
}
