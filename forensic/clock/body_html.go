package clock

import (
	"bytes"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// wordMarks are the elements in which Word, as the editor of Outlook, says when
// the document was begun, saved and printed; programs copy them along.
var wordMarks = [...]struct{ mark, rule string }{
	{"<o:Created>", "html.o-created"},
	{"<o:LastSaved>", "html.o-last-saved"},
	{"<o:LastPrinted>", "html.o-last-printed"},
}

// hasOfficeTag reports whether the text holds "<o:". A text full of tags is
// walked from one to the next, which is faster than a search for three bytes.
func hasOfficeTag(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 || len(text) < i+3 {
			return false
		}
		if text[i+1] == 'o' && text[i+2] == ':' {
			return true
		}
		text = text[i+1:]
	}
}

// readWord reads the document properties in an HTML text. They stand at its
// beginning; a text in base64 is not decoded for them.
func (p *partReader) readWord(part *mimeparse.Part) {
	const head = 64 << 10
	text := part.Body.Of(p.msg.Raw)
	text = text[:min(len(text), head)]
	if part.Encoding == "base64" || !hasOfficeTag(text) {
		return
	}
	for _, w := range wordMarks {
		i := bytes.Index(text, []byte(w.mark))
		if i < 0 {
			continue
		}
		start := i + len(w.mark)
		end := bytes.IndexByte(text[start:], '<')
		if end < 0 || end > 64 {
			continue
		}
		span := headers.Span{Start: part.Body.Start + start, End: part.Body.Start + start + end}
		d := headers.ParseDate(p.msg.Raw, span)
		if !d.OK || !inWindow(d.Time) {
			continue
		}
		f := dateFound(&d, w.rule, File)
		f.software, f.strength = "Microsoft Word", Bound
		p.add(place{source: "HTML document properties", part: part.Path, text: d.Raw, span: d.Span, hop: -1, field: -1}, f)
	}
}
