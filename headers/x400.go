package headers

import "strings"

// X400Received is one X400-Received value: the trace that a gateway carried
// over from X.400 (RFC 2156, before it RFC 1327 and RFC 987). What the
// line does not say stays zero.
type X400Received struct {
	// Raw is the whole value as it stands in the message, folds included.
	Raw string
	// Span is where Raw stands.
	Span Span
	// MTA is the name of the transfer agent, "lancaster.example.org" of "by mta
	// lancaster.example.org in ..."; empty when only the domain is named.
	MTA string
	// Domain is the management domain that took the message over, as written:
	// "/PRMD=Example/ADMD= /C=GB/". DomainParts are its attributes.
	Domain      string
	DomainParts X400Address
	// Deferred is the time until which the message was held back; the zero Date
	// when the line has none.
	Deferred Date
	// Converted is what stands in the parentheses after "converted": the
	// encoded information types that the message was converted to.
	Converted string
	// Attempted is the domain or agent after "attempted", as written: the one
	// that was tried before the message was rerouted.
	Attempted string
	// Action is what the domain did, as written: "Relayed", "Rerouted",
	// "Expanded", "Redirected", or several with commas between.
	Action string
	// Date is the arrival time; the zero Date when the line has none.
	Date Date
	// Spans tells where each value stands; a zero Span where the line has none.
	Spans X400ReceivedSpans
	// Defects are departures from RFC 2156; those of the dates are in the Dates
	// and those of the domain in DomainParts.
	Defects []Defect
}

// X400ReceivedSpans holds the bytes of the values of an [X400Received], in fields of the same names:
// each value alone, without its keyword.
type X400ReceivedSpans struct {
	MTA, Domain, Deferred, Converted, Attempted, Action, Date Span
}

// ParseX400Received reads one X400-Received value, the bytes of raw at the
// given span. It always returns a usable result.
func ParseX400Received(raw []byte, at Span) X400Received {
	p := x400Trace{raw: raw}
	p.base = min(max(at.Start, 0), len(raw))
	p.r.Raw = string(at.Of(raw))
	p.r.Span = Span{p.base, p.base + len(p.r.Raw)}
	p.text = p.r.Raw
	if len(p.text) > recvMaxLen {
		p.text = p.text[:recvMaxLen]
		p.defect("x400.too-long", Span{recvMaxLen, len(p.r.Raw)}, "text beyond 64 KiB is kept but not read")
	}
	p.clauses()
	p.finish()
	return p.r
}

type x400Trace struct {
	r    X400Received
	raw  []byte
	text string
	base int
}

func (p *x400Trace) defect(code string, at Span, detail string) {
	p.r.Defects = append(p.r.Defects, Defect{Code: code, Span: at.Shift(p.base), Detail: detail})
}

func (p *x400Trace) set(value *string, span *Span, at Span) {
	at = recvTrim(p.text, at)
	if at.Empty() || !span.Empty() {
		return
	}
	*value, *span = dateUnfold([]byte(p.text[at.Start:at.End])), at.Shift(p.base)
}

// clauses takes the value apart at its semicolons; the last one stands before
// the arrival time. QUIRK: a ';' may stand behind that, too.
func (p *x400Trace) clauses() {
	text := strings.TrimRight(p.text, "; \t\r\n")
	quotes := strings.Count(text, `"`)%2 == 0 // else one is a stray
	for start := 0; start < len(text); {
		end := x400ClauseEnd(text, start, quotes)
		at := recvTrim(text, Span{start, end})
		switch {
		case at.Empty():
		case end == len(text) && start > 0:
			p.arrival(at)
		default:
			p.clause(at)
		}
		start = end + 1
	}
}

// x400ClauseEnd finds the ';' that ends the clause at start. One inside of
// quotes is text.
func x400ClauseEnd(text string, start int, quotes bool) int {
	quoted := false
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted && quotes
		case c == ';' && !quoted:
			return i
		}
	}
	return len(text)
}

// arrival reads the last clause. QUIRK: RFC 2156 demands the time; a line cut
// off ends with an action.
func (p *x400Trace) arrival(at Span) {
	d := ParseDate(p.raw, at.Shift(p.base))
	if word, _ := recvStep(p.text, at); !d.OK && p.clauseOf(p.text[word.Start:word.End]) != nil {
		p.clause(at)
		return
	}
	p.r.Date, p.r.Spans.Date = d, d.Span
}

