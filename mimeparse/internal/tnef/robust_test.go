package tnef

import (
	"bytes"
	"math/rand"
	"reflect"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// checkMessage fails when a span lies outside the stream or outside what it
// belongs to, or when parsing again gives something else.
func checkMessage(t *testing.T, b []byte, m *Message) {
	t.Helper()
	whole := headers.Span{Start: 0, End: len(b)}
	for _, s := range spans(m) {
		if s.Start < 0 || s.End < s.Start || s.End > len(b) {
			t.Fatalf("span %v in %d bytes", s, len(b))
		}
	}
	checkOrder(t, whole, m)
	again, err := Parse(b, Limits{})
	if err != nil || !reflect.DeepEqual(m, again) {
		t.Fatalf("not the same twice: %v", err)
	}
}

// checkOrder fails unless the frames follow each other without gap or overlap
// and everything embedded lies in its attachment.
func checkOrder(t *testing.T, within headers.Span, m *Message) {
	t.Helper()
	if !within.Contains(m.Span) {
		t.Fatalf("message %v outside %v", m.Span, within)
	}
	at := m.Span.Start + headerSize
	for _, a := range m.Attributes {
		if a.Span.Start != at || !a.Span.Contains(a.Data) {
			t.Fatalf("attribute %+v does not follow %d", a, at)
		}
		at = a.Span.End
	}
	end := m.Span.Start
	for i := range m.Attachments {
		a := &m.Attachments[i]
		if a.Span.Start < end || !a.Span.Contains(a.Data) && !a.Data.Empty() || !a.Embedded.Empty() && !a.Span.Contains(a.Embedded) {
			t.Fatalf("attachment %v: data %v, embedded %v", a.Span, a.Data, a.Embedded)
		}
		end = a.Span.End
		if a.Message != nil {
			checkOrder(t, a.Embedded, a.Message)
		}
	}
	for i := range m.Properties {
		p := &m.Properties[i]
		if !p.Span.Contains(p.Value) && !p.Value.Empty() {
			t.Fatalf("property %+v", p)
		}
	}
}

// Cut at every byte: no attachment that was whole before the cut is lost or
// changed, and every cut is reported.
func TestTruncated(t *testing.T) {
	b := full()
	want := mustParse(t, b)
	boundaries := map[int]bool{}
	for _, a := range want.Attributes {
		boundaries[a.Span.Start] = true
	}
	for n := 4; n < len(b); n++ {
		m := mustParse(t, b[:n:n])
		checkMessage(t, b[:n:n], m)
		for i := range want.Attachments {
			if want.Attachments[i].Span.End > n {
				break
			}
			if i >= len(m.Attachments) || !reflect.DeepEqual(m.Attachments[i], want.Attachments[i]) {
				t.Fatalf("cut at %d: attachment %d is not what it was", n, i)
			}
		}
		if len(codes(m)) == 0 && !boundaries[n] {
			t.Fatalf("cut at %d: not a word about it", n)
		}
	}
}

// What is left of a file is given, however much.
func TestTruncatedData(t *testing.T) {
	content := []byte("0123456789")
	b := stream(rend(), att(attAttachData, content))
	start := len(b) - len(content) - 2
	for n := start; n < len(b); n++ {
		m := mustParse(t, b[:n:n])
		if got := m.Attachments[0].Data.Of(b[:n:n]); !bytes.Equal(got, content[:min(n-start, len(content))]) {
			t.Errorf("cut at %d: %q", n, got)
		}
	}
}

// Every single bit turned over, one at a time: nothing breaks, and it is
// noticed, but for the key, and for what no checksum covers.
func TestBitFlips(t *testing.T) {
	b := full()
	silent := 0
	for i := range b {
		for bit := range 8 {
			c := bytes.Clone(b)
			c[i] ^= 1 << bit
			m, err := Parse(c, Limits{})
			if err != nil {
				if i >= 4 {
					t.Fatalf("byte %d: %v", i, err)
				}
				continue
			}
			checkMessage(t, c, m)
			if len(codes(m)) == 0 {
				silent++
			}
		}
	}
	// 16 bits of the key; bits that turn a number of an attribute into one that
	// nobody knows.
	if silent < 16 || silent > 1000 {
		t.Errorf("%d flips without a defect", silent)
	}
}

func TestRandomMutations(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	b := full()
	for range 3000 {
		c := bytes.Clone(b)
		for range 1 + random.Intn(6) {
			switch at := headerSize + random.Intn(len(c)-headerSize-8); random.Intn(4) {
			case 0:
				c[at] = byte(random.Intn(256))
			case 1:
				copy(c[at:], u32(0xFFFFFFFF))
			case 2:
				c = append(c[:at], c[at+random.Intn(8):]...)
			case 3:
				c = append(c[:at:at], append([]byte{0, 0, 1}, c[at:]...)...)
			}
		}
		checkMessage(t, c, mustParse(t, c))
	}
}

// Streams built to cost time or memory. Nothing is timed: what is not linear
// in their size would not end.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	nothing := bytes.Repeat(fixed(1, typeNull, nil), 200_000)
	cases := []struct {
		name string
		in   []byte
	}{
		{"200,000 properties of no size", stream(att(attMsgProps, append(u32(200_000), nothing...)))},
		{"4 GiB properties stated, many times", stream(bytes.Repeat(att(attMsgProps, u32(0xFFFFFFFF)), 20_000))},
		{"4 GiB recipients stated", stream(att(attRecipTable, append(u32(0xFFFFFFFF), make([]byte, 400_000)...)))},
		{"4 GiB empty values", stream(att(attMsgProps, join(u32(1), u16(typeBinary|multiFlag), u16(1), u32(0xFFFFFFFF), make([]byte, 400_000))))},
		{"100,000 attributes", stream(bytes.Repeat(att(attPriority, u16(1)), 100_000))},
		{"100,000 attachments", stream(bytes.Repeat(rend(), 100_000))},
		{"one name, 50,000 times", stream(rend(), bytes.Repeat(att(attAttachTitle, z("a")), 50_000))},
		{"nested as deep as it goes", nest(1000)},
		{"empty subjects", stream(att(attMsgProps, append(u32(50_000), bytes.Repeat(ansi(pidSubject, ""), 50_000)...)))},
		{"subjects", stream(att(attMsgProps, append(u32(50_000), bytes.Repeat(ansi(pidSubject, "x"), 50_000)...)))},
	}
	for _, c := range cases {
		m := mustParse(t, c.in)
		for _, s := range spans(m) {
			if s.Start < 0 || s.End < s.Start || s.End > len(c.in) {
				t.Fatalf("%s: span %v", c.name, s)
			}
		}
	}
}

