package forensic

import (
	"encoding/hex"
	"slices"

	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/smime"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// putCertificates lists the certificates of a layer, each once: those in the object,
// and those of the paths, so that every fingerprint in the report has its certificate.
func putCertificates(l *smime.Layer) []report.Certificate {
	all := slices.Clone(l.Certificates)
	for i := range l.Signers {
		s := &l.Signers[i]
		if s.Certificate != nil {
			all = append(all, s.Certificate)
		}
		if p := s.Path(); p != nil {
			all = append(all, p.Chain...)
		}
	}
	out := []report.Certificate{}
	for _, c := range pki.Unique(all) {
		out = append(out, putCertificate(c))
	}
	return out
}

func putCertificate(c *pki.Certificate) report.Certificate {
	out := report.Certificate{
		Subject: report.Stated(rawtext.Visible(c.Subject.String())), Issuer: report.Stated(rawtext.Visible(c.Issuer.String())), Serial: report.Stated(c.SerialHex()),
		SHA256: c.SHA256(), SHA1: c.SHA1(), Emails: visibleAll(c.Emails()), Key: report.Stated(c.KeyText()),
		NotBefore: momentText(c.NotBefore), NotAfter: momentText(c.NotAfter), KeyUsage: []string{}, ExtendedKeyUsage: notNil(c.EKU), CA: c.CA,
		CRLURLs: visibleAll(c.CRLURLs), OCSPURLs: visibleAll(c.OCSPURLs), IssuerURLs: visibleAll(c.IssuerURLs),
	}
	if c.HasKeyUsage {
		out.KeyUsage = notNil(c.KeyUsage.Names())
	}
	return out
}

func visibleAll(list []string) []string {
	out := []string{}
	for _, s := range list {
		out = append(out, rawtext.Visible(s))
	}
	return out
}

// attributeLimit is how much of a value is shown.
const attributeLimit = 1024

func putAttribute(a *smime.Attribute) report.SignerAttribute {
	out := report.SignerAttribute{OID: a.OID, Name: report.Stated(a.Name), Signed: a.Signed, Values: []string{}}
	for _, v := range a.Values {
		text := hex.EncodeToString(v[:min(len(v), attributeLimit)])
		if len(v) > attributeLimit {
			text += "…"
		}
		out.Values = append(out.Values, text)
	}
	return out
}
