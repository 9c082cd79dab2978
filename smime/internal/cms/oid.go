package cms

// Content types.
const (
	OIDData          = "1.2.840.113549.1.7.1"       // RFC 5652 4
	OIDSigned        = "1.2.840.113549.1.7.2"       // RFC 5652 5
	OIDEnveloped     = "1.2.840.113549.1.7.3"       // RFC 5652 6
	OIDDigested      = "1.2.840.113549.1.7.5"       // RFC 5652 7
	OIDEncrypted     = "1.2.840.113549.1.7.6"       // RFC 5652 8
	OIDCompressed    = "1.2.840.113549.1.9.16.1.9"  // RFC 3274 1.3
	OIDAuthEnveloped = "1.2.840.113549.1.9.16.1.23" // RFC 5083 2.1
	OIDReceipt       = "1.2.840.113549.1.9.16.1.1"  // RFC 2634 2.8
	OIDTimeStamp     = "1.2.840.113549.1.9.16.1.4"  // RFC 3161 2.4.2
)

// Attributes.
const (
	OIDContentType          = "1.2.840.113549.1.9.3"       // RFC 5652 11.1
	OIDMessageDigest        = "1.2.840.113549.1.9.4"       // RFC 5652 11.2
	OIDSigningTime          = "1.2.840.113549.1.9.5"       // RFC 5652 11.3
	OIDCounterSignature     = "1.2.840.113549.1.9.6"       // RFC 5652 11.4
	OIDCapabilities         = "1.2.840.113549.1.9.15"      // RFC 8551 2.5.2
	OIDReceiptRequest       = "1.2.840.113549.1.9.16.2.1"  // RFC 2634 2.7
	OIDSecurityLabel        = "1.2.840.113549.1.9.16.2.2"  // RFC 2634 3.2
	OIDListHistory          = "1.2.840.113549.1.9.16.2.3"  // RFC 2634 4.4
	OIDContentHint          = "1.2.840.113549.1.9.16.2.4"  // RFC 2634 2.9
	OIDContentIdentifier    = "1.2.840.113549.1.9.16.2.7"  // RFC 2634 2.7
	OIDContentReference     = "1.2.840.113549.1.9.16.2.10" // RFC 2634 2.11
	OIDEncryptionPreference = "1.2.840.113549.1.9.16.2.11" // RFC 8551 2.5.3
	OIDSigningCertificate   = "1.2.840.113549.1.9.16.2.12" // RFC 5035 5
	OIDTimeStampToken       = "1.2.840.113549.1.9.16.2.14" // RFC 3161 A
	OIDSigningCertificateV2 = "1.2.840.113549.1.9.16.2.47" // RFC 5035 3
	OIDAlgorithmProtection  = "1.2.840.113549.1.9.52"      // RFC 6211 2
	OIDOutlookPreference    = "1.3.6.1.4.1.311.16.4"       // Outlook's own OIDEncryptionPreference
)

// Kind is the type of an object in a word.
type Kind string

// The kinds.
const (
	Data          Kind = "data"
	Signed        Kind = "signed"
	Enveloped     Kind = "enveloped"
	AuthEnveloped Kind = "auth-enveloped"
	Compressed    Kind = "compressed"
	Digested      Kind = "digested"
	Encrypted     Kind = "encrypted"
	Unknown       Kind = "unknown"
)

// KindOf is the kind of a content type.
func KindOf(oid string) Kind {
	switch oid {
	case OIDData:
		return Data
	case OIDSigned:
		return Signed
	case OIDEnveloped:
		return Enveloped
	case OIDAuthEnveloped:
		return AuthEnveloped
	case OIDCompressed:
		return Compressed
	case OIDDigested:
		return Digested
	case OIDEncrypted:
		return Encrypted
	}
	return Unknown
}
