package mimeparse

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// large is a multipart of 64 files in base64, 28 MB in all.
func large() []byte {
	line := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("abc", 19))) + "\r\n"
	var parts []string
	for i := range 64 {
		parts = append(parts, fmt.Sprintf("Content-Type: application/pdf; name=%d.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n%s", i, strings.Repeat(line, 5600)))
	}
	return []byte(multipart(parts...))
}

const small = "From: Ann <ann@example.org>\r\nTo: Bob <bob@example.net>\r\nSubject: lunch\r\nDate: Tue, 1 Jul 2003 10:52:37 +0200\r\n" +
	"Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n" +
	"--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nAt noon?\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>At noon?</p>\r\n--b1--\r\n"

func benchmarkParse(b *testing.B, raw []byte) {
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(raw, nil)
	}
}

func BenchmarkParseLarge(b *testing.B) { benchmarkParse(b, large()) }

func BenchmarkParseSmall(b *testing.B) { benchmarkParse(b, []byte(small)) }

func BenchmarkParseQuotedPrintable(b *testing.B) {
	benchmarkParse(b, []byte("Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"+strings.Repeat("<p style=3D\"x\">some text of a usual kind, with a soft line break =\r\n", 1000)))
}

func BenchmarkParseDashes(b *testing.B) {
	benchmarkParse(b, []byte(chain(63)+"\n"+strings.Repeat("--b62.x\n", 100_000)))
}

func BenchmarkDecode(b *testing.B) {
	m := Parse(large(), nil)
	b.SetBytes(int64(len(m.Raw)))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range m.Parts {
			if p.IsLeaf() {
				_, _ = p.Decode(func([]byte) error { return nil })
			}
		}
	}
}
