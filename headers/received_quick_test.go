package headers

import (
	"reflect"
	"slices"
	"testing"
)

// FuzzRecvMatchPlain: the quick search for comments finds what the one for any
// text finds.
func FuzzRecvMatchPlain(f *testing.F) {
	for _, seed := range []string{"", "(", "a (b) c", "((a) (b))", "(a", "a) (b)", "(a <b)c>) d", "<a(b>c)", "(a<b>)", "(<)>(<)", "<\r\n (a)>", "(a(b)"} {
		f.Add(seed)
	}
	for _, seed := range recvSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain := recvParser{recvState: recvState{text: text}}
		all := recvParser{recvState: recvState{text: text}}
		if all.match(); plain.matchPlain() && !slices.Equal(plain.pairs, all.pairs) {
			t.Errorf("%q: got %v, want %v", text, plain.pairs, all.pairs)
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
			readReceived(&got, raw, at, text)
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
		readReceived(r, raws[i], Span{0, len(raws[i])}, lines[i].Raw)
		i = (i + 1) % len(lines)
	}
}
