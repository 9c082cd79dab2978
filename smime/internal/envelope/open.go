package envelope

import (
	"crypto"
	"errors"
	"fmt"

	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

// Errors of this package. Every error that it returns wraps one of them.
var (
	// ErrNoKey: none of the keys is that of a recipient.
	ErrNoKey = errors.New("no key of a recipient")
	// ErrUnsupported: an algorithm or a form of key that is not known here.
	ErrUnsupported = errors.New("unsupported encryption")
	// ErrDecrypt: the key, the padding or the authentication code does not fit.
	// Which of them is not told apart: the answer would be an oracle.
	ErrDecrypt = errors.New("does not decrypt")
	// ErrLimit: more comes out than is allowed.
	ErrLimit = errors.New("too large when unpacked")
)

// Key is a private key and whose it is.
type Key struct {
	// Is reports whether a recipient means the owner of the key.
	Is func(cms.KeyHolder) bool
	// Private is *rsa.PrivateKey, *ecdsa.PrivateKey or *ecdh.PrivateKey.
	Private crypto.PrivateKey
}

// Opened is what was inside.
type Opened struct {
	Content []byte
	// Recipient is the index of the recipient, Key that of the key.
	Recipient, Key int
	// Authenticated reports whether an authentication code fits; false where the
	// object has none.
	Authenticated bool
}

// Open decrypts the content with the first key that does.
func Open(e *cms.EnvelopedData, keys []Key) (Opened, error) {
	ciphertext := e.Ciphertext()
	if ciphertext == nil {
		return Opened{}, fmt.Errorf("%w: the encrypted content is not in the object", ErrUnsupported)
	}
	c, err := newContentCipher(e)
	if err != nil {
		return Opened{}, err
	}
	last := ErrNoKey
	for i := range e.Recipients {
		r := &e.Recipients[i]
		for k := range keys {
			if !keys[k].Is(r.ID) {
				continue
			}
			out, err := openFor(r, keys[k].Private, c, ciphertext)
			if err == nil {
				return Opened{Content: out, Recipient: i, Key: k, Authenticated: c.authenticates()}, nil
			}
			last = err
		}
	}
	return Opened{}, last
}

func openFor(r *cms.Recipient, private crypto.PrivateKey, c contentCipher, ciphertext []byte) ([]byte, error) {
	key, err := contentKey(r, private, c.keySize())
	if err != nil {
		return nil, err
	}
	return c.open(key, ciphertext)
}

// contentKey is the content-encryption key that is encrypted for a recipient.
func contentKey(r *cms.Recipient, private crypto.PrivateKey, size int) ([]byte, error) {
	switch r.Kind {
	case "key-transport":
		return transported(r, private, size)
	case "key-agreement":
		return agreed(r, private)
	}
	return nil, fmt.Errorf("%w: recipient of the kind %q", ErrUnsupported, r.Kind)
}
