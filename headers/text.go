package headers

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/internal/charset"
)

// Text is unstructured text as a reader sees it (RFC 5322 2.2.1).
type Text struct {
	// Value is the text unfolded, with its encoded words decoded (RFC 2047).
	// What decoding brings out is text, line breaks and NUL included; the
	// defect "word.control" tells of them.
	Value string
	// Span is what was read.
	Span Span
	// Words is the number of encoded words that were decoded.
	Words int
	// Charsets names the character sets of those words, each once, as first
	// written.
	Charsets []string
	// Guessed names the charset by which raw bytes that are not UTF-8 were
	// read, for lack of any statement; empty when there were none.
	Guessed string
	// Defects lists departures from RFC 2047 and RFC 6532, by position; at most
	// 1,000, the last of which then says that there were more.
	Defects []Defect
}

// DecodeText reads the bytes of raw at the span as unstructured text, blanks at
// its ends included ([Field.Text] leaves these out). It never fails: what
// cannot be decoded stays as written and becomes a defect. Raw
// bytes over 127 are UTF-8 (RFC 6532) or else read by a guess that Guessed
// names.
//
// Encoded words of one charset that follow each other are joined as bytes
// before they become text, since writers split characters between them (RFC
// 2047 5 forbids it). Words that touch text, hold blanks or lie inside quotes
// are decoded, as most readers do. A word without its "?=", of an unknown
// charset or an unknown encoding stays as written.
func DecodeText(raw []byte, at Span) Text {
	span := clipSpan(raw, at)
	if b := span.Of(raw); plainText(b) {
		return Text{Span: span, Value: string(b)}
	}
	d := textDecoders.Get().(*textDecoder)
	d.raw, d.text, d.nextEnd = raw, Text{Span: span}, span.Start
	d.run()
	d.text.Value = string(d.out)
	if len(d.text.Defects) > 1 {
		slices.SortStableFunc(d.text.Defects, func(a, b Defect) int { return a.Span.Start - b.Span.Start })
		d.limit()
	}
	text := d.text
	d.release()
	return text
}

// textDecoders holds decoders that are not in use, for the memory of their
// buffers.
var textDecoders = sync.Pool{New: func() any { return new(textDecoder) }}

// textKept is the size up to which the buffers of a decoder are kept.
const textKept = 1 << 12

// release gives the decoder back, with nothing of the text left in it.
func (d *textDecoder) release() {
	out, pending, sets := d.out[:0], d.pending[:0], d.sets[:0]
	if max(cap(out), cap(pending), cap(sets)) > textKept {
		out, pending, sets = nil, nil, nil
	}
	*d = textDecoder{out: out, pending: pending, sets: sets}
	textDecoders.Put(d)
}

// plainText reports whether b reads as it stands: ASCII or UTF-8 without
// folds and without the beginning of an encoded word.
func plainText(b []byte) bool {
	return bytes.IndexByte(b, '\n') < 0 && bytes.IndexByte(b, '\r') < 0 && utf8.Valid(b) && !bytes.Contains(b, wordOpen)
}

// trimSpan leaves out blanks and line breaks at both ends.
func trimSpan(raw []byte, at Span) Span {
	at = clipSpan(raw, at)
	start, end := at.Start, at.End
	for start < end && isFoldingBlank(raw[start]) {
		start++
	}
	for end > start && isFoldingBlank(raw[end-1]) {
		end--
	}
	return Span{start, end}
}

// clipSpan cuts a span at the ends of raw.
func clipSpan(raw []byte, at Span) Span {
	start := min(max(at.Start, 0), len(raw))
	return Span{start, min(max(at.End, start), len(raw))}
}

func isFoldingBlank(c byte) bool { return isBlank(c) || c == '\r' || c == '\n' }

// textDecoder is the state of one reading.
type textDecoder struct {
	raw  []byte
	text Text
	out  []byte
	sets []string // canonical names of text.Charsets

	// pending is decoded bytes of words whose charset is the same and that
	// stand next to each other: a character may be split between them.
	pending     []byte
	pendingSet  string
	pendingSpan Span
	b64         base64Carry
	clean       int // pending up to here is known to end with a character

	nextEnd int // where the next "?=" stands that was searched for last
}

func (d *textDecoder) defect(code string, at Span, detail string) {
	if len(d.text.Defects) <= defaultMaxDefects {
		d.text.Defects = append(d.text.Defects, Defect{code, at, detail})
	}
}

// limit makes the last defect say that there were more than are listed.
func (d *textDecoder) limit() {
	if len(d.text.Defects) > defaultMaxDefects {
		last := &d.text.Defects[defaultMaxDefects-1]
		*last = Defect{"limit.defects", last.Span, "further defects of this text are not listed"}
		d.text.Defects = d.text.Defects[:defaultMaxDefects]
	}
}

// run reads words and the text between them.
func (d *textDecoder) run() {
	pos, end := d.text.Span.Start, d.text.Span.End
	afterWord := false
	for pos < end {
		w, ok := d.findWord(pos, end)
		if !ok {
			break
		}
		gap := Span{pos, w.span.Start}
		d.glued(w, gap, afterWord)
		if !afterWord || !onlyFolding(gap.Of(d.raw)) {
			d.flush()
			d.plain(gap)
		}
		d.word(w)
		pos, afterWord = w.span.End, true
	}
	d.flush()
	d.plain(Span{pos, end})
}

