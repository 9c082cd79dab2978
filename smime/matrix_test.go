package smime

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/internal/smimeforge"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// optionsOf are the options that a case asks for.
func optionsOf(t testing.TB, c *smimeforge.Case) *Options {
	t.Helper()
	opt := &Options{Evidence: c.At}
	opt.Roots, _ = pki.ReadCertificates(c.Roots)
	opt.Certificates, _ = pki.ReadCertificates(c.Certs)
	for _, der := range c.CRLs {
		found, _ := pki.ReadRevocationLists(der)
		opt.CRLs = append(opt.CRLs, found...)
	}
	for _, der := range c.OCSP {
		found, _ := pki.ReadOCSPResponses(der)
		opt.OCSP = append(opt.OCSP, found...)
	}
	if c.Key != nil {
		opt.Keys = []Key{keyOf(t, c)}
	}
	return opt
}

func keyOf(t testing.TB, c *smimeforge.Case) Key {
	owner, err := pki.ReadCertificates(c.Cert)
	if err != nil || len(owner) == 0 {
		t.Fatal(c.Name, err)
	}
	block, _ := pem.Decode(c.Key)
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(c.Name, err)
	}
	if k, ok := private.(*ecdsa.PrivateKey); ok {
		return Key{owner[0], k}
	}
	return Key{owner[0], private}
}

// innermost is the verdict of the innermost layer that is reached.
func innermost(layers []*Layer) Verdict {
	if len(layers) == 0 {
		return ""
	}
	l := layers[len(layers)-1]
	if l.Kind == EnvelopedLayer || l.Kind == AuthLayer || l.Kind == CompressLayer {
		if l.InnerVerdict != "" {
			return l.InnerVerdict
		}
		return l.Verdict
	}
	if v := innermost(l.Children); v != "" {
		return v
	}
	return l.Verdict
}

// excused are answers that differ for a reason.
var excused = map[string]string{
	"cov-sig-as-attachment": "a text file that holds a multipart/signed is no S/MIME of this message: there is no report at all",
}

// excusedFlags are flags that cannot be raised, with the reason.
var excusedFlags = map[string]string{
	"encr-cbc-last-block": "the changed octet is a padding in one of 256 runs, and then it opens",
	"encr-rc2-named":      "RC2 is known here, so that the object does not open instead of being unsupported",
}

// The matrix of messages whose answer is argued from the RFCs, by code that shares
// nothing with this package.
func TestMatrix(t *testing.T) {
	cases, err := smimeforge.Cases(time.Now().UnixNano())
	if err != nil {
		t.Fatal(err)
	}
	wrong, inner, falseAccepts := 0, 0, 0
	missing := map[string][]string{}
	for i := range cases {
		c := &cases[i]
		if only := os.Getenv("EMLCHECK_CASE"); only != "" && only != c.Name {
			continue
		}
		r, err := Inspect(context.Background(), mimeparse.Parse(c.Message, nil), optionsOf(t, c))
		if err != nil {
			t.Fatal(c.Name, err)
		}
		got := Verdict("")
		if r != nil {
			got = r.Verdict
		}
		if string(got) != c.Want && !slices.Contains(c.Also, string(got)) && excused[c.Name] == "" {
			wrong++
			if got == VerdictValid {
				falseAccepts++
			}
			t.Errorf("%s: %q, want %q %q (%s)%s", c.Name, got, c.Want, c.Also, c.Why, reasons(r))
		}
		for _, f := range c.Flags {
			if !has(allFlags(r), f) && excusedFlags[c.Name] == "" {
				missing[f] = append(missing[f], c.Name)
			}
		}
		if r == nil || c.Inner == "" {
			continue
		}
		if in := innermost(r.Layers); string(in) != c.Inner {
			inner++
			t.Errorf("%s: %q inside, want %q", c.Name, in, c.Inner)
		}
	}
	for f, names := range missing {
		t.Errorf("flag %s is missing in %v", f, names)
	}
	t.Logf("%d cases, %d wrong, of them %d false accepts; %d wrong inside", len(cases), wrong, falseAccepts, inner)
}

// reasons says what a report rests on.
func reasons(r *Report) string {
	if r == nil {
		return ""
	}
	var b bytes.Buffer
	var add func(layers []*Layer, indent string)
	add = func(layers []*Layer, indent string) {
		for _, l := range layers {
			b.WriteString("\n" + indent + l.Part + " " + string(l.Kind) + " " + string(l.Verdict) + ": " + l.Reason)
			for _, s := range l.Signers {
				b.WriteString("\n" + indent + "  signer " + string(s.Integrity) + " " + s.Code + " " + s.SignatureAlgorithm + " " + string(s.Identity) + " " + string(s.Verdict))
				if p := s.AtEvidence; p != nil && len(p.Problems) > 0 {
					b.WriteString(" " + p.Problems[0].Code + " " + p.Problems[0].Detail)
				}
			}
			add(l.Children, indent+"  ")
		}
	}
	add(r.Layers, "    ")
	return strings.TrimRight(b.String(), "\n")
}

// allFlags are those of a report, its layers and signers.
func allFlags(r *Report) []string {
	if r == nil {
		return nil
	}
	var out []string
	add := func(flags []Flag) {
		for _, f := range flags {
			out = append(out, f.Code)
		}
	}
	add(r.Flags)
	var walk func(layers []*Layer)
	walk = func(layers []*Layer) {
		for _, l := range layers {
			add(l.Flags)
			for _, s := range l.Signers {
				add(s.Flags)
				if s.Repair != nil {
					out = append(out, "repair-"+s.Repair.Code)
				}
			}
			walk(l.Children)
		}
	}
	walk(r.Layers)
	return out
}

func has(list []string, one string) bool { return slices.Contains(list, one) }
