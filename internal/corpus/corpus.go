// Package corpus answers for the tests: where are the real messages?
//
// They lie beside the project, not in it: where they are absent, those tests are skipped.
package corpus

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Dir is the folder of real material called name, such as "eml". The test is
// skipped when there is none.
func Dir(t testing.TB, name string) string {
	t.Helper()
	root := filepath.Dir(moduleRoot(t))
	dir := filepath.Join(root, "shared", "data", filepath.FromSlash(name))
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		t.Skip("no real material beside the project")
	}
	return dir
}

// Files lists every regular file below the named folders, sorted by path.
func Files(t testing.TB, names ...string) []string {
	t.Helper()
	var files []string
	for _, name := range names {
		err := filepath.WalkDir(Dir(t, name), func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && filepath.Base(path) != "SOURCES.md" {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(files)
	return files
}

// Read returns the content of a file that must be there.
func Read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// moduleRoot is the nearest folder upwards that holds a go.mod.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("no module root")
		}
		dir = up
	}
}
