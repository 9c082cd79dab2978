package headers

import "strings"

// note reads a comment that has the same meaning wherever it stands: about
// TLS, the authentication, the envelope. It is false for any other comment.
func (p *recvParser) note(t recvToken) bool {
	at := recvTrim(p.text, t.inner())
	if at.Empty() {
		return true
	}
	s := p.text[at.Start:at.End]
	if p.encrypted(at) {
		return true
	}
	switch s[0] | 0x20 {
	case 'v', 'c':
		return p.noteCipher(at, s)
	case 'u':
		return recvPrefix(s, "using ") && p.tlsUsing(at)
	case 't', 's':
		return p.noteTLS(at, s)
	case 'a':
		return p.noteAuth(at, s)
	case 'e':
		if recvPrefix(s, "envelope-from") || recvPrefix(s, "envelope-sender") {
			p.envelopeFrom(p.afterWord(at))
			return true
		}
		if recvPrefix(s, "envelope from ") { // chasquid
			p.envelopeFrom(p.afterWord(p.afterWord(at)))
			return true
		}
	case 'o':
		if recvPrefix(s, "ORCPT ") {
			p.orcpt(p.afterWord(at))
			return true
		}
	case 'g':
		if recvPrefix(s, "Google Transport Security") {
			p.r.Encrypted = true
			return true
		}
	case 'm':
		if recvPrefix(s, "mailfrom:") { // Alibaba
			first, _ := recvStep(p.text, at)
			p.envelopeFrom(Span{first.Start + len("mailfrom:"), first.End})
			return true
		}
	case 'i':
		if recvPrefix(s, "ID ") && recvHasAt(s) { // Freenet
			p.identity(p.afterWord(at))
			return true
		}
	case 'p':
		return recvPrefix(s, "proxying for")
	case 'n':
		return recvPrefix(s, "no client certificate")
	}
	return false
}

// noteAuth reads "Authenticated sender: U", "authenticated user U",
// "authenticated bits=0", "account U HELO h" and Courier's "AUTH: LOGIN U,
// TLS: ...".
func (p *recvParser) noteAuth(at Span, s string) bool {
	first, rest := recvStep(p.text, at)
	second, after := recvStep(p.text, rest)
	word := p.text[second.Start:second.End]
	switch verb := p.text[first.Start:first.End]; {
	case recvEqual(verb, "authenticated"):
		p.r.Authenticated = true
		switch {
		case recvEqual(word, "sender:"):
			p.identity(recvTrim(p.text, after))
		case recvEqual(word, "user"), recvEqual(word, "as"), recvEqual(word, "id"), recvEqual(word, "user:"):
			user, _ := recvStep(p.text, after)
			p.identity(user)
		case recvPrefix(word, "user="): // Cyrus
			p.identity(Span{second.Start + len("user="), second.End})
		}
		return true
	case recvEqual(verb, "account") && !second.Empty():
		p.r.Authenticated = true
		p.identity(second)
		if verb, hello := recvStep(p.text, after); recvHelloWord(p.text[verb.Start:verb.End]) {
			p.helo = recvTrim(p.text, hello)
		}
		return true
	case recvEqual(verb, "auth:"):
		user, _ := recvStep(p.text, after)
		p.r.Authenticated = true
		p.identity(user)
		for _, mark := range [...]string{"TLS:", "SSL:"} {
			if i := strings.Index(s, mark); i > 0 && recvBlank(s[i-1]) {
				p.tlsCommas(Span{at.Start + i, at.End})
			}
		}
		return true
	}
	return false
}

// identity stores who authenticated, without the comma behind it.
func (p *recvParser) identity(at Span) {
	for at.End > at.Start && p.text[at.End-1] == ',' {
		at.End--
	}
	if !at.Empty() {
		p.r.Authenticated = true
		p.set(&p.r.AuthenticatedAs, &p.r.Spans.AuthenticatedAs, at)
	}
}

// afterWord is the text behind the first word of a comment.
func (p *recvParser) afterWord(at Span) Span {
	_, rest := recvStep(p.text, at)
	return recvTrim(p.text, rest)
}

// envelopeFrom stores a return path; "<>" is one, an empty text is none.
func (p *recvParser) envelopeFrom(at Span) {
	at = p.unbracket(at)
	if at.Empty() && at.Start > 0 && at.End < len(p.text) && p.text[at.Start-1] == '<' && p.text[at.End] == '>' {
		at = Span{at.Start - 1, at.End + 1}
	}
	p.set(&p.r.EnvelopeFrom, &p.r.Spans.EnvelopeFrom, at)
}

// unbracket is the address within <...>, or within the quotes of chasquid.
// What follows the '>' is no part of it: "<...>, uid 89" of qmail-scanner.
func (p *recvParser) unbracket(at Span) Span {
	s := p.text[at.Start:at.End]
	switch {
	case s == "":
	case s[0] == '<':
		if i := strings.LastIndexByte(s, '>'); i > 0 {
			at.End = at.Start + i
		}
		at.Start++
	case s[0] == '"' && len(s) > 1 && s[len(s)-1] == '"':
		at = Span{at.Start + 1, at.End - 1}
	}
	return at
}

// orcpt stores an original recipient (RFC 3461 4.2), without its address type.
func (p *recvParser) orcpt(at Span) {
	if at.Len() > 2 && p.text[at.Start] == '<' && p.text[at.End-1] == '>' {
		at = Span{at.Start + 1, at.End - 1}
	}
	if recvPrefix(p.text[at.Start:at.End], "rfc822;") {
		at.Start += len("rfc822;")
	}
	p.set(&p.r.OriginalFor, &p.r.Spans.OriginalFor, at)
}
