package mimeparse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// What the second reader sees of messages that all readers agree on, and its
// own words where it gives up.
func TestSecondReading(t *testing.T) {
	raw := multipart("Content-Type: text/plain\n\none", "Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=a.png\n\naGVsbG8=", "Content-Type: text/plain; charset=koi8-r; name=b.txt\n\nthree")
	s := SecondReading([]byte(crlf(raw)))
	if s.Refused != "" || len(s.Leaves) != 3 || s.Reader != secondReader {
		t.Fatalf("%+v", s)
	}
	for i, want := range []SecondLeaf{{"text/plain", "", 3, sum("one")}, {"image/png", "a.png", 5, sum("hello")}, {"text/plain", "b.txt", 5, sum("three")}} {
		if s.Leaves[i] != want {
			t.Errorf("%+v, want %+v", s.Leaves[i], want)
		}
	}
	for name, raw := range map[string]string{
		"a line that is no field": "Subject: x\nCAUTION\n\nbody",
		"a broken end":            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none",
		"no boundary":             "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\none",
		"damaged base64":          "Content-Transfer-Encoding: base64\r\n\r\naGk=aGk=",
		"unknown encoding":        "Content-Transfer-Encoding: x-none\r\n\r\nhi",
		"too deep":                crlf(chain(secondDepth + 1)),
	} {
		if s := SecondReading([]byte(raw)); s.Refused == "" {
			t.Errorf("%s: read as %+v", name, s)
		}
	}
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// The name of the reader must be that of the library in use.
func TestSecondReaderVersion(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "github.com/emersion/go-message").Output()
	if err != nil {
		t.Skip("no go command")
	}
	if got := strings.TrimSpace(string(out)); got != secondReader {
		t.Errorf("it is %s", got)
	}
}

// leafSums are the digests of our own leaves, in order.
func leafSums(m *Message) []string {
	var out []string
	for _, p := range m.Parts {
		if !p.IsLeaf() {
			continue
		}
		h := sha256.New()
		if _, err := p.WriteTo(h); err == nil {
			out = append(out, hex.EncodeToString(h.Sum(nil)))
		}
	}
	return out
}

// On real messages that the second reader reads whole both must find the same
// leaves. It does not know lines that end in CR alone, so these are left out.
func TestSecondReadingReal(t *testing.T) {
	same, differ, refused := 0, 0, 0
	for _, path := range corpus.Files(t, "eml", "phishing", "bounce") {
		if !isMail(path) {
			continue
		}
		raw := bytes.ReplaceAll(corpus.Read(t, path), []byte("\r\n"), []byte("\n"))
		s := SecondReading(raw)
		switch {
		case s.Refused != "":
			refused++
			continue
		case bytes.IndexByte(raw, '\n') < 0:
			continue
		}
		m := Parse(raw, nil)
		var theirs []string
		for _, l := range s.Leaves {
			theirs = append(theirs, l.SHA256)
		}
		if slices.Equal(leafSums(m), theirs) {
			same++
			continue
		}
		differ++
		t.Logf("%s: %d leaves here, %d there; defects %v", path, len(leafSums(m)), len(theirs), head(codes(m)))
	}
	t.Logf("%d same, %d differ, %d refused", same, differ, refused)
	if differ > 0 || same == 0 {
		t.Errorf("%d of %d differ", differ, same+differ)
	}
}

func isMail(path string) bool {
	switch filepath.Ext(path) {
	case ".json", ".xml", ".out", ".golden", ".zip", ".md", ".tsv", ".mbox":
		return false
	}
	return !strings.Contains(path, "mbox.txt")
}

// python reads a list of paths and tells for each message in which its e-mail
// package notes no defect the digests of the leaves in base64.
const python = `
import email, email.policy, hashlib, json, sys
for path in sys.stdin.read().split("\n"):
    raw = open(path, "rb").read()
    try:
        m = email.message_from_bytes(raw, policy=email.policy.compat32)
        sums, bad = [], False
        for p in m.walk():
            bad = bad or bool(p.defects)
            if not p.is_multipart() and (p.get("Content-Transfer-Encoding") or "").strip().lower() == "base64":
                sums.append(hashlib.sha256(p.get_payload(decode=True)).hexdigest())
            bad = bad or bool(p.defects)
    except Exception as e:
        continue
    if not bad:
        print(json.dumps([path, sums]))
`

// Python's e-mail package is the reference for leaves in base64, over all
// messages in which it finds nothing amiss. It looks into nested messages.
func TestAgainstPython(t *testing.T) {
	py, err := exec.LookPath("python3")
	if err != nil || testing.Short() {
		t.Skip("no python3, or short of time")
	}
	cmd := exec.Command(py, "-c", python)
	cmd.Stdin = strings.NewReader(strings.Join(slices.DeleteFunc(corpus.Files(t, "eml", "phishing", "bounce", "mbox"), func(p string) bool { return !isMail(p) }), "\n"))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	same, differ, leaves := 0, 0, 0
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		var item []any
		if err := json.Unmarshal([]byte(line), &item); err != nil {
			t.Fatal(err)
		}
		path, theirs := item[0].(string), fmt.Sprint(item[1])
		ours := fmt.Sprint(base64Sums(Parse(corpus.Read(t, path), nil)))
		leaves += len(item[1].([]any))
		if ours == theirs {
			same++
			continue
		}
		differ++
		t.Logf("%s: %.200s, Python %.200s", path, ours, theirs)
	}
	t.Logf("%d messages, %d leaves: %d differ", same+differ, leaves, differ)
	if differ*200 > same+differ {
		t.Errorf("%d of %d messages differ", differ, same+differ)
	}
}

// base64Sums are the digests of all leaves in base64, as Python walks: those
// of messages nested as they are, too.
func base64Sums(m *Message) []string {
	out := []string{}
	for in, p := range m.Walk() {
		if p.Encoding != "base64" || !p.IsLeaf() || in.Container == "tnef" || isMessageType(p.ContentType) {
			continue
		}
		h := sha256.New()
		if _, err := p.WriteTo(h); err == nil {
			out = append(out, hex.EncodeToString(h.Sum(nil)))
		}
	}
	return out
}
