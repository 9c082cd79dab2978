package forensic

import "github.com/emlcheck/emlcheck/headers"

// Part is one MIME part of the message.
type Part struct {
	// Path is "1" for the message itself, "1.2" for its second child.
	Path   string `json:"path"`
	Parent Stated `json:"parent"`
	// ContentType is the media type in force (RFC 2045 5.2 supplies a missing
	// one); Declared tells whether the header states it.
	ContentType string `json:"content_type"`
	Declared    bool   `json:"declared"`
	Charset     Stated `json:"charset"`
	Encoding    Stated `json:"encoding"`
	Disposition Stated `json:"disposition"`
	// Filename is the preferred one of Filenames, decoded.
	Filename    Stated     `json:"filename"`
	FilenameRaw *Raw       `json:"filename_raw"`
	Filenames   []Filename `json:"filenames"`
	ContentID   Stated     `json:"content_id"`
	// Header reaches up to and with the blank line.
	Header headers.Span `json:"header"`
	// Body leaves out the line break that belongs to the next delimiter.
	Body headers.Span `json:"body"`
	// Preamble and Epilogue are the parts of a multipart's body that readers
	// do not show; nil when empty.
	Preamble *headers.Span `json:"preamble"`
	Epilogue *headers.Span `json:"epilogue"`
	// EncodedSize is the size of the body as stored.
	EncodedSize int64 `json:"encoded_size"`
	// Size and the digests are of the decoded content; null for a multipart.
	Size          *int64   `json:"size"`
	SHA256        Stated   `json:"sha256"`
	SHA256Encoded Stated   `json:"sha256_encoded"`
	SHA1          Stated   `json:"sha1"`
	MD5           Stated   `json:"md5"`
	DetectedType  Stated   `json:"detected_type"`
	IsAttachment  bool     `json:"is_attachment"`
	Inline        []Inline `json:"inline"`
	Defects       []Defect `json:"defects"`
	// Message is the report on the message inside this part.
	Message *Report `json:"message"`
}

// Filename is one candidate for a part's name and where it stood.
type Filename struct {
	Value  string       `json:"value"`
	Source string       `json:"source"`
	Raw    Raw          `json:"raw"`
	Span   headers.Span `json:"span"`
}

// Inline is a file that is no part of its own.
type Inline struct {
	// Place is "text" for a uuencoded file in a text body, and "header" for
	// content that stands where its part's header should have ended.
	Place string `json:"place"`
	Name  Stated `json:"name"`
	// Span is the file as stored; the whole body where it stands in text that
	// was decoded, and then Content says where in that text.
	Span         headers.Span `json:"span"`
	Content      *PartSpan    `json:"content"`
	Size         int64        `json:"size"`
	SHA256       string       `json:"sha256"`
	SHA1         Stated       `json:"sha1"`
	MD5          Stated       `json:"md5"`
	DetectedType string       `json:"detected_type"`
	Complete     bool         `json:"complete"`
}

