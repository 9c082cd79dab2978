package cms

import (
	"fmt"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
)

// maxRecipients bounds what is read of a set of recipients.
const maxRecipients = 1024

// EnvelopedData is RFC 5652 6.1, and with Mac and AuthAttrs AuthEnvelopedData
// (RFC 5083 2.1). EncryptedData (RFC 5652 8) has no recipients.
type EnvelopedData struct {
	Version    int
	Recipients []Recipient
	// ContentType is what is inside, as stated outside of the encryption.
	ContentType string
	Algorithm   Algorithm
	// AuthAttrs are authenticated attributes, DER with the tag of a SET as they
	// are authenticated (RFC 5083 2.2); nil without them.
	AuthAttrs []byte
	Mac       []byte

	ciphertext ber.Value
}

// Ciphertext is the encrypted content, segments joined; nil when it is absent.
func (e *EnvelopedData) Ciphertext() []byte {
	if !e.ciphertext.Exists() {
		return nil
	}
	return e.ciphertext.Octets()
}

// Recipient is RecipientInfo (RFC 5652 6.2).
type Recipient struct {
	// Kind is "key-transport", "key-agreement", "kek", "password" or "other".
	Kind string
	// ID says whose key is meant. Of a kek KeyID is the name of the key.
	ID        KeyHolder
	Algorithm Algorithm
	// Encrypted is the encrypted content-encryption key.
	Encrypted []byte
	// Originator is the sender's ephemeral key of a key agreement, a
	// SubjectPublicKeyInfo; nil where a certificate is named.
	Originator []byte
	// UserKey is the user keying material of a key agreement.
	UserKey []byte
	Offset  int
}

// envelopedData reads EnvelopedData ::= SEQUENCE { version, originatorInfo [0]
// OPTIONAL, recipientInfos SET, encryptedContentInfo, unprotectedAttrs [1]
// OPTIONAL }; the others differ at the end, and EncryptedData has no recipients.
func (p *parser) envelopedData(v ber.Value) error {
	if v.Tag() != ber.Sequence {
		return malformed("no EnvelopedData", v)
	}
	e := &EnvelopedData{}
	r := v.Inside()
	var ok bool
	if e.Version, ok = version(&r); !ok {
		return malformed("no version of EnvelopedData", v)
	}
	r.Read(ber.Context(0))
	if p.Kind != Encrypted {
		set, ok := r.Read(ber.Set)
		if !ok {
			return malformed("no set of recipients", v)
		}
		if err := p.recipients(e, set); err != nil {
			return err
		}
	}
	if err := p.encryptedContent(e, &r, v); err != nil {
		return err
	}
	if p.Kind == AuthEnveloped {
		if err := e.authentication(&r, v); err != nil {
			return err
		}
	}
	p.Enveloped = e
	return nil
}

// encryptedContent reads EncryptedContentInfo ::= SEQUENCE { contentType,
// contentEncryptionAlgorithm, encryptedContent [0] IMPLICIT OCTET STRING OPTIONAL }.
func (p *parser) encryptedContent(e *EnvelopedData, r *ber.Reader, around ber.Value) error {
	v, ok := r.Read(ber.Sequence)
	if !ok {
		return malformed("no encrypted content", around)
	}
	inside := v.Inside()
	oid, ok := inside.Read(ber.OID)
	if !ok {
		return malformed("no type of the encrypted content", v)
	}
	e.ContentType = oid.OID()
	if e.Algorithm, ok = algorithm(&inside); !ok {
		return malformed("no algorithm of the encrypted content", v)
	}
	content, ok := inside.Read(ber.Context(0))
	if !ok {
		return nil
	}
	if !allOctets(content) {
		return malformed("encrypted content that is no octets", content)
	}
	e.ciphertext = content
	return nil
}

// allOctets reports whether an implicitly tagged OCTET STRING holds segments
// alone (X.690 8.7.3).
func allOctets(v ber.Value) bool {
	if !v.Constructed() {
		return true
	}
	for c := range v.Children() {
		if c.Tag() != ber.OctetString {
			return false
		}
	}
	return true
}

// authentication reads what ends AuthEnvelopedData: authAttrs [1] OPTIONAL, mac.
func (e *EnvelopedData) authentication(r *ber.Reader, around ber.Value) error {
	if set, ok := r.Read(ber.Context(1)); ok {
		attrs, err := signedAttrs(set)
		if err != nil {
			return err
		}
		e.AuthAttrs = attrs.DER
	}
	mac, ok := r.Read(ber.OctetString)
	if !ok {
		return malformed("no authentication code", around)
	}
	e.Mac = mac.Octets()
	return nil
}

func (p *parser) recipients(e *EnvelopedData, set ber.Value) error {
	count := 0
	for v := range set.Children() {
		found, err := recipient(v)
		if err != nil {
			return err
		}
		count += len(found)
		e.Recipients = append(e.Recipients, found[:min(len(found), maxRecipients-len(e.Recipients))]...)
	}
	if count > maxRecipients {
		p.defect("cms.too-many", set.Offset(), fmt.Sprintf("%d recipients, of which the first %d are read", count, maxRecipients))
	}
	return nil
}

