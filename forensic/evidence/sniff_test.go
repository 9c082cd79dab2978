package evidence

import (
	"bytes"
	"strings"
	"testing"
)

// What is found begins like mail, or is passed over. Both lists are of things
// that stand in folders with mail.
func TestLooksLikeMail(t *testing.T) {
	for _, c := range []struct {
		why, head string
		want      bool
	}{
		{"a message", "Received: from a\r\n\tby b\r\nFrom: a@b\r\n\r\n", true},
		{"the field in capitals, a blank before the colon", "SUBJECT : x\n\n", true},
		{"fields of its own on top", "X-One: 1\nX-Two: 2\n folded\nTo: a@b\n\n", true},
		{"a mailbox", mboxOne, true},
		{"a mailbox behind a byte order mark", "\xEF\xBB\xBF" + mboxOne, true},
		{"a mailbox with a strange date", "From a@b yesterday\nSubject: x\n\n", true},
		{"blank lines and a byte order mark", "\xEF\xBB\xBF\r\n\nDate: x\nFrom: a@b\n\n", true},
		{"one broken line", "this line is none\nFrom: a@b\n\n", true},
		{"a broken line of zeros", "\x00\x00\x00\nFrom: a@b\n\n", false},
		{"bare carriage returns", "X-One: 1\rFrom: a@b\r\r", true},
		{"reduced to its content", "Content-Type: text/plain\n\nx\n", true},
		{"cut in its first field", "Return-Path: <a", true},
		{"signed", "DKIM-Signature: v=1\n", true},
		{"a patch of git", "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: a@b\n", true},
		{"nothing", "", false},
		{"text", "Dear all,\n\nFrom: me\n", false},
		{"a sentence", "From here we go on foot.\nIt is far.\n", false},
		{"a table", "from,to,subject\na,b,c\n", false},
		{"JSON", "{\n\"from\": \"a@b\"\n}\n", false},
		{"JSON Lines", "{\"from\": \"a@b\"}\n{\"from\": \"a@b\"}\n", false},
		{"HTML", "<html>\n<body>\nFrom: a@b\n", false},
		{"source", "#include <stdio.h>\nint main() {\nFrom: x", false},
		{"a web server's log", "1.2.3.4 - - [01/Jul/2003:10:52:37 +0000] \"GET / HTTP/1.1\" 200 1\n1.2.3.4 - - [01/Jul/2003:10:52:38 +0000] \"GET / HTTP/1.1\" 200 1\n", false},
		{"a web server's answer", "HTTP/1.1 200 OK\nDate: x\nContent-Type: text/html\n\n", false},
		{"a list of packages", "Package: x\nStatus: install ok installed\n\n", false},
		{"a calendar", "BEGIN:VCALENDAR\nVERSION:2.0\nSTATUS:CONFIRMED\n", false},
		{"an address book", "dn: cn=x\nmail: a@b\n\n", false},
		{"a program", "\x7fELF\x02\x01\x01\x00\x00", false},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", false},
		{"a log with times", "10:52:37 connected\n10:52:38 closed\n", false},
		{"a compound file", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", false},
	} {
		if got := looksLikeMail([]byte(c.head)); got != c.want {
			t.Errorf("%s: %v", c.why, got)
		}
	}
}

// What is called a message is one, however it begins, except for the files of
// the same name that macOS puts beside others.
func TestCalledMail(t *testing.T) {
	for name, want := range map[string]bool{"a.eml": false, "A.EML": false, "a.emlx": false, "a.txt": true, "a.mbox": true} {
		if holdsNoMail(name, []byte("\x01\x02")) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
	if !holdsNoMail("._a.eml", []byte("\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X")) {
		t.Error("AppleDouble is taken for mail")
	}
}

// Packed files are known by their first bytes, and text never passes for one:
// a message must not be able to hide as a broken archive.
func TestPackingOf(t *testing.T) {
	tarred := tarOf(t, map[string]string{"a": "b"})
	hidden := append([]byte("From: a@b\nX: "+strings.Repeat("x", 244)), "ustar\n\n"...)
	hidden = append(hidden, strings.Repeat("text ", 100)...)
	for _, c := range []struct {
		why  string
		head []byte
		want packing
	}{
		{"zip", zipOf(t, map[string]string{"a": "b"}), zipped},
		{"empty zip", zipOf(t, nil), zipped},
		{"tar", tarred, "tar"},
		{"tar cut in its first block", tarred[:300], "tar"},
		{"gzip", gzipOf(t, nil), gzip},
		{"bzip2", []byte(bzip2Mbox), bzip2},
		{"zstd", zstdOf(t, []byte("x")), zstd},
		{"zstd behind a frame to be skipped", []byte("\x53\x2A\x4D\x18\x00\x00\x00\x00"), zstd},
		{"xz", []byte("\xFD7zXZ\x00\x00"), "xz"},
		{"7z", []byte("7z\xBC\xAF\x27\x1C\x00"), "7z"},
		{"rar", []byte("Rar!\x1A\x07\x00"), "rar"},
		{"the mark of a tar in a message", hidden, ""},
		{"a tar with another sum", append([]byte("x"), tarred[1:]...), ""},
		{"zeros", make([]byte, 1024), ""},
		{"BZh", []byte("BZhello"), ""},
		{"text", []byte(mail(1)), ""},
		{"nothing", nil, ""},
	} {
		if got := packingOf(c.head); got != c.want {
			t.Errorf("%s: %q", c.why, got)
		}
	}
}

// FuzzSniff: blank lines and a byte order mark on top change nothing, nor does
// what follows whole lines that were enough.
func FuzzSniff(f *testing.F) {
	for _, s := range []string{mboxOne, mail(1), "a\nTo: b\n", "\xEF\xBB\xBF\r\nFrom: x", "Content-Type: x\n", "HTTP/1.1 200\nDate: x\n", "From x\n", "A:\rB:\r\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		got := looksLikeMail(head)
		_ = packingOf(head)
		if bytes.HasPrefix(head, byteOrder) {
			return // a second mark is none
		}
		if looksLikeMail(append([]byte("\xEF\xBB\xBF\r\n\n"), head...)) != got {
			t.Errorf("a mark and blank lines make a difference")
		}
		if got && bytes.HasSuffix(head, []byte("\n")) && !looksLikeMail(append(bytes.Clone(head), "Subject: x\n\n\x00\xFF"...)) {
			t.Errorf("more lines make a difference")
		}
	})
}
