package headers

import (
	"bytes"
	"slices"
	"strings"
)

// scanner walks a header block line by line, forward only. What looks ahead
// remembers how far, so that no input costs more than a few passes.
type scanner struct {
	raw    []byte
	pos    int
	end    int
	crOnly bool // lines end in a bare CR, as on old Macintosh systems
	limits Limits
	stop   func(line []byte) bool
	block  *Block
	done   bool // the block has ended

	rare    int    // bytes in the names that are not among the common ones
	once    uint16 // which of the fields that may stand once were seen
	doubled bool   // CR CR LF was reported

	// intrudersUntil remembers the lookahead of knownAhead: up to this offset
	// lines that are no fields are known to stand amid the header.
	intrudersUntil int
	// blanksUntil and blanksInside remember that of goesOn: up to this offset
	// lines of blanks are known to stand inside the header, or not to.
	blanksUntil  int
	blanksInside bool

	// media is the value of the Content-Type field; own is the delimiter that
	// its boundary makes, once a line asked for it.
	media    Span
	own      string
	ownKnown bool
}

// usualFields is how many fields a block may hold without a second allocation.
const usualFields = 32

func parseBlock(raw []byte, at Span, limits *Limits, stop func(line []byte) bool, message bool) *Block {
	var buf [usualFields]Field // no part of s, else it could not stay on the stack
	fields := buf[:0]
	s := scanner{raw: raw, stop: stop, block: &Block{}, blanksUntil: -1}
	s.end = min(max(at.End, 0), len(raw))
	s.pos = min(max(at.Start, 0), s.end)
	s.limits = limits.withDefaults()
	s.crOnly = s.breaksAtCR()
	s.done = message && !s.top()
	s.block.Span.Start = s.pos
	for s.pos < s.end && !s.done {
		n := len(fields)
		fields = append(fields, Field{})
		if f := &fields[n]; !s.step(f) || !s.room(n, f) {
			fields = fields[:n]
		}
	}
	s.finish(fields)
	return s.block
}

// step reads one field into f and reports true, or a line that is none.
func (s *scanner) step(f *Field) bool {
	l := s.lineAt(s.pos)
	text := s.text(l)
	switch {
	case len(text) == 0:
		s.blank(l)
		return false
	case s.isDelimiter(text):
		s.defect("header.cut-by-delimiter", Span{l.start, l.end}, "a delimiter line stands where the blank line should")
		s.done = true
		return false
	case isBlank(text[0]):
		s.orphan(l)
		return false
	}
	if name, colon := fieldStart(text); colon >= 0 {
		s.field(f, l, name, l.start+colon)
		return true
	}
	if colon := s.foldedName(l); colon >= 0 {
		s.field(f, l, len(text), colon)
		return true
	}
	s.intruder(l)
	return false
}

// blank ends the block with l as its blank line.
func (s *scanner) blank(l line) {
	s.block.Blank = Span{l.start, l.next}
	s.checkBreak(l)
	s.pos, s.done = l.next, true
}

func (s *scanner) isDelimiter(text []byte) bool {
	return len(text) > 2 && text[0] == '-' && text[1] == '-' && (s.stop != nil && s.stop(text) || s.isOwnDelimiter(text))
}

// isOwnDelimiter reports whether the line opens the first part of the very
// multipart whose header this is: a line that the caller cannot know yet.
func (s *scanner) isOwnDelimiter(text []byte) bool {
	if s.media.Empty() {
		return false
	}
	if !s.ownKnown {
		s.ownKnown = true
		if b, ok := ParseMediaType(s.raw, s.media).Get("boundary"); ok && b.Value != "" {
			s.own = "--" + strings.TrimRight(b.Value, " \t") // RFC 2046 5.1.1: it never ends with white space
		}
	}
	return s.own != "" && string(bytes.TrimRight(text, " \t")) == s.own
}

func (s *scanner) text(l line) []byte { return s.raw[l.start:l.end] }

func (s *scanner) defect(code string, at Span, detail string) {
	s.block.Defects = addDefect(s.block.Defects, s.limits.MaxDefects, Defect{code, at, detail}, "header block")
}

// addDefect appends a defect of what is named by of. The last one of as many as are listed says that there
// are more.
func addDefect(list []Defect, limit int, d Defect, of string) []Defect {
	switch n := len(list); {
	case n >= limit:
		return list
	case n == limit-1:
		d.Code, d.Detail = "limit.defects", "further defects of this "+of+" are not listed"
	}
	return append(list, d)
}

// finish closes the block and puts its defects in order.
func (s *scanner) finish(fields []Field) {
	b := s.block
	b.Span.End = s.pos
	if b.Blank.Empty() {
		b.Blank = Span{s.pos, s.pos}
		s.checkEnd()
	}
	slices.SortStableFunc(b.Defects, func(x, y Defect) int { return x.Span.Start - y.Span.Start })
	s.nameRare(fields)
	if len(fields) > 0 {
		b.Fields = make([]Field, len(fields))
		copy(b.Fields, fields)
	}
}

// checkEnd tells of a header that breaks off in the middle of a line.
func (s *scanner) checkEnd() {
	if s.pos == len(s.raw) && !s.block.Span.Empty() && !isBreak(s.raw[s.pos-1]) {
		s.defect("header.missing-line-break", Span{s.pos, s.pos}, "the last line of the input has no line break")
	}
}

// nameRare gives the fields of uncommon names these names, all cut from one
// string.
func (s *scanner) nameRare(fields []Field) {
	if s.rare == 0 {
		return
	}
	var all strings.Builder
	all.Grow(s.rare)
	for i := range fields {
		if fields[i].Name == "" {
			all.Write(fields[i].NameSpan.Of(s.raw))
		}
	}
	rest := all.String()
	for i := range fields {
		if f := &fields[i]; f.Name == "" {
			f.Name, rest = rest[:f.NameSpan.Len()], rest[f.NameSpan.Len():]
		}
	}
}

func isBreak(c byte) bool { return c == '\n' || c == '\r' }

// fieldStart measures the name that text begins with, when text begins a
// field: ftext (RFC 5322 3.6.8) or bytes over 127, then blanks, then the colon
// at the returned index. Without one colon is -1.
//
// QUIRK: RFC 5322 4.5.8 allows blanks before the colon in what is read. A NUL
// in the name and a CR before the colon are damage, and both get a defect.
func fieldStart(text []byte) (name, colon int) {
	n := 0
	for n < len(text) && ftext[text[n]] {
		n++
	}
	i := n
	for i < len(text) && (isBlank(text[i]) || text[i] == '\r') {
		i++
	}
	if n == 0 || i == len(text) || text[i] != ':' {
		return n, -1
	}
	return n, i
}

// ftext marks the bytes of which a field name is made.
var ftext = makeFtext()

func makeFtext() (class [256]bool) {
	for c := range class {
		class[c] = c > ' ' && c != ':' && c != 0x7F || c == 0
	}
	return class
}
