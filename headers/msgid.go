package headers

import (
	"slices"
	"strings"
)

// MessageID is one message identifier (RFC 5322 3.6.4) as written.
type MessageID struct {
	// Value is the text between '<' and '>' without the blanks and comments
	// that the grammar allows: at both ends and around '@' and '.' (RFC 5322
	// 4.5.4). Any other run of blanks is kept as one blank. Nothing is decoded and
	// no letter case is changed: identifiers compare byte for byte.
	Value string
	// Left and Right are the parts of Value before and after the '@'; without
	// one, Left is all of Value.
	Left, Right string
	// Raw is the text at Span, each folding line break with the blanks around
	// it given as one blank.
	Raw string
	// Span runs from '<' to '>', both included; without them it is the text
	// that was taken for an identifier.
	Span Span
	// Defects are the departures from RFC 5322 3.6.4 within this identifier.
	Defects []Defect
}

// IsID reports whether the text has the look of an identifier. It is false
// for the zero value and for a field's junk that is passed on as a whole
// (defect "msgid.not-an-id").
func (m MessageID) IsID() bool {
	for _, d := range m.Defects {
		if d.Code == "msgid.not-an-id" {
			return false
		}
	}
	return m.Value != ""
}

// msgidMax bounds what one field can cost; the longest honest References hold
// a few hundred.
const msgidMax = 10_000

// msgidTries is how often the end of a comment or quoted string is looked for
// in vain; giving up then keeps the time linear.
const msgidTries = 8

// ParseMessageIDs reads the identifiers at the given span of raw, in the order
// written: the value of Message-ID, Resent-Message-ID, Content-ID (one is
// expected), In-Reply-To or References (any number). The second result holds
// what concerns the field and not one identifier: phrases ("Your message of
// ...", allowed in RFC 822 4.6.2), comments, unclosed comments.
//
// Identifiers without brackets, with blanks inside, glued together or never
// closed are read with a defect. A value that holds none but other text is
// given back whole as one MessageID with the defect "msgid.not-an-id", so that
// nothing written is lost; IsID tells it apart. Empty brackets give no
// identifier, only the defect "msgid.empty".
func ParseMessageIDs(raw []byte, at Span) ([]MessageID, []Defect) {
	span := dateTrim(raw, at)
	s := msgidScanner{text: string(span.Of(raw)), base: span.Start}
	s.ids = make([]MessageID, 0, min(strings.Count(s.text, "<"), 64))
	s.run()
	s.wholeValue()
	if len(s.ids) == 0 {
		s.ids = nil
	}
	return s.ids, s.defects
}

// msgidScanner walks over a field's value. Words outside brackets are
// collected as a run; what they are is decided when the run ends, because
// "a@b c@d" are two identifiers and "from a@b on Fri" is a phrase.
type msgidScanner struct {
	text    string
	base    int // offset of text in raw
	pos     int
	ids     []MessageID
	defects []Defect

	words []Span // the run
	bare  bool   // each of its words could be an identifier

	tries int // comments and quoted strings that were never closed
}

func (s *msgidScanner) run() {
	for s.pos < len(s.text) {
		if len(s.ids) >= msgidMax || len(s.defects) >= msgidMax {
			s.note("msgid.too-many", s.pos, len(s.text), "the rest of the field was not read")
			break
		}
		s.one()
	}
	s.endRun()
}

// one reads what starts at pos.
func (s *msgidScanner) one() {
	switch c := s.text[s.pos]; {
	case dateIsBlank(c) || c == ',':
		s.pos++
	case c == '<':
		s.endRun()
		if !s.plain() {
			s.bracketed()
		}
	case c == '(':
		s.comment()
	case c == '"':
		s.quoted()
	default:
		s.word(msgidWordEnd(s.text, s.pos))
	}
}

// comment passes over a comment (RFC 5322 3.2.2).
func (s *msgidScanner) comment() {
	end := 0
	if s.tries < msgidTries {
		end = dateCommentEnd(s.text, s.pos)
	}
	if end == 0 {
		if s.tries++; s.tries == 1 {
			s.note("msgid.comment-unclosed", s.pos, s.pos+1, "'(' without ')'")
		}
		s.word(msgidWordEnd(s.text, s.pos+1))
		return
	}
	s.note("msgid.comment", s.pos, end, "a comment, not part of an identifier")
	s.pos = end
}

// quoted adds a quoted string to the run: part of a phrase, or the left side
// of an identifier without brackets.
func (s *msgidScanner) quoted() {
	end := 0
	if s.tries < msgidTries {
		end = msgidQuoteEnd(s.text, s.pos)
	}
	if end == 0 {
		s.tries++
		end = s.pos + 1
	}
	if end < len(s.text) && s.text[end] == '@' {
		end = msgidWordEnd(s.text, end)
	}
	s.word(end)
}

// word adds the text up to end to the run. Of a phrase only its two ends are
// of interest.
func (s *msgidScanner) word(end int) {
	word := Span{s.pos, end}
	s.bare = (s.bare || len(s.words) == 0) && msgidBare(s.text[s.pos:end])
	if s.bare || len(s.words) < 2 {
		s.words = append(s.words, word)
	} else {
		s.words = append(s.words[:1], word)
	}
	s.pos = end
}

