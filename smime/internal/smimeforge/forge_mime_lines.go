package smimeforge

import (
	"bytes"
	"fmt"
	"strings"
)

// This file answers one question: what do wrong structure, line ends and white space do to a signature?

func (f *forge) mimeStructure() {
	part := f.part()
	p7s := f.cms(part).der()
	kind := fmt.Sprintf(signedType, "sha-256")
	f.addBody("mime-3parts", Malformed, "RFC 1847 2.1: exactly two parts; the third is shown and not signed",
		multi(kind, edge, part, sigPart(p7s), text("Pay 900 EUR to account 666 instead."))).also(Partial,
		Invalid).flag("uncovered-part")
	f.addBody("mime-3parts-first", Malformed, "RFC 1847 2.1: exactly two parts, the first of them signed",
		multi(kind, edge, text("Pay 900 EUR to account 666 instead."), part, sigPart(p7s))).also(Partial, Invalid)
	f.addBody("mime-sig-first", Malformed, "RFC 1847 2.1: the signature is the second part", multi(kind, edge, sigPart(p7s),
		part)).also(Invalid, Unsigned)
	f.addBody("mime-dup-signature", Malformed, "RFC 1847 2.1: exactly two parts; the same signature comes twice",
		multi(kind, edge, part, sigPart(p7s), sigPart(p7s))).also(Valid, Invalid, Partial)
	f.addBody("mime-1part", Malformed, "RFC 1847 2.1: the signature is missing", multi(kind, edge, part)).also(Unsigned, Invalid)
	f.addBody("mime-0parts", Malformed, "RFC 1847 2.1: no part at all",
		[]byte("Content-Type: "+kind+"; boundary=\""+edge+"\"\r\n\r\nnothing here\r\n")).
		also(Unsigned, Invalid)
	evil := "Content-Type: text/html\r\n"
	f.addBody("mime-dup-content-type-after", Malformed,
		"RFC 5322 3.6 and RFC 2045 3: one Content-Type; readers that take the last one show something else",
		bytes.Replace(clearSigned(part, p7s), []byte("\r\n\r\n"), []byte(crlf+evil+crlf), 1)).also(Invalid,
		Partial).flag("duplicate-content-type")
	f.addBody("mime-dup-content-type-before", Malformed,
		"RFC 5322 3.6 and RFC 2045 3: one Content-Type; readers that take the first one see no signature",
		append([]byte(evil), clearSigned(part, p7s)...)).also(Unsigned, Invalid, Partial).flag("duplicate-content-type")
	f.withType("mime-dup-boundary", Malformed, "RFC 2045 5.1: a parameter comes once; readers differ on which boundary counts",
		kind+"; boundary=\""+edge+"\"; boundary=\"other\"", edge).also(Invalid, Partial, Valid).flag("duplicate-boundary")
	twin := append([]byte("Content-Type: text/html\r\n"), part...)
	f.addBody("mime-dup-type-in-part", Malformed,
		"RFC 2045 3: one Content-Type in the signed part; the signature covers both, the meaning is open",
		clearSigned(twin, f.cms(twin).der())).also(Valid).flag("duplicate-content-type")
	f.addBody("mime-empty-part-header", Valid, "RFC 2046 5.1: a part without header fields is text/plain",
		clearSigned([]byte("\r\nplain"), f.cms([]byte("\r\nplain")).der()))
	blank := []byte("Content-Type: text/plain\r\n\r\n")
	f.addBody("mime-empty-body", Valid, "RFC 2046 5.1.1: the signed part may have an empty body", clearSigned(blank,
		f.cms(blank).der()))
}

// relined makes an ordinary signed message with other line ends; over is what was signed.
func (f *forge) relined(name, want, why string, over func([]byte) []byte, after func([]byte) []byte) *Case {
	part := f.part()
	return f.add(name, want, why, after(f.letter().with(clearSigned(part, f.cms(over(part)).der()))))
}

