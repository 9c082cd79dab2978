package evidence

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// isMaildirPart reports whether the name is that of one of the three folders
// of a Maildir.
func isMaildirPart(name string) bool { return name == "cur" || name == "new" || name == "tmp" }

// nameMaildir takes over what the name of a Maildir message says. Without a
// Maildir around it the name must be of the form that the format's author
// gave it: a folder that is called "new" may hold anything.
func (in *Input) nameMaildir(path string, folder folderKind) {
	name := filepath.Base(path)
	flags, flagged := maildirFlags(name)
	unique := isUniqueName(name)
	switch {
	case strings.HasPrefix(name, "."): // never a message, says the format
	case unique && (flagged || folder.Container == Maildir), flagged && folder.Container == Maildir:
		in.certain = true
		fallthrough
	case folder.certain && folder.Container == Maildir:
		in.Container = Maildir
		in.Flags = withWord(flags, filepath.Base(filepath.Dir(path)))
	}
}

// withWord puts the folder behind the flags unless it is that of messages
// which a mail program has taken notice of.
func withWord(flags, part string) string {
	if part != "new" && part != "tmp" {
		return flags
	}
	return strings.TrimPrefix(flags+","+part, ",")
}

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

// isUniqueName reports whether the name is one that a delivery makes up: the
// time, what is unique on the host at that time, and the host.
func isUniqueName(name string) bool {
	rest := strings.TrimLeft(name, "0123456789")
	digits := len(name) - len(rest)
	if digits < 9 || rest == "" || rest[0] != '.' && rest[0] != '_' { // OfflineIMAP writes '_'
		return false
	}
	return strings.IndexByte(rest[1:], '.') > 0
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
