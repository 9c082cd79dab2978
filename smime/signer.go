package smime

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
	"github.com/emlcheck/emlcheck/smime/internal/sigalg"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// content is what a signature goes over, in the forms in which it may have been
// signed. Digests are computed once for each form and algorithm.
type content struct {
	forms  []form
	in     func(form) pieces
	whole  func(limit int) []byte // for schemes that sign no digest; nil beyond the limit
	entity *entity                // for hypotheses; nil for an object's own content
	sums   map[string][]byte
	size   int
	// session bounds the work for all of the message.
	session *pki.Session
}

// digest is the digest of a form; nil when there is no work left for it.
func (c *content) digest(f form, h sigalg.Hash) []byte {
	key := string(f) + " " + h.Name
	if sum, ok := c.sums[key]; ok {
		return sum
	}
	if !c.session.Spend(c.size / workUnit) {
		return nil
	}
	d := h.New()
	for p := range c.in(f) {
		d.Write(p)
	}
	if c.sums == nil {
		c.sums = map[string][]byte{}
	}
	c.sums[key] = d.Sum(nil)
	return c.sums[key]
}

// wholeLimit is how much of a content without attributes is read into memory for
// Ed25519 and Ed448, which read it twice.
const wholeLimit = 64 << 20

// check is the examination of one SignerInfo.
type check struct {
	info    *cms.SignerInfo
	kind    string // the content type; signatureType of a counter-signature
	content *content
	hash    sigalg.Hash
	alg     sigalg.Algorithm
	twins   []*pki.Certificate // others with the key that fits
	partly  bool               // not all certificates of the object were read
	Signer
}

// refuse sets what is wrong.
func (c *check) refuse(state Integrity, code, detail string) {
	c.Integrity, c.Code, c.Reason = state, code, detail
}

func (c *check) flag(code, detail string) { c.Flags = append(c.Flags, Flag{code, detail}) }

// run checks content, attributes and signature (RFC 5652 5.4, 5.6); certs are all
// certificates that there are.
func (c *check) run(certs []*pki.Certificate) {
	c.readAlgorithms()
	c.SigningTime, _ = signingTime(c.info)
	c.Capabilities, c.Attributes = capabilities(c.info), attributesOf(c.info)
	candidates := holders(c.info.ID, certs)
	if len(candidates) > 0 {
		c.use(candidates[0])
	}
	if len(candidates) > 1 {
		c.flag("issuer-serial-twice", fmt.Sprintf("%d certificates fit the signer's identifier", len(candidates)))
	}
	digest, f := checkAttrs(c.info, c.kind)
	c.MessageDigest = digest
	switch {
	case f.code != "":
		c.refuse(IntegrityInvalid, f.code, f.detail)
	case c.hash.New == nil && !(c.alg.TakesMessage() && c.info.Attrs == nil):
		c.refuse(IntegrityUncheckable, "digest-unsupported", "digest algorithm "+c.DigestAlgorithm)
	case c.info.Attrs != nil:
		c.withAttrs(candidates)
	default:
		c.withoutAttrs(candidates)
	}
	if c.info.Attrs != nil && !c.info.Attrs.Sorted {
		c.flag("unsorted-attributes", "X.690 11.6: signed attributes are not in the order of DER")
	}
}

func (c *check) readAlgorithms() {
	var known bool
	if c.hash, known = sigalg.HashByOID(c.info.Digest.OID); known {
		c.DigestAlgorithm = c.hash.Name
	} else {
		c.DigestAlgorithm = c.info.Digest.OID
	}
	alg, err := sigalg.ParseAlgorithm(c.info.Algorithm.DER)
	c.alg, c.SignatureAlgorithm = alg, alg.Name
	if err != nil || alg.Name == "" {
		c.SignatureAlgorithm = c.info.Algorithm.OID
		c.alg.Scheme = ""
	}
}

func (c *check) use(cert *pki.Certificate) {
	c.Certificate, c.Key = cert, cert.KeyText()
}

// withAttrs compares the content with the digest in the attributes, and the
// attributes with the signature.
func (c *check) withAttrs(candidates []*pki.Certificate) {
	if !c.fitContent() {
		return
	}
	attrs := c.info.Attrs
	forms := [][]byte{attrs.AsStored}
	if !bytes.Equal(attrs.DER, attrs.AsStored) {
		forms = append(forms, attrs.DER)
	}
	c.findKey(candidates, func(k *sigalg.Key) error {
		var err error
		for _, b := range forms {
			if err = k.VerifyMessage(c.alg, c.hash, b, c.info.Signature); err == nil {
				return nil
			}
		}
		return err
	})
}

