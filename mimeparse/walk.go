package mimeparse

import (
	"bytes"

	"github.com/emlcheck/emlcheck/headers"
)

// releaseEvery is how many bytes the search for delimiters covers before the
// source hears of it.
const releaseEvery = 4 << 20

// walker finds delimiter lines in one pass over a message. Open multiparts
// form a stack; whichever of them a line closes or continues, the cursor only
// moves forward, so the work is linear in the size of the message.
type walker struct {
	m     *Message
	b     *budget
	src   Source
	raw   []byte
	end   int
	depth int
	stack []*Part                // the open multiparts, outermost first
	short int                    // the length of their shortest boundary
	nl    []byte                 // what precedes a delimiter: line break and "--"
	slab  []Part                 // parts to be used
	stops func(line []byte) bool // isDelimiter
	open  [4]*Part               // the stack, while it is not higher
}

var (
	delimiterAfterLF = []byte("\n--")
	delimiterAfterCR = []byte("\r--")
)

func (w *walker) start(m *Message, b *budget, depth int) {
	w.m, w.b, w.src, w.depth = m, b, m.source, depth
	w.raw, w.end, w.nl = m.Raw, len(m.Raw), delimiterAfterLF
	w.stack, w.stops = w.open[:0], w.isDelimiter
	if body := m.Header.Body(); body > 0 && m.Raw[body-1] == '\r' {
		w.nl = delimiterAfterCR // a message from an old Macintosh
	}
}

// push opens the multipart p.
func (w *walker) push(p *Part) {
	for _, outer := range w.stack {
		if outer.Boundary == p.Boundary {
			// RFC 2046 5.1.2: boundaries of nested multiparts differ.
			p.defect("mime.boundary-nested-same", p.Header.Span, "same boundary as a multipart around it")
			break
		}
	}
	w.stack = append(w.stack, p)
	w.measure()
}

func (w *walker) pop() {
	w.stack = w.stack[:len(w.stack)-1]
	w.measure()
}

func (w *walker) measure() {
	w.short = w.end
	for _, p := range w.stack {
		w.short = min(w.short, len(p.Boundary))
	}
}

// delimiter is one delimiter line: raw[start:next] with its line break, for
// the open multipart at level; start-brk is where the body before it ends.
type delimiter struct {
	level   int // index into the stack; -1 at the end of input
	closing bool
	start   int
	next    int
	bodyEnd int // where the body before it ends
}

// content reads the body of p from offset pos on. It returns the delimiter
// that ended it: always one of an enclosing multipart, or the end of input.
func (w *walker) content(p *Part, pos int) delimiter {
	var d delimiter
	if p.Boundary = w.boundaryOf(p); p.Boundary == "" {
		d = w.nextDelimiter(pos)
	} else {
		w.push(p)
		d = w.multipart(p, pos, len(w.stack)-1)
		w.pop()
	}
	p.Body = headers.Span{Start: pos, End: max(pos, d.bodyEnd)}
	return d
}

// multipart reads preamble, parts and epilogue of p, whose boundary is the
// innermost one at level.
func (w *walker) multipart(p *Part, pos, level int) delimiter {
	d := w.nextDelimiter(pos)
	p.Preamble = headers.Span{Start: pos, End: max(pos, d.bodyEnd)}
	if d.level != level {
		p.defect("mime.boundary-not-found", p.Preamble, "no delimiter line of this multipart")
	}
	for d.level == level {
		if d.closing {
			d = w.epilogue(p, d, level)
			continue
		}
		d = w.part(p, d, level)
		if d.level != level {
			p.defect("mime.missing-close", headers.Span{Start: d.start, End: d.start}, "multipart ends without its closing delimiter")
		}
	}
	return d
}

// part reads the part of p that follows delimiter d.
func (w *walker) part(p *Part, d delimiter, level int) delimiter {
	if !w.b.takePart() {
		return w.skipRest(p, d, level)
	}
	c := w.newChild(p, d.next)
	c.Delimiter = headers.Span{Start: d.start, End: d.next}
	return w.content(c, c.Header.Body())
}

// skipRest passes over the parts beyond the limit.
func (w *walker) skipRest(p *Part, d delimiter, level int) delimiter {
	start := d.start
	for d.level == level && !d.closing {
		d = w.nextDelimiter(d.next)
	}
	p.defect("limit.parts", headers.Span{Start: start, End: d.start}, "more parts than the limit; these are not listed")
	return d
}

// epilogue reads what stands behind the closing delimiter d of p, up to a
// delimiter of an enclosing multipart. A delimiter of p itself is text there,
// but worth a word: some readers go on with it, as Reading.IgnoreClose does.
func (w *walker) epilogue(p *Part, d delimiter, level int) delimiter {
	p.Close = headers.Span{Start: d.start, End: d.next}
	next := w.nextDelimiter(d.next)
	for next.level == level {
		if outer := w.sameOutside(level); outer >= 0 {
			next.level = outer // one that is closed does not go on while another of its name is open
			break
		}
		p.defect("mime.content-after-close", headers.Span{Start: next.start, End: next.next}, "delimiter line behind the closing delimiter")
		if w.b.opt.Reading.IgnoreClose {
			return next
		}
		next = w.nextDelimiter(next.next)
	}
	if next.start == d.next {
		// Nothing stands between: the line break of the closing delimiter is
		// that of the next one (RFC 2046 5.1.1).
		next.bodyEnd = w.beforeBreak(d.next, d.start)
	}
	p.Epilogue = headers.Span{Start: d.next, End: max(d.next, next.bodyEnd)}
	return next
}

