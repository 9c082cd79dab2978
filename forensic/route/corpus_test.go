package route

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/corpus"
)

// mail is one real header with the name under which a test reports it.
type mail struct {
	name  string
	block *headers.Block
}

// publicCorpus reads the mbox of one kind, "ham" or "spam", of the public
// corpus of 2002, cut by the index beside it.
func publicCorpus(t testing.TB, kind string) []mail {
	t.Helper()
	dir := corpus.Dir(t, "mbox/spamassassin-public-corpus")
	box := corpus.Read(t, filepath.Join(dir, kind+".mbox"))
	var out []mail
	for line := range strings.Lines(string(corpus.Read(t, filepath.Join(dir, "index.tsv")))) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) < 5 || f[0] != kind+".mbox" {
			continue
		}
		start, err1 := strconv.Atoi(f[2])
		n, err2 := strconv.Atoi(f[3])
		if err1 != nil || err2 != nil || start+n > len(box) {
			continue
		}
		out = append(out, mail{kind + " " + f[1], headers.Parse(box[start : start+n])})
	}
	return out
}

// folders reads every file below the named folders that has a trace field.
func folders(t testing.TB, names ...string) []mail {
	t.Helper()
	var out []mail
	for _, path := range corpus.Files(t, names...) {
		raw := corpus.Read(t, path)
		if !bytes.Contains(bytes.ToLower(raw[:min(len(raw), 1<<16)]), []byte("received:")) {
			continue
		}
		if b := headers.Parse(raw); len(b.Fields) > 3 {
			out = append(out, mail{path, b})
		}
	}
	return out
}
