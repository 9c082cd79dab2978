package tnef

import (
	"strings"
	"testing"
	"time"
)

// Every type of value, followed by a property that is found only if the size
// was taken rightly.
func TestPropertyTypes(t *testing.T) {
	sixteen := []byte("0123456789abcdef")
	cases := []struct {
		name   string
		in     []byte
		values []string
	}{
		{"null", fixed(1, typeNull, nil), []string{""}},
		{"16 bits", fixed(1, typeInt16, u16(7)), []string{"\x07\x00"}},
		{"32 bits", fixed(1, typeInt32, u32(7)), []string{"\x07\x00\x00\x00"}},
		{"float", fixed(1, typeFloat32, sixteen[:4]), []string{"0123"}},
		{"double", fixed(1, typeFloat64, sixteen[:8]), []string{"01234567"}},
		{"money", fixed(1, typeMoney, sixteen[:8]), []string{"01234567"}},
		{"application time", fixed(1, typeAppTime, sixteen[:8]), []string{"01234567"}},
		{"error", fixed(1, typeError, sixteen[:4]), []string{"0123"}},
		{"boolean", truth(1, 1), []string{"\x01\x00"}},
		{"64 bits", fixed(1, typeInt64, sixteen[:8]), []string{"01234567"}},
		{"time", when(1, day), []string{string(u64(ticks(day)))}},
		{"GUID", fixed(1, typeGUID, sixteen), []string{string(sixteen)}},
		{"object", sized(1, typeObject, sixteen[:5]), []string{"01234"}},
		{"8-bit text", ansi(1, "abcd"), []string{"abcd\x00"}}, // padding of three
		{"Unicode", wide(1, "a"), []string{"a\x00\x00\x00"}},  // no padding
		{"binary", blob(1, sixteen[:3]), []string{"012"}},
		{"empty binary", blob(1, nil), []string{""}},
		{"several 16 bits", join(u16(typeInt16|multiFlag), u16(1), u32(2), padded(u16(7)), padded(u16(8))), []string{"\x07\x00", "\x08\x00"}},
		{"several 32 bits", join(u16(typeInt32|multiFlag), u16(1), u32(2), u32(7), u32(8)), []string{"\x07\x00\x00\x00", "\x08\x00\x00\x00"}},
		{"several GUIDs", join(u16(typeGUID|multiFlag), u16(1), u32(2), sixteen, sixteen), []string{string(sixteen), string(sixteen)}},
		{"several texts", join(u16(typeString8|multiFlag), u16(1), u32(3), u32(2), padded(z("a")), u32(5), padded(z("abcd")), u32(0)), []string{"a\x00", "abcd\x00", ""}},
		{"one of several", join(u16(typeString8|multiFlag), u16(1), u32(1), u32(2), padded(z("a"))), []string{"a\x00"}},
		{"none of several", join(u16(typeInt32|multiFlag), u16(1), u32(0)), nil},
		{"named by number", namedNumber(0x8554, "ab"), []string{"ab\x00"}},
		{"named by name", namedText("odd", "ab"), []string{"ab\x00"}}, // a name with padding
		{"a name without NUL", join(u16(typeInt32), u16(0x8000), guidBytes, u32(1), u32(2), padded(utf16le("x")), u32(7)), []string{"\x07\x00\x00\x00"}},
	}
	for _, c := range cases {
		b := stream(props(c.in, ansi(pidSubject, "after")))
		m := mustParse(t, b)
		wantCodes(t, m)
		if m.Subject.Value != "after" || len(m.Properties) != 2 {
			t.Errorf("%s: what follows is lost: %+v", c.name, m.Properties)
			continue
		}
		p := m.Properties[0]
		var got []string
		for at := range p.Values(b) {
			got = append(got, string(at.Of(b)))
		}
		if strings.Join(got, "|") != strings.Join(c.values, "|") || len(got) != len(c.values) || p.Count != len(c.values) {
			t.Errorf("%s: %q, want %q", c.name, got, c.values)
		}
		if string(p.Span.Of(b)) != string(c.in) {
			t.Errorf("%s: span %v", c.name, p.Span)
		}
	}
}

func TestPropertyNames(t *testing.T) {
	b := stream(props(namedText("x-mailer", "a"), namedNumber(0x8554, "b"), ansi(0x1234, "c")))
	m := mustParse(t, b)
	p := m.Properties
	if string(p[0].Name.Of(b)) != string(utf16le("x-mailer")) || p[1].LID != 0x8554 {
		t.Errorf("%+v", p)
	}
	const set = "{00062008-0000-0000-C000-000000000046}"
	if p[0].GUID(b) != set || p[1].GUID(b) != set || p[2].GUID(b) != "" {
		t.Errorf("sets %q, %q, %q", p[0].GUID(b), p[1].GUID(b), p[2].GUID(b))
	}
	if m.Texts[2].Source != "0x1234" {
		t.Errorf("source %q", m.Texts[2].Source)
	}
}

