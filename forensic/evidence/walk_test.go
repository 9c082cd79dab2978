package evidence

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
