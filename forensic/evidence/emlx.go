package evidence

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// unwrapEMLX takes the message out of an Apple Mail file: a line with its
// length, the message, and a property list behind it.
func (f *File) unwrapEMLX() {
	n, start, ok := emlxLength(f.data)
	if !ok {
		f.doubt("emlx.length", "the first line states no length")
		return
	}
	rest := f.data[start:]
	if n > len(rest) {
		f.doubt("emlx.length", "the first line states "+strconv.Itoa(n)+" bytes, and "+strconv.Itoa(len(rest))+" are there")
		n = len(rest)
	}
	list := rest[n:]
	if !bytes.Contains(list[:min(len(list), 512)], []byte("<plist")) {
		f.doubt("emlx.length", "no property list behind the "+strconv.Itoa(n)+" bytes of the message")
	}
	if flags := emlxFlags(list); flags != "" {
		f.Flags = strings.TrimPrefix(f.Flags+","+flags, ",")
	}
	f.base = int64(start)
	f.data = rest[:n:n]
}

func (f *File) doubt(code, detail string) {
	f.defects = append(f.defects, headers.Defect{Code: code, Detail: detail})
}

// emlxLength reads the first line: a number padded with blanks.
func emlxLength(data []byte) (n, start int, ok bool) {
	line, _, found := bytes.Cut(data[:min(len(data), 64)], []byte("\n"))
	if !found {
		return 0, 0, false
	}
	n, err := strconv.Atoi(string(bytes.TrimSpace(line)))
	return n, len(line) + 1, err == nil && n >= 0
}

// emlxBits are the flags of the property list by bit.
var emlxBits = [...]string{
	0: "read", 1: "deleted", 2: "answered", 3: "encrypted", 4: "flagged", 5: "recent", 6: "draft", 7: "initial", 8: "forwarded",
	9: "redirected", 23: "signed", 24: "junk", 25: "not junk",
}

// emlxFlags reads the number under the key "flags".
func emlxFlags(list []byte) string {
	_, rest, ok := bytes.Cut(list, []byte("<key>flags</key>"))
	if !ok {
		return ""
	}
	_, rest, ok = bytes.Cut(rest[:min(len(rest), 128)], []byte("<integer>"))
	text, _, closed := bytes.Cut(rest, []byte("</integer>"))
	n, err := strconv.ParseUint(string(bytes.TrimSpace(text)), 10, 64)
	if !ok || !closed || err != nil {
		return ""
	}
	var words []string
	for bit, word := range emlxBits {
		if word != "" && n>>bit&1 == 1 {
			words = append(words, word)
		}
	}
	return strings.TrimSpace(strings.Join(words, ",") + " (" + strconv.FormatUint(n, 10) + ")")
}
