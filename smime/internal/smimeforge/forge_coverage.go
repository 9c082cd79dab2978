package smimeforge

import (
	"bytes"
	"fmt"
)

// This file answers one question: how much of what is shown does the signature cover?

// coverages makes the cases cov-* about parts inside and outside of the signature.
func (f *forge) coverages() error {
	f.covMixed()
	f.covHide()
	f.covForwarded()
	f.covSeveral()
	f.covReplay()
	return nil
}

const evilText = "Please pay 900 EUR to account 666.\r\n"

// entity is the ordinary multipart/signed entity.
func (f *forge) entity() []byte { return clearSigned(f.part(), f.cms(f.part()).der()) }

func (f *forge) covMixed() {
	const why = "RFC 8551 3.5.3: the signature covers the first part of multipart/signed, not its neighbours: "
	mixed := func(parts ...[]byte) []byte { return multi("multipart/mixed", outer, parts...) }
	f.addBody("cov-mixed-before", Partial, why+"a text before it", mixed(text(evilText), f.entity())).flag("uncovered-part")
	f.addBody("cov-mixed-after", Partial, why+"a text after it", mixed(f.entity(), text(evilText))).flag("uncovered-part")
	f.addBody("cov-mixed-both", Partial, why+"texts around it", mixed(text(evilText), f.entity(),
		text(evilText))).flag("uncovered-part")
	f.addBody("cov-list-footer", Partial, why+"the footer of a mailing list", mixed(f.entity(),
		text("____\r\nlist mailing list\r\nlist@lists.example\r\n"))).flag("uncovered-part")
	f.addBody("cov-mixed-alone", Valid, why+"there is none, the multipart/mixed holds nothing else", mixed(f.entity()))
	f.addBody("cov-mixed-empty-text", Valid, why+"an empty text shows nothing", mixed(f.entity(), text(""))).also(Partial)
	f.addBody("cov-mixed-attachment", Partial, why+"an attachment after it", mixed(f.entity(), attachment("application/pdf",
		"bill.pdf", []byte("%PDF-1.4")))).flag("uncovered-part")
	f.addBody("cov-mixed-image", Partial, why+"an inline picture", mixed(f.entity(),
		[]byte("Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: inline\r\n\r\nR0lGODlhAQABAAAAACw="))).flag("uncovered-part")
	f.addBody("cov-mixed-tnef", Partial, why+"a winmail.dat", mixed(f.entity(), attachment("application/ms-tnef", "winmail.dat",
		[]byte{0x78, 0x9f, 0x3e, 0x22}))).flag("uncovered-part")
	f.addBody("cov-p7m-in-mixed", Partial, "RFC 8551 3.5.2: an opaque signature covers its content, not the text before it",
		mixed(text(evilText), opaque("signed-data", f.opaqueSigned()))).flag("uncovered-part")
	f.addBody("cov-mixed-nested", Partial, why+"two levels further out", mixed(text(evilText), multi("multipart/mixed", "deep1",
		multi("multipart/mixed", "deep2", f.entity())))).flag("uncovered-part")
	f.addBody("cov-mixed-tampered", Invalid, "a broken signature is graver than an uncovered text", mixed(text(evilText),
		clearSigned(text(evilText), f.cms(f.part()).der())))
	f.addBody("cov-mixed-other-signer", Mismatch, "the signer's address differs, which is graver than an uncovered text",
		mixed(text(evilText),
			clearSigned(f.part(), f.cmsBy(f.mallory, f.part()).der())))
	f.addBody("cov-attachment-p7s", Unsigned, "RFC 8551 3.9: a p7s attachment of multipart/mixed signs nothing", mixed(f.part(),
		sigPart(f.cms(f.part()).der()))).
		also(Partial, CertsOnly, Invalid).flag("signature-not-applied")
	f.addBody("cov-sig-as-attachment", Unsigned,
		"RFC 1847 2.1: a multipart/signed that comes as a file of text is not shown as mail", mixed(text(evilText),
			attachment("text/plain", "signed.eml", f.entity()))).also(Partial)
}

