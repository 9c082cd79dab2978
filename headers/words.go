package headers

import (
	"bytes"

	"github.com/emlcheck/emlcheck/internal/charset"
)

// encodedWord is one "=?charset?encoding?text?=" (RFC 2047 2).
type encodedWord struct {
	span, charset, text Span
	set                 string // canonical name of the charset
	isB                 bool
}

// maxWord is the longest encoded word that RFC 2047 2 allows.
const maxWord = 75

var (
	wordOpen  = []byte("=?")
	wordClose = []byte("?=")
)

// findWord finds the next encoded word in raw[pos:end] that can be decoded.
func (d *textDecoder) findWord(pos, end int) (w encodedWord, ok bool) {
	for pos < end {
		i := bytes.Index(d.raw[pos:end], wordOpen)
		if i < 0 {
			return w, false
		}
		w, n := d.wordAt(pos+i, end)
		if n == 0 {
			d.checkWord(w)
			return w, true
		}
		pos += i + n
	}
	return w, false
}

// wordAt reads the word that begins with the "=?" at offset start. skip is how
// many bytes to pass over when it is none that can be decoded, else 0.
func (d *textDecoder) wordAt(start, end int) (w encodedWord, skip int) {
	set, head := wordHead(d.raw[start:end])
	if head == 0 {
		return w, len(wordOpen)
	}
	w.charset, w.text = Span{start + 2, start + 2 + set}, Span{start + head, d.closeAfter(start+head, end)}
	if w.text.End < 0 || d.headWithin(w.text) {
		d.defect("word.unclosed", Span{start, start + head}, "encoded word without its end; kept as written")
		return w, head
	}
	w.span = Span{start, w.text.End + len(wordClose)}
	enc := lowerASCII(d.raw[start+head-2])
	w.isB = enc == 'b'
	if enc != 'b' && enc != 'q' {
		d.defect("word.encoding-unknown", oneByte(start+head-2), "encoding other than B and Q; the word is kept as written")
		return w, w.span.Len()
	}
	var known bool
	if w.set, known = charset.Lookup(string(w.charset.Of(d.raw))); !known {
		at := w.charset
		if at.Empty() {
			at = w.span
		}
		d.defect("word.charset-unknown", at, "unknown charset; the word is kept as written")
		return w, w.span.Len()
	}
	return w, 0
}

// wordHead reads "=?charset?e?" on top of b: the lengths of the charset and of
// the whole, 0 when it is not there. The charset may be empty, or any run of
// visible ASCII: RFC 2047 2 forbids some of that.
func wordHead(b []byte) (set, head int) {
	rest := b[len(wordOpen):]
	for set < len(rest) && rest[set] != '?' {
		if c := rest[set]; c <= ' ' || c >= 127 {
			return 0, 0
		}
		set++
	}
	if set+2 >= len(rest) || !isASCIILetter(rest[set+1]) || rest[set+2] != '?' {
		return 0, 0
	}
	return set, len(wordOpen) + set + 3
}

func isASCIILetter(c byte) bool { c = lowerASCII(c); return 'a' <= c && c <= 'z' }

// closeAfter is the offset of the first "?=" from offset from on, -1 without.
// It keeps what it found, so that many openings search one text only once.
func (d *textDecoder) closeAfter(from, end int) int {
	if d.nextEnd < 0 || d.nextEnd >= from {
		return d.nextEnd
	}
	d.nextEnd = bytes.Index(d.raw[from:end], wordClose)
	if d.nextEnd >= 0 {
		d.nextEnd += from
	}
	return d.nextEnd
}

// headWithin reports whether another word begins inside the text of a word:
// the end that was found is the other one's.
func (d *textDecoder) headWithin(at Span) bool {
	b := at.Of(d.raw)
	for {
		i := bytes.Index(b, wordOpen)
		if i < 0 {
			return false
		}
		b = b[i:]
		if _, head := wordHead(b); head > 0 {
			return true
		}
		b = b[len(wordOpen):]
	}
}

