package report

// Signer is one signature of a layer.
type Signer struct {
	// Subject names whose certificate it is.
	Subject Stated `json:"subject"`
	// Issuer names who issued it.
	Issuer Stated `json:"issuer"`
	// Serial is its number, in hexadecimal.
	Serial Stated `json:"serial"`
	// SHA256 is its fingerprint.
	SHA256 Stated `json:"sha256"`
	// Emails are the addresses that it names.
	Emails []string `json:"emails"`
	// DigestAlgorithm is the digest's name.
	DigestAlgorithm Stated `json:"digest_algorithm"`
	// SignatureAlgorithm is the signature's name.
	SignatureAlgorithm Stated `json:"signature_algorithm"`
	// Key is the public key in words: "RSA 2048".
	Key Stated `json:"key"`
	// Digest is the one that was computed over the content.
	Digest Stated `json:"digest"`
	// MessageDigest is what the signed attributes state.
	MessageDigest Stated `json:"message_digest"`
	// Form says of which form of the content Digest is: "as-stored", "crlf" or "lf".
	Form Stated `json:"form"`
	// SigningTime is what the signer claims.
	SigningTime Stated `json:"signing_time"`
	// Integrity is "valid", "invalid" or "uncheckable".
	Integrity string `json:"integrity"`
	// Reason says why Integrity is not "valid".
	Reason Stated `json:"reason"`
	// Verdict is a word of [SMIME.Verdict] about this signature alone.
	Verdict string `json:"verdict"`
	// JudgedAt is the moment whose path decides the verdict; nil while no path was judged.
	JudgedAt Stated `json:"judged_at"`
	// JudgedBy says what JudgedAt was taken from: "time-stamp", "given" (by the examiner),
	// "received" (by the recipient's system), "date" or "signing-time" (the sender's claims).
	JudgedBy Stated `json:"judged_by"`
	// Paths are the states of the certificate's path at three moments.
	Paths SignerPaths `json:"paths"`
	// Revocation is what revocation lists and OCSP responses say of the certificates
	// of the path at the moment of judgement. Empty means that nothing was there to be
	// asked: then nobody knows whether they were revoked.
	Revocation []Revocation `json:"revocation"`
	// Purpose is "ok" or "wrong"; "" while no path says.
	Purpose Stated `json:"purpose"`
	// Standing sums Revocation up for each certificate of the path: "good",
	// "revoked", "revoked-later", "unknown" or "not-checked".
	Standing []string `json:"standing"`
	// Identity says whether the certificate names every author of the message (RFC 8550 3).
	Identity string `json:"identity"`
	// Strength is "ok", or what is weak in signature, key and path.
	Strength Stated `json:"strength"`
	// Repair are edits of the content after which the digest fits: a hypothesis, never a verdict.
	Repair []string `json:"repair"`
	// Capabilities are what the signer's software says it reads, in its order.
	Capabilities []string `json:"capabilities"`
	// TimeStamps are tokens over the signature (RFC 3161).
	TimeStamps []TimeStamp `json:"time_stamps"`
	// Attributes are all that stand in the signature, the signed ones first.
	Attributes []SignerAttribute `json:"attributes"`
	// Counters are signatures over this one (RFC 5652 11.4).
	Counters []CounterSignature `json:"counter_signatures"`
	// SecondOpinion is what package pkcs7 says of the layer: "agrees", "disagrees"
	// or "none"; "" when it was not asked.
	SecondOpinion Stated `json:"second_opinion"`
	// Flags are the codes of this signature.
	Flags []string `json:"flags"`
	// Remarks say more of them.
	Remarks []Remark `json:"remarks"`
}

// SignerAttribute is one attribute of a signature (RFC 5652 5.3).
type SignerAttribute struct {
	// OID is dotted, Name the name in the RFC.
	OID string `json:"oid"`
	// Name is the type's name; nil for an unknown one.
	Name Stated `json:"name"`
	// Signed is false for one that anybody can add.
	Signed bool `json:"signed"`
	// Values are BER in hexadecimal digits; one of over 1,024 octets is cut, and
	// "…" stands behind it.
	Values []string `json:"values"`
}

