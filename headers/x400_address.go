package headers

import "strings"

// X400Address is an X.400 originator/recipient address, or a management
// domain, in its text form: "/S=doe/G=john/PRMD=Example/ADMD= /C=GB/" (RFC 2156
// 4.1, std-or-address) or "S=doe; G=john; P=Example; C=GB" (ITU-T F.401).
type X400Address struct {
	// Raw is the text at Span.
	Raw string
	// Span is the address without the blanks around it.
	Span Span
	// Parts are the attributes in the order written.
	Parts []X400Part
	// Gateway is the domain that follows the address where it was put into the
	// left side of an RFC 5322 address: "/CN=list/@example.org" (RFC 2156 4.1).
	Gateway string
	// GatewaySpan is where Gateway stands.
	GatewaySpan Span
	// Defects are departures from the text form.
	Defects []Defect
}

// X400Part is one attribute of an [X400Address].
type X400Part struct {
	// Key is the attribute's name as written: "S", "PRMD", "DDA:RFC-822".
	Key string
	// Value is what follows the '=', with the '$' taken away that RFC 2156 4.1
	// puts before a '/' or '=' of a value. It may be a single blank, which X.400
	// has for "any ADMD".
	Value string
	// Span runs from the key to the end of the value.
	Span Span
}

// x400MaxParts bounds what one address can cost. X.400 has some thirty
// attributes.
const x400MaxParts = 256

// Value is the value of the first attribute of that name, in any letter case;
// ok is false when there is none. Names are not translated: "P" is not "PRMD".
func (a X400Address) Value(key string) (value string, ok bool) {
	for _, p := range a.Parts {
		if recvEqual(p.Key, key) {
			return p.Value, true
		}
	}
	return "", false
}

// ParseX400Address reads the address at the given span of raw. It always
// returns a usable result; text that is no attribute is named by a defect.
func ParseX400Address(raw []byte, at Span) X400Address {
	span := dateTrim(raw, at)
	p := x400Address{text: string(span.Of(raw)), base: span.Start}
	p.a.Raw, p.a.Span = p.text, span
	p.read()
	return p.a
}

type x400Address struct {
	a    X400Address
	text string
	base int
}

func (p *x400Address) defect(code string, at Span, detail string) {
	p.a.Defects = append(p.a.Defects, Defect{Code: code, Span: at.Shift(p.base), Detail: detail})
}

func (p *x400Address) read() {
	if p.text == "" {
		p.defect("x400.address-empty", Span{}, "nothing where an address belongs")
		return
	}
	separator, i := byte('/'), 1
	if p.text[0] != '/' {
		separator, i = ';', 0
	}
	for i < len(p.text) {
		if separator == '/' && p.text[i] == '@' {
			p.a.Gateway, p.a.GatewaySpan = p.text[i+1:], Span{i + 1, len(p.text)}.Shift(p.base)
			return
		}
		end := x400PartEnd(p.text, i, separator)
		if len(p.a.Parts) == x400MaxParts {
			p.defect("x400.address-too-many", Span{i, len(p.text)}, "the rest of the address was not read")
			return
		}
		p.part(Span{i, end}, separator)
		i = end + 1
	}
	if separator == '/' && p.text[len(p.text)-1] != '/' {
		p.defect("x400.address-unclosed", Span{len(p.text) - 1, len(p.text)}, "no '/' at the end (RFC 2156 4.1)")
	}
}

// x400PartEnd finds the separator that ends the attribute at i. RFC 2156 4.1
// puts a '$' before one that belongs to the value.
func x400PartEnd(text string, i int, separator byte) int {
	for i < len(text) && text[i] != separator {
		if text[i] == '$' && separator == '/' {
			i++
		}
		i++
	}
	return min(i, len(text))
}

// part reads one "KEY=value". In the '/' form blanks are part of the value:
// "ADMD= " names the domain of one blank.
func (p *x400Address) part(at Span, separator byte) {
	if separator == ';' {
		at = recvTrim(p.text, at)
	}
	if at.Empty() {
		return
	}
	s := p.text[at.Start:at.End]
	key, value, ok := strings.Cut(s, "=")
	if !ok || key == "" {
		p.defect("x400.attribute-missing", at, "text without a name and '='")
		return
	}
	if separator == '/' && strings.IndexByte(value, '$') >= 0 {
		value = x400Unescape(value)
	}
	if strings.ContainsAny(value, "\r\n") {
		value = dateUnfold([]byte(value))
	}
	p.a.Parts = append(p.a.Parts, X400Part{Key: strings.TrimSpace(key), Value: value, Span: at.Shift(p.base)})
}

// x400Unescape takes the '$' away that stands before another character.
func x400Unescape(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '$' && i+1 < len(s) {
			i++
		}
		out = append(out, s[i])
	}
	return string(out)
}
