package smime

import (
	"context"
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// BenchmarkInspect verifies messages of 4 KB with one signature each.
func BenchmarkInspect(b *testing.B) {
	for _, c := range readSample(b) {
		switch c.Name {
		case "alg-rsa-sha256", "alg-ed25519", "alg-pss-salt20", "tam-body", "tam-footer-in-text":
			b.Run(c.Name, func(b *testing.B) {
				opt := optionsOf(b, &c)
				m := mimeparse.Parse(c.Message, nil)
				b.SetBytes(int64(len(c.Message)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Inspect(context.Background(), m, opt); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkPresent is what a message without S/MIME costs.
func BenchmarkPresent(b *testing.B) {
	m := mimeparse.Parse([]byte("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\ntext\r\n--x\r\nContent-Type: image/png\r\n\r\nx\r\n--x--\r\n"), nil)
	b.ReportAllocs()
	for b.Loop() {
		if Present(m) {
			b.Fatal("none is there")
		}
	}
}
