package pki

import (
	"fmt"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// OCSPResponse is an answer of an OCSP responder (RFC 6960 4.2).
type OCSPResponse struct {
	// Label says where it comes from. The caller sets it; facts repeat it.
	Label string
	// Raw is the whole, TBS the part that is signed, DER.
	Raw, TBS []byte
	// Status is "successful", or the refusal in RFC 6960 4.2.1's words.
	Status string
	// ResponderName or ResponderKeyHash says who answers.
	ResponderName    *Name
	ResponderKeyHash []byte
	// ProducedAt is when it was signed.
	ProducedAt time.Time
	// Answers are what it says, certificate by certificate.
	Answers []OCSPAnswer
	// Certificates came with the response.
	Certificates []*Certificate
	// Problems are reasons why it cannot be used.
	Problems []Problem

	sig    []byte
	signed signature
	odd    []string // critical extensions that are not known
}

// OCSPAnswer is a SingleResponse: what is said of one certificate.
type OCSPAnswer struct {
	// HashOID, NameHash and KeyHash tell the issuer.
	HashOID           string
	NameHash, KeyHash []byte
	// Serial is the number of the certificate.
	Serial *big.Int
	// Status is "good", "revoked" or "unknown".
	Status string
	// ThisUpdate and NextUpdate bound when it speaks.
	ThisUpdate, NextUpdate time.Time
	// RevokedAt is since when, Invalidity since when the key is suspect.
	RevokedAt, Invalidity time.Time
	// Reason is in RFC 5280 5.3.1's words; "" when absent.
	Reason string

	cutoff time.Time // archiveCutoff (RFC 6960 4.4.4)
	odd    []string
}

// What a responder says (RFC 6960 4.2.1, 2.2).
const (
	ocspSuccessful = "successful"
	statusGood     = "good"
	statusRevoked  = "revoked"
	statusUnknown  = "unknown"
)

var ocspStates = map[int]string{0: ocspSuccessful, 1: "malformedRequest", 2: "internalError", 3: "tryLater",
	5: "sigRequired", 6: "unauthorized"}

// maxAnswers bounds one response: responders answer for one certificate or few.
const maxAnswers = 1024

func parseOCSPResponse(der []byte) (*OCSPResponse, error) {
	r := &OCSPResponse{}
	var p problems
	var explicit, body, basic cryptobyte.String
	whole, inside, ok := outline(der, &p)
	if !ok {
		return nil, fmt.Errorf("%w: no OCSP response", ErrMalformed)
	}
	r.Raw = whole
	status, ok := readSmall(&inside, asn1.ENUM)
	if r.Status = ocspStates[status]; !ok || r.Status == "" {
		return nil, fmt.Errorf("%w: OCSP response without a status", ErrMalformed)
	}
	if r.Status != ocspSuccessful {
		r.Problems = p
		return r, nil
	}
	if !inside.ReadASN1(&explicit, contextCons(0)) || !explicit.ReadASN1(&body, asn1.SEQUENCE) {
		return nil, fmt.Errorf("%w: OCSP response without a body", ErrMalformed)
	}
	kind, ok := readOID(&body)
	if !ok || kind != oidOCSPBasic || !body.ReadASN1(&basic, asn1.OCTET_STRING) || !r.basic(basic, &p) {
		return nil, fmt.Errorf("%w: no basic OCSP response", ErrMalformed)
	}
	r.Problems = p
	return r, nil
}

// basic reads BasicOCSPResponse.
func (r *OCSPResponse) basic(s cryptobyte.String, p *problems) (ok bool) {
	var seq, tbsWhole, tbs, alg, explicit, certs cryptobyte.String
	var present bool
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1Element(&tbsWhole, asn1.SEQUENCE) ||
		!seq.ReadASN1Element(&alg, asn1.SEQUENCE) {
		return false
	}
	r.TBS, r.signed = tbsWhole, readSignature(alg, p)
	if r.sig, ok = bitString(&seq, asn1.BIT_STRING); !ok {
		p.add("signature-unreadable", "RFC 6960 4.2.1", "no bit string")
	}
	if seq.ReadOptionalASN1(&explicit, &present, contextCons(0)) && present && explicit.ReadASN1(&certs, asn1.SEQUENCE) {
		r.certificates(certs, p)
	}
	return tbsWhole.ReadASN1(&tbs, asn1.SEQUENCE) && r.data(tbs, p)
}

func (r *OCSPResponse) certificates(s cryptobyte.String, p *problems) {
	const most = 16
	var der cryptobyte.String
	for len(r.Certificates) < most && s.ReadASN1Element(&der, asn1.SEQUENCE) {
		c, err := ParseCertificate(der)
		if err != nil {
			p.add("certificate-unreadable", "RFC 6960 4.2.1", err.Error())
			continue
		}
		r.Certificates = append(r.Certificates, c)
	}
}

// data reads ResponseData.
func (r *OCSPResponse) data(s cryptobyte.String, p *problems) (ok bool) {
	var who, list, exts cryptobyte.String
	var present bool
	var tag asn1.Tag
	if !s.SkipOptionalASN1(contextCons(0)) || !s.ReadAnyASN1(&who, &tag) {
		return false
	}
	switch tag {
	case contextCons(1):
		n, ok := readName(&who, p)
		if !ok {
			return false
		}
		r.ResponderName = &n
	case contextCons(2):
		var hash cryptobyte.String
		if !who.ReadASN1(&hash, asn1.OCTET_STRING) {
			return false
		}
		r.ResponderKeyHash = hash
	default:
		return false
	}
	if r.ProducedAt, ok = readMoment(&s, p); !ok || !s.ReadASN1(&list, asn1.SEQUENCE) {
		return false
	}
	for !list.Empty() && len(r.Answers) < maxAnswers {
		a, ok := readAnswer(&list, p)
		if !ok {
			p.add("answer-unreadable", "RFC 6960 4.2.1", fmt.Sprintf("answer %d", len(r.Answers)+1))
			break
		}
		r.Answers = append(r.Answers, a)
	}
	r.odd = []string{codeExtensionsUnreadable}
	if s.ReadOptionalASN1(&exts, &present, contextCons(1)) && s.Empty() {
		_, r.odd = ocspExtensions(exts, p)
	}
	return true
}

// ocspExtensions reads extensions behind their explicit tag.
func ocspExtensions(s cryptobyte.String, p *problems) (list []Extension, odd []string) {
	var seq cryptobyte.String
	ok := s.Empty() || s.ReadASN1(&seq, asn1.SEQUENCE)
	if ok {
		list, ok = readExtensions(seq, p)
	}
	if !ok {
		return list, []string{codeExtensionsUnreadable}
	}
	return list, unknownCritical(list, func(oid string) bool {
		switch oid {
		case oidOCSPNonce, oidOCSPExtendedRevoke, oidArchiveCutoff, oidReasonCode, oidInvalidityDate:
			return true
		}
		return false
	})
}
