package headers

import "strings"

// clauses reads all clauses but that of the client, in whatever order they
// stand, and finds the client's part of the line for [recvParser.roles].
func (p *recvParser) clauses() {
	from, by := p.anchors()
	p.client = recvRange{0, 0}
	start := 0
	switch {
	case from >= 0 && from < by:
		// All up to the last "by" is the client's or about the client.
		p.client = recvRange{from + 1, by}
		start = by
	case from >= 0:
		p.client = recvRange{from + 1, p.clauseEnd(from + 1)}
	}
	for i := start; i < p.head; {
		if i == p.client.lo-1 {
			i = p.client.hi
			continue
		}
		i = p.clause(i, i == by)
	}
	if start > 0 && p.client.lo > 1 && p.toks[0].kind == recvComment && !p.note(p.toks[0]) {
		p.local(p.toks[0])
	}
	p.behind()
	p.r.Protocol = recvProtocolOf(p.r.With)
	if p.r.With == "" {
		p.r.Protocol = recvProtocolOf(p.r.Via)
	}
}

// behind reads what stands after the date: notes, and Courier's id.
func (p *recvParser) behind() {
	for i := p.tail; i < len(p.toks); i++ {
		t := p.toks[i]
		switch {
		case t.kind == recvComment:
			p.note(t)
		case t.word == recvID && i+1 < len(p.toks) && p.toks[i+1].kind != recvComment:
			p.set(&p.r.ID, &p.r.Spans.ID, p.toks[i+1].inner())
		}
	}
}

// recvRange is a run of tokens, [lo, hi).
type recvRange struct{ lo, hi int }

// anchors finds the "from" and the "by" that are to be believed, or -1. The
// last "by" is the stamping host's, for what stands after it does not come
// from the client's greeting; only a line that begins with "by" has no
// greeting before it.
func (p *recvParser) anchors() (from, by int) {
	from, by = -1, -1
	repeated := false
	for i := 0; i < p.head; i++ {
		switch p.toks[i].word {
		case recvFrom:
			if from < 0 {
				from = i
			}
		case recvBy:
			if !p.isBy(i) || by >= 0 && from < 0 || by >= 0 && by < from {
				continue
			}
			repeated = repeated || by >= 0
			by = i
		}
	}
	if repeated {
		p.defect("received.by-repeated", p.toks[by].span(), "more than one by clause; the last is read (RFC 5321 4.4)")
	}
	return from, by
}

// isBy reports whether the "by" at token i begins a clause: it has a value and
// is none itself. QUIRK: qmail-scanner writes "by host by uid 1000".
func (p *recvParser) isBy(i int) bool {
	if i+1 == p.head || p.toks[i+1].kind == recvSemicolon || p.toks[i+1].word != 0 {
		return false
	}
	if i+2 < p.head && recvEqual(p.token(i+1), "uid") && recvDigit(p.text[p.toks[i+2].start]) {
		return false
	}
	return i == 0 || p.toks[i-1].word != recvFor && p.toks[i-1].word != recvID
}

// clauseEnd is the first token from i on that begins another clause.
func (p *recvParser) clauseEnd(i int) int {
	for i < p.head && p.toks[i].word == 0 && p.toks[i].kind != recvSemicolon {
		i++
	}
	return i
}

// accountMark reads "auth=yes user=ann" at token i, which OpenSMTPD writes
// behind the encryption. "auth=no" says nothing.
func (p *recvParser) accountMark(i int) {
	switch word := p.token(i); {
	case recvEqual(word, "auth=yes"):
		p.r.Authenticated = true
	case p.r.Authenticated && i > 0 && recvEqual(p.token(i-1), "auth=yes") && recvPrefix(word, "user=") && len(word) > len("user="):
		at := p.toks[i].span()
		p.identity(Span{at.Start + len("user="), at.End})
	}
}