// fitContent looks for the form of the content that the attribute states.
func (c *check) fitContent() bool {
	for _, f := range c.content.forms {
		sum := c.content.digest(f, c.hash)
		if sum == nil {
			c.refuse(IntegrityUncheckable, codeWork, "not digested: the message asks for too much work")
			return false
		}
		if c.Digest == nil {
			c.Digest = sum
		}
		if bytes.Equal(sum, c.MessageDigest) {
			c.Digest = sum
			return c.accept(f)
		}
	}
	c.refuse(IntegrityInvalid, "digest-mismatch", "RFC 5652 5.6: the content has another digest than the signed attributes state")
	if c.content.entity != nil {
		h, ok := explain(c.content.entity, c.content.session, 0, func(in pieces) bool {
			d := c.hash.New()
			for p := range in {
				d.Write(p)
			}
			return bytes.Equal(d.Sum(nil), c.MessageDigest)
		})
		if ok {
			c.Repair = &h
		}
	}
	return false
}

// accept notes the form that fits. The canonical form has CRLF at the ends of
// lines (RFC 8551 3.1.1). A signature over LF is none over text that has CRLF; of
// text that has LF now nobody can say how it came, so that it is accepted there.
func (c *check) accept(f form) bool {
	c.Form = string(f)
	lines := c.content.entity != nil && f == asStored && c.content.forms[0] == asCRLF
	if lines || f == asLF {
		c.flag("not-canonical", "the signature goes over lines that end in LF; RFC 8551 3.1.1 demands CRLF")
	}
	if f == asLF {
		c.refuse(IntegrityInvalid, "not-canonical", "RFC 8551 3.1.1: the signature goes over lines that end in LF, the text has CRLF")
		return false
	}
	return true
}

// withoutAttrs checks a signature over the content itself.
func (c *check) withoutAttrs(candidates []*pki.Certificate) {
	if head := c.content.whole(1 << 16); isSubstituted(head) {
		c.refuse(IntegrityInvalid, "attribute-substitution", "the content is a set of signed attributes: a signature over attributes would fit it as well")
		c.flag("attribute-substitution", "draft-ietf-lamps-cms-euf-cma-signeddata")
		return
	}
	for _, f := range c.content.forms {
		c.findKey(candidates, func(k *sigalg.Key) error { return c.overContent(k, f) })
		if c.Integrity == IntegrityValid {
			c.accept(f)
			return
		}
		if c.Integrity == IntegrityUncheckable {
			return
		}
	}
	if c.alg.TakesMessage() || c.hash.New == nil {
		return
	}
	c.Digest = c.content.digest(c.content.forms[0], c.hash)
	if c.content.entity == nil {
		return
	}
	h, ok := explain(c.content.entity, c.content.session, costs(candidates), func(in pieces) bool {
		d := c.hash.New()
		for p := range in {
			d.Write(p)
		}
		return c.anyKey(candidates, d.Sum(nil))
	})
	if ok {
		c.Repair = &h
	}
}

func (c *check) anyKey(candidates []*pki.Certificate, digest []byte) bool {
	return slices.ContainsFunc(candidates, func(cert *pki.Certificate) bool {
		k, err := sigalg.ParseKey(cert.SPKI)
		return err == nil && k.Verify(c.alg, c.hash, digest, c.info.Signature) == nil
	})
}

func (c *check) overContent(k *sigalg.Key, f form) error {
	if !c.alg.TakesMessage() {
		if c.Digest = c.content.digest(f, c.hash); c.Digest == nil {
			return errWork
		}
		return k.Verify(c.alg, c.hash, c.Digest, c.info.Signature)
	}
	whole := c.content.whole(wholeLimit)
	if whole == nil {
		return fmt.Errorf("%w: a content of more than %d bytes signed without digest", sigalg.ErrUnsupported, wholeLimit)
	}
	if f == asCRLF {
		whole = join(toCRLF(one(whole)), len(whole))
	}
	return k.VerifyMessage(c.alg, c.hash, whole, c.info.Signature)
}

