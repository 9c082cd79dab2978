package headers

import "bytes"

// line is one physical line: raw[start:end] without its line break, and next,
// where the following line begins.
type line struct{ start, end, next int }

// lineAt cuts the line that begins at pos. CR before LF belongs to the line
// break however often it stands there.
//
// QUIRK: RFC 5322 2.2 has CRLF alone. A bare LF is how Unix saves mail;
// "\r\r\n" comes from transfers in text mode.
func (s *scanner) lineAt(pos int) line {
	if s.crOnly {
		return s.crLine(pos)
	}
	b := s.raw[pos:s.end]
	end, next := len(b), s.end
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		end, next = i, pos+i+1
	}
	for end > 0 && b[end-1] == '\r' {
		end--
	}
	return line{pos, pos + end, next}
}

func (s *scanner) crLine(pos int) line {
	b := s.raw[pos:s.end]
	i := bytes.IndexAny(b, "\r\n")
	if i < 0 {
		return line{pos, s.end, s.end}
	}
	next := pos + i + 1
	if b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n' {
		next++
	}
	return line{pos, pos + i, next}
}

// crLook is how far the style of the line breaks is looked for. Every part of
// a message asks, and none may read the rest of the message for the answer.
const crLook = 1 << 16

// breaksAtCR reports whether the block uses bare CR as its line break: the
// line above it does, there is no LF, or two fields and a blank line end in CR
// before the first LF. One field and CR CR alone is damage inside of a line.
func (s *scanner) breaksAtCR() bool {
	if s.pos > 0 && isBreak(s.raw[s.pos-1]) {
		return s.raw[s.pos-1] == '\r' && (s.pos == s.end || s.raw[s.pos] != '\n')
	}
	all := s.raw[s.pos:s.end]
	b := all[:min(len(all), crLook)]
	lf := bytes.IndexByte(b, '\n')
	switch {
	case lf < 0 && len(b) == len(all):
		return bytes.IndexByte(b, '\r') >= 0
	case lf < 0:
		return twoCRFields(b)
	}
	// A run of CR right before that LF is a damaged CRLF, not a blank line.
	b = bytes.TrimRight(b[:lf], "\r")
	blank := bytes.Index(b, []byte("\r\r"))
	return blank >= 0 && twoCRFields(b[:blank])
}

// twoCRFields reports whether b holds two fields when CR ends its lines.
func twoCRFields(b []byte) bool {
	n := 0
	for l := range bytes.SplitSeq(b, cr) {
		if _, colon := fieldStart(l); colon >= 0 {
			n++
		}
		if n == 2 {
			return true
		}
	}
	return false
}
