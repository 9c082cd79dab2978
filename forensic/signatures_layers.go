package forensic

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime"
)

// readSigned lists the S/MIME and OpenPGP layers of the message.
func (f *facts) readSigned() {
	for _, p := range f.msg.Parts {
		switch {
		case p.ContentType == "multipart/signed" || p.ContentType == "multipart/encrypted":
			f.addMultipart(p)
		case p.IsLeaf() && isOpaque(p):
			f.addOpaque(p)
		}
	}
}

// addMultipart tells the layers of RFC 1847 apart by their protocol.
func (f *facts) addMultipart(p *mimeparse.Part) {
	protocol, _ := p.Type.Get("protocol")
	switch name := strings.ToLower(protocol.Value); {
	case p.ContentType == "multipart/signed" && (strings.HasSuffix(name, "pkcs7-signature") || name == "" && endsInCMS(p)):
		f.addLayer(SMIMELayer{Part: p.Path, Kind: "signed-clear", Verdict: "unsupported", Flags: unverified()})
	case name == "application/pgp-signature":
		f.addPGP(PGPSignature{Part: p.Path, Kind: "signed-clear", Verdict: "unsupported", Flags: unverified()})
	case name == "application/pgp-encrypted":
		f.addPGP(PGPSignature{Part: p.Path, Kind: "enveloped", Verdict: "encrypted", Flags: []string{}})
	}
}

// endsInCMS: without a protocol parameter the type of the last part tells.
func endsInCMS(p *mimeparse.Part) bool {
	n := len(p.Children)
	return n > 0 && strings.HasSuffix(p.Children[n-1].ContentType, "pkcs7-signature")
}

func unverified() []string { return []string{"not-verified"} }

func (f *facts) addPGP(s PGPSignature) {
	f.report.Signatures.PGP = append(f.report.Signatures.PGP, s)
}

// addOpaque finds out what kind of CMS object a part is.
func (f *facts) addOpaque(p *mimeparse.Part) {
	object, whole := decodeUpTo(p, opaqueLimit)
	if !whole {
		f.addLayer(SMIMELayer{Part: p.Path, Verdict: "unsupported", Flags: []string{"too-large"}})
		return
	}
	kind, err := smime.Identify(object)
	if err != nil {
		if p.ContentType != "application/octet-stream" { // there the name alone speaks of S/MIME
			f.addLayer(SMIMELayer{Part: p.Path, Verdict: "malformed", Flags: []string{}})
		}
		return
	}
	f.addLayer(describeObject(p, kind, object))
}

// describeObject puts a kind into the words of the report.
func describeObject(p *mimeparse.Part, kind smime.Kind, object []byte) SMIMELayer {
	l := SMIMELayer{Part: p.Path, Verdict: "unsupported", Flags: []string{}}
	switch kind {
	case smime.Signed:
		describeSigned(p, object, &l)
	case smime.Enveloped:
		l.Kind, l.Verdict = "enveloped", "encrypted"
	case smime.AuthEnveloped:
		l.Kind, l.Verdict = "auth-enveloped", "encrypted"
	case smime.Encrypted:
		l.Verdict = "encrypted"
	case smime.Compressed:
		l.Kind, l.Verdict = "compressed", "compressed"
	case smime.Data:
		l.Verdict = "unsigned"
	}
	return l
}

func describeSigned(p *mimeparse.Part, object []byte, l *SMIMELayer) {
	inner, err := smime.Content(object)
	switch {
	case err == nil:
		sum := sha256.Sum256(inner)
		l.Kind, l.Flags, l.PlainSHA256 = "signed-opaque", unverified(), Stated(hex.EncodeToString(sum[:]))
	case errors.Is(err, smime.ErrNotSigned) && isCertsOnly(p):
		l.Kind, l.Verdict = "certs-only", "certs-only"
	case errors.Is(err, smime.ErrNotSigned):
		l.Flags = []string{"no-content"} // certificates alone or a detached signature
	default:
		l.Kind, l.Verdict = "signed-opaque", "malformed"
	}
}

// isCertsOnly: RFC 8551 3.2.2 and 3.8 mark such an object by a parameter and
// by the extension of its name.
func isCertsOnly(p *mimeparse.Part) bool {
	param, _ := p.Type.Get("smime-type")
	return strings.EqualFold(param.Value, "certs-only") || extension(p.Filename()) == "p7c"
}

// decodeUpTo decodes a part into memory; whole is false when it is longer.
func decodeUpTo(p *mimeparse.Part, limit int) (content []byte, whole bool) {
	_, err := p.Decode(func(piece []byte) error {
		if len(content)+len(piece) > limit {
			return errTooLong{}
		}
		content = append(content, piece...)
		return nil
	})
	return content, err == nil
}

// errTooLong stops a decode.
type errTooLong struct{}

func (errTooLong) Error() string { return "forensic: content longer than the limit" }

// smimeOrder is the order of verdicts, worst first, as far as they can be
// given without verification.
var smimeOrder = [...]string{"malformed", "unsupported", "unsigned", "encrypted", "compressed", "certs-only"}

// addLayer files a layer and keeps the worst verdict.
func (f *facts) addLayer(l SMIMELayer) {
	l.EncodingFacts, l.Children = []string{}, []SMIMELayer{}
	s := &f.report.Signatures.SMIME
	if *s == nil {
		*s = &SMIME{Flags: []string{}, Verdict: l.Verdict}
	}
	(*s).Layers = append((*s).Layers, l)
	if slices.Index(smimeOrder[:], l.Verdict) < slices.Index(smimeOrder[:], (*s).Verdict) {
		(*s).Verdict = l.Verdict
	}
}