// Certificate is what a certificate says (RFC 5280 4.1).
type Certificate struct {
	// Subject names whose it is.
	Subject Stated `json:"subject"`
	// Issuer names who issued it.
	Issuer Stated `json:"issuer"`
	// Serial is its number, in hexadecimal.
	Serial Stated `json:"serial"`
	// SHA256 is its fingerprint.
	SHA256 string `json:"sha256"`
	// SHA1 is for comparison with older records only.
	SHA1 string `json:"sha1"`
	// Emails are the addresses that it names.
	Emails []string `json:"emails"`
	// Key is the public key in words.
	Key Stated `json:"key"`
	// NotBefore and NotAfter are in UTC.
	NotBefore Stated `json:"not_before"`
	// NotAfter is the end of its validity.
	NotAfter Stated `json:"not_after"`
	// KeyUsage has the names of RFC 5280 4.2.1.3, ExtendedKeyUsage dotted
	// identifiers; empty when the certificate does not say.
	KeyUsage []string `json:"key_usage"`
	// ExtendedKeyUsage are purposes, by name or object identifier.
	ExtendedKeyUsage []string `json:"extended_key_usage"`
	// CA is true when it may issue others.
	CA bool `json:"ca"`
	// The URLs are where more is said to be found. Nothing is fetched.
	CRLURLs []string `json:"crl_urls"`
	// OCSPURLs are where it says that OCSP is answered; they are not asked.
	OCSPURLs []string `json:"ocsp_urls"`
	// IssuerURLs are where it says that its issuer's certificate is; they are not asked.
	IssuerURLs []string `json:"issuer_urls"`
}

// Revocation is what one list or response says of one certificate.
type Revocation struct {
	// Certificate is the place in [SignerPaths.Chain], 0 for the signer's own.
	Certificate int `json:"certificate"`
	// Source is "crl" or "ocsp", Label the file it was read from, or "in the
	// signature".
	Source string `json:"source"`
	// Label is the name of the file.
	Label Stated `json:"label"`
	// Status is "good", "revoked" or "unknown"; Usable says whether it counts at that
	// time, and Why why not.
	Status string `json:"status"`
	// Usable is false for a list or response that does not count.
	Usable bool `json:"usable"`
	// Why says why it does not.
	Why Stated `json:"why"`
	// RevokedAt is when the certificate was revoked; nil when it was not.
	RevokedAt Stated `json:"revoked_at"`
	// Reason is in the words of RFC 5280 5.3.1.
	Reason Stated `json:"reason"`
	// Invalidity is since when the key is suspect, as stated.
	Invalidity Stated `json:"invalidity"`
	// ThisUpdate is when it was issued.
	ThisUpdate Stated `json:"this_update"`
	// NextUpdate is until when it speaks.
	NextUpdate Stated `json:"next_update"`
}

// CounterSignature is a signature over a signature. Its certificate is not judged.
type CounterSignature struct {
	// Subject names who signed.
	Subject Stated `json:"subject"`
	// SigningTime is what that signer claims.
	SigningTime Stated `json:"signing_time"`
	// Integrity is a word of [Signer.Integrity].
	Integrity string `json:"integrity"`
	// Reason says why it is not "valid".
	Reason Stated `json:"reason"`
}

// TimeStamp is a token of RFC 3161 over a signature.
type TimeStamp struct {
	// Time is the moment that it states.
	Time Stated `json:"time"`
	// Signer names who stamped.
	Signer Stated `json:"signer"`
	// Proven is true when signature and path of the token hold.
	Proven bool `json:"proven"`
	// Reason says why it is not.
	Reason Stated `json:"reason"`
}

// SignerPaths says whether a chain to a trusted root holds at three moments, in
// the words of package pki: "valid", "untrusted", "expired" … ; "" where the
// moment is not known.
type SignerPaths struct {
	// AtSigning is the state at the time that the signer claims.
	AtSigning Stated `json:"at_signing"`
	// AtEvidence is the state when the recipient's system took the message in.
	AtEvidence Stated `json:"at_evidence"`
	// Now is the state at the moment of the examination.
	Now Stated `json:"now"`
	// Chain are the SHA-256 fingerprints from the signer up, at the moment of judgement;
	// Problems is what is wrong then.
	Chain []string `json:"chain"`
	// Problems are the reasons why the path that decides is not valid.
	Problems []string `json:"problems"`
}
