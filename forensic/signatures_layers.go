package forensic

import (
	"slices"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime"
)

// readSMIME has the S/MIME layers of a message verified. What came out of an
// object has been examined with the object: given is what was found then.
func (a *analysis) readSMIME(f *facts, given *smime.Report) {
	f.evidenceFrom = "given"
	if a.opt.SMIME.Evidence.IsZero() {
		f.evidenceFrom = "received"
	}
	if given == nil && smime.Present(f.msg) {
		opt := a.opt.SMIME
		if opt.Evidence.IsZero() && !a.opt.SMIMEAtDate {
			opt.Evidence = f.evidenceTime()
		}
		given, _ = smime.Inspect(a.ctx, f.msg, &opt) // an error is that of ctx, which ends the analysis
	}
	f.smime = given
	f.report.Signatures.SMIME = f.putSMIME(given)
	if given != nil {
		f.bind(given.Layers)
	}
}

// bind says of what a valid signature goes over, its own signing time with it, that
// nobody on the way could have written it. It is the signer's word, and no better than
// that: the clocks weigh it as before.
func (f *facts) bind(layers []*smime.Layer) {
	for _, l := range layers {
		if l.Message == f.msg && l.Verdict == smime.VerdictValid {
			for i := range f.report.Clock.Readings {
				if r := &f.report.Clock.Readings[i]; isBound(l, r) {
					r.Author = report.AuthorBound
				}
			}
		}
		f.bind(l.Children)
	}
}

// isBound reports whether a valid layer's signature goes over a reading. Of the object
// it goes over the signing time alone: anybody can add attributes that are not signed.
func isBound(l *smime.Layer, r *report.Reading) bool {
	within := func(s headers.Span) bool { return s.Start <= r.Span.Start && r.Span.End <= s.End }
	if p := l.ObjectPart(); p != nil && within(p.Body) {
		return slices.ContainsFunc(l.Signers, func(s smime.Signer) bool {
			return s.Verdict == smime.VerdictValid && momentText(s.SigningTime) == r.Time
		})
	}
	return slices.ContainsFunc(l.Covers, within)
}

// evidenceTime is when the recipient's system had the message: the time of the
// oldest line that it wrote itself. Without one it is not known, and package smime
// goes by the Date field.
func (f *facts) evidenceTime() time.Time {
	if b := f.route.Boundary; b >= 0 {
		if d := &f.route.Hops[b].Date; d.OK {
			return d.Time
		}
	}
	return time.Time{}
}

// readPGP lists the layers of OpenPGP (RFC 3156 4, 5).
func (f *facts) readPGP() {
	for _, p := range f.msg.Parts {
		protocol, _ := p.Type.Get("protocol")
		switch name := strings.ToLower(protocol.Value); {
		case p.ContentType == "multipart/signed" && name == "application/pgp-signature":
			f.addPGP(report.PGPSignature{Part: p.Path, Kind: "signed-clear", Verdict: "unsupported", Flags: []string{"not-verified"}})
		case p.ContentType == "multipart/encrypted" && name == "application/pgp-encrypted":
			f.addPGP(report.PGPSignature{Part: p.Path, Kind: "enveloped", Verdict: "encrypted", Flags: []string{}})
		}
	}
}

func (f *facts) addPGP(s report.PGPSignature) {
	f.report.Signatures.PGP = append(f.report.Signatures.PGP, s)
}

// insideOf is what came out of the CMS object in a part, with what is known of its
// layers; nil when nothing did.
func (f *facts) insideOf(p *mimeparse.Part) (*mimeparse.Message, *smime.Report) {
	if f.smime == nil {
		return nil, nil
	}
	l := smime.LayerOf(f.smime.Layers, p)
	if l == nil || l.Inner == nil || len(l.Inner.Raw) == 0 {
		return nil, nil
	}
	if len(l.Children) == 0 {
		return l.Inner, nil
	}
	return l.Inner, l.InnerReport()
}
