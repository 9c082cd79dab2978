package capture_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/internal/captureforge"
)

// bench follows a whole capture, with its digest, and without the analysis of messages.
func bench(b *testing.B, file []byte) {
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	path := filepath.Join(b.TempDir(), "x.pcap")
	if err := os.WriteFile(path, file, 0o666); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c, err := capture.Open(context.Background(), path, &capture.Options{NoReports: true})
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range c.Connections(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
		}
		c.Close()
	}
}

// BenchmarkBig is 8 messages of 4 MB.
func BenchmarkBig(b *testing.B) {
	var file bytes.Buffer
	if err := captureforge.Big(&file, 8, 4<<20, 1); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	bench(b, file.Bytes())
}

// BenchmarkMany is 1,000 short sessions of 35 packets.
func BenchmarkMany(b *testing.B) {
	var file bytes.Buffer
	if err := captureforge.Many(&file, 1000, 1); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	bench(b, file.Bytes())
}
