package evidence

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
)

// sniffLen is how much of a file is looked at to tell what it is: a tar has its
// mark at 257.
const sniffLen = 4096

// packing is a way in which files are put together or compressed.
type packing string

const (
	zipped   packing = "zip"
	tarred   packing = "tar"
	gzip     packing = "gzip"
	bzip2    packing = "bzip2"
	zstd     packing = "zstd"
	xz       packing = "xz"
	sevenZip packing = "7z"
	rar      packing = "rar"
)

// compresses reports whether one file is compressed so.
func (p packing) compresses() bool { return p == gzip || p == bzip2 || p == zstd }

// unpacked reports whether this version can look inside.
func (p packing) unpacked() bool { return p == zipped || p == tarred || p.compresses() }

// hint says what to do about something packed that was found.
func (p packing) hint() string {
	if p.unpacked() {
		return "name the file itself to look into it"
	}
	return "unpack it first"
}

// peeker is a bufio.Reader.
type peeker interface {
	Peek(n int) ([]byte, error)
}

// sniffArchive recognises something packed by its first bytes; "" for what is
// not.
func sniffArchive(r peeker) packing {
	head, _ := r.Peek(tarBlock) // less is what there is
	return packingOf(head)
}

// packedFile reports whether the file on disk is compressed or an archive.
func packedFile(f *os.File) bool {
	var head [tarBlock]byte
	n, _ := f.ReadAt(head[:], 0)
	return packingOf(head[:n]) != ""
}

func packingOf(head []byte) packing {
	switch {
	case len(head) < 4:
		return ""
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipped
	case bytes.HasPrefix(head, []byte("\x1F\x8B\x08")):
		return gzip
	case bytes.HasPrefix(head, []byte("BZh")) && head[3] >= '1' && head[3] <= '9':
		return bzip2
	case bytes.HasPrefix(head, []byte("\x28\xB5\x2F\xFD")), head[0]&0xF0 == 0x50 && bytes.HasPrefix(head[1:], []byte("\x2A\x4D\x18")):
		return zstd // RFC 8878 3.1.1; 3.1.2, a skippable frame in front
	case bytes.HasPrefix(head, []byte("\xFD7zXZ\x00")):
		return xz
	case bytes.HasPrefix(head, []byte("7z\xBC\xAF\x27\x1C")):
		return sevenZip
	case bytes.HasPrefix(head, []byte("Rar!\x1A\x07")):
		return rar
	}
	if isTarHeader(head) {
		return tarred
	}
	return ""
}

// isTarHeader reports whether a tar begins: with a block whose sum is stated
// in it (POSIX.1-1988, ustar; tars before that have no other mark). No text
// passes for one, whatever is written in it, as the fields end in zero bytes.
func isTarHeader(b []byte) bool {
	if len(b) < 263 || b[0] == 0 || bytes.IndexByte(b[:257], 0) < 0 {
		return false
	}
	if len(b) < tarBlock { // cut in its first block
		return bytes.HasPrefix(b[257:], []byte("ustar"))
	}
	b = b[:tarBlock]
	field := bytes.Trim(b[148:156], " \x00")
	if len(field) == 0 || len(field) > 7 {
		return false
	}
	want := 0
	for _, c := range field {
		if c < '0' || c > '7' {
			return false
		}
		want = want<<3 | int(c-'0')
	}
	unsigned, signed := 0, 0 // some tars add the bytes with a sign
	for i, c := range b {
		if i >= 148 && i < 156 {
			c = ' '
		}
		unsigned += int(c)
		signed += int(int8(c))
	}
	return want == unsigned || want == signed
}

// namesArchive reports whether a file of the name is worth a look: other files
// in a folder are opened only once, by whoever examines them.
func namesArchive(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".zip", ".tar", ".tgz", ".gz", ".bz2", ".tbz", ".tbz2", ".zst", ".tzst":
		return true
	}
	return false
}

// namesMailbox reports whether a file of the name, in lower case, is meant to
// be a mailbox, so that one that is empty holds no messages. A copy may have
// more behind the ending.
func namesMailbox(name string) bool {
	return name == "mbox" || strings.HasSuffix(name, ".mbx") || strings.Contains(name, ".mbox")
}

