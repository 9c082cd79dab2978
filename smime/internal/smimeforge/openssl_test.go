package smimeforge

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"net/mail"
)

// openssl runs the program in a directory and says whether it was content.
func openssl(t *testing.T, dir string, args ...string) (bool, string) {
	t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return err == nil, string(out)
}

// evidence is the time at which a case is judged.
func evidence(c Case) time.Time {
	if !c.At.IsZero() {
		return c.At
	}
	m, err := mail.ReadMessage(bytes.NewReader(c.Message))
	if err != nil {
		return time.Now()
	}
	when, err := m.Header.Date()
	if err != nil {
		return time.Now()
	}
	return when
}

// verify asks openssl about the signature and the path of a case; revocation only where lists are given.
func verify(t *testing.T, c Case) (bool, string) {
	dir := t.TempDir()
	put := func(name string, data []byte) string {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	args := []string{"cms", "-verify", "-in", put("m.eml", c.Message), "-out", "out", "-attime", fmt.Sprint(evidence(c).Unix()),
		"-no-CApath", "-no-CAstore"}
	trust := append(bytes.Clone(c.Roots), c.Certs...) // without -partial_chain only a self-signed one is an anchor
	for _, l := range c.CRLs {
		trust = append(trust, pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: l})...)
	}
	if len(c.CRLs) > 0 {
		args = append(args, "-crl_check")
	}
	if c.Roots != nil {
		args = append(args, "-CAfile", put("roots.pem", trust))
	} else {
		args = append(args, "-no-CAfile")
	}
	if c.Certs != nil {
		args = append(args, "-certfile", put("certs.pem", c.Certs))
	}
	return openssl(t, dir, args...)
}

// accepts says whether the words leave openssl content, which knows neither identity nor coverage nor strength.
func accepts(word string) bool {
	return slices.Contains([]string{Valid, Mismatch, Partial, Weak}, word)
}

func TestAgainstOpenssl(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl")
	}
	cases := all(t)
	var wg sync.WaitGroup
	gate := make(chan bool, runtime.NumCPU())
	lines := make([]string, len(cases))
	for i, c := range cases {
		if !judged(c) {
			continue
		}
		wg.Add(1)
		gate <- true
		go func() {
			defer func() { <-gate; wg.Done() }()
			ok, out := verify(t, c)
			if ok == accepts(c.Want) {
				return
			}
			out = strings.TrimSpace(out)
			lines[i] = fmt.Sprintf("%s want %s also %v: openssl %v: %s", c.Name, c.Want, c.Also, ok, out[strings.LastIndex(out,
				"\n")+1:])
		}()
	}
	wg.Wait()
	explained := map[string]bool{}
	for _, g := range opensslDiffers {
		for _, name := range g.cases {
			explained[name] = true
		}
	}
	_, version := openssl(t, ".", "version")
	for i, l := range lines {
		switch known := explained[cases[i].Name]; {
		case l != "" && !known:
			t.Errorf("not explained: %s", l)
		case l == "" && known && strings.HasPrefix(version, "OpenSSL 3.0."):
			t.Errorf("%s: openssl agrees, the table says it does not", cases[i].Name)
		}
	}
}

// judged says whether openssl's command line is asked: only for messages that are signed at the top.
func judged(c Case) bool {
	m, err := mail.ReadMessage(bytes.NewReader(c.Message))
	if err != nil {
		return false
	}
	kind := strings.ToLower(m.Header.Get("Content-Type"))
	return strings.Contains(kind, "signed")
}