func onlyFolding(b []byte) bool {
	for _, c := range b {
		if !isFoldingBlank(c) {
			return false
		}
	}
	return true
}

// plain adds text that is no encoded word, without its folds.
func (d *textDecoder) plain(at Span) {
	if at.Empty() {
		return
	}
	from := len(d.out)
	d.out = appendUnfolded(d.out, d.raw, at, d.text.Span.End)
	if b := at.Of(d.raw); !utf8.Valid(b) {
		d.undeclared(at)
		text, _ := charset.Decode(d.text.Guessed, d.out[from:])
		d.out = append(d.out[:from], text...)
	}
}

// appendUnfolded leaves out each run of line breaks that a blank before offset
// end follows (RFC 5322 2.2.3). A line break that folds nothing stays.
func appendUnfolded(out, raw []byte, at Span, end int) []byte {
	for i := at.Start; i < at.End; {
		n := bytes.IndexAny(raw[i:at.End], "\r\n")
		if n < 0 {
			return append(out, raw[i:at.End]...)
		}
		out = append(out, raw[i:i+n]...)
		run := i + n
		for i = run; i < end && (raw[i] == '\r' || raw[i] == '\n'); {
			i++
		}
		if i >= end || !isBlank(raw[i]) {
			out = append(out, raw[run:min(i, at.End)]...)
		}
	}
	return out
}

// undeclared settles how raw bytes that are not UTF-8 are read: all of one
// text in the same way.
func (d *textDecoder) undeclared(at Span) {
	b := at.Of(d.raw)
	if d.text.Guessed == "" {
		d.text.Guessed = charset.Guess(b)
	}
	last := len(b)
	for b[last-1] < utf8.RuneSelf {
		last--
	}
	bad := Span{at.Start + firstInvalid(b), at.Start + last}
	d.defect("text.8bit-undeclared", bad, "bytes that are not UTF-8 and no charset stated; read as "+d.text.Guessed)
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// glued records a word that touches text or another word (RFC 2047 5 wants
// white space there).
func (d *textDecoder) glued(w encodedWord, gap Span, afterWord bool) {
	s := w.span
	before := s.Start > d.text.Span.Start && !isFoldingBlank(d.raw[s.Start-1])
	behind := s.End < d.text.Span.End && !isFoldingBlank(d.raw[s.End])
	switch {
	case before && (afterWord || !gap.Empty()):
		d.defect("word.glued", s, "encoded word without white space before it")
	case behind && !bytes.HasPrefix(d.raw[s.End:d.text.Span.End], wordOpen): // the next word tells
		d.defect("word.glued", s, "encoded word without white space behind it")
	}
}

// word decodes one word into pending.
func (d *textDecoder) word(w encodedWord) {
	if w.set != d.pendingSet {
		d.flush()
	} else {
		d.splitCharacter(w)
	}
	if len(d.pending) == 0 && d.b64.bits == 0 {
		d.pendingSpan.Start = w.span.Start
	}
	d.pendingSet, d.pendingSpan.End = w.set, w.span.End
	d.note(w)
	if w.isB {
		d.decodeB(w)
		return
	}
	d.endB()
	d.decodeQ(w)
}

// splitCharacter records a character that the word before w begins and w ends
// (RFC 2047 5 forbids it). It is put together all the same.
func (d *textDecoder) splitCharacter(w encodedWord) {
	if d.clean < 0 || len(d.pending) == d.clean || !isMultiByte(d.pendingSet) {
		return
	}
	if _, bad := charset.Decode(d.pendingSet, d.pending[d.clean:]); bad < 0 {
		d.clean = len(d.pending)
		return
	}
	d.clean = -1 // told once a run of words, so that no byte is read twice
	d.defect("word.character-split", w.span, "a character is cut in two by encoded words; put together")
}

// isMultiByte reports whether a character of the charset may take several
// bytes and none of them changes how those behind it are read.
func isMultiByte(set string) bool {
	switch set {
	case "utf-8", "gbk", "gb18030", "big5", "euc-jp", "euc-kr", "shift_jis":
		return true
	}
	return false
}

func (d *textDecoder) note(w encodedWord) {
	d.text.Words++
	if !slices.Contains(d.sets, w.set) {
		d.sets = append(d.sets, w.set)
		written := w.set // nearly always, and then it costs no copy
		if b := w.charset.Of(d.raw); string(b) != written {
			written = string(b)
		}
		d.text.Charsets = append(d.text.Charsets, written)
	}
}

// flush converts the bytes of the words gathered so far.
func (d *textDecoder) flush() {
	d.endB()
	if len(d.pending) > 0 {
		text, bad := charset.Decode(d.pendingSet, d.pending)
		if bad >= 0 {
			d.defect("word.charset-mismatch", d.pendingSpan, "bytes that do not exist in the stated charset")
		}
		if strings.ContainsFunc(text, isControl) {
			d.defect("word.control", d.pendingSpan, "decoding brings out a control character")
		}
		d.out = append(d.out, text...)
	}
	d.pending, d.pendingSet, d.clean = d.pending[:0], "", 0
}

func isControl(r rune) bool { return r < ' ' && r != '\t' || r >= 0x7F && r < 0xA0 }
