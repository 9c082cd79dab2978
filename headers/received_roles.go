package headers

// roles reads the client's part of the line: who it said to be and what the
// stamping host saw. The connection data that stand last are believed, and
// all before them is the client's text.
func (p *recvParser) roles() {
	lo, hi := p.client.lo, p.client.hi
	if lo >= hi {
		return
	}
	k, found := p.findPeer(lo, hi)
	p.peer.found = found
	nameEnd, notes := k, k+1
	if p.peer.plain && k-1 > lo && p.toks[k-1].word == recvFrom {
		nameEnd-- // QUIRK: Smail writes "from HELO from [IP]"
	}
	if !found {
		nameEnd = p.plainEnd(lo, hi)
		notes = nameEnd
	}
	if m := p.marked(lo, nameEnd); m < nameEnd {
		p.greeting(m, nameEnd)
		nameEnd = m
	}
	p.clientNotes(notes, hi)
	if nameEnd > lo {
		p.name = Span{p.toks[lo].start, p.toks[nameEnd-1].end}
		p.set(&p.r.From, &p.r.Spans.From, p.name)
	}
	p.peerRoles()
	p.nameRoles(nameEnd - lo)
}

// findPeer looks for the connection data from the end of the client's part on
// and returns their token. Words behind them that are no clause show that they
// are the client's own text, so the search ends there.
func (p *recvParser) findPeer(lo, hi int) (k int, found bool) {
	for k = hi - 1; k >= lo; k-- {
		t := p.toks[k]
		switch t.kind {
		case recvComment:
			if p.peerComment(k, lo) {
				return k, true
			}
		case recvLiteral:
			if ip, ok := recvAddrSpan(p.text, t.span()); ok {
				p.peer.ip, p.peer.literal, p.peer.plain = ip, true, true
				return k, true
			}
		case recvSemicolon, recvComma: // QUIRK: OpenSMTPD once wrote "(host [IP]); by"
		default:
			if k = p.clauseStart(k, lo); k < 0 {
				return -1, false
			}
		}
	}
	return -1, false
}

// clauseStart steps over the words of a clause that stands between the
// connection data and "by": "as user U" (webmail), "id X". It returns the
// first token of the clause, or -1 when the word at k is in none.
func (p *recvParser) clauseStart(k, lo int) int {
	if k-2 >= lo && recvEqual(p.token(k-1), "user") && recvEqual(p.token(k-2), "as") {
		return k - 2
	}
	if k-3 >= lo && p.claims(k-3) {
		return k - 3
	}
	if k-1 >= lo && p.toks[k-1].word != 0 {
		return k - 1
	}
	return -1
}

// claims reports whether token i begins the HELO in the lines of Obtuse smtpd:
// "name(IP), claiming to be "helo" via SMTP".
func (p *recvParser) claims(i int) bool {
	return p.toks[i+3].kind == recvQuoted && recvEqual(p.token(i), "claiming") && recvEqual(p.token(i+1), "to") && recvEqual(p.token(i+2), "be")
}

func (p *recvParser) token(i int) string { return p.text[p.toks[i].start:p.toks[i].end] }

// peerComment reads the comment at token k as connection data.
func (p *recvParser) peerComment(k, lo int) bool {
	inner := recvTrim(p.text, p.toks[k].inner())
	if peer, ok := p.connection(inner); ok {
		p.peer = peer
		return true
	}
	if p.hidden(inner) {
		if p.text[inner.Start] == '[' && p.text[inner.End-1] == ']' {
			inner = Span{inner.Start + 1, inner.End - 1}
		}
		p.peer.ip = inner
		return true
	}
	if k != lo && p.toks[k-1].kind == recvComment && !recvEqual(p.text[inner.Start:inner.End], "unknown") {
		return false
	}
	return p.nameOnly(inner, k, lo)
}

// hidden reports whether a comment holds an address that cannot be read: one
// of digits and dots alone, or any text in the line of an Exchange server, which
// writes nothing else there: "(192.0.2.someone)".
func (p *recvParser) hidden(at Span) bool {
	if s := p.text[at.Start:at.End]; recvVersion(s) && recvCount(s, '.', '.') > 2 {
		return true
	}
	if p.r.Product != "Microsoft Exchange" && p.r.Protocol.Name != "MAPI" {
		return false
	}
	word, rest := recvStep(p.text, at)
	return rest.Empty() && recvCount(p.text[word.Start:word.End], '.', ':') > 1
}

