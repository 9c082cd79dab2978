// Package smimeforge answers for the tests: which S/MIME messages have which verdict?
//
// It shares no code with the verifier: keys, certificates, CMS objects and MIME are written here by hand, because most
// of the cases need objects that an honest library refuses to write. Every verdict is argued from a clause of an RFC
// (5652, 8550, 8551, 5280, 9788, 3161); where a clause leaves room, the other defensible verdicts are listed too.
package smimeforge

import (
	"fmt"
	"time"
)

// Case is one message with the answer that the RFCs give.
type Case struct {
	Name         string    // "tam-attr-ctype"
	Why          string    // one sentence with the clause
	Message      []byte    // the whole message, CRLF unless the case is about line ends
	Roots, Certs []byte    // PEM, may be nil
	CRLs, OCSP   [][]byte  // DER
	Cert, Key    []byte    // PEM of the recipient for decryption, may be nil
	At           time.Time // evidence time; zero: the message's Date
	Want         string    // verdict word
	Also         []string  // other defensible verdicts; "" stands for a report that sees no S/MIME at all
	Flags        []string  // kinds of flag that a top report must raise
	Inner        string    // verdict of the innermost layer that can be reached, "" where it is not judged
}

// The verdict words, gravest first where one layer has several faults; the last five describe what a layer is.
const (
	Malformed   = "malformed"
	Invalid     = "invalid"
	NoCert      = "no-cert"
	Unsupported = "unsupported"
	Weak        = "weak"
	Revoked     = "revoked"
	NotYetValid = "not-yet-valid"
	Expired     = "expired"
	Untrusted   = "untrusted"
	Mismatch    = "identity-mismatch"
	Partial     = "partial"
	Valid       = "valid"
	Unsigned    = "unsigned"
	Encrypted   = "encrypted"
	Compressed  = "compressed"
	CertsOnly   = "certs-only"
)

// Cases makes the whole matrix with fresh keys. A seed changes names, texts and dates; the same seed gives the same
// content apart from the keys. The order and the names of the cases never change.
func Cases(seed ...int64) ([]Case, error) {
	var s int64
	for _, n := range seed {
		s = s*31 + n
	}
	f, err := newForge(s)
	if err != nil {
		return nil, err
	}
	families := []func() error{
		f.algorithms, f.encodings, f.mimes, f.tampers, f.identities, f.paths, f.revocations, f.coverages, f.decoys,
		f.signers, f.encryptions, f.protections, f.exhaustions,
	}
	for _, family := range families {
		if err := family(); err != nil {
			return nil, err
		}
	}
	out := make([]Case, len(f.cases))
	seen := make(map[string]bool, len(f.cases))
	for i, c := range f.cases {
		if seen[c.Name] {
			return nil, fmt.Errorf("smimeforge: two cases are named %s", c.Name)
		}
		seen[c.Name] = true
		out[i] = *c
	}
	return out, nil
}

// also, flag, at and inner complete a case where it is made.
func (c *Case) also(words ...string) *Case { c.Also = append(c.Also, words...); return c }
func (c *Case) flag(words ...string) *Case { c.Flags = append(c.Flags, words...); return c }
func (c *Case) at(t time.Time) *Case       { c.At = t; return c }
func (c *Case) inner(word string) *Case    { c.Inner = word; return c }
func (c *Case) crl(der ...[]byte) *Case    { c.CRLs = append(c.CRLs, der...); return c }
func (c *Case) ocsp(der ...[]byte) *Case   { c.OCSP = append(c.OCSP, der...); return c }
func (c *Case) given(certs ...*cert) *Case { c.Certs = append(c.Certs, pems(certs...)...); return c }

// reader gives the case the private key of a recipient.
func (c *Case) reader(r *cert) *Case { c.Cert, c.Key = r.pem(), r.key.pem; return c }
