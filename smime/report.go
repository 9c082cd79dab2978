package smime

import (
	"crypto"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/internal/ber"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// Options say what to verify against. The zero value trusts nobody: then a
// signature is never valid, at best untrusted.
type Options struct {
	// Roots are the trust anchors.
	Roots []*pki.Certificate
	// Certificates are further ones, of signers and of authorities between them
	// and the roots.
	Certificates []*pki.Certificate
	// CRLs and OCSP are evidence of revocation. Nothing is fetched.
	CRLs []*pki.RevocationList
	OCSP []*pki.OCSPResponse
	// Keys open what is encrypted for their owners.
	Keys []Key
	// Evidence is when the message is known to have been there; the zero value
	// means the time that its Date field states, if it states one. At this moment
	// certificates are judged: the time that a signer claims proves nothing.
	Evidence time.Time
	// Now is the time of the examination; the zero value leaves paths at that
	// moment unjudged.
	Now time.Time
}

// Key is a private key with the certificate of its owner.
type Key struct {
	// Certificate is its owner's.
	Certificate *pki.Certificate
	// Private is *rsa.PrivateKey, *ecdsa.PrivateKey or *ecdh.PrivateKey.
	Private crypto.PrivateKey
}

// Report is what is known of the S/MIME layers of one message.
type Report struct {
	// Verdict is the worst answer about what a reader is shown.
	Verdict Verdict
	// Flags are the codes of the message, of its layers and of their signers, each once.
	Flags []Flag
	// Layers are the outermost layers, in document order.
	Layers []*Layer
	// Uncovered lists what is shown or offered and that no signature covers.
	Uncovered []*mimeparse.Part
}

// Flag is something that an examiner must know beside the verdict.
type Flag struct {
	// Code is stable.
	Code string
	// Detail is for people; "" where the code says all.
	Detail string
}

// LayerKind is what a layer does.
type LayerKind string

// The kinds of layers.
const (
	SignedClear    LayerKind = "signed-clear"
	SignedOpaque   LayerKind = "signed-opaque"
	EnvelopedLayer LayerKind = "enveloped"
	AuthLayer      LayerKind = "auth-enveloped"
	CompressLayer  LayerKind = "compressed"
	CertsLayer     LayerKind = "certs-only"
	UnknownLayer   LayerKind = "unknown"
)

// Layer is one signed, encrypted or compressed part.
type Layer struct {
	// Part is the path of the part that bears it; "1.2~1" is part 1 of the message
	// or the content inside part 1.2.
	Part string
	// Message is the message that holds the layer.
	Message *mimeparse.Message
	// Kind is what the layer does.
	Kind LayerKind
	// Verdict is the answer about the layer.
	Verdict Verdict
	// Reason says why the verdict is not better; "" when nothing is wrong.
	Reason string
	// Flags are the codes of this layer.
	Flags []Flag
	// Covers are the stretches of Message that the signature covers; of an opaque
	// layer the body of its part.
	Covers []headers.Span
	// Signers are its signatures.
	Signers []Signer
	// Protected is the part whose header fields are protected with the content
	// (RFC 9788); nil when none are.
	Protected *mimeparse.Part
	// Second is another library's opinion on the integrity of all signers.
	Second SecondOpinion
	// Certificates are those in the object that can be read, in its order.
	Certificates []*pki.Certificate
	// Recipients are those of an encrypted layer, ContentEncryption the algorithm of
	// its content.
	Recipients        []Recipient
	ContentEncryption string
	// Encoding are the ways in which the object is not DER.
	Encoding []ber.Fact
	// Inner is what was inside of an object, parsed; nil when it could not be had.
	Inner *mimeparse.Message
	// InnerVerdict is the verdict about Inner, as if it had come by itself;
	// [VerdictUnsigned] where it has no layer. "" without Inner.
	InnerVerdict Verdict
	// Children are the layers inside this one.
	Children []*Layer

	part       *mimeparse.Part
	objectPart *mimeparse.Part
	inner      *Report
	content    *content
	crls       []*pki.RevocationList // in the object
	answers    []*pki.OCSPResponse
}

// Signer is one signature of a layer.
type Signer struct {
	// Certificate is the one whose key fits, else the first that is named; nil
	// when there is none.
	Certificate *pki.Certificate
	// DigestAlgorithm and SignatureAlgorithm are names, Key the key in words.
	DigestAlgorithm, SignatureAlgorithm, Key string
	// Digest is computed over the content in the form Form; MessageDigest is what
	// the signed attributes state, nil without them.
	Digest, MessageDigest []byte
	Form                  string
	// SigningTime is what the signer claims; zero when nothing is.
	SigningTime time.Time
	// Integrity says whether the signature fits content and key.
	Integrity Integrity
	// Code and Reason say why it does not, or cannot be checked.
	Code, Reason string
	// AtSigning, AtEvidence and AtNow are the paths at three moments; nil where the
	// moment is not known.
	AtSigning, AtEvidence, AtNow *pki.Path
	// JudgedAt is the moment whose path decides the verdict, JudgedBy why it is that
	// one; zero and "" when no path was judged.
	JudgedAt time.Time
	JudgedBy Moment
	// Identity says whether the certificate names every author of the message.
	Identity Identity
	// Capabilities are the algorithms that the signer's software reads, in its
	// order: a mark of that software.
	Capabilities []string
	// Attributes are all that stand in the signature.
	Attributes []Attribute
	// Tokens are time stamps of the signature, Counters signatures over it.
	Tokens   []TimeStamp
	Counters []Signer
	// Repair explains a digest that does not fit; nil when nothing does.
	Repair *Hypothesis
	// Verdict is the answer about this signature alone.
	Verdict Verdict
	// Flags are the codes of this signature.
	Flags []Flag
}

// Path is the path that decides the verdict, at JudgedAt: that of the evidence, else
// that at the time that the signer claims; nil when none was judged.
func (s *Signer) Path() *pki.Path {
	if s.AtEvidence != nil {
		return s.AtEvidence
	}
	return s.AtSigning
}

// Moment says how a moment is known.
type Moment string

// The moments, the best one first.
const (
	// ByTimeStamp: a trusted third party attests it.
	ByTimeStamp Moment = "time-stamp"
	// ByEvidence: it is the one of [Options].
	ByEvidence Moment = "evidence"
	// ByDate and BySigningTime: the sender wrote it.
	ByDate        Moment = "date"
	BySigningTime Moment = "signing-time"
)

// TimeStamp is a token of RFC 3161: somebody else says that the signature was
// there at a moment.
type TimeStamp struct {
	// Time is the moment; zero when the token cannot be read.
	Time time.Time
	// Signer is whoever says so; its path is judged at Time.
	Signer Signer
	// Proven reports whether the token fits the signature, holds, and comes from
	// somebody trusted for this. Reason says why not.
	Proven bool
	Reason string
}

// Integrity says whether a signature fits.
type Integrity string

// The states of integrity. What cannot be checked is not known to be wrong, and
// never known to be right.
const (
	IntegrityValid       Integrity = "valid"
	IntegrityInvalid     Integrity = "invalid"
	IntegrityUncheckable Integrity = "uncheckable"
)

// Recipient is one for whom a layer is encrypted.
type Recipient struct {
	// Kind is "key-transport", "key-agreement", "kek", "password" or "other".
	Kind string
	// Issuer and Serial name a certificate, KeyID a key; "" where not stated.
	Issuer, Serial, KeyID string
	// KeyEncryption is the algorithm: a name, or dotted where it has none here.
	KeyEncryption string
}

// Verdict is an answer in a word.
type Verdict string

// The verdicts. The first eleven are of signatures, the gravest first.
const (
	VerdictMalformed   Verdict = "malformed"
	VerdictInvalid     Verdict = "invalid"
	VerdictNoCert      Verdict = "no-cert"
	VerdictUnsupported Verdict = "unsupported"
	VerdictWeak        Verdict = "weak"
	VerdictRevoked     Verdict = "revoked"
	VerdictNotYetValid Verdict = "not-yet-valid"
	VerdictExpired     Verdict = "expired"
	VerdictUntrusted   Verdict = "untrusted"
	VerdictMismatch    Verdict = "identity-mismatch"
	VerdictPartial     Verdict = "partial"
	VerdictValid       Verdict = "valid"

	VerdictUnsigned   Verdict = "unsigned"
	VerdictEncrypted  Verdict = "encrypted"
	VerdictCompressed Verdict = "compressed"
	VerdictCertsOnly  Verdict = "certs-only"
)

// grave orders the verdicts of signatures.
var grave = map[Verdict]int{
	VerdictMalformed: 11, VerdictInvalid: 10, VerdictNoCert: 9, VerdictUnsupported: 8, VerdictWeak: 7, VerdictRevoked: 6,
	VerdictNotYetValid: 5, VerdictExpired: 4, VerdictUntrusted: 3, VerdictMismatch: 2, VerdictPartial: 1, VerdictValid: 0,
}

// isSigned reports whether a verdict is one of a signature.
func (v Verdict) isSigned() bool {
	_, ok := grave[v]
	return ok
}

// worse is the graver of two verdicts of signatures.
func worse(a, b Verdict) Verdict {
	if grave[b] > grave[a] {
		return b
	}
	return a
}

// LayerOf is the layer that a part bears, at any depth below the layers given; nil
// when it bears none.
func LayerOf(layers []*Layer, p *mimeparse.Part) *Layer {
	for _, l := range layers {
		if l.part == p {
			return l
		}
		if found := LayerOf(l.Children, p); found != nil {
			return found
		}
	}
	return nil
}
