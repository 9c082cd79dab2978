package smime

import (
	"iter"

	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// This file hands out what a layer was verified from, so that others can repeat it.

// ObjectPart is the part that holds the CMS object of a layer: the second one of a
// multipart/signed, else the part of the layer itself. nil when there is none.
func (l *Layer) ObjectPart() *mimeparse.Part { return l.objectPart }

// Object decodes the CMS object of a layer as the evidence has it, BER or DER; nil
// when there is none that can be decoded, or one beyond 64 MiB.
func (l *Layer) Object() []byte {
	if l.objectPart == nil {
		return nil
	}
	b, err := decodeObject(l.objectPart)
	if err != nil {
		return nil
	}
	return b
}

// Signed iterates over the bytes that a signer's digest goes over, in the form in
// which it fits, or was tried first: what [Signer.Digest] is the digest of. A piece
// is valid until the next one is asked for. It yields nothing for a layer without
// content.
func (l *Layer) Signed(s *Signer) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if l.content == nil {
			return
		}
		for piece := range l.content.in(form(l.Form(s))) {
			if !yield(piece) {
				return
			}
		}
	}
}

// Form is the form of the content that [Layer.Signed] yields for a signer:
// "as-stored", "crlf" or "lf"; "" for a layer without content.
func (l *Layer) Form(s *Signer) string {
	if s.Form == "" && l.content != nil {
		return string(l.content.forms[0])
	}
	return s.Form
}

// keep notes what the answers about a signed layer rest on.
func (l *Layer) keep(c *content, certs []*pki.Certificate) { l.content, l.Certificates = c, certs }

// InnerReport is the report about [Layer.Inner] as a message of its own; nil
// without it.
func (l *Layer) InnerReport() *Report { return l.inner }

// PartPath is the path of the part that bears a layer within [Layer.Message].
func (l *Layer) PartPath() string { return l.part.Path }
