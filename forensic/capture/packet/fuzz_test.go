package packet

import (
	"bytes"
	"io"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture/internal/captureforge"
)

// Whatever a file holds: no panic, no endless run, numbers that ascend, payloads that
// stand where they are said to stand, and the same twice.
func FuzzRead(f *testing.F) {
	for i, k := range captureforge.Cases(1) {
		if i%5 == 0 && len(k.File) < 20000 {
			f.Add(k.File)
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		read := func() (segments int64, sum uint32) {
			r, err := NewReader(bytes.NewReader(file), nil)
			if err != nil {
				return 0, 0
			}
			last := int64(0)
			var s Segment
			for err = r.Next(&s); err == nil; err = r.Next(&s) {
				if s.Number <= last || s.Wire < len(s.Payload) || !s.Src.IsValid() || !s.Dst.IsValid() {
					t.Fatalf("segment %+v behind %d", s, last)
				}
				if s.Offset >= 0 && r.Info().Compression == "" && !bytes.Equal(file[s.Offset:s.Offset+int64(len(s.Payload))], s.Payload) {
					t.Fatalf("frame %d: payload is not at %d", s.Number, s.Offset)
				}
				last = s.Number
				segments++
				for _, c := range s.Payload {
					sum = sum*31 + uint32(c)
				}
			}
			if err != io.EOF {
				t.Fatal(err)
			}
			if i := r.Info(); i.Segments != segments || i.Packets < segments {
				t.Fatalf("%d segments: %+v", segments, i)
			}
			return segments, sum
		}
		a, b := read()
		if c, d := read(); a != c || b != d {
			t.Fatal("twice is not the same")
		}
	})
}

// BenchmarkRead is the way of a large capture through the decoder.
func BenchmarkRead(b *testing.B) {
	var file bytes.Buffer
	captureforge.Big(&file, 5, 1<<20, 1)
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		r, err := NewReader(bytes.NewReader(file.Bytes()), nil)
		if err != nil {
			b.Fatal(err)
		}
		var s Segment
		for err = r.Next(&s); err == nil; err = r.Next(&s) {
		}
	}
}
