package pki

import (
	"fmt"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Extension is one extension as stored (RFC 5280 4.2).
type Extension struct {
	// OID is dotted.
	OID string
	// Critical is true when a verifier that does not know it must refuse (RFC 5280 4.2).
	Critical bool
	// Value is what the OCTET STRING holds.
	Value []byte
}

const (
	codeExtensionsUnreadable = "extensions-unreadable"
	codeExtensionUnreadable  = "extension-unreadable"
	codeDuplicateExtension   = "duplicate-extension"
	codeAlgorithmMismatch    = "algorithm-mismatch"
)

// Extensions (RFC 5280 4.2, 5.2, 5.3).
const (
	oidSubjectKeyID       = "2.5.29.14"
	oidKeyUsage           = "2.5.29.15"
	oidSubjectAltName     = "2.5.29.17"
	oidIssuerAltName      = "2.5.29.18"
	oidBasicConstraints   = "2.5.29.19"
	oidCRLNumber          = "2.5.29.20"
	oidReasonCode         = "2.5.29.21"
	oidInvalidityDate     = "2.5.29.24"
	oidDeltaCRL           = "2.5.29.27"
	oidDistributionPoint  = "2.5.29.28"
	oidCertificateIssuer  = "2.5.29.29"
	oidNameConstraints    = "2.5.29.30"
	oidCRLDistribution    = "2.5.29.31"
	oidPolicies           = "2.5.29.32"
	oidPolicyMappings     = "2.5.29.33"
	oidAuthorityKeyID     = "2.5.29.35"
	oidPolicyConstraints  = "2.5.29.36"
	oidExtKeyUsage        = "2.5.29.37"
	oidFreshestCRL        = "2.5.29.46"
	oidInhibitAnyPolicy   = "2.5.29.54"
	oidExpiredCertsOnCRL  = "2.5.29.60"
	oidAuthorityInfo      = "1.3.6.1.5.5.7.1.1"
	oidOCSPNoCheck        = "1.3.6.1.5.5.7.48.1.5"
	oidNetscapeType       = "2.16.840.1.113730.1.1"
	oidAnyExtKeyUsage     = "2.5.29.37.0"
	oidEmailProtection    = "1.3.6.1.5.5.7.3.4"
	oidTimeStamping       = "1.3.6.1.5.5.7.3.8"
	oidOCSPSigning        = "1.3.6.1.5.5.7.3.9"
	oidAccessOCSP         = "1.3.6.1.5.5.7.48.1"
	oidAccessCAIssuers    = "1.3.6.1.5.5.7.48.2"
	oidSmtpUTF8Mailbox    = "1.3.6.1.5.5.7.8.9"
	oidArchiveCutoff      = "1.3.6.1.5.5.7.48.1.6"
	oidOCSPNonce          = "1.3.6.1.5.5.7.48.1.2"
	oidOCSPBasic          = "1.3.6.1.5.5.7.48.1.1"
	oidOCSPExtendedRevoke = "1.3.6.1.5.5.7.48.1.9"
)

// decoders read the extensions that matter here; each reports whether it could.
var decoders = map[string]func(*Certificate, cryptobyte.String) bool{
	oidSubjectKeyID:      (*Certificate).readSubjectKeyID,
	oidKeyUsage:          (*Certificate).readKeyUsage,
	oidSubjectAltName:    (*Certificate).readAltNames,
	oidBasicConstraints:  (*Certificate).readBasicConstraints,
	oidNameConstraints:   (*Certificate).readNameConstraints,
	oidCRLDistribution:   (*Certificate).readDistributionPoints,
	oidPolicies:          (*Certificate).readPolicies,
	oidAuthorityKeyID:    (*Certificate).readAuthorityKeyID,
	oidPolicyConstraints: (*Certificate).readPolicyConstraints,
	oidExtKeyUsage:       (*Certificate).readExtKeyUsage,
	oidAuthorityInfo:     (*Certificate).readAuthorityInfo,
	oidNetscapeType:      (*Certificate).readNetscapeType,
}

func (r *reader) extensions(s cryptobyte.String) {
	list, ok := readExtensions(s, &r.problems)
	if !ok {
		r.add(codeExtensionsUnreadable, "RFC 5280 4.2", "the list breaks off")
	}
	r.Extensions = list
	seen := map[string]bool{}
	for i := range list {
		e := &list[i]
		decode := decoders[e.OID]
		if seen[e.OID] {
			r.add(codeDuplicateExtension, "RFC 5280 4.2", e.OID+": the first one counts")
		} else if decode != nil && !decode(r.Certificate, e.Value) {
			r.add(codeExtensionUnreadable, "RFC 5280 4.2", e.OID)
			if e.Critical || matters(e.OID) {
				r.unreadable = append(r.unreadable, e.OID)
			}
		}
		seen[e.OID] = true
	}
	r.odd = unknownCritical(list, knownExtension)
}

// matters lists the extensions that a path may not do without.
func matters(oid string) bool {
	switch oid {
	case oidKeyUsage, oidSubjectAltName, oidBasicConstraints, oidNameConstraints, oidExtKeyUsage:
		return true
	}
	return false
}

// knownExtension lists what a path takes into account, or what cannot matter to
// one. The policies are read but not processed: no policy is demanded here.
func knownExtension(oid string) bool {
	switch oid {
	case oidSubjectKeyID, oidKeyUsage, oidSubjectAltName, oidIssuerAltName, oidBasicConstraints, oidNameConstraints,
		oidCRLDistribution, oidPolicies, oidPolicyMappings, oidAuthorityKeyID, oidPolicyConstraints, oidExtKeyUsage,
		oidInhibitAnyPolicy, oidAuthorityInfo, oidOCSPNoCheck, oidNetscapeType:
		return true
	}
	return false
}

// readExtensions reads Extensions without their SEQUENCE; ok is false when the
// list breaks off.
func readExtensions(s cryptobyte.String, p *problems) (list []Extension, ok bool) {
	for !s.Empty() {
		var ext, value cryptobyte.String
		var e Extension
		if !s.ReadASN1(&ext, asn1.SEQUENCE) {
			return list, false
		}
		if e.OID, ok = readOID(&ext); !ok {
			return list, false
		}
		if ext.PeekASN1Tag(asn1.BOOLEAN) {
			critical, der, ok := readBoolean(&ext, asn1.BOOLEAN)
			if !ok {
				return list, false
			}
			if e.Critical = critical; !der || !critical {
				p.add("not-der", "RFC 5280 4.2", "critical written otherwise than as TRUE in "+e.OID)
			}
		}
		if !ext.ReadASN1(&value, asn1.OCTET_STRING) || !ext.Empty() {
			return list, false
		}
		e.Value = value
		list = append(list, e)
	}
	return list, true
}

// extension finds the first of a type.
func extension(list []Extension, oid string) (value cryptobyte.String, found bool) {
	i := slices.IndexFunc(list, func(e Extension) bool { return e.OID == oid })
	if i < 0 {
		return nil, false
	}
	return list[i].Value, true
}

// unknownCritical names the critical extensions that are not among the known.
func unknownCritical(list []Extension, known func(oid string) bool) []string {
	var out []string
	for i := range list {
		if list[i].Critical && !known(list[i].OID) && len(out) < maxProblems {
			out = append(out, list[i].OID)
		}
	}
	return out
}

// describe joins identifiers for people, in bounds.
func describe(list []string) string {
	const most = 8
	if len(list) > most {
		return fmt.Sprintf("%v and %d more", list[:most], len(list)-most)
	}
	return fmt.Sprint(list)
}
