package smime

import (
	"bytes"
	"context"
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// asMessage puts an object that lies in a file of its own into a message.
func asMessage(b []byte) []byte {
	if len(b) > 0 && b[0] == tagSequence {
		return append([]byte("Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: binary\r\n\r\n"), b...)
	}
	return b
}

// allIntact reports whether the outer signature of a message fits, for every signer.
func allIntact(r *Report) bool {
	if r == nil || len(r.Layers) == 0 || len(r.Layers[0].Signers) == 0 {
		return false
	}
	for _, s := range r.Layers[0].Signers {
		if s.Integrity != IntegrityValid {
			return false
		}
	}
	return true
}

// notAsOpenSSL are the messages of which openssl 3.0 says something else, with the
// clause by which a signature fits all the same.
var notAsOpenSSL = map[string]string{
	"mimekit/smime/octet-stream-with-mixed-line-endings.dat":                                        "RFC 2045 6.2: a binary object, which openssl reads as base64",
	"bc-java-smime/mail/smime/test/basicAS2.message":                                                "RFC 2045 6.2: a binary object, which openssl reads as base64",
	"bc-java-smime/mail/smime/test/rawAS2.message":                                                  "RFC 2045 6.2: a binary object, which openssl reads as base64",
	"bc-java-smime/cms/test/rawsha256nonull.p7m":                                                    "RFC 8017 9.2, note 1 and A.2.4: parameters NULL and absent are both to be accepted",
	"thunderbird/mail/test/browser/smime/data/alice.dsig.SHA256.multipart.in.mixed.eml":             "RFC 8551 3.5.3: a multipart/signed inside of another part; openssl reads a whole message alone",
	"thunderbird/mail/test/browser/smime/data/alice.dsig.SHA256.multipart.in.mixed.with.header.eml": "RFC 8551 3.5.3: a multipart/signed inside of another part; openssl reads a whole message alone",
}

// TestAsOpenSSL: what openssl says of integrity is said here too, but for the
// messages above.
func TestAsOpenSSL(t *testing.T) {
	dir := corpus.Dir(t, "smime")
	table := csv.NewReader(bytes.NewReader(corpus.Read(t, filepath.Join(dir, "openssl-expected.tsv"))))
	table.Comma, table.LazyQuotes, table.FieldsPerRecord = '\t', true, -1
	rows, err := table.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		raw := asMessage(corpus.Read(t, filepath.Join(dir, row[0])))
		r, err := Inspect(context.Background(), mimeparse.Parse(raw, nil), nil)
		if err != nil {
			t.Fatal(err)
		}
		_, differs := notAsOpenSSL[row[0]]
		if fits := allIntact(r); fits != (row[2] == "OK" || differs) {
			t.Errorf("%s: fits %v, openssl %s %s", row[0], fits, row[2], row[3])
		}
		if differs && row[2] == "OK" {
			t.Errorf("%s is no difference", row[0])
		}
	}
}

// TestAsTheirNames: the files of Thunderbird's tests are named after what is in them.
func TestAsTheirNames(t *testing.T) {
	roots, err := pki.ReadCertificates(corpus.Read(t, filepath.Join(corpus.Dir(t, "smime"), "thunderbird/smime/TestCA.pem")))
	if err != nil {
		t.Fatal(err)
	}
	opt := &Options{Roots: roots, Evidence: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}
	seen := 0
	for _, path := range corpus.Files(t, "smime/thunderbird") {
		name := filepath.Base(path)
		if !strings.HasPrefix(name, "alice.") || !strings.HasSuffix(name, ".eml") {
			continue
		}
		seen++
		r, err := Inspect(context.Background(), mimeparse.Parse(corpus.Read(t, path), nil), opt)
		if err != nil || r == nil {
			t.Fatal(path, err)
		}
		checkName(t, path, name, r)
	}
	if seen < 20 {
		t.Errorf("%d files", seen)
	}
}

func checkName(t *testing.T, path, name string, r *Report) {
	bad := strings.Contains(name, ".bad.") || strings.Contains(name, ".mismatch-econtent.") ||
		name == "alice.env.dsig.SHA256.multipart.eml" // signed over LF, and openssl refuses it too
	if got := r.Verdict == VerdictInvalid; got != bad {
		t.Errorf("%s: %s", path, r.Verdict)
	}
	if strings.Contains(name, ".mismatch-econtent.") && !has(allFlags(r), "embedded-content") {
		t.Errorf("%s: no word of the embedded content", path)
	}
	if strings.Contains(name, ".future.") && !has(allFlags(r), "signing-time-differs") {
		t.Errorf("%s: the Date of another time is not told", path)
	}
	// The names list the layers from the inside to the outside.
	words := strings.Split(strings.TrimSuffix(name, ".eml"), ".")
	outer := r.Layers[0]
	for i := len(words) - 1; i >= 0; i-- {
		switch words[i] {
		case "env":
			if outer.Kind != EnvelopedLayer || outer.Verdict != VerdictEncrypted {
				t.Errorf("%s: %s %s, not encrypted", path, outer.Kind, outer.Verdict)
			}
			return // nothing is known of what is inside
		case "dsig", "sig":
			want := map[string]LayerKind{"dsig": SignedClear, "sig": SignedOpaque}[words[i]]
			if outer.Kind != want || len(outer.Signers) != 1 || outer.Signers[0].DigestAlgorithm != "sha256" {
				t.Errorf("%s: %s with %d signers", path, outer.Kind, len(outer.Signers))
			}
			if len(outer.Children) == 0 {
				return
			}
			outer = outer.Children[0]
		}
	}
}
