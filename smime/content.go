package smime

import "bytes"

// Kind is the type of a CMS object.
type Kind string

// The content types of RFC 5652, RFC 5083 and RFC 3274.
const (
	Data          Kind = "data"
	Signed        Kind = "signed"
	Enveloped     Kind = "enveloped"
	AuthEnveloped Kind = "auth-enveloped"
	Compressed    Kind = "compressed"
	Digested      Kind = "digested"
	Encrypted     Kind = "encrypted"
	Unknown       Kind = "unknown"
)

// oids are the DER contents of the object identifiers, without tag and length.
var oids = []struct {
	der  string
	kind Kind
}{
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01", Data},                  // 1.2.840.113549.1.7.1
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", Signed},                // 1.2.840.113549.1.7.2
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03", Enveloped},             // 1.2.840.113549.1.7.3
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x05", Digested},              // 1.2.840.113549.1.7.5
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x06", Encrypted},             // 1.2.840.113549.1.7.6
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17", AuthEnveloped}, // 1.2.840.113549.1.9.16.1.23
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x09", Compressed},    // 1.2.840.113549.1.9.16.1.9
}

// Identify names the type of a CMS object; an error means that it is none.
func Identify(object []byte) (Kind, error) {
	kind, _, err := contentInfo(object)
	return kind, err
}

// Content returns the signed content of an opaque SignedData object: the
// bytes of its eContent (RFC 5652 5.2), segments joined. Nothing is verified.
// ErrNotSigned means that the object holds no such content.
func Content(object []byte) ([]byte, error) {
	kind, body, err := contentInfo(object)
	if err != nil {
		return nil, err
	}
	if kind != Signed {
		return nil, ErrNotSigned
	}
	return signedContent(object, body)
}

// contentInfo reads ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER,
// content [0] EXPLICIT ANY } (RFC 5652 3); body is what [0] holds.
func contentInfo(b []byte) (Kind, element, error) {
	outer, err := readElement(b, 0, len(b))
	if err != nil || outer.tag != tagSequence {
		return "", element{}, ErrMalformed
	}
	oid, err := readElement(b, outer.start, outer.end)
	if err != nil || oid.tag != tagOID {
		return "", element{}, ErrMalformed
	}
	explicit, err := readElement(b, oid.next, outer.end)
	if err != nil || explicit.tag != tagContext0 {
		return "", element{}, ErrMalformed
	}
	body, err := readElement(b, explicit.start, explicit.end)
	if err != nil {
		return "", element{}, ErrMalformed
	}
	return kindOf(b[oid.start:oid.end]), body, nil
}

func kindOf(oid []byte) Kind {
	for _, known := range oids {
		if bytes.Equal(oid, []byte(known.der)) {
			return known.kind
		}
	}
	return Unknown
}

// signedContent steps over version and digestAlgorithms of SignedData
// (RFC 5652 5.1) to encapContentInfo and joins its eContent.
func signedContent(b []byte, signed element) ([]byte, error) {
	if signed.tag != tagSequence {
		return nil, ErrMalformed
	}
	pos := signed.start
	for range 2 {
		e, err := readElement(b, pos, signed.end)
		if err != nil {
			return nil, err
		}
		pos = e.next
	}
	encap, err := readElement(b, pos, signed.end)
	if err != nil || encap.tag != tagSequence {
		return nil, ErrMalformed
	}
	eType, err := readElement(b, encap.start, encap.end)
	if err != nil || eType.tag != tagOID {
		return nil, ErrMalformed
	}
	if eType.next >= encap.end {
		return nil, ErrNotSigned // eContent is absent: a detached signature
	}
	explicit, err := readElement(b, eType.next, encap.end)
	if err != nil || explicit.tag != tagContext0 {
		return nil, ErrMalformed
	}
	content, err := readElement(b, explicit.start, explicit.end)
	if err != nil {
		return nil, err
	}
	if content.tag&^0x20 != tagOctetString {
		return b[content.start:content.end], nil // PKCS #7 1.5 allowed any type here
	}
	return octets(b, content)
}
