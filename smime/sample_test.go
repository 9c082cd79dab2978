package smime

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/internal/smimeforge"
)

var update = flag.Bool("update", false, "write the sample of the matrix anew, with fresh keys")

// sampleDir holds some cases of the matrix as files, for those who want to try
// other programs on them, and as seeds.
const sampleDir = "../testdata/smime"

// sampled are the cases in it.
var sampled = []string{
	"alg-rsa-sha256", "alg-pss-salt20", "alg-ecdsa-brainpoolP256r1", "alg-ed25519", "alg-rsa-md5",
	"enc-segments-7", "enc-indef-all", "enc-attrs-unsorted-signed-stored", "enc-trailing-junk", "enc-ski", "enc-forged-issuer-serial", "enc-two-signers-second-bad",
	"mime-lf-only", "mime-quoted-printable", "mime-mbox-from-quoted", "mime-dup-boundary", "mime-3parts",
	"tam-body", "tam-footer-in-text", "tam-attr-ctype", "tam-attr-substitution", "tam-embedded-vs-shown",
	"id-from-differs", "id-homograph", "id-two-from-evil-last",
	"path-backdated", "path-revoked-superseded", "path-ocsp-revoked", "path-nc-host-other", "path-timestamp-proves-time",
	"cov-mixed-html-hide", "cov-forwarded-signed", "cov-decoy-attachment-typed", "certs-only",
	"encr-oaep", "encr-ecdh-gcm", "encr-efail-wrap", "encr-sign-inside-tampered", "encr-triple-wrap", "encr-compressed-signed",
	"prot-hp-subject-differs", "dos-exponential-40",
}

// sampleColumns are those of index.tsv. Lists are separated by blanks.
const sampleColumns = "name\tverdict\talso\tflags\tinner\tat\troots\tcerts\tcrls\tocsp\tcert\tkey\twhy"

// TestSample: the committed cases get their verdicts and flags, at any time.
func TestSample(t *testing.T) {
	if *update {
		writeSample(t)
	}
	cases := readSample(t)
	if len(cases) != len(sampled) {
		t.Fatalf("%d cases of %d", len(cases), len(sampled))
	}
	for i := range cases {
		c := &cases[i]
		r, err := Inspect(context.Background(), mimeparse.Parse(c.Message, nil), optionsOf(t, c))
		if err != nil || r == nil {
			t.Fatal(c.Name, err)
		}
		if string(r.Verdict) != c.Want && !slices.Contains(c.Also, string(r.Verdict)) {
			t.Errorf("%s: %q, want %q (%s)%s", c.Name, r.Verdict, c.Want, c.Why, reasons(r))
		}
		for _, f := range c.Flags {
			if !has(allFlags(r), f) {
				t.Errorf("%s: no flag %s", c.Name, f)
			}
		}
		if in := innermost(r.Layers); c.Inner != "" && string(in) != c.Inner {
			t.Errorf("%s: %q inside, want %q", c.Name, in, c.Inner)
		}
	}
}

// readSample reads the cases back.
func readSample(t testing.TB) []smimeforge.Case {
	t.Helper()
	index, err := os.ReadFile(filepath.Join(sampleDir, "index.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte {
		if name == "" {
			return nil
		}
		b, err := os.ReadFile(filepath.Join(sampleDir, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	all := func(names string) (out [][]byte) {
		for name := range strings.FieldsSeq(names) {
			out = append(out, read(name))
		}
		return out
	}
	var cases []smimeforge.Case
	for line := range strings.Lines(string(index)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if line == sampleColumns+"\n" {
			continue
		}
		c := smimeforge.Case{
			Name: f[0], Want: f[1], Also: strings.Fields(f[2]), Flags: strings.Fields(f[3]), Inner: f[4], Message: read(f[0] + ".eml"),
			Roots: read(f[6]), Certs: read(f[7]), CRLs: all(f[8]), OCSP: all(f[9]), Cert: read(f[10]), Key: read(f[11]), Why: f[12],
		}
		if f[5] != "" {
			if c.At, err = time.Parse(time.RFC3339, f[5]); err != nil {
				t.Fatal(err)
			}
		}
		cases = append(cases, c)
	}
	return cases
}

// writeSample writes the cases; a file that several of them share stands once.
func writeSample(t *testing.T) {
	cases, err := smimeforge.Cases(1)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(sampleDir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(sampleDir, 0o777); err != nil {
		t.Fatal(err)
	}
	save := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(sampleDir, name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	written := map[string]string{}
	share := func(name string, b []byte) string {
		if len(b) == 0 {
			return ""
		}
		if written[string(b)] == "" {
			written[string(b)] = name
			save(name, b)
		}
		return written[string(b)]
	}
	list := func(stem, ending string, files [][]byte) string {
		var out []string
		for i, b := range files {
			out = append(out, share(stem+"."+string(rune('1'+i))+ending, b))
		}
		return strings.Join(out, " ")
	}
	index := bytes.NewBufferString(sampleColumns + "\n")
	for _, c := range cases {
		if !slices.Contains(sampled, c.Name) {
			continue
		}
		save(c.Name+".eml", c.Message)
		at := ""
		if !c.At.IsZero() {
			at = c.At.UTC().Format(time.RFC3339)
		}
		index.WriteString(strings.Join([]string{
			c.Name, c.Want, strings.Join(c.Also, " "), strings.Join(c.Flags, " "), c.Inner, at,
			share(c.Name+".roots.pem", c.Roots), share(c.Name+".certs.pem", c.Certs), list(c.Name, ".crl", c.CRLs), list(c.Name, ".ocsp", c.OCSP),
			share(c.Name+".cert.pem", c.Cert), share(c.Name+".key.pem", c.Key), c.Why,
		}, "\t") + "\n")
	}
	save("index.tsv", index.Bytes())
}
