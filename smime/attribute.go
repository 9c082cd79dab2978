package smime

import (
	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

// Attribute is one attribute of a signature, as it stands in the object.
type Attribute struct {
	// OID is the type, dotted; Name its name in the RFC, "" for one not known here.
	OID, Name string
	// Signed says that the signature goes over it. Anybody can add an unsigned one.
	Signed bool
	// Values are the values, as stored.
	Values [][]byte
}

// maxAttributes bounds those that are kept of one signature, of either kind.
const maxAttributes = 64

// attributeNames are the names of RFC 5652 11, RFC 8551 2.5, RFC 2634, RFC 5035, RFC
// 3161 and RFC 6211, and of what mail programs add.
var attributeNames = map[string]string{
	cms.OIDContentType: "contentType", cms.OIDMessageDigest: "messageDigest", cms.OIDSigningTime: "signingTime", cms.OIDCounterSignature: "countersignature",
	cms.OIDCapabilities: "smimeCapabilities", cms.OIDEncryptionPreference: "smimeEncryptKeyPreference", cms.OIDOutlookPreference: "msEncryptionCert",
	cms.OIDReceiptRequest: "receiptRequest", cms.OIDSecurityLabel: "eSSSecurityLabel", cms.OIDListHistory: "mlExpansionHistory", cms.OIDContentHint: "contentHints",
	cms.OIDContentIdentifier: "contentIdentifier", cms.OIDContentReference: "contentReference", cms.OIDSigningCertificate: "signingCertificate",
	cms.OIDSigningCertificateV2: "signingCertificateV2", cms.OIDTimeStampToken: "timeStampToken", cms.OIDAlgorithmProtection: "cmsAlgorithmProtection",
}

// attributesOf lists the attributes of a signature, the signed ones first.
func attributesOf(s *cms.SignerInfo) []Attribute {
	var out []Attribute
	add := func(list []cms.Attribute, signed bool) {
		for _, a := range list[:min(len(list), maxAttributes)] {
			one := Attribute{OID: a.OID, Name: attributeNames[a.OID], Signed: signed}
			for _, v := range a.Values[:min(len(a.Values), maxAttributes)] {
				one.Values = append(one.Values, v.Source())
			}
			out = append(out, one)
		}
	}
	add(orEmpty(s.Attrs).List, true)
	add(s.Unsigned, false)
	return out
}
