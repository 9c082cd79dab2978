package smimeforge

import (
	"math/big"
	"time"
)

// This file answers one question: how are CRLs (RFC 5280 section 5) and OCSP answers (RFC 6960) written?

// The reasons of RFC 5280 section 5.3.1 that the cases use; noReason leaves the extension out.
const (
	noReason       = -1
	keyCompromise  = 1
	caCompromise   = 2
	affiliation    = 3
	superseded     = 4
	cessation      = 5
	hold           = 6
	aaCompromise   = 10
	unspecifiedWhy = 0
)

// entry is one revoked certificate.
type entry struct {
	serial  *big.Int
	at      time.Time
	reason  int
	invalid time.Time // invalidityDate, zero: none
	extra   [][]byte
}

func (e entry) der() []byte {
	var exts [][]byte
	if e.reason >= 0 {
		exts = append(exts, extension(extArc+"21", false, enum(byte(e.reason))))
	}
	if !e.invalid.IsZero() {
		exts = append(exts, extension(extArc+"24", false, genTime(e.invalid)))
	}
	exts = append(exts, e.extra...)
	if len(exts) == 0 {
		return seq(bigInt(e.serial), when(e.at))
	}
	return seq(bigInt(e.serial), when(e.at), seq(exts...))
}

// revocationList is one CRL to be made.
type revocationList struct {
	issuer     []byte
	key        *key
	hash       *digest
	this, next time.Time
	entries    []entry
	extra      [][]byte
}

// list makes a CRL of an authority, fresh at the date of the messages unless edit says otherwise.
func (f *forge) list(by *cert, edit func(*revocationList), entries ...entry) []byte {
	l := &revocationList{issuer: by.subject, key: by.key, hash: sha256Hash, this: f.date.AddDate(0, 0, -1), next: f.date.AddDate(0,
		0, 9),
		entries: entries}
	if edit != nil {
		edit(l)
	}
	var revoked []byte
	if len(l.entries) > 0 {
		var list [][]byte
		for _, e := range l.entries {
			list = append(list, e.der())
		}
		revoked = seq(list...)
	}
	exts := append([][]byte{extension(extArc+"35", false, seq(context(0, keyID(l.key.spki)))),
		extension(extArc+"20", false, num(int64(l.this.Unix())))}, l.extra...)
	alg := l.key.alg(l.hash)
	tbs := seq(num(1), alg, l.issuer, when(l.this), when(l.next), revoked, explicit(0, seq(exts...)))
	return seq(tbs, alg, bits(l.key.sign(l.hash, tbs)))
}

// before and after are entries for a certificate around the date of the messages.
func (f *forge) before(c *cert, reason int) entry {
	return entry{serial: c.serial, at: f.date.AddDate(0, 0, -10), reason: reason}
}

func (f *forge) after(c *cert, reason int) entry {
	return entry{serial: c.serial, at: f.date.AddDate(0, 0, 10), reason: reason}
}

// later makes a CRL that is issued after the messages.
func (f *forge) later(l *revocationList) {
	l.this, l.next = f.date.AddDate(0, 0, 12), f.date.AddDate(0, 0, 20)
}

// answerSpec is one OCSP answer to be made.
type answerSpec struct {
	signer     *cert
	byKey      bool
	certs      [][]byte
	certHash   *digest
	serial     *big.Int
	status     []byte
	this, next time.Time
	mangle     func([]byte) []byte
}

func ocspGood() []byte    { return context(0, nil) }
func ocspUnknown() []byte { return context(2, nil) }

func ocspRevoked(at time.Time, reason int) []byte {
	if reason < 0 {
		return explicit(1, genTime(at))
	}
	return explicit(1, genTime(at), explicit(0, enum(byte(reason))))
}

// answer makes an OCSP response about a certificate; good, and signed by its authority, unless edit says otherwise.
func (f *forge) answer(by, about *cert, edit func(*answerSpec)) []byte {
	a := &answerSpec{signer: by, certHash: sha1Hash, serial: about.serial, status: ocspGood(),
		this: f.date.AddDate(0, 0, -1), next: f.date.AddDate(0, 0, 9)}
	if edit != nil {
		edit(a)
	}
	_, spki, _, _ := element(by.key.spki)
	_, _, rest, _ := element(spki)
	_, point, _, _ := element(rest)
	id := seq(algID(a.certHash.oid, null()), octets(a.certHash.sum(by.subject)), octets(a.certHash.sum(point[1:])),
		bigInt(a.serial))
	responder := explicit(1, a.signer.subject)
	if a.byKey {
		responder = explicit(2, octets(keyID(a.signer.key.spki)))
	}
	data := seq(responder, genTime(a.this), seq(seq(id, a.status, genTime(a.this), explicit(0, genTime(a.next)))))
	sig := a.signer.key.sign(sha256Hash, data)
	if a.mangle != nil {
		sig = a.mangle(sig)
	}
	var certs []byte
	if a.certs != nil {
		certs = explicit(0, seq(a.certs...))
	}
	basic := seq(data, a.signer.key.alg(sha256Hash), bits(sig), certs)
	return seq(enum(0), explicit(0, seq(oid("1.3.6.1.5.5.7.48.1.1"), octets(basic))))
}

// ocspChoice puts a response into the crls field of a CMS object (RFC 5940).
func ocspChoice(response []byte) []byte { return explicit(1, oid("1.3.6.1.5.5.7.16.2"), response) }
