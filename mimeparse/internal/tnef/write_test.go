package tnef

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/emlcheck/emlcheck/headers"
)

// A writer of TNEF streams, so that every test says what its bytes mean.

var le = binary.LittleEndian

func u16(n uint16) []byte { return le.AppendUint16(nil, n) }
func u32(n uint32) []byte { return le.AppendUint32(nil, n) }
func u64(n uint64) []byte { return le.AppendUint64(nil, n) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// padded fills up to a multiple of four.
func padded(b []byte) []byte { return append(slices.Clone(b), make([]byte, -len(b)&3)...) }

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = le.AppendUint16(out, u)
	}
	return out
}

// z ends a string.
func z(s string) []byte { return append([]byte(s), 0) }

// stream is a signature, a key and attributes.
func stream(attributes ...[]byte) []byte {
	return append(join(u32(signature), u16(0x0102)), join(attributes...)...)
}

// frame is an attribute with a right checksum.
func frame(level byte, id uint32, data []byte) []byte {
	return join([]byte{level}, u32(id), u32(uint32(len(data))), data, u16(checksum(data)))
}

// att is a known attribute at its own level.
func att(id uint32, data []byte) []byte {
	return frame(attributeTable[known(id)].level, id, data)
}

func codePage(n uint32) []byte { return att(attOemCodepage, join(u32(n), u32(0))) }

// rend begins an attachment.
func rend() []byte {
	return att(attAttachRendData, join(u16(1), u32(0xFFFFFFFF), u16(32), u16(16), u32(0)))
}

func list(properties ...[]byte) []byte {
	return append(u32(uint32(len(properties))), join(properties...)...)
}

func props(properties ...[]byte) []byte       { return att(attMsgProps, list(properties...)) }
func attachProps(properties ...[]byte) []byte { return att(attAttachment, list(properties...)) }

// fixed is a property of a type with fixed size.
func fixed(id, t uint16, value []byte) []byte { return join(u16(t), u16(id), padded(value)) }

// sized is a property of a type whose size stands before the value.
func sized(id, t uint16, value []byte) []byte {
	return join(u16(t), u16(id), u32(1), u32(uint32(len(value))), padded(value))
}

func integer(id uint16, n uint32) []byte { return fixed(id, typeInt32, u32(n)) }
func truth(id uint16, n byte) []byte     { return fixed(id, typeBool, []byte{n, 0}) }
func ansi(id uint16, s string) []byte    { return sized(id, typeString8, z(s)) }
func wide(id uint16, s string) []byte    { return sized(id, typeUnicode, utf16le(s+"\x00")) }
func blob(id uint16, b []byte) []byte    { return sized(id, typeBinary, b) }
func when(id uint16, t time.Time) []byte { return fixed(id, typeTime, u64(ticks(t))) }
func object(iid string, b []byte) []byte {
	return sized(pidAttachData, typeObject, append([]byte(iid), b...))
}
func method(n uint32) []byte { return integer(pidAttachMethod, n) }
func ticks(t time.Time) uint64 {
	return uint64(t.Unix()+11_644_473_600)*10_000_000 + uint64(t.Nanosecond()/100)
}
func file(name string, data []byte) []byte { // an attachment as Outlook writes it
	return join(rend(), att(attAttachTitle, z(name)), att(attAttachData, data), attachProps(ansi(pidAttachLongFilename, name), method(1)))
}

// namedText is a string property known by a name.
func namedText(name, s string) []byte {
	n := utf16le(name + "\x00")
	value := z(s)
	return join(u16(typeString8), u16(0x8001), guidBytes, u32(1), u32(uint32(len(n))), padded(n), u32(1), u32(uint32(len(value))), padded(value))
}

// namedNumber is a string property known by a number.
func namedNumber(lid uint32, s string) []byte {
	value := z(s)
	return join(u16(typeString8), u16(0x8000), guidBytes, u32(0), u32(lid), u32(1), u32(uint32(len(value))), padded(value))
}

var guidBytes = []byte{0x08, 0x20, 0x06, 0x00, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}

// wall is an attribute's date.
func wall(t time.Time) []byte {
	y, m, d := t.Date()
	h, mi, s := t.Clock()
	return join(u16(uint16(y)), u16(uint16(m)), u16(uint16(d)), u16(uint16(h)), u16(uint16(mi)), u16(uint16(s)), u16(uint16(t.Weekday())))
}

