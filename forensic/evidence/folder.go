package evidence

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// folder yields what a folder holds, sorted by name. maildir says that it is
// one of the three in a Maildir.
func (w *walker) folder(path string, maildir bool) {
	entries, err := os.ReadDir(path)
	if err != nil {
		w.fail(Place{Path: path, Index: -1}, fmt.Errorf("evidence: %w", err))
	}
	kind := kindOfFolder(filepath.Base(path), maildir, entries)
	for _, e := range entries {
		if w.ended() {
			return
		}
		if e.IsDir() {
			w.folder(filepath.Join(path, e.Name()), kind.holdsMaildir && isMaildirPart(e.Name()))
			continue
		}
		w.entry(path, kind, e)
	}
}

// entry yields what one name in a folder stands for.
func (w *walker) entry(dir string, kind folderKind, e fs.DirEntry) {
	if isHousekeeping(e.Name()) {
		return
	}
	path := filepath.Join(dir, e.Name())
	at := Place{Path: path, Index: -1}
	if !e.Type().IsRegular() {
		w.fail(at, notMail("not a regular file, and links in folders are not followed"))
		return
	}
	info, err := e.Info()
	if err != nil {
		w.fail(at, fmt.Errorf("evidence: %w", err))
		return
	}
	in := &Input{Place: at, Size: info.Size(), Found: true}
	in.name(path, kind)
	w.file(in, namesArchive(e.Name()))
}

// folderKind is what a folder says about the files in it.
type folderKind struct {
	// Container is Maildir for one of the three folders of a Maildir, MH for a
	// folder of numbered messages, "" for any other.
	Container
	// certain: the folder is kept by a mail program, and not only looks so.
	certain bool
	// holdsMaildir: it has the folders of a Maildir in it.
	holdsMaildir bool
}

// kindOfFolder recognises a folder by its own name and by what it holds.
func kindOfFolder(base string, maildir bool, entries []fs.DirEntry) folderKind {
	if isMaildirPart(base) {
		return folderKind{Container: Maildir, certain: maildir}
	}
	k := kindOfNumbers(entries)
	parts := 0
	for _, e := range entries {
		if e.IsDir() && (e.Name() == "cur" || e.Name() == "new") {
			parts++
		}
	}
	k.holdsMaildir = parts == 2
	return k
}

// folderOf is what the path alone says about the folder that it stands in:
// that of a file which the caller named, or within an archive.
func folderOf(path string) folderKind {
	if isMaildirPart(filepath.Base(filepath.Dir(path))) {
		return folderKind{Container: Maildir}
	}
	return folderKind{}
}

// name takes over what the path of a file says, in a folder of the kind. The
// path may be one within an archive.
func (in *Input) name(path string, folder folderKind) {
	name := filepath.Base(path)
	switch lower := strings.ToLower(name); {
	case strings.HasSuffix(lower, ".emlx"):
		in.Container = EMLX
		if strings.HasSuffix(lower, ".partial.emlx") {
			in.Flags = "partial"
		}
	case folder.Container == MH && mhNumber(name) != "":
		in.Container, in.Flags, in.certain = MH, mhFlags(name), folder.certain
	default:
		in.nameMaildir(path, folder)
	}
}

// baseName is the last element of a path: of one on disk, or within an archive,
// where the writer may have used either slash.
func baseName(path string, member bool) string {
	if member {
		return path[strings.LastIndexAny(path, `/\`)+1:]
	}
	return filepath.Base(path)
}
