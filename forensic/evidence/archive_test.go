package evidence

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	gzipper "compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	unzstd "github.com/klauspost/compress/zstd"
)

// The same messages must come out of a folder, of every kind of archive of it,
// of an archive in an archive, and of standard input.
func TestWalkArchives(t *testing.T) {
	dir := makeFolder(t)
	items, _ := walked(t, nil, dir)
	want := digests(items)
	zipped, tarred := zipOf(t, folder()), tarOf(t, folder())
	for name, data := range map[string][]byte{
		"a.zip": zipped, "a.tar": tarred, "a.tar.gz": gzipOf(t, tarred), "a.tar.zst": zstdOf(t, tarred),
		"b.zip": zipOf(t, map[string]string{"in.tar.gz": string(gzipOf(t, tarred))}), "c.tar": tarOf(t, map[string]string{"d/in.zip": string(zipped)}),
		"noname": zipped,
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		items, errs := walked(t, nil, path)
		if got := digests(items); !slices.Equal(got, want) {
			t.Errorf("%s: %d messages, want %d: %q", name, len(got), len(want), errs)
		}
		items, _ = walked(t, &Options{Stdin: bytes.NewReader(data)}, "-")
		if got := digests(items); !slices.Equal(got, want) {
			t.Errorf("%s on standard input: %d messages, want %d", name, len(got), len(want))
		}
	}
}

// A member's place names the archive and the member, and nothing outside is
// ever opened, whatever the member is called.
func TestWalkMemberNames(t *testing.T) {
	data := zipOf(t, map[string]string{"../../etc/a.eml": mail(1), "/abs/b.eml": mail(2), "in/c.mbox": "From a@b Tue Jul  1 10:52:37 2003\n" + mail(3)})
	path := filepath.Join(t.TempDir(), "x.zip")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	items, errs := walked(t, nil, path)
	for i, want := range []string{"!/../../etc/a.eml#0@0 eml", "!//abs/b.eml#0@0 eml", "!/in/c.mbox#0@34 mbox"} {
		if i >= len(items) || !strings.HasPrefix(items[i], path+want) {
			t.Errorf("items %q, errors %q", items, errs)
		}
	}
}

// A single compressed mailbox is read as a stream; its name without the ending
// says what it is.
func TestWalkCompressedMailbox(t *testing.T) {
	data := "From a@b Tue Jul  1 10:52:37 2003\n" + mail(1)
	for name, packed := range map[string][]byte{"one.mbox.gz": gzipOf(t, []byte(data)), "one.mbox.zst": zstdOf(t, []byte(data))} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, packed, 0o666); err != nil {
			t.Fatal(err)
		}
		items, errs := walked(t, nil, path)
		if len(items) != 1 || !strings.HasPrefix(items[0], path+"!/one.mbox#0@34 mbox") {
			t.Errorf("%q %q", items, errs)
		}
	}
}

// Whatever is cut off an archive, the walk ends with an error or with
// everything, and gives what could still be read.
func TestWalkCutArchives(t *testing.T) {
	tarred := tarOf(t, folder())
	for name, data := range map[string][]byte{"a.tar.gz": gzipOf(t, tarred), "a.zip": zipOf(t, folder()), "a.tar": tarred, "a.tar.zst": zstdOf(t, tarred), "b.zip": zipOf(t, map[string]string{"in.tar.gz": string(gzipOf(t, tarred))})} {
		items, errs := walked(t, &Options{Stdin: bytes.NewReader(data)}, "-")
		whole, passed := len(items), len(errs)
		for cut := 300; cut < len(data); cut += 100 {
			items, errs := walked(t, &Options{Stdin: bytes.NewReader(data[:cut])}, "-")
			if len(items) < whole && len(errs) == 0 {
				t.Errorf("%s cut at %d: %d of %d messages and no error", name, cut, len(items), whole)
			}
			if len(items) > whole+1 || len(errs) > passed+2 {
				t.Errorf("%s cut at %d: %d messages, %d errors", name, cut, len(items), len(errs))
			}
		}
	}
}

// What stood before the damage in a compressed mailbox is examined.
func TestWalkDamagedMember(t *testing.T) {
	var b strings.Builder
	for i := range 2000 {
		b.WriteString("From a@b Tue Jul  1 10:52:37 2003\n" + mail(i) + strings.Repeat(fmt.Sprint(i), 30) + "\n\n")
	}
	data := gzipOf(t, []byte(b.String()))
	items, errs := walked(t, &Options{Stdin: bytes.NewReader(data[:len(data)/2])}, "-")
	if len(items) < 500 || len(errs) != 1 || !strings.Contains(errs[0], "damaged archive") {
		t.Errorf("%d messages, errors %q", len(items), errs)
	}
}

// onStdin walks bytes that are piped in.
func onStdin(t *testing.T, data []byte) (items, errs []string) {
	t.Helper()
	return walked(t, &Options{Stdin: bytes.NewReader(data)}, "-")
}

