package headers

import "strings"

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
	if recvPrefix(s, "smtp-auth username ") { // qpsmtpd
		user, _ := recvStep(p.text, p.afterWord(p.afterWord(at)))
		p.identity(user)
		return true
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
	if len(s) > 3 && s[3] == ':' {
		p.tlsCommas(at)
	} else {
		p.tlsColons(at)
	}
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

// tlsCommas reads Courier's "TLS: TLSv1.3,256bits,CIPHER".
func (p *recvParser) tlsCommas(at Span) {
	w, _ := recvStep(p.text, p.afterWord(at))
	version, rest, ok := strings.Cut(p.text[w.Start:w.End], ",")
	_, cipher, both := strings.Cut(rest, ",")
	p.r.Encrypted = true
	if ok && both {
		p.set(&p.r.TLSVersion, &p.r.Spans.TLSVersion, Span{w.Start, w.Start + len(version)})
		p.set(&p.r.TLSCipher, &p.r.Spans.TLSCipher, Span{w.End - len(cipher), w.End})
	}
}

// encrypted reads "CIPHER encrypted", as qmail with TLS, qpsmtpd and Axigen
// write it after "with".
func (p *recvParser) encrypted(at Span) bool {
	if p.text[at.End-1]|0x20 != 'd' {
		return false // most comments are something else
	}
	cipher, rest := recvStep(p.text, at)
	word, after := recvStep(p.text, rest)
	if !recvEqual(p.text[word.Start:word.End], "encrypted") || !after.Empty() {
		return false
	}
	if strings.IndexByte(p.text[cipher.Start:cipher.End], ':') > 0 {
		p.tlsColons(cipher) // T-Online: "(TLSv1.3:CIPHER encrypted)"
		return true
	}
	p.r.Encrypted = true
	p.set(&p.r.TLSCipher, &p.r.Spans.TLSCipher, cipher)
	return true
}
