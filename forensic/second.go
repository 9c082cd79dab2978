package forensic

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// SecondReading compares the parts with those that another parser finds in the
// same bytes. It is made on request (Options.SecondReader).
type SecondReading struct {
	// Reader names the other parser and its version.
	Reader string `json:"reader"`
	// Refused is its error text where it gave up; null when it read all.
	Refused Stated `json:"refused"`
	// Leaves is the number of parts with content that it found.
	Leaves int `json:"leaves"`
	// Missed lists the paths of parts whose content it did not find.
	Missed []string `json:"missed"`
	// Other lists what it found that is no part of this report.
	Other []SecondLeaf `json:"other"`
}

// SecondLeaf is a part as the other parser sees it.
type SecondLeaf struct {
	ContentType string `json:"content_type"`
	Filename    Stated `json:"filename"`
	Size        int64  `json:"size"`
	SHA256      string `json:"sha256"`
}

// readSecond asks the other parser and compares contents by their digests.
func (f *facts) readSecond() {
	raw := f.msg.Raw
	if f.msg.FromQuoted() { // the quoting belongs to the mailbox, not to the message
		body := fromquote.Body(raw)
		raw = append(make([]byte, 0, len(raw)), raw[:body]...)
		for at, end := range fromquote.Stretches(f.msg.Raw, body, len(f.msg.Raw)) {
			raw = append(raw, f.msg.Raw[at:end]...)
		}
	}
	second := mimeparse.SecondReading(raw)
	out := &SecondReading{
		Reader: second.Reader, Refused: Stated(VisibleBytes(second.Refused)), Leaves: len(second.Leaves),
		Missed: []string{}, Other: []SecondLeaf{},
	}
	left := map[string]int{}
	for _, l := range second.Leaves {
		left[l.SHA256]++
	}
	for _, p := range f.report.Parts {
		if p.SHA256 == "" {
			continue
		}
		if left[string(p.SHA256)] == 0 {
			out.Missed = append(out.Missed, p.Path)
		} else {
			left[string(p.SHA256)]--
		}
	}
	for _, l := range second.Leaves {
		if left[l.SHA256] > 0 {
			left[l.SHA256]--
			out.Other = append(out.Other, SecondLeaf{VisibleBytes(l.ContentType), Stated(VisibleBytes(l.Filename)), l.Size, l.SHA256})
		}
	}
	f.report.SecondReading = out
}

// checkSecondReader tells where the other parser shows another message.
func checkSecondReader(j *judging) []hit {
	s := j.report.SecondReading
	if s == nil || s.Refused == "" && len(s.Missed)+len(s.Other) == 0 {
		return nil
	}
	detail := s.Reader
	if s.Refused != "" {
		detail += " gave up: " + quote(string(s.Refused)) + ";"
	}
	detail += " found " + strconv.Itoa(s.Leaves) + " parts with content"
	if n := len(s.Missed); n > 0 {
		detail += "; it did not find the content of part " + strings.Join(s.Missed[:min(n, maxTold)], ", ")
	}
	for i, l := range s.Other {
		if i == maxTold {
			break
		}
		detail += "; it found " + quote(l.ContentType) + " " + quote(string(l.Filename)) + " sha256 " + l.SHA256
	}
	h := at(j.msg.Header.Span, detail)
	for _, p := range j.report.Parts {
		for _, missed := range s.Missed {
			if p.Path == missed && len(h.spans) < maxSpans {
				h.spans = append(h.spans, headers.Span(p.Body))
			}
		}
	}
	return []hit{h}
}
