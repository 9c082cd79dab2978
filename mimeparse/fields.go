package mimeparse

import (
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse/internal/transfer"
)

// readFields reads the Content-* fields of the part's header. def is the media
// type in force when none is declared.
func (p *Part) readFields(def string, r Reading) {
	p.readType(def, r)
	if f, ok := p.field("Content-Disposition", r); ok {
		p.Disposition = headers.ParseDisposition(p.owner.Raw, f.Value)
		p.addDefects(p.Disposition.Defects)
	}
	if f, ok := p.field("Content-Transfer-Encoding", r); ok {
		p.readEncoding(f)
	}
	if f, ok := p.field("Content-ID", r); ok {
		if ids, _ := f.MessageIDs(); len(ids) > 0 {
			p.ContentID = ids[0].Value
		}
	}
	p.collectNames(p.Disposition, "Content-Disposition", "filename", r)
	p.collectNames(p.Type, "Content-Type", "name", r)
}

// field picks one of possibly several like fields. Which one a reader takes
// differs, so a second one is a defect (RFC 2045 3 allows one of each).
func (p *Part) field(name string, r Reading) (headers.Field, bool) {
	first, ok := p.Header.First(name)
	if !ok {
		return first, false
	}
	last, _ := p.Header.Last(name)
	if last.Span == first.Span {
		return first, true
	}
	p.defect("mime.duplicate-field", last.Span, "field "+strings.ToLower(name)+" stands more than once in one header")
	if r.LastField {
		return last, true
	}
	return first, true
}

func (p *Part) readType(def string, r Reading) {
	p.ContentType = def
	f, ok := p.field("Content-Type", r)
	if !ok {
		return
	}
	p.Type = headers.ParseMediaType(p.owner.Raw, f.Value)
	p.addDefects(p.Type.Defects)
	if validType(p.Type.Value) {
		p.ContentType = p.Type.Value
	} else {
		// RFC 2045 5.2: an unusable Content-Type is read as plain text.
		p.ContentType = "text/plain"
		p.defect("mime.content-type-invalid", f.Value, "Content-Type names no type and subtype; read as text/plain")
	}
	if c, ok := pick(p.Type, "charset", r); ok {
		p.Charset = c.Value
	}
}

func validType(t string) bool {
	major, minor, ok := strings.Cut(t, "/")
	return ok && major != "" && minor != ""
}

func (p *Part) readEncoding(f headers.Field) {
	kind, known := transfer.Parse(f.Raw())
	p.Encoding = string(kind)
	if !known {
		p.defect("mime.cte-unknown", f.Value, "unknown transfer encoding; the body is taken as it stands")
	}
}

// pick chooses one parameter among like ones as the reading says.
func pick(v headers.ParamValue, name string, r Reading) (headers.Param, bool) {
	best, ok := v.Get(name)
	if !ok || !r.LastParam && !r.PlainParam {
		return best, ok
	}
	plainSeen := false
	for c := range v.All(name) {
		plain := c.Form != "extended" && c.Form != "continued"
		switch {
		case r.PlainParam && plain && (!plainSeen || r.LastParam):
			best, plainSeen = c, true
		case !r.PlainParam && r.LastParam:
			best = c
		}
	}
	return best, true
}

// collectNames adds every file name candidate of one field, the one that the
// reading prefers first.
func (p *Part) collectNames(v headers.ParamValue, field, param string, r Reading) {
	best, ok := pick(v, param, r)
	if !ok {
		return
	}
	p.addName(best, field)
	for c := range v.All(param) {
		if c.Span != best.Span {
			p.addName(c, field)
		}
	}
}

func (p *Part) addName(c headers.Param, field string) {
	if c.Value == "" {
		return
	}
	source := field + " " + c.Name
	switch c.Form {
	case "extended":
		source += "*"
	case "continued":
		source += "*0"
	}
	p.Names = append(p.Names, Filename{Value: c.Value, Source: source, Raw: c.Raw, Span: c.Span})
}

// boundaryOf returns the boundary that splits p; "" when p is not split. None
// is guessed: a multipart without a usable boundary is a leaf with a defect,
// whose bytes are all there to be looked at.
func (w *walker) boundaryOf(p *Part) string {
	if !hasPrefix(p.ContentType, "multipart/") {
		return ""
	}
	param, ok := pick(p.Type, "boundary", w.b.opt.Reading)
	boundary := param.Value
	if !w.b.opt.Reading.RawBoundary {
		boundary = strings.TrimRight(boundary, " \t") // RFC 2046 5.1.1: it never ends with white space
	}
	switch {
	case !ok:
		p.defect("mime.boundary-missing", p.Header.Span, "multipart without a boundary parameter; not split")
	case boundary == "":
		p.defect("mime.boundary-empty", param.Span, "empty boundary parameter; not split")
	case len(w.stack)+w.depth >= w.b.opt.Limits.MaxDepth:
		p.defect("limit.depth", param.Span, "nesting deeper than the limit; not split")
		return ""
	case len(boundary) > 70:
		p.defect("mime.boundary-too-long", param.Span, "boundary of over 70 characters")
	}
	if boundary != "" {
		p.checkEncodingOnMultipart()
	}
	return boundary
}

// checkEncodingOnMultipart records an encoding that RFC 2045 6.4 forbids on a
// composite type. The body is read as it stands.
func (p *Part) checkEncodingOnMultipart() {
	switch p.Encoding {
	case "", "7bit", "8bit", "binary":
		return
	}
	if f, ok := p.Header.First("Content-Transfer-Encoding"); ok {
		p.defect("mime.cte-on-composite", f.Value, "transfer encoding on a multipart; read as if it were not there")
	}
}
