package forensic

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/smime"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// putSMIME puts what package smime found into the report's words.
func putSMIME(r *smime.Report) *SMIME {
	if r == nil {
		return nil
	}
	out := &SMIME{Verdict: string(r.Verdict), Flags: putFlags(r.Flags), Layers: putLayers(r.Layers), Uncovered: []headers.Span{}, UncoveredParts: []string{}}
	for _, p := range r.Uncovered {
		out.Uncovered, out.UncoveredParts = append(out.Uncovered, p.Body), append(out.UncoveredParts, p.Path)
	}
	return out
}

// putFlags keeps each flag once.
func putFlags(flags []smime.Flag) []SMIMEFlag {
	out := []SMIMEFlag{}
	for _, f := range flags {
		one := SMIMEFlag{Code: f.Code, Detail: Stated(VisibleBytes(f.Detail))}
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

func putLayers(layers []*smime.Layer) []SMIMELayer {
	out := []SMIMELayer{}
	for _, l := range layers {
		one := SMIMELayer{
			Part: l.Part, Verdict: string(l.Verdict), Reason: Stated(VisibleBytes(l.Reason)), Flags: putFlags(l.Flags), Covers: notNil(l.Covers),
			Signers: []Signer{}, Recipients: []Recipient{}, EncodingFacts: []string{}, InnerVerdict: Stated(l.InnerVerdict), Children: putLayers(l.Children),
		}
		if l.Kind != smime.UnknownLayer {
			one.Kind = Stated(l.Kind)
		}
		for i := range l.Signers {
			one.Signers = append(one.Signers, putSigner(&l.Signers[i], l.Second))
		}
		for _, r := range l.Recipients {
			one.Recipients = append(one.Recipients, Recipient{
				Issuer: Stated(VisibleBytes(r.Issuer)), Serial: Stated(r.Serial), KeyID: Stated(r.KeyID), KeyEncryption: Stated(r.KeyEncryption),
			})
		}
		for _, e := range l.Encoding {
			one.EncodingFacts = append(one.EncodingFacts, fmt.Sprintf("%s, first at %d, %d in all", e.Kind, e.Offset, e.Count))
		}
		if l.Inner != nil {
			sum := sha256.Sum256(l.Inner.Raw)
			one.PlainSHA256 = Stated(hex.EncodeToString(sum[:]))
		}
		out = append(out, one)
	}
	return out
}

func putSigner(s *smime.Signer, second smime.SecondOpinion) Signer {
	out := Signer{
		Emails: []string{}, DigestAlgorithm: Stated(s.DigestAlgorithm), SignatureAlgorithm: Stated(s.SignatureAlgorithm), Key: Stated(s.Key),
		Digest: Stated(hex.EncodeToString(s.Digest)), MessageDigest: Stated(hex.EncodeToString(s.MessageDigest)), Form: Stated(s.Form),
		SigningTime: momentText(s.SigningTime), Integrity: string(s.Integrity), Reason: Stated(VisibleBytes(s.Reason)), Verdict: string(s.Verdict),
		Revocation: []string{}, Identity: cmp.Or(string(s.Identity), "none"), Repair: []string{}, Capabilities: notNil(s.Capabilities), TimeStamps: []TimeStamp{},
		SecondOpinion: Stated(second.Word), Flags: putFlags(s.Flags),
	}
	if c := s.Certificate; c != nil {
		out.Subject, out.Issuer = Stated(VisibleBytes(c.Subject.String())), Stated(VisibleBytes(c.Issuer.String()))
		out.Serial, out.SHA256 = Stated(c.SerialHex()), Stated(c.SHA256())
		for _, e := range c.Emails() {
			out.Emails = append(out.Emails, VisibleBytes(e))
		}
	}
	if s.Repair != nil {
		out.Repair = append(out.Repair, s.Repair.Code+": the digest fits if "+s.Repair.Detail)
	}
	for i := range s.Tokens {
		out.TimeStamps = append(out.TimeStamps, putStamp(&s.Tokens[i]))
	}
	putPaths(&out, s)
	return out
}

func momentText(t time.Time) Stated {
	if t.IsZero() || !statable(t) {
		return ""
	}
	return Stated(instant(t))
}

func putStamp(t *smime.TimeStamp) TimeStamp {
	out := TimeStamp{Time: momentText(t.Time), Proven: t.Proven, Reason: Stated(VisibleBytes(t.Reason))}
	if c := t.Signer.Certificate; c != nil {
		out.Signer = Stated(VisibleBytes(c.Subject.String()))
	}
	return out
}

// putPaths says what the paths of a signer's certificate come to.
func putPaths(out *Signer, s *smime.Signer) {
	state := func(p *pki.Path) Stated {
		if p == nil {
			return ""
		}
		return Stated(p.State)
	}
	out.Paths = SignerPaths{AtSigning: state(s.AtSigning), AtEvidence: state(s.AtEvidence), Now: state(s.AtNow), Chain: []string{}, Problems: []string{}}
	p := s.AtEvidence
	if p == nil {
		return
	}
	out.Purpose, out.Strength = "ok", "ok"
	if p.State == pki.StateWrongPurpose {
		out.Purpose = "wrong"
	}
	for _, c := range p.Chain {
		out.Paths.Chain = append(out.Paths.Chain, c.SHA256())
	}
	for _, q := range p.Problems {
		out.Paths.Problems = append(out.Paths.Problems, VisibleBytes(strings.TrimPrefix(q.Clause+": "+q.Code+": "+q.Detail, ": ")))
	}
	var weak []string
	for _, f := range s.Flags {
		if strings.HasPrefix(f.Code, "weak-") {
			weak = append(weak, f.Code+" "+f.Detail)
		}
	}
	if len(weak) > 0 {
		slices.Sort(weak)
		out.Strength = Stated(VisibleBytes(strings.Join(slices.Compact(weak), "; ")))
	}
}