// A reader must be able to stop between values.
func TestValuesBreak(t *testing.T) {
	b := stream(props(join(u16(typeInt32|multiFlag), u16(1), u32(3), u32(7), u32(8), u32(9))))
	n := 0
	for range mustParse(t, b).Properties[0].Values(b) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d values", n)
	}
}

func TestInt(t *testing.T) {
	cases := []struct {
		name string
		in   []byte
		want int
		ok   bool
	}{
		{"32 bits", integer(1, 0xFFFFFFFE), -2, true},
		{"16 bits", fixed(1, typeInt16, u16(0xFFFE)), -2, true},
		{"true", truth(1, 1), 1, true},
		{"false with garbage in the second byte", fixed(1, typeBool, []byte{0, 0x62}), 0, true},
		{"text", ansi(1, "7"), 0, false},
		{"several", join(u16(typeInt32|multiFlag), u16(1), u32(2), u32(7), u32(8)), 0, false},
	}
	for _, c := range cases {
		b := stream(props(c.in))
		if n, ok := mustParse(t, b).Properties[0].Int(b); n != c.want || ok != c.ok {
			t.Errorf("%s: %d, %v", c.name, n, ok)
		}
	}
}

// What may be wrong with a property list, and what is read in spite of it.
func TestPropertyDefects(t *testing.T) {
	ok := ansi(pidSubject, "s")
	raw := func(b ...[]byte) []byte { return att(attMsgProps, join(b...)) }
	cases := []struct {
		name string
		in   []byte
		n    int
		code string
	}{
		{"no count", raw([]byte{1, 0}), 0, "tnef.property-truncated"},
		{"fewer than stated", raw(u32(2), ok), 1, "tnef.property-truncated"},
		{"a count out of the air", raw(u32(0xFFFFFFFF), ok), 1, "tnef.property-truncated"},
		{"more than stated", raw(u32(1), ok, ok), 1, "tnef.property-trailing"},
		{"bytes behind the list", raw(u32(1), ok, []byte("hide")), 1, "tnef.property-trailing"},
		{"cut in the tag", raw(u32(2), ok, []byte{1, 0}), 1, "tnef.property-truncated"},
		{"cut in the GUID", raw(u32(2), ok, u16(3), u16(0x8000), guidBytes[:9]), 1, "tnef.property-truncated"},
		{"cut before the kind", raw(u32(2), ok, u16(3), u16(0x8000), guidBytes), 1, "tnef.property-truncated"},
		{"cut before the number", raw(u32(2), ok, u16(3), u16(0x8000), guidBytes, u32(0)), 1, "tnef.property-truncated"},
		{"cut in the name", raw(u32(2), ok, u16(3), u16(0x8000), guidBytes, u32(1), u32(99), []byte("ab")), 1, "tnef.property-truncated"},
		{"cut in a fixed value", raw(u32(2), ok, u16(typeTime), u16(1), u32(0)), 2, "tnef.property-truncated"},
		{"cut before the count", raw(u32(2), ok, u16(typeBinary), u16(1), u16(0)), 2, "tnef.property-truncated"},
		{"cut before the size", raw(u32(2), ok, u16(typeBinary), u16(1), u32(1)), 2, "tnef.property-truncated"},
		{"cut in a sized value", raw(u32(2), ok, u16(typeBinary), u16(1), u32(1), u32(9), []byte("abc")), 2, "tnef.property-truncated"},
		{"fewer values than stated", raw(u32(2), ok, u16(typeInt32|multiFlag), u16(1), u32(0xFFFFFFFF), u32(7)), 2, "tnef.property-truncated"},
		{"cut in one of several", raw(u32(2), ok, u16(typeInt64|multiFlag), u16(1), u32(2), u64(7), u32(7)), 2, "tnef.property-truncated"},
		{"two values where one belongs", raw(u32(1), u16(typeBinary), u16(1), u32(2), u32(0), u32(0)), 1, "tnef.property-count"},
		{"no value where one belongs", raw(u32(1), u16(typeBinary), u16(1), u32(0)), 1, "tnef.property-count"},
		{"an unknown type", raw(u32(3), ok, u16(0x00FD), u16(1), u32(0), ok), 1, "tnef.property-type"},
		// 4,294,967,295 values of no size must not be counted one by one.
		{"many nothings", raw(u32(2), ok, u16(typeNull|multiFlag), u16(1), u32(0xFFFFFFFF)), 1, "tnef.property-type"},
	}
	for _, c := range cases {
		m := mustParse(t, stream(c.in, att(attPriority, u16(1))))
		if len(m.Properties) != c.n || len(m.Attributes) != 2 {
			t.Errorf("%s: %d properties, %d attributes", c.name, len(m.Properties), len(m.Attributes))
		}
		t.Run(c.name, func(t *testing.T) { wantCodes(t, m, c.code) })
	}
}