// nest is n messages, each in the one before; with the limit of depth all but
// a few are left alone.
func nest(n int) []byte {
	b := stream()
	for range n {
		b = stream(rend(), attachProps(method(5), object(messageInterface, b)))
	}
	return b
}

func FuzzParse(f *testing.F) {
	f.Add(full())
	f.Add(nest(10))
	f.Add(stream(codePage(932), att(attSubject, z("\x83\x65"))))
	f.Add(stream(props(join(u16(typeUnicode|multiFlag), u16(0x8000), guidBytes, u32(1), u32(3), []byte("a\x00b\x00"), u32(2), u32(0), u32(2), []byte("x\x00\x00\x00")))))
	f.Add(stream(att(attFrom, triple("Ann", "SMTP:a@b"))))
	f.Add(stream(att(attRecipTable, append(u32(1), list(wide(pidDisplayName, "B"))...))))
	f.Add([]byte("\x78\x9f\x3e\x22"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b, Limits{})
		if (err == nil) != Is(b) {
			t.Fatalf("%v", err)
		}
		if err == nil {
			checkMessage(t, b, m)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct {
		name string
		in   []byte
	}{
		{"small", full()},
		{"large", stream(file("a.bin", bytes.Repeat([]byte("0123456789"), 100_000)))},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.in)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(c.in, Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
