package pki

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// readAnswer reads one SingleResponse (RFC 6960 4.2.1).
func readAnswer(s *cryptobyte.String, p *problems) (a OCSPAnswer, ok bool) {
	var seq, next, exts cryptobyte.String
	var present bool
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !a.id(&seq) || !a.status(&seq, p) {
		return a, false
	}
	if a.ThisUpdate, ok = readMoment(&seq, p); !ok {
		return a, false
	}
	if !seq.ReadOptionalASN1(&next, &present, contextCons(0)) {
		return a, false
	}
	if present {
		if a.NextUpdate, ok = readMoment(&next, p); !ok {
			return a, false
		}
	}
	if !seq.ReadOptionalASN1(&exts, &present, contextCons(1)) || !seq.Empty() {
		return a, false
	}
	list, odd := ocspExtensions(exts, p)
	a.odd = odd
	reason, invalidity := entryFacts(list)
	if a.Invalidity = invalidity; a.Reason == "" {
		a.Reason = reason
	}
	if v, found := extension(list, oidArchiveCutoff); found {
		a.cutoff, _ = readMoment(&v, p)
	}
	return a, true
}

// id reads CertID.
func (a *OCSPAnswer) id(s *cryptobyte.String) (ok bool) {
	var seq, alg, name, key cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1(&alg, asn1.SEQUENCE) {
		return false
	}
	if a.HashOID, ok = readOID(&alg); !ok {
		return false
	}
	if !seq.ReadASN1(&name, asn1.OCTET_STRING) || !seq.ReadASN1(&key, asn1.OCTET_STRING) {
		return false
	}
	a.NameHash, a.KeyHash = name, key
	a.Serial, _, ok = readInteger(&seq, asn1.INTEGER)
	return ok
}

// status reads CertStatus.
func (a *OCSPAnswer) status(s *cryptobyte.String, p *problems) (ok bool) {
	var body, reason cryptobyte.String
	var tag asn1.Tag
	var present bool
	if !s.ReadAnyASN1(&body, &tag) {
		return false
	}
	switch tag {
	case context(0):
		a.Status = statusGood
		return true
	case context(2):
		a.Status = statusUnknown
		return true
	case contextCons(1):
		a.Status = statusRevoked
	default:
		return false
	}
	if a.RevokedAt, ok = readMoment(&body, p); !ok || !body.ReadOptionalASN1(&reason, &present, contextCons(0)) {
		return false
	}
	if present {
		n, ok := readSmall(&reason, asn1.ENUM)
		if !ok {
			return false
		}
		a.Reason = reasonText(n)
	}
	return true
}
