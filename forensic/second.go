package forensic

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
	"github.com/emlcheck/emlcheck/mimeparse"
)

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
	out := &report.SecondReading{
		Reader: second.Reader, Refused: report.Stated(rawtext.Visible(second.Refused)), Leaves: len(second.Leaves),
		Missed: []string{}, Other: []report.SecondLeaf{},
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
			out.Other = append(out.Other, report.SecondLeaf{ContentType: rawtext.Visible(l.ContentType), Filename: report.Stated(rawtext.Visible(l.Filename)), Size: l.Size, SHA256: l.SHA256})
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
