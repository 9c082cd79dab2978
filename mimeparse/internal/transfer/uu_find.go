package transfer

import "github.com/emlcheck/emlcheck/headers"

// UUBlock is a file encoded inside a text, by uuencode or begin-base64.
type UUBlock struct {
	// Name is the file name on the begin line, as its bytes stand: no charset
	// is known, and it is unsafe to use as a path.
	Name string
	// NameSpan is where the name stands.
	NameSpan headers.Span
	// Span is the block from its begin line to its end line, line break and
	// all. A begin-base64 block begins with that word.
	Span headers.Span
	// Data is the encoded text between them.
	Data headers.Span
	// Complete is false when the end line is missing.
	Complete bool
	// Defects lists what does not fit the form of the block. Those of its data
	// come out when it is decoded.
	Defects []headers.Defect
}

// FindUU finds at most max encoded blocks in the text raw[at], which starts
// at the start of a line. A begin line counts only with encoded data behind
// it: "begin 644 times" also stands in prose. When there are more blocks, the
// last one returned has a defect that says so.
func FindUU(raw []byte, at headers.Span, max int) []UUBlock {
	at = within(raw, at)
	var blocks []UUBlock
	for p := at.Start; p < at.End; {
		b, ok := findBegin(raw, p, at.End)
		if !ok {
			break
		}
		block, ok := b.block(raw, at.End)
		if !ok {
			p = b.next
			continue
		}
		if len(blocks) >= max {
			noteMore(blocks, headers.Span{Start: b.start, End: at.End})
			break
		}
		blocks = append(blocks, block)
		p = block.Span.End
	}
	return blocks
}

func noteMore(blocks []UUBlock, rest headers.Span) {
	if n := len(blocks); n > 0 {
		blocks[n-1].defect("limit.uu-blocks", rest, "more encoded blocks than the limit; not listed")
	}
}

func (u *UUBlock) defect(code string, at headers.Span, detail string) {
	u.Defects = append(u.Defects, headers.Defect{Code: code, Span: at, Detail: detail})
}

// block reads the block behind a begin line; ok is false when none is there.
func (b begin) block(raw []byte, end int) (u UUBlock, ok bool) {
	walk := uuData
	if b.base64 {
		walk = base64Lines
	}
	data, next, complete, ok := walk(raw, b.next, end)
	if !ok {
		return u, false
	}
	u.NameSpan = headers.Span{Start: b.name, End: b.nameEnd}
	u.Name = string(u.NameSpan.Of(raw))
	u.Span = headers.Span{Start: b.start, End: next}
	u.Data = headers.Span{Start: b.next, End: data}
	u.Complete = complete
	if u.Name == "" {
		u.defect("mime.uu-name-missing", u.NameSpan, "no name on the begin line")
	}
	if !complete {
		u.defect("mime.uu-end-missing", headers.Span{Start: next, End: next}, "no end line")
	}
	return u, true
}

// uuData walks over encoded lines. A block without an end counts only when
// its first line is encoded beyond doubt, one with an end also when not: its
// lines may have lost blanks.
func uuData(raw []byte, p, end int) (data, next int, complete, ok bool) {
	ok = uuLineAt(raw, p, end).beyondDoubt()
	data = p
	for closed := false; p < end; {
		l := uuLineAt(raw, p, end)
		switch {
		case l.isEnd(raw):
			return p, l.next, true, true
		case l.blank():
			closed = true
		case !l.likely() || closed && !l.beyondDoubt():
			return data, data, false, ok
		default:
			data, closed = l.next, false
		}
		p = l.next
	}
	return data, data, false, ok
}

// likely reports whether the line can be encoded data that a transport has
// damaged at most.
func (l uuLine) likely() bool { return l.bad < 0 && l.size() <= l.most() }

// base64Lines walks over lines of base64. The first must be one, or the end.
func base64Lines(raw []byte, p, end int) (data, next int, complete, ok bool) {
	first := p
	for p < end {
		l := uuLineAt(raw, p, end)
		if l.is(raw, "====") {
			return p, l.next, true, true
		}
		q := skip(raw, l.start, l.end, isBase64)
		if q = skip(raw, q, l.end, isPad); q == l.start || q < l.end {
			break
		}
		p = l.next
	}
	return p, p, false, p > first
}

func isBase64(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '/'
}

func isPad(c byte) bool { return c == '=' || isBlank(c) }