// checkWord records what RFC 2047 does not allow and readers put up with.
func (d *textDecoder) checkWord(w encodedWord) {
	blank, high := false, false
	for _, c := range w.text.Of(d.raw) {
		blank = blank || c <= ' '
		high = high || c >= 127
	}
	if blank {
		d.defect("word.blank", w.text, "white space inside an encoded word")
	}
	if high {
		d.defect("word.8bit", w.text, "bytes over 126 inside an encoded word")
	}
	if w.span.Len() > maxWord {
		d.defect("word.too-long", w.span, "encoded word of over 75 characters")
	}
}

// decodeQ undoes the Q encoding (RFC 2047 4.2).
func (d *textDecoder) decodeQ(w encodedWord) {
	b := w.text.Of(d.raw)
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '_':
			d.pending = append(d.pending, ' ')
		case c == '\r' || c == '\n': // a fold; its blank stays
		case c == '=' && i+2 < len(b) && isHex(b[i+1]) && isHex(b[i+2]):
			d.pending = append(d.pending, unhex(b[i+1])<<4|unhex(b[i+2]))
			i += 2
		case c == '=':
			d.defect("word.q-invalid", oneByte(w.text.Start+i), "\"=\" without two hexadecimal digits")
			d.pending = append(d.pending, c)
		default:
			d.pending = append(d.pending, c)
		}
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= lowerASCII(c) && lowerASCII(c) <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return lowerASCII(c) - 'a' + 10
}

// base64Carry holds the bits of a B word that make no whole byte.
type base64Carry struct {
	acc  uint32
	bits int // 0, 2, 4 or 6 in acc that no byte has come of
	at   Span
}

// decodeB undoes the B encoding (RFC 2047 4.1) as far as there are whole
// bytes. Padding in the middle ends a group and nothing else.
func (d *textDecoder) decodeB(w encodedWord) {
	text := w.text.Of(d.raw)
	if d.b64.bits > 0 && base64Chars(text)%4 == 0 {
		d.endB()
	}
	if d.b64.bits > 0 {
		d.defect("word.b-split", w.span, "base64 goes on from the encoded word before (RFC 2047 5)")
	}
	acc, bits, bad := d.b64.acc, d.b64.bits, -1
	padded := false // where it must not be
	for i, c := range text {
		switch v := charset.Base64Value(c); {
		case v >= 0:
			padded = padded || i > 0 && text[i-1] == '='
			acc, bits = acc<<6|uint32(v), bits+6
			if bits >= 8 {
				bits -= 8
				d.pending = append(d.pending, byte(acc>>bits))
				acc &= 1<<bits - 1
			}
		case c == '=':
			padded = padded || bits == 6 // one character says nothing
			acc, bits = 0, 0
		case !isFoldingBlank(c) && bad < 0:
			bad = w.text.Start + i
		}
	}
	if bad >= 0 {
		d.defect("word.b-invalid", oneByte(bad), "character outside the base64 alphabet, left out")
	}
	d.b64 = base64Carry{}
	if bits == 6 || acc != 0 { // the word stops within a byte
		d.b64 = base64Carry{acc, bits, oneByte(w.text.End - 1)}
	} else if bits > 0 || padded {
		d.defect("word.b-padding", w.text, "padding that is missing or not at the end")
	}
}

// base64Chars counts the characters that belong to base64, padding included.
// Text whose count is no multiple of four needs a neighbour, or is broken.
func base64Chars(b []byte) (n int) {
	for _, c := range b {
		if charset.Base64Value(c) >= 0 || c == '=' {
			n++
		}
	}
	return n
}

// endB gives up bits for which no further word has come.
func (d *textDecoder) endB() {
	if d.b64.bits > 0 {
		d.defect("word.b-truncated", d.b64.at, "base64 ends within a byte")
	}
	d.b64 = base64Carry{}
}