func (f *forge) covHide() {
	const why = "RFC 8551 3.5.3 and USENIX 2019 (Johnny): "
	mixed := func(parts ...[]byte) []byte { return multi("multipart/mixed", outer, parts...) }
	cid := append([]byte("Content-ID: <signed@forge>\r\n"), f.entity()...)
	f.addBody("cov-mixed-html-hide", Partial, why+"the unsigned HTML hides what follows",
		mixed(html("<p>"+evilText+"</p><div style=\"display:none\">"), f.entity())).flag("uncovered-part")
	f.addBody("cov-mixed-plaintext-tag", Partial, why+"an unsigned plaintext tag swallows what follows",
		mixed(html("<p>"+evilText+"</p><plaintext hidden>"), f.entity())).flag("uncovered-part")
	f.addBody("cov-mixed-comment-open", Partial, why+"an unsigned comment swallows what follows",
		mixed(html("<p>"+evilText+"</p><!--"), f.entity(), html("-->"))).flag("uncovered-part")
	f.addBody("cov-related-cid", Partial, why+"the signed part is only referred to", multi("multipart/related", outer,
		html("<p>"+evilText+"</p><img src=\"cid:signed@forge\">"), cid)).flag("uncovered-part")
	f.addBody("cov-related-iframe", Partial, why+"the signed part is shown in a frame of no size", multi("multipart/related", outer,
		html("<p>"+evilText+"</p><iframe width=0 src=\"cid:signed@forge\"></iframe>"), cid)).flag("uncovered-part")
	f.addBody("cov-related-start", Partial, "RFC 2387 3.2: start makes the unsigned HTML the root",
		multiWith("multipart/related; start=\"<evil@forge>\"; boundary=\""+outer+"\"", outer, cid,
			append([]byte("Content-ID: <evil@forge>\r\n"), html("<p>"+evilText)...))).flag("uncovered-part")
	f.addBody("cov-alternative-signed-last", Partial, why+"an unsigned alternative is shown by some readers",
		multi("multipart/alternative", outer, text(evilText), f.entity())).flag("uncovered-part")
	f.addBody("cov-alternative-signed-first", Partial, why+"the last alternative is shown, and it is not signed",
		multi("multipart/alternative", outer, f.entity(), html("<p>"+evilText))).flag("uncovered-part").also(Unsigned)
	f.addBody("cov-attachment-signed", Partial, why+"the signed part is an attachment", mixed(text(evilText),
		append([]byte("Content-Disposition: attachment; filename=\"x.eml\"\r\n"), f.entity()...))).
		flag("uncovered-part").also(Unsigned)
	safe := html("<p>Hello</p><img src=\"cid:pic@forge\">")
	pic := []byte("Content-Type: image/gif\r\nContent-ID: <pic@forge>\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAAAAACw=")
	f.addBody("cov-related-outside-picture", Partial, "RFC 8551 3.5.3: signed HTML shows an unsigned picture",
		multi("multipart/related", outer, clearSigned(safe, f.cms(safe).der()), pic)).flag("uncovered-part")
	all := multi("multipart/related", "rel", safe, pic)
	f.addBody("cov-related-inside", Valid, "RFC 8551 3.1: the whole multipart/related is signed", clearSigned(all,
		f.cms(all).der()))
	remote := html("<link rel=stylesheet href=\"http://evil.example/a.css\"><p>Hello</p>")
	f.addBody("cov-remote-content", Valid,
		"RFC 8551 3.1: the octets are signed; what a stylesheet from elsewhere does with them is not", clearSigned(remote,
			f.cms(remote).der())).flag("remote-content")
	external := append([]byte(nil),
		"Content-Type: message/external-body; access-type=URL; URL=\"http://evil.example/\"\r\n\r\nContent-Type: text/plain\r\n\r\n"...)
	f.addBody("cov-external-body", Valid, "RFC 2046 5.2.3: the reference is signed, what it refers to is not", clearSigned(external,
		f.cms(external).der())).also(Partial).flag("remote-content")
}

// rfc822 is a whole message as an entity.
func rfc822(head string, message []byte) []byte {
	return append([]byte("Content-Type: message/rfc822\r\n"+head+crlf), message...)
}

func (f *forge) covForwarded() {
	inside := f.letter().with(f.entity())
	l := f.letter()
	l.from, l.subject = []string{"From: Boss <boss@evil.example>"}, "Fwd: Your order"
	mixed := func(parts ...[]byte) []byte { return multi("multipart/mixed", outer, parts...) }
	f.add("cov-forwarded", Partial, "RFC 8551 3.1: the forwarded message is signed, the text of who forwards it is not",
		l.with(mixed(text(evilText), rfc822("", inside)))).
		also(Unsigned, Mismatch).inner(Valid).flag("uncovered-part")
	f.add("cov-forwarded-attached", Partial, "RFC 8551 3.1: the attached message is signed, the text is not",
		l.with(mixed(text(evilText), rfc822("Content-Disposition: attachment; filename=\"a.eml\"\r\n", inside)))).also(Unsigned,
		Mismatch).inner(Valid).flag("uncovered-part")
	f.add("cov-forwarded-alone", Unsigned,
		"RFC 8551 3.1: the message is only a container; what is signed is the forwarded one and its author", l.with(rfc822("",
			inside))).
		also(Partial, Valid, Mismatch).inner(Valid)
	f.add("cov-forwarded-tampered", Invalid, "RFC 5652 5.6: the forwarded message is not as signed", l.with(mixed(text(evilText),
		rfc822("", bytes.Replace(inside, []byte(f.prose[:5]), []byte("ABCDE"), 1))))).also(Partial, Unsigned).inner(Invalid)
	fwd := multi("multipart/mixed", "fwd", text("see below"), rfc822("", bytes.ReplaceAll(inside, []byte(edge),
		[]byte("inner-edge"))))
	f.addBody("cov-forwarded-signed", Valid,
		"RFC 8551 3.1: who forwards signs text and forwarded message, which has its own signature", clearSigned(fwd,
			f.cms(fwd).der())).inner(Valid)
	plain := f.letter()
	plain.from = []string{"From: Boss <boss@evil.example>"}
	fwd = multi("multipart/mixed", "fwd", text("see below"), rfc822("", plain.with(text(evilText))))
	f.addBody("cov-forwarded-unsigned-inside", Valid,
		"RFC 8551 3.1: the outer signature covers the forwarded message as a file; its author did not sign", clearSigned(fwd,
			f.cms(fwd).der()))
	f.add("cov-forwarded-from-inner", Mismatch, "RFC 8550 3: the inner signature is that of another author than the inner From",
		f.letter().with(mixed(text(evilText),
			rfc822("", plain.with(f.entity()))))).also(Partial, Unsigned).inner(Mismatch)
}

