package headers

import (
	"slices"
	"strings"
)

// Address is one mailbox (RFC 5322 3.4) as written. A field that was not
// written is the empty string; an entry whose Address is empty holds text
// that stands where an address should, or the null path "<>".
type Address struct {
	// Name is the display name, decoded for reading: quotes and backslashes
	// removed, white space from folding made one blank, encoded words decoded.
	// What decoding brings out is text and never becomes structure.
	Name string
	// Address is the addr-spec without comments and folding, otherwise as
	// written: letter case, quotes that are needed, broken parts and bytes that
	// are not UTF-8 are kept. Unless empty it is Local + "@" + Domain, or Local alone without "@".
	Address string
	// Local and Domain are the two sides of the last "@". Domain keeps the
	// brackets of a domain literal.
	Local, Domain string
	// Comment is the text of the comments in and around the mailbox, joined by
	// blanks. Without a display name, a comment outside the addr-spec also
	// becomes the Name: the form of RFC 822's time, "addr (Name)".
	Comment string
	// Route is an obsolete source route such as "@a,@b" (RFC 5322 4.4).
	Route string
	// Group is the display name of the group in which the mailbox stands.
	Group string
	// Raw is the text of Span as written.
	Raw string
	// Span runs from the mailbox's first to its last byte, surrounding blanks
	// and separators left out.
	Span Span
	// Defects lists what lies within Span; the list's Defects has them too.
	Defects []Defect
}

// Group is a named group of mailboxes (RFC 5322 3.4).
type Group struct {
	// Name is the display name, decoded like [Address.Name].
	Name string
	// Comment is the text of the comments that belong to the group and to none
	// of its mailboxes.
	Comment string
	// Span runs from the name to the closing semicolon and the comments behind
	// it, or to the last member when the group is not closed.
	Span Span
	// Empty says that the group has no member, as in "undisclosed-recipients:;".
	Empty bool
}

// AddressList is what an address field says: From, To, Return-Path and so on.
type AddressList struct {
	// Addresses holds every mailbox in the order written, members of groups
	// included.
	Addresses []Address
	// Groups holds the groups in the order written, empty ones included.
	Groups []Group
	// Defects lists every breach of the grammar in order of position. One
	// "address.limit" may stand last: see [ParseAddresses].
	Defects []Defect
}

const (
	// The memory that hostile input can claim is bounded: two bytes of junk can
	// make an entry of some 200 bytes.
	addrMaxEntries = 1 << 16
	addrMaxDefects = 1 << 16
	addrMaxTokens  = 1 << 16 // of one entry
	// addrMaxTries bounds the searches for the far end of a quoted string or
	// comment that turn out to have none, so that reading stays linear.
	addrMaxTries = 16
)

// ParseAddresses reads the address list (RFC 5322 3.4, with the obsolete forms
// of 4.4 and the UTF-8 of RFC 6532) at a span of raw. It never fails: what
// does not parse is kept as an entry without Address or is the span of a
// defect, so each byte that is neither blank nor separator lies in the span of
// an [Address], a [Group] or a [Defect]. Defect codes begin with "address.",
// those of decoded words with the prefix of [DecodeText].
//
// A value of more than 65,536 entries or defects, or with as many words and
// signs in one entry, is cut: the defect "address.limit" spans the rest.
func ParseAddresses(raw []byte, at Span) AddressList {
	u := addrUsual{raw: raw, s: string(at.Of(raw)), base: min(max(at.Start, 0), len(raw))}
	if u.read() {
		return AddressList{Addresses: u.out}
	}
	return parseAddressesSlow(raw, u.s, u.base, u.out)
}

// parseAddressesSlow reads the list s, which stands at offset base of raw, in
// any form. The entries of room, if any, give up their place.
func parseAddressesSlow(raw []byte, s string, base int, room []Address) AddressList {
	p := addrParser{raw: raw, s: s, base: base, comma: -1, limit: -1}
	p.makeRoom(room)
	for p.element() {
	}
	return p.finish()
}

// makeRoom allocates for an ordinary list. The commas are only a hint to the
// number of entries: each takes well over 16 bytes.
func (p *addrParser) makeRoom(room []Address) {
	p.toks = make([]addrToken, 0, 16)
	if len(room) > 0 { // what was read once is there a second time
		p.out.Addresses = room[:0]
		return
	}
	if n := strings.Count(p.s, ","); n > 0 {
		p.out.Addresses = make([]Address, 0, min(n+1, len(p.s)/16+1, addrMaxEntries))
	}
}

