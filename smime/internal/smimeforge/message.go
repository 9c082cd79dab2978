package smimeforge

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// This file answers one question: how is a message written around parts and signatures?

// letter is a message without its content: who, whom, what and when.
type letter struct {
	from    []string // whole header lines, so that a case can write two or none
	to      string
	subject string
	date    time.Time
	more    []string // further header lines
}

// headers writes the header section up to the MIME fields.
func (l letter) headers() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Return-Path: <bounce@%s>\r\n", mailHost)
	fmt.Fprintf(&b, "Date: %s\r\n", l.date.Format(time.RFC1123Z))
	for _, f := range l.from {
		b.WriteString(f + "\r\n")
	}
	fmt.Fprintf(&b, "To: %s\r\nSubject: %s\r\nMessage-ID: <%x@%s>\r\n", l.to, l.subject, l.date.Unix(), mailHost)
	for _, f := range l.more {
		b.WriteString(f + "\r\n")
	}
	return b.String()
}

const (
	mailHost = "mail.example.com"
	edge     = "----=_Forge_01" // boundary of the multipart/signed
	outer    = "=-outer-42"     // boundary of a multipart around it
	crlf     = "\r\n"
)

// with makes the message whose MIME content is the given entity: MIME header fields, blank line, body.
func (l letter) with(entity []byte) []byte {
	return append([]byte(l.headers()+"MIME-Version: 1.0\r\n"), entity...)
}

// text is a plain text entity, without a line break after its last line.
func text(body string) []byte {
	return []byte("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" + body)
}

// html is an HTML entity.
func html(body string) []byte { return []byte("Content-Type: text/html; charset=utf-8\r\n\r\n" + body) }

// attachment is a base64 entity with a file name.
func attachment(ctype, file string, data []byte) []byte {
	return []byte(fmt.Sprintf("Content-Type: %s; name=%q\r\nContent-Transfer-Encoding: base64\r\n"+
		"Content-Disposition: attachment; filename=%q\r\n\r\n%s", ctype, file, file, wrap64(data)))
}

// wrap64 is base64 in lines of 64 characters, the last one without a line break.
func wrap64(b []byte) string {
	s := base64.StdEncoding.EncodeToString(b)
	var lines []string
	for len(s) > 64 {
		lines, s = append(lines, s[:64]), s[64:]
	}
	return strings.Join(append(lines, s), crlf)
}

// multi writes a multipart entity.
func multi(ctype, boundary string, parts ...[]byte) []byte {
	return multiWith(ctype+"; boundary=\""+boundary+"\"", boundary, parts...)
}

// multiWith writes a multipart entity with a given Content-Type value, which may be at odds with the boundary.
func multiWith(ctype, boundary string, parts ...[]byte) []byte {
	var b bytes.Buffer
	b.WriteString("Content-Type: " + ctype + "\r\n\r\n")
	writeParts(&b, boundary, parts)
	return b.Bytes()
}

func writeParts(b *bytes.Buffer, boundary string, parts [][]byte) {
	for _, p := range parts {
		b.WriteString("--" + boundary + crlf)
		b.Write(p)
		b.WriteString(crlf)
	}
	b.WriteString("--" + boundary + "--\r\n")
}

const signedType = `multipart/signed; protocol="application/pkcs7-signature"; micalg=%s`

// sigPart is the usual signature part.
func sigPart(p7s []byte) []byte {
	return []byte("Content-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n" +
		"Content-Transfer-Encoding: base64\r\n" +
		"Content-Disposition: attachment; filename=\"smime.p7s\"\r\n\r\n" + wrap64(p7s))
}

// clearSigned is a multipart/signed entity.
func clearSigned(part, p7s []byte) []byte { return clearAs("sha-256", part, p7s) }

func clearAs(micalg string, part, p7s []byte) []byte {
	return multi(fmt.Sprintf(signedType, micalg), edge, part, sigPart(p7s))
}

// opaque is an application/pkcs7-mime entity.
func opaque(smimeType string, p7m []byte) []byte {
	kind := "application/pkcs7-mime; smime-type=" + smimeType + "; name=\"smime.p7m\""
	if smimeType == "" {
		kind = "application/pkcs7-mime; name=\"smime.p7m\""
	}
	return opaqueAs(kind, p7m)
}

func opaqueAs(ctype string, p7m []byte) []byte {
	return []byte("Content-Type: " + ctype + "\r\nContent-Transfer-Encoding: base64\r\n" +
		"Content-Disposition: attachment; filename=\"smime.p7m\"\r\n\r\n" + wrap64(p7m) + crlf)
}
