package evidence

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
	for _, m := range messagesOf(t, nil, dir) {
		for _, d := range m.Defects {
			got[filepath.Base(m.Path)] = append(got[filepath.Base(m.Path)], d.Code)
		}
	}
	want := map[string][]string{"1234567891.M1.h,S=7,W=8:2,S": {"maildir.size", "maildir.size"}, "long.emlx": {"emlx.length", "emlx.length"}, "none.emlx": {"emlx.length"}, "two.eml": {"mbox.separator-inside"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// kinds lists the messages below dir: name, container, flags and compression.
func kinds(t *testing.T, dir string) (items []string, passed int) {
	t.Helper()
	for in, err := range Walk(context.Background(), []string{dir}, nil) {
		if err != nil {
			t.Fatal(err)
		}
		f, err := in.Open()
		if Skipped(err) {
			passed++
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(dir, f.Path)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, strings.TrimSpace(fmt.Sprintln(filepath.ToSlash(name), f.Container, f.Flags, f.Compression)))
		f.Close()
	}
	return items, passed
}

// What makes a Maildir message: its folder, its name, or both. A folder that is
// only called "new" holds what its files say, and must not make mail of them.
func TestMaildirNames(t *testing.T) {
	other := "neither mail nor empty\n"
	for _, c := range []struct {
		why   string
		files map[string]string
		want  string // "" when it is passed over
	}{
		{"a message that was seen", map[string]string{"cur/1234567890.M1P2.h:2,S": mail(1)}, "cur/1234567890.M1P2.h:2,S maildir S"},
		{"systems without colons", map[string]string{"cur/1234567890.M1P2.h;2,RS": mail(1)}, "cur/1234567890.M1P2.h;2,RS maildir RS"},
		{"others without colons", map[string]string{"cur/1234567890.M1P2.h!2,": mail(1)}, "cur/1234567890.M1P2.h!2, maildir"},
		{"keywords of Dovecot", map[string]string{"cur/1234567890.M1P2.h:2,FSab": mail(1)}, "cur/1234567890.M1P2.h:2,FSab maildir FSab"},
		{"fields behind the flags", map[string]string{"cur/1234567890.M1P2.h:2,F,x=1": mail(1)}, "cur/1234567890.M1P2.h:2,F,x=1 maildir F"},
		{"not noticed yet", map[string]string{"new/1234567890.M1P2.h": mail(1)}, "new/1234567890.M1P2.h maildir new"},
		{"flags and not noticed", map[string]string{"new/1234567890.M1P2.h:2,T": mail(1)}, "new/1234567890.M1P2.h:2,T maildir T,new"},
		{"delivery under way", map[string]string{"tmp/1234567890.M1P2.h": "Received: fr"}, "tmp/1234567890.M1P2.h maildir tmp"},
		{"OfflineIMAP", map[string]string{"new/1234567890_0.17.h,U=5": mail(1)}, "new/1234567890_0.17.h,U=5 maildir new"},
		{"a message of no bytes", map[string]string{"cur/1234567890.M1P2.h:2,S": ""}, "cur/1234567890.M1P2.h:2,S maildir S"},
		{"zeros after a crash", map[string]string{"cur/1234567890.M1P2.h:2,S": "\x00\x00\x00\x00\x00"}, "cur/1234567890.M1P2.h:2,S maildir S"},
		{"a folder of Maildir++", map[string]string{".Sent/cur/1234567890.M1P2.h:2,S": mail(1)}, ".Sent/cur/1234567890.M1P2.h:2,S maildir S"},
		{"taken out of its Maildir", map[string]string{"x/1234567890.M1P2.h:2,S": mail(1)}, "x/1234567890.M1P2.h:2,S maildir S"},
		{"a strange name in a Maildir", map[string]string{"cur/strange": mail(1), "new/.keep": ""}, "cur/strange maildir"},
		{"a strange file in a Maildir", map[string]string{"cur/strange": other, "new/maildirfolder": ""}, ""},
		{"a folder called new", map[string]string{"new/a.eml": mail(1)}, "new/a.eml eml"},
		{"numbers in a folder called new", map[string]string{"new/1234567890.txt": other}, ""},
		{"text with a comma", map[string]string{"x/budget;2,final.txt": other}, ""},
	} {
		dir := t.TempDir()
		for name, data := range c.files {
			put(t, dir, name, data)
		}
		items, passed := kinds(t, dir)
		if c.want == "" && (len(items) > 0 || passed != 1) || c.want != "" && (len(items) != 1 || items[0] != c.want) {
			t.Errorf("%s: %q, %d passed over; want %q", c.why, items, passed, c.want)
		}
	}
}

// Files that mail programs keep beside mail go without saying. Names that only
// begin so may be those of mailboxes, and are never passed over in silence.
func TestHousekeeping(t *testing.T) {
	for _, name := range []string{
		".DS_Store", "Thumbs.db", "maildirfolder", "subscriptions", "dovecot.index", "dovecot.index.log", "dovecot.index.log.2", "dovecot.index.cache",
		"dovecot.list.index.log", "dovecot-uidlist", "dovecot-uidvalidity", "dovecot-uidvalidity.5f3a1b2c", "dovecot-keywords", "dovecot.mailbox.log",
		"courierimapuiddb", "Inbox.msf", "msgFilterRules.dat", ".mh_sequences", ".xmhcache",
	} {
		if !isHousekeeping(name) {
			t.Errorf("%s is none", name)
		}
	}
	for _, name := range []string{
		"dovecot-users.mbox", "dovecot.index.eml", "dovecot.indexes", "subscriptions.mbox", "subscriptions-2020", "maildirfolder.eml", "thumbs.db.eml",
		"dovecot-uidvalidity.mbox", "dovecot", "msf", "desktop.ini.eml", "._a.eml",
	} {
		if isHousekeeping(name) {
			t.Errorf("%s is passed over in silence", name)
		}
	}
}

// Numbered files are an MH mailbox when MH keeps its list beside them; when
// they only look so they must be mail. Removed ones are still there.
func TestMH(t *testing.T) {
	for _, c := range []struct {
		why    string
		files  map[string]string
		want   []string
		passed int
	}{
		{"with its list", map[string]string{".mh_sequences": "", "1": mail(1), ",2": mail(2), "#3": mail(3), "draft": mail(4)}, []string{"#3 mh deleted", ",2 mh deleted", "1 mh", "draft eml"}, 0},
		{"a broken one", map[string]string{".xmhcache": "", "1": "\x00\x01"}, []string{"1 mh"}, 0},
		{"numbers alone", map[string]string{"1": mail(1), "22": mail(2), "sub/3": mail(3)}, []string{"1 mh", "22 mh", "sub/3 mh"}, 0},
		{"numbers that are no mail", map[string]string{"1": "\x00\x01", "2": "text\nand more\n"}, nil, 2},
		{"numbers among others", map[string]string{"1": mail(1), "a.txt": mail(2)}, []string{"1 eml", "a.txt eml"}, 0},
	} {
		dir := t.TempDir()
		for name, data := range c.files {
			put(t, dir, name, data)
		}
		items, passed := kinds(t, dir)
		if !slices.Equal(items, c.want) || passed != c.passed {
			t.Errorf("%s: %q, %d passed over", c.why, items, passed)
		}
	}
}

// An emlx file has its message between a length and a property list; the flags
// are one number (jwz, "emlx flags?", 2005).
func TestEMLX(t *testing.T) {
	list := func(flags string) string {
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist>\n<plist version=\"1.0\">\n<dict>\n\t<key>flags</key>\n\t<integer>" + flags + "</integer>\n</dict>\n</plist>\n"
	}
	n := len(mail(1))
	for _, c := range []struct {
		why, name, data, flags string
		size, defects          int
	}{
		{"as Apple Mail writes it", "1.emlx", fmt.Sprintf("%-10d\n%s%s", n, mail(1), list("8590195717")), "read,answered (8590195717)", n, 0},
		{"not all of it was fetched", "1.partial.emlx", fmt.Sprintf("%-10d\n%s%s", n, mail(1), list("1")), "partial,read (1)", n, 0},
		{"no flag set", "1.emlx", fmt.Sprintf("%-10d\n%s%s", n, mail(1), list("0")), "(0)", n, 0},
		{"flagged junk, signed, forwarded", "1.emlx", fmt.Sprintf("%d\n%s%s", n, mail(1), list("25166096")), "flagged,forwarded,signed,junk (25166096)", n, 0},
		{"no number in the list", "1.emlx", fmt.Sprintf("%d\n%s%s", n, mail(1), list("x")), "", n, 0},
		{"a line end of Windows", "1.emlx", fmt.Sprintf("%d\r\n%s%s", n, mail(1), list("1")), "read (1)", n, 0},
		{"a length beyond the end", "1.emlx", fmt.Sprintf("%d\n%s", n+1, mail(1)), "", n, 2},
		{"a length that is too small", "1.emlx", fmt.Sprintf("%d\n%s%s", n-600+590, mail(1), strings.Repeat(" ", 600)+list("1")), "read (1)", n - 10, 1},
		{"a negative length", "1.emlx", "-1\n" + mail(1), "", n + 3, 1},
		{"a length that no number holds", "1.emlx", "99999999999999999999999\n" + mail(1), "", n + 24, 1},
		{"no length", "1.emlx", mail(1), "", n, 1},
		{"a message of no bytes", "1.emlx", "0\n" + list("1"), "read (1)", 0, 0},
		{"an empty file", "1.emlx", "", "", 0, 1},
	} {
		dir := t.TempDir()
		put(t, dir, c.name, c.data)
		for _, path := range []string{dir, filepath.Join(dir, c.name)} {
			got := messagesOf(t, nil, path)
			if len(got) != 1 || got[0].Flags != c.flags || len(got[0].Bytes()) != c.size || len(got[0].Defects) != c.defects || got[0].Container != EMLX {
				t.Errorf("%s: %+v", c.why, got)
				continue
			}
			if at := int(got[0].Offset); c.data[at:at+c.size] != string(got[0].Bytes()) {
				t.Errorf("%s: other bytes stand at %d", c.why, at)
			}
		}
	}
}

// What Dovecot compressed is found under names that do not say so. It is
// decompressed in place, and the size in its name is that of the message.
func TestCompressedInPlace(t *testing.T) {
	dir := t.TempDir()
	name := fmt.Sprintf("cur/1234567890.M1P2.h,S=%d,W=%d:2,S", len(mail(1)), len(mail(1))+5)
	put(t, dir, name, string(gzipOf(t, []byte(mail(1)))))
	put(t, dir, "cur/1234567891.M1P2.h,S=9:2,S", string(zstdOf(t, []byte(mail(1)))))
	put(t, dir, "cur/1234567892.M1P2.h:2,S", bzip2Mbox)
	put(t, dir, "Archive", string(gzipOf(t, []byte(strings.Repeat(mboxOne+"\n", 20000)))))
	put(t, dir, "text", string(gzipOf(t, []byte("no mail\nat all\n"))))
	put(t, dir, "twice", string(gzipOf(t, gzipOf(t, []byte(mail(1))))))
	put(t, dir, "document", string(zipOf(t, map[string]string{"a.eml": mail(1)})))
	items, errs := walked(t, nil, dir)
	if len(items) != 20003 || len(errs) != 3 {
		t.Fatalf("%d messages, %q", len(items), errs)
	}
	for i, want := range []string{"packed (zip): name the file", "does not begin like", "packed (gzip)"} {
		if !strings.Contains(errs[i], want) {
			t.Errorf("%s, want %s", errs[i], want)
		}
	}
	got := messagesOf(t, nil, filepath.Join(dir, "cur"))
	for i, want := range []string{"gzip", "zstd", "bzip2"} {
		if m := got[i]; m.Compression != want || m.Member != "" || m.Container != Maildir || m.Flags != "S" || len(m.Defects) != i%2 {
			t.Errorf("%s: %s %q %v %v", want, m.Compression, m.Member, m.Flags, m.Defects)
		}
	}
}

// An empty file is a message or mailbox only by its name.
func TestEmptyFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.eml", "b.mbox", "mbox", "c.txt", "Inbox", "cur/1234567890.M1P2.h:2,"} {
		put(t, dir, name, "")
	}
	items, errs := walked(t, nil, dir)
	if len(items) != 2 || len(errs) != 2 {
		t.Errorf("%q %q", items, errs)
	}
}

