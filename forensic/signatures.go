package forensic

import (
	"slices"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

const (
	// notChecked is the state of what this version does not recompute.
	notChecked = "not-checked"
	whyNot     = "not recomputed by this version"
)

// readTrust lists signatures and authentication results as they stand. Nothing
// is recomputed in this version, and each state says so.
func (f *facts) readTrust() {
	f.report.Signatures = report.Signatures{DKIM: []report.DKIMSignature{}, PGP: []report.PGPSignature{}}
	auth := &f.report.Authentication
	room := &struct {
		spf   report.CheckState
		dmarc report.DMARC
	}{report.CheckState{Result: notChecked, Reason: whyNot}, report.DMARC{Result: notChecked, Reason: whyNot, AlignedBy: []string{}}}
	auth.SPF, auth.DMARC = &room.spf, &room.dmarc
	auth.Results = []report.AuthResult{}
	if slices.ContainsFunc(trustFields[:], f.may) {
		for i := range f.msg.Header.Fields {
			f.readTrustField(&f.msg.Header.Fields[i])
		}
	}
	f.readPGP()
}

// trustFields are the fields that readTrustField reads.
var trustFields = [...]string{"DKIM-Signature", "Authentication-Results", "ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results"}

func (f *facts) readTrustField(field *headers.Field) {
	switch {
	case field.Is("DKIM-Signature"):
		f.readDKIM(*field)
	case field.Is("Authentication-Results"):
		f.readAuthResults(*field)
	case field.Is("ARC-Seal"), field.Is("ARC-Message-Signature"):
		tags := headers.ParseTagList(f.msg.Raw, field.Value)
		tag, _ := tags.Get("i")
		f.addInstance(tag.Compact())
		f.addDefects("1", tags.Defects)
	case field.Is("ARC-Authentication-Results"):
		ar := headers.ParseAuthResults(f.msg.Raw, field.Value)
		f.addInstance(ar.Instance)
		f.addDefects("1", ar.Defects)
	}
}

// readDKIM copies the tags of one signature (RFC 6376 3.5). Of a repeated tag
// the first is shown; the defect tells of the other.
func (f *facts) readDKIM(field headers.Field) {
	tags := headers.ParseTagList(f.msg.Raw, field.Value)
	tag := func(name string) report.Stated {
		t, _ := tags.Get(name)
		return report.Stated(rawtext.Visible(t.Compact()))
	}
	f.report.Signatures.DKIM = append(f.report.Signatures.DKIM, report.DKIMSignature{
		Span: field.Span, Domain: tag("d"), Selector: tag("s"), Identity: tag("i"), Algorithm: tag("a"),
		Canonicalization: tag("c"), SignedList: splitColons(string(tag("h"))), BodyLengthLimit: tag("l"),
		Timestamp: tag("t"), Expires: tag("x"),
		// RFC 8601 2.7.1: "neutral" is a signature that was not processed.
		BodyHash: "uncheckable", HeaderSig: "uncheckable", Key: notChecked, Result: "neutral",
	})
	f.addDefects("1", tags.Defects)
}

// maxInstance: RFC 8617 4.2.1.
const maxInstance = 50

// addInstance notes that an ARC set with the number is there.
func (f *facts) addInstance(text string) {
	arc := &f.report.Signatures.ARC
	if *arc == nil {
		*arc = &report.ARC{Instances: []int{}, Seal: notChecked, Chain: notChecked}
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxInstance {
		return
	}
	if at, seen := slices.BinarySearch((*arc).Instances, n); !seen {
		(*arc).Instances = slices.Insert((*arc).Instances, at, n)
	}
}

func (f *facts) readAuthResults(field headers.Field) {
	ar := headers.ParseAuthResults(f.msg.Raw, field.Value)
	for _, r := range ar.Results {
		out := report.AuthResult{
			AuthServID: report.Stated(rawtext.Visible(ar.ServID)), Method: rawtext.Visible(r.Method), Result: rawtext.Visible(r.Result),
			Reason: report.Stated(rawtext.Visible(r.Reason)), Span: r.Span, Author: report.AuthorRelay, Props: []report.AuthProp{},
		}
		for _, p := range r.Props {
			out.Props = append(out.Props, report.AuthProp{Name: rawtext.Visible(p.Name()), Value: rawtext.Visible(p.Value)})
		}
		f.report.Authentication.Results = append(f.report.Authentication.Results, out)
	}
	f.addDefects("1", ar.Defects)
}

// splitColons cuts the list of a tag into its items (RFC 6376 3.5, "h=").
// Blanks and folds around an item do not count, and neither do empty items.
func splitColons(s string) []string {
	out := []string{}
	for item := range strings.SplitSeq(s, ":") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}
