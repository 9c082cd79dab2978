package smimeforge

import "strings"

// This file answers one question: which header fields does the signature protect, and what if the outer ones differ?

// protections makes the cases prot-*.
func (f *forge) protections() error {
	f.protClear()
	f.protAuthors()
	f.protLegacy()
	return f.protCipher()
}

// protectedPart is a part that carries its own header fields (RFC 9788 section 2).
func (f *forge) protectedPart(param string, l letter, more ...string) []byte {
	head := []string{strings.Join(l.from, crlf), "To: " + l.to, "Subject: " + l.subject,
		"Date: " + l.date.Format("Mon, 2 Jan 2006 15:04:05 -0700")}
	head = append(head, more...)
	return []byte(strings.Join(head, crlf) + "\r\nContent-Type: text/plain; charset=utf-8" + param + "\r\n\r\n" + f.prose)
}

const hpClear = "; hp=\"clear\""

// protected makes a message whose outer header fields are changed after the inner ones were signed.
func (f *forge) protected(name, want, why string, part []byte, change func(*letter)) *Case {
	l := f.letter()
	if change != nil {
		change(&l)
	}
	return f.add(name, want, why, l.with(clearSigned(part, f.cms(part).der())))
}

func (f *forge) protClear() {
	part := f.protectedPart(hpClear, f.letter())
	f.protected("prot-hp-clear", Valid, "RFC 9788 2.1.1: the signed header fields are those outside", part,
		nil).flag("headers-protected")
	f.protected("prot-hp-subject-differs", Valid, "RFC 9788 4: the signed Subject counts; the outer one was changed", part,
		func(l *letter) { l.subject = "Pay account 666" }).
		flag("headers-protected", "header-differs")
	f.protected("prot-hp-to-differs", Valid, "RFC 9788 4: the signed To counts; the outer one was changed", part,
		func(l *letter) { l.to = "Eve <eve@evil.example>" }).
		flag("headers-protected", "header-differs")
	f.protected("prot-hp-date-differs", Valid, "RFC 9788 4: the signed Date counts; the outer one was changed by a day", part,
		func(l *letter) { l.date = l.date.AddDate(0, 0, 1) }).
		flag("headers-protected", "header-differs")
	f.protected("prot-hp-added-field", Valid, "RFC 9788 4: an outer field that is not protected was added", part,
		func(l *letter) { l.more = []string{"Cc: eve@evil.example"} }).flag("headers-protected")
	c := f.protected("prot-hp-tampered", Invalid, "RFC 5652 5.6: a protected field was changed", part, nil)
	c.Message = []byte(strings.Replace(string(c.Message), crlf+"Subject: Your order\r\nDate: ",
		crlf+"Subject: Your 0rder\r\nDate: ", 1))
	f.protected("prot-hp-unknown", Valid, "RFC 9788 2.1.1: an unknown value of hp protects nothing", f.protectedPart("; hp=\"sky\"",
		f.letter()), nil)
	f.protected("prot-no-hp", Valid, "RFC 9788 2.1.1: without hp fields in the part are no protected fields", f.protectedPart("",
		f.letter()), func(l *letter) { l.subject = "Other" }).flag("headers-not-covered")
	f.protected("prot-hp-legacy-display", Valid, "RFC 9788 2.1.2: a legacy display element is part of the signed text",
		f.protectedPart(hpClear+"; hp-legacy-display=\"1\"", f.letter()), nil).flag("headers-protected")
	deep := multi("multipart/mixed", "mix", text("outer"), part)
	f.protected("prot-hp-not-payload", Valid, "RFC 9788 2.1.1: hp counts at the root of the payload only", deep,
		func(l *letter) { l.subject = "Other" }).flag("headers-not-covered")
}

