package cms

import (
	"errors"
	"fmt"
	"iter"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
)

// ErrMalformed: the bytes are no CMS object of the type that they state.
var ErrMalformed = errors.New("malformed CMS object")

// Object is a ContentInfo (RFC 5652 3) and what is in it. Of the pointers at
// most one is set; none for a type that is not read further.
type Object struct {
	Kind Kind
	// Type is the content type, dotted.
	Type       string
	Signed     *SignedData
	Enveloped  *EnvelopedData // of AuthEnvelopedData and EncryptedData too
	Compressed *CompressedData
	// Facts are the ways in which the object is not DER.
	Facts []ber.Fact
	// Used is the size of the object; bytes of the source behind it belong to
	// nothing.
	Used int
	// Defects lists what breaks RFC 5652 and could be read all the same.
	Defects []Defect

	tree *ber.Tree
}

// Defect is something in an object that should not be so.
type Defect struct {
	// Code is stable.
	Code string
	// Offset is where, in the object.
	Offset int
	Detail string
}

// DER is the object as DER, but for the order in sets.
func (o *Object) DER() []byte { return o.tree.Root().DER() }

// Algorithm is an AlgorithmIdentifier (RFC 5280 4.1.1.2).
type Algorithm struct {
	// OID is dotted; "" when it cannot be read.
	OID string
	// DER is the whole identifier.
	DER []byte
	// Params are the parameters, if any.
	Params ber.Value
}

// Content is what an object carries (RFC 5652 5.2).
type Content struct {
	// Type is the content type, dotted.
	Type string
	// Present is false for a detached signature.
	Present bool
	// Octets is false for what PKCS #7 1.5 allowed: any type at all. Its digest
	// goes over the contents without tag and length.
	Octets bool
	value  ber.Value
}

// Pieces iterates over the content in the pieces in which it is stored. They
// alias the object.
func (c *Content) Pieces() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		switch {
		case !c.Present:
		case c.Octets:
			c.value.Segments()(yield)
		default:
			yield(c.value.Contents())
		}
	}
}

// Bytes is the content in one piece; it aliases the object when it is one there.
func (c *Content) Bytes() []byte {
	switch {
	case !c.Present:
		return nil
	case c.Octets:
		return c.value.Octets()
	}
	return c.value.Contents()
}

// Offset is where the content's first octet stands in the object; -1 when it is
// absent or cut into segments.
func (c *Content) Offset() int {
	if !c.Present || c.Octets && c.value.Constructed() {
		return -1
	}
	return c.value.Start()
}

// Parse reads the object at the head of src.
func Parse(src []byte) (*Object, error) {
	tree, err := ber.Parse(src)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	p := parser{Object: &Object{Used: tree.Used(), Facts: tree.Facts(), tree: tree}}
	if err := p.contentInfo(tree.Root()); err != nil {
		return nil, err
	}
	if rest := len(src) - tree.Used(); rest > 0 {
		p.defect("cms.trailing-bytes", tree.Used(), fmt.Sprintf("%d bytes behind the object", rest))
	}
	return p.Object, nil
}

type parser struct{ *Object }

func (p *parser) defect(code string, offset int, detail string) {
	const most = 64
	if len(p.Defects) < most {
		p.Defects = append(p.Defects, Defect{Code: code, Offset: offset, Detail: detail})
	}
}

func malformed(what string, at ber.Value) error {
	return fmt.Errorf("%w: %s in the value at offset %d", ErrMalformed, what, at.Offset())
}

// contentInfo reads ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER,
// content [0] EXPLICIT ANY }.
func (p *parser) contentInfo(v ber.Value) error {
	if v.Tag() != ber.Sequence {
		return malformed("no ContentInfo", v)
	}
	r := v.Inside()
	oid, ok := r.Read(ber.OID)
	if !ok || oid.OID() == "" {
		return malformed("no content type", v)
	}
	p.Type, p.Kind = oid.OID(), KindOf(oid.OID())
	explicit, ok := r.Read(ber.Context(0))
	if !ok {
		return malformed("no content", v)
	}
	inside := explicit.Inside()
	body, ok := inside.Next()
	if !ok || inside.More() || r.More() {
		return malformed("not one content", v)
	}
	switch p.Kind {
	case Signed:
		return p.signedData(body)
	case Enveloped, AuthEnveloped, Encrypted:
		return p.envelopedData(body)
	case Compressed:
		return p.compressedData(body)
	}
	return nil
}

// algorithm reads an AlgorithmIdentifier; ok is false when r stands before
// something else.
func algorithm(r *ber.Reader) (a Algorithm, ok bool) {
	v, ok := r.Read(ber.Sequence)
	if !ok {
		return a, false
	}
	return algorithmOf(v)
}

func algorithmOf(v ber.Value) (a Algorithm, ok bool) {
	inside := v.Inside()
	oid, ok := inside.Read(ber.OID)
	if !ok {
		return a, false
	}
	a = Algorithm{OID: oid.OID(), DER: v.DER()}
	a.Params, _ = inside.Next()
	return a, a.OID != "" && !inside.More()
}

// encapsulated reads EncapsulatedContentInfo (RFC 5652 5.2), and the ContentInfo
// of PKCS #7 1.5, which has the same outline.
func encapsulated(r *ber.Reader) (c Content, ok bool) {
	v, ok := r.Read(ber.Sequence)
	if !ok {
		return c, false
	}
	inside := v.Inside()
	oid, ok := inside.Read(ber.OID)
	if !ok || oid.OID() == "" {
		return c, false
	}
	c.Type = oid.OID()
	explicit, ok := inside.Read(ber.Context(0))
	if !ok {
		return c, !inside.More()
	}
	content := explicit.Inside()
	c.value, ok = content.Next()
	c.Present, c.Octets = ok, ok && c.value.Tag() == ber.OctetString
	return c, ok && !content.More() && !inside.More()
}

// CompressedData is RFC 3274 1.1.
type CompressedData struct {
	Version   int
	Algorithm Algorithm
	Content   Content
}

func (p *parser) compressedData(v ber.Value) error {
	if v.Tag() != ber.Sequence {
		return malformed("no CompressedData", v)
	}
	var c CompressedData
	var ok [3]bool
	r := v.Inside()
	c.Version, ok[0] = version(&r)
	c.Algorithm, ok[1] = algorithm(&r)
	c.Content, ok[2] = encapsulated(&r)
	if !ok[0] || !ok[1] || !ok[2] || r.More() || !c.Content.Present {
		return malformed("CompressedData without its fields", v)
	}
	p.Compressed = &c
	return nil
}

func version(r *ber.Reader) (n int, ok bool) {
	v, ok := r.Read(ber.Integer)
	if !ok {
		return 0, false
	}
	return v.Int()
}
