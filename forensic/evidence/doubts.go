package evidence

import (
	"bytes"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
)

// doubts are the defects between the message of a slot and its container.
func (f *File) doubts(p *Piece, s slot) []headers.Defect {
	if f.Container != Mbox {
		return f.ownDoubts(p.data[s.start:s.end])
	}
	var d []headers.Defect
	if s.from == s.start {
		d = append(d, headers.Defect{Code: "mbox.no-separator", Detail: "the mailbox does not begin with a From_ line"})
	} else if !s.blank {
		d = append(d, headers.Defect{Code: "mbox.no-blank-line", Detail: "no blank line before the From_ line (RFC 4155)"})
	}
	if p.last && s.next == len(p.data) && s.end > s.start && p.data[s.end-1] != '\n' {
		d = append(d, headers.Defect{Code: "mbox.cut", Span: headers.Span{Start: s.end - s.start, End: s.end - s.start}, Detail: "the mailbox ends in the middle of a line"})
	}
	return append(d, f.lengthDoubts(p.data, s)...)
}

// lengthDoubts: in a mailbox that is split by lengths, one that leads nowhere.
func (f *File) lengthDoubts(data []byte, s slot) []headers.Defect {
	if !f.byLength {
		return nil
	}
	if l, _ := statedSlot(data, s.from, true); l.fits {
		return nil
	}
	return []headers.Defect{{Code: "mbox.content-length", Span: headers.Span{End: fromquote.Body(data[s.start:s.end])}, Detail: "no Content-Length that leads to the next From_ line"}}
}

// ownDoubts are those of a file that holds one message.
func (f *File) ownDoubts(data []byte) []headers.Defect {
	d := f.defects
	if !bytes.HasPrefix(data, fromSpace) {
		return d
	}
	if at := nextSeparator(data, lineEnd(data, 0), len(data)); at >= 0 {
		d = append(d[:len(d):len(d)], headers.Defect{Code: "mbox.separator-inside", Span: headers.Span{Start: at, End: at + len(trimBreak(data[at:lineEnd(data, at)]))}, Detail: "another From_ line: the file may be a mailbox of several messages"})
	}
	return d
}
