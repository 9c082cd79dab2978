package cli

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// TestRepeatWithOpenSSL: the commands in the output run as they stand, on the file
// and on what was extracted, and openssl says the same of integrity.
func TestRepeatWithOpenSSL(t *testing.T) {
	for _, tool := range []string{"sh", "dd", "perl", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("no " + tool)
		}
	}
	if out, _ := exec.Command("dd", "--version").Output(); !strings.Contains(string(out), "coreutils") {
		t.Skip("another dd")
	}
	data, err := filepath.Abs("../../../../testdata/smime")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, name := range []string{
		"alg-rsa-sha256", "enc-segments-7", "enc-ski", "enc-indef-all", "mime-lf-only", "tam-body", "tam-footer-in-text", "id-from-differs",
		"cov-mixed-html-hide", "cov-forwarded-signed", "path-revoked-superseded", "encr-triple-wrap", "encr-oaep",
	} {
		args := []string{"verify", "--json", "--force", "--extract", name, "--roots", filepath.Join(data, "alg-rsa-sha256.roots.pem")}
		if strings.HasPrefix(name, "encr-") {
			args = append(args, "--cert", filepath.Join(data, "encr-oaep.cert.pem"), "--key", filepath.Join(data, "encr-oaep.key.pem"))
		}
		out, stderr, _ := runProgram(t, append(args, filepath.Join(data, name+".eml")))
		var doc struct {
			Extracted  []render.Extracted `json:"extracted"`
			Repeat     []string           `json:"repeat"`
			Signatures report.Signatures  `json:"signatures"`
		}
		if err := json.Unmarshal([]byte(out), &doc); err != nil {
			t.Fatalf("%s: %v %s", name, err, stderr)
		}
		if len(doc.Extracted) == 0 || len(doc.Repeat) == 0 {
			t.Errorf("%s: %d files, %d commands", name, len(doc.Extracted), len(doc.Repeat))
		}
		good := intact(doc.Signatures.SMIME.Layers)
		if err := shell(doc.Repeat); (err == nil) != good {
			t.Errorf("%s: signatures fit: %v; openssl with the extracted files: %v", name, good, err)
		}
		repeatLayers(t, name, doc.Signatures.SMIME.Layers)
	}
}

// repeatLayers runs the commands over the evidence itself.
func repeatLayers(t *testing.T, name string, layers []report.SMIMELayer) {
	for _, l := range layers {
		if len(l.Repeat) > 0 && len(l.Signers) > 0 {
			if err := shell(l.Repeat); (err == nil) != (l.Signers[0].Integrity == "valid") {
				t.Errorf("%s part %s: %s, openssl: %v", name, l.Part, l.Signers[0].Integrity, err)
			}
		}
		if len(l.Repeat) == 0 && !strings.Contains(l.Part, "~") {
			t.Errorf("%s part %s: no commands", name, l.Part)
		}
		repeatLayers(t, name, l.Children)
	}
}

// intact reports whether every signature fits, and has a path: openssl checks it with
// the extracted roots.
func intact(layers []report.SMIMELayer) bool {
	for _, l := range layers {
		for _, s := range l.Signers {
			if s.Integrity != "valid" {
				return false
			}
		}
		if !intact(l.Children) {
			return false
		}
	}
	return true
}

// shell runs commands one by one, as an examiner would paste them. A digest that is
// computed says nothing by itself.
func shell(commands []string) error {
	for _, c := range commands {
		run := exec.Command("sh", "-c", "set -e\n"+c)
		run.Env = append(os.Environ(), "LC_ALL=C")
		if out, err := run.CombinedOutput(); err != nil {
			return &exec.Error{Name: c + ": " + string(out), Err: err}
		}
	}
	return nil
}
