package cms

import (
	"fmt"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
)

// The bounds of one SignedData; what is beyond them is left out, with a defect.
const (
	maxSigners      = 64
	maxCertificates = 256
	maxRevocations  = 256
)

// SignedData is RFC 5652 5.1.
type SignedData struct {
	Version      int
	Digests      []Algorithm
	Content      Content
	Certificates []Choice
	// Partly says that there are more certificates than were read.
	Partly      bool
	Revocations []Choice
	Signers     []SignerInfo
}

// Choice is one element of a set of certificates or revocation lists.
type Choice struct {
	// Kind is "certificate", "extended" (PKCS #6), "attribute-v1",
	// "attribute-v2" or "other" (RFC 5652 10.2.2); "crl", "ocsp" (RFC 5940 2) or
	// "other" (RFC 5652 10.2.1).
	Kind string
	// Format is the type of an "other" one, dotted.
	Format string
	// Raw is the element as stored. Of an OCSP response it is the response
	// alone. Certificates keep their bytes: their signatures go over these.
	Raw    []byte
	Offset int
}

// OIDOCSPResponse is the format of an OCSP response in RevocationInfoChoices
// (RFC 5940 2).
const OIDOCSPResponse = "1.3.6.1.5.5.7.16.2"

// signedData reads SignedData ::= SEQUENCE { version, digestAlgorithms SET,
// encapContentInfo, certificates [0] IMPLICIT, crls [1] IMPLICIT, signerInfos SET }.
func (p *parser) signedData(v ber.Value) error {
	if v.Tag() != ber.Sequence {
		return malformed("no SignedData", v)
	}
	s := &SignedData{}
	r := v.Inside()
	var ok bool
	if s.Version, ok = version(&r); !ok {
		return malformed("no version of SignedData", v)
	}
	if err := p.digests(s, &r, v); err != nil {
		return err
	}
	if s.Content, ok = encapsulated(&r); !ok {
		return malformed("no encapsulated content", v)
	}
	if set, ok := r.Read(ber.Context(0)); ok {
		before := len(p.Defects)
		s.Certificates = p.choices(set, maxCertificates, certificateChoice)
		s.Partly = len(p.Defects) > before
	}
	if set, ok := r.Read(ber.Context(1)); ok {
		s.Revocations = p.choices(set, maxRevocations, revocationChoice)
	}
	signers, ok := r.Read(ber.Set)
	if !ok || r.More() {
		return malformed("no set of signers at the end", v)
	}
	p.Signed = s
	return p.signers(s, signers)
}

func (p *parser) digests(s *SignedData, r *ber.Reader, around ber.Value) error {
	set, ok := r.Read(ber.Set)
	if !ok {
		return malformed("no set of digest algorithms", around)
	}
	for v := range set.Children() {
		if v.Tag() != ber.Sequence {
			return malformed("no digest algorithm", v)
		}
		a, ok := algorithmOf(v)
		if !ok {
			return malformed("no digest algorithm", v)
		}
		if len(s.Digests) < maxSigners {
			s.Digests = append(s.Digests, a)
		}
	}
	return nil
}

func (p *parser) choices(set ber.Value, most int, read func(ber.Value) Choice) []Choice {
	var out []Choice
	count := 0
	for v := range set.Children() {
		if count++; count > most {
			continue
		}
		c := read(v)
		if c.Raw == nil {
			c.Raw = v.Source()
		}
		c.Offset = v.Offset()
		out = append(out, c)
	}
	if count > most {
		p.defect("cms.too-many", set.Offset(), fmt.Sprintf("%d elements, of which the first %d are read", count, most))
	}
	return out
}

// certificateChoice is CertificateChoices (RFC 5652 10.2.2).
func certificateChoice(v ber.Value) Choice {
	switch v.Tag() {
	case ber.Sequence:
		return Choice{Kind: "certificate"}
	case ber.Context(0):
		return Choice{Kind: "extended"}
	case ber.Context(1):
		return Choice{Kind: "attribute-v1"}
	case ber.Context(2):
		return Choice{Kind: "attribute-v2"}
	}
	c, _ := otherChoice(v, ber.Context(3))
	return c
}

// revocationChoice is RevocationInfoChoice (RFC 5652 10.2.1).
func revocationChoice(v ber.Value) Choice {
	if v.Tag() == ber.Sequence {
		return Choice{Kind: "crl"}
	}
	c, info := otherChoice(v, ber.Context(1))
	if c.Format == OIDOCSPResponse && info.Exists() {
		c.Kind, c.Raw = "ocsp", info.Source()
	}
	return c
}

// otherChoice reads SEQUENCE { format OBJECT IDENTIFIER, info ANY } in a tag.
func otherChoice(v ber.Value, tag ber.Tag) (c Choice, info ber.Value) {
	c.Kind = "other"
	if v.Tag() == tag {
		r := v.Inside()
		if oid, ok := r.Read(ber.OID); ok {
			c.Format = oid.OID()
			info, _ = r.Next()
		}
	}
	return c, info
}

func (p *parser) signers(s *SignedData, set ber.Value) error {
	count := 0
	for v := range set.Children() {
		if count++; count > maxSigners {
			continue
		}
		info, err := ReadSignerInfo(v)
		if err != nil {
			return err
		}
		s.Signers = append(s.Signers, info)
	}
	if count > maxSigners {
		p.defect("cms.too-many", set.Offset(), fmt.Sprintf("%d signers, of which the first %d are read", count, maxSigners))
	}
	return nil
}
