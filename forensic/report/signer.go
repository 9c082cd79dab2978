package report

// Signer is one signature of a layer.
type Signer struct {
	Subject            Stated   `json:"subject"`
	Issuer             Stated   `json:"issuer"`
	Serial             Stated   `json:"serial"`
	SHA256             Stated   `json:"sha256"`
	Emails             []string `json:"emails"`
	DigestAlgorithm    Stated   `json:"digest_algorithm"`
	SignatureAlgorithm Stated   `json:"signature_algorithm"`
	Key                Stated   `json:"key"`
	// Digest is computed, MessageDigest what the signer states; Form says of which
	// form of the content: "as-stored", "crlf" or "lf".
	Digest        Stated `json:"digest"`
	MessageDigest Stated `json:"message_digest"`
	Form          Stated `json:"form"`
	// SigningTime is what the signer claims.
	SigningTime Stated `json:"signing_time"`
	// Integrity is "valid", "invalid" or "uncheckable".
	Integrity string `json:"integrity"`
	Reason    Stated `json:"reason"`
	Verdict   string `json:"verdict"`
	// JudgedAt is the moment whose path decides the verdict; JudgedBy is
	// "time-stamp", "given" (by the examiner), "received" (by the recipient's system),
	// "date" or "signing-time" (the sender's claims); "" while no path was judged.
	JudgedAt Stated      `json:"judged_at"`
	JudgedBy Stated      `json:"judged_by"`
	Paths    SignerPaths `json:"paths"`
	// Revocation is what revocation lists and OCSP responses say of the certificates
	// of the path at the moment of judgement. Empty means that nothing was there to be
	// asked: then nobody knows whether they were revoked.
	Revocation []Revocation `json:"revocation"`
	// Purpose is "ok" or "wrong"; "" while no path says.
	Purpose Stated `json:"purpose"`
	// Standing sums Revocation up for each certificate of the path: "good",
	// "revoked", "revoked-later", "unknown" or "not-checked".
	Standing []string `json:"standing"`
	Identity string   `json:"identity"`
	// Strength is "ok", or what is weak in signature, key and path.
	Strength     Stated      `json:"strength"`
	Repair       []string    `json:"repair"`
	Capabilities []string    `json:"capabilities"`
	TimeStamps   []TimeStamp `json:"time_stamps"`
	// Attributes are all that stand in the signature, the signed ones first.
	Attributes []SignerAttribute `json:"attributes"`
	// Counters are signatures over this one (RFC 5652 11.4).
	Counters []CounterSignature `json:"counter_signatures"`
	// SecondOpinion is what package pkcs7 says of the layer: "agrees", "disagrees"
	// or "none"; "" when it was not asked.
	SecondOpinion Stated   `json:"second_opinion"`
	Flags         []string `json:"flags"`
	Remarks       []Remark `json:"remarks"`
}

// SignerAttribute is one attribute of a signature (RFC 5652 5.3).
type SignerAttribute struct {
	// OID is dotted, Name the name in the RFC.
	OID  string `json:"oid"`
	Name Stated `json:"name"`
	// Signed is false for one that anybody can add.
	Signed bool `json:"signed"`
	// Values are BER in hexadecimal digits; one of over 1,024 octets is cut, and
	// "…" stands behind it.
	Values []string `json:"values"`
}

// Certificate is what a certificate says (RFC 5280 4.1).
type Certificate struct {
	Subject Stated   `json:"subject"`
	Issuer  Stated   `json:"issuer"`
	Serial  Stated   `json:"serial"`
	SHA256  string   `json:"sha256"`
	SHA1    string   `json:"sha1"`
	Emails  []string `json:"emails"`
	Key     Stated   `json:"key"`
	// NotBefore and NotAfter are in UTC.
	NotBefore Stated `json:"not_before"`
	NotAfter  Stated `json:"not_after"`
	// KeyUsage has the names of RFC 5280 4.2.1.3, ExtendedKeyUsage dotted
	// identifiers; empty when the certificate does not say.
	KeyUsage         []string `json:"key_usage"`
	ExtendedKeyUsage []string `json:"extended_key_usage"`
	CA               bool     `json:"ca"`
	// The URLs are where more is said to be found. Nothing is fetched.
	CRLURLs    []string `json:"crl_urls"`
	OCSPURLs   []string `json:"ocsp_urls"`
	IssuerURLs []string `json:"issuer_urls"`
}

// Revocation is what one list or response says of one certificate.
type Revocation struct {
	// Certificate is the place in [SignerPaths.Chain], 0 for the signer's own.
	Certificate int `json:"certificate"`
	// Source is "crl" or "ocsp", Label the file it was read from, or "in the
	// signature".
	Source string `json:"source"`
	Label  Stated `json:"label"`
	// Status is "good", "revoked" or "unknown"; Usable says whether it counts at that
	// time, and Why why not.
	Status    string `json:"status"`
	Usable    bool   `json:"usable"`
	Why       Stated `json:"why"`
	RevokedAt Stated `json:"revoked_at"`
	// Reason is in the words of RFC 5280 5.3.1.
	Reason     Stated `json:"reason"`
	Invalidity Stated `json:"invalidity"`
	ThisUpdate Stated `json:"this_update"`
	NextUpdate Stated `json:"next_update"`
}

// CounterSignature is a signature over a signature. Its certificate is not judged.
type CounterSignature struct {
	Subject     Stated `json:"subject"`
	SigningTime Stated `json:"signing_time"`
	Integrity   string `json:"integrity"`
	Reason      Stated `json:"reason"`
}

// TimeStamp is a token of RFC 3161 over a signature.
type TimeStamp struct {
	Time   Stated `json:"time"`
	Signer Stated `json:"signer"`
	Proven bool   `json:"proven"`
	Reason Stated `json:"reason"`
}

// SignerPaths says whether a chain to a trusted root holds at three moments, in
// the words of package pki: "valid", "untrusted", "expired" … ; "" where the
// moment is not known.
type SignerPaths struct {
	AtSigning  Stated `json:"at_signing"`
	AtEvidence Stated `json:"at_evidence"`
	Now        Stated `json:"now"`
	// Chain are the SHA-256 fingerprints from the signer up, at the moment of judgement;
	// Problems is what is wrong then.
	Chain    []string `json:"chain"`
	Problems []string `json:"problems"`
}
