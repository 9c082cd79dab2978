package clock

import (
	"bytes"
	"encoding/hex"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// holdsCMS reports whether a part is an S/MIME object (RFC 8551 3.2.1). Many
// programs declare "application/octet-stream"; the file's name tells it then.
func holdsCMS(part *mimeparse.Part) bool {
	switch part.ContentType {
	case "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/cms":
		return true
	}
	name := part.Filename()
	if len(name) < 4 {
		return false
	}
	end := name[len(name)-4:]
	return strings.EqualFold(end, ".p7s") || strings.EqualFold(end, ".p7m")
}

// cmsStrength tells a signature over this message or one of its parts from a
// file that is one.
func cmsStrength(part *mimeparse.Part) Strength {
	if signedParent(part) || part.Parent == nil {
		return Evidence
	}
	return Bound
}

// signingTimeOID is the attribute signing-time (RFC 5652 11.3) in DER. A
// certificate's validity is never behind it.
const signingTimeOID = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x09\x05"

// readSigningTime looks for the attribute in the whole object, since it stands
// behind the content and the certificates. The object is not taken apart: it
// may be BER of indefinite length, and the bytes of the identifier are
// peculiar enough.
func (p *partReader) readSigningTime(part *mimeparse.Part) {
	const reach = 64 // from the identifier to the end of the time
	p.content = p.content[:0]
	n, left := 0, maxFiles
	_, _ = part.Decode(func(piece []byte) error {
		p.content = append(p.content, piece...)
		n += p.takeSigningTimes(part, max(0, len(p.content)-reach))
		p.content = append(p.content[:0], p.content[max(0, len(p.content)-reach):]...)
		if left -= len(piece); left < 0 || n > maxMany {
			return errEnough{}
		}
		return nil
	})
	p.takeSigningTimes(part, len(p.content))
}

// takeSigningTimes files the times whose identifier begins before end, and
// counts them.
func (p *partReader) takeSigningTimes(part *mimeparse.Part, end int) (n int) {
	for pos := 0; pos < end && n <= maxMany; n++ {
		i := bytes.Index(p.content[pos:], []byte(signingTimeOID))
		if i < 0 || pos+i >= end {
			return n
		}
		pos += i + len(signingTimeOID)
		text, t, ok := signingTime(p.content[pos:])
		if ok {
			f := found{rule: "smime.signing-time", strength: cmsStrength(part), event: Signed, clock: UTC, at: t, step: time.Second}
			p.add(fileAt(part, "S/MIME signature", text), f)
		}
	}
	return n
}

// signingTime reads the SET of one time behind the identifier: a UTCTime,
// whose two digits of the year are 1950 to 2049, or a GeneralizedTime.
func signingTime(b []byte) (text string, t time.Time, ok bool) {
	if len(b) < 4 || b[0] != 0x31 {
		return "", t, false
	}
	b = b[2:] // the SET's length: one byte, as what it holds is short, or 80 for indefinite
	if (b[0] != 0x17 && b[0] != 0x18) || b[1] > 24 || len(b) < 2+int(b[1]) {
		return "", t, false
	}
	text = string(b[2 : 2+b[1]])
	full := text
	if b[0] == 0x17 && len(full) > 2 {
		century := "19"
		if full[0] < '5' {
			century = "20"
		}
		full = century + full
	}
	t, ok = asn1Time(full)
	return text, t, ok
}

// asn1Time reads "yyyymmddHHMMSSZ". BER allows what RFC 5652 11.3 does not: an
// offset in place of the "Z", no seconds, a fraction.
func asn1Time(s string) (t time.Time, ok bool) {
	n := digitRun(s)
	if n != 12 && n != 14 {
		return t, false
	}
	t, ok = ymdhms(s[:n])
	rest := s[n:]
	if len(rest) > 1 && rest[0] == '.' {
		rest = rest[1+digitRun(rest[1:]):]
	}
	if !ok || rest == "Z" {
		return t, ok
	}
	if len(rest) != 5 || rest[0] != '+' && rest[0] != '-' {
		return t, false
	}
	v, ok := decimal(rest[1:])
	offset := time.Duration(v/100)*time.Hour + time.Duration(v%100)*time.Minute
	if rest[0] == '-' {
		offset = -offset
	}
	return t.Add(-offset), ok && v/100 < 24 && v%100 < 60
}

// hexText shows bytes that are no text.
func hexText(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }
