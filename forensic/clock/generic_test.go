package clock

import (
	"fmt"
	"testing"
	"time"
)

// uuid1Text writes a time as a version 1 UUID (RFC 9562 5.1).
func uuid1Text(t time.Time) string {
	v := uint64(t.Unix()*1e7+int64(t.Nanosecond()/100)) + uuidEpoch
	return fmt.Sprintf("%08x-%04x-1%03x-9d3a-0a1b2c3d4e5f", v&0xFFFFFFFF, v>>32&0xFFFF, v>>48)
}

// uuid6Text writes a time as a version 6 UUID (RFC 9562 5.6).
func uuid6Text(t time.Time) string {
	v := uint64(t.Unix()*1e7+int64(t.Nanosecond()/100)) + uuidEpoch
	return fmt.Sprintf("%08x-%04x-6%03x-9d3a-0a1b2c3d4e5f", v>>28, v>>12&0xFFFF, v&0xFFF)
}

// crockfordText writes the ten digits of a ULID's time.
func crockfordText(ms int64) string {
	var b [10]byte
	for i := 9; i >= 0; i-- {
		b[i], ms = crockford[ms&31], ms>>5
	}
	return string(b[:])
}

// Each identifier with a time that the test puts in, alone and in the places
// where such identifiers stand. RFC 9562 A gives the UUIDs of 2022-02-22.
func TestGenericShapes(t *testing.T) {
	at := utc("2022-02-22T19:22:22Z")
	c := &clue{near: []time.Time{utc("2022-03-01T00:00:00Z")}}
	us := at.Add(123456 * time.Microsecond)
	for _, test := range []struct {
		text, cut, rule string
		want            time.Time
	}{
		{"C232AB00-9414-11EC-B3C8-9F6BDECED846", "C232AB00-9414-11EC-B3C8-9F6BDECED846", "uuid1", at},
		{"1EC9414C-232A-6B00-B3C8-9F6BDECED846", "1EC9414C-232A-6B00-B3C8-9F6BDECED846", "uuid6", at},
		{"017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "uuid7", at},
		{uuid6Text(us) + "@host", uuid6Text(us), "uuid6", us},
		{"a.1_" + uuid1Text(us) + "@host.example", uuid1Text(us), "uuid1", us},
		{"{" + uuid1Text(us) + "}", uuid1Text(us), "uuid1", us},
		{"c232ab00941411ecb3c89f6bdeced846@host", "c232ab00941411ecb3c89f6bdeced846", "uuid1", at},
		{crockfordText(at.UnixMilli()) + "0123456789ABCDEF@host", crockfordText(at.UnixMilli()) + "0123456789ABCDEF", "ulid", at},
		{"621537ee" + "0f1e2d3c4b5a6978", "621537ee0f1e2d3c4b5a6978", "objectid", at},
		{"x-621537ee0f1e2d3c4b5a6978.7@host", "621537ee0f1e2d3c4b5a6978", "objectid", at},
		{"621537ee1e240@host", "621537ee1e240", "php.uniqid", us},
		{"php-621537ee1e240.x@host", "621537ee1e240", "php.uniqid", us},
		{"621537ee1e2407.27182818@host", "621537ee1e2407.27182818", "php.uniqid+entropy", us},
		{"299792458621537ee1e2407.27182818@host", "621537ee1e2407.27182818", "php.uniqid+entropy", us},
		{fmt.Sprint((at.UnixMilli() - 1288834974657) << 22), fmt.Sprint((at.UnixMilli() - 1288834974657) << 22), "snowflake.twitter", at},
		{fmt.Sprint((at.UnixMilli()-1420070400000)<<22|77) + "@host", fmt.Sprint((at.UnixMilli()-1420070400000)<<22 | 77), "snowflake.discord", at},
		{"25UvKh3NPHkIFuCUzDhuCBaW4XZ@host", "25UvKh3NPHkIFuCUzDhuCBaW4XZ", "ksuid", time.Time{}},
	} {
		f := single(t, test.text, appendGeneric(nil, test.text, c))
		if f.rule != test.rule || test.text[f.from:f.to] != test.cut {
			t.Errorf("%q: %s at %q, want %s", test.text, f.rule, test.text[f.from:f.to], test.rule)
		}
		if !f.at.Equal(test.want) && !test.want.IsZero() {
			t.Errorf("%q: %s, want %s", test.text, f.at, test.want)
		}
		if hint := f.rule != "uuid1" || test.cut[8] != '-'; hint != (f.strength == Hint) {
			t.Errorf("%q: strength %q", test.text, f.strength)
		}
	}
}

// KSUID's own documentation gives this pair: the seconds lead 128 random bits.
func TestKSUID(t *testing.T) {
	if at, ok := ksuidTime("0ujtsYcgvSTl8PAuAdqWYSMnLOv"); !ok || !at.Equal(utc("2017-10-10T04:00:47Z")) {
		t.Error(at, ok)
	}
	if _, ok := ksuidTime("zzzzzzzzzzzzzzzzzzzzzzzzzzz"); ok {
		t.Error("more than 160 bits")
	}
}

// Random identifiers of the same lengths, wrong versions and variants, times
// far from the message and glued texts must give nothing.
func TestGenericNothing(t *testing.T) {
	c := &clue{near: []time.Time{utc("2022-03-01T00:00:00Z")}}
	for _, text := range []string{
		"", ".", "@", "host", "a@b",
		"f81d4fae-7dec-41d0-a765-00a0c91e6bf6",  // version 4
		"c232ab00-9414-11ec-33c8-9f6bdeced846",  // variant of NCS
		"c232ab00-9414-1fff-b3c8-9f6bdeced846",  // the year 5236
		"c232ab00-9414-1000-b3c8-9f6bdeced846",  // 1582
		"017f22e2-79b0-4cc3-98c4-dc0c0c07398f",  // version 4
		"f17f22e2-79b0-7cc3-98c4-dc0c0c07398f",  // version 7 of the year 10000
		"1d09414c-232a-6b00-b3c8-9f6bdeced846",  // version 6, years before
		"xc232ab00-9414-11ec-b3c8-9f6bdeced846", // glued
		"c232ab00-9414-11ec-b3c8-9f6bdeced846f", // glued
		"c232ab00-9414-11ec-b3c8-9f6bdeced84",   // short
		"c232ab0g-9414-11ec-b3c8-9f6bdeced846",  // no digit
		"0f1e2d3c4b5a69788796a5b4",              // 1978
		"a21538ce0f1e2d3c4b5a6978",              // 2056
		"521538ce0f1e2d3c4b5a6978",              // years before
		"621538CE0F1E2D3C4B5A6978",              // upper case
		"621537ee0f1e2d3c4b5a697",               // short
		"x621537ee0f1e2d3c4b5a6978",             // glued
		"$621537ee0f1e2d3c4b5a6978",             // no separator
		"621537eefffff",                         // a million microseconds
		"1645557742000",                         // milliseconds, no hexadecimal seconds
		"521538ce1e240", "621538cE1e240", "621537ee1e24",
		"621537ee1e240a.27182818", "621537ee1e2407.2718281", "521538ce1e2407.27182818",
		"1844674407370955161", "12345678901234567", "9999999999999999999", "x_1496083211034787840", "1496083211034787840_x",
		"0IFWHE3CSG0123456789ABCDEF", "81FWHE3CSG0123456789ABCDEF", "01BX5ZZKBK0123456789ABCDEF",
		"0ujtsYcgvSTl8PAuAdqWYSMnLOv", // a KSUID of 2017
		"\xff\xfe\x00", "----------------------------------------",
	} {
		if got := appendGeneric(nil, text, c); len(got) > 0 {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// Any text: no panic, and what comes out lies in the text and in the window.
func FuzzGeneric(f *testing.F) {
	for _, s := range []string{"c232ab00-9414-11ec-b3c8-9f6bdeced846", "01F0RKC03Q0123456789ABCDEF", "0ujtsYcgvSTl8PAuAdqWYSMnLOv", "1371117371117371117",
		"604e27260123456789abcdef", "604e27261e2403.14159265", "c232ab00941411ecb3c89f6bdeced846"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, f := range appendGeneric(nil, s, &clue{}) {
			checkFound(t, s, f)
		}
	})
}

// Most identifiers are none of these; looking must not allocate.
func BenchmarkGeneric(b *testing.B) {
	c := &clue{near: []time.Time{utc("2022-03-01T00:00:00Z")}}
	out := make([]found, 0, 4)
	b.ReportAllocs()
	for b.Loop() {
		out = appendGeneric(out[:0], "CAOJ5e+VQ3mNw0kL_x9-f81d4fae-7dec-41d0-a765-00a0c91e6bf6@mail.gmail.com", c)
	}
}
