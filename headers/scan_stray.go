package headers

import "bytes"

// top passes over what saved files carry above the first field. It reports
// false when the bytes are no text that could hold a field.
func (s *scanner) top() bool {
	b := s.raw[s.pos:s.end]
	if isUTF16(b) {
		// Spans into decoded text would point nowhere, so nothing is decoded.
		s.defect("header.utf16", Span{s.pos, s.pos + 2}, "UTF-16 text; no field was read")
		return false
	}
	if bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")) {
		s.defect("header.bom", Span{s.pos, s.pos + 3}, "byte order mark above the first field")
		s.pos += 3
	}
	if s.pos < s.end {
		s.fromLine()
		s.leadingBlanks()
	}
	return true
}

// isUTF16 reports whether b begins with the byte order mark of UTF-16 and one
// ASCII character.
func isUTF16(b []byte) bool {
	if len(b) < 4 {
		return false
	}
	little := b[0] == 0xFF && b[1] == 0xFE && b[3] == 0
	big := b[0] == 0xFE && b[1] == 0xFF && b[2] == 0
	return little || big
}

func (s *scanner) fromLine() {
	if l := s.lineAt(s.pos); isFromLine(s.text(l)) {
		s.block.FromLine = Span{l.start, l.next}
		s.defect("header.from-line", s.block.FromLine, "mbox From_ line above the first field")
		s.pos = l.next
	}
}

// isFromLine accepts the mbox separator (RFC 4155), also one that was quoted
// by mistake. "From : a@example.org" is a field with a blank before its colon.
func isFromLine(text []byte) bool {
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(text, ">"), []byte("From "))
	rest = bytes.TrimLeft(rest, " \t")
	return ok && len(rest) > 0 && rest[0] != ':'
}

// leadingBlanks passes over blank lines on top when a known field follows.
// RFC 5322 2.1 would make all that follows body; a saved message with a blank
// line on top is the likelier reading, and the defect says so.
func (s *scanner) leadingBlanks() {
	pos := s.pos
	for pos < s.end {
		l := s.lineAt(pos)
		if !allBlank(s.text(l)) {
			break
		}
		pos = l.next
	}
	if pos == s.pos || pos >= s.end || !startsKnown(s.text(s.lineAt(pos))) {
		return
	}
	s.defect("header.leading-blank", Span{s.pos, pos}, "blank lines above the first field")
	s.pos = pos
}

// orphan handles a line that begins with a blank and continues no field: the
// first line of the block, or one behind a line that is no field.
func (s *scanner) orphan(l line) {
	const code, detail = "header.orphan-continuation", "continuation line without a field above it"
	switch {
	case !allBlank(s.text(l)):
		s.stray(l, code, detail)
	case s.goesOn(l.next):
		s.defect(code, Span{l.start, l.next}, detail)
		s.pos = l.next
	default:
		s.defect("header.blank-not-empty", Span{l.start, l.end}, "the line that ends the header holds blanks")
		s.blank(l)
	}
}

// intruder handles a line that is no field, such as a gateway's warning text.
func (s *scanner) intruder(l line) {
	s.stray(l, intruderCode(s.text(l)), "line is no header field; the fields below it are kept")
}

// stray passes over a line amid the header, as a defect that covers it whole,
// unless the body begins there.
func (s *scanner) stray(l line, code, detail string) {
	if last := s.lastOfPart(l.next); last {
		s.done = true
	} else if l.start >= s.intrudersUntil && !s.knownAhead(l.next) {
		s.defect("header.missing-blank-line", Span{l.start, l.start}, "the body begins without a blank line before it")
		s.done = true
		return
	}
	s.defect(code, Span{l.start, l.next}, detail)
	s.pos = l.next
}

// lastOfPart reports whether an empty line stands at pos in a part and nothing
// but a delimiter behind it. The line above is then the last of the header and
// the part is empty, since that line break belongs to the delimiter (RFC 2046
// 5.1.1); mimeparse finds what the line holds.
func (s *scanner) lastOfPart(pos int) bool {
	if s.stop == nil || pos >= s.end {
		return false
	}
	blank := s.lineAt(pos)
	return blank.start == blank.end && blank.next < s.end && s.isDelimiter(s.text(s.lineAt(blank.next)))
}

func intruderCode(text []byte) string {
	if isFromLine(text) {
		return "header.from-line"
	}
	switch i := bytes.IndexByte(text, ':'); {
	case i < 0:
		return "header.missing-colon"
	case i == 0:
		return "header.empty-name"
	}
	return "header.bad-name"
}

// knownAhead looks for a known field between pos and the next blank line: the
// sign that a line above it stands amid the header (RFC 7103 7.2).
func (s *scanner) knownAhead(pos int) bool {
	for pos < s.end {
		l := s.lineAt(pos)
		text := s.text(l)
		if allBlank(text) || s.isDelimiter(text) {
			return false
		}
		if startsKnown(text) {
			s.intrudersUntil = pos
			return true
		}
		pos = l.next
	}
	return false
}

// goesOn reports whether the header goes on at pos, behind a line of blanks:
// with a field, a continuation line or the empty line that ends it, further
// lines of blanks aside. What else follows is body, and the line of blanks is
// the damaged blank line before it.
func (s *scanner) goesOn(pos int) bool {
	if pos <= s.blanksUntil {
		return s.blanksInside
	}
	inside := false
	for pos < s.end {
		l := s.lineAt(pos)
		text := s.text(l)
		if len(text) == 0 || !allBlank(text) {
			inside = len(text) == 0 || isBlank(text[0]) || !s.isDelimiter(text) && startsField(text)
			break
		}
		pos = l.next
	}
	s.blanksUntil, s.blanksInside = pos, inside
	return inside
}

func startsField(text []byte) bool {
	_, colon := fieldStart(text)
	return colon >= 0
}

// startsKnown reports whether text begins a field of a known name.
func startsKnown(text []byte) bool {
	name, colon := fieldStart(text)
	return colon >= 0 && knownName(text[:name])
}

func allBlank(text []byte) bool {
	for _, c := range text {
		if !isBlank(c) {
			return false
		}
	}
	return true
}
