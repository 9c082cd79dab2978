package headers

import "bytes"

// maxLine is the longest line RFC 5322 2.1.1 allows, line break not counted.
const maxLine = 998

// extent is how far a field reaches and what its lines are like.
type extent struct {
	end, next int  // of its last line
	long      bool // a line is over maxLine
	crs       int  // CRs that belong to line breaks
}

func (e *extent) add(s *scanner, l line) {
	e.end, e.next = l.end, l.next
	e.long = e.long || l.end-l.start > maxLine
	if l.next > l.end && s.raw[l.next-1] == '\n' {
		e.crs += l.next - l.end - 1
		s.checkBreak(l)
	}
}

// field reads into f the field whose first line is l, with all its continuation
// lines. Its name is the first name bytes of l; its colon stands at the offset
// colon, behind l when the name itself is folded.
func (s *scanner) field(f *Field, l line, name, colon int) {
	var e extent
	e.add(s, l)
	for e.next < s.end && isBlank(s.raw[e.next]) {
		c := s.lineAt(e.next)
		// A line of blanks alone continues the field (RFC 5322 4.2 obs-FWS, RFC
		// 7103 7.3) only when the header goes on behind it. Otherwise it is the
		// damaged blank line that ends the header.
		if allBlank(s.text(c)) && !s.goesOn(c.next) {
			break
		}
		e.add(s, c)
	}
	s.pos = e.next
	known, _ := lookupName(s.raw[l.start : l.start+name])
	f.Name, f.raw = known.name, s.raw
	f.NameSpan, f.Value, f.Span = Span{l.start, l.start + name}, Span{colon + 1, e.end}, Span{l.start, e.next}
	if s.media.Empty() && equalFold(s.raw[l.start:l.start+name], "content-type") {
		s.media = f.Value
	}
	s.check(f, &e)
	s.countOnce(f, known.once)
}

// room reports whether one more field may be listed behind n others.
func (s *scanner) room(n int, f *Field) bool {
	if n >= s.limits.MaxFields {
		if !s.block.Truncated {
			s.defect("limit.fields", f.Span, "more fields than the limit; the rest is not listed")
		}
		s.block.Truncated = true
		return false
	}
	if f.Name == "" {
		s.rare += f.NameSpan.Len()
	}
	return true
}

// countOnce tells of a second field where RFC 5322 3.6 allows one.
func (s *scanner) countOnce(f *Field, once uint16) {
	if s.once&once != 0 {
		s.defect("header.duplicate-field", f.Span, "field that may stand only once stands again")
	}
	s.once |= once
}

// check records what the bytes of one field do against RFC 5322 2.2.
func (s *scanner) check(f *Field, e *extent) {
	if tail := (Span{f.NameSpan.End, f.Value.Start - 1}); !tail.Empty() {
		s.checkTail(tail)
	}
	if f.Name == "" {
		s.check8bit(f.NameSpan)
	}
	whole := f.Span.Of(s.raw)
	if i := bytes.IndexByte(whole, 0); i >= 0 {
		s.defect("header.nul", oneByte(f.Span.Start+i), "NUL byte")
	}
	if !s.crOnly && bytes.Count(whole, cr) > e.crs {
		s.defect("header.bare-cr", oneByte(s.bareCR(f.Span)), "CR without LF")
	}
	if e.long {
		s.defect("header.line-too-long", f.Span, "line of over 998 bytes")
	}
}

var cr = []byte{'\r'}

// checkTail tells blanks before the colon from a name that was folded before
// its colon, which no grammar has.
func (s *scanner) checkTail(tail Span) {
	if bytes.ContainsAny(tail.Of(s.raw), "\r\n") {
		s.defect("header.folded-name", tail, "line break between field name and colon")
		return
	}
	s.defect("header.space-before-colon", tail, "blank between field name and colon")
}

func (s *scanner) check8bit(name Span) {
	for i, c := range name.Of(s.raw) {
		if c >= 0x80 {
			s.defect("header.8bit-name", oneByte(name.Start+i), "byte over 127 in a field name")
			return
		}
	}
}

// checkBreak tells, once for a block, of CR CR LF as a line break.
func (s *scanner) checkBreak(l line) {
	if l.next-l.end <= 2 || s.doubled || s.raw[l.next-1] != '\n' {
		return
	}
	s.doubled = true
	s.defect("header.doubled-cr", Span{l.end, l.next}, "more than one CR in a line break; not repeated for this block")
}

// bareCR finds the first CR in the span, which holds one, that no LF follows,
// further CRs aside.
func (s *scanner) bareCR(at Span) int {
	for i := at.Start; i < at.End; i++ {
		if s.raw[i] != '\r' {
			continue
		}
		first := i
		for i < at.End && s.raw[i] == '\r' {
			i++
		}
		if i == at.End || s.raw[i] != '\n' {
			return first
		}
	}
	return at.Start
}

// foldedName finds the colon of a field whose name stands alone on line l and
// whose colon opens the next line behind blanks; -1 when l is nothing of the
// kind.
// QUIRK: RFC 5322 has no line break before the colon. Readers that unfold
// first see a field.
func (s *scanner) foldedName(l line) int {
	if name, _ := fieldStart(s.text(l)); name != l.end-l.start || l.next >= s.end || !isBlank(s.raw[l.next]) {
		return -1
	}
	i := l.next
	for i < s.end && isBlank(s.raw[i]) {
		i++
	}
	if i == s.end || s.raw[i] != ':' {
		return -1
	}
	return i
}

func oneByte(at int) Span { return Span{at, at + 1} }
