package headers

import (
	"bytes"
	"reflect"
	"testing"
)

// FuzzRecvBracket: eight bytes at once find what one byte after the other does.
func FuzzRecvBracket(f *testing.F) {
	for _, seed := range []string{"", "(", "0123456(", "01234567(", "|||||||||\"", "\x1c\x1c\x1c\x1c\x1c\x1c\x1c)\\", "a<b(c)d\"e\\f", "\xa8\xa9\xbc\xdc\xa2\x00\x01\x80(", "!!!!!!!!\"(###"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for i := 0; i <= len(raw); i++ {
			want := len(raw)
			if n := bytes.IndexAny(raw[i:], "\"\\<()"); n >= 0 {
				want = i + n
			}
			if got := recvBracket(raw, i); got != want {
				t.Fatalf("%q from %d: got %d, want %d", raw, i, got, want)
			}
		}
	})
}

// FuzzRecvMayConnect: the quick test turns nothing down that is connection data.
func FuzzRecvMayConnect(f *testing.F) {
	for _, seed := range []string{
		"Postfix", "192.0.2.1", "IPv6:2001:db8::1", "fe80::1%eth0", "a@192.0.2.1", "r [192.0.2.1]", "[192.0.2.x]", "mx.\r\nexample.org [192.0.2.1]",
		"u\r\n@192.0.2.1", " 192.0.2.1 (x)", "\"port 1\"@r [192.0.2.1]", "r [local]", "r[192.0.2.1]", "Exim 4.97", "192.0.2.1:25",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := recvParser{recvState: recvState{text: text}}
		if _, ok := p.connection(Span{0, len(text)}); ok && !recvMayConnect(text) {
			t.Errorf("%q is connection data", text)
		}
	})
}

// TestReadReceived: a text that is given reads the same as the bytes, one of
// another length is not believed, and a parser that is used again keeps nothing
// of the line before.
func TestReadReceived(t *testing.T) {
	for _, line := range recvSuite(t) {
		raw, at := []byte("Received:"+line.Raw+"\r\n"), Span{9, 9 + len(line.Raw)}
		want := ParseReceived(raw, at)
		for _, text := range []string{line.Raw, "", line.Raw + "x"} {
			var got Received
			ReadReceived(&got, raw, at, text)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%q:\n got %+v\nwant %+v", line.Raw, got, want)
			}
		}
	}
}

// BenchmarkReadReceived is what a reader of many lines pays for one of them.
func BenchmarkReadReceived(b *testing.B) {
	lines := recvSuite(b)
	raws, size := make([][]byte, len(lines)), 0
	for i := range lines {
		raws[i] = []byte(lines[i].Raw)
		size += len(raws[i])
	}
	b.SetBytes(int64(size / len(lines)))
	b.ReportAllocs()
	r, i := new(Received), 0
	for b.Loop() {
		*r = Received{}
		ReadReceived(r, raws[i], Span{0, len(raws[i])}, lines[i].Raw)
		i = (i + 1) % len(lines)
	}
}
