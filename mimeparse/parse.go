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
	budget := newBudget(opt, len(src.Bytes()))
	return parseMessage(src, budget, 0)
}

// budget is what all messages nested in one another may use together.
type budget struct {
	opt     Options
	parts   int
	decoded int64
	ratio   int64
}

func newBudget(opt *Options, size int) *budget {
	full := opt.withDefaults()
	b := &budget{opt: full, parts: full.Limits.MaxParts, decoded: full.Limits.MaxDecoded}
	b.ratio = full.Limits.ratioFor(size)
	return b
}

// takePart reports whether one more part may be listed.
func (b *budget) takePart() bool {
	if b.parts <= 0 {
		return false
	}
	b.parts--
	return true
}

// parseMessage reads one message that stands depth levels deep.
func parseMessage(src Source, b *budget, depth int) *Message {
	raw := src.Bytes()
	m := &Message{Raw: raw, source: src, opt: b.opt}
	m.Header = headers.ParseMessage(raw, &headers.Limits{MaxFields: b.opt.Limits.MaxFields})
	b.takePart()
	root := &Part{Path: "1", Header: m.Header, owner: m}
	m.Parts = append(m.Parts, root)
	root.readFields("text/plain", b.opt.Reading)
	w := newWalker(m, b, depth)
	w.content(root, m.Header.Body())
	root.Body = headers.Span{Start: m.Header.Body(), End: len(raw)}
	src.Release(len(raw))
	w.nested()
	return m
}

// newChild adds the next child of p, whose header begins at the offset.
func (w *walker) newChild(p *Part, header int) *Part {
	c := &Part{Path: p.Path + "." + strconv.Itoa(len(p.Children)+1), Parent: p, owner: w.m}
	c.Header = headers.ParsePart(w.raw, headers.Span{Start: header, End: w.end}, &headers.Limits{MaxFields: w.b.opt.Limits.MaxFields}, w.isDelimiter)
	p.Children = append(p.Children, c)
	w.m.Parts = append(w.m.Parts, c)
	def := "text/plain"
	if p.ContentType == "multipart/digest" {
		def = "message/rfc822" // RFC 2046 5.1.5
	}
	c.readFields(def, w.b.opt.Reading)
	return c
}

func hasPrefix(s, prefix string) bool { return strings.HasPrefix(s, prefix) }
