package pki

import "time"

// Purpose is what a certificate is asked for.
type Purpose string

// The purposes. The zero value is signing mail.
const (
	PurposeMail      Purpose = ""           // RFC 8550 4.4
	PurposeTimeStamp Purpose = "time-stamp" // RFC 3161 2.3
	PurposeAny       Purpose = "any"        // any signature: purposes are not looked at
)

// Options is what a path is built from. Only Roots are trusted.
type Options struct {
	// Roots are the trust anchors, self-signed or not. Without any a path is
	// never valid: [StateNoAnchors].
	Roots []*Certificate
	// Intermediates come from the examiner, Extra from the evidence. The former
	// are tried first.
	Intermediates, Extra []*Certificate
	// At is the moment that is asked for: when the signature was made.
	At time.Time
	// Attested says that a third party proves At, as a time-stamp does: then a
	// key that was compromised later does not reach back.
	Attested bool
	// Purpose is what the certificate is to be used for.
	Purpose Purpose
	// CRLs and OCSP are the evidence of revocation, for any certificate.
	CRLs []*RevocationList
	OCSP []*OCSPResponse
	// Session shares work and what was learned with other searches; nil for none.
	Session *Session
}

// Path is the best path from a certificate, and what is wrong with it.
type Path struct {
	// State is the gravest of what Problems say.
	State State
	// Chain begins with the certificate that was asked for and leads upwards: to
	// a root where Anchored, else as far as it goes.
	Chain    []*Certificate
	Anchored bool
	// Problems are all reasons why the path is not valid, the gravest first.
	Problems []Problem
	// Weak lists signatures and keys on the path that can be forged, or could.
	Weak []Problem
	// Notes are facts that do not count against the path.
	Notes []Problem
	// Revocation is what every applied CRL and OCSP response says.
	Revocation []Revocation
	// Standing sums Revocation up for each certificate of the chain.
	Standing []Standing
	// Others are further paths that were tried and failed, with their reasons;
	// no more than a few, and without Others of their own.
	Others []*Path
	// Checks counts the signatures that were checked.
	Checks int
}

// State is the answer about a path in a word.
type State string

// The states. A path is in the first of these that its problems ask for, so that
// StateRevoked is the gravest.
const (
	// StateRevoked: a certificate of the path was revoked at the moment, or its
	// key is compromised.
	StateRevoked State = "revoked"
	// StateNotYetValid and StateExpired: the moment is outside of a certificate's
	// validity.
	StateNotYetValid State = "not-yet-valid"
	StateExpired     State = "expired"
	// StateNoAnchors: no roots were given, so that nothing can be trusted.
	StateNoAnchors State = "no-anchors"
	// StateUntrusted: no chain of signatures leads to a root.
	StateUntrusted State = "untrusted"
	// StateInvalid: a chain leads to a root, but breaks RFC 5280.
	StateInvalid State = "invalid"
	// StateWrongPurpose: the path may not be used for what it is asked for.
	StateWrongPurpose State = "wrong-purpose"
	// StateValid: nothing is wrong.
	StateValid State = "valid"
)

var stateOrder = map[State]int{StateRevoked: 7, StateNotYetValid: 6, StateExpired: 5, StateNoAnchors: 4,
	StateUntrusted: 3, StateInvalid: 2, StateWrongPurpose: 1, StateValid: 0}

// BuildPath looks for a path from a certificate to one of the roots, and says
// why there is none. It tries all ways there are, in bounds, and gives a valid
// one where it exists; else one that reaches a root, with the least grave state.
// The same arguments give the same answer.
func BuildPath(leaf *Certificate, opt *Options) *Path {
	if opt == nil {
		opt = &Options{}
	}
	if s := opt.Session; s != nil && !s.Spend(opt.weight()) {
		return notSearched(leaf)
	}
	b := newBuilder(opt)
	b.run(leaf)
	return b.best()
}