func toLF(b []byte) []byte { return bytes.ReplaceAll(b, []byte(crlf), []byte("\n")) }

func (f *forge) mimeLines() {
	f.relined("mime-lf-only", Valid, "RFC 8551 3.1.1: the canonical line end is CRLF; a file saved with LF was sent with CRLF",
		same, toLF)
	f.relined("mime-lf-signed-lf", Invalid, "RFC 8551 3.1.1: the signature must be over CRLF; it fits only the stored form", toLF,
		toLF).
		also(Valid).flag("not-canonical")
	f.relined("mime-crlf-signed-lf", Invalid, "RFC 8551 3.1.1: the signature must be over CRLF; it fits only the form with LF",
		toLF, same).flag("not-canonical")
	f.relined("mime-mixed-line-ends", Valid,
		"RFC 8551 3.1.1: the canonical line end is CRLF; only the signed part was saved with LF", same, func(b []byte) []byte {
			i := bytes.Index(b, []byte("--"+edge+crlf))
			j := bytes.Index(b, []byte("\r\n--"+edge+"\r\nContent-Type: application/pkcs7"))
			return bytes.Join([][]byte{b[:i], toLF(b[i:j]), b[j:]}, nil)
		})
	quote := text("Dear Bob,\r\nFrom here on nothing changes.\r\nbye\r\n")
	c := f.addBody("mime-mbox-from-quoted", Invalid,
		"RFC 8551 3.1.2: mail systems change lines with From; the stored octets do not fit, the unquoted ones do",
		clearSigned(quote, f.cms(quote).der())).also(Valid).flag("repair-from-quoted")
	c.Message = bytes.Replace(c.Message, []byte("\r\nFrom here"), []byte("\r\n>From here"), 1)
	quote = text("Dear Bob,\r\n>From here on nothing changes.\r\nbye\r\n")
	f.addBody("mime-from-quoted-signed", Valid, "the quoted line is what was signed; nobody may unquote it first",
		clearSigned(quote, f.cms(quote).der()))
	f.relined("mime-cr-in-line", Valid, "RFC 5322 2.3 forbids a bare CR; the octets are as signed",
		func(p []byte) []byte { return crInLine(p) }, crInLine).also(Invalid, Malformed)
	p := text("a.\r\n.\r\n..b\r\nend\r\n")
	f.addBody("mime-dots", Valid, "RFC 5321 4.5.2: stuffing is undone in transport; the lines are as signed", clearSigned(p,
		f.cms(p).der()))
	c = f.addBody("mime-dots-stuffed", Invalid, "RFC 5321 4.5.2: stuffed dots were stored; the octets are not as signed",
		clearSigned(p, f.cms(p).der())).flag("repair-dot-stuffed")
	c.Message = bytes.ReplaceAll(c.Message, []byte("\r\n."), []byte("\r\n.."))
}

// crInLine puts a bare CR inside a line of the text.
func crInLine(b []byte) []byte {
	i := bytes.Index(b, []byte("7bit\r\n\r\n"))
	if i < 0 {
		return b
	}
	i += len("7bit\r\n\r\n") + 2
	return bytes.Join([][]byte{b[:i], {'\r'}, b[i:]}, nil)
}

