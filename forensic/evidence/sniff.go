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
