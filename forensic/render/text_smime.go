package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
)

// smime tells each layer with its verdict, and each signer.
func (t *textPrinter) smime(s *report.SMIME) {
	var own []string
	for _, f := range s.Flags {
		if !saidBelow(f, s.Layers) {
			own = append(own, f)
		}
	}
	t.row("S/MIME", t.safe(s.Verdict)+t.about(own))
	t.remarks(0, s.Remarks)
	t.layers(0, s.Layers)
	if len(s.Uncovered) > 0 {
		t.row("", "not signed: part "+strings.Join(s.UncoveredParts, ", ")+t.spans(s.Uncovered...))
	}
}

// saidBelow reports whether a layer or a signer shows a flag itself.
func saidBelow(flag string, layers []report.SMIMELayer) bool {
	return slices.ContainsFunc(layers, func(l report.SMIMELayer) bool {
		return slices.Contains(l.Flags, flag) || saidBelow(flag, l.Children) ||
			slices.ContainsFunc(l.Signers, func(s report.Signer) bool { return slices.Contains(s.Flags, flag) })
	})
}

// about puts flags into brackets.
func (t *textPrinter) about(flags []string) string {
	if len(flags) == 0 {
		return ""
	}
	return " (" + t.safe(strings.Join(flags, ", ")) + ")"
}

// remarks tell what flags mean, on request.
func (t *textPrinter) remarks(depth int, list []report.Remark) {
	if !t.opt.Verbose && !t.opt.Spans {
		return
	}
	for _, r := range list {
		t.below(depth, t.safe(r.Flag)+": "+t.safe(r.Detail))
	}
}

// below writes a statement under a row, indented by its depth.
func (t *textPrinter) below(depth int, text string) {
	margin := strings.Repeat(" ", t.indent+labelWidth+2*depth)
	t.wrap(margin, margin+"  ", text)
}

func (t *textPrinter) layers(depth int, layers []report.SMIMELayer) {
	for i := range layers {
		l := &layers[i]
		text := "part " + l.Part + ": " + orNone(t.safe(string(l.Kind))) + ", " + l.Verdict
		if l.Reason != "" {
			text += ": " + t.safe(string(l.Reason))
		}
		t.below(depth, text+t.about(l.Flags)+t.spans(l.Covers...))
		t.remarks(depth+1, l.Remarks)
		for k := range l.Signers {
			t.signer(depth+1, &l.Signers[k])
			t.certificate(depth+2, l, l.Signers[k].SHA256)
		}
		t.encryption(depth+1, l)
		t.commands(depth+1, l.Repeat)
		t.layers(depth+1, l.Children)
	}
}

// encryption tells how a content is encrypted and for whom.
func (t *textPrinter) encryption(depth int, l *report.SMIMELayer) {
	if l.ContentEncryption != "" {
		t.below(depth, "encrypted by "+t.safe(string(l.ContentEncryption)))
	}
	for _, r := range l.Recipients {
		t.below(depth, "for "+strings.Join(nonEmpty(orNone(t.safe(string(r.Issuer))), word("serial ", t.safe(string(r.Serial))), word("key ", t.safe(string(r.KeyID))),
			t.safe(string(r.KeyEncryption))), ", "))
	}
	if l.PlainSHA256 != "" {
		t.below(depth, "holds a content with sha256 "+string(l.PlainSHA256)+word(", by itself ", string(l.InnerVerdict)))
	}
}

// commands are not wrapped, so that they can be copied.
func (t *textPrinter) commands(depth int, list []string) {
	if !t.repeat && !t.opt.Spans {
		return
	}
	for _, c := range list {
		t.b.WriteString(strings.Repeat(" ", t.indent+labelWidth+2*depth) + "$ " + t.safe(c) + "\n")
	}
}

func (t *textPrinter) signer(depth int, s *report.Signer) {
	who := "an unknown certificate"
	if s.Subject != "" || s.SHA256 != "" {
		who = orNone(t.safe(string(s.Subject)))
	}
	t.below(depth, "signed by "+strings.Join(nonEmpty(who, t.safe(strings.Join(s.Emails, " ")), t.safe(string(s.Key)),
		t.safe(string(s.SignatureAlgorithm))+word(" ", t.safe(string(s.DigestAlgorithm)))), ", "))
	integrity := "integrity " + s.Integrity
	if s.Integrity != "valid" {
		integrity += word(": ", t.safe(string(s.Reason)))
	}
	t.below(depth+1, integrity+", identity "+s.Identity+t.about(s.Flags))
	t.remarks(depth+1, s.Remarks)
	for _, r := range s.Repair {
		t.below(depth+1, t.safe(r))
	}
	t.signerTimes(depth+1, s)
	t.signerPath(depth+1, s)
}

