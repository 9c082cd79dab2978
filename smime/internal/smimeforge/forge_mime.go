package smimeforge

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
)

// This file answers one question: in which MIME clothes does a sound signature come, and which of them hide that it is none?

// mimes makes the cases mime-*.
func (f *forge) mimes() error {
	f.mimeTransfer()
	f.mimeOpaque()
	f.mimeTypes()
	f.mimeBoundaries()
	f.mimeStructure()
	f.mimeLines()
	f.mimeSpaces()
	f.mimeContents()
	return nil
}

// withSig makes a clear-signed message with a given signature part.
func (f *forge) withSig(name, want, why, head string, encode func([]byte) []byte) *Case {
	part := f.part()
	body := encode(f.cms(part).der())
	sig := append([]byte(head+crlf+crlf), body...)
	return f.addBody(name, want, why, multi(fmt.Sprintf(signedType, "sha-256"), edge, part, sig))
}

const sigHead = "Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: "

func lines64(b []byte) []byte  { return []byte(wrap64(b)) }
func oneLine(b []byte) []byte  { return []byte(base64.StdEncoding.EncodeToString(b)) }
func unpadded(b []byte) []byte { return bytes.TrimRight(lines64(b), "=") }
func same(b []byte) []byte     { return b }

// quoted is quoted-printable for binary data: everything but letters and digits is escaped.
func quoted(b []byte) []byte {
	var out bytes.Buffer
	width := 0
	for _, c := range b {
		s := fmt.Sprintf("=%02X", c)
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
			s = string(rune(c))
		}
		if width += len(s); width > 72 {
			out.WriteString("=\r\n")
			width = len(s)
		}
		out.WriteString(s)
	}
	return out.Bytes()
}

func (f *forge) mimeTransfer() {
	f.withSig("mime-base64", Valid, "RFC 8551 3.5.3: the usual form", sigHead+"base64", lines64)
	f.withSig("mime-base64-oneline", Valid, "RFC 2045 6.8: the line limit binds the writer; a reader can read on", sigHead+"base64",
		oneLine)
	f.withSig("mime-base64-unpadded", Valid, "RFC 2045 6.8: the end of data is clear without padding", sigHead+"base64", unpadded)
	f.withSig("mime-base64-blank-lines", Valid, "RFC 2045 6.8: line breaks and other characters are ignored", sigHead+"base64",
		func(b []byte) []byte {
			return bytes.ReplaceAll(lines64(b), []byte(crlf), []byte(" \r\n\r\n\t"))
		})
	f.withSig("mime-base64-junk", Valid, "RFC 2045 6.8: characters outside the alphabet must be ignored", sigHead+"base64",
		func(b []byte) []byte {
			return bytes.ReplaceAll(lines64(b), []byte(crlf), []byte("*!\r\n"))
		}).also(Malformed)
	f.withSig("mime-quoted-printable", Valid, "RFC 2045 6.7: any transfer encoding may carry the signature",
		sigHead+"quoted-printable", quoted)
	f.withSig("mime-binary", Valid, "RFC 2045 6.2: any transfer encoding may carry the signature", sigHead+"binary", same)
	f.withSig("mime-cte-case", Valid, "RFC 2045 6.1: the value is not case-sensitive", sigHead+"BASE64", lines64)
	f.withSig("mime-cte-comment", Valid, "RFC 2045 5.1: comments are allowed in structured fields", sigHead+"(radix 64) base64",
		lines64)
	f.withSig("mime-cte-missing", Malformed,
		"RFC 2045 6.1: without the field the body is 7bit, which is no object; a lenient reader tries base64",
		"Content-Type: application/pkcs7-signature; name=smime.p7s", lines64).also(Valid)
	f.withSig("mime-cte-unknown", Malformed, "RFC 2045 6.4: an unknown encoding cannot be undone", sigHead+"x-forge",
		lines64).also(Unsupported, Valid)
	f.withSig("mime-cte-lie", Malformed, "RFC 2045 6.8: declared base64, but the body is binary", sigHead+"base64",
		same).also(Invalid)
}

func (f *forge) opaqueSigned() []byte {
	part := f.part()
	s := f.cms(part)
	s.embedded = part
	return s.der()
}

