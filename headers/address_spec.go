package headers

import "strings"

// readSpec reads an addr-spec (RFC 5322 3.4.1) with the route before it.
func (p *addrParser) readSpec(a *Address, b addrBox) {
	lo, hi := p.trim(b.spec, b.specEnd)
	if at := p.plainSpec(lo, hi); at > 0 {
		start, end := p.toks[lo].start, p.toks[hi-1].end
		a.Address, a.Local, a.Domain = p.s[start:end], p.s[start:p.toks[at].start], p.s[p.toks[at].end:end]
		return
	}
	p.checkWords(lo, hi)
	lo, uri := p.skipMailto(lo, hi)
	lo = p.readRoute(a, lo, hi)
	lo, hi = p.trim(lo, hi)
	if lo == hi {
		p.fault(addrFaultNullPath, p.toks[b.nameEnd].start, p.toks[max(b.tail-1, b.nameEnd)].end)
		return
	}
	at := p.lastAtIn(lo, hi)
	if at < 0 {
		p.localOnly(a, lo, hi)
		return
	}
	_, localEnd := p.trim(lo, at)
	domain, _ := p.trim(at+1, hi)
	if lo < localEnd {
		p.besideAt(p.toks[localEnd-1].end, p.toks[at].start)
	}
	if domain < hi {
		p.besideAt(p.toks[at].end, p.toks[domain].start)
	}
	left, right := p.local(lo, localEnd), p.domain(domain, hi, uri)
	if left.text == "" {
		p.fault(addrFaultNoLocal, p.toks[at].start, p.toks[at].end)
	}
	if right.text == "" {
		p.fault(addrFaultNoDomain, p.toks[at].start, p.toks[at].end)
	}
	a.Local, a.Domain = left.text, right.text
	a.Address = p.join(left, p.toks[at], right)
}

// plainSpec returns the "@" of an addr-spec that is exactly dot-atom "@"
// dot-atom in ASCII, or 0. Nearly all are: they need no copy.
func (p *addrParser) plainSpec(lo, hi int) int {
	at, prev := 0, addrDot
	for i := lo; i < hi; i++ {
		t := p.toks[i]
		if t.bits != 0 || i > lo && t.gap != addrGapNone {
			return 0
		}
		switch {
		case t.kind == addrAtom && prev != addrAtom:
		case t.kind == addrDot && prev == addrAtom:
		case t.kind == addrAt && prev == addrAtom && at == 0:
			at = i
		default:
			return 0
		}
		prev = t.kind
	}
	if prev != addrAtom {
		return 0
	}
	return at
}

// checkWords reports encoded words in tokens [lo, hi). Decoding one would make
// another address of what is written (RFC 2047 5).
func (p *addrParser) checkWords(lo, hi int) {
	if lo >= hi {
		return
	}
	spec := p.s[:p.toks[hi-1].end]
	for i := p.toks[lo].start; i < len(spec); {
		start, end := addrFindWord(spec, i)
		if end == 0 {
			return
		}
		p.fault(addrFaultWordAddress, start, end)
		i = end
	}
}

// trim leaves out comments at both ends.
func (p *addrParser) trim(lo, hi int) (int, int) {
	for lo < hi && p.toks[hi-1].kind == addrComment {
		hi--
	}
	for lo < hi && p.toks[lo].kind == addrComment {
		lo++
	}
	return lo, hi
}

// lastAtIn finds the "@" that counts. Relays took the last one for the
// separator when routing "user@host@relay"; readers that take the first one
// see another domain.
func (p *addrParser) lastAtIn(lo, hi int) int {
	first, last := -1, -1
	for i := lo; i < hi; i++ {
		if p.toks[i].kind != addrAt {
			continue
		}
		last = i
		if first < 0 {
			first = i
		}
	}
	if first != last {
		p.fault(addrFaultManyAt, p.toks[first].start, p.toks[last].end)
	}
	return last
}

// besideAt reports white space or comments between the "@" and a side.
func (p *addrParser) besideAt(start, end int) {
	if start < end {
		p.fault(addrFaultSpaceAt, start, end)
	}
}

// join puts the sides together, by a cut from the value where it holds them
// so.
func (p *addrParser) join(left addrSide, at addrToken, right addrSide) string {
	switch {
	case left.text == "" && right.text == "":
		return ""
	case left.text == "" && right.verbatim && right.start == at.end:
		return p.s[at.start:right.end]
	case right.text == "" && left.verbatim && left.end == at.start:
		return p.s[left.start:at.end]
	case left.verbatim && right.verbatim && left.end == at.start && right.start == at.end:
		return p.s[left.start:right.end]
	}
	return left.text + "@" + right.text
}

// skipMailto steps over the scheme of a mailto: URI (RFC 6068).
func (p *addrParser) skipMailto(lo, hi int) (int, bool) {
	if lo+1 >= hi || p.toks[lo+1].kind != addrColon || !p.isMailto(lo) {
		return lo, false
	}
	p.fault(addrFaultMailto, p.toks[lo].start, p.toks[lo+1].end)
	return lo + 2, true
}

// readRoute reads "@a,@b:" (obs-route, RFC 5322 4.4).
func (p *addrParser) readRoute(a *Address, lo, hi int) int {
	if lo >= hi || p.toks[lo].kind != addrAt {
		return lo
	}
	colon := p.find(lo, hi, addrColon)
	if colon == hi {
		return lo
	}
	p.fault(addrFaultRoute, p.toks[lo].start, p.toks[colon].end)
	a.Route = p.routeText(lo, colon)
	return colon + 1
}

// routeText is the text of tokens [lo, hi) without comments and white space.
func (p *addrParser) routeText(lo, hi int) string {
	lo, hi = p.trim(lo, hi)
	side := p.newSide(lo, hi)
	for i := lo; i < hi; i++ {
		t := p.toks[i]
		if t.kind == addrComment {
			continue
		}
		if i > lo {
			start, end := p.gapBefore(i)
			side.verbatim = side.verbatim && start == end
		}
		p.write(&side, t)
	}
	return p.sideText(side).text
}

// localOnly reads an address without "@".
func (p *addrParser) localOnly(a *Address, lo, hi int) {
	side := p.local(lo, hi)
	a.Local, a.Address = side.text, side.text
	f := addrFaultNoDomain
	if lo+1 == hi && p.hasBang(p.toks[lo]) {
		f = addrFaultBangPath
	}
	p.fault(f, p.toks[lo].start, p.toks[hi-1].end)
}

// hasBang reports a UUCP path such as "a!b!user".
func (p *addrParser) hasBang(t addrToken) bool {
	return strings.IndexByte(p.text(t), '!') >= 0
}