// PartSpan is a range of bytes in the decoded content of a part.
type PartSpan struct {
	Part  string `json:"part"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Signatures holds what is known of signatures. nil and empty mean that none
// was looked for or none is there; a state word says which where it matters.
type Signatures struct {
	SMIME *SMIME          `json:"smime"`
	DKIM  []DKIMSignature `json:"dkim"`
	ARC   *ARC            `json:"arc"`
	PGP   []PGPSignature  `json:"pgp"`
}

// SMIME is the state of the S/MIME layers (RFC 8551), as package smime verifies
// them.
type SMIME struct {
	// Verdict is the worst answer about what a reader is shown.
	Verdict string `json:"verdict"`
	// Flags are the codes of the message, of its layers and of their signers, each
	// once. Remarks say more of those of the message.
	Flags   []string     `json:"flags"`
	Remarks []Remark     `json:"remarks"`
	Layers  []SMIMELayer `json:"layers"`
	// Uncovered are the bodies of parts that are shown or offered and that no
	// signature covers.
	Uncovered []headers.Span `json:"uncovered"`
	// UncoveredParts are the paths of these parts.
	UncoveredParts []string `json:"uncovered_parts"`
}

// Remark says what a flag means here.
type Remark struct {
	// Flag is the code, which is stable.
	Flag   string `json:"flag"`
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
	Verdict string   `json:"verdict"`
	Reason  Stated   `json:"reason"`
	Flags   []string `json:"flags"`
	Remarks []Remark `json:"remarks"`
	// Covers is what the signature covers, in the message that holds Part.
	Covers []headers.Span `json:"covers"`
	// Protected is the path of the part whose header fields are protected with the
	// content (RFC 9788); "" when none are.
	Protected  Stated      `json:"protected"`
	Signers    []Signer    `json:"signers"`
	Recipients []Recipient `json:"recipients"`
	// Certificates are those in the object, and behind them others of the paths.
	Certificates []Certificate `json:"certificates"`
	// ContentEncryption is the algorithm of an encrypted content.
	ContentEncryption Stated `json:"content_encryption"`
	// EncodingFacts are the ways in which the object is not DER, with the offset of
	// the first one in the object and how often: a mark of the producer.
	EncodingFacts []string `json:"encoding_facts"`
	// PlainSHA256 is the digest of the content inside an opaque layer, InnerVerdict
	// the verdict about it as if it had come by itself.
	PlainSHA256  Stated `json:"plain_sha256"`
	InnerVerdict Stated `json:"inner_verdict"`
	// Repeat are commands of a shell that take the bytes out of the evidence and have
	// openssl repeat the check of integrity; empty where the bytes stand nowhere as
	// they are, as inside of an archive.
	Repeat   []string     `json:"repeat"`
	Children []SMIMELayer `json:"children"`
}

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

// Recipient is one who can decrypt a layer.
type Recipient struct {
	// Kind is "key-transport", "key-agreement", "kek", "password" or "other".
	Kind          string `json:"kind"`
	Issuer        Stated `json:"issuer"`
	Serial        Stated `json:"serial"`
	KeyID         Stated `json:"key_id"`
	KeyEncryption Stated `json:"key_encryption"`
}

// DKIMSignature is a DKIM-Signature field as it stands (RFC 6376 3.5). Nothing
// is recomputed in this version: the key state "not-checked" and the result
// "neutral" say so. Tags are text as written, without white space; "" where
// the field has none, whatever its default would be.
type DKIMSignature struct {
	Span             headers.Span `json:"span"`
	Domain           Stated       `json:"domain"`
	Selector         Stated       `json:"selector"`
	Identity         Stated       `json:"identity"`
	Algorithm        Stated       `json:"algorithm"`
	Canonicalization Stated       `json:"canonicalization"`
	SignedList       []string     `json:"signed_headers"`
	BodyLengthLimit  Stated       `json:"body_length_limit"`
	// Timestamp and Expires count seconds from 1970-01-01 UTC.
	Timestamp Stated `json:"timestamp"`
	Expires   Stated `json:"expires"`
	BodyHash  string `json:"body_hash"`
	HeaderSig string `json:"header_signature"`
	Key       string `json:"key"`
	Result    string `json:"result"`
	// Covers and Uncovered are nil while they are not known.
	Covers    []headers.Span `json:"covers"`
	Uncovered []headers.Span `json:"uncovered"`
	// Explanation is the known edit that, undone, makes the signature verify.
	Explanation Stated `json:"explanation"`
}

// ARC is the chain of ARC sets (RFC 8617) as it stands.
type ARC struct {
	// Instances are the numbers of the sets, ascending.
	Instances []int  `json:"instances"`
	Seal      string `json:"seal"`
	Chain     string `json:"chain"`
	// OldestPass is the lowest set that still verifies; nil while not known.
	OldestPass *int `json:"oldest_pass"`
}

// PGPSignature is an OpenPGP layer as it stands (RFC 3156).
type PGPSignature struct {
	Part string `json:"part"`
	// Kind is "signed-clear" or "enveloped".
	Kind    string   `json:"kind"`
	Verdict string   `json:"verdict"`
	Flags   []string `json:"flags"`
}

// Authentication holds the authentication results found in the message. None
// of them is believed or recomputed in this version.
type Authentication struct {
	SPF     *CheckState  `json:"spf"`
	DMARC   *DMARC       `json:"dmarc"`
	Results []AuthResult `json:"results"`
}

// CheckState says that a check was not made, and why.
type CheckState struct {
	Result string `json:"result"`
	Reason string `json:"reason"`
}

// DMARC is the evaluation of the author's policy (RFC 7489 6.6.2).
type DMARC struct {
	Result    string   `json:"result"`
	Policy    Stated   `json:"policy"`
	Domain    Stated   `json:"domain"`
	AlignedBy []string `json:"aligned_by"`
	Reason    string   `json:"reason"`
}

// AuthResult is one method's result in an Authentication-Results field.
type AuthResult struct {
	AuthServID Stated       `json:"authserv_id"`
	Method     string       `json:"method"`
	Result     string       `json:"result"`
	Reason     Stated       `json:"reason"`
	Props      []AuthProp   `json:"props"`
	Span       headers.Span `json:"span"`
	Author     Author       `json:"author"`
	// Hop is the index of the hop that wrote it; nil while not known.
	Hop *int `json:"hop"`
}

// AuthProp is one property behind a result, such as header.d=example.org.
type AuthProp struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Content is what the text of the message says; filled by a later version.
type Content struct {
	Links      []Link   `json:"links"`
	Addresses  []string `json:"addresses"`
	Indicators []string `json:"indicators"`
}

// Link is a link in a text or HTML part.
type Link struct {
	Text  Stated       `json:"text"`
	Href  Raw          `json:"href"`
	Host  Stated       `json:"host"`
	Span  headers.Span `json:"span"`
	Flags []string     `json:"flags"`
}

// Severity grades a finding.
type Severity string

// Severities, least to gravest. High is kept for bytes that two readers take
// for different authors, names or attachments, and for contradicted evidence.
const (
	Info   Severity = "info"
	Low    Severity = "low"
	Medium Severity = "medium"
	High   Severity = "high"
)

// Rank orders severities: 0 for info up to 3 for high, -1 for other words.
func (s Severity) Rank() int {
	for i, known := range []Severity{Info, Low, Medium, High} {
		if s == known {
			return i
		}
	}
	return -1
}

// Confidence says how sure a finding is of its own statement.
type Confidence string

// Confidences: a byte fact is high; a rule of thumb is low.
const (
	Unsure Confidence = "low"
	Likely Confidence = "medium"
	Sure   Confidence = "high"
)

// Finding is one judgement. It always points at the bytes it rests on.
type Finding struct {
	// ID is stable, dotted and lower case. [Explain] tells more about it.
	ID         string         `json:"id"`
	Severity   Severity       `json:"severity"`
	Confidence Confidence     `json:"confidence"`
	Title      string         `json:"title"`
	Detail     string         `json:"detail"`
	Spans      []headers.Span `json:"spans"`
	References []string       `json:"references"`
	// Innocent says how the same bytes can come about without ill intent.
	Innocent string `json:"innocent"`
}

// Defect is a syntax fact: no opinion.
type Defect struct {
	Code   string       `json:"code"`
	Span   headers.Span `json:"span"`
	Detail string       `json:"detail"`
	// Part is the path of the part the span belongs to.
	Part Stated `json:"part"`
}
