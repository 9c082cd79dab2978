package evidence

import (
	"io/fs"
	"strings"
)

// kindOfNumbers recognises the folder of an MH mailbox: it has the files that
// MH or Claws Mail keep there, or no names in it but numbers.
func kindOfNumbers(entries []fs.DirEntry) folderKind {
	numbers, others := 0, 0
	for _, e := range entries {
		switch name := e.Name(); {
		case name == ".mh_sequences" || name == ".xmhcache":
			return folderKind{Container: MH, certain: true}
		case e.IsDir() || isHousekeeping(name):
		case mhNumber(name) != "":
			numbers++
		default:
			others++
		}
	}
	if numbers > 0 && others == 0 {
		return folderKind{Container: MH}
	}
	return folderKind{}
}

// mhNumber is the number of an MH message: its whole name, behind a mark for
// those that rmm has removed; "" when the name is none.
func mhNumber(name string) string {
	digits := strings.TrimLeft(name, ",#")
	if len(name)-len(digits) > 1 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return digits
}

// mhFlags tells a message that was removed and whose file is still there.
func mhFlags(name string) string {
	if name[0] == ',' || name[0] == '#' {
		return "deleted"
	}
	return ""
}