// endRun decides what the words collected so far are.
func (s *msgidScanner) endRun() {
	words := s.words
	s.words = s.words[:0]
	switch {
	case len(words) == 0:
	case !s.bare:
		s.note("msgid.phrase", words[0].Start, words[len(words)-1].End, "text that is no identifier")
	default:
		for _, w := range words {
			if len(s.ids) >= msgidMax {
				s.note("msgid.too-many", w.Start, len(s.text), "the rest of the field was not read")
				return
			}
			s.add(w, w, "msgid.no-brackets", "not in angle brackets")
		}
	}
}

// plain reads an identifier of the form <left@right> of RFC 5322 3.6.4 without
// quotes and brackets: nearly all. It is false, and nothing is read, for any
// other.
func (s *msgidScanner) plain() bool {
	from, at := s.pos+1, 0
	end := from
	for ; end < len(s.text) && msgidPlain[s.text[end]]; end++ {
		if s.text[end] == '@' {
			if at > 0 {
				return false
			}
			at = end
		}
	}
	if at <= from || at+1 == end || end == len(s.text) || s.text[end] != '>' || end+1 < len(s.text) && s.text[end+1] == '>' {
		return false
	}
	id := MessageID{
		Value: s.text[from:end], Left: s.text[from:at], Right: s.text[at+1 : end],
		Raw: s.text[s.pos : end+1], Span: Span{s.base + s.pos, s.base + end + 1},
	}
	s.checkAddress(&id, s.pos)
	s.ids = append(s.ids, id)
	s.pos = end + 1
	return true
}

// bracketed reads an identifier that starts with '<'.
func (s *msgidScanner) bracketed() {
	outer, inner := Span{Start: s.pos}, Span{Start: s.pos + 1}
	for inner.Start < len(s.text) && s.text[inner.Start] == '<' {
		inner.Start++
	}
	closed := false
	inner.End, closed = msgidClose(s.text, inner.Start)
	outer.End = inner.End
	for closed && outer.End < len(s.text) && s.text[outer.End] == '>' {
		outer.End++
	}
	s.pos = outer.End
	switch {
	case !closed:
		s.add(outer, inner, "msgid.unclosed", "'<' without '>'")
	case outer.Len() != inner.Len()+2:
		s.add(outer, inner, "msgid.brackets-doubled", "more than one pair of brackets")
	default:
		s.add(outer, inner, "", "")
	}
}

// wholeValue passes on the value of a field in which no identifier was found,
// unless there is nothing but empty brackets and comments.
func (s *msgidScanner) wholeValue() {
	if len(s.ids) > 0 {
		return
	}
	phrases := len(s.defects)
	s.defects = slices.DeleteFunc(s.defects, func(d Defect) bool { return d.Code == "msgid.phrase" })
	whole := Span{0, len(s.text)}
	switch {
	case phrases == len(s.defects):
	case msgidWordEnd(s.text, 0) == len(s.text):
		s.add(whole, whole, "msgid.no-brackets", "not in angle brackets")
	default:
		s.add(whole, whole, "msgid.not-an-id", "the whole value; no identifier was found in it")
	}
}

// add appends the identifier at inner, with its brackets at outer.
func (s *msgidScanner) add(outer, inner Span, code, detail string) {
	id := MessageID{Span: outer.Shift(s.base), Raw: s.text[outer.Start:outer.End]}
	if strings.ContainsAny(id.Raw, "\r\n") {
		id.Raw = dateUnfold([]byte(id.Raw))
	}
	if code != "" {
		id.Defects = append(id.Defects, Defect{code, id.Span, detail})
	}
	if code == "msgid.not-an-id" {
		id.Value, id.Left = id.Raw, id.Raw
		s.ids = append(s.ids, id)
		return
	}
	var gaps msgidGaps
	id.Value, gaps = msgidValue(s.text[inner.Start:inner.End])
	if id.Value == "" {
		s.note("msgid.empty", outer.Start, outer.End, "nothing within the brackets")
		return
	}
	id.Left, id.Right = msgidSplit(id.Value)
	id.check(inner.Shift(s.base), gaps)
	s.checkAddress(&id, outer.Start)
	s.ids = append(s.ids, id)
}

func (s *msgidScanner) note(code string, from, to int, detail string) {
	s.defects = append(s.defects, Defect{code, Span{s.base + from, s.base + to}, detail})
}

// checkAddress marks what may be an address: "Message from A. U. Thor
// <author@example.org> of ...", which some programs write before the
// identifier. The grammar cannot tell the two apart, the words before can.
func (s *msgidScanner) checkAddress(id *MessageID, open int) {
	if len(s.defects) == 0 || s.text[open] != '<' {
		return
	}
	last := s.defects[len(s.defects)-1]
	if last.Code != "msgid.phrase" || strings.TrimLeft(s.text[last.Span.End-s.base:open], " \t\r\n") != "" {
		return
	}
	phrase := s.text[last.Span.Start-s.base : last.Span.End-s.base]
	if msgidNamesSender(phrase) {
		id.Defects = append(id.Defects, Defect{"msgid.maybe-address", id.Span, "stands where a name is followed by an address"})
	}
}

// msgidNamesSender: "Message from NAME", or a name alone. "Your message of
// DATE" and "message-id" lead to an identifier.
func msgidNamesSender(phrase string) bool {
	message, from := false, false
	for word := range strings.FieldsFuncSeq(phrase, func(r rune) bool { return r < '0' }) {
		switch {
		case strings.EqualFold(word, "of"):
			return false
		case strings.EqualFold(word, "message"):
			message = true
		case strings.EqualFold(word, "from"):
			from = true
		}
	}
	return from || !message
}