// clause reads the clause or comment at token i and returns what follows it.
func (p *recvParser) clause(i int, chosenBy bool) int {
	t := p.toks[i]
	if t.kind == recvComment {
		p.serverComment(i)
		return i + 1
	}
	if t.word != 0 {
		p.word = t.word
	}
	r, s := p.r, &p.r.Spans
	switch t.word {
	case recvBy:
		if chosenBy {
			at := p.byValue(i + 1)
			p.set(&r.By, &s.By, at)
			p.ownAddress(at)
		}
	case recvVia:
		p.set(&r.Via, &s.Via, p.valueAt(i+1))
	case recvWith:
		p.withValue(i, p.valueAt(i+1))
	case recvID:
		p.set(&r.ID, &s.ID, p.oneValue(i+1))
	case recvFor:
		return p.forValue(i + 1)
	case recvTLS:
		r.Encrypted = true
		if i == 0 || p.toks[i-1].word != recvOver { // "over TLS secured channel"
			p.set(&r.TLSCipher, &s.TLSCipher, p.oneValue(i+1))
		}
	case recvEnvelope:
		p.envelopeFrom(p.oneValue(i + 1))
	case recvFrom:
		if i+1 < p.head && p.toks[i+1].kind == recvAngle { // XMail: "for <...> from <...>"
			p.envelopeFrom(p.oneValue(i + 1))
		}
	default:
		if t.kind == recvLiteral && p.word == recvBy {
			p.ownAddress(t.span())
		}
		p.accountMark(i)
	}
	return i + 1
}

// valueAt is the text of all tokens from i on that are neither a keyword nor a
// comment.
func (p *recvParser) valueAt(i int) Span {
	var at Span
	for j := i; j < p.head; j++ {
		t := p.toks[j]
		if t.word != 0 || t.kind == recvComment || t.kind == recvSemicolon || t.kind == recvAngle {
			break
		}
		if j == i {
			at.Start = t.start
		}
		at.End = t.end
	}
	return at
}

// oneValue is the one token at i without its brackets or quotes.
func (p *recvParser) oneValue(i int) Span {
	if i >= p.head {
		return Span{}
	}
	t := p.toks[i]
	if t.word != 0 || t.kind == recvComment || t.kind == recvSemicolon || t.kind == recvComma {
		return Span{}
	}
	return t.inner()
}

// byValue is one word when that is a host name, else all up to the next
// clause. QUIRK: "by MailEnable Inbound Mail Agent with ESMTP".
func (p *recvParser) byValue(i int) Span {
	one := p.oneValue(i)
	for j := one.Start; j < one.End; j++ {
		if c := p.text[j]; c == '.' || c == ':' || c == '[' {
			return one
		}
	}
	if i < p.head && p.toks[i].kind == recvAtom && one.Len() > 0 && i+1 < p.head && p.toks[i+1].kind == recvAtom {
		return p.valueAt(i)
	}
	return one
}

// withValue stores the protocol. Microsoft names its software there.
func (p *recvParser) withValue(i int, at Span) {
	if p.r.With != "" {
		// QUIRK: "with ESMTP with STARTTLS" (Mimecast).
		p.r.Encrypted = p.r.Encrypted || recvEqual(p.text[at.Start:at.End], "starttls")
		return
	}
	if at.Empty() && i+1 < p.head && p.toks[i+1].kind == recvComment {
		at = p.valueAt(i + 2) // "with (CIPHER encrypted) SMTP"
	}
	at = p.withFirst(p.withCipher(at))
	p.set(&p.r.With, &p.r.Spans.With, at)
	product := recvProduct(p.r.With)
	if product == "" {
		return
	}
	if !p.product(product, at) {
		return
	}
	for i++; i < p.head && p.toks[i].start < at.End; {
		i++
	}
	// "Microsoft SMTPSVC(5.0.2195)", "Internet Mail Service (5.5.2656)"
	if i < p.head && p.toks[i].kind == recvComment && recvVersion(p.text[p.toks[i].start+1:p.toks[i].end-1]) {
		p.r.Spans.Software.End = p.base + p.toks[i].end
		p.r.Software = recvUnfold(p.text[at.Start:p.toks[i].end])
	}
}

// withCipher reads a cipher that is part of the protocol: "CIPHER encrypted
// SMTP" of MessageLabs, which is cut off, and "ESMTP/TLS/CIPHER" of IronPort.
func (p *recvParser) withCipher(at Span) Span {
	if i := strings.Index(p.text[at.Start:at.End], "/TLS/"); i > 0 {
		p.r.Encrypted = true
		p.set(&p.r.TLSCipher, &p.r.Spans.TLSCipher, Span{at.Start + i + len("/TLS/"), at.End})
	}
	cipher, rest := recvStep(p.text, at)
	word, proto := recvStep(p.text, rest)
	if proto = recvTrim(p.text, proto); proto.Empty() || !recvEqual(p.text[word.Start:word.End], "encrypted") {
		return at
	}
	p.r.Encrypted = true
	p.set(&p.r.TLSCipher, &p.r.Spans.TLSCipher, cipher)
	return proto
}

