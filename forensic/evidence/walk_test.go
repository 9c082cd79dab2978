package evidence

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	gzipper "compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	unzstd "github.com/klauspost/compress/zstd"
)

// walked lists what a walk finds: the digest of each message behind its place
// and container, and errors.
func walked(t *testing.T, opt *Options, paths ...string) (items, errs []string) {
	t.Helper()
	for in, err := range Walk(context.Background(), paths, opt) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		f, err := in.Open()
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		for m, err := range f.Messages() {
			if err != nil {
				errs = append(errs, err.Error())
				continue
			}
			items = append(items, fmt.Sprintf("%s %s %s %x", m.Place, m.Container, m.Flags, sha256.Sum256(m.Bytes())))
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return items, errs
}

// digests are the last words of the items, sorted.
func digests(items []string) []string {
	var out []string
	for _, s := range items {
		out = append(out, s[strings.LastIndexByte(s, ' ')+1:])
	}
	slices.Sort(out)
	return out
}

func mail(i int) string {
	return fmt.Sprintf("From: a%d@b.example\nTo: c@d.example\nSubject: %d\n\nbody %d\n", i, i, i)
}

func put(t *testing.T, dir, name, data string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

// folder is a tree with messages of every kind and with what is none.
func folder() map[string]string {
	return map[string]string{
		"a.eml": mail(1), "b/c.eml": mail(2), "b/README": "This is text.\n", "b/table.csv": "a,b\n1,2\n", "b/page.html": "<html><body>From: x</body>",
		"Inbox": "From a@b Tue Jul  1 10:52:37 2003\n" + mail(3) + "\nFrom a@b Tue Jul  1 10:52:37 2003\n" + mail(4), "Inbox.msf": "// <!-- <mdb:mork",
		"md/cur/1234567890.1.host:2,FS": mail(5), "md/new/1234567891.2.host": mail(6), "md/tmp/1234567892.3.host": mail(7), "md/dovecot.index": "From: x",
		"mh/1": mail(8), "mh/2": mail(9), "mh/,3": mail(10), "mh/.mh_sequences": "cur: 1\n",
		"x.emlx": fmt.Sprintf("%-10d\n%s<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>flags</key><integer>5</integer></dict></plist>\n", len(mail(11)), mail(11)),
		"binary": "\x7fELF\x00\x00", "empty": "", "empty.mbox": "",
	}
}

func makeFolder(t *testing.T) string {
	dir := t.TempDir()
	for name, data := range folder() {
		put(t, dir, name, data)
	}
	return dir
}

// A folder gives every message once, in the order of names, each with what its
// surroundings say, and says of everything else that it is no mail.
func TestWalkFolder(t *testing.T) {
	dir := makeFolder(t)
	items, errs := walked(t, nil, dir)
	var got []string
	for _, s := range items {
		s = strings.TrimPrefix(s, dir+string(filepath.Separator))
		got = append(got, filepath.ToSlash(s[:strings.LastIndexByte(s, ' ')]))
	}
	want := []string{
		"Inbox#0@34 mbox ", "Inbox#1@123 mbox ", "a.eml#0@0 eml ", "b/c.eml#0@0 eml ",
		"md/cur/1234567890.1.host:2,FS#0@0 maildir FS", "md/new/1234567891.2.host#0@0 maildir new", "md/tmp/1234567892.3.host#0@0 maildir tmp",
		"mh/,3#0@0 mh deleted", "mh/1#0@0 mh ", "mh/2#0@0 mh ", "x.emlx#0@11 emlx read,answered (5)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(errs) != 5 { // README, table.csv, page.html, binary, empty
		t.Errorf("passed over: %q", errs)
	}
	for _, e := range errs {
		if !strings.Contains(e, "not mail") {
			t.Errorf("an error of another kind: %s", e)
		}
	}
}

// zipOf and tarOf pack a folder; order is that of names.
func zipOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range sortedNames(files) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range sortedNames(files) {
		err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name])), Typeflag: tar.TypeReg})
		if err == nil {
			_, err = io.WriteString(w, files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sortedNames(files map[string]string) []string {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func gzipOf(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzipper.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zstdOf(t *testing.T, data []byte) []byte {
	t.Helper()
	w, err := unzstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(data, nil)
}

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
	for name, data := range map[string][]byte{"a.tar.gz": gzipOf(t, tarred), "a.zip": zipOf(t, folder()), "a.tar": tarred, "a.tar.zst": zstdOf(t, tarred)} {
		items, errs := walked(t, &Options{Stdin: bytes.NewReader(data)}, "-")
		whole, passed := len(items), len(errs)
		for cut := 300; cut < len(data); cut += max(1, len(data)/150) {
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
	data := zipOf(t, map[string]string{"a.eml": mail(1), "b.eml": mail(2), "c.eml": mail(3)})
	items, errs := walked(t, &Options{Stdin: bytes.NewReader(data), Limits: Limits{Members: 2}}, "-")
	if len(items) != 2 || len(errs) != 1 {
		t.Errorf("two members allowed: %q %q", items, errs)
	}
	for range 10 {
		data = zipOf(t, map[string]string{"a.zip": string(data)})
	}
	items, errs = walked(t, &Options{Stdin: bytes.NewReader(data)}, "-")
	if len(items) != 0 || len(errs) != 1 || !strings.Contains(errs[0], "archives in one another") {
		t.Errorf("eleven archives in one another: %q %q", items, errs)
	}
}

// Links in a folder are not followed: they may lead in a circle or outside.
func TestWalkLinks(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.eml", mail(1))
	if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
		t.Skip(err)
	}
	items, errs := walked(t, nil, dir)
	if len(items) != 1 || len(errs) != 1 || !strings.Contains(errs[0], "not followed") {
		t.Errorf("%q %q", items, errs)
	}
}

// What cannot be read is told with its place, and the rest is done.
func TestWalkUnreadable(t *testing.T) {
	dir := makeFolder(t)
	items, errs := walked(t, nil, filepath.Join(dir, "missing"), filepath.Join(dir, "a.eml"))
	if len(items) != 1 || len(errs) != 1 || !strings.Contains(errs[0], "missing") {
		t.Errorf("%q %q", items, errs)
	}
}

// A walk ends with its context, even in the middle of an endless stream.
func TestWalkEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for _, err := range Walk(ctx, []string{makeFolder(t)}, nil) {
		n++
		cancel()
		_ = err
	}
	if n != 1 {
		t.Errorf("%d items after the end", n)
	}
}

// What is in the name or the length line of a file and does not fit is told.
func TestContainerDefects(t *testing.T) {
	dir := t.TempDir()
	size := len(mail(1))
	put(t, dir, fmt.Sprintf("cur/1234567890.M1.h,S=%d,W=%d:2,S", size, size+5), mail(1))
	put(t, dir, "cur/1234567891.M1.h,S=7,W=8:2,S", mail(1))
	put(t, dir, "long.emlx", "5000\n"+mail(1))
	put(t, dir, "none.emlx", mail(1))
	put(t, dir, "two.eml", "From a@b Tue Jul  1 10:52:37 2003\n"+mail(1)+"\nFrom a@b Tue Jul  1 10:52:37 2003\n"+mail(2))
	got := map[string][]string{}
	for in, err := range Walk(context.Background(), []string{dir}, nil) {
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
			for _, d := range m.Defects {
				got[filepath.Base(m.Path)] = append(got[filepath.Base(m.Path)], d.Code)
			}
		}
		f.Close()
	}
	want := map[string][]string{"1234567891.M1.h,S=7,W=8:2,S": {"maildir.size", "maildir.size"}, "long.emlx": {"emlx.length", "emlx.length"}, "none.emlx": {"emlx.length"}, "two.eml": {"mbox.separator-inside"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A mailbox may be larger than what a stream holds, in one message too.
func TestWalkStreamedMailbox(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		b.WriteString("From a@b Tue Jul  1 10:52:37 2003\n" + mail(i))
		if i%13 == 5 {
			b.WriteString(strings.Repeat(strings.Repeat("x", 70)+"\n", 20<<20/71+i*100000))
		}
		b.WriteString("\n")
	}
	path := filepath.Join(t.TempDir(), "m.mbox")
	if err := os.WriteFile(path, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	want, _ := walked(t, nil, path)
	got, errs := walked(t, &Options{Stdin: strings.NewReader(b.String())}, "-")
	if !slices.Equal(digests(got), digests(want)) || len(got) != 40 {
		t.Errorf("%d messages, want %d; %q", len(got), len(want), errs)
	}
}

// FuzzWalk: whatever an archive holds, a walk of it ends without a panic, and
// every error has a place.
func FuzzWalk(f *testing.F) {
	files := map[string]string{"a.eml": "From: a@b\n\nx\n", "b.mbox": "From a@b Tue Jul  1 10:52:37 2003\nA: b\n\nx\n", "c.emlx": "4\nA: b\n<plist>"}
	t := &testing.T{}
	f.Add(zipOf(t, files))
	f.Add(tarOf(t, files))
	f.Add(gzipOf(t, tarOf(t, files)))
	f.Add(zstdOf(t, []byte("From: a@b\n\nx\n")))
	f.Fuzz(func(t *testing.T, data []byte) {
		for in, err := range Walk(context.Background(), []string{"-"}, &Options{Stdin: bytes.NewReader(data), MaxBytes: 1 << 20}) {
			var at *PlaceError
			if err != nil {
				if !errors.As(err, &at) {
					t.Fatalf("no place: %v", err)
				}
				continue
			}
			file, err := in.Open()
			if err != nil {
				continue
			}
			for m, err := range file.Messages() {
				if err == nil && m.Bytes() == nil {
					t.Fatal("a message without bytes")
				}
			}
			file.Close()
		}
	})
}