// What is compressed alone under a name that does not say so has no other name
// within; a stated one and a bare one are that of the member.
func TestWalkCompressedNames(t *testing.T) {
	dir := t.TempDir()
	var stated bytes.Buffer
	w := gzipper.NewWriter(&stated)
	w.Name = "old.mbox"
	if _, err := io.WriteString(w, mboxOne); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, data, want string }{
		{"noname", bzip2Mbox, "noname#0@0"},
		{"x.bz2", bzip2Mbox, "x.bz2!/x#0@0"},
		{"y.mbox.gz", stated.String(), "y.mbox.gz!/old.mbox#0@34"},
	} {
		put(t, dir, c.name, c.data)
		items, errs := walked(t, nil, filepath.Join(dir, c.name))
		if len(items) != 1 || !strings.HasPrefix(items[0], filepath.Join(dir, c.want)+" ") {
			t.Errorf("%s: %q %q, want %s", c.name, items, errs, c.want)
		}
	}
}

// A folder's file whose name says that it is compressed is found, not named:
// what is in it must begin like mail.
func TestWalkCompressedFound(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "log.gz", string(gzipOf(t, []byte("GET / HTTP/1.1\n"))))
	put(t, dir, "mail.gz", string(gzipOf(t, []byte(mail(1)))))
	items, errs := walked(t, nil, dir)
	if len(items) != 1 || len(errs) != 1 || !strings.Contains(errs[0], "log.gz!/log: evidence: not mail") {
		t.Errorf("%q %q", items, errs)
	}
}

// tarEntry is one header of a tar and its bytes.
type tarEntry struct {
	tar.Header
	data string
}

