package ber

// Tag is a class and a number (X.690 8.1.2.2). Whether a value is constructed
// is not part of it.
type Tag uint32

// Universal tags (X.680 8.6).
const (
	Boolean         Tag = 1
	Integer         Tag = 2
	BitString       Tag = 3
	OctetString     Tag = 4
	Null            Tag = 5
	OID             Tag = 6
	Enumerated      Tag = 10
	UTF8String      Tag = 12
	Sequence        Tag = 16
	Set             Tag = 17
	PrintableString Tag = 19
	T61String       Tag = 20
	IA5String       Tag = 22
	UTCTime         Tag = 23
	GeneralizedTime Tag = 24
	BMPString       Tag = 30
)

// Context is the tag [n] of the class context-specific.
func Context(n uint32) Tag { return Tag(2<<30 | n) }

// isString reports whether the type is a string, which BER may cut into
// segments (X.690 8.6, 8.7, 8.23). Types of time are not cut.
func (t Tag) isString() bool {
	switch t {
	case BitString, OctetString, UTF8String:
		return true
	}
	return t >= 18 && t <= 30 && t != UTCTime && t != GeneralizedTime
}

// appendTo appends the identifier octets.
func (t Tag) appendTo(b []byte, constructed bool) []byte {
	first := byte(t>>30) << 6
	if constructed {
		first |= 0x20
	}
	number := uint32(t) & (1<<30 - 1)
	if number < 0x1F {
		return append(b, first|byte(number))
	}
	b = append(b, first|0x1F)
	for shift := 28; shift > 0; shift -= 7 {
		if number>>shift != 0 {
			b = append(b, byte(number>>shift)|0x80)
		}
	}
	return append(b, byte(number)&0x7F)
}