func recvCount(s string, a, b byte) (n int) {
	for i := 0; i < len(s); i++ {
		if s[i] == a || s[i] == b {
			n++
		}
	}
	return n
}

// nameOnly reads connection data without an address: "(localhost)",
// "(user@localhost)", "(unknown)", "([unix socket])", "([])".
func (p *recvParser) nameOnly(at Span, k, lo int) bool {
	word, rest := recvStep(p.text, at)
	s := p.text[word.Start:word.End]
	if word.Empty() {
		return false
	}
	if s[0] == '[' {
		return s[len(s)-1] == ']' || p.text[at.End-1] == ']'
	}
	next, _ := recvStep(p.text, rest)
	if recvEqual(s, "actually") && !next.Empty() { // PP, MMDF
		p.peer.name = next
		return true
	}
	if !next.Empty() && p.text[next.Start] != '[' && p.text[next.Start] != '(' || !recvPlainName(s) {
		return false
	}
	peer, ok := recvPeer{name: word}, true
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '@' {
			peer.ident, peer.name.Start = Span{word.Start, word.Start + i}, word.Start+i+1
			ok = !recvDigit(s[0]) // "192.0.2.someone@pot" is a hidden address
			break
		}
	}
	if !ok || !recvHostName(p.text[peer.name.Start:peer.name.End]) {
		peer.name = Span{}
	} else if !p.writesName() && !p.bounced(k, lo) {
		return false
	}
	if !ok {
		peer.ident = Span{}
	}
	p.peer = peer
	return true
}

// writesName reports whether the software is known to write the name that it
// looked up also where it has no address. Of any other a name in parentheses
// may as well be the client's text.
func (p *recvParser) writesName() bool {
	switch p.r.Product {
	case "sendmail", "Postfix", "ASF Mail Server", "OpenSMTPD", "LSMTP", "MAILsweeper":
		return true
	}
	return false
}

// bounced reports whether the line begins as sendmail's own bounces do, "from
// localhost (localhost)", also where it writes another name for itself.
func (p *recvParser) bounced(k, lo int) bool {
	return k == lo+1 && recvEqual(p.token(lo), "localhost") && recvEqual(p.token(k), "(localhost)")
}

// recvPlainName reports whether s can be a host name or user@host, and is not
// one of the single words that comments hold for other reasons.
func recvPlainName(s string) bool {
	for _, other := range [...]string{"authenticated", "verified", "tls", "misconfigured", "forged", "http"} {
		if recvEqual(s, other) {
			return false
		}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case recvAlnum(c), c >= 0x80, c == '.', c == '-', c == '_', c == '@', c == '<', c == '>', c == '+':
		default:
			return false
		}
	}
	return true
}

// plainEnd is where the client's name ends when there are no connection data.
// In an SMTP line all of it is then the client's greeting, which must not be
// read as a note of the server's.
func (p *recvParser) plainEnd(lo, hi int) int {
	if p.r.By != "" && p.r.Protocol.smtp() {
		return hi
	}
	for i := lo; i < hi; i++ {
		t := p.toks[i]
		if i > lo && t.word != 0 || t.kind == recvSemicolon {
			return i
		}
		if t.kind == recvComment && (p.isHello(t) || p.isNote(t) || p.statesProduct(t)) {
			return i
		}
	}
	return hi
}

// marked is the first comment "(HELO x)" in the tokens, or hi. Software that
// writes the name it looked up into the connection data puts no such comment
// before them, so there it is the client's text.
func (p *recvParser) marked(lo, hi int) int {
	if !p.peer.name.Empty() || p.r.Product == "Microsoft Exchange" {
		return hi
	}
	for i := lo; i < hi; i++ {
		if p.toks[i].kind == recvComment && p.isHello(p.toks[i]) {
			return i
		}
	}
	return hi
}

// isHello reports whether a comment begins with the mark of a HELO.
func (p *recvParser) isHello(t recvToken) bool {
	first, rest := recvStep(p.text, t.inner())
	return recvHelloWord(p.text[first.Start:first.End]) && !rest.Empty() || recvPrefix(p.text[first.Start:first.End], "helo=")
}

// statesProduct reports whether a comment names the stamping software, which
// stands in the client's part of the line only when there is no "by".
func (p *recvParser) statesProduct(t recvToken) bool {
	return p.r.By == "" && recvProduct(p.text[t.start+1:t.end-1]) != ""
}

