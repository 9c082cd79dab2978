package headers

import (
	"slices"
	"strings"
)

// AuthResults is the value of an Authentication-Results field (RFC 8601 2.2)
// or an ARC-Authentication-Results field (RFC 8617 4.1.1) as text. Whether any
// of it may be believed is not asked here. The zero value holds no result.
type AuthResults struct {
	// ServID is the authserv-id: who claims to have checked. Empty when the
	// field names none, as Microsoft's do.
	ServID string
	// Version is the authres-version behind the authserv-id; nearly always
	// empty, which means "1".
	Version string
	// Instance is the number in the "i=" that opens an
	// ARC-Authentication-Results value; else empty.
	Instance string
	// None is true when the field states that no check was made (no-result).
	None bool
	// Results holds every result in the order written.
	Results []AuthResult
	// Span is the value without the white space around it.
	Span Span
	// ServIDSpan is where ServID stands, quotes included.
	ServIDSpan Span
	// Defects lists what departs from RFC 8601 2.2, in order of position. Their
	// codes begin with "authres.".
	Defects []Defect
}

// AuthResult is what one method gave (resinfo).
type AuthResult struct {
	// Method and Result are the two sides of "spf=pass", in the letter case
	// written; compare them without regard to it.
	Method, Result string
	// MethodVersion is the number behind the method's "/"; nearly always empty.
	MethodVersion string
	// Reason is the text of "reason=".
	Reason string
	// Comment is the comment that follows the result, without its parentheses:
	// the place where receivers put what they found in words. It may quote text
	// of the sender's choice.
	Comment string
	// Props holds the properties in the order written.
	Props []AuthProp
	// Span runs from the method to the last property or comment.
	Span Span
	// ResultSpan and CommentSpan are where Result and Comment stand, the
	// comment with its parentheses; the zero Span where there is none.
	ResultSpan, CommentSpan Span
}

// AuthProp is one property of a result (propspec), such as
// "header.d=example.org".
type AuthProp struct {
	// Type and Property are the two sides of the dot. Type is empty where no
	// dot stands, as in Microsoft's "action=none".
	Type, Property string
	// Value is the value without the quotes of a quoted string.
	Value string
	// Comment is the first comment behind the value, without its parentheses.
	Comment string
	// Span is the property without its comment; ValueSpan the value as written.
	Span, ValueSpan Span
	// CommentSpan is where Comment stands, parentheses included.
	CommentSpan Span
}

// Name is the property as written before the "=": "header.d" or "action".
func (p AuthProp) Name() string {
	if p.Type == "" {
		return p.Property
	}
	return p.Type + "." + p.Property
}

// authMaxLen bounds the text that is read; honest values stay under 4 KiB.
const authMaxLen = 1 << 16

// ParseAuthResults reads the bytes of raw at the given span. It always returns
// a usable result.
//
// Text inside a comment or a quoted string is never read as a result, for both
// may hold what the sender chose. One that is never closed therefore goes on to
// the end of the value, with a defect.
func ParseAuthResults(raw []byte, at Span) AuthResults {
	var p authParser
	var tokens [64]authToken
	p.open(raw, at)
	p.lex(tokens[:0])
	p.head()
	for p.i < len(p.toks) {
		p.resinfo()
	}
	slices.SortStableFunc(p.r.Defects, func(x, y Defect) int { return x.Span.Start - y.Span.Start })
	return p.r
}

// authParser is the state of one reading. Offsets are into text; base makes
// them offsets into the message.
type authParser struct {
	r       AuthResults
	text    string
	base    int
	toks    []authToken
	i       int  // the next token
	end     int  // where the last thing read ends
	comment Span // the first comment of those skipped last
}

func (p *authParser) open(raw []byte, at Span) {
	p.r.Span = dateTrim(raw, at)
	p.text, p.base = string(p.r.Span.Of(raw)), p.r.Span.Start
	if len(p.text) > authMaxLen {
		// Not amid a word: half a value would be an invented one.
		end := strings.LastIndexAny(p.text[:authMaxLen], "; \t\r\n") + 1
		p.defect("authres.too-long", Span{end, len(p.text)}, "text beyond 64 KiB is not read")
		p.text = p.text[:end]
	}
}

// head reads what stands before the first result: "i=1;" in ARC, authserv-id
// and version.
func (p *authParser) head() {
	p.instance()
	p.skip()
	if _, pair := p.pair(); pair || p.kind() != authWord {
		// QUIRK: RFC 8601 2.2 asks for an authserv-id; Exchange Online writes none.
		p.defect("authres.servid-missing", Span{p.offset(), p.offset()}, "no authserv-id before the first result")
		p.take(authSemicolon)
		return
	}
	t := p.toks[p.i]
	p.r.ServID, p.r.ServIDSpan = p.value(t), p.abs(t.span())
	p.i++
	p.skip()
	if _, pair := p.pair(); !pair && p.kind() == authWord && authNumber(p.text[p.toks[p.i].start:p.toks[p.i].end]) {
		p.r.Version = p.value(p.toks[p.i])
		p.i++
		p.skip()
	}
	if !p.take(authSemicolon) && p.i < len(p.toks) {
		p.defect("authres.missing-semicolon", Span{p.offset(), p.offset()}, "no \";\" behind the authserv-id")
	}
}

