package smime

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// tlv encodes one value in definite form, with the shortest length octets.
func tlv(tag byte, contents ...[]byte) []byte {
	body := bytes.Join(contents, nil)
	out := []byte{tag}
	switch n := len(body); {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	case n < 0x10000:
		out = append(out, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, 0x84, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return append(out, body...)
}

// indefinite encodes one constructed value with end-of-contents octets.
func indefinite(tag byte, contents ...[]byte) []byte {
	out := append([]byte{tag, 0x80}, bytes.Join(contents, nil)...)
	return append(out, 0, 0)
}

const (
	tagOctetString = 0x04
	tagOID         = 0x06
	tagSequence    = 0x30
	tagContext0    = 0xA0
)

// oid is the content type of a kind, its identifier octets stated here once
// more: the reader must not be its own witness.
func oid(kind Kind) []byte {
	pkcs7, ct := "\x2A\x86\x48\x86\xF7\x0D\x01\x07", "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01"
	der := map[Kind]string{
		Data: pkcs7 + "\x01", Signed: pkcs7 + "\x02", Enveloped: pkcs7 + "\x03", Digested: pkcs7 + "\x05", Encrypted: pkcs7 + "\x06",
		Compressed: ct + "\x09", AuthEnveloped: ct + "\x17", Unknown: "\x2A\x03",
	}
	return tlv(tagOID, []byte(der[kind]))
}

// signed wraps eContent (an encoded OCTET STRING, or nothing) into a
// SignedData of a ContentInfo, every constructed value made by wrap.
func signed(wrap func(byte, ...[]byte) []byte, eContent []byte) []byte {
	encap := [][]byte{oid(Data)}
	if eContent != nil {
		encap = append(encap, wrap(tagContext0, eContent))
	}
	body := wrap(tagSequence, tlv(2, []byte{1}), wrap(0x31), wrap(tagSequence, encap...), wrap(0x31))
	return wrap(tagSequence, oid(Signed), wrap(tagContext0, body))
}

// segments is a constructed OCTET STRING of pieces (X.690 8.7).
func segments(wrap func(byte, ...[]byte) []byte, pieces ...string) []byte {
	var all [][]byte
	for _, p := range pieces {
		all = append(all, tlv(tagOctetString, []byte(p)))
	}
	return wrap(tagOctetString|0x20, all...)
}

const inner = "Content-Type: text/plain\r\n\r\nhello\r\n"

// The content must come out whole in each encoding that real software writes:
// DER, and the streaming BER of openssl and Exchange with its segments.
func TestContent(t *testing.T) {
	for _, c := range []struct {
		why    string
		object []byte
		want   string
	}{
		{"DER", signed(tlv, tlv(tagOctetString, []byte(inner))), inner},
		{"indefinite lengths", signed(indefinite, tlv(tagOctetString, []byte(inner))), inner},
		{"segments, definite", signed(tlv, segments(tlv, inner[:10], inner[10:])), inner},
		{"segments, indefinite", signed(indefinite, segments(indefinite, inner[:1], inner[1:20], inner[20:])), inner},
		{"segments within segments", signed(indefinite, tlv(tagOctetString|0x20, segments(tlv, inner[:5]), segments(indefinite, inner[5:]))), inner},
		{"content that holds end-of-contents octets", signed(indefinite, segments(indefinite, "a\x00\x00b", "\x00\x00")), "a\x00\x00b\x00\x00"},
		{"leading zeros in a length", append([]byte{tagSequence, 0x83, 0, 0, byte(len(signed(tlv, tlv(tagOctetString, []byte("x")))) - 2)}, signed(tlv, tlv(tagOctetString, []byte("x")))[2:]...), "x"},
		{"empty content", signed(tlv, tlv(tagOctetString)), ""},
		{"bytes behind the object", append(signed(tlv, tlv(tagOctetString, []byte(inner))), "junk"...), inner},
	} {
		got, err := Content(c.object)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v", c.why, got, err)
		}
	}
}

// What holds no signed content must say so by its error, never by an empty
// content that a caller could take for the signed one.
func TestContentErrors(t *testing.T) {
	deep := bytes.Repeat([]byte{tagSequence, 0x80}, 1<<16)
	der := signed(tlv, tlv(tagOctetString, []byte(inner)))
	for _, c := range []struct {
		why    string
		object []byte
		want   error
	}{
		{"empty", nil, ErrMalformed},
		{"text", []byte("-----BEGIN PKCS7-----"), ErrMalformed},
		{"detached signature", signed(tlv, nil), ErrNotSigned},
		{"some data", tlv(tagSequence, oid(Data), tlv(tagContext0, tlv(tagOctetString))), ErrNotSigned},
		{"enveloped and empty", tlv(tagSequence, oid(Enveloped), tlv(tagContext0, tlv(tagSequence))), ErrMalformed},
		{"cut in the content", der[:len(der)-20], ErrMalformed},
		{"length beyond the end", []byte{tagSequence, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0}, ErrMalformed},
		{"length of 2^63", []byte{tagSequence, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0}, ErrMalformed},
		{"length of length 126", append([]byte{tagSequence, 0xFE}, make([]byte, 200)...), ErrMalformed},
		{"primitive of indefinite length", []byte{0x04, 0x80, 0, 0}, ErrMalformed},
		{"nesting of 65,536 levels", deep, ErrMalformed},
		{"segments 100 deep", signed(tlv, nested(100)), ErrMalformed},
		{"a segment of another type", signed(tlv, tlv(tagOctetString|0x20, tlv(2, []byte{1}))), ErrMalformed},
	} {
		if got, err := Content(c.object); !errors.Is(err, c.want) || got != nil {
			t.Errorf("%s: %q, %v; want %v", c.why, got, err, c.want)
		}
	}
}

func nested(depth int) []byte {
	v := tlv(tagOctetString, []byte("x"))
	for range depth {
		v = tlv(tagOctetString|0x20, v)
	}
	return v
}

// Each content type must be told from the others: a report says "encrypted"
// or "signed" on the strength of it.
func TestIdentify(t *testing.T) {
	for _, kind := range []Kind{Data, Digested, Unknown} {
		got, err := Identify(tlv(tagSequence, oid(kind), tlv(tagContext0, tlv(tagSequence))))
		if err != nil || got != kind {
			t.Errorf("%s: %s, %v", kind, got, err)
		}
	}
	if got, err := Identify(signed(tlv, nil)); err != nil || got != Signed {
		t.Errorf("signed: %s, %v", got, err)
	}
	if _, err := Identify([]byte(strings.Repeat("0", 100))); !errors.Is(err, ErrMalformed) {
		t.Errorf("text: %v", err)
	}
}

// A signature of 95 bytes made another library read 2^n times, and one of
// 4 MB overflowed its stack. Here the work is linear and without recursion:
// the test would not end, or crash, otherwise.
func TestContentHostileShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for _, unit := range [][]byte{{0x30, 0x80}, {0x24, 0x80}, {0xA0, 0x80}} {
		object := bytes.Repeat(unit, 4<<20/len(unit))
		if _, err := Content(object); err == nil {
			t.Errorf("% x: no error", unit)
		}
		if _, err := Content(signed(indefinite, object)); err == nil {
			t.Errorf("% x inside: no error", unit)
		}
	}
	many := signed(indefinite, indefinite(tagOctetString|0x20, bytes.Repeat([]byte{0x04, 0x00}, 2<<20)))
	if _, err := Content(many); !errors.Is(err, ErrMalformed) {
		t.Errorf("two million empty segments: %v", err)
	}
}

