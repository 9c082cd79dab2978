package clock

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// pdfReach is how much of a PDF's beginning and end is looked through. The
// document information stands there, unless it is packed in an object stream.
const pdfReach = 64 << 10

// pdfDates are the ways in which a PDF states its dates: the information
// dictionary (ISO 32000-1 14.3.3) and XMP.
var pdfDates = [...]struct{ mark, source, rule string }{
	{"/CreationDate", "PDF CreationDate", "pdf.created"},
	{"/ModDate", "PDF ModDate", "pdf.modified"},
	{"<xmp:CreateDate>", "XMP CreateDate", "xmp.created"},
	{"<xmp:ModifyDate>", "XMP ModifyDate", "xmp.modified"},
}

// readPDF reads the first and, in a PDF that was changed, the last of each
// kind of date.
func (p *partReader) readPDF(part *mimeparse.Part, b []byte) {
	head, tail := b[:min(len(b), pdfReach)], b[max(0, len(b)-pdfReach):]
	for _, d := range pdfDates {
		at := bytes.Index(head, []byte(d.mark))
		if at < 0 && len(tail) == len(b) {
			continue // the tail is the head
		}
		first := dateBehind(head, at, d.mark)
		last := dateBehind(tail, lastIndex(tail, d.mark), d.mark)
		if first != "" {
			p.addPDFDate(part, d.source, first, d.rule)
		}
		if last != "" && last != first {
			p.addPDFDate(part, d.source, last, d.rule)
		}
	}
}

// dateBehind is the text of the date behind the mark at i.
func dateBehind(b []byte, i int, mark string) string {
	if i < 0 {
		return ""
	}
	b = b[i+len(mark):]
	b = b[:min(len(b), 64)]
	closing := byte('<')
	if mark[0] == '/' {
		b = bytes.TrimLeft(b, " \t\r\n")
		if len(b) == 0 || b[0] != '(' {
			return ""
		}
		b, closing = b[1:], ')'
	}
	end := bytes.IndexByte(b, closing)
	if end < 0 {
		return ""
	}
	return string(b[:end])
}

func (p *partReader) addPDFDate(part *mimeparse.Part, source, text, rule string) {
	if !strings.HasPrefix(source, "PDF") {
		p.addFileDate(part, source, text, rule)
		return
	}
	if f, ok := pdfDate(text); ok {
		f.rule = rule
		p.addFile(part, source, text, f)
	}
}

// pdfDate reads "D:20200131123456+01'00'" (ISO 32000-1 7.9.4) down to the
// minute at least. Without an offset it is a wall time.
func pdfDate(s string) (f found, ok bool) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "D:")
	n := digitRun(s)
	if n != 12 && n != 14 {
		return f, false
	}
	f.clock, f.step = SenderLocal, time.Second
	if n == 12 {
		f.step = time.Minute
	}
	if f.at, ok = ymdhms(s[:n]); !ok || n == len(s) {
		return f, ok
	}
	f.clock, f.hasOffset = UTC, true
	if s[n] == 'Z' {
		return f, true
	}
	f.offset, ok = pdfOffset(s[n:])
	f.at = f.at.Add(-f.offset)
	return f, ok
}

// pdfOffset reads "+01'00'"; the last mark, or the minutes, may be missing.
func pdfOffset(s string) (time.Duration, bool) {
	sign := time.Duration(1)
	switch {
	case s[0] == '-':
		sign = -1
	case s[0] != '+':
		return 0, false
	}
	s = strings.ReplaceAll(s[1:], "'", "")
	if len(s) == 2 {
		s += "00"
	}
	v, ok := decimal(s)
	if !ok || len(s) != 4 || v/100 > 14 || v%100 > 59 {
		return 0, false
	}
	return sign * (time.Duration(v/100)*time.Hour + time.Duration(v%100)*time.Minute), true
}