// sameOutside is the innermost multipart around the one at level that has the
// same boundary; -1 for none.
func (w *walker) sameOutside(level int) int {
	for i := level - 1; i >= 0; i-- {
		if w.stack[i].Boundary == w.stack[level].Boundary {
			return i
		}
	}
	return -1
}

// nextDelimiter searches from pos, the beginning of a line, for a line that
// opens or closes a part of any open multipart.
func (w *walker) nextDelimiter(pos int) delimiter {
	none := delimiter{level: -1, start: w.end, next: w.end, bodyEnd: w.end}
	if len(w.stack) == 0 {
		return none
	}
	if d, ok := w.delimiterAt(pos); ok {
		d.bodyEnd = pos
		return d
	}
	for from := pos; from < w.end; {
		stop := min(w.end, from+releaseEvery)
		i := bytes.Index(w.raw[from:stop], w.nl)
		if i < 0 {
			if stop == w.end {
				break
			}
			from = stop - len(w.nl) + 1 // a line break may straddle the window
			w.src.Release(from)
			continue
		}
		at := from + i + 1
		if d, ok := w.delimiterAt(at); ok {
			d.bodyEnd = w.beforeBreak(at, pos)
			return d
		}
		from = at
	}
	return none
}

// beforeBreak is where the line break before offset at begins: it belongs to
// the delimiter (RFC 2046 5.1.1). It never lies before from.
func (w *walker) beforeBreak(at, from int) int {
	if at > from && (w.raw[at-1] == '\n' || w.raw[at-1] == '\r') {
		at--
		if w.raw[at] == '\n' && at > from && w.raw[at-1] == '\r' {
			at--
		}
	}
	return at
}

// delimiterAt reads the line at pos as a delimiter line.
func (w *walker) delimiterAt(pos int) (delimiter, bool) {
	if !bytes.HasPrefix(w.raw[pos:w.end], []byte("--")) {
		return delimiter{}, false
	}
	end, next := w.line(pos)
	level, closing, begins := w.match(w.raw[pos:end])
	if level < 0 && begins >= 0 {
		w.notePrefix(w.stack[begins], headers.Span{Start: pos, End: end})
	}
	return delimiter{level: level, closing: closing, start: pos, next: next}, level >= 0
}

// notePrefix records the first line of p that a reader could take for a
// delimiter under the rule that Reading.PrefixBoundary follows.
func (w *walker) notePrefix(p *Part, line headers.Span) {
	if !p.prefixSeen {
		p.prefixSeen = true
		p.defect("mime.boundary-prefix", line, "a line only begins with the delimiter; not taken for one")
	}
}

// line returns where the line at pos ends and where the next one begins.
func (w *walker) line(pos int) (end, next int) {
	i := bytes.IndexByte(w.raw[pos:w.end], w.nl[0])
	if i < 0 {
		return w.end, w.end
	}
	end, next = pos+i, pos+i+1
	for end > pos && w.raw[end-1] == '\r' {
		end--
	}
	return end, next
}

// isDelimiter is asked by the header scanner about a line of a part's header.
func (w *walker) isDelimiter(line []byte) bool {
	level, _, _ := w.match(line)
	return level >= 0
}

// match finds the open multipart that a line, which begins with "--", delimits;
// -1 for none. Innermost first: of two equal boundaries the inner one counts.
// begins is the multipart with the longest boundary that the line begins with.
func (w *walker) match(line []byte) (level int, closing bool, begins int) {
	begins = -1
	if len(line)-2 < w.short {
		return -1, false, begins
	}
	for i := len(w.stack) - 1; i >= 0; i-- {
		b := w.stack[i].Boundary
		if len(line)-2 < len(b) || string(line[2:2+len(b)]) != b {
			continue
		}
		if ok, closing := endsDelimiter(line[2+len(b):]); ok {
			return i, closing, i
		}
		if begins < 0 || len(b) > len(w.stack[begins].Boundary) {
			begins = i
		}
	}
	if begins >= 0 && w.b.opt.Reading.PrefixBoundary {
		return begins, bytes.HasPrefix(line[2+len(w.stack[begins].Boundary):], []byte("--")), begins
	}
	return -1, false, begins
}

// endsDelimiter tests what stands behind a boundary: ["--"] *LWSP (RFC 2046
// 5.1.1).
func endsDelimiter(rest []byte) (ok, closing bool) {
	closing = len(rest) >= 2 && rest[0] == '-' && rest[1] == '-'
	if closing {
		rest = rest[2:]
	}
	for _, c := range rest {
		if c != ' ' && c != '\t' && c != '\r' {
			return false, false
		}
	}
	return true, closing
}
