package clock

import (
	"bytes"
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// Bounds on what is decoded to look for clocks, so that reading them stays a
// small part of an analysis.
const (
	maxHead  = 1 << 20 // of one part
	maxFiles = 8 << 20 // of all files whose clocks may stand at their end
	maxMany  = 16      // readings of one kind from one part
)

// partReader reads the parts of one message.
type partReader struct{ *reader }

// readParts reads the MIME structure and the content of the parts. Messages
// nested in a part have readings of their own.
func (r *reader) readParts() {
	p := partReader{r}
	r.budget = maxFiles
	for _, part := range r.msg.Parts {
		if len(r.out) >= maxReadings {
			break
		}
		p.readBoundary(part)
		p.readContentID(part)
		p.readDisposition(part)
		if part.IsLeaf() {
			p.readContent(part)
		}
	}
}

// at is the place of something in the header of a part. Only the message's
// own header has fields that are counted.
func (p *partReader) at(part *mimeparse.Part, source, name string) place {
	at := place{source: source, part: part.Path, hop: -1, field: -1}
	if part.Parent != nil || name == "" {
		return at
	}
	at.field = indexOf(p.msg.Header, name)
	return at
}

func (p *partReader) readBoundary(part *mimeparse.Part) {
	if part.Boundary == "" {
		return
	}
	out := appendBoundary(p.scratch[:0], part.Boundary, &p.clue)
	if len(out) == 0 {
		return
	}
	at := p.at(part, "MIME boundary", "Content-Type")
	at.text = part.Boundary
	if param, ok := part.Type.Get("boundary"); ok {
		at.span = p.inner(param.Span, part.Boundary)
	}
	p.addAll(at, out)
}

// inner is where text stands as written within span; else all of span.
func (p *partReader) inner(span headers.Span, text string) headers.Span {
	if i := bytes.Index(span.Of(p.msg.Raw), []byte(text)); i >= 0 {
		return headers.Span{Start: span.Start + i, End: span.Start + i + len(text)}
	}
	return span
}

func (p *partReader) readContentID(part *mimeparse.Part) {
	if part.ContentID != "" {
		out := appendContentID(p.scratch[:0], part.ContentID, &p.clue)
		if i := indexOf(part.Header, "Content-ID"); i >= 0 && len(out) > 0 {
			at := p.at(part, "Content-ID", "Content-ID")
			at.text, at.span = part.ContentID, p.inner(part.Header.Fields[i].Value, part.ContentID)
			p.addAll(at, out)
		}
	}
	if part.Parent == nil {
		return // the message's own fields are read already
	}
	if i := indexOf(part.Header, "X-Attachment-Id"); i >= 0 {
		f := part.Header.Fields[i]
		readAttachmentID(p.reader, f, p.at(part, f.Name, ""), nil)
	}
}

// indexOf is the index of the topmost field of that name, -1 for none.
func indexOf(b *headers.Block, name string) int {
	for i := range b.Fields {
		if f := &b.Fields[i]; len(f.Name) == len(name) && f.Is(name) {
			return i
		}
	}
	return -1
}

// readDisposition reads the dates that RFC 2183 2.4 to 2.6 puts beside a file
// name. They are the file's, as its sender's computer had them.
func (p *partReader) readDisposition(part *mimeparse.Part) {
	for i := range part.Disposition.Params {
		param := &part.Disposition.Params[i]
		switch param.Name {
		case "creation-date", "modification-date", "read-date":
		default:
			continue
		}
		d := headers.ParseDateString(param.Value)
		if !d.OK {
			continue
		}
		at := p.at(part, "Content-Disposition", "Content-Disposition")
		at.text, at.span = param.Value, p.inner(param.Span, param.Value)
		f := dateFound(&d, "disposition."+param.Name, File)
		f.strength = Bound
		p.add(at, f)
	}
}

// readContent looks for clocks in what a part holds.
func (p *partReader) readContent(part *mimeparse.Part) {
	switch part.ContentType {
	case "message/delivery-status", "message/feedback-report", "message/global-delivery-status":
		p.readReport(part)
	case "text/calendar":
		p.readCalendar(part)
	case "application/pgp-signature":
		p.readPGP(part)
	case "application/ms-tnef", "application/vnd.ms-tnef":
		p.readTNEF(part)
	default:
		p.readOther(part)
	}
}

func (p *partReader) readOther(part *mimeparse.Part) {
	switch {
	case part.Message != nil:
		p.readTNEF(part)
	case strings.HasPrefix(part.ContentType, "text/"):
		p.readPGP(part)
		if part.ContentType == "text/html" {
			p.readWord(part)
		}
	case holdsCMS(part):
		p.readSigningTime(part)
	default:
		p.readFile(part)
	}
}

// errEnough stops a decoding.
type errEnough struct{}

func (errEnough) Error() string { return "clock: enough was decoded" }

// head decodes the first limit bytes of a part. The result is valid until the
// next call.
func (p *partReader) head(part *mimeparse.Part, limit int) []byte {
	p.content = slices.Grow(p.content[:0], min(limit, part.Body.Len()))
	_, _ = part.Decode(func(piece []byte) error { // whatever is wrong with the encoding, the rest may hold a clock
		room := limit - len(p.content)
		p.content = append(p.content, piece[:min(room, len(piece))]...)
		if len(piece) >= room {
			return errEnough{}
		}
		return nil
	})
	return p.content
}

// asStored reports whether the part's content stands in the message as it is.
func asStored(part *mimeparse.Part) bool {
	switch part.Encoding {
	case "", "7bit", "8bit", "binary":
		return true
	}
	return false
}

// fileAt is the place of something in the decoded content of a part.
func fileAt(part *mimeparse.Part, source, text string) place {
	return place{source: source, part: part.Path, text: text, span: part.Body, hop: -1, field: -1}
}
