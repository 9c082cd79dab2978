package report

import "github.com/emlcheck/emlcheck/headers"

// Signatures holds what is known of signatures. nil and empty mean that none
// was looked for or none is there; a state word says which where it matters.
type Signatures struct {
	// SMIME is nil without S/MIME.
	SMIME *SMIME `json:"smime"`
	// DKIM are the DKIM-Signature fields, top one first.
	DKIM []DKIMSignature `json:"dkim"`
	// ARC is nil without ARC sets.
	ARC *ARC `json:"arc"`
	// PGP are the OpenPGP layers.
	PGP []PGPSignature `json:"pgp"`
}

// SMIME is the state of the S/MIME layers (RFC 8551), as package smime verifies
// them.
type SMIME struct {
	// Verdict is the worst answer about what a reader is shown.
	Verdict string `json:"verdict"`
	// Flags are the codes of the message, of its layers and of their signers, each
	// once. Remarks say more of those of the message.
	Flags []string `json:"flags"`
	// Remarks say more of the flags of the message.
	Remarks []Remark `json:"remarks"`
	// Layers are the outermost layers, in document order.
	Layers []SMIMELayer `json:"layers"`
	// Uncovered are the bodies of parts that are shown or offered and that no
	// signature covers.
	Uncovered []headers.Span `json:"uncovered"`
	// UncoveredParts are the paths of these parts.
	UncoveredParts []string `json:"uncovered_parts"`
}

// Remark says what a flag means here.
type Remark struct {
	// Flag is the code, which is stable.
	Flag string `json:"flag"`
	// Detail is in words.
	Detail string `json:"detail"`
}

// SMIMELayer is one signed, encrypted or compressed part.
type SMIMELayer struct {
	// Part is the path of the part that bears the layer; "1.2~1" is part 1 of what
	// is inside part 1.2.
	Part string `json:"part"`
	// Kind is "signed-clear", "signed-opaque", "enveloped", "auth-enveloped",
	// "compressed" or "certs-only"; "" when the object does not say.
	Kind Stated `json:"kind"`
	// Verdict is a word of [SMIME.Verdict], Reason says why it is not better.
	Verdict string `json:"verdict"`
	// Reason says why Verdict is not better.
	Reason Stated `json:"reason"`
	// Flags are the codes of this layer.
	Flags []string `json:"flags"`
	// Remarks say more of them.
	Remarks []Remark `json:"remarks"`
	// Covers is what the signature covers, in the message that holds Part.
	Covers []headers.Span `json:"covers"`
	// Protected is the path of the part whose header fields are protected with the
	// content (RFC 9788); "" when none are.
	Protected Stated `json:"protected"`
	// Signers are its signatures.
	Signers []Signer `json:"signers"`
	// Recipients are those who can decrypt it.
	Recipients []Recipient `json:"recipients"`
	// Certificates are those in the object, and behind them others of the paths.
	Certificates []Certificate `json:"certificates"`
	// ContentEncryption is the algorithm of an encrypted content.
	ContentEncryption Stated `json:"content_encryption"`
	// EncodingFacts are the ways in which the object is not DER, with the offset of
	// the first one in the object and how often: a mark of the producer.
	EncodingFacts []string `json:"encoding_facts"`
	// PlainSHA256 is the digest of the content inside an opaque layer.
	PlainSHA256 Stated `json:"plain_sha256"`
	// InnerVerdict is the verdict about that content as if it had come by itself.
	InnerVerdict Stated `json:"inner_verdict"`
	// Repeat are commands of a shell that take the bytes out of the evidence and have
	// openssl repeat the check of integrity; empty where the bytes stand nowhere as
	// they are, as inside of an archive.
	Repeat []string `json:"repeat"`
	// Children are the layers inside.
	Children []SMIMELayer `json:"children"`
}

// Recipient is one who can decrypt a layer.
type Recipient struct {
	// Kind is "key-transport", "key-agreement", "kek", "password" or "other".
	Kind string `json:"kind"`
	// Issuer names the issuer of the recipient's certificate.
	Issuer Stated `json:"issuer"`
	// Serial is the number of the recipient's certificate, in hexadecimal.
	Serial Stated `json:"serial"`
	// KeyID is the subject key identifier in its place.
	KeyID Stated `json:"key_id"`
	// KeyEncryption is the algorithm that wraps the key.
	KeyEncryption Stated `json:"key_encryption"`
}

// DKIMSignature is a DKIM-Signature field as it stands (RFC 6376 3.5). Nothing
// is recomputed in this version: the key state "not-checked" and the result
// "neutral" say so. Tags are text as written, without white space; "" where
// the field has none, whatever its default would be.
type DKIMSignature struct {
	// Span is the whole field.
	Span headers.Span `json:"span"`
	// Domain is the tag d.
	Domain Stated `json:"domain"`
	// Selector is the tag s.
	Selector Stated `json:"selector"`
	// Identity is the tag i.
	Identity Stated `json:"identity"`
	// Algorithm is the tag a.
	Algorithm Stated `json:"algorithm"`
	// Canonicalization is the tag c.
	Canonicalization Stated `json:"canonicalization"`
	// SignedList is the tag h, name by name.
	SignedList []string `json:"signed_headers"`
	// BodyLengthLimit is the tag l.
	BodyLengthLimit Stated `json:"body_length_limit"`
	// Timestamp is the tag t: seconds from 1970-01-01 UTC.
	Timestamp Stated `json:"timestamp"`
	// Expires is the tag x: seconds from 1970-01-01 UTC.
	Expires Stated `json:"expires"`
	// BodyHash is "uncheckable" until a later version computes it.
	BodyHash string `json:"body_hash"`
	// HeaderSig is "uncheckable" until a later version verifies it.
	HeaderSig string `json:"header_signature"`
	// Key is "not-checked" until a later version is given one.
	Key string `json:"key"`
	// Result is "neutral" as long as nothing was checked.
	Result string `json:"result"`
	// Covers is what of the message the signature covers; nil while not known.
	Covers []headers.Span `json:"covers"`
	// Uncovered is what of the message the signature does not cover; nil while not known.
	Uncovered []headers.Span `json:"uncovered"`
	// Explanation is the known edit that, undone, makes the signature verify.
	Explanation Stated `json:"explanation"`
}

// ARC is the chain of ARC sets (RFC 8617) as it stands.
type ARC struct {
	// Instances are the numbers of the sets, ascending.
	Instances []int `json:"instances"`
	// Seal is the state of the seals.
	Seal string `json:"seal"`
	// Chain is "not-checked" as long as nothing was.
	Chain string `json:"chain"`
	// OldestPass is the lowest set that still verifies; nil while not known.
	OldestPass *int `json:"oldest_pass"`
}

// PGPSignature is an OpenPGP layer as it stands (RFC 3156).
type PGPSignature struct {
	// Part is the path of the part.
	Part string `json:"part"`
	// Kind is "signed-clear" or "enveloped".
	Kind string `json:"kind"`
	// Verdict is the state: nothing is verified in this version.
	Verdict string `json:"verdict"`
	// Flags say why.
	Flags []string `json:"flags"`
}
