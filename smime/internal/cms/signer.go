package cms

import (
	"bytes"
	"slices"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
)

// SignerInfo is RFC 5652 5.3.
type SignerInfo struct {
	Version int
	ID      KeyHolder
	Digest  Algorithm
	// Attrs are the signed attributes; nil when there are none at all, which is
	// not the same as an empty set.
	Attrs     *SignedAttrs
	Algorithm Algorithm
	Signature []byte
	Unsigned  []Attribute
	// Offset is where it begins in the object, Raw what is stored there.
	Offset int
	Raw    []byte
}

// KeyHolder says whose key is meant: SignerIdentifier (RFC 5652 5.3) and its
// like in recipients.
type KeyHolder struct {
	// Issuer is a Name as stored, Serial the octets of the serial number; nil
	// where KeyID is stated.
	Issuer, Serial []byte
	// KeyID is a subject key identifier.
	KeyID []byte
}

// Attribute is RFC 5652 5.3.
type Attribute struct {
	OID    string
	Values []ber.Value
	Offset int
}

// SignedAttrs are signed attributes and the forms in which they may have been
// signed.
type SignedAttrs struct {
	List []Attribute
	// AsStored are the bytes as they stand in the object, with the tag of a SET
	// (RFC 5652 5.4).
	AsStored []byte
	// DER is what the standard demands: definite lengths, sorted. It is the same
	// slice as AsStored when that is the same.
	DER []byte
	// Sorted reports whether they are stored in the order of DER.
	Sorted bool
}

// Find lists the attributes of the type.
func (a *SignedAttrs) Find(oid string) []Attribute {
	if a == nil {
		return nil
	}
	return find(a.List, oid)
}

// FindUnsigned lists the unsigned attributes of the type.
func (s *SignerInfo) FindUnsigned(oid string) []Attribute { return find(s.Unsigned, oid) }

func find(list []Attribute, oid string) (found []Attribute) {
	for _, a := range list {
		if a.OID == oid {
			found = append(found, a)
		}
	}
	return found
}

// maxAttributes bounds the attributes and the values of one.
const maxAttributes = 1024

// ReadSignerInfo reads SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm,
// signedAttrs [0] IMPLICIT OPTIONAL, signatureAlgorithm, signature OCTET STRING,
// unsignedAttrs [1] IMPLICIT OPTIONAL }.
func ReadSignerInfo(v ber.Value) (s SignerInfo, err error) {
	if v.Tag() != ber.Sequence {
		return s, malformed("no SignerInfo", v)
	}
	s.Offset, s.Raw = v.Offset(), v.Source()
	r := v.Inside()
	var ok bool
	if s.Version, ok = version(&r); !ok {
		return s, malformed("no version of SignerInfo", v)
	}
	if s.ID, ok = keyHolder(&r); !ok {
		return s, malformed("no signer identifier", v)
	}
	if s.Digest, ok = algorithm(&r); !ok {
		return s, malformed("no digest algorithm", v)
	}
	if set, ok := r.Read(ber.Context(0)); ok {
		if s.Attrs, err = signedAttrs(set); err != nil {
			return s, err
		}
	}
	if s.Algorithm, ok = algorithm(&r); !ok {
		return s, malformed("no signature algorithm", v)
	}
	value, ok := r.Read(ber.OctetString)
	if !ok {
		return s, malformed("no signature", v)
	}
	s.Signature = value.Octets()
	if set, ok := r.Read(ber.Context(1)); ok {
		if s.Unsigned, err = attributes(set); err != nil {
			return s, err
		}
	}
	if r.More() {
		return s, malformed("something behind the fields of SignerInfo", v)
	}
	return s, nil
}

// keyHolder reads IssuerAndSerialNumber or a subject key identifier in [0].
func keyHolder(r *ber.Reader) (k KeyHolder, ok bool) {
	if v, ok := r.Read(ber.Context(0)); ok {
		k.KeyID = v.Octets()
		return k, true
	}
	v, ok := r.Read(ber.Sequence)
	if !ok {
		return k, false
	}
	inside := v.Inside()
	issuer, ok := inside.Read(ber.Sequence)
	if !ok {
		return k, false
	}
	serial, ok := inside.Read(ber.Integer)
	if !ok || inside.More() {
		return k, false
	}
	k.Issuer, k.Serial = issuer.DER(), serial.Contents()
	return k, true
}

func attributes(set ber.Value) ([]Attribute, error) {
	list := []Attribute{}
	for v := range set.Children() {
		if len(list) == maxAttributes {
			return nil, malformed("too many attributes", set)
		}
		a := Attribute{Offset: v.Offset()}
		r := v.Inside()
		oid, ok := r.Read(ber.OID)
		if v.Tag() != ber.Sequence || !ok {
			return nil, malformed("no attribute", v)
		}
		a.OID = oid.OID()
		values, ok := r.Read(ber.Set)
		if !ok || r.More() {
			return nil, malformed("no values of an attribute", v)
		}
		for one := range values.Children() {
			if len(a.Values) == maxAttributes {
				return nil, malformed("too many values of an attribute", v)
			}
			a.Values = append(a.Values, one)
		}
		list = append(list, a)
	}
	return list, nil
}

func signedAttrs(set ber.Value) (*SignedAttrs, error) {
	list, err := attributes(set)
	if err != nil {
		return nil, err
	}
	a := &SignedAttrs{List: list, AsStored: asSet(set.Source())}
	var elements [][]byte
	for v := range set.Children() {
		elements = append(elements, v.DER())
	}
	a.Sorted = slices.IsSortedFunc(elements, bytes.Compare)
	if a.Sorted && set.IsDER() {
		a.DER = a.AsStored
		return a, nil
	}
	slices.SortStableFunc(elements, bytes.Compare) // X.690 11.6
	a.DER = ber.AppendValue(nil, ber.Set, true, elements...)
	return a, nil
}

// asSet is a value with the tag of a SET instead of its own, which is of one
// octet.
func asSet(b []byte) []byte {
	b = bytes.Clone(b)
	b[0] = 0x31
	return b
}
