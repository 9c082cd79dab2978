package evidence

import (
	"archive/zip"
	"bytes"
	gzipper "compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// zeros reads without end.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// A few bytes must not be able to fill memory or disk.
func TestWalkBombs(t *testing.T) {
	var b bytes.Buffer
	w := gzipper.NewWriter(&b)
	if _, err := io.Copy(w, io.LimitReader(zeros{}, 300<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, errs := walked(t, &Options{Stdin: bytes.NewReader(b.Bytes())}, "-")
	if len(errs) != 1 || !strings.Contains(errs[0], ErrLimit.Error()) {
		t.Errorf("many zeros: %q", errs)
	}
	_, errs = walked(t, &Options{Stdin: bytes.NewReader(b.Bytes()), MaxBytes: 1 << 20}, "-")
	if len(errs) != 1 || !strings.Contains(errs[0], ErrTooLarge.Error()) {
		t.Errorf("with a limit on bytes: %q", errs)
	}
	data := zipOf(t, map[string]string{"a.eml": mail(1), "b.eml": mail(2), "c.eml": mail(3), "d.eml": mail(4)})
	dir := t.TempDir()
	put(t, dir, "e.eml", mail(5))
	items, errs := walked(t, &Options{Stdin: bytes.NewReader(data), Limits: Limits{Members: 2}}, "-", dir)
	if len(items) != 3 || len(errs) != 1 || !strings.Contains(errs[0], "what follows behind member 2 is left out") {
		t.Errorf("two members allowed, and another input: %q %q", items, errs)
	}
	for range 10 {
		data = zipOf(t, map[string]string{"a.zip": string(data)})
	}
	items, errs = walked(t, &Options{Stdin: bytes.NewReader(data)}, "-")
	if len(items) != 0 || len(errs) != 1 || !strings.Contains(errs[0], "archives in one another") {
		t.Errorf("eleven archives in one another: %q %q", items, errs)
	}
}

// Depth counts archives. A compressed tar is one.
func TestWalkDepth(t *testing.T) {
	data := []byte(mail(1))
	name := "a.eml"
	for depth := 1; depth <= 5; depth++ {
		data = gzipOf(t, tarOf(t, map[string]string{name: string(data)}))
		name = "x.tgz"
		items, errs := onStdin(t, data)
		if whole := len(items) == 1 && len(errs) == 0; whole != (depth <= 4) {
			t.Errorf("depth %d: %q %q", depth, items, errs)
		}
	}
}

// A mailbox of one message that never ends, in 242 bytes for each 300 MiB: in
// a file, under a name that says nothing, and several in an archive, which must
// not hide the message behind them.
func TestWalkBombsOfBzip2(t *testing.T) {
	if testing.Short() {
		t.Skip("it decompresses a gigabyte")
	}
	bomb := bzip2Mbox + strings.Repeat(bzip2Zeros, 40)
	dir := t.TempDir()
	put(t, dir, "a.mbox.bz2", bomb)
	put(t, dir, "strange/name", bomb)
	put(t, dir, "b.zip", string(zipOf(t, map[string]string{"1": bomb, "2": bomb, "3.mbox.bz2": bomb, "4.eml": mail(4)})))
	for path, want := range map[string]int{"a.mbox.bz2": 1, "strange": 1, "b.zip": 3} {
		items, errs := walked(t, nil, filepath.Join(dir, path))
		if len(errs) != want {
			t.Errorf("%s: %q %q", path, items, errs)
		}
		for _, e := range errs {
			if !strings.Contains(e, ErrLimit.Error()) {
				t.Errorf("%s: %s", path, e)
			}
		}
		if path == "b.zip" && (len(items) == 0 || !strings.Contains(items[len(items)-1], "!/4.eml#0@0")) {
			t.Errorf("the message behind the bombs: %q", items)
		}
	}
	var after runtime.MemStats
	runtime.GC()
	if runtime.ReadMemStats(&after); after.HeapAlloc > 100<<20 {
		t.Errorf("%d MiB in use", after.HeapAlloc>>20)
	}
}

// Each bomb halves what the next one may give, and after some of them the rest
// of the archive is left out: that is told.
func TestMeterHalves(t *testing.T) {
	m := newMeter(context.Background(), 1000, Limits{})
	total := int64(0)
	for n := 0; !m.spent; n++ {
		total += m.allowed()
		if _, err := io.Copy(io.Discard, m.metered(zeros{})); !errors.Is(err, ErrLimit) || n > maxBombs {
			t.Fatalf("bomb %d: %v", n, err)
		}
	}
	if total > 2*freely {
		t.Errorf("%d bytes allowed", total)
	}
	w := &walker{ctx: context.Background()}
	told := 0
	w.yield = func(_ *Input, err error) bool { told++; return errors.Is(err, ErrLimit) }
	s := &source{meter: m}
	if first, again := w.over(s), w.over(s); !first || !again || told != 1 {
		t.Errorf("told %d times", told)
	}
}

// A hole in a sparse file of a tar comes out of nothing.
func TestWalkBombOfHoles(t *testing.T) {
	header := make([]byte, tarBlock)
	copy(header, "a.mbox")
	copy(header[100:], "0000644\x000000000\x000000000\x00")
	copy(header[124:], "00000000142\x0000000000000\x00") // 98 bytes follow
	header[156] = 'S'
	copy(header[257:], "ustar  \x00")
	copy(header[386:], "00000000000\x0000000000142\x00") // they stand at 0
	copy(header[483:], "77777777777\x00")                // of 8 GiB
	copy(header[148:], "        ")
	sum := 0
	for _, c := range header {
		sum += int(c)
	}
	copy(header[148:], []byte{'0' + byte(sum>>15&7), '0' + byte(sum>>12&7), '0' + byte(sum>>9&7), '0' + byte(sum>>6&7), '0' + byte(sum>>3&7), '0' + byte(sum&7), 0, ' '})
	data := make([]byte, 2*tarBlock+1024)
	copy(data, header)
	copy(data[tarBlock:], mboxOne+"\n\n\n\n\n\n\n\n\n\n\n")
	items, errs := onStdin(t, data)
	if len(items) > 1 || len(errs) != 1 || !strings.Contains(errs[0], ErrLimit.Error()) {
		t.Errorf("%q %q", items, errs)
	}
}

// The directory of a zip takes several times its size in memory: one that was
// decompressed from next to nothing is not read to its end.
func TestWalkBombOfNames(t *testing.T) {
	one := zipOf(t, map[string]string{"a.eml": mail(1)})
	at := bytes.Index(one, []byte("PK\x01\x02"))
	end := bytes.Index(one, []byte("PK\x05\x06"))
	entry := one[at:end]
	n := (maxDirectory + 1<<20) / len(entry)
	tail := bytes.Clone(one[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(n))
	binary.LittleEndian.PutUint16(tail[10:], uint16(n))
	binary.LittleEndian.PutUint32(tail[12:], uint32(n*len(entry)))
	var b bytes.Buffer
	w, err := gzipper.NewWriterLevel(&b, gzipper.BestSpeed)
	for _, part := range [][]byte{one[:at], bytes.Repeat(entry, n), tail} {
		if err == nil {
			_, err = w.Write(part)
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	items, errs := onStdin(t, b.Bytes())
	if len(items) != 0 || len(errs) != 1 || !strings.Contains(errs[0], ErrLimit.Error()) {
		t.Errorf("%d messages, %q", len(items), errs)
	}
}

// A walk that is cancelled ends at once, in the middle of what comes out of one
// member too; what was read so far is not passed off as a damaged archive.
func TestWalkCancelDecompression(t *testing.T) {
	data := bzip2Mbox + strings.Repeat(bzip2Zeros, 4)
	path := filepath.Join(t.TempDir(), "a.zip")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("a")
	if err == nil {
		_, err = io.WriteString(w, data)
	}
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		err = os.WriteFile(path, b.Bytes(), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for in, err := range Walk(ctx, []string{path}, nil) {
		if err != nil {
			t.Fatal(err)
		}
		f, err := in.Open()
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Millisecond, cancel)
		for _, err = range f.Messages() {
			if err != nil {
				break
			}
		}
		if !errors.Is(err, context.Canceled) || errors.Is(err, ErrArchive) {
			t.Errorf("ended with %v", err)
		}
		f.Close()
	}
}
