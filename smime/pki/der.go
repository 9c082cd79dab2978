package pki

import (
	"math/big"
	"strconv"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
)

// Problem is something that is not as an RFC demands: in a certificate, a
// revocation list or an OCSP response that was read, or on a path.
type Problem struct {
	// Certificate is the index in [Path.Chain]; 0 in what was only read.
	Certificate int
	// Code is stable: "not-ca", "expired".
	Code string
	// Detail is for people.
	Detail string
	// Clause is the rule that is broken: "RFC 5280 4.2.1.9".
	Clause string
}

// problems collects what is wrong with one object, in bounds.
type problems []Problem

// maxProblems bounds what a hostile object can make us keep.
const maxProblems = 64

func (p *problems) add(code, clause, detail string) {
	if len(*p) < maxProblems {
		*p = append(*p, Problem{Code: code, Clause: clause, Detail: detail})
	}
}

func (p problems) has(code string) bool {
	for i := range p {
		if p[i].Code == code {
			return true
		}
	}
	return false
}

func context(n uint8) asn1.Tag     { return asn1.Tag(n).ContextSpecific() }
func contextCons(n uint8) asn1.Tag { return context(n).Constructed() }

// outline reads the SEQUENCE that is all of der. BER becomes DER first: the
// signatures of such objects were made over DER (RFC 5280 4.1.1.3).
func outline(der []byte, p *problems) (whole, inside cryptobyte.String, ok bool) {
	in := cryptobyte.String(der)
	if !in.ReadASN1Element(&whole, asn1.SEQUENCE) {
		tree, err := ber.Parse(der)
		if err != nil {
			return nil, nil, false
		}
		in = der[tree.Used():]
		if whole = tree.Root().DER(); !whole.PeekASN1Tag(asn1.SEQUENCE) {
			return nil, nil, false
		}
		p.add("not-der", "RFC 5280 4.1", "encoded as BER")
	}
	if len(in) > 0 {
		p.add("trailing-bytes", "RFC 5280 4.1", strconv.Itoa(len(in))+" bytes behind the object")
	}
	copied := whole
	return whole, inside, copied.ReadASN1(&inside, asn1.SEQUENCE)
}

// readInteger reads an INTEGER with more octets than needed too.
func readInteger(s *cryptobyte.String, tag asn1.Tag) (n *big.Int, minimal, ok bool) {
	var b cryptobyte.String
	if !s.ReadASN1(&b, tag) || len(b) == 0 {
		return nil, false, false
	}
	n = new(big.Int).SetBytes(b)
	if b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	redundant := len(b) > 1 && (b[0] == 0 && b[1]&0x80 == 0 || b[0] == 0xFF && b[1]&0x80 != 0)
	return n, !redundant, true
}

// readSmall reads an INTEGER or ENUMERATED from 0 to a billion.
func readSmall(s *cryptobyte.String, tag asn1.Tag) (n int, ok bool) {
	v, _, ok := readInteger(s, tag)
	if !ok || !v.IsInt64() || v.Int64() < 0 || v.Int64() > 1e9 {
		return 0, false
	}
	return int(v.Int64()), true
}

// readBoolean reads a BOOLEAN of any octet.
func readBoolean(s *cryptobyte.String, tag asn1.Tag) (value, der, ok bool) {
	var b cryptobyte.String
	if !s.ReadASN1(&b, tag) || len(b) != 1 {
		return false, false, false
	}
	return b[0] != 0, b[0] == 0 || b[0] == 0xFF, true
}

// readOID reads an OBJECT IDENTIFIER as dotted text.
func readOID(s *cryptobyte.String) (oid string, ok bool) {
	var b cryptobyte.String
	if !s.ReadASN1(&b, asn1.OBJECT_IDENTIFIER) {
		return "", false
	}
	return oidText(b)
}

// oidText is X.690 8.19; arcs of any size, as UUIDs below 2.25 have.
func oidText(b []byte) (text string, ok bool) {
	const maxBytes = 256
	if len(b) == 0 || len(b) > maxBytes || b[len(b)-1]&0x80 != 0 {
		return "", false
	}
	var out []string
	arc := new(big.Int)
	for _, c := range b {
		arc.Or(arc.Lsh(arc, 7), big.NewInt(int64(c&0x7F)))
		if c&0x80 != 0 {
			continue
		}
		if len(out) == 0 {
			root := min(arc.Int64(), 80) / 40
			if !arc.IsInt64() {
				root = 2
			}
			out = append(out, strconv.FormatInt(root, 10))
			arc.Sub(arc, big.NewInt(40*root))
		}
		out = append(out, arc.String())
		arc.SetInt64(0)
	}
	return strings.Join(out, "."), true
}

// bitString is the contents of a BIT STRING without the count of unused bits.
func bitString(s *cryptobyte.String, tag asn1.Tag) (bits []byte, ok bool) {
	var b cryptobyte.String
	if !s.ReadASN1(&b, tag) || len(b) == 0 || b[0] > 7 || len(b) == 1 && b[0] != 0 {
		return nil, false
	}
	return b[1:], true
}
