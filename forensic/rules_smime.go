package forensic

import (
	"iter"
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/smime"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// smimeRules judge signatures and encryption by what package smime has found.
// Nothing is said of a signer whom nobody was asked to trust.
var smimeRules = []rule{
	{
		id: "smime.backdated", severity: report.High, confidence: report.Likely,
		title:      "A signature claims an earlier time, at which its certificate still held",
		explain:    "At the time of the evidence the certificate of the path had expired or was revoked; at the time that the signer or the Date field claims it had not. Whoever has such a key can choose what he claims.",
		innocent:   "The message lay in a queue or a drafts folder while the certificate ran out, or was taken in much later by another system.",
		references: []string{"RFC 5652 11.3", "RFC 8550 2.3"},
		check:      checkFlag("backdated"),
	},
	{
		id: "smime.certificate", severity: report.Medium, confidence: report.Sure,
		title:      "The certificate of a signature does not hold at the time of the evidence",
		explain:    "A path is looked for from the signer's certificate to a root that the examiner trusts, at the time at which the recipient's system took the message in, or the one asked for. High when a certificate was revoked; information when no path leads to one of the roots given, low when it is for another purpose.",
		innocent:   "People use certificates a little longer than they run; an authority is missing among the roots; revocation lists give no reason for many replaced cards.",
		references: []string{"RFC 5280 6", "RFC 8550 4"},
		check:      checkCertificate,
	},
	{
		id: "smime.decoy", severity: report.Low, confidence: report.Sure,
		title:      "A signature is attached that goes over nothing",
		explain:    "A detached signature is the second part of a multipart/signed and goes over the first. Elsewhere it is a file among others, but mail programs and people take its name for a sign of a signed message.",
		innocent:   "Gateways and mailing lists take a multipart/signed apart; signed files are sent with their signatures.",
		references: []string{"RFC 8551 3.5.3", "RFC 1847 2.1"},
		check:      checkFlag("signature-not-applied"),
	},
	{
		id: "smime.efail-wrap", severity: report.High, confidence: report.Likely,
		title:      "HTML stands open before an encrypted part",
		explain:    "The HTML ends inside of a tag or of an attribute. A mail program that puts the decrypted text behind it and shows both as one page sends the text to the address in the attribute (EFAIL, direct exfiltration).",
		innocent:   "Damaged HTML that happens to stand before a forwarded encrypted message; rare.",
		references: []string{"RFC 8551 6", "CVE-2017-17688"},
		check:      checkFlag("efail-wrap"),
	},
	{
		id: "smime.embedded-content", severity: report.Medium, confidence: report.Sure,
		title:      "The signature of a part holds a content of its own",
		explain:    "In a multipart/signed the signature is detached. A program that verifies the content inside of the object, and shows the part beside it, shows what nobody has signed (CVE-2018-18509). The verdict here is about the part.",
		innocent:   "Software that signs without detaching, with the same content in both places.",
		references: []string{"RFC 8551 3.5.3"},
		check:      checkFlag("embedded-content"),
	},
	{
		id: "smime.header-differs", severity: report.Medium, confidence: report.Sure,
		title:      "The header field that is protected by a signature differs from the one that is shown",
		explain:    "Header fields under the protection of the signature are compared with those outside, which every system on the way can write. Low where only Subject differs: encrypting programs hide it outside.",
		innocent:   "Mailing lists put their name into Subject and rewrite From.",
		references: []string{"RFC 9788 4", "RFC 8551 3.1"},
		check:      checkProtected,
	},
	{
		id: "smime.identity-mismatch", severity: report.Medium, confidence: report.Sure,
		title:      "A signature holds, but its certificate does not speak for the author shown",
		explain:    "The addresses in the certificate are compared with those in From, and with Sender where there is one. A valid signature by somebody else says nothing of the author whose name is shown.",
		innocent:   "Aliases, changed names, shared mailboxes and mailing lists that rewrite From.",
		references: []string{"RFC 8550 3", "RFC 8551 3.1"},
		check:      checkSigner,
	},
	{
		id: "smime.invalid", severity: report.High, confidence: report.Sure,
		title:      "A signature does not fit what it stands at",
		explain:    "The digest of the signed part or the signature itself was recomputed and is another one. Low where undoing a change that systems make on the way, such as a footer or quoted lines, makes it fit: the change is named.",
		innocent:   "Gateways that convert, scan or add a disclaimer; software that signs wrongly.",
		references: []string{"RFC 5652 5.6", "RFC 8551 3.1"},
		check:      checkIntegrity,
	},
	{
		id: "smime.malformed", severity: report.Medium, confidence: report.Sure,
		title:      "What claims to be S/MIME cannot be verified in one way",
		explain:    "The object cannot be read, or the structure around it can be taken apart in two ways, so that one program shows what another one finds unsigned.",
		innocent:   "Damage in transfer; gateways that add parts to a signed message.",
		references: []string{"RFC 1847 2.1", "RFC 5652", "RFC 8551 3"},
		check:      checkVerdict(smime.VerdictMalformed),
	},
	{
		id: "smime.partial", severity: report.Medium, confidence: report.Sure,
		title:      "A part of the message is shown that its signature does not cover",
		explain:    "Mail programs show one sign for the whole message. Parts before, behind or beside the signed one can be put there by anybody on the way.",
		innocent:   "Mailing lists and companies add a footer as a part of its own.",
		references: []string{"RFC 8551 3.5", "RFC 1847 2.1"},
		check:      checkCoverage,
	},
	{
		id: "smime.weak", severity: report.Low, confidence: report.Sure,
		title:      "The algorithm or key of a signature was too weak at the time of the evidence",
		explain:    "Signatures by MD5, and since 2020 by SHA-1, can be made to fit two texts; keys that are short for their time can be found out.",
		innocent:   "Old mail programs, smart cards and company authorities stay in use for many years.",
		references: []string{"RFC 8551 6", "RFC 6151", "RFC 6194"},
		check:      checkVerdict(smime.VerdictWeak),
	},
}

// ownLayers iterates over the layers in the message itself. Those of messages
// inside are judged there.
func (j *judging) ownLayers() iter.Seq[*smime.Layer] {
	return func(yield func(*smime.Layer) bool) {
		if j.smime != nil {
			j.walkLayers(j.smime.Layers, yield)
		}
	}
}

func (j *judging) walkLayers(layers []*smime.Layer, yield func(*smime.Layer) bool) bool {
	for _, l := range layers {
		if l.Message == j.msg && !yield(l) || !j.walkLayers(l.Children, yield) {
			return false
		}
	}
	return true
}

// layerHit is a hit at the part of a layer, and at the fields named.
func (j *judging) layerHit(l *smime.Layer, detail string, fields ...string) hit {
	h := hit{detail: "part " + l.Part + ": " + detail}
	for i := range j.report.Parts {
		if p := &j.report.Parts[i]; p.Path == l.PartPath() {
			h.spans = append(h.spans, partSpan(p))
		}
	}
	for _, name := range fields {
		if f, ok := j.field(name); ok {
			h.spans = append(h.spans, f.Span)
		}
	}
	return h
}

// checkFlag makes a hit of each layer with the flag, or with a signer that has it.
func checkFlag(code string) func(*judging) []hit {
	return func(j *judging) (hits []hit) {
		for l := range j.ownLayers() {
			flags := l.Flags
			for i := range l.Signers {
				flags = append(flags[:len(flags):len(flags)], l.Signers[i].Flags...)
			}
			if i := slices.IndexFunc(flags, func(f smime.Flag) bool { return f.Code == code }); i >= 0 {
				hits = j.addHit(hits, j.layerHit(l, orText(flags[i].Detail, l.Reason)))
			}
		}
		return hits
	}
}

func orText(a, b string) string {
	if a != "" {
		return quoteLess(a)
	}
	return quoteLess(b)
}

// quoteLess makes a text visible without quotation marks: it is our own, with words
// of the evidence in it.
func quoteLess(s string) string { return strings.Trim(quote(s), `"`) }

// checkVerdict makes a hit of each layer with the verdict.
func checkVerdict(v smime.Verdict) func(*judging) []hit {
	return func(j *judging) (hits []hit) {
		for l := range j.ownLayers() {
			if l.Verdict == v {
				hits = j.addHit(hits, j.layerHit(l, quoteLess(l.Reason)))
			}
		}
		return hits
	}
}

// checkCertificate judges the paths of signatures that fit.
func checkCertificate(j *judging) (hits []hit) {
	for l := range j.ownLayers() {
		for i := range l.Signers {
			s := &l.Signers[i]
			if s.Integrity != smime.IntegrityValid || s.AtEvidence == nil {
				continue
			}
			if h, bad := j.pathHit(l, s.AtEvidence); bad {
				hits = j.addHit(hits, h)
			}
		}
	}
	return hits
}

func (j *judging) pathHit(l *smime.Layer, p *pki.Path) (h hit, bad bool) {
	severity := report.Medium
	switch p.State {
	case pki.StateValid, pki.StateNoAnchors:
		return h, false
	case pki.StateRevoked:
		severity = report.High
	case pki.StateUntrusted:
		severity = report.Info
	case pki.StateWrongPurpose:
		severity = report.Low
	}
	var why []string
	for _, q := range p.Problems {
		why = append(why, q.Detail)
	}
	h = j.layerHit(l, string(p.State)+": "+quoteLess(strings.Join(why, "; ")))
	h.severity, h.aspect = severity, string(p.State)
	return h, true
}

// checkProtected compares the protected header with the one outside.
func checkProtected(j *judging) (hits []hit) {
	var names []string
	if j.smime != nil {
		for _, f := range j.smime.Flags {
			if name, _, ok := strings.Cut(f.Detail, " "); ok && f.Code == "header-differs" {
				names = append(names, name)
			}
		}
	}
	for l := range j.ownLayers() {
		if len(names) > 0 && len(hits) == 0 {
			h := j.layerHit(l, strings.Join(names, ", ")+" inside of the protection and outside of it differ", names...)
			if len(names) == 1 && names[0] == "Subject" {
				h.severity = report.Low
			}
			hits = j.addHit(hits, h)
		}
	}
	return hits
}

// checkSigner judges for whom signatures that fit speak.
func checkSigner(j *judging) (hits []hit) {
	for l := range j.ownLayers() {
		for i := range l.Signers {
			s := &l.Signers[i]
			if s.Integrity != smime.IntegrityValid || s.Identity == smime.IdentityMatch || s.Certificate == nil {
				continue
			}
			speaks := "no address"
			if emails := s.Certificate.Emails(); len(emails) > 0 {
				speaks = quote(strings.Join(emails, " "))
			}
			hits = j.addHit(hits, j.layerHit(l, "the certificate speaks for "+speaks, "From", "Sender"))
		}
	}
	return hits
}

// checkIntegrity judges signatures that do not fit.
func checkIntegrity(j *judging) (hits []hit) {
	for l := range j.ownLayers() {
		if l.Verdict == smime.VerdictInvalid && len(l.Signers) == 0 {
			hits = j.addHit(hits, j.layerHit(l, quoteLess(l.Reason)))
		}
		for i := range l.Signers {
			s := &l.Signers[i]
			if s.Integrity != smime.IntegrityInvalid {
				continue
			}
			h := j.layerHit(l, quoteLess(s.Reason))
			if s.Repair != nil {
				h.severity, h.aspect = report.Low, s.Repair.Code
				h.detail += "; the digest fits if " + quoteLess(s.Repair.Detail)
			}
			hits = j.addHit(hits, h)
		}
	}
	return hits
}

// checkCoverage lists what is shown beside signed parts.
func checkCoverage(j *judging) []hit {
	if j.smime == nil || len(j.smime.Uncovered) == 0 || !slices.ContainsFunc(j.smime.Layers, func(l *smime.Layer) bool { return len(l.Signers) > 0 }) {
		return nil
	}
	var spans []headers.Span
	var paths []string
	for _, p := range j.smime.Uncovered {
		spans, paths = append(spans, p.Body), append(paths, p.Path)
	}
	return []hit{{detail: "not signed: part " + strings.Join(paths, ", "), spans: spans}}
}
