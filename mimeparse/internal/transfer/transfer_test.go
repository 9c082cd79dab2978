package transfer

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// A body without an encoding, or with one that is not known, comes as it
// stands, in slices of the input.
func TestIdentity(t *testing.T) {
	raw := bytes.Repeat([]byte("one\r\ntwo \x00\xff=3D\n"), 80_000)
	for _, kind := range []Kind{"", SevenBit, EightBit, Binary, "x-unknown"} {
		out, res := all(t, kind, raw, headers.Span{Start: 3, End: len(raw) - 1}, Options{Strict: true})
		if !bytes.Equal(out, raw[3:len(raw)-1]) || len(res.Defects) > 0 || res.Truncated {
			t.Errorf("%q: %d bytes, %v", kind, len(out), res)
		}
		checkLimits(t, kind, raw, raw)
	}
}

// A span that reaches past the input is cut, whatever its numbers.
func TestSpanOutside(t *testing.T) {
	raw := []byte("QUJD")
	for _, at := range []headers.Span{{Start: -5, End: 2}, {Start: 2, End: 99}, {Start: 9, End: 20}, {Start: 3, End: 1}, {Start: -9, End: -3}} {
		for _, kind := range []Kind{"", Base64, QuotedPrintable, UUEncode} {
			res, err := Decode(kind, raw, at, Options{}, func([]byte, int) error { return nil })
			if err != nil || res.Size > 4 {
				t.Errorf("%q %v: %v %v", kind, at, res, err)
			}
		}
		FindUU(raw, at, 10)
	}
}

// What is read must be given back in time, even where nothing comes out.
func TestProgress(t *testing.T) {
	const most = 2 << 20
	for kind, unit := range map[Kind]string{"": "x", Base64: "\n", QuotedPrintable: "=\n", UUEncode: "\x7f\n"} {
		raw := []byte(strings.Repeat(unit, 5*most/len(unit)))
		last := 0
		_, err := Decode(kind, raw, whole(raw), Options{}, func(_ []byte, upTo int) error {
			if upTo-last > most {
				t.Errorf("%q: from %d to %d", kind, last, upTo)
			}
			last = upTo
			return nil
		})
		if err != nil || last != len(raw) {
			t.Errorf("%q: %v, the last word was %d of %d", kind, err, last, len(raw))
		}
	}
}

// An error of the sink is the only one, and comes back as it is.
func TestSinkError(t *testing.T) {
	full := errors.New("full")
	raw := []byte("begin 644 x\n#0V%T\n`\nend\n")
	for _, kind := range []Kind{"", Base64, QuotedPrintable, UUEncode} {
		if _, err := Decode(kind, raw, whole(raw), Options{}, func([]byte, int) error { return full }); err != full {
			t.Errorf("%q: %v", kind, err)
		}
	}
}

// A buffer that has been used gives what a new one does, and no decode with
// it allocates.
func TestBufferReuse(t *testing.T) {
	for _, b := range bodies() {
		var out bytes.Buffer
		sink := func(piece []byte, _ int) error {
			out.Write(piece)
			return nil
		}
		if _, err := Decode(b.kind, b.raw, whole(b.raw), Options{}, sink); err != nil {
			t.Fatal(err)
		}
		if want, _ := all(t, b.kind, b.raw, whole(b.raw), Options{}); !bytes.Equal(out.Bytes(), want) {
			t.Errorf("%s: content differs", b.name)
		}
		quiet := func([]byte, int) error { return nil }
		allocs := testing.AllocsPerRun(10, func() {
			_, _ = Decode(b.kind, b.raw, whole(b.raw), Options{}, quiet)
		})
		if allocs > 0 {
			t.Errorf("%s: %v allocations", b.name, allocs)
		}
	}
	if n := testing.AllocsPerRun(10, func() { Parse([]byte(" Quoted-Printable (x)\r\n")) }); n > 0 {
		t.Errorf("Parse: %v allocations", n)
	}
}

type body struct {
	name string
	kind Kind
	raw  []byte
}

// bodies are well-formed bodies of the shapes that mail has, 300 KB each.
func bodies() []body {
	content := make([]byte, 220_000)
	x := uint32(1)
	for i := range content {
		x = x*1664525 + 1013904223
		content[i] = byte(x >> 24)
	}
	text := base64.StdEncoding.EncodeToString(content)
	const (
		english = "The quick brown fox jumps over the lazy dog, and on over the hill it goes=\r\n to see what there is.\r\n"
		german  = "F=C3=BCr die =C3=84nderung der gro=C3=9Fen =C3=9Cbersicht ist es zu sp=C3=A4t=\r\n, sagt er.\r\n"
		russian = "=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82 =D0=B2=D1=81=D0=B5=D0=BC =D0=B4=D1=80=\r\n"
	)
	repeat := func(s string) []byte { return []byte(strings.Repeat(s, 300_000/len(s))) }
	return []body{
		{"base64-76-LF", Base64, []byte(wrap(text, 76, "\n"))},
		{"base64-76-CRLF", Base64, []byte(wrap(text, 76, "\r\n"))},
		{"base64-60-CRLF", Base64, []byte(wrap(text, 60, "\r\n"))},
		{"base64-75-LF", Base64, []byte(wrap(text, 75, "\n"))},
		{"base64-unwrapped", Base64, []byte(text)},
		{"qp-english", QuotedPrintable, repeat(english)},
		{"qp-german", QuotedPrintable, repeat(german)},
		{"qp-russian", QuotedPrintable, repeat(russian)},
		{"uuencode", UUEncode, []byte("begin 644 x\n" + uuEncode(content, uuStyle{zero: '`'}) + "end\n")},
		{"identity", EightBit, repeat(english)},
	}
}

// A part's body is decoded where it lies in the message.
func ExampleDecode() {
	raw := []byte("Content-Transfer-Encoding: base64\r\n\r\nSGVs*bG8=\r\n")
	res, err := Decode(Base64, raw, headers.Span{Start: 37, End: len(raw)}, Options{}, func(piece []byte, _ int) error {
		fmt.Printf("%s\n", piece)
		return nil
	})
	fmt.Println(res.Size, res.Defects[0].Code, res.Defects[0].Span, err)
	// Output:
	// Hello
	// 5 mime.base64-invalid {41 42} <nil>
}

func ExampleParse() {
	kind, known := Parse([]byte(" Quoted_Printable; (sic)\r\n"))
	fmt.Println(kind, known)
	// Output: quoted-printable true
}

func ExampleFindUU() {
	raw := []byte("See below.\n\nbegin 644 cat.txt\n#0V%T\n`\nend\n")
	for _, b := range FindUU(raw, headers.Span{Start: 0, End: len(raw)}, 10) {
		fmt.Println(b.Name, b.Span, b.Complete)
	}
	// Output: cat.txt {12 42} true
}
