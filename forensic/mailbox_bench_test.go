package forensic_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/emersion/go-mbox"
	"github.com/emersion/go-message"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/render"
)

// benchMailbox is the mailbox that EMLCHECK_MBOX names, else a made one of
// about 20 MB.
func benchMailbox(b *testing.B) (path string, size int64) {
	if path = os.Getenv("EMLCHECK_MBOX"); path == "" {
		path = filepath.Join(b.TempDir(), "made.mbox")
		if err := os.WriteFile(path, mailbox(1000), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return path, info.Size()
}

// BenchmarkMailbox puts a scan with everything that it finds out, printed as
// JSON Lines, beside one digest of the file and beside the loop that a program
// has without this library: go-mbox and go-message, each part decoded and
// digested. One job, so that the times are those of one processor.
func BenchmarkMailbox(b *testing.B) {
	path, size := benchMailbox(b)
	run := func(name string, fn func() error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				if err := fn(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("sha256", func() error { return digestFile(path) })
	run("split", func() error { return splitFile(path) })
	run("scan", func() error { return scanFile(path) })
	run("go-mbox and go-message", func() error { return peerLoop(path) })
}

func digestFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.CopyBuffer(sha256.New(), struct{ io.Reader }{f}, make([]byte, 256<<10))
	return err
}

func splitFile(path string) error {
	f, err := evidence.Open(path, nil)
	if err != nil {
		return err
	}
	defer f.Close()
	for _, err := range f.Messages() {
		if err != nil {
			return err
		}
	}
	return nil
}

func scanFile(path string) error {
	opt := &forensic.ScanOptions{Jobs: 1, Options: forensic.Options{Digests: forensic.DigestsMinimal}}
	p, err := render.New("jsonl", io.Discard, nil)
	if err != nil {
		return err
	}
	for s, err := range forensic.Scan(context.Background(), []string{path}, opt) {
		if err != nil {
			return err
		}
		if err := p.Report(s.Report); err != nil {
			return err
		}
	}
	return nil
}

func peerLoop(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := mbox.NewReader(bufio.NewReaderSize(f, 1<<20))
	for {
		m, err := r.NextMessage()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := peerMessage(m); err != nil {
			return err
		}
	}
}

// peerMessage decodes and digests the message and each leaf of it.
func peerMessage(m io.Reader) error {
	whole := sha256.New()
	e, err := message.Read(io.TeeReader(m, whole))
	if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		_, err = io.Copy(whole, m)
		return err
	}
	_ = e.Walk(func(_ []int, e *message.Entity, err error) error {
		if e == nil || e.MultipartReader() != nil {
			return nil
		}
		sum := sha256.New()
		_, _ = io.Copy(sum, e.Body) // broken parts count as far as they go
		sum.Sum(nil)
		return nil
	})
	_, err = io.Copy(whole, m)
	whole.Sum(nil)
	return err
}
