package tnef

import (
	"slices"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// What may be wrong with the frames, what is read all the same, and where the
// first defect points.
func TestFrameDefects(t *testing.T) {
	ok := att(attSubject, z("s"))
	bad := slices.Clone(ok)
	bad[len(bad)-1] ^= 0x40
	start := headerSize
	cases := []struct {
		name       string
		in         []byte
		attributes int
		code       string
		at         headers.Span
	}{
		{"nothing but the signature", u32(signature), 0, "tnef.truncated", headers.Span{Start: 0, End: 4}},
		{"half a key", append(u32(signature), 1), 0, "tnef.truncated", headers.Span{Start: 0, End: 5}},
		{"an empty stream", stream(), 0, "", headers.Span{}},
		{"bytes behind the end", stream(ok, []byte{0, 0}), 1, "tnef.unread", headers.Span{Start: start + 13, End: start + 15}},
		{"garbage behind the end", stream(ok, []byte("dGV4dCBiZWhpbmQ=")), 1, "tnef.unread", headers.Span{Start: start + 13, End: start + 29}},
		{"garbage that begins like a level", stream(ok, []byte("\x01GV4dCBiZWhpbmQ=")), 1, "tnef.unread", headers.Span{Start: start + 13, End: start + 29}},
		{"a wrong checksum", stream(bad, att(attPriority, u16(1))), 2, "tnef.checksum", headers.Span{Start: start, End: start + 13}},
		{"no level", stream(frame(0, attSubject, z("s")), att(attPriority, u16(1))), 2, "tnef.attribute-level", headers.Span{Start: start, End: start + 13}},
		{"the other level", stream(frame(2, attSubject, z("s")), att(attPriority, u16(1))), 2, "tnef.attribute-level", headers.Span{Start: start, End: start + 13}},
		{"another type", stream(frame(1, attSubject|0x00070000, z("s"))), 1, "tnef.attribute-type", headers.Span{Start: start, End: start + 13}},
		{"twice", stream(ok, ok), 2, "tnef.attribute-repeated", headers.Span{Start: start + 13, End: start + 26}},
		{"data cut", stream(ok[:10]), 1, "tnef.truncated", headers.Span{Start: start, End: start + 10}},
		{"checksum cut", stream(ok[:12]), 1, "tnef.truncated", headers.Span{Start: start, End: start + 12}},
		{"head cut", stream(ok, ok[:8]), 1, "tnef.unread", headers.Span{Start: start + 13, End: start + 21}},
		{"a size of 4 GiB", stream(join([]byte{1}, u32(attSubject), u32(0xFFFFFFFF), z("s"))), 1, "tnef.truncated", headers.Span{Start: start, End: start + 11}},
		{"an old version", stream(att(attTnefVersion, u32(1))), 1, "tnef.version", headers.Span{Start: start + 9, End: start + 13}},
		{"a short version", stream(att(attTnefVersion, u16(1))), 1, "tnef.attribute-size", headers.Span{Start: start + 9, End: start + 11}},
		{"a short code page", stream(att(attOemCodepage, u32(1252))), 1, "tnef.attribute-size", headers.Span{Start: start + 9, End: start + 13}},
		{"short rendering data", stream(att(attAttachRendData, u16(1))), 1, "tnef.attribute-size", headers.Span{Start: start + 9, End: start + 11}},
		{"long rendering data", stream(att(attAttachRendData, make([]byte, 15))), 1, "tnef.attribute-size", headers.Span{Start: start + 9, End: start + 24}},
		{"a sender that does not fit", stream(att(attFrom, join(u16(4), u16(99), u16(50), u16(50), z("A")))), 1, "tnef.attribute-size", headers.Span{Start: start + 9, End: start + 19}},
		{"an empty sender", stream(att(attFrom, nil)), 1, "", headers.Span{}},
		{"an owner that does not fit", stream(att(attOwner, join(u16(9), z("A")))), 1, "tnef.attribute-size", headers.Span{Start: start + 9, End: start + 13}},
		{"8-bit text without a code page", stream(att(attSubject, z("\xe9"))), 1, "tnef.codepage-absent", headers.Span{Start: start + 9, End: start + 10}},
		{"ASCII without a code page", stream(ok), 1, "", headers.Span{}},
		// Kept as a frame; nobody knows what it says.
		{"an unknown attribute", stream(frame(1, 0x00061234, []byte("?"))), 1, "", headers.Span{}},
	}
	for _, c := range cases {
		m := mustParse(t, c.in)
		if len(m.Attributes) != c.attributes {
			t.Errorf("%s: %d attributes, want %d", c.name, len(m.Attributes), c.attributes)
		}
		all := slices.Collect(m.AllDefects())
		switch {
		case c.code == "" && len(all) > 0, c.code != "" && len(all) != 1:
			t.Errorf("%s: %v", c.name, all)
		case c.code != "" && (all[0].Code != c.code || all[0].Span != c.at || all[0].Detail == ""):
			t.Errorf("%s: %v, want %s at %v", c.name, all[0], c.code, c.at)
		}
	}
}

// An attribute at the wrong level says what it says.
func TestWrongLevel(t *testing.T) {
	b := stream(frame(2, attSubject, z("s")), frame(1, attAttachRendData, make([]byte, 14)), frame(1, attAttachData, []byte("x")))
	m := mustParse(t, b)
	wantCodes(t, m, "tnef.attribute-level", "tnef.attribute-level", "tnef.attribute-level")
	if m.Subject.Value != "s" || len(m.Attachments) != 1 || string(m.Attachments[0].Data.Of(b)) != "x" {
		t.Errorf("%q, %+v", m.Subject.Value, m.Attachments)
	}
}

// Behind a broken frame nothing is guessed: what looks like an attribute there
// may be part of a file.
func TestNoGuess(t *testing.T) {
	broken := join([]byte{7}, u32(attSubject), u32(2), []byte("s"))
	b := stream(broken, file("planted.exe", []byte("x")))
	m := mustParse(t, b)
	wantCodes(t, m, "tnef.unread")
	if len(m.Attachments) != 0 || m.Defects[0].Span != (headers.Span{Start: headerSize, End: len(b)}) {
		t.Errorf("%+v, %v", m.Attachments, m.Defects)
	}
}

// Two attributes share the number 6: only their type tells them apart.
func TestSharedNumber(t *testing.T) {
	m := mustParse(t, stream(att(attDateStart, wall(day)), att(attOriginalClass, z("IPM.Note"))))
	wantCodes(t, m)
	if len(m.Times) != 1 || len(m.Texts) != 1 {
		t.Errorf("%+v, %+v", m.Times, m.Texts)
	}
}

// Attributes may repeat from one attachment to the next, not within one.
func TestRepeated(t *testing.T) {
	m := mustParse(t, stream(rend(), att(attAttachTitle, z("a")), rend(), att(attAttachTitle, z("b")), att(attAttachTitle, z("c"))))
	wantCodes(t, m, "tnef.attribute-repeated")
	if a := m.Attachments[1]; len(a.Names) != 2 || a.Name.Value != "b" {
		t.Errorf("%+v", a.Names)
	}
}

func TestLimits(t *testing.T) {
	nested := stream()
	for range 4 {
		nested = stream(rend(), attachProps(method(5), object(messageInterface, nested)))
	}
	files := stream(file("a", []byte("1")), file("b", []byte("2")), file("c", []byte("3")))
	many := stream(props(integer(1, 1), integer(2, 2), integer(3, 3)), file("a", []byte("1")))
	people := stream(att(attRecipTable, append(u32(3), join(list(), list(), list())...)))
	cases := []struct {
		name   string
		in     []byte
		limits Limits
		code   string
		count  func(*Message) int
		want   int
	}{
		{"attributes", files, Limits{Attributes: 5}, "tnef.limit-attributes", func(m *Message) int { return len(m.Attributes) }, 5},
		{"attachments", files, Limits{Attachments: 2}, "tnef.limit-attachments", func(m *Message) int { return len(m.Attachments) }, 2},
		{"properties", many, Limits{Properties: 2}, "tnef.limit-properties", func(m *Message) int { return len(m.Properties) }, 2},
		{"recipients", people, Limits{Recipients: 2}, "tnef.limit-recipients", func(m *Message) int { return len(m.Recipients) }, 2},
		{"depth", nested, Limits{Depth: 3}, "tnef.limit-depth", depth, 3},
		{"depth of one", nested, Limits{Depth: 1}, "tnef.limit-depth", depth, 1},
		{"enough depth", nested, Limits{Depth: 5}, "", depth, 5},
		{"none of them", files, Limits{}, "", func(m *Message) int { return len(m.Attachments) }, 3},
		{"negative is the default", files, Limits{-1, -1, -1, -1, -1}, "", func(m *Message) int { return len(m.Attachments) }, 3},
	}
	for _, c := range cases {
		m, err := Parse(c.in, c.limits)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.count(m); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		if got := slices.Contains(codes(m), c.code); got != (c.code != "") {
			t.Errorf("%s: %q", c.name, codes(m))
		}
	}
}

// depth is how many messages are nested.
func depth(m *Message) int {
	if len(m.Attachments) == 0 || m.Attachments[0].Message == nil {
		return 1
	}
	return 1 + depth(m.Attachments[0].Message)
}

// Limits hold for the stream as a whole, so that nesting does not multiply
// them, and each says once what was left.
func TestLimitsAreShared(t *testing.T) {
	inner := stream(file("in1", nil), file("in2", nil))
	b := stream(rend(), attachProps(method(5), object(messageInterface, inner)), file("out1", nil), file("out2", nil), file("out3", nil))
	m, _ := Parse(b, Limits{Attachments: 3})
	total, limits := len(m.Attachments), 0
	for i := range m.Attachments {
		if inside := m.Attachments[i].Message; inside != nil {
			total += len(inside.Attachments)
		}
	}
	for _, code := range codes(m) {
		if code == "tnef.limit-attachments" {
			limits++
		}
	}
	if total != 3 || limits != 2 { // one in the message, one in the embedded one
		t.Errorf("%d attachments, %q", total, codes(m))
	}
}

// Attributes of an attachment that is not read must not go to the one before.
func TestLimitKeepsApart(t *testing.T) {
	b := stream(file("a", []byte("1")), file("b", []byte("2")))
	m, _ := Parse(b, Limits{Attachments: 1})
	wantCodes(t, m, "tnef.limit-attachments")
	a := m.Attachments[0]
	if a.Name.Value != "a" || len(a.Others) != 0 || len(a.Names) != 2 {
		t.Errorf("%+v", a)
	}
	if at := m.Defects[0].Span; at.Start != a.Span.End || at.End != len(b) {
		t.Errorf("left unread: %v, the attachment is %v", at, a.Span)
	}
}