func (f *forge) mimeOpaque() {
	p7m := f.opaqueSigned()
	f.addBody("mime-opaque", Valid, "RFC 8551 3.5.2: application/pkcs7-mime with signed-data", opaque("signed-data", p7m))
	f.addBody("mime-opaque-no-smime-type", Valid, "RFC 8551 3.2.2: smime-type is optional", opaque("", p7m))
	f.addBody("mime-opaque-wrong-smime-type", Valid, "RFC 8551 3.2.2: the object says what it is; the parameter only hints",
		opaque("enveloped-data", p7m)).
		flag("smime-type-mismatch")
	f.addBody("mime-opaque-x-pkcs7", Valid, "RFC 8551 3.2.1 and C: the x- name of old senders",
		opaqueAs("application/x-pkcs7-mime; name=smime.p7m", p7m))
	f.addBody("mime-opaque-octet-stream", Valid, "RFC 8551 3.9 table: application/octet-stream with the file name smime.p7m",
		opaqueAs("application/octet-stream; name=smime.p7m", p7m))
	f.addBody("mime-opaque-octet-stream-upper", Valid, "RFC 8551 3.9: the suffix decides, in any case of letters",
		bytes.ReplaceAll(opaqueAs("application/octet-stream; name=SMIME.P7M", p7m), []byte("filename=\"smime.p7m\""),
			[]byte("filename=SMIME.P7M")))
	f.addBody("mime-opaque-binary", Valid, "RFC 2045 6.2: any transfer encoding may carry the object",
		append([]byte("Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: binary\r\n\r\n"),
			p7m...))
	f.addBody("mime-opaque-oneline", Valid, "RFC 2045 6.8: a reader can read on",
		append([]byte("Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
			oneLine(p7m)...))
	s := f.cms(f.part())
	f.addBody("mime-opaque-detached", Invalid, "RFC 5652 5.2: the object has no content and nothing else is signed",
		opaque("signed-data", s.der())).
		also(Malformed, Unsigned)
}

// withType makes a clear-signed message with a given Content-Type value (boundary included).
func (f *forge) withType(name, want, why, ctype, boundary string) *Case {
	part := f.part()
	return f.addBody(name, want, why, multiWith(ctype, boundary, part, sigPart(f.cms(part).der())))
}

func (f *forge) mimeTypes() {
	b := "; boundary=\"" + edge + "\""
	proto := `; protocol="application/pkcs7-signature"`
	f.withType("mime-comment", Valid, "RFC 2045 5.1: comments are allowed in Content-Type",
		"multipart/signed (a comment; boundary=no)"+proto+" (another)"+b+"; micalg=sha-256", edge)
	f.withType("mime-comment-type", Valid, "RFC 2045 5.1: comments are allowed around the slash; some readers fail",
		"multipart(x)/(y)signed"+proto+b+"; micalg=sha-256", edge).also(Malformed)
	f.withType("mime-folded", Valid, "RFC 5322 2.2.3: folding is not part of the value",
		"multipart/signed;\r\n\tprotocol=\"application/pkcs7-signature\";\r\n micalg=sha-256;\r\n boundary=\""+edge+"\"", edge)
	f.withType("mime-case", Valid, "RFC 2045 5.1: types and parameter names are not case-sensitive",
		"MULTIPART/Signed; PROTOCOL=\"Application/PKCS7-Signature\"; Micalg=SHA-256; BOUNDARY=\""+edge+"\"", edge)
	f.withType("mime-protocol-x", Valid, "RFC 8551 C: the x- name of old senders",
		`multipart/signed; protocol="application/x-pkcs7-signature"`+b+"; micalg=sha1", edge).flag("micalg-mismatch")
	f.withType("mime-protocol-unquoted", Valid, "RFC 2045 5.1 asks for quotes around a slash; the meaning is clear",
		"multipart/signed; protocol=application/pkcs7-signature; micalg=sha-256"+b, edge).also(Malformed)
	f.withType("mime-protocol-missing", Valid, "RFC 1847 2.1 demands protocol; the second part says what it is",
		"multipart/signed; micalg=sha-256"+b, edge).also(Malformed, Unsigned)
	f.withType("mime-protocol-pgp", Malformed, "RFC 1847 2.1: protocol must equal the type of the second part, which is not PGP",
		`multipart/signed; protocol="application/pgp-signature"; micalg=sha-256`+b, edge).
		also(Invalid, Unsupported, Unsigned)
	f.withType("mime-micalg-missing", Valid, "RFC 8551 3.5.3.2: micalg only prepares the digest", "multipart/signed"+proto+b, edge)
	f.withType("mime-micalg-wrong", Valid, "RFC 8551 3.5.3.2: micalg only prepares the digest; SignedData decides",
		"multipart/signed; micalg=md5"+proto+b, edge).flag("micalg-mismatch")
	f.withType("mime-micalg-list", Valid, "RFC 1847 2.1: micalg may be a list", `multipart/signed; micalg="sha1,sha-256"`+proto+b,
		edge)
	f.withType("mime-rfc2231-boundary", Valid, "RFC 2231 3: a parameter may be split",
		"multipart/signed"+proto+"; boundary*0=\"----=_For\"; boundary*1=\"ge_01\"; micalg=sha-256", edge)
	f.withType("mime-mixed-type", Unsigned, "RFC 8551 3.9: multipart/mixed with a p7s is no multipart/signed", "multipart/mixed"+b,
		edge).also(Partial).flag("signature-not-applied")
	sig := strings.Replace(sigHead, "application/pkcs7-signature; name=smime.p7s", "application/x-pkcs7-signature", 1)
	f.withSig("mime-x-pkcs7-signature", Valid, "RFC 8551 C: the x- name of old senders", sig+"base64", lines64)
	sig = strings.Replace(sigHead, "application/pkcs7-signature", "application/octet-stream", 1)
	f.withSig("mime-octet-stream-p7s", Valid,
		"RFC 8551 3.9 table: the suffix p7s names a signature; RFC 1847 2.1 would have the type named", sig+"base64",
		lines64).also(Malformed, Unsigned)
	sig = strings.Replace(sigHead, "application/pkcs7-signature; name=smime.p7s", "application/pkcs7-mime; smime-type=signed-data",
		1)
	f.withSig("mime-pkcs7-mime-as-signature", Valid,
		"RFC 1847 2.1: protocol must equal the type of the second part; the object is still the signature", sig+"base64", lines64).
		also(Malformed, Unsigned)
	sig = strings.Replace(sigHead, "application/pkcs7-signature; name=smime.p7s", "text/plain", 1)
	f.withSig("mime-text-as-signature", Malformed, "RFC 1847 2.1: the second part must have the type that protocol names",
		sig+"base64", lines64).also(Unsigned, Invalid, Valid, Partial)
	c := f.addSigned("mime-no-mime-version", Valid, "RFC 2045 4 demands MIME-Version; readers do without", nil)
	c.Message = bytes.Replace(c.Message, []byte("MIME-Version: 1.0\r\n"), nil, 1)
}

func (f *forge) mimeBoundaries() {
	sign := "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary="
	long := strings.Repeat("b", 70)
	f.withType("mime-boundary-70", Valid, "RFC 2046 5.1.1: up to 70 characters", sign+long, long)
	special := "a'()+_,-./:=? z"
	f.withType("mime-boundary-special", Valid, "RFC 2046 5.1.1: the characters of bcharsnospace and space", sign+"\""+special+"\"",
		special)
	f.withType("mime-boundary-quoted-pair", Valid, "RFC 2045 5.1 and RFC 5322 3.2.4: a quoted-pair stands for its character",
		sign+`"ed\ge"`, "edge").also(Malformed)
	p := text("first\r\n--" + edge + "x is not a delimiter?\r\nlast\r\n")
	f.addBody("mime-boundary-prefix-line", Valid,
		"RFC 2046 5.1.1: the writer must not use a boundary that begins a line of a part; readers differ on the longer line",
		clearSigned(p, f.cms(p).der())).also(Invalid, Malformed)
	p = text("first\r\n --" + edge + "\r\nx--" + edge + "\r\nlast\r\n")
	f.addBody("mime-boundary-not-at-start", Valid, "RFC 2046 5.1.1: a delimiter begins a line", clearSigned(p, f.cms(p).der()))
	inner := multi("multipart/mixed", edge+"_inner", text("one"), text("two"))
	f.addBody("mime-boundary-nested-prefix", Valid,
		"RFC 2046 5.1.2: an inner boundary that the outer one is a prefix of is bad style, yet each line is whole",
		clearSigned(inner, f.cms(inner).der())).also(Invalid, Malformed)
	part := f.part()
	body := clearSigned(part, f.cms(part).der())
	f.addBody("mime-boundary-space", Valid, "RFC 2046 5.1.1: transport padding after the boundary is ignored",
		bytes.ReplaceAll(body, []byte("\r\n--"+edge+crlf), []byte("\r\n--"+edge+" \t\r\n")))
	c := f.addSigned("mime-no-close-delimiter", Valid,
		"RFC 2046 5.1.2: the last delimiter is demanded; readers take the end of the message", nil).also(Malformed)
	c.Message = bytes.TrimSuffix(c.Message, []byte(crlf+"--"+edge+"--\r\n"))
	c = f.addSigned("mime-preamble", Valid, "RFC 2046 5.1.1: a preamble is not shown and not signed", nil).flag("preamble")
	c.Message = bytes.Replace(c.Message, []byte("\r\n\r\n--"+edge),
		[]byte("\r\n\r\nThis is an S/MIME signed message\r\n\r\n--"+edge), 1)
	c = f.addSigned("mime-epilogue", Valid, "RFC 2046 5.1.1: an epilogue is not shown and not signed", nil).flag("epilogue")
	c.Message = append(c.Message, "Please pay 900 EUR to account 666.\r\n"...)
}