// A large compressed mailbox under a name that does not say so is not mapped,
// but read as a stream; what cannot be unpacked is told as such.
func TestCompressedInPlaceLarge(t *testing.T) {
	var b strings.Builder
	x := uint64(1)
	for i := range 400 {
		b.WriteString("From a@b Tue Jul  1 10:52:37 2003\n" + mail(i))
		for range 200 { // lines that do not compress well
			for range 4 {
				x = x*6364136223846793005 + 1442695040888963407
				fmt.Fprintf(&b, "%016x", x)
			}
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
	dir := t.TempDir()
	data := gzipOf(t, []byte(b.String()))
	if len(data) <= mapAbove {
		t.Fatalf("%d bytes are too few", len(data))
	}
	put(t, dir, "a", string(data))
	put(t, dir, "b", "\xFD7zXZ\x00\x00")
	put(t, dir, "c", string(data[:len(data)/2]))
	items, errs := walked(t, nil, dir)
	if len(items) < 550 || len(items) > 650 || len(errs) != 2 || !strings.Contains(errs[0], "packed (xz): unpack it first") || !strings.Contains(errs[1], "damaged archive") {
		t.Errorf("%d messages, %q", len(items), errs)
	}
	if items, errs := walked(t, &Options{MaxBytes: 4 << 20}, dir); len(items) < 200 || len(errs) != 3 || !strings.Contains(errs[0], ErrTooLarge.Error()) {
		t.Errorf("with a limit: %d messages, %q", len(items), errs)
	}
}

// Whoever has enough ends the walk, wherever it is.
func TestWalkBreak(t *testing.T) {
	dir := makeFolder(t)
	put(t, dir, "z.zip", string(zipOf(t, folder())))
	put(t, dir, "z.tar", string(tarOf(t, folder())))
	for stop := 1; stop < 50; stop++ {
		n := 0
		for range Walk(context.Background(), []string{dir, "missing", dir}, nil) {
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Fatalf("%d items, wanted %d", n, stop)
		}
	}
}
