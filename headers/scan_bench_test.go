package headers

import (
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// benchHeader is a header as a large provider delivers it: 25 fields, folded
// trace and signature lines, a third of the names rare.
func benchHeader(nl string) []byte {
	trace := "Received: from mx.example.net (mx.example.net [192.0.2.25])\n by in.example.org (Postfix) with ESMTPS id 4B2x9F3vCz1abc\n for <b@example.org>; Mon,  1 Jan 2024 10:00:00 +0000 (UTC)\n"
	signature := "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=s1;\n h=from:to:subject:date:message-id; bh=" + strings.Repeat("A", 43) + "=;\n b=" + strings.Repeat("B", 64) + "\n " + strings.Repeat("C", 70) + "\n"
	rare := "X-Example-Check: passed\nX-Example-Tenant-Identifier: 00000000-1111-2222-3333-444444444444\n"
	plain := "From: \"A. Sender\" <a@example.net>\nTo: b@example.org\nSubject: Quarterly figures\nDate: Mon, 01 Jan 2024 10:00:00 +0000\n" +
		"Message-ID: <1234567890.abcdef@example.net>\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"000000000000abcdef0123456789\"\n"
	return []byte(strings.ReplaceAll(strings.Repeat(trace, 5)+strings.Repeat(signature, 2)+strings.Repeat(rare, 5)+plain+"\n", "\n", nl))
}

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct {
		name string
		raw  []byte
	}{
		{"LF", benchHeader("\n")},
		{"CRLF", benchHeader("\r\n")},
		{"CR", benchHeader("\r")},
		{"megabyte", []byte("Subject: x\nX-Long:" + strings.Repeat(" "+strings.Repeat("y", 76)+"\n", 13_600) + "\n")},
		{"intruders", []byte("From: a\n" + strings.Repeat("this is no field\n", 1000) + "To: b\n\n")},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.raw)))
			b.ReportAllocs()
			for b.Loop() {
				Parse(c.raw)
			}
		})
	}
}

// Real headers are shorter and odder than the one above.
func BenchmarkParseReal(b *testing.B) {
	var all [][]byte
	size := 0
	for _, path := range corpus.Files(b, "eml", "phishing", "bounce") {
		raw := corpus.Read(b, path)
		if block := Parse(raw); len(block.Fields) > 5 {
			all = append(all, raw[:block.Body()])
			size += block.Body()
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, raw := range all {
			Parse(raw)
		}
	}
}
