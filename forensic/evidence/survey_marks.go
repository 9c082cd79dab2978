package evidence

import (
	"bytes"
	"strconv"
	"strings"
)

// deletedMark finds the field by which a program has marked the message as
// deleted.
func deletedMark(header []byte) (field, value string, ok bool) {
	for len(header) > 0 {
		end := lineEnd(header, 0)
		line := header[:end]
		header = header[end:]
		for _, m := range deletedMarks {
			if v, is := cutField(line, m.name); is {
				if value := string(bytes.TrimSpace(v)); m.deleted(value) {
					return m.field, value, true
				}
			}
		}
	}
	return "", "", false
}

// deletedMarks are the fields in which programs note that a message is deleted
// while it is still in the mailbox.
var deletedMarks = []struct {
	name, field string
	deleted     func(value string) bool
}{
	{"x-mozilla-status:", "X-Mozilla-Status", func(v string) bool { return hexBit(v, 0x0008) }},     // nsMsgMessageFlags::Expunged
	{"x-mozilla-status2:", "X-Mozilla-Status2", func(v string) bool { return hexBit(v, 0x200000) }}, // IMAPDeleted
	{"x-status:", "X-Status", imapDeleted},
	{"x-evolution:", "X-Evolution", evolutionDeleted},
}

func hexBit(v string, bit uint64) bool {
	n, err := strconv.ParseUint(v, 16, 64)
	return err == nil && n&bit != 0
}

// imapDeleted reads the letters of mutt, Pine and Dovecot, of which D is
// \Deleted.
func imapDeleted(v string) bool {
	return strings.Contains(v, "D") && strings.Trim(v, "ADFTR") == ""
}

// evolutionDeleted reads "uid-flags" in hexadecimal, in which bit 1 is
// CAMEL_MESSAGE_DELETED.
func evolutionDeleted(v string) bool {
	_, flags, ok := strings.Cut(v, "-")
	return ok && hexBit(flags, 1<<1)
}
