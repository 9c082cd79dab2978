package captureforge

import (
	"os"
	"path/filepath"
	"testing"
)

// The large captures of BENCHMARKS.md are written where EMLCHECK_CAPTURES says.
func TestWriteLarge(t *testing.T) {
	dir := os.Getenv("EMLCHECK_CAPTURES")
	if dir == "" {
		t.Skip("EMLCHECK_CAPTURES names no folder")
	}
	write := func(name string, make func(f *os.File) error) {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := make(f); err != nil {
			t.Error(err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	write("big.pcap", func(f *os.File) error { return Big(f, 50, 4<<20, 1) })
	write("many.pcap", func(f *os.File) error { return Many(f, 12000, 1) })
	write("one.pcap", func(f *os.File) error { return Big(f, 1, 60<<20, 1) })
}
