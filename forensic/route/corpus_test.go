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

// weights counts, for each message, the heaviest doubt.
func weights(mails []mail) map[string]int {
	n := map[string]int{}
	for _, m := range mails {
		n[heaviest(Follow(m.block, nil))]++
	}
	return n
}

func heaviest(r *Route) string {
	worst := ""
	for _, d := range r.Doubts {
		if d.Weight == high || worst == "" || d.Weight == medium && worst == low {
			worst = d.Weight
		}
	}
	return worst
}

// A weight is only worth what honest mail leaves of it: at most one honest
// message in 200 may have a doubt of high weight, three in 100 one of medium.
func TestHonestCorpus(t *testing.T) {
	mails := publicCorpus(t, "ham")
	if len(mails) == 0 {
		t.Skip("no honest mail")
	}
	n := weights(mails)
	t.Logf("%d messages: %v", len(mails), n)
	if n[high]*200 > len(mails) || n[medium]*100 > 3*len(mails) {
		t.Errorf("%d of high, %d of medium weight in %d honest messages", n[high], n[medium], len(mails))
	}
}

// Whatever a real header holds, each trace field is listed once and every index
// and span lies inside of the message.
func TestCorpusWhole(t *testing.T) {
	for _, m := range append(folders(t, "eml", "phishing", "bounce", "x400"), publicCorpus(t, "spam")...) {
		r := Follow(m.block, nil)
		covered(t, m.block, r)
		inside(t, r, m.block.Span.End)
		if t.Failed() {
			t.Fatal(m.name)
		}
	}
}
