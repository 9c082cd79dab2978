package headers

import "slices"

// addrFault names a kind of defect.
type addrFault uint8

const (
	addrFaultEmpty addrFault = iota
	addrFaultEmptyElement
	addrFaultSemicolon
	addrFaultMissingComma
	addrFaultNoAddress
	addrFaultCommentOnly
	addrFaultNullPath
	addrFaultAngleOpen
	addrFaultAngleMissing
	addrFaultUnexpected
	addrFaultNameAfter
	addrFaultNameComment
	addrFaultNameSpecial
	addrFaultNameDot
	addrFaultWordQuoted
	addrFaultWordSpecials
	addrFaultWordAddress
	addrFaultRoute
	addrFaultMailto
	addrFaultManyAt
	addrFaultNoLocal
	addrFaultNoDomain
	addrFaultDots
	addrFaultSpace
	addrFaultSpaceAt
	addrFaultSpaceLocal
	addrFaultNeedlessQuotes
	addrFaultBangPath
	addrFault8Bit
	addrFaultControl
	addrFaultLineBreak
	addrFaultQuoteOpen
	addrFaultCommentOpen
	addrFaultLiteralOpen
	addrFaultGroupOpen
	addrFaultGroupNested
	addrFaultLimit
)

// addrFaults holds the code and the words of each kind.
var addrFaults = [...]struct{ code, detail string }{
	addrFaultEmpty:          {"address.empty", "no address in the value (RFC 5322 3.4)"},
	addrFaultEmptyElement:   {"address.empty-element", "comma with nothing beside it (RFC 5322 4.4)"},
	addrFaultSemicolon:      {"address.semicolon", "semicolon outside a group, read as a separator"},
	addrFaultMissingComma:   {"address.missing-comma", "no comma before this mailbox"},
	addrFaultNoAddress:      {"address.no-addr-spec", "text without an address"},
	addrFaultCommentOnly:    {"address.comment-only", "comment without an address"},
	addrFaultNullPath:       {"address.null-path", "empty angle brackets (RFC 5321 4.5.5: right in Return-Path only)"},
	addrFaultAngleOpen:      {"address.angle-unclosed", "'<' without '>'"},
	addrFaultAngleMissing:   {"address.missing-angle", "name and address without angle brackets"},
	addrFaultUnexpected:     {"address.unexpected", "text that has no place here"},
	addrFaultNameAfter:      {"address.name-after-address", "words behind the address, read as its name"},
	addrFaultNameComment:    {"address.name-in-comment", "comment read as the name"},
	addrFaultNameSpecial:    {"address.unquoted-special", "special character in a name without quotes (RFC 5322 3.2.3)"},
	addrFaultNameDot:        {"address.obsolete-phrase", "dot in a name without quotes (RFC 5322 4.1)"},
	addrFaultWordQuoted:     {"address.encoded-word-in-quotes", "encoded word in a quoted string (RFC 2047 5), decoded"},
	addrFaultWordSpecials:   {"address.encoded-word-specials", "special characters in an encoded word (RFC 2047 5); a strict reader ends the word there"},
	addrFaultWordAddress:    {"address.encoded-word", "encoded word in an addr-spec (RFC 2047 5), not decoded"},
	addrFaultRoute:          {"address.route", "source route (RFC 5322 4.4)"},
	addrFaultMailto:         {"address.mailto", "mailto: before the address, left out"},
	addrFaultManyAt:         {"address.multiple-at", "more than one '@'; the last one is taken as the separator"},
	addrFaultNoLocal:        {"address.no-local", "nothing before '@'"},
	addrFaultNoDomain:       {"address.no-domain", "no domain"},
	addrFaultDots:           {"address.dots", "leading, trailing or double dot (RFC 5322 3.4.1)"},
	addrFaultSpace:          {"address.obsolete-space", "white space or comment inside the address (RFC 5322 4.4), left out"},
	addrFaultSpaceAt:        {"address.space-around-at", "white space or comment beside '@' (RFC 5322 3.4.1: SHOULD NOT), left out"},
	addrFaultSpaceLocal:     {"address.space-in-local", "white space inside the local part"},
	addrFaultNeedlessQuotes: {"address.needless-quotes", "quoted local part that needs no quotes (RFC 5321 4.1.2), quotes left out"},
	addrFaultBangPath:       {"address.bang-path", "UUCP path without a domain"},
	addrFault8Bit:           {"address.8bit", "bytes over 0x7F that are not UTF-8 (RFC 6532 3.2)"},
	addrFaultControl:        {"address.control", "control character (RFC 5322 4.1)"},
	addrFaultLineBreak:      {"address.line-break", "line break that no blank follows (RFC 5322 2.2.3), read as white space"},
	addrFaultQuoteOpen:      {"address.quote-unterminated", "quote that is never closed, read as a stray byte"},
	addrFaultCommentOpen:    {"address.comment-unterminated", "parenthesis that is never closed, read as a stray byte"},
	addrFaultLiteralOpen:    {"address.literal-unterminated", "domain literal without ']'"},
	addrFaultGroupOpen:      {"address.group-unterminated", "group without ';'"},
	addrFaultGroupNested:    {"address.group-nested", "group inside a group (RFC 5322 3.4); the outer one is taken to end here"},
	addrFaultLimit:          {"address.limit", "limit of entries, defects or words in one entry; the rest is not listed in full"},
}

func (f addrFault) defect(start, end int) Defect {
	return Defect{Code: addrFaults[f].code, Span: Span{start, end}, Detail: addrFaults[f].detail}
}

// fault records a defect at [a, b) of the value. It grows the last defect
// instead when that is of the same kind, touches and is of the same mailbox.
func (p *addrParser) fault(f addrFault, a, b int) {
	d := f.defect(p.base+a, p.base+b)
	if n := len(p.out.Defects); n > p.fresh {
		last := &p.out.Defects[n-1]
		if last.Code == d.Code && last.Span.Start <= d.Span.Start && d.Span.Start <= last.Span.End {
			last.Span.End = max(last.Span.End, d.Span.End)
			return
		}
	}
	p.keep(d)
}

// keep records defects within the limit.
func (p *addrParser) keep(defects ...Defect) {
	for _, d := range defects {
		if len(p.out.Defects) >= addrMaxDefects {
			p.cut(d.Span.Start - p.base)
			return
		}
		if !slices.Contains(p.out.Defects[max(0, len(p.out.Defects)-lastKept):], d) {
			p.out.Defects = append(p.out.Defects, d)
		}
	}
}

// lastKept is how many of the last defects a new one may repeat: a comment
// that serves as name and comment is decoded for each.
const lastKept = 16

// cut notes that from offset at on the list is incomplete.
func (p *addrParser) cut(at int) {
	if p.limit < 0 || at < p.limit {
		p.limit = at
	}
}
