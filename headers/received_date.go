package headers

// recvDateTries is how many ';' are tried from the end on: enough for text
// behind the date, and a bound for a line of nothing but ';'.
const recvDateTries = 4

// recvDateWindow is how far from the end a date without a ';' is looked for.
const recvDateWindow = 1024

// date finds the stamp and with it where the clauses end: after the last ';'
// outside of comments (RFC 5321 4.4).
func (p *recvParser) date(raw []byte) {
	p.head, p.tail = len(p.toks), len(p.toks)
	first := -1 // the last ';', if none is followed by a date
	for i, tries := len(p.toks)-1, 0; i >= 0 && tries < recvDateTries; i-- {
		if p.toks[i].kind != recvSemicolon {
			continue
		}
		tries++
		if p.dateFrom(raw, i+1) {
			p.stamp(i)
			return
		}
		if first < 0 {
			first = i
		}
	}
	if p.dateAtEnd(raw) {
		return
	}
	if first >= 0 && first+1 < len(p.toks) && p.toks[first+1].word == 0 && p.toks[first+1].kind != recvComment {
		p.dateFrom(raw, first+1)
		p.stamp(first)
		return
	}
	p.r.Date = Date{Zone: ZoneAbsent, Reason: "no date found"}
	p.defect("received.date-missing", Span{len(p.text), len(p.text)}, "no date-time (RFC 5321 4.4)")
}

// dateFrom reads a date that starts at token i; false when it is none. A comment with an '=' , an
// address or a note in it is not the name of a zone but the next thing on the
// line. QUIRK: PowerMTA and sendmail put "(envelope-from <...>)" there, Yandex
// "(using TLSv1.2 ...)".
func (p *recvParser) dateFrom(raw []byte, i int) bool {
	if i >= len(p.toks) || p.toks[i].word != 0 {
		return false
	}
	end := len(p.text)
	for j := i; j < len(p.toks); j++ {
		if t := p.toks[j]; t.kind == recvAngle || t.kind == recvComment && !recvZoneName(p.text[t.start+1:t.end-1]) {
			end = t.start
			break
		}
	}
	at := recvTrim(p.text, Span{p.toks[i].start, end})
	if at.Len() <= dateUsualLen {
		var u dateUsual
		if text := p.text[at.Start:at.End]; u.readUsual(text) {
			u.store(&p.r.Date, text, p.base+at.Start)
			return true
		}
	}
	p.r.Date = parseDateSlow(raw, p.abs(at))
	return p.r.Date.OK
}

// recvZoneName reports whether the text of a comment can be the name of a
// zone: "PDT", "+03", "Central Europe Daylight Time".
func recvZoneName(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '=', '<', '@':
			return false
		}
	}
	for _, other := range [...]string{"envelope-", "using ", "client ", "no client ", "authenticated "} {
		if recvPrefix(s, other) {
			return false
		}
	}
	return true
}

// stamp notes where the date stands; its ';', or what stands for it, is token i.
func (p *recvParser) stamp(i int) {
	at := p.r.Date.Span
	p.r.Spans.Date, p.head = at, i
	for p.tail = i + 1; p.tail < len(p.toks) && p.toks[p.tail].start+p.base < at.End; {
		p.tail++
	}
}

// dateAtEnd reads a date without a ';' before it.
// QUIRK: RFC 5321 4.4 demands the ';'; SendGrid and AOL leave it out. Nothing
// but comments may follow: a date further ahead may be the client's text.
func (p *recvParser) dateAtEnd(raw []byte) bool {
	start := len(p.toks)
	for start > 0 && p.toks[start-1].start >= len(p.text)-recvDateWindow {
		start--
	}
	if start == len(p.toks) {
		return false
	}
	d := FindDate(raw, p.abs(Span{p.toks[start].start, len(p.text)}))
	if !d.OK {
		return false
	}
	for i := len(p.toks) - 1; i >= 0 && p.toks[i].end+p.base > d.Span.Start; i-- {
		if t := p.toks[i]; t.start+p.base >= d.Span.End && t.kind != recvComment || t.start+p.base < d.Span.Start {
			return false // text behind the date, or a date within some other text
		}
	}
	i := 0
	for i < len(p.toks) && p.toks[i].start+p.base < d.Span.Start {
		i++
	}
	p.r.Date, p.r.Spans.Date, p.head = d, d.Span, i
	for p.tail = i; p.tail < len(p.toks) && p.toks[p.tail].start+p.base < d.Span.End; {
		p.tail++
	}
	if i > 0 {
		p.defect("received.semicolon-missing", Span{p.toks[i].start, p.toks[i].start}, "no ';' before the date (RFC 5321 4.4)")
	}
	return true
}
