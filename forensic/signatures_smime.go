package forensic

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/smime"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// putSMIME puts what package smime found into the report's words.
func (f *facts) putSMIME(r *smime.Report) *report.SMIME {
	if r == nil {
		return nil
	}
	out := &report.SMIME{Verdict: string(r.Verdict), Layers: f.putLayers(r.Layers), Uncovered: []headers.Span{}, UncoveredParts: []string{}}
	out.Flags, out.Remarks = putFlags(r.Flags)
	out.Flags = gather(out.Flags, out.Layers)
	for _, p := range r.Uncovered {
		out.Uncovered, out.UncoveredParts = append(out.Uncovered, p.Body), append(out.UncoveredParts, p.Path)
	}
	return out
}

// putFlags keeps each flag and each remark once.
func putFlags(flags []smime.Flag) ([]string, []report.Remark) {
	codes, remarks := []string{}, []report.Remark{}
	for _, f := range flags {
		if !slices.Contains(codes, f.Code) {
			codes = append(codes, f.Code)
		}
		if one := (report.Remark{Flag: f.Code, Detail: rawtext.Visible(f.Detail)}); f.Detail != "" && !slices.Contains(remarks, one) {
			remarks = append(remarks, one)
		}
	}
	return codes, remarks
}

// gather adds the flags of layers and signers.
func gather(flags []string, layers []report.SMIMELayer) []string {
	add := func(more []string) {
		for _, f := range more {
			if !slices.Contains(flags, f) {
				flags = append(flags, f)
			}
		}
	}
	for i := range layers {
		add(layers[i].Flags)
		for k := range layers[i].Signers {
			add(layers[i].Signers[k].Flags)
		}
		flags = gather(flags, layers[i].Children)
	}
	return flags
}

func (f *facts) putLayers(layers []*smime.Layer) []report.SMIMELayer {
	out := []report.SMIMELayer{}
	for _, l := range layers {
		out = append(out, f.putLayer(l))
	}
	return out
}

func (f *facts) putLayer(l *smime.Layer) report.SMIMELayer {
	out := report.SMIMELayer{
		Part: l.Part, Verdict: string(l.Verdict), Reason: report.Stated(rawtext.Visible(l.Reason)), Covers: notNil(l.Covers), Signers: []report.Signer{},
		Recipients: []report.Recipient{}, ContentEncryption: report.Stated(l.ContentEncryption), Certificates: putCertificates(l), EncodingFacts: []string{}, InnerVerdict: report.Stated(l.InnerVerdict),
		Repeat: f.repeat(l), Children: f.putLayers(l.Children),
	}
	out.Flags, out.Remarks = putFlags(l.Flags)
	if l.Kind != smime.UnknownLayer {
		out.Kind = report.Stated(l.Kind)
	}
	if l.Protected != nil {
		out.Protected = report.Stated(l.Protected.Path)
	}
	for i := range l.Signers {
		one := putSigner(&l.Signers[i], l.Second)
		if one.JudgedBy == report.Stated(smime.ByEvidence) {
			one.JudgedBy = f.evidenceFrom
		}
		out.Signers = append(out.Signers, one)
	}
	for _, r := range l.Recipients {
		out.Recipients = append(out.Recipients, report.Recipient{
			Kind: r.Kind, Issuer: report.Stated(rawtext.Visible(r.Issuer)), Serial: report.Stated(r.Serial), KeyID: report.Stated(r.KeyID), KeyEncryption: report.Stated(r.KeyEncryption),
		})
	}
	for _, e := range l.Encoding {
		out.EncodingFacts = append(out.EncodingFacts, fmt.Sprintf("%s, first at %d, %d in all", e.Kind, e.Offset, e.Count))
	}
	if l.Inner != nil {
		sum := sha256.Sum256(l.Inner.Raw)
		out.PlainSHA256 = report.Stated(hex.EncodeToString(sum[:]))
	}
	return out
}

