package clock

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

const (
	armourBegin = "-----BEGIN PGP SIGNATURE-----"
	armourEnd   = "-----END PGP SIGNATURE-----"
	maxArmour   = 64 << 10 // an honest signature has half a KiB
)

// readPGP reads the OpenPGP signatures in a part: all of an
// application/pgp-signature, or behind a clear-signed text (RFC 9580 7). A text
// in base64 is not decoded to look for one.
func (p *partReader) readPGP(part *mimeparse.Part) {
	text, base := part.Body.Of(p.msg.Raw), part.Body.Start
	if part.ContentType != "application/pgp-signature" {
		if part.Encoding == "base64" || !part.Contains([]byte(armourBegin)) {
			return
		}
	}
	if !asStored(part) {
		text, base = p.head(part, maxHead), -1
	}
	for pos, n := 0, 0; n < maxMany; n++ {
		i := bytes.Index(text[pos:], []byte(armourBegin))
		if i < 0 {
			return
		}
		pos += i + len(armourBegin)
		p.readArmour(part, text, pos, base)
	}
}

// readArmour reads the armour whose first line ends at pos. The reading stands
// at the first line of data: the time is in it.
func (p *partReader) readArmour(part *mimeparse.Part, text []byte, pos, base int) {
	body := text[pos:min(len(text), pos+maxArmour)]
	if i := bytes.Index(body, []byte(armourEnd)); i >= 0 {
		body = body[:i]
	}
	first, packets := dearmour(body)
	strength := signatureStrength(part, text)
	at := fileAt(part, "PGP signature", string(first.Of(body)))
	if base >= 0 {
		at.span = first.Shift(base + pos)
	}
	for n := 0; len(packets) > 0 && n < maxMany; n++ {
		tag, packet, rest, ok := nextPacket(packets)
		if !ok {
			return
		}
		packets = rest
		if seconds, ok := signatureTime(packet); ok && tag == 2 && seconds != 0 { // 0 stands for no time
			p.add(at, found{rule: "pgp.signature", software: "OpenPGP", event: Signed, clock: UTC, strength: strength, at: ofUnix(int64(seconds)), step: time.Second})
		}
	}
}

// signatureStrength tells a signature of this message, the second part of a
// multipart/signed or the end of a text that is signed from its beginning on,
// from one that may have come along with a quoted text or a file.
func signatureStrength(part *mimeparse.Part, text []byte) Strength {
	if signedParent(part) || bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("-----BEGIN PGP SIGNED MESSAGE-----")) {
		return Evidence
	}
	return Bound
}

// signedParent reports whether part stands in a multipart/signed (RFC 1847).
func signedParent(part *mimeparse.Part) bool {
	return part.Parent != nil && part.Parent.ContentType == "multipart/signed"
}

// dearmour decodes the data lines behind the armour's header lines, up to the
// checksum. first is where the first of them stands. Lines that were quoted
// with a mark in front are not read.
func dearmour(body []byte) (first headers.Span, data []byte) {
	var digits []byte
	inData := false
	for pos := 0; pos < len(body); {
		end := pos + bytes.IndexByte(body[pos:], '\n') + 1
		if end == pos {
			end = len(body)
		}
		line := trimSpan(body, headers.Span{Start: pos, End: end})
		text := line.Of(body)
		switch {
		case inData && len(text) > 0 && text[0] == '=', inData && len(text) == 0 && len(digits) > 0:
			end = len(body)
		case inData:
			if first.Empty() {
				first = line
			}
			digits = append(digits, text...)
		case pos > 0 && len(text) == 0:
			inData = true
		}
		pos = end
	}
	data = make([]byte, base64.StdEncoding.DecodedLen(len(digits)))
	n, _ := base64.StdEncoding.Decode(data, digits) // what comes before an error is kept
	return first, data[:n]
}

// nextPacket cuts off one OpenPGP packet (RFC 9580 4.2). A length that
// reaches past the data is cut: the time stands in front. A signature of
// unknown or partial length does not exist.
func nextPacket(b []byte) (tag int, packet, rest []byte, ok bool) {
	if len(b) < 3 || b[0]&0x80 == 0 {
		return 0, nil, nil, false
	}
	tag, size := int(b[0]>>2&15), 0
	n, size := oldLength(b)
	if b[0]&0x40 != 0 {
		tag = int(b[0] & 63)
		n, size = newLength(b[1:])
		n++
	}
	if n < 2 || n > len(b) {
		return 0, nil, nil, false
	}
	end := min(len(b), n+size)
	return tag, b[n:end], b[end:], true
}

// oldLength reads the length of the old format; n is the bytes of tag and
// length.
func oldLength(b []byte) (n, size int) {
	switch {
	case b[0]&3 == 0:
		return 2, int(b[1])
	case b[0]&3 == 1:
		return 3, int(binary.BigEndian.Uint16(b[1:]))
	case b[0]&3 == 2 && len(b) >= 5:
		return 5, int(binary.BigEndian.Uint32(b[1:])&1<<24 - 1)
	}
	return 0, 0
}

// newLength reads a length of the new format, of n bytes; also that of a
// signature's subpacket (RFC 9580 5.2.3.7).
func newLength(b []byte) (n, size int) {
	switch {
	case len(b) > 0 && b[0] < 192:
		return 1, int(b[0])
	case len(b) > 1 && b[0] < 224:
		return 2, (int(b[0])-192)<<8 + int(b[1]) + 192
	case len(b) > 4 && b[0] == 255:
		return 5, int(min(binary.BigEndian.Uint32(b[1:]), 1<<24))
	}
	return -1, 0
}

// signatureTime is the time of making of a signature packet: in version 3
// fixed (RFC 9580 5.2.2), from version 4 on a hashed subpacket (5.2.3.11). 43
// of 44 real ones could be read, most within a minute of the Date.
func signatureTime(b []byte) (seconds uint32, ok bool) {
	if len(b) < 8 {
		return 0, false
	}
	switch b[0] {
	case 2, 3:
		return binary.BigEndian.Uint32(b[3:]), b[1] == 5
	case 4, 5:
		n := int(binary.BigEndian.Uint16(b[4:]))
		return subpacketTime(b[6:min(len(b), 6+n)])
	case 6: // a length of four bytes, RFC 9580 5.2.3
		n := int(min(binary.BigEndian.Uint32(b[4:]), 1<<20))
		return subpacketTime(b[8:min(len(b), 8+n)])
	}
	return 0, false
}

// subpacketTime looks for the subpacket of type 2 in the hashed area.
func subpacketTime(area []byte) (seconds uint32, ok bool) {
	for len(area) > 0 {
		n, size := newLength(area)
		if n < 1 || size < 1 || n+size > len(area) {
			return 0, false
		}
		if area[n]&0x7F == 2 && size == 5 {
			return binary.BigEndian.Uint32(area[n+1:]), true
		}
		area = area[n+size:]
	}
	return 0, false
}