// certificate tells which one it is, by whom and for how long.
func (t *textPrinter) certificate(depth int, l *report.SMIMELayer, sum report.Stated) {
	for i := range l.Certificates {
		if c := &l.Certificates[i]; c.SHA256 == string(sum) {
			t.below(depth, "certificate "+strings.Join(nonEmpty(word("serial ", t.safe(string(c.Serial))), word("issued by ", t.safe(string(c.Issuer))),
				"valid from "+orNone(string(c.NotBefore))+" to "+orNone(string(c.NotAfter)), word("for ", t.safe(strings.Join(c.KeyUsage, " "))), "sha256 "+c.SHA256), "; "))
			return
		}
	}
}

// signerTimes tells what the signer claims, and what others attest.
func (t *textPrinter) signerTimes(depth int, s *report.Signer) {
	if s.SigningTime != "" {
		t.below(depth, "claims to have signed at "+t.safe(string(s.SigningTime)))
	}
	for _, stamp := range s.TimeStamps {
		if stamp.Proven {
			t.below(depth, "time-stamped at "+t.safe(string(stamp.Time))+" by "+orNone(t.safe(string(stamp.Signer))))
		} else {
			t.below(depth, "time stamp that proves nothing: "+t.safe(string(stamp.Reason)))
		}
	}
	for _, c := range s.Counters {
		t.below(depth, "counter-signed by "+orNone(t.safe(string(c.Subject)))+", integrity "+c.Integrity+word(": ", t.safe(string(c.Reason))))
	}
}

// judgedBy says whose time the path was judged at.
var judgedBy = map[report.Stated]string{
	"time-stamp": "the time stamp", "given": "as asked for", "received": "when the recipient's system took it in",
	"date": "the message's own Date", "signing-time": "the signer's own claim",
}

func (t *textPrinter) signerPath(depth int, s *report.Signer) {
	if s.JudgedAt == "" {
		return
	}
	state := s.Paths.AtEvidence
	if s.JudgedBy == "signing-time" {
		state = s.Paths.AtSigning
	}
	t.below(depth, fmt.Sprintf("path %s at %s (%s)%s", t.safe(string(state)), t.safe(string(s.JudgedAt)), judgedBy[s.JudgedBy], t.otherMoments(s, state)))
	for _, p := range s.Paths.Problems {
		t.below(depth+1, t.safe(p))
	}
	t.below(depth, "revocation: "+t.standing(s))
}

// otherMoments tells where a path is another one at another moment.
func (t *textPrinter) otherMoments(s *report.Signer, state report.Stated) string {
	var out string
	if a := s.Paths.AtSigning; a != "" && a != state {
		out += ", " + t.safe(string(a)) + " at the time that the signer claims"
	}
	if n := s.Paths.Now; n != "" && n != state {
		out += ", " + t.safe(string(n)) + " now"
	}
	return out
}

// standing tells what is known of revocation for the signer and the authorities
// above.
func (t *textPrinter) standing(s *report.Signer) string {
	if len(s.Revocation) == 0 {
		return "not checked: no list and no OCSP response speaks of these certificates"
	}
	var out []string
	for i, state := range s.Standing {
		who := "the signer"
		if i > 0 {
			who = fmt.Sprintf("authority %d above", i)
		}
		if i == 0 || state != "not-checked" {
			out = append(out, who+" "+t.safe(state))
		}
	}
	for _, r := range s.Revocation {
		text := fmt.Sprintf("%s %s", t.safe(r.Source), t.safe(string(r.Label)))
		if r.RevokedAt != "" {
			text += " says revoked at " + t.safe(string(r.RevokedAt)) + word(" for ", t.safe(string(r.Reason)))
		}
		if !r.Usable {
			text += " does not count: " + t.safe(string(r.Why))
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}