// The padding of the last value may be missing: nothing is lost by that.
func TestMissingPadding(t *testing.T) {
	b := stream(att(attMsgProps, join(u32(1), u16(typeString8), u16(pidSubject), u32(1), u32(2), z("s"))))
	m := mustParse(t, b)
	wantCodes(t, m)
	if m.Subject.Value != "s" {
		t.Errorf("%q", m.Subject.Value)
	}
}

// A file cut short is still the start of that file.
func TestCutData(t *testing.T) {
	value := join(u32(1), u16(typeBinary), u16(pidAttachData), u32(1), u32(1000), []byte("start"))
	b := stream(rend(), att(attAttachment, value))
	m := mustParse(t, b)
	wantCodes(t, m, "tnef.property-truncated")
	if got := string(m.Attachments[0].Data.Of(b)); got != "start" {
		t.Errorf("%q", got)
	}
}

func TestFiletime(t *testing.T) {
	at := time.Date(2018, 12, 15, 15, 7, 7, 480325900, time.UTC)
	cases := []struct {
		name  string
		ticks uint64
		want  time.Time
		codes []string
	}{
		{"with its fraction", ticks(at), at, nil},
		{"the first instant", 1, time.Date(1601, 1, 1, 0, 0, 0, 100, time.UTC), nil},
		{"zero is none", 0, time.Time{}, nil},
		{"4501 is Outlook's none", 0x0CB34557A3DD4000, time.Time{}, nil},
		{"the greatest is none", 0x7FFFFFFFFFFFFFFF, time.Time{}, nil},
		{"all ones are none", 0xFFFFFFFFFFFFFFFF, time.Time{}, nil},
		{"the last instant", ticks(time.Date(9999, 12, 31, 23, 59, 59, 999999900, time.UTC)), time.Date(9999, 12, 31, 23, 59, 59, 999999900, time.UTC), nil},
		{"the year 10000", ticks(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), time.Time{}, []string{"tnef.time-range"}},
		{"the year 60056", 0xFFFFFFFFFFFFFFFE, time.Time{}, []string{"tnef.time-range"}},
	}
	for _, c := range cases {
		b := stream(props(fixed(pidClientSubmitTime, typeTime, u64(c.ticks))))
		m := mustParse(t, b)
		wantCodes(t, m, c.codes...)
		if !m.Sent.Time.Equal(c.want) || m.Sent.IsZero() != c.want.IsZero() || len(m.Properties) != 1 {
			t.Errorf("%s: %v, want %v", c.name, m.Sent.Time, c.want)
		}
	}
}

func TestWallTime(t *testing.T) {
	at := func(n ...uint16) (b []byte) {
		for _, x := range n {
			b = le.AppendUint16(b, x)
		}
		return b
	}
	cases := []struct {
		name  string
		in    []byte
		want  string
		codes []string
	}{
		{"right", at(2024, 3, 5, 10, 20, 30, 2), "2024-03-05T10:20:30Z", nil},
		{"Sunday as 0", at(2024, 3, 3, 0, 0, 0, 0), "2024-03-03T00:00:00Z", nil},
		{"Sunday as 7", at(2024, 3, 3, 0, 0, 0, 7), "2024-03-03T00:00:00Z", nil},
		{"leap day", at(2024, 2, 29, 0, 0, 0, 4), "2024-02-29T00:00:00Z", nil},
		{"all zero is none", at(0, 0, 0, 0, 0, 0, 0), "", nil},
		{"an edited day", at(2024, 3, 6, 10, 20, 30, 2), "2024-03-06T10:20:30Z", []string{"tnef.time-weekday"}},
		{"no weekday", at(2024, 3, 3, 0, 0, 0, 14), "2024-03-03T00:00:00Z", []string{"tnef.time-weekday"}},
		{"no leap day", at(2023, 2, 29, 0, 0, 0, 3), "", []string{"tnef.time-range"}},
		{"25:61", at(2024, 3, 5, 25, 61, 0, 2), "", []string{"tnef.time-range"}},
		{"second 60", at(2024, 3, 5, 10, 20, 60, 2), "", []string{"tnef.time-range"}},
		{"month 0", at(2024, 0, 5, 10, 20, 30, 2), "", []string{"tnef.time-range"}},
		{"year 10000", at(10000, 1, 1, 0, 0, 0, 6), "", []string{"tnef.time-range"}},
		{"short", at(2024, 3, 5, 10, 20, 30), "", []string{"tnef.attribute-size"}},
		{"long", at(2024, 3, 5, 10, 20, 30, 2, 0), "2024-03-05T10:20:30Z", []string{"tnef.attribute-size"}},
	}
	for _, c := range cases {
		m := mustParse(t, stream(att(attDateSent, c.in)))
		wantCodes(t, m, c.codes...)
		got := ""
		if !m.Sent.IsZero() {
			got = m.Sent.Time.Format(time.RFC3339)
		}
		if got != c.want || m.Sent.Local != (c.want != "") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
