package smimeforge

import (
	"slices"
	"time"
)

// This file answers one question: how is a SignedData object (RFC 5652 section 5) built, with every field open to forgery?

const (
	oidData       = pkcs7Arc + "1"
	oidSigned     = pkcs7Arc + "2"
	oidEnveloped  = pkcs7Arc + "3"
	oidAttrType   = pkcs9Arc + "3"
	oidAttrDigest = pkcs9Arc + "4"
	oidAttrTime   = pkcs9Arc + "5"
	oidCounter    = pkcs9Arc + "6"
	oidCaps       = pkcs9Arc + "15"
	oidESSv1      = esmeArc + "2.12"
	oidESSv2      = esmeArc + "2.47"
	oidToken      = esmeArc + "2.14"
	oidTSTInfo    = esmeArc + "1.4"
)

// signer is one SignerInfo to be made. The zero value of a field means the honest choice.
type signer struct {
	cert      *cert
	key       *key    // the certificate's
	hash      *digest // SHA-256
	sid       []byte  // issuer and serial number
	noAttrs   bool
	noTime    bool
	time      time.Time
	md        []byte                     // value of messageDigest
	edit      func([][]byte) [][]byte    // changes the list of attributes
	order     func([][]byte) [][]byte    // order of storing; nil: DER
	over      func(stored []byte) []byte // what is signed instead of the SET OF attributes
	stored    func(set []byte) []byte    // how the attributes are stored ([0] instead of SET is done afterwards)
	digestAlg []byte
	sigAlg    []byte
	unsigned  func(sig []byte) [][]byte
	mangle    func(sig []byte) []byte
	version   int
}

// signed is one SignedData to be made.
type signed struct {
	content    []byte // what is digested
	embedded   []byte // eContent, nil: detached
	ctype      string // eContentType, id-data unless set
	certs      [][]byte
	crls       [][]byte
	signers    []*signer
	digestAlgs [][]byte // nil: those of the signers
	version    int
	noCerts    bool
}

// issuerSerial is the sid of a certificate.
func issuerSerial(c *cert) []byte { return seq(c.issuer, bigInt(c.serial)) }

// attributes is the honest list of signed attributes after the case's changes.
func (s *signer) attributes(contentType string, content []byte) [][]byte {
	md := s.md
	if md == nil {
		md = s.hash.sum(content)
	}
	list := [][]byte{attribute(oidAttrType, oid(contentType)), attribute(oidAttrDigest, octets(md))}
	if !s.noTime {
		list = append(list, attribute(oidAttrTime, when(s.time)))
	}
	list = append(list, attribute(oidCaps, seq(algID(nistArc+"1.42", nil), algID(nistArc+"1.2", nil))))
	if s.edit != nil {
		list = s.edit(list)
	}
	if s.order != nil {
		return s.order(list)
	}
	return sorted(list)
}

// info makes the SignerInfo.
func (s *signer) info(contentType string, content []byte) []byte {
	if s.hash == nil {
		s.hash = sha256Hash
	}
	k := s.key
	if k == nil {
		k = s.cert.key
	}
	toSign, stored := content, []byte(nil)
	if !s.noAttrs {
		toSign = set(s.attributes(contentType, content)...)
		keep := toSign
		if s.stored != nil {
			keep = s.stored(toSign)
		}
		stored = retag(0xa0, keep)
	}
	if s.over != nil {
		toSign = s.over(toSign)
	}
	sig := k.sign(s.hash, toSign)
	if s.mangle != nil {
		sig = s.mangle(sig)
	}
	sid, version := s.sid, s.version
	if sid == nil {
		sid = issuerSerial(s.cert)
	}
	if version == 0 {
		version = map[bool]int{true: 3, false: 1}[sid[0] == 0x80]
	}
	digestAlg, sigAlg := s.digestAlg, s.sigAlg
	if digestAlg == nil {
		digestAlg = s.hash.id()
	}
	if sigAlg == nil {
		sigAlg = k.alg(s.hash)
	}
	var unsigned []byte
	if s.unsigned != nil {
		unsigned = explicit(1, sorted(s.unsigned(sig))...)
	}
	return seq(num(int64(version)), sid, digestAlg, stored, sigAlg, octets(sig), unsigned)
}

// der makes the ContentInfo.
func (d *signed) der() []byte { return seq(oid(oidSigned), explicit(0, d.signedData())) }

func (d *signed) signedData() []byte {
	ctype := d.ctype
	if ctype == "" {
		ctype = oidData
	}
	version := d.version
	if version == 0 {
		version = 1
		if ctype != oidData {
			version = 3
		}
	}
	var infos, algs [][]byte
	for _, s := range d.signers {
		info := s.info(ctype, d.content)
		if s.sid != nil && s.sid[0] == 0x80 && d.version == 0 {
			version = 3
		}
		infos = append(infos, info)
		alg := s.digestAlg
		if alg == nil {
			alg = s.hash.id()
		}
		if !slices.ContainsFunc(algs, func(a []byte) bool { return string(a) == string(alg) }) {
			algs = append(algs, alg)
		}
	}
	if d.digestAlgs != nil {
		algs = d.digestAlgs
	}
	encap := seq(oid(ctype))
	if d.embedded != nil {
		encap = seq(oid(ctype), explicit(0, octets(d.embedded)))
	}
	var certs, crls []byte
	if !d.noCerts {
		certs = explicit(0, d.certs...) // in the order given: which one comes first is part of some cases
	}
	if d.crls != nil {
		crls = explicit(1, d.crls...)
	}
	return seq(num(int64(version)), set(algs...), encap, certs, crls, set(infos...))
}

// essV2 is a signingCertificateV2 attribute that names a certificate by SHA-256 (RFC 5035).
func essV2(c *cert) []byte {
	return attribute(oidESSv2, seq(seq(seq(octets(sha256Hash.sum(c.der)),
		seq(seq(explicit(4, c.issuer)), bigInt(c.serial))))))
}

// essV1 is a signingCertificate attribute that names a certificate by SHA-1 (RFC 2634).
func essV1(c *cert) []byte {
	return attribute(oidESSv1, seq(seq(seq(octets(sha1Hash.sum(c.der))))))
}

// bySKI is the sid by subject key identifier.
func bySKI(c *cert) []byte { return context(0, keyID(c.key.spki)) }
