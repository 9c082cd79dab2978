package smimeforge

import (
	"crypto/sha1"
	"encoding/pem"
	"math/big"
	"time"
)

// This file answers one question: how is an X.509 certificate written, right or wrong?

// Key usage bits, as the numbers of RFC 5280 section 4.2.1.3.
const (
	kuDigitalSignature = 1 << iota
	kuNonRepudiation
	kuKeyEncipherment
	kuDataEncipherment
	kuKeyAgreement
	kuCertSign
	kuCRLSign
)

const (
	ekuMail   = "1.3.6.1.5.5.7.3.4"
	ekuServer = "1.3.6.1.5.5.7.3.1"
	ekuStamp  = "1.3.6.1.5.5.7.3.8"
	ekuOCSP   = "1.3.6.1.5.5.7.3.9"
	ekuAny    = "2.5.29.37.0"
	extArc    = "2.5.29."
)

// cert is what a certificate says; make turns it into der.
type cert struct {
	subject, issuer []byte
	serial          *big.Int
	from, to        time.Time
	key             *key // subject's
	hash            *digest
	sans            [][]byte // GeneralName elements
	ku              int      // 0: no extension
	eku             []string // nil: no extension
	ca              bool
	pathLen         int      // below 0: no limit
	extra           [][]byte // further Extension elements
	noIDs           bool     // without key identifiers
	version         int      // 3 unless set
	der             []byte
}

// extension writes an Extension.
func extension(dotted string, critical bool, value []byte) []byte {
	if critical {
		return seq(oid(dotted), boolean(true), octets(value))
	}
	return seq(oid(dotted), octets(value))
}

// keyID is the SHA-1 of the key's bit string (RFC 5280 section 4.2.1.2).
func keyID(spki []byte) []byte {
	_, body, _, _ := element(spki)
	_, _, rest, _ := element(body)
	_, value, _, _ := element(rest)
	sum := sha1.Sum(value[1:])
	return sum[:]
}

// usageBits writes a named bit list in DER: bit 0 first, no trailing zero bits.
func usageBits(ku int) []byte {
	var b byte
	last := 0
	for i := 0; i < 7; i++ {
		if ku&(1<<i) != 0 {
			b |= 0x80 >> i
			last = i
		}
	}
	return tlv(0x03, []byte{byte(7 - last), b})
}

func (c *cert) extensions(issuerKey *key) []byte {
	var list [][]byte
	if c.ca {
		value := seq(boolean(true))
		if c.pathLen >= 0 {
			value = seq(boolean(true), num(int64(c.pathLen)))
		}
		list = append(list, extension(extArc+"19", true, value))
	}
	if c.ku != 0 {
		list = append(list, extension(extArc+"15", true, usageBits(c.ku)))
	}
	if c.eku != nil {
		var purposes [][]byte
		for _, e := range c.eku {
			purposes = append(purposes, oid(e))
		}
		list = append(list, extension(extArc+"37", false, seq(purposes...)))
	}
	if c.sans != nil {
		list = append(list, extension(extArc+"17", false, seq(c.sans...)))
	}
	if !c.noIDs {
		list = append(list, extension(extArc+"14", false, octets(keyID(c.key.spki))),
			extension(extArc+"35", false, seq(context(0, keyID(issuerKey.spki)))))
	}
	list = append(list, c.extra...)
	if len(list) == 0 {
		return nil
	}
	return explicit(3, seq(list...))
}

// make signs the certificate with the issuer's key.
func (c *cert) make(issuerKey *key) *cert {
	version := explicit(0, num(int64(c.version-1)))
	exts := c.extensions(issuerKey)
	if c.version == 1 {
		version, exts = nil, nil
	}
	alg := issuerKey.alg(c.hash)
	tbs := seq(version, bigInt(c.serial), alg, c.issuer, seq(when(c.from), when(c.to)), c.subject, c.key.spki, exts)
	c.der = seq(tbs, alg, bits(issuerKey.sign(c.hash, tbs)))
	return c
}

// pem is the certificate in PEM.
func (c *cert) pem() []byte { return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.der}) }

func pems(certs ...*cert) []byte {
	var out []byte
	for _, c := range certs {
		out = append(out, c.pem()...)
	}
	return out
}

// rdn is one attribute of a name.
func rdn(dotted string, value []byte) []byte { return set(seq(oid(dotted), value)) }

// name is a common name below the test organisation.
func name(cn string, more ...[]byte) []byte {
	return seq(append([][]byte{rdn("2.5.4.6", printable("DE")), rdn("2.5.4.10", utf8s("Forge Test")),
		rdn("2.5.4.3", utf8s(cn))}, more...)...)
}

// nameMail is the emailAddress attribute of a subject.
func nameMail(addr string) []byte { return rdn(pkcs9Arc+"1", ia5(addr)) }

// sanMail is an rfc822Name.
func sanMail(addr string) []byte { return context(1, []byte(addr)) }

// sanUTF8 is a SmtpUTF8Mailbox otherName (RFC 9598).
func sanUTF8(addr string) []byte {
	return explicit(0, oid("1.3.6.1.5.5.7.8.9"), explicit(0, utf8s(addr)))
}
