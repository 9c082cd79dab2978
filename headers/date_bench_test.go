package headers

import "testing"

func BenchmarkParseDate(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"rfc5322", " Mon, 23 Sep 2024 14:05:09 +0200"},
		{"comment", " Mon, 23 Sep 2024 14:05:09 -0700 (PDT)"},
		{"folded", " Mon,\r\n\t23 Sep 2024 14:05:09 -0700 (PDT)"},
		{"asctime", " Mon Sep 23 14:05:09 2024"},
		{"iso", "2024-09-23T14:05:09.123Z"},
		{"go", "2023-07-28 19:32:25.928333532 +0000 UTC m=+6810983.8"},
		{"unreadable", "apparently not supplied"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			raw := []byte(bench.text)
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				dateSink = ParseDate(raw, Span{0, len(raw)})
			}
		})
	}
}

var dateSink Date