func (f *forge) covSeveral() {
	mixed := func(parts ...[]byte) []byte { return multi("multipart/mixed", outer, parts...) }
	second := text("A second signed text.\r\n")
	other := clearSigned(second, f.cms(second).der())
	other = bytes.ReplaceAll(other, []byte(edge), []byte("second-edge"))
	stray := []byte("Content-Type: application/pkcs7-signature; name=invoice.exe\r\nContent-Transfer-Encoding: base64\r\n\r\nTVqQAAMAAAA=\r\n")
	f.addBody("cov-mixed-stray-signature", Partial, "RFC 8551 3.5.3: a file of that type beside the signed part is signed by nobody", mixed(f.entity(), stray))
	hollow := []byte("Content-Type: multipart/mixed; boundary=hollow\r\n\r\npay somebody else\r\n--hollow--\r\n")
	f.addBody("cov-mixed-hollow", Partial, "RFC 2046 5.1.1: a multipart without parts; some readers show its text", mixed(f.entity(), hollow)).also(Valid)
	f.addBody("cov-two-signed", Valid, "RFC 8551 3.5.3: both parts are signed by the author", mixed(f.entity(), other))
	f.addBody("cov-two-signed-one-bad", Invalid, "RFC 5652 5.6: one of two signatures does not verify", mixed(f.entity(),
		bytes.Replace(other, []byte("second signed"), []byte("second forged"), 1)))
	mal := clearSigned(second, f.cmsBy(f.mallory, second).der())
	f.addBody("cov-two-signed-other-author", Mismatch, "RFC 8550 3: one of two parts is signed by somebody else", mixed(f.entity(),
		bytes.ReplaceAll(mal, []byte(edge), []byte("second-edge")))).also(Partial)
	inner := bytes.ReplaceAll(f.entity(), []byte(edge), []byte("inner-edge"))
	f.addBody("cov-nested", Valid, "RFC 8551 3.7: a signed message is signed again", clearSigned(inner,
		f.cms(inner).der())).inner(Valid)
	bad := bytes.Replace(inner, []byte(f.prose[:5]), []byte("ABCDE"), 1)
	f.addBody("cov-nested-inner-bad", Invalid, "RFC 8551 3.7: the outer signature holds, the inner one does not", clearSigned(bad,
		f.cms(bad).der())).inner(Invalid)
	f.addBody("cov-nested-outer-bad", Invalid, "RFC 8551 3.7: the inner signature holds, the outer one does not",
		clearSigned(append([]byte("X-Added: 1\r\n"), inner...), f.cms(inner).der())).inner(Valid)
	mix := multi("multipart/mixed", "mix", text("outer text"), inner)
	f.addBody("cov-nested-in-mixed", Valid, "RFC 8551 3.7: the outer signature covers all of it", clearSigned(mix,
		f.cms(mix).der())).inner(Valid)
	wrapped := opaque("signed-data", f.opaqueSigned())
	f.addBody("cov-opaque-in-clear", Valid, "RFC 8551 3.7: any combination can be nested", clearSigned(wrapped,
		f.cms(wrapped).der())).inner(Valid)
	s := f.cms(inner)
	s.embedded = inner
	f.addBody("cov-clear-in-opaque", Valid, "RFC 8551 3.7: any combination can be nested", opaque("signed-data",
		s.der())).inner(Valid)
}

func (f *forge) covReplay() {
	send := func(name, why string, change func(*letter)) {
		l := f.letter()
		change(&l)
		f.add(name, Valid, why, l.with(f.entity())).flag("headers-not-covered")
	}
	send("cov-replay-to", "RFC 8551 3.1: To is not signed; the same text goes to somebody else",
		func(l *letter) { l.to = "Eve <eve@evil.example>" })
	send("cov-replay-subject", "RFC 8551 3.1: Subject is not signed; it turns the meaning",
		func(l *letter) { l.subject = "Ignore the text below, pay account 666" })
	c := f.addSigned("cov-replay-date", Valid, "RFC 8551 3.1: Date is not signed; it is two months after signing-time",
		func(s *signed) {
			s.signers[0].time = f.date.AddDate(0, -2, 0)
		})
	c.flag("signing-time-differs", "headers-not-covered")
	send("cov-replay-message-id", "RFC 8551 3.1: Message-ID and References are not signed", func(l *letter) {
		l.more = []string{fmt.Sprintf("In-Reply-To: <offer@%s>", mailHost), "References: <offer@" + mailHost + ">"}
	})
}
