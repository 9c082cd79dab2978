package transfer

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
	"testing"
)

func BenchmarkDecode(b *testing.B) {
	for _, body := range bodies() {
		b.Run(body.name, func(b *testing.B) {
			sink := func([]byte, int) error { return nil }
			b.SetBytes(int64(len(body.raw)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Decode(body.kind, body.raw, whole(body.raw), Options{}, sink)
			}
		})
	}
}

// BenchmarkStandard is the standard library over the same bodies, base64 line
// by line so that it need not look for line breaks.
func BenchmarkStandard(b *testing.B) {
	for _, body := range bodies() {
		b.Run(body.name, func(b *testing.B) {
			b.SetBytes(int64(len(body.raw)))
			b.ReportAllocs()
			switch {
			case strings.HasPrefix(body.name, "base64-76"):
				var out [outSize]byte
				for b.Loop() {
					standardLines(out[:], body.raw)
				}
			case body.kind == QuotedPrintable:
				for b.Loop() {
					_, _ = io.Copy(io.Discard, quotedprintable.NewReader(bytes.NewReader(body.raw)))
				}
			default:
				b.Skip("nothing to compare with")
			}
		})
	}
}

func standardLines(out, raw []byte) {
	for n := 0; len(raw) > 0; {
		line := raw[:min(76, len(raw))]
		raw = raw[len(line):]
		for len(raw) > 0 && isBreak(raw[0]) {
			raw = raw[1:]
		}
		if n+60 > len(out) {
			n = 0
		}
		m, _ := base64.StdEncoding.Decode(out[n:], line)
		n += m
	}
}

func BenchmarkSmall(b *testing.B) {
	raw := []byte(strings.Repeat(line76+"\r\n", 3))
	sink := func([]byte, int) error { return nil }
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Decode(Base64, raw, whole(raw), Options{}, sink)
	}
}

func BenchmarkParse(b *testing.B) {
	value := []byte(" quoted-printable\r\n")
	b.ReportAllocs()
	for b.Loop() {
		Parse(value)
	}
}

func BenchmarkFindUU(b *testing.B) {
	raw := []byte(strings.Repeat("The beginning of a text, and so on and on it goes.\r\n", 6000))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		FindUU(raw, whole(raw), 1000)
	}
}
