package smime

import (
	"errors"

	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

// Errors of this package.
var (
	// ErrMalformed: the bytes are no CMS object, or break a bound of ours.
	ErrMalformed = errors.New("smime: malformed object")
	// ErrNotSigned: the object is CMS, but no SignedData with content.
	ErrNotSigned = errors.New("smime: no signed content")
)

// Kind is the type of a CMS object.
type Kind string

// The content types of RFC 5652, RFC 5083 and RFC 3274.
const (
	Data          = Kind(cms.Data)
	Signed        = Kind(cms.Signed)
	Enveloped     = Kind(cms.Enveloped)
	AuthEnveloped = Kind(cms.AuthEnveloped)
	Compressed    = Kind(cms.Compressed)
	Digested      = Kind(cms.Digested)
	Encrypted     = Kind(cms.Encrypted)
	Unknown       = Kind(cms.Unknown)
)

// Identify names the type of a CMS object; an error means that it is none.
func Identify(object []byte) (Kind, error) {
	o, err := cms.Parse(object)
	if err != nil {
		return "", ErrMalformed
	}
	return Kind(o.Kind), nil
}

// Content returns the signed content of an opaque SignedData object: the
// bytes of its eContent (RFC 5652 5.2), segments joined. Nothing is verified.
// ErrNotSigned means that the object holds no such content.
func Content(object []byte) ([]byte, error) {
	o, err := cms.Parse(object)
	switch {
	case err != nil:
		return nil, ErrMalformed
	case o.Signed == nil || !o.Signed.Content.Present:
		return nil, ErrNotSigned
	}
	return o.Signed.Content.Bytes(), nil
}