// holdsNoMail reports whether what was found in a folder or archive is passed
// over. A file that is called a message is one, however broken it is, and an
// empty one is a mailbox only by its name.
func holdsNoMail(name string, head []byte) bool {
	name = strings.ToLower(name)
	switch {
	case bytes.HasPrefix(head, appleDouble):
		return true
	case strings.HasSuffix(name, ".eml"), strings.HasSuffix(name, ".emlx"), len(head) == 0 && namesMailbox(name):
		return false
	}
	return !looksLikeMail(head)
}

// appleDouble begins the files that macOS puts beside others in archives, with
// the same name behind "._" (RFC 1740 appendix B).
var appleDouble = []byte("\x00\x05\x16\x07")

// looksLikeMail reports whether bytes begin like a message or a mailbox: with
// a From_ line, or with header fields of which one is well known. Blank lines
// on top and a line that is none are passed over, as some programs write them.
func looksLikeMail(head []byte) bool {
	if at := topSeparator(head); at >= 0 {
		line := trimBreak(head[at+len(fromSpace) : lineEnd(head, at)])
		return isDated(line) || beginsField(head[lineEnd(head, at):])
	}
	rest := bytes.TrimLeft(bytes.TrimPrefix(head, byteOrder), "\r\n")
	for strange, fields := 0, 0; len(rest) > 0; {
		line := rest
		if end := bytes.IndexAny(rest, "\r\n"); end >= 0 { // some files have bare CR
			line, rest = rest[:end], rest[end+max(1, breakLen(rest[end:])):]
		} else {
			rest = nil
		}
		switch name := fieldName(line); {
		case len(line) == 0:
			return false
		case isMailField(name), strange == 0 && isMIMEField(name):
			return true
		case name != nil:
			fields++
		case fields > 0 && (line[0] == ' ' || line[0] == '\t'):
		default:
			if strange++; strange > 1 || bytes.IndexByte(line, 0) >= 0 {
				return false
			}
		}
	}
	return false
}

// fieldName is the name before the colon (RFC 5322 2.2, with the blanks that
// 4.5 allows before it); nil when the line is no header field.
func fieldName(line []byte) []byte {
	i := bytes.IndexByte(line[:min(len(line), maxField)], ':')
	if i < 0 {
		return nil
	}
	name := bytes.TrimRight(line[:i], " \t")
	for _, c := range name {
		if c <= ' ' || c > '~' {
			return nil
		}
	}
	if len(name) == 0 {
		return nil
	}
	return name
}

// isMailField reports whether the field stands in mail and hardly anywhere
// else: "Date" and "Content-Type" stand in answers of web servers, "Status" in
// calendars and in lists of packages.
func isMailField(name []byte) bool {
	var buf [maxField]byte
	lower := appendLower(buf[:0], name)
	switch string(lower) {
	case "from", "to", "cc", "bcc", "subject", "sender", "reply-to", "message-id", "received", "return-path", "delivered-to", "mime-version",
		"in-reply-to", "dkim-signature", "domainkey-signature", "authentication-results", "arc-seal", "arc-message-signature",
		"arc-authentication-results", "envelope-to", "delivery-date", "errors-to", "list-id", "resent-from", "resent-date", "resent-to",
		"thread-topic", "thread-index", "newsgroups", "x-received", "received-spf", "apparently-to":
		return true
	}
	for _, p := range [...]string{"x-mozilla-", "x-gmail-", "x-apple-", "x-ms-", "x-mailer", "x-original", "x-envelope", "x-spam", "x-evolution", "x-uid", "x-google-"} {
		if strings.HasPrefix(string(lower), p) {
			return true
		}
	}
	return false
}

// isMIMEField: a header of these alone is a message that was reduced to its
// content. The answer of a web server has another first line.
func isMIMEField(name []byte) bool {
	var buf [maxField]byte
	switch string(appendLower(buf[:0], name)) {
	case "content-type", "content-transfer-encoding", "content-disposition":
		return true
	}
	return false
}

// appendLower appends ASCII letters in lower case.
func appendLower(b, name []byte) []byte {
	for _, c := range name {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

// maxField is the longest name of a header field that is looked at.
const maxField = 80
