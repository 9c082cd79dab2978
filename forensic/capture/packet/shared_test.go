package packet

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// Every real capture is read to its end, and each payload stands in the file
// where it is said to stand.
func TestRealCaptures(t *testing.T) {
	root := corpus.Dir(t, "pcap")
	n := 0
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.Contains(path, ".pcap") || strings.Contains(path, "tshark") || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		r, err := NewReader(strings.NewReader(string(data)), nil)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		n++
		var s Segment
		for err = r.Next(&s); err == nil; err = r.Next(&s) {
			if s.Offset >= 0 && r.Info().Compression == "" && string(data[s.Offset:s.Offset+int64(len(s.Payload))]) != string(s.Payload) {
				t.Fatalf("%s: frame %d: payload is not at %d", path, s.Number, s.Offset)
			}
		}
		if err != io.EOF {
			t.Errorf("%s: %v", path, err)
		}
		i := r.Info()
		t.Logf("%s: %d packets, %d segments, %v cut %v", strings.TrimPrefix(path, root), i.Packets, i.Segments, i.Skipped, i.Truncated)
		return nil
	})
	if err != nil || n < 50 {
		t.Fatal(n, err)
	}
}
