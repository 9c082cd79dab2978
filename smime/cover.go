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
	own := map[*mimeparse.Part]bool{}
	var out []*mimeparse.Part
	for _, p := range m.Parts {
		if p.ContentType == "multipart/signed" && len(p.Children) > 1 && isSignature(p.Children[1]) {
			own[p.Children[1]] = true
		}
		switch {
		case p.IsLeaf() && !own[p], p.IsMultipart() && len(p.Children) == 0 && hasText(m, p.Body):
			out = append(out, p)
		}
	}
	return out
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