// instance reads the "i=" of RFC 8617 4.1.1.
func (p *authParser) instance() {
	p.skip()
	start, defects := p.i, len(p.r.Defects)
	k, pair := p.pair()
	if !pair || !equalFold(k.name, "i") {
		return
	}
	number, _ := p.assigned(k)
	p.skip()
	if authNumber(number) && p.take(authSemicolon) {
		p.r.Instance = number
		return
	}
	p.i, p.r.Defects = start, p.r.Defects[:defects]
}

// resinfo reads one result and the semicolon behind it.
func (p *authParser) resinfo() {
	p.skip()
	k, pair := p.pair()
	switch {
	case pair:
		p.result(k)
	case p.kind() == authWord && p.isNone():
		p.r.None = true
		p.i++
	case p.kind() == authSemicolon && p.i+1 < len(p.toks):
		// RFC 8601 2.2 has no ";" behind the last result, but many fields end in one.
		p.defect("authres.empty-result", p.toks[p.i].span(), "nothing between two semicolons")
	default:
		p.junk()
	}
	p.skip()
	p.take(authSemicolon)
}

// isNone reports whether the next token is the "none" of no-result.
func (p *authParser) isNone() bool {
	t, next := p.toks[p.i], p.after(p.i+1)
	return equalFold(p.text[t.start:t.end], "none") && (next == len(p.toks) || p.toks[next].kind == authSemicolon)
}

// result reads "method/version=result" and all that belongs to it.
func (p *authParser) result(k authKey) {
	const usual = 4 // results of a field, and properties of a result
	if p.r.Results == nil {
		p.r.Results = make([]AuthResult, 0, usual)
	}
	r := AuthResult{Span: p.abs(k.at)}
	r.Method, r.MethodVersion, _ = strings.Cut(k.name, "/")
	if !authKeyword(r.Method) {
		p.defect("authres.bad-method", k.at, "a method is made of letters, digits and \"-\"")
	}
	var written Span
	r.Result, written = p.assigned(k)
	r.ResultSpan = p.abs(written)
	if r.Result != "" && !authKeyword(r.Result) {
		p.defect("authres.bad-result", written, "a result is made of letters, digits and \"-\"")
	}
	p.takeComment(&r.Comment, &r.CommentSpan)
	for p.i < len(p.toks) && p.kind() != authSemicolon && p.item(&r) {
		p.skip()
	}
	r.Span.End = p.base + p.end
	p.r.Results = append(p.r.Results, r)
}

// takeComment reads the comments at the next token and keeps the first.
func (p *authParser) takeComment(text *string, at *Span) {
	p.skip()
	if c := p.comment; !c.Empty() {
		*text, *at = authCommentText(p.text[c.Start:c.End]), p.abs(c)
	}
}

// item reads a reason or a property. It reports false where another result
// begins although no semicolon stands before it.
func (p *authParser) item(r *AuthResult) bool {
	k, pair := p.pair()
	if !pair {
		p.junk()
		return true
	}
	kind, property, dotted := strings.Cut(k.name, ".")
	if !dotted && authMethod(k.name) {
		p.defect("authres.missing-semicolon", Span{k.at.Start, k.at.Start}, "a result begins without \";\" before it")
		return false
	}
	value, written := p.assigned(k)
	if !dotted && equalFold(k.name, "reason") && r.Reason == "" {
		r.Reason = value
		return true
	}
	if !dotted {
		// QUIRK: RFC 8601 2.2 has a type before each property; Exchange Online
		// writes "action=none".
		kind, property = "", k.name
		p.defect("authres.prop-type-missing", k.at, "property without a type")
	}
	prop := AuthProp{Type: kind, Property: property, Value: value, Span: p.abs(Span{k.at.Start, p.end}), ValueSpan: p.abs(written)}
	p.takeComment(&prop.Comment, &prop.CommentSpan)
	r.Props = append(r.Props, prop)
	return true
}

// junk passes over words that are neither result nor property, as one defect.
func (p *authParser) junk() {
	start := p.offset()
	for p.i < len(p.toks) && p.kind() != authSemicolon {
		if _, pair := p.pair(); pair {
			break
		}
		p.end = p.toks[p.i].end
		p.i++
		p.skip()
	}
	if p.end > start {
		p.defect("authres.junk", Span{start, p.end}, "text that is neither result nor property")
	}
}

func (p *authParser) defect(code string, at Span, detail string) {
	p.r.Defects = append(p.r.Defects, Defect{code, p.abs(at), detail})
}

func (p *authParser) abs(s Span) Span { return s.Shift(p.base) }
