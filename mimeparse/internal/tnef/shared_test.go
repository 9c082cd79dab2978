package tnef

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// content is one thing that can be taken out of a stream.
type content struct {
	name string
	data []byte
}

// contents lists what the stream holds the way the lists of the material do:
// the bodies as body.rtf and body.html, an embedded message beside the notice
// that stands in for it.
func contents(t *testing.T, b []byte, m *Message) (out []content) {
	t.Helper()
	for i := range m.Attachments {
		a := &m.Attachments[i]
		if a.DataSource != "" {
			out = append(out, content{a.Name.Value, a.Data.Of(b)})
		}
		if !a.Embedded.Empty() {
			out = append(out, content{a.Name.Value, a.Embedded.Of(b)})
		}
	}
	if !m.BodyRTF.Empty() {
		text, faults, err := DecompressRTF(m.BodyRTF.Of(b), 0)
		if err != nil || len(faults) > 0 {
			t.Errorf("rtf: %v, %v", faults, err)
		}
		out = append(out, content{"body.rtf", text})
	}
	if !m.BodyHTML.Empty() {
		out = append(out, content{"body.html", m.BodyHTML.Of(b)})
	}
	return out
}

// unlisted are contents that the lists leave out, though the bytes hold them:
// the tool that made the lists passed them over.
var unlisted = map[string][]string{
	"long-filename":          {"allproductsmar2000.dat"},
	"missing-filenames":      {"TechlibDEC99-JAN00.doc", "TechlibDEC99.doc", "TechlibNOV99.doc", "generpts.src"},
	"unicode-mapi-attr-name": {"body.html"},
}

// Names against the lists: all of them, and nothing but what unlisted tells.
func TestSharedLists(t *testing.T) {
	dir := filepath.Join(corpus.Dir(t, "tnef"), "mimekit", "tnef")
	lists, _ := filepath.Glob(filepath.Join(dir, "*.list"))
	same := 0
	for _, path := range lists {
		name := strings.TrimSuffix(filepath.Base(path), ".list")
		want := strings.FieldsFunc(string(read(t, path)), func(r rune) bool { return r == '\n' || r == '\r' })
		if len(unlisted[name]) == 0 {
			same++
		}
		want = append(want, unlisted[name]...)
		b := read(t, filepath.Join(dir, name+".tnef"))
		var got []string
		for _, c := range contents(t, b, mustParse(t, b)) {
			got = append(got, c.name)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	t.Logf("%d lists: %d agree, %d leave something out", len(lists), same, len(lists)-same)
}

// Bytes against the folders. Some of their files are text with the line breaks
// of another system; one is an object with its interface GUID before it.
func TestSharedFiles(t *testing.T) {
	dir := filepath.Join(corpus.Dir(t, "tnef"), "mimekit", "tnef")
	streams, _ := filepath.Glob(filepath.Join(dir, "*.tnef"))
	exact, folded, headed := 0, 0, 0
	for _, path := range streams {
		b := read(t, path)
		have := contents(t, b, mustParse(t, b))
		files, _ := filepath.Glob(filepath.Join(strings.TrimSuffix(path, ".tnef"), "*"))
		for _, file := range files {
			want := read(t, file)
			is := func(f func(data []byte) bool) bool {
				return slices.ContainsFunc(have, func(c content) bool { return sameName(c.name, filepath.Base(file)) && f(c.data) })
			}
			switch {
			case is(func(data []byte) bool { return bytes.Equal(data, want) }):
				exact++
			case is(func(data []byte) bool { return bytes.Equal(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), want) }):
				folded++
			case is(func(data []byte) bool { return len(want) == len(data)+16 && bytes.HasSuffix(want, data) }):
				headed++
			default:
				t.Errorf("%s of %s: no such bytes", filepath.Base(file), filepath.Base(path))
			}
		}
	}
	t.Logf("%d files the same, %d but for CR LF, %d but for the interface GUID", exact, folded, headed)
	if exact == 0 {
		t.Error("nothing compared")
	}
}

// sameName compares a name with the file's, which has another form for blanks
// and bodies and a number where names repeat.
func sameName(name, file string) bool {
	name = strings.ReplaceAll(strings.Replace(name, "body.", "message.", 1), " ", "_")
	return name == file || len(file) > 2 && name == file[:len(file)-2] && file[len(file)-2] == '.'
}

// Every stream there is, also those inside messages: no defect but in the one
// with base64 text behind its end.
func TestSharedStreams(t *testing.T) {
	n, attachments := 0, 0
	for name, b := range allStreams(t) {
		n++
		m := mustParse(t, b)
		checkMessage(t, b, m)
		attachments += len(m.Attachments)
		want := []string(nil)
		if strings.HasSuffix(name, "panic.tnef") {
			want = []string{"tnef.unread"}
		}
		if got := codes(m); !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
		for i := range m.Attachments {
			if a := &m.Attachments[i]; a.Name.Value == "" || a.DataSource == "" && a.Embedded.Empty() {
				t.Errorf("%s: attachment %d has no name or no content", name, i)
			}
		}
	}
	t.Logf("%d streams, %d attachments", n, attachments)
}

// The sender's offset from UTC, from the two clocks that real streams state.
func TestSharedClocks(t *testing.T) {
	dir := filepath.Join(corpus.Dir(t, "tnef"), "mimekit", "tnef")
	for name, want := range map[string]time.Duration{
		"MAPI_OBJECT.tnef": 10 * time.Hour, "one-file.tnef": -4 * time.Hour, "long-filename.tnef": -5 * time.Hour,
		"missing-filenames.tnef": 11 * time.Hour, "panic.tnef": 0,
	} {
		m := mustParse(t, read(t, filepath.Join(dir, name)))
		local, utc := chooseStamp(m.Times, "attDateSent"), m.Sent
		if got := local.Time.Sub(utc.Time.Truncate(time.Second)); got != want || !local.Local || utc.Local {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// Cut and damaged real streams.
func TestSharedDamaged(t *testing.T) {
	for name, b := range allStreams(t) {
		if len(b) > 100_000 {
			continue
		}
		for i := range 150 {
			n := 4 + (len(b)-4)*i/150
			checkMessage(t, b[:n:n], mustParse(t, b[:n:n]))
			c := bytes.Clone(b)
			c[n] ^= 1 << (i % 8)
			checkMessage(t, c, mustParse(t, c))
		}
		_ = name
	}
}

// allStreams are the files of the material and what base64 parts of its
// messages begin with the signature.
func allStreams(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, folder := range []string{"tnef", "bounce", "eml"} {
		root := corpus.Dir(t, folder)
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b := read(t, path)
			if filepath.Ext(path) == ".tnef" {
				out[path] = b
			}
			if part := base64Stream(b); Is(part) {
				out[path] = part
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// base64Stream decodes the first base64 text that begins as a TNEF stream
// does, up to the next boundary.
func base64Stream(b []byte) []byte {
	at := bytes.Index(b, []byte("\neJ8+I"))
	if at < 0 {
		return nil
	}
	text, _, _ := bytes.Cut(b[at:], []byte("--"))
	keep := func(r rune) rune {
		if strings.ContainsRune("\r\n", r) {
			return -1
		}
		return r
	}
	data, err := base64.StdEncoding.DecodeString(string(bytes.Map(keep, text)))
	if err != nil {
		return nil
	}
	return data
}