// Real objects of many mailers: whatever they are, there is an answer.
func TestContentReal(t *testing.T) {
	n := 0
	for _, path := range corpus.Files(t, "smime") {
		if b := corpus.Read(t, path); len(b) > 0 && b[0] == tagSequence {
			if _, err := Identify(b); err == nil {
				n++
			}
		}
	}
	t.Logf("%d DER objects", n)
}

func FuzzContent(f *testing.F) {
	f.Add(signed(tlv, tlv(tagOctetString, []byte(inner))))
	f.Add(signed(indefinite, segments(indefinite, inner[:1], inner[1:])))
	f.Add(signed(tlv, nil))
	f.Add(bytes.Repeat([]byte{0x24, 0x80}, 100))
	f.Fuzz(func(t *testing.T, object []byte) {
		got, err := Content(object)
		if err == nil && len(got) > len(object) {
			t.Fatalf("%d bytes of content in %d bytes", len(got), len(object))
		}
		if err != nil && got != nil {
			t.Fatal("content and error")
		}
		if kind, err := Identify(object); err == nil && kind == "" {
			t.Fatal("no kind and no error")
		}
	})
}

func BenchmarkContent(b *testing.B) {
	piece := strings.Repeat("x", 1000)
	pieces := make([]string, 1000)
	for i := range pieces {
		pieces[i] = piece
	}
	object := signed(indefinite, segments(indefinite, pieces...))
	b.SetBytes(int64(len(object)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Content(object); err != nil {
			b.Fatal(err)
		}
	}
}
