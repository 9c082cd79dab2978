package sigalg

import (
	"crypto/ed25519"
	"fmt"
)

// TakesMessage reports whether a scheme signs the message itself and no digest of
// it: then [Key.Verify] cannot be used.
func (a Algorithm) TakesMessage() bool { return a.Scheme == "ed25519" || a.Scheme == "ed448" }

// Verify checks a signature over a digest. h is the digest's algorithm; that of a
// itself, where it names one, must be the same.
func (k *Key) Verify(a Algorithm, h Hash, digest, sig []byte) error {
	switch {
	case a.Scheme == "" || a.TakesMessage():
		return fmt.Errorf("%w: %s over a digest", ErrUnsupported, a.Name)
	case h.New == nil:
		return fmt.Errorf("%w: digest %s", ErrUnsupported, orUnknown(h.Name))
	case a.Hash.Name != "" && a.Hash.Name != h.Name:
		return fmt.Errorf("%w: signature over %s, digest by %s", ErrInvalid, a.Hash.Name, h.Name)
	case len(digest) != h.New().Size():
		return fmt.Errorf("%w: digest of %d octets", ErrInvalid, len(digest))
	}
	switch a.Scheme {
	case "rsa-pkcs1":
		if k.rsa != nil && k.Kind == "rsa" {
			return k.rsa.verifyPKCS1(h, digest, sig)
		}
	case "rsa-pss":
		if k.rsa != nil {
			return k.verifyPSS(a, digest, sig)
		}
	case "dsa":
		if k.dsa != nil {
			return k.dsa.verify(digest, sig)
		}
	case "ecdsa":
		if k.ec != nil {
			return k.ec.verify(digest, sig)
		}
	}
	return k.misfit(a)
}

// verifyPSS also holds a key to what it is restricted to (RFC 4055 3.3).
func (k *Key) verifyPSS(a Algorithm, digest, sig []byte) error {
	if a.MGFHash.New == nil {
		return fmt.Errorf("%w: mask generation with %s", ErrUnsupported, orUnknown(a.MGFHash.Name))
	}
	if r := k.pss; r != nil && (r.Hash.Name != a.Hash.Name || r.MGFHash.Name != a.MGFHash.Name || a.SaltLength < r.SaltLength) {
		return fmt.Errorf("%w: parameters that the key does not admit", ErrInvalid)
	}
	return k.rsa.verifyPSS(a, digest, sig)
}

// VerifyMessage checks a signature over a message, which h digests where the
// scheme signs a digest.
func (k *Key) VerifyMessage(a Algorithm, h Hash, message, sig []byte) error {
	switch {
	case a.Scheme == "ed25519" && k.Kind == "ed25519" && len(k.Raw) == ed25519.PublicKeySize:
		if !ed25519.Verify(k.Raw, message, sig) {
			return ErrInvalid
		}
		return nil
	case a.Scheme == "ed448" && k.Kind == "ed448":
		return verifyEd448(k.Raw, message, sig)
	case a.TakesMessage():
		return k.misfit(a)
	case h.New == nil:
		return fmt.Errorf("%w: digest %s", ErrUnsupported, orUnknown(h.Name))
	}
	d := h.New()
	d.Write(message)
	return k.Verify(a, h, d.Sum(nil), sig)
}

// misfit says why a key cannot check a signature of the algorithm: it is not
// known well enough, or it is of another kind, and then no signature fits.
func (k *Key) misfit(a Algorithm) error {
	if k.Kind == "" || k.Kind == "ec" && k.ec == nil && a.Scheme == "ecdsa" {
		return fmt.Errorf("%w: key %s %s", ErrUnsupported, k.OID, k.Curve)
	}
	return fmt.Errorf("%w: %s with a key of the kind %s", ErrInvalid, a.Name, k.Kind)
}

func orUnknown(name string) string {
	if name == "" {
		return "of an unknown name"
	}
	return name
}
