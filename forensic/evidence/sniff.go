package evidence

import (
	"bytes"
	"path/filepath"
	"strings"
)

// sniffLen is how much of a file is looked at to tell what it is: a tar has its
// mark at 257.
const sniffLen = 4096

// packing is a way in which files are put together or compressed.
type packing string

const (
	zipped packing = "zip"
	tarred packing = "tar"
	gzip   packing = "gzip"
	bzip2  packing = "bzip2"
	zstd   packing = "zstd"
)

// peeker is a bufio.Reader.
type peeker interface {
	Peek(n int) ([]byte, error)
}

// sniffArchive recognises an archive or compressed file by its first bytes; ""
// for neither.
func sniffArchive(r peeker) packing {
	head, _ := r.Peek(512) // less is what there is
	return packingOf(head)
}

func packingOf(head []byte) packing {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipped
	case bytes.HasPrefix(head, []byte("\x1F\x8B\x08")):
		return gzip
	case len(head) > 3 && bytes.HasPrefix(head, []byte("BZh")) && head[3] >= '1' && head[3] <= '9':
		return bzip2
	case bytes.HasPrefix(head, []byte("\x28\xB5\x2F\xFD")):
		return zstd
	case len(head) >= 263 && bytes.Equal(head[257:262], []byte("ustar")):
		return tarred
	}
	return ""
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

// looksLikeMail reports whether bytes begin like a message or a mailbox: with
// a From_ line, or with header fields of which one is well known. Blank lines
// on top and a line that is none are passed over, as some programs write them.
func looksLikeMail(head []byte) bool {
	if at := topSeparator(head); at >= 0 {
		line := trimBreak(head[at+len(fromSpace) : lineEnd(head, at)])
		return isDated(line) || beginsField(head[lineEnd(head, at):])
	}
	rest := bytes.TrimLeft(bytes.TrimPrefix(head, byteOrder), "\r\n")
	strange, fields := 0, 0
	for len(rest) > 0 {
		line := rest
		if end := bytes.IndexAny(rest, "\r\n"); end >= 0 { // some files have bare CR
			line, rest = rest[:end], bytes.TrimPrefix(rest[end+1:], []byte("\n"))
		} else {
			rest = nil
		}
		switch name, ok := fieldName(line); {
		case len(line) == 0:
			return false
		case ok && (isMailField(name) || strange == 0 && isMIMEField(name)):
			return true
		case ok:
			fields++
		case fields > 0 && (line[0] == ' ' || line[0] == '\t'):
		default:
			if strange++; strange > 1 {
				return false
			}
		}
	}
	return false
}

// fieldName is the name before the colon (RFC 5322 2.2, with the blanks that
// 4.5 allows before it).
func fieldName(line []byte) (string, bool) {
	name, _, ok := bytes.Cut(line, []byte(":"))
	name = bytes.TrimRight(name, " \t")
	if !ok || len(name) == 0 || len(name) > 76 {
		return "", false
	}
	for _, c := range name {
		if c <= ' ' || c > '~' {
			return "", false
		}
	}
	return string(bytes.ToLower(name)), true
}

// isMailField reports whether the field stands in mail and hardly anywhere
// else. "Date" and "Content-Type" stand in answers of web servers, too.
func isMailField(name string) bool {
	switch name {
	case "from", "to", "cc", "bcc", "subject", "sender", "reply-to", "message-id", "received", "return-path", "delivered-to", "mime-version",
		"in-reply-to", "references", "dkim-signature", "domainkey-signature", "authentication-results", "arc-seal", "arc-message-signature",
		"arc-authentication-results", "envelope-to", "delivery-date", "status", "errors-to", "list-id", "resent-from", "resent-date", "resent-to",
		"thread-topic", "thread-index", "newsgroups", "path", "x-received", "received-spf", "apparently-to", "importance":
		return true
	}
	for _, p := range [...]string{"x-mozilla-", "x-gmail-", "x-apple-", "x-ms-", "x-mailer", "x-original", "x-envelope", "x-spam", "x-evolution", "x-uid", "x-google-"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// isMIMEField: a header of these alone is a message that was reduced to its
// content. The answer of a web server has another first line.
func isMIMEField(name string) bool {
	return name == "content-type" || name == "content-transfer-encoding" || name == "content-disposition"
}

// holdsNoMail reports whether what was found in a folder or archive is passed
// over. A file that is called a message is one, however broken it is.
func holdsNoMail(name string, head []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".eml":
		return false
	case ".mbox", ".mbx":
		return len(head) > 0 && !looksLikeMail(head)
	}
	return !looksLikeMail(head)
}