// rtfText compresses without references; the reader does not mind.
func rtfText(s string) []byte {
	var body []byte
	at := len(rtfWindow)
	for i := 0; i < len(s); i += 8 {
		body = append(append(body, 0), s[i:min(i+8, len(s))]...)
	}
	at = (at + len(s)) % windowSize
	end := []byte{byte(at >> 4), byte(at << 4)}
	if n := len(s) % 8; n == 0 {
		body = append(append(body, 1), end...)
	} else {
		body[len(body)-n-1] = 1 << n
		body = append(body, end...)
	}
	return join(u32(uint32(len(body)+12)), u32(uint32(len(s))), u32(rtfCompressed),
		u32(^crc32.Update(0xFFFFFFFF, crc32.IEEETable, body)), body)
}

var day = time.Date(2024, time.March, 5, 10, 20, 30, 0, time.UTC) // a Tuesday

// full is a stream with nearly everything in it and nothing wrong.
func full() []byte {
	inner := stream(codePage(1252), props(ansi(pidSubject, "inner")), file("in.txt", []byte("inside")))
	return stream(
		att(attTnefVersion, u32(0x00010000)), codePage(1252),
		att(attMessageClass, z("IPM.Note")), att(attSubject, z("caf\xe9")), att(attDateSent, wall(day)),
		att(attFrom, triple("Ann", "SMTP:ann@example.com")),
		att(attRecipTable, append(u32(2), join(
			list(integer(pidRecipientType, 1), wide(pidDisplayName, "Bob"), ansi(0x3003, "bob@example.com")),
			list(integer(pidRecipientType, 3), ansi(0x39FE, "carl@example.com")))...)),
		props(when(pidClientSubmitTime, day.Add(5*time.Hour)), wide(pidSentRepresentingName, "Ann"),
			ansi(0x1035, "<1@example.com>"), integer(pidInternetCodepage, 65001),
			blob(pidHTML, []byte("<p>hi</p>")), ansi(pidBody, "hi"), blob(pidRTF, rtfText("{\\rtf1 hi}")),
			namedText("x-mailer", "test"), namedNumber(0x8554, "16.0")),
		file("one.txt", []byte("first")),
		file("two.bin", []byte{0, 1, 2, 3, 4}),
		rend(), att(attAttachCreateDate, wall(day)), attachProps(method(5), ansi(pidDisplayName, "a mail"), object(messageInterface, inner)),
	)
}

func triple(name, address string) []byte {
	n, a := z(name), z(address)
	return join(u16(4), u16(uint16(16+len(n)+len(a))), u16(uint16(len(n))), u16(uint16(len(a))), n, a, make([]byte, 8))
}

func mustParse(t testing.TB, b []byte) *Message {
	t.Helper()
	m, err := Parse(b, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// codes are the codes of all defects, in order.
func codes(m *Message) []string {
	var out []string
	for d := range m.AllDefects() {
		out = append(out, d.Code)
	}
	return out
}

// wantCodes fails unless the defects are exactly these.
func wantCodes(t *testing.T, m *Message, want ...string) {
	t.Helper()
	if got := codes(m); !slices.Equal(got, want) {
		t.Errorf("defects %q, want %q", got, want)
	}
}

// spans are all spans that a message states, to check that they lie inside.
func spans(m *Message) []headers.Span {
	out := []headers.Span{m.Span, m.BodyPlain, m.BodyHTML, m.BodyRTF, m.Subject.Span, m.Sent.Span, m.From.Name.Span}
	for _, x := range m.Texts {
		out = append(out, x.Span)
	}
	for _, x := range m.Times {
		out = append(out, x.Span)
	}
	for _, x := range m.Attributes {
		out = append(out, x.Span, x.Data)
	}
	for _, x := range m.Recipients {
		out = append(append(out, x.Span), propertySpans(x.Properties)...)
	}
	out = append(out, propertySpans(m.Properties)...)
	for i := range m.Attachments {
		a := &m.Attachments[i]
		out = append(append(out, a.Span, a.Data, a.Embedded, a.Metafile, a.Name.Span), a.Others...)
		for _, x := range append(slices.Clone(a.Names), a.Texts...) {
			out = append(out, x.Span)
		}
		for _, x := range a.Times {
			out = append(out, x.Span)
		}
		out = append(out, propertySpans(a.Properties)...)
		if a.Message != nil {
			out = append(out, spans(a.Message)...)
		}
	}
	for d := range m.AllDefects() {
		out = append(out, d.Span)
	}
	return out
}

func propertySpans(list []Property) (out []headers.Span) {
	for i := range list {
		p := &list[i]
		out = append(out, p.Span, p.Value, p.Set, p.Name)
	}
	return out
}
