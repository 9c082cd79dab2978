package headers

import "iter"

// Field is one header field (RFC 5322 2.2) and where its bytes stand.
type Field struct {
	// Name is the field name as written, without blanks or a line break before
	// the colon. Compare it with [Field.Is]: names are not case-sensitive.
	Name string
	// Span is the whole field, its last line break included.
	Span Span
	// NameSpan is the name alone, without the colon.
	NameSpan Span
	// Value runs from behind the colon up to the last line break. Folding and
	// blanks are still in it.
	Value Span

	raw []byte
}

// Is reports whether the field has the given name, letter case aside.
func (f Field) Is(name string) bool { return equalFold(f.Name, name) }

// Raw is the value's bytes as stored. The slice aliases the message.
func (f Field) Raw() []byte { return f.Value.Of(f.raw) }

// Text reads the value as unstructured text (RFC 5322 2.2.1, RFC 2047).
func (f Field) Text() Text { return DecodeText(f.raw, trimSpan(f.raw, f.Value)) }

// Date reads the value as a date-time (RFC 5322 3.3).
func (f Field) Date() Date { return ParseDate(f.raw, f.Value) }

// Addresses reads the value as an address list (RFC 5322 3.4).
func (f Field) Addresses() AddressList { return ParseAddresses(f.raw, f.Value) }

// MessageIDs reads the value as message identifiers (RFC 5322 3.6.4).
func (f Field) MessageIDs() ([]MessageID, []Defect) { return ParseMessageIDs(f.raw, f.Value) }

// Received reads the value as a trace line (RFC 5321 4.4).
func (f Field) Received() Received { return ParseReceived(f.raw, f.Value) }

// ReadReceived is [Field.Received] into r, which must be the zero value. text is
// the value as a string, out of which the values are cut; any other text is not used.
func (f *Field) ReadReceived(r *Received, text string) {
	if raw := f.Raw(); text != string(raw) { // compared without a copy
		text = string(raw)
	}
	readReceived(r, f.raw, f.Value, text)
}

// Through is the bytes of the message from the field's value to that of a later
// field of the same block, as stored. The slice aliases the message.
func (f *Field) Through(later *Field) []byte {
	return Span{f.Value.Start, max(f.Value.End, later.Value.End)}.Of(f.raw)
}

// Tags reads the value as a tag=value list (RFC 6376 3.2), as in
// DKIM-Signature and ARC-Seal.
func (f Field) Tags() TagList { return ParseTagList(f.raw, f.Value) }

// AuthResults reads the value as authentication results (RFC 8601 2.2).
func (f Field) AuthResults() AuthResults { return ParseAuthResults(f.raw, f.Value) }

// Block is the header block of a message or of a MIME part.
type Block struct {
	// Fields holds every field in the order written, repeated ones too.
	Fields []Field
	// Span runs from the first line of the block to the end of the blank line
	// that closes it. It leaves out a byte order mark and a From_ line.
	Span Span
	// Blank is the closing blank line itself; empty when it is missing.
	Blank Span
	// FromLine is an mbox "From " line found on top; empty when there is none.
	FromLine Span
	// Defects lists what breaks RFC 5322 2.2, in order of position. Their codes
	// begin with "header." or "limit.". A line that is no field stands here
	// alone, its span covering it whole: fields, such lines and Blank together
	// make up every byte of Span, unless a limit was reached.
	Defects []Defect
	// Truncated says that a limit was reached: the block goes on, but no
	// further field was listed.
	Truncated bool
}

// Body is the offset of the first byte behind the block.
func (b *Block) Body() int { return b.Span.End }

// All iterates over the fields named name, in order.
func (b *Block) All(name string) iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for i := b.next(0, name); i < len(b.Fields); i = b.next(i+1, name) {
			if !yield(b.Fields[i]) {
				return
			}
		}
	}
}

// First returns the topmost field named name; ok is false when there is none.
func (b *Block) First(name string) (f Field, ok bool) {
	if i := b.next(0, name); i < len(b.Fields) {
		return b.Fields[i], true
	}
	return Field{}, false
}

// next is the index of the first field from i on that is named name, or the
// number of fields. Most names differ in length or in the first letter.
func (b *Block) next(i int, name string) int {
	if name == "" {
		return len(b.Fields)
	}
	for ; i < len(b.Fields); i++ {
		if n := b.Fields[i].Name; len(n) == len(name) && n[0]|0x20 == name[0]|0x20 && equalFold(n, name) {
			break
		}
	}
	return i
}

// Last returns the lowest field named name: what a reader sees that lets a
// later field overwrite an earlier one.
func (b *Block) Last(name string) (f Field, ok bool) {
	for i := len(b.Fields) - 1; i >= 0; i-- {
		if b.Fields[i].Is(name) {
			return b.Fields[i], true
		}
	}
	return Field{}, false
}

// Count is the number of fields named name.
func (b *Block) Count(name string) int {
	n := 0
	for i := b.next(0, name); i < len(b.Fields); i = b.next(i+1, name) {
		n++
	}
	return n
}

// Limits bounds the work spent on one block. The zero value of each field
// means its default.
type Limits struct {
	// MaxFields is the number of fields listed; default 100,000.
	MaxFields int `json:"max_fields"`
	// MaxDefects is the number of defects listed; default 1,000. The last one
	// then says that there were more.
	MaxDefects int `json:"max_defects"`
}

const (
	defaultMaxFields  = 100_000
	defaultMaxDefects = 1_000
)

// withDefaults fills in what is zero; a nil receiver is all defaults.
func (l *Limits) withDefaults() Limits {
	full := Limits{defaultMaxFields, defaultMaxDefects}
	if l != nil && l.MaxFields > 0 {
		full.MaxFields = l.MaxFields
	}
	if l != nil && l.MaxDefects > 0 {
		full.MaxDefects = l.MaxDefects
	}
	return full
}

// Parse reads the header block on top of a message. It never fails: bytes that
// hold no field at all give a block without fields, and all of raw is body.
//
// Lines may end in CRLF, LF or CR, also mixed. A byte order mark, an mbox
// From_ line and blank lines above a well-known field are passed over.
//
// The block ends with the first empty line (RFC 5322 2.1), at the end of raw,
// or with one of two defects. A line of blanks alone ends it when neither field
// nor continuation follows. And the body begins, without a blank line, at the
// first line that is no field, unless a field of a well-known name follows
// before the next blank line: then the line is a foreign body amid the header,
// as gateways leave them (RFC 7103 7.2), and the header goes on. Readers differ
// in this; the defects tell where.
func Parse(raw []byte) *Block { return ParseMessage(raw, nil) }

// ParseMessage is [Parse] with limits; nil means the defaults.
func ParseMessage(raw []byte, limits *Limits) *Block {
	return parseBlock(raw, Span{0, len(raw)}, limits, nil, true)
}

// ParsePart reads the header block of a MIME part in raw[at]. The first blank
// line ends it, even if that is the first line (RFC 2046 5.1). stop, if not
// nil, is asked about each line that begins with "--"; when it says yes the
// block ends before that line, so that a part cannot swallow its delimiter.
func ParsePart(raw []byte, at Span, limits *Limits, stop func(line []byte) bool) *Block {
	return parseBlock(raw, at, limits, stop, false)
}

// equalFold compares ASCII text without regard to case.
func equalFold[T ~string | ~[]byte](a T, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if lowerASCII(a[i]) != lowerASCII(b[i]) {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