// clause reads one clause by its first word.
func (p *x400Trace) clause(at Span) {
	word, rest := recvStep(p.text, at)
	if read := p.clauseOf(p.text[word.Start:word.End]); read != nil {
		read(at, rest)
	} else {
		p.defect("x400.clause-unknown", at, "a clause that RFC 2156 does not define")
	}
}

// clauseOf is what reads a clause that begins with a word; nil for a word that begins none (RFC 2156
// 2.3.1.1). at is the whole clause, rest what stands behind the word.
func (p *x400Trace) clauseOf(word string) func(at, rest Span) {
	switch {
	case recvEqual(word, "by"):
		return func(_, rest Span) { p.by(rest) }
	case recvEqual(word, "deferred"):
		return func(_, rest Span) { p.deferred(rest) }
	case recvPrefix(word, "converted"):
		return func(at, _ Span) { p.converted(at) }
	case recvEqual(word, "attempted"):
		return func(_, rest Span) { p.set(&p.r.Attempted, &p.r.Spans.Attempted, rest) }
	case x400IsAction(word):
		return func(at, _ Span) { p.set(&p.r.Action, &p.r.Spans.Action, at) }
	}
	return nil
}

// x400IsAction reports whether s begins an action list (RFC 2156).
func x400IsAction(s string) bool {
	s = strings.TrimRight(s, ",")
	return recvEqual(s, "Relayed") || recvEqual(s, "Rerouted") || recvEqual(s, "Expanded") || recvEqual(s, "Redirected")
}

// by reads "mta NAME in DOMAIN" or "DOMAIN".
func (p *x400Trace) by(at Span) {
	at = recvTrim(p.text, at)
	if word, rest := recvStep(p.text, at); recvEqual(p.text[word.Start:word.End], "mta") {
		name, domain := p.mtaName(rest)
		p.set(&p.r.MTA, &p.r.Spans.MTA, name)
		at = recvTrim(p.text, domain)
	}
	if at.Empty() {
		return
	}
	p.set(&p.r.Domain, &p.r.Spans.Domain, at)
	p.r.DomainParts = ParseX400Address(p.raw, at.Shift(p.base))
}

// mtaName splits "NAME in DOMAIN" at the last " in " before the domain: a name
// may hold blanks.
func (p *x400Trace) mtaName(at Span) (name, domain Span) {
	name = at
	for rest := at; ; {
		var word Span
		word, rest = recvStep(p.text, rest)
		switch {
		case word.Empty():
			return name, domain
		case p.text[word.Start] == '/':
			return name, domain
		case recvEqual(p.text[word.Start:word.End], "in"):
			name.End, domain = word.Start, rest
		}
	}
}

func (p *x400Trace) deferred(at Span) {
	if word, rest := recvStep(p.text, at); recvEqual(p.text[word.Start:word.End], "until") {
		at = rest
	}
	d := ParseDate(p.raw, at.Shift(p.base))
	p.r.Deferred, p.r.Spans.Deferred = d, d.Span
}

func (p *x400Trace) converted(at Span) {
	at.Start += len("converted")
	at = recvTrim(p.text, at)
	if at.Len() >= 2 && p.text[at.Start] == '(' && p.text[at.End-1] == ')' {
		at = Span{at.Start + 1, at.End - 1}
	}
	p.set(&p.r.Converted, &p.r.Spans.Converted, at)
}

func (p *x400Trace) finish() {
	whole := Span{0, len(p.text)}
	if p.r.MTA == "" && p.r.Domain == "" {
		p.defect("x400.by-missing", whole, "no by clause (RFC 2156)")
	}
	if p.r.Action == "" {
		p.defect("x400.action-missing", whole, "no action (RFC 2156)")
	}
	if p.r.Date.Reason != "" || p.r.Date.OK {
		return
	}
	p.r.Date = Date{Zone: ZoneAbsent, Reason: "no date found"}
	p.defect("x400.date-missing", Span{len(p.text), len(p.text)}, "no arrival time (RFC 2156)")
}
