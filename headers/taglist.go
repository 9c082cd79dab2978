package headers

import (
	"bytes"
	"iter"
	"strings"
	"unicode/utf8"
)

// TagList is a list of tag=value pairs (RFC 6376 3.2): the value of
// DKIM-Signature, ARC-Seal or ARC-Message-Signature, or a key record of DNS.
// The zero value is an empty list.
type TagList struct {
	// Tags holds every tag in the order written, repeated ones too. RFC 6376
	// 3.2 makes a list with a repeated name invalid as a whole; which of the two
	// a verifier took cannot be known from the list.
	Tags []Tag
	// Defects lists what departs from the grammar, in order of position. Their
	// codes begin with "taglist.".
	Defects []Defect
}

// Tag is one tag=value pair as written. Nothing in it is decoded.
type Tag struct {
	// Name is the tag name; names are case-sensitive (RFC 6376 3.2). It is
	// empty where nothing stands before the "=".
	Name string
	// Value is the text behind the first "=" without the white space around
	// it. White space inside is kept, line breaks of folding included: whether
	// it counts is for each tag to say. See [Tag.Compact].
	Value string
	// Span is all between two semicolons, white space included. What stands in
	// it behind the first "=" is what a verifier leaves out of the hash for the
	// tag "b" (RFC 6376 3.7).
	Span Span
	// NameSpan and ValueSpan are the bytes of Name and Value.
	NameSpan, ValueSpan Span
}

// Compact is the value without any white space: how RFC 6376 3.5 has the tags
// b, bh, h, i and z read.
func (t Tag) Compact() string {
	if !strings.ContainsAny(t.Value, " \t\r\n") {
		return t.Value
	}
	out := make([]byte, 0, len(t.Value))
	for i := 0; i < len(t.Value); i++ {
		if c := t.Value[i]; !dateIsBlank(c) {
			out = append(out, c)
		}
	}
	return string(out)
}

// Get returns the first tag named name; ok is false when there is none.
func (l TagList) Get(name string) (t Tag, ok bool) {
	for t := range l.All(name) {
		return t, true
	}
	return Tag{}, false
}

// All iterates over the tags named name, in order.
func (l TagList) All(name string) iter.Seq[Tag] {
	return func(yield func(Tag) bool) {
		for _, t := range l.Tags {
			if t.Name == name && !yield(t) {
				return
			}
		}
	}
}

// tagMax bounds what one list can cost; RFC 6376 and 8617 define 15 tags.
const tagMax = 10_000

// ParseTagList reads the tags in the bytes of raw at the given span. It always
// returns a usable list: text between two semicolons that holds no "=" is no
// tag and stands in the defects alone, every other piece is a tag.
func ParseTagList(raw []byte, at Span) TagList {
	end := min(max(at.End, 0), len(raw))
	start := min(max(at.Start, 0), end)
	p := tagParser{raw: raw, text: string(raw[start:end]), base: start}
	p.list.Tags = make([]Tag, 0, min(1+strings.Count(p.text, ";"), 16))
	p.run(start, end)
	if len(p.list.Tags) == 0 {
		p.list.Tags = nil
	}
	return p.list
}

// tagParser is the state of one reading. Offsets are into raw; text is the
// same bytes, so that names and values share one string.
type tagParser struct {
	raw  []byte
	text string
	base int
	list TagList
	seen map[string]bool // names so far, once they are too many to compare
}

func (p *tagParser) run(pos, end int) {
	for pos < end {
		if len(p.list.Tags) >= tagMax || len(p.list.Defects) >= tagMax {
			p.defect("taglist.too-many", Span{pos, end}, "the rest of the list was not read")
			return
		}
		next, last := end, true
		if i := bytes.IndexByte(p.raw[pos:end], ';'); i >= 0 {
			next, last = pos+i, false
		}
		p.piece(Span{pos, next}, last)
		pos = next + 1
	}
}

// piece reads what stands between two semicolons. The last piece may be empty:
// RFC 6376 3.2 allows a semicolon behind the last tag.
func (p *tagParser) piece(at Span, last bool) {
	inner := dateTrim(p.raw, at)
	if inner.Empty() {
		if !last {
			p.defect("taglist.empty-tag", at, "nothing between two semicolons")
		}
		return
	}
	equals := bytes.IndexByte(p.raw[inner.Start:inner.End], '=')
	if equals < 0 {
		p.defect("taglist.missing-equals", inner, "text without \"=\" is no tag")
		return
	}
	equals += inner.Start
	t := Tag{Span: at, NameSpan: dateTrim(p.raw, Span{inner.Start, equals}), ValueSpan: dateTrim(p.raw, Span{equals + 1, inner.End})}
	t.Name, t.Value = p.cut(t.NameSpan), p.cut(t.ValueSpan)
	p.check(t)
	p.list.Tags = append(p.list.Tags, t)
}

func (p *tagParser) cut(s Span) string { return p.text[s.Start-p.base : s.End-p.base] }

func (p *tagParser) defect(code string, at Span, detail string) {
	p.list.Defects = append(p.list.Defects, Defect{code, at, detail})
}

func (p *tagParser) check(t Tag) {
	switch {
	case t.Name == "":
		p.defect("taglist.empty-name", t.NameSpan, "no name before \"=\"")
	case !tagName(t.Name):
		p.defect("taglist.bad-name", t.NameSpan, "a tag name is a letter, then letters, digits and \"_\"")
	case p.repeated(t.Name):
		p.defect("taglist.duplicate", t.NameSpan, "tag name stands more than once; the whole list is invalid")
	}
	if i := tagBadByte(t.Value); i >= 0 {
		p.defect("taglist.bad-value", oneByte(t.ValueSpan.Start+i), "byte that no tag value may hold")
	}
}

// repeated reports whether a tag of that name was read before. Beyond a few
// tags a map answers, for a list of nothing but tags must not cost the square
// of its length.
func (p *tagParser) repeated(name string) bool {
	const few = 24
	tags := p.list.Tags
	if len(tags) < few {
		for _, t := range tags {
			if t.Name == name {
				return true
			}
		}
		return false
	}
	if p.seen == nil {
		p.seen = make(map[string]bool, 2*few)
		for _, t := range tags {
			p.seen[t.Name] = true
		}
	}
	again := p.seen[name]
	p.seen[name] = true
	return again
}

// tagName reports whether s is ALPHA *ALNUMPUNC.
func tagName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if letter := 'a' <= c|0x20 && c|0x20 <= 'z'; !letter && (i == 0 || c != '_' && !dateIsDigit(c)) {
			return false
		}
	}
	return s != ""
}

// tagBadByte finds the first byte that is neither VALCHAR nor folding white
// space (RFC 6376 3.2); -1 without one. RFC 8616 lets UTF-8 in.
func tagBadByte(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c > ' ' && c < 0x7F || isBlank(c):
		case c == '\r' || c == '\n':
			end := tagFoldEnd(s, i)
			if end == 0 {
				return i
			}
			i = end - 1
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				return i
			}
			i += size - 1
		default:
			return i
		}
	}
	return -1
}

// tagFoldEnd is the end of the line break at i when a blank makes it folding,
// else 0. Any style of line break will do, for any may be that of the file.
func tagFoldEnd(s string, i int) int {
	for i < len(s) && s[i] == '\r' {
		i++
	}
	if i < len(s) && s[i] == '\n' {
		i++
	}
	if i < len(s) && isBlank(s[i]) {
		return i
	}
	return 0
}