// isNote reports whether a comment is one of the notes, without reading it.
func (p *recvParser) isNote(t recvToken) bool {
	trial := recvParser{recvState: recvState{text: p.text}}
	trial.r = &trial.own
	return trial.note(t) || recvPrefix(p.text[t.start+1:t.end-1], "port=") || recvPrefix(p.text[t.start+1:t.end-1], "uid ")
}

// greeting stores what the comments from token m up to hi say about the HELO:
// all from the mark to the last parenthesis, for a client that says "HELO a)
// (b" makes two comments of one.
func (p *recvParser) greeting(m, hi int) {
	_, at := recvStep(p.text, p.toks[m].inner())
	if recvPrefix(p.text[p.toks[m].start+1:], "helo=") {
		at.Start = p.toks[m].start + 1 + len("helo=")
	}
	last := hi - 1
	for last > m && p.toks[last].kind != recvComment {
		last--
	}
	at.End = p.toks[last].end - 1
	p.helo = recvTrim(p.text, at)
}

// clientNotes reads what stands between the connection data and "by".
func (p *recvParser) clientNotes(i, hi int) {
	for i = max(i, p.client.lo); i < hi; i++ {
		t := p.toks[i]
		switch {
		case t.kind == recvComment:
			p.clientNote(t)
		case t.word == 0 && i+2 < hi && recvEqual(p.token(i), "as") && recvEqual(p.token(i+1), "user"):
			p.identity(p.toks[i+2].inner())
		case t.word == 0 && i+3 < hi && p.claims(i):
			p.helo = p.toks[i+3].inner()
		case t.word == recvID:
			p.set(&p.r.ID, &p.r.Spans.ID, p.oneValue(i+1))
		case t.word == recvWith:
			p.set(&p.r.With, &p.r.Spans.With, p.oneValue(i+1))
		case t.word == recvVia:
			p.set(&p.r.Via, &p.r.Spans.Via, p.oneValue(i+1))
		}
	}
}

func (p *recvParser) clientNote(t recvToken) {
	if p.note(t) {
		return
	}
	if p.statesProduct(t) {
		p.software(t)
		return
	}
	at := recvTrim(p.text, t.inner())
	if p.isHello(t) {
		if p.helo.Empty() && p.peer.name.Empty() {
			_, rest := recvStep(p.text, at)
			p.helo = recvTrim(p.text, rest)
			if recvPrefix(p.text[at.Start:at.End], "helo=") {
				p.portMarks(at)
			}
		}
		return
	}
	if recvPrefix(p.text[at.Start:at.End], "port=") {
		p.portMarks(at)
	}
}

// portMarks reads Exim's "port=25 helo=x ident=y".
func (p *recvParser) portMarks(at Span) {
	var peer recvPeer
	p.marks(&peer, at)
	if p.peer.name.Empty() && p.helo.Empty() || !peer.helo.Empty() {
		p.helo = peer.helo
	}
	if p.peer.ident.Empty() {
		p.peer.ident = peer.ident
	}
}

// peerRoles stores the connection data.
func (p *recvParser) peerRoles() {
	if !p.peer.helo.Empty() {
		p.helo = p.peer.helo
	}
	p.peerIP(p.peer.ip)
	p.rdns(p.peer.name)
	user := p.peer.user
	if p.peer.auth && user.Empty() || p.patched() {
		user, p.peer.ident = p.peer.ident, Span{}
	}
	p.r.Authenticated = p.r.Authenticated || p.peer.auth
	p.identity(user)
	p.set(&p.r.Ident, &p.r.Spans.Ident, p.peer.ident)
}

// patched reports whether what stands in the place of qmail's ident is who
// authenticated: patches that add authentication to qmail put it there.
func (p *recvParser) patched() bool {
	return p.r.Protocol.Auth && !p.peer.literal && p.peer.name.Empty() && (p.r.Software == "" || p.r.Product == "qmail")
}

// peerIP stores the client's address.
func (p *recvParser) peerIP(at Span) {
	if at.Empty() {
		return
	}
	p.set(&p.r.IPText, &p.r.Spans.IP, at)
	if p.r.IP = recvAddr(p.r.IPText); !p.r.IP.IsValid() {
		p.defect("received.ip-unreadable", at, "stands where an address belongs")
	}
}

// rdns stores a name that the stamping host looked up.
func (p *recvParser) rdns(at Span) {
	if at.Len() > 1 && p.text[at.End-1] == '.' {
		at.End--
	}
	p.set(&p.r.RDNS, &p.r.Spans.RDNS, at)
}
