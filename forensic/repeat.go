package forensic

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/emlcheck/emlcheck/internal/fromquote"
	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime"
)

// repeat writes commands that take the bytes of a layer out of the evidence's file,
// and have openssl repeat what was found. None are given where the bytes stand
// nowhere as they are: in an archive, from a stream, or inside what was decoded.
func (f *facts) repeat(l *smime.Layer) []string {
	out := []string{}
	base, ok := f.inFile(l.Message)
	p := l.ObjectPart()
	if !ok || p == nil {
		return out
	}
	take := func(start, end int) string {
		return fmt.Sprintf("dd if=%s iflag=skip_bytes,count_bytes skip=%d count=%d status=none", smime.Quote(string(f.report.Evidence.Path)), base+int64(start), end-start)
	}
	name := "part" + strings.ReplaceAll(l.Part, "~", "-")
	files := smime.Files{Object: name + ".p7m", Content: name + ".content", Out: name + ".content", Recipient: "RECIPIENT.pem", Key: "KEY.pem"}
	if l.Kind == smime.SignedClear {
		files.Object = name + ".p7s"
	}
	if lacksCertificate(l) {
		files.Certificates = "SIGNER.pem"
	}
	decode, ok := decoder(p)
	if !ok {
		return out
	}
	unquote := unquoter(l.Message, p.Body.Start, p.Body.End)
	out = append(out, take(p.Body.Start, p.Body.End)+unquote+decode+" >"+smime.Quote(files.Object))
	if l.Kind == smime.SignedClear && len(l.Covers) == 1 {
		s := l.Covers[0]
		out = append(out, take(s.Start, s.End)+unquoter(l.Message, s.Start, s.End)+former(l)+" >"+smime.Quote(files.Content))
	}
	return append(out, l.OpenSSL(files)...)
}

// inFile is where a message begins in the evidence's file.
func (f *facts) inFile(m *mimeparse.Message) (offset int64, ok bool) {
	e := &f.report.Evidence
	if e.Parent != nil || e.Member != nil || e.Compression != "" || e.Offset == nil || e.Path == "-" || e.Path == "" {
		return 0, false
	}
	inside, ok := offsetIn(f.msg, m)
	return *e.Offset + int64(inside), ok
}

// offsetIn is where a message begins in another one that holds it.
func offsetIn(outer, m *mimeparse.Message) (int, bool) {
	if outer == m {
		return 0, true
	}
	for _, p := range outer.Parts {
		if p.Message == nil || p.Message.Offset < 0 {
			continue
		}
		if at, ok := offsetIn(p.Message, m); ok {
			return p.Message.Offset + at, true
		}
	}
	return 0, false
}

// lacksCertificate reports whether the certificate of a signer is not in the object.
func lacksCertificate(l *smime.Layer) bool {
	for i := range l.Signers {
		found := false
		for _, c := range l.Certificates {
			found = found || l.Signers[i].Certificate != nil && bytes.Equal(c.Raw, l.Signers[i].Certificate.Raw)
		}
		if !found {
			return true
		}
	}
	return false
}

// decoder is the command that undoes the transfer encoding of a part; ok is false
// when there is none.
func decoder(p *mimeparse.Part) (command string, ok bool) {
	switch p.Encoding {
	case "base64":
		return " | perl -MMIME::Base64 -0777 -ne 'print decode_base64($_)'", true
	case "quoted-printable":
		return " | perl -MMIME::QuotedPrint -ne 'print decode_qp($_)'", true
	case "", "7bit", "8bit", "binary":
		return "", true
	}
	return "", false
}

// unquoter is the command that takes away what a mailbox put before "From ", if it
// did so between two offsets.
func unquoter(m *mimeparse.Message, start, end int) string {
	kept := 0
	if m.FromQuoted() {
		for a, b := range fromquote.Stretches(m.Raw, start, end) {
			kept += b - a
		}
		if kept != end-start {
			return ` | perl -pe 's/^>(?=>*From )//'`
		}
	}
	return ""
}

// former is the command that writes lines as they were signed.
func former(l *smime.Layer) string {
	if len(l.Signers) == 0 {
		return ""
	}
	switch l.Form(&l.Signers[0]) {
	case "crlf":
		return ` | perl -pe 's/(?<!\r)\n/\r\n/'`
	case "lf":
		return ` | perl -pe 's/\r\n/\n/'`
	}
	return ""
}