// recipient reads RecipientInfo, of which a key agreement may be for several.
func recipient(v ber.Value) ([]Recipient, error) {
	switch v.Tag() {
	case ber.Sequence:
		return keyTransport(v)
	case ber.Context(1):
		return keyAgreement(v)
	case ber.Context(2):
		return keyEncryption(v)
	case ber.Context(3):
		return password(v)
	case ber.Context(4):
		return []Recipient{{Kind: "other", Offset: v.Offset()}}, nil
	}
	return nil, malformed("no recipient", v)
}

// keyTransport is RFC 5652 6.2.1.
func keyTransport(v ber.Value) ([]Recipient, error) {
	out := Recipient{Kind: "key-transport", Offset: v.Offset()}
	r := v.Inside()
	_, versionOK := version(&r)
	var ok bool
	if out.ID, ok = keyHolder(&r); !ok || !versionOK {
		return nil, malformed("no identifier of a recipient", v)
	}
	return encryptedKey(out, &r, v)
}

// encryptedKey reads the algorithm and the key that end most recipients.
func encryptedKey(out Recipient, r *ber.Reader, around ber.Value) ([]Recipient, error) {
	var ok bool
	if out.Algorithm, ok = algorithm(r); !ok {
		return nil, malformed("no algorithm of a recipient", around)
	}
	key, ok := r.Read(ber.OctetString)
	if !ok {
		return nil, malformed("no encrypted key", around)
	}
	out.Encrypted = key.Octets()
	return []Recipient{out}, nil
}

// keyAgreement is RFC 5652 6.2.2.
func keyAgreement(v ber.Value) ([]Recipient, error) {
	all := Recipient{Kind: "key-agreement", Offset: v.Offset()}
	r := v.Inside()
	_, versionOK := version(&r)
	originator, ok := r.Read(ber.Context(0))
	if !ok || !versionOK {
		return nil, malformed("no originator of a key agreement", v)
	}
	inside := originator.Inside()
	if key, ok := inside.Read(ber.Context(1)); ok {
		all.Originator = asSequence(key)
	}
	if ukm, ok := r.Read(ber.Context(1)); ok {
		inside := ukm.Inside()
		if octets, ok := inside.Read(ber.OctetString); ok {
			all.UserKey = octets.Octets()
		}
	}
	if all.Algorithm, ok = algorithm(&r); !ok {
		return nil, malformed("no algorithm of a key agreement", v)
	}
	keys, ok := r.Read(ber.Sequence)
	if !ok {
		return nil, malformed("no keys of a key agreement", v)
	}
	var out []Recipient
	for key := range keys.Children() {
		one, err := agreedKey(all, key)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// asSequence is an OriginatorPublicKey (RFC 5652 6.2.2), implicitly tagged, as
// the SubjectPublicKeyInfo that it is otherwise.
func asSequence(v ber.Value) []byte {
	var elements [][]byte
	for c := range v.Children() {
		elements = append(elements, c.DER())
	}
	return ber.AppendValue(nil, ber.Sequence, true, elements...)
}

// agreedKey is RecipientEncryptedKey (RFC 5652 6.2.2).
func agreedKey(one Recipient, v ber.Value) (Recipient, error) {
	r := v.Inside()
	if id, ok := r.Read(ber.Context(0)); ok { // RecipientKeyIdentifier
		inside := id.Inside()
		key, ok := inside.Read(ber.OctetString)
		if !ok {
			return one, malformed("no key identifier of a recipient", v)
		}
		one.ID.KeyID = key.Octets()
	} else if one.ID, ok = keyHolder(&r); !ok {
		return one, malformed("no identifier of a recipient", v)
	}
	key, ok := r.Read(ber.OctetString)
	if !ok {
		return one, malformed("no encrypted key", v)
	}
	one.Encrypted = key.Octets()
	return one, nil
}

// keyEncryption is RFC 5652 6.2.3.
func keyEncryption(v ber.Value) ([]Recipient, error) {
	out := Recipient{Kind: "kek", Offset: v.Offset()}
	r := v.Inside()
	_, versionOK := version(&r)
	id, ok := r.Read(ber.Sequence)
	if !ok || !versionOK {
		return nil, malformed("no name of a key-encryption key", v)
	}
	inside := id.Inside()
	if name, ok := inside.Read(ber.OctetString); ok {
		out.ID.KeyID = name.Octets()
	}
	return encryptedKey(out, &r, v)
}

// password is RFC 5652 6.2.4.
func password(v ber.Value) ([]Recipient, error) {
	r := v.Inside()
	version(&r)
	r.Read(ber.Context(0)) // the derivation of the key
	return encryptedKey(Recipient{Kind: "password", Offset: v.Offset()}, &r, v)
}