// withFirst is the first word of the value when that alone is a protocol:
// "SMTP mgrt 8979437", "ESMTP AUTH".
func (p *recvParser) withFirst(at Span) Span {
	first, rest := recvStep(p.text, at)
	if rest.Empty() || !recvProtocolOf(p.text[first.Start:first.End]).smtp() {
		return at
	}
	next, _ := recvStep(p.text, rest)
	p.r.Authenticated = p.r.Authenticated || recvEqual(p.text[next.Start:next.End], "auth")
	return first
}

// forValue reads the recipients from token i on and returns what follows.
func (p *recvParser) forValue(i int) int {
	words := p.clauseEnd(i) - i
	for ; i < p.head; i++ {
		t := p.toks[i]
		switch {
		case t.word != 0 || t.kind == recvSemicolon:
			return i
		case t.kind == recvComment:
			p.serverComment(i)
		case t.kind == recvAngle, t.kind == recvAtom && (words == 1 || p.alone(i) || recvHasAt(p.text[t.start:t.end])):
			p.recipient(t.inner())
		}
	}
	return i
}

// alone reports whether the word at token i is all that stands after "for":
// "for majordomo" names one, "for multiple recipients" does not.
func (p *recvParser) alone(i int) bool {
	return p.toks[i-1].word == recvFor && (i+1 == p.head || p.toks[i+1].kind != recvAtom || p.toks[i+1].word != 0)
}

func (p *recvParser) recipient(at Span) {
	r, s := p.r, &p.r.Spans
	if s.For.Empty() {
		p.set(&r.For, &s.For, at)
		return
	}
	if at.Empty() {
		return
	}
	if r.ForAll == nil {
		r.ForAll, s.ForAll = append(r.ForAll, r.For), append(s.ForAll, s.For)
	}
	r.ForAll = append(r.ForAll, recvUnfold(p.text[at.Start:at.End]))
	s.ForAll = append(s.ForAll, p.abs(at))
}

func recvHasAt(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i] == '@' {
			return true
		}
	}
	return false
}

// serverComment reads the comment at token i, which stands outside of the
// client's part of the line.
func (p *recvParser) serverComment(i int) {
	t := p.toks[i]
	if p.note(t) {
		return
	}
	if p.word == recvBy && p.ownAddress(t.inner()) {
		return
	}
	if i == 0 && p.local(t) {
		return
	}
	p.software(t)
}

// ownAddress reads the stamping host's own address: "(192.0.2.1)",
// "([fe80::1%6])", "(mx.example.org [192.0.2.1])".
func (p *recvParser) ownAddress(at Span) bool {
	if !recvMayConnect(p.text[at.Start:at.End]) {
		return false
	}
	peer, ok := p.connection(at)
	if !ok {
		return false
	}
	if addr := recvAddr(p.text[peer.ip.Start:peer.ip.End]); p.r.Spans.ByIP.Empty() && addr.IsValid() {
		p.r.ByIP, p.r.Spans.ByIP = addr, p.abs(peer.ip)
	}
	return true
}

// recvMayConnect is a quick test for what cannot be connection data: there is no
// bracket, and the first word is neither an address nor of the form a@b.
func recvMayConnect(s string) bool {
	word := recvTrim(s, Span{0, len(s)}).Start
	plain, i := true, word
	for ; i < len(s) && recvClass[s[i]]&recvIsBlank == 0; i++ {
		switch c := s[i]; {
		case recvClass[c]&recvInAddress != 0:
		case c == '@', c == '[', c == '"', c == '%':
			return true
		default:
			plain = false
		}
	}
	if plain || recvPrefix(s[word:i], "IPv6:") || i < len(s) && (s[i] == '\r' || s[i] == '\n') {
		return true
	}
	return strings.IndexByte(s[i:], '[') >= 0
}
