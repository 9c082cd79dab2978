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
	case 'p':
		return recvPrefix(s, "proxying for")
	case 'n':
		return recvPrefix(s, "no client certificate")
	}
	return false
}

// noteCipher reads what begins with 'v' or 'c'.
func (p *recvParser) noteCipher(at Span, s string) bool {
	switch {
	case recvPrefix(s, "version="), recvPrefix(s, "cipher="):
		p.tlsPairs(at)
	case recvPrefix(s, "cipher "):
		_, rest := recvStep(p.text, at)
		p.tlsColons(recvTrim(p.text, rest))
	case recvPrefix(s, "via "):
		p.set(&p.r.Via, &p.r.Spans.Via, p.afterWord(at))
	default:
		// A certificate holds what the client put in it: nothing is read.
		return recvPrefix(s, "client cn ") || recvPrefix(s, "client did ")
	}
	return true
}

// noteTLS reads what begins with 't' or 's'.
func (p *recvParser) noteTLS(at Span, s string) bool {
	if recvPrefix(s, "squirrelmail authenticated ") {
		_, rest := recvStep(p.text, at)
		p.product("SquirrelMail", Span{at.Start, rest.Start})
		return p.noteAuth(recvTrim(p.text, rest), "")
	}
	if recvPrefix(s, "single-drop") {
		return true
	}
	if len(s) < 3 || !recvPrefix(s, "tls") && !recvPrefix(s, "ssl") {
		return false
	}
	if len(s) > 3 && !recvDigit(s[3]) && strings.IndexByte("vV:_ ", s[3]) < 0 {
		return false
	}
	p.r.Encrypted = true
	p.tlsColons(at)
	return true
}

// tlsPairs reads "version=V cipher=C bits=n", with blanks or commas between.
func (p *recvParser) tlsPairs(at Span) {
	p.r.Encrypted = true
	for rest := at; !rest.Empty(); {
		var w Span
		w, rest = recvStep(p.text, rest)
		for w.End > w.Start && p.text[w.End-1] == ',' {
			w.End--
		}
		word := p.text[w.Start:w.End]
		switch {
		case recvPrefix(word, "version="):
			p.set(&p.r.TLSVersion, &p.r.Spans.TLSVersion, Span{w.Start + 8, w.End})
		case recvPrefix(word, "cipher="):
			p.set(&p.r.TLSCipher, &p.r.Spans.TLSCipher, Span{w.Start + 7, w.End})
		}
	}
}

// tlsUsing reads Postfix's "using TLSv1.3 with cipher C (256/256 bits) ...".
func (p *recvParser) tlsUsing(at Span) bool {
	_, rest := recvStep(p.text, at)
	version, rest := recvStep(p.text, rest)
	with, rest := recvStep(p.text, rest)
	cipher, rest := recvStep(p.text, rest)
	value, _ := recvStep(p.text, rest)
	if !recvEqual(p.text[with.Start:with.End], "with") || !recvEqual(p.text[cipher.Start:cipher.End], "cipher") {
		return false
	}
	p.r.Encrypted = true
	p.set(&p.r.TLSVersion, &p.r.Spans.TLSVersion, version)
	p.set(&p.r.TLSCipher, &p.r.Spans.TLSCipher, value)
	return true
}

// tlsColons reads "TLSv1.3:CIPHER:256:NO" (Exim, OpenSMTPD) and "TLS1.3".
func (p *recvParser) tlsColons(at Span) {
	p.r.Encrypted = true
	w, _ := recvStep(p.text, at)
	version, rest, cut := strings.Cut(p.text[w.Start:w.End], ":")
	if len(version) > 3 && version[3] != '_' {
		p.set(&p.r.TLSVersion, &p.r.Spans.TLSVersion, Span{w.Start, w.Start + len(version)})
	}
	if !cut {
		if len(version) > 3 && version[3] == '_' {
			p.set(&p.r.TLSCipher, &p.r.Spans.TLSCipher, w)
		}
		return
	}
	start := w.Start + len(version) + 1
	cipher, _, _ := strings.Cut(rest, ":")
	p.set(&p.r.TLSCipher, &p.r.Spans.TLSCipher, Span{start, start + len(cipher)})
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
		case recvEqual(word, "user") || recvEqual(word, "as") || recvEqual(word, "id") || recvEqual(word, "user:"):
			user, _ := recvStep(p.text, after)
			p.identity(user)
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
		p.r.Encrypted = p.r.Encrypted || strings.Contains(s, " TLS: ") || strings.Contains(s, " SSL: ")
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
	if at.Len() > 2 && p.text[at.Start] == '<' && p.text[at.End-1] == '>' {
		at = Span{at.Start + 1, at.End - 1}
	}
	if at.Empty() && at.Start > 0 && p.text[at.Start-1] == '<' {
		at = Span{at.Start - 1, at.End + 1}
	}
	p.set(&p.r.EnvelopeFrom, &p.r.Spans.EnvelopeFrom, at)
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