// addrParser reads one value. Offsets inside it count from the value's start.
type addrParser struct {
	raw  []byte
	s    string // the value; plain results are cut from it, so a list costs one copy
	base int    // offset of s in raw
	out  AddressList
	buf  []byte // scratch for text that differs from what is written

	addrLexer

	toks             []addrToken // of the element being read, comments included
	seen             uint16      // kinds among toks, one bit each
	lastLess, lastAt int         // index in toks of the last "<" and "@", or -1

	group      string // name of the open group
	inGroup    bool
	afterGroup bool // a group was closed and no separator has followed yet
	members    int  // entries before the open group
	groupColon int  // end of the open group's colon
	comma      int  // the comma behind which this element stands, or -1
	emptyFrom  int  // a run of empty elements: its first comma,
	emptyEnd   int  // the end of its last one
	emptyRun   bool // and whether it goes on
	fresh      int  // defects up to this index are of earlier mailboxes
	limit      int  // where a limit cut the list, or -1
	stopped    bool // and no more is read
}

// element reads up to the next separator; false at the end of the value.
func (p *addrParser) element() bool {
	end := p.collect()
	switch {
	case end.kind == addrColon:
		p.openGroup(end)
		return !p.stopped
	case len(p.toks) == 0:
		p.emptyElement(end)
		return p.separator(end)
	case p.seen == 1<<addrComment && p.groupComment(end):
	default:
		p.missingComma()
		p.mailboxes()
	}
	p.emptyRun = false
	return !p.stopped && p.separator(end)
}

// stop ends the reading at token i when the list is full.
func (p *addrParser) stop(i int) bool {
	p.stopped = len(p.out.Addresses)+len(p.out.Groups) >= addrMaxEntries
	if p.stopped {
		p.cut(p.toks[i].start)
	}
	return p.stopped
}

// collect fills toks with an element and returns the token that ends it.
func (p *addrParser) collect() addrToken {
	p.toks, p.seen, p.lastLess, p.lastAt = p.toks[:0], 0, -1, -1
	p.angle, p.route, p.prev = false, false, addrEnd
	for {
		t := p.next()
		if len(p.toks) >= addrMaxTokens {
			p.cut(t.start)
			p.pos = len(p.s)
			t.kind = addrEnd
		}
		if p.ends(t) {
			return t
		}
		p.toks = append(p.toks, t)
		p.seen |= 1 << t.kind
		switch t.kind {
		case addrComment:
			continue
		case addrLess:
			p.lastLess, p.angle, p.route = len(p.toks)-1, true, false
		case addrGreater:
			p.angle, p.route = false, false
		case addrAt:
			p.lastAt = len(p.toks) - 1
			p.route = p.route || p.prev == addrLess
		}
		p.prev = t.kind
	}
}

// ends reports whether t ends the element. A colon does where it can close
// the name of a group, a separator unless it stands in a route or is part of
// what angle brackets hold.
func (p *addrParser) ends(t addrToken) bool {
	switch t.kind {
	case addrEnd:
		return true
	case addrComma:
		return !p.angle || !(p.route && p.routeGoesOn(t)) && p.angleEnds(t)
	case addrSemi:
		return !p.angle || p.angleEnds(t)
	case addrColon:
		p.route = false
		const words, never = 1<<addrAtom | 1<<addrQuoted, 1<<addrLess | 1<<addrAt
		return p.seen&words != 0 && p.seen&never == 0 && !p.isMailto(len(p.toks)-1)
	}
	return false
}

// routeGoesOn looks behind a comma in "<@a,": what follows must be a further
// host or the colon, after any empty list elements (obs-domain-list, RFC 5322
// 4.4).
func (p *addrParser) routeGoesOn(comma addrToken) bool {
	if comma.start < p.routeSeen {
		return p.routeOn
	}
	state, defects := p.addrLexer, len(p.out.Defects)
	t := p.next()
	for t.kind == addrComment || t.kind == addrComma {
		t = p.next()
	}
	p.goBack(state, defects)
	p.routeSeen, p.routeOn = t.start, t.kind == addrAt || t.kind == addrColon
	return p.routeOn
}

// goBack undoes a look ahead. The tries stay counted: what they are to bound
// is the work done.
func (p *addrParser) goBack(state addrLexer, defects int) {
	state.tries = p.tries
	p.addrLexer, p.out.Defects = state, p.out.Defects[:defects]
}

