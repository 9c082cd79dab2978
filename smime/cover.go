package smime

import (
	"slices"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// leaves lists what of a message a reader is shown or offered: every leaf but the
// signature of a multipart/signed, and a multipart that holds text and no part. A
// message inside is one leaf: it is offered as one.
func leaves(m *mimeparse.Message) []*mimeparse.Part {
	var out []*mimeparse.Part
	for _, p := range m.Parts {
		if p.IsLeaf() && !isInPlace(p) || p.IsMultipart() && len(p.Children) == 0 && hasText(m, p.Body) {
			out = append(out, p)
		}
	}
	return out
}

// isInPlace reports whether a part is the signature of the multipart/signed around
// it: the second part (RFC 1847 2.1).
func isInPlace(p *mimeparse.Part) bool {
	around := p.Parent
	return isSignature(p) && around != nil && around.ContentType == "multipart/signed" && len(around.Children) > 1 && around.Children[1] == p
}

// uncovered lists the leaves that stand in none of the stretches that a signature
// covers, and are not empty.
func uncovered(m *mimeparse.Message, covered []headers.Span) []*mimeparse.Part {
	var out []*mimeparse.Part
	for _, p := range leaves(m) {
		if p.Body.Empty() && len(p.Names) == 0 {
			continue
		}
		if !slices.ContainsFunc(covered, func(s headers.Span) bool { return s.Start <= p.Body.Start && p.Body.End <= s.End }) {
			out = append(out, p)
		}
	}
	return out
}

// isText reports whether a leaf is text that is shown, not offered as a file.
func isText(p *mimeparse.Part) bool {
	return len(p.ContentType) > 5 && p.ContentType[:5] == "text/" && !p.IsAttachment()
}
