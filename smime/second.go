package smime

import (
	"fmt"
	"slices"
	"strings"

	"go.mozilla.org/pkcs7"

	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

// secondLimit is the size of object and content up to which a second opinion is
// asked for.
const secondLimit = 8 << 20

// SecondOpinion is what package pkcs7 says of the integrity of all signers. It
// shares no code with this package; its word is evidence, not the answer.
type SecondOpinion struct {
	// Word is "agrees", "disagrees", or "none" when pkcs7 could not read what it was
	// given; "" when it was not asked because it is known not to read such objects.
	Word string
	// Reason is what it says when it does not find the signatures good.
	Reason string
}

// secondOpinion asks pkcs7 about an object. It is given DER that was read
// already, in bounds: of BER some that are 95 bytes long keep it busy for ever.
func (i *inspector) secondOpinion(l *Layer, o *cms.Object, c *content) {
	if !slices.ContainsFunc(l.Signers, func(s Signer) bool { return s.Certificate != nil }) || !isUsual(o.Signed, l.Signers) {
		return
	}
	form := asStored
	if f := l.Signers[0].Form; f != "" {
		form = formNamed(f)
	}
	text := c.whole(secondLimit)
	der := o.DER()
	if text == nil || len(der) > secondLimit || !i.session.Spend(len(l.Signers)*(4+len(text)/workUnit)) {
		return
	}
	if form == asCRLF {
		text = join(toCRLF(one(text)), len(text))
	}
	holds, reason := askPKCS7(der, text)
	ours := !slices.ContainsFunc(l.Signers, func(s Signer) bool { return s.Integrity != IntegrityValid })
	l.Second = SecondOpinion{Word: "agrees", Reason: reason}
	switch {
	case holds == ours:
	case !holds && !isRefusal(reason):
		l.Second.Word = "none"
	default:
		l.Second.Word = "disagrees"
		l.flag("engine-disagreement", fmt.Sprintf("package pkcs7 finds the signatures %s", map[bool]string{true: "good", false: "bad: " + reason}[holds]))
	}
}

// isRefusal reports whether an error of pkcs7 is about digest or signature. Others
// are about what it cannot read, or about times, which are judged elsewhere.
func isRefusal(reason string) bool {
	return strings.Contains(reason, "verification") || strings.Contains(reason, "digest mismatch")
}

func formNamed(name string) form {
	if name == string(asCRLF) {
		return asCRLF
	}
	return asStored
}

// askPKCS7 never panics and never takes long on DER of that size.
func askPKCS7(der, text []byte) (holds bool, reason string) {
	defer func() {
		if r := recover(); r != nil {
			holds, reason = false, fmt.Sprintf("it panicked: %v", r)
		}
	}()
	p, err := pkcs7.Parse(der)
	if err != nil {
		return false, err.Error()
	}
	p.Content = text
	if err := p.Verify(); err != nil {
		return false, err.Error()
	}
	return true, ""
}

// isUsual reports whether pkcs7 can read everything in an object: signers named
// by issuer and serial number, RSA and ECDSA on the curves of the standard
// library, SHA-1 and SHA-2, nothing but certificates, and attributes in order.
func isUsual(s *cms.SignedData, signers []Signer) bool {
	if slices.ContainsFunc(s.Certificates, func(c cms.Choice) bool { return c.Kind != "certificate" }) || len(s.Revocations) > 0 || !s.Content.Octets && s.Content.Present {
		return false
	}
	for k := range s.Signers {
		info := &s.Signers[k]
		if info.ID.KeyID != nil || info.Attrs != nil && !info.Attrs.Sorted {
			return false
		}
		if !slices.Contains(usualDigests, signers[k].DigestAlgorithm) || !slices.Contains(usualSignatures, signers[k].SignatureAlgorithm) || !slices.Contains(usualKeys, signers[k].Key) {
			return false
		}
	}
	return true
}

var (
	usualDigests    = []string{"sha1", "sha256", "sha384", "sha512"}
	usualSignatures = []string{"rsa-pkcs1", "rsa-pkcs1-sha1", "rsa-pkcs1-sha256", "rsa-pkcs1-sha384", "rsa-pkcs1-sha512", "ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512"}
	usualKeys       = []string{"RSA 1024", "RSA 2048", "RSA 3072", "RSA 4096", "EC P-256", "EC P-384", "EC P-521"}
)