// angleEnds reports whether a separator behind "<" ends the element: the
// bracket is not closed, or there is an "@" on both sides of the separator, as
// in "<a@b,c@d>".
//
// QUIRK: RFC 5322 3.4 allows no separator there; seen where relays added their
// domain to a group: "<undisclosed-recipients:;@relay>".
func (p *addrParser) angleEnds(separator addrToken) bool {
	if separator.start >= p.angleSeen {
		p.lookForGreater()
	}
	at := p.lastAt > p.lastLess
	return !p.closed || at && separator.start < p.angleAt
}

// lookForGreater looks for the end of the angle brackets. It stops at the next
// "<", so that no byte is looked at twice.
func (p *addrParser) lookForGreater() {
	state, defects := p.addrLexer, len(p.out.Defects)
	at := 0
	t := p.next()
	for t.kind != addrEnd && t.kind != addrLess && t.kind != addrGreater {
		if t.kind == addrAt {
			at = t.start
		}
		t = p.next()
	}
	p.goBack(state, defects)
	p.angleSeen, p.angleAt, p.closed = t.start, at, t.kind == addrGreater
}

// isMailto reports whether the token at i is the scheme of a mailto: URI.
func (p *addrParser) isMailto(i int) bool {
	if i < 0 || p.toks[i].kind != addrAtom {
		return false
	}
	return strings.EqualFold(p.text(p.toks[i]), "mailto")
}

// text is a token as written.
func (p *addrParser) text(t addrToken) string { return p.s[t.start:t.end] }

// separator deals with what ended an element; false at the end of the value.
func (p *addrParser) separator(end addrToken) bool {
	switch end.kind {
	case addrComma:
		p.comma, p.afterGroup = end.start, false
		return true
	case addrSemi:
		p.comma, p.emptyRun = -1, false
		if p.inGroup {
			p.closeGroup(end.end)
			p.afterGroup = true
		} else {
			p.fault(addrFaultSemicolon, end.start, end.end)
		}
		return true
	}
	if p.inGroup && p.limit < 0 {
		g := p.closeGroup(0)
		p.fault(addrFaultGroupOpen, g.Span.Start-p.base, p.groupColon)
	}
	return false
}

// emptyElement reports a comma with nothing before it, or nothing behind it
// (obs-addr-list, RFC 5322 4.4): one defect for a run of them.
func (p *addrParser) emptyElement(end addrToken) {
	at := p.comma
	switch {
	case end.kind == addrComma && p.afterGroup:
		return
	case end.kind == addrComma:
		at = end.start
	case at < 0 && end.kind == addrEnd && p.nothing():
		p.fault(addrFaultEmpty, 0, len(p.s))
	}
	if at < p.emptyEnd {
		return // no comma, or one that was reported as nothing stood before it
	}
	if !p.emptyRun {
		p.emptyFrom = at
	}
	p.emptyEnd, p.emptyRun = at+1, true
	p.fault(addrFaultEmptyElement, p.emptyFrom, at+1)
}

func (p *addrParser) nothing() bool {
	return len(p.out.Addresses) == 0 && len(p.out.Groups) == 0 && len(p.out.Defects) == 0
}

// missingComma reports an element that follows the end of a group at once.
func (p *addrParser) missingComma() {
	if p.afterGroup {
		p.fault(addrFaultMissingComma, p.toks[0].start, p.toks[0].end)
		p.afterGroup = false
	}
}

// finish sorts the defects and hands each address its own.
func (p *addrParser) finish() AddressList {
	byStart := func(a, b Defect) int { return a.Span.Start - b.Span.Start }
	defects := p.out.Defects
	if !slices.IsSortedFunc(defects, byStart) {
		slices.SortStableFunc(defects, byStart)
	}
	i, n := 0, len(defects)
	for k := range p.out.Addresses {
		a := &p.out.Addresses[k]
		for i < n && defects[i].Span.Start < a.Span.Start {
			i++
		}
		from := i
		for i < n && a.Span.Contains(defects[i].Span) {
			i++
		}
		if from < i {
			a.Defects = defects[from:i:i]
		}
	}
	if p.limit >= 0 {
		if p.inGroup {
			p.closeGroup(0)
		}
		p.out.Defects = append(defects, addrFaultLimit.defect(p.base+p.limit, p.base+len(p.s)))
	}
	return p.out
}
