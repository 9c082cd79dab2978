package evidence

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// folder yields what a folder holds, sorted by name.
func (w *walker) folder(path string) {
	entries, err := os.ReadDir(path)
	if err != nil {
		w.fail(Place{Path: path, Index: -1}, fmt.Errorf("evidence: %w", err))
	}
	kind := folderKind(filepath.Base(path), entries)
	for _, e := range entries {
		if w.ended() {
			return
		}
		w.entry(path, kind, e)
	}
}

// entry yields what one name in a folder stands for.
func (w *walker) entry(dir string, kind Container, e fs.DirEntry) {
	path := filepath.Join(dir, e.Name())
	at := Place{Path: path, Index: -1}
	switch {
	case e.IsDir():
		w.folder(path)
	case isHousekeeping(e.Name()):
	case !e.Type().IsRegular():
		w.fail(at, notMail(errIrregular.Error()))
	default:
		info, err := e.Info()
		if err != nil {
			w.fail(at, fmt.Errorf("evidence: %w", err))
			return
		}
		in := &Input{Place: at, Size: info.Size(), Found: true}
		in.Container, in.Flags = kindOfName(path, kind)
		w.file(in, in.Container == "" && namesArchive(e.Name()))
	}
}

// folderKind recognises the folder of a Maildir that holds messages, and that
// of an MH mailbox. base is the folder's own name.
func folderKind(base string, entries []fs.DirEntry) Container {
	switch base {
	case "cur", "new", "tmp":
		return Maildir
	}
	digits, others := 0, 0
	for _, e := range entries {
		switch name := e.Name(); {
		case name == ".mh_sequences" || name == ".xmhcache":
			return MH
		case e.IsDir() || isHousekeeping(name):
		case mhNumber(name) != "":
			digits++
		default:
			others++
		}
	}
	if digits > 0 && others == 0 {
		return MH
	}
	return ""
}

// kindOfName is what the name of a file says, in a folder of the kind. The
// path may be one within an archive.
func kindOfName(path string, folder Container) (Container, string) {
	name := filepath.Base(path)
	switch lower := strings.ToLower(name); {
	case strings.HasSuffix(lower, ".partial.emlx"):
		return EMLX, "partial"
	case strings.HasSuffix(lower, ".emlx"):
		return EMLX, ""
	case folder == MH && mhNumber(name) != "":
		if name[0] == ',' || name[0] == '#' {
			return MH, "deleted"
		}
		return MH, ""
	}
	if flags, is := maildirFlags(name); is {
		return Maildir, flags
	}
	if folder == Maildir && inMaildir(path) {
		return Maildir, strings.TrimPrefix(filepath.Base(filepath.Dir(path)), "cur")
	}
	return "", ""
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

// housekeeping are files that mail programs and systems keep beside mail.
var housekeeping = []string{
	".ds_store", "thumbs.db", "desktop.ini", "maildirfolder", "subscriptions", ".mh_sequences", ".xmhcache", ".mh_profile",
	"courierimap", "dovecot", ".dovecot", "msgfilterrules.dat", "popstate.dat", ".mailboxlist", ".subscriptions", "winmail.idx",
}

// isHousekeeping reports whether a file of the name never holds messages.
func isHousekeeping(name string) bool {
	lower := strings.ToLower(name)
	for _, k := range housekeeping {
		if strings.HasPrefix(lower, k) {
			return true
		}
	}
	return strings.HasSuffix(lower, ".msf")
}
