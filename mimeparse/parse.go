package mimeparse

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
)

// Parse reads raw into a tree of parts. It never fails: bytes that are no
// message give one part whose body is everything. opt nil means defaults.
func Parse(raw []byte, opt *Options) *Message { return ParseSource(memory(raw), opt) }

// ParseSource is [Parse] for bytes that can be released after a pass.
func ParseSource(src Source, opt *Options) *Message {
	o := new(opening)
	o.budget.fill(opt, len(src.Bytes()))
	return o.parse(src, &o.budget, 0)
}

// budget is what all messages nested in one another may use together.
type budget struct {
	opt     Options
	header  headers.Limits
	parts   int
	decoded int64
	ratio   int64
}

func (b *budget) fill(opt *Options, size int) {
	b.opt = opt.withDefaults()
	limits := &b.opt.Limits
	b.header.MaxFields = limits.MaxFields
	b.parts, b.decoded, b.ratio = limits.MaxParts, limits.MaxDecoded, limits.ratioFor(size)
}

// takePart reports whether one more part may be listed.
func (b *budget) takePart() bool {
	if b.parts <= 0 {
		return false
	}
	b.parts--
	return true
}

// opening is a message and all that is needed to read it, in one piece of
// memory: there are scans of millions of messages, most of a few parts.
type opening struct {
	m      Message
	root   Part
	parts  [4]*Part
	walker walker
	budget budget // of the outermost message
}

// parseMessage reads one message that stands depth levels deep.
func parseMessage(src Source, b *budget, depth int) *Message {
	return new(opening).parse(src, b, depth)
}

func (o *opening) parse(src Source, b *budget, depth int) *Message {
	m, root, raw := &o.m, &o.root, src.Bytes()
	m.Raw, m.source, m.opt = raw, src, b.opt
	m.Header = headers.ParseMessage(raw, &b.header)
	b.takePart()
	root.Path, root.Header, root.owner = "1", m.Header, m
	m.Parts = append(o.parts[:0], root)
	root.readFields("text/plain", b.opt.Reading)
	w := &o.walker
	w.start(m, b, depth)
	w.content(root, m.Header.Body())
	root.Body = headers.Span{Start: m.Header.Body(), End: len(raw)}
	src.Release(len(raw))
	w.nested()
	return m
}

// newChild adds the next child of p, whose header begins at the offset.
func (w *walker) newChild(p *Part, header int) *Part {
	c := w.newPart()
	c.Path, c.Parent, c.owner = p.Path+"."+strconv.Itoa(len(p.Children)+1), p, w.m
	c.Header = headers.ParsePart(w.raw, headers.Span{Start: header, End: w.end}, &w.b.header, w.stops)
	if p.Children == nil {
		p.Children = make([]*Part, 0, 2) // few have one child alone
	}
	p.Children = append(p.Children, c)
	w.m.Parts = append(w.m.Parts, c)
	def := "text/plain"
	if p.ContentType == "multipart/digest" {
		def = "message/rfc822" // RFC 2046 5.1.5
	}
	c.readFields(def, w.b.opt.Reading)
	return c
}

// newPart takes a part out of a slab, whose size grows with their number.
func (w *walker) newPart() *Part {
	if len(w.slab) == 0 {
		w.slab = make([]Part, min(2*len(w.m.Parts), 32))
	}
	p := &w.slab[0]
	w.slab = w.slab[1:]
	return p
}

func hasPrefix(s, prefix string) bool { return strings.HasPrefix(s, prefix) }
