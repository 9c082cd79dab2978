package forensic

import (
	"slices"

	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// readParts lists the parts, decodes and digests every leaf, and reports on
// the messages inside them.
func (a *analysis) readParts(f *facts) {
	f.parts = f.msg.Parts
	f.report.Parts = make([]report.Part, len(f.parts))
	for i, p := range f.parts {
		if a.ctx.Err() != nil {
			f.report.Parts = f.report.Parts[:i]
			return
		}
		a.readPart(f, p, &f.report.Parts[i])
	}
}

func (a *analysis) readPart(f *facts, p *mimeparse.Part, part *report.Part) {
	*part = describe(p)
	if p.Parent != nil {
		// The header of the message itself is filed by report.
		f.addDefects(p.Path, p.Header.Defects)
	}
	defects := p.Defects
	if p.IsLeaf() {
		if found := a.readLeaf(p, part); len(found) > 0 {
			defects = append(slices.Clip(defects), found...)
		}
		part.Message = a.inside(f, p)
	}
	part.Defects = slices.Clone(f.addDefects(p.Path, defects))
}

// describe copies what the parser knows of a part.
func describe(p *mimeparse.Part) report.Part {
	part := report.Part{
		Path: p.Path, ContentType: rawtext.Visible(p.ContentType), Declared: p.Type.Value == p.ContentType,
		Charset: report.Stated(p.Charset), Encoding: report.Stated(p.Encoding), Disposition: report.Stated(p.Disposition.Value),
		ContentID: report.Stated(p.ContentID), Header: p.Header.Span, Body: p.Body,
		EncodedSize: int64(p.Body.Len()), IsAttachment: p.IsAttachment(),
		Filenames: []report.Filename{}, Inline: []report.Inline{}, Defects: []report.Defect{},
	}
	if p.Parent != nil {
		part.Parent = report.Stated(p.Parent.Path)
	}
	part.Preamble, part.Epilogue = unlessEmpty(p.Preamble), unlessEmpty(p.Epilogue)
	for _, n := range p.Names {
		part.Filenames = append(part.Filenames, report.Filename{Value: n.Value, Source: n.Source, Raw: report.Raw(n.Raw), Span: n.Span})
	}
	if len(part.Filenames) > 0 {
		raw := part.Filenames[0].Raw
		part.Filename, part.FilenameRaw = report.Stated(part.Filenames[0].Value), &raw
	}
	return part
}

func unlessEmpty(s headers.Span) *headers.Span {
	if s.Empty() {
		return nil
	}
	some := s // s itself would be moved to the heap when it is empty, too
	return &some
}

// sniffed is how much of a content is looked at for magic numbers.
const sniffed = 3072

// leafReader is what decoding of one leaf fills in.
type leafReader struct {
	head  [sniffed]byte
	known int                      // bytes of head in use
	sink  func(piece []byte) error // take, made once
}

// take is given the content of a leaf piece by piece. It never fails.
func (d *digester) take(piece []byte) error {
	d.write(piece)
	l := &d.leaf
	l.known += copy(l.head[l.known:], piece)
	return nil
}

// begin makes ready for the next leaf.
func (d *digester) begin(legacy bool) {
	d.reset(legacy)
	d.leaf.known = 0
}

// detected is the media type that the first bytes of the leaf show.
func (d *digester) detected() string { return mimeparse.Detect(d.leaf.head[:d.leaf.known]) }

// readLeaf decodes and digests one leaf.
func (a *analysis) readLeaf(p *mimeparse.Part, part *report.Part) (defects []headers.Defect) {
	a.digest.begin(a.legacy(p.Body.Len()))
	// The sink never fails, so the error is always nil.
	res, _ := p.Decode(a.digest.leaf.sink)
	d := a.digest.sum()
	size := d.size
	part.Size, part.SHA256, part.SHA1, part.MD5 = &size, report.Stated(d.sha256), d.sha1, d.md5
	part.SHA256Encoded = a.hashEncoded(p, part)
	if size > 0 {
		part.DetectedType = report.Stated(a.digest.detected())
	}
	inline := p.InlineDecoder()
	for _, in := range p.Inline {
		found, more := a.readInline(p, inline, in)
		part.Inline = append(part.Inline, found)
		defects = append(defects, more...)
	}
	if len(defects) == 0 {
		return res.Defects
	}
	return append(res.Defects, defects...)
}

// hashEncoded is the digest of the body as stored. Where nothing is encoded it
// is the digest of the content.
func (a *analysis) hashEncoded(p *mimeparse.Part, part *report.Part) report.Stated {
	if a.opt.Digests == DigestsMinimal {
		return ""
	}
	switch p.Encoding {
	case "", "7bit", "8bit", "binary":
		if part.Size != nil && int(*part.Size) == p.Body.Len() { // nothing was quoted
			return part.SHA256
		}
	}
	return report.Stated(a.digest.stored(p))
}

// readInline decodes and digests a file in the text of a part.
func (a *analysis) readInline(p *mimeparse.Part, d *mimeparse.InlineDecoder, in mimeparse.Inline) (report.Inline, []headers.Defect) {
	a.digest.begin(a.legacy(in.Span.Len()))
	res, _ := d.Decode(in, a.digest.leaf.sink)
	sum := a.digest.sum()
	place := "text"
	if in.Span.End <= p.Body.Start {
		place = "header"
	}
	var content *report.PartSpan
	if in.Decoded {
		content = &report.PartSpan{Part: p.Path, Start: in.Content.Start, End: in.Content.End}
	}
	return report.Inline{
		Place: place, Content: content,
		Name: report.Stated(in.Name), Span: in.Span, Size: sum.size, SHA256: sum.sha256, SHA1: sum.sha1, MD5: sum.md5,
		DetectedType: a.digest.detected(), Complete: in.Complete,
	}, res.Defects
}

// inside reports on the message in a part: a nested message, a TNEF stream, or
// what came out of an S/MIME object.
func (a *analysis) inside(f *facts, p *mimeparse.Part) *Report {
	outer := &f.report.Evidence
	ev := report.Evidence{Path: outer.Path, Container: evidence.CMS, Parent: &report.Parent{Part: p.Path, SHA256: outer.SHA256}}
	if p.Message != nil {
		ev.Container = evidence.Container(p.Message.Container)
		if p.Message.Offset >= 0 {
			offset := int64(p.Message.Offset)
			ev.Offset = &offset
		}
		return a.report(p.Message, ev, nil)
	}
	inner, layers := f.insideOf(p)
	if inner == nil || a.depth >= maxOpaqueDepth {
		return nil
	}
	a.depth++
	defer func() { a.depth-- }()
	return a.report(inner, ev, layers)
}

// maxOpaqueDepth bounds CMS objects inside one another. Each level is decoded
// into memory, so it is far below the depth of ordinary nesting.
const maxOpaqueDepth = 8

// stored is the SHA-256 of the body as it stands in the message.
func (d *digester) stored(p *mimeparse.Part) string {
	d.reset(false)
	for piece := range p.Stored() {
		d.sha256.Write(piece)
	}
	return d.digits(d.sha256)
}