func (f *forge) protAuthors() {
	boss := []string{"From: Boss <boss@evil.example>"}
	inner := f.letter()
	f.protected("prot-hp-from-outer-evil", Mismatch,
		"RFC 9788 4.4: the outer From is another than the signed one; what is shown decides", f.protectedPart(hpClear, inner),
		func(l *letter) { l.from = boss }).
		also(Valid).flag("header-differs")
	inner.from = boss
	f.protected("prot-hp-from-inner-evil", Mismatch, "RFC 9788 4.4 and RFC 8550 3: the signed From is not the signer's address",
		f.protectedPart(hpClear, inner), nil).flag("header-differs")
	f.protected("prot-hp-from-both-evil", Mismatch, "RFC 8550 3: neither From is the signer's address", f.protectedPart(hpClear,
		inner), func(l *letter) { l.from = boss })
	inner = f.letter()
	inner.from = append(inner.from, boss...)
	f.protected("prot-hp-from-twice", Mismatch, "RFC 5322 3.6: one From; two of them are signed", f.protectedPart(hpClear, inner),
		nil).also(Malformed).flag("duplicate-from")
	inner = f.letter()
	inner.from = []string{"X-None: 1"}
	f.protected("prot-hp-from-absent", Valid, "RFC 9788 2.2 asks for From inside; the outer one is the signer's",
		f.protectedPart(hpClear, inner), nil)
}

func (f *forge) protLegacy() {
	inside := f.letter().with(f.part())
	wrap := func(message []byte) []byte {
		return append([]byte("Content-Type: message/rfc822; forwarded=no\r\n\r\n"), message...)
	}
	f.protected("prot-rfc822-wrap", Valid, "RFC 8551 3.1: the old way: a message/rfc822 carries the protected fields", wrap(inside),
		nil).flag("headers-protected")
	f.protected("prot-rfc822-wrap-subject", Valid, "RFC 8551 3.1: the wrapped Subject is signed, the outer one was changed",
		wrap(inside), func(l *letter) { l.subject = "Pay account 666" }).
		flag("headers-protected", "header-differs")
	l := f.letter()
	l.from = []string{"From: Boss <boss@evil.example>"}
	f.protected("prot-rfc822-wrap-from", Mismatch, "RFC 8551 3.1 and RFC 8550 3: the wrapped From is not the signer's address",
		wrap(l.with(f.part())), nil).flag("header-differs")
	f.protected("prot-draft", Valid, "draft-autocrypt-lamps-protected-headers: protected-headers=v1 of Thunderbird and K-9",
		f.protectedPart("; protected-headers=\"v1\"", f.letter()),
		func(l *letter) { l.subject = "Pay account 666" }).flag("headers-protected", "header-differs")
	c := f.protected("prot-rfc822-wrap-tampered", Invalid, "RFC 5652 5.6: a wrapped field was changed", wrap(inside), nil)
	i := strings.LastIndex(string(c.Message), "Subject: Your order")
	c.Message[i+len("Subject: Your ")] = '0'
}

func (f *forge) protCipher() error {
	s := &sealer{forge: f}
	l := f.letter()
	shown := l
	shown.subject = "[...]"
	hpOuter := []string{"HP-Outer: Subject: [...]", "HP-Outer: " + l.from[0], "HP-Outer: To: " + l.to,
		"HP-Outer: Date: " + l.date.Format("Mon, 2 Jan 2006 15:04:05 -0700")}
	part := f.protectedPart("; hp=\"cipher\"", l, hpOuter...)
	signedEntity := clearSigned(part, f.cms(part).der())
	f.add("prot-hp-cipher", Encrypted, "RFC 9788 2.1.1: the true Subject is inside, signed and encrypted",
		shown.with(opaque("enveloped-data", s.seal(signedEntity, nil)))).
		reader(f.bob).inner(Valid).also(Valid).flag("headers-protected")
	f.add("prot-hp-cipher-no-key", Encrypted, "RFC 9788 2.1.1: without the key the true Subject stays hidden",
		shown.with(opaque("enveloped-data", s.seal(signedEntity, nil))))
	changed := shown
	changed.to = "Eve <eve@evil.example>"
	f.add("prot-hp-cipher-differs", Encrypted, "RFC 9788 2.2.1: HP-Outer says what the author wrote outside; To was changed since",
		changed.with(opaque("enveloped-data", s.seal(signedEntity, nil)))).
		reader(f.bob).inner(Valid).also(Valid).flag("headers-protected", "header-differs")
	f.add("prot-hp-cipher-unsigned", Encrypted, "RFC 9788 4: encrypted and not signed: nobody vouches for the fields",
		shown.with(opaque("enveloped-data", s.seal(part, nil)))).
		reader(f.bob).inner(Unsigned).also(Unsigned)
	return s.err
}