func tarWith(t *testing.T, entries ...tarEntry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		e.Size = int64(len(e.data))
		if err := w.WriteHeader(&e.Header); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What a tar holds beside files: folders go without saying, and links and
// devices are told, since a copy of a Maildir may have messages as links.
func TestTarKinds(t *testing.T) {
	data := tarWith(t,
		tarEntry{tar.Header{Name: "d/", Typeflag: tar.TypeDir}, ""},
		tarEntry{tar.Header{Name: "d/a.eml", Typeflag: tar.TypeReg}, mail(1)},
		tarEntry{tar.Header{Name: "d/b.eml", Typeflag: tar.TypeLink, Linkname: "d/a.eml"}, ""},
		tarEntry{tar.Header{Name: "d/c.eml", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, ""},
		tarEntry{tar.Header{Name: "d/pipe", Typeflag: tar.TypeFifo}, ""},
		tarEntry{tar.Header{Name: "/e.eml", Typeflag: tar.TypeReg}, mail(2)})
	items, errs := onStdin(t, data)
	if len(items) != 2 || len(errs) != 3 || !strings.Contains(errs[0], "a link to d/a.eml") || !strings.Contains(errs[2], "not a regular file") {
		t.Errorf("%q %q", items, errs)
	}
}

// Tars may stand one behind the other, as cat and tapes have them. Anything
// else behind the end mark must not stay unseen.
func TestTarBehindEnd(t *testing.T) {
	one, two := tarOf(t, map[string]string{"a.eml": mail(1)}), tarOf(t, map[string]string{"b.eml": mail(2)})
	for _, c := range []struct {
		name        string
		data        []byte
		items, errs int
	}{
		{"two", slices.Concat(one, two), 2, 0},
		{"two, and zeros as of a tape", slices.Concat(one, make([]byte, 10240), two, make([]byte, 10240)), 2, 0},
		{"hidden text", slices.Concat(one, []byte(mail(3))), 1, 1},
		{"no end mark", one[:len(one)-1024], 1, 1},
	} {
		items, errs := onStdin(t, c.data)
		if len(items) != c.items || len(errs) != c.errs {
			t.Errorf("%s: %q %q", c.name, items, errs)
		}
	}
}

// A tar from before POSIX has no mark but its sum.
func TestTarOld(t *testing.T) {
	data := tarOf(t, map[string]string{"a.eml": mail(1)})
	clear(data[257:265])
	copy(data[148:], "        ")
	sum := 0
	for _, c := range data[:tarBlock] {
		sum += int(c)
	}
	copy(data[148:], fmt.Sprintf("%06o\x00 ", sum))
	items, errs := onStdin(t, data)
	if len(items) != 1 || !strings.Contains(items[0], "!/a.eml") && !strings.HasPrefix(items[0], "-!/") {
		t.Errorf("%q %q", items, errs)
	}
}

// Dovecot compresses messages and leaves their names; so a backup of its
// folders holds such members.
func TestTarOfCompressedMaildir(t *testing.T) {
	name := fmt.Sprintf("m/cur/1234567890.M1P2.h,S=%d:2,S", len(mail(1)))
	for kind, data := range map[string][]byte{"gzip": gzipOf(t, []byte(mail(1))), "zstd": zstdOf(t, []byte(mail(1)))} {
		path := filepath.Join(t.TempDir(), "m.tar")
		if err := os.WriteFile(path, tarOf(t, map[string]string{name: string(data)}), 0o666); err != nil {
			t.Fatal(err)
		}
		got := messagesOf(t, nil, path)
		if len(got) != 1 || got[0].Member != name || got[0].Compression != kind || got[0].Flags != "S" || len(got[0].Defects) != 0 || string(got[0].Bytes()) != mail(1) {
			t.Errorf("%s: %+v", kind, got)
		}
	}
}

// messagesOf are the messages of a walk in which nothing goes wrong.
func messagesOf(t *testing.T, opt *Options, path string) (out []*Message) {
	t.Helper()
	for in, err := range Walk(context.Background(), []string{path}, opt) {
		if err != nil {
			t.Fatal(err)
		}
		f, err := in.Open()
		if err != nil {
			t.Fatal(err)
		}
		for m, err := range f.Messages() {
			if err != nil {
				t.Fatal(err)
			}
			m.data = bytes.Clone(m.data) // it is kept
			out = append(out, m)
		}
		f.Close()
	}
	return out
}

// Zips with methods that the standard library does not know, and with one that
// nobody here does: that is told, and the rest goes on.
func TestZipMethods(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(unzstd.ZipMethodWinZip, unzstd.ZipCompressor())
	w, err := z.CreateHeader(&zip.FileHeader{Name: "a.eml", Method: unzstd.ZipMethodWinZip})
	if err == nil {
		_, err = io.WriteString(w, mail(1))
	}
	for name, method := range map[string]uint16{"b.mbox": 12, "c.eml": 95} {
		h := zip.FileHeader{Name: name, Method: method, CompressedSize64: uint64(len(bzip2Mbox)), UncompressedSize64: uint64(len(mboxOne))}
		h.CRC32 = crc32.ChecksumIEEE([]byte(mboxOne))
		if err == nil {
			w, err = z.CreateRaw(&h)
		}
		if err == nil {
			_, err = io.WriteString(w, bzip2Mbox)
		}
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	items, errs := onStdin(t, b.Bytes())
	if len(items) != 2 || len(errs) != 1 || !strings.Contains(errs[0], "c.eml") || !strings.Contains(errs[0], "unsupported") {
		t.Errorf("%q %q", items, errs)
	}
}

// A zip is damaged member by member: what can be read of one is examined, and
// the others are as if nothing were.
func TestZipDamage(t *testing.T) {
	whole := zipOf(t, map[string]string{"a.eml": mail(1), "b.eml": mail(2), "c.eml": mail(3)})
	directory := bytes.Index(whole, []byte("PK\x01\x02"))
	for _, c := range []struct {
		name        string
		change      func(b []byte)
		items, errs int
		want        string
	}{
		{"another sum", func(b []byte) { b[directory+16]++ }, 3, 1, "checksum"},
		{"encrypted", func(b []byte) { b[directory+8] |= 1 }, 2, 1, "encrypted"},
		{"larger than stated", func(b []byte) { binary.LittleEndian.PutUint32(b[directory+24:], 20) }, 3, 1, "states 20 bytes"},
		{"smaller than stated", func(b []byte) { binary.LittleEndian.PutUint32(b[directory+24:], 2000) }, 3, 1, "damaged archive"},
		{"huge by its word", func(b []byte) { binary.LittleEndian.PutUint32(b[directory+24:], 1<<32-2) }, 3, 1, "damaged archive"},
		{"no local header", func(b []byte) { b[0], b[3] = 'p', 0 }, 3, 0, ""},
		{"a device by its mode", func(b []byte) { b[directory+5] = 3; binary.LittleEndian.PutUint32(b[directory+38:], 0o60644<<16) }, 2, 1, "not a regular file"},
	} {
		data := bytes.Clone(whole)
		c.change(data)
		path := filepath.Join(t.TempDir(), "x.zip")
		if c.name == "no local header" {
			data = append([]byte("PK\x03\x04 in front of it"), whole...) // offsets are off by the front
			c.items = 3
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		items, errs := walked(t, nil, path)
		if len(items) != c.items || len(errs) != c.errs || len(errs) > 0 && !strings.Contains(errs[0], c.want) {
			t.Errorf("%s: %d messages; %q", c.name, len(items), errs)
		}
	}
}

// What was opened, or is read on, behind its step of the iteration says so,
// and never gives bytes of the member that follows.
func TestWalkStep(t *testing.T) {
	data := tarOf(t, map[string]string{"a.eml": mail(1), "b.mbox": strings.Repeat(mboxOne, 1<<15), "c.eml": mail(3)})
	var late []*Input
	var open []*File
	for in, err := range Walk(context.Background(), []string{"-"}, &Options{Stdin: bytes.NewReader(data)}) {
		if err != nil {
			t.Fatal(err)
		}
		if late = append(late, in); in.Member == "b.mbox" {
			f, err := in.Open()
			if err != nil {
				t.Fatal(err)
			}
			open = append(open, f)
		}
	}
	if len(late) != 3 {
		t.Fatalf("%d members", len(late))
	}
	if _, err := late[2].Open(); !errors.Is(err, errGone) {
		t.Errorf("opened late: %v", err)
	}
	var last error
	for _, err := range open[0].Messages() {
		last = err
	}
	if !errors.Is(last, errGone) {
		t.Errorf("read late: %v", last)
	}
}