func (f *forge) mimeSpaces() {
	p := text("trailing spaces   \r\nand a tab\t\r\nend\r\n")
	good := func() []byte { return clearSigned(p, f.cms(p).der()) }
	f.addBody("mime-trailing-space", Valid, "RFC 8551 3.1.1 changes line ends only; white space is signed as it is", good())
	c := f.addBody("mime-trailing-space-stripped", Invalid, "RFC 8551 3.1.2: a gateway took trailing white space away", good())
	c.Message = bytes.ReplaceAll(bytes.ReplaceAll(c.Message, []byte("   \r\n"), []byte(crlf)), []byte("tab\t\r\n"),
		[]byte("tab\r\n"))
	c = f.addBody("mime-final-crlf-removed", Invalid,
		"RFC 2046 5.1.1: only the line break before the delimiter is not signed; one more is missing", good()).
		flag("repair-final-line-break")
	c.Message = bytes.Replace(c.Message, []byte("end\r\n\r\n--"), []byte("end\r\n--"), 1)
	c = f.addBody("mime-final-crlf-added", Invalid,
		"RFC 2046 5.1.1: only the line break before the delimiter is not signed; one too many is there", good()).
		flag("repair-final-line-break")
	c.Message = bytes.Replace(c.Message, []byte("end\r\n\r\n--"), []byte("end\r\n\r\n\r\n--"), 1)
	c = f.addBody("mime-header-refolded", Invalid, "RFC 8551 3.1.1: header fields of the part are signed as they are", good())
	c.Message = bytes.Replace(c.Message, []byte("text/plain; charset"), []byte("text/plain;\r\n charset"), 1)
	c = f.addBody("mime-header-added", Invalid, "RFC 8551 3.1.1: a field was added to the signed part", good()).flag("repair-header-added")
	c.Message = bytes.Replace(c.Message, []byte("Content-Type: text/plain"), []byte("X-Scanned: yes\r\nContent-Type: text/plain"), 1)
	c = f.addBody("mime-tab-expanded", Invalid, "RFC 8551 3.1.2: a gateway replaced a tab", good())
	c.Message = bytes.Replace(c.Message, []byte("tab\t\r\n"), []byte("tab     \r\n"), 1)
	c = f.addBody("mime-outer-header-changed", Valid, "RFC 8551 3.1: outer header fields are not signed", good())
	c.Message = append([]byte("Received: from a.example by b.example; "+f.date.Format("Mon, 2 Jan 2006 15:04:05 -0700")+"\r\nX-Spam: no\r\n"),
		c.Message...)
}

func (f *forge) mimeContents() {
	contents := []struct {
		name, why string
		part      []byte
	}{
		{"mime-8bit", "RFC 8551 3.1.2: 8bit content is signed as it is",
			[]byte("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\u00fc\u00dfe\r\n")},
		{"mime-latin1", "RFC 8551 3.1.2: 8bit content is signed as it is, whatever the charset",
			[]byte("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\xfc\xdfe\r\n")},
		{"mime-qp-content", "RFC 8551 3.1.2: the encoded form is signed",
			[]byte("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe =\r\nBob=20\r\n")},
		{"mime-base64-content", "RFC 8551 3.1.2: the encoded form is signed",
			[]byte("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrap64([]byte(f.prose)))},
		{"mime-html-content", "RFC 8551 3.1: any MIME entity can be signed", html("<p>Hello <b>Bob</b></p>\r\n")},
		{"mime-alternative-content", "RFC 8551 3.1: any MIME entity can be signed", multi("multipart/alternative", "alt",
			text("Hello"), html("<p>Hello"))},
		{"mime-attachment-content", "RFC 8551 3.1: any MIME entity can be signed", multi("multipart/mixed", "mix", f.part(),
			attachment("application/pdf", "a.pdf", []byte("%PDF-1.4 forged")))},
		{"mime-long-lines", "RFC 8551 3.1.1 changes line ends only", text(strings.Repeat("long ", 600) + crlf)},
		{"mime-flowed", "RFC 8551 3.1.1 changes line ends only",
			[]byte("Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n > a \r\n > b\r\n-- \r\nsig\r\n")},
		{"mime-nul-content", "RFC 5322 2.3 forbids NUL; the octets are as signed", text("nul \x00 inside\r\n")},
		{"mime-bom-content", "RFC 8551 3.1.1 changes line ends only", text("\xef\xbb\xbfwith a mark\r\n")},
	}
	for _, t := range contents {
		f.addBody(t.name, Valid, t.why, clearSigned(t.part, f.cms(t.part).der()))
	}
}
