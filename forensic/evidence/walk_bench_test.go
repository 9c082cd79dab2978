package evidence

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkWalkSmallFiles: a folder of 5,000 messages of 4 KiB, as mail
// programs keep them. One open, one read, and no more looks than that.
func BenchmarkWalkSmallFiles(b *testing.B) {
	dir := b.TempDir()
	text := mail(1) + strings.Repeat(strings.Repeat("x", 71)+"\n", 55)
	for i := range 5000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.eml", i)), []byte(text), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	b.SetBytes(int64(5000 * len(text)))
	for b.Loop() {
		n := 0
		for in, err := range Walk(context.Background(), []string{dir}, nil) {
			if err != nil {
				b.Fatal(err)
			}
			n += countMessages(b, in)
		}
		if n != 5000 {
			b.Fatal(n)
		}
	}
}

// BenchmarkWalkZip: the same messages out of one archive.
func BenchmarkWalkZip(b *testing.B) {
	files := map[string]string{}
	text := mail(1) + strings.Repeat(strings.Repeat("x", 71)+"\n", 55)
	for i := range 5000 {
		files[fmt.Sprintf("%05d.eml", i)] = text
	}
	path := filepath.Join(b.TempDir(), "a.zip")
	if err := os.WriteFile(path, zipOf(&testing.T{}, files), 0o666); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(5000 * len(text)))
	for b.Loop() {
		for in, err := range Walk(context.Background(), []string{path}, nil) {
			if err != nil {
				b.Fatal(err)
			}
			countMessages(b, in)
		}
	}
}

func countMessages(b *testing.B, in *Input) (n int) {
	f, err := in.Open()
	if err != nil {
		b.Fatal(err)
	}
	for _, err := range f.Messages() {
		if err != nil {
			b.Fatal(err)
		}
		n++
	}
	f.Close()
	return n
}