func putSigner(s *smime.Signer, second smime.SecondOpinion) report.Signer {
	out := report.Signer{
		Emails: []string{}, DigestAlgorithm: report.Stated(s.DigestAlgorithm), SignatureAlgorithm: report.Stated(s.SignatureAlgorithm), Key: report.Stated(s.Key),
		Digest: report.Stated(hex.EncodeToString(s.Digest)), MessageDigest: report.Stated(hex.EncodeToString(s.MessageDigest)), Form: report.Stated(s.Form),
		SigningTime: momentText(s.SigningTime), Integrity: string(s.Integrity), Reason: report.Stated(rawtext.Visible(s.Reason)), Verdict: string(s.Verdict),
		Revocation: []report.Revocation{}, Standing: []string{}, Identity: cmp.Or(string(s.Identity), "none"), Repair: []string{}, Capabilities: notNil(s.Capabilities), TimeStamps: []report.TimeStamp{},
		Attributes: []report.SignerAttribute{}, Counters: []report.CounterSignature{}, JudgedAt: momentText(s.JudgedAt), JudgedBy: report.Stated(s.JudgedBy), SecondOpinion: report.Stated(second.Word),
	}
	out.Flags, out.Remarks = putFlags(s.Flags)
	if c := s.Certificate; c != nil {
		out.Subject, out.Issuer = report.Stated(rawtext.Visible(c.Subject.String())), report.Stated(rawtext.Visible(c.Issuer.String()))
		out.Serial, out.SHA256 = report.Stated(c.SerialHex()), report.Stated(c.SHA256())
		for _, e := range c.Emails() {
			out.Emails = append(out.Emails, rawtext.Visible(e))
		}
	}
	if s.Repair != nil {
		out.Repair = append(out.Repair, s.Repair.Code+": the digest fits if "+s.Repair.Detail)
	}
	for i := range s.Tokens {
		out.TimeStamps = append(out.TimeStamps, putStamp(&s.Tokens[i]))
	}
	for _, a := range s.Attributes {
		out.Attributes = append(out.Attributes, putAttribute(&a))
	}
	for i := range s.Counters {
		out.Counters = append(out.Counters, putCounter(&s.Counters[i]))
	}
	putPaths(&out, s)
	return out
}

func momentText(t time.Time) report.Stated {
	if t.IsZero() || !statable(t) {
		return ""
	}
	return report.Stated(instant(t))
}

func putStamp(t *smime.TimeStamp) report.TimeStamp {
	out := report.TimeStamp{Time: momentText(t.Time), Proven: t.Proven, Reason: report.Stated(rawtext.Visible(t.Reason))}
	if c := t.Signer.Certificate; c != nil {
		out.Signer = report.Stated(rawtext.Visible(c.Subject.String()))
	}
	return out
}

func putCounter(s *smime.Signer) report.CounterSignature {
	out := report.CounterSignature{SigningTime: momentText(s.SigningTime), Integrity: string(s.Integrity), Reason: report.Stated(rawtext.Visible(s.Reason))}
	if s.Certificate != nil {
		out.Subject = report.Stated(rawtext.Visible(s.Certificate.Subject.String()))
	}
	return out
}

func putRevocation(r *pki.Revocation) report.Revocation {
	return report.Revocation{
		Certificate: r.Certificate, Source: r.Source, Label: report.Stated(rawtext.Visible(r.Label)), Status: r.Status, Usable: r.Usable, Why: report.Stated(rawtext.Visible(r.Why)),
		RevokedAt: momentText(r.RevokedAt), Reason: report.Stated(r.Reason), Invalidity: momentText(r.Invalidity),
		ThisUpdate: momentText(r.ThisUpdate), NextUpdate: momentText(r.NextUpdate),
	}
}

// putPaths says what the paths of a signer's certificate come to.
func putPaths(out *report.Signer, s *smime.Signer) {
	state := func(p *pki.Path) report.Stated {
		if p == nil {
			return ""
		}
		return report.Stated(p.State)
	}
	out.Paths = report.SignerPaths{AtSigning: state(s.AtSigning), AtEvidence: state(s.AtEvidence), Now: state(s.AtNow), Chain: []string{}, Problems: []string{}}
	p := s.Path()
	if p == nil {
		return
	}
	out.Purpose, out.Strength = "ok", "ok"
	if p.State == pki.StateWrongPurpose {
		out.Purpose = "wrong"
	}
	for i := range p.Revocation {
		out.Revocation = append(out.Revocation, putRevocation(&p.Revocation[i]))
	}
	for _, w := range p.Standing {
		out.Standing = append(out.Standing, string(w))
	}
	for _, c := range p.Chain {
		out.Paths.Chain = append(out.Paths.Chain, c.SHA256())
	}
	for _, q := range p.Problems {
		out.Paths.Problems = append(out.Paths.Problems, rawtext.Visible(strings.TrimPrefix(q.Clause+": "+q.Code+": "+q.Detail, ": ")))
	}
	var weak []string
	for _, code := range out.Flags {
		if strings.HasPrefix(code, "weak-") {
			weak = append(weak, code)
		}
	}
	for _, r := range out.Remarks {
		if at := slices.Index(weak, r.Flag); at >= 0 {
			weak[at] += " " + r.Detail
		}
	}
	if len(weak) > 0 {
		slices.Sort(weak)
		out.Strength = report.Stated(strings.Join(weak, "; "))
	}
}
