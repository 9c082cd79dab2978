package evidence

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// maildirFlags are the letters behind "2," in the name of a Maildir message;
// systems that do not take ':' in names write ';' or '!'.
func maildirFlags(name string) (flags string, ok bool) {
	i := strings.LastIndexAny(name, ":;!")
	if i <= 0 || !strings.HasPrefix(name[i+1:], "2,") {
		return "", false
	}
	flags, _, _ = strings.Cut(name[i+3:], ",")
	return flags, true
}

// inMaildir reports whether the name looks like one of a Maildir message: a
// unique name with a time in front, as the format's author has it. A folder
// that is called "new" may hold anything.
func inMaildir(path string) bool {
	name := filepath.Base(path)
	digits := len(name) - len(strings.TrimLeft(name, "0123456789"))
	return digits >= 9 && digits < len(name) && name[digits] == '.'
}

// sizeDoubts compares the sizes that a Maildir++ name states with the message:
// S is its size as stored, W with each line break as CRLF.
func sizeDoubts(name string, data []byte) (d []headers.Defect) {
	for _, field := range strings.FieldsFunc(name, func(r rune) bool { return r == ',' || r == ':' || r == ';' || r == '!' }) {
		key, text, ok := strings.Cut(field, "=")
		n, err := strconv.Atoi(text)
		if !ok || err != nil {
			continue
		}
		have := len(data)
		switch key {
		case "W":
			have += bytes.Count(data, []byte("\n")) - bytes.Count(data, []byte("\r\n"))
		case "S":
		default:
			continue
		}
		if n != have {
			d = append(d, headers.Defect{Code: "maildir.size", Detail: fmt.Sprintf("the file's name states %s=%d, the message has %d", key, n, have)})
		}
	}
	return d
}
