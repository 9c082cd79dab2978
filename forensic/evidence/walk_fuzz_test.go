package evidence

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"
)

// fuzzed walks bytes that are piped in and returns the number of inputs and of
// errors. Whatever the bytes are: there is no panic, every error has its place,
// messages lie in order in what they come from, and nothing grows.
func fuzzed(t *testing.T, data []byte) (inputs, errs int) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	opt := &Options{Stdin: bytes.NewReader(data), MaxBytes: 1 << 20, Limits: Limits{Members: 1000}}
	for in, err := range Walk(ctx, []string{"-"}, opt) {
		if err != nil {
			placed(t, err)
			errs++
			continue
		}
		inputs++
		f, err := in.Open()
		if err != nil {
			placed(t, err)
			continue
		}
		at := int64(0)
		for m, err := range f.Messages() {
			if err != nil {
				placed(t, err)
				continue
			}
			if m.Offset < at || m.Next < m.Offset+int64(len(m.Bytes())) || len(m.Bytes()) > 1<<20 {
				t.Fatalf("%s: %d bytes, next at %d", m.Place, len(m.Bytes()), m.Next)
			}
			at = m.Next
		}
		f.Close()
	}
	if ctx.Err() != nil {
		t.Fatal("it takes too long")
	}
	return inputs, errs
}

func placed(t *testing.T, err error) {
	if at := (*PlaceError)(nil); !errors.As(err, &at) {
		t.Fatalf("no place: %v", err)
	}
}

// seedFiles are small: a fuzzer changes their packed bytes.
func seedFiles() map[string]string {
	return map[string]string{"a.eml": "From: a@b\n\nx\n", "b.mbox": "From a@b Tue Jul  1 10:52:37 2003\nA: b\n\nx\n", "c.emlx": "4\nA: b\n<plist>", "d/cur/123456789.M1.h,S=1:2,S": "A: b\n\n"}
}

// FuzzWalk: archives of every kind in one another.
func FuzzWalk(f *testing.F) {
	t := &testing.T{}
	f.Add(gzipOf(t, tarOf(t, seedFiles())))
	f.Add(zstdOf(t, []byte("From: a@b\n\nx\n")))
	f.Add([]byte(bzip2Mbox))
	f.Add(zipOf(t, map[string]string{"a.tgz": string(gzipOf(t, tarOf(t, seedFiles()))), "b.eml": string(gzipOf(t, []byte("A: b\n\n")))}))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data) })
}

// FuzzWalkZip: nothing that the standard library lists is left out in silence:
// every entry that is no folder and no file of a mail program's own is an input
// or an error, unless an archive in the zip adds more.
func FuzzWalkZip(f *testing.F) {
	t := &testing.T{}
	f.Add(zipOf(t, seedFiles()))
	f.Add(zipOf(t, nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		inputs, errs := fuzzed(t, data)
		if packingOf(data) != zipped {
			return
		}
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			if errs == 0 {
				t.Fatalf("%d inputs and no error for %v", inputs, err)
			}
			return
		}
		want := 0
		for _, f := range z.File {
			folder := len(f.Name) > 0 && f.Name[len(f.Name)-1] == '/'
			if !folder && !isHousekeeping(baseName(f.Name, true)) && !namesArchive(f.Name) {
				want++
			}
		}
		if inputs+errs < min(want, 1000) {
			t.Errorf("%d inputs and %d errors for %d files", inputs, errs, want)
		}
	})
}

// FuzzWalkTar: as many inputs and errors as the standard library reads headers
// of files.
func FuzzWalkTar(f *testing.F) {
	t := &testing.T{}
	f.Add(tarOf(t, seedFiles()))
	f.Add(append(tarOf(t, nil), tarOf(t, seedFiles())...))
	f.Fuzz(func(t *testing.T, data []byte) {
		inputs, errs := fuzzed(t, data)
		if packingOf(data) != tarred {
			return
		}
		want := 0
		r := tar.NewReader(bytes.NewReader(data))
		for {
			h, err := r.Next()
			if err != nil {
				if err != io.EOF && errs == 0 {
					t.Fatalf("no error for %v", err)
				}
				break
			}
			if h.Typeflag == tar.TypeReg && !isHousekeeping(baseName(h.Name, true)) && !namesArchive(h.Name) {
				want++
			}
		}
		if inputs+errs < min(want, 1000) {
			t.Errorf("%d inputs and %d errors for %d files", inputs, errs, want)
		}
	})
}

// FuzzEmlx: the message is a stretch of the file, and it is the whole file or
// as long as the first line says unless there is a defect.
func FuzzEmlx(f *testing.F) {
	f.Add([]byte("4\nA: b\n<plist><key>flags</key><integer>5</integer>"))
	f.Add([]byte("99\nA: b\n"))
	f.Add([]byte("A: b\n"))
	f.Add([]byte("0\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		in := &Input{Place: Place{Path: "x.emlx", Index: -1}, Found: true}
		in.name(in.Path, folderKind{})
		file, err := newFile(in, nil).read(bytes.NewReader(data), -1)
		if err != nil {
			return // packed
		}
		for m, err := range file.Messages() {
			if err != nil || file.Compression != "" {
				continue
			}
			at := int(m.Offset)
			if !bytes.Equal(data[at:at+len(m.Bytes())], m.Bytes()) {
				t.Fatalf("other bytes stand at %d", at)
			}
			n, start, ok := emlxLength(data)
			if whole := len(m.Bytes()) == len(data); len(m.Defects) == 0 && (!ok || n != len(m.Bytes()) || start != at) && !whole {
				t.Errorf("%d bytes at %d, stated %d behind %d", len(m.Bytes()), at, n, start)
			}
		}
	})
}