// codeWork is the code of what was not done, because a message shall not keep the
// examiner busy for long.
const codeWork = "too-much-work"

var errWork = fmt.Errorf("%w: the message asks for too much work", sigalg.ErrUnsupported)

// costs is the work for one signature by each of the keys.
func costs(candidates []*pki.Certificate) (sum int) {
	for _, c := range candidates {
		sum += c.Cost()
	}
	return sum
}

// findKey tries the keys of all certificates that fit the identifier: a forged
// certificate may bear the same one.
func (c *check) findKey(candidates []*pki.Certificate, verify func(*sigalg.Key) error) {
	if len(candidates) == 0 {
		c.refuse(IntegrityUncheckable, "no-certificate", "the signer's certificate is neither in the object nor given")
		return
	}
	if c.alg.Scheme == "" {
		c.refuse(IntegrityUncheckable, "signature-unsupported", "signature algorithm "+c.SignatureAlgorithm)
		return
	}
	for i, cert := range candidates {
		if !c.content.session.Spend(cert.Cost()) {
			c.refuse(IntegrityUncheckable, codeWork, errWork.Error())
			return
		}
		k, err := sigalg.ParseKey(cert.SPKI)
		if err == nil {
			err = verify(k)
		}
		switch {
		case err == nil:
			c.use(cert)
			c.refuse(IntegrityValid, "", "")
			c.findTwins(cert, candidates)
			c.checkNamed(cert)
			return
		case errors.Is(err, sigalg.ErrUnsupported):
			c.use(cert)
			c.refuse(IntegrityUncheckable, "signature-unsupported", err.Error())
		case c.partly:
			c.refuse(IntegrityUncheckable, "certificates-unread", "the object holds more certificates than are read, none of these fits")
		case i == 0:
			c.refuse(IntegrityInvalid, "signature-mismatch", "RFC 5652 5.6: "+err.Error())
		}
	}
}

func (c *check) findTwins(cert *pki.Certificate, candidates []*pki.Certificate) {
	for _, other := range candidates {
		if other != cert && bytes.Equal(other.SPKI, cert.SPKI) {
			c.twins = append(c.twins, other)
		}
	}
}

// checkNamed holds a signature that fits to the certificate that its attributes
// name (RFC 5035 3).
func (c *check) checkNamed(cert *pki.Certificate) {
	switch checkESS(c.info, cert) {
	case essMismatch:
		c.refuse(IntegrityInvalid, "ess-mismatch", "RFC 5035 3: the attribute SigningCertificate names another certificate")
		c.flag("ess-mismatch", "")
	case essUnreadable:
		c.refuse(IntegrityInvalid, "ess-unreadable", "RFC 5035 3: the attribute SigningCertificate cannot be read")
		c.flag("ess-mismatch", "")
	}
}

// holders are the certificates that fit an identifier (RFC 5652 5.3), without
// repetitions.
func holders(id cms.KeyHolder, certs []*pki.Certificate) []*pki.Certificate {
	var out []*pki.Certificate
	issuer, serial := pki.ParseName(id.Issuer), signedNumber(id.Serial)
	for _, cert := range certs {
		if holds(cert, id.KeyID, &issuer, serial) {
			out = append(out, cert)
		}
	}
	return pki.Unique(out)
}

// holds reports whether a certificate is the one with the key identifier or, when
// that is nil, the one with that issuer and serial number.
func holds(cert *pki.Certificate, id []byte, issuer *pki.Name, serial *big.Int) bool {
	if id == nil {
		return cert.Serial.Cmp(serial) == 0 && cert.Issuer.Equal(issuer)
	}
	own := cert.SubjectKeyID
	if own == nil {
		own = keyIDOf(cert)
	}
	return bytes.Equal(own, id)
}

// keyIDOf is the identifier that a certificate does not state (RFC 5280 4.2.1.2).
func keyIDOf(cert *pki.Certificate) []byte {
	k, err := sigalg.ParseKey(cert.SPKI)
	if err != nil {
		return nil
	}
	return keyID(k.Raw)
}

// signedNumber reads the contents of an INTEGER.
func signedNumber(b []byte) *big.Int {
	tree, err := ber.Parse(ber.AppendValue(nil, ber.Integer, false, b))
	if err != nil {
		return new(big.Int)
	}
	return tree.Root().Big()
}
